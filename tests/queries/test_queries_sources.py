"""What the Timeline can show: titles, letters, what is lacking, and windows on feeds beside home."""

from __future__ import annotations

import pytest
from support.town_builder import Said, Town

from tui_inbox.core.moment import HOUR
from tui_inbox.core.post import Feed, FeedEntry, FeedKind, PostView, SeenPost
from tui_inbox.core.sources import KeptSources, Lack, Source, Sources
from tui_inbox.queries import sources, timeline
from tui_inbox.queries.rows import EntryRow, TimelineWindow
from tui_inbox.queries.timeline import EVERYTHING, TimelineSource
from tui_inbox.store import accounts

FRIENDS = Source(Feed(FeedKind.LIST, "l1"), "Friends")
CHOIR = Source(Feed(FeedKind.TAG, "choir"), "#choir")
KEPT = Source(Feed(FeedKind.BOOKMARKS), "Bookmarks")
NO_WORLD = Lack(FeedKind.FEDERATED, "town.example does not offer this: All known servers.")


def offers(town: Town, account: int, *offered: Source, lacking: tuple[Lack, ...] = ()) -> None:
    """A server has said what it can show."""
    text = str(KeptSources(town.now, Sources(offered, lacking)))
    town.write(lambda w: accounts.put_state(w, account, accounts.SOURCES, text))


def stands_in(
    town: Town, feed: Feed, said: Said, *, account: int = 1, view: PostView | None = None
) -> None:
    """A post is filed in a feed."""
    seen = SeenPost(said.post, view or PostView(f"{account}:{said.post.ref.uri}"))
    entry = FeedEntry(seen, said.post.created_at, seen.view.server_id)
    town.ingest.file_page(account, feed, [entry]).result(timeout=10)


def window(town: Town, source: TimelineSource, *names: str) -> TimelineWindow:
    return town.ask(timeline.window, town.scope(*names), now=town.now, source=source)


def texts(found: TimelineWindow) -> list[str]:
    return [row.post.text for row in found.rows if isinstance(row, EntryRow)]


def titles(view: sources.SourcesView) -> list[tuple[str, tuple[str, ...]]]:
    return [(row.source.title, row.letters) for row in view.offered]


def test_a_server_that_was_never_asked_is_unknown(town: Town) -> None:
    view = town.ask(sources.view, town.scope())
    assert (view.offered, view.lacking, view.unknown) == ((), (), (1,))


def test_lists_are_named_as_such_and_of_one_account_no_letters_are_shown(town: Town) -> None:
    offers(town, 1, KEPT, FRIENDS, CHOIR)
    view = town.ask(sources.view, town.scope())
    assert titles(view) == [("bookmarks", ()), ("list Friends", ()), ("#choir", ())]
    assert view.offered[1].source == TimelineSource(FRIENDS.feed, 1, "list Friends")


def test_what_two_accounts_have_stands_once_and_lists_stand_for_each(town: Town) -> None:
    acorn = town.account("acorn")
    offers(town, 1, KEPT, FRIENDS, CHOIR)
    offers(town, acorn, KEPT, FRIENDS, CHOIR, lacking=(NO_WORLD,))
    view = town.ask(sources.view, town.scope())
    assert titles(view) == [
        ("bookmarks", ("mi", "ac")),
        ("list Friends", ("mi",)),
        ("#choir", ("mi", "ac")),
        ("list Friends", ("ac",)),
    ]
    (lack,) = view.lacking
    assert (lack.letters, lack.sentence) == ("ac", NO_WORLD.sentence)


def test_a_window_shows_its_feed_and_nothing_else(town: Town) -> None:
    town.says("ferry", "at home", at_home=True)
    listed = town.says("quillfox", "on the list")
    stands_in(town, FRIENDS.feed, listed)
    assert texts(window(town, TimelineSource(FRIENDS.feed, 1))) == ["on the list"]
    assert texts(window(town, EVERYTHING)) == ["at home"]


def test_a_list_belongs_to_one_account_and_a_tag_to_all(town: Town) -> None:
    acorn = town.account("acorn")
    mine = town.says("quillfox", "mine", ago=2 * HOUR)
    theirs = town.says("ferry", "theirs", account=acorn)
    for feed in (FRIENDS.feed, CHOIR.feed):
        stands_in(town, feed, mine)
        stands_in(town, feed, theirs, account=acorn)
    assert texts(window(town, TimelineSource(CHOIR.feed))) == ["theirs", "mine"]
    found = window(town, TimelineSource(FRIENDS.feed, acorn))
    assert texts(found) == ["theirs"]
    assert [row.post.letters for row in found.rows if isinstance(row, EntryRow)] == ["ac"]
    assert texts(window(town, TimelineSource(FRIENDS.feed, acorn), "mira")) == []


def test_counts_are_of_the_feed_that_is_shown(town: Town) -> None:
    source = TimelineSource(CHOIR.feed)
    stands_in(town, CHOIR.feed, town.says("ferry", "old", ago=3 * HOUR))
    town.says("ferry", "at home", at_home=True)
    scope = town.scope()
    assert town.ask(timeline.count_newer, scope, (0, ""), source=source) == 1
    late = town.ask(
        timeline.count_late, scope, after_seq=0, older_than=(town.now, ""), source=source
    )
    assert late == 1


def test_what_is_no_bookmark_any_more_is_not_shown_among_them(town: Town) -> None:
    kept, dropped = town.says("ferry", "kept"), town.says("ferry", "dropped")
    for said in (kept, dropped):
        view = PostView(f"1:{said.post.ref.uri}", bookmarked=True)
        stands_in(town, KEPT.feed, said, view=view)
    assert len(texts(window(town, sources.FIXED[FeedKind.BOOKMARKS]))) == 2
    town.shows(dropped.post)  # taken back elsewhere: its server now says so
    assert texts(window(town, sources.FIXED[FeedKind.BOOKMARKS])) == ["kept"]


def test_a_typed_tag_needs_no_sign_and_may_have_others_beside_it() -> None:
    assert sources.tag("#choir") == sources.tag(" choir ")
    assert sources.tag("choir").title == "#choir"
    assert sources.tag("choir |singing").feed == Feed(FeedKind.TAG, "choir |singing")


@pytest.mark.parametrize("text", ["", "  ", "#"])
def test_nothing_is_no_tag(text: str) -> None:
    with pytest.raises(ValueError, match="tag"):
        sources.tag(text)


def test_somebodys_posts_are_asked_for_by_their_servers_id(town: Town) -> None:
    ferry = town.meets("ferry")
    found = town.ask(sources.of_person, 1, ferry)
    assert found == TimelineSource(Feed(FeedKind.PERSON, "id-of-ferry"), 1, "ferry")
    assert town.ask(sources.of_person, 1, 999) is None
