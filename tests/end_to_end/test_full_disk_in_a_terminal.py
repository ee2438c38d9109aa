"""A disk on which nothing more can be written, while somebody types: a limit of the system on the real program."""

from __future__ import annotations

import resource
import sqlite3
from pathlib import Path

import pytest
from support.installed import Installed

pytestmark = pytest.mark.skipif(
    not hasattr(resource, "prlimit"), reason="only Linux limits a program that runs already"
)

SAVED = r"(?<!Not )(?<!be )\bsaved\b"


def limit_files(process: int, largest: int) -> None:
    """Let a program write no byte of any file beyond so many."""
    resource.prlimit(process, resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))


def kept(store: Path) -> list[str]:
    db = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    try:
        return [text for (text,) in db.execute("SELECT text FROM drafts")]
    finally:
        db.close()


def test_a_full_disk_is_told_and_the_text_is_kept_when_there_is_room_again(
    town: Installed,
) -> None:
    store = town.home / "data" / "demo.db"
    with town.open("demo") as terminal:
        terminal.wait_for(r"\blive\b")
        terminal.press("c")
        terminal.wait_for(r"MIRA")
        terminal.type("We bake rye ")
        terminal.wait_for(SAVED)
        limit_files(terminal.process.pid, 4_096)
        terminal.type("on Mondays")
        terminal.wait_for(r"Not saved yet, which is tried again: The disk")
        terminal.type(" and Fridays")
        terminal.wait_for(r"on Mondays and Fridays")
        terminal.press("esc")
        terminal.wait_for(r"stays open|Not saved yet")
        terminal.wait_for(r"We bake rye on Mondays and Fridays")
        limit_files(terminal.process.pid, resource.RLIM_INFINITY)
        terminal.wait_for(SAVED)
        terminal.kill()
    assert kept(store) == ["We bake rye on Mondays and Fridays"]
    db = sqlite3.connect(store)
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    db.close()
