"""Whom the owner means by a name, among those an account has had to do with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import tzinfo

from msgspec import Struct

from tui_inbox.core.moment import Millis
from tui_inbox.core.tokens import fold
from tui_inbox.queries.accounts import viewers
from tui_inbox.queries.labels import labels
from tui_inbox.queries.lanes import placed
from tui_inbox.queries.post_rows import SOMEBODY
from tui_inbox.queries.rows import PersonLabel, Scope
from tui_inbox.queries.ties import circle
from tui_inbox.queries.words import local_zone, midnight
from tui_inbox.store import posts
from tui_inbox.store.database import Connection


class Known(Struct, frozen=True):
    """Somebody as one account knows them. `items`: their conversations in its Inbox."""

    account: int
    letters: str
    person: PersonLabel
    items: tuple[int, ...] = ()


def find(
    db: Connection, scope: Scope, name: str, *, now: Millis, zone: tzinfo | None = None
) -> tuple[Known, ...]:
    """Everybody whom a name may mean: those who are called so, else those whose name begins so.

    Args:
        name: a name or a handle, with or without its `@` and its server, in any case.
        zone: the owner's time zone, None for the machine's.
    """
    wanted = fold(name).strip().removeprefix("@")
    everybody = list(_everybody(db, scope, midnight(now, zone or local_zone(now))))
    exact = tuple(one for one in everybody if wanted in _names(one.person))
    return exact or tuple(
        one for one in everybody if any(own.startswith(wanted) for own in _names(one.person))
    )


def of_post(
    db: Connection, scope: Scope, post: int, *, now: Millis, zone: tzinfo | None = None
) -> tuple[Known, ...]:
    """The author of a post as each account knows them that has been shown it.

    Args:
        post: local id.
        zone: the owner's time zone, None for the machine's.

    Returns:
        Each with the conversations in its Inbox that wait because of this post.
    """
    shown = viewers(db, scope)
    today = midnight(now, zone or local_zone(now))
    items: dict[int, list[int]] = defaultdict(list)
    for row in placed(db, list(shown), closed_since=today):
        if row.item.post == post:
            items[row.item.account].append(row.item.id)
    found = []
    for account, eyes in shown.items():
        stored = posts.post(db, account, post)
        if stored is not None and posts.server_id(db, account, post) is not None:
            label = labels(db, account, [stored.author]).get(stored.author, SOMEBODY)
            found.append(Known(account, eyes.letters, label, tuple(items[account])))
    return tuple(found)


def _everybody(db: Connection, scope: Scope, today: Millis) -> Iterator[Known]:
    shown = viewers(db, scope)
    items: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row in placed(db, list(shown), closed_since=today):
        items[row.item.account, row.item.person].append(row.item.id)
    for account, eyes in shown.items():
        known = {*circle(db, account).ties, *(person for one, person in items if one == account)}
        for person, label in labels(db, account, known).items():
            yield Known(account, eyes.letters, label, tuple(items[account, person]))


def _names(person: PersonLabel) -> tuple[str, ...]:
    handle = fold(person.handle)
    return fold(person.name), handle, handle.partition("@")[0]
