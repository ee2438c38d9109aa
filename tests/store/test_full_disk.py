"""A disk that is full, and a store that cannot be written: said in one sentence, and nothing is lost or damaged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.store_material import new_store, sign_in

from tui_inbox.core.draft import Draft
from tui_inbox.core.not_kept import NotKept
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.store import drafts, outbox
from tui_inbox.store.database import StoreUnusable, open_database
from tui_inbox.store.store import Store, Writing

LONG = "We bake rye. " * 4_000
"""More than fits between two pages."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with one account and a draft."""
    db = new_store(tmp_path)
    sign_in(db)
    db.close()
    store = Store(tmp_path / "store.db")
    store.write(lambda w: drafts.put_draft(w, Draft(0, 1, "We bake")), durable=True).result()
    yield store
    store.close()


def fill_disk(store: Store) -> None:
    """Let the file grow no more."""
    store.write(
        lambda w: w.db.execute(
            f"PRAGMA max_page_count = {w.db.execute('PRAGMA page_count').fetchone()[0]}"
        )
    ).result()


def make_room(store: Store) -> None:
    store.write(lambda w: w.db.execute("PRAGMA max_page_count = 1000000")).result()


def texts(store: Store) -> list[str]:
    return [draft.text for draft in store.read(drafts.drafts).result()]


def save(store: Store, text: str) -> None:
    store.write(lambda w: drafts.put_draft(w, Draft(1, 1, text)), durable=True).result()


def test_on_a_full_disk_a_draft_stays_as_it_was_until_there_is_room(
    store: Store, tmp_path: Path
) -> None:
    fill_disk(store)
    for _ in range(3):
        with pytest.raises(StoreUnusable) as told:
            save(store, LONG)
        assert str(told.value) == f"The disk is full: {tmp_path / 'store.db'} cannot grow."
        assert texts(store) == ["We bake"]
    make_room(store)
    save(store, LONG)
    assert texts(store) == [LONG]


def test_on_a_full_disk_a_text_is_either_a_draft_or_in_the_outbox(store: Store) -> None:
    fill_disk(store)

    def send() -> None:
        def job(w: Writing) -> None:
            drafts.delete_draft(w, 1)
            outbox.add(
                w,
                account=1,
                kind="post",
                state=OutboxState.HELD,
                key="k",
                content=Draft(0, 1, LONG).to_json(),
                created_at=1,
                release_at=2,
            )

        store.write(job, durable=True).result()

    with pytest.raises(NotKept):
        send()
    assert texts(store) == ["We bake"]
    assert store.read(outbox.rows).result() == []
    make_room(store)
    send()
    assert texts(store) == []
    assert len(store.read(outbox.rows).result()) == 1


def test_after_a_full_disk_the_store_is_whole(store: Store, tmp_path: Path) -> None:
    fill_disk(store)
    with pytest.raises(StoreUnusable):
        save(store, LONG)
    store.close()
    db = open_database(tmp_path / "store.db")
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert [draft.text for draft in drafts.drafts(db)] == ["We bake"]
    db.close()


def test_what_cannot_be_written_is_read_all_the_same(store: Store, tmp_path: Path) -> None:
    store.write(lambda w: w.db.execute("PRAGMA query_only = 1")).result()
    with pytest.raises(StoreUnusable) as told:
        save(store, "We bake rye.")
    assert str(told.value) == f"The store cannot be written: {tmp_path / 'store.db'}."
    assert texts(store) == ["We bake"]
