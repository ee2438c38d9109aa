"""Stored posts as queries see them, and what stands beside a post: who boosted it, who saw it, what waits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec import Struct

from tui_inbox.core.conversation import ItemState, Turn
from tui_inbox.core.matching import Subject, host_of_url, subject
from tui_inbox.core.moment import Millis
from tui_inbox.core.person import PersonRef
from tui_inbox.core.post import Audience, Post
from tui_inbox.core.query import And, Holds, InGroup, Is, Not, Or, Query, SeenBy, Shape
from tui_inbox.store.batches import authors_of
from tui_inbox.store.database import Connection
from tui_inbox.store.groups import names_of
from tui_inbox.store.post_rows import StoredPost
from tui_inbox.store.rows import listed
from tui_inbox.store.text_index import more_texts

_BESIDE = (Shape.BOOST, Shape.UNREAD, Shape.YOURS)


class Beside(Struct, frozen=True):
    """What the store knows of posts beside themselves, each by the posts' local ids.

    Attributes:
        boosted: somebody passed them on.
        unread: something of the Inbox or of a standing search that was not looked at.
        yours: they wait for an answer of the owner's.
        accounts: letters and handles of the accounts that were shown them.
        groups: names of the owner's groups that their authors are in.
    """

    boosted: frozenset[int] = frozenset()
    unread: frozenset[int] = frozenset()
    yours: frozenset[int] = frozenset()
    accounts: Mapping[int, tuple[str, ...]] = {}
    groups: Mapping[int, tuple[str, ...]] = {}


NOTHING_BESIDE = Beside()


def asks_beside(query: Query) -> bool:
    """Whether a query asks for anything that stands beside a post: most do not, and reading it is spared."""
    match query:
        case And() | Or():
            return any(map(asks_beside, query.terms))
        case Not():
            return asks_beside(query.term)
        case SeenBy() | InGroup():
            return True
        case Is():
            return query.what in _BESIDE
    return False


def beside(db: Connection, account: int | None, ids: Sequence[int]) -> Beside:
    """What stands beside some posts, for one account or for all."""
    return beside_any(db, None if account is None else [account], ids)


def beside_any(db: Connection, accounts: Sequence[int] | None, ids: Sequence[int]) -> Beside:
    """What stands beside some posts, for some accounts together or for all."""
    asked = {"ids": listed(ids), "accounts": accounts_asked(accounts)}
    return Beside(
        boosted=_ids(
            db,
            "SELECT b.post FROM feeds f CROSS JOIN json_each(:ids) wanted "
            "CROSS JOIN boosts b ON b.feed = f.id AND b.post = wanted.value",
            asked,
        ),
        unread=_ids(db, UNREAD.format(post="IN (SELECT value FROM json_each(:ids))"), asked),
        yours=_ids(db, YOURS.format(post="IN (SELECT value FROM json_each(:ids))"), asked),
        accounts=_accounts(db, ids),
        groups=_groups(db, ids),
    )


def accounts_asked(accounts: Sequence[int] | None) -> str | None:
    """`:accounts` for `is_asked`: None for all."""
    return None if accounts is None else listed(accounts)


def is_asked(column: str) -> str:
    """SQL: an account is one of `:accounts`."""
    return f"(:accounts IS NULL OR {column} IN (SELECT value FROM json_each(:accounts)))"  # noqa: S608  # a column


_OF_ACCOUNT = is_asked("i.account")
UNREAD = (
    f"SELECT i.post FROM items i WHERE i.state = '{ItemState.NEW}' AND i.post {{post}} AND {_OF_ACCOUNT} "  # noqa: S608  # own texts
    f"UNION SELECT h.post FROM hits h JOIN searches i ON i.id = h.search WHERE h.state = '{ItemState.NEW}' "
    f"AND (h.asks OR NOT i.asks_only) AND h.post {{post}} AND {_OF_ACCOUNT}"
)
"""Posts that were not looked at; `post` is a condition on them."""

YOURS = (
    f"SELECT i.post FROM items i WHERE i.turn = '{Turn.MINE}' AND i.state IN ('{ItemState.NEW}', "  # noqa: S608  # own texts
    f"'{ItemState.SEEN}') AND i.post {{post}} AND {_OF_ACCOUNT}"
)
"""Posts that wait for an answer of the owner's; `post` is a condition on them."""


def _ids(db: Connection, sql: str, parameters: Mapping[str, object]) -> frozenset[int]:
    return frozenset(id for (id,) in db.execute(sql, parameters))


def _accounts(db: Connection, ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    named: dict[int, list[str]] = {}
    for post, letters, handle in db.execute(
        "SELECT v.post, a.letters, p.handle FROM accounts a CROSS JOIN people p ON p.id = a.person "
        "CROSS JOIN json_each(?) wanted "
        "CROSS JOIN post_views v ON v.account = a.id AND v.post = wanted.value",
        (listed(ids),),
    ):
        named.setdefault(post, []).extend((letters, handle))
    return {post: tuple(names) for post, names in named.items()}


def _groups(db: Connection, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    authors = authors_of(db, ids)
    named = names_of(db, set(authors.values()))
    return {post: tuple(named.get(author, ())) for post, author in authors.items()}


def subject_of(
    stored: StoredPost,
    *,
    now: Millis | None = None,
    owners: Collection[int] = (),
    known: Beside = NOTHING_BESIDE,
) -> Subject:
    """A stored post as queries see it.

    Args:
        now: when it is asked about; when it was written, unless told otherwise.
        owners: local ids of the people whose accounts are searched: whose posts are `from:me`.
        known: what stands beside it, where a query asks for that (`asks_beside`).
    """
    return _subject(
        stored.post,
        now,
        mine=stored.author in owners,
        to_me=any(person in owners for person in stored.mentioned),
        groups=known.groups.get(stored.id, ()),
        shapes=_shapes(stored, known),
        accounts=known.accounts.get(stored.id, ()),
    )


def subject_outside(
    post: Post, *, now: Millis, owners: Collection[PersonRef], groups: Iterable[str]
) -> Subject:
    """A post that is not stored, as queries see it.

    Args:
        now: when it is asked about.
        owners: whose posts are `from:me`.
        groups: names of the owner's groups that its author is in.
    """
    return _subject(
        post,
        now,
        mine=post.author.ref in owners,
        to_me=any(one.person in owners for one in post.mentions),
        groups=groups,
        shapes=_shapes_of(post),
        accounts=(),
    )


def _subject(
    post: Post,
    now: Millis | None,
    *,
    mine: bool,
    to_me: bool,
    groups: Iterable[str],
    shapes: Sequence[Shape],
    accounts: Iterable[str],
) -> Subject:
    return subject(
        post.text,
        handle=post.author.handle,
        name=post.author.name,
        named=[one.handle for one in post.mentions],
        groups=groups,
        warning=post.warning,
        more=more_texts(post),
        tags=post.tags,
        language=post.language,
        network=post.ref.network,
        holds=_holds(post),
        shapes=shapes,
        mine=mine,
        to_me=to_me,
        hosts=[host for url in links_of(post) if (host := host_of_url(url))],
        accounts=accounts,
        at=post.created_at,
        now=post.created_at if now is None else now,
    )


def links_of(post: Post) -> list[str]:
    """The addresses a post points to, that of its card last.

    Names and tags are links too where their network says so, but nobody looks for them by `has:link`.
    """
    told = [link.url for link in post.links if post.text[link.start : link.start + 1] not in "@#"]
    return [*told, post.card.url] if post.card else told


def _holds(post: Post) -> list[Holds]:
    there = {
        Holds.LINK: links_of(post),
        Holds.MEDIA: post.media,
        Holds.POLL: post.poll,
        Holds.ALT: any(media.alt for media in post.media),
    }
    return [what for what, is_there in there.items() if is_there]


def _shapes(stored: StoredPost, known: Beside) -> list[Shape]:
    so = {
        Shape.REPLY: stored.parent is not None,
        Shape.BOOST: stored.id in known.boosted,
        Shape.UNREAD: stored.id in known.unread,
        Shape.YOURS: stored.id in known.yours,
    }
    return [*_shapes_of(stored.post), *(shape for shape, is_so in so.items() if is_so)]


def _shapes_of(post: Post) -> list[Shape]:
    so = {
        Shape.REPLY: post.reply_to,
        Shape.QUOTE: post.quoted,
        Shape.DM: post.audience is Audience.DIRECT,
    }
    return [shape for shape, is_so in so.items() if is_so]
