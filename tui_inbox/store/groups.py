"""Groups of the owner's own: people gathered by hand, across accounts and networks. No server knows of them."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from tui_inbox.core.changes import Topic
from tui_inbox.core.moment import Millis
from tui_inbox.store.database import Connection
from tui_inbox.store.rows import inserted, listed, scalar
from tui_inbox.store.store import Writing


class Group(Struct, frozen=True):
    """A group: its name is one clean line, and no two have the same."""

    id: int
    name: str
    made_at: Millis


def groups(db: Connection) -> list[Group]:
    """All groups, by name."""
    rows = db.execute("SELECT id, name, made_at FROM groups ORDER BY name COLLATE NOCASE, id")
    return [Group(*row) for row in rows]


def group(db: Connection, id: int) -> Group | None:
    """One group, or None where there is none with that number (any more)."""
    row = db.execute("SELECT id, name, made_at FROM groups WHERE id = ?", (id,)).fetchone()
    return None if row is None else Group(*row)


def find_group(db: Connection, name: str) -> Group | None:
    """The group of that name, in any case."""
    wanted = name.casefold()
    return next((one for one in groups(db) if one.name.casefold() == wanted), None)


def members(db: Connection, group: int) -> list[tuple[int, Millis]]:
    """Who is in a group, as (local id, when they were added), in the order in which they were added."""
    return db.execute(
        "SELECT person, added_at FROM group_members WHERE group_id = ? ORDER BY added_at, person",
        (group,),
    ).fetchall()


def sizes(db: Connection) -> dict[int, int]:
    """How many people are in each group; empty groups are left out."""
    return dict(
        db.execute("SELECT group_id, count(*) FROM group_members GROUP BY group_id").fetchall()
    )


def groups_of(db: Connection, person: int) -> list[Group]:
    """The groups that somebody is in, by name."""
    rows = db.execute(
        "SELECT g.id, g.name, g.made_at FROM group_members m CROSS JOIN groups g ON g.id = m.group_id "
        "WHERE m.person = ? ORDER BY g.name COLLATE NOCASE, g.id",
        (person,),
    )
    return [Group(*row) for row in rows]


def names_of(db: Connection, people: Iterable[int]) -> dict[int, list[str]]:
    """The names of the groups that some people are in; who is in none is left out."""
    found: dict[int, list[str]] = {}
    for person, name in db.execute(
        "SELECT m.person, g.name FROM json_each(?) wanted CROSS JOIN group_members m "
        "INDEXED BY group_members_by_person ON m.person = wanted.value CROSS JOIN groups g ON g.id = m.group_id",
        (listed(people),),
    ):
        found.setdefault(person, []).append(name)
    return found


def in_any(db: Connection, people: Iterable[int]) -> set[int]:
    """Those of some people who are in a group."""
    rows = db.execute(
        "SELECT DISTINCT m.person FROM json_each(?) wanted CROSS JOIN group_members m "
        "INDEXED BY group_members_by_person ON m.person = wanted.value",
        (listed(people),),
    )
    return {person for (person,) in rows}


def add_group(w: Writing, name: str, *, at: Millis) -> int:
    """Make a group; its local id."""
    id = inserted(w.db, "INSERT INTO groups (name, made_at) VALUES (?, ?)", (name, at))
    w.changed(Topic.GROUPS, id)
    return id


def restore_group(w: Writing, group: Group) -> None:
    """Put a group back that was deleted, under its old number, without its members."""
    w.db.execute(
        "INSERT INTO groups (id, name, made_at) VALUES (?, ?, ?)",
        (group.id, group.name, group.made_at),
    )
    w.changed(Topic.GROUPS, group.id)


def rename_group(w: Writing, id: int, name: str) -> None:
    """Give a group another name."""
    if w.db.execute(
        "UPDATE groups SET name = ?1 WHERE id = ?2 AND name != ?1", (name, id)
    ).rowcount:
        w.changed(Topic.GROUPS, id)


def remove_group(w: Writing, id: int) -> None:
    """Delete a group; the people stay who they are."""
    if w.db.execute("DELETE FROM groups WHERE id = ?", (id,)).rowcount:
        w.changed(Topic.GROUPS, id)


def add_member(w: Writing, group: int, person: int, *, at: Millis) -> None:
    """Put somebody into a group; again changes nothing."""
    if w.db.execute(
        "INSERT INTO group_members (group_id, person, added_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (group, person, at),
    ).rowcount:
        w.changed(Topic.GROUPS, group)


def remove_member(w: Writing, group: int, person: int) -> None:
    """Take somebody out of a group."""
    if w.db.execute(
        "DELETE FROM group_members WHERE group_id = ? AND person = ?", (group, person)
    ).rowcount:
        w.changed(Topic.GROUPS, group)


def member_since(db: Connection, group: int, person: int) -> Millis | None:
    """When somebody was put into a group, or None where they are not in it."""
    since: Millis | None = scalar(
        db,
        "SELECT added_at FROM group_members WHERE group_id = ? AND person = ?",
        (group, person),
    )
    return since
