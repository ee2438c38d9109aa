"""Rows of the Timeline: posts and holes."""

from __future__ import annotations

from datetime import tzinfo

from msgspec import Struct
from textual.strip import Strip

from tui_inbox.queries.rows import EntryRow, GapRow, PersonLabel, PostRow
from tui_inbox.ui.render.body import AUDIENCE_WORDS, MOST_LINES, body, duration
from tui_inbox.ui.render.cells import BAR, Brush, Drawing, Part, blank
from tui_inbox.ui.render.clock import clock
from tui_inbox.ui.widgets import Row

BOOSTERS_NAMED = 3


class TimelineData(Struct, frozen=True):
    """A row of the Timeline as the pane holds it.

    Attributes:
        entry: the post or the hole.
        unfolded: whether the owner opened its warning, filter or length.
        filling: the hole is being fetched.
    """

    entry: EntryRow | GapRow
    unfolded: bool = False
    filling: bool = False


class PostRenderer:
    """Draws rows of the Timeline.

    Args:
        drawing: colours, signs and the clock.
        zone: the owner's time zone, None for the machine's.
    """

    def __init__(self, drawing: Drawing, zone: tzinfo | None = None) -> None:
        self._drawing = drawing
        self._zone = zone

    def render(
        self, row: Row[TimelineData], width: int, *, selected: bool, focused: bool
    ) -> list[Strip]:
        """The lines of a row, with the blank one that parts it from the next."""
        brush = self._drawing.on(selected=selected, focused=focused)
        entry = row.data.entry
        if isinstance(entry, GapRow):
            lines = [self._gap(brush, row.data, entry, width)]
        else:
            lines = self._post(brush, row.data, entry.post, width)
        return lines if self._drawing.dense else [*lines, blank(width)]

    def estimate(self, row: Row[TimelineData], width: int) -> int:
        """About how many lines a row takes."""
        entry = row.data.entry
        between = 0 if self._drawing.dense else 1
        if isinstance(entry, GapRow):
            return 1 + between
        post = entry.post
        room = max(10, width - BAR - self._drawing.text_at)
        text = min(MOST_LINES, 1 + len(post.text) // room + post.text.count("\n"))
        extra = (
            len(post.media)
            + 2 * bool(post.poll)
            + bool(post.card)
            + bool(post.did)
            + 2 * bool(post.quoted)
        )
        return 1 + (1 if post.warning else text + extra) + between

    def _post(self, brush: Brush, data: TimelineData, post: PostRow, width: int) -> list[Strip]:
        indent = self._drawing.text_at
        return [
            post_head(brush, post, width),
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
            after = "the server no longer keeps what was here"
        whose = f" {gap.letters}" if self._drawing.letters else ""
        words = f"{sign} gap{whose}: about {span}, {edges}"
        return brush.line([(words, brush.palette.dim), *brush.facts([after])], width)


def post_head(brush: Brush, post: PostRow, width: int) -> Strip:
    """The first line of a post: mark, age, account, author, and how it comes to stand here."""
    style = brush.palette
    partner = post.author.partner
    return brush.head(
        mark=brush.drawing.glyphs.partner if partner else " ",
        mark_style=style.bright,
        at=post.at,
        letters=post.letters,
        parts=[*author_parts(brush, post), *brush.facts(post_facts(post))],
        width=width,
    )


def author_parts(brush: Brush, post: PostRow) -> list[Part]:
    """The author's name, as it deserves."""
    style = brush.palette
    if post.mine:
        return [("you", style.bright)]
    return [(post.author.name, style.partner if post.author.partner else style.name)]


def post_facts(post: PostRow) -> list[str]:
    """What is worth knowing about a post besides its author, in words."""
    facts = [AUDIENCE_WORDS[post.audience]]
    if post.answers_me:
        facts.append("answers you")
    elif post.answers is not None:
        facts.append(f"in answer to {post.answers.name}")
    if post.boosters:
        facts.append(f"boosted by {names(post.boosters)}")
    if post.edited:
        facts.append("edited")
    return facts


def names(people: tuple[PersonLabel, ...]) -> str:
    """Some names; how many more if there are many."""
    shown = ", ".join(person.name for person in people[:BOOSTERS_NAMED])
    more = len(people) - BOOSTERS_NAMED
    return f"{shown} and {more} more" if more > 0 else shown
