"""Keys of records: in order of time, and the same for the same text."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.networks.bluesky.picture_size import size_of
from tui_inbox.networks.bluesky.tid import encoded, tid_of

FORM = re.compile(r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")
"""Source: atproto.com/specs/tid."""

moments = st.integers(0, 2**42)


@given(at=moments, key=st.text(max_size=40))
def test_a_key_has_the_form_that_servers_take(at: int, key: str) -> None:
    assert FORM.fullmatch(tid_of(at, key))
    assert tid_of(at, key) == tid_of(at, key)


@given(at=moments, later=st.integers(1, 10**9), keys=st.tuples(st.text(), st.text()))
def test_keys_are_in_the_order_of_time(at: int, later: int, keys: tuple[str, str]) -> None:
    assert tid_of(at, keys[0]) < tid_of(at + later, keys[1])


def test_keys_of_one_moment_differ() -> None:
    assert len({tid_of(1_790_000_000_000, str(number)) for number in range(500)}) > 495


def test_the_first_and_the_last_key() -> None:
    assert encoded(0) == "2222222222222"
    assert encoded(2**63 - 1) == "bzzzzzzzzzzzz"


def test_sizes_of_pictures_are_read_from_their_first_bytes() -> None:
    png = (
        b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (640).to_bytes(4, "big") + (480).to_bytes(4, "big")
    )
    gif = b"GIF89a" + (3).to_bytes(2, "little") + (5).to_bytes(2, "little")
    jpeg = (
        b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08"
        + (20).to_bytes(2, "big")
        + (30).to_bytes(2, "big")
    )
    webp = (
        b"RIFF\0\0\0\0WEBPVP8X"
        + b"\0" * 8
        + (99).to_bytes(3, "little")
        + (49).to_bytes(3, "little")
    )
    assert [size_of(one) for one in (png, gif, jpeg, webp)] == [
        (640, 480),
        (3, 5),
        (30, 20),
        (100, 50),
    ]


@given(st.binary(max_size=60), st.sampled_from([b"", b"\xff\xd8", b"GIF89a", b"\x89PNG\r\n\x1a\n"]))
def test_anything_else_has_no_size_and_is_no_error(rest: bytes, start: bytes) -> None:
    size = size_of(start + rest)
    assert size is None or min(size) > 0
