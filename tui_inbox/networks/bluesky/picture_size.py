"""How wide and high a picture is, from its first bytes: apps lay out a timeline before they have its pictures."""

from __future__ import annotations

import struct

_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Marks of a JPEG behind which its size stands (ISO/IEC 10918-1, table B.1)."""


def size_of(body: bytes) -> tuple[int, int] | None:
    """Width and height in points of a PNG, GIF, JPEG or WebP; None where they cannot be told."""
    try:
        if body.startswith(b"\x89PNG\r\n\x1a\n"):
            size = struct.unpack(">II", body[16:24])
        elif body.startswith((b"GIF87a", b"GIF89a")):
            size = struct.unpack("<HH", body[6:10])
        elif body.startswith(b"\xff\xd8"):
            size = _of_jpeg(body)
        elif body[:4] == b"RIFF" and body[8:12] == b"WEBP":
            size = _of_webp(body)
        else:
            return None
    except (struct.error, IndexError):
        return None
    return (size[0], size[1]) if size[0] > 0 and size[1] > 0 else None


def _of_jpeg(body: bytes) -> tuple[int, ...]:
    at = 2
    while body[at] == 0xFF:
        mark, length = body[at + 1], struct.unpack(">H", body[at + 2 : at + 4])[0]
        if mark in _FRAMES:
            height, width = struct.unpack(">HH", body[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return 0, 0


def _of_webp(body: bytes) -> tuple[int, ...]:
    match body[12:16]:
        case b"VP8 ":
            width, height = struct.unpack("<HH", body[26:30])
            return width & 0x3FFF, height & 0x3FFF
        case b"VP8L":
            bits = struct.unpack("<I", body[21:25])[0]
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8X":
            return (
                int.from_bytes(body[24:27], "little") + 1,
                int.from_bytes(body[27:30], "little") + 1,
            )
    return 0, 0
