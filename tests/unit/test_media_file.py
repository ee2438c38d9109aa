"""What a fetched file is: its first bytes decide, and nothing that a server said of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.pictures import DRAWING, PAGE, PROGRAM, png

from tui_inbox.core.media_file import HEAD, SUFFIXES, kind_of
from tui_inbox.core.post import MediaKind


@pytest.mark.parametrize(
    ("head", "kind", "suffix"),
    [
        (png(), MediaKind.PICTURE, ".png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", MediaKind.PICTURE, ".jpg"),
        (b"GIF89a\x01\x00", MediaKind.PICTURE, ".gif"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", MediaKind.PICTURE, ".webp"),
        (b"\x00\x00\x00\x1cftypavif", MediaKind.PICTURE, ".avif"),
        (b"\x00\x00\x00\x1cftypisom", MediaKind.VIDEO, ".mp4"),
        (b"\x00\x00\x00\x14ftypqt  ", MediaKind.VIDEO, ".mov"),
        (b"\x1aE\xdf\xa3\x01\x00", MediaKind.VIDEO, ".webm"),
        (b"ID3\x04\x00", MediaKind.AUDIO, ".mp3"),
        (b"OggS\x00\x02", MediaKind.AUDIO, ".ogg"),
        (b"RIFF\x10\x00\x00\x00WAVEfmt ", MediaKind.AUDIO, ".wav"),
    ],
)
def test_the_first_bytes_say_what_it_is(head: bytes, kind: MediaKind, suffix: str) -> None:
    assert kind_of(head[:HEAD]) == (kind, suffix)
    assert suffix in SUFFIXES


@pytest.mark.parametrize(
    "content", [b"", b"\x89PN", DRAWING, PAGE, PROGRAM, b"#!/bin/sh\nrm -r x\n"]
)
def test_pages_drawings_and_programs_are_nothing_that_is_kept(content: bytes) -> None:
    assert kind_of(content[:HEAD]) is None


@given(st.binary(max_size=HEAD))
def test_no_file_gets_an_ending_that_a_system_runs(head: bytes) -> None:
    found = kind_of(head)
    assert found is None or found[1] in SUFFIXES
