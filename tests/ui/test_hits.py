"""The Searches under the hand: hits are read before they are answered, left out, put off, and seen once each."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from textual.events import DescendantFocus
from ui.stage import Stage, on_stage
from ui.town_posts import COPPER, FERN, PAPERCRANE, hit, post

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.conversation import ItemState
from tui_inbox.core.moment import MINUTE
from tui_inbox.core.post import Card
from tui_inbox.core.text import Link
from tui_inbox.queries.rows import HitRow, SearchRows
from tui_inbox.ui.panes.searches import SearchesPane
from tui_inbox.ui.render.hit import same_words
from tui_inbox.ui.screens.thread import ThreadPage

PANEL = "Grow your business with our panel, link in reply."


def copies() -> HitRow:
    """One text by three people, of whom the second has said it twice."""
    texts = [(601, COPPER, 9), (602, PAPERCRANE, 7), (603, FERN, 5), (604, PAPERCRANE, 3)]
    rows = [hit(1, post(id, who, at * MINUTE, PANEL, account=2), "") for id, who, at in texts]
    first, *others = rows
    return replace(
        first,
        also=(PAPERCRANE, FERN),
        copies=tuple(replace(one, alone=True) for one in others),
    )


def searches_pane(stage: Stage) -> SearchesPane:
    return stage.app.main.searches


def first_search(stage: Stage) -> SearchRows:
    return stage.town.searches[0]


async def shows(stage: Stage, **changes: object) -> None:
    """The first search becomes another one."""
    changed = replace(first_search(stage), **changes)
    stage.town.searches = (changed, *stage.town.searches[1:])
    await stage.tell(Change(Topic.SEARCHES, 1))


def selected(stage: Stage) -> str:
    row = searches_pane(stage).rows.selected
    assert row is not None
    return row.key


@pytest.mark.parametrize("size", [(160, 45), (80, 24)])
async def test_a_hit_is_read_before_it_is_answered(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    async with on_stage(monkeypatch, size=size) as stage:
        await stage.press("3", "j")
        stage.wait(1)
        await stage.press("r")
        page = stage.app.here
        assert isinstance(page, ThreadPage)
        assert page.shows(2, 501)
        assert page.hit == first_search(stage).hits[0]
        assert stage.called("drafts.save") == []
        stage.wait(1)
        await stage.press("r")
        assert stage.app.composer.is_open
        await stage.until(lambda: stage.app.composer.draft is not None)
        draft = stage.app.composer.draft
        assert draft is not None
        assert (draft.account, draft.reply_to) == (2, 501), "by the account of the search"


async def test_r_goes_on_to_the_thread_that_stands_beside_already(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("3", "j")
        stage.wait(1)
        await stage.press("enter", "3")
        stage.wait(1)
        await stage.press("r")
        assert isinstance(stage.app.here, ThreadPage)
        assert not stage.app.composer.is_open


async def test_late_word_of_a_focus_that_has_moved_on_opens_no_other_pane(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, size=(80, 24)) as stage:
        await stage.press("3", "j", "enter")
        stage.wait(1)
        await stage.press("e")
        main = stage.app.main
        main.post_message(DescendantFocus(main.inbox.focus_target))
        await stage.settle()
        assert stage.app.here is searches_pane(stage)
        assert main.focused is searches_pane(stage).rows


async def test_t_shows_only_what_asks_and_all_again(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("3")
        stage.wait(1)
        await stage.press("t")
        assert stage.called("searches.set_asks_only")[0].args == (1, True)
        await shows(stage, asks_only=True)
        assert "* anyone know * crm · ac · 2 new" in stage.text
        assert "   asks only\n" in "".join(f"{line.rstrip()}\n" for line in stage.lines())
        stage.wait(1)
        await stage.press("j", "t")
        assert stage.called("searches.set_asks_only")[1].args == (1, False)


async def test_a_hit_is_put_off_and_the_heading_counts_it(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("3", "j")
        stage.wait(1)
        await stage.press("z", "p")
        (done,) = stage.called("items.later_hit")
        assert (*done.args[:2], done.args[2].on_post) == (1, 501, True)
        stage.wait(1)
        await stage.press("z", "3")
        await stage.press("h", "enter")
        assert stage.called("items.later_hit")[1].args[:2] == (1, 501)
        waits = replace(first_search(stage).hits[0], state=ItemState.LATER, wakes="tomorrow")
        waits = replace(waits, post=replace(waits.post, id=509), alone=True)
        await shows(stage, later=2, waiting=(waits,))
        assert "2 later" in stage.text
        assert "copper kettle · later, tomorrow" in stage.text
        await stage.press("2")
        stage.wait(1)
        await stage.press("z", "z")
        assert "This is no conversation of the Inbox, and no hit." in stage.text


async def test_not_this_offers_author_phrase_and_domain(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        linked = replace(
            first_search(stage).hits[0],
            post=post(
                501,
                COPPER,
                MINUTE,
                "@ann see rocket.example for it",
                account=2,
                links=(
                    Link(0, 4, "https://town.example/@ann"),
                    Link(9, 23, "https://www.Rocket.example/a"),
                ),
            ),
        )
        await shows(stage, hits=(linked,))
        await stage.press("3", "j")
        for keys, term in (
            (("minus", "a"), f"from:{COPPER.handle}"),
            (("minus", "p", "enter"), '"see rocket.example for it"'),
            (("minus", "d"), "link:rocket.example"),
        ):
            stage.wait(1)
            await stage.press(*keys)
            assert stage.called("searches.exclude")[-1].args == (1, term)
        two = replace(linked, post=replace(linked.post, card=Card("https://b.example/x", "B")))
        await shows(stage, hits=(two,))
        stage.wait(1)
        await stage.press("minus", "d")
        await stage.press("2", "enter")
        assert stage.called("searches.exclude")[-1].args == (1, "link:b.example")


async def test_what_has_no_link_and_a_heading_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("3", "j")
        stage.wait(1)
        await stage.press("minus", "d")
        assert "There is no link in it." in stage.text
        await stage.press("k")
        stage.wait(1)
        await stage.press("minus", "a")
        assert "Only a hit can be left out; that is a heading." in stage.text
        assert stage.called("searches.exclude") == []


async def test_the_same_text_by_several_is_one_row_that_unfolds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await shows(stage, hits=(copies(), *first_search(stage).hits))
        await stage.press("3", "j")
        assert "also papercrane, 1 other" in stage.text
        assert stage.text.count("Grow your business") == 1
        stage.wait(1)
        await stage.press("l")
        assert stage.text.count("Grow your business") == 4
        assert selected(stage) == "1:601"
        rows = [row.key for row in searches_pane(stage).rows.rows]
        assert rows[1:7] == ["1:601", "1:602", "1:603", "1:604", "1:501", "1:502"]
        await shows(stage)
        assert [row.key for row in searches_pane(stage).rows.rows] == rows, (
            "it stays so under the hand"
        )
        await stage.press("j")
        assert selected(stage) == "1:602"
        stage.wait(1)
        await stage.press("e")
        done = stage.called("items.done_hit")[0]
        assert (done.args, done.kwargs) == ((1, 602), {"alone": True})
        await stage.press("h")
        assert selected(stage) == "1:601"
        assert stage.text.count("Grow your business") == 1
        stage.wait(1)
        await stage.press("e")
        done = stage.called("items.done_hit")[1]
        assert (done.args, done.kwargs) == ((1, 601), {"alone": False})
        await stage.press("h")
        assert stage.app.here is not searches_pane(stage), "nothing is unfolded: h goes on"


async def test_a_flood_is_counted_below_its_search(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await shows(stage, passed=1240)
        text = " ".join(stage.text.split())
        assert "and 1,240 more today, too many to" in text


def test_how_often_a_text_was_said_is_told_in_words() -> None:
    row = copies()
    assert same_words(row) == "also papercrane, 1 other"
    assert same_words(replace(row, also=(PAPERCRANE,))) == "also papercrane"
    assert same_words(replace(row, more=40)) == "also papercrane, 41 others"
    assert same_words(replace(row, also=())) == "said 4 times"
    assert same_words(replace(row, copies=())) == ""


async def test_hits_on_the_screen_are_known_to_stand_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        on_screen = {row.id for row in searches_pane(stage).posts_on_screen()}
        assert {501, 502, 503} <= on_screen
