"""Standing searches begin to listen to a feed, and stop."""

from __future__ import annotations

import pytest
from support.town_builder import Town

from tui_inbox.commands import outside, searches
from tui_inbox.commands.undo import undo
from tui_inbox.core.outside import SourceKind, feed_address, timeline_of
from tui_inbox.core.post import Feed, FeedKind
from tui_inbox.store import outside as stored
from tui_inbox.store import searches as kept_searches
from tui_inbox.store.searches import SavedSearch

MILL = "https://mill.example/news.atom"


def kept(town: Town) -> SavedSearch:
    (one,) = town.ask(kept_searches.searches)
    return one


def heard(town: Town) -> list[str]:
    return [source.address for source in town.ask(stored.sources_of, kept(town).id)]


def test_a_feed_is_a_search_by_address(town: Town) -> None:
    outcome = outside.save_feed(town.context, 1, f" feed:{MILL} ").result()
    assert outcome.sentence == f"The feed {MILL} is kept"
    assert (kept(town).query, kept(town).outside_only) == ("", True)
    assert heard(town) == [MILL]
    again = outside.save_feed(town.context, 1, MILL).result()
    assert again.sentence == f"The feed {MILL} is kept already."
    undo(town.context).result()
    assert town.ask(kept_searches.searches) == []
    assert town.ask(stored.sources, SourceKind.FEED) == [], "nobody listens, so nothing is read"


@pytest.mark.parametrize(
    "address", ["", "mill", "ftp://mill.example/x", "javascript:alert(1)", "https://a b.example/"]
)
def test_what_is_no_address_is_not_kept(town: Town, address: str) -> None:
    outcome = outside.save_feed(town.context, 1, address).result()
    assert outcome.sentence.startswith("A feed is named by its address")
    assert outcome.action is None


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://nonsense", "nonsense is no whole address"),
        ("http://mill.example/news.atom", "Feeds are read over https only"),
    ],
)
def test_an_address_that_can_never_be_read_is_refused_at_once(
    town: Town, address: str, told: str
) -> None:
    outcome = outside.save_feed(town.context, 1, address).result()
    assert outcome.sentence.startswith(told)
    assert town.ask(kept_searches.searches) == []
    assert feed_address("http://localhost:8000/feed") == "http://localhost:8000/feed"


def test_the_feed_scheme_is_that_of_its_server() -> None:
    assert feed_address("feed://mill.example/news") == "https://mill.example/news"
    assert feed_address("feed:https://mill.example/news") == "https://mill.example/news"


def test_a_query_narrows_what_a_feed_brings(town: Town) -> None:
    outside.save_feed(town.context, 1, MILL, "rye -spelt").result()
    assert kept(town).query == "rye -spelt"
    wrong = outside.save_feed(town.context, 1, MILL, "(").result()
    assert wrong.sentence.startswith("This is not a query: expected ")


def test_what_is_not_wanted_of_a_feed_is_left_out(town: Town) -> None:
    outside.save_feed(town.context, 1, MILL).result()
    searches.exclude(town.context, kept(town).id, '"stall 7"').result()
    assert kept(town).query == '-"stall 7"'
    assert kept(town).outside_only, "it still looks nowhere else"
    undo(town.context).result()
    assert kept(town).query == ""


def test_a_search_listens_to_a_feed_as_well_and_stops(town: Town) -> None:
    searches.save(town.context, 1, "rye").result()
    outcome = outside.listen_to_feed(town.context, kept(town).id, MILL).result()
    assert outcome.sentence == f"it listens to the feed {MILL} as well"
    again = outside.listen_to_feed(town.context, kept(town).id, MILL).result()
    assert again.sentence == f"It listens to the feed {MILL} already."
    (source,) = town.ask(stored.sources_of, kept(town).id)

    outside.stop_listening(town.context, kept(town).id, source.id).result()
    assert heard(town) == []
    undo(town.context).result()
    assert heard(town) == [MILL]
    undo(town.context).result()
    assert heard(town) == []


def test_a_search_that_looks_nowhere_else_does_not_stop(town: Town) -> None:
    outside.save_feed(town.context, 1, MILL).result()
    (source,) = town.ask(stored.sources_of, kept(town).id)
    outcome = outside.stop_listening(town.context, kept(town).id, source.id).result()
    assert outcome == outside.NOWHERE_ELSE
    assert heard(town) == [MILL]


def test_a_search_thrown_away_comes_back_with_what_it_listens_to(town: Town) -> None:
    outside.save_feed(town.context, 1, MILL).result()
    searches.remove(town.context, kept(town).id).result()
    undo(town.context).result()
    assert heard(town) == [MILL]
    assert kept(town).outside_only


def test_what_is_gone_is_said_to_be(town: Town) -> None:
    assert outside.listen_to_feed(town.context, 99, MILL).result() == outside.GONE
    assert outside.stop_listening(town.context, 99, 1).result() == outside.GONE


def test_the_whole_of_a_network_can_be_listened_to(town: Town) -> None:
    searches.save(town.context, 1, "rye").result()
    said = outside.listen_to_stream(town.context, kept(town).id, "bluesky").result()
    assert said.sentence == "it listens to all of Bluesky as well"
    (source,) = town.ask(stored.sources, SourceKind.STREAM)
    assert (source.address, source.name) == ("bluesky", "all of Bluesky")
    outside.stop_listening(town.context, kept(town).id, source.id).result()
    assert town.ask(stored.sources, SourceKind.STREAM) == []


def test_who_begins_to_listen_to_a_stream_has_missed_nothing_of_it(town: Town) -> None:
    searches.save(town.context, 1, "rye").result()
    outside.listen_to_stream(town.context, kept(town).id, "bluesky").result()
    (source,) = town.ask(stored.sources, SourceKind.STREAM)
    town.write(lambda w: stored.put_state(w, source.id, "as far as here"))
    outside.stop_listening(town.context, kept(town).id, source.id).result()
    outside.listen_to_stream(town.context, kept(town).id, "bluesky").result()
    assert [one.state for one in town.ask(stored.sources, SourceKind.STREAM)] == [""]


def test_a_search_without_words_does_not_keep_all_of_a_network(town: Town) -> None:
    outside.save_feed(town.context, 1, MILL).result()
    said = outside.listen_to_stream(town.context, kept(town).id, "bluesky").result()
    assert said == outside.WANTS_ALL
    assert town.ask(stored.sources, SourceKind.STREAM) == []
    assert outside.listen_to_stream(town.context, 99, "bluesky").result() == outside.GONE


FRIENDS = Feed(FeedKind.LIST, "7")


def test_a_list_is_looked_in_for_its_own_account_and_left(town: Town) -> None:
    searches.save(town.context, 1, "rye").result()
    said = outside.look_in_timeline(town.context, kept(town).id, FRIENDS, "list Friends").result()
    assert said.sentence == "it listens to list Friends as well"
    (source,) = town.ask(stored.sources_of, kept(town).id)
    assert (source.kind, source.name) == (SourceKind.TIMELINE, "list Friends")
    assert timeline_of(source.address) == (1, FRIENDS)
    outside.stop_listening(town.context, kept(town).id, source.id).result()
    assert heard(town) == []


def test_a_search_by_address_looks_in_no_list(town: Town) -> None:
    outside.save_feed(town.context, 1, MILL).result()
    said = outside.look_in_timeline(town.context, kept(town).id, FRIENDS, "list Friends").result()
    assert said == outside.ONLY_OUTSIDE
