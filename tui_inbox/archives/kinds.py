"""Which archives can be read, by the word that names them on the command line."""

from __future__ import annotations

from pathlib import Path

from tui_inbox.core.archive import Archive, BadArchive
from tui_inbox.core.moment import Millis


def open_archive(kind: str, path: Path, now: Millis) -> Archive:
    """Open an archive of an account.

    Args:
        kind: `x-archive`, `mastodon-archive` or `bluesky-car`.
        path: where it is.
        now: the time of reading.

    Raises:
        BadArchive: it is none, or holds what may not be.
        ValueError: there is no such kind.
    """
    if not path.exists():
        raise BadArchive(f"There is no file {path.name} there.")
    try:
        return _opened(kind, path, now)
    except ImportError as missing:
        raise BadArchive(
            f"Reading archives needs {missing.name}, which is not installed: pip install 'tui-inbox[archives]'. "
            "Nothing was changed."
        ) from missing


def _opened(kind: str, path: Path, now: Millis) -> Archive:
    match kind:
        case "x-archive":
            from tui_inbox.archives.x import XArchive

            return XArchive(path)
        case "mastodon-archive":
            from tui_inbox.archives.mastodon import MastodonArchive

            return MastodonArchive(path)
        case "bluesky-car":
            from tui_inbox.archives.bluesky import BlueskyArchive

            return BlueskyArchive(path, now)
    raise ValueError(kind)
