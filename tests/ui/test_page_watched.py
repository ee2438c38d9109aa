"""Watched threads: the key that begins it, the page that lists them, and what is new inside a thread."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from ui.page_stage import here, opened, pages_on_stage
from ui.page_town import PageTown, page_town
from ui.stage import on_stage
from ui.town import CHOIR, HARBOUR, NOW, TAGS, TWO_CHOIRS, entry, usual_town

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.moment import DAY, HOUR, MINUTE
from tui_inbox.queries.overviews import CatchUpLine, WatchedRow
from tui_inbox.ui.screens import thread as thread_page
from tui_inbox.ui.screens.catch_up import go_to
from tui_inbox.ui.screens.thread import ThreadPage, post_key
from tui_inbox.ui.screens.watched import WatchedPage
from tui_inbox.ui.widgets.which_key import AFTER

BUSY = WatchedRow(
    id=1,
    account=2,
    letters="ac",
    post=CHOIR,
    new=2,
    first_new=TAGS.id,
    last=TAGS.id,
    last_at=NOW - 5 * HOUR,
    last_by="quillfox",
    next_at=NOW + 5 * MINUTE,
    ends_at=NOW + 3 * DAY,
    stands="asked again in 5 min · ends thu 14:00 if nothing comes",
)
QUIET = replace(
    BUSY,
    id=2,
    account=1,
    letters="mi",
    post=HARBOUR,
    new=0,
    first_new=None,
    last=HARBOUR.id,
    last_by="you",
    trouble="town.example does not answer.",
)


def watching_town() -> PageTown:
    town = page_town()
    town.watched = (BUSY, QUIET)
    return town


async def test_the_page_says_what_is_new_when_it_is_asked_and_when_it_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch, watching_town(), size=(80, 24)) as stage:
        page = await opened(stage, WatchedPage, "g", "w")
        assert page.heading.words == "Watched threads · 2 · 2 new · q goes back"
        text = stage.text
        assert "●  5h ac papercrane · 2 new · last by quillfox" in text
        assert "Is anyone using acorn for a choir?" in text
        assert "asked again in 5 min · ends thu 14:00 if nothing comes" in text
        assert "odile fenn · nothing new · last by you" in text
        assert "town.example does not answer." in text


async def test_enter_opens_a_thread_at_the_first_new_post(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch, watching_town()) as stage:
        await opened(stage, WatchedPage, "g", "w")
        await stage.press("enter")
        page = here(stage)
        assert isinstance(page, ThreadPage)
        assert page.shows(2, TAGS.id)


@pytest.mark.parametrize("key", ["d", "W"])
async def test_d_ends_watching_and_u_is_worth_showing(
    monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    async with pages_on_stage(monkeypatch, watching_town()) as stage:
        await opened(stage, WatchedPage, "g", "w")
        await stage.press("j", key)
        assert [done.args for done in stage.called("watching.end")] == [(2,)]


async def test_an_empty_page_says_what_w_does(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch, size=(80, 24)) as stage:
        await opened(stage, WatchedPage, "g", "w")
        assert "No thread is watched." in stage.text
        assert "W on a post, a conversation or a hit follows its thread" in stage.text
        await stage.press("d", "enter")
        assert stage.called("watching.end") == []


async def test_the_page_follows_what_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    town = watching_town()
    async with pages_on_stage(monkeypatch, town) as stage:
        page = await opened(stage, WatchedPage, "g", "w")
        town.watched = (replace(BUSY, new=3), QUIET)
        await stage.tell(Change(Topic.WATCHED, 2))
        await stage.until(lambda: "3 new" in page.heading.words)


async def test_what_is_new_is_counted_where_g_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    town = watching_town()
    async with pages_on_stage(monkeypatch, town) as stage:
        await stage.pilot.press("g")
        await stage.pilot.pause(AFTER + 0.1)
        await stage.until(lambda: "w watched 2" in stage.app.main.which_key.words)
        await stage.press("escape")
        town.watched = (QUIET,)
        await stage.pilot.press("g")
        await stage.pilot.pause(AFTER + 0.1)
        await stage.until(lambda: stage.app.main.which_key.is_open)
        await stage.settle()
        assert "w watched " in stage.app.main.which_key.words
        assert "w watched 2" not in stage.app.main.which_key.words


async def test_a_line_of_the_catch_up_leads_to_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch, watching_town()) as stage:
        line = CatchUpLine(2, "new posts in 1 watched thread", "", "watched")
        go_to(stage.app, line.goes_to)
        await stage.settle()
        assert isinstance(here(stage), WatchedPage)


# W, wherever there is a thread


async def test_w_watches_the_thread_of_whatever_is_selected(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("1", "home", "W")  # a conversation
        await stage.press("enter", "W")  # the thread that is open
        await stage.press("q", "2", "home", "W")  # a post
        await stage.press("3", "home", "j", "W")  # a hit
        conversation, thread, post, hit = (done.args for done in stage.called("watching.toggle"))
        assert conversation == thread == (2, TAGS.id)
        assert post[1] in {row.id for row in stage.town.every_post()}
        assert hit[1] in {row.post.id for row in stage.town.searches[0].hits}


async def test_where_there_is_no_thread_w_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    town = usual_town()
    people = town.people
    sections = tuple(
        (section, tuple(replace(row, post=None) for row in rows))
        for section, rows in people.sections
    )
    town.people = replace(people, sections=sections)
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("4", "j", "W")
        assert stage.called("watching.toggle") == []


async def test_rows_of_a_watched_thread_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    town = usual_town()
    town.timeline.insert(0, entry(replace(HARBOUR, id=950, watched=True), 999))
    for lane, items in town.lanes.items():
        town.lanes[lane] = [
            replace(item, post=replace(item.post, watched=True)) if item.post else item
            for item in items
        ]
    town.searches = tuple(
        replace(
            search,
            hits=tuple(replace(h, post=replace(h.post, watched=True)) for h in search.hits),
        )
        for search in town.searches
    )
    async with on_stage(monkeypatch, town) as stage:
        lines = stage.lines()
        assert any("odile fenn · watched" in line for line in lines)
        assert any("quillfox asks" in line and "watched" in line for line in lines)
        assert any("copper kettle asks · watched" in line for line in lines)


# Inside a thread


async def test_a_line_stands_where_what_is_new_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    town = watching_town()
    town.new_in = {TAGS.id: (TWO_CHOIRS.id, TAGS.id)}
    async with pages_on_stage(monkeypatch, town) as stage:
        await opened(stage, WatchedPage, "g", "w")
        await stage.press("enter")
        page = here(stage)
        assert isinstance(page, ThreadPage)
        assert "watched · 2 new · q goes back" in page.heading.words
        lines = stage.lines()
        at = next(n for n, line in enumerate(lines) if "── 2 new since you looked ──" in line)
        assert "you · new" in lines[at + 1]
        assert sum("new since you looked" in line for line in lines) == 1
        assert page.rows.selected is not None
        assert page.rows.selected.key == post_key(TAGS.id)


async def test_what_stood_under_the_eyes_for_a_second_is_looked_at_and_stays_marked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(thread_page, "LOOK", 0.05)
    town = watching_town()
    town.new_in = {TAGS.id: (TAGS.id,)}
    async with pages_on_stage(monkeypatch, town) as stage:
        await opened(stage, WatchedPage, "g", "w")
        await stage.press("enter")
        await stage.until(lambda: bool(stage.called("watching.looked_at")))
        (done,) = stage.called("watching.looked_at")
        assert done.args == (2, 1, [TAGS.id])
        town.new_in = {TAGS.id: ()}
        await stage.tell(Change(Topic.WATCHED, 2))
        await stage.settle()
        assert "1 new since you looked" in stage.text
        assert len(stage.called("watching.looked_at")) == 1


async def test_who_looks_elsewhere_has_seen_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thread_page, "LOOK", 0.05)
    town = watching_town()
    town.new_in = {TAGS.id: (TAGS.id,)}
    async with pages_on_stage(monkeypatch, town) as stage:
        stage.app.app_focus = False
        stage.app.open_page(ThreadPage(2, TAGS.id))
        await stage.settle()
        await stage.pilot.pause(0.1)
        await stage.settle()
        assert stage.called("watching.looked_at") == []
