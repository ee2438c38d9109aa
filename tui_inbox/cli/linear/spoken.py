"""Rows as sentences to be heard or felt: no signs that mean something, no columns, nothing said by place or colour.

Who and what come first, because who listens may go on after the first words. Texts are not wrapped: a line is a
paragraph, and the terminal, a screen reader or a braille line parts it as it can.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from tui_inbox.core.conversation import ItemState, Lane, Opening
from tui_inbox.core.health import Health, HealthState
from tui_inbox.core.languages import language_name
from tui_inbox.core.moment import DAY, HOUR, MINUTE, YEAR, Millis
from tui_inbox.core.patterns import plain
from tui_inbox.core.post import Audience, MediaKind, Poll
from tui_inbox.priority.phrases import counted
from tui_inbox.queries import words
from tui_inbox.queries.attached import poll_choices, quote_not_shown
from tui_inbox.queries.overviews import DraftRow, OutboxItem
from tui_inbox.queries.rows import AccountRow, EntryRow, GapRow, ItemRow, PostRow, TimelineRow

FIRST_WORDS = 100
"""So many characters of a text are read in a list."""

STATES: Mapping[ItemState, str] = {
    ItemState.NEW: "not looked at",
    ItemState.SEEN: "still yours",
    ItemState.LATER: "put off",
    ItemState.ANSWERED: "answered",
    ItemState.DONE: "done",
    ItemState.JUNK: "junk",
}
"""What the marks of the screen say, and the states that have none there."""

AUDIENCES: Mapping[Audience, str] = {
    Audience.FOLLOWERS: "to followers",
    Audience.LIMITED: "to a few",
    Audience.DIRECT: "private",
}
"""Who can read what somebody wrote, where that is not everybody."""

_OPENED = {Opening.DIRECT: "writes to you privately"}
_KINDS = {MediaKind.PICTURE: "Picture", MediaKind.VIDEO: "Film", MediaKind.AUDIO: "Recording"}
_FULL = {"s": "second", "min": "minute", "h": "hour", "d": "day"}
_UNIT = r"\b(\d+) (s|min|h|d)\b"
_QUOTED = r"(“[^”]*”)"
_UNITS = ((YEAR, "year"), (7 * DAY, "week"), (DAY, "day"), (HOUR, "hour"), (MINUTE, "minute"))


def ago(at: Millis, now: Millis) -> str:
    """How long ago: `just now`, `1 minute ago`, `5 hours ago`, `2 weeks ago`."""
    passed = now - at
    return "just now" if passed < MINUTE else f"{span(passed)} ago"


def span(duration: Millis) -> str:
    """A length of time in its largest unit, days up to two weeks: `10 seconds`, `5 hours`, `13 days`."""
    for size, unit in _UNITS:
        least = 14 * DAY if unit == "week" else size
        if duration >= least:
            return counted(duration // size, unit)
    return counted(max(0, duration) // 1000, "second")


def sentence(text: str) -> str:
    """A sentence of the program's with its full stop, its units in full; what dots part on the screen commas do."""
    text = _spelled(text.replace(" · ", ", ").strip())
    return text if not text or text[-1] in ".?!:…”" else f"{text}."


def _spelled(text: str) -> str:
    """The same with `5 h` as `5 hours`; what stands between quotation marks is somebody's own."""
    if not plain(_UNIT).search(text):
        return text
    pieces = plain(_QUOTED).split(text)
    return "".join(
        piece if piece.startswith("“") else plain(_UNIT).sub(_in_full, piece) for piece in pieces
    )


def _in_full(found: re.Match[str]) -> str:
    return counted(int(found[1]), _FULL[found[2]])


def began(text: str) -> str:
    """A sentence that begins with one of the program's own words."""
    return text[:1].upper() + text[1:]


def _line(facts: Iterable[str], text: str = "") -> str:
    """Facts as short sentences, and behind them how somebody's text begins, as they wrote it."""
    said = [sentence(fact) for fact in facts if fact]
    return " ".join([*said, text] if text else said)


# Conversations


def does(item: ItemRow) -> str:
    """What somebody does in a conversation: `asks`, `asks, privately`, `answers you`; nothing where it is closed."""
    if item.asks:
        return "asks, privately" if item.opening is Opening.DIRECT else "asks"
    return _OPENED.get(item.opening, str(item.opening)) if item.opening is not None else ""


def item_line(number: int, item: ItemRow, label: str, now: Millis) -> str:
    """One conversation in a list, on one line.

    Args:
        number: by which it is named.
        item: the conversation.
        label: of the account that it is for; empty where one is shown.
        now: the moment.
    """
    text = first_words(item.post) if item.post is not None else ""
    facts = (
        f"{number}",
        began((item.wakes and f"comes back {item.wakes}") or STATES[item.state]),
        f"{item.person.name} {does(item)}".strip(),
        f"For {label}" if label else "",
        began(ago(item.at, now)),
        began(item.reason),
    )
    return _line(facts, text)


def item_heads(item: ItemRow, place: str, label: str, now: Millis) -> Iterator[str]:
    """What is said of a conversation before its text.

    Args:
        item: the conversation.
        place: where it stands in what needs the owner, as `1 of 5`; empty where it was chosen from a list.
        label: as in `item_line`.
        now: the moment.
    """
    state = f"comes back {item.wakes}" if item.wakes else STATES[item.state]
    known = "" if item.person.partner else f"@{item.person.handle}"
    facts = (
        began(place),
        f"{item.person.name} {does(item)}".strip(),
        began(ago(item.at, now)),
        began(state),
        known,
        f"For {label}" if label else "",
    )
    yield _line(facts)
    if item.lane not in (Lane.TALK, Lane.DONE, Lane.LATER):
        yield sentence(
            f"{str(item.lane).removesuffix('s')}{f': {item.reason}' if item.reason else ''}"
        )
    elif item.reason:
        yield sentence(began(item.reason))
    if item.also:
        yield sentence(f"Also in it: {words.listed([one.name for one in item.also], 6)}")


def before_line(item: ItemRow, now: Millis) -> str:
    """What the owner said before; empty where that is nothing."""
    if item.before is None:
        return ""
    at, text = item.before
    return f"You said, {ago(at, now)}: {text}"


# Posts


def first_words(post: PostRow, longest: int = FIRST_WORDS) -> str:
    """How a post begins, on one line; why it is folded, where it is; what it shows, where it says nothing."""
    if post.deleted:
        return "Deleted by its author"
    if post.folds_text:
        return _folded(post)
    said = words.said(post.text, longest) if post.text else ""
    return said or " ".join(_attached(post, 0))


def post_line(number: int, post: PostRow, label: str, now: Millis) -> str:
    """One post in a list, on one line; arguments as in `item_line`."""
    facts = (f"{number}", *_post_facts(post, label, now), *_goes_with(post))
    return _line(facts, first_words(post))


def post_head(post: PostRow, place: str, label: str, now: Millis) -> str:
    """What is said of a post before its text; arguments as in `item_heads`."""
    return _line((place, *_post_facts(post, label, now)))


def _post_facts(post: PostRow, label: str, now: Millis) -> Iterator[str]:
    yield f"You, as {post.own_as}" if post.own_as else "You" if post.mine else post.author.name
    yield began(ago(post.at, now))
    if post.answers_me:
        yield "In answer to you"
    elif post.answers is not None:
        yield f"In answer to {post.answers.name}"
    if post.boosters:
        yield f"Boosted by {words.listed([one.name for one in post.boosters])}"
    if audience := AUDIENCES.get(post.audience):
        yield began(audience)
    if label:
        yield f"For {label}"
    if post.edited:
        yield "Edited"
    if post.foreign:
        yield f"In {language_name(post.foreign)}"


def post_said(
    post: PostRow, now: Millis, *, addressed: bool = False, unfolded: bool = False
) -> Iterator[str]:
    """Everything a post says, a paragraph a line.

    Args:
        post: the post.
        now: the moment, for its poll.
        addressed: whether it is known to be said to the owner: the names that it begins with are left out.
        unfolded: whether warning, filter and folded attachments hide nothing.
    """
    if post.deleted:
        yield "Deleted by its author."
        return
    if post.folds_text and not unfolded:
        yield f"{_folded(post)}. view reads it."
        return
    if post.warning:
        yield sentence(f"Warning: {post.warning}")
    is_said_to = addressed or post.answers is not None or post.audience is Audience.DIRECT
    text = words.without_address(post.text) if is_said_to else post.text
    yield from (line for line in text.splitlines() if line.strip())
    if post.media_folded and not unfolded:
        yield f"{counted(len(post.media), 'attachment')}, {post.media_folded}. view tells what they show."
        yield from _attached(post, now, media=False)
    else:
        yield from _attached(post, now)
    if post.did:
        yield sentence(f"You: {', '.join(post.did)}")


def _goes_with(post: PostRow) -> Iterator[str]:
    """What hangs on a post besides its words, for a list that does not read it."""
    if post.text and not post.folds_text and not post.deleted:
        if post.media:
            yield f"With {counted(len(post.media), 'attachment')}"
        if post.poll is not None:
            yield "With a poll"
        if post.quote is not None:
            yield "With a quote"


def _folded(post: PostRow) -> str:
    return (
        f"Filtered: {post.hidden}"
        if post.hidden is not None
        else f"Behind a warning: {post.warning}"
    )


def _attached(post: PostRow, now: Millis, *, media: bool = True) -> Iterator[str]:
    """What hangs on a post, a line each."""
    count = len(post.media)
    for place, one in enumerate(post.media if media else (), 1):
        which = f" {place} of {count}" if count > 1 else ""
        lasts = f", {span(one.seconds * 1000)}" if one.seconds is not None else ""
        alt = " ".join(one.alt.split())
        said = f": {alt}" if alt else ", no description"
        yield sentence(f"{_KINDS.get(one.kind, 'File')}{which}{lasts}{said}")
    if post.poll is not None:
        yield _poll_head(post, post.poll, now)
        for place, choice in enumerate(poll_choices(post.poll, post.voted), 1):
            yield sentence(f"Choice {place}: {choice}")
    if post.card is not None:
        host = (urlsplit(post.card.url).hostname or post.card.url).removeprefix("www.")
        yield sentence(f"Link to {host}{f': {post.card.title}' if post.card.title else ''}")
    if why := quote_not_shown(post):
        yield sentence(began(why))
    elif post.quoted is not None:
        yield sentence(f"Quotes {post.quoted.author.name}: {first_words(post.quoted, 300)}")


def _poll_head(post: PostRow, poll: Poll, now: Millis) -> str:
    is_over = poll.is_over(now)
    facts = ["Poll"]
    if is_over:
        facts.append("over")
    elif poll.closes_at is not None:
        facts.append(f"{span(poll.closes_at - now)} left")
    if poll.multiple and not is_over:
        facts.append("several may be chosen")
    if poll.voters:
        facts.append(f"{poll.voters} voted")
    asks = not (is_over or post.mine) and post.voted is None
    return f"{', '.join(facts)}.{' vote and a number votes.' if asks else ''}"


def timeline_line(number: int, row: TimelineRow, label: str, now: Millis) -> str:
    """One row of the timeline, on one line; arguments as in `item_line`."""
    if isinstance(row, GapRow):
        return f"{number}. {hole(row)}"
    line = post_line(number, row.post, label, now)
    if isinstance(row, EntryRow) and row.also:
        line += " " + sentence(f"Also {words.listed([one.name for one in row.also])}")
    return line


def hole(row: GapRow) -> str:
    """What is missing in the timeline."""
    missing = f"A hole of {span(row.upper_at - row.lower_at)}"
    if row.lost:
        return f"{missing}, which the server has forgotten."
    return f"{missing} that was not fetched. read and its number fetches it."


# What leaves, and how the line is


def outbox_line(number: int, item: OutboxItem, label: str, stands: str) -> str:
    """One row of the outbox, on one line.

    Args:
        stands: where it stands, in words; the others as in `item_line`.
    """
    facts = (
        f"{number}",
        began(item.what),
        item.part,
        item.goes_with,
        f"For {label}" if label else "",
        began(stands),
    )
    return _line(facts, words.clip(item.text, FIRST_WORDS))


def draft_line(number: int, row: DraftRow, label: str, now: Millis) -> str:
    """One kept draft, on one line; arguments as in `item_line`."""
    facts = (
        f"{number}",
        began(row.target),
        f"As {label}" if label else "",
        began(ago(row.draft.updated_at, now)),
        began(row.goes_with),
    )
    return _line(facts, words.clip(row.draft.text, FIRST_WORDS))


def health_line(account: AccountRow, health: Health | None, now: Millis) -> str:
    """How an account's line is doing."""
    if health is None:
        return sentence(f"{account.handle}: connecting")
    state = {
        HealthState.STARTING: "reading from the server",
        HealthState.POLLING: "asked now and then",
        HealthState.OFFLINE: f"offline for {span(now - health.since)}",
        HealthState.SIGNED_OUT: "signed out; tui-inbox login signs in again",
    }.get(health.state, str(health.state))
    return " ".join(filter(None, (sentence(f"{account.handle}: {state}"), health.sentence)))
