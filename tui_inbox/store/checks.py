"""What was found out about strangers, who is worth asking about, and what the store itself knows of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct, json

from tui_inbox.core.changes import Topic
from tui_inbox.core.conversation import Opening
from tui_inbox.core.findings import Check, Friend, Known, Quoted, ToYou
from tui_inbox.core.interaction import InteractionKind
from tui_inbox.core.moment import Millis
from tui_inbox.core.same_text import gist
from tui_inbox.core.stranger import links_of
from tui_inbox.store.batches import UNDECIDED
from tui_inbox.store.database import Connection
from tui_inbox.store.post_reading import posts
from tui_inbox.store.post_rows import VISIBLE
from tui_inbox.store.rows import encoded, listed, scalar
from tui_inbox.store.store import Writing

_TALK = listed(kind for kind in InteractionKind if kind.is_talk)
_MOST_POSTS = 3
"""Posts of one friend that are kept as evidence."""


class StoredCheck(Struct, frozen=True):
    """A check with the posts behind it, and when it was made."""

    at: Millis
    found: Check
    quoted: tuple[Quoted, ...]


class Due(Struct, frozen=True):
    """Somebody worth asking about.

    Attributes:
        gist: what they wrote to the owner last, whomever it names; empty where that is not stored.
    """

    person: int
    server_id: str
    gist: str = ""


def put_check(
    w: Writing,
    account: int,
    person: int,
    found: Check,
    quoted: Sequence[Quoted],
    *,
    at: Millis,
    due_at: Millis,
    said: str = "",
) -> None:
    """Keep what was found out about somebody, in the place of what was known before.

    Args:
        due_at: when it is worth asking again.
        said: `Due.gist`.
    """
    w.db.execute(
        "INSERT OR REPLACE INTO checks (account, person, at, due_at, gist, verdict, found, quoted) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (account, person, at, due_at, said, found.verdict, encoded(found), encoded(quoted)),
    )
    w.changed(Topic.INBOX, account)
    w.changed(Topic.PEOPLE, account)


def put_off(w: Writing, account: int, person: int, due_at: Millis) -> bool:
    """Ask about somebody again at a moment; False where nothing was found out about them yet."""
    return bool(
        w.db.execute(
            "UPDATE checks SET due_at = ? WHERE account = ? AND person = ?",
            (due_at, account, person),
        ).rowcount
    )


def check_of(db: Connection, account: int, person: int) -> StoredCheck | None:
    """What was found out about somebody, or None."""
    row = db.execute(
        "SELECT at, found, quoted FROM checks WHERE account = ? AND person = ?", (account, person)
    ).fetchone()
    if row is None:
        return None
    at, found, quoted = row
    return StoredCheck(
        at,
        json.decode(found, type=Check),
        json.decode(quoted, type=tuple[Quoted, ...]),
    )


def due(db: Connection, account: int, now: Millis) -> list[Due]:
    """Who is worth asking about, the first first: who wrote to the owner and is nobody known, those before all
    whom nothing speaks for yet, the latest first; then who waits at the door. Whom the owner has linked is known.

    Somebody who was asked about is asked about again when that is due, or when they have written something else.
    """
    rows = db.execute(
        "SELECT i.person, v.server_id, i.answers_me, p.text, c.due_at, c.gist, c.at, i.since "
        "FROM items i JOIN accounts a ON a.id = i.account "
        "JOIN person_views v ON v.account = i.account AND v.person = i.person "
        "LEFT JOIN posts p ON p.id = i.post "
        "LEFT JOIN checks c ON c.account = i.account AND c.person = i.person "
        "WHERE i.account = :account AND i.state IN ('new', 'seen') AND i.turn = 'mine' AND NOT i.let_in "
        "AND v.checked_at IS NOT NULL AND v.server_id != '' "
        "AND NOT (v.accepted OR v.following OR v.muting OR v.blocking) "
        "AND NOT EXISTS (SELECT 1 FROM aliases s WHERE (s.person = i.person OR s.other = i.person) "
        "AND NOT s.parted AND s.moved IS NULL) "
        "AND NOT EXISTS (SELECT 1 FROM interactions t WHERE t.account = i.account AND t.actor = a.person "
        "AND t.target = i.person AND NOT t.retracted AND t.kind IN (SELECT value FROM json_each(:talk))) "
        "ORDER BY i.answers_me, i.since DESC, i.id DESC",
        {"account": account, "talk": _TALK},
    )
    found: dict[int, Due] = {}
    for person, server_id, _, text, due_at, before, at, since in rows:
        said = gist(text or "")
        is_new = due_at is None or due_at <= now or (since > at and said != before)
        if is_new:
            found.setdefault(person, Due(person, server_id, said))
    waiting = db.execute(
        "SELECT q.person, v.server_id, q.text, c.due_at "  # noqa: S608  # constant text
        f"FROM (SELECT d.account, d.kind, d.place, d.person, d.text FROM {UNDECIDED}) q "
        "JOIN person_views v ON v.account = q.account AND v.person = q.person "
        "LEFT JOIN checks c ON c.account = q.account AND c.person = q.person "
        "ORDER BY q.kind = 'follow', q.place",
        {"accounts": listed([account])},
    )
    for person, server_id, text, due_at in waiting:
        if server_id and (due_at is None or due_at <= now):
            found.setdefault(person, Due(person, server_id, gist(text)))
    return list(found.values())


def one_due(db: Connection, account: int, person: int) -> Due | None:
    """Somebody as `due` would name them, due or not; None where the account's server does not know them."""
    server_id = scalar(
        db,
        "SELECT server_id FROM person_views WHERE account = ? AND person = ?",
        (account, person),
    )
    if not server_id:
        return None
    text = scalar(
        db,
        "SELECT p.text FROM items i JOIN posts p ON p.id = i.post WHERE i.account = ? AND i.person = ? "
        "ORDER BY i.since DESC LIMIT 1",
        (account, person),
    )
    return Due(person, server_id, gist(text or ""))


def known(db: Connection, account: int, person: int, parents: Iterable[str]) -> Known:
    """What the store knows of somebody before their posts are looked at.

    Args:
        parents: ids on the account's server of what their posts answer.
    """
    owner: int = scalar(db, "SELECT person FROM accounts WHERE id = ?", (account,))
    return Known(
        friends=_friends(db, account, owner, person),
        to_them=_written_to(db, account, person, parents),
        to_you=_to_you(db, account, owner, person),
        talked=_has_written(db, account, owner, person),
    )


def _has_written(db: Connection, account: int, actor: int, target: int) -> bool:
    return bool(
        scalar(
            db,
            "SELECT EXISTS (SELECT 1 FROM interactions WHERE account = ? AND actor = ? AND target = ? "
            "AND NOT retracted AND kind IN (SELECT value FROM json_each(?)))",
            (account, actor, target, _TALK),
        )
    )


_TO_THEM = (
    "SELECT m.post FROM mentions m WHERE m.person = :person UNION "
    "SELECT p.id FROM posts q JOIN posts p ON p.parent = q.id WHERE q.author = :person"
)
"""Posts that name somebody, or answer them."""


_HAS_WRITTEN = (
    "EXISTS (SELECT 1 FROM interactions t WHERE t.account = :account AND t.actor = {} AND t.target = {} "
    "AND NOT t.retracted AND t.kind IN (SELECT value FROM json_each(:talk)))"
)
_BOTH_WROTE = (
    f"{_HAS_WRITTEN.format(':owner', 'p.author')} AND {_HAS_WRITTEN.format('p.author', ':owner')}"
)


def _friends(db: Connection, account: int, owner: int, person: int) -> tuple[Friend, ...]:
    """People with whom text has gone both ways, who wrote to somebody in posts that are stored."""
    rows = db.execute(
        f"SELECT p.author, w.name, w.uri, ifnull(s.server_id, ''), p.uri FROM ({_TO_THEM}) t "  # noqa: S608  # constants
        "JOIN posts p ON p.id = t.post AND p.deleted_at IS NULL AND p.author NOT IN (:owner, :person) "
        "LEFT JOIN post_views v ON v.account = :account AND v.post = p.id "
        "JOIN people w ON w.id = p.author "
        "LEFT JOIN person_views s ON s.account = :account AND s.person = p.author "
        f"WHERE {VISIBLE} AND {_BOTH_WROTE} ORDER BY p.author, p.created_at DESC, p.id DESC",
        {"account": account, "owner": owner, "person": person, "talk": _TALK},
    )
    found: dict[int, Friend] = {}
    for author, name, uri, server_id, post in rows:
        before = found[author].posts if author in found else ()
        if len(before) < _MOST_POSTS:
            found[author] = Friend(name, server_id, uri, (*before, post))
    return tuple(found.values())


def _written_to(
    db: Connection, account: int, person: int, parents: Iterable[str]
) -> frozenset[str]:
    rows = db.execute(
        "SELECT v.server_id FROM post_views v JOIN posts p ON p.id = v.post AND p.author != :person "
        "WHERE v.account = :account AND v.server_id IN (SELECT value FROM json_each(:parents)) AND ("
        "EXISTS (SELECT 1 FROM mentions m WHERE m.post = p.id AND m.person = :person) "
        "OR EXISTS (SELECT 1 FROM posts q WHERE q.id = p.parent AND q.author = :person))",
        {"account": account, "person": person, "parents": listed(parents)},
    )
    return frozenset(server_id for (server_id,) in rows)


def _to_you(db: Connection, account: int, owner: int, person: int) -> ToYou | None:
    row = db.execute(
        "SELECT i.opening, i.asks, p.uri, q.created_at FROM items i LEFT JOIN posts p ON p.id = i.post "
        "LEFT JOIN posts q ON q.id = p.parent AND q.author = :owner "
        "WHERE i.account = :account AND i.person = :person AND i.turn = 'mine' AND i.opening IS NOT NULL "
        "ORDER BY i.since DESC LIMIT 1",
        {"account": account, "owner": owner, "person": person},
    ).fetchone()
    if row is None:
        return None
    opening, asks, uri, answered_at = row
    return ToYou(Opening(opening), bool(asks), answered_at, (uri,) if uri else ())


def quoted(db: Connection, account: int, uris: Iterable[str]) -> list[Quoted]:
    """Stored posts that stand behind a finding, as the account may see them."""
    network: str = scalar(db, "SELECT network FROM accounts WHERE id = ?", (account,))
    rows = db.execute(
        "SELECT id FROM posts WHERE network = ? AND uri IN (SELECT value FROM json_each(?))",
        (network, listed(uris)),
    )
    return [
        Quoted(
            uri=stored.post.ref.uri,
            server_id=stored.view.server_id if stored.view else "",
            at=stored.post.created_at,
            text=stored.post.warning or stored.post.text,
            author=stored.post.author.name,
            links=tuple(links_of(stored.post)),
            url=stored.post.url,
        )
        for stored in posts(db, account, [id for (id,) in rows]).values()
        if not stored.deleted
    ]
