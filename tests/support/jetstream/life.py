"""One life of a listener, which ends when it is killed.

    python -m support.jetstream.life STORE ADDRESS

The reading half for the public stream, in a process of its own on a store of its own, without a screen.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from support.search_hits import found_by

from tui_inbox.clock import SystemClock
from tui_inbox.core.account import Limits
from tui_inbox.core.outside import SourceKind
from tui_inbox.core.person import Person, PersonRef
from tui_inbox.core.stream_state import StreamState
from tui_inbox.networks.bluesky.addresses import NETWORK, Web
from tui_inbox.networks.bluesky.jetstream import Jetstream
from tui_inbox.store import accounts, outside, searches
from tui_inbox.store.database import Connection
from tui_inbox.store.store import Store, Writing
from tui_inbox.sync.ingest import Ingest
from tui_inbox.sync.listened_stream import ListenedStream


def found_store(path: Path, queries: Sequence[str], cursor: str) -> None:
    """A store with an account whose searches listen to all of Bluesky, from a moment on."""
    ref = PersonRef("mastodon", "https://town.example/odile")
    owner = Person(ref, "1", "odile@town.example", "odile")

    def job(w: Writing) -> None:
        account = accounts.add_account(
            w,
            network="mastodon",
            server="https://town.example",
            person=owner,
            letters="od",
            label="odile",
            limits=Limits(),
        )
        source = outside.put_source(w, SourceKind.STREAM, NETWORK)
        for query in queries:
            outside.listen(w, searches.add_search(w, account.id, query, at=1), source)
        outside.put_state(w, source, str(StreamState(cursor=cursor)))

    store = Store(path)
    store.write(job).result()
    store.close()


def stream_state(store: Store) -> StreamState:
    """How far the stream was heard."""
    (source,) = store.read(lambda db: outside.sources(db, SourceKind.STREAM)).result()
    return StreamState.parse(source.state)


def hits(store: Store) -> Mapping[str, int]:
    """How often each text was found by a search, all searches together."""

    def read(db: Connection) -> dict[str, int]:
        found: dict[str, int] = {}
        for search in searches.searches(db):
            for post, _ in found_by(db, search.id):
                found[post.post.text] = found.get(post.post.text, 0) + 1
        return found

    return store.read(read).result()


def listener(store: Store, stream: Jetstream) -> ListenedStream:
    """Listens for the searches of a store."""
    clock = SystemClock()
    return ListenedStream(store, Ingest(store, clock), clock, stream, NETWORK)


if __name__ == "__main__":
    heard = Jetstream([sys.argv[2]], SystemClock(), Web(), None)
    asyncio.run(listener(Store(Path(sys.argv[1])), heard).run())
