"""What SQL is taught besides its own words: functions of ours that statements of this room may call."""

from __future__ import annotations

import sqlite3

from msgspec import Struct, json

from tui_inbox.core.tokens import fold


class _Tags(Struct):
    """Of the column `extras` the tags alone."""

    tags: tuple[str, ...] = ()


_decode_tags = json.Decoder(_Tags).decode


def teach(db: sqlite3.Connection) -> None:
    """Let statements on a connection call them."""
    db.create_function("has_tag", 2, has_tag, deterministic=True)


def has_tag(extras: str, tag: str) -> bool:
    """Whether a post has a tag, by its column `extras`.

    Args:
        extras: as `post_rows.encode_extras` writes it.
        tag: folded, without its sign.
    """
    return any(fold(one) == tag for one in _decode_tags(extras).tags)
