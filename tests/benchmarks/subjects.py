"""What is measured: tui-inbox signed in to a fake server with a filled store, and the bare list."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.filling import fill_home
from benchmarks.pty_measure import MeasuredProgram
from support.fake_mastodon.running import FakeServer, running_fake

POST = r"p\d{7}q"
"""The marker that every post of the fake server and every row of the bare list begins with."""
COMMAND = Path(sys.executable).with_name("tui-inbox")


@dataclass(frozen=True, slots=True)
class Subject:
    """A program on the screen.

    Attributes:
        list_keys: lead to the list whose keys are measured.
        news_keys: lead to the newest row of that list, and let it follow what arrives.
        compose_keys: open the composer.
    """

    name: str
    command: tuple[str, ...]
    quit_keys: bytes
    environment: Mapping[str, str] = field(default_factory=dict)
    list_keys: bytes = b""
    news_keys: bytes = b""
    compose_keys: bytes = b""

    def run(self) -> MeasuredProgram:
        """Start it."""
        return MeasuredProgram(self.command, self.environment, quit_keys=self.quit_keys)


BARE = Subject(
    name="bare",
    command=(sys.executable, str(Path(__file__).with_name("bare_list.py"))),
    quit_keys=b"\x11",  # ctrl+q, which Textual gives to every app
)


@dataclass(frozen=True, slots=True)
class Stage:
    """A fake server, and a home folder whose store holds what the server held at its start.

    Attributes:
        kept: the home that was filled; copied for each use, so that no measurement meets the
            traces of another.
    """

    server: FakeServer
    kept: Path
    folder: Path

    @contextmanager
    def inbox(self) -> Iterator[Subject]:
        """tui-inbox with a home of its own, and the server as it was when the store was filled."""
        self.server.reset()
        home = Path(tempfile.mkdtemp(dir=self.folder))
        try:
            shutil.copytree(self.kept, home, dirs_exist_ok=True)
            yield Subject(
                name="tui-inbox",
                command=(str(COMMAND),),
                quit_keys=b"\x11",  # ctrl+q, which works in the composer too
                environment={"TUI_INBOX_HOME": str(home)},
                list_keys=b"2",
                news_keys=b"2.",
                compose_keys=b"c",
            )
        finally:
            shutil.rmtree(home)


@contextmanager
def open_stage(posts: int) -> Iterator[Stage]:
    """Start a fake server with so many posts, sign in to it, and fill a store."""
    with tempfile.TemporaryDirectory() as name, running_fake(posts) as server:
        kept = Path(name, "kept")
        sign_in(kept, server)
        fill_home(kept, server)
        yield Stage(server, kept, Path(name))


def sign_in(home: Path, server: FakeServer) -> None:
    """Sign in to the fake server by the program's own verb."""
    subprocess.run(
        [COMMAND, "login", "mastodon", server.url, "--token-stdin"],
        env={**os.environ, "TUI_INBOX_HOME": str(home)},
        input=b"token\n",
        stdout=subprocess.DEVNULL,
        check=True,
    )
