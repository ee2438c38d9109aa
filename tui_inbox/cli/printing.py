"""Rows as plain lines of text. What comes from outside is clean already, so it can be printed as it is."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator

from tui_inbox.core.conversation import ItemState, Lane
from tui_inbox.core.moment import Millis, age
from tui_inbox.queries.as_json import rows_json
from tui_inbox.queries.rows import (
    EntryRow,
    HitRow,
    InboxView,
    ItemRow,
    PeopleView,
    PostRow,
    SearchRows,
    TimelineRow,
)

WIDTH = 78
INDENT = " " * 9


def print_json(value: object) -> None:
    """Print rows as one JSON value."""
    print(json.dumps(rows_json(value), ensure_ascii=False, indent=1))


def print_lines(lines: Iterator[str]) -> None:
    """Print line after line."""
    for line in lines:
        print(line)


def post_lines(post: PostRow, now: Millis, *, mark: str = " ") -> Iterator[str]:
    """A post: who and when, then its text, a warning instead of it, and what hangs on it."""
    to = f" · in answer to {post.answers.name}" if post.answers else ""
    by = ", ".join(person.name for person in post.boosters)
    boosted = f" · boosted by {by}" if by else ""
    name = f"{post.author.name} @{post.author.handle}"
    yield f"{mark} {age(post.at, now):>3} {post.letters} {name}{to}{boosted}"
    if post.warning:
        yield f"{INDENT}[warning: {post.warning}; --json has the text]"
        return
    yield from text_lines(post.text)
    for media in post.media:
        yield from text_lines(f"[{media.kind}: {media.alt or 'no description'}]")
    if post.poll:
        yield from text_lines(" · ".join(option.title for option in post.poll.options))
    if post.card and post.card.url not in post.text:
        yield from text_lines(f"{post.card.title} {post.card.url}")


def text_lines(text: str) -> Iterator[str]:
    """A text, indented and wrapped."""
    for paragraph in text.splitlines():
        yield from textwrap.wrap(
            paragraph, WIDTH, initial_indent=INDENT, subsequent_indent=INDENT
        ) or [""]


def timeline_lines(rows: tuple[TimelineRow, ...], now: Millis) -> Iterator[str]:
    """A piece of the timeline, newest first, with its holes."""
    for row in rows:
        if isinstance(row, EntryRow):
            mark = "*" if row.post.author.partner else " "
            yield from post_lines(row.post, now, mark=mark)
        else:
            yield f"  --- not fetched: {age(row.lower_at, row.upper_at)} of posts ---"
        yield ""


def item_lines(item: ItemRow, now: Millis) -> Iterator[str]:
    """One conversation of the inbox."""
    mark = {ItemState.NEW: "*", ItemState.SEEN: "o"}.get(item.state, " ")
    word = "asks" if item.asks else item.opening or item.wakes
    reason = f" · {item.reason}" if item.reason else ""
    number = f" · post {item.post.id}" if item.post else ""
    yield f"{mark} {age(item.at, now):>3} {item.letters} {item.person.name} {word}{reason}{number}"
    if item.post and item.lane is not Lane.DONE:
        yield from text_lines(item.post.text)


def inbox_lines(view: InboxView, now: Millis) -> Iterator[str]:
    """The inbox, lane by lane."""
    if not view.lanes:
        yield "Nobody waits for you."
    for lane in view.lanes:
        people = f", of which {lane.people} look like people" if lane.people else ""
        yield f"{lane.lane} · {len(lane.rows)}{people}"
        for item in lane.rows:
            yield from item_lines(item, now)
        yield ""


def hit_lines(hits: tuple[HitRow, ...], now: Millis) -> Iterator[str]:
    """What a search found."""
    for hit in hits:
        mark = "*" if hit.state is ItemState.NEW else " "
        yield from post_lines(hit.post, now, mark=mark)
        if hit.answers:
            yield f"{INDENT}{hit.answers}"
        yield ""


def search_lines(searches: tuple[SearchRows, ...], now: Millis) -> Iterator[str]:
    """Every standing search with its newest hits."""
    for search in searches:
        letters = f"{search.letters} · " if search.letters else ""
        yield f"{search.query} · {letters}{search.unread} new · {search.coverage}"
        yield from hit_lines(search.hits, now)


def people_lines(view: PeopleView) -> Iterator[str]:
    """People, section by section, with the reason for each."""
    if not view.sections:
        yield "Nobody yet: people appear here as you talk with them."
    for section, rows in view.sections:
        yield f"{section} · {len(rows)}"
        for row in rows:
            yield f"  {row.letters} {row.person.name} @{row.person.handle}  {row.reason}"
            if row.detail:
                yield f"     {row.detail}"
        yield ""
