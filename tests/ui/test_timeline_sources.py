"""What the Timeline shows: other feeds than home, chosen by the keys behind `t`."""

from __future__ import annotations

from concurrent.futures import Future

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ui.fakes import FakeFetcher
from ui.stage import Stage, on_stage
from ui.town import CAT, FERRY, MIRA, ODILE, Town, entry, post, usual_town

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.moment import DAY, HOUR, MINUTE
from tui_inbox.core.post import Feed, FeedKind
from tui_inbox.queries.rows import EntryRow, InboxView, TimelineWindow
from tui_inbox.queries.sources import FIXED, LackRow, SourceRow, SourcesView, tag
from tui_inbox.queries.timeline import EVERYTHING, TimelineSource
from tui_inbox.ui.panes.corner import corner_rows
from tui_inbox.ui.panes.shown_source import NOT_SHOWN
from tui_inbox.ui.places import SOURCE, source_from, source_text
from tui_inbox.ui.screens.sources import SourcesPage
from tui_inbox.ui.screens.thread import ThreadPage
from tui_inbox.ui.widgets.status_line import READING

FRIENDS = TimelineSource(Feed(FeedKind.LIST, "l1"), 1, "list Friends")
NEWS = TimelineSource(Feed(FeedKind.LIST, "l2"), 2, "list News")
CHOIR = tag("choir")
NO_WORLD = "town.example does not offer this: All known servers."


@pytest.fixture
def town() -> Town:
    """The town with two lists, a followed tag, and a server that shows no other servers."""
    town = usual_town()
    town.sources = SourcesView(
        (
            SourceRow(FIXED[FeedKind.BOOKMARKS], ("mi", "ac")),
            SourceRow(FRIENDS, ("mi",)),
            SourceRow(NEWS, ("ac",)),
            SourceRow(CHOIR, ("mi",)),
        ),
        (LackRow(FeedKind.FEDERATED, "ti", NO_WORLD),),
        (),
    )
    town.feeds = {
        str(FRIENDS.feed): [
            entry(post(900 + n, ODILE, n * HOUR, f"On the list {n}."), 900 - n)
            for n in range(1, 40)
        ],
        str(CHOIR.feed): [entry(post(950, CAT, HOUR, "We sing at six."), 950)],
        "local": [entry(post(960, FERRY, HOUR, "The town hall is open."), 960)],
    }
    return town


def asked(stage: Stage) -> list[tuple[object, ...]]:
    """What the servers were asked for: feeds, sources, older pages."""
    return [what for what in stage.fetcher.asked if what[0] in ("feed", "sources", "older")]


async def test_a_list_is_chosen_and_shown_and_a_brings_everything_back(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "t", "l")
        assert isinstance(stage.app.here, SourcesPage)
        assert "list Friends mi" in stage.text
        assert "#choir" not in stage.text
        await stage.press("enter")
        assert "Timeline · list Friends (mi)" in stage.text
        assert "On the list 1." in stage.text
        assert ("feed", 1, "list:l1") in asked(stage)
        await stage.press("t", "a")
        assert "Timeline · people and the rest" in stage.text
        assert "On the list" not in stage.text


async def test_what_addresses_you_is_shown_at_once(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    town.feeds["mentions"] = [entry(post(970, CAT, HOUR, "Are you coming?"), 970)]
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "t", "n")
        assert "Timeline · mentions of you" in stage.text
        assert "Are you coming?" in stage.text
        assert ("feed", 1, "mentions") in asked(stage)


async def test_a_tag_can_be_typed(monkeypatch: pytest.MonkeyPatch, town: Town) -> None:
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "t", "h")
        assert "#choir" in stage.text
        await stage.press("j", "enter", *"sea", "enter")
        assert "Timeline · #sea" in stage.text
        assert [what for what in asked(stage) if what[0] == "feed"] == [
            ("feed", account, "tag:sea") for account in (1, 2, 3)
        ]


async def test_nothing_typed_is_no_tag(monkeypatch: pytest.MonkeyPatch, town: Town) -> None:
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "t", "h", "j", "enter", "number_sign", "enter")
        assert "That is no tag." in stage.text
        assert isinstance(stage.app.here, SourcesPage)


async def test_what_a_server_lacks_is_greyed_and_cannot_be_chosen(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "t", "o")
        assert f"ti: {NO_WORLD}" in stage.text
        await stage.press("G")
        page = stage.app.here
        assert page.rows is not None
        assert page.rows.selected is not None
        assert page.rows.selected.key == "another"


async def test_the_first_time_a_list_is_opened_it_waits_for_the_servers(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    answer: Future[str] = Future()
    monkeypatch.setattr(FakeFetcher, "read_sources", lambda self, account: answer)
    told, town.sources = town.sources, SourcesView((), (), (1, 2, 3))
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "t", "h")
        assert READING in stage.text
        assert "another tag" not in stage.text
        town.sources = told
        answer.set_result("")
        await stage.settle()
        page = stage.app.here
        assert page.rows is not None
        assert [row.key for row in page.rows.rows] == [":tag:choir", "another"]
        assert page.rows.selected is page.rows.rows[0]


async def test_a_tag_can_be_typed_where_no_server_answers(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    answer: Future[str] = Future()
    answer.set_result("No line to town.example.")
    monkeypatch.setattr(FakeFetcher, "read_sources", lambda self, account: answer)
    town.sources = SourcesView((), (), (1, 2, 3))
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "t", "h")
        assert "No line to town.example." in stage.text
        assert "another tag" in stage.text


async def test_who_leaves_the_list_is_in_the_timeline_again(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "t", "o", "q")
        assert stage.app.here is stage.app.main.timeline
        await stage.press("t", "l")
        assert "Which list" in stage.text


@pytest.mark.parametrize(
    ("key", "words", "feed"),
    [
        ("s", "this server", "local"),
        ("w", "all known servers", "federated"),
        ("f", "favourites", "favourites"),
        ("b", "bookmarks", "bookmarks"),
        ("d", "private conversations", "direct"),
        ("m", "your posts", "own"),
    ],
)
async def test_fixed_feeds_have_keys_of_their_own(
    monkeypatch: pytest.MonkeyPatch, town: Town, key: str, words: str, feed: str
) -> None:
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "t", key)
        assert f"Timeline · {words}" in stage.text
        assert ("feed", 1, feed) in asked(stage)


async def test_what_somebody_posts_is_shown_from_one_of_their_posts(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    theirs = TimelineSource(Feed(FeedKind.PERSON, "x"), 1, "odile fenn")
    town.posts_of = {ODILE.id: theirs}
    town.feeds[str(theirs.feed)] = [entry(post(970, ODILE, 2 * DAY, "Long ago."), 970)]
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "t", "p")
        assert "Timeline · odile fenn (mi)" in stage.text
        assert "Long ago." in stage.text
        assert [call.args for call in stage.called("people.looked")] == [(1, ODILE.id)]


async def test_of_somebody_whose_post_has_just_come_under_the_hand_nothing_is_shown(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    town.posts_of = {ODILE.id: TimelineSource(Feed(FeedKind.PERSON, "x"), 1, "odile fenn")}
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "t", "l", "enter", "t", "p")
        assert "Timeline · list Friends (mi)" in stage.text
        stage.wait(1)
        await stage.press("t", "p")
        assert "Timeline · odile fenn (mi)" in stage.text


async def test_each_source_has_its_own_place(monkeypatch: pytest.MonkeyPatch, town: Town) -> None:
    async with on_stage(monkeypatch, town) as stage:
        timeline = stage.app.main.timeline
        await stage.press("2", "t", "l", "enter", *"jjjjjjj")
        there = timeline.spot()
        await stage.press("t", "a", "j")
        at_home = timeline.spot()
        assert at_home != there
        await stage.press("t", "l", "enter")
        assert timeline.spot() == there
        await stage.press("t", "a")
        assert timeline.spot() == at_home


async def test_the_next_start_begins_with_what_was_shown(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "t", "l", "enter")
        kept = [done.args for done in stage.called("places.keep") if done.args[0] == SOURCE]
        assert kept == [(SOURCE, source_text(FRIENDS, talk_only=False))]
    town.positions[SOURCE] = source_text(FRIENDS, talk_only=False)
    async with on_stage(monkeypatch, town) as stage:
        assert "Timeline · list Friends (mi)" in stage.text
        assert ("feed", 1, "list:l1") in asked(stage)


async def test_a_list_of_an_account_that_is_gone_is_not_begun_with(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    town.positions[SOURCE] = source_text(NEWS, talk_only=False)
    town.accounts = (MIRA,)
    async with on_stage(monkeypatch, town) as stage:
        assert "Timeline · people and the rest" in stage.text


async def test_a_feed_is_read_each_minute_only_while_somebody_looks(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2")
        minute(stage)
        await stage.settle()
        assert asked(stage) == []  # home is live by itself
        await stage.press("t", "l", "enter")
        feed = ("feed", 1, "list:l1")
        assert asked(stage).count(feed) == 1
        minute(stage)
        await stage.settle()
        assert asked(stage).count(feed) == 2
        stage.wait(1)
        await stage.press("enter")
        assert isinstance(stage.app.here, ThreadPage)
        minute(stage)
        await stage.settle()
        assert asked(stage).count(feed) == 2


async def test_arrivals_in_a_list_are_counted_above(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "t", "l", "enter", *"jjjjjj")
        town.feeds[str(FRIENDS.feed)].append(entry(post(999, CAT, MINUTE, "Just now."), 2000))
        await stage.tell(Change(Topic.FEED, 5))
        assert "Timeline · list Friends (mi) · 1 new above" in stage.text
        await stage.press("full_stop")
        assert "Just now." in stage.text


async def test_the_end_of_a_list_asks_for_its_older_posts(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    older: list[tuple[int, str]] = []

    def read_older(self: FakeFetcher, account: int, feed: Feed) -> Future[str]:
        older.append((account, str(feed)))
        return self._note("older", account)

    monkeypatch.setattr(FakeFetcher, "read_older", read_older)
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "t", "l", "enter")
        older.clear()
        await stage.press("G", "j")
        assert set(older) == {(1, "list:l1")}


async def test_a_feed_that_cannot_be_read_says_why(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    def refused(self: FakeFetcher, account: int, feed: Feed) -> Future[str]:
        said: Future[str] = Future()
        said.set_result(NO_WORLD)
        return said

    monkeypatch.setattr(FakeFetcher, "read_feed", refused)
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "t", "w")
        assert stage.text.count(NO_WORLD) == 2  # in the Timeline, and in the status line


async def test_a_list_whose_account_is_not_shown_says_so(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "t", "l", "enter", "7")
        assert NOT_SHOWN in stage.text
        await stage.press("5")
        assert "On the list 1." in stage.text


async def test_before_there_is_a_connection_it_waits_for_one(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town) as stage:
        states, stage.fetcher.states = stage.fetcher.states, {}
        await stage.press("2", "t", "m")
        assert asked(stage) == []
        stage.fetcher.states = states
        await stage.tell(Change(Topic.HEALTH, 1))
        assert asked(stage) == [("feed", account, "own") for account in (1, 2, 3)]


@given(
    st.builds(
        TimelineSource,
        st.builds(Feed, st.sampled_from(FeedKind), st.text()),
        st.none() | st.integers(1, 99),
        st.text(),
        st.none() | st.integers(1, 99),
        st.booleans(),
    ),
    st.booleans(),
)
def test_what_is_kept_reads_as_it_was_written(source: TimelineSource, talk_only: bool) -> None:
    assert source_from(source_text(source, talk_only=talk_only)) == (source, talk_only)


@pytest.mark.parametrize("text", [None, "", "{}", "[1]", '{"feed": 7, "account": 1, "title": ""}'])
def test_anything_else_means_everything(text: str | None) -> None:
    assert source_from(text) == (EVERYTHING, False)


def minute(stage: Stage) -> None:
    """A minute passes for the panes."""
    for pane in stage.app.main.panes:
        pane.minute_passed()


async def test_on_a_narrow_screen_the_tab_says_what_the_timeline_shows(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town, size=(80, 24)) as stage:
        await stage.press("2")
        assert "2 timeline" in stage.lines()[0]
        await stage.press("t", "s")
        await stage.until(lambda: "2 this server" in stage.lines()[0])
        await stage.press("t", "a")
        await stage.until(lambda: "2 timeline" in stage.lines()[0])


# People, and the rest


async def test_the_title_says_people_and_the_next_start_begins_with_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        assert "Timeline · people and the rest" in stage.text
        await stage.press("2", "t", "t")
        assert "Timeline · people" in stage.text
        assert "people and the rest" not in stage.text
        assert "night ferry news" not in stage.text
        kept = [done.args for done in stage.called("places.keep") if done.args[0] == SOURCE]
    town = usual_town()
    town.positions.update([kept[-1]])
    async with on_stage(monkeypatch, town, size=(80, 24)) as stage:
        await stage.press("2")
        assert "2 timeline, people" in stage.text
        await stage.press("t", "a")
        assert "2 timeline  " in stage.text
        assert "night ferry news" in stage.text


async def test_what_is_new_above_is_counted_as_it_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, size=(120, 18)) as stage:
        await stage.press("2", "t", "t")
        stage.town.timeline[:0] = [
            entry(post(970, ODILE, 0, "Above."), 3001),
            entry(post(971, FERRY, 1000, "Above too."), 3000),
        ]
        await stage.tell(Change(Topic.FEED, 1))
        await stage.until(lambda: "1 new above, . shows them" in stage.text)


def test_a_corner_has_room_for_what_close_people_wrote_and_not_for_what_they_pass_on() -> None:
    page = TimelineWindow(
        (
            entry(post(980, FERRY, 0, "Late.", boosters=(ODILE,)), 2),
            entry(post(981, ODILE, MINUTE, "Early."), 1),
        ),
        at_newest=True,
        at_oldest=True,
    )
    rows = corner_rows(InboxView((), 0, 0, 0), page)
    assert [row.data.post.id for row in rows if isinstance(row.data, EntryRow)] == [981]
