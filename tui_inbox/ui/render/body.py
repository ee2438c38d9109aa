"""What a post says, in words: text, pictures, poll, link card, quoted post, and what the owner did to it."""

from __future__ import annotations

from collections.abc import Iterator
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
        yield from _dim(brush, poll_words(post.poll, brush.drawing.now()), width, 3)
    if post.card is not None:
        yield [
            (cut(_domain(post.card.url), width), style.link),
            (f"  {post.card.title}", style.dim),
        ]
    if post.quoted is not None:
        words = f"quotes {post.quoted.author.name}: {post.quoted.text or 'a picture'}"
        yield from _dim(brush, " ".join(words.split()), width, 2)


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


def poll_words(poll: Poll, now: Millis) -> str:
    """A poll in one sentence: how long it runs, its choices, and their votes where they are known."""
    votes = [option.votes for option in poll.options]
    known = [count for count in votes if count is not None]
    total = sum(known)
    shares = len(known) == len(votes) and total > 0
    choices = " · ".join(
        f"{option.title} {100 * (option.votes or 0) // total} %" if shares else option.title
        for option in poll.options
    )
    if poll.closed or (poll.closes_at is not None and poll.closes_at <= now):
        return f"Poll, over: {choices}"
    if poll.closes_at is None:
        return f"Poll: {choices}"
    return f"Poll, {duration(poll.closes_at - now)} left: {choices}"


def duration(span: Millis) -> str:
    """A span of time, as `5 h`."""
    for size, unit in ((DAY, "d"), (HOUR, "h"), (MINUTE, "min")):
        if span >= size:
            return f"{span // size} {unit}"
    return "1 min"


def _domain(url: str) -> str:
    return (urlsplit(url).hostname or url).removeprefix("www.")
