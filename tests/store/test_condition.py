"""A store that is looked through."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_inbox.store import condition
from tui_inbox.store.database import StoreUnusable
from tui_inbox.store.store import Store, Writing

PAGE = 4096


def filled(path: Path) -> Store:
    """A store of some hundred pages."""
    store = Store(path)

    def fill(w: Writing) -> None:
        w.db.execute("CREATE TABLE ballast (number INTEGER PRIMARY KEY, text TEXT)")
        w.db.execute("CREATE INDEX ballast_text ON ballast (text)")
        w.db.executemany(
            "INSERT INTO ballast (text) VALUES (?)",
            ((f"{number:05d}" * 40,) for number in range(1000)),
        )

    store.write(fill).result()
    return store


def test_a_sound_store_has_a_size_and_a_version_and_no_damage(tmp_path: Path) -> None:
    path = tmp_path / "inbox.db"
    store = filled(path)
    size = store.read(condition.size).result()
    assert store.read(condition.damage).result() == ()
    assert store.read(condition.schema_version).result() >= 1
    assert store.read(condition.sqlite_version).result().startswith("3.")
    store.close()
    assert path.stat().st_size == size


def test_a_page_that_was_overwritten_is_found_and_few_words_are_made_of_it(tmp_path: Path) -> None:
    path = tmp_path / "inbox.db"
    filled(path).close()
    content = bytearray(path.read_bytes())
    last = len(content) - PAGE
    content[last - 20 * PAGE : last] = b"\x00" * 20 * PAGE
    path.write_bytes(content)
    store = Store(path)
    found = store.read(condition.damage).result()
    store.close()
    assert 1 <= len(found) <= condition.COMPLAINTS


def test_a_store_whose_tables_cannot_be_found_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "inbox.db"
    filled(path).close()
    content = bytearray(path.read_bytes())
    content[100:PAGE] = b"\xff" * (PAGE - 100)
    path.write_bytes(content)
    store = Store(path)
    with pytest.raises(StoreUnusable, match="damaged"):
        store.read(condition.damage).result()
    store.close()
