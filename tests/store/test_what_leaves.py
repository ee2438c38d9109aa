"""Drafts and the outbox."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from support.store_material import MONDAY, person, post, ref, seen, sign_in

from tui_inbox.core.act import ActKind
from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.draft import Draft
from tui_inbox.core.moment import SECOND
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.post import Audience
from tui_inbox.store import drafts, laid_over, outbox, people, posts
from tui_inbox.store.database import Connection
from tui_inbox.store.outbox import OutboxRow
from tui_inbox.store.store import Writing


def test_a_draft_comes_back_as_it_was_typed(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    typed = Draft(
        id=0,
        account=account,
        text="Rye on  \n\n Saturdays?",
        warning="food",
        audience=Audience.FOLLOWERS,
        language="de",
        reply_to=4,
        quotes=5,
        updated_at=MONDAY,
    )
    id = drafts.put_draft(w, typed)
    assert drafts.draft(db, id) == replace(typed, id=id)
    assert w.changes == {Change(Topic.DRAFTS, account)}
    longer = replace(typed, id=id, text="Rye on Saturdays only?", quotes=None)
    assert drafts.put_draft(w, longer) == id
    assert drafts.drafts(db) == [longer]


def test_a_draft_is_found_by_what_it_is_for(db: Connection, w: Writing) -> None:
    mina, acorn = sign_in(db).id, sign_in(db, "acorn", "far-", letters="ac").id
    targets: list[tuple[int | None, int | None]] = [(None, None), (4, None), (None, 4)]
    for n, (reply_to, quotes) in enumerate(targets):
        drafts.put_draft(
            w, Draft(0, mina, f"text {n}", reply_to=reply_to, quotes=quotes, updated_at=n)
        )
    for n, (reply_to, quotes) in enumerate(targets):
        found = drafts.draft_for(db, mina, reply_to, quotes)
        assert found is not None
        assert found.text == f"text {n}"
    assert drafts.draft_for(db, acorn, 4) is None
    assert drafts.draft_for(db, mina, 9) is None
    assert [one.text for one in drafts.drafts(db, [mina])] == ["text 2", "text 1", "text 0"]
    assert drafts.drafts(db, [acorn]) == []


def test_a_draft_that_was_deleted_in_between_keeps_its_words(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    id = drafts.put_draft(w, Draft(0, account, "hello"))
    drafts.delete_draft(w, id)
    assert drafts.draft(db, id) is None
    assert drafts.put_draft(w, Draft(id, account, "hello again")) == id
    assert drafts.put_draft(w, Draft(0, account, "another")) != id
    w = Writing(db)
    drafts.delete_draft(w, 99)
    assert w.changes == set()


def add(w: Writing, account: int, key: str, **facts: object) -> int:
    """A row of the outbox with the usual facts but for those given."""
    usual: dict[str, object] = {
        "kind": "post",
        "state": OutboxState.HELD,
        "content": "{}",
        "created_at": MONDAY,
        "release_at": MONDAY + 10 * SECOND,
    }
    return outbox.add(w, account=account, key=key, **{**usual, **facts})  # type: ignore[arg-type]  # see `usual`


@pytest.fixture
def account(db: Connection) -> int:
    """Mina's account."""
    return sign_in(db).id


def test_a_row_comes_back_as_it_was_added(db: Connection, w: Writing, account: int) -> None:
    ada = people.put_person(w, account, person("ada"))
    w = Writing(db)
    id = add(w, account, "k1", content='{"text": "hello"}', post=3, person=ada)
    assert outbox.row(db, id) == OutboxRow(
        id=id,
        account=account,
        kind="post",
        state=OutboxState.HELD,
        key="k1",
        content='{"text": "hello"}',
        post=3,
        person=ada,
        created_at=MONDAY,
        release_at=MONDAY + 10 * SECOND,
        first_try_at=None,
        tries=0,
        owner=None,
        reason="",
        sent_post=None,
        changed_at=MONDAY,
    )
    assert w.changes == {Change(Topic.OUTBOX, account)}
    assert outbox.row(db, 99) is None


def test_a_row_moves_on_and_keeps_what_is_not_told(
    db: Connection, w: Writing, account: int
) -> None:
    id = add(w, account, "k1")
    outbox.set_row(
        w,
        id,
        state=OutboxState.SENDING,
        at=MONDAY + 1,
        owner="hub 7",
        tries=1,
        first_try_at=MONDAY + 1,
    )
    leased = outbox.row(db, id)
    assert leased is not None
    assert (leased.owner, leased.tries, leased.first_try_at) == ("hub 7", 1, MONDAY + 1)
    outbox.set_row(w, id, state=OutboxState.SENDING, at=MONDAY + 2, reason="slow line")
    again = outbox.row(db, id)
    assert again == replace(leased, reason="slow line", changed_at=MONDAY + 2)
    w = Writing(db)
    outbox.set_row(w, id, state=OutboxState.SENT, at=MONDAY + 3, sent_post=8, release_at=MONDAY)
    assert outbox.row(db, id) == replace(
        again,
        state=OutboxState.SENT,
        owner=None,
        sent_post=8,
        release_at=MONDAY,
        changed_at=MONDAY + 3,
    )
    assert w.changes == {Change(Topic.OUTBOX, account)}


def test_rows_leave_when_their_moment_has_come(db: Connection, w: Writing, account: int) -> None:
    acorn = sign_in(db, "acorn", "far-", letters="ac").id
    assert outbox.next_release(db) is None
    scheduled = add(w, acorn, "k1", state=OutboxState.SCHEDULED, release_at=MONDAY + 5)
    held = add(w, account, "k2", release_at=MONDAY + 3)
    waiting = add(w, account, "k3", state=OutboxState.WAITING, release_at=MONDAY + 1)
    add(w, account, "k4", state=OutboxState.UNKNOWN, release_at=MONDAY)
    add(w, account, "k5", state=OutboxState.REFUSED, release_at=MONDAY)
    assert outbox.next_release(db) == MONDAY + 1
    assert outbox.due(db, MONDAY) == []
    assert [row.id for row in outbox.due(db, MONDAY + 5)] == [held, waiting, scheduled]
    assert [row.id for row in outbox.due(db, MONDAY + 3)] == [held, waiting]
    left = outbox.due(db, MONDAY + 5, exclude_accounts=[account])
    assert [row.id for row in left] == [scheduled]
    assert len(outbox.rows(db)) == 5
    assert [row.id for row in outbox.rows(db, accounts=[acorn])] == [scheduled]
    assert [row.id for row in outbox.rows(db, states=[OutboxState.HELD])] == [held]


def test_a_post_is_claimed_by_the_row_that_became_it(
    db: Connection, w: Writing, account: int
) -> None:
    put = posts.put_post(w, account, seen(post("sent", "mina")))
    assert put is not None
    add(w, account, "k1")
    id = add(w, account, "k2")
    outbox.set_row(w, id, state=OutboxState.SENT, at=MONDAY, sent_post=put.id)
    assert outbox.claimed_posts(db, account) == {put.id}
    assert outbox.claimed_uris(db, account) == {ref("sent").uri}
    assert outbox.claimed_posts(db, account + 1) == set()
    assert outbox.claimed_uris(db, account + 1) == set()


def test_acts_that_have_not_left_lie_over_posts_and_people(
    db: Connection, w: Writing, account: int
) -> None:
    ada = people.put_person(w, account, person("ada"))
    for n, (kind, state) in enumerate(
        [
            (ActKind.FAVOURITE, OutboxState.SENDING),
            (ActKind.BOOST, OutboxState.HELD),
            (ActKind.UNFAVOURITE, OutboxState.WAITING),
            (ActKind.BOOKMARK, OutboxState.SENT),
            (ActKind.DELETE, OutboxState.REFUSED),
        ]
    ):
        add(w, account, f"k{n}", kind=kind, state=state, post=3)
    add(w, account, "reply", post=3)
    add(w, account, "follow", kind=ActKind.FOLLOW, state=OutboxState.UNKNOWN, person=ada)
    acts = (ActKind.FAVOURITE, ActKind.BOOST, ActKind.UNFAVOURITE)
    assert laid_over.pending_acts(db, account, [3, 4]) == {3: acts}
    assert laid_over.pending_acts(db, account, [4]) == {}
    assert laid_over.pending_acts(db, account + 1, [3]) == {}
    assert laid_over.pending_acts_on_people(db, account, [ada]) == {ada: (ActKind.FOLLOW,)}
