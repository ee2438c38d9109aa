"""The border for what hangs on a post: attachments and link cards, cleaned."""

from __future__ import annotations

from urllib.parse import urlsplit

from tui_inbox.core.draft import Attachment
from tui_inbox.core.post import Card, Media, MediaKind
from tui_inbox.core.text import clean, clean_line, safe_url
from tui_inbox.networks.mastodon import wire

_MOST_AUTHORS = 3
_LONGEST_NAME = 60

_MEDIA_KINDS = {
    "image": MediaKind.PICTURE,
    "gifv": MediaKind.VIDEO,
    "video": MediaKind.VIDEO,
    "audio": MediaKind.AUDIO,
}


def to_media(media: wire.Media) -> Media:
    """An attachment, described as its author described it."""
    address = media.url or media.remote_url or media.preview_url
    return Media(
        kind=_MEDIA_KINDS.get(media.type or "", MediaKind.FILE),
        url=safe_url(address or ""),
        alt=clean(media.description or "", limit=5000),
        seconds=_seconds(media),
    )


def to_attachment(media: wire.Media) -> Attachment:
    """An attachment of an own post, as an edit begins with it."""
    kind = _MEDIA_KINDS.get(media.type or "", MediaKind.FILE)
    alt = clean(media.description or "", limit=5000)
    return Attachment(
        file="",
        name=_file_name(media.url or media.remote_url or "") or kind.value,
        kind=kind,
        alt=alt,
        server_id=media.id,
        told_alt=alt,
    )


def _file_name(address: str) -> str:
    """What an address calls its file; empty where it has no such name."""
    try:
        path = urlsplit(address).path
    except ValueError:
        return ""
    return clean_line(path.rpartition("/")[2], limit=_LONGEST_NAME)


def _seconds(media: wire.Media) -> int | None:
    """How long it lasts, from one second to a day; anything else is not worth believing."""
    facts = media.meta.original if media.meta else None
    duration = facts.duration if facts else None
    return round(duration) if duration is not None and 0.5 < duration < 86_400 else None


def to_card(card: wire.Card) -> Card | None:
    """A link card; None without an address that can be opened."""
    address = safe_url(card.url or "")
    if address is None:
        return None
    names = [author.name or "" for author in card.authors[:_MOST_AUTHORS]] or [
        card.author_name or ""
    ]
    return Card(
        url=address,
        title=clean_line(card.title or ""),
        description=clean(card.description or "", limit=2000),
        author=clean_line(", ".join(filter(None, names)), limit=200),
    )
