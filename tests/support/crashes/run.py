"""Runs lives of the program one after the other, kills each at a random instant, and judges what is left."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from random import Random

import msgspec
from support.crashes.judge import Judge, what_is_left
from support.crashes.life import SPEED, Lot
from support.crashes.nursery import End
from support.crashes.typing import TypingTrial
from support.fake_mastodon.running import TESTS, FakeServer, running_fake
from support.fake_mastodon.world import MASTODON

from tui_inbox.core.account import Limits
from tui_inbox.core.person import Person, PersonRef
from tui_inbox.store import accounts
from tui_inbox.store.store import Store

TROUBLED = r"POST /api/v[12]/(statuses|media)|PUT /api/v1/media|GET /api/v1/accounts/.*/statuses"
CALM_EVERY = 12
"""So many kills, and then a calm life, after which all must be as it should."""
CALM_SECONDS = 60.0
KILLED = -9
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(1_000)


class Manner(Enum):
    """How a server treats keys and answers: its version, which share of requests fails, and how."""

    HONOURS_KEYS = "keys honoured"
    IGNORES_KEYS = "keys ignored"
    LOSES_ANSWERS = "answers lost after the post was made"

    @property
    def version(self) -> str:
        """What the server calls itself."""
        is_mastodon = self is not Manner.IGNORES_KEYS
        return MASTODON if is_mastodon else "4.2.1 (compatible; Akkoma 3.13.2)"

    def begin(self, server: FakeServer, seed: int) -> None:
        """Let requests fail in this manner."""
        only_lost = self is Manner.LOSES_ANSWERS
        server.trouble(seed, 0.7 if only_lost else 0.45, TROUBLED, only_lost=only_lost)


@dataclass(slots=True)
class Nursery:
    """The process that begins lives."""

    process: subprocess.Popen[bytes]

    def live(self, lot: Lot) -> End:
        """Let one life begin, and wait for its end."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(msgspec.json.encode(lot) + b"\n")
        self.process.stdin.flush()
        return msgspec.json.decode(self.process.stdout.readline(), type=End)


@contextmanager
def open_nursery() -> Iterator[Nursery]:
    """A nursery until the block ends."""
    path = os.pathsep.join(filter(None, (str(TESTS), os.environ.get("PYTHONPATH"))))
    command = [sys.executable, "-m", "support.crashes.nursery"]
    environment = {**os.environ, "PYTHONPATH": path}
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    )
    with process:
        yield Nursery(process)


class Trial:
    """Kills at a server of one manner.

    Args:
        folder: for the store.
        manner: of the server.
        seed: another seed is another story, as far as chance decides and not the machine.
        limit: seconds of typing that a kill may cost.
    """

    def __init__(self, folder: Path, manner: Manner, seed: int, limit: float) -> None:
        self._folder = folder
        self._manner = manner
        self._random = Random(f"{seed} {manner}")
        self._lives = 0
        self.judge = Judge(limit)

    def run(self, nursery: Nursery, kills: int) -> None:
        """Kill the program that often."""
        with running_fake(5, speed=SPEED) as server:
            server.calls_itself(self._manner.version)
            self._sign_in(server)
            for number in range(1, kills + 1):
                self._kill_once(nursery, server)
                if self.judge.faults:
                    break
                if number % CALM_EVERY == 0 or number == kills:
                    self._calm(nursery, server)
            left = what_is_left(self._store)
            self.judge.count_ends(left, server.written())

    @property
    def _store(self) -> Path:
        return self._folder / "inbox.db"

    def _kill_once(self, nursery: Nursery, server: FakeServer) -> None:
        self._manner.begin(server, self._random.randrange(2**32))
        is_gone = self._random.random() < 0.15
        if is_gone:  # it restarts between two lives
            server.down()
        lot = self._lot(server, self._random.uniform(0.05, 2.0))
        end = nursery.live(lot)
        server.up()
        if end.status != KILLED:
            self.judge.faults.append(f"life {lot.number} ended with {end.status}: {self._told()}")
        self.judge.read_journal(lot.journal)
        self.judge.after_a_kill(end.at, what_is_left(self._store), server.written())

    def _calm(self, nursery: Nursery, server: FakeServer) -> None:
        """A life in which nothing fails, and in which all that was begun is finished."""
        server.no_trouble()
        server.up()
        lot = self._lot(server, CALM_SECONDS, calm=True)
        end = nursery.live(lot)
        if end.status != 0:
            self.judge.faults.append(
                f"calm life {lot.number} ended with {end.status}: {self._told()}"
            )
        self.judge.read_journal(lot.journal)
        honoured = self._manner is not Manner.IGNORES_KEYS
        self.judge.at_the_end(what_is_left(self._store), server.written(), exactly_once=honoured)

    def _lot(self, server: FakeServer, seconds: float, *, calm: bool = False) -> Lot:
        self._lives += 1
        return Lot(
            server.url,
            server.began,
            server.began_at,
            str(self._folder),
            self._lives,
            self._random.randrange(2**32),
            seconds,
            calm,
        )

    def _told(self) -> str:
        failure = self._folder / "failure"
        return failure.read_text(encoding="utf-8") if failure.exists() else "it was too slow"

    def _sign_in(self, server: FakeServer) -> None:
        (self._folder / "picture.png").write_bytes(PICTURE)
        owner = Person(
            ref=PersonRef("mastodon", f"{server.url}/@bench"),
            server_id="200000",
            handle="bench",
            name="Bench",
        )
        store = Store(self._store)
        store.write(
            lambda w: accounts.add_account(
                w,
                network="mastodon",
                server=server.url,
                person=owner,
                letters="be",
                label="B",
                limits=Limits(),
            )
        ).result()
        store.close()


def run_trials(
    folder: Path, seed: int, kills: int, *, typing: int = 0, limit: float = 1.0
) -> tuple[dict[str, Counter[str]], list[str], float]:
    """Kill the program that often in all, a third of it at a server of each manner.

    Args:
        folder: for stores.
        seed: another seed is another story.
        kills: of the program without a screen.
        typing: kills of the installed program on a terminal, besides.
        limit: seconds of typing that a kill may cost.

    Returns:
        counts by the manner of the server, faults, and the seconds of typing that a kill has cost at most.
    """
    counts: dict[str, Counter[str]] = {}
    faults: list[str] = []
    worst = 0.0
    with open_nursery() as nursery:
        for place, manner in enumerate(Manner):
            own = folder / manner.name
            own.mkdir()
            share = kills // 3 + (place < kills % 3)
            trial = Trial(own, manner, seed, limit)
            trial.run(nursery, share)
            counts[manner.value] = trial.judge.counts
            faults += [f"{manner.value}: {fault}" for fault in trial.judge.faults]
            worst = max(worst, trial.judge.worst)
    if typing:
        on_terminal = TypingTrial(folder, seed, limit)
        on_terminal.run(typing)
        counts["on a terminal"] = on_terminal.judge.counts
        faults += [f"on a terminal: {fault}" for fault in on_terminal.judge.faults]
        worst = max(worst, on_terminal.judge.worst)
    return counts, faults, worst
