"""Accounts, what their adapters remember, and what goes when one is removed."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from support.store_material import (
    HOME,
    MONDAY,
    NETWORK,
    entry,
    file_home,
    person,
    post,
    ref,
    seen,
    sign_in,
)

from tui_inbox.core.account import Account, Limits
from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.conversation import Door, ItemState, Turn
from tui_inbox.core.draft import Draft
from tui_inbox.core.interaction import Interaction, InteractionKind
from tui_inbox.core.post import Audience
from tui_inbox.store import (
    accounts,
    drafts,
    feeds,
    items,
    ledger,
    people,
    posts,
    searches,
)
from tui_inbox.store.database import Connection
from tui_inbox.store.items import Item
from tui_inbox.store.store import Writing


def test_an_account_comes_back_as_it_was_added(db: Connection, w: Writing) -> None:
    limits = Limits(characters=5000, streaming_url="wss://town.example", software="Mastodon 4.5")
    added = accounts.add_account(
        w,
        network=NETWORK,
        server="https://town.example",
        person=person("mina"),
        letters="mi",
        label="MINA",
        limits=limits,
    )
    assert added == Account(
        id=added.id,
        network=NETWORK,
        server="https://town.example",
        person=person("mina").ref,
        server_id="u-mina",
        handle="mina@town.example",
        letters="mi",
        label="MINA",
        limits=limits,
    )
    assert accounts.accounts(db) == [accounts.account(db, added.id)] == [added]
    assert people.find_by_ref(db, added.person) == accounts.owner(db, added.id)
    assert w.changes == {Change(Topic.ACCOUNTS, added.id)}


def test_signing_in_again_is_no_second_account(db: Connection) -> None:
    first = sign_in(db, letters="mi")
    sign_in(db, "acorn", "far-", letters="ac")
    again = accounts.add_account(
        Writing(db),
        network=NETWORK,
        server="https://moved.example",
        person=replace(person("mina"), server_id="new-id", handle="mina@moved.example"),
        letters="zz",
        label="OTHER",
        limits=Limits(characters=300),
    )
    assert again == replace(
        first,
        server="https://moved.example",
        server_id="new-id",
        handle="mina@moved.example",
        limits=Limits(characters=300),
    )
    assert len(accounts.accounts(db)) == 2


def test_limits_and_the_usual_way_of_posting_are_kept(db: Connection) -> None:
    id = sign_in(db).id
    assert accounts.usual(db, id) == (Audience.PUBLIC, None)
    w = Writing(db)
    limits = Limits(characters=1000, full_text_search=False)
    for _ in range(2):
        accounts.set_limits(w, id, limits, usual_audience=Audience.UNLISTED, usual_language="pt-BR")
    assert accounts.account(db, id).limits == limits
    assert accounts.usual(db, id) == (Audience.UNLISTED, "pt-BR")
    assert w.changes == {Change(Topic.ACCOUNTS, id)}
    w = Writing(db)
    accounts.set_limits(w, id, limits, usual_audience=Audience.UNLISTED, usual_language="pt-BR")
    assert w.changes == set()


def test_the_door_is_ajar_until_it_is_set(db: Connection, w: Writing) -> None:
    id = sign_in(db).id
    assert accounts.door(db, id) is Door.CHECK
    accounts.set_door(w, id, Door.CHECK)
    assert w.changes == set()
    accounts.set_door(w, id, Door.CLOSED)
    assert accounts.door(db, id) is Door.CLOSED
    assert w.changes == {Change(Topic.ACCOUNTS, id), Change(Topic.INBOX, id)}


def test_what_an_adapter_remembers_is_kept_per_account(db: Connection, w: Writing) -> None:
    mina, acorn = sign_in(db).id, sign_in(db, "acorn", "far-", letters="ac").id
    accounts.put_state(w, mina, "cursor", "1")
    accounts.put_state(w, mina, "cursor", "2")
    assert accounts.get_state(db, mina, "cursor") == "2"
    assert accounts.get_state(db, acorn, "cursor") is None


def test_an_account_that_is_not_there_is_an_error(db: Connection) -> None:
    for ask in (accounts.account, accounts.owner, accounts.usual, accounts.door):
        with pytest.raises(accounts.NoSuchAccount):
            ask(db, 7)


def fill(db: Connection, account: int, server: str) -> None:
    """Something in every table that belongs to an account."""
    w = Writing(db)
    only = seen(post(f"only-{account}", audience=Audience.FOLLOWERS), server=server)
    answer = seen(post(f"answer-{account}"), server=server, answers="both")
    file_home(db, account, entry(seen(post("both"), server=server)), entry(only), entry(answer))
    posts.delete_post(w, account, server_id="unheard-of", at=MONDAY)
    id = posts.find_by_ref(db, ref("both")) or 0
    ada, owner = people.find_by_ref(db, person("ada").ref) or 0, accounts.owner(db, account)
    drafts.put_draft(w, Draft(0, account, "hello", reply_to=id))
    said = Interaction(account, InteractionKind.REPLY, ada, owner, ref("both").uri, MONDAY)
    ledger.record(w, said)
    search = searches.add_search(w, account, "bread", at=MONDAY)
    searches.put_hit(w, search, id, MONDAY)
    items.put_item(w, waiting(account, 1, ada, id))


def waiting(account: int, conversation: int, who: int, about: int) -> Item:
    return Item(
        id=0,
        account=account,
        conversation=conversation,
        person=who,
        turn=Turn.MINE,
        since=MONDAY,
        post=about,
        opening=None,
        answers_me=False,
        asks=False,
        thanks=False,
        state=ItemState.NEW,
        until=None,
        until_post=False,
        until_start=False,
        closed_by=None,
        changed_at=MONDAY,
    )


def test_an_account_that_is_removed_takes_what_only_it_was_shown(db: Connection) -> None:
    mina, acorn = sign_in(db).id, sign_in(db, "acorn", "far-", letters="ac").id
    fill(db, mina, "")
    fill(db, acorn, "far-")
    w = Writing(db)
    accounts.remove_account(w, mina)
    accounts.remove_account(w, mina)
    assert w.changes == {Change(Topic.ACCOUNTS, mina)}
    assert [one.id for one in accounts.accounts(db)] == [acorn]
    left = posts.posts(db, None, range(1, 20)).values()
    assert sorted(one.post.ref.uri.rpartition("/")[2] for one in left) == [
        f"answer-{acorn}",
        "both",
        f"only-{acorn}",
    ]
    owners = db.execute(
        "SELECT account FROM person_views UNION SELECT account FROM post_views UNION "
        "SELECT account FROM feeds UNION SELECT account FROM interactions UNION "
        "SELECT account FROM items UNION SELECT account FROM drafts UNION "
        "SELECT account FROM searches UNION SELECT account FROM tombstones"
    ).fetchall()
    assert owners == [(acorn,)]
    home = feeds.find_feed(db, acorn, HOME)
    assert home is not None
    assert len(feeds.window(db, [home], limit=9)) == 3
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_removed_accounts_number_and_posts_are_not_given_to_others(db: Connection) -> None:
    mina = sign_in(db).id
    fill(db, mina, "")
    accounts.remove_account(Writing(db), mina)
    again = sign_in(db).id
    assert again != mina
    assert posts.posts(db, None, range(1, 20)) == {}
    put = posts.put_post(Writing(db), again, seen(post("both")))
    assert put is not None
    assert put.is_new
    assert put.id > 3
