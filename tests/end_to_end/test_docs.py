"""The documents: links lead somewhere, tables are those of the code, calls are understood, pictures stand alone."""

from __future__ import annotations

import itertools
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

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


def test_every_verb_stands_on_the_first_page() -> None:
    verbs = re.findall(r"^    ([a-z]+)  ", make_parser().format_help(), re.MULTILINE)
    assert {"demo", "login", "inbox", "reply"} <= set(verbs)
    text = (DOCS / "start.md").read_text("utf-8")
    assert [verb for verb in verbs if f"tui-inbox {verb}" not in text] == []


@pytest.mark.parametrize("page", [page for page in PAGES if calls(page)], ids=name_of)
def test_every_call_in_the_documents_is_understood(page: Path) -> None:
    for call in calls(page):
        make_parser().parse_args(call)


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
