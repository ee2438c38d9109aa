"""What a post says, in words: text, pictures, poll, link card, quoted post, and what the owner did to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from rich.style import Style

from tui_inbox.core.moment import DAY, HOUR, MINUTE, Millis
from tui_inbox.core.patterns import plain
from tui_inbox.core.post import Audience, Media, Poll
from tui_inbox.core.text import Link
from tui_inbox.queries.rows import PostRow
from tui_inbox.ui.render.cells import Brush, Part
from tui_inbox.ui.render.wrap import cut, cut_short, wrap

MOST_LINES = 5
"""Lines of text in a list; the thread has them all."""

_NAMES = r"(?:@\w[\w.-]*(?:@[\w.-]+)?[\s,:]+)+"
"""Names at the beginning of an answer, as servers put them there."""

AUDIENCE_WORDS = {
    Audience.PUBLIC: "",
    Audience.UNLISTED: "",
    Audience.FOLLOWERS: "to followers",
    Audience.LIMITED: "to a few",
    Audience.DIRECT: "dm",
}
"""How a post's audience is named in a row; public is not worth a word."""


def spoken(post: PostRow, *, addressed: bool = False) -> tuple[str, tuple[Link, ...]]:
    """What a post says, without what its row says already, and the links in that.

    Left out are the names an answer begins with, and the address at its end that the link card shows.

    Args:
        post: the post.
        addressed: whether it is known to be said to somebody, though it answers no post.
    """
    text, start, stop = post.text, 0, len(post.text)
    if addressed or post.answers_me or post.answers or post.audience is Audience.DIRECT:
        match = plain(_NAMES).match(text)
        start = match.end() if match else 0
    if post.card is not None and post.links:
        last = post.links[-1]
        if last.url == post.card.url and not text[last.end :].strip():
            stop = last.start
    said = text[start:stop].rstrip()
    if not said:
        return text, post.links
    links = tuple(
        Link(link.start - start, link.end - start, link.url)
        for link in post.links
        if start <= link.start and link.end <= stop
    )
    return said, links


def text_lines(
    brush: Brush, post: PostRow, width: int, *, style: Style, link: Style, most: int | None
) -> Iterator[list[Part]]:
    """The text, folded.

    Args:
        brush: draws the row.
        post: the post.
        width: cells of a line, without the indent.
        style: of the text.
        link: of links in it.
        most: how many lines at most; the last line then says how many more there are.
    """
    text, links = spoken(post)
    lines, left_out = wrap(text, width, links=links, most=most)
    for pieces in lines:
        yield [(piece.text, style if piece.link is None else link) for piece in pieces]
    if left_out:
        lines_word = "line" if left_out == 1 else "lines"
        yield [(f"… {left_out} more {lines_word}, Enter", brush.palette.dim)]


def body(
    brush: Brush,
    post: PostRow,
    width: int,
    *,
    unfolded: bool = False,
    most: int | None = MOST_LINES,
) -> Iterator[list[Part]]:
    """Everything a post says, as lines of parts.

    Args:
        brush: draws the row.
        post: the post.
        width: cells of a line, without the indent.
        unfolded: whether warning, filter and length hide nothing.
        most: lines of text at most, unless unfolded.
    """
    style = brush.palette
    if post.deleted:
        yield [("deleted by its author", style.dim)]
        return
    if post.hidden is not None and not unfolded:
        yield [(f"[filter: {post.hidden}]", style.dim), *brush.facts(["v shows it"])]
        return
    if post.warning:
        yield [
            (f"[warning: {post.warning}]", style.text),
            *brush.facts([] if unfolded else ["v shows it"]),
        ]
    if not post.warning or unfolded:
        yield from _said(brush, post, width, None if unfolded else most)
    if post.did:
        yield [(did_words(post), style.dim)]


def did_words(post: PostRow) -> str:
    """What the owner did to a post; empty if nothing."""
    return f"you: {' · '.join(post.did)}" if post.did else ""


def _said(brush: Brush, post: PostRow, width: int, most: int | None) -> Iterator[list[Part]]:
    style = brush.palette
    close = post.author.partner or post.mine
    text, link = (style.bright, style.bright_link) if close else (style.text, style.link)
    if post.text:
        yield from text_lines(brush, post, width, style=text, link=link, most=most)
    for media in post.media:
        yield from _dim(brush, media_words(media), width, 2)
    if post.poll is not None:
        yield from _poll(brush, post, post.poll, width, most)
    if post.card is not None:
        yield [
            (cut(_domain(post.card.url), width), style.link),
            (f"  {post.card.title}", style.dim),
        ]
    if post.quoted is not None:
        words = f"quotes {post.quoted.author.name}: {post.quoted.text or 'a picture'}"
        yield from _dim(brush, " ".join(words.split()), width, 2)


def _poll(
    brush: Brush, post: PostRow, poll: Poll, width: int, most: int | None
) -> Iterator[list[Part]]:
    """A poll: how it stands, then its choices, one below the other where there is room."""
    now = brush.drawing.now()
    hint = ["v votes"] if asks_vote(post, now) else []
    yield [(poll_head(poll, now), brush.palette.dim), *brush.facts(hint)]
    choices = poll_choices(poll, post.voted)
    if most is not None:
        yield from _dim(brush, " · ".join(choices), width, 3)
    else:
        for number, choice in enumerate(choices, 1):
            yield from _dim(brush, f"{number} {choice}", width, 2)


def _dim(brush: Brush, words: str, width: int, most: int) -> Iterator[list[Part]]:
    """A few dim lines; cut off where they end."""
    lines, left_out = wrap(words, width, most=most)
    for place, pieces in enumerate(lines):
        text = "".join(piece.text for piece in pieces)
        if left_out and place == len(lines) - 1:
            text = cut_short(text, width)
        yield [(text, brush.palette.dim)]


def media_words(media: Media) -> str:
    """An attachment in words: its description, never a file name."""
    alt = " ".join(media.alt.split())
    return f"[{media.kind}: {alt}]" if alt else f"[{media.kind}, not described]"


def asks_vote(post: PostRow, now: Millis) -> bool:
    """Whether a post has a poll in which the owner may still vote."""
    poll = post.poll
    return (
        poll is not None
        and not (post.mine or post.deleted)
        and post.voted is None
        and not poll.is_over(now)
    )


def poll_head(poll: Poll, now: Millis) -> str:
    """How long a poll runs, and whether more than one may be chosen."""
    if poll.is_over(now):
        return "Poll, over"
    left = "" if poll.closes_at is None else f", {duration(poll.closes_at - now)} left"
    return f"Poll{left}{', several may be chosen' if poll.multiple else ''}"


def poll_choices(poll: Poll, voted: Sequence[int] | None) -> list[str]:
    """The choices of a poll, with their votes where they are known.

    Where several may be chosen votes are counted instead of shared out: shares of more votes than voters
    would say little.

    Args:
        poll: the poll.
        voted: places of what the owner chose.
    """
    votes = [option.votes for option in poll.options]
    known = [count for count in votes if count is not None]
    total = sum(known)
    chosen = frozenset(voted or ())
    lines = []
    for place, option in enumerate(poll.options):
        words = option.title
        if len(known) == len(votes) and total > 0:
            count = option.votes or 0
            words += f" {count}" if poll.multiple else f" {100 * count // total} %"
        lines.append(f"{words} (your vote)" if place in chosen else words)
    return lines


def attached_words(post: PostRow) -> str:
    """What a post without text has instead, in one line: its pictures, its poll."""
    words = [media_words(media) for media in post.media]
    if post.poll is not None:
        words.append(f"[poll: {' · '.join(option.title for option in post.poll.options)}]")
    return " ".join(words)


def duration(span: Millis) -> str:
    """A span of time, as `5 h`."""
    for size, unit in ((DAY, "d"), (HOUR, "h"), (MINUTE, "min")):
        if span >= size:
            return f"{span // size} {unit}"
    return "1 min"


def _domain(url: str) -> str:
    return (urlsplit(url).hostname or url).removeprefix("www.")
