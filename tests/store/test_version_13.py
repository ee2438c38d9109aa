"""From version 12 to 13: names that feeds give to posts of servers come; what was there stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.store_material import MONDAY, post, sign_in

from tui_inbox.core.conversation import ItemState
from tui_inbox.core.outside import FEED_NETWORK, SourceKind
from tui_inbox.core.person import Person, PersonRef
from tui_inbox.core.post import Post, PostRef
from tui_inbox.store import accounts, database, feed_names, hits, outside, searches
from tui_inbox.store.database import open_database
from tui_inbox.store.store import Writing

ITEM = Post(
    PostRef(FEED_NETWORK, "https://mill.example/1"),
    Person(PersonRef(FEED_NETWORK, "https://mill.example/"), "", "mill.example", "Mill"),
    MONDAY,
    "Rye is back.",
)


def test_what_feeds_have_brought_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = database._migrations()[:12]
    with monkeypatch.context() as patched:
        patched.setattr(database, "_migrations", lambda: steps)
        db = open_database(tmp_path / "store.db")
    db.executescript(
        """
        INSERT INTO people (id, network, uri, handle, name, folded)
            VALUES (70, 'feed', 'https://mill.example/', 'mill.example', 'Mill', 'mill');
        INSERT INTO conversations (id, same_as) VALUES (80, NULL);
        INSERT INTO posts (id, network, uri, author, created_at, text, audience, conversation)
            VALUES (90, 'feed', 'https://mill.example/1', 70, 40, 'Rye is back.', 'public', 80);
        """
    )
    database.migrate(db)
    assert db.execute("SELECT id, uri FROM posts").fetchall() == [(90, "https://mill.example/1")]
    assert feed_names.stands_for(db, 90) == 90
    assert feed_names.known_as(db, post("1")) is None, "only feeds call things by other names"
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    db.close()


def test_who_leaves_takes_no_hits_of_another_account_along(tmp_path: Path) -> None:
    db = open_database(tmp_path / "store.db")
    mine, other = sign_in(db), sign_in(db, "acorn", letters="ac")
    w = Writing(db)
    kept = {}
    for number, account in enumerate((mine, other)):
        item = Post(
            PostRef(FEED_NETWORK, f"https://mill.example/{number}"), ITEM.author, MONDAY, ""
        )
        source = outside.put_source(w, SourceKind.FEED, "https://mill.example/news.atom")
        search = searches.add_search(w, account.id, "", at=MONDAY, outside_only=True)
        outside.listen(w, search, source)
        stored = outside.put_post(w, item)
        assert stored is not None
        searches.put_hit(w, search, stored, MONDAY, ItemState.SEEN)
        kept[account.id] = (search, stored)
    accounts.remove_account(w, other.id)
    search, stored = kept[mine.id]
    assert [hit.post for hit in hits.hits_of(db, search)] == [stored]
    assert db.execute("SELECT id FROM posts").fetchall() == [(stored,)]
    db.close()
