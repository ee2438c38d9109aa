"""From version 4 to 5: what keeps a quote from one account goes to its view, mentions become a feed, texts stay."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.store_material import sign_in

from tui_inbox.core.draft import Draft
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.post import Audience, Feed, FeedKind, QuoteState
from tui_inbox.store import accounts, database, drafts, feeds, outbox, posts
from tui_inbox.store.database import Connection, open_database
from tui_inbox.store.edges import edge
from tui_inbox.store.store import Writing

MENTIONS = Feed(FeedKind.MENTIONS)


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    """A store of version 4."""
    steps = database._migrations()[:4]
    with monkeypatch.context() as patched:
        patched.setattr(database, "_migrations", lambda: steps)
        db = open_database(tmp_path / "store.db")
    yield db
    db.close()


def put(db: Connection, name: str, *views: int, extras: str = "{}", at: int = 1) -> int:
    """A post as version 4 stored it, seen by some accounts."""
    db.execute("INSERT INTO conversations (same_as) VALUES (NULL)")
    db.execute(
        "INSERT INTO posts (network, uri, author, created_at, text, audience, extras, conversation) "
        "VALUES ('demo', ?, (SELECT min(person) FROM accounts), ?, ?, 'public', ?, "
        "(SELECT max(id) FROM conversations))",
        (f"https://town.example/{name}", at, name, extras),
    )
    (id,) = db.execute("SELECT max(id) FROM posts").fetchone()
    for account in views:
        db.execute(
            "INSERT INTO post_views (account, post, server_id) VALUES (?, ?, ?)",
            (account, id, f"{name}-{account}"),
        )
    return int(id)


def notify(db: Connection, account: int, name: str, kind: str, post: int | None, at: int) -> None:
    db.execute(
        "INSERT INTO notices (account, notice_id, kind, at, post) VALUES (?, ?, ?, ?, ?)",
        (account, name, kind, at, post),
    )


def quotes(db: Connection, account: int, id: int) -> tuple[QuoteState | None, QuoteState | None]:
    found = posts.post(db, account, id)
    assert found is not None
    assert found.view is not None
    return found.post.quote, found.view.quote


def test_a_block_goes_to_the_only_account_that_can_have_been_told_of_it(old: Connection) -> None:
    mina, acorn = sign_in(old).id, sign_in(old, "acorn", letters="ac").id
    one = put(old, "one", mina, extras='{"tags":["sea"],"quote":"blocked_account"}')
    both = put(old, "both", mina, acorn, extras='{"quote":"muted_account"}')
    revoked = put(old, "revoked", mina, acorn, extras='{"quote":"revoked"}')
    none = put(old, "none", mina)
    database.migrate(old)
    assert quotes(old, mina, one) == (QuoteState.ACCEPTED, QuoteState.BLOCKED_ACCOUNT)
    for account in (mina, acorn):
        assert quotes(old, account, both) == (QuoteState.ACCEPTED, None)
        assert quotes(old, account, revoked) == (QuoteState.REVOKED, None)
    assert quotes(old, mina, none) == (None, None)
    (extras,) = old.execute("SELECT extras FROM posts WHERE id = ?", (one,)).fetchone()
    assert extras == '{"tags":["sea"],"quote":"accepted"}', "as the program writes it"


def test_what_notifications_have_brought_stands_among_the_mentions(old: Connection) -> None:
    mina, acorn = sign_in(old).id, sign_in(old, "acorn", letters="ac").id
    asks, quotes_me, liked = (
        put(old, name, mina, at=at) for at, name in enumerate(("asks", "quotes", "liked"))
    )
    notify(old, mina, "n2", "quote", quotes_me, 20)
    notify(old, mina, "n1", "mention", asks, 30)
    notify(old, mina, "n1 again", "mention", asks, 40)
    notify(old, mina, "n3", "favourite", liked, 50)
    notify(old, mina, "n4", "mention", None, 60)
    database.migrate(old)
    feed = feeds.find_feed(old, mina, MENTIONS)
    assert feed is not None
    entries = feeds.window(old, [feed], limit=9)
    assert [(one.entry_id, one.filed_at, one.post.id) for one in entries] == [
        ("n1", 30, asks),
        ("n2", 20, quotes_me),
    ]
    assert edge(old, mina, MENTIONS).key == entries[0].key, "they are known without a break"
    assert feeds.find_feed(old, acorn, MENTIONS) is None


@pytest.mark.parametrize(("left", "begins"), [('["cursor"]', False), ("[]", True)])
def test_where_reading_notifications_was_broken_off_mentions_begin_with_their_first_page(
    old: Connection, left: str, begins: bool
) -> None:
    mina = sign_in(old).id
    notify(old, mina, "n1", "mention", put(old, "asks", mina), 30)
    accounts.put_state(Writing(old), mina, "notices to be read below", left)
    database.migrate(old)
    assert (feeds.find_feed(old, mina, MENTIONS) is not None) is begins


def test_drafts_and_what_waits_to_leave_are_as_they_were(old: Connection) -> None:
    account = sign_in(old).id
    old.execute(
        "INSERT INTO drafts (account, text, warning, audience, language, reply_to, updated_at) "
        "VALUES (?, 'Rye?', 'food', 'followers', 'de', 4, 17)",
        (account,),
    )
    content = (
        '{"id":0,"account":1,"text":"Spelt.","warning":"","audience":"direct","language":null,'
        '"reply_to":4,"quotes":null,"updated_at":17}'
    )
    old.execute(
        "INSERT INTO outbox (account, kind, state, key, content, post, created_at, release_at, "
        "first_try_at, tries, owner, reason, changed_at) "
        "VALUES (?, 'post', 'sending', 'k', ?, 4, 17, 27, 28, 1, '99', '', 28)",
        (account, content),
    )
    database.migrate(old)
    (draft,) = drafts.drafts(old)
    assert draft == Draft(1, account, "Rye?", "food", Audience.FOLLOWERS, "de", 4, updated_at=17)
    assert drafts.draft_for(old, account, 4) == draft
    (row,) = outbox.rows(old)
    assert (row.state, row.key, row.first_try_at) == (OutboxState.SENDING, "k", 28)
    assert (row.follows, row.remote_id) == (None, None)
    assert Draft.from_json(row.content) == Draft(
        0, account, "Spelt.", audience=Audience.DIRECT, reply_to=4, updated_at=17
    )
    written_on = Draft(draft.id, account, "Rye!", reply_to=4, split=True, also_from=(account,))
    drafts.put_draft(Writing(old), written_on)
    assert drafts.drafts(old) == [written_on]
