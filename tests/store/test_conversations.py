"""Conversations: the same whatever the order of arrival, with everything that hangs on them."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from support.store_material import MONDAY, mention, new_store, person, post, ref, seen, sign_in

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.conversation import ItemState, Opening, Saying, Turn, turn_of
from tui_inbox.core.interaction import Interaction, InteractionKind
from tui_inbox.core.moment import MINUTE
from tui_inbox.core.post import Audience, ReplyTo
from tui_inbox.store import accounts, conversations, items, ledger, people, posts
from tui_inbox.store.database import Connection
from tui_inbox.store.items import Item
from tui_inbox.store.store import Writing


@st.composite
def forests(draw: st.DrawFn) -> tuple[list[int | None], list[tuple[int, int, bool]]]:
    """A reply forest, as the parent of each post, and arrivals: (post, account, parent told by URI).

    Every post arrives at least once; some arrive through both accounts, or twice.
    """
    size = draw(st.integers(1, 12))
    parents = [draw(st.none() | st.integers(0, n - 1)) if n else None for n in range(size)]
    arrival = st.tuples(st.integers(0, size - 1), st.integers(0, 1), st.booleans())
    more = draw(st.lists(arrival, max_size=6))
    first = [(n, draw(st.integers(0, 1)), draw(st.booleans())) for n in range(size)]
    return parents, draw(st.permutations([*first, *more]))


def root_of(parents: list[int | None], n: int) -> int:
    above = parents[n]
    return n if above is None else root_of(parents, above)


@given(forests())
def test_any_order_of_arrival_gives_the_same_conversations(
    forest: tuple[list[int | None], list[tuple[int, int, bool]]],
) -> None:
    parents, arrivals = forest
    servers = ("", "far-")
    told: set[tuple[int, int, bool]] = set()
    with tempfile.TemporaryDirectory() as folder:
        db = new_store(Path(folder))
        who = [sign_in(db).id, sign_in(db, "acorn", "far-", letters="ac").id]
        w = Writing(db)
        conversation_of: dict[int, int] = {}
        for n, account, by_uri in arrivals:
            above = parents[n]
            answers = None if above is None else f"p{above}"
            it = seen(post(f"p{n}"), server=servers[account], answers=answers, by_uri=by_uri)
            put = posts.put_post(w, who[account], it)
            assert put is not None
            conversation_of[put.id] = put.conversation
            for gone, into in put.merged:
                for id, conversation in conversation_of.items():
                    conversation_of[id] = into if conversation == gone else conversation
                assert conversations.current(db, gone) == conversations.current(db, into)
            told.add((n, account, by_uri))
        ids = [posts.find_by_ref(db, ref(f"p{n}")) for n in range(len(parents))]
        found = posts.posts(db, None, [id for id in ids if id is not None])
        assert conversation_of == {id: one.conversation for id, one in found.items()}

        linked = [parents[n] if _can_know(parents, n, told) else None for n in range(len(parents))]
        for n, stored_id in enumerate(ids):
            parent = linked[n]
            assert stored_id is not None
            assert found[stored_id].parent == (None if parent is None else ids[parent])
        groups = [root_of(linked, n) for n in range(len(parents))]
        stored = [conversation_of[id] for id in ids if id is not None]
        assert len(set(zip(groups, stored, strict=True))) == len(set(groups)) == len(set(stored))
        db.close()


def _can_know(parents: list[int | None], n: int, told: set[tuple[int, int, bool]]) -> bool:
    """Whether a link was told in a way that can be followed.

    By URI it always can, where that is how the post came first; by server id where the parent came through
    the same account.
    """
    above = parents[n]
    return any(
        one == n and (by_uri or any(p == above and a == account for p, a, _ in told))
        for one, account, by_uri in told
    )


def test_a_conversation_that_is_two_halves_becomes_one_when_the_middle_arrives(
    db: Connection, w: Writing
) -> None:
    account = sign_in(db).id
    put = [
        posts.put_post(w, account, seen(post("root"))),
        posts.put_post(w, account, seen(post("end", minute=2), answers="middle")),
    ]
    assert put[0]
    assert put[1]
    assert posts.waiting_for_parent(db, account, 10) == [(put[1].id, "middle")]
    w = Writing(db)
    middle = posts.put_post(w, account, seen(post("middle", minute=1), answers="root"))
    assert middle is not None
    assert middle.merged == ((put[1].conversation, put[0].conversation),)
    assert middle.conversation == put[0].conversation
    texts = [one.post.text for one in posts.conversation_posts(db, account, put[1].conversation)]
    assert texts == ["root", "middle", "end"], "the old number still leads there"
    assert Change(Topic.POST, put[1].id) in w.changes
    assert posts.waiting_for_parent(db, account, 10) == []


def test_what_was_asked_for_in_vain_is_not_asked_for_again_but_still_linked(
    db: Connection, w: Writing
) -> None:
    account = sign_in(db).id
    end = posts.put_post(w, account, seen(post("end"), answers="root"))
    assert end is not None
    posts.stop_waiting(w, account, end.id)
    assert posts.waiting_for_parent(db, account, 10) == []
    favourited = seen(post("end"), answers="root")
    favourited = replace(favourited, view=replace(favourited.view, favourited=True))
    posts.put_post(w, account, favourited)
    assert posts.waiting_for_parent(db, account, 10) == [], "seeing it again asks no new question"
    root = posts.put_post(w, account, seen(post("root")))
    assert root is not None
    assert root.conversation == end.conversation


def test_posts_that_claim_to_answer_each_other_make_no_ring(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    for name, answers in (("a", "c"), ("b", "a"), ("c", "b"), ("self", "self")):
        assert posts.put_post(w, account, seen(post(name), answers=answers))
    found = posts.posts(db, account, range(1, 5)).values()
    parents = {one.post.text: one.parent for one in found}
    assert parents == {"a": None, "b": 1, "c": 2, "self": None}


def an_item(account: int, conversation: int, person: int, state: ItemState) -> Item:
    return Item(
        id=0,
        account=account,
        conversation=conversation,
        person=person,
        turn=Turn.MINE,
        since=MONDAY,
        post=None,
        opening=Opening.ANSWER,
        answers_me=True,
        asks=False,
        thanks=False,
        state=state,
        until=None,
        until_post=False,
        until_start=False,
        closed_by=None,
        changed_at=MONDAY,
    )


@pytest.mark.parametrize(
    ("older", "newer", "stays"),
    [
        (ItemState.DONE, ItemState.NEW, ItemState.NEW),
        (ItemState.NEW, ItemState.DONE, ItemState.NEW),
        (ItemState.LATER, ItemState.ANSWERED, ItemState.LATER),
        (ItemState.JUNK, ItemState.DONE, ItemState.DONE),
    ],
)
def test_of_two_items_that_become_one_the_more_open_stays(
    db: Connection, w: Writing, older: ItemState, newer: ItemState, stays: ItemState
) -> None:
    account = sign_in(db).id
    root = posts.put_post(w, account, seen(post("root")))
    end = posts.put_post(w, account, seen(post("end"), answers="middle"))
    assert root
    assert end
    ada, otto = (people.put_person(w, account, person(name)) for name in ("ada", "otto"))
    items.put_item(w, an_item(account, root.conversation, ada, older))
    items.put_item(w, an_item(account, end.conversation, ada, newer))
    lone = items.put_item(w, an_item(account, end.conversation, otto, newer))
    w = Writing(db)
    posts.put_post(w, account, seen(post("middle"), answers="root"))
    kept = {
        item.person: item for item in items.items_in_conversation(db, account, root.conversation)
    }
    assert (kept[ada].state, kept[otto].state) == (stays, newer)
    assert kept[otto].id == lone
    assert items.item(db, account, end.conversation, ada) == kept[ada]
    assert len(items.items(db, [account])) == 2
    assert Change(Topic.INBOX, account) in w.changes


def test_the_ledger_follows_its_conversation(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    posts.put_post(w, account, seen(post("root")))
    end = posts.put_post(w, account, seen(post("end"), answers="middle"))
    assert end is not None
    ada, me = people.put_person(w, account, person("ada")), accounts.owner(db, account)
    said = Interaction(
        account, InteractionKind.REPLY, ada, me, ref("end").uri, MONDAY, end.conversation
    )
    assert ledger.record(w, said)
    middle = posts.put_post(w, account, seen(post("middle"), answers="root"))
    assert middle is not None
    assert [one.conversation for one in ledger.interactions(db, account)] == [middle.conversation]


def test_sayings_tell_the_turn_rules_who_spoke_to_whom(db: Connection, w: Writing) -> None:
    account = sign_in(db, "mina").id
    root = posts.put_post(w, account, seen(post("root", "ada", names=("otto", "mina"))))
    reply = seen(post("reply", "otto", minute=1, names=("ada", "mina")), answers="root")
    quoting = replace(
        post("quoting", "mina", minute=2, audience=Audience.DIRECT), quoted=ref("root")
    )
    assert root is not None
    posts.put_post(w, account, reply)
    posts.put_post(w, account, seen(quoting, answers="reply"))
    posts.put_post(w, account, seen(post("gone", "ada", minute=3), answers="reply"))
    posts.delete_post(w, account, server_id="gone", at=MONDAY)
    id = {name: posts.find(db, account, name) or 0 for name in ("root", "reply", "quoting")}
    ada, otto, mina = (
        people.find_by_ref(db, person(name).ref) or 0 for name in ("ada", "otto", "mina")
    )
    assert posts.sayings(db, account, root.conversation) == [
        Saying(id["root"], ada, MONDAY, named=frozenset({otto, mina})),
        Saying(
            id["reply"],
            otto,
            MONDAY + MINUTE,
            parent_author=ada,
            named=frozenset({ada, mina}),
            parent_named=frozenset({otto, mina, ada}),
        ),
        Saying(
            id["quoting"],
            mina,
            MONDAY + 2 * MINUTE,
            parent_author=otto,
            parent_named=frozenset({ada, mina, otto}),
            quoted_author=ada,
            direct=True,
        ),
    ]
    assert turn_of(posts.sayings(db, account, root.conversation), mina, otto).turn is Turn.THEIRS


def test_a_parent_that_is_not_stored_counts_through_its_author(db: Connection, w: Writing) -> None:
    account = sign_in(db, "mina").id
    told = ReplyTo(server_id="nowhere", author_server_id=person("mina").server_id)
    put = posts.put_post(w, account, seen(replace(post("reply", "ada"), reply_to=told)))
    assert put is not None
    mina = accounts.owner(db, account)
    (saying,) = posts.sayings(db, account, put.conversation)
    assert (saying.parent_author, saying.parent_named) == (mina, frozenset({mina}))
    assert posts.concerns(db, put.conversation, mina)


def test_sayings_leave_out_what_the_account_was_not_shown(db: Connection, w: Writing) -> None:
    mina, acorn = sign_in(db).id, sign_in(db, "acorn", "far-", letters="ac").id
    root = posts.put_post(w, mina, seen(post("root")))
    posts.put_post(w, mina, seen(post("hidden", audience=Audience.FOLLOWERS), answers="root"))
    assert root is not None
    assert len(posts.sayings(db, mina, root.conversation)) == 2
    assert len(posts.sayings(db, acorn, root.conversation)) == 1
    assert len(posts.conversation_posts(db, acorn, root.conversation)) == 1


def test_a_conversation_concerns_who_writes_is_named_or_quoted_in_it(
    db: Connection, w: Writing
) -> None:
    account = sign_in(db).id
    posts.put_post(w, account, seen(post("quoted", "quinn")))
    it = replace(post("it", "ada"), mentions=(mention("otto"),), quoted=ref("quoted"))
    put = posts.put_post(w, account, seen(it))
    assert put is not None
    concerned = {
        name: posts.concerns(db, put.conversation, people.find_by_ref(db, person(name).ref) or 0)
        for name in ("ada", "otto", "quinn", "mina")
    }
    assert concerned == {"ada": True, "otto": True, "quinn": True, "mina": False}


def test_of_a_long_conversation_the_newest_posts_are_shown_oldest_first(
    db: Connection, w: Writing
) -> None:
    account = sign_in(db).id
    for minute in range(5):
        answers = f"p{minute - 1}" if minute else None
        posts.put_post(w, account, seen(post(f"p{minute}", minute=minute), answers=answers))
    shown = posts.conversation_posts(db, account, 1, limit=3)
    assert [one.post.text for one in shown] == ["p2", "p3", "p4"]
