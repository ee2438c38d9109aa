"""Watching a conversation without posting in it: begun and ended by the owner, looked at."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future

from tui_inbox.commands.context import Context, Outcome
from tui_inbox.commands.journal import Step, log
from tui_inbox.core.moment import DAY, Millis
from tui_inbox.core.watching import Ended, Watch
from tui_inbox.store import posts, watches
from tui_inbox.store.store import Writing

MOST = 50
"""Conversations that an account watches at once: with more of them none would be asked about often enough."""

NOT_HERE = Outcome("This post is not stored here, so its thread cannot be watched.")
GONE = Outcome("This thread is not watched any more.")


def toggle(ctx: Context, account: int, post: int) -> Future[Outcome]:
    """Watch the conversation of a post, or end that."""

    def job(w: Writing) -> Outcome:
        stored = posts.post(w.db, account, post)
        if stored is None:
            return NOT_HERE
        watch = watches.watch_of(w.db, account, stored.conversation)
        if watch is not None and watch.is_on:
            return _end(ctx, w, watch)
        return _begin(ctx, w, account, post, stored.conversation)

    return ctx.change(job)


def begin(ctx: Context, account: int, post: int) -> Future[Outcome]:
    """Watch the conversation of a post; one that is watched already stays so."""

    def job(w: Writing) -> Outcome:
        stored = posts.post(w.db, account, post)
        if stored is None:
            return NOT_HERE
        watch = watches.watch_of(w.db, account, stored.conversation)
        if watch is not None and watch.is_on:
            return Outcome("This thread is watched already.")
        return _begin(ctx, w, account, post, stored.conversation)

    return ctx.change(job)


def end(ctx: Context, watch: int) -> Future[Outcome]:
    """Watch it no more; one that has ended by itself goes from the list."""

    def job(w: Writing) -> Outcome:
        found = watches.watch(w.db, watch)
        if found is None or found.ended is Ended.BY_HAND:
            return GONE
        return _end(ctx, w, found)

    return ctx.change(job)


def looked_at(
    ctx: Context, account: int, conversation: int, seen: Sequence[int]
) -> Future[Outcome]:
    """The owner has seen these posts of a conversation, if it is watched. Nothing one would undo."""

    def job(w: Writing) -> Outcome:
        watch = watches.watch_of(w.db, account, posts.current(w.db, conversation))
        if watch is not None:
            watches.look(w, watch.id, seen)
        return Outcome("")

    return ctx.change(job)


def _begin(ctx: Context, w: Writing, account: int, post: int, conversation: int) -> Outcome:
    above = watches.path(w.db, post)
    if any(deleted for _, deleted in above[:1]):
        return Outcome("The post this thread began with was deleted, so nothing more can come.")
    if len(watches.watched(w.db, account)) >= MOST:
        return Outcome(f"{MOST} threads are watched already; g w lists them, d there ends one.")
    now = ctx.clock.now()
    id = watches.begin(w, account, conversation, post, at=now, quiet=ctx.quiet)
    step: Step = {"step": "watch begun", "watch": id}
    sentence = f"watched: asked now and then until it has been quiet for {days(ctx.quiet)}"
    return Outcome(sentence, log(w, now, account, "watching a thread", [step]))


def _end(ctx: Context, w: Writing, watch: Watch) -> Outcome:
    now = ctx.clock.now()
    if watch.is_on:
        step: Step = {"step": "watch ended", "watch": watch.id}
        sentence = what = "no longer watched"
    else:
        step = {
            "step": "watch forgotten",
            "watch": watch.id,
            "ended": watch.ended,
            "at": watch.ended_at,
        }
        sentence = what = "off the list of watched threads"
    watches.end(w, watch.id, Ended.BY_HAND, at=now)
    return Outcome(sentence, log(w, now, watch.account, what, [step]))


def days(quiet: Millis) -> str:
    """A number of days in words."""
    count = max(1, round(quiet / DAY))
    return "1 day" if count == 1 else f"{count} days"
