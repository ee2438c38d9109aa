"""What the owner typed into an own post: its record says it as it was sent."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tui_inbox.core.draft import Attachment
from tui_inbox.core.ports import Refused
from tui_inbox.core.post import MediaKind, SeenPost
from tui_inbox.core.text import clean
from tui_inbox.core.versions import Original
from tui_inbox.networks.bluesky import wire
from tui_inbox.networks.bluesky.convert import seen_in
from tui_inbox.networks.bluesky.desk import Desk
from tui_inbox.networks.limits import Urgency


async def read_original(desk: Desk, server_id: str) -> Original:
    """What the owner typed. It is read from their own repository, which has it before any server shows it.

    Raises:
        Refused: it is not there any more.
        NetworkError: any other failure.
    """
    record = await desk.record(server_id, Urgency.WAITING)
    me = await desk.me()
    view = wire.PostView(uri=server_id, author=me, record=record.value) if record else None
    seen = seen_in(view, await desk.border())
    if record is None or record.value is None or seen is None:
        raise Refused("This post does not exist, or not any more.", gone=True)
    return Original(
        text=clean(str(record.value.get("text", ""))),
        warning="",
        sensitive=seen.post.sensitive,
        language=seen.post.language,
        attachments=tuple(_attachments(record.value, seen)),
    )


def _attachments(record: wire.Data, seen: SeenPost) -> Iterator[Attachment]:
    """The pictures of a post, as a text that is written anew can have them again."""
    embed = record.get("embed")
    media = embed.get("media", embed) if isinstance(embed, dict) else {}
    pictures = media.get("images") if isinstance(media, dict) else None
    for one in pictures if isinstance(pictures, list) else ():
        if not isinstance(one, dict) or not isinstance(one.get("image"), dict):
            continue
        alt = clean(str(one.get("alt", "")))
        said = {name: one[name] for name in ("image", "aspectRatio") if name in one}
        number = len(seen.post.media)
        yield Attachment(
            file="",
            name="a picture" if number == 1 else "one of the pictures",
            kind=MediaKind.PICTURE,
            alt=alt,
            server_id=json.dumps(said),
            told_alt=alt,
        )
