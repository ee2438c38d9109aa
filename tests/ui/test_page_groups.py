"""Groups and links in the Timeline, and the page that puts people into groups."""

from __future__ import annotations

from concurrent.futures import Future

import pytest
from msgspec.structs import replace
from ui.fakes import FakeFetcher
from ui.stage import Stage, on_stage
from ui.town import Town, entry, post, usual_town
from ui.town_posts import CAT, FERRY, ODILE, QUILLFOX, TINBADGER

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.moment import HOUR, MINUTE
from tui_inbox.queries.groups import GroupRow, ListRow
from tui_inbox.queries.rows import EntryRow
from tui_inbox.queries.sources import SourceRow, SourcesView
from tui_inbox.queries.timeline import EVERYTHING, LINKS, TimelineSource
from tui_inbox.ui.layout import Area
from tui_inbox.ui.panes.shown_source import NO_LINKS, NOT_IN_GROUP
from tui_inbox.ui.places import SOURCE, Spot, source_text, timeline_place
from tui_inbox.ui.screens.groups import GatherPage, GroupsPage
from tui_inbox.ui.screens.person import PersonPage

CHOIR = TimelineSource(title="group choir", group=7)
BOATS = TimelineSource(title="group boats", group=8)


@pytest.fixture
def town() -> Town:
    """The town with two groups, one of them with odile in it, and a link that two people point to."""
    town = usual_town()
    town.groups = (GroupRow(8, "boats", 1, BOATS), GroupRow(7, "choir", 2, CHOIR))
    town.gathered = {ODILE.id: frozenset({7})}
    pointed = entry(post(920, QUILLFOX, HOUR, "A map of the pier."), 920)
    town.feeds = {
        CHOIR.title: [
            entry(post(900 + n, ODILE, n * HOUR, f"Sung {n}."), 900 - n) for n in range(1, 40)
        ],
        LINKS.title: [replace(pointed, also=(TINBADGER,))],
    }
    return town


def asked(stage: Stage) -> list[tuple[object, ...]]:
    """What the servers were asked for: feeds and older pages."""
    return [what for what in stage.fetcher.asked if what[0] in ("feed", "older")]


# In the Timeline


async def test_a_group_is_chosen_and_shown(monkeypatch: pytest.MonkeyPatch, town: Town) -> None:
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "t", "g")
        assert isinstance(stage.app.here, GroupsPage)
        assert "boats · 1 person" in stage.text
        assert "choir · 2 people" in stage.text
        await stage.press("j", "enter")
        assert "Timeline · group choir" in stage.text
        assert "Sung 1." in stage.text
        kept = [done.args for done in stage.called("places.keep") if done.args[0] == SOURCE]
        assert kept == [(SOURCE, source_text(CHOIR, talk_only=False))]
        assert asked(stage) == []  # no server knows of it


async def test_links_say_who_else_points_to_them(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "t", "k")
        assert "Timeline · links" in stage.text
        assert "quillfox · 2 of your people · also tinbadger" in stage.text


async def test_who_points_to_the_same_later_is_shown_without_a_key(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    monkeypatch.setattr("tui_inbox.ui.panes.timeline.PEOPLE_AFTER", 0.01)
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "t", "k")
        (row,) = town.feeds[LINKS.title]
        assert isinstance(row, EntryRow)
        town.feeds[LINKS.title] = [replace(row, also=(*row.also, ODILE))]
        await stage.tell(Change(Topic.FEED, 1))
        await stage.until(lambda: "3 of your people" in stage.text)


async def test_the_end_of_a_group_asks_the_servers_only_when_a_key_does(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "t", "g", "j", "enter", "G")
        assert asked(stage) == []
        await stage.press("j")
        assert {what[0] for what in asked(stage)} == {"older"}


async def test_who_comes_into_a_group_is_shown_in_it(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "t", "g", "j", "enter")
        town.feeds[CHOIR.title].append(entry(post(990, CAT, 90 * MINUTE, "Mewed."), 990))
        await stage.tell(Change(Topic.GROUPS, 7))
        assert "Mewed." in stage.text


async def test_a_group_that_gets_another_name_is_shown_under_it(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "t", "g", "j", "enter")
        renamed = replace(CHOIR, title="group singers")
        town.groups = (GroupRow(7, "singers", 2, renamed),)
        town.feeds[renamed.title] = town.feeds[CHOIR.title]
        await stage.tell(Change(Topic.GROUPS, 7))
        assert "Timeline · group singers" in stage.text
        assert "Sung 1." in stage.text


async def test_of_a_group_that_was_deleted_everything_is_shown(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "t", "g", "j", "enter")
        town.groups = ()
        await stage.tell(Change(Topic.GROUPS, 7))
        assert "Timeline · people and the rest" in stage.text
        assert "Sung 1." not in stage.text


async def test_the_next_start_begins_with_the_group(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    town.positions[SOURCE] = source_text(CHOIR, talk_only=False)
    async with on_stage(monkeypatch, town) as stage:
        assert "Timeline · group choir" in stage.text
    town.groups = ()
    async with on_stage(monkeypatch, town) as stage:
        assert "Timeline · people and the rest" in stage.text


async def test_where_there_is_nothing_it_says_why(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    town.feeds[LINKS.title] = []
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "t", "k")
        assert NO_LINKS in stage.text
        await stage.press("t", "g", "enter")
        assert NOT_IN_GROUP in stage.text


async def test_all_there_is_begins_with_what_is_gathered(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    town.sources = SourcesView((), (), (), (SourceRow(LINKS, ()), SourceRow(CHOIR, ())))
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "t", "o")
        rows = stage.app.here.rows
        assert rows is not None
        assert [row.key for row in rows.rows] == ["gathered:links", "gathered:7", "another"]
        await stage.press("j", "enter")
        assert "Timeline · group choir" in stage.text


# The way back


async def test_the_way_back_leads_to_what_was_shown_and_where(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town) as stage:
        timeline = stage.app.main.timeline
        await stage.press("2", *"jjj")
        at_home = timeline.spot()
        await stage.press("t", "g", "j", "enter", *"jjjjjj")
        in_choir = timeline.spot()
        assert in_choir.shows == (CHOIR, False)
        await stage.press("t", "k", "comma")
        assert "Timeline · group choir" in stage.text
        assert timeline.spot() == in_choir
        await stage.press("comma")
        assert "Timeline · people and the rest" in stage.text
        assert timeline.spot() == at_home
        assert at_home.shows == (EVERYTHING, False)


async def test_the_way_back_from_a_jump_leads_to_the_group_it_was_made_in(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "t", "g", "j", "enter", *"jjj", "g", "i", "2", "t", "t")
        assert stage.app.shown.active is Area.READING
        await stage.press("comma", "comma", "comma")
        assert "Timeline · group choir" in stage.text


def test_a_spot_without_a_source_is_as_before() -> None:
    assert Spot(Area.INBOX, None, None).shows is None


def test_what_is_gathered_has_places_of_its_own() -> None:
    places = {timeline_place([1, 2], one) for one in (EVERYTHING, LINKS, CHOIR, BOATS)}
    assert len(places) == 4


# Groups made, named and deleted


async def test_a_group_is_made_by_typing_its_name(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "t", "g", "G", "enter", *"kin", "enter")
        assert [done.args for done in stage.called("groups.make")] == [("kin",)]
        assert isinstance(stage.app.here, GroupsPage)


async def test_a_group_is_renamed_and_deleted(monkeypatch: pytest.MonkeyPatch, town: Town) -> None:
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "t", "g", "E", "s", "enter")
        assert [done.args for done in stage.called("groups.rename")] == [(8, "boatss")]
        await stage.press("j", "d")
        assert [done.args for done in stage.called("groups.delete")] == [(7,)]
        await stage.press("G", "d")
        assert "No group is selected." in stage.text


async def test_the_list_shows_what_became_of_the_groups(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "t", "g")
        town.groups = town.groups[:1]
        await stage.tell(Change(Topic.GROUPS, 7))
        assert "boats · 1 person" in stage.text
        assert "choir" not in stage.text.split("Which group")[1].splitlines()[2]
        rows = stage.app.here.rows
        assert rows is not None
        assert [row.key for row in rows.rows] == ["8", "new"]


# People put into groups


async def test_the_author_of_a_post_is_put_into_a_group(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "a")
        assert isinstance(stage.app.here, GatherPage)
        assert "Add odile fenn to" in stage.text
        await stage.press("enter")
        assert [done.args for done in stage.called("groups.add")] == [(8, ODILE.id)]
        assert stage.app.main.reading.pages == ()


async def test_who_is_in_a_group_is_taken_out_again(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "a")
        assert "choir · 2 people · in it, Enter takes them out" in stage.text
        await stage.press("j", "enter")
        assert [done.args for done in stage.called("groups.take_out")] == [(7, ODILE.id)]


async def test_a_new_group_begins_with_the_person(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "j", "a", "G", "enter", *"kin", "enter")
        assert [done.args for done in stage.called("groups.make")] == [("kin", FERRY.id)]


async def test_somebody_is_put_on_a_list_of_the_server_and_taken_off(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    town.lists = (ListRow(1, "l1", "Friends"), ListRow(1, "l2", "Town", within=True))
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "a")
        assert ("sources", 1) in stage.fetcher.asked
        assert "list Town · on it, Enter takes them off" in stage.text
        await stage.press("j", "j", "d")
        assert "No group is selected." in stage.text  # lists are not deleted from here
        await stage.press("enter")
        put = [done.args for done in stage.called("lists.put_on")]
        assert put == [(1, ODILE.id, "l1", "Friends")]
        stage.wait(1)
        await stage.press("a", "j", "j", "j", "enter")
        taken = [done.args for done in stage.called("lists.take_off")]
        assert taken == [(1, ODILE.id, "l2", "Town")]


async def test_why_there_are_no_lists_is_said_where_none_are_known(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    def refused(self: FakeFetcher, account: int) -> Future[str]:
        said: Future[str] = Future()
        said.set_result("No line to town.example.")
        return said

    monkeypatch.setattr(FakeFetcher, "read_sources", refused)
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "a")
        assert "No line to town.example." in stage.text
    town.lists = (ListRow(1, "l1", "Friends"),)
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "a")
        assert "list Friends" in stage.text
        assert "No line to town.example." not in stage.text


async def test_of_somebody_who_waits_and_of_a_person_too(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("1", "a")
        assert "Add quillfox to" in stage.text
        await stage.press("q", "p", "a")
        assert "Add quillfox to" in stage.text
        await stage.press("q", "4")
        while stage.app.here.target() is None:
            await stage.press("j")
        await stage.press("a")
        assert isinstance(stage.app.here, GatherPage)
        assert stage.called("items.let_in") == []


async def test_a_stranger_is_let_in_as_before(monkeypatch: pytest.MonkeyPatch, town: Town) -> None:
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("g", "f", "j")
        stage.wait(1)
        await stage.press("a")
        assert len(stage.called("items.let_in")) == 1


async def test_a_card_is_read_again_when_groups_have_changed(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "p")
        assert isinstance(stage.app.here, PersonPage)
        town.asked.clear()
        await stage.tell(Change(Topic.GROUPS, 7))
        assert "person_card_card" in town.asked
