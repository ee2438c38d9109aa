"""Searching everything that is stored."""

from __future__ import annotations

import gc
import weakref
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len
from textual import events
from ui.page_stage import here, opened, pages_on_stage, selected, typed
from ui.page_town import PageTown, page_town
from ui.stage import Stage
from ui.town import BRIDGE, HARBOUR, MIRA, NOW, ODILE, TAGS, entry, post

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.conversation import ItemState
from tui_inbox.core.matching import TooSlow
from tui_inbox.core.moment import DAY
from tui_inbox.core.query_text import QueryError, parse
from tui_inbox.queries.finding import Found, Further, Order
from tui_inbox.queries.rows import HitRow
from tui_inbox.store.looking import Below
from tui_inbox.ui.panes import gaze
from tui_inbox.ui.screens import asking
from tui_inbox.ui.screens.asking import MOST
from tui_inbox.ui.screens.person import PersonPage
from tui_inbox.ui.screens.search import LANGUAGE, ORDER_KEPT, SearchPage, pointing
from tui_inbox.ui.screens.thread import ThreadPage
from tui_inbox.ui.widgets import Row


async def searching(stage: Stage, query: str = "") -> SearchPage:
    """The page, with a query typed."""
    page = await opened(stage, SearchPage, "slash")
    await typed(stage, query)
    return page


async def test_letters_are_text_in_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gaze, "LOOK", 3600.0)  # the Inbox below it is looked at after a second
    async with pages_on_stage(monkeypatch) as stage:
        page = await searching(stage, "qejS")
        assert page.field.value == "qejS"
        assert here(stage) is page
        assert stage.done == [
            call for call in stage.done if call.name.startswith(("places.", "people.remind"))
        ]


async def test_keys_that_arrive_with_enter_are_keys_of_what_was_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        page = await opened(stage, SearchPage, "slash")
        await typed(stage, "harbour")
        for key in ("enter", "j", "j"):  # none of them waits for the one before
            stage.app.post_message(events.Key(key, key if key == "j" else "\r"))
        await stage.settle()
        assert page.field.value == "harbour"
        assert stage.app.focused is page.rows


async def test_the_language_is_explained_while_nothing_is_typed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch, size=(80, 24)) as stage:
        page = await searching(stage)
        for line in LANGUAGE:
            assert line in stage.text
        assert page.field.has_focus


async def test_what_is_found_appears_while_one_types(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        page = await searching(stage, "harbour map")
        assert page.heading.words == "Search · 1 found, newest first · esc goes back"
        assert selected(page) == f"post:{HARBOUR.id}"
        assert "Enter goes to what was found" in stage.text
        await stage.press("enter")
        assert page.heading.words == "Search · 1 found, newest first · q goes back"


async def test_the_store_is_not_asked_at_each_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    town = page_town()
    async with pages_on_stage(monkeypatch, town) as stage:
        page = await opened(stage, SearchPage, "slash")
        for so_far in ("h", "ha", "harbour"):
            page.field.value = so_far
        await stage.pilot.pause(0.15)
        await stage.settle()
        assert town.queries == ["harbour"]


async def test_a_query_that_cannot_be_read_is_pointed_at(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch, size=(80, 24)) as stage:
        page = await searching(stage, "choir (tags")
        lines = stage.lines()
        line = next(n for n, line in enumerate(lines) if "choir (tags" in line)
        assert lines[line + 1] == " " * 12 + "^ expected a closing parenthesis"
        assert page.rows.rows == []
        await typed(stage, ")")
        assert "expected" not in stage.text


@pytest.mark.parametrize(("query", "column"), [("tags (", 7), ("日本 (", 7), ("nope:x", 1)])
def test_the_sign_stands_under_the_place_that_is_meant(query: str, column: int) -> None:
    with pytest.raises(QueryError) as refused:
        parse(query)
    told = pointing(query, refused.value, 100)
    assert told.startswith(f"{' ' * column}^ expected ")


def test_near_the_right_edge_the_sentence_stands_before_the_sign() -> None:
    query = "a" * 30 + " ("
    with pytest.raises(QueryError) as refused:
        parse(query)
    told = pointing(query, refused.value, 40)
    assert told.index("^") == 33
    assert "expected a word" in told


@given(query=st.text(st.sampled_from('ab(:"-日 '), max_size=60), width=st.integers(10, 120))
def test_the_sign_is_always_on_the_screen_and_the_line_never_too_long(
    query: str, width: int
) -> None:
    with pytest.raises(QueryError) as refused:
        parse(f"{query} (")
    at = 1 + cell_len(f"{query} ("[: refused.value.column - 1])
    assume(at < width - 1)
    told = pointing(f"{query} (", refused.value, width)
    assert cell_len(told) <= width
    assert cell_len(told[: told.index("^")]) == at


async def test_enter_goes_to_what_was_found_and_opens_its_thread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        page = await searching(stage, "tags")
        await stage.press("enter")
        assert stage.app.focused is page.rows
        assert "Enter goes to what was found" not in stage.text
        await stage.press("enter")
        thread = stage.app.here
        assert isinstance(thread, ThreadPage)
        assert (thread.account, thread.post) == (2, TAGS.id)
        await stage.press("q")
        assert here(stage) is page
        assert stage.app.focused is page.rows


async def test_the_arrows_walk_what_was_found_while_one_types(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        page = await searching(stage, "roof")
        first = selected(page)
        await stage.press("down")
        assert selected(page) != first
        assert page.field.has_focus


async def test_slash_comes_back_to_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        page = await searching(stage, "tags")
        await stage.press("enter", "slash")
        assert here(stage) is page
        assert page.field.has_focus
        assert page.field.value == "tags"


async def test_enter_on_an_empty_line_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        page = await searching(stage)
        await stage.press("enter")
        assert page.field.has_focus


async def test_escape_closes_from_the_line_and_q_from_what_was_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await searching(stage, "tags")
        await stage.press("escape")
        assert here(stage) is stage.app.main.inbox
        assert stage.app.focused is stage.app.main.inbox.rows
        await searching(stage, "tags")
        await stage.press("enter", "q")
        assert here(stage) is stage.app.main.inbox


async def test_a_search_is_kept_for_the_account_one_names(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await searching(stage, "tags")
        await stage.press("enter")
        stage.wait(1)
        await stage.press("S")
        assert "keep it for which account? mi, ac, ti ac" in stage.text
        await stage.press("enter")
        assert [call.args for call in stage.called("searches.save")] == [(2, "tags")]


async def test_with_one_account_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    town = page_town()
    town.accounts = (MIRA,)
    async with pages_on_stage(monkeypatch, town) as stage:
        await searching(stage, "bridge")
        await stage.press("enter")
        stage.wait(1)
        await stage.press("S")
        assert [call.args for call in stage.called("searches.save")] == [(1, "bridge")]


async def test_an_account_that_is_not_there_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await searching(stage, "tags")
        await stage.press("enter")
        stage.wait(1)
        await stage.press("S", "x", "enter")
        assert stage.called("searches.save") == []
        assert "There is no account acx." in stage.text
        await stage.press("S", "escape")
        assert stage.called("searches.save") == []


async def test_the_feed_of_an_address_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    town = page_town()
    town.accounts = (MIRA,)
    async with pages_on_stage(monkeypatch, town, size=(80, 24)) as stage:
        page = await searching(stage)
        page.field.value = "https://mill.example/news.atom"
        await stage.pilot.pause(0.1)
        await stage.settle()
        assert "Search · the address of a feed · esc goes back" in stage.text
        assert "An address: Enter, then S keeps its feed as a search" in stage.text
        assert "expected" not in stage.text
        await stage.press("enter")
        stage.wait(1)
        await stage.press("S")
        kept = [call.args for call in stage.called("outside.save_feed")]
        assert kept == [(1, "https://mill.example/news.atom")]
        assert stage.called("searches.save") == []


async def test_what_cannot_be_read_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        page = await searching(stage, "(tags")
        page.save()
        await stage.settle()
        assert stage.called("searches.save") == []
        assert "There is no query to keep." in stage.text


async def test_the_keys_of_posts_work_on_what_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await searching(stage, "bridge")
        await stage.press("enter")
        stage.wait(1)
        await stage.press("f", "p")
        assert [call.args for call in stage.called("acts.toggle")] == [(1, BRIDGE.id, "favourite")]
        assert isinstance(here(stage), PersonPage)


async def test_many_hits_say_that_they_are_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    town = page_town()
    town.timeline = [
        entry(post(1000 + n, ODILE, DAY + n, f"tide table {n}"), n) for n in range(MOST + 20)
    ]
    async with pages_on_stage(monkeypatch, town) as stage:
        page = await searching(stage, "tide")
        assert page.heading.words.startswith(f"Search · the newest {MOST}, back to yesterday ·")
        assert len(page.rows.rows) == MOST
        await stage.press("enter", "G")
        assert page.heading.words == f"Search · {MOST + 20} found, newest first · q goes back"
        assert len(page.rows.rows) == MOST + 20
        assert selected(page) == f"post:{999 + MOST}", "and one is where one has gone"


class Deep(PageTown):
    """A town in which a search needs many steps, and finds one post at the twentieth."""

    steps = 0

    def finding_find(self, *asked: Any, **more: Any) -> Found:
        self.steps += 1
        if self.steps == 20:
            found = super().finding_find(*asked, **(more | {"further": None}))
            return replace(found, looked_to=NOW - 90 * DAY, further=Further(Below()))
        return Found((), NOW - self.steps * DAY, Further(Below()))


async def test_a_search_that_takes_long_shows_what_it_has_and_says_how_far_it_has_looked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(asking, "PATIENCE", 19)
    town = Deep(timeline=page_town().timeline)
    async with pages_on_stage(monkeypatch, town) as stage:
        page = await searching(stage)
        page.field.value = "bridge"
        await stage.pilot.pause(0.1)
        await stage.settle()
        said = "Search · nothing so far, newest first · back to 2 Nov, space looks further"
        assert page.heading.words == f"{said} · esc goes back"
        assert "Nothing of that is stored here." not in stage.text
        await stage.press("enter", "space")
        said = "Search · 1 found, newest first · back to 14 Oct, space looks further"
        assert page.heading.words == f"{said} · q goes back"
        assert town.steps == 38


async def test_who_types_on_waits_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless(PageTown):
        def finding_find(self, *asked: Any, **more: Any) -> Found:
            if asked[1] != "bridge":
                return super().finding_find(*asked, **more)
            self.queries.append("bridge")
            if len(self.queries) == 5:  # in the midst of it
                page.field.value = "tags"
            return Found((), NOW, Further(Below()))

    town = Endless(timeline=page_town().timeline)
    async with pages_on_stage(monkeypatch, town) as stage:
        page = await searching(stage)
        page.field.value = "bridge"
        await stage.pilot.pause(0.1)
        await stage.settle()
        assert town.queries == ["bridge"] * 5 + ["tags"]
        assert page.heading.words.startswith("Search · 1 found, newest first")


async def test_the_order_is_switched_by_a_key_and_remembered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = page_town()
    async with pages_on_stage(monkeypatch, town) as stage:
        page = await searching(stage, "roof")
        assert "ctrl+t best first" in stage.app.main.key_line.words
        newest = [row.key for row in page.rows.rows]
        assert len(newest) > 1
        await stage.press("ctrl+t")
        assert page.heading.words == f"Search · {len(newest)} found, best first · esc goes back"
        assert [row.key for row in page.rows.rows] == newest[::-1]
        assert page.field.has_focus
        await stage.press("enter")
        assert "t newest first" in stage.app.main.key_line.words
        kept = [call.args for call in stage.called("places.keep") if call.args[0] == ORDER_KEPT]
        assert kept == [(ORDER_KEPT, Order.RELEVANCE)]
    town.positions[ORDER_KEPT] = "relevance"
    async with pages_on_stage(monkeypatch, town) as stage:
        page = await searching(stage)
        assert page.heading.words == "Search everything stored · best first · esc goes back"


async def test_nothing_found_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await searching(stage, "xylophone")
        assert "Nothing of that is stored here." in stage.text
        assert "xylophone* finds words that begin so." in stage.text


async def test_a_word_that_is_whole_is_not_taken_for_a_beginning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        page = await searching(stage, "xylo*")
        assert "Nothing of that is stored here." in stage.text
        assert "begin so" not in stage.text
        page.field.value = ""
        await typed(stage, "https://mill.example/news.atom")
        assert "Enter, then S keeps its feed as a search" in stage.text
        assert "Nothing of that" not in stage.text, "an address is not looked for"


async def test_another_order_and_another_question_begin_at_the_top(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = page_town()
    town.timeline = [entry(post(1000 + n, ODILE, DAY + n, f"tide table {n}"), n) for n in range(60)]
    async with pages_on_stage(monkeypatch, town) as stage:
        page = await searching(stage, "tide")
        newest = selected(page)
        await stage.press("ctrl+t")
        assert page.rows.at_head
        assert selected(page) == page.rows.rows[0].key != newest
        await stage.press("down", "down")
        below = selected(page)
        stage.wait(1)
        await stage.tell(Change(Topic.POST, 1000))
        assert selected(page) == below, "what is only read again moves nothing"
        await typed(stage, " table")
        assert page.rows.at_head
        assert selected(page) == page.rows.rows[0].key


async def test_a_post_that_changes_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    town = page_town()
    async with pages_on_stage(monkeypatch, town) as stage:
        await searching(stage, "bridge")
        town.queries.clear()
        await stage.tell(Change(Topic.POST, 999))
        assert town.queries == []
        stage.wait(1)
        await stage.tell(Change(Topic.POST, BRIDGE.id))
        assert town.queries == ["bridge"]


async def test_the_page_is_laid_over_a_resized_screen_with_its_focus(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        page = await searching(stage, "tags")
        await stage.pilot.resize_terminal(80, 24)
        await stage.settle()
        assert page.field.has_focus
        await stage.press("enter")
        await stage.pilot.resize_terminal(160, 45)
        await stage.settle()
        assert stage.app.focused is page.rows


async def test_keeping_the_search_and_keeping_a_post_are_two_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await opened(stage, SearchPage, "slash")
        await typed(stage, "harbour")
        await stage.press("enter")
        words = stage.app.main.key_line.words
        assert "S keep search" in words
        assert "s keep " in words


async def test_the_line_of_a_search_that_was_closed_is_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        lines = []
        for _ in range(4):
            page = await searching(stage, "tags")
            lines.append(weakref.ref(page.field))
            del page
            await stage.press("escape")
        await stage.press("question_mark", "q")  # what the last key left behind is not of interest
        gc.collect()
        assert [line() for line in lines if line() is not None] == []


async def test_an_expression_that_takes_too_long_is_said_below_the_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Slow(PageTown):
        def finding_find(self, *asked: Any, **more: Any) -> Found:
            raise TooSlow

    async with pages_on_stage(monkeypatch, Slow(), size=(130, 24)) as stage:
        await searching(stage, "/(a|a)+$/")
        assert "takes too long on one of the posts" in stage.text


async def test_what_was_found_is_marked_in_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        page = await searching(stage, "map* -spam")
        renderer = page.renderer()
        far = replace(HARBOUR, text=f"{'far ' * 60}a map of it")
        hit = HitRow(0, far, ItemState.SEEN, "")
        row: Row[HitRow] = Row("post:1", hit, hit)
        lines = renderer.render(row, 60, selected=False, focused=False)
        underlined = [
            piece.text for line in lines for piece in line if piece.style and piece.style.underline
        ]
        assert underlined == ["map"]
        assert "… " in lines[1].text
