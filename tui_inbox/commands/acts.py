"""What one does to posts and people: seen at once, told to the server by the outbox, taken back by undo."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from uuid import uuid4

from tui_inbox.commands.context import Context, Outcome
from tui_inbox.commands.items import close_all, in_other_names, move_hits
from tui_inbox.commands.journal import Step, log, name_of
from tui_inbox.commands.outgoing import stop
from tui_inbox.core import web_intents
from tui_inbox.core.act import ActKind
from tui_inbox.core.asks import asks_something
from tui_inbox.core.capability import Elsewhere, No, can, can_choose, can_vote, out_of_reach
from tui_inbox.core.changes import Topic
from tui_inbox.core.conversation import ItemEvent, Turn
from tui_inbox.core.moment import DAY, SECOND, Millis
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.pending import done_to_person, done_to_post, voted_in_poll
from tui_inbox.priority.phrases import counted
from tui_inbox.store import accounts, hits, items, laid_over, outbox, people, posts
from tui_inbox.store.posts import StoredPost
from tui_inbox.store.store import Writing

NOT_TIMED = Outcome("A mute ends by itself nowhere on that network; m p e mutes for good.")
NOT_HERE = Outcome("This post is not in the store any more.")
NOT_SHOWN = Outcome("This account’s server has not shown this post yet; open its thread first.")

HELD_ACTS = frozenset(
    {
        ActKind.BLOCK,
        ActKind.BLOCK_SERVER,
        ActKind.DELETE,
        ActKind.VOTE,
        ActKind.REPORT,
        ActKind.REJECT_FOLLOW,
        ActKind.DISMISS,
        ActKind.PROFILE,
    }
)
"""Told to the server after the hold only: a block cuts follows both ways, a deletion, vote or report is for good."""

_SENTENCES = {
    ActKind.FAVOURITE: "favourite",
    ActKind.UNFAVOURITE: "no favourite any more",
    ActKind.BOOST: "boosted",
    ActKind.UNBOOST: "not boosted any more",
    ActKind.BOOKMARK: "saved",
    ActKind.UNBOOKMARK: "not saved any more",
    ActKind.FOLLOW: "you follow {}",
    ActKind.UNFOLLOW: "you follow {} no more",
    ActKind.MUTE: "{} is muted",
    ActKind.UNMUTE: "{} is not muted any more",
    ActKind.BLOCK: "{} is blocked",
    ActKind.UNBLOCK: "{} is not blocked any more",
    ActKind.NOTE: "note on {} kept",
}

_NAMES = {
    ActKind.FAVOURITE: "favourite",
    ActKind.UNFAVOURITE: "taking your favourite back",
    ActKind.BOOST: "your boost",
    ActKind.UNBOOST: "taking your boost back",
    ActKind.BOOKMARK: "your bookmark",
    ActKind.UNBOOKMARK: "taking your bookmark away",
    ActKind.FOLLOW: "following {}",
    ActKind.UNFOLLOW: "unfollowing {}",
    ActKind.MUTE: "muting {}",
    ActKind.UNMUTE: "unmuting {}",
    ActKind.BLOCK: "blocking {}",
    ActKind.UNBLOCK: "unblocking {}",
    ActKind.NOTE: "your note on {}",
}
"""What was done, in the words that stand behind *undone:*."""


def toggle(ctx: Context, account: int, post: int, kind: ActKind) -> Future[Outcome]:
    """Favourite, boost or bookmark a post, or take that back where it is so already.

    A favourite closes a turn whose text asks nothing.
    """

    def job(w: Writing) -> Outcome:
        stored = posts.post(w.db, account, post)
        if stored is None or stored.deleted:
            return NOT_HERE
        pending = laid_over.pending_acts(w.db, account, [post]).get(post, ())
        act = kind
        if kind in done_to_post(stored.view, pending) and kind.reverse is not None:
            act = kind.reverse
        elif refusal := refusal_of_act(w, account, stored, kind):
            return refusal
        now = ctx.clock.now()
        steps = [put_act(ctx, w, account, act, post=post)]
        closed = _thank(w, account, stored, now) if act is ActKind.FAVOURITE else []
        besides = f", done with {name_of(w.db, stored.author)}" if closed else ""
        action = log(w, now, account, _NAMES[act] + besides, [*steps, *closed])
        return Outcome(_SENTENCES[act] + besides, action)

    return ctx.send(job)


def on_person(
    ctx: Context,
    account: int,
    person: int,
    kind: ActKind,
    text: str = "",
    *,
    lasts: Millis | None = None,
) -> Future[Outcome]:
    """Follow, mute, block somebody, take that back, or keep a private note on them.

    Muting and blocking close what is open with them; a block is told to the server after the hold.

    Args:
        text: the note, for `NOTE` only.
        lasts: for how long they are muted, in milliseconds; None for good. Who is muted already is muted anew.
    """

    def job(w: Writing) -> Outcome:
        name = name_of(w.db, person)
        now = ctx.clock.now()
        if there := _done_elsewhere(w, account, person, kind):
            return Outcome(there.sentence, url=there.url)
        if kind is ActKind.NOTE:
            steps = note_steps(ctx, w, account, person, text)
        elif lasts is None and _holds(w, account, person, kind):
            return Outcome(f"{_SENTENCES[kind].format(name)} already")
        elif lasts is not None and not accounts.account(w.db, account).limits.timed_mutes:
            return NOT_TIMED
        else:
            content = outbox.mute_content(lasts) if kind is ActKind.MUTE else ""
            steps = [
                put_act(ctx, w, account, kind, person=person, text=content),
                *leave(w, account, person, kind, now),
            ]
        for_so_long = f" for {lasting(lasts)}" if lasts is not None else ""
        action = log(w, now, account, _NAMES[kind].format(name) + for_so_long, steps)
        return Outcome(_SENTENCES[kind].format(name) + for_so_long, action)

    return ctx.send(job)


def delete(ctx: Context, account: int, post: int) -> Future[Outcome]:
    """Delete a post of one's own; until the hold is over it can be taken back."""

    def job(w: Writing) -> Outcome:
        stored = posts.post(w.db, account, post)
        if stored is None or stored.deleted:
            return NOT_HERE
        if refusal := refusal_of_act(w, account, stored, ActKind.DELETE):
            return refusal
        if ActKind.DELETE in laid_over.pending_acts(w.db, account, [post]).get(post, ()):
            return Outcome("This is being deleted already.")
        now = ctx.clock.now()
        step = put_act(ctx, w, account, ActKind.DELETE, post=post)
        what = "deleting your post"
        return Outcome("deleted", log(w, now, account, what, [step]))

    return ctx.send(job)


def vote(ctx: Context, account: int, post: int, options: Sequence[int]) -> Future[Outcome]:
    """Vote in the poll of a post; until the hold is over it can be taken back, afterwards never.

    Args:
        options: places (from 0) of what was chosen.
    """
    chosen = tuple(sorted(set(options)))

    def job(w: Writing) -> Outcome:
        stored = posts.post(w.db, account, post)
        if stored is None or stored.deleted:
            return NOT_HERE
        poll, now = stored.post.poll, ctx.clock.now()
        pending = laid_over.pending_votes(w.db, account, [post]).get(post)
        is_mine = stored.author == accounts.owner(w.db, account)
        has_voted = voted_in_poll(stored.view, pending) is not None
        answer = can_vote(poll, is_mine=is_mine, has_voted=has_voted, now=now)
        if poll is not None and not isinstance(answer, No | Elsewhere):
            answer = can_choose(poll, chosen)
        if isinstance(answer, No | Elsewhere):
            return Outcome(answer.sentence)
        if stored.view is None:
            return not_shown(w, account, stored)
        step = put_act(ctx, w, account, ActKind.VOTE, post=post, text=outbox.vote_content(chosen))
        sentence = f"your vote leaves in {ctx.hold // SECOND} s, u takes it back"
        return Outcome(sentence, log(w, now, account, "your vote", [step]))

    return ctx.send(job)


def put_act(
    ctx: Context,
    w: Writing,
    account: int,
    act: ActKind,
    *,
    post: int | None = None,
    person: int | None = None,
    text: str = "",
) -> Step:
    """Put an act into the outbox, or take the opposite one out that has not left yet. One that may have is followed.

    Args:
        ctx: the hands of the command.
        w: the transaction.
        account: local id of the account that acts.
        act: what is done.
        post: local id of what it is done to; `person` likewise.
        text: what the row holds: a note, a vote, the server's id of a list, a report, how long a mute lasts.

    Returns:
        The step that takes it back; without a row where another was taken out.
    """
    now = ctx.clock.now()
    told(w, account, post, person)
    step: Step = {
        "step": "act",
        "account": account,
        "act": act,
        "post": post,
        "person": person,
        "row": None,
        "text": text if act.on_list or act.on_account else "",
    }
    for row in outbox.surely_unsent(w.db, account):
        same = (row.post, row.person) == (post, person)
        names_it = act.on_list or act.on_account
        is_opposite = row.kind == act.reverse and (row.content == text or not names_it)
        if is_opposite and same:
            stop(w, row, now)
            if not _still_to_tell(w, account, act, person, text):
                return step
    held = act in HELD_ACTS
    step["row"] = outbox.add(
        w,
        account=account,
        kind=act,
        state=OutboxState.HELD if held else OutboxState.WAITING,
        key=str(uuid4()),
        content=text,
        created_at=now,
        release_at=now + ctx.hold if held else now,
        post=post,
        person=person,
    )
    return step


def _still_to_tell(w: Writing, account: int, act: ActKind, person: int | None, text: str) -> bool:
    """Whether a server must be told although the opposite never left it: who is muted can be muted anew, for another
    time, so taking that out leaves them muted."""
    if person is None or act not in (ActKind.MUTE, ActKind.UNMUTE):
        return False
    seen = people.view(w.db, account, person)
    return bool(text) if act is ActKind.MUTE else seen is not None and seen.muting


def note_steps(ctx: Context, w: Writing, account: int, person: int, text: str) -> list[Step]:
    """Keep a private note here and on the server; earlier ones that have not left need not leave."""
    for row in outbox.surely_unsent(w.db, account):
        if row.kind == ActKind.NOTE and row.person == person:
            stop(w, row, ctx.clock.now())
    seen = people.view(w.db, account, person)
    before = seen.note if seen else ""
    people.set_note(w, account, person, text)
    put_act(ctx, w, account, ActKind.NOTE, person=person, text=text)
    return [{"step": "note", "account": account, "person": person, "was": before}]


def told(w: Writing, account: int, post: int | None, person: int | None) -> None:
    """Note what looks different now although only the outbox has changed."""
    if post is not None:
        w.changed(Topic.POST, post)
    if person is not None:
        w.changed(Topic.PEOPLE, account)


def refusal_of_act(w: Writing, account: int, stored: StoredPost, act: ActKind) -> Outcome | None:
    """Why an act on a post cannot be done, if so."""
    is_mine = stored.author == accounts.owner(w.db, account)
    answer = can(act, audience=stored.post.audience, is_mine=is_mine)
    if isinstance(answer, No | Elsewhere):
        return Outcome(answer.sentence)
    if stored.view is not None:
        network = accounts.account(w.db, account).network
        there = web_intents.of_post(network, act, stored.view.server_id)
        return None if there is None else Outcome(there.sentence, url=there.url)
    why = not_shown(w, account, stored)
    return None if why == NOT_SHOWN and _is_from_outside(w, stored) else why


def _done_elsewhere(w: Writing, account: int, person: int, act: ActKind) -> Elsewhere | None:
    """Where an act on a person is done instead."""
    _, handle = people.names(w.db, [person]).get(person, ("", ""))
    network = accounts.account(w.db, account).network
    return web_intents.of_person(network, act, handle) if handle else None


def not_shown(w: Writing, account: int, stored: StoredPost) -> Outcome:
    """Why an account does nothing to a post that its server has not shown."""
    why = out_of_reach(stored.post.ref, accounts.account(w.db, account).network)
    return Outcome(why) if why else NOT_SHOWN


def _is_from_outside(w: Writing, stored: StoredPost) -> bool:
    """Whether no server has shown a post to anybody: before an act on it leaves, the account's server finds it."""
    anybody = posts.post(w.db, None, stored.id)
    return anybody is not None and anybody.view is None


def _thank(w: Writing, account: int, stored: StoredPost, now: Millis) -> list[Step]:
    """Close the turn that a post opened, and the hits that it is, where it asks nothing."""
    opened = [
        item
        for item in items.items_in_conversation(w.db, account, stored.conversation)
        if item.post == stored.id and item.turn is Turn.MINE and not item.asks
    ]
    opened += [other for item in opened for other in in_other_names(w.db, item)]
    steps = close_all(w, opened, ItemEvent.DISMISSED, now, "favourite")
    if asks_something(stored.post.text) is None:
        steps += move_hits(w, hits.about(w.db, stored.id, [account]), ItemEvent.DISMISSED, now)
    return steps


def _holds(w: Writing, account: int, person: int, kind: ActKind) -> bool:
    """Whether what is asked for is so already, counting what has not left yet."""
    seen = people.view(w.db, account, person)
    pending = laid_over.pending_acts_on_people(w.db, account, [person]).get(person, ())
    done = done_to_person(
        following=seen is not None and (seen.following or seen.requested),
        muting=seen is not None and seen.muting,
        blocking=seen is not None and seen.blocking,
        pending=pending,
    )
    takes_back = kind in (ActKind.UNFOLLOW, ActKind.UNMUTE, ActKind.UNBLOCK)
    return kind.reverse not in done if takes_back else kind in done


def lasting(lasts: Millis) -> str:
    """`a day`, `3 days`, `a week`."""
    days = round(lasts / DAY)
    return "a week" if days == 7 else "a day" if days == 1 else counted(days, "day")


def leave(w: Writing, account: int, person: int, kind: ActKind, now: Millis) -> list[Step]:
    """Close what is open with somebody one does not want to hear of, hits of their posts too."""
    if kind not in (ActKind.MUTE, ActKind.BLOCK):
        return []
    event, cause = (
        (ItemEvent.DISMISSED, "muted") if kind is ActKind.MUTE else (ItemEvent.JUNKED, "blocked")
    )
    found = items.items_of_person(w.db, account, person)
    return [
        *close_all(w, found, event, now, cause),
        *move_hits(w, hits.open_by(w.db, account, person), event, now),
    ]
