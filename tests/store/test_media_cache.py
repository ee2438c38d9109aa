"""Files that were fetched: for the owner only, found again by address, and not for ever."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from support.pictures import png

from tui_inbox.core.moment import DAY, Millis
from tui_inbox.core.post import MediaKind
from tui_inbox.store.database import StoreUnusable
from tui_inbox.store.media_cache import KEPT_FOR, MediaCache

NOW: Millis = 1_764_579_600_000


def keep(cache: MediaCache, address: str, content: bytes, *, at: Millis = NOW) -> Path:
    with cache.unfinished() as file:
        file.write(content)
        path = cache.keep(address, file, ".png")
    os.utime(path, (at / 1000, at / 1000))
    return path


def test_a_file_is_found_by_its_address_and_by_no_other(tmp_path: Path) -> None:
    cache = MediaCache(tmp_path / "media")
    assert cache.find("https://x.example/a") is None
    path = keep(cache, "https://x.example/a", png())
    found = cache.find("https://x.example/a")
    assert found is not None
    assert (found.path, found.kind) == (path, MediaKind.PICTURE)
    assert cache.find("https://x.example/b") is None
    assert "x.example" not in path.name


def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    path = keep(MediaCache(tmp_path / "media"), "https://x.example/a", png())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_what_is_old_goes_and_what_was_looked_at_lately_stays(tmp_path: Path) -> None:
    cache = MediaCache(tmp_path / "media")
    keep(cache, "old", png(), at=NOW - KEPT_FOR - DAY)
    keep(cache, "new", png(), at=NOW - DAY)
    cache.tidy(NOW)
    assert cache.find("old") is None
    assert cache.find("new") is not None


def test_no_more_is_kept_than_there_is_room_for(tmp_path: Path) -> None:
    size = len(png())
    cache = MediaCache(tmp_path / "media", most=2 * size)
    for age, address in enumerate("abcd"):
        keep(cache, address, png(), at=NOW - age * DAY)
    last = cache.find("d")
    assert last is not None
    os.utime(last.path, ((NOW - 9 * DAY) / 1000,) * 2)
    cache.tidy(NOW, spare=last.path)
    assert [bool(cache.find(address)) for address in "abcd"] == [True, True, False, True]
    assert cache.size == 3 * size


def test_what_was_broken_off_leaves_nothing(tmp_path: Path) -> None:
    cache = MediaCache(tmp_path / "media")

    def break_off() -> None:
        with cache.unfinished() as file:
            file.write(b"half of it")
            raise KeyError

    with pytest.raises(KeyError):
        break_off()
    assert cache.size == 0


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "media").write_text("a file where a folder belongs")
    with (
        pytest.raises(StoreUnusable, match=r"could not be kept .*\.$"),
        MediaCache(tmp_path / "media").unfinished(),
    ):
        pass
