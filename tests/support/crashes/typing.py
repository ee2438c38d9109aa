"""The installed program on a real terminal, killed at random instants while somebody types and sends."""

from __future__ import annotations

import time
from pathlib import Path
from random import Random

from support.crashes import texts
from support.crashes.judge import Judge, Left, what_is_left
from support.fake_mastodon.running import FakeServer, running_fake
from support.installed import Installed
from support.terminal import Terminal

from tui_inbox.core.outbox_state import OutboxState

KEY_SECONDS = 0.015
"""Between two key strokes."""
PATIENCE_SECONDS = 90.0
TROUBLED = r"POST /api/v1/statuses|GET /api/v1/accounts/.*/statuses"


class TypingTrial:
    """Kills while somebody types; each life goes on with the draft that the last one has left.

    Args:
        folder: for the program's home.
        seed: of the instants.
        limit: seconds of typing that a kill may cost.
    """

    def __init__(self, folder: Path, seed: int, limit: float) -> None:
        self._program = Installed(folder / "home")
        self._store = folder / "home" / "data" / "inbox.db"
        self._random = Random(f"{seed} typing")
        self._lives = 0
        self.judge = Judge(limit)

    def run(self, kills: int) -> None:
        """Kill the program that often."""
        self._program.settings("[sending]\nhold_seconds = 1\n")
        with running_fake(5) as server:
            self._program.run("login", "mastodon", server.url, "--token-stdin", stdin="token\n")
            for _ in range(kills):
                server.trouble(self._random.randrange(2**32), 0.4, TROUBLED)
                at = self._live(self._random.uniform(0.05, 3.0))
                self.judge.after_a_kill(at, what_is_left(self._store), server.written())
            server.no_trouble()
            self._finish(server)
            left = what_is_left(self._store)
            self.judge.at_the_end(left, server.written(), exactly_once=True)
            self.judge.count_ends(left, server.written())

    def _live(self, seconds: float) -> float:
        """Type until the kill; when that was."""
        left = what_is_left(self._store)
        self._lives += 1
        with self._program.open(columns=100, rows=30) as terminal:
            terminal.wait_for(r"\blive\b")
            terminal.press("c")
            if left.drafts:  # `c` begins afresh: what the last kill has left is gone on with
                terminal.wait_for(r"kept: ctrl\+o d")
                terminal.press("ctrl+o", "d")
                terminal.wait_for(r"Drafts")
                terminal.press("enter")
                terminal.wait_for(r"left")
            self._type(terminal, left, time.monotonic() + seconds)
            at = time.monotonic()
            terminal.kill()
        return at

    def _type(self, terminal: Terminal, left: Left, until: float) -> None:
        """Write one text to its end and send it, as far as one comes."""
        name, length = next(
            ((name, len(kept[0].text)) for name, kept in left.drafts.items()),
            (f"plain{self._lives}x1", 0),
        )
        whole = texts.whole(name)
        while length < len(whole) and time.monotonic() < until:
            stroke = whole[length : max(length + 1, len(texts.marks(name)[0]) + 1)]
            length += len(stroke)
            self.judge.note(name, time.monotonic(), length)
            terminal.type(stroke)
            terminal.watch(KEY_SECONDS)
        if length == len(whole):
            terminal.press("ctrl+s")
        terminal.watch(max(0.0, until - time.monotonic()))

    def _finish(self, server: FakeServer) -> None:
        """Nothing fails any more: what was begun is finished."""
        until = time.monotonic() + PATIENCE_SECONDS
        while (left := what_is_left(self._store)).drafts and time.monotonic() < until:
            self._live(8.0)
        with self._program.open(columns=100, rows=30) as terminal:
            while not _is_settled(left) and time.monotonic() < until:
                terminal.watch(0.2)
                left = what_is_left(self._store)


def _is_settled(left: Left) -> bool:
    rows = [row for found in left.rows.values() for row in found]
    return all(row.state is OutboxState.SENT for row in rows)
