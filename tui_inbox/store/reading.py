"""How each account reads: what it shows unasked, and its server's filters, laid over what is stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from tui_inbox.core.changes import Topic
from tui_inbox.core.post import FilterHit
from tui_inbox.core.reading import (
    Filter,
    Matcher,
    MediaShown,
    OwnChoice,
    Reading,
    base_language,
    matcher,
    searched,
)
from tui_inbox.store.accounts import PREFERENCES, get_state, put_state
from tui_inbox.store.database import Connection
from tui_inbox.store.post_rows import decode_extras, decode_hits, encode_hits
from tui_inbox.store.rows import encoded
from tui_inbox.store.store import Writing

OPENED = "warnings opened"
"""The name in an account's state under which stands whose warnings are opened: local ids of people."""
OWN_CHOICE = "own choice"
"""The name under which stands what the settings file said at the last start; see `core.reading.OwnChoice`."""
FILTERS = "filters"
"""The name under which stand the filters that were laid over all stored posts."""


_OWN_POSTS = 30
"""So many of the newest posts of each account tell what its owner writes in."""


class _Told(msgspec.Struct, frozen=True):
    """What is used here of `core.other_clients.Preferences`."""

    media: MediaShown = MediaShown.SAFE
    opens_warnings: bool = False


def reading(db: Connection, account: int) -> Reading:
    """What an account shows unasked. The settings file comes before what the server says."""
    told, own, people = _Told(), OwnChoice(), set[int]()
    for one, name, value in db.execute(
        "SELECT s.account, s.name, s.value FROM accounts c CROSS JOIN account_state s "
        "ON s.account = c.id AND s.name IN (?, ?, ?)",
        (PREFERENCES, OWN_CHOICE, OPENED),
    ):
        if name == OPENED:
            people.update(msgspec.json.decode(value, type=list[int]))
        elif one == account and name == OWN_CHOICE:
            own = msgspec.json.decode(value, type=OwnChoice)
        elif one == account:
            told = msgspec.json.decode(value, type=_Told)
    return Reading(
        opens_warnings=told.opens_warnings if own.warnings is None else own.warnings,
        media=told.media if own.media is None else own.media,
        people=frozenset(people),
        handles=frozenset(handle.lower() for handle in own.of),
        words=own.words,
        languages=frozenset(map(base_language, own.languages)) or _usual_languages(db),
    )


def _usual_languages(db: Connection) -> frozenset[str]:
    """What the owner posts in by any account: as its server says, and as the newest posts are."""
    tags = db.execute(
        "SELECT usual_language FROM accounts WHERE usual_language IS NOT NULL "
        "UNION SELECT p.language FROM accounts c CROSS JOIN posts p ON p.id IN ("
        "SELECT o.id FROM posts o WHERE o.author = c.person ORDER BY o.created_at DESC LIMIT ?) "
        "WHERE p.language IS NOT NULL",
        (_OWN_POSTS,),
    )
    return frozenset(base_language(tag) for (tag,) in tags)


def opened(db: Connection, account: int) -> tuple[int, ...]:
    """Whose warnings an account opens, by local id."""
    kept = get_state(db, account, OPENED)
    return () if kept is None else tuple(msgspec.json.decode(kept, type=list[int]))


def set_opened(w: Writing, account: int, person: int, is_opened: bool) -> None:
    """Open the warnings of somebody from now on, or fold them again."""
    others = [one for one in opened(w.db, account) if one != person]
    put_state(w, account, OPENED, encoded([*others, person] if is_opened else others))
    for (post,) in w.db.execute(
        "SELECT id FROM posts WHERE author = ? AND warning != ''", (person,)
    ).fetchall():
        w.changed(Topic.POST, post)


def put_own_choice(w: Writing, choice: OwnChoice) -> None:
    """Keep what the settings file says, for every account."""
    value = encoded(choice)
    for (account,) in w.db.execute("SELECT id FROM accounts").fetchall():
        if get_state(w.db, account, OWN_CHOICE) != value:
            put_state(w, account, OWN_CHOICE, value)
            looks_other(w, account)


def looks_other(w: Writing, account: int) -> None:
    """Tell the panes that any row of an account may look other than before, and stand where none stood."""
    w.changed(Topic.PEOPLE, account)
    w.changed(Topic.INBOX, account)


# Filters


def filters(db: Connection, account: int) -> tuple[Filter, ...] | None:
    """The filters that were laid over all stored posts; None before the server has told any."""
    kept = get_state(db, account, FILTERS)
    return None if kept is None else msgspec.json.decode(kept, type=tuple[Filter, ...])


def put_filters(w: Writing, account: int, laid: tuple[Filter, ...]) -> None:
    """Note that these filters were laid over all stored posts."""
    put_state(w, account, FILTERS, encoded(laid))
    looks_other(w, account)


def lay_filters(
    w: Writing,
    account: int,
    now_in_force: Iterable[Filter],
    *,
    known: Iterable[Filter] | None,
    older_than: int,
    limit: int,
) -> int | None:
    """Find anew which filters match some posts that are stored, as their server does for those it sends.

    What the server itself has found by a filter that looks for the same as before stays found.

    Args:
        known: the filters that were laid over them before, None where that is not known.
        older_than: only posts below this local id, the newest of them first.
        limit: how many at most.

    Returns:
        Below which post to go on, None at the end.
    """
    fresh = {one.id: one for one in now_in_force}
    before = None if known is None else {one.id: one for one in known}
    unchanged = {
        id: one for id, one in fresh.items() if before is None or one.finds_as(before.get(id))
    }
    matches = matcher(fresh.values())
    rows = w.db.execute(
        "SELECT v.post, v.server_id, v.filtered, p.text, p.warning, p.extras FROM post_views v "
        "CROSS JOIN posts p ON p.id = v.post WHERE v.account = ? AND v.post < ? "
        "ORDER BY v.post DESC LIMIT ?",
        (account, older_than, limit),
    ).fetchall()
    for post, server_id, filtered, *texts in rows:
        hits = _hits(matches, server_id, _searched(*texts), decode_hits(filtered), unchanged)
        if (column := encode_hits(hits)) != filtered:
            w.db.execute(
                "UPDATE post_views SET filtered = ? WHERE account = ? AND post = ?",
                (column, account, post),
            )
            w.changed(Topic.POST, post)
    return rows[-1][0] if len(rows) == limit else None


def _hits(
    matches: Matcher,
    server_id: str,
    text: str,
    told: Iterable[FilterHit],
    unchanged: Mapping[str, Filter],
) -> list[FilterHit]:
    """What matches here, and what the server found besides."""
    found = {hit.filter_id: hit for hit in matches(server_id, text)}
    for hit in told:
        kept = unchanged.get(hit.filter_id)
        if kept is not None and kept.id not in found:
            found[kept.id] = FilterHit(kept.title, kept.action, kept.contexts, kept.id)
    return list(found.values())


def _searched(text: str, warning: str, extras: str) -> str:
    """What a filter looks through, from columns of a post."""
    _, _, media, poll, _, _ = decode_extras(extras, "")
    options = [option.title for option in poll.options] if poll else []
    return searched(text, warning, options, [one.alt for one in media])
