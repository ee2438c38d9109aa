"""Texts on their way out: the record that a text becomes, written so that every further try changes nothing.

The record's key and its moment are made of what the outbox keeps of the text (`tid`). `putRecord` with a swap of
nothing writes it if there is none under that key; repeating it with the same content is success, and with other
content it is refused: then it was written before, by a try whose answer was lost (facts 5).
"""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.draft import Outgoing, Upload
from tui_inbox.core.ports import AnswerLost, NetworkError, Refused, Unsupported
from tui_inbox.core.post import Audience, QuoteState, SeenPost
from tui_inbox.networks.bluesky import gates, wire
from tui_inbox.networks.bluesky.addresses import AtUri
from tui_inbox.networks.bluesky.chat_messages import Address
from tui_inbox.networks.bluesky.convert import seen_in, to_seen, usable
from tui_inbox.networks.bluesky.desk import POST, Desk
from tui_inbox.networks.bluesky.marking import facets_of
from tui_inbox.networks.bluesky.notices import moment
from tui_inbox.networks.bluesky.picture_size import size_of
from tui_inbox.networks.bluesky.reading import did_of
from tui_inbox.networks.bluesky.tid import tid_of
from tui_inbox.networks.bluesky.xrpc import Swapped
from tui_inbox.networks.limits import Urgency
from tui_inbox.networks.wire_base import decode

PICTURE_TYPES = ("image/jpeg", "image/png", "image/webp", "image/gif")
PICTURE_BYTES = 2_000_000
"""The largest picture (lexicon `app.bsky.embed.images`)."""

FOLDED = "graphic-media"
"""What authors say of pictures that are to be folded."""

_FOR_ALL = (Audience.PUBLIC, Audience.UNLISTED)
_PUT = "com.atproto.repo.putRecord"
_APPLY = "com.atproto.repo.applyWrites"
_NOT_SENT = ", so this was not sent."


class Context(Struct, frozen=True):
    """What a text refers to, as the account sees it now."""

    parent: wire.PostView | None = None
    quoted: wire.PostView | None = None


async def publish(desk: Desk, outgoing: Outgoing) -> SeenPost:
    """Post a text; the same key posts it once.

    Raises:
        Unsupported: it asks for what there is not on Bluesky, and nothing was sent.
        Refused: what it answers or quotes is gone, or its author does not want it answered or quoted.
        NetworkError: it was not posted, or that is not known.
    """
    _check(outgoing)
    key = tid_of(outgoing.created_at, outgoing.key)
    author = await desk.me()
    try:
        context = await _context(desk, outgoing)
        record = await _record(desk, outgoing, context)
    except Refused:
        # An earlier try may have written it before what it refers to changed.
        if (there := await _there(desk, key, author, Context())) is not None:
            return there
        raise
    if gate := gates.gate_of(desk, key, outgoing):
        return await _publish_gated(desk, key, record, gate, author, context)
    try:
        data = await desk.session.call(
            _PUT,
            {
                "repo": desk.session.did,
                "collection": POST,
                "rkey": key,
                "record": record,
                "swapRecord": None,
            },
        )
    except Swapped:
        if (there := await _there(desk, key, author, context)) is not None:
            return there
        raise
    written = decode(wire.Written, data)
    if written is None:
        raise AnswerLost(f"{desk.session.host} sent an answer that makes no sense.")
    return await _as_seen(desk, written.uri, written.cid, record, author, context)


async def _publish_gated(
    desk: Desk,
    key: str,
    record: wire.Data,
    gate: wire.Data,
    author: wire.Actor,
    context: Context,
) -> SeenPost:
    """Post a text together with who may answer it, both or none.

    Created under a key of its own it cannot be made twice: a second try is an error of the server (facts 5), so it is
    looked up before, and after a failure.

    Raises:
        NetworkError: it was not posted, or that is not known.
    """
    if (there := await _there(desk, key, author, context)) is not None:
        return there
    writes = [
        {"$type": f"{_APPLY}#create", "collection": one["$type"], "rkey": key, "value": one}
        for one in (record, gate)
    ]
    try:
        await desk.session.call(_APPLY, {"repo": desk.session.did, "writes": writes})
    except AnswerLost:
        if (there := await _there(desk, key, author, context)) is not None:
            return there
        raise
    there = await _there(desk, key, author, context)
    if there is None:
        raise AnswerLost(f"{desk.session.host} does not show what it has taken.")
    return there


async def upload(desk: Desk, upload: Upload) -> str:
    """Hand over a picture. What the server gives back for it is kept as its id; it is called nothing there.

    Returns:
        what a record says of it, as JSON.

    Raises:
        Refused: it is none that may be posted, or it cannot be read here.
        NetworkError: any other failure; repeating it does no harm.
    """
    if upload.mime not in PICTURE_TYPES:
        raise Unsupported(f"{upload.name} is no picture, and nothing else can be posted from here.")
    try:
        body = await asyncio.to_thread(Path(upload.path).read_bytes)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Refused(f"{upload.name} cannot be read ({reason}); attach it again.") from None
    if len(body) > PICTURE_BYTES:
        raise Refused(f"{upload.name} is larger than the 2 MB that Bluesky takes.")
    data = await desk.session.hand_over(body, upload.mime)
    blob = data.get("blob") if isinstance(data, dict) else None
    if not isinstance(blob, dict):
        raise AnswerLost(f"{desk.session.host} sent an answer that makes no sense.")
    said: dict[str, object] = {"image": blob}
    if (size := size_of(body)) is not None:
        said["aspectRatio"] = {"width": size[0], "height": size[1]}
    return json.dumps(said)


def _check(outgoing: Outgoing) -> None:
    """Whether all that a text asks for can be had.

    Raises:
        Unsupported: something cannot.
    """
    lacks = {
        "changes no posts": outgoing.edits is not None,
        "has no polls": outgoing.poll is not None,
        "has no warnings in front of a text": bool(outgoing.warning),
        "shows every post to everybody": outgoing.audience not in _FOR_ALL,
    }
    for lack, is_asked in lacks.items():
        if is_asked:
            raise Unsupported(f"Bluesky {lack}, so this was not sent.")


async def _context(desk: Desk, outgoing: Outgoing) -> Context:
    """What a text refers to, and whether that may be answered and quoted.

    Raises:
        Refused: it may not, or it is gone.
    """
    wanted = [uri for uri in (outgoing.reply_to, outgoing.quotes) if uri is not None]
    if any(Address.parse(uri) is not None for uri in wanted):
        raise Refused("A private message is answered in private only, so this was not sent.")
    views = await desk.referred(list(dict.fromkeys(wanted))) if wanted else {}
    if any(uri not in views for uri in wanted):
        raise Refused("The post that this refers to is not there any more, so it was not sent.")
    parent, quoted = views.get(outgoing.reply_to or ""), views.get(outgoing.quotes or "")
    if parent is not None and (closed := gates.openness_of(parent).answers):
        raise Refused(f"{closed}{_NOT_SENT}")
    if quoted is not None and (closed := gates.openness_of(quoted).quotes):
        raise Refused(f"{closed}{_NOT_SENT}")
    return Context(parent, quoted)


async def _record(desk: Desk, outgoing: Outgoing, context: Context) -> wire.Data:
    """The record of a text; made anew from the same, it is the same."""

    async def resolve(handle: str) -> str | None:
        try:
            return await did_of(desk, handle, Urgency.SEND)
        except Refused:
            return None

    record: wire.Data = {
        "$type": POST,
        "text": outgoing.text,
        "createdAt": moment(outgoing.created_at),
    }
    if facets := await facets_of(outgoing.text, resolve):
        record["facets"] = facets
    if outgoing.language:
        record["langs"] = [outgoing.language]
    if context.parent is not None:
        record["reply"] = _reply(context.parent)
    if embed := _embed(outgoing, context):
        record["embed"] = embed
    if outgoing.sensitive and outgoing.media:
        values = [{"val": FOLDED}]
        record["labels"] = {"$type": "com.atproto.label.defs#selfLabels", "values": values}
    return record


def _reply(parent: wire.PostView) -> wire.Data:
    """What an answer refers to: its parent, and the first post of the conversation as the parent's own record
    names it. An answer with another root is shown nowhere (facts 6, pitfall 16)."""
    named = _reference(parent)
    told = (parent.record or {}).get("reply")
    root = told.get("root") if isinstance(told, dict) else None
    if (
        isinstance(root, dict)
        and isinstance(root.get("uri"), str)
        and isinstance(root.get("cid"), str)
    ):
        return {"root": {"uri": root["uri"], "cid": root["cid"]}, "parent": named}
    return {"root": named, "parent": named}


def _embed(outgoing: Outgoing, context: Context) -> wire.Data | None:
    """What hangs on a text: pictures with what is said of them or the card of a link, a quoted post, or both."""
    media: wire.Data | None = None
    if outgoing.media:
        alts = [*outgoing.alts, *[""] * len(outgoing.media)]
        pictures = [
            {**_picture(one), "alt": alt} for one, alt in zip(outgoing.media, alts, strict=False)
        ]
        media = {"$type": "app.bsky.embed.images", "images": pictures}
    elif outgoing.card is not None:
        said = outgoing.card
        page = {"uri": said.url, "title": said.title, "description": said.description}
        media = {"$type": "app.bsky.embed.external", "external": page}
    if context.quoted is None:
        return media
    record = {"$type": "app.bsky.embed.record", "record": _reference(context.quoted)}
    if media is None:
        return record
    return {"$type": "app.bsky.embed.recordWithMedia", "record": record, "media": media}


def _picture(media_id: str) -> dict[str, Any]:
    """What `upload` gave for a picture.

    Raises:
        Refused: it is something else.
    """
    try:
        said = json.loads(media_id)
    except ValueError:
        said = None
    if not isinstance(said, dict) or not isinstance(said.get("image"), dict):
        raise Refused("A picture of this text is not known here any more; attach it again.")
    return said


def _reference(view: wire.PostView) -> dict[str, str]:
    return {"uri": view.uri, "cid": view.cid or ""}


async def _there(desk: Desk, key: str, author: wire.Actor, context: Context) -> SeenPost | None:
    """The post that an earlier try has written under this key, if one has.

    Raises:
        AnswerLost: that cannot be looked up at the moment.
    """
    uri = str(AtUri(desk.session.did, POST, key))
    try:
        record = await desk.record(uri, Urgency.SEND)
    except Refused:
        return None
    except NetworkError as error:
        raise AnswerLost(str(error)) from None
    if record is None or record.value is None:
        return None
    return await _as_seen(desk, uri, record.cid or "", record.value, author, context)


async def _as_seen(
    desk: Desk, uri: str, cid: str, record: wire.Data, author: wire.Actor, context: Context
) -> SeenPost:
    """A post that was just written, before any server shows it.

    Raises:
        AnswerLost: nothing can be made of it.
    """
    view = wire.PostView(uri=uri, cid=cid, author=author, record=record)
    border = await desk.border()
    seen = seen_in(view, border)
    if seen is None:
        raise AnswerLost(f"{desk.session.host} wrote a post that cannot be read.")
    if context.quoted is None:
        return seen
    quoted = next(usable(to_seen, [context.quoted], border), None)
    post = replace(seen.post, quote=QuoteState.ACCEPTED) if seen.post.quoted else seen.post
    return replace(seen, post=post, quoted=replace(quoted, quoted=None) if quoted else None)
