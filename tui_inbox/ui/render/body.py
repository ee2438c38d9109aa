"""What a post says, in words: text, pictures, poll, link card, quoted post, and what the owner did to it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.style import Style

from tui_inbox.core.moment import Millis
from tui_inbox.core.patterns import plain
from tui_inbox.core.post import Audience, Poll
from tui_inbox.core.text import Link
from tui_inbox.queries.attached import poll_choices, quote_not_shown
from tui_inbox.queries.rows import PostRow
from tui_inbox.ui.render.attached import (
    attached_words,
    card_words,
    folded_media,
    media_list,
    poll_head,
)
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
        unfolded: whether warning, filter, attachments and length hide nothing.
        most: lines of text at most, unless unfolded.
    """
    style = brush.palette
    if post.deleted:
        yield [("deleted by its author", style.dim)]
        return
    if post.hidden is not None and not unfolded:
        yield [(f"filtered: {post.hidden}", style.dim), *brush.facts(["v shows it"])]
        return
    folds = post.folds_text and not unfolded
    if post.warning:
        hint = ["v shows it"] if folds else []
        yield [(f"[warning: {post.warning}]", style.text), *brush.facts(hint)]
    if not folds:
        yield from _said(brush, post, width, None if unfolded else most, unfolded=unfolded)
    if post.did:
        yield [(did_words(post), style.dim)]


def one_paragraph(post: PostRow, *, addressed: bool = False, unfolded: bool = False) -> str:
    """What a post says, in one paragraph; what it shows, where it says nothing; why it is folded, where it is.

    Args:
        post: the post.
        addressed: whether it is known to be said to somebody, though it answers no post.
        unfolded: whether warning and filter hide nothing.
    """
    if post.deleted:
        return "deleted by its author"
    if post.hidden is not None and not unfolded:
        return f"filtered: {post.hidden}"
    warning = f"[warning: {post.warning}]" if post.warning else ""
    if post.folds_text and not unfolded:
        return warning
    words = " ".join(spoken(post, addressed=addressed)[0].split()) or attached_words(post)
    return f"{warning} {words}" if warning else words


def did_words(post: PostRow) -> str:
    """What the owner did to a post; empty if nothing."""
    return f"you: {' · '.join(post.did)}" if post.did else ""


def _said(
    brush: Brush, post: PostRow, width: int, most: int | None, *, unfolded: bool
) -> Iterator[list[Part]]:
    style = brush.palette
    close = post.author.partner or post.mine or bool(post.own_as)
    text, link = (style.bright, style.bright_link) if close else (style.text, style.link)
    if post.text:
        yield from text_lines(brush, post, width, style=text, link=link, most=most)
    if post.media_folded and not unfolded:
        hint = "v shows it" if len(post.media) == 1 else "v shows them"
        yield [(folded_media(post), style.dim), *brush.facts([hint])]
    else:
        for words in media_list(post):
            yield from _dim(brush, words, width, 2)
    if post.poll is not None:
        yield from _poll(brush, post, post.poll, width, most)
    if post.card is not None:
        host, facts = card_words(post.card)
        yield [(cut(host, width), style.link), (f"  {facts}" if facts else "", style.dim)]
    if post.quote is not None:
        yield from _dim(brush, _quote(post, unfolded=unfolded), width, 2)


def _quote(post: PostRow, *, unfolded: bool) -> str:
    """The quoted post in one paragraph. What that one quotes in turn is only told of."""
    inner = post.quoted
    if inner is None or inner.deleted:
        return quote_not_shown(post)
    said = one_paragraph(inner, unfolded=unfolded)
    more = " [quotes a post]" if inner.quote is not None and inner.text else ""
    return f"quotes {inner.author.name}: {said}{more}"


def _poll(
    brush: Brush, post: PostRow, poll: Poll, width: int, most: int | None
) -> Iterator[list[Part]]:
    """A poll: how it stands, then its choices, one below the other where there is room."""
    now = brush.drawing.now()
    hint = ["v votes"] if asks_vote(post, now) else []
    yield [(poll_head(poll, now, post.voted), brush.palette.dim), *brush.facts(hint)]
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


def asks_vote(post: PostRow, now: Millis) -> bool:
    """Whether a post has a poll in which the owner may still vote."""
    poll = post.poll
    return (
        poll is not None
        and not (post.mine or post.deleted)
        and post.voted is None
        and not poll.is_over(now)
    )
