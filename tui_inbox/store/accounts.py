"""The owner's accounts, their settings, and what their adapters must remember between runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import asdict

from tui_inbox.core.account import Account, Limits
from tui_inbox.core.changes import Topic
from tui_inbox.core.conversation import Door
from tui_inbox.core.person import Person, PersonRef
from tui_inbox.core.post import Audience
from tui_inbox.store.database import Connection
from tui_inbox.store.people import put_identity, put_person
from tui_inbox.store.removal import remove_unseen_posts
from tui_inbox.store.rows import encoded, scalar
from tui_inbox.store.store import Writing

if TYPE_CHECKING:
    from tui_inbox.core.other_clients import Preferences

READ_AT = "read at"
"""The name in an account's state under which stands when its home feed was last read, in milliseconds."""
HISTORY = "history"
"""The name under which stands how far an account's past has been read; see `sync.history`."""
LINE = "line"
"""The name under which stands how its line was doing when a program last kept it live; see `sync.line_record`."""
SOURCES = "sources"
"""The name under which stands which feeds an account can show; see `core.sources.KeptSources`."""
PREFERENCES = "preferences"
"""The name under which stands how the owner likes to read and post, as set on the server; `core.other_clients`."""


class NoSuchAccount(LookupError):
    """There is no account with that number (any more)."""


def add_account(
    w: Writing,
    *,
    network: str,
    server: str,
    person: Person,
    letters: str,
    label: str,
    limits: Limits,
) -> Account:
    """Add an account, or bring the one of the same person up to date: signing in again is no second account.

    Letters and label of an account that is known stay as the owner has them.
    """
    owner = put_identity(w.db, person)
    w.db.execute(
        "INSERT INTO accounts (network, server, person, letters, label, limits) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (network, person) DO UPDATE SET server = excluded.server, limits = excluded.limits",
        (network, server, owner, letters, label, encoded(asdict(limits))),
    )
    id: int = scalar(
        w.db, "SELECT id FROM accounts WHERE network = ? AND person = ?", (network, owner)
    )
    put_person(w, id, person)
    w.changed(Topic.ACCOUNTS, id)
    return account(w.db, id)


_SELECT = """SELECT c.id, c.network, c.server, a.network, a.uri, v.server_id, a.handle, c.letters, c.label, c.limits
    FROM accounts c JOIN people a ON a.id = c.person
    JOIN person_views v ON v.account = c.id AND v.person = c.person"""


def accounts(db: Connection) -> list[Account]:
    """All accounts, in the order in which they were added."""
    return [_account(row) for row in db.execute(f"{_SELECT} ORDER BY c.id")]


def account(db: Connection, id: int) -> Account:
    """One account.

    Raises:
        NoSuchAccount: there is none with that number.
    """
    row = db.execute(f"{_SELECT} WHERE c.id = ?", (id,)).fetchone()
    if row is None:
        raise NoSuchAccount(id)
    return _account(row)


def _account(row: tuple[Any, ...]) -> Account:
    id, network, server, person_network, uri, server_id, handle, letters, label, limits = row
    return Account(
        id=id,
        network=network,
        server=server,
        person=PersonRef(person_network, uri),
        server_id=server_id,
        handle=handle,
        letters=letters,
        label=label,
        limits=msgspec.json.decode(limits, type=Limits),
    )


def owner(db: Connection, account: int) -> int:
    """The local id of the person whose account it is.

    Raises:
        NoSuchAccount: there is none with that number.
    """
    person: int | None = scalar(db, "SELECT person FROM accounts WHERE id = ?", (account,))
    if person is None:
        raise NoSuchAccount(account)
    return person


def owners(db: Connection) -> dict[int, str]:
    """The people whose accounts are signed in, by local id, with how each account is called."""
    return dict(db.execute("SELECT person, label FROM accounts ORDER BY id").fetchall())


def set_letters(w: Writing, id: int, letters: str) -> None:
    """Mark the rows of an account by other letters; no other account may have them.

    Raises:
        sqlite3.IntegrityError: another account has them.
    """
    w.db.execute("UPDATE accounts SET letters = ? WHERE id = ?", (letters, id))
    w.changed(Topic.ACCOUNTS, id)


def set_limits(
    w: Writing, id: int, limits: Limits, *, usual_audience: Audience, usual_language: str | None
) -> None:
    """Keep what the account's server allows, and how the account usually posts there."""
    facts = (encoded(asdict(limits)), usual_audience, usual_language)
    changed = w.db.execute(
        "UPDATE accounts SET limits = ?1, usual_audience = ?2, usual_language = ?3 WHERE id = ?4 "
        "AND (limits, usual_audience, usual_language) IS NOT (?1, ?2, ?3)",
        (*facts, id),
    ).rowcount
    if changed:
        w.changed(Topic.ACCOUNTS, id)


def put_preferences(w: Writing, id: int, preferences: Preferences) -> None:
    """Keep how the owner likes to read and post. What the server does not say stays as it is.

    Filters are not kept with it: `store.reading` has them, once they are laid over what is stored.
    """
    put_state(w, id, PREFERENCES, encoded(msgspec.structs.replace(preferences, filters=None)))
    facts = (preferences.audience, preferences.language)
    changed = w.db.execute(
        "UPDATE accounts SET usual_audience = ifnull(?1, usual_audience), "
        "usual_language = ifnull(?2, usual_language) WHERE id = ?3 AND "
        "(ifnull(?1, usual_audience), ifnull(?2, usual_language)) IS NOT (usual_audience, usual_language)",
        (*facts, id),
    ).rowcount
    if changed:
        w.changed(Topic.ACCOUNTS, id)


def preferences(db: Connection, id: int) -> Preferences | None:
    """How the owner likes to read and post, or None before the server was asked."""
    from tui_inbox.core.other_clients import Preferences

    text = get_state(db, id, PREFERENCES)
    return None if text is None else msgspec.json.decode(text, type=Preferences)


def usual(db: Connection, id: int) -> tuple[Audience, str | None]:
    """The audience and the language an account usually posts with.

    Raises:
        NoSuchAccount: there is none with that number.
    """
    row = db.execute(
        "SELECT usual_audience, usual_language FROM accounts WHERE id = ?", (id,)
    ).fetchone()
    if row is None:
        raise NoSuchAccount(id)
    return Audience(row[0]), row[1]


def door(db: Connection, id: int) -> Door:
    """How an account treats strangers.

    Raises:
        NoSuchAccount: there is none with that number.
    """
    setting: str | None = scalar(db, "SELECT door FROM accounts WHERE id = ?", (id,))
    if setting is None:
        raise NoSuchAccount(id)
    return Door(setting)


def set_door(w: Writing, id: int, door: Door) -> None:
    """Change how an account treats strangers."""
    changed = w.db.execute(
        "UPDATE accounts SET door = ?1 WHERE id = ?2 AND door != ?1", (door, id)
    ).rowcount
    if changed:
        w.changed(Topic.ACCOUNTS, id)
        w.changed(Topic.INBOX, id)


def get_state(db: Connection, account: int, name: str) -> str | None:
    """What an adapter has put under a name."""
    value: str | None = scalar(
        db, "SELECT value FROM account_state WHERE account = ? AND name = ?", (account, name)
    )
    return value


def was_by_browser(db: Connection, account: int) -> bool:
    """Whether its adapter has noted that an account was signed in by the browser, where that is not the usual way."""
    return bool(
        scalar(
            db,
            "SELECT json_extract(value, '$.by_browser') FROM account_state "
            "WHERE account = ? AND name = 'server' AND json_valid(value)",
            (account,),
        )
    )


def put_state(w: Writing, account: int, name: str, value: str) -> None:
    """Keep something for an adapter. Nothing shows it, so nobody is told."""
    w.db.execute(
        "INSERT INTO account_state (account, name, value) VALUES (?, ?, ?) "
        "ON CONFLICT (account, name) DO UPDATE SET value = excluded.value",
        (account, name, value),
    )


def remove_account(w: Writing, id: int) -> None:
    """Remove an account with its feeds, ledger, items, drafts and outbox, and the posts only it was shown."""
    if w.db.execute("DELETE FROM accounts WHERE id = ?", (id,)).rowcount:
        w.db.execute("DELETE FROM tombstones WHERE account = ?", (id,))
        remove_unseen_posts(w)
        w.changed(Topic.ACCOUNTS, id)
