"""Take in an archive of an account: its texts become posts and turns, what was done to others stands in the ledger.

People are then who they are for somebody who was here all the time, and not a request is spent on it. Each step is a
transaction of its own, and each thing is told once: an import that was broken off is taken up by beginning it again.

No hub may run on the store meanwhile: it keeps ties in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.account import Account
from tui_inbox.core.archive import Archive, ArchivedTouch, BadArchive, Imported
from tui_inbox.core.interaction import Interaction
from tui_inbox.core.person import Person, PersonRef
from tui_inbox.core.ports import Clock
from tui_inbox.core.post import Mention, SeenPost
from tui_inbox.store import accounts, ledger, people, posts
from tui_inbox.store.database import Connection
from tui_inbox.store.store import Store, Writing
from tui_inbox.sync.ingest import Ingest
from tui_inbox.sync.ties import rebuild_ties
from tui_inbox.sync.turns import Owner

T = TypeVar("T")

AT_ONCE = 100
"""Posts in a transaction: about as many as a page of a server has, so that it takes no longer."""


def import_archive(
    store: Store, clock: Clock, archive: Archive, progress: Callable[[Imported], None]
) -> Imported:
    """Take in an archive of one of the accounts.

    Args:
        store: where it goes.
        clock: what time it is.
        archive: what was opened.
        progress: told after each step what was taken in until then.

    Raises:
        BadArchive: it is of nobody who is signed in, or something in it is not as it must be.
    """
    account = _account_of(store, archive)
    done, ingest = Imported(), Ingest(store, clock)
    owner = store.read(lambda db: _stored(db, account.id, archive.owner)).result()
    for batch in _in_steps(archive.posts()):
        _take_posts(store, ingest, account.id, owner, batch, done)
        progress(done)
    for touches in _in_steps(archive.touches()):
        done.touches += _note_touches(store, account.id, touches)
        progress(done)
    done.people = store.write(lambda w: _ties_made(w, account.id)).result()
    return done


def _account_of(store: Store, archive: Archive) -> Account:
    """The account that an archive is of; on Mastodon by the handle as well, for servers call people in two ways."""
    owner = archive.owner
    for account in store.read(accounts.accounts).result():
        same = account.person == owner.ref or account.handle.lower() == owner.handle.lower()
        if account.network == archive.network and same:
            return account
    raise BadArchive(
        f"This is the archive of {owner.handle}, and none of your accounts is that one. Sign in first; nothing was "
        "changed."
    )


def _take_posts(
    store: Store,
    ingest: Ingest,
    account: int,
    owner: Person,
    batch: Sequence[SeenPost],
    done: Imported,
) -> None:
    settled = store.read(lambda db: _settled(db, account, owner, batch)).result()
    done.new_posts += len(batch) - settled.known
    ingest.take_posts(account, settled.posts).result()
    done.posts += len(batch)
    oldest = min(seen.post.created_at for seen in batch)
    done.since = min(done.since or oldest, oldest)


class _Settled(Struct, frozen=True):
    """Posts with the people as they are known here, and how many of them are stored already."""

    posts: tuple[SeenPost, ...]
    known: int


def _settled(db: Connection, account: int, owner: Person, batch: Sequence[SeenPost]) -> _Settled:
    known = sum(posts.find_by_ref(db, seen.post.ref) is not None for seen in batch)
    return _Settled(tuple(_with_people(db, account, owner, seen) for seen in batch), known)


def _with_people(db: Connection, account: int, owner: Person, seen: SeenPost) -> SeenPost:
    """A post whose author and people are those that the store knows: an archive knows less of them than a server."""
    post = seen.post
    own = post.author.ref == owner.ref or post.author.handle == owner.handle
    author = owner if own else _stored(db, account, post.author)
    mentions = tuple(_known(db, mention) for mention in post.mentions)
    return replace(seen, post=replace(post, author=author, mentions=mentions))


def _stored(db: Connection, account: int, person: Person) -> Person:
    """Somebody as the store knows them, with the id by which this account's server does."""
    id = _find(db, person.ref, person.handle)
    known = people.person(db, id) if id is not None else None
    if id is None or known is None:
        return person
    view = people.view(db, account, id)
    return replace(known, server_id=view.server_id if view else person.server_id)


def _known(db: Connection, mention: Mention) -> Mention:
    id = _find(db, mention.person, mention.handle)
    known = people.person(db, id) if id is not None else None
    return mention if known is None else replace(mention, person=known.ref)


def _find(db: Connection, ref: PersonRef, handle: str) -> int | None:
    """Somebody by what they are; where an archive calls them otherwise than servers do, by their full address."""
    found = people.find_by_ref(db, ref)
    return people.find_by_handle(db, handle) if found is None and "@" in handle else found


def _note_touches(store: Store, account: int, touches: Sequence[ArchivedTouch]) -> int:
    """Put touches into the ledger; how many it lacked."""

    def job(w: Writing) -> int:
        me = Owner.of(w.db, account).person
        missing = 0
        for touch in touches:
            person = people.put_identity(w.db, touch.person)
            if person != me:
                told = Interaction(account, touch.kind, me, person, touch.subject, touch.at)
                missing += ledger.record_missing(w, told)
        return missing

    return store.write(job).result()


def _ties_made(w: Writing, account: int) -> int:
    """Make the ties of the account anew, for what came late; how many people text has gone both ways with."""
    circle = rebuild_ties(w, Owner.of(w.db, account))
    return sum(tie.exchanged for tie in circle.ties.values())


def _in_steps(told: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(told)
    while step := list(islice(rest, AT_ONCE)):
        yield step
