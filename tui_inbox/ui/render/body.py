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
from tui_inbox.ui.render.cells import Brush, Part, going_on
from tui_inbox.ui.render.deeds import Deed, Does, doing, key_deed, leading
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
    looks = [_leading(brush, post, text, one, link) for one in links]
    for pieces in lines:
        drawn = [(one.text, style if one.link is None else looks[one.link]) for one in pieces]
        yield [*drawn, *going_on(pieces)]
    if left_out:
        lines_word = "line" if left_out == 1 else "lines"
        more = key_deed(brush.palette.dim, "item.open")
        yield [(f"… {left_out} more {lines_word}, Enter", more)]


def _leading(brush: Brush, post: PostRow, text: str, link: Link, look: Style) -> Style:
    """How a link looks, and where it leads: a name to its card, a tag to its posts, anything else outside."""
    words = text[link.start : link.end]
    does = {"@": Does.NAME, "#": Does.TAG}.get(words[:1], Does.LINK)
    value = link.url if does is Does.LINK else words
    deed = Deed(does, value, post.id, link.url)
    return leading(look, deed, hyperlink=brush.drawing.hyperlinks)


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
        shows = key_deed(style.dim, "item.view")
        yield [
            (f"filtered: {post.hidden}", shows),
            *brush.facts([brush.hint("v shows it")], "item.view"),
        ]
        return
    folds = post.folds_text and not unfolded
    if post.warning:
        hint = [brush.hint("v shows it")] if folds else []
        look = key_deed(style.text, "item.view")
        yield [(f"[warning: {post.warning}]", look), *brush.facts(hint, "item.view")]
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
        look = key_deed(style.dim, "item.view")
        yield [(folded_media(post), look), *brush.facts([brush.hint(hint)], "item.view")]
    else:
        for words, media in zip(media_list(post), post.media, strict=True):
            deed = Deed(Does.LINK, media.url, post.id, media.url) if media.url else None
            yield from _dim(brush, words, width, 2, deed)
    if post.poll is not None:
        yield from _poll(brush, post, post.poll, width, most)
    if post.card is not None:
        host, facts = card_words(post.card)
        deed = Deed(Does.LINK, post.card.url, post.id, post.card.url)
        look = leading(style.link, deed, hyperlink=brush.drawing.hyperlinks)
        yield [(cut(host, width), look), (f"  {facts}" if facts else "", doing(style.dim, deed))]
    if post.quote is not None:
        quoted = post.quoted
        deed_of = None if quoted is None else Deed(Does.THREAD, str(quoted.id), quoted.id)
        yield from _dim(brush, _quote(post, unfolded=unfolded), width, 2, deed_of)


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
    asks = asks_vote(post, now)
    hint = [brush.hint("v votes")] if asks else []
    facts = brush.facts(hint, "item.vote")
    yield [(poll_head(poll, now, post.voted), brush.palette.dim), *facts]
    choices = poll_choices(poll, post.voted)
    deed = Deed(Does.KEY, "item.vote") if asks else None
    if most is not None:
        yield from _dim(brush, " · ".join(choices), width, 3, deed)
    else:
        for number, choice in enumerate(choices, 1):
            yield from _dim(brush, f"{number} {choice}", width, 2, deed)


def _dim(
    brush: Brush, words: str, width: int, most: int, deed: Deed | None = None
) -> Iterator[list[Part]]:
    """A few dim lines; cut off where they end.

    Args:
        brush: draws the row.
        words: what they say.
        width: cells of a line.
        most: how many lines at most.
        deed: what a click on them does.
    """
    lines, left_out = wrap(words, width, most=most)
    look = brush.palette.dim if deed is None else doing(brush.palette.dim, deed)
    for place, pieces in enumerate(lines):
        text = "".join(piece.text for piece in pieces)
        if left_out and place == len(lines) - 1:
            text = cut_short(text, width)
        yield [(text, look), *going_on(pieces)]


def asks_vote(post: PostRow, now: Millis) -> bool:
    """Whether a post has a poll in which the owner may still vote."""
    poll = post.poll
    return (
        poll is not None
        and not (post.mine or post.deleted)
        and post.voted is None
        and not poll.is_over(now)
    )
