"""Ingest: what a network says becomes rows, in one transaction for a page or a batch of events.

All of it is idempotent. The same post may come by the stream, a page, a notification and a thread, in any
order and more than once, and the store is the same in the end.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from concurrent.futures import Future
from typing import TypeAlias, TypeVar

from msgspec import Struct, field

from tui_inbox.core.changes import Topic
from tui_inbox.core.conversation import ItemEvent, ItemState, after
from tui_inbox.core.events import (
    EntryArrived,
    NetworkEvent,
    Notice,
    Noticed,
    PostDeleted,
    PostEdited,
)
from tui_inbox.core.moment import Millis
from tui_inbox.core.person import Relationship
from tui_inbox.core.ports import Clock, Thread
from tui_inbox.core.post import Feed, FeedEntry, FeedKind, Post, PostRef, SeenPost
from tui_inbox.store import (
    batches,
    feeds,
    hits,
    items,
    notices,
    outside,
    people,
    posts,
    removal,
    watches,
)
from tui_inbox.store.feeds import Filed
from tui_inbox.store.outbox import OutboxRow
from tui_inbox.store.outside_posts import NOBODY
from tui_inbox.store.posts import Put, StoredPost
from tui_inbox.store.store import Store, Writing
from tui_inbox.sync import touches
from tui_inbox.sync.elsewhere import stop_held_answers
from tui_inbox.sync.hit_flow import Room
from tui_inbox.sync.hits import HitsOutside, StandingSearches, answer_hits, note_hits, wake_hits
from tui_inbox.sync.sightings import Sightings
from tui_inbox.sync.ties import Ties
from tui_inbox.sync.turns import Learnt, Owner, derive_conversation

T = TypeVar("T")

MENTIONS = Feed(FeedKind.MENTIONS)
"""What addresses the owner, filed with the notifications, which are read whether somebody looks at it or not."""

InFeed: TypeAlias = Callable[[Writing, int], None]
"""What belongs into the transaction that files a page: cursors, gaps (writing, local id of the feed)."""

Settle: TypeAlias = Callable[[Writing, int | None], None]
"""Ends an outbox row in the transaction that stores the post it became (local id, None if already deleted)."""


class _Batch(Struct):
    """What one transaction has touched, to be derived once at its end."""

    owner: Owner
    posts: list[int] = field(default_factory=list)
    related: set[int] = field(default_factory=set)
    views: list[Put] = field(default_factory=list)
    conversations: set[int] = field(default_factory=set)
    learnt: Learnt = field(default_factory=Learnt)


class Ingest:
    """Writes what networks say. Shared by the accounts of one store; every method may be called anywhere.

    Attributes:
        sightings: when each post was last shown by a server.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self.sightings = Sightings()
        self._ties = Ties()
        self._standing = StandingSearches()

    def file_page(
        self,
        account: int,
        feed: Feed,
        entries: Sequence[FeedEntry],
        *,
        also: InFeed | None = None,
    ) -> Future[Filed]:
        """Put a page of a feed in its place.

        Args:
            also: run in the same transaction, with the feed's local id: where its cursors are stored.
        """

        def job(w: Writing, batch: _Batch) -> Filed:
            filed = self._file(w, batch, feed, entries)
            if also is not None:
                also(w, feeds.feed_id(w, account, feed))
            return filed

        return self._write(account, job)

    def take_events(self, account: int, events: Sequence[NetworkEvent]) -> Future[None]:
        """Take in events of a stream, in the order in which they came."""

        def job(w: Writing, batch: _Batch) -> None:
            for event in events:
                self._take(w, batch, event)

        return self._write(account, job)

    def take_notices(
        self,
        account: int,
        page: Sequence[Notice],
        *,
        also: Callable[[Writing, int], None] | None = None,
    ) -> Future[int]:
        """Take in a page of notifications; how many of them were new.

        Args:
            also: run in the same transaction, with that number: where cursors are stored.
        """

        def job(w: Writing, batch: _Batch) -> int:
            new = sum([self._notice(w, batch, notice) for notice in reversed(page)])
            if also is not None:
                also(w, new)
            return new

        return self._write(account, job)

    def take_thread(self, account: int, thread: Thread) -> Future[None]:
        """Take in a conversation as its server shows it."""

        def job(w: Writing, batch: _Batch) -> None:
            for seen in (*thread.above, thread.focus, *thread.below):
                self._put(w, batch, seen)

        return self._write(account, job)

    def take_posts(self, account: int, seen: Sequence[SeenPost]) -> Future[list[int]]:
        """Take in posts that stand in no feed; their local ids, without those known to be deleted."""

        def job(w: Writing, batch: _Batch) -> list[int]:
            put = [self._put(w, batch, one) for one in seen]
            return [one.id for one in put if one is not None]

        return self._write(account, job)

    def take_withdrawals(self, account: int, server_ids: Sequence[str]) -> Future[None]:
        """Take note that the server has some posts no more, as asking for them has shown."""

        def job(w: Writing, batch: _Batch) -> None:
            for server_id in server_ids:
                gone = posts.withdraw(w, account, server_id, at=self._clock.now())
                if gone is not None:
                    self._touch(w, batch, gone)

        return self._write(account, job)

    def take_outside(
        self,
        source: int,
        found: Sequence[Post],
        *,
        gone: Sequence[PostRef] = (),
        passed: Mapping[int, int] | None = None,
        also: Callable[[Writing, int], None] | None = None,
    ) -> Future[int]:
        """Put what a source outside all accounts brought to the searches that listen to it.

        Args:
            source: its local id.
            gone: what was withdrawn there.
            passed: how many more some searches found, for which there was no `room`.
            also: run in the same transaction, with the number of new hits: where the source's cursor is stored.

        Returns:
            how many hits are news.
        """

        def job(w: Writing) -> int:
            listeners = HitsOutside(w, self._standing.listening(w.db, source), self._clock.now())
            new = sum([listeners.note(post) for post in found])
            self._standing.flow.pass_by(passed or {})
            self._standing.flow.count(w, self._clock.now())
            for ref in gone:
                if posts.find_by_ref(w.db, ref) is not None:
                    posts.delete_post(w, NOBODY, ref=ref, at=self._clock.now())
            if also is not None:
                also(w, new)
            return new

        return self._store.write(job)

    def room(self) -> Room:
        """How many hits of searches would be kept now; what a source brings beyond them need not be brought here."""
        return Room(self._standing.flow, self._clock.now())

    def take_found(self, account: int, post: int, seen: SeenPost) -> Future[None]:
        """Take in what an account's server has for a post (local id) that it had not shown before."""

        def job(w: Writing, batch: _Batch) -> None:
            stored = posts.post(w.db, account, post)
            if stored is not None and stored.post.ref != seen.post.ref:
                outside.become(w, account, post, seen)
            self._put(w, batch, seen)

        return self._write(account, job)

    def confirm(self, account: int, seen: SeenPost, settle: Settle) -> Future[None]:
        """Take in a post of one's own that the server has accepted, and settle its outbox row with it."""

        def job(w: Writing, batch: _Batch) -> None:
            put = self._put(w, batch, seen)
            settle(w, put.id if put else None)

        return self._write(account, job, durable=True)

    def note_act(self, w: Writing, row: OutboxRow) -> None:
        """Take in, within a transaction of the outbox, what the owner did here and the server has confirmed."""
        owner, learnt = Owner.of(w.db, row.account), Learnt()
        touches.note_act(w, owner, row, learnt)
        self._learn(w, owner, learnt)

    def put_relationships(self, account: int, told: Mapping[int, Relationship]) -> Future[None]:
        """Take in how an account stands to some people (local ids), as its server says."""

        def job(w: Writing) -> None:
            now = self._clock.now()
            owner, learnt = Owner.of(w.db, account), Learnt()
            for person, relationship in told.items():
                before = people.view(w.db, account, person)
                people.put_relationship(w, account, person, relationship, now)
                touches.note_standing(w, owner, before, relationship, now, learnt)
            self._learn(w, owner, learnt)

        return self._store.write(job)

    def _learn(self, w: Writing, owner: Owner, learnt: Learnt) -> None:
        """Take in what the ledger learnt outside a batch. Memory is read anew: what follows may roll this back."""
        if learnt.fresh or learnt.corrected:
            self._ties.learn(w, owner, learnt)
            self._ties.forget()

    def _write(
        self, account: int, job: Callable[[Writing, _Batch], T], *, durable: bool = False
    ) -> Future[T]:
        def transaction(w: Writing) -> T:
            batch = _Batch(Owner.of(w.db, account))
            try:
                result = job(w, batch)
                self._derive(w, batch)
            except BaseException:
                self._ties.forget()  # the transaction is rolled back, memory is not
                raise
            return result

        return self._store.write(transaction, durable=durable)

    def _take(self, w: Writing, batch: _Batch, event: NetworkEvent) -> None:
        match event:
            case EntryArrived(feed, entry):
                self._file(w, batch, feed, [entry])
            case PostEdited(seen):
                self._put(w, batch, seen)
            case PostDeleted(server_id, ref):
                self._delete(w, batch, server_id, ref)
            case Noticed(notice):
                self._notice(w, batch, notice)
            case _:
                pass

    def _delete(
        self, w: Writing, batch: _Batch, server_id: str | None, ref: PostRef | None
    ) -> None:
        account = batch.owner.account
        boosts = removal.boosts_named(w.db, account, server_id, ref)
        gone = posts.delete_post(w, account, server_id=server_id, ref=ref, at=self._clock.now())
        if gone is not None:
            self._touch(w, batch, gone)
        else:
            touches.take_back_boosts(w, batch.owner, boosts, batch.learnt)

    def _file(self, w: Writing, batch: _Batch, feed: Feed, entries: Sequence[FeedEntry]) -> Filed:
        account = batch.owner.account
        feed_id = feeds.feed_id(w, account, feed)
        filed = feeds.file_entries(w, account, feed_id, entries)
        for put in filed.puts:
            self._note_put(batch, put)
        touches.note_boosts(w, batch.owner, entries, batch.learnt)
        return filed

    def _notice(self, w: Writing, batch: _Batch, notice: Notice) -> bool:
        owner = batch.owner
        put = self._put_noticed(w, batch, notice)
        person = people.put_person(w, owner.account, notice.by) if notice.by else None
        is_new = notices.put_notice(
            w, owner.account, notice, person=person, post=put.id if put else None
        )
        touches.note_notice(w, owner, notice, person, batch.learnt)
        if is_new:
            w.changed(Topic.ACTIVITY, owner.account)
        return is_new

    def _put_noticed(self, w: Writing, batch: _Batch, notice: Notice) -> Put | None:
        """Store the post that a notification is about; one that addresses the owner stands among the mentions too."""
        if notice.entry is not None:
            return next(iter(self._file(w, batch, MENTIONS, [notice.entry]).puts), None)
        return self._put(w, batch, notice.seen) if notice.seen else None

    def _put(self, w: Writing, batch: _Batch, seen: SeenPost) -> Put | None:
        put = posts.put_post(w, batch.owner.account, seen)
        if put is not None:
            self._note_put(batch, put)
        return put

    def _note_put(self, batch: _Batch, put: Put) -> None:
        self.sightings.saw(batch.owner.account, put.id, self._clock.now())
        batch.related.update(put.quoted_by)
        if put.quoted is not None:
            batch.related.add(put.quoted.id)
            batch.views.append(put.quoted)
        # Searches are asked with the eyes of an account, so what another was shown first is new to them all the same.
        first = put.sees is not None and put.sees.first
        if first or put.is_new or put.is_edited or put.merged:
            batch.posts.append(put.id)
        if put.is_news:
            batch.related.add(put.id)
            batch.views.append(put)

    def _touch(self, w: Writing, batch: _Batch, post: int) -> None:
        stored = posts.post(w.db, batch.owner.account, post)
        if stored is not None:
            batch.conversations.add(stored.conversation)

    def _derive(self, w: Writing, batch: _Batch) -> None:
        """Turns, ledger, relationships and hits of all that the batch has touched."""
        owner, now = batch.owner, self._clock.now()
        stored = posts.posts(w.db, owner.account, batch.posts)
        favoured = set(touches.note_views(w, owner, batch.views, now, batch.learnt))
        # As they stand after merges.
        if batch.related:
            batch.conversations |= set(batches.conversations_of(w.db, batch.related).values())
        self._derive_conversations(w, batch, favoured, now)
        if batch.conversations:
            watches.note_posts(w, batch.conversations, now)
        searches = self._standing.of(w.db, owner.account) if stored else None
        for post in stored.values():
            note_hits(w, owner.account, owner.person, searches, post, now)
            self._wake(w, owner, post, now)
            if post.parent is not None:
                hits.tell_of_answer(w, post.parent)
            if post.author == owner.person:
                stop_held_answers(w, owner.account, post, now)
                answer_hits(w, owner.account, post, now)
        self._standing.flow.count(w, now)

    def _derive_conversations(
        self, w: Writing, batch: _Batch, favoured: Container[int], now: Millis
    ) -> None:
        """Bring the items of the account up to date, and those that other accounts have in the same conversations."""
        owner, others = batch.owner, dict[int, tuple[Owner, Learnt]]()
        for conversation in sorted(batch.conversations):
            having = items.accounts_in_conversation(w.db, conversation)
            # Where the only text for me was deleted, an item is all that is left of it.
            if owner.account in having or posts.concerns(w.db, conversation, owner.person):
                derive_conversation(w, owner, conversation, now, batch.learnt, favoured)
            for account in having:
                if account != owner.account:
                    if account not in others:
                        others[account] = Owner.of(w.db, account), Learnt()
                    derive_conversation(
                        w, others[account][0], conversation, now, others[account][1]
                    )
        for who, learnt in ((owner, batch.learnt), *others.values()):
            if learnt.fresh or learnt.corrected:
                self._ties.learn(w, who, learnt)

    def _wake(self, w: Writing, owner: Owner, post: StoredPost, now: Millis) -> None:
        """Bring back what was put off until this person posts again; what they wrote before is no news."""
        for item in items.waiting_for_post(w.db, owner.account, post.author):
            state = after(item.state, ItemEvent.WOKE)
            if state is not ItemState.LATER and post.post.created_at > item.changed_at:
                items.set_state(w, item.id, state, at=now)
                w.changed(Topic.INBOX, owner.account)
        waiting = hits.waiting_for_post(w.db, owner.account, post.author)
        wake_hits(w, [one for one in waiting if post.post.created_at > one.changed_at], now)
