"""Files that hang on posts, once they were fetched: what they are by their first bytes, and who fetches them.

What a server says of a file, its name and its media type, is never believed: the bytes decide.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from tui_inbox.core.post import MediaKind

HEAD = 32
"""Bytes that tell what a file is."""

LARGEST: dict[MediaKind, int] = {
    MediaKind.PICTURE: 16 * 1024 * 1024,
    MediaKind.VIDEO: 100 * 1024 * 1024,
    MediaKind.AUDIO: 100 * 1024 * 1024,
}
"""Bytes of a file that is fetched. Mastodon takes pictures of 16 MB and films of 99 MB; other networks take less."""

_BEGINNINGS: tuple[tuple[bytes, MediaKind, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", MediaKind.PICTURE, ".png"),
    (b"\xff\xd8\xff", MediaKind.PICTURE, ".jpg"),
    (b"GIF87a", MediaKind.PICTURE, ".gif"),
    (b"GIF89a", MediaKind.PICTURE, ".gif"),
    (b"\x1aE\xdf\xa3", MediaKind.VIDEO, ".webm"),
    (b"OggS", MediaKind.AUDIO, ".ogg"),
    (b"fLaC", MediaKind.AUDIO, ".flac"),
    (b"ID3", MediaKind.AUDIO, ".mp3"),
    (b"\xff\xfb", MediaKind.AUDIO, ".mp3"),
    (b"\xff\xf3", MediaKind.AUDIO, ".mp3"),
    (b"\xff\xf2", MediaKind.AUDIO, ".mp3"),
)
_RIFF = {
    b"WEBP": (MediaKind.PICTURE, ".webp"),
    b"WAVE": (MediaKind.AUDIO, ".wav"),
}
_FTYP = {
    b"avif": (MediaKind.PICTURE, ".avif"),
    b"avis": (MediaKind.PICTURE, ".avif"),
    b"M4A ": (MediaKind.AUDIO, ".m4a"),
    b"qt  ": (MediaKind.VIDEO, ".mov"),
}
"""Brands of ISO files (ISO/IEC 14496-12) that are no film in MP4; all others are taken for one."""

SUFFIXES = frozenset(
    {
        *(suffix for _, _, suffix in _BEGINNINGS),
        *(suffix for table in (_RIFF, _FTYP) for _, suffix in table.values()),
        ".mp4",
    }
)
"""Every ending that a fetched file may have. None of them is run by anything."""


class MediaFile(Struct, frozen=True):
    """A file on this machine, as it was fetched. `kind` is a picture, a film or a sound, by its first bytes."""

    path: Path
    kind: MediaKind


class MediaSource(Protocol):
    """Fetches what posts point to, from wherever it lies. Nobody is signed in there."""

    async def fetch(
        self, address: str, take: Callable[[bytes], None], *, own_server: str = ""
    ) -> None:
        """Hand over the bytes at an address, piece by piece.

        Args:
            address: of the file.
            take: is given each piece; what it raises ends the fetching.
            own_server: address of the account's server. It alone may lie in a network that is not public.

        Raises:
            NetworkError: it cannot be had. `str()` is one sentence.
        """
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


def kind_of(head: bytes) -> tuple[MediaKind, str] | None:
    """What a file is, and the ending of its name; None for what is no picture, film or sound.

    A page (HTML) is none, and neither is a drawing (SVG), which may carry a program.

    Args:
        head: its first `HEAD` bytes, or all of it where it is shorter.
    """
    for beginning, kind, suffix in _BEGINNINGS:
        if head.startswith(beginning):
            return kind, suffix
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12])
    if head[4:8] == b"ftyp":
        return _FTYP.get(head[8:12], (MediaKind.VIDEO, ".mp4"))
    return None
