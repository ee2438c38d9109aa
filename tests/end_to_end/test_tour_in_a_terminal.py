"""The tour of the demo town, as somebody takes it who has never seen the program."""

from __future__ import annotations

from support.installed import Installed


def test_five_steps_from_who_waits_to_finding(town: Installed) -> None:
    with town.open("demo", "--tour", columns=80, rows=24) as terminal:
        terminal.wait_for(r"Tour, 1 of 5: who waits")
        terminal.press("n")
        terminal.wait_for(r"2 of 5: why")
        terminal.press("w")
        terminal.wait_for(r"Press q: it goes back")
        terminal.press("q")
        terminal.wait_for(r"3 of 5: answer")
        terminal.press("r")
        terminal.wait_for(r"ctrl\+s sends them")
        terminal.type("Friday is fine.")
        terminal.press("ctrl+s")
        terminal.wait_for(r"Press U, from anywhere")
        terminal.press("U")
        terminal.wait_for(r"Here it is again")
        terminal.press("esc")
        terminal.wait_for(r"4 of 5: not now")
        terminal.press("z", "z")
        terminal.wait_for(r"Press u: it takes that back")
        terminal.press("u")
        terminal.wait_for(r"5 of 5: find")
        terminal.press("?")
        terminal.wait_for(r"The tour is over")
        terminal.press("ctrl+l")
        terminal.wait_for(r"The tour is over", gone=True)
