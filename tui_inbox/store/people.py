"""People: who they are, and what each account knows of them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from msgspec import Struct, json
from msgspec.structs import replace

from tui_inbox.core.changes import Topic
from tui_inbox.core.moment import Millis
from tui_inbox.core.person import Person, PersonRef, ProfileField, Relationship
from tui_inbox.core.post import Mention
from tui_inbox.core.tokens import fold, tokens
from tui_inbox.store.database import Connection
from tui_inbox.store.identities import link
from tui_inbox.store.rows import encoded, inserted, listed, scalar
from tui_inbox.store.store import Writing


class PersonView(Struct, frozen=True):
    """What one account knows of a person and decided about them.

    Attributes:
        server_id: the id by which the account asks its server for them.
        accepted: let in by the owner.
        note: the owner's private note.
        checked_at: when the relationship was last read from the server; None before.
    """

    account: int
    person: int
    server_id: str
    following: bool = False
    followed_by: bool = False
    requested: bool = False
    blocking: bool = False
    muting: bool = False
    note: str = ""
    accepted: bool = False
    pinned: bool = False
    checked_at: Millis | None = None


PERSON_COLUMNS = """a.network, a.uri, a.handle, a.name, a.url, a.bio, a.fields, a.bot, a.locked, a.has_picture,
    a.created_at"""
"""The columns of `people AS a` that `person_from` reads, in its order."""


@lru_cache(maxsize=512)
def person_from(columns: tuple[Any, ...], server_id: str) -> Person:
    """A person from the values of `PERSON_COLUMNS`. Kept: few people write most of what a window shows."""
    network, uri, handle, name, url, bio, fields, bot, locked, has_picture, created_at = columns
    return Person(
        ref=PersonRef(network, uri),
        server_id=server_id,
        handle=handle,
        name=name,
        url=url,
        bio=bio,
        fields=() if fields == "[]" else _fields(fields),
        bot=bool(bot),
        locked=bool(locked),
        has_picture=bool(has_picture),
        created_at=created_at,
    )


def _fields(text: str) -> tuple[ProfileField, ...]:
    return tuple(
        ProfileField(label, words, bool(verified)) for label, words, verified in json.decode(text)
    )


def put_person(w: Writing, account: int, person: Person) -> int:
    """Keep what a server says of somebody, and the id by which this account's server knows them.

    Lists of posts on some networks leave the bio, the fields, the link or the age out, so an empty one does
    not replace one that is known.

    Returns:
        The local id of the person.
    """
    known = w.people.find(account, person)
    if known is None:
        known = _put_person(w, account, person)
        w.people.note(account, person, known)
    return known


def _put_person(w: Writing, account: int, person: Person) -> int:
    row = w.db.execute(
        f"SELECT a.id, v.server_id, {PERSON_COLUMNS} FROM people a "  # noqa: S608  # constant columns
        "LEFT JOIN person_views v ON v.account = ? AND v.person = a.id "
        "WHERE a.network = ? AND a.uri = ?",
        (account, person.ref.network, person.ref.uri),
    ).fetchone()
    known: int
    if row is None:
        known, server_id = _insert(w.db, person), None
    else:
        known, server_id = row[0], row[1]
        if _update(w.db, known, row[4:], person):
            w.changed(Topic.PEOPLE, account)
    if server_id != person.server_id:
        _put_server_id(w.db, account, known, person.server_id)
    _put_picture(w.db, known, person)
    if person.moved_to is not None:
        link(w, known, put_person(w, account, person.moved_to), moved=known)
    return known


def _put_picture(db: Connection, known: int, person: Person) -> None:
    """Keep where somebody's picture lies, and forget it when they have none any more."""
    if person.picture is not None:
        db.execute(
            "INSERT INTO person_pictures (person, address) VALUES (?, ?) "
            "ON CONFLICT (person) DO UPDATE SET address = excluded.address "
            "WHERE address != excluded.address",
            (known, person.picture),
        )
    elif not person.has_picture:
        db.execute("DELETE FROM person_pictures WHERE person = ?", (known,))


def put_identity(db: Connection, person: Person) -> int:
    """The local id of somebody, given out if need be; what is known of them stays as it is."""
    found = find_by_ref(db, person.ref)
    return _insert(db, person) if found is None else found


def put_outsider(w: Writing, person: Person) -> int:
    """The local id of somebody whom no account's server has told of; what one has told of them stays as it is."""
    row = w.db.execute(
        f"SELECT a.id, EXISTS (SELECT 1 FROM person_views v WHERE v.person = a.id AND v.server_id != ''), "  # noqa: S608  # constant columns
        f"{PERSON_COLUMNS} FROM people a WHERE a.network = ? AND a.uri = ?",
        (person.ref.network, person.ref.uri),
    ).fetchone()
    if row is None:
        return _insert(w.db, person)
    known: int = row[0]
    if not row[1] and person.name:
        _update(w.db, known, row[4:], person)
    return known


def put_mentioned(w: Writing, account: int, mention: Mention) -> int:
    """The local id of somebody named in a post. Of people not seen before only the handle is known."""
    row = w.db.execute(
        "SELECT a.id, v.server_id FROM people a "
        "LEFT JOIN person_views v ON v.account = ? AND v.person = a.id "
        "WHERE a.network = ? AND a.uri = ?",
        (account, mention.person.network, mention.person.uri),
    ).fetchone()
    if row is None:
        name = mention.handle.partition("@")[0]
        known = _insert(w.db, Person(mention.person, mention.server_id, mention.handle, name))
        server_id = ""
    else:
        known, server_id = row
    if not server_id:
        _put_server_id(w.db, account, known, mention.server_id)
    return int(known)


@lru_cache(maxsize=512)
def _encoded_fields(fields: tuple[ProfileField, ...]) -> str:
    """Fields as JSON. Kept for the authors seen last: every post is compared with what is known of its author."""
    return encoded([[field.label, field.text, field.verified] for field in fields])


def _columns(person: Person) -> tuple[object, ...]:
    return (
        person.handle,
        person.name,
        person.url,
        person.bio,
        _encoded_fields(person.fields) if person.fields else "[]",
        person.bot,
        person.locked,
        person.has_picture,
        person.created_at,
    )


def _insert(db: Connection, person: Person) -> int:
    return inserted(
        db,
        "INSERT INTO people (network, uri, handle, name, url, bio, fields, bot, locked, has_picture, "
        "created_at, folded) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            person.ref.network,
            person.ref.uri,
            *_columns(person),
            _folded(person.handle, person.name),
        ),
    )


def _folded(handle: str, name: str) -> str:
    return " ".join([fold(handle), *tokens(name)])


def _update(db: Connection, known: int, old: tuple[object, ...], person: Person) -> bool:
    """Keep what is newly told of somebody; whether anything is."""
    new = _columns(person)
    if new == old:
        return False
    handle, name, url, bio, fields, bot, locked, has_picture, created_at = new
    _, _, old_url, old_bio, old_fields, _, _, _, old_created_at = old
    merged = (
        handle,
        name,
        url or old_url,
        bio or old_bio,
        old_fields if fields == "[]" else fields,
        bot,
        locked,
        has_picture,
        old_created_at if created_at is None else created_at,
    )
    if merged == old:
        return False
    db.execute(
        "UPDATE people SET handle = ?, name = ?, url = ?, bio = ?, fields = ?, bot = ?, locked = ?, "
        "has_picture = ?, created_at = ?, folded = ? WHERE id = ?",
        (*merged, _folded(person.handle, person.name), known),
    )
    return True


def _put_server_id(db: Connection, account: int, person: int, server_id: str) -> None:
    db.execute(
        "INSERT INTO person_views (account, person, server_id) VALUES (?, ?, ?) "
        "ON CONFLICT (account, person) DO UPDATE SET server_id = excluded.server_id",
        (account, person, server_id),
    )


def person(db: Connection, id: int) -> Person | None:
    """Somebody by local id, with their picture; `server_id` is that of any account that knows one, else empty."""
    row = db.execute(
        f"SELECT {PERSON_COLUMNS}, "  # noqa: S608  # constant columns
        "(SELECT v.server_id FROM accounts c CROSS JOIN person_views v ON v.account = c.id "
        "AND v.person = a.id AND v.server_id != '' ORDER BY c.id LIMIT 1), "
        "(SELECT address FROM person_pictures WHERE person = a.id) "
        "FROM people a WHERE a.id = ?",
        (id,),
    ).fetchone()
    if row is None:
        return None
    *columns, server_id, picture = row
    known = person_from(tuple(columns), server_id or "")
    return known if picture is None else replace(known, picture=picture)


def profiles(db: Connection, ids: Iterable[int]) -> dict[int, Person]:
    """What is known of people, by local id; unknown ids are left out, and so are servers' ids of them."""
    rows = db.execute(
        f"SELECT a.id, {PERSON_COLUMNS} FROM people a "  # noqa: S608  # constant columns
        "WHERE a.id IN (SELECT value FROM json_each(?))",
        (listed(ids),),
    )
    return {row[0]: person_from(row[1:], "") for row in rows}


def find_by_server_id(db: Connection, account: int, server_id: str) -> int | None:
    """Whom this account's server means by an id."""
    found: int | None = scalar(
        db,
        "SELECT person FROM person_views WHERE account = ? AND server_id = ?",
        (account, server_id),
    )
    return found


def find_by_ref(db: Connection, ref: PersonRef) -> int | None:
    """Somebody by what they are for ever."""
    found: int | None = scalar(
        db, "SELECT id FROM people WHERE network = ? AND uri = ?", (ref.network, ref.uri)
    )
    return found


def find_by_handle(db: Connection, handle: str) -> int | None:
    """Somebody by the full address, in any case; the one known longest where several networks have it."""
    found: int | None = scalar(
        db, "SELECT min(id) FROM people WHERE handle = ? COLLATE NOCASE", (handle,)
    )
    return found


def nameless(db: Connection, network: str, limit: int) -> list[str]:
    """Those of a network (`PersonRef.uri`) who wrote something here and of whom no server has told, newest first."""
    rows = db.execute(
        "SELECT a.uri FROM people a WHERE a.network = ? AND a.created_at IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM person_views v WHERE v.person = a.id AND v.server_id != '') "
        "AND EXISTS (SELECT 1 FROM posts p WHERE p.author = a.id) ORDER BY a.id DESC LIMIT ?",
        (network, limit),
    )
    return [uri for (uri,) in rows]


def beginning(db: Connection, folded: str, limit: int = 50) -> list[int]:
    """Local ids of people whose handle, or a word of whose name, begins so; `folded` as `core.tokens.fold` makes it.

    It goes through everybody: for what the owner asks for by hand.
    """
    rows = db.execute(
        "SELECT id FROM people WHERE instr(' ' || folded, ' ' || ?) ORDER BY id LIMIT ?",
        (folded, limit),
    )
    return [id for (id,) in rows]


def names(db: Connection, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Name and handle of people by local id; unknown ids are left out."""
    rows = db.execute(
        "SELECT id, name, handle FROM people WHERE id IN (SELECT value FROM json_each(?))",
        (listed(ids),),
    )
    return {id: (name, handle) for id, name, handle in rows}


def view(db: Connection, account: int, person: int) -> PersonView | None:
    """What an account knows of somebody, or None when it never met them."""
    row = db.execute(
        "SELECT server_id, following, followed_by, requested, blocking, muting, note, accepted, pinned, checked_at "
        "FROM person_views WHERE account = ? AND person = ?",
        (account, person),
    ).fetchone()
    if row is None:
        return None
    server_id, *flags, note, accepted, pinned, checked_at = row
    following, followed_by, requested, blocking, muting = map(bool, flags)
    return PersonView(
        account=account,
        person=person,
        server_id=server_id,
        following=following,
        followed_by=followed_by,
        requested=requested,
        blocking=blocking,
        muting=muting,
        note=note,
        accepted=bool(accepted),
        pinned=bool(pinned),
        checked_at=checked_at,
    )


def put_relationship(
    w: Writing, account: int, person: int, relationship: Relationship, at: Millis
) -> None:
    """Keep how an account stands to somebody, as its server says at that moment.

    A note of a server's replaces the one that is kept here, also by none, unless the owner's has not left yet. Where
    a network keeps none the owner's stands here only.
    """
    meet(w.db, account, person)
    facts = (
        relationship.following,
        relationship.followed_by,
        relationship.requested,
        relationship.blocking,
        relationship.muting,
    )
    changed = w.db.execute(
        "UPDATE person_views SET following = ?, followed_by = ?, requested = ?, blocking = ?, muting = ? "
        "WHERE account = ? AND person = ? "
        "AND (following, followed_by, requested, blocking, muting) IS NOT (?, ?, ?, ?, ?)",
        (*facts, account, person, *facts),
    ).rowcount
    if relationship.note is not None and not _note_leaves(w.db, account, person):
        set_note(w, account, person, relationship.note)
    w.db.execute(
        "UPDATE person_views SET checked_at = ? WHERE account = ? AND person = ?",
        (at, account, person),
    )
    if changed:
        w.changed(Topic.PEOPLE, account)
        w.changed(Topic.INBOX, account)


def _note_leaves(db: Connection, account: int, person: int) -> bool:
    """Whether a note of the owner's is on its way to the server."""
    return bool(
        scalar(
            db,
            "SELECT EXISTS (SELECT 1 FROM outbox WHERE account = ? AND person = ? AND kind = 'note' "
            "AND state IN ('held', 'waiting', 'sending', 'unknown'))",
            (account, person),
        )
    )


def set_accepted(w: Writing, account: int, person: int, accepted: bool) -> None:
    """Let somebody in for good, or take that back."""
    meet(w.db, account, person)
    changed = w.db.execute(
        "UPDATE person_views SET accepted = ?1 WHERE account = ?2 AND person = ?3 AND accepted != ?1",
        (accepted, account, person),
    ).rowcount
    if changed:
        w.changed(Topic.PEOPLE, account)
        w.changed(Topic.INBOX, account)


def set_pinned(w: Writing, account: int, person: int, pinned: bool) -> None:
    """Pin somebody in the People pane, or take that back."""
    meet(w.db, account, person)
    changed = w.db.execute(
        "UPDATE person_views SET pinned = ?1 WHERE account = ?2 AND person = ?3 AND pinned != ?1",
        (pinned, account, person),
    ).rowcount
    if changed:
        w.changed(Topic.PEOPLE, account)


def set_note(w: Writing, account: int, person: int, note: str) -> None:
    """Keep the owner's private note on somebody."""
    meet(w.db, account, person)
    changed = w.db.execute(
        "UPDATE person_views SET note = ?1 WHERE account = ?2 AND person = ?3 AND note != ?1",
        (note, account, person),
    ).rowcount
    if changed:
        w.changed(Topic.PEOPLE, account)


_FLAGS = frozenset({"following", "requested", "blocking", "muting"})


def set_flag(w: Writing, account: int, person: int, name: str, value: bool) -> None:
    """Note one thing about how the account stands to somebody, once its server has confirmed it.

    Raises:
        ValueError: `name` is none of following, requested, blocking, muting.
    """
    if name not in _FLAGS:
        raise ValueError(f"no such flag: {name}")
    meet(w.db, account, person)
    changed = w.db.execute(
        f"UPDATE person_views SET {name} = ?1 WHERE account = ?2 AND person = ?3 AND {name} != ?1",  # noqa: S608  # one of four
        (value, account, person),
    ).rowcount
    if changed:
        w.changed(Topic.PEOPLE, account)
        w.changed(Topic.INBOX, account)


def meet(db: Connection, account: int, person: int) -> None:
    """Make sure there is a row to keep decisions in. The account's server may not have named them yet."""
    db.execute(
        "INSERT OR IGNORE INTO person_views (account, person, server_id) VALUES (?, ?, '')",
        (account, person),
    )


def unchecked(db: Connection, account: int, limit: int) -> list[tuple[int, str]]:
    """People (local id, server id) whose relationship was never read from the server."""
    return db.execute(
        "SELECT person, server_id FROM person_views INDEXED BY person_views_unchecked "
        "WHERE account = ? AND checked_at IS NULL AND server_id != '' LIMIT ?",
        (account, limit),
    ).fetchall()


def set_met(w: Writing, account: int, person: int, at: Millis | None) -> None:
    """Note when the owner last met somebody elsewhere; None takes it back."""
    meet(w.db, account, person)
    changed = w.db.execute(
        "UPDATE person_views SET met_at = ?1 WHERE account = ?2 AND person = ?3 AND met_at IS NOT ?1",
        (at, account, person),
    ).rowcount
    if changed:
        w.changed(Topic.PEOPLE, account)
