"""A window that is closed ends the program, which keeps what it had."""

from __future__ import annotations

from support.installed import Installed
from support.terminal import PATIENCE_SECONDS

from tui_inbox.hung_up import ENDED_BY_HANG_UP


def test_a_window_that_is_closed_ends_the_program_and_loses_nothing(town: Installed) -> None:
    with town.open("demo", "--speed", "0.01") as terminal:
        terminal.wait_for(r"Regulars · \d+")
        terminal.press("1", "j", "e")
        terminal.wait_for(r"Done today · 1")
        terminal.hang_up()
        assert terminal.process.wait(PATIENCE_SECONDS) == ENDED_BY_HANG_UP
    with town.open("demo", "--speed", "0.01") as terminal:
        terminal.wait_for(r"Done today · 1")
