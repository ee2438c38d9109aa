"""Starts the fake server as a process of its own, and steers it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import ProxyHandler, build_opener

from support.fake_mastodon.arrivals import Arrival
from support.fake_mastodon.world import World

from tui_inbox.core.moment import SECOND, Millis

TESTS = Path(__file__).parents[2]
ANSWER_SECONDS = 60.0

_open = build_opener(ProxyHandler({})).open  # no proxy stands between a machine and itself


@dataclass(frozen=True, slots=True)
class FakeServer:
    """A running fake server, from outside.

    Attributes:
        url: the API's address, as a user would sign in to it.
        control_url: the control's address.
        posts: how many there were at the start.
        newest_at: when the newest of those was written.
        began: seconds of the system's monotonic clock at which the server's own clock showed `began_at`.
    """

    url: str
    control_url: str
    began: float
    began_at: Millis
    posts: int
    newest_at: Millis

    def world(self) -> World:
        """What the server held at its start, made up in this process."""
        return World(self.posts, self.url, self.newest_at)

    def stats(self) -> dict[str, Any]:
        """What was asked for, and what is open."""
        stats: dict[str, Any] = self._tell("stats")
        return stats

    def emit(self, count: int = 1, kind: str = "") -> list[Arrival]:
        """Let posts arrive, of a kind in `hostile.py` if one is named."""
        return [Arrival(**told) for told in self._tell("emit", count=count, kind=kind)]

    def rate(self, per_second: float) -> None:
        """Let so many posts arrive every second from now on."""
        self._tell("rate", per_second=per_second)

    def trouble(self, seed: int, share: float, path: str, *, only_lost: bool = False) -> None:
        """Let requests fail by chance; see `trouble.Trouble`."""
        self._tell("trouble", seed=seed, share=share, path=path, only_lost=only_lost)

    def no_trouble(self) -> None:
        """Let no request fail by chance any more."""
        self._tell("trouble")

    def written(self) -> list[dict[str, Any]]:
        """What was written with the API, oldest first: id, parent, form and entity of each."""
        told: list[dict[str, Any]] = self._tell("written")
        return told

    def home(self) -> list[str]:
        """Markers of the newest posts, newest first; what was written with the API has none."""
        markers: list[str] = self._tell("home")
        return markers

    def fail(
        self,
        kind: str,
        path: str = "",
        times: int = -1,
        reset_seconds: float = 20,
        *,
        taken: bool = False,
        to: str = "",
    ) -> None:
        """Let requests fail; see `faults.Fault`."""
        rule = {"kind": kind, "path": path, "times": times, "reset_seconds": reset_seconds}
        self._tell("fail", **rule, taken=taken, to=to)

    def send(self, event: str, payload: str) -> None:
        """Send an event to all open lines."""
        self._tell("send", payload.encode(), event=event)

    def frame(self, text: str) -> None:
        """Send a frame to all open lines, whatever it holds."""
        self._tell("frame", text.encode())

    def recover(self) -> None:
        """Let no request fail any more."""
        self._tell("fail")

    def reset(self) -> None:
        """Make the server what it was at its start."""
        self._tell("reset")

    def freeze(self) -> None:
        """Let the server hang: lines stay open, and nothing more is said on them."""
        self._tell("freeze")

    def calls_itself(self, version: str) -> None:
        """Let the server be another software; anything but Mastodon forgets the keys of requests."""
        self._tell("software", version=version)

    def streams_at(self, address: str) -> None:
        """Let the server declare that its stream is at another address."""
        self._tell("streaming", at=address)

    def show_certificate(self, path: Path) -> None:
        """Let the server show another certificate (PEM, with its key) to whoever connects from now on."""
        self._tell("certificate", path=path)

    def down(self) -> None:
        """Close the API and every connection to it."""
        self._tell("down")

    def up(self) -> None:
        """Open the API again, where it was."""
        self._tell("up")

    def _tell(self, what: str, body: bytes | None = None, /, **query: object) -> Any:
        url = f"{self.control_url}/{what}?{urlencode(query)}"
        with _open(url, body, timeout=ANSWER_SECONDS) as answer:
            return json.load(answer)


@contextmanager
def running_fake(
    posts: int = 1000, *, speed: float = 1.0, certificate: Path | None = None
) -> Iterator[FakeServer]:
    """A fake server that runs until the block ends, and no longer than this process.

    Args:
        posts: how many its home timeline has; the newest was written just now.
        speed: how fast its clock runs.
        certificate: file with a certificate and its key (PEM) if it is to be reached over TLS.
    """
    newest_at = time.time_ns() // 1_000_000 - SECOND
    command = [sys.executable, "-m", "support.fake_mastodon", "--until-eof"]
    command += ["--posts", str(posts), "--newest-at", str(newest_at), "--speed", str(speed)]
    if certificate is not None:
        command += ["--certificate", str(certificate)]
    path = os.pathsep.join(filter(None, (str(TESTS), os.environ.get("PYTHONPATH"))))
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
    )
    with process:  # closes its standard input, which ends it, and waits
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise RuntimeError(f"the fake server ended with {process.wait()}")
        yield FakeServer(**json.loads(line), posts=posts, newest_at=newest_at)
