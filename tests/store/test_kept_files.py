"""Copies of files that go with texts: whole or not there at all, kept once, and gone when nobody needs them."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from support.store_material import MONDAY, sign_in

from tui_inbox.commands.journal import Step
from tui_inbox.core.draft import Attachment, Draft
from tui_inbox.core.moment import DAY, SECOND
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.post import MediaKind
from tui_inbox.store import actions, drafts, outbox
from tui_inbox.store.database import Connection, StoreUnusable
from tui_inbox.store.files_in_use import files_in_use
from tui_inbox.store.kept_files import UNUSED_FOR, KeptFiles
from tui_inbox.store.store import Writing


@pytest.fixture
def files(tmp_path: Path) -> KeptFiles:
    return KeptFiles(tmp_path / "store.files")


@pytest.fixture
def loaf(tmp_path: Path) -> Path:
    path = tmp_path / "My Loaf.PNG"
    path.write_bytes(b"a loaf" * 1_000)
    return path


def test_a_copy_stays_when_the_file_is_changed_or_gone(files: KeptFiles, loaf: Path) -> None:
    name = files.keep(loaf)
    loaf.unlink()
    assert files.has(name)
    assert files.path_of(name).read_bytes() == b"a loaf" * 1_000
    assert name.endswith(".png")


def test_the_same_file_is_kept_once_and_only_for_its_owner(files: KeptFiles, loaf: Path) -> None:
    first, second = files.keep(loaf), files.keep(loaf)
    assert first == second
    folder = files.path_of(first).parent
    assert [one.name for one in folder.iterdir()] == [first]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(files.path_of(first).stat().st_mode) == 0o600


def test_a_name_leads_to_nothing_outside_the_folder(files: KeptFiles, loaf: Path) -> None:
    files.keep(loaf)
    assert not files.has("../My Loaf.PNG")
    assert not files.has("")


def test_a_file_that_cannot_be_read_is_not_kept(files: KeptFiles, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        files.keep(tmp_path / "nowhere.png")
    with pytest.raises(IsADirectoryError):
        files.keep(tmp_path)
    assert not (tmp_path / "store.files").exists()


def test_where_no_copy_can_be_made_one_sentence_says_so_and_nothing_is_left(
    tmp_path: Path, loaf: Path
) -> None:
    (tmp_path / "store.files").write_text("a file in the folder's place")
    with pytest.raises(StoreUnusable) as told:
        KeptFiles(tmp_path / "store.files").keep(loaf)
    assert str(told.value).startswith("No copy of My Loaf.PNG could be kept (")
    assert str(told.value).endswith("), so it was not attached.")


def test_a_folder_that_cannot_be_written_leaves_nothing_of_a_copy(
    files: KeptFiles, loaf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreUnusable, match="no space left on device"):
        files.keep(loaf)
    assert list(files.path_of("").iterdir()) == []


# What is still needed


def old(files: KeptFiles, name: str) -> str:
    """Let a copy be one that was made long ago."""
    long_ago = (MONDAY - UNUSED_FOR - DAY) / SECOND
    os.utime(files.path_of(name), (long_ago, long_ago))
    return name


def copy(files: KeptFiles, loaf: Path, text: str) -> str:
    loaf.write_text(text)
    return old(files, files.keep(loaf))


def with_file(account: int, name: str) -> Draft:
    attachment = Attachment(name, "loaf.png", MediaKind.PICTURE)
    return Draft(0, account, "Look.", attachments=(attachment,))


def put_row(w: Writing, draft: Draft, state: OutboxState, key: str) -> int:
    return outbox.add(
        w,
        account=draft.account,
        kind="post",
        state=state,
        key=key,
        content=draft.to_json(),
        created_at=MONDAY,
        release_at=MONDAY,
    )


def log(w: Writing, step: Step) -> int:
    return actions.log_action(w, MONDAY, None, "something", {"steps": [step]})


def test_what_drafts_unsent_texts_and_undo_refer_to_is_needed(
    db: Connection, w: Writing, files: KeptFiles, loaf: Path
) -> None:
    account = sign_in(db).id
    kinds = ("draft", "waiting", "unknown", "thrown away", "draft thrown away")
    needed = {kind: copy(files, loaf, kind) for kind in kinds}
    drafts.put_draft(w, with_file(account, needed["draft"]))
    put_row(w, with_file(account, needed["waiting"]), OutboxState.WAITING, "1")
    put_row(w, with_file(account, needed["unknown"]), OutboxState.UNKNOWN, "2")
    discarded = put_row(w, with_file(account, needed["thrown away"]), OutboxState.DISCARDED, "3")
    log(w, {"step": "discarded", "row": discarded})
    gone = with_file(account, needed["draft thrown away"])
    log(w, {"step": "draft", "draft": gone.to_json()})
    assert files_in_use(db) == frozenset(needed.values())


def test_what_was_sent_or_brought_back_already_is_not_needed(
    db: Connection, w: Writing, files: KeptFiles, loaf: Path
) -> None:
    account = sign_in(db).id
    sent = with_file(account, copy(files, loaf, "sent"))
    row = put_row(w, sent, OutboxState.SENT, "1")
    log(w, {"step": "sent", "rows": [row], "draft": sent.to_json()})
    gone = with_file(account, copy(files, loaf, "brought back"))
    actions.mark_undone(w, log(w, {"step": "draft", "draft": gone.to_json()}))
    put_row(w, with_file(account, copy(files, loaf, "reopened")), OutboxState.DISCARDED, "2")
    assert files_in_use(db) == frozenset()


def test_only_what_is_old_and_not_needed_goes(files: KeptFiles, loaf: Path) -> None:
    needed, unneeded = copy(files, loaf, "needed"), copy(files, loaf, "unneeded")
    broken_off = files.path_of("tmpx1y2z3")
    broken_off.write_text("half a")
    old(files, broken_off.name)
    loaf.write_text("new")
    new = files.keep(loaf)
    now = new_now(files, new)
    assert files.old(now) == {needed, unneeded, broken_off.name}
    assert files.forget_unused([needed], now) == 2
    assert {one.name for one in files.path_of("").iterdir()} == {needed, new}


def new_now(files: KeptFiles, name: str) -> int:
    """The moment in which a copy was made."""
    return round(files.path_of(name).stat().st_mtime * SECOND)


def test_where_nothing_was_ever_kept_nothing_is_forgotten(files: KeptFiles) -> None:
    assert files.old(MONDAY) == frozenset()
    assert files.forget_unused([], MONDAY) == 0
