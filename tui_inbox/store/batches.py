"""Reads for whole lists: one statement where asking for each row of a pane would take hundreds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tui_inbox.core.conversation import ItemState, Turn
from tui_inbox.core.interaction import InteractionKind
from tui_inbox.core.moment import Millis
from tui_inbox.store.database import Connection
from tui_inbox.store.identities import linked
from tui_inbox.store.people import PersonView
from tui_inbox.store.post_rows import VISIBLE
from tui_inbox.store.rows import listed


class Spoken(NamedTuple):
    """That somebody said something in a conversation."""

    conversation: int
    post: int
    author: int
    at: Millis


class Answer(NamedTuple):
    """That somebody answered a post."""

    parent: int
    post: int
    author: int
    at: Millis


class Filed(NamedTuple):
    """A post that was filed in a feed. `is_own_talk`: an owner has spoken in its conversation."""

    post: int
    author: int
    conversation: int
    is_own_talk: bool


class Asked(NamedTuple):
    """That it is somebody's turn to write to the owner, since a post of the owner's."""

    person: int
    post: int
    since: Millis


class Opened(NamedTuple):
    """How many conversations somebody has opened with the owner; when the last of them, and its text's URI."""

    talks: int
    at: Millis
    uri: str


_TALK = listed(kind for kind in InteractionKind if kind.is_talk)
_SEEN = "LEFT JOIN post_views v ON v.account = :account AND v.post = p.id"
_VIEW = (
    "SELECT person, server_id, following, followed_by, requested, blocking, muting, note, accepted, "
    "pinned, checked_at FROM person_views"
)


def _view(
    account: int, row: tuple[int, str, int, int, int, int, int, str, int, int, int | None]
) -> PersonView:
    person, server_id, following, followed_by, requested, blocking, muting = row[:7]
    note, accepted, pinned, checked_at = row[7:]
    return PersonView(
        account=account,
        person=person,
        server_id=server_id,
        following=bool(following),
        followed_by=bool(followed_by),
        requested=bool(requested),
        blocking=bool(blocking),
        muting=bool(muting),
        note=note,
        accepted=bool(accepted),
        pinned=bool(pinned),
        checked_at=checked_at,
    )


def person_views(db: Connection, account: int, people: Iterable[int]) -> dict[int, PersonView]:
    """What an account knows of some people; those it never met are left out."""
    rows = db.execute(
        f"{_VIEW} WHERE account = ? AND person IN (SELECT value FROM json_each(?))",  # noqa: S608  # constant columns
        (account, listed(people)),
    )
    return {row[0]: _view(account, row) for row in rows}


class Standing(NamedTuple):
    """How somebody stands at the door of an account; `silenced`: muted or blocked."""

    following: bool = False
    accepted: bool = False
    silenced: bool = False


def standings(db: Connection, account: int, people: Iterable[int]) -> dict[int, Standing]:
    """How some people stand at the door; those the account never met are left out."""
    rows = db.execute(
        "SELECT person, following, accepted, muting OR blocking FROM person_views "
        "WHERE account = ? AND person IN (SELECT value FROM json_each(?))",
        (account, listed(people)),
    )
    return {person: Standing(*map(bool, flags)) for person, *flags in rows}


def verdicts(db: Connection, account: int, people: Iterable[int]) -> dict[int, str]:
    """What was found of some people; the others are left out.

    Verdicts are those of `core.findings`, which counting does not load.
    """
    rows = db.execute(
        "SELECT person, verdict FROM checks WHERE account = ? AND person IN (SELECT value FROM json_each(?))",
        (account, listed(people)),
    )
    return dict(rows.fetchall())


def pinned(db: Connection, account: int) -> dict[int, PersonView]:
    """Everybody the owner has pinned."""
    rows = db.execute(
        f"{_VIEW} INDEXED BY person_views_pinned WHERE account = ? AND pinned", (account,)
    )
    return {row[0]: _view(account, row) for row in rows}


def silenced(db: Connection, account: int) -> set[int]:
    """Everybody the account has muted or blocked."""
    rows = db.execute(
        "SELECT person FROM person_views INDEXED BY person_views_silenced "
        "WHERE account = ? AND (muting OR blocking)",
        (account,),
    )
    return {person for (person,) in rows}


def people_by_server_id(db: Connection, account: int, server_ids: Iterable[str]) -> dict[str, int]:
    """Whom the account's server means by each of some ids; unknown ones are left out."""
    return dict(
        db.execute(
            "SELECT server_id, person FROM person_views "
            "WHERE account = ? AND server_id IN (SELECT value FROM json_each(?))",
            (account, listed(server_ids)),
        ).fetchall()
    )


def ties_with(db: Connection, account: int, people: Iterable[int]) -> dict[int, bytes]:
    """The packed ties with some people."""
    return dict(
        db.execute(
            "SELECT person, packed FROM ties WHERE account = ? AND person IN (SELECT value FROM json_each(?))",
            (account, listed(people)),
        ).fetchall()
    )


def spoken(db: Connection, account: int, conversations: Iterable[int]) -> list[Spoken]:
    """Who said something when in some conversations, as far as the account may see it; oldest first."""
    rows = db.execute(
        "SELECT p.conversation, p.id, p.author, p.created_at "  # noqa: S608  # constants
        "FROM json_each(:conversations) wanted "
        f"CROSS JOIN posts p ON p.conversation = wanted.value {_SEEN} "
        f"WHERE p.deleted_at IS NULL AND {VISIBLE} ORDER BY p.created_at, p.id",
        {"account": account, "conversations": listed(conversations)},
    )
    return list(map(Spoken._make, rows))


def answers_to(db: Connection, account: int, posts: Iterable[int]) -> list[Answer]:
    """What answers some posts directly, as far as the account may see it; oldest first."""
    rows = db.execute(
        "SELECT p.parent, p.id, p.author, p.created_at "  # noqa: S608  # constants
        "FROM json_each(:posts) wanted "
        f"CROSS JOIN posts p ON p.parent = wanted.value {_SEEN} "
        f"WHERE p.deleted_at IS NULL AND {VISIBLE} ORDER BY p.created_at, p.id",
        {"account": account, "posts": listed(posts)},
    )
    return list(map(Answer._make, rows))


def latest_posts(db: Connection, account: int, people: Iterable[int]) -> dict[int, int]:
    """The latest post of each of some people that the account may be shown, by author."""
    rows = db.execute(
        "SELECT wanted.value, (SELECT p.id FROM posts p "  # noqa: S608  # constant texts
        f"{_SEEN} WHERE p.author = wanted.value AND p.deleted_at IS NULL AND {VISIBLE} "
        "ORDER BY p.created_at DESC, p.id DESC LIMIT 1) FROM json_each(:people) wanted",
        {"account": account, "people": listed(people)},
    )
    return {person: post for person, post in rows if post is not None}


def texts_of(db: Connection, posts: Iterable[int]) -> dict[int, str]:
    """The texts of some posts that the owner may see, such as their own."""
    return dict(
        db.execute(
            "SELECT id, text FROM posts WHERE id IN (SELECT value FROM json_each(?))",
            (listed(posts),),
        ).fetchall()
    )


def authors_of(db: Connection, posts: Iterable[int]) -> dict[int, int]:
    """Who wrote each of some posts."""
    return dict(
        db.execute(
            "SELECT id, author FROM posts WHERE id IN (SELECT value FROM json_each(?))",
            (listed(posts),),
        ).fetchall()
    )


def conversations_of(db: Connection, posts: Iterable[int]) -> dict[int, int]:
    """The conversation of each of some posts."""
    return dict(
        db.execute(
            "SELECT id, conversation FROM posts WHERE id IN (SELECT value FROM json_each(?))",
            (listed(posts),),
        ).fetchall()
    )


def posts_by_uri(db: Connection, network: str, uris: Iterable[str]) -> dict[str, int]:
    """The local ids of posts by their URIs on a network; those not stored are left out."""
    return dict(
        db.execute(
            "SELECT uri, id FROM posts WHERE network = ? AND uri IN (SELECT value FROM json_each(?))",
            (network, listed(uris)),
        ).fetchall()
    )


def filed_since(
    db: Connection, feeds: Sequence[int], owners: Iterable[int], since: Millis
) -> list[Filed]:
    """The posts that were filed in some feeds after a moment, each once.

    Args:
        feeds: local ids of feeds.
        owners: local ids of the people whose conversations are theirs.
        since: the moment.
    """
    rows = db.execute(
        "SELECT DISTINCT p.id, p.author, p.conversation, EXISTS (SELECT 1 FROM posts o "
        "WHERE o.conversation = p.conversation AND o.author IN (SELECT value FROM json_each(?))) "
        "FROM json_each(?) feed CROSS JOIN entries e ON e.feed = feed.value AND e.filed_at > ? "
        "JOIN posts p ON p.id = e.post AND p.deleted_at IS NULL",
        (listed(owners), listed(feeds), since),
    )
    return [Filed(post, author, talk, bool(own)) for post, author, talk, own in rows]


def asked(db: Connection, account: int, since: Millis) -> list[Asked]:
    """Whose turn it has become since a moment, latest first."""
    rows = db.execute(
        "SELECT person, post, since FROM items WHERE account = :account AND turn = :theirs "
        "AND state IN (SELECT value FROM json_each(:states)) AND changed_at >= :since "
        "AND since >= :since AND post IS NOT NULL ORDER BY since DESC, id DESC",
        {
            "account": account,
            "theirs": Turn.THEIRS,
            "states": listed(state for state in ItemState if state is not ItemState.JUNK),
            "since": since,
        },
    )
    return list(map(Asked._make, rows))


def items_of(db: Connection, account: int, conversations: Iterable[int]) -> set[tuple[int, int]]:
    """The items of an account in some conversations, as (conversation, person)."""
    rows = db.execute(
        "SELECT conversation, person FROM items WHERE account = ? "
        "AND conversation IN (SELECT value FROM json_each(?))",
        (account, listed(conversations)),
    )
    return set(rows)


_TALK_SINCE = (
    "SELECT iif(i.actor = c.person, i.target, i.actor) AS person, i.actor = c.person AS outgoing, "
    "i.subject, i.conversation, i.at FROM accounts c JOIN interactions i ON i.account = c.id "
    "WHERE c.id = :account AND i.at >= :since AND NOT i.retracted "
    "AND i.kind IN (SELECT value FROM json_each(:talk))"
)


def exchanged_since(db: Connection, account: int, since: Millis) -> dict[int, int]:
    """How many texts went either way with each person since a moment.

    Of somebody with several identities those of all of them are counted, with all accounts.
    """
    counts = _exchanged_since(db, account, since)
    if several := linked(db):
        others = [_exchanged_since(db, other, since) for other, _ in owners(db) if other != account]
        every = [counts.copy(), *others]
        for person, ids in several.items():
            counts[person] = sum(one.get(id, 0) for one in every for id in ids)
    return counts


def _exchanged_since(db: Connection, account: int, since: Millis) -> dict[int, int]:
    return dict(
        db.execute(
            f"SELECT person, count(DISTINCT subject) FROM ({_TALK_SINCE}) GROUP BY person",  # noqa: S608  # constant
            {"account": account, "since": since, "talk": _TALK},
        ).fetchall()
    )


def owners(db: Connection) -> list[tuple[int, int]]:
    """All accounts with the local ids of their owners."""
    return db.execute("SELECT id, person FROM accounts ORDER BY id").fetchall()


def opened_since(db: Connection, account: int, since: Millis) -> dict[int, Opened]:
    """What each person has opened with the owner since a moment."""
    # With one min() or max() SQLite takes the other columns from the row that has it.
    rows = db.execute(
        "SELECT person, count(*), max(at), subject FROM ("  # noqa: S608  # constant
        f"SELECT person, outgoing, min(at) AS at, subject FROM ({_TALK_SINCE}) "
        "WHERE conversation IS NOT NULL GROUP BY conversation, person) "
        "WHERE NOT outgoing GROUP BY person",
        {"account": account, "since": since, "talk": _TALK},
    )
    return {person: Opened(count, at, subject) for person, count, at, subject in rows}


def named_by(db: Connection, account: int, person: int, posts: int = 200) -> list[int]:
    """Whom somebody names or answers in their latest posts, as far as an account may see them, most often first."""
    rows = db.execute(
        "SELECT m.person FROM (SELECT p.id FROM posts p "  # noqa: S608  # constant texts
        f"{_SEEN} WHERE p.author = :person AND p.deleted_at IS NULL AND p.audience != 'direct' AND {VISIBLE} "
        "ORDER BY p.created_at DESC LIMIT :posts) said CROSS JOIN mentions m ON m.post = said.id "
        "WHERE m.person NOT IN (:person, (SELECT person FROM accounts WHERE id = :account)) "
        "GROUP BY m.person ORDER BY count(*) DESC, m.person",
        {"account": account, "person": person, "posts": posts},
    )
    return [named for (named,) in rows]


def let_in(db: Connection, items: Iterable[int]) -> set[int]:
    """Those of some items whose person was let in for that conversation only."""
    rows = db.execute(
        "SELECT id FROM items WHERE let_in AND id IN (SELECT value FROM json_each(?))",
        (listed(items),),
    )
    return {id for (id,) in rows}


def met(db: Connection, account: int, people: Iterable[int]) -> dict[int, Millis]:
    """When the owner last met some people elsewhere; those never met are left out."""
    return dict(
        db.execute(
            "SELECT person, met_at FROM person_views WHERE account = ? AND met_at IS NOT NULL "
            "AND person IN (SELECT value FROM json_each(?))",
            (account, listed(people)),
        ).fetchall()
    )


UNDECIDED = (
    "door d WHERE d.account IN (SELECT value FROM json_each(:accounts)) AND NOT EXISTS ("
    "SELECT 1 FROM outbox o WHERE o.account = d.account AND o.person = d.person "
    "AND o.state IN ('held', 'waiting', 'sending', 'unknown') AND o.kind IN ("
    "iif(d.kind = 'follow', 'accept follow', 'admit'), "
    "iif(d.kind = 'follow', 'reject follow', 'dismiss')))"
)
"""Who waits at the door of an account and was not decided on; see `store.door`, which counting does not load."""

_AT_DOOR = f"SELECT d.kind FROM {UNDECIDED}"  # noqa: S608  # constant text


def at_door(db: Connection, accounts: Sequence[int]) -> tuple[int, int]:
    """How many ask to follow some accounts, and how many are held back by their servers."""
    asks = [kind == "follow" for (kind,) in db.execute(_AT_DOOR, {"accounts": listed(accounts)})]
    return sum(asks), len(asks) - sum(asks)
