"""From version 6 to 9 and on: strangers' checks, people set aside, identities come; all that was there stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.store_material import sign_in

from tui_inbox.core.conversation import ItemState
from tui_inbox.core.draft import Draft
from tui_inbox.core.interaction import Interaction, InteractionKind
from tui_inbox.core.suggestion import Suggestion
from tui_inbox.store import (
    accounts,
    batches,
    checks,
    database,
    drafts,
    groups,
    hits,
    identities,
    ledger,
    people,
    posts,
    searches,
    set_aside,
)
from tui_inbox.store.database import Connection, open_database
from tui_inbox.store.hits import Hit
from tui_inbox.store.set_aside import Aside
from tui_inbox.store.store import Writing

TABLES = (
    *("accounts", "people", "person_views", "posts", "post_views", "mentions", "conversations"),
    *("items", "interactions", "ties", "groups", "group_members", "searches", "hits", "drafts"),
    *("feeds", "entries", "boosts", "notices"),
)
VERSION_1_OF_A_TIE = b"\x01" + bytes(80)


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    """A store of version 6 in which something of everything stands."""
    steps = database._migrations()[:6]
    with monkeypatch.context() as patched:
        patched.setattr(database, "_migrations", lambda: steps)
        db = open_database(tmp_path / "store.db")
    fill(db)
    yield db
    db.close()


def fill(db: Connection) -> None:
    """What version 6 wrote, by its own columns."""
    account = sign_in(db).id
    w = Writing(db)
    db.executescript(
        f"""
        INSERT INTO people (id, network, uri, handle, name, folded)
            VALUES (70, 'demo', 'https://town.example/odile', 'odile@town.example', 'Odile', 'odile');
        INSERT INTO person_views (account, person, server_id, following, note, pinned, met_at, checked_at)
            VALUES ({account}, 70, 'o', 1, 'owes me a cake', 1, 17, 18);
        INSERT INTO conversations (id, same_as) VALUES (80, NULL);
        INSERT INTO posts (id, network, uri, author, created_at, text, audience, conversation)
            VALUES (90, 'demo', 'https://town.example/1', 70, 40, 'Is it open?', 'public', 80);
        INSERT INTO words (rowid, tokens) VALUES (90, 'is it open');
        INSERT INTO post_views (account, post, server_id) VALUES ({account}, 90, 's1');
        INSERT INTO mentions (post, person, place) SELECT 90, person, 0 FROM accounts;
        INSERT INTO items (account, conversation, person, state, turn, since, changed_at, post, opening)
            VALUES ({account}, 80, 70, 'seen', 'mine', 40, 41, 90, 'named');
        INSERT INTO feeds (id, account, name) VALUES (60, {account}, 'home');
        INSERT INTO boosts (feed, post, person, at, uri, entry_id) VALUES (60, 90, 70, 50, 'b1', 'e1');
        """
    )
    (me,) = db.execute("SELECT person FROM accounts").fetchone()
    kind, uri = InteractionKind.MENTION, "https://town.example/1"
    ledger.record(w, Interaction(account, kind, 70, me, uri, 40, 80))
    ledger.record(w, Interaction(account, kind, me, 70, "https://town.example/0", 30, 80))
    ledger.put_tie(w, account, 70, VERSION_1_OF_A_TIE, 40)
    group = groups.add_group(w, "Bakers", at=5)
    groups.add_member(w, group, 70, at=6)
    db.execute(
        "INSERT INTO searches (id, account, query, marked, place, created_at) VALUES (50, ?, 'open', 1, 1, 0)",
        (account,),
    )
    db.execute("INSERT INTO hits (search, post, state, at) VALUES (50, 90, 'new', 40)")
    drafts.put_draft(w, Draft(0, account, "It is.", reply_to=90, updated_at=44))


def contents(db: Connection, columns: dict[str, list[str]]) -> dict[str, list[tuple[object, ...]]]:
    return {
        table: db.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY 1, 2").fetchall()
        for table, names in columns.items()
    }


def test_every_row_of_version_6_is_there_unchanged(old: Connection) -> None:
    columns = {
        table: [name for _, name, *_ in old.execute(f"PRAGMA table_info({table})")]
        for table in TABLES
    }
    before = contents(old, columns)
    assert all(before[table] for table in TABLES if table not in ("entries", "notices"))
    database.migrate(old)
    assert contents(old, columns) == before
    assert old.execute("PRAGMA foreign_key_check").fetchall() == []
    assert old.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_what_is_new_begins_empty_and_can_be_used(old: Connection) -> None:
    database.migrate(old)
    (account,) = (one.id for one in accounts.accounts(old))
    w = Writing(old)
    assert set_aside.all_aside(old, account) == {}
    assert set_aside.looked_at(old, account, [70]) == {}
    assert batches.verdicts(old, account, [70]) == {}
    assert identities.linked(old) == {}
    assert checks.due(old, account, 100) == [], "who is followed is known"
    (saying,) = posts.sayings(old, account, 80)
    assert saying.counts_at is None, "nobody was named by an edit"
    (search,) = searches.searches(old)
    assert not search.asks_only
    assert hits.hits_of(old, search.id) == [Hit(search.id, 90, ItemState.NEW, 40)]
    assert hits.passed(old, 1) == {}
    set_aside.set_aside(w, account, 70, Suggestion.QUIET, Aside(5))
    set_aside.looked(w, account, 70, 90)
    view = people.view(old, account, 70)
    assert view is not None
    assert (view.note, view.pinned) == ("owes me a cake", True)


def test_with_an_account_goes_all_that_version_9_knows_of_it(old: Connection) -> None:
    database.migrate(old)
    (account,) = (one.id for one in accounts.accounts(old))
    w = Writing(old)
    set_aside.set_aside(w, account, 70, Suggestion.QUIET, Aside(5))
    set_aside.remind(w, 3, [(account, 70)])
    accounts.remove_account(w, account)
    for table in ("set_aside", "reminders", "checks", "ties", "interactions"):
        assert old.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
