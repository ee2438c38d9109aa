"""What the Timeline shows, in the demo town."""

from __future__ import annotations

from support.installed import Installed


def test_a_list_is_chosen_and_is_there_again_at_the_next_start(town: Installed) -> None:
    slow = ("demo", "--speed", "0.01")  # nobody writes meanwhile
    with town.open(*slow) as terminal:
        terminal.wait_for(r"Regulars · \d+")
        terminal.press("2")
        terminal.wait_for("▌◆")
        terminal.press("t", "l")  # both at once, as fast hands do
        terminal.wait_for("Which list or saved feed · Enter shows it")
        terminal.press("j")
        terminal.press("enter")
        terminal.wait_for(r"Timeline · list Town notices")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
    with town.open(*slow) as terminal:
        terminal.wait_for(r"Timeline · list Town notices")
        terminal.wait_for(r"night ferry news")
