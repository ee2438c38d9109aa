"""A whole answer, written by hand in a real terminal: warning, picture, taken back, poll, sent."""

from __future__ import annotations

from pathlib import Path

from support.installed import Installed
from support.terminal import Terminal


def paste(terminal: Terminal, text: str) -> None:
    """Paste as terminals do: between two marks."""
    terminal.type(f"\x1b[200~{text}\x1b[201~")


def test_an_answer_with_everything_is_taken_back_changed_and_sent(
    town: Installed, tmp_path: Path
) -> None:
    picture = tmp_path / "choir.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    town.settings("[sending]\nhold_seconds = 4\n")
    with town.open("demo") as terminal:
        terminal.wait_for(r"Regulars · \d+")
        terminal.press("n")
        terminal.wait_for(r"Thread · ")
        terminal.press("r")
        terminal.wait_for(r"MIRA · to ")
        terminal.type("Look.")
        terminal.press("ctrl+o", "w")
        terminal.wait_for(r"warning in front of it")
        terminal.type("tables")
        terminal.press("enter")
        terminal.wait_for(r"warning: tables")

        paste(terminal, str(picture))
        terminal.wait_for(r"attach choir.png")
        terminal.press("1", "enter")
        terminal.wait_for(r"what can be seen in choir.png")
        terminal.type("a table with an empty column")
        terminal.press("enter")
        terminal.wait_for(r"1 picture choir.png · “a table with an empty column”")

        terminal.press("ctrl+s")
        terminal.wait_for(r"leaves in")
        terminal.press("U")
        terminal.wait_for(r"1 picture choir.png · “a table with an empty column”")
        terminal.wait_for(r"warning: tables")
        terminal.wait_for(r"Look\.")

        terminal.press("ctrl+o", "m")
        terminal.wait_for(r"remove choir.png")
        terminal.press("3", "enter")
        terminal.wait_for(r"1 picture choir.png", gone=True)
        terminal.press("ctrl+o", "p")
        terminal.wait_for(r"lasts 1d")
        terminal.type("rye")
        terminal.press("enter")
        terminal.wait_for(r"▌ +2")
        terminal.type("spelt")
        terminal.wait_for(r"▌ +2 spelt")
        terminal.press("esc")
        terminal.wait_for(r"poll, 1d: rye · spelt")

        terminal.press("ctrl+s")
        terminal.wait_for(r"leaves in")
        terminal.wait_for(r"sent to ")
        terminal.wait_for(r"now you")
        terminal.press("j")
        terminal.wait_for(r"▌ +now you")
        terminal.press("v")
        terminal.wait_for(r"Look\.")
        terminal.wait_for(r"rye")
