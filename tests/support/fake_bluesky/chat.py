"""The service of private conversations, as the account's server passes calls on to it.

It is a stand-in made after the lexicons `chat.bsky.convo.*`: the real one is in no registry.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from support.fake_bluesky.world import Json, when

if TYPE_CHECKING:
    from support.fake_bluesky.api import Call

PROXY = "did:web:api.bsky.chat#bsky_chat"


@dataclass
class Convo:
    """A conversation; `read` is by member how many messages they have read."""

    id: str
    members: list[str]
    messages: list[Json] = field(default_factory=list)
    read: dict[str, int] = field(default_factory=dict)
    muted: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)


class Chat:
    """All conversations."""

    def __init__(self) -> None:
        self.convos: dict[str, Convo] = {}
        self._numbers = itertools.count(1)

    def between(self, *dids: str) -> Convo:
        """The conversation of some people, which begins where there is none."""
        for convo in self.convos.values():
            if set(convo.members) == set(dids):
                return convo
        convo = Convo(f"c{next(self._numbers)}", list(dids))
        self.convos[convo.id] = convo
        return convo

    def say(self, convo: Convo, did: str, at: int, text: str, **parts: Any) -> Json:
        """Let somebody say something."""
        message = {
            "$type": "chat.bsky.convo.defs#messageView",
            "id": f"m{next(self._numbers)}",
            "rev": "1",
            "text": text,
            "sender": {"did": did},
            "sentAt": when(at),
            **parts,
        }
        convo.messages.append(message)
        convo.read[did] = len(convo.messages)
        return message

    def methods(self) -> dict[str, Callable[[Call], Json | None]]:
        """What it answers."""
        return {
            "chat.bsky.convo.listConvos": self._list,
            "chat.bsky.convo.getConvo": lambda call: self._view(call, call.one("convoId")),
            "chat.bsky.convo.getConvoForMembers": self._for_members,
            "chat.bsky.convo.getMessages": self._messages,
            "chat.bsky.convo.sendMessage": self._send,
            "chat.bsky.convo.updateRead": self._update_read,
            "chat.bsky.convo.acceptConvo": self._accept,
            "chat.bsky.convo.muteConvo": lambda call: self._mute(call, is_on=True),
            "chat.bsky.convo.unmuteConvo": lambda call: self._mute(call, is_on=False),
        }

    def _list(self, call: Call) -> Json:
        mine = [one for one in self.convos.values() if call.me.did in one.members and one.messages]
        mine.sort(key=lambda one: str(one.messages[-1]["sentAt"]), reverse=True)
        return {"convos": [self._told(call, one) for one in mine[: int(call.one("limit", "50"))]]}

    def _view(self, call: Call, id: str) -> Json:
        return {"convo": self._told(call, self.convos[id])}

    def _told(self, call: Call, convo: Convo) -> Json:
        told: Json = {
            "id": convo.id,
            "rev": "1",
            "members": [call.views.actor(did) for did in convo.members],
            "muted": call.me.did in convo.muted,
            "unreadCount": len(convo.messages) - convo.read.get(call.me.did, 0),
            "status": "request" if call.me.did in convo.asked else "accepted",
        }
        return {**told, "lastMessage": convo.messages[-1]} if convo.messages else told

    def _for_members(self, call: Call) -> Json:
        convo = self.between(call.me.did, *call.query["members"])
        return {"convo": self._told(call, convo)}

    def _messages(self, call: Call) -> Json:
        newest = self.convos[call.one("convoId")].messages[::-1]
        start, limit = int(call.one("cursor", "0")), int(call.one("limit", "50"))
        told: Json = {"messages": newest[start : start + limit]}
        return {**told, "cursor": str(start + limit)} if start + limit < len(newest) else told

    def _send(self, call: Call) -> Json:
        convo = self.convos[call.body["convoId"]]
        return self.say(convo, call.me.did, call.world.now(), **call.body["message"])

    def _update_read(self, call: Call) -> None:
        convo = self.convos[call.body["convoId"]]
        convo.read[call.me.did] = len(convo.messages)

    def _accept(self, call: Call) -> None:
        self.convos[call.body["convoId"]].asked.discard(call.me.did)

    def _mute(self, call: Call, *, is_on: bool) -> None:
        muted = self.convos[call.body["convoId"]].muted
        (muted.add if is_on else muted.discard)(call.me.did)
