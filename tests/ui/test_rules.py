"""More of this, less of that: rules made where one asks why, and the page of all rules, on a real store and file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path

import pytest
from msgspec.structs import replace
from support import town_builder
from support.town_builder import Town
from ui.fakes import FakeFetcher
from ui.page_stage import here, opened, selected
from ui.stage import Stage
from ui.test_page_store import News, PatientStore
from ui.town import Town as PreparedTown

from tui_inbox.core.moment import DAY, HOUR
from tui_inbox.core.own_rules import OwnRule, Reasoned
from tui_inbox.queries import inbox
from tui_inbox.queries.reader import Reader
from tui_inbox.queries.rows import PeopleSection, ReasonRow
from tui_inbox.settings_file import SettingsFile
from tui_inbox.ui.app import InboxApp
from tui_inbox.ui.panes.people import person_key
from tui_inbox.ui.screens import rules as rules_page
from tui_inbox.ui.screens.rules import RulesPage
from tui_inbox.ui.screens.thread import ThreadPage
from tui_inbox.ui.screens.why import WhyPage
from tui_inbox.ui.services import Services

QUILLFOX = OwnRule(person="quillfox@town.example")


@asynccontextmanager
async def on_the_store(
    monkeypatch: pytest.MonkeyPatch, folder: Path, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[Stage, Town, SettingsFile]]:
    """The application on a town where quillfox asks, odile says something, and tinbadger has said thanks."""
    monkeypatch.setattr(town_builder, "Store", PatientStore)
    news, seconds = News(), [1000.0]
    town = Town(folder, changes=news)
    town.account("mira")
    for name, text, hours in (
        ("quillfox", "Does the export keep the tags?", 3),
        ("odile", "The second bridge.", 2),
        ("tinbadger", "Thank you!", 1),
    ):
        said = town.talk(name, rounds=3, ago=4 * DAY)
        town.says(name, text, to=said, ago=hours * HOUR)
    file = SettingsFile(folder / "settings.toml")
    town.context = replace(town.context, rules=file)
    fetcher = FakeFetcher()
    services = Services(
        reader=Reader(town.store),
        ctx=town.context,
        fetcher=fetcher,
        subscribe=news.subscribe,
        now=town.clock.now,
        monotonic=lambda: seconds[0],
    )
    app = InboxApp(services)
    try:
        async with app.run_test(size=size) as pilot:
            stage = Stage(app, pilot, PreparedTown(), fetcher, [], news.listeners, seconds)
            await stage.settle()
            yield stage, town, file
    finally:
        town.close()


async def press(stage: Stage, *keys: str) -> None:
    """Press keys one after another, each with a steady hand."""
    for key in keys:
        stage.wait(1)
        await stage.press(key)


def order(town: Town) -> list[str]:
    view = town.ask(inbox.view, town.scope(), now=town.now)
    return [row.person.name for lane in view.lanes for row in lane.rows]


async def why(stage: Stage, line: str) -> WhyPage:
    """Why the selected row stands there, with the line selected that says something."""
    page = await opened(stage, WhyPage, "w")
    while not any(line in shown.partition("▌")[2] for shown in stage.lines()):
        before = selected(page)
        await press(stage, "j")
        assert selected(page) != before, f"no line says {line}"
    return page


async def test_less_of_a_person_moves_their_row_and_says_where_it_would_stand(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with on_the_store(monkeypatch, tmp_path) as (stage, town, file):
        assert order(town) == ["quillfox", "odile", "tinbadger"]
        await why(stage, "you two talk")
        await press(stage, "minus")
        assert "@quillfox −0.5: stays 1st of 3 · u undoes" in stage.text
        assert "−0.500  your rule: @quillfox" in stage.text
        await press(stage, "minus")
        assert "@quillfox −1: would be 2nd of 3, was 1st · u undoes" in stage.text
        assert "before it is odile with" in stage.text
        assert file.read() == (replace(QUILLFOX, points=-1_000),)
        assert order(town) == ["odile", "quillfox", "tinbadger"]


async def test_not_at_all_of_a_person_is_below_everybody_even_below_a_thank_you(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with on_the_store(monkeypatch, tmp_path) as (stage, town, file):
        await why(stage, "after your last text")
        await press(stage, "0")
        assert "@quillfox not at all: would be 3rd of 3, was 1st" in stage.text
        assert file.read() == (replace(QUILLFOX, not_at_all=True),)
        assert order(town) == ["odile", "tinbadger", "quillfox"]
        await press(stage, "0")
        assert "It stands so already." in stage.text
        await press(stage, "plus")
        assert "no rule any more about @quillfox: would be 1st of 3, was 3rd" in stage.text
        assert file.read() == ()


async def test_a_reason_that_counts_nothing_is_taken_away_from_every_row(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with on_the_store(monkeypatch, tmp_path) as (stage, _town, file):
        page = await why(stage, "it is a question")
        await press(stage, "0")
        assert "questions not at all: stays 1st of 3" in stage.text
        assert "−0.800  your rule: questions, not at all" in stage.text
        assert file.read() == (OwnRule(reason=Reasoned.QUESTION, not_at_all=True),)
        # On the line of the rule 0 takes the rule away, and the hand stays among the reasons.
        (rule,) = [
            row.key
            for row in page.rows.rows
            if isinstance(row.data, ReasonRow) and row.data.is_rule
        ]
        assert page.rows.select_key(rule)
        await press(stage, "0")
        assert "no rule any more about questions" in stage.text
        assert file.read() == ()
        assert selected(page).startswith("reason:")


async def test_a_change_lasts_a_week_only_and_what_stood_before_holds_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with on_the_store(monkeypatch, tmp_path) as (stage, town, file):
        await why(stage, "you two talk")
        await press(stage, "7")
        assert "Nothing was changed here yet" in stage.text
        await press(stage, "plus", "q")
        await why(stage, "you two talk")
        await press(stage, "plus", "plus", "7")
        assert "@quillfox until 3 Dec only: stays 1st" in stage.text
        lasting, week = file.read()
        assert (lasting.points, lasting.until) == (500, None)
        assert (week.points, str(week.until)) == (1_000, "2025-12-03")
        assert "your rule: @quillfox, until 3 Dec" in stage.text
        await press(stage, "7")
        assert "It lasts until 3 Dec already." in stage.text
        town.pass_time(8 * DAY)
        assert order(town)[0] == "quillfox"
        await press(stage, "u")
        assert [rule.points for rule in file.read()] == [1_500]


async def test_undo_takes_back_what_was_changed_last(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with on_the_store(monkeypatch, tmp_path) as (stage, _town, file):
        await why(stage, "you two talk")
        await press(stage, "plus", "0", "u")
        assert "undone: the rule @quillfox not at all" in stage.text
        assert file.read() == (replace(QUILLFOX, points=500),)
        assert "+0.500  your rule: @quillfox" in stage.text
        await press(stage, "u")
        assert file.read() == ()
        assert "your rule" not in stage.text


async def test_the_keys_of_why_stand_in_the_key_line_and_7_shows_no_other_account(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with on_the_store(monkeypatch, tmp_path) as (stage, _, file):
        await why(stage, "you two talk")
        shown = "+ more of this  - less  0 not at all  7 for a week  E my rules  q back   ? keys"
        assert stage.lines()[-1].strip() == shown
        await press(stage, "plus", "7")
        assert file.read()[0].until is not None
        assert len(stage.app.scope.accounts) == 1


async def test_a_file_that_cannot_be_written_is_one_sentence_and_nothing_is_moved(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with on_the_store(monkeypatch, tmp_path, (160, 50)) as (stage, town, _):
        (tmp_path / "settings.toml").write_text("[rules]\nmine = 1\n")
        await why(stage, "you two talk")
        await press(stage, "0")
        assert "line 1, key rules: these are tables, each written [[rules]]" in stage.text
        assert order(town) == ["quillfox", "odile", "tinbadger"]


async def test_my_rules_say_what_each_moves_and_show_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with on_the_store(monkeypatch, tmp_path) as (stage, _town, _file):
        await why(stage, "it is your turn")
        await press(stage, "plus", "q")
        await why(stage, "you two talk")
        await press(stage, "0")
        page = await opened(stage, RulesPage, "E")
        assert "My rules · 2 · q goes back" in stage.text
        assert "       +0.5  waiting · 3 wait now" in stage.text
        assert " not at all  @quillfox@town.example · quillfox · 1 waits now" in stage.text
        await press(stage, "enter")
        assert "The second bridge." in stage.text
        await press(stage, "j", "enter")
        assert isinstance(here(stage), ThreadPage)
        await press(stage, "q", "h")
        assert selected(page) == "rule:1"
        assert "The second bridge." not in stage.text


async def test_my_rules_are_changed_deleted_and_brought_back(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with on_the_store(monkeypatch, tmp_path) as (stage, _town, file):
        (tmp_path / "settings.toml").write_text(
            '[look]\ndensity = "dense"\n\n# for the choir\n[[rules]]\ntag = "#acorn" # client\npoints = 0.5\n'
        )
        await why(stage, "it is your turn")
        await press(stage, "plus")
        page = await opened(stage, RulesPage, "E")
        await press(stage, "plus")
        assert "tag #acorn +1 · u undoes" in stage.text
        await press(stage, "d")
        assert "no rule any more about tag #acorn" in stage.text
        assert [rule.reason for rule in file.read()] == [Reasoned.WAITING]
        await press(stage, "u")
        assert [rule.tag for rule in file.read()] == ["acorn", ""]
        text = (tmp_path / "settings.toml").read_text()
        assert "# for the choir" in text
        assert "# client" in text
        assert 'density = "dense"' in text
        assert page.rows.select_key("rule:1")
        await press(stage, "enter")
        assert "Nothing that waits now is found by it." in stage.text


async def test_a_rule_that_is_over_says_so_and_counts_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with on_the_store(monkeypatch, tmp_path) as (stage, town, file):
        (tmp_path / "settings.toml").write_text(
            '[[rules]]\nperson = "@odile@town.example"\npoints = 9\nuntil = 2025-11-25\n'
        )
        await why(stage, "you two talk")
        await press(stage, "plus")
        await opened(stage, RulesPage, "E")
        assert "+9  @odile@town.example · odile · ended on 25 Nov" in stage.text
        assert order(town)[0] == "quillfox"
        await press(stage, "d")
        assert [rule.person for rule in file.read()] == [QUILLFOX.person]


async def test_the_settings_file_is_opened_at_the_rule_and_read_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    edited: list[tuple[Path, int]] = []

    def edit(path: Path, line: int) -> None:
        edited.append((path, line))
        path.write_text(f'{path.read_text()}\n[[rules]]\nword = "bridge"\npoints = 3\n')

    async with on_the_store(monkeypatch, tmp_path) as (stage, town, _):
        monkeypatch.setattr(rules_page, "edit_file", edit)
        monkeypatch.setattr(stage.app, "suspend", nullcontext)
        await why(stage, "you two talk")
        await press(stage, "plus")
        await opened(stage, RulesPage, "E")
        await press(stage, "E")
        assert edited == [(tmp_path / "settings.toml", 1)]
        assert "+3  words bridge · 1 waits now" in stage.text
        assert order(town)[0] == "odile"


async def test_the_palette_opens_my_rules_from_anywhere(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with on_the_store(monkeypatch, tmp_path) as (stage, _, _file):
        stage.app.act("open.rules")
        await stage.settle()
        assert isinstance(here(stage), RulesPage)
        assert "No rule yet." in stage.text
        await press(stage, "plus")
        assert "No rule is selected." in stage.text


async def test_a_regular_and_the_author_of_a_post_are_moved_among_people(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with on_the_store(monkeypatch, tmp_path, (100, 40)) as (stage, town, file):
        town.talk("wren", rounds=2, ago=9 * DAY)
        town.talk("larkspur", rounds=2, ago=12 * DAY)
        town.says("odile", "The oven is warm.", at_home=True)
        await stage.settle()
        people = stage.app.main.people
        await press(stage, "4")
        people.fold(PeopleSection.REGULARS, False)
        assert people.rows.select_key(person_key(1, town.id_of("larkspur")))
        await stage.settle()
        await why(stage, "the last contact was")
        await press(stage, "plus")
        assert "@larkspur +0.5: would be 1st of 2, was 2nd" in stage.text
        assert "Why larkspur is first of 2 in “regulars”" in stage.text
        await press(stage, "q", "2")
        await why(stage, "the last contact was")
        assert "text has gone both ways between you" in stage.text
        await press(stage, "0")
        assert "@odile not at all: would be 5th of 5 among people" in stage.text
        assert len(file.read()) == 2


async def test_further_events_are_shown_when_they_are_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with on_the_store(monkeypatch, tmp_path, (80, 40)) as (stage, _, _file):
        page = await why(stage, "you two talk: 7 exchanges")
        assert "… 4 more, Enter shows them" in stage.text
        await press(stage, "enter", "G", "enter")
        assert "more, Enter" not in stage.text
        assert selected(page) == "event:0:3"
        assert "quillfox says 0" in stage.text
        await press(stage, "h", "j", "k")
        assert "… 4 more, Enter shows them" in stage.text


async def test_what_cannot_be_changed_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with on_the_store(monkeypatch, tmp_path) as (stage, town, file):
        town.says("rocket", "Buy this", naming=["mira"])
        await stage.settle()
        await press(stage, "g", "f")
        await why(stage, "what everybody starts with")
        await press(stage, "plus")
        assert (
            "Everybody starts with this; there is nothing of yours in it to change." in stage.text
        )
        await press(stage, "j", "0")
        assert "@rocket not at all: points decide nothing here" in stage.text
        assert len(file.read()) == 1
