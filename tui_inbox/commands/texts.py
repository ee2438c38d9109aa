"""What a draft becomes in the outbox: a row for each account that posts it, and for each part of a thread."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import uuid4

from msgspec.structs import replace

from tui_inbox.commands.context import Context
from tui_inbox.core.account import Limits
from tui_inbox.core.answerers import Answerers
from tui_inbox.core.audiences import IN_WORDS
from tui_inbox.core.capability import No, quote_audience
from tui_inbox.core.changes import Topic
from tui_inbox.core.count import Counter, counter_of
from tui_inbox.core.draft import Draft, is_kept_by_server
from tui_inbox.core.moment import Millis
from tui_inbox.core.outbox_state import EDIT, POST, OutboxState
from tui_inbox.core.text import graphemes
from tui_inbox.core.thread_parts import thread_parts
from tui_inbox.priority.phrases import counted
from tui_inbox.store import accounts, outbox, posts
from tui_inbox.store.database import Connection
from tui_inbox.store.store import Writing

_NAMES_ONLY = re.compile(r"(?:@\S+\s*)*")


def put_texts(
    ctx: Context, w: Writing, draft: Draft, state: OutboxState, hold: Millis
) -> list[int]:
    """Put a draft into the outbox, each row under a key of its own. What each account makes of it stands by itself:
    half a success is never sent again.

    Args:
        ctx: the hands of the command.
        w: the transaction.
        draft: what is sent; `refusal_of` has nothing against it.
        state: that of rows that are not to wait for a moment of their own.
        hold: for how long they are held.

    Returns:
        the ids of the rows, first parts first.
    """
    rows = []
    draft = _from_known_accounts(w.db, draft)
    now = ctx.clock.now()  # one moment for all of them: they count as one text
    unplanned = [row for id in draft.unplanned if (row := outbox.row(w.db, id)) is not None]
    own = {row.account: row.id for row in unplanned}
    for account in (draft.account, *draft.also_from):
        limits = accounts.account(w.db, account).limits
        first = replace(draft, follows=own.get(account, draft.follows))
        first = _after_what_still_leaves(w.db, first).written_by(account)
        follows = first.follows
        for part in _parts(first, counter_of(limits)):
            follows = _put(w, replace(part, follows=follows), limits, state, now, hold)
            rows.append(follows)
        w.changed(Topic.INBOX, account)
    return rows


def refusal_of(db: Connection, draft: Draft) -> str:
    """Why a draft cannot be sent, or nothing. Further accounts that were removed meanwhile are left out."""
    draft = _from_known_accounts(db, draft)
    for account in (draft.account, *draft.also_from):
        try:
            one = accounts.account(db, account)
        except accounts.NoSuchAccount:
            return "This account is not signed in any more."
        if refusal := _refusal(db, draft.written_by(account), one.limits):
            return f"{one.handle}: {refusal}" if draft.also_from else refusal
    if draft.also_from and (draft.reply_to or draft.quotes or draft.edits):
        return "What answers, quotes or changes a post goes out from one account."
    return ""


def _from_known_accounts(db: Connection, draft: Draft) -> Draft:
    """The draft without further accounts that are not signed in any more."""
    known = {one.id for one in accounts.accounts(db)} if draft.also_from else set()
    return replace(draft, also_from=tuple(one for one in draft.also_from if one in known))


def wrong_poll(draft: Draft, limits: Limits) -> str:
    """Why a server would refuse a draft's poll, by the rules of Mastodon's `PollValidator`; empty if it would not."""
    poll = draft.poll
    if poll is None:
        return ""
    if draft.attachments:
        return "A poll and files do not go together."
    if len(poll.options) < 2:
        return "A poll has two choices at least."
    if len(poll.options) > limits.poll_options:
        return f"The server takes {limits.poll_options} choices in a poll at most."
    if len({option.casefold() for option in poll.options}) < len(poll.options):
        return "Two choices of the poll are the same."
    if any(len(option) > limits.option_characters for option in poll.options):
        return f"A choice of a poll has {limits.option_characters} characters at most."
    if not limits.poll_least <= poll.lasts <= limits.poll_most:
        return "The server does not take a poll that lasts so long or so short."
    return ""


def _after_what_still_leaves(db: Connection, draft: Draft) -> Draft:
    """The draft without waiting for what was thrown away: it follows what that had followed, or answers what that had
    answered. A deletion that was taken back is waited for by nothing."""
    before = outbox.row(db, draft.follows) if draft.follows is not None else None
    while before is not None and before.state is OutboxState.DISCARDED:
        above = Draft.from_json(before.content) if before.kind == POST else None
        if above is not None and draft.reply_to is None:
            draft = replace(draft, reply_to=above.reply_to)
        before = outbox.row(db, before.follows) if before.follows is not None else None
    return replace(draft, follows=before.id if before is not None else None)


def _parts(draft: Draft, counter: Counter) -> Iterator[Draft]:
    """The draft, or the parts of a thread: what goes with it goes with the first."""
    whole = replace(draft, also_from=(), split=False, unplanned=())
    texts = thread_parts(draft.text, counter, draft.warning) if draft.split else (draft.text,)
    yield replace(whole, text=texts[0])
    for text in texts[1:]:
        yield replace(
            whole,
            text=text,
            reply_to=None,
            quotes=None,
            attachments=(),
            poll=None,
            card=None,
            send_at=None,
        )


def _put(
    w: Writing, draft: Draft, limits: Limits, state: OutboxState, now: Millis, hold: Millis
) -> int:
    release_at = now + hold
    at_server = is_kept_by_server(draft.send_at, release_at, schedules=limits.schedules)
    if draft.send_at is not None and draft.send_at > release_at and not at_server:
        state, release_at = OutboxState.SCHEDULED, draft.send_at
    is_edit = draft.edits is not None
    if draft.edits is not None:
        w.changed(Topic.POST, draft.edits)
    return outbox.add(
        w,
        account=draft.account,
        kind=EDIT if is_edit else POST,
        state=state,
        key=str(uuid4()),
        content=draft.to_json(),
        created_at=now,
        release_at=release_at,
        post=draft.edits if is_edit else draft.reply_to,
        follows=draft.follows,
    )


def _refusal(db: Connection, draft: Draft, limits: Limits) -> str:
    for post, what in ((draft.reply_to, "this answers"), (draft.quotes, "this quotes")):
        if post is not None and posts.post(db, draft.account, post) is None:
            return f"This account does not see the post that {what}."
    if lack := _lack(draft, limits):
        return lack
    if wide := _too_wide(db, draft):
        return wide
    if wrong := wrong_poll(draft, limits):
        return wrong
    if len(draft.attachments) > limits.media:
        return f"The server takes {counted(limits.media, 'file')} with a post at most."
    if lost := next((one.name for one in draft.attachments if one.is_nowhere), ""):
        return f"{lost} is not kept here, and this account's server has no copy of it; attach it again."
    if not draft.text.strip() and not draft.attachments:
        return "There is nothing to send yet."
    if draft.text.strip() and _NAMES_ONLY.fullmatch(draft.text.strip()) and not draft.attachments:
        return "There is nothing in it but names yet."
    return _too_long(draft, limits)


def _lack(draft: Draft, limits: Limits) -> str:
    """What a draft asks for that there is not where it goes; empty if there is all of it."""
    if not limits.takes(draft.audience):
        return f"Everybody can read what is posted there, so it cannot be for {IN_WORDS[draft.audience]} only."
    if draft.warning and not limits.warnings:
        return "No warning can stand in front of a text there; take it out with ctrl+o w."
    if draft.poll is not None and not limits.poll_options:
        return "There are no polls there."
    if draft.answerers is not Answerers.EVERYBODY and not limits.chooses_answerers:
        return "Who may answer cannot be said there."
    if draft.card is not None and draft.attachments:
        return "A card and files do not go together; ctrl+o u takes the card away."
    return ""


def _too_wide(db: Connection, draft: Draft) -> str:
    """Whether it would quote a post for more people than may read that."""
    quoted = posts.post(db, draft.account, draft.quotes) if draft.quotes is not None else None
    if quoted is None or draft.edits is not None:
        return ""
    is_mine = quoted.author == accounts.owner(db, draft.account)
    audience = quote_audience(quoted.post.audience, draft.audience, is_mine=is_mine)
    if isinstance(audience, No):
        return audience.sentence
    if audience is draft.audience:
        return ""
    return (
        f"What you quote is for {IN_WORDS[audience]}, so the quote cannot be for "
        f"{IN_WORDS[draft.audience]}."
    )


def _too_long(draft: Draft, limits: Limits) -> str:
    counter = counter_of(limits)
    parts = thread_parts(draft.text, counter, draft.warning) if draft.split else (draft.text,)
    left, longest = min((counter.left(part, draft.warning), part) for part in parts)
    if left >= 0:
        return ""
    if limits.utf8_bytes and graphemes(draft.warning + longest) <= limits.characters:
        over = counted(-left, "byte")
        return f"This is {over} too long: the server allows {limits.utf8_bytes}, and an emoji has many."
    over = counted(-left, "character")
    return f"This is {over} too long: the server allows {limits.characters}."
