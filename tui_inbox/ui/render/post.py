"""Rows of the Timeline: posts and holes."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from textual.strip import Strip

from tui_inbox.core.languages import language_name
from tui_inbox.core.moment import Millis
from tui_inbox.queries.rows import EntryRow, GapRow, PersonLabel, PostRow
from tui_inbox.ui.render.ages import duration
from tui_inbox.ui.render.body import AUDIENCE_WORDS, MOST_LINES, body
from tui_inbox.ui.render.cells import BAR, Brush, Part
from tui_inbox.ui.render.clock import clock
from tui_inbox.ui.render.deeds import key_deed
from tui_inbox.ui.render.spaced import SpacedRenderer
from tui_inbox.ui.render.wrap import DOT
from tui_inbox.ui.widgets import Row

BOOSTERS_NAMED = 3
WATCHED = "watched"
"""What a row says whose thread is watched."""


class Gone(Struct, frozen=True):
    """What stays of a post that the reader was at, until it is scrolled off: who wrote it, and when."""

    at: Millis
    letters: str
    author: PersonLabel


class TimelineData(Struct, frozen=True):
    """A row of the Timeline as the pane holds it.

    Attributes:
        entry: the post, the hole, or what stays of a post.
        unfolded: whether the owner opened its warning, filter or length.
        filling: the hole is being fetched.
        more: how many others by whoever brought it are folded under it.
        was_folded: others were folded under it until the owner unfolded them.
    """

    entry: EntryRow | GapRow | Gone
    unfolded: bool = False
    filling: bool = False
    more: int = 0
    was_folded: bool = False


class PostRenderer(SpacedRenderer[TimelineData]):
    """Draws rows of the Timeline."""

    def estimate(self, row: Row[TimelineData], width: int) -> int:
        """About how many lines a row takes."""
        entry = row.data.entry
        between = 0 if self._drawing.dense else 1
        if not isinstance(entry, EntryRow):
            return 1 + between
        post = entry.post
        room = max(10, width - BAR - self._drawing.text_at)
        text = min(MOST_LINES, 1 + len(post.text) // room + post.text.count("\n"))
        extra = (
            len(post.media)
            + 2 * bool(post.poll)
            + bool(post.card)
            + bool(post.did)
            + 2 * bool(post.quote)
        )
        return 1 + (1 if post.folds_text else text + extra) + between

    def _lines(self, brush: Brush, data: TimelineData, width: int) -> list[Strip]:
        if isinstance(data.entry, GapRow):
            return [self._gap(brush, data, data.entry, width)]
        if isinstance(data.entry, Gone):
            return [self._gone(brush, data.entry, width)]
        return self._post(brush, data, data.entry, width)

    def _post(self, brush: Brush, data: TimelineData, entry: EntryRow, width: int) -> list[Strip]:
        indent, post = self._drawing.text_at, entry.post
        return [
            post_head(
                brush, post, width, also=entry.also, more=data.more, was_folded=data.was_folded
            ),
            *(
                brush.indented(parts, indent, width)
                for parts in body(brush, post, width - BAR - indent, unfolded=data.unfolded)
            ),
        ]

    def _gap(self, brush: Brush, data: TimelineData, gap: GapRow, width: int) -> Strip:
        sign = self._drawing.glyphs.gap
        span = duration(gap.upper_at - gap.lower_at)
        edges = f"from {clock(gap.lower_at, self._zone)} to {clock(gap.upper_at, self._zone)}"
        after = "reading from the server" if data.filling else "Enter fills it"
        if gap.lost:
            after = "the server no longer keeps it"
        fills = "" if data.filling or gap.lost else "item.open"
        whose = f" {gap.letters}" if self._drawing.letters else ""
        words = f"{sign} {'lost' if gap.lost else 'gap'}{whose}: about {span}, {edges}"
        look = key_deed(brush.palette.dim, fills) if fills else brush.palette.dim
        return brush.line([(words, look), *brush.facts([after], fills)], width)

    @staticmethod
    def _gone(brush: Brush, gone: Gone, width: int) -> Strip:
        dim = brush.palette.dim
        return brush.head(
            mark=" ",
            mark_style=dim,
            at=gone.at,
            letters=gone.letters,
            parts=[(gone.author.name, dim), *brush.facts(["no longer here"])],
            width=width,
        )


def post_head(
    brush: Brush,
    post: PostRow,
    width: int,
    *,
    also: tuple[PersonLabel, ...] = (),
    more: int = 0,
    was_folded: bool = False,
    behind: Iterable[Part] = (),
) -> Strip:
    """The first line of a post: mark, age, account, author, and how it comes to stand here.

    Args:
        brush: draws the row.
        post: what is shown.
        width: cells of the line.
        also: who else points to what it points to.
        more: how many others by whoever brought it are folded under it.
        was_folded: the owner has unfolded them.
        behind: what stands in the rest of the line.
    """
    style = brush.palette
    first = [f"{more} more {_brought(post)}, {brush.hint('l unfolds')}"] if more else []
    if was_folded and not more:
        first.append(brush.hint("h folds them again"))
    if also:
        first += [f"{len(also) + 1} of your people", f"also {names(also)}"]
    partner = post.author.partner
    return brush.head(
        mark=brush.drawing.glyphs.partner if partner else " ",
        mark_style=style.bright,
        at=post.at,
        letters=post.letters,
        parts=[
            *author_parts(brush, post),
            *brush.facts(first),
            *([] if more else _passed_on(brush, post)),  # it is told already with the others
            *brush.facts(post_facts(post)),
            *behind,
        ],
        width=width,
    )


def _passed_on(brush: Brush, post: PostRow) -> list[Part]:
    """Who passed a post on: people you talk with first, and bright if they did."""
    if not post.boosters:
        return []
    known = tuple(one for one in post.boosters if one.partner)
    others = tuple(one for one in post.boosters if not one.partner)
    style = brush.palette.bright if known else brush.palette.dim
    return [(f"{DOT}boosted by ", brush.palette.dim), (names(known + others), style)]


def _brought(post: PostRow) -> str:
    """From whom the others of a flood are."""
    return f"from {post.boosters[0].name}" if post.boosters else "from them"


def author_parts(brush: Brush, post: PostRow) -> list[Part]:
    """The author's name, as it deserves."""
    style = brush.palette
    look = style.partner if post.author.partner else style.name
    if post.mine or post.own_as:
        look = style.bright
    return [(author_name(post), key_deed(look, "open.person"))]


def author_name(post: PostRow) -> str:
    """Who wrote a post: its author's name, or that it was the owner, and as which other account of theirs."""
    if post.mine:
        return "you"
    return f"you, as {post.own_as}" if post.own_as else post.author.name


def post_facts(post: PostRow) -> list[str]:
    """What is worth knowing about a post besides its author, in words."""
    facts = [AUDIENCE_WORDS[post.audience]]
    if post.answers_me:
        facts.append("answers you")
    elif post.answers is not None:
        facts.append(f"in answer to {post.answers.name}")
    if post.watched:
        facts.append(WATCHED)
    if post.edited:
        facts.append("edited")
    if post.foreign:
        facts.append(f"in {language_name(post.foreign)}")
    return facts


def names(people: tuple[PersonLabel, ...]) -> str:
    """Some names; how many more if there are many."""
    shown = ", ".join(person.name for person in people[:BOOSTERS_NAMED])
    more = len(people) - BOOSTERS_NAMED
    return f"{shown} and {more} more" if more > 0 else shown
