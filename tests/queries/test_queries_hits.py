"""Hits as they are shown and counted: one row for one text, unread by rows, marked ones for `n` and the bubble."""

from __future__ import annotations

from datetime import UTC

from support.town_builder import Said, Town

from tui_inbox.commands import items, sending
from tui_inbox.commands import searches as commands
from tui_inbox.commands.later import Later
from tui_inbox.commands.undo import undo
from tui_inbox.core.bubbles import Rules
from tui_inbox.core.conversation import ItemState
from tui_inbox.core.draft import Draft
from tui_inbox.core.moment import HOUR, MINUTE, to_datetime
from tui_inbox.queries import bubbles, catch_up, needs_you, searches
from tui_inbox.queries.rows import SearchRows
from tui_inbox.store import hits as stored_hits

PANEL = "Grow your business with our crm panel, {} https://{}.example"


def view(town: Town, *, limit: int = 30) -> SearchRows:
    (found,) = town.ask(searches.view, town.scope(), now=town.now, limit=limit, zone=UTC)
    return found


def keep(town: Town, query: str = "crm", *, marked: bool = True) -> int:
    commands.save(town.context, 1, query).result()
    found = view(town)
    if marked:
        commands.mark(town.context, found.id, True).result()
    town.pass_time(HOUR)
    return found.id


def stops(town: Town) -> list[str]:
    found = town.ask(needs_you.queue, town.scope(), now=town.now)
    return [one.key for one in found if one.pane == "searches"]


def told(town: Town, known: frozenset[str] = frozenset()) -> list[str]:
    found = town.ask(bubbles.waiting, Rules(about=frozenset()), now=town.now, known=known)
    return [one.key for one in found]


def flood(town: Town, *names: str) -> list[Said]:
    return [
        town.says(who, PANEL.format(f"@{who}", who), ago=(len(names) - n) * MINUTE)
        for n, who in enumerate(names)
    ]


def test_the_same_text_by_several_is_one_row_at_the_place_of_the_first(town: Town) -> None:
    search = keep(town)
    lonely = town.says("wren", "Anyone know a crm?", ago=0)
    said = flood(town, "ann", "ben", "cleo", "ben")
    found = view(town)
    assert [hit.post.id for hit in found.hits] == [lonely.id, said[0].id]
    row = found.hits[1]
    assert [person.name for person in row.also] == ["ben", "cleo"]
    assert [copy.post.id for copy in row.copies] == [one.id for one in said[1:]]
    assert all(copy.alone for copy in row.copies)
    assert found.unread == 2
    assert stops(town) == [f"{search}:{lonely.id}", f"{search}:{said[0].id}"]


def test_a_row_is_new_as_long_as_one_of_it_is(town: Town) -> None:
    search = keep(town)
    first = flood(town, "ann", "ben")[0]
    items.looked_at_hit(town.context, search, first.id).result()
    assert (view(town).unread, stops(town)) == (0, [])
    assert view(town).hits[0].state is ItemState.SEEN
    flood(town, "cleo")
    assert view(town).unread == 1
    assert view(town).hits[0].state is ItemState.NEW
    assert view(town).hits[0].post.id == first.id
    assert stops(town) == [f"{search}:{first.id}"]
    items.done_hit(town.context, search, first.id).result()
    assert (view(town).hits, view(town).unread) == ((), 0)
    undo(town.context).result()
    assert len(view(town).hits[0].copies) == 2


def test_short_texts_and_what_only_resembles_stay_apart(town: Town) -> None:
    keep(town)
    for who in ("ann", "ben"):
        town.says(who, "my crm", ago=0)
        town.says(who, f"A crm for the choir of {who}, please, anybody at all?", ago=0)
    assert len(view(town).hits) == 4


def test_a_first_one_that_was_withdrawn_leaves_the_row_to_the_next(town: Town) -> None:
    keep(town)
    said = flood(town, "ann", "ben")
    town.ingest.take_withdrawals(1, [f"1:{said[0].post.ref.uri}"]).result()
    (row,) = view(town).hits
    assert (row.post.id, row.copies, view(town).unread) == (said[1].id, (), 1)


def test_a_great_many_copies_are_one_row_that_counts_them(town: Town) -> None:
    keep(town)
    flood(town, *(f"bot{n}" for n in range(40)))
    (row,) = view(town).hits
    assert (len(row.copies), row.more) == (20, 19)


def test_only_rows_that_are_shown_are_counted_where_a_search_wants_questions(town: Town) -> None:
    search = keep(town)
    commands.set_asks_only(town.context, search, True).result()
    town.says("ann", "My crm is green.", ago=0)
    asked = town.says("ben", "Which crm do you use?", ago=0)
    assert [hit.post.id for hit in view(town).hits] == [asked.id]
    assert view(town).unread == 1
    assert stops(town) == [f"{search}:{asked.id}"]
    assert told(town) == [f"hit:{search}:{asked.id}"]
    told_after = town.ask(catch_up.since, town.scope(), away_since=0, now=town.now, zone=UTC)
    assert [one.count for one in told_after.lines if "search hit" in one.words] == [1]


def test_a_bubble_tells_of_a_text_once(town: Town) -> None:
    search = keep(town)
    first = flood(town, "ann", "ben")[0]
    key = f"hit:{search}:{first.id}"
    assert told(town) == [key]
    flood(town, "cleo")
    assert told(town, frozenset({key})) == []


def test_only_marked_searches_stop_n_and_bubble(town: Town) -> None:
    keep(town, marked=False)
    town.says("ann", "Which crm?", ago=0)
    assert view(town).unread == 1
    assert stops(town) == []
    assert told(town) == []


def test_what_is_put_off_is_counted_and_stands_below_with_its_time(town: Town) -> None:
    search = keep(town)
    said = town.says("ann", "Which crm?", ago=0)
    items.later_hit(town.context, search, said.id, Later(until=town.now + HOUR)).result()
    assert (view(town).later, view(town).unread, view(town).hits) == (1, 0, ())
    (waiting,) = view(town).waiting
    assert (waiting.post.id, waiting.wakes, waiting.alone) == (said.id, "14:00", True)
    items.later_hit(town.context, search, said.id, Later(on_post=True)).result()
    assert view(town).waiting[0].wakes == "on their next post"


def test_what_was_too_much_is_counted_for_today(town: Town) -> None:
    search = keep(town)
    day = to_datetime(town.now).astimezone(UTC).date().toordinal()
    town.write(lambda w: stored_hits.add_passed(w, search, 1_000, day))
    town.write(lambda w: stored_hits.add_passed(w, search, 240, day))
    assert view(town).passed == 1_240
    town.write(lambda w: stored_hits.add_passed(w, search, 5, day + 1))
    assert view(town).passed == 0


def test_a_hit_is_answered_as_soon_as_the_answer_is_held_and_open_again_when_it_is_stopped(
    town: Town,
) -> None:
    search = keep(town)
    asked = town.says("wren", "Anyone know a crm?", ago=0)
    sending.send(town.context, Draft(0, 1, "@wren Ours does.", reply_to=asked.id)).result()
    assert (view(town).hits, stops(town)) == ((), [])
    sending.stop_held(town.context).result()
    assert [hit.post.id for hit in view(town).hits] == [asked.id]
    assert stops(town) == [f"{search}:{asked.id}"]
