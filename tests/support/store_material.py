"""Posts, people and pages for tests of the store, made in one line each."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from tui_inbox.core.account import Account, Limits
from tui_inbox.core.moment import MINUTE, Millis
from tui_inbox.core.person import Person, PersonRef
from tui_inbox.core.post import (
    Audience,
    Boost,
    Feed,
    FeedEntry,
    FeedKind,
    Mention,
    Post,
    PostRef,
    PostView,
    ReplyTo,
    SeenPost,
)
from tui_inbox.store import accounts, feeds
from tui_inbox.store.database import Connection, open_database
from tui_inbox.store.store import Writing

NETWORK = "demo"
MONDAY: Millis = 1_764_000_000_000
HOME = Feed(FeedKind.HOME)


def person(name: str, server: str = "") -> Person:
    """Somebody of the town. Their id differs from server to server, as ids do."""
    return Person(
        PersonRef(NETWORK, f"https://town.example/{name}"),
        server_id=f"{server}u-{name}",
        handle=f"{name}@town.example",
        name=name.title(),
    )


def mention(name: str, server: str = "") -> Mention:
    """Somebody named in a post."""
    somebody = person(name, server)
    return Mention(somebody.ref, somebody.server_id, somebody.handle)


def ref(name: str) -> PostRef:
    """The identity of the post that goes by this name in a test."""
    return PostRef(NETWORK, f"https://town.example/posts/{name}")


def post(
    name: str,
    author: str = "ada",
    *,
    minute: int = 0,
    text: str | None = None,
    names: tuple[str, ...] = (),
    audience: Audience = Audience.PUBLIC,
) -> Post:
    """A post; its text is its name unless another is given."""
    return Post(
        ref(name),
        person(author),
        MONDAY + minute * MINUTE,
        name if text is None else text,
        mentions=tuple(map(mention, names)),
        audience=audience,
    )


def seen(
    it: Post, *, server: str = "", answers: str | None = None, by_uri: bool = False
) -> SeenPost:
    """The post as an account on a server sees it; `answers` names the parent, by server id or by URI."""
    if answers is not None:
        told = ReplyTo(uri=ref(answers).uri) if by_uri else ReplyTo(server + answers)
        it = replace(it, reply_to=told)
    it = replace(it, author=replace(it.author, server_id=server + it.author.server_id))
    return SeenPost(it, PostView(server + it.ref.uri.rpartition("/")[2]))


def entry(it: SeenPost, *, boosted_by: str | None = None, minute: int | None = None) -> FeedEntry:
    """A post's place in a feed: under its own time, or under that of a boost."""
    at = it.post.created_at if minute is None else MONDAY + minute * MINUTE
    if boosted_by is None:
        return FeedEntry(it, at, it.view.server_id)
    boost_id = f"{boosted_by}-boosts-{it.view.server_id}"
    boost = Boost(person(boosted_by), at, f"https://town.example/boosts/{boost_id}", boost_id)
    return FeedEntry(it, at, boost_id, boost)


@cache
def _fresh() -> bytes:
    """The file of a store that nothing was put into: making one takes longer than most tests."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        open_database(path).close()
        return path.read_bytes()


def new_store(folder: Path) -> Connection:
    """A connection to the store in a folder, which is fresh where there was none."""
    path = folder / "store.db"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_fresh())
    return open_database(path)


def sign_in(db: Connection, name: str = "mina", server: str = "", letters: str = "mi") -> Account:
    """An account of that person."""
    return accounts.add_account(
        Writing(db),
        network=NETWORK,
        server=f"https://{server or 'town'}.example",
        person=person(name, server),
        letters=letters,
        label=name.upper(),
        limits=Limits(),
    )


def file_home(db: Connection, account: int, *entries: FeedEntry) -> feeds.Filed:
    """File entries in the account's home feed."""
    w = Writing(db)
    return feeds.file_entries(w, account, feeds.feed_id(w, account, HOME), entries)


def home(db: Connection, account: int) -> int:
    """The local id of the account's home feed."""
    return feeds.feed_id(Writing(db), account, HOME)
