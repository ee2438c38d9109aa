"""Files for a screen: each fetched once, a few at a time, and only what they say they are."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from support.pictures import DRAWING, PAGE, PROGRAM, png

from tui_inbox.clock import SystemClock
from tui_inbox.core.media_file import LARGEST
from tui_inbox.core.ports import Unreachable
from tui_inbox.core.post import MediaKind
from tui_inbox.store.media_cache import MediaCache
from tui_inbox.sync.media import AT_ONCE, MediaDesk


class Shelf:
    """Hands out what lies under an address, piece by piece, when a story lets it."""

    def __init__(self, **files: bytes) -> None:
        self.files = files
        self.asked: list[str] = []
        self.has_asked = asyncio.Event()
        self.at_once = 0
        self.most_at_once = 0
        self.open = asyncio.Event()
        self.open.set()

    async def fetch(
        self, address: str, take: Callable[[bytes], None], *, own_server: str = ""
    ) -> None:
        name = address.rpartition("/")[2]
        self.asked.append(name)
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        self.has_asked.set()
        try:
            await self.open.wait()
            if name not in self.files:
                raise Unreachable("x.example cannot be reached.")
            content = self.files[name]
            for start in range(0, len(content), 7):
                take(content[start : start + 7])
        finally:
            self.at_once -= 1

    async def close(self) -> None:
        """Nothing is held."""


def desk_on(shelf: Shelf, folder: Path) -> MediaDesk:
    return MediaDesk(shelf, MediaCache(folder / "media"), SystemClock())


async def test_a_file_is_fetched_once_and_then_there_without_a_line(tmp_path: Path) -> None:
    shelf = Shelf(a=png())
    desk = desk_on(shelf, tmp_path)
    first, again = await asyncio.gather(
        desk.read("https://x.example/a", ""), desk.read("https://x.example/a", "")
    )
    assert first.what is not None
    assert (first.what.kind, first.what.path.read_bytes()) == (MediaKind.PICTURE, png())
    assert again == first
    shelf.files.clear()
    assert (await desk.read("https://x.example/a", "")).what == first.what
    assert shelf.asked == ["a"]


async def test_what_cannot_be_had_is_a_sentence_and_asked_for_again(tmp_path: Path) -> None:
    shelf = Shelf()
    desk = desk_on(shelf, tmp_path)
    told = await desk.read("https://x.example/a", "")
    assert (told.what, told.sentence) == (None, "x.example cannot be reached.")
    shelf.files["a"] = png()
    assert (await desk.read("https://x.example/a", "")).what is not None


@pytest.mark.parametrize("content", [b"", b"x", DRAWING, PAGE, PROGRAM])
async def test_what_is_no_picture_film_or_sound_is_not_kept(tmp_path: Path, content: bytes) -> None:
    told = await desk_on(Shelf(a=content), tmp_path).read("https://x.example/a", "")
    assert told.what is None
    assert told.sentence == "What x.example sends is no picture, film or sound that is known here."
    assert list((tmp_path / "media").iterdir()) == []


async def test_what_never_ends_is_broken_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LARGEST, MediaKind.PICTURE, 1_000)
    desk = desk_on(Shelf(a=png() + b"\0" * 2_000), tmp_path)
    told = await desk.read("https://x.example/a", "")
    assert told.sentence == "What x.example sends is too large to be fetched."
    assert list((tmp_path / "media").iterdir()) == []


async def test_slow_hosts_are_asked_a_few_at_a_time(tmp_path: Path) -> None:
    shelf = Shelf(**dict.fromkeys("abcdef", png()))
    shelf.open.clear()
    desk = desk_on(shelf, tmp_path)
    reading = [
        asyncio.ensure_future(desk.read(f"https://x.example/{name}", "")) for name in "abcdef"
    ]
    await shelf.has_asked.wait()
    shelf.open.set()
    assert all(told.what for told in await asyncio.gather(*reading))
    assert shelf.most_at_once == AT_ONCE


async def test_closing_ends_what_is_under_way(tmp_path: Path) -> None:
    shelf = Shelf(a=png())
    shelf.open.clear()
    desk = desk_on(shelf, tmp_path)
    reading = asyncio.ensure_future(desk.read("https://x.example/a", ""))
    await shelf.has_asked.wait()
    await desk.close()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert list((tmp_path / "media").iterdir()) == []
