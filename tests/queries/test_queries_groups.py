"""What groups and links show in the Timeline, and what can be asked for by name."""

from __future__ import annotations

from functools import partial

import pytest
from msgspec.structs import replace
from support.town_builder import Said, Town

from tui_inbox.commands import lists
from tui_inbox.core.moment import HOUR, MINUTE
from tui_inbox.core.post import Feed, FeedKind
from tui_inbox.core.sources import KeptSources, Source, Sources
from tui_inbox.core.text import Link
from tui_inbox.queries import groups, person_card, sources, timeline
from tui_inbox.queries.groups import ListRow
from tui_inbox.queries.rows import EntryRow, GapRow, TimelineWindow
from tui_inbox.queries.sources import Named, NoSuchSource
from tui_inbox.queries.timeline import EVERYTHING, LINKS, TimelineSource
from tui_inbox.store import accounts, feeds
from tui_inbox.store import groups as stored

MAP = "https://maps.example/fold"


def gathers(town: Town, name: str, *people: str) -> TimelineSource:
    """A group of some people, as it is shown."""
    group = town.write(lambda w: stored.add_group(w, name, at=town.now))
    for person in people:
        town.write(partial(stored.add_member, group=group, person=town.meets(person), at=town.now))
    source = town.ask(groups.source_of, group)
    assert source is not None
    return source


def points(town: Town, name: str, url: str, *, ago: int = HOUR, account: int | None = None) -> Said:
    """Somebody posts a link."""
    said = town.says(name, url, ago=ago, account=account)
    post = replace(said.post, links=(Link(0, len(url), url),), edited_at=town.now)
    return town.shows(post, account=account)


def window(town: Town, source: TimelineSource, *names: str, **more: object) -> TimelineWindow:
    return town.ask(timeline.window, town.scope(*names), now=town.now, source=source, **more)  # type: ignore[arg-type]  # any of its own


def rows(found: TimelineWindow) -> list[EntryRow]:
    return [row for row in found.rows if isinstance(row, EntryRow)]


def texts(found: TimelineWindow) -> list[str]:
    return [row.post.text for row in rows(found)]


# Groups


def test_a_group_shows_its_people_across_accounts(town: Town) -> None:
    acorn = town.account("acorn")
    choir = gathers(town, "choir", "wren", "odile")
    town.says("wren", "at home", at_home=True, ago=2 * HOUR)
    town.says("odile", "to acorn", account=acorn, ago=HOUR)
    town.says("ferry", "somebody else", at_home=True)
    found = window(town, choir)
    assert texts(found) == ["to acorn", "at home"]
    assert [row.post.letters for row in rows(found)] == ["ac", "mi"]
    assert (found.at_newest, found.at_oldest) == (True, True)
    assert texts(window(town, choir, "mira")) == ["at home"]


def test_pages_of_a_group_follow_each_other(town: Town) -> None:
    choir = gathers(town, "choir", "wren")
    for minutes in range(5):
        town.says("wren", f"{minutes} minutes ago", ago=minutes * MINUTE)
    first = window(town, choir, limit=2)
    assert (first.at_newest, first.at_oldest) == (True, False)
    second = window(town, choir, limit=3, older_than=rows(first)[-1].key)
    assert (second.at_newest, second.at_oldest) == (False, True)
    assert texts(first) + texts(second) == [f"{n} minutes ago" for n in range(5)]
    above = window(town, choir, limit=9, newer_than=rows(second)[0].key)
    assert texts(above) == texts(first)


def test_holes_of_the_home_feeds_stand_in_a_group_too(town: Town) -> None:
    choir = gathers(town, "choir", "wren")
    town.says("wren", "below", at_home=True, ago=3 * HOUR)
    town.says("wren", "above", at_home=True, ago=HOUR)
    below, above = (row.key for row in reversed(rows(window(town, EVERYTHING))))
    home = town.ask(feeds.find_feed, 1, Feed(FeedKind.HOME))
    assert home is not None
    town.write(lambda w: feeds.add_gap(w, home, upper=above, lower=below, older_than="x"))
    kinds = [type(row) for row in window(town, choir).rows]
    assert kinds == [EntryRow, GapRow, EntryRow]


def test_arrivals_in_a_group_are_counted(town: Town) -> None:
    choir = gathers(town, "choir", "wren")
    old = town.says("wren", "old", ago=2 * HOUR)
    key = rows(window(town, choir))[0].key
    town.says("wren", "new", ago=HOUR)
    town.says("wren", "late", ago=3 * HOUR)
    town.says("ferry", "somebody else", ago=HOUR)
    scope = town.scope()
    assert town.ask(timeline.count_newer, scope, key, source=choir) == 1
    late = town.ask(timeline.count_late, scope, after_seq=old.id, older_than=key, source=choir)
    assert late == 1


def test_a_group_is_known_by_its_present_name(town: Town) -> None:
    choir = gathers(town, "choir", "wren")
    assert choir.title == "group choir"
    assert choir.group is not None
    town.write(lambda w: stored.rename_group(w, choir.group or 0, "singers"))
    assert town.ask(groups.source_of, choir.group) == replace(choir, title="group singers")
    town.write(lambda w: stored.remove_group(w, choir.group or 0))
    assert town.ask(groups.source_of, choir.group) is None
    assert texts(window(town, choir)) == []


def test_the_list_of_groups_says_who_is_in_them(town: Town) -> None:
    gathers(town, "choir", "wren", "odile")
    gathers(town, "boats")
    told = [(row.name, row.people, row.within) for row in town.ask(groups.rows, town.id_of("wren"))]
    assert told == [("boats", 0, False), ("choir", 2, True)]
    assert not any(row.within for row in town.ask(groups.rows))


def test_the_card_of_a_person_names_their_groups(town: Town) -> None:
    gathers(town, "choir", "wren")
    gathers(town, "boats", "wren", "odile")
    card = town.ask(person_card.card, 1, town.id_of("wren"), now=town.now)
    assert card is not None
    assert ("groups", "boats, choir") in card.lines


# Links


def test_links_are_those_of_people_one_talks_with(town: Town) -> None:
    town.talk("wren")
    points(town, "wren", MAP)
    points(town, "ferry", "https://ferry.example")
    points(town, "mira", "https://own.example")
    assert texts(window(town, LINKS)) == [MAP]


def test_who_points_to_the_same_stands_beside_the_first(town: Town) -> None:
    for name in ("wren", "odile", "gull"):
        town.talk(name)
    points(town, "wren", MAP, ago=3 * HOUR)
    points(town, "gull", MAP, ago=2 * HOUR)
    points(town, "odile", MAP, ago=HOUR)
    points(town, "odile", "https://tides.example", ago=MINUTE)
    tides, fold = rows(window(town, LINKS))
    assert (fold.post.author.name, tides.post.author.name) == ("wren", "odile")
    assert [person.name for person in fold.also] == ["gull", "odile"]
    assert all(person.partner for person in fold.also)
    assert tides.also == ()


def test_links_of_a_scope_are_those_that_its_accounts_see(town: Town) -> None:
    town.talk("wren")
    acorn = town.account("acorn")
    points(town, "wren", MAP, account=acorn)
    assert texts(window(town, LINKS, "mira")) == []
    assert texts(window(town, LINKS)) == [MAP]


# By name


def test_what_the_timeline_shows_can_be_named(town: Town) -> None:
    choir = gathers(town, "Choir practice", "wren")
    friends = Source(Feed(FeedKind.LIST, "l1"), "Friends")
    text = str(KeptSources(town.now, Sources((friends,))))
    town.write(lambda w: accounts.put_state(w, 1, accounts.SOURCES, text))

    def named(text: str) -> Named:
        return town.ask(sources.named, town.scope(), text)

    assert named("everything") == Named(EVERYTHING)
    assert named("people") == Named(EVERYTHING, talk_only=True)
    assert named("links") == Named(LINKS)
    assert named("group:choir  PRACTICE") == Named(choir)
    assert named("list:friends").source == TimelineSource(friends.feed, 1, "list Friends")
    assert named("tag:#sea") == Named(sources.tag("sea"))
    feeds_named = {
        "mentions": FeedKind.MENTIONS,
        "favourites": FeedKind.FAVOURITES,
        "bookmarks": FeedKind.BOOKMARKS,
        "mine": FeedKind.OWN,
        "local": FeedKind.LOCAL,
        "federated": FeedKind.FEDERATED,
    }
    for word, kind in feeds_named.items():
        assert named(word) == Named(sources.FIXED[kind])


@pytest.mark.parametrize("text", ["nowhere", "group:", "group:boats", "list:choir", "tag:#", "x:y"])
def test_what_there_is_not_is_answered_with_what_there_is(town: Town, text: str) -> None:
    gathers(town, "choir")
    with pytest.raises(NoSuchSource) as refusal:
        town.ask(sources.named, town.scope(), text)
    assert str(refusal.value) == (
        f"There is no {text!r} to show; there are everything, people, links, mentions, favourites, "
        "bookmarks, mine, local, federated, tag:NAME, group:choir."
    )


def test_links_and_groups_stand_in_the_list_of_all_there_is(town: Town) -> None:
    choir = gathers(town, "choir")
    gathered = town.ask(sources.view, town.scope()).gathered
    assert [row.source for row in gathered] == [LINKS, choir]


def test_lists_of_the_server_stand_beside_groups_once_it_has_told_them(town: Town) -> None:
    town.relates("wren", following=True)
    wren = town.id_of("wren")
    assert town.ask(groups.lists, 1, wren) == ()
    offered = (Source(Feed(FeedKind.LIST, "l1"), "Friends"), Source(Feed(FeedKind.HOME), "Home"))
    text = str(KeptSources(town.now, Sources(offered)))
    town.write(lambda w: accounts.put_state(w, 1, accounts.SOURCES, text))
    assert town.ask(groups.lists, 1, wren) == (ListRow(1, "l1", "Friends"),)
    lists.put_on(town.context, 1, wren, "l1", "Friends").result()
    assert town.ask(groups.lists, 1, wren) == (ListRow(1, "l1", "Friends", within=True),)
