"""The documents: links lead somewhere, tables are those of the code, calls are understood, pictures stand alone."""

from __future__ import annotations

import itertools
import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyte
import pytest

from tui_inbox.cli.linear import table
from tui_inbox.cli.parser import make_parser
from tui_inbox.settings import Settings
from tui_inbox.settings_reading import load_settings
from tui_inbox.ui.keymap import in_force

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md"), ROOT / "tests" / "README.md"])
PICTURES = sorted((DOCS / "screenshots").glob("*.svg"))

LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
WORD = re.compile(
    r'<text class="screen-s\d+" x="([\d.]+)" y="([\d.]+)" textLength="([\d.]+)">([^<]*)</text>'
)
ELSEWHERE = re.compile(r"[a-z]+:")

OF_A_MACHINE = re.compile(
    r"(?<![\w.~$}/-])/(?:root|work|home/[\w.]+|Users/[\w.]+)/"
    r"|\b(?:pypi|pythonhosted|cdnjs|jsdelivr|unpkg|googleapis)\b(?=\.)"
)
"""Where something lies on one machine, and hosts from which something would be fetched."""


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def blocks(page: Path, language: str) -> list[str]:
    """The contents of the code blocks of a page."""
    return [code for named, code in FENCE.findall(page.read_text("utf-8")) if named == language]


def calls(page: Path) -> list[list[str]]:
    """The arguments of each call of the program in the shell blocks of a page."""
    found = []
    for line in "\n".join(blocks(page, "sh")).splitlines():
        words = shlex.split(line, comments=True)
        for place, word in enumerate(words):
            if Path(word).name == "tui-inbox":
                end = next((i for i, w in enumerate(words) if i > place and w in "<|>"), None)
                found.append(words[place + 1 : end])
    return found


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    text = FENCE.sub("", page.read_text("utf-8"))
    targets = [link.partition("#")[0] for link in LINK.findall(text) if not ELSEWHERE.match(link)]
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_pages_that_are_made_from_the_code_are_current() -> None:
    call = [sys.executable, str(DOCS / "make" / "pages.py"), "--check"]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"run: python docs/make/pages.py\n{done.stdout}{done.stderr}"


def test_a_stale_page_is_noticed(tmp_path: Path) -> None:
    copy = tmp_path / "docs"
    shutil.copytree(DOCS / "make", copy / "make", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("keys.md", "settings.md"):
        shutil.copy(DOCS / name, copy)
    page = (DOCS / "how-it-decides.md").read_text("utf-8")
    (copy / "how-it-decides.md").write_text(page.replace("+0.800", "+0.900"), "utf-8")
    call = [sys.executable, str(copy / "make" / "pages.py")]
    checked = subprocess.run([*call, "--check"], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stdout) == (1, "docs/how-it-decides.md is stale\n")
    subprocess.run(call, capture_output=True, check=True)
    assert (copy / "how-it-decides.md").read_text("utf-8") == page


def test_the_settings_on_the_page_are_the_defaults(tmp_path: Path) -> None:
    *_, example = blocks(DOCS / "settings.md", "toml")
    path = tmp_path / "settings.toml"
    path.write_text(example, "utf-8")
    assert load_settings(path) == Settings()


def test_the_keys_in_the_example_can_be_used(tmp_path: Path) -> None:
    example, *_ = blocks(DOCS / "settings.md", "toml")
    path = tmp_path / "settings.toml"
    path.write_text(example, "utf-8")
    found = in_force(load_settings(path).keys)
    assert dict(found.keymap)["item.done"] == "D,ctrl+k"
    assert found.wrong == ()


def test_every_verb_stands_on_the_pages_of_who_begins() -> None:
    verbs = re.findall(r"^    ([a-z]+)  ", make_parser().format_help(), re.MULTILINE)
    assert {"demo", "login", "inbox", "reply"} <= set(verbs)
    text = "".join((DOCS / name).read_text("utf-8") for name in ("start.md", "command-line.md"))
    assert [verb for verb in verbs if f"tui-inbox {verb}" not in text] == []


@pytest.mark.parametrize("page", [page for page in PAGES if calls(page)], ids=name_of)
def test_every_call_in_the_documents_is_understood(page: Path) -> None:
    for call in calls(page):
        make_parser().parse_args(call)


def test_every_page_has_a_place_on_the_site() -> None:
    told = tomllib.loads((DOCS / "zensical.toml").read_text("utf-8"))["project"]["nav"]
    assert sorted(map(str, pages_of(told))) == sorted(map(name_of, PAGES))


def pages_of(nav: list[Any]) -> Iterator[str]:
    """The files that a piece of the site's navigation names."""
    for entry in nav:
        for place in entry.values():
            if isinstance(place, str):
                yield place
            else:
                yield from pages_of(place)


def test_what_a_page_of_the_site_would_fetch_from_elsewhere_is_found(tmp_path: Path) -> None:
    elsewhere = "https://cdn.example"
    (tmp_path / "bad.html").write_text(
        f'<script src="{elsewhere}/a.js"></script><link rel=stylesheet href="{elsewhere}/b.css">'
        f'<img alt="" src="//cdn.example/c.png"><p style="background: url({elsewhere}/d)">'
    )
    (tmp_path / "good.html").write_text(
        f'<a href="{elsewhere}">away</a><script src="../a.js"></script><link rel=canonical href="{elsewhere}">'
    )
    find = (
        "import build_site, pathlib, sys\n"
        "print(*build_site.fetched_from_elsewhere(pathlib.Path(sys.argv[1])), sep=chr(10))"
    )
    call = [sys.executable, "-c", find, str(tmp_path)]
    found = subprocess.run(call, cwd=DOCS / "make", capture_output=True, text=True, check=True)
    assert [line.split()[1][-2:] for line in found.stdout.splitlines()] == ["js", "ss", "ng", "/d"]
    assert "good" not in found.stdout


def test_the_recorded_session_can_be_played_and_shows_an_answer_from_beginning_to_end() -> None:
    first, *lines = (DOCS / "recorded" / "demo.cast").read_text("utf-8").splitlines()
    head, events = json.loads(first), [json.loads(line) for line in lines]
    assert (head["version"], {kind for _, kind, _ in events}) == (2, {"o"})
    moments = [at for at, _, _ in events]
    assert moments == sorted(moments)
    assert 30 < moments[-1] < 60
    # Nothing but colours and places: playing it switches nothing in a terminal, but for the cursor.
    drawn = "".join(told for _, _, told in events).replace("\x1b[?25l\x1b[2J", "", 1)
    assert set(re.findall(r"\x1b[^mH]*.", drawn)) == set(re.findall(r"\x1b\[[\d;]+[mH]", drawn))
    screen = pyte.Screen(head["width"], head["height"])
    stream = pyte.Stream(screen)
    seen = set()
    for _, _, told in events:
        stream.feed(told)
        text = "\n".join(screen.display)
        seen |= {word for word in SHOWN_IN_THE_FILM if word in text}
    assert [word for word in SHOWN_IN_THE_FILM if word not in seen] == []


SHOWN_IN_THE_FILM = (
    "wait for you",
    "ctrl+s send",
    "leaves in 10 s, U stops it",
    "it is your turn, since",
    "found, newest first",
    "Going quiet",
    "sent",
)


@pytest.mark.parametrize("picture", PICTURES, ids=name_of)
def test_a_picture_is_shown_and_needs_nothing_from_elsewhere(picture: Path) -> None:
    svg = picture.read_text("utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert re.findall(r"<image|@font-face|@import|href=|url\((?!#)", svg) == []
    shown = [page for page in PAGES if f"screenshots/{picture.name}" in page.read_text("utf-8")]
    assert shown


def test_the_manual_page_is_current() -> None:
    call = [sys.executable, str(DOCS / "make" / "man.py"), "--check"]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"run: python docs/make/man.py\n{done.stdout}{done.stderr}"


def test_every_command_of_the_linear_inbox_stands_on_its_page() -> None:
    rows = re.findall(
        r"^\| (`[a-z`, ]+`) \| ([^|]*)\|", (DOCS / "accessibility.md").read_text("utf-8"), re.M
    )
    told = [re.findall(r"`([^`]+)`", cell) for row in rows for cell in row]
    words = [word for names in told[::2] for word in names]
    letters = [letter for names in told[1::2] for letter in names]
    assert sorted(words) == sorted(command.word for command in table.COMMANDS)
    assert sorted(letters) == sorted(filter(None, (command.letter for command in table.COMMANDS)))


@pytest.mark.parametrize("picture", PICTURES, ids=name_of)
def test_words_in_a_picture_stand_side_by_side_without_blanks(picture: Path) -> None:
    lines: dict[str, list[tuple[float, float]]] = {}
    for x, y, width, word in WORD.findall(picture.read_text("utf-8")):
        assert not re.search(r"&#160;|\s", word)
        lines.setdefault(y, []).append((float(x), float(x) + float(width)))
    assert lines
    for words in lines.values():
        for (_, end), (begin, _) in itertools.pairwise(words):
            assert end <= begin + 0.05


def test_no_file_names_a_place_on_a_machine_or_a_host_to_fetch_from() -> None:
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("there is no checkout here to list the files of")
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    own = name_of(Path(__file__))
    found = []
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if name != own and path.is_file():
            text = path.read_text("utf-8", errors="replace")
            found += [f"{name}: {match[0]}" for match in OF_A_MACHINE.finditer(text)]
    assert found == []
