"""Pictures: which way a terminal shows them, what is read of them, and the page that shows one at a time."""

from __future__ import annotations

import io
import re
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image
from support.pictures import DRAWING, PAGE, bomb, png
from ui.page_stage import opened, pages_on_stage
from ui.page_town import QUILLFOX_CARD, page_town
from ui.stage import Stage
from ui.town import HARBOUR, ODILE, post

from tui_inbox.core.media_file import MediaFile
from tui_inbox.core.ports import Told
from tui_inbox.core.post import Media, MediaKind
from tui_inbox.queries.rows import PostRow
from tui_inbox.ui.pictures import library
from tui_inbox.ui.pictures.in_rows import fetched_unasked
from tui_inbox.ui.pictures.painter import Painter
from tui_inbox.ui.pictures.reading import MOST_PIXELS, Unreadable, on_ground, read_pixels
from tui_inbox.ui.pictures.ways import USUAL_CELL, Cell, Way, fitted, way_of
from tui_inbox.ui.screens.openers import open_pictures
from tui_inbox.ui.screens.person import PersonPage
from tui_inbox.ui.screens.pictures import NEVER, NO_ADDRESS, PicturesPage
from tui_inbox.ui.screens.thread import ThreadPage
from tui_inbox.ui.services import Look
from tui_inbox.ui.viewer import open_in_viewer

A = Media(MediaKind.PICTURE, "https://x.example/a.png", "a boat")
B = Media(MediaKind.PICTURE, "https://x.example/b.png")
FILM = Media(MediaKind.VIDEO, "https://x.example/c.mp4", "it sails", 65)
BLACK = (0, 0, 0)


def file(folder: Path, content: bytes, name: str = "a.png") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


# Ways


@pytest.mark.parametrize(
    ("environment", "way"),
    [
        ({"TERM": "xterm-256color"}, Way.BLOCKS),
        ({"TERM": "xterm-kitty"}, Way.KITTY),
        ({"TERM": "xterm-ghostty"}, Way.KITTY),
        ({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"}, Way.KITTY),
        ({"TERM": "foot"}, Way.SIXEL),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, Way.SIXEL),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/tmux-1/default,1,0"}, Way.BLOCKS),
        ({"TERM": "tmux-256color", "KITTY_WINDOW_ID": "1"}, Way.BLOCKS),
        ({}, Way.BLOCKS),
    ],
)
def test_what_the_terminal_is_called_decides(environment: dict[str, str], way: Way) -> None:
    assert way_of("auto", environment, USUAL_CELL, all_colours=True) is way


def test_the_setting_decides_unless_it_would_break_the_screen() -> None:
    assert way_of("sixel", {}, USUAL_CELL, all_colours=True) is Way.SIXEL
    assert way_of("sixel", {}, None, all_colours=True) is Way.BLOCKS
    assert way_of("blocks", {"TERM": "xterm-kitty"}, None, all_colours=True) is Way.BLOCKS
    assert way_of("kitty", {}, None, all_colours=False) is Way.BLOCKS


@given(
    st.integers(1, 20_000),
    st.integers(1, 20_000),
    st.integers(1, 200),
    st.integers(1, 80),
    st.builds(Cell, st.integers(1, 40), st.integers(1, 80)),
    st.sampled_from(Way),
)
def test_a_picture_never_leaves_its_box(
    width: int, height: int, columns: int, rows: int, cell: Cell, way: Way
) -> None:
    across, down = fitted(width, height, columns, rows, cell, way)
    assert 1 <= across <= columns
    assert 1 <= down <= rows


def test_a_picture_keeps_its_shape() -> None:
    assert fitted(400, 200, 40, 40, Cell(10, 20), Way.KITTY) == (40, 10)
    assert fitted(100, 400, 40, 10, Cell(10, 20), Way.KITTY) == (5, 10)
    assert fitted(10, 20, 80, 40, Cell(10, 20), Way.KITTY) == (2, 2)


# Files


@pytest.mark.parametrize(
    "content", [b"", DRAWING, PAGE, png()[:40], png()[:-20] + b"\0" * 20, b"\x89PNG\r\n\x1a\n"]
)
def test_what_cannot_be_read_is_a_sentence(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Unreadable, match=r"broken, or no picture .*\.$"):
        read_pixels(file(tmp_path, content))


@pytest.mark.parametrize("size", [(60_000, 60_000), (8_000, MOST_PIXELS // 8_000 + 1)])
def test_a_bomb_is_not_unpacked(tmp_path: Path, size: tuple[int, int]) -> None:
    with pytest.raises(Unreadable, match="too large"):
        read_pixels(file(tmp_path, bomb(*size)))


def test_a_large_picture_is_kept_small(tmp_path: Path) -> None:
    pixels = read_pixels(file(tmp_path, png(4_000, 1_000)))
    assert pixels.size == (1_600, 400)


def test_of_what_moves_the_first_picture_is_shown(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    packed = io.BytesIO()
    frames[0].save(packed, "GIF", save_all=True, append_images=frames[1:], duration=100)
    shown = read_pixels(file(tmp_path, packed.getvalue(), "a.gif"))
    assert on_ground(shown, BLACK).getpixel((0, 0)) == (255, 0, 0)


def test_a_photo_stands_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned by a quarter
    packed = io.BytesIO()
    Image.new("RGB", (40, 20)).save(packed, "JPEG", exif=exif)
    assert read_pixels(file(tmp_path, packed.getvalue(), "a.jpg")).size == (20, 40)


def test_what_shines_through_shows_the_ground(tmp_path: Path) -> None:
    packed = io.BytesIO()
    Image.new("RGBA", (4, 4), (255, 255, 255, 0)).save(packed, "PNG")
    shown = on_ground(read_pixels(file(tmp_path, packed.getvalue())), (1, 2, 3))
    assert shown.getpixel((0, 0)) == (1, 2, 3)


# Painting


async def test_half_blocks_are_as_wide_as_they_say(tmp_path: Path) -> None:
    painter = Painter(Way.BLOCKS, USUAL_CELL, lambda _: pytest.fail("nothing is written"))
    painted = await painter.paint(file(tmp_path, png(40, 40)), 20, 30, BLACK)
    assert (painted.columns, painted.rows) == (20, 10)
    assert {line.cell_length for line in painted.lines} == {20}
    assert painted.lines[0].text == "▀" * 20


async def test_kitty_is_sent_a_picture_and_told_when_it_is_gone(tmp_path: Path) -> None:
    written: list[str] = []
    painter = Painter(Way.KITTY, USUAL_CELL, written.append)
    painted = await painter.paint(file(tmp_path, png(400, 200)), 20, 30, BLACK)
    sent = "".join(written)
    assert sent.startswith(f"\x1b_Ga=t,f=100,t=d,i={painted.image_id},q=2,m=0;iVBORw0KGgo")
    assert sent.endswith(f"\x1b_Ga=p,U=1,i={painted.image_id},c=20,r=5,q=2\x1b\\")
    assert {line.cell_length for line in painted.lines} == {20}
    assert all(line.text.count("\U0010eeee") == 20 for line in painted.lines)
    colour = next(iter(painted.lines[0])).style
    assert colour is not None
    assert colour.color is not None
    assert colour.color.triplet is not None
    red, green, blue = colour.color.triplet
    assert red << 16 | green << 8 | blue == painted.image_id
    written.clear()
    painter.forget(painted)
    assert written == [f"\x1b_Ga=d,d=I,i={painted.image_id},q=2\x1b\\"]


async def test_a_large_picture_goes_to_kitty_in_pieces(tmp_path: Path) -> None:
    noise = Image.effect_noise((400, 300), 90)
    packed = io.BytesIO()
    noise.save(packed, "PNG")
    written: list[str] = []
    painter = Painter(Way.KITTY, USUAL_CELL, written.append)
    await painter.paint(file(tmp_path, packed.getvalue()), 40, 30, BLACK)
    pieces = "".join(written).split("\x1b\\")[:-2]
    assert len(pieces) > 2
    assert all("m=1" in piece.partition(";")[0] for piece in pieces[:-1])
    assert "m=0" in pieces[-1].partition(";")[0]
    assert max(len(piece.partition(";")[2]) for piece in pieces) == 4_096


async def test_sixels_stand_alone_and_never_among_rows(tmp_path: Path) -> None:
    painter = Painter(Way.SIXEL, Cell(10, 20), lambda _: None)
    alone = await painter.paint(file(tmp_path, png(100, 100)), 10, 10, BLACK)
    assert alone.sixels.startswith("\x1bP")
    assert alone.sixels.endswith("\x1b\\")
    assert '"1;1;100;100' in alone.sixels
    assert re.search(r"#0;2;78;12;12#0!100~", alone.sixels), "a colour is defined, then chosen"
    among = await painter.paint(file(tmp_path, png(100, 100)), 10, 10, BLACK, in_rows=True)
    assert among.sixels == ""
    assert "▀" in among.lines[0].text


# Whose pictures are fetched without a key


def test_strangers_are_not_told_that_somebody_looks() -> None:
    friend = post(1, ODILE, 0, "Look", media=(A,))
    stranger = replace(friend, author=replace(ODILE, partner=False))
    told = {
        wish: (fetched_unasked(wish, friend), fetched_unasked(wish, stranger))
        for wish in ("ask", "talk", "always", "never")
    }
    assert told == {
        "ask": (False, False),
        "talk": (True, False),
        "always": (True, True),
        "never": (False, False),
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"warning": "food", "opened": True},
        {"hidden": "ferries"},
        {"media_folded": "sensitive"},
        {"sensitive": True},
        {"deleted": True},
    ],
)
def test_what_is_warned_of_is_fetched_by_hand_only(changes: dict[str, object]) -> None:
    row = replace(post(1, ODILE, 0, "Look", media=(A,)), **changes)
    assert not fetched_unasked("always", row)


# The page


def with_pictures(stage: Stage, folder: Path, *addresses: str) -> None:
    """Let pictures lie at addresses."""
    path = file(folder, png(40, 40))
    for address in addresses:
        stage.fetcher.media[address] = Told(MediaFile(path, MediaKind.PICTURE))


async def open_pictures_of(stage: Stage, row: PostRow) -> PicturesPage:
    open_pictures(stage.app, row)
    await stage.settle()
    page = stage.app.here
    assert isinstance(page, PicturesPage)
    return page


def asked_for(stage: Stage) -> list[str]:
    """The addresses that were asked for."""
    return [str(what[2]) for what in stage.fetcher.asked if what[0] == "media"]


LOOKING = replace(HARBOUR, media=(A, B, FILM))


@pytest.mark.parametrize("size", [(160, 45), (80, 24)])
async def test_v_shows_one_picture_at_a_time_with_its_description(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with pages_on_stage(monkeypatch, size=size) as stage:
        with_pictures(stage, tmp_path, str(A.url), str(B.url))
        page = await open_pictures_of(stage, LOOKING)
        await stage.until(lambda: "▀▀▀" in stage.text)
        assert page.heading.words.startswith("Picture 1 of 3 · odile fenn")
        assert "a boat" in stage.text
        assert "picture · 40 × 40 · from x.example" in stage.text
        await stage.press("l")
        await stage.until(lambda: "no description" in stage.text and "▀▀▀" in stage.text)
        assert asked_for(stage) == [A.url, B.url]
        await stage.press("l")
        assert "it sails" in stage.text
        assert "video · 1:05 · from x.example" in stage.text
        assert "▀▀▀" not in stage.text
        await stage.press("l")
        assert "No more there." in stage.text
        await stage.press("h", "h", "q")
        assert "▀▀▀" not in stage.text
        assert not isinstance(stage.app.here, PicturesPage)


async def test_only_the_picture_that_is_shown_is_fetched(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        with_pictures(stage, tmp_path, str(A.url))
        await open_pictures_of(stage, LOOKING)
        await stage.until(lambda: "▀▀▀" in stage.text)
        assert asked_for(stage) == [A.url]


async def test_what_cannot_be_had_is_said_and_can_be_tried_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await open_pictures_of(stage, replace(HARBOUR, media=(A,)))
        await stage.until(lambda: "x.example cannot be reached." in stage.text)
        assert "a boat" in stage.text
        assert "r try again" in stage.text
        with_pictures(stage, tmp_path, str(A.url))
        await stage.press("r")
        await stage.until(lambda: "▀▀▀" in stage.text)


async def test_a_broken_file_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        broken = MediaFile(file(tmp_path, png()[:30]), MediaKind.PICTURE)
        stage.fetcher.media[str(A.url)] = Told(broken)
        await open_pictures_of(stage, replace(HARBOUR, media=(A,)))
        await stage.until(lambda: "This file is broken" in stage.text)


@pytest.mark.parametrize(
    ("look", "media", "said"),
    [
        (Look(pictures="never"), A, NEVER),
        (Look(), replace(A, url=None), NO_ADDRESS),
    ],
)
async def test_nothing_is_asked_where_nothing_may_be(
    monkeypatch: pytest.MonkeyPatch, look: Look, media: Media, said: str
) -> None:
    async with pages_on_stage(monkeypatch, look=look) as stage:
        await open_pictures_of(stage, replace(HARBOUR, media=(media,)))
        await stage.press("o")
        assert said.partition(";")[0] in " ".join(stage.text.split())
        assert asked_for(stage) == []


async def test_without_the_extra_one_sentence_says_how_to_have_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(library, "is_installed", lambda: False)
    async with pages_on_stage(monkeypatch, size=(80, 24)) as stage:
        await open_pictures_of(stage, replace(HARBOUR, media=(A,)))
        assert "pip install 'tui-inbox[images]'" in " ".join(stage.text.replace("▌", "").split())
        assert asked_for(stage) == []


async def test_the_address_is_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await open_pictures_of(stage, replace(HARBOUR, media=(A,)))
        await stage.press("y")
        assert stage.app.clipboard == A.url


async def test_v_in_the_timeline_shows_the_pictures_of_a_post(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await stage.press("2")
        await opened(stage, PicturesPage, "v")
        assert asked_for(stage) == [HARBOUR.media[0].url]


# Among the posts of a thread


@pytest.mark.parametrize("wish", ["ask", "never", "talk", "always"])
async def test_a_thread_shows_the_pictures_that_you_wish(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, wish: str
) -> None:
    async with pages_on_stage(monkeypatch, look=Look(pictures=wish)) as stage:
        address = str(HARBOUR.media[0].url)
        with_pictures(stage, tmp_path, address)
        await stage.press("2")
        await opened(stage, ThreadPage, "enter")
        if wish in ("ask", "never"):
            assert asked_for(stage) == []
        else:
            await stage.until(lambda: "▀▀▀" in stage.text)
            assert asked_for(stage) == [address]
        assert "[picture: a hand-drawn map of a harbour, two boats]" in stage.text


async def test_kitty_forgets_the_pictures_of_a_thread_that_is_closed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    written: list[str] = []
    async with pages_on_stage(monkeypatch, look=Look(pictures="talk")) as stage:
        stage.app._painter = Painter(Way.KITTY, USUAL_CELL, written.append)
        with_pictures(stage, tmp_path, str(HARBOUR.media[0].url))
        await stage.press("2")
        await opened(stage, ThreadPage, "enter")
        await stage.until(lambda: "\U0010eeee" in stage.text)
        sent = written.copy()
        await stage.press("q")
        assert "\U0010eeee" not in stage.text
        gone = "".join(written[len(sent) :])
        assert gone.startswith("\x1b_Ga=d,d=I,i=")


async def test_an_open_thread_shows_its_pictures_in_the_way_of_the_settings_or_not_at_all(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with pages_on_stage(monkeypatch, look=Look(pictures="talk")) as stage:
        stage.app._painter = Painter(Way.KITTY, USUAL_CELL, lambda sent: None)
        with_pictures(stage, tmp_path, str(HARBOUR.media[0].url))
        await stage.press("2")
        await opened(stage, ThreadPage, "enter")
        await stage.until(lambda: "\U0010eeee" in stage.text)
        look = replace(stage.app.services.look, picture_protocol="blocks", theme="inbox-light")
        stage.app.look_changed(look)
        await stage.until(lambda: "▀▀▀" in stage.text and "\U0010eeee" not in stage.text)
        stage.app.look_changed(replace(look, pictures="never"))
        await stage.until(lambda: "▀▀▀" not in stage.text)


# A person's picture


async def test_a_persons_picture_is_shown_by_the_key_and_not_before(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    town = page_town()
    town.card = replace(QUILLFOX_CARD, picture=A.url)
    async with pages_on_stage(monkeypatch, town) as stage:
        with_pictures(stage, tmp_path, str(A.url))
        await opened(stage, PersonPage, "p")
        assert asked_for(stage) == []
        await opened(stage, PicturesPage, "v")
        await stage.until(lambda: "▀▀▀" in stage.text)
        assert "the picture of quillfox" in stage.text


async def test_the_card_shows_the_picture_of_people_you_talk_with_if_you_wish(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    town = page_town()
    town.card = replace(QUILLFOX_CARD, picture=A.url)
    async with pages_on_stage(monkeypatch, town, look=Look(pictures="talk")) as stage:
        with_pictures(stage, tmp_path, str(A.url))
        await opened(stage, PersonPage, "p")
        await stage.until(lambda: "▀▀▀" in stage.text)
        stage.app.look_changed(replace(stage.app.services.look, pictures="never"))
        await stage.until(lambda: "▀▀▀" not in stage.text)


# The viewer


def test_only_pictures_films_and_sounds_are_opened(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    called: list[object] = []
    monkeypatch.setattr("tui_inbox.ui.viewer.subprocess.Popen", lambda *_, **__: called.append(1))
    for name in ("a.sh", "a.desktop", "a", "a.html"):
        sentence = open_in_viewer(MediaFile(tmp_path / name, MediaKind.PICTURE), {"DISPLAY": ":0"})
        assert "not opened" in sentence
    assert called == []


def test_without_a_desktop_it_is_said_where_the_file_lies(tmp_path: Path) -> None:
    told = open_in_viewer(MediaFile(tmp_path / "a.png", MediaKind.PICTURE), {})
    assert str(tmp_path / "a.png") in told


def test_the_systems_opener_gets_one_path_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opener = tmp_path / "xdg-open"
    opener.write_text(f'#!/bin/sh\nprintf "%s" "$*" > {tmp_path}/called\n')
    opener.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr("tui_inbox.ui.viewer.sys.platform", "linux")
    picture = tmp_path / "a.png"
    told = open_in_viewer(MediaFile(picture, MediaKind.PICTURE), {"DISPLAY": ":0"})
    assert told == "Opened in the system's viewer."
    for thread in threading.enumerate():
        if thread.name == "viewer":
            thread.join(10)
    assert (tmp_path / "called").read_text() == str(picture)
