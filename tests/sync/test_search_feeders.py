"""Standing searches ask their account's server: by word where it can, by tag everywhere, seldom when nothing comes."""

from __future__ import annotations

import asyncio

import pytest
from msgspec.structs import replace
from support.search_hits import found_by
from support.sync_desk import Desk

from tui_inbox.core.coverage import Coverage, state_name
from tui_inbox.core.moment import DAY, MINUTE
from tui_inbox.core.outside import SourceKind, timeline_address
from tui_inbox.core.ports import Refused, Throttled, Unreachable
from tui_inbox.core.post import Audience, Feed, FeedKind
from tui_inbox.store import accounts, groups, outside, people, searches
from tui_inbox.store.store import Writing
from tui_inbox.sync.feed_reader import FeedReader
from tui_inbox.sync.search_feeders import (
    FIRST_REST,
    LONGEST_REST,
    PEOPLE_A_LOOK,
    REST_AFTER_REFUSAL,
    SEARCHES_A_LOOK,
    SHARED_FOR,
    SearchFeeders,
)


@pytest.fixture
def feeders(desk: Desk) -> SearchFeeders:
    """What is tested, for an account whose server searches by word."""
    searches_by_word(desk, True)
    return new_feeders(desk)


def new_feeders(desk: Desk) -> SearchFeeders:
    id = desk.account.id
    reader = FeedReader(desk.store, desk.ingest, desk.clock, desk.network, id, desk.backfill)
    return SearchFeeders(desk.store, desk.clock, desk.network, reader, id)


def searches_by_word(desk: Desk, told: bool | None) -> None:
    """What is known of the server's search."""

    def write(w: Writing) -> None:
        limits = replace(desk.account.limits, full_text_search=told)
        accounts.set_limits(
            w, desk.account.id, limits, usual_audience=Audience.PUBLIC, usual_language=None
        )

    desk.store.write(write).result()


def keep(desk: Desk, query: str) -> int:
    """A new standing search."""
    return desk.store.write(
        lambda w: searches.add_search(w, desk.account.id, query, at=desk.clock.now())
    ).result()


def coverage(desk: Desk, search: int) -> Coverage:
    kept = desk.store.read(
        lambda db: accounts.get_state(db, desk.account.id, state_name(search))
    ).result()
    assert kept is not None
    return Coverage.parse(kept)


def calls(desk: Desk) -> list[str]:
    return [call for call in desk.network.calls if call.startswith("feed ")]


def look(desk: Desk, feeders: SearchFeeders, *, after: int = 0) -> list[str]:
    """Let time pass, look, and say what the server was asked meanwhile."""
    desk.clock.time += after
    before = len(calls(desk))
    asyncio.run(feeders.look())
    return calls(desk)[before:]


def test_what_the_server_finds_becomes_hits(desk: Desk, feeders: SearchFeeders) -> None:
    search = keep(desk, "harbour -map")
    for text in ("Harbour lights", "a harbour map", "harvest"):
        desk.network.home(desk.network.write("ann", text))
    assert look(desk, feeders) == ["feed search:harbour"]
    (hit,) = desk.store.read(lambda db: found_by(db, search)).result()
    assert hit[0].post.text == "Harbour lights"
    told = coverage(desk, search)
    assert (told.feeds, told.checked_here) == (("search:harbour",), ("-map",))
    assert (told.asked_at, told.rest) == (desk.clock.now(), FIRST_REST)


def test_a_search_that_brings_nothing_new_is_asked_less_and_less_often(
    desk: Desk, feeders: SearchFeeders
) -> None:
    search = keep(desk, "harbour")
    assert look(desk, feeders)
    assert look(desk, feeders, after=FIRST_REST - 1) == []
    assert look(desk, feeders, after=1)
    assert coverage(desk, search).rest == 2 * FIRST_REST
    for _ in range(9):
        assert look(desk, feeders, after=LONGEST_REST)
    assert coverage(desk, search).rest == LONGEST_REST
    desk.network.home(desk.network.write("ann", "Harbour lights"))
    assert look(desk, feeders, after=LONGEST_REST)
    assert coverage(desk, search).rest == FIRST_REST


def test_a_server_without_a_search_by_word_is_asked_for_tags_only(desk: Desk) -> None:
    for known in (False, None):
        searches_by_word(desk, known)
        plain, tagged = keep(desk, f"harbour{known}"), keep(desk, f"#rye OR market{known}")
        assert look(desk, new_feeders(desk)) == ["feed tag:rye"]
        assert coverage(desk, plain).feeds == ()
        assert coverage(desk, tagged).not_asked == (f"market{known}",)
        desk.store.write(lambda w: searches.remove_search(w, tagged)).result()  # noqa: B023  # at once
        desk.clock.time += DAY


def test_a_search_that_was_changed_is_asked_at_once(desk: Desk, feeders: SearchFeeders) -> None:
    search = keep(desk, "harbour")
    look(desk, feeders)
    desk.store.write(lambda w: searches.set_query(w, search, "ferry")).result()
    assert look(desk, feeders) == ["feed search:ferry"]


def test_it_is_asked_anew_when_the_server_turns_out_to_search_by_word(desk: Desk) -> None:
    searches_by_word(desk, False)
    keep(desk, "harbour")
    assert look(desk, new_feeders(desk)) == []
    searches_by_word(desk, True)
    assert look(desk, new_feeders(desk)) == ["feed search:harbour"]


def test_a_list_that_the_owner_names_is_read_at_once_and_then_in_turn(
    desk: Desk, feeders: SearchFeeders
) -> None:
    search = keep(desk, "harbour")
    assert look(desk, feeders) == ["feed search:harbour"]
    friends = timeline_address(desk.account.id, Feed(FeedKind.LIST, "7"))

    def listen(w: Writing) -> int:
        source = outside.put_source(w, SourceKind.TIMELINE, friends)
        outside.listen(w, search, source)
        return source

    source = desk.store.write(listen).result()
    assert look(desk, feeders, after=SHARED_FOR) == ["feed list:7", "feed search:harbour"]
    assert look(desk, feeders, after=FIRST_REST - 1) == []
    desk.store.write(lambda w: outside.stop_listening(w, search, source)).result()
    assert look(desk, feeders, after=LONGEST_REST) == ["feed search:harbour"]


def test_many_searches_have_their_turns(desk: Desk, feeders: SearchFeeders) -> None:
    for number in range(2 * SEARCHES_A_LOOK + 1):
        keep(desk, f"w{number}")
    asked = [*look(desk, feeders), *look(desk, feeders, after=MINUTE)]
    assert asked == [f"feed search:w{number}" for number in range(2 * SEARCHES_A_LOOK)]
    assert look(desk, feeders, after=MINUTE) == [f"feed search:w{2 * SEARCHES_A_LOOK}"]


def test_a_feed_that_is_refused_is_said_and_asked_again_after_hours(
    desk: Desk, feeders: SearchFeeders
) -> None:
    search = keep(desk, "harbour")
    desk.network.fail("feed", Refused("It does not search."))
    look(desk, feeders)
    told = coverage(desk, search)
    assert (told.refusal, told.rest) == ("It does not search.", REST_AFTER_REFUSAL)
    assert look(desk, feeders, after=REST_AFTER_REFUSAL) == ["feed search:harbour"]
    assert coverage(desk, search).refusal == ""


def test_a_search_that_fails_keeps_no_other_waiting(desk: Desk, feeders: SearchFeeders) -> None:
    """Servers' searches fail for themselves, while timelines of tags go on."""
    failing = keep(desk, "harbour")
    others = [keep(desk, f"#t{number}") for number in range(SEARCHES_A_LOOK)]
    desk.network.fail("feed", Unreachable("It has trouble at the moment."))
    assert len(look(desk, feeders)) == SEARCHES_A_LOOK
    told = coverage(desk, failing)
    assert (told.refusal, told.rest) == ("It has trouble at the moment.", FIRST_REST)
    assert look(desk, feeders) == [f"feed tag:t{len(others) - 1}"]
    assert "feed search:harbour" in look(desk, feeders, after=FIRST_REST)
    assert coverage(desk, failing).refusal == ""


def test_a_spent_budget_is_no_answer(desk: Desk, feeders: SearchFeeders) -> None:
    keep(desk, "harbour")
    desk.network.fail("feed", Throttled("Later.", until=desk.clock.now() + MINUTE))
    with pytest.raises(Throttled):
        look(desk, feeders)
    assert look(desk, feeders) == ["feed search:harbour"]


def test_searches_that_ask_the_same_share_what_is_read(desk: Desk, feeders: SearchFeeders) -> None:
    first, second = keep(desk, "harbour -map"), keep(desk, "harbour has:link")
    others = [keep(desk, f"w{number}") for number in range(SEARCHES_A_LOOK - 1)]
    desk.network.home(desk.network.write("ann", "Harbour lights"))
    asked = look(desk, feeders)
    assert asked == ["feed search:harbour", *(f"feed search:w{n}" for n in range(len(others)))]
    for search in (first, second):
        assert coverage(desk, search).asked_at == desk.clock.now()
    assert coverage(desk, first).rest == coverage(desk, second).rest == FIRST_REST
    third = keep(desk, "harbour -cake")
    assert look(desk, feeders, after=SHARED_FOR - 1) == []
    assert coverage(desk, third).asked_at == desk.clock.now()
    fourth = keep(desk, "harbour -rye")
    assert look(desk, feeders, after=SHARED_FOR)[0] == "feed search:harbour"
    assert coverage(desk, fourth).asked_at == desk.clock.now()


def test_a_refusal_is_shared_as_well(desk: Desk, feeders: SearchFeeders) -> None:
    first, second = keep(desk, "harbour"), keep(desk, "harbour -map")
    desk.network.fail("feed", Refused("It does not search."))
    assert look(desk, feeders) == ["feed search:harbour"]
    assert coverage(desk, first).refusal == coverage(desk, second).refusal == "It does not search."


def test_whom_one_looks_for_is_read_where_they_write(desk: Desk, feeders: SearchFeeders) -> None:
    by_ann = desk.network.home(desk.network.write("ann", "Harbour lights"))
    desk.ingest.file_page(desk.account.id, Feed(FeedKind.HOME), [by_ann]).result()
    handle, server_id = by_ann.seen.post.author.handle, by_ann.seen.post.author.server_id
    search = keep(desk, f"from:{handle} -map")
    assert look(desk, feeders) == [f"feed person:{server_id}"]
    told = coverage(desk, search)
    assert (told.people, told.checked_here, told.not_asked) == (1, ("-map",), ())


def test_the_members_of_a_group_are_read_in_turns(desk: Desk, feeders: SearchFeeders) -> None:
    names = [f"baker{number}" for number in range(PEOPLE_A_LOOK + 2)]
    entries = [desk.network.home(desk.network.write(name, "rye")) for name in names]
    desk.ingest.file_page(desk.account.id, Feed(FeedKind.HOME), entries).result()

    def gather(w: Writing) -> None:
        group = groups.add_group(w, "bakers", at=0)
        for entry in entries:
            person = people.find_by_ref(w.db, entry.seen.post.author.ref)
            assert person is not None
            groups.add_member(w, group, person, at=0)

    desk.store.write(gather).result()
    search = keep(desk, "group:bakers rye")
    wanted = [f"feed person:{entry.seen.post.author.server_id}" for entry in entries]
    assert look(desk, feeders) == wanted[:PEOPLE_A_LOOK]
    assert look(desk, feeders, after=FIRST_REST) == wanted[PEOPLE_A_LOOK:]
    again = look(desk, feeders, after=LONGEST_REST)
    assert list(dict.fromkeys(again)) == wanted[:PEOPLE_A_LOOK]
    assert coverage(desk, search).people == len(names)


def test_who_joins_a_group_is_read_from_then_on(desk: Desk, feeders: SearchFeeders) -> None:
    entry = desk.network.home(desk.network.write("ann", "rye"))
    desk.ingest.file_page(desk.account.id, Feed(FeedKind.HOME), [entry]).result()
    group = desk.store.write(lambda w: groups.add_group(w, "bakers", at=0)).result()
    keep(desk, "group:bakers")
    assert look(desk, feeders) == []

    def join(w: Writing) -> None:
        person = people.find_by_ref(w.db, entry.seen.post.author.ref)
        assert person is not None
        groups.add_member(w, group, person, at=0)

    desk.store.write(join).result()
    assert look(desk, feeders, after=LONGEST_REST) == [
        f"feed person:{entry.seen.post.author.server_id}"
    ]


def test_what_no_server_can_be_asked_for_is_not_asked(desk: Desk, feeders: SearchFeeders) -> None:
    keep(desk, "is:reply")
    assert look(desk, feeders) == []
