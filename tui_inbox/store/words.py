"""Searching everything stored: SQL and the text index narrow, the matcher decides, newest first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from typing import TypeAlias

from msgspec import Struct, field

from tui_inbox.core.matching import AnyOf, Narrowing, Subject, matcher, narrowing, subject
from tui_inbox.core.moment import Millis
from tui_inbox.core.query import (
    And,
    From,
    Has,
    Holds,
    InGroup,
    Is,
    Language,
    OnNetwork,
    Query,
    Shape,
)
from tui_inbox.core.tokens import Run, fold, tokens
from tui_inbox.store.database import Connection
from tui_inbox.store.groups import groups as all_groups
from tui_inbox.store.groups import names_of
from tui_inbox.store.post_reading import posts
from tui_inbox.store.post_rows import StoredPost
from tui_inbox.store.rows import listed
from tui_inbox.store.text_index import more_texts

FoundKey: TypeAlias = tuple[Millis, int]
"""A place among what was found: the post's own time and its local id."""

RARE = 20_000
"""Up to so many candidates are sorted by time; of more than that, posts are read from the newest on."""

EXAMINED = 5_000
"""So many posts one call looks at. A query that finds nothing in them must be narrowed, or asked further down."""

_SMALLEST_PAGE = 40


def subject_of(
    stored: StoredPost,
    *,
    owners: Collection[int] = (),
    groups: Mapping[int, Collection[str]] | None = None,
    boosted: bool = False,
) -> Subject:
    """A stored post as queries see it.

    Args:
        owners: local ids of the people whose accounts are searched: whose posts are `from:me`.
        groups: names of the groups that people are in, as `groups.names_of` tells them; its author need not be there.
        boosted: somebody passed it on.
    """
    post = stored.post
    # Names and tags are links too where their network says so, but nobody looks for them by has:link.
    linked = post.card or any(
        post.text[link.start : link.start + 1] not in "@#" for link in post.links
    )
    holds = {Holds.LINK: linked, Holds.MEDIA: post.media, Holds.POLL: post.poll}
    shapes = {
        Shape.REPLY: post.reply_to or stored.parent is not None,
        Shape.QUOTE: post.quoted,
        Shape.BOOST: boosted,
    }
    return subject(
        post.text,
        handle=post.author.handle,
        name=post.author.name,
        groups=groups.get(stored.author, ()) if groups else (),
        warning=post.warning,
        more=more_texts(post),
        tags=post.tags,
        language=post.language,
        network=post.ref.network,
        holds=[what for what, is_there in holds.items() if is_there],
        shapes=[shape for shape, is_so in shapes.items() if is_so],
        mine=stored.author in owners,
    )


def search(
    db: Connection,
    account: int | None,
    tree: Query,
    *,
    limit: int,
    older_than: FoundKey | None = None,
) -> list[StoredPost]:
    """What a query finds among the posts an account may be shown, newest first; deleted ones are left out.

    Args:
        account: who looks, or None for all accounts together.
        tree: the query.
        limit: how many at most.
        older_than: only posts below this key.
    """
    found: list[StoredPost] = []
    matches = matcher(tree)
    owners = _owners(db, account)
    candidates = _candidates(db, account, tree, older_than or (2**62, 0))
    # Where the index is right about nearly all, hardly more are read than are wanted.
    while page := list(islice(candidates, max(limit, _SMALLEST_PAGE))):
        stored = posts(db, account, page)
        boosted = _boosted(db, page)
        gathered = names_of(db, {one.author for one in stored.values()})
        for id in page:
            post = stored.get(id)
            if post and matches(
                subject_of(post, owners=owners, groups=gathered, boosted=id in boosted)
            ):
                found.append(post)
                if len(found) == limit:
                    return found
    return found


def index_query(narrowing: Narrowing) -> str:
    """What to look up in the index, in FTS5's language. Positions are not indexed, so runs are only sets."""
    if isinstance(narrowing, Run):
        *whole, last = [f'"{token}"' for token in narrowing.tokens]
        return " AND ".join([*whole, f"{last} *" if narrowing.prefix else last])
    joint = " OR " if isinstance(narrowing, AnyOf) else " AND "
    return joint.join(f"({index_query(term)})" for term in narrowing.terms)


def indexed(db: Connection, narrowing: Narrowing, limit: int) -> list[int]:
    """Local ids of posts that may be meant, in no order; `limit` of them at most."""
    rows = db.execute(
        "SELECT rowid FROM words WHERE words MATCH ? LIMIT ?", (index_query(narrowing), limit)
    )
    return [id for (id,) in rows]


def _owners(db: Connection, account: int | None) -> frozenset[int]:
    rows = db.execute("SELECT person FROM accounts WHERE ?1 IS NULL OR id = ?1", (account,))
    return frozenset(person for (person,) in rows)


def _boosted(db: Connection, ids: list[int]) -> set[int]:
    rows = db.execute(
        "SELECT b.post FROM feeds f CROSS JOIN json_each(?) wanted "
        "CROSS JOIN boosts b ON b.feed = f.id AND b.post = wanted.value",
        (listed(ids),),
    )
    return {post for (post,) in rows}


class _Condition(Struct, frozen=True):
    """Something that holds of every post a query finds: SQL on `posts p`, with its parameters.

    `by_author`: there is an index for it.
    """

    sql: str
    parameters: dict[str, object] = field(default_factory=dict)
    by_author: bool = False


def _candidates(db: Connection, account: int | None, tree: Query, below: FoundKey) -> Iterator[int]:
    """Local ids of posts that may be meant, newest first."""
    terms = tree.terms if isinstance(tree, And) else (tree,)
    conditions = [
        one for n, term in enumerate(terms) if (one := _condition(db, term, n)) is not None
    ]
    parameters: dict[str, object] = {"at": below[0], "id": below[1], "account": account}
    for condition in conditions:
        parameters |= condition.parameters
    where = " AND ".join(["p.deleted_at IS NULL", *(condition.sql for condition in conditions)])
    few = _few(db, tree, conditions, parameters)
    return _sorted(db, few, where, parameters) if few is not None else _walk(db, where, parameters)


def _few(
    db: Connection, tree: Query, conditions: list[_Condition], parameters: dict[str, object]
) -> list[int] | None:
    """All candidates, where index or author leave only a few; None where there are too many to sort."""
    if (narrowed := narrowing(tree)) is not None:
        ids = indexed(db, narrowed, RARE + 1)
        if len(ids) <= RARE:
            return ids
    for condition in conditions:
        if condition.by_author:
            rows = db.execute(
                f"SELECT p.id FROM posts p WHERE {condition.sql} LIMIT {RARE + 1}",  # noqa: S608  # own texts
                parameters,
            ).fetchall()
            if len(rows) <= RARE:
                return [id for (id,) in rows]
    return None


def _sorted(
    db: Connection, ids: list[int], where: str, parameters: dict[str, object]
) -> Iterator[int]:
    rows = db.execute(
        "SELECT p.id FROM json_each(:ids) c CROSS JOIN posts p ON p.id = c.value "  # noqa: S608  # own texts
        f"WHERE (p.created_at, p.id) < (:at, :id) AND {where} "
        f"ORDER BY p.created_at DESC, p.id DESC LIMIT {EXAMINED}",
        {**parameters, "ids": listed(ids)},
    ).fetchall()
    return (id for (id,) in rows)


def _walk(db: Connection, where: str, parameters: dict[str, object]) -> Iterator[int]:
    rows = db.execute(
        "SELECT p.id FROM posts p INDEXED BY posts_by_time "  # noqa: S608  # own texts
        f"WHERE (p.created_at, p.id) < (:at, :id) AND {where} "
        f"ORDER BY p.created_at DESC, p.id DESC LIMIT {EXAMINED}",
        parameters,
    ).fetchall()
    return (id for (id,) in rows)


def _condition(db: Connection, term: Query, n: int) -> _Condition | None:
    """What SQL can say about the n-th term, or None: then only the matcher looks at it."""
    match term:
        case From("me"):
            return _Condition(
                "p.author IN (SELECT person FROM accounts WHERE :account IS NULL OR id = :account)",
                by_author=True,
            )
        case From(who):
            return _Condition(
                "p.author IN (SELECT id FROM people "  # noqa: S608  # a number
                f"WHERE instr(folded, :handle{n}) OR instr(folded, :name{n}))",
                {f"handle{n}": fold(who).lstrip("@"), f"name{n}": " ".join(tokens(who))},
                by_author=True,
            )
        case InGroup(name):
            named = [one.id for one in all_groups(db) if fold(one.name) == fold(name)]
            return _Condition(
                "p.author IN (SELECT person FROM group_members "  # noqa: S608  # a number
                f"WHERE group_id IN (SELECT value FROM json_each(:groups{n})))",
                {f"groups{n}": listed(named)},
                by_author=True,
            )
        case OnNetwork(name):
            return _Condition(f"lower(p.network) = :network{n}", {f"network{n}": name.lower()})
        case Language(code):
            return _Condition(f"p.language LIKE :language{n} || '%'", {f"language{n}": code})
        case Has(Holds.MEDIA):
            return _Condition("instr(p.extras, '\"media\":')")
        case Has(Holds.POLL):
            return _Condition("instr(p.extras, '\"poll\":')")
        case Is(Shape.QUOTE):
            return _Condition("p.quoted_uri IS NOT NULL")
    return None
