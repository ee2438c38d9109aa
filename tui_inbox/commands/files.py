"""Files that go with a text: looked at, and copied beside the store, so that the draft stays whole."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable
from pathlib import Path

from tui_inbox.commands.context import Context, NotPossible
from tui_inbox.core.account import Limits
from tui_inbox.core.draft import Attachment
from tui_inbox.core.post import MediaKind
from tui_inbox.core.text import clean_line
from tui_inbox.store.database import StoreUnusable

_KINDS = {"image": MediaKind.PICTURE, "video": MediaKind.VIDEO, "audio": MediaKind.AUDIO}
_MEGABYTE = 1 << 20


def keep(ctx: Context, file: Path, limits: Iterable[Limits]) -> Attachment:
    """Copy a file that is to go with a text. Reads and writes all of it, so it is called on no loop.

    Args:
        limits: what the servers allow that are to take it.

    Returns:
        the attachment, without a description yet.

    Raises:
        NotPossible: there is no such file, a server would not take it, or it cannot be copied.
    """
    name = clean_line(file.name)
    try:
        if not file.is_file():
            raise NotPossible(f"There is no file {clean_line(str(file))}.")
        size = file.stat().st_size
        kind = kind_of(file.name)
        for one in limits:
            if refusal := _refusal(file.name, kind, size, one):
                raise NotPossible(refusal)
        return Attachment(file=ctx.store.files.keep(file), name=name, kind=kind)
    except StoreUnusable as error:
        raise NotPossible(str(error)) from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise NotPossible(f"{name} cannot be read ({reason}), so it was not attached.") from error


def kind_of(name: str) -> MediaKind:
    """What a file is, as far as its name says."""
    return _KINDS.get(_type_of(name).partition("/")[0], MediaKind.FILE)


def _type_of(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _refusal(name: str, kind: MediaKind, size: int, limits: Limits) -> str:
    """Why a server would not take a file, in one sentence; empty where it would."""
    shown = clean_line(name)
    if limits.media_types and _type_of(name) not in limits.media_types:
        return f"The server takes no files like {shown} ({_type_of(name)}), so it was not attached."
    if not size:
        return f"{shown} is empty, so it was not attached."
    most = limits.picture_bytes if kind is MediaKind.PICTURE else limits.film_bytes
    if size > most:
        return (
            f"{shown} has {_megabytes(size)}, the server takes {_megabytes(most)} at most; "
            "it was not attached."
        )
    return ""


def _megabytes(size: int) -> str:
    return f"{size / _MEGABYTE:.1f}".removesuffix(".0") + " MB"
