"""What is watched, as the page, the thread, rows and overviews tell it."""

from __future__ import annotations

from datetime import UTC

import pytest
from support.town_builder import Said, Town

from tui_inbox.core.moment import DAY, HOUR, MINUTE
from tui_inbox.core.post import FilterAction, FilterHit, PostView
from tui_inbox.core.reading import FilterContext
from tui_inbox.core.watching import QUIET, Ended
from tui_inbox.queries import catch_up, digest, thread, timeline, watched
from tui_inbox.queries.overviews import WatchedRow
from tui_inbox.queries.rows import EntryRow
from tui_inbox.store import posts, watches


def watch(town: Town, said: Said, *, account: int = 1) -> int:
    stored = town.ask(posts.post, account, said.id)
    assert stored is not None
    return town.write(
        lambda w: watches.begin(w, account, stored.conversation, said.id, at=town.now, quiet=QUIET)
    )


def rows(town: Town) -> tuple[WatchedRow, ...]:
    return town.ask(watched.rows, town.scope(), now=town.now, zone=UTC)


@pytest.fixture
def loaf(town: Town) -> Said:
    return town.says("odile", "Which loaf for the market?", at_home=True)


def test_a_row_says_what_is_new_who_wrote_last_and_where_it_stands(town: Town, loaf: Said) -> None:
    watch(town, loaf)
    (row,) = rows(town)
    assert (row.new, row.first_new, row.last_by) == (0, None, "odile")
    assert row.stands.startswith("is asked soon · ends ")
    town.pass_time(HOUR)
    first = town.says("wren", "Rye.", to=loaf, ago=2 * MINUTE)
    last = town.says("tinbadger", "Spelt.", to=first, ago=MINUTE)
    town.write(
        lambda w: watches.note_answer(
            w, row.id, at=town.now, next_at=town.now + 5 * MINUTE, rest=5 * MINUTE
        )
    )
    (row,) = rows(town)
    assert (row.new, row.first_new, row.last) == (2, first.id, last.id)
    assert (row.last_by, row.post.text) == ("tinbadger", "Which loaf for the market?")
    assert row.stands.startswith("asked again in 5 min · ends ")
    assert row.ends_at == town.now + QUIET


def test_the_row_tells_of_the_beginning_though_watching_began_below(town: Town, loaf: Said) -> None:
    watch(town, town.says("wren", "Rye.", to=loaf))
    assert rows(town)[0].post.id == loaf.id


def test_what_has_something_new_stands_first_and_what_ended_last(town: Town) -> None:
    ended, quiet, busy = (town.says("odile", text) for text in ("A?", "B?", "C?"))
    ids = [watch(town, said) for said in (ended, quiet, busy)]
    town.write(lambda w: watches.end(w, ids[0], Ended.QUIET, at=town.now))
    town.pass_time(MINUTE)
    town.says("wren", "Yes.", to=busy, ago=0)
    found = rows(town)
    assert [row.id for row in found] == [ids[2], ids[1], ids[0]]
    assert (
        found[2].stands
        == f"ended {found[2].stands.split()[1]} {found[2].stands.split()[2]} it has been quiet for 3 d"
    )
    assert town.ask(watched.count, town.scope()).threads == 2
    town.write(lambda w: watches.end(w, ids[1], Ended.BY_HAND, at=town.now))
    assert [row.id for row in rows(town)] == [ids[2], ids[0]], "what one ended is not listed"


def test_trouble_with_the_server_is_told(town: Town, loaf: Said) -> None:
    id = watch(town, loaf)
    town.write(
        lambda w: watches.note_answer(
            w, id, at=town.now, next_at=town.now + HOUR, rest=HOUR, trouble="It does not answer."
        )
    )
    (row,) = rows(town)
    assert row.trouble == "It does not answer."
    assert row.next_at == town.now + HOUR


def test_rows_of_posts_and_the_thread_say_that_it_is_watched(town: Town, loaf: Said) -> None:
    town.says("wren", "Not this one.", at_home=True)
    watch(town, loaf)
    town.pass_time(MINUTE)
    rye = town.says("wren", "Rye.", to=loaf, ago=0, at_home=True)
    window = town.ask(timeline.window, town.scope(), now=town.now)
    said = {row.post.text: row.post.watched for row in window.rows if isinstance(row, EntryRow)}
    assert said == {"Which loaf for the market?": True, "Not this one.": False, "Rye.": True}
    view = town.ask(thread.view, 1, loaf.id, now=town.now)
    assert view is not None
    assert (view.watched, view.new) == (True, (rye.id,))


def test_only_the_account_that_watches_says_so(town: Town, loaf: Said) -> None:
    other = town.account("acorn")
    town.shows(loaf.post, account=other)
    watch(town, loaf)
    view = town.ask(thread.view, other, loaf.id, now=town.now)
    assert view is not None
    assert not view.watched
    assert town.ask(watched.rows, town.scope("acorn"), now=town.now) == ()


def test_what_a_filter_hides_or_its_author_deletes_is_not_counted(town: Town, loaf: Said) -> None:
    watch(town, loaf)
    town.pass_time(MINUTE)
    gone, kept = (town.says("wren", text, to=loaf, ago=0) for text in ("Rye.", "Spelt."))
    town.write(lambda w: posts.delete_post(w, 1, ref=gone.post.ref, at=town.now))
    assert rows(town)[0].first_new == kept.id
    hit = FilterHit("food", FilterAction.HIDE, (FilterContext.THREAD,))
    server_id = town.ask(posts.server_id, 1, kept.id)
    assert server_id is not None
    town.shows(kept.post, view=PostView(server_id, filtered=(hit,)))
    assert rows(town)[0].new == 0
    assert town.ask(watched.count, town.scope()).new == 0


def test_digest_and_catch_up_have_a_line_for_it_and_count_a_post_once(
    town: Town, loaf: Said
) -> None:
    since = town.now
    watch(town, loaf)
    town.pass_time(DAY)
    town.says("wren", "Rye.", to=loaf, ago=HOUR, at_home=True)
    town.says("wren", "Spelt.", to=loaf, ago=HOUR)
    told = town.ask(catch_up.since, town.scope(), away_since=since, now=town.now, zone=UTC)
    lines = {line.goes_to: (line.count, line.words) for line in told.lines}
    assert lines == {"watched": (2, "new posts in 1 watched thread")}
    found = town.ask(digest.digest, town.scope(), now=town.now)
    assert (found.watched.threads, found.watched.new, found.watched.with_new) == (1, 2, 1)


def test_who_waits_is_told_as_one_who_waits(town: Town, loaf: Said) -> None:
    since = town.now
    watch(town, loaf)
    town.pass_time(DAY)
    town.says("wren", "mira, rye?", to=loaf, naming=["mira"], ago=HOUR)
    told = town.ask(catch_up.since, town.scope(), away_since=since, now=town.now, zone=UTC)
    assert [line.goes_to for line in told.lines] == ["strangers"]
