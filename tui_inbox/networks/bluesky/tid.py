"""Keys of records: 13 signs that stand for a moment (atproto.com, specs/tid).

The key of a text is made of what the outbox keeps of it, so that every try writes the same record: one that is there
already is recognised, and nothing is posted twice (facts 5).
"""

from __future__ import annotations

import hashlib

from tui_inbox.core.moment import Millis

_SIGNS = "234567abcdefghijklmnopqrstuvwxyz"
_LENGTH = 13


def tid_of(at: Millis, key: str) -> str:
    """The key of a record that was made at a moment.

    Args:
        at: when, in milliseconds.
        key: tells records of one moment apart: what stands below the millisecond is made of it.
    """
    digest = int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big")
    micros = max(0, at) * 1_000 + digest % 1_000
    return encoded((micros << 10 | (digest >> 10) & 0x3FF) & (1 << 63) - 1)


def encoded(number: int) -> str:
    """A number of 64 bits as a key; the first bit is never set."""
    signs = [_SIGNS[number >> 5 * place & 31] for place in range(_LENGTH)]
    return "".join(reversed(signs))
