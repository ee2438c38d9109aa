"""Names, texts, descriptions and searches of every script and with every kind of emoji: no column is moved by any.

pyte and tmux think differently of how wide they are, and both other than Textual.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from support.installed import PROGRAM, Installed
from support.mastodon_mock_server import MockServer
from support.terminal import Terminal
from support.tmux import INSTALLED, Tmux
from support.widths import CORPUS

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)
PATIENCE_SECONDS = 30.0
NAMES = {
    "bob": "👨‍👩‍👧‍👦 हिन्दी 🏳️‍🌈 bob ناهيد",
    "carol": "漢字🇩🇪👩🏽‍🚀 Tiếng carol ❤️",
}
SEARCHES = ("end*", "漢字 OR हिन्दी OR مرحبا")
AGE = re.compile(r" {3}|now|[ \d]\d[smhdwy]")


def people_write(server: MockServer) -> None:
    """Each text of the corpus in posts, in descriptions, and in what is written to alice."""
    for who, name in NAMES.items():
        profile = {"display_name": name}
        server.call("PATCH", "/api/v1/accounts/update_credentials", who, data=profile)
    server.call("POST", f"/api/v1/accounts/{server.id_of('carol')}/follow", "alice")
    for place, sample in enumerate(CORPUS.values()):
        said = f"{place:02} {sample} {sample} and on end{place:02}"
        if place % 2 == 1:
            warning = sample if place % 4 == 1 else ""
            full = " ".join([said] * 3)
            server.post_as("carol", f"@alice {full}", spoiler_text=warning)
        media = server.call(
            "POST",
            "/api/v2/media",
            "bob",
            files={"file": ("a.png", PICTURE, "image/png")},
            data={"description": " ".join([sample] * 12)},  # fills its lines to the edge
        )
        server.post_as("bob", said, **{"media_ids[]": media["id"]})


@pytest.fixture
def reader(alice: Installed, server: MockServer) -> Installed:
    """alice, after all of it was written."""
    alice.settings("[timeline]\nfold_floods = false\n")
    people_write(server)
    for query in SEARCHES:
        assert alice.run("searches", "add", query).returncode == 0
    return alice


def columns_of(cells: list[list[str]]) -> list[int]:
    """Where the columns begin, by the rules under their titles."""
    rules = "".join(cell or " " for cell in cells[1])
    return [match.start() for match in re.finditer("─+", rules)]


def broken(cells: list[list[str]], columns: list[int], heads: list[int]) -> list[str]:
    """Lines of which something is not where it must be.

    Args:
        cells: the screen.
        columns: where the text of columns begins; the focus bar stands before it, and two blanks before that.
        heads: which of them have an age in their lines, behind mark and blank.
    """
    found = []
    for line in cells[2:-3]:
        padded = [*line, *[" "] * 200]
        for x in columns:
            bar, gap = padded[x - 1], "".join(padded[max(0, x - 3) : x - 1])
            if bar not in (" ", "▌", "▏") or gap.strip():
                found.append(f"column {x}: {''.join(line)!r}")
        for x in heads:
            age = "".join(padded[x + 2 : x + 5])
            if padded[x] in ("●", "○", "◆", " ") and padded[x + 1] == " " and not AGE.match(age):
                found.append(f"age at {x}: {''.join(line)!r}")
    return found


def draw_all(terminal: Terminal | Tmux, press: Callable[[str], None]) -> None:
    """Zoom a pane and bring the others back: then Textual writes whole lines, without a word on where columns begin."""
    press("Z")
    terminal.wait_for(r"(?m)\A(?!.*Searches).*$\n *─+ *$")
    press("Z")
    terminal.wait_for(r"Inbox.*Timeline.*Searches")


def read_all(
    terminal: Terminal | Tmux, press: Callable[[str], None], *, wide: bool
) -> tuple[list[str], set[str]]:
    """Go through the Timeline page by page: what is broken, and which ends of texts were seen."""
    wrong: list[str] = []
    ends: set[str] = set()
    if wide:  # rows of the left column alone, and what stands beside them stays
        press("1")
        terminal.wait_for(r"Newcomers · 1\d")
        for _ in range(12):
            press("j")
            terminal.watch(0.1)
            cells = terminal.cells
            wrong += broken(cells, columns_of(cells), columns_of(cells)[:2])
    for key in ("2", "g", "g"):
        press(key)
    terminal.wait_for(f"end{len(CORPUS) - 1}")
    for page in range(30):
        if wide:
            draw_all(terminal, press)
        cells = terminal.cells
        columns = columns_of(cells) if wide else [1]
        wrong += broken(cells, columns, columns[:2] if wide else columns)
        ends |= set(re.findall(r"end\d\d", "\n".join("".join(line) for line in cells)))
        assert re.search(r"\? keys *$", "".join(cells[-2] if not cells[-1] else cells[-1])), page
        if len(ends) == len(CORPUS):
            break
        before = terminal.lines[:-4]
        press("space")
        until = time.monotonic() + PATIENCE_SECONDS
        while terminal.lines[:-4] == before:  # below it stands how long ago a server was heard
            assert time.monotonic() < until, terminal.text
            terminal.watch(0.05)
    return wrong, ends


SIZES = ((160, 45), (80, 24))
ALL = {f"end{place:02}" for place in range(len(CORPUS))}


def test_no_column_is_moved_in_pyte(reader: Installed) -> None:
    for columns, rows in SIZES:
        with reader.open(columns=columns, rows=rows) as terminal:
            terminal.wait_for(r"live")
            wrong, ends = read_all(terminal, terminal.press, wide=columns == 160)
        assert wrong == []
        assert ends == ALL


@pytest.mark.skipif(not INSTALLED, reason="tmux is not installed: columns in it are not tried")
def test_no_column_is_moved_in_tmux(reader: Installed, tmp_path: Path) -> None:
    for columns, rows in SIZES:
        folder = tmp_path / f"tmux{columns}"
        folder.mkdir()
        environment = reader.environment
        with Tmux([str(PROGRAM)], environment, folder, columns=columns, rows=rows) as terminal:
            terminal.wait_for(r"live")
            wrong, ends = read_all(terminal, terminal.press, wide=columns == 160)
        assert wrong == []
        assert ends == ALL
