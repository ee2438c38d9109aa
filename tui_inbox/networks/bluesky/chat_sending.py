"""Private messages on their way out. The service knows no keys: the same words sent twice are two messages.

So before a message leaves for the first time it is noted what stood last in its conversation, and before every further
try it is looked whether one of the account's own came after that with the same words. No clock takes part in it. A
message that another text has become is not taken for this one.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from tui_inbox.core.draft import Outgoing
from tui_inbox.core.naming import named
from tui_inbox.core.ports import AnswerLost, Refused, Unsupported
from tui_inbox.core.post import SeenPost
from tui_inbox.core.same_text import same_text
from tui_inbox.networks.bluesky.addresses import AtUri
from tui_inbox.networks.bluesky.chat import Chat
from tui_inbox.networks.bluesky.chat_messages import Address, Convo, Message, to_message
from tui_inbox.networks.bluesky.desk import Desk
from tui_inbox.networks.bluesky.marking import facets_of
from tui_inbox.networks.bluesky.reading import did_of
from tui_inbox.networks.limits import Urgency
from tui_inbox.networks.wire_base import decode

STATE = "private messages"
"""The name under which what was sent last stands in the account's state."""
_KEPT = 100
_ALONE = (
    "Whom a private message is for has to be named at its beginning: one person, as @name.example."
)


class _Sent(Struct, omit_defaults=True):
    """A text that has left, or is about to.

    Attributes:
        convo: in which conversation; `after` is what stood last there before the first try, empty for nothing.
        became: the message that it is known to have become.
    """

    convo: str
    after: str = ""
    became: str = ""


class _Texts(Struct):
    """By the keys of their rows, the latest last."""

    texts: dict[str, _Sent] = field(default_factory=dict)


async def send(desk: Desk, chat: Chat, outgoing: Outgoing) -> SeenPost:
    """Send a text as a private message: an answer to one, or a first one to whom it names.

    Raises:
        Unsupported: it asks for what there is not in private messages, or this sign-in does not reach them.
        Refused: it is for nobody, or they take no messages from this account.
        NetworkError: it was not sent, or that is not known.
    """
    _check(outgoing)
    convo = await _convo(desk, chat, outgoing)
    texts = await _read(desk)
    noted = texts.texts.get(outgoing.key)
    until = noted.after if noted is not None and noted.after else None
    messages, _ = await chat.messages(convo, until=until, urgency=Urgency.SEND)
    if noted is not None:
        if (there := _became(desk, outgoing, noted, texts, messages)) is not None:
            return await _done(desk, convo, outgoing, texts, there, messages)
    else:
        newest = messages[0].id if messages else ""
        await _keep(desk, texts, outgoing.key, _Sent(convo.id, newest))
    if convo.status == "request":
        await chat.call("acceptConvo", {"convoId": convo.id})
    data = await chat.call(
        "sendMessage", {"convoId": convo.id, "message": await _message(desk, outgoing)}
    )
    sent = decode(Message, data)
    if sent is None:
        raise AnswerLost(f"{desk.session.host} sent an answer that makes no sense.")
    return await _done(desk, convo, outgoing, texts, sent, messages)


def _check(outgoing: Outgoing) -> None:
    lacks = {
        "cannot be changed": outgoing.edits is not None,
        "have no polls": outgoing.poll is not None,
        "have no warnings in front of them": bool(outgoing.warning),
        "have no files": bool(outgoing.media),
    }
    for lack, is_asked in lacks.items():
        if is_asked:
            raise Unsupported(f"Private messages on Bluesky {lack}, so this was not sent.")


async def _convo(desk: Desk, chat: Chat, outgoing: Outgoing) -> Convo:
    """Where a text goes."""
    if outgoing.reply_to is not None:
        address = Address.parse(outgoing.reply_to)
        if address is None:
            raise Unsupported(
                "A post on Bluesky cannot be answered in private: write a new text to whom you mean. "
                "This was not sent."
            )
        return await chat.convo(address.convo, Urgency.SEND)
    handles = named(outgoing.text)
    if len(handles) != 1:
        raise Refused(_ALONE)
    return await chat.convo_with([await did_of(desk, handles[0], Urgency.SEND)])


async def _message(desk: Desk, outgoing: Outgoing) -> dict[str, object]:
    async def resolve(handle: str) -> str | None:
        try:
            return await did_of(desk, handle, Urgency.SEND)
        except Refused:
            return None

    said: dict[str, object] = {"text": outgoing.text}
    if facets := await facets_of(outgoing.text, resolve):
        said["facets"] = facets
    if outgoing.quotes is not None and AtUri.parse(outgoing.quotes) is not None:
        views = await desk.referred([outgoing.quotes])
        if (view := views.get(outgoing.quotes)) is None:
            raise Refused("The post that this passes on is not there any more, so it was not sent.")
        reference = {"uri": view.uri, "cid": view.cid or ""}
        said["embed"] = {"$type": "app.bsky.embed.record", "record": reference}
    return said


def _became(
    desk: Desk, outgoing: Outgoing, noted: _Sent, texts: _Texts, messages: list[Message]
) -> Message | None:
    """The message that an earlier try of a text has made; None where none has."""
    claimed = {one.became for key, one in texts.texts.items() if key != outgoing.key}
    ids = [one.id for one in messages]
    since = messages[: ids.index(noted.after)] if noted.after in ids else messages
    for one in reversed(since):
        is_it = one.sender.did == desk.session.did and same_text(one.text or "", outgoing.text)
        if one.id == noted.became or (is_it and not noted.became and one.id not in claimed):
            return one
    return None


async def _done(
    desk: Desk,
    convo: Convo,
    outgoing: Outgoing,
    texts: _Texts,
    sent: Message,
    messages: list[Message],
) -> SeenPost:
    ids = [one.id for one in messages]
    below = messages[ids.index(sent.id) + 1 :] if sent.id in ids else messages
    noted = texts.texts[outgoing.key]
    await _keep(desk, texts, outgoing.key, replace(noted, became=sent.id))
    seen = to_message(convo, sent, next(iter(below), None), await desk.border())
    if seen is None:
        raise AnswerLost(f"{desk.session.host} took a message that cannot be read.")
    return seen


async def _read(desk: Desk) -> _Texts:
    kept = await desk.session.state.get(STATE)
    try:
        return msgspec.json.decode(kept, type=_Texts) if kept else _Texts()
    except msgspec.DecodeError:
        return _Texts()


async def _keep(desk: Desk, texts: _Texts, key: str, sent: _Sent) -> None:
    """Note it; it is on disk when this returns, before anything leaves."""
    texts.texts.pop(key, None)
    texts.texts[key] = sent
    for old in list(texts.texts)[:-_KEPT]:
        del texts.texts[old]
    await desk.session.state.put(STATE, msgspec.json.encode(texts).decode())
