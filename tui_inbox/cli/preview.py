"""What would be sent, for `--dry-run`: by whom, to whom, in which parts, and what goes with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui_inbox.core.account import Limits
from tui_inbox.core.audiences import IN_WORDS
from tui_inbox.core.count import counter_of
from tui_inbox.core.draft import Draft
from tui_inbox.core.moment import DAY, HOUR, MINUTE, Millis
from tui_inbox.core.thread_parts import thread_parts
from tui_inbox.priority.phrases import counted
from tui_inbox.queries import words
from tui_inbox.queries.rows import AccountRow, PersonLabel


def preview_lines(
    account: AccountRow, limits: Limits, to: Sequence[PersonLabel], draft: Draft, now: Millis
) -> Iterator[str]:
    """What one account would send, line by line.

    Args:
        account: which one.
        limits: what its server allows.
        to: whom it answers.
        draft: what is sent; nothing is against it.
        now: the moment, for what is posted later.
    """
    names = ", ".join(person.name for person in to)
    facts = [account.handle, f"to {names}" if names else "", IN_WORDS[draft.audience]]
    yield " · ".join(fact for fact in (*facts, draft.language or "") if fact)
    if draft.send_at is not None:
        yield f"posted {words.coming_at(draft.send_at, now, words.local_zone(now))}"
    if draft.edits is not None:
        yield f"in the place of your post {draft.edits}"
    if draft.quotes is not None:
        yield f"quotes post {draft.quotes}"
    if draft.warning:
        yield f"warning: {draft.warning}"
    counter = counter_of(limits)
    parts = thread_parts(draft.text, counter, draft.warning) if draft.split else (draft.text,)
    for number, part in enumerate(parts, start=1):
        if len(parts) > 1:
            yield f"part {number} of {len(parts)}"
        yield part
    yield from _goes_with(draft)


def _goes_with(draft: Draft) -> Iterator[str]:
    for one in draft.attachments:
        yield f"[{one.kind}: {one.name}, {one.alt or 'no description'}]"
    if draft.poll is not None:
        several = ", several can be chosen" if draft.poll.multiple else ""
        yield f"[poll: {' / '.join(draft.poll.options)}, for {_span(draft.poll.lasts)}{several}]"


def _span(duration: int) -> str:
    """A duration in its largest whole unit: `1 day`, `90 minutes`."""
    for unit, name in ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute")):
        if duration % unit == 0 and duration:
            return counted(duration // unit, name)
    return counted(duration // 1000, "second")
