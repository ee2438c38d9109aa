"""Standing searches over what arrives: each new post is put to every search's matcher."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from tui_inbox.core.changes import Topic
from tui_inbox.core.matching import Subject, matcher
from tui_inbox.core.query import QueryError, parse
from tui_inbox.store import searches
from tui_inbox.store.database import Connection
from tui_inbox.store.groups import names_of
from tui_inbox.store.posts import StoredPost
from tui_inbox.store.store import Writing
from tui_inbox.store.words import subject_of


class Standing(Struct, frozen=True):
    """A standing search, ready to be asked."""

    id: int
    account: int
    matches: Callable[[Subject], bool]


def standing_searches(db: Connection) -> tuple[Standing, ...]:
    """All standing searches, compiled. One that cannot be read any more is left out; its pane says so."""
    compiled = []
    for search in searches.searches(db):
        try:
            matches = matcher(parse(search.query))
        except QueryError:
            continue
        compiled.append(Standing(search.id, search.account, matches))
    return tuple(compiled)


def note_hits(
    w: Writing, account: int, owner: int, standing: tuple[Standing, ...], post: StoredPost
) -> None:
    """Record which searches of an account a post answers to. The owner's own posts never do."""
    if not standing or post.author == owner or post.deleted:
        return
    subject = subject_of(post, groups=names_of(w.db, [post.author]))
    for search in standing:
        is_hit = search.account == account and search.matches(subject)
        if is_hit and searches.put_hit(w, search.id, post.id, post.post.created_at):
            w.changed(Topic.SEARCHES, search.id)
