"""What is being written, in words: from whom and to whom, what goes with it, what is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from msgspec import Struct
from rich.cells import cell_len

from tui_inbox.core import audiences
from tui_inbox.core.account import Limits
from tui_inbox.core.answerers import Answerers
from tui_inbox.core.count import counter_of
from tui_inbox.core.draft import Attachment, Draft, PollDraft, is_kept_by_server
from tui_inbox.core.moment import DAY, HOUR, MINUTE, Millis
from tui_inbox.core.naming import named
from tui_inbox.core.outbox_state import HOLD
from tui_inbox.core.thread_parts import thread_parts
from tui_inbox.queries import words
from tui_inbox.queries.composing import Surroundings
from tui_inbox.queries.rows import PersonLabel
from tui_inbox.ui.render.clock import clock
from tui_inbox.ui.render.wrap import DOT, cut, flow

LEAST_NAMES = 24
"""Cells that the names have at least; with less they would not say who is meant."""

HEAD_LINES = 3
"""Lines of the head at most; no fact of it is parted."""

NEAR = 0.02
"""The length of a poll is rounded by so much of it at most."""

NO_WORDS = "no description yet"


class Room(Struct, frozen=True):
    """What is left for a text.

    Attributes:
        left: characters left for the part in hand, in the account that allows fewest; negative for too many.
        parts: of how many parts the text is made; `part` is the one in hand, from 1.
    """

    left: int
    parts: int = 1
    part: int = 1

    @property
    def words(self) -> str:
        """As the head says it: `312 left`, `40 left in 2 of 3`."""
        left = f"{self.left} left" if self.left >= 0 else f"{-self.left} too many"
        return f"{left} in {self.part} of {self.parts}" if self.parts > 1 else left


def room(draft: Draft, limits: Mapping[int, Limits], at: int | None = None) -> Room:
    """What is left for a draft in the narrowest of its accounts.

    Args:
        draft: what is written.
        limits: of each account; one that is not known counts as a usual server.
        at: where the hand is in the text, by characters; None for its end.
    """
    rooms = [_room_of(draft, limits.get(one, Limits()), at) for one in accounts_of(draft)]
    return min(rooms, key=lambda one: one.left)


def accounts_of(draft: Draft) -> tuple[int, ...]:
    """Local ids of the accounts that post it, the first one first."""
    return (draft.account, *draft.also_from)


def _room_of(draft: Draft, limits: Limits, at: int | None) -> Room:
    counter = counter_of(limits)
    parts = parts_of(draft, limits)
    if len(parts) == 1:
        return Room(counter.left(parts[0], draft.warning))
    part = part_in_hand(draft.text, parts, len(draft.text) if at is None else at)
    return Room(counter.left(parts[part], draft.warning), len(parts), part + 1)


def parts_of(draft: Draft, limits: Limits) -> tuple[str, ...]:
    """The posts that a text becomes: one, or the numbered parts of a thread."""
    if not draft.split:
        return (draft.text,)
    return thread_parts(draft.text, counter_of(limits), draft.warning)


def part_in_hand(text: str, parts: Sequence[str], at: int) -> int:
    """Which of the parts of a text a place in it belongs to, from 0."""
    end = 0
    for place, part in enumerate(parts):
        said = part.rpartition(" ")[0]  # without its number
        end = max(text.find(said, end), end) + len(said)
        if at <= end:
            return place
    return len(parts) - 1


# The head


def head_words(
    labels: Sequence[str], whom: str, draft: Draft | None, when: str, left: Room, width: int
) -> str:
    """The composer's first line. Names give way, what is left is never cut off.

    Args:
        labels: of the accounts that post it.
        whom: to whom it goes, as `whom` says it.
        draft: what is written; None while it is read.
        when: at which time it is posted, as `when` says it.
        left: what is left.
        width: cells of the line.
    """
    facts = [" + ".join(label.upper() for label in labels), ""]
    if draft is not None:
        facts.append(audiences.IN_WORDS[draft.audience])
        is_open = draft.answerers is Answerers.EVERYBODY
        facts += [] if is_open else [draft.answerers.in_words]
        facts += [f"warning: {cut(draft.warning, 24)}"] if draft.warning else []
        facts += [draft.language] if draft.language else []
        facts += [when] if when else []
        facts.append(left.words)
    taken = sum(cell_len(fact) + len(DOT) for fact in facts) - len(DOT)
    if taken + LEAST_NAMES > width:  # it goes on in a second line in any case
        taken = cell_len(facts[0]) + len(DOT)
    facts[1] = cut(whom, max(width - taken, LEAST_NAMES))
    if not width:  # before it is laid out
        return DOT.join(facts)
    lines = flow(facts, [width] * HEAD_LINES)
    if not lines[-1].endswith(facts[-1]):
        lines = [*flow(facts[:-1], [width] * (HEAD_LINES - 1)), cut(facts[-1], width)]
    return "\n".join(lines)


def whom(draft: Draft, around: Surroundings, to: Sequence[PersonLabel], now: Millis) -> str:
    """To whom a draft goes, or what it does to whose post.

    Args:
        draft: what is written.
        around: what it answers, quotes or changes.
        to: who is addressed by a fresh answer.
        now: the moment for ages.
    """
    known = {person.handle.casefold(): person.name for person in (*around.people, *to)}
    names = [known.get(handle.casefold(), handle) for handle in named(draft.text)]
    if draft.edits is not None:
        since = f" of {words.span(now - around.written_at)} ago" if around.written_at else ""
        return f"changing your post{since}"
    quoting = around.quoted.name if around.quoted else "a post"
    facts = [f"quoting {quoting}"] if draft.quotes is not None else []
    answered = around.answered or next(iter(to), None)
    if draft.reply_to is not None and not around.limits.get(draft.account, Limits()).answers_name:
        reached = dict.fromkeys([answered.name if answered else "a post", *names])
        facts.append(f"to {', '.join(reached)}")
    elif draft.reply_to is not None and not names:
        who = answered.name if answered else "a post"
        facts.append(f"in answer to {who}, naming nobody")
    elif names:
        facts.append(f"to {', '.join(names)}")
    return DOT.join(facts) or "a new post"


def when(
    draft: Draft, limits: Mapping[int, Limits], now: Millis, zone: tzinfo | None = None
) -> str:
    """When a draft is to be posted, and who sees to that; empty for at once.

    Args:
        draft: what is written.
        limits: of each account.
        now: this moment.
        zone: the owner's time zone, None for the machine's.
    """
    if draft.send_at is None:
        return ""
    if draft.send_at <= now + HOLD:
        return f"at {moment(draft.send_at, now, zone)}, which is past: at once"
    schedules = all(limits.get(one, Limits()).schedules for one in accounts_of(draft))
    keeps = is_kept_by_server(draft.send_at, now + HOLD, schedules=schedules)
    how = "kept by the server" if keeps else "sent from here while the program runs"
    return f"at {moment(draft.send_at, now, zone)}, {how}"


def moment(at: Millis, now: Millis, zone: tzinfo | None = None) -> str:
    """A moment ahead, as it can be typed again: `18:30`, `tomorrow 8:00`, `fri 8:00`, `28 nov 14:00`."""
    zone = zone or words.local_zone(now)
    day, time = words.coming(at, now, zone).lower(), clock(at, zone).removeprefix("0")
    return time if day.removeprefix("0") == time else f"{day} {time}"


# What goes with it


def file_words(attachment: Attachment) -> str:
    """A file that goes with a text: what it is, its name, and its description."""
    alt = f"“{' '.join(attachment.alt.split())}”" if attachment.alt else NO_WORDS
    return f"{attachment.kind} {attachment.name}{DOT}{alt}"


def poll_words(poll: PollDraft) -> str:
    """A poll that goes with a text: how long, how many choices, and what there is to choose."""
    options = DOT.join(poll.options) or "no choices yet"
    return f"poll, {lasts_words(poll)}: {options}"


def lasts_words(poll: PollDraft) -> str:
    """How long a poll lasts and how many one may choose, as they can be typed: `1d`, `6h, several`.

    What is left of a poll that was posted a while ago is told by what was chosen then: `1d`, not `1438m`.
    """
    several = ", several" if poll.multiple else ""
    typed = poll.lasts % (5 * MINUTE) == 0
    for near in (0.0,) if typed else (0.0, NEAR):
        for unit, size in (("d", DAY), ("h", HOUR)):
            count = round(poll.lasts / size)
            if count and abs(poll.lasts - count * size) <= near * poll.lasts:
                return f"{count}{unit}{several}"
    return f"{max(1, round(poll.lasts / MINUTE))}m{several}"


def goes_with(draft: Draft) -> list[str]:
    """What goes with a text besides it, a line each."""
    files = [f"{number} {file_words(one)}" for number, one in enumerate(draft.attachments, 1)]
    poll = [poll_words(draft.poll)] if draft.poll else []
    card = [f"card{DOT}{draft.card.title}{DOT}{draft.card.description}"] if draft.card else []
    return [*files, *poll, *card]
