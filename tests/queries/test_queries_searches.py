"""Standing searches, searching everything, and what `n` stops at."""

from __future__ import annotations

from datetime import UTC

import pytest
from msgspec.structs import replace
from support.town_builder import Town

from tui_inbox.commands import groups, items, sending
from tui_inbox.commands import outside as listening
from tui_inbox.commands import searches as commands
from tui_inbox.core.conversation import ItemState
from tui_inbox.core.coverage import Coverage, state_name
from tui_inbox.core.draft import Draft
from tui_inbox.core.moment import DAY, HOUR, MINUTE
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.outside import FeedState, SourceKind
from tui_inbox.core.post import Audience
from tui_inbox.core.query_text import QueryError
from tui_inbox.queries import finding, needs_you, searches
from tui_inbox.queries.rows import HitRow, SearchRows
from tui_inbox.store import accounts, outbox, outside
from tui_inbox.store import searches as stored


def view(town: Town, *, limit: int = 30) -> tuple[SearchRows, ...]:
    return town.ask(searches.view, town.scope(), now=town.now, limit=limit, zone=UTC)


def find(town: Town, query: str) -> tuple[HitRow, ...]:
    return town.ask(finding.find, town.scope(), query, now=town.now, zone=UTC, seconds=600.0).hits


def queue(town: Town) -> list[tuple[str, str]]:
    found = town.ask(needs_you.queue, town.scope(), now=town.now)
    return [(one.pane, one.key) for one in found]


def save(town: Town, query: str) -> int:
    commands.save(town.context, 1, query).result()
    return town.ask(stored.searches)[-1].id


def test_no_search_no_rows(town: Town) -> None:
    assert view(town) == ()


def test_a_search_shows_its_open_hits_newest_first_with_what_is_known_of_answers(
    town: Town,
) -> None:
    asked = town.says("copper kettle", "Anyone know a crm that exports?", ago=2 * HOUR)
    lonely = town.says("fern", "Which crm do you use?", ago=HOUR)
    remark = town.says("wren", "My crm is slow.", ago=30 * MINUTE)
    town.says("ann", "@copperkettle mine", to=asked, ago=90 * MINUTE)
    town.says("ben", "@copperkettle mine too", to=asked, ago=10 * MINUTE)
    search = save(town, "crm")
    late = town.says("ben", "A crm for two, please.", ago=3 * HOUR)
    town.write(lambda w: stored.set_hit_state(w, search, late.id, ItemState.NEW))
    (rows,) = view(town)
    assert (rows.query, rows.unread, rows.marked) == ("crm", 1, False), "what was there is not new"
    assert rows.coverage == "what reaches this account"
    assert [(hit.post.id, hit.answers, hit.post.asks) for hit in rows.hits] == [
        (remark.id, "", False),
        (lonely.id, "no answer seen", True),
        (asked.id, "2 answers, the last 10 min ago", True),
        (late.id, "", False),
    ]


def test_one_answer_is_told_by_its_age(town: Town) -> None:
    asked = town.says("copper kettle", "Anyone know a crm?", ago=2 * HOUR)
    town.says("ann", "@copperkettle mine", to=asked, ago=90 * MINUTE)
    save(town, "crm")
    assert view(town)[0].hits[0].answers == "1 answer, 1 h ago"


def test_hits_that_were_dealt_with_make_room_for_older_ones(town: Town) -> None:
    said = [town.says("wren", f"crm {hour}", ago=hour * HOUR) for hour in range(1, 9)]
    search = save(town, "crm")
    for one in said[:5]:
        items.done_hit(town.context, search, one.id).result()
    (rows,) = view(town, limit=2)
    assert [hit.post.text for hit in rows.hits] == ["crm 6", "crm 7"]
    assert [hit.state for hit in rows.hits] == [ItemState.SEEN, ItemState.SEEN]


def test_a_hit_that_was_looked_at_stays_but_is_not_new(town: Town) -> None:
    said = town.says("wren", "crm")
    search = save(town, "crm")
    town.write(lambda w: stored.set_hit_state(w, search, said.id, ItemState.NEW))
    assert view(town)[0].unread == 1
    items.looked_at_hit(town.context, search, said.id).result()
    (rows,) = view(town)
    assert rows.unread == 0
    assert [hit.state for hit in rows.hits] == [ItemState.SEEN]


def test_a_query_that_cannot_be_read_any_more_says_so(town: Town) -> None:
    town.write(lambda w: stored.add_search(w, 1, "(", at=town.now))
    (rows,) = view(town)
    assert rows.coverage.startswith("this query cannot be read any more: expected")


def test_everything_stored_can_be_searched(town: Town) -> None:
    town.says("wren", "The kiln photos", ago=90 * DAY)
    town.says("quillfox", "No kiln here", ago=DAY)
    assert [hit.post.text for hit in find(town, "kiln")] == ["No kiln here", "The kiln photos"]
    assert [hit.post.text for hit in find(town, "kiln from:wren")] == ["The kiln photos"]
    assert find(town, "oven") == ()
    with pytest.raises(QueryError):
        find(town, "(")


def test_each_account_finds_only_what_it_may_see_and_each_post_once(town: Town) -> None:
    acorn = town.account("acorn")
    town.says("wren", "kiln for all", ago=2 * HOUR)
    town.says("wren", "kiln for acorn", naming=["acorn"], audience=Audience.DIRECT, account=acorn)
    assert [(hit.post.text, hit.post.letters) for hit in find(town, "kiln")] == [
        ("kiln for acorn", "ac"),
        ("kiln for all", "mi"),
    ]
    alone = town.ask(finding.find, town.scope("mira"), "kiln", now=town.now, seconds=600.0)
    assert [hit.post.text for hit in alone.hits] == ["kiln for all"]


def test_n_stops_at_turns_newcomers_marked_hits_and_failed_sends(town: Town) -> None:
    assert queue(town) == []
    mine = town.says("mira", "We bake rye.", ago=5 * DAY)
    newcomer = town.says("mossygate", "Only on Saturdays?", to=mine, ago=3 * HOUR)
    said = town.talk("quillfox", ago=4 * DAY)
    asked = town.says("quillfox", "Does it keep the tags?", to=said)
    town.says("rocket", "Grow your business!", naming=["mira"])
    hit = town.says("wren", "my crm")
    search, quiet = save(town, "crm"), save(town, "business")
    commands.mark(town.context, search, True).result()
    assert ("searches", f"{search}:{hit.id}") not in queue(town), "it was there before the search"
    town.write(lambda w: stored.set_hit_state(w, search, hit.id, ItemState.NEW))
    sending.send(town.context, Draft(0, 1, "hello")).result()
    (row,) = town.ask(outbox.rows)
    town.write(lambda w: outbox.set_row(w, row.id, state=OutboxState.REFUSED, at=town.now))
    found = town.ask(needs_you.queue, town.scope(), now=town.now)
    assert [(one.pane, one.post) for one in found] == [
        ("inbox", asked.id),
        ("inbox", newcomer.id),
        ("searches", hit.id),
        ("outbox", None),
    ]
    assert found[2].key == f"{search}:{hit.id}"
    assert quiet != search
    items.done_hit(town.context, search, hit.id).result()
    sending.send(town.context, Draft(0, 1, "@quillfox It does.", reply_to=asked.id)).result()
    assert [one.post for one in town.ask(needs_you.queue, town.scope(), now=town.now)] == [
        newcomer.id,
        None,
    ]


@pytest.mark.parametrize(
    ("known", "words"),
    [
        (
            Coverage("crm", feeds=("search:crm",), by_word=True, asked_at=0, rest=1),
            "what reaches this account · server search, 5 min ago",
        ),
        (
            Coverage(
                "crm",
                feeds=("tag:rye", "search:crm"),
                checked_here=("-spam", "lang:de"),
                not_asked=("export*",),
                by_word=True,
                asked_at=0,
            ),
            "what reaches this account · server search and tags, 5 min ago · checked here: -spam lang:de · "
            "not asked there: export*",
        ),
        (
            Coverage("crm", by_word=False, not_asked=("crm",)),
            "what reaches this account · this server has no full-text search",
        ),
        (
            Coverage("crm", feeds=("tag:rye",), asked_at=0, refusal="town.example is closed."),
            "what reaches this account · the server does not answer: town.example is closed",
        ),
        (Coverage("another query", feeds=("search:crm",), asked_at=0), "what reaches this account"),
    ],
)
def test_where_a_search_looks_is_said(town: Town, known: Coverage, words: str) -> None:
    search = save(town, "crm")
    if known.asked_at is not None:
        known = replace(known, asked_at=town.now - 5 * MINUTE)
    town.write(lambda w: accounts.put_state(w, 1, state_name(search), str(known)))
    assert view(town)[0].coverage == words


def test_a_group_that_there_is_not_is_answered_with_those_there_are(town: Town) -> None:
    town.says("wren", "The kiln is warm")
    with pytest.raises(QueryError) as none_yet:
        find(town, "kiln group:choir")
    assert str(none_yet.value) == "expected a group; you have none yet at column 12"
    groups.make(town.context, "Potters", town.id_of("wren")).result()
    with pytest.raises(QueryError) as another:
        find(town, "kiln -(rye OR group:choir)")
    assert str(another.value) == "expected one of your groups: Potters at column 21"
    (hit,) = find(town, "kiln group:potters")
    assert hit.post.text == "The kiln is warm"


def test_an_account_that_there_is_not_is_answered_with_those_there_are(town: Town) -> None:
    town.says("wren", "The kiln is warm")
    with pytest.raises(QueryError) as another:
        find(town, "kiln account:zz")
    assert str(another.value) == "expected one of your accounts: mi at column 14"
    assert len(find(town, "kiln account:mi")) == 1
    assert len(find(town, "kiln account:@Mira")) == 1


MILL = "https://mill.example/news.atom"


def put_state(town: Town, state: FeedState) -> None:
    """How far the feed was read."""
    (source,) = town.ask(outside.sources, SourceKind.FEED)
    town.write(lambda w: outside.put_state(w, source.id, str(state), title="Mill news"))


def test_a_search_by_address_is_called_by_what_it_listens_to(town: Town) -> None:
    listening.save_feed(town.context, 1, MILL).result()
    (search,) = view(town)
    assert (search.title, search.coverage) == (MILL, f"feed {MILL}, about to be read")
    put_state(town, FeedState(asked_at=town.now - 5 * MINUTE, read_at=town.now - 5 * MINUTE))
    (search,) = view(town)
    assert (search.title, search.coverage) == ("Mill news", "feed Mill news, read 5 min ago")
    assert [source.name for source in search.sources] == ["Mill news"]


def test_a_feed_that_cannot_be_read_says_why_and_since_when(town: Town) -> None:
    listening.save_feed(town.context, 1, MILL).result()
    failed = FeedState(refusal="mill.example refused.", failing_since=town.now - 3 * HOUR)
    put_state(town, failed)
    (search,) = view(town)
    assert (
        search.coverage == "feed Mill news cannot be read since 09:00 today: mill.example refused"
    )
