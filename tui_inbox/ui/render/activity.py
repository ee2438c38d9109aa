"""Rows of the activity list: what happened quietly, days under headings, like things in one row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import TypeAlias

from msgspec import Struct
from textual.strip import Strip

from tui_inbox.core.events import NoticeKind
from tui_inbox.core.moment import Millis
from tui_inbox.queries import words
from tui_inbox.queries.overviews import ActivityRow
from tui_inbox.queries.rows import PersonLabel
from tui_inbox.ui.render.body import one_paragraph
from tui_inbox.ui.render.cells import Brush, Drawing, Part
from tui_inbox.ui.render.paragraph import heading, paragraph
from tui_inbox.ui.widgets import Row

NAMED = 3
"""Names in a row of many; the others are counted."""

_OF_POSTS = frozenset({NoticeKind.FAVOURITE, NoticeKind.BOOST})
_OF_PEOPLE = frozenset({NoticeKind.FOLLOW, NoticeKind.FOLLOW_REQUEST})

_OF_MANY = {
    NoticeKind.FAVOURITE: "like your post",
    NoticeKind.BOOST: "boosted your post",
    NoticeKind.FOLLOW: "follow you",
    NoticeKind.FOLLOW_REQUEST: "ask to follow you",
}


class Group(Struct, frozen=True):
    """News of one kind about one thing on one day, newest first."""

    rows: tuple[ActivityRow, ...]

    @property
    def newest(self) -> ActivityRow:
        """The row whose time it has."""
        return self.rows[0]

    @property
    def people(self) -> tuple[PersonLabel, ...]:
        """Who did it, each once."""
        return tuple(dict.fromkeys(row.person for row in self.rows if row.person is not None))


class DayHead(Struct, frozen=True):
    """The heading of a day."""

    words: str
    first: bool


ActivityData: TypeAlias = DayHead | Group


def grouped(
    rows: Sequence[ActivityRow], now: Millis, zone: tzinfo | None = None
) -> Iterator[tuple[str, list[Group]]]:
    """News by day, with like things together: boosts of one post, follows of one account.

    Args:
        rows: the news, newest first.
        now: the moment from which "today" is counted.
        zone: the owner's time zone, None for the machine's.
    """
    zone = zone or words.local_zone(now)
    days: dict[str, dict[tuple[object, ...], list[ActivityRow]]] = {}
    for place, row in enumerate(rows):
        day = days.setdefault(words.day(row.at, now, zone), {})
        if row.kind in _OF_POSTS and row.post is not None:
            thing: tuple[object, ...] = (row.account, row.kind, row.post.id)
        elif row.kind in _OF_PEOPLE:
            thing = (row.account, row.kind)
        else:
            thing = (place,)
        day.setdefault(thing, []).append(row)
    for day_words, things in days.items():
        yield (
            day_words[0].upper() + day_words[1:],
            [Group(tuple(of_one)) for of_one in things.values()],
        )


class ActivityRenderer:
    """Draws the rows of the activity list.

    Args:
        drawing: colours, signs and the clock.
    """

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing

    def render(
        self, row: Row[ActivityData], width: int, *, selected: bool, focused: bool
    ) -> list[Strip]:
        """The lines of a row."""
        brush = self._drawing.on(selected=selected, focused=focused)
        if isinstance(row.data, DayHead):
            return heading(brush, row.data.words, width, first=row.data.first)
        group = row.data
        lines = [self._head(brush, group, width)]
        if (quote := quoted(group)) and (selected or not self._drawing.dense):
            lines += paragraph(
                brush,
                quote,
                brush.palette.dim,
                indent=self._drawing.text_at,
                width=width,
                most=3 if selected else 1,
            )
        return lines

    def estimate(self, row: Row[ActivityData], width: int) -> int:
        """About how many lines a row takes."""
        if isinstance(row.data, DayHead):
            return 1 if row.data.first or self._drawing.dense else 2
        return 2 if row.data.newest.post is not None and not self._drawing.dense else 1

    def _head(self, brush: Brush, group: Group, width: int) -> Strip:
        style = brush.palette
        parts: list[Part] = []
        for place, person in enumerate(group.people[:NAMED]):
            parts += [(", ", style.dim)] if place else []
            parts.append((person.name, style.partner if person.partner else style.name))
        if (more := len(group.people) - NAMED) > 0:
            parts.append((f" and {more} more", style.dim))
        parts.append((f" {happened(group)}" if parts else happened(group), style.dim))
        return brush.head(
            mark=" ",
            mark_style=style.dim,
            at=group.newest.at,
            letters=group.newest.letters,
            parts=parts,
            width=width,
        )


def happened(group: Group) -> str:
    """What they did, in words."""
    newest = group.newest
    return _OF_MANY.get(newest.kind, newest.words) if len(group.people) > 1 else newest.words


def quoted(group: Group) -> str:
    """The post it is about, in one line; empty where there is none."""
    post = group.newest.post
    said = "" if post is None else one_paragraph(post)
    return f"“{said}”" if said else ""
