"""Windows on what some people wrote, by whatever feed or thread it came: groups, and the links people point to.

A post's place is when it was written, and its local id, so that it never moves.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack, closing
from heapq import merge
from itertools import islice
from typing import TypeAlias

from msgspec import Struct

from tui_inbox.core.moment import Millis
from tui_inbox.core.reading import FilterContext
from tui_inbox.store.database import Connection
from tui_inbox.store.entries import EntryKey, StoredEntry
from tui_inbox.store.post_reading import posts_seen_by
from tui_inbox.store.post_rows import HIDDEN
from tui_inbox.store.rows import listed, scalar


class Gathered(Struct, frozen=True):
    """Whose posts are wanted, and who looks.

    Attributes:
        people: local ids of the authors.
        accounts: those that look, first choice first; what none of them was shown is left out, and what was
            written to a few people only.
        links: only posts that are the first of these people's to point to some address.
    """

    people: tuple[int, ...]
    accounts: tuple[int, ...]
    links: bool = False


_Place: TypeAlias = tuple[Millis, int]
_TOP: _Place = (2**62, 2**62)

_BELOW = ("<", "DESC")
_FROM = ("<=", "DESC")
_ABOVE = (">", "ASC")

_SEEN = f"""EXISTS (SELECT 1 FROM json_each(:accounts) acting
    CROSS JOIN post_views v ON v.account = acting.value AND v.post = {{post}} WHERE NOT {HIDDEN})"""  # noqa: S608  # constant texts
_WROTE = f"p.deleted_at IS NULL AND p.audience != 'direct' AND {_SEEN.format(post='p.id')}"
_POINTS_FIRST = f"""k.author IN (SELECT value FROM json_each(:people)) AND {_SEEN.format(post="k.post")}
    AND NOT EXISTS (SELECT 1 FROM pointers e WHERE e.address = k.address AND (e.at, e.post) < (k.at, k.post)
    AND e.author IN (SELECT value FROM json_each(:people)) AND {_SEEN.format(post="e.post")})"""  # noqa: S608  # constant texts


def window(
    db: Connection,
    what: Gathered,
    *,
    limit: int,
    older_than: EntryKey | None = None,
    newer_than: EntryKey | None = None,
    around: EntryKey | None = None,
) -> list[StoredEntry]:
    """A piece of it, newest first; see `entries.window`. Places count as arrivals by the posts' local ids."""
    if around is not None:
        above = _places(db, what, _ABOVE, _place(around), limit // 2)
        places = above + _places(db, what, _FROM, _place(around), limit - len(above))
    elif newer_than is not None:
        places = _places(db, what, _ABOVE, _place(newer_than), limit)
    else:
        places = _places(db, what, _BELOW, _place(older_than) if older_than else _TOP, limit)
    posts = posts_seen_by(db, what.accounts, [id for _, id in places])
    return [
        StoredEntry(
            seq=id,
            feed=0,
            filed_at=at,
            identity=f"{id:012}",
            entry_id="",
            post=post,
            boosters=(),
            account=post.account,
        )
        for at, id in places
        if (post := posts.get(id)) is not None and post.account is not None
    ]


def count_newer(db: Connection, what: Gathered, key: EntryKey, *, cap: int = 1000) -> int:
    """How many stand above a key; counting stops at `cap`."""
    return len(_places(db, what, _ABOVE, _place(key), cap))


def count_late(db: Connection, what: Gathered, *, after_seq: int, older_than: EntryKey) -> int:
    """How many arrived after `after_seq` and stand below a key."""
    # NOT INDEXED and the plus signs leave the number to go by: arrivals since a moment are few.
    sql = (
        "SELECT count(DISTINCT k.post) FROM pointers k "  # noqa: S608  # constant texts
        f"WHERE k.post > :after AND (+k.at, +k.post) < (:at, :id) AND {_POINTS_FIRST}"
        if what.links
        else "SELECT count(*) FROM posts p NOT INDEXED "  # noqa: S608  # constant texts
        f"WHERE p.id > :after AND (p.created_at, p.id) < (:at, :id) AND {_WROTE} "
        "AND p.author IN (SELECT value FROM json_each(:people))"
    )
    count: int = scalar(db, sql, {**_parameters(what, _place(older_than)), "after": after_seq})
    return count


def max_seq(db: Connection) -> int:
    """The number of the latest arrival: whatever is gathered later has a higher one."""
    latest: int | None = scalar(db, "SELECT max(id) FROM posts")
    return latest or 0


def pointing_too(
    db: Connection, what: Gathered, posts: Iterable[int]
) -> dict[int, tuple[int, ...]]:
    """Who of the people points to the same as each of some posts, its author aside, in the order in which they did."""
    rows = db.execute(
        "SELECT first.post, k.author FROM json_each(:posts) wanted "  # noqa: S608  # constant texts
        "CROSS JOIN pointers first ON first.post = wanted.value "
        "CROSS JOIN pointers k ON k.address = first.address AND k.author != first.author "
        f"WHERE k.author IN (SELECT value FROM json_each(:people)) AND {_SEEN.format(post='k.post')} "
        "ORDER BY first.post, k.at, k.post",
        {**_parameters(what, _TOP), "posts": listed(posts)},
    )
    found: dict[int, dict[int, None]] = {}
    for post, author in rows:
        found.setdefault(post, {})[author] = None
    return {post: tuple(authors) for post, authors in found.items()}


def _places(
    db: Connection, what: Gathered, part: tuple[str, str], place: _Place, limit: int
) -> list[_Place]:
    """The places of the wanted part, newest first."""
    sign, direction = part
    read = _first_pointers if what.links else _written
    found = read(db, what, sign, direction, place, limit)
    return found if direction == "DESC" else found[::-1]


def _written(
    db: Connection, what: Gathered, sign: str, direction: str, place: _Place, limit: int
) -> list[_Place]:
    """Places in a direction. Each author is read along the index, and no further than the pieces need it when they
    are laid together: SQLite would sort all that any of them ever wrote."""
    sql = (
        "SELECT created_at, id FROM posts "  # noqa: S608  # constant texts
        f"WHERE author = ? AND (created_at, id) {sign} (?, ?) ORDER BY created_at {direction}, id {direction}"
    )
    found: list[_Place] = []
    with ExitStack() as reading:
        pieces = [
            reading.enter_context(closing(db.execute(sql, (author, *place))))
            for author in what.people
        ]
        together = merge(*pieces, reverse=direction == "DESC")
        while len(found) < limit and (some := list(islice(together, limit))):
            shown = _shown(db, what, [id for _, id in some])
            found += [one for one in some if one[1] in shown]
    return found[:limit]


def _shown(db: Connection, what: Gathered, ids: Iterable[int]) -> set[int]:
    """Those of some posts that are to be shown."""
    rows = db.execute(
        "SELECT p.id FROM json_each(:ids) wanted CROSS JOIN posts p ON p.id = wanted.value "  # noqa: S608  # constant texts
        f"WHERE {_WROTE}",
        {**_parameters(what, _TOP), "ids": listed(ids)},
    )
    return {id for (id,) in rows}


def _first_pointers(
    db: Connection, what: Gathered, sign: str, direction: str, place: _Place, limit: int
) -> list[_Place]:
    return db.execute(
        "SELECT DISTINCT k.at, k.post FROM pointers k INDEXED BY pointers_in_order "  # noqa: S608  # constant texts
        f"WHERE (k.at, k.post) {sign} (:at, :id) AND {_POINTS_FIRST} "
        f"ORDER BY k.at {direction}, k.post {direction} LIMIT :limit",
        {**_parameters(what, place), "limit": limit},
    ).fetchall()


def _parameters(what: Gathered, place: _Place) -> dict[str, object]:
    at, id = place
    return {
        "accounts": listed(what.accounts),
        "people": listed(what.people),
        "context": FilterContext.HOME,
        "at": at,
        "id": id,
    }


def _place(key: EntryKey) -> _Place:
    """A key as a place. Holes have keys of their feeds, with a URI, which stands behind all numbers as texts do."""
    at, identity = key
    if identity.isascii() and identity.isdigit():
        return at, int(identity)
    return at, 2**62 if identity else 0
