"""Watched threads: asked about at growing intervals, within a small budget, until they have been quiet."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from support.scripted_network import HOME
from support.sync_desk import Desk, new_desk, stored

from tui_inbox.commands import watching
from tui_inbox.commands.context import Context
from tui_inbox.core.events import EntryArrived, PostDeleted, PostEdited
from tui_inbox.core.moment import DAY, HOUR, MINUTE, SECOND
from tui_inbox.core.outside import FEED_NETWORK
from tui_inbox.core.ports import Refused, SignedOut, Thread, Throttled, Unreachable
from tui_inbox.core.post import FeedEntry, PostRef, SeenPost
from tui_inbox.core.watching import FIRST_REST, LISTED, LONGEST_REST, QUIET, Ended, Watch
from tui_inbox.store import accounts, outside, watches
from tui_inbox.store.database import Connection
from tui_inbox.sync.finding import Finding
from tui_inbox.sync.watched_threads import MOST_AN_HOUR, WatchedThreads

LOOK: int = 10 * SECOND


@pytest.fixture
def watched(desk: Desk) -> WatchedThreads:
    return new_watched(desk)


def new_watched(desk: Desk) -> WatchedThreads:
    store, network, id = desk.store, desk.network, desk.account.id
    finding = Finding(store, desk.ingest, network, id)
    return WatchedThreads(store, desk.ingest, desk.clock, network, id, finding)


def told(desk: Desk, root: SeenPost, *below: SeenPost) -> None:
    """The server shows a conversation so from now on."""
    desk.network.threads_told[root.view.server_id] = Thread(root, below=below)


def watch(desk: Desk, seen: SeenPost, *, quiet: int = QUIET) -> int:
    """Store a post, and watch its conversation."""
    desk.clock.time = max(desk.clock.time, desk.network.now)
    desk.ingest.take_posts(desk.account.id, [seen]).result()
    post = stored(desk, seen)
    return desk.store.write(
        lambda w: watches.begin(
            w, desk.account.id, post.conversation, post.id, at=desk.clock.now(), quiet=quiet
        )
    ).result()


def state(desk: Desk, id: int) -> Watch:
    found = desk.store.read(lambda db: watches.watch(db, id)).result()
    assert found is not None
    return found


def new(desk: Desk, id: int) -> list[str]:
    """The texts that are new in it, in their order."""

    def read(db: Connection) -> list[str]:
        found = watches.unseen(db, [id]).get(id, [])
        return [
            db.execute("SELECT text FROM posts WHERE id = ?", (post,)).fetchone()[0]
            for post in found
        ]

    return desk.store.read(read).result()


def asked(desk: Desk) -> int:
    return desk.network.calls.count("thread, unhurried")


async def pass_time(desk: Desk, watched: WatchedThreads, duration: int, step: int = MINUTE) -> int:
    """Let time pass, looking now and then; how often the server was asked meanwhile."""
    before, until = asked(desk), desk.clock.time + duration
    while desk.clock.time < until:
        desk.clock.time += step
        await watched.look()
    return asked(desk) - before


async def test_a_quiet_thread_is_asked_about_less_and_less_often(
    desk: Desk, watched: WatchedThreads
) -> None:
    root = desk.network.write("ann", "Which loaf for the market?")
    told(desk, root)
    id = watch(desk, root)
    rests = []
    for _ in range(9):
        await watched.look()
        rests.append(state(desk, id).rest // MINUTE)
        assert not await watched.look()
        desk.clock.time = state(desk, id).next_at
    assert rests == [5, 10, 20, 40, 80, 160, 240, 240, 240]
    assert (rests[0] * MINUTE, rests[-1] * MINUTE) == (FIRST_REST, LONGEST_REST)


async def test_something_new_brings_the_short_interval_back(
    desk: Desk, watched: WatchedThreads
) -> None:
    root = desk.network.write("ann", "Which loaf for the market?")
    told(desk, root)
    id = watch(desk, root)
    await pass_time(desk, watched, DAY)
    assert state(desk, id).rest == LONGEST_REST
    told(desk, root, desk.network.write("ben", "Rye.", to=root))
    desk.clock.time = state(desk, id).next_at
    await watched.look()
    assert new(desk, id) == ["Rye."]
    assert state(desk, id).rest == FIRST_REST
    assert state(desk, id).active_at == desk.clock.now()


async def test_what_the_stream_brings_counts_and_the_rest_is_asked_for_soon(
    desk: Desk, watched: WatchedThreads
) -> None:
    root = desk.network.write("ann", "Which loaf for the market?")
    told(desk, root)
    id = watch(desk, root)
    await pass_time(desk, watched, DAY)
    answer = desk.network.write("ben", "Rye.", to=root)
    entry = FeedEntry(answer, answer.post.created_at, answer.view.server_id)
    desk.ingest.take_events(desk.account.id, [EntryArrived(HOME, entry)]).result()
    assert new(desk, id) == ["Rye."]
    assert state(desk, id).next_at <= desk.clock.now() + FIRST_REST
    told(desk, root, answer, desk.network.write("cara", "Spelt.", to=root))
    await pass_time(desk, watched, FIRST_REST)
    assert new(desk, id) == ["Rye.", "Spelt."]


async def test_what_was_there_before_is_not_new_whoever_brings_it(
    desk: Desk, watched: WatchedThreads
) -> None:
    root = desk.network.write("ann", "Which loaf for the market?")
    before = desk.network.write("ben", "Rye.", to=root)
    told(desk, root, before)
    id = watch(desk, root)
    after = desk.network.write("cara", "Spelt.", to=root)
    told(desk, root, before, after)
    await watched.look()
    assert new(desk, id) == ["Spelt."]


async def test_an_old_answer_that_reaches_the_server_late_is_new(
    desk: Desk, watched: WatchedThreads
) -> None:
    root = desk.network.write("ann", "Which loaf for the market?")
    late = desk.network.write("ben", "Rye.", to=root)
    told(desk, root)
    id = watch(desk, root)
    await watched.look()
    told(desk, root, late)
    await pass_time(desk, watched, HOUR)
    assert new(desk, id) == ["Rye."]


async def test_ones_own_posts_keep_it_awake_and_are_not_new(
    desk: Desk, watched: WatchedThreads
) -> None:
    root = desk.network.write("ann", "Which loaf for the market?")
    told(desk, root)
    id = watch(desk, root)
    await pass_time(desk, watched, DAY)
    mine = desk.network.write("me", "Both.", to=root)
    told(desk, root, mine)
    await pass_time(desk, watched, LONGEST_REST)
    assert new(desk, id) == []
    assert state(desk, id).active_at > desk.clock.now() - LONGEST_REST


async def test_it_ends_by_itself_when_it_has_been_quiet(
    desk: Desk, watched: WatchedThreads
) -> None:
    root = desk.network.write("ann", "Which loaf for the market?")
    told(desk, root)
    id = watch(desk, root)
    await pass_time(desk, watched, QUIET - HOUR)
    assert state(desk, id).is_on
    await pass_time(desk, watched, LONGEST_REST + HOUR)
    assert state(desk, id).ended is Ended.QUIET
    assert await pass_time(desk, watched, DAY, HOUR) == 0


async def test_a_program_that_was_closed_asks_before_it_says_that_it_was_quiet(
    desk: Desk, watched: WatchedThreads
) -> None:
    root = desk.network.write("ann", "Which loaf for the market?")
    told(desk, root)
    id = watch(desk, root)
    await watched.look()
    told(desk, root, desk.network.write("ben", "Rye.", to=root))
    desk.clock.time += 2 * QUIET
    assert await watched.look()
    assert state(desk, id).is_on
    assert new(desk, id) == ["Rye."]


async def test_a_server_that_fails_is_a_state_and_no_end(
    desk: Desk, watched: WatchedThreads
) -> None:
    root = desk.network.write("ann", "Which loaf for the market?")
    told(desk, root)
    id = watch(desk, root)
    await watched.look()
    failures = [Unreachable("scripted.example does not answer."), Refused("Not to you.")] * 30
    desk.network.fail("thread", *failures)
    await pass_time(desk, watched, 2 * QUIET, 10 * MINUTE)
    assert state(desk, id).is_on
    assert state(desk, id).trouble in ("scripted.example does not answer.", "Not to you.")
    assert state(desk, id).rest == LONGEST_REST, "it is asked seldom while it fails"
    told(desk, root, desk.network.write("ben", "Rye.", to=root))
    desk.network.failures.clear()
    await pass_time(desk, watched, LONGEST_REST)
    assert state(desk, id).trouble == ""
    assert new(desk, id) == ["Rye."]


async def test_a_spent_budget_or_a_refused_token_is_nothing_that_a_thread_is_blamed_for(
    desk: Desk, watched: WatchedThreads
) -> None:
    root = desk.network.write("ann", "Which loaf for the market?")
    told(desk, root)
    id = watch(desk, root)
    desk.network.fail("thread", Throttled("Enough.", until=0), SignedOut("Sign in."))
    for error in (Throttled, SignedOut):
        with pytest.raises(error):
            await watched.look()
    assert state(desk, id).trouble == ""
    assert await watched.look(), "it is due as before"


async def test_it_ends_when_what_it_began_with_is_deleted(
    desk: Desk, watched: WatchedThreads
) -> None:
    roots = [desk.network.write("ann", f"Loaf {number}?") for number in range(3)]
    answers = [desk.network.write("ben", "Rye.", to=root) for root in roots]
    ids = []
    for root, answer in zip(roots, answers, strict=True):
        told(desk, root, answer)
        desk.ingest.take_thread(desk.account.id, Thread(root, below=(answer,))).result()
        ids.append(watch(desk, answer))
    desk.ingest.take_events(
        desk.account.id,
        [PostDeleted(roots[0].view.server_id), PostDeleted(answers[1].view.server_id)],
    ).result()
    del desk.network.threads_told[roots[2].view.server_id]
    await pass_time(desk, watched, MINUTE, LOOK)
    assert [state(desk, id).ended for id in ids] == [Ended.DELETED, None, Ended.DELETED]


async def test_a_removed_account_takes_what_it_watches_along(desk: Desk) -> None:
    id = watch(desk, desk.network.write("ann", "Which loaf?"))
    desk.store.write(lambda w: accounts.remove_account(w, desk.account.id)).result()
    assert desk.store.read(lambda db: watches.watch(db, id)).result() is None
    left = desk.store.read(lambda db: db.execute("SELECT count(*) FROM watched_posts").fetchone())
    assert left.result() == (0,)


async def test_an_answer_deleted_again_is_new_no_more_and_an_edit_is_not_new(
    desk: Desk, watched: WatchedThreads
) -> None:
    root = desk.network.write("ann", "Which loaf?")
    told(desk, root)
    id = watch(desk, root)
    await watched.look()
    gone, kept = (desk.network.write("ben", text, to=root) for text in ("Rye.", "Spelt."))
    told(desk, root, gone, kept)
    await pass_time(desk, watched, HOUR)
    desk.store.write(lambda w: watches.look(w, id, [stored(desk, kept).id])).result()
    edited = desk.network.edit(kept, "Spelt, with walnuts.")
    desk.ingest.take_events(
        desk.account.id, [PostDeleted(gone.view.server_id), PostEdited(edited)]
    ).result()
    assert new(desk, id) == []


async def test_two_conversations_that_turn_out_to_be_one_are_watched_once(
    desk: Desk, watched: WatchedThreads
) -> None:
    root = desk.network.write("ann", "Which loaf?")
    middle = desk.network.write("ben", "For whom?", to=root)
    low = desk.network.write("cara", "For the choir.", to=middle)
    first, second = watch(desk, root), watch(desk, low)
    lowest = desk.network.write("ann", "All forty?", to=low)
    desk.ingest.take_posts(desk.account.id, [lowest]).result()
    assert (new(desk, first), new(desk, second)) == ([], ["All forty?"])
    desk.ingest.take_posts(desk.account.id, [middle]).result()
    assert desk.store.read(lambda db: watches.watch(db, second)).result() is None
    assert new(desk, first) == ["All forty?"], "what was known in either stays so"


async def test_what_only_a_source_outside_has_brought_the_server_finds_first(
    desk: Desk, watched: WatchedThreads
) -> None:
    root = desk.network.write("ann", "Which loaf?")
    answer = desk.network.write("ben", "Rye.", to=root)
    post = desk.store.write(lambda w: outside.put_post(w, root.post)).result()
    assert post is not None
    begun = watching.toggle(Context(desk.store, desk.clock), desk.account.id, post).result()
    assert begun.action is not None
    await watched.look()
    (kept,) = desk.store.read(lambda db: watches.watches(db, [desk.account.id])).result()
    assert kept.trouble, "the server finds nothing at that address yet"
    desk.network.home(root)
    told(desk, root, answer)
    desk.clock.time = kept.next_at
    await watched.look()
    assert state(desk, kept.id).trouble == ""
    assert stored(desk, answer).conversation == state(desk, kept.id).conversation


async def test_what_a_feed_brought_and_is_known_already_is_watched_as_what_it_is(
    desk: Desk, watched: WatchedThreads
) -> None:
    root = desk.network.write("ann", "Which loaf?")
    desk.ingest.take_posts(desk.account.id, [root]).result()
    item = replace(root.post, ref=PostRef(FEED_NETWORK, root.post.ref.uri), url=root.post.ref.uri)
    post = desk.store.write(lambda w: outside.put_post(w, item)).result()
    assert post is not None
    desk.clock.time = desk.network.now
    watching.toggle(Context(desk.store, desk.clock), desk.account.id, post).result()
    desk.network.home(root)
    told(desk, root, desk.network.write("ben", "Rye.", to=root))
    await watched.look()
    (kept,) = desk.store.read(lambda db: watches.watches(db, [desk.account.id])).result()
    assert (kept.post, kept.trouble) == (stored(desk, root).id, "")
    assert new(desk, kept.id) == ["Rye."]


async def test_many_threads_share_a_small_budget_and_each_has_its_turn(
    desk: Desk, watched: WatchedThreads
) -> None:
    ids = []
    for number in range(30):
        root = desk.network.write("ann", f"Loaf {number}?")
        told(desk, root)
        ids.append(watch(desk, root))
    assert await pass_time(desk, watched, HOUR, LOOK) == MOST_AN_HOUR
    assert await pass_time(desk, watched, 2 * HOUR, LOOK) <= 2 * MOST_AN_HOUR + 1
    assert all(state(desk, id).asked_at is not None for id in ids)


async def test_a_program_that_is_killed_goes_on_where_it_was(
    desk: Desk, watched: WatchedThreads
) -> None:
    root = desk.network.write("ann", "Which loaf?")
    told(desk, root)
    id = watch(desk, root)
    await pass_time(desk, watched, 3 * HOUR)
    before = state(desk, id)
    told(desk, root, desk.network.write("ben", "Rye.", to=root))
    again = new_watched(desk)
    assert not await again.look(), "not before it is due"
    assert state(desk, id) == before
    desk.clock.time = before.next_at
    assert await again.look()
    assert new(desk, id) == ["Rye."]


async def test_a_kill_between_the_answer_and_its_note_makes_nothing_new_twice(
    desk: Desk, watched: WatchedThreads
) -> None:
    root = desk.network.write("ann", "Which loaf?")
    told(desk, root)
    id = watch(desk, root)
    await watched.look()
    answer = desk.network.write("ben", "Rye.", to=root)
    told(desk, root, answer)
    # What was taken in is stored; that it was asked is not.
    desk.ingest.take_thread(desk.account.id, Thread(root, below=(answer,))).result()
    desk.store.write(lambda w: watches.look(w, id, [stored(desk, answer).id])).result()
    await pass_time(desk, watched, DAY)
    assert new(desk, id) == []


async def test_what_has_ended_is_forgotten_after_a_week(desk: Desk) -> None:
    id = watch(desk, desk.network.write("ann", "Which loaf?"))
    at = desk.clock.now()
    desk.store.write(lambda w: watches.end(w, id, Ended.QUIET, at=at)).result()
    desk.store.write(lambda w: watches.forget_ended(w, at + LISTED - LISTED)).result()
    assert state(desk, id).ended_at == at
    desk.store.write(lambda w: watches.forget_ended(w, at + 1)).result()
    assert desk.store.read(lambda db: watches.watch(db, id)).result() is None


@pytest.mark.parametrize(
    ("answers_a_day", "most"),
    [(0, 25), (1, 85), (6, 260)],
)
async def test_what_a_week_of_watching_costs(
    desk: Desk, watched: WatchedThreads, answers_a_day: int, most: int
) -> None:
    """Questions in a simulated week for one thread; on Mastodon's API each is two requests."""
    root = desk.network.write("ann", "Which loaf?")
    told(desk, root)
    id = watch(desk, root)
    below: list[SeenPost] = []
    await watched.look()
    for _ in range(7):
        for _ in range(max(1, answers_a_day)):
            if answers_a_day:
                below.append(desk.network.write("ben", "Rye.", to=root, at=desk.clock.now()))
                told(desk, root, *below)
            await pass_time(desk, watched, DAY // max(1, answers_a_day), 2 * MINUTE)
    print(f"\n{answers_a_day} answers a day: asked {asked(desk)} times in a week")
    assert asked(desk) <= most
    assert len(new(desk, id)) == len(below), "and nothing of it is missed"


# However posts arrive, each is new once.


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_however_posts_arrive_each_is_new_once(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    desk = new_desk(tmp_path_factory.mktemp("watched"))
    try:
        asyncio.run(_each_is_new_once(desk, data))
    finally:
        desk.store.close()


async def _each_is_new_once(desk: Desk, data: st.DataObject) -> None:
    network = desk.network
    root = network.write("ann", "Which loaf?")
    told(desk, root)
    id = watch(desk, root)
    watched = new_watched(desk)
    await watched.look()
    below: list[SeenPost] = []
    for number in range(data.draw(st.integers(1, 6), label="answers")):
        above = data.draw(st.sampled_from([root, *below]), label="above")
        below.append(network.write("ben", f"{number}", to=above))
    pending = [*below, *below]
    seen: list[str] = []
    while pending:
        chosen = data.draw(st.integers(0, len(pending) - 1), label="next")
        one = pending.pop(chosen)
        way = data.draw(st.sampled_from(["page", "stream", "thread", "asked"]), label="way")
        _bring(desk, way, root, one, below)
        if way == "asked":
            desk.clock.time = max(desk.clock.time, state(desk, id).next_at)
            await watched.look()
        if data.draw(st.booleans(), label="looks"):
            unseen = new(desk, id)
            seen += unseen
            posts = desk.store.read(lambda db: watches.unseen(db, [id]).get(id, [])).result()
            desk.store.write(lambda w: watches.look(w, id, posts)).result()  # noqa: B023  # at once
    _bring(desk, "thread", root, below[-1], below, whole=True)
    seen += new(desk, id)
    assert sorted(seen) == sorted(one.post.text for one in below)


def _bring(
    desk: Desk,
    way: str,
    root: SeenPost,
    one: SeenPost,
    below: Sequence[SeenPost],
    *,
    whole: bool = False,
) -> None:
    account = desk.account.id
    entry = FeedEntry(one, one.post.created_at, one.view.server_id)
    match way:
        case "page":
            desk.ingest.file_page(account, HOME, [entry]).result()
        case "stream":
            desk.ingest.take_events(account, [EntryArrived(HOME, entry)]).result()
        case "asked":
            told(desk, root, one)
        case _:
            desk.ingest.take_thread(
                account, Thread(root, below=tuple(below) if whole else (one,))
            ).result()
