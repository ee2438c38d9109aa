"""The town's pictures: every one that a post or a person points to can be looked at, and is always the same."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tui_inbox.core.media_file import HEAD, kind_of
from tui_inbox.core.ports import Refused
from tui_inbox.core.post import MediaKind
from tui_inbox.networks.demo.pictures import HEIGHT, WIDTH, TownPictures, address_of, face_of

ALTS = (
    "a hand-drawn map of a harbour, two boats",
    "a long iron key on a window sill",
    "青い釉薬の湯のみが三つ",
    "a tray of glossy knotted buns",
    "窗台上三个橙色的柿子",
    "",
)


async def drawn(address: str) -> bytes:
    pieces: list[bytes] = []
    await TownPictures().fetch(address, pieces.append)
    return b"".join(pieces)


@pytest.mark.parametrize("address", [*map(address_of, ALTS), face_of("odile")])
async def test_every_address_leads_to_a_picture(address: str) -> None:
    content = await drawn(address)
    assert kind_of(content[:HEAD]) == (MediaKind.PICTURE, ".png")
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.size == (WIDTH, HEIGHT)
        assert len(picture.getcolors(1_000) or ()) > 5, "it shows something"
    assert await drawn(address) == content


async def test_people_do_not_look_alike() -> None:
    faces = [await drawn(face_of(key)) for key in ("odile", "tinbadger", "quillfox")]
    assert len(set(faces)) == 3


@pytest.mark.parametrize(
    "address",
    ["https://far.example/a.png", "https://town.example/pictures/x-1.png", "file:///etc/passwd"],
)
async def test_nothing_else_is_there(address: str) -> None:
    with pytest.raises(Refused):
        await drawn(address)
