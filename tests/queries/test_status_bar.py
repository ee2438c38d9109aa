"""The counts that are kept for a status bar: always those of the Inbox, and read without loading the program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.town_builder import Town

from tui_inbox import __version__, status_bar
from tui_inbox.commands import acts, sending
from tui_inbox.commands import items as commands
from tui_inbox.core.act import ActKind
from tui_inbox.core.conversation import Door
from tui_inbox.core.draft import Draft
from tui_inbox.core.moment import DAY, HOUR
from tui_inbox.core.post import FilterAction, FilterHit, PostView
from tui_inbox.paths import find_paths
from tui_inbox.queries import inbox
from tui_inbox.store import accounts, kept_counts
from tui_inbox.store.store import Writing


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """A town whose store keeps the counts, with mira's past read to its end."""
    town = counting(tmp_path)
    yield town
    town.close()


def counting(folder: Path) -> Town:
    town = Town(folder, also=status_bar.keep_after)
    town.account("mira")
    known = json.dumps({"own_done": True, "notices_done": True, "done": True})
    town.write(lambda w: accounts.put_state(w, 1, accounts.HISTORY, known))
    town.write(status_bar.keep)
    return town


def kept(town: Town) -> tuple[int, int] | None:
    return kept_counts.read(str(town.folder / "store.db"), __version__)


def shown(town: Town) -> tuple[int, int]:
    """As the Inbox counts."""
    view = town.ask(inbox.view, town.scope(), now=town.now)
    return view.waiting, view.newcomers


def item(town: Town, name: str) -> int | None:
    view = town.ask(inbox.view, town.scope(), now=town.now)
    rows = (row for lane in view.lanes for row in lane.rows if row.person.name == name)
    return next((row.id for row in rows), None)


def asks(town: Town, name: str) -> None:
    town.says(name, "Does it keep the tags?", naming=["mira"])


def talks_and_asks(town: Town, name: str) -> None:
    town.says(name, "Does it keep the tags?", to=town.talk(name, ago=2 * DAY), ago=HOUR)


def is_answered(town: Town, name: str) -> None:
    said = [one for one in town.said.values() if one.post.author.name == name]
    if said:
        draft = Draft(0, 1, f"@{name}@town.example It does.", reply_to=said[-1].id)
        sending.send(town.context, draft).result()


def is_done(town: Town, name: str) -> None:
    if (id := item(town, name)) is not None:
        commands.done(town.context, id).result()


def is_junk(town: Town, name: str) -> None:
    if (id := item(town, name)) is not None:
        commands.junk(town.context, id).result()


def is_blocked(town: Town, name: str) -> None:
    acts.on_person(town.context, 1, town.meets(name), ActKind.BLOCK).result()


def is_followed(town: Town, name: str) -> None:
    town.relates(name, following=True)


def is_filtered(town: Town, name: str) -> None:
    """The server has changed its mind about the last thing they said."""
    for one in reversed(town.said.values()):
        if one.post.author.name == name:
            hit = FilterHit("spoilers", FilterAction.HIDE)
            town.shows(one.post, view=PostView(f"1:{one.post.ref.uri}", filtered=(hit,)))
            return


def door_is_opened(town: Town, name: str) -> None:
    town.write(lambda w: accounts.set_door(w, 1, Door.OPEN))


HAPPENINGS: list[Callable[[Town, str], None]] = [
    asks,
    talks_and_asks,
    is_answered,
    is_done,
    is_junk,
    is_blocked,
    is_followed,
    is_filtered,
    door_is_opened,
]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(HAPPENINGS), st.sampled_from(["quillfox", "wren"])), max_size=8
    )
)
def test_whatever_happens_the_kept_counts_are_those_of_the_inbox(
    tmp_path_factory: pytest.TempPathFactory,
    story: list[tuple[Callable[[Town, str], None], str]],
) -> None:
    town = counting(tmp_path_factory.mktemp("town"))
    for happens, name in story:
        happens(town, name)
        assert kept(town) == shown(town), happens.__name__
    town.close()


def test_a_text_that_the_server_filters_later_is_not_counted_any_more(town: Town) -> None:
    talks_and_asks(town, "quillfox")
    assert kept(town) == (1, 0)
    is_filtered(town, "quillfox")
    assert kept(town) == shown(town) == (0, 0)


def test_nothing_is_kept_before_the_past_is_known(town: Town) -> None:
    town.write(
        lambda w: accounts.put_state(
            w, 1, accounts.HISTORY, '{"own_done": false, "notices_done": true, "done": false}'
        )
    )
    asks(town, "quillfox")
    assert kept(town) is None


def test_counts_of_another_version_or_of_no_store_are_not_believed(town: Town) -> None:
    asks(town, "quillfox")
    path = town.folder / "store.db"
    assert kept_counts.read(str(path), "0.0.0") is None
    assert kept_counts.read(str(town.folder / "none.db"), __version__) is None
    assert not (town.folder / "none.db").exists()


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "50% of? it#all"
    folder.mkdir()
    town = counting(folder)
    assert kept(town) == (0, 0)
    town.close()


def test_a_write_does_not_fail_because_nobody_could_be_counted(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(w: Writing) -> None:
        raise ValueError("a mistake")

    monkeypatch.setattr(status_bar, "keep", broken)
    asks(town, "quillfox")
    assert shown(town) == (0, 0)
    assert kept(town) is None
    assert item(town, "quillfox") is not None
    assert "could not be counted" in caplog.text


@pytest.mark.parametrize("demo", [False, True])
@pytest.mark.parametrize(
    "environment",
    [{"TUI_INBOX_HOME": "/some/home"}, {"TUI_INBOX_HOME": "~/mine"}, {}, {"XDG_DATA_HOME": "/d"}],
)
def test_the_file_that_is_read_is_the_store(
    environment: dict[str, str], demo: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    paths = find_paths(environment)
    file = paths.demo_store if demo else paths.store
    assert status_bar.store_file(environment, demo=demo) == str(file)


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        ([], "1 new\n"),
        (["--format", "{waiting}/{newcomers}"], "0/1\n"),
        (["--format", "{x}"], None),
        (["--format"], None),
        (["--json"], None),
        (["--account", "mi"], None),
        (["--demo"], None),
        (["--sync"], None),
    ],
)
def test_only_plain_questions_are_answered_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], answer: str | None
) -> None:
    (tmp_path / "data").mkdir()
    town = counting(tmp_path / "data")
    town.says("mossygate", "Only on Saturdays?", to=town.says("mira", "We bake rye."))
    town.close()
    (tmp_path / "data" / "store.db").rename(tmp_path / "data" / "inbox.db")
    answered = status_bar.answer_at_once(arguments, {"TUI_INBOX_HOME": str(tmp_path)})
    assert (answered, capsys.readouterr().out) == (answer is not None, answer or "")


def test_the_answer_loads_nothing_of_the_program_but_its_words(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    counting(tmp_path / "data").close()
    (tmp_path / "data" / "store.db").rename(tmp_path / "data" / "inbox.db")
    program = (
        "import sys; from tui_inbox.app import main; code = main(['glance']); "
        "print(code, [n for n in ('msgspec', 'argparse', 'typing', 'pathlib', 're') if n in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-S", "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={
            **os.environ,
            "TUI_INBOX_HOME": str(tmp_path),
            "PYTHONPATH": str(Path(status_bar.__file__).parents[1]),
        },
    )
    assert told.stdout == "0 []\n"
