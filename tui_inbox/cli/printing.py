"""Rows as plain lines of text. What comes from outside is clean already, so it can be printed as it is."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator

from tui_inbox.core.conversation import ItemState, Lane
from tui_inbox.core.mix import MEANING
from tui_inbox.core.moment import Millis, age
from tui_inbox.queries.as_json import rows_json
from tui_inbox.queries.mix import MixView
from tui_inbox.queries.overviews import WatchedCount
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
from tui_inbox.queries.words import without_address

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
    yield f"{_head(mark, post.at, now, post.letters)} {name}{to}{boosted} · post {post.id}"
    if post.folds_text:
        yield _folded(post)
        return
    yield from text_lines(without_address(post.text) if post.answers else post.text)
    for media in post.media:
        yield from text_lines(f"[{media.kind}: {media.alt or 'no description'}]")
    if post.poll:
        yield from text_lines(" · ".join(option.title for option in post.poll.options))
    if post.card and post.card.url not in post.text:
        yield from text_lines(f"{post.card.title} {post.card.url}")


def _folded(post: PostRow) -> str:
    """What stands in the place of a folded text."""
    why = f"warning: {post.warning}" if post.hidden is None else f"filtered: {post.hidden}"
    return f"{INDENT}[{why}; --json has the text]"


def _head(mark: str, at: Millis, now: Millis, letters: str) -> str:
    """How a row begins: its mark, its age, and the account's letters where several are shown."""
    return f"{mark} {age(at, now):>3}{f' {letters}' if letters else ''}"


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
            if row.also:
                also = ", ".join(person.name for person in row.also)
                yield from text_lines(f"{len(row.also) + 1} of your people, also {also}")
        else:
            yield f"  --- not fetched: {age(row.lower_at, row.upper_at)} of posts ---"
        yield ""


def item_lines(item: ItemRow, now: Millis) -> Iterator[str]:
    """One conversation of the inbox."""
    mark = {ItemState.NEW: "*", ItemState.SEEN: "o"}.get(item.state, " ")
    word = "asks" if item.asks else item.opening or item.wakes
    reason = f" · {item.reason}" if item.reason else ""
    number = f" · post {item.post.id}" if item.post else ""
    head = _head(mark, item.at, now, item.letters)
    yield f"{head} {item.person.name} {word}{reason}{number}"
    if item.post and item.lane is not Lane.DONE:
        folded = item.post.folds_text
        yield from [_folded(item.post)] if folded else text_lines(without_address(item.post.text))


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
        if hit.copies:
            names = ", ".join(person.name for person in hit.also) or hit.post.author.name
            yield f"{INDENT}the same from {names}"
        if hit.answers:
            yield f"{INDENT}{hit.answers}"
        yield ""


def search_lines(searches: tuple[SearchRows, ...], now: Millis) -> Iterator[str]:
    """Every standing search with its newest hits."""
    for search in searches:
        letters = f"{search.letters} · " if search.letters else ""
        yield f"{search.title} · {letters}{search.unread} new · {search.coverage}"
        yield from hit_lines(search.hits, now)


def mix_lines(view: MixView) -> Iterator[str]:
    """How one's own posts are spread, time by time."""
    for period in view.periods:
        yield f"{period.days} days · {period.posts} posts"
        for share in period.shares:
            wish = f" · you would like {share.target} %" if share.target else ""
            yield f"  {share.posts:4} {share.percent:4} %  {share.kind}, {MEANING[share.kind]}{wish}"
        yield ""


def watched_lines(count: WatchedCount) -> Iterator[str]:
    """What is watched, in a line; nothing where nothing is."""
    if count.threads or count.new:
        new = f", {count.new} new in {count.with_new} of them" if count.new else ", nothing new"
        yield f"Watched threads · {count.threads}{new}"
        yield ""


def people_lines(view: PeopleView) -> Iterator[str]:
    """People, section by section, with the reason for each."""
    if not view.sections:
        yield "Nobody yet: people appear here as you talk with them."
    for section, rows in view.sections:
        yield f"{section} · {len(rows)}"
        for row in rows:
            letters = f"{row.letters} " if row.letters else ""
            yield f"  {letters}{row.person.name} @{row.person.handle}  {row.reason}"
            if row.detail:
                yield f"     {row.detail}"
        yield ""
