"""The small lists: activity, drafts, outbox and status line, catch-up, glance, digest, reader."""

from __future__ import annotations

import json
from datetime import UTC
from functools import partial

import pytest
from support.town_builder import Town

from tui_inbox.commands import acts, drafts, people, sending
from tui_inbox.commands import searches as search_commands
from tui_inbox.core.act import ActKind
from tui_inbox.core.conversation import ItemState
from tui_inbox.core.draft import Draft
from tui_inbox.core.events import NoticeKind
from tui_inbox.core.health import Health, HealthState
from tui_inbox.core.moment import DAY, HOUR, MINUTE
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.queries import accounts as account_queries
from tui_inbox.queries import (
    activity,
    catch_up,
    digest,
    glance,
    inbox,
    outbox,
    timeline,
)
from tui_inbox.queries import drafts as draft_queries
from tui_inbox.queries.as_json import rows_json
from tui_inbox.queries.overviews import Glance
from tui_inbox.queries.reader import Reader
from tui_inbox.queries.rows import Scope
from tui_inbox.store import feeds, hits, searches
from tui_inbox.store import outbox as stored_outbox
from tui_inbox.store.database import StoreError


def test_accounts_are_listed_as_the_header_shows_them(town: Town) -> None:
    town.account("acorn")
    rows = town.ask(account_queries.account_rows)
    assert [(row.letters, row.label, row.handle, row.characters) for row in rows] == [
        ("mi", "mira", "mira@town.example", 500),
        ("ac", "acorn", "acorn@town.example", 500),
    ]


def test_activity_holds_what_asks_nothing(town: Town) -> None:
    mine = town.says("mira", "We bake rye.", ago=DAY)
    question = town.says("mossygate", "Only on Saturdays?", to=mine, ago=5 * HOUR)
    along = town.says("papercrane", "Yes, Saturdays.", to=question, ago=4 * HOUR)
    town.notices(NoticeKind.MENTION, "mossygate", about=question, ago=5 * HOUR)
    town.notices(NoticeKind.MENTION, "papercrane", about=along, ago=4 * HOUR)
    town.notices(NoticeKind.FAVOURITE, "odile fenn", about=mine, ago=3 * HOUR)
    town.notices(NoticeKind.FOLLOW, "blue apron", ago=2 * HOUR)
    rows = town.ask(activity.rows, town.scope())
    told = [
        (row.person.name, row.words, row.post.id if row.post else None)
        for row in rows
        if row.person
    ]
    assert told == [
        ("blue apron", "follows you", None),
        ("odile fenn", "likes your post", mine.id),
        ("papercrane", "carries your name along", along.id),
    ]
    assert len(town.ask(activity.rows, town.scope(), limit=1)) == 1


def test_kept_drafts_say_for_whom_they_are(town: Town) -> None:
    asked = town.says("quillfox", "Does it keep the tags?", naming=["mira"])
    drafts.save(town.context, Draft(0, 1, "one")).result()
    town.pass_time(MINUTE)
    drafts.save(town.context, Draft(0, 1, "two", reply_to=asked.id)).result()
    town.pass_time(MINUTE)
    drafts.save(town.context, Draft(0, 1, "three", quotes=asked.id)).result()
    assert town.ask(draft_queries.new_posts, 1) == 1
    rows = town.ask(draft_queries.rows, town.scope())
    assert [(row.draft.text, row.target) for row in rows] == [
        ("three", "quote of quillfox"),
        ("two", "reply to quillfox"),
        ("one", "new post"),
    ]


def test_the_outbox_says_what_each_row_is(town: Town) -> None:
    asked = town.says("quillfox", "Does it keep the tags?", naming=["mira"])
    mine = town.says("mira", "We bake rye.")
    wren = town.meets("wren")
    sending.send(town.context, Draft(0, 1, "It does.", reply_to=asked.id)).result()
    sending.send(town.context, Draft(0, 1, "News.")).result()
    sending.send(town.context, Draft(0, 1, "Look.", quotes=asked.id)).result()
    sending.send(town.context, Draft(0, 1, "And.", reply_to=mine.id)).result()
    acts.toggle(town.context, 1, asked.id, ActKind.FAVOURITE).result()
    acts.on_person(town.context, 1, wren, ActKind.FOLLOW).result()
    people.note(town.context, 1, wren, "a note").result()
    acts.delete(town.context, 1, mine.id).result()
    rows = town.ask(outbox.rows, town.scope())
    assert [(row.what, row.text) for row in rows] == [
        ("reply to quillfox", "It does."),
        ("post", "News."),
        ("quote", "Look."),
        ("reply to yourself", "And."),
        ("favourite for quillfox", ""),
        ("follow wren", ""),
        ("note on wren", ""),
        ("deletion of your post", ""),
    ]


def keep_with_news(town: Town, query: str) -> None:
    """Keep a search, and let all that it finds be news, as if it had arrived after that."""
    search_commands.save(town.context, 1, query).result()
    (search,) = town.ask(searches.searches)
    for hit in town.ask(hits.hits_of, search.id):
        town.write(
            partial(searches.set_hit_state, search=search.id, post=hit.post, state=ItemState.NEW)
        )


def test_the_status_line_counts_what_waits_and_what_failed(town: Town) -> None:
    town.account("acorn")
    for text in ("one", "two", "three", "four"):
        sending.send(town.context, Draft(0, 1, text)).result()
    states = (OutboxState.WAITING, OutboxState.SENDING, OutboxState.REFUSED)
    for row, state in zip(town.ask(stored_outbox.rows), states, strict=False):
        town.write(partial(stored_outbox.set_row, id=row.id, state=state, at=town.now))
    health = Health(HealthState.LIVE, town.now)
    status = town.ask(outbox.status, town.scope(), {1: health, 7: health})
    assert [account.letters for account in status.accounts] == ["mi", "ac"]
    assert status.health == ((1, health),)
    assert [row.text for row in status.held] == ["four"]
    assert [row.text for row in status.sending] == ["two"]
    assert (status.waiting, status.failed) == (1, 1)
    assert status.texts == tuple(row.id for row in town.ask(stored_outbox.rows))
    other = town.ask(outbox.status, town.scope("acorn"), {1: health})
    assert (other.held, other.waiting, other.failed, other.health) == ((), 0, 0, ())


def test_of_texts_that_are_no_longer_there_those_that_arrived_are_told(town: Town) -> None:
    town.account("acorn")
    asked = town.says("quillfox", "Does it keep the tags?", naming=["mira"])
    for text in ("Yes.", "thrown away", "waits"):
        sending.send(town.context, Draft(0, 1, text, reply_to=asked.id)).result()
    ids = [row.id for row in town.ask(stored_outbox.rows)]
    for id, state in zip(ids, (OutboxState.SENT, OutboxState.DISCARDED), strict=False):
        town.write(partial(stored_outbox.set_row, id=id, state=state, at=town.now))
    told = town.ask(outbox.sent, town.scope(), [99, *ids])
    assert [(row.what, row.text) for row in told] == [("reply to quillfox", "Yes.")]
    assert town.ask(outbox.sent, town.scope("acorn"), ids) == ()


def test_the_catch_up_tells_in_lines_what_came_and_leaves_out_what_did_not(town: Town) -> None:
    empty = town.ask(catch_up.since, town.scope(), away_since=town.now - DAY, now=town.now)
    assert empty.lines == ()
    mine = town.says("mira", "We bake rye.", ago=5 * DAY, at_home=True)
    said = town.talk("quillfox", ago=4 * DAY)
    town.says("quillfox", "Does it keep the tags?", to=said, ago=3 * HOUR, at_home=True)
    town.says("mossygate", "Only on Saturdays?", to=mine, ago=2 * HOUR)
    town.says("rocket", "Grow your business!", naming=["mira"])
    for hour in (1, 2, 3, 30):
        town.says("ferry", f"from Monday {hour}", ago=hour * HOUR, at_home=True)
    keep_with_news(town, "monday")
    (home,) = town.ask(timeline.home_feeds, [1])
    town.write(
        lambda w: feeds.add_gap(
            w,
            home,
            upper=(town.now - 2 * HOUR, "a"),
            lower=(town.now - 5 * HOUR, "b"),
            older_than="c",
        )
    )
    found = town.ask(
        catch_up.since, town.scope(), away_since=town.now - 16 * HOUR, now=town.now, zone=UTC
    )
    assert [(line.count, line.words, line.detail, line.goes_to) for line in found.lines] == [
        (1, "person you talk with waits for you", "quillfox", "inbox"),
        (1, "newcomer", "mossygate", "newcomers"),
        (1, "stranger wrote", "", "strangers"),
        (4, "search hits", "monday", "search:1"),
        (1, "hole left in the timeline", "07:00 to 10:00", "gap:1"),
    ]
    assert found.away_since == town.now - 16 * HOUR


def test_the_catch_up_names_failed_sends_and_marked_searches(town: Town) -> None:
    town.says("ferry", "from Monday", ago=HOUR)
    keep_with_news(town, "monday")
    search_commands.mark(town.context, 1, True).result()
    sending.send(town.context, Draft(0, 1, "one")).result()
    (row,) = town.ask(stored_outbox.rows)
    town.write(lambda w: stored_outbox.set_row(w, row.id, state=OutboxState.UNKNOWN, at=town.now))
    found = town.ask(catch_up.since, town.scope(), away_since=town.now - DAY, now=town.now)
    assert [(line.count, line.words) for line in found.lines] == [
        (1, "search hit, 1 of them in marked searches"),
        (1, "send needs you"),
    ]


def test_the_glance_counts_as_the_inbox_does(town: Town) -> None:
    assert town.ask(glance.glance, town.scope(), now=town.now) == Glance(0, 0)
    mine = town.says("mira", "We bake rye.", ago=5 * DAY)
    town.says("mossygate", "Only on Saturdays?", to=mine, ago=2 * HOUR)
    for name in ("quillfox", "wren"):
        said = town.talk(name, ago=4 * DAY)
        asked = town.says(name, "Does it keep the tags?", to=said)
    sending.send(town.context, Draft(0, 1, "@wren It does.", reply_to=asked.id)).result()
    view = town.ask(inbox.view, town.scope(), now=town.now)
    found = town.ask(glance.glance, town.scope(), now=town.now)
    assert found == Glance(view.waiting, view.newcomers) == Glance(1, 1)


def test_the_digest_is_all_panes_and_can_be_told_as_json(town: Town) -> None:
    said = town.talk("quillfox", ago=4 * DAY)
    town.says("quillfox", "Does it keep the tags?", to=said, at_home=True)
    search_commands.save(town.context, 1, "tags").result()
    found = town.ask(digest.digest, town.scope(), now=town.now)
    told = json.loads(json.dumps(rows_json(found)))
    assert told["now"] == "2025-11-26T12:00:00.000Z"
    assert told["inbox"]["waiting"] == 1
    assert told["timeline"]["rows"][0]["post"]["text"] == "Does it keep the tags?"
    assert told["searches"][0]["query"] == "tags"
    assert told["people"]["sections"][0][0] == "Wait for you"


def test_an_unknown_account_in_the_scope_is_passed_over(town: Town) -> None:
    assert town.ask(inbox.view, Scope((1, 99)), now=town.now).lanes == ()
    assert town.ask(glance.glance, Scope(()), now=town.now) == Glance(0, 0)


def test_the_reader_runs_a_query_on_the_stores_thread(town: Town) -> None:
    reader = Reader(town.store)
    assert reader.ask(glance.glance, town.scope(), now=town.now).result() == Glance(0, 0)
    town.store.close()
    with pytest.raises(StoreError):
        reader.ask(glance.glance, town.scope(), now=town.now)
