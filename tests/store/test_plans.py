"""What happens all day never reads a whole table, so that it costs the same in a large store."""

from __future__ import annotations

from collections.abc import Callable

from support.store_material import (
    HOME,
    MONDAY,
    entry,
    file_home,
    home,
    mention,
    post,
    ref,
    seen,
    sign_in,
)

from tui_inbox.core.post import Boost
from tui_inbox.store import (
    batches,
    before_owner,
    doings,
    edges,
    feeds,
    groups,
    hits,
    items,
    ledger,
    notices,
    outbox,
    people,
    posts,
    set_aside,
)
from tui_inbox.store.database import Connection
from tui_inbox.store.store import Writing

SMALL = {"accounts", "c", "feeds", "f", "searches", "s", "above", "said"}
"""Tables that hold a handful of rows, with their aliases; `above` is a walk up a thread,
`said` the latest posts of one person."""


def plans(db: Connection, job: Callable[[], object]) -> list[tuple[str, str]]:
    """Every step of every plan that SQLite makes for a job, with its statement."""
    statements: list[str] = []
    db.set_trace_callback(statements.append)
    job()
    db.set_trace_callback(None)
    return [
        (step, statement)
        for statement in dict.fromkeys(statements)
        if statement.lstrip().startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "WITH"))
        and "'main'.'words_" not in statement  # the text index's own
        for *_, step in db.execute(f"EXPLAIN QUERY PLAN {statement}")
    ]


def reads_everything(step: str) -> bool:
    """Whether a step goes through a whole table, or through all posts of a network or an account."""
    if step.startswith("SCAN"):
        what = step.split()[1]
        # Virtual: the elements of a parameter, or what the text index has for a word.
        is_table = not what.startswith("(") and "CONSTANT" not in step and "VIRTUAL" not in step
        return is_table and what not in SMALL
    return step.endswith(("(network=?)", "PRIMARY KEY (account=?)"))


def arrivals(db: Connection, account: int) -> None:
    it = seen(post("it", names=("otto", "mina")), answers="above")
    told = entry(it, boosted_by="rosa", minute=4)
    file_home(db, account, told, entry(seen(post("above"))), entry(it))
    w = Writing(db)
    quoting = seen(post("q"))
    quoting = type(quoting)(quoting.post, quoting.view, seen(post("quoted")))
    posts.put_post(w, account, quoting)
    assert isinstance(told.boost, Boost)
    posts.delete_post(w, account, server_id=told.boost.server_id, at=MONDAY)
    posts.delete_post(w, account, ref=ref("q"), at=MONDAY)
    posts.delete_post(w, account, ref=ref("unheard-of"), at=MONDAY)
    posts.set_view(w, account, 1, favourited=True)
    people.set_accepted(w, account, 1, True)


def reads(db: Connection, account: int) -> None:
    feed = home(db, account)
    place = (MONDAY, "")
    for these in ([feed], [feed, feed + 1]):
        feeds.window(db, these, limit=9)
        feeds.window(db, these, around=place, limit=9)
        feeds.window(db, these, newer_than=place, limit=9)
        feeds.count_newer(db, these, place)
        feeds.count_late(db, these, after_seq=1, older_than=place)
        feeds.max_seq(db, these)
    feeds.newest_entry_ids(db, feed, 9)
    feeds.knows(db, feed, ["it"])
    edges.edge(db, account, HOME)
    edges.places(db, feed, ["it"])
    edges.anchors(db, feed, place, 3)
    edges.between(db, feed, place, (0, ""))
    posts.posts(db, account, [1, 2])
    posts.posts(db, None, [1, 2])
    posts.conversation_posts(db, account, 1)
    posts.sayings(db, account, 1)
    posts.concerns(db, 1, 1)
    posts.own_latest(db, account, 9)
    people.find_by_server_id(db, account, "u-ada")
    people.find_by_handle(db, mention("ada").handle)
    items.items(db, [account])
    items.items_of_person(db, account, 1)
    ledger.has_exchanged(db, account, 1)
    ledger.days_with(db, account, 1)
    ledger.latest_at(db, account)
    notices.notices(db, [account])
    hits.open_hits(db, 1, 9)
    hits.later_hits(db, 1, 9)
    outbox.due(db, MONDAY)
    outbox.next_release(db)
    outbox.next_release(db, account, after=MONDAY)
    before_owner.before_owner(db, account, 9)
    posts.waiting_for_parent(db, account, 9)
    people.unchecked(db, account, 9)
    batches.pinned(db, account)
    batches.silenced(db, account)
    batches.spoken(db, account, [1])
    batches.answers_to(db, account, [1])
    batches.latest_posts(db, account, [1])
    batches.named_by(db, account, 1)
    doings.doings(db, account, [1], since=0)
    groups.in_any(db, [1])
    groups.names_of(db, [1])
    people.profiles(db, [1])
    set_aside.looked_at(db, account, [1])
    ledger.talk_in(db, account, 1)
    ledger.all_with_person(db, account, 1)
    items.due(db, MONDAY)
    items.stale(db, MONDAY)


def test_an_arrival_reads_only_what_it_touches(db: Connection) -> None:
    account = sign_in(db).id
    steps = plans(db, lambda: arrivals(db, account))
    assert len(steps) > 40
    assert [step for step in steps if reads_everything(step[0])] == []


def test_a_pane_reads_only_what_it_shows(db: Connection) -> None:
    account = sign_in(db).id
    arrivals(db, account)
    steps = plans(db, lambda: reads(db, account))
    assert len(steps) > 40
    assert [step for step in steps if reads_everything(step[0])] == []
