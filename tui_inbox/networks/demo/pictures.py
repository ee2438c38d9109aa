"""The town's pictures: drawn when somebody looks, the same one for the same address, with nothing but zlib.

PNG as the standard has it (W3C, Portable Network Graphics): eight bits for red, green and blue, rows unfiltered.
"""

from __future__ import annotations

import hashlib
import math
import random
import struct
import zlib
from collections.abc import Callable, Mapping
from typing import TypeAlias

from tui_inbox.core.ports import Refused

PLACE = "https://town.example/pictures/"
WIDTH, HEIGHT = 360, 240

Colour: TypeAlias = tuple[int, int, int]

_MEANT: Mapping[str, tuple[str, ...]] = {
    "map": ("map",),
    "key": ("key",),
    "cups": ("湯のみ", "cup", "kettle"),
    "buns": ("bun", "loaf", "bread"),
}
"""Words of a description that tell which scene it means; every other one is a bay with hills."""


def address_of(alt: str) -> str:
    """Where the picture with a description lies."""
    scene = next(
        (scene for scene, words in _MEANT.items() if any(word in alt for word in words)), "bay"
    )
    return f"{PLACE}{scene}-{hashlib.sha256(alt.encode()).hexdigest()[:8]}.png"


def face_of(key: str) -> str:
    """Where the picture of somebody of the town lies."""
    return f"{PLACE}face-{hashlib.sha256(key.encode()).hexdigest()[:8]}.png"


class TownPictures:
    """Fulfils `core.media_file.MediaSource` without any network."""

    async def fetch(
        self, address: str, take: Callable[[bytes], None], *, own_server: str = ""
    ) -> None:
        """See `MediaSource.fetch`."""
        name = address.removeprefix(PLACE).removesuffix(".png")
        scene, _, seed = name.partition("-")
        if scene not in _SCENES or not seed.isalnum():
            raise Refused("The demo town has no such picture.")
        take(drawn(scene, seed))

    async def close(self) -> None:
        """There is nothing to let go of."""


class Canvas:
    """A picture while it is drawn; what lies outside of it is left out."""

    def __init__(self, ground: Colour) -> None:
        self._rows = [bytearray(bytes(ground) * WIDTH) for _ in range(HEIGHT)]

    def span(self, y: int, left: float, right: float, colour: Colour) -> None:
        """A line from left to right."""
        start, stop = max(0, round(left)), min(WIDTH, round(right))
        if 0 <= y < HEIGHT and start < stop:
            self._rows[y][3 * start : 3 * stop] = bytes(colour) * (stop - start)

    def box(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """A box from its left upper corner."""
        for line in range(round(y), round(y + height)):
            self.span(line, x, x + width, colour)

    def disc(self, x: float, y: float, radius: float, colour: Colour, squash: float = 1) -> None:
        """A disc, `squash` times as high as wide."""
        high = radius * squash
        for line in range(round(y - high), round(y + high) + 1):
            half = radius * math.sqrt(max(0.0, 1 - ((line - y) / high) ** 2))
            self.span(line, x - half, x + half, colour)

    def below(self, edge: Callable[[float], float], colour: Colour) -> None:
        """Everything below a curve."""
        for x in range(WIDTH):
            for line in range(max(0, round(edge(x))), HEIGHT):
                self._rows[line][3 * x : 3 * x + 3] = bytes(colour)

    def fade(self, top: Colour, bottom: Colour, start: int, stop: int) -> None:
        """Lines that go from one colour to another."""
        for line in range(start, stop):
            share = (line - start) / max(1, stop - start - 1)
            self.span(line, 0, WIDTH, mixed(top, bottom, share))

    def png(self) -> bytes:
        """The file."""
        head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
        pixels = b"".join(b"\0" + row for row in self._rows)
        return b"".join(
            (
                b"\x89PNG\r\n\x1a\n",
                _chunk(b"IHDR", head),
                _chunk(b"IDAT", zlib.compress(pixels, 9)),
                _chunk(b"IEND", b""),
            )
        )


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """A colour between two; `share` of the other."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _chunk(kind: bytes, data: bytes) -> bytes:
    checked = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checked)


def drawn(scene: str, seed: str) -> bytes:
    """A scene as a PNG file; another seed gives another one of its kind."""
    return _SCENES[scene](random.Random(seed)).png()  # noqa: S311  # nothing secret is drawn


def _bay(chance: random.Random) -> Canvas:
    """Sky, sun, hills and water, with a house or two."""
    warm = chance.choice([(247, 202, 150), (242, 222, 190), (201, 218, 232)])
    canvas = Canvas(warm)
    canvas.fade((92, 138, 178), warm, 0, 150)
    canvas.disc(chance.randrange(60, 300), chance.randrange(50, 110), 20, (255, 244, 214))
    for depth, colour in enumerate([(120, 142, 150), (84, 116, 112), (58, 90, 74)]):
        height, wide, shift = 22 + 8 * depth, 40 + 25 * chance.random(), 9 * chance.random()
        canvas.below(
            lambda x, depth=depth, height=height, wide=wide, shift=shift: (  # type: ignore[misc]  # bound at once
                128 + 18 * depth - height * math.sin(x / wide + shift)
            ),
            colour,
        )
    canvas.fade((72, 122, 142), (30, 66, 92), 176, HEIGHT)
    for _ in range(26):
        y = chance.randrange(182, HEIGHT)
        x = chance.randrange(0, WIDTH)
        canvas.span(y, x, x + chance.randrange(10, 44), (150, 188, 196))
    for _ in range(chance.randrange(1, 4)):
        x = chance.randrange(30, 310)
        canvas.box(x, 156, 26, 20, (236, 226, 208))
        for line in range(12):
            canvas.span(144 + line, x + 13 - line * 1.3, x + 13 + line * 1.3, (168, 66, 48))
        canvas.box(x + 9, 163, 7, 13, (86, 62, 50))
    return canvas


def _map(chance: random.Random) -> Canvas:
    """A harbour drawn by hand: land, sea, a quay, dotted ways, two boats."""
    paper, sea, ink = (238, 224, 190), (170, 202, 204), (92, 66, 44)
    canvas = Canvas(paper)
    shift = 6 * chance.random()

    def coast(x: float) -> float:
        return 118 + 26 * math.sin(x / 48 + shift) + 9 * math.sin(x / 13)

    canvas.below(lambda x: coast(x) - 3, ink)
    canvas.below(coast, sea)
    for x in range(0, WIDTH, 12):
        for ring in (10, 20):
            canvas.span(round(coast(x) + ring), x, x + 6, (128, 172, 178))
    canvas.box(168, 96, 14, 82, ink)
    canvas.box(170, 96, 10, 80, paper)
    for x, y in ((86, 176), (262, 196)):
        for line in range(9):
            canvas.span(y + line, x - 24 + line * 1.6, x + 24 - line * 1.6, (140, 58, 44))
        canvas.box(x - 1, y - 34, 2, 34, ink)
        for line in range(30):
            canvas.span(y - 32 + line, x + 2, x + 2 + line * 0.7, (250, 246, 232))
    for step in range(22):
        canvas.disc(24 + step * 13, 58 + 16 * math.sin(step / 2.4 + shift), 2, (176, 52, 40))
    for x in (48, 132, 226, 300):
        canvas.box(x, 26, 20, 14, (206, 178, 130))
        canvas.box(x, 22, 20, 5, (168, 66, 48))
    return canvas


def _key(chance: random.Random) -> Canvas:
    """A long iron key on wood, beside it a tape measure."""
    canvas = Canvas((164, 124, 84))
    for _ in range(60):
        y = chance.randrange(HEIGHT)
        canvas.span(y, 0, WIDTH, mixed((164, 124, 84), (120, 84, 52), chance.random() * 0.5))
    iron, shade = (52, 54, 60), (34, 35, 40)
    canvas.disc(82, 104, 40, iron)
    canvas.disc(82, 104, 22, (164, 124, 84))
    canvas.box(116, 96, 196, 17, iron)
    canvas.box(116, 109, 196, 4, shade)
    canvas.box(268, 112, 14, 36, iron)
    canvas.box(292, 112, 14, 26, iron)
    canvas.box(20, 182, 320, 32, (232, 196, 60))
    for mark in range(32):
        canvas.box(24 + mark * 10, 182, 2, 16 if mark % 5 == 0 else 8, (60, 48, 20))
    return canvas


def _cups(chance: random.Random) -> Canvas:
    """Three cups with a blue glaze on a board."""
    canvas = Canvas((222, 214, 202))
    canvas.fade((206, 198, 188), (236, 230, 220), 0, 150)
    canvas.box(0, 168, WIDTH, 72, (150, 108, 70))
    for y in (178, 200, 224):
        canvas.box(0, y, WIDTH, 2, (124, 86, 54))
    for place in range(3):
        x = 76 + 104 * place
        glaze = mixed((40, 84, 146), (86, 146, 176), chance.random())
        canvas.disc(x, 190, 38, (108, 76, 48), 0.25)
        for line in range(74):
            half = 38 - (line / 74) ** 2 * 12
            canvas.span(112 + line, x - half, x + half, mixed(glaze, (24, 44, 84), line / 110))
            canvas.span(112 + line, x - half + 7, x - half + 13, mixed(glaze, (255, 255, 255), 0.4))
        canvas.disc(x, 112, 38, mixed(glaze, (255, 255, 255), 0.35), 0.26)
        canvas.disc(x, 112, 32, (74, 52, 36), 0.24)
    return canvas


def _buns(chance: random.Random) -> Canvas:
    """A tray of glossy buns with sugar."""
    canvas = Canvas((70, 74, 80))
    canvas.box(14, 14, WIDTH - 28, HEIGHT - 28, (112, 116, 122))
    for row in range(3):
        for place in range(4):
            x, y = 66 + 76 * place, 56 + 64 * row
            crust = mixed((186, 112, 48), (214, 148, 72), chance.random())
            canvas.disc(x + 3, y + 5, 32, (72, 60, 52), 0.86)
            canvas.disc(x, y, 32, crust, 0.86)
            canvas.disc(x, y + 2, 20, mixed(crust, (110, 56, 20), 0.5), 0.7)
            canvas.disc(x, y, 14, crust, 0.7)
            canvas.disc(x - 10, y - 14, 8, mixed(crust, (255, 250, 230), 0.6), 0.5)
            for _ in range(9):
                canvas.disc(
                    x + chance.randrange(-20, 21), y + chance.randrange(-16, 17), 2, (252, 250, 244)
                )
    return canvas


def _face(chance: random.Random) -> Canvas:
    """Somebody from the front, before a plain wall."""
    wall = chance.choice([(196, 214, 206), (222, 202, 178), (186, 196, 222), (214, 190, 200)])
    skin = chance.choice([(238, 202, 170), (214, 166, 124), (160, 110, 76), (112, 76, 54)])
    hair = chance.choice([(60, 44, 36), (34, 32, 36), (168, 108, 54), (196, 196, 200)])
    coat = chance.choice([(52, 92, 120), (140, 60, 52), (72, 104, 66), (96, 76, 120)])
    canvas = Canvas(wall)
    middle = WIDTH / 2
    canvas.disc(middle, 262, 104, coat, 0.8)
    canvas.box(middle - 20, 150, 40, 50, mixed(skin, (0, 0, 0), 0.15))
    canvas.disc(middle, 96, 76, hair)
    canvas.disc(middle, 112, 60, skin, 1.12)
    canvas.disc(middle, 52, 58, hair, 0.5)
    for side in (-24, 24):
        canvas.disc(middle + side, 106, 8, (250, 250, 250), 0.8)
        canvas.disc(middle + side, 107, 5, (40, 44, 52))
        canvas.box(middle + side - 11, 90, 22, 4, hair)
    if chance.random() < 0.4:
        for side in (-24, 24):
            for ring in range(3):
                canvas.span(94 + ring, middle + side - 16, middle + side + 16, (40, 40, 48))
                canvas.span(120 + ring, middle + side - 16, middle + side + 16, (40, 40, 48))
    canvas.disc(middle, 128, 6, mixed(skin, (0, 0, 0), 0.2), 0.7)
    canvas.disc(middle, 146, 20, (176, 72, 68), 0.3)
    canvas.disc(middle, 142, 22, skin, 0.26)
    return canvas


_SCENES: Mapping[str, Callable[[random.Random], Canvas]] = {
    "bay": _bay,
    "face": _face,
    "map": _map,
    "key": _key,
    "cups": _cups,
    "buns": _buns,
}
