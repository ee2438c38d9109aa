"""Looking whether a text whose answer was lost is on the server after all, before it is ever sent again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from tui_inbox.core.act import ActKind
from tui_inbox.core.draft import Draft, Outgoing, Scheduled
from tui_inbox.core.moment import MINUTE, Millis
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.ports import Network, PageOf
from tui_inbox.core.post import Feed, FeedKind, Post, SeenPost
from tui_inbox.core.same_text import same_text
from tui_inbox.store import accounts, outbox
from tui_inbox.store.database import Connection
from tui_inbox.store.outbox import OutboxRow
from tui_inbox.store.store import Store
from tui_inbox.sync.futures import done
from tui_inbox.sync.outgoing import NoTarget, outgoing_of

SKEW: Millis = 2 * MINUTE
"""How far a server's clock may run behind ours."""
LOOK_AGAIN: Millis = 2 * MINUTE
"""How long a lost text is given to appear, where the network would not recognise it on a second try."""

NEVER_BY_ITSELF: Millis = 2**62
"""A moment that does not come: the owner is asked."""
ASK = "It is not known whether this was posted. Look, then send it again or throw it away."


class LookAgain(Struct, frozen=True):
    """A text was not found, and is not to be sent again by itself: when it is looked for next, and what is said."""

    at: Millis
    reason: str


async def look_for(
    store: Store, network: Network, row: OutboxRow, now: Millis, *, keys_last: Millis
) -> SeenPost | Scheduled | LookAgain | None:
    """What a text became whose answer was lost: a post, or a plan that its server keeps.

    Args:
        row: it has left once, at least.
        keys_last: how long the server recognises the key of a text that it has; 0 where it does not.

    Returns:
        None where it is not there and can be sent again: the server would recognise it.

    Raises:
        NetworkError: it could not be looked for.
    """
    draft = Draft.from_json(row.content)
    try:
        outgoing = await done(store.read(lambda db: outgoing_of(db, row, now)))
    except NoTarget:  # it could be named when it left, and cannot be compared any more
        return LookAgain(NEVER_BY_ITSELF, ASK)
    if draft.send_at is not None:
        others = await done(
            store.read(lambda db: outbox.planned_ids(db, row.account) - {row.remote_id})
        )
        plans = [one for one in await network.scheduled() if one.server_id not in others]
        plan = find_planned(outgoing, row.remote_id, draft.send_at, plans)
        if plan is not None:
            return plan
    page = await network.feed(Feed(FeedKind.OWN), PageOf(limit=40))
    own = [entry.seen for entry in page.entries if entry.boost is None]
    return await done(store.read(lambda db: _found(db, row, outgoing, own))) or _what_now(
        row, draft, now, keys_last=keys_last
    )


def _found(
    db: Connection, row: OutboxRow, outgoing: Outgoing, own: Sequence[SeenPost]
) -> SeenPost | None:
    """The post that a text became. Another one with the same words may have become it as well: where there is
    one post for two, neither takes it, and the server says whose it is by the key, or the owner does."""
    claimed = outbox.claimed_uris(db, row.account)
    owner = accounts.account(db, row.account).server_id

    def candidates(one: OutboxRow) -> list[SeenPost]:
        since = one.first_try_at or one.created_at
        return find_all(outgoing, own, owner, since, claimed)

    for other in outbox.without_post(db, row.account):
        is_sent = other.state is OutboxState.SENT
        if other.id == row.id or not _says(other, outgoing):
            continue
        there = [
            seen
            for seen in candidates(other)
            if not is_sent or seen.post.created_at <= other.changed_at + SKEW
        ]
        if there:
            earliest = min(there, key=lambda seen: seen.post.created_at)
            claimed |= {earliest.post.ref.uri}
    return next(iter(candidates(row)), None)


def _says(row: OutboxRow, outgoing: Outgoing) -> bool:
    return same_text(Draft.from_json(row.content).text, outgoing.text)


def _what_now(row: OutboxRow, draft: Draft, now: Millis, *, keys_last: Millis) -> LookAgain | None:
    """What becomes of a text that was not found; None where it can be sent again.

    Keys are not known again where a text was handed over to be kept for later (facts 1.6).
    """
    first_try_at = row.first_try_at or row.created_at
    was_planned = draft.send_at is not None and first_try_at < draft.send_at
    since = draft.send_at if row.remote_id and draft.send_at else first_try_at
    age = now - since
    if 0 <= age < keys_last and not was_planned:
        return None
    if age < LOOK_AGAIN:
        return LookAgain(since + LOOK_AGAIN, row.reason)
    return LookAgain(NEVER_BY_ITSELF, ASK)


def find_all(
    outgoing: Outgoing,
    own_posts: Iterable[SeenPost],
    owner: str,
    first_try_at: Millis,
    claimed: frozenset[str],
) -> list[SeenPost]:
    """The posts that an outgoing text may have become, of those that the account shows as its own.

    The rule of facts 4.1: of the owner, same parent, same normalised text, not from before the first try, and not
    claimed by another row of the outbox. Besides, what went with it has to be there.

    Args:
        own_posts: the account's newest posts.
        owner: the id of whose they have to be, on the account's server.
        first_try_at: when the text first left.
        claimed: URIs of posts that other rows became.
    """
    return [
        seen
        for seen in own_posts
        if seen.post.author.server_id == owner
        and seen.post.created_at >= first_try_at - SKEW
        and seen.post.ref.uri not in claimed
        and _is_it(outgoing, seen.post)
    ]


def _is_it(outgoing: Outgoing, post: Post) -> bool:
    """Whether a post says what a text says. Without any word there is nothing to know it by: two pictures look the
    same from here, and another one of the owner's would be taken for it."""
    parent = post.reply_to.server_id or post.reply_to.uri if post.reply_to else None
    options = tuple(option.title for option in post.poll.options) if post.poll else ()
    asked = outgoing.poll.options if outgoing.poll else ()
    if (
        parent != outgoing.reply_to
        or len(post.media) != len(outgoing.media)
        or not _say_the_same(options, asked)
        or not _say_the_same((post.text, post.warning), (outgoing.text, outgoing.warning))
    ):
        return False
    if outgoing.text.strip():
        return True
    alts = tuple(one.alt for one in post.media)
    return (any(outgoing.alts) and _say_the_same(alts, outgoing.alts)) or bool(asked)


def _say_the_same(ones: Sequence[str], others: Sequence[str]) -> bool:
    return len(ones) == len(others) and all(map(same_text, ones, others))


def plan_taken_back(db: Connection, row: OutboxRow) -> Millis | None:
    """The moment of the plan that a row takes back; None where it takes back none, or no row knows of that."""
    if row.kind != ActKind.UNSCHEDULE:
        return None
    plan = outbox.planned_as(db, row.account, row.content)
    return Draft.from_json(plan.content).send_at if plan else None


def find_planned(
    outgoing: Outgoing, remote_id: str | None, send_at: Millis, plans: Iterable[Scheduled]
) -> Scheduled | None:
    """What a server keeps of a text for later, if it does.

    Args:
        remote_id: the server's id of the plan, where it told it: it stays when the plan is moved in another client.
        send_at: when the text is to be posted; servers round to seconds.
        plans: all that the server keeps and that no other row has become.
    """
    if remote_id:
        return next((plan for plan in plans if plan.server_id == remote_id), None)
    for plan in plans:
        is_near = abs(plan.send_at - send_at) < MINUTE
        if is_near and outgoing.text.strip() and same_text(plan.text, outgoing.text):
            return plan
    return None
