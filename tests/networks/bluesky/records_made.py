"""Records as clients write them, and what the border makes of them."""

from __future__ import annotations

from tui_inbox.core.post import Post
from tui_inbox.networks.bluesky.addresses import Web
from tui_inbox.networks.bluesky.records import to_post, unknown_person

WEB = Web()
ODILE = "did:plc:ewvi7nxzyoun6zhxrhs64oiz"
JORIS = "did:plc:z72i7hdynmk6r22z27h6tvur"
NOW = 1_764_547_200_000
KEY = "3lbsvw7qcjc2g"


def record(text: str = "Good morning", **parts: object) -> dict[str, object]:
    """The JSON of a post."""
    return {
        "$type": "app.bsky.feed.post",
        "text": text,
        "createdAt": "2025-11-30T10:00:00.000Z",
        **parts,
    }


def read(text: str = "Good morning", **parts: object) -> Post:
    """The post that a record is."""
    post = to_post(
        record(text, **parts), author=unknown_person(ODILE, WEB), key=KEY, now=NOW, web=WEB
    )
    assert post is not None
    return post


def facet(start: int, end: int, **feature: object) -> dict[str, object]:
    """Marks bytes; `kind` is `link`, `mention` or `tag`."""
    kind = f"app.bsky.richtext.facet#{feature.pop('kind')}"
    return {
        "index": {"byteStart": start, "byteEnd": end},
        "features": [{"$type": kind, **feature}],
    }


def marking(text: str, part: str, **feature: object) -> dict[str, object]:
    """Marks where a part stands in a text."""
    start = len(text[: text.index(part)].encode())
    return facet(start, start + len(part.encode()), **feature)
