"""What commands act on: something that was read or listed, and the list that numbers name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from tui_inbox.queries.overviews import DraftRow, OutboxItem
from tui_inbox.queries.rows import (
    GapRow,
    HitRow,
    ItemRow,
    PersonLabel,
    PostRow,
    SearchRows,
)


class Thing(Struct, frozen=True):
    """One thing, as one account has it.

    Attributes:
        account: local id of the account that acts on it.
        post: the post that is answered, liked or voted in; None where there is none.
        person: whom it is about.
        item: its conversation in the Inbox; `hit`, `search`, `draft`, `outgoing`, `gap`: what else it may be.
        note: why a person is listed.
    """

    account: int
    post: PostRow | None = None
    person: PersonLabel | None = None
    item: ItemRow | None = None
    hit: HitRow | None = None
    search: SearchRows | None = None
    draft: DraftRow | None = None
    outgoing: OutboxItem | None = None
    gap: GapRow | None = None
    note: str = ""


def of_item(item: ItemRow) -> Thing:
    """A conversation."""
    return Thing(item.account, post=item.post, person=item.person, item=item)


def of_post(post: PostRow, hit: HitRow | None = None) -> Thing:
    """A post, or a hit of a search."""
    return Thing(post.account, post=post, person=post.author, hit=hit)


class Listed(Struct, frozen=True):
    """A thing in a list, and the line that says it, but for its number: `line(3)`."""

    thing: Thing
    line: Callable[[int], str]


class Listing:
    """The last list: its entries are named by numbers from 1 on, and `more` says those that were not said.

    Args:
        entries: what is in it so far.
        older: brings what comes after them; None where that is all.
    """

    def __init__(
        self,
        entries: Sequence[Listed] = (),
        older: Callable[[], Sequence[Listed]] | None = None,
    ) -> None:
        self._entries = list(entries)
        self._older = older
        self._said = 0

    def named(self, number: int) -> Thing | None:
        """The thing of a number, whether it was said or not; None for no such."""
        return self._entries[number - 1].thing if 1 <= number <= len(self._entries) else None

    def next(self, count: int) -> list[str]:
        """The next lines, at most so many."""
        if self._said == len(self._entries) and self._older is not None:
            found = self._older()
            self._entries += found
            self._older = self._older if found else None
        end = min(self._said + count, len(self._entries))
        lines = [
            entry.line(number)
            for number, entry in enumerate(self._entries[self._said : end], self._said + 1)
        ]
        self._said = end
        return lines

    @property
    def has_more(self) -> bool:
        """Whether something may be left to be said."""
        return self._said < len(self._entries) or self._older is not None

    @property
    def left(self) -> int | None:
        """How many are left; None where nobody knows."""
        return None if self._older is not None else len(self._entries) - self._said
