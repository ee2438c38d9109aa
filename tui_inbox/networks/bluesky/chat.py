"""Private conversations, read by asking now and then: their service is another one than that of posts.

The account's server passes calls on to it (facts 4, chat). An app password may keep its apps out of them: that is found
out once, said in words, and not asked again while the program runs.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from msgspec import Struct

from tui_inbox.core.other_clients import Talk
from tui_inbox.core.ports import NetworkError, Page, PageOf, Refused, Thread, Unsupported
from tui_inbox.core.post import FeedEntry, SeenPost
from tui_inbox.networks.bluesky.chat_messages import (
    Address,
    Convo,
    Convos,
    Message,
    Messages,
    OneConvo,
    chained,
    is_deleted,
)
from tui_inbox.networks.bluesky.desk import Desk
from tui_inbox.networks.bluesky.xrpc import NotAllowed
from tui_inbox.networks.http import Nested, Pairs
from tui_inbox.networks.limits import Urgency
from tui_inbox.networks.wire_base import decode, decode_list

PROXY = {"atproto-proxy": "did:web:api.bsky.chat#bsky_chat"}
NOT_ALLOWED = (
    "This sign-in does not reach private messages: sign in again with an app password that allows "
    "access to them, made in another app."
)
_CONVO = "chat.bsky.convo"
_A_PAGE = 50
_PAGES = 5
"""Pages of one conversation that are read at most, to join what was read before or to find a message."""
_REMEMBERED = 500


class _Known(Struct):
    """What was read of a conversation: its newest message, as the service has it and as a post."""

    message: str
    newest: SeenPost | None


class Chat:
    """The private conversations of one account.

    Args:
        desk: of the account.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._fresh: list[SeenPost] = []
        self._is_shut = False

    async def is_allowed(self) -> bool:
        """Whether this sign-in reaches them at all.

        Raises:
            NetworkError: that cannot be found out at the moment.
        """
        try:
            await self.get("listConvos", [("limit", "1")])
        except (Refused, Unsupported):
            return False
        return True

    async def talks(self) -> Sequence[Talk]:
        """The newest conversations, and whether they were read.

        Raises:
            NetworkError: they cannot be read.
        """
        convos = await self._look()
        return [
            Talk(one.id, bool(one.unread_count), known.newest)
            for one in convos
            if (known := self._known.get(one.id)) is not None
        ]

    async def said(self) -> Sequence[SeenPost]:
        """Messages of all conversations that came since this was asked last, oldest first.

        What was said meanwhile is told again if the program ended before it was stored: the first time brings the
        newest page of each conversation.

        Raises:
            NetworkError: they cannot be read.
        """
        await self._look()
        fresh, self._fresh = self._fresh, []
        return sorted(fresh, key=lambda seen: seen.post.created_at)

    async def newest(self, page: PageOf) -> Page:
        """A page of conversations as a feed: what was said last in each.

        Raises:
            NetworkError: they cannot be read.
        """
        convos = await self._convos(page)
        for one in convos.convos:
            await self._read_on(one)
        newest = [
            known.newest
            for one in convos.convos
            if (known := self._known.get(one.id)) is not None and known.newest is not None
        ]
        entries = [FeedEntry(one, one.post.created_at, one.view.server_id) for one in newest]
        return Page(tuple(entries), convos.cursor or None)

    async def thread(self, address: Address) -> Thread:
        """A message with what was said before and after it.

        Raises:
            Refused: it is not there any more, or so old that it is not reached.
            NetworkError: any other failure.
        """
        convo = await self.convo(address.convo)
        messages, is_whole = await self.messages(
            convo, until=address.message, urgency=Urgency.WAITING
        )
        border = await self._desk.border()
        seen = chained(convo, messages, border, to_the_first=is_whole)[::-1]
        place = next((n for n, one in enumerate(seen) if one.view.server_id == str(address)), None)
        if place is None:
            raise Refused("This message is not shown any more; another app may have it.")
        return Thread(seen[place], tuple(seen[:place]), tuple(seen[place + 1 :]))

    async def mark_read(self, convo: str) -> None:
        """Say that a conversation was read.

        Raises:
            NetworkError: it was not said; saying it again does no harm.
        """
        await self.call("updateRead", {"convoId": convo}, urgency=Urgency.CHECKS)

    async def mute(self, convo: str, *, is_on: bool) -> None:
        """Mute a conversation, or no more.

        Raises:
            NetworkError: it was not done, or that is not known.
        """
        await self.call("muteConvo" if is_on else "unmuteConvo", {"convoId": convo})

    async def convo(self, id: str, urgency: Urgency = Urgency.WAITING) -> Convo:
        """A conversation by its id.

        Raises:
            Refused: it is not there.
            NetworkError: any other failure.
        """
        return self._one(await self.get("getConvo", [("convoId", id)], urgency))

    async def convo_with(self, dids: Sequence[str]) -> Convo:
        """The conversation with some people, which begins by being asked for.

        Raises:
            Refused: they take no messages from this account.
            NetworkError: any other failure.
        """
        query = [("members", did) for did in dids]
        return self._one(await self.get("getConvoForMembers", query, Urgency.SEND))

    async def messages(
        self, convo: Convo, *, until: str | None, urgency: Urgency
    ) -> tuple[list[Message], bool]:
        """Messages, newest first, down to the one before a certain one; and whether the last is the first of all.

        Args:
            until: the message that is looked for; None for one page.
        """
        found: list[Message] = []
        cursor: str | None = None
        for _ in range(_PAGES):
            query = [("convoId", convo.id), ("limit", str(_A_PAGE))]
            query += [("cursor", cursor)] if cursor else []
            told = decode(Messages, await self.get("getMessages", query, urgency)) or Messages()
            met = any(one.get("id") == until for one in told.messages)
            standing = [one for one in told.messages if not is_deleted(one)]
            found += decode_list(Message, standing)
            cursor = told.cursor
            if not cursor:
                return found, True
            if until is None or (met and found and found[-1].id != until):
                break
        return found, False

    async def get(self, method: str, query: Pairs, urgency: Urgency = Urgency.MENTIONS) -> object:
        """Ask the service, unless this sign-in does not reach it.

        Raises:
            Unsupported: it does not.
            NetworkError: any other failure.
        """
        self._check()
        try:
            return await self._desk.session.get(
                f"{_CONVO}.{method}", query, urgency=urgency, headers=PROXY
            )
        except NotAllowed:
            raise self._shut() from None

    async def call(self, method: str, said: Nested, *, urgency: Urgency = Urgency.SEND) -> object:
        """Change something there; as `get`."""
        self._check()
        try:
            return await self._desk.session.call(
                f"{_CONVO}.{method}", said, urgency=urgency, headers=PROXY
            )
        except NotAllowed:
            raise self._shut() from None

    def _check(self) -> None:
        if self._is_shut:
            raise Unsupported(NOT_ALLOWED)

    def _shut(self) -> NetworkError:
        self._is_shut = True
        return Unsupported(NOT_ALLOWED)

    def _one(self, data: object) -> Convo:
        told = decode(OneConvo, data)
        if told is None:
            raise Refused("This conversation is not there any more.")
        return told.convo

    async def _convos(self, page: PageOf) -> Convos:
        query = [("limit", str(max(1, min(page.limit, 100))))]
        query += [("cursor", page.older_than)] if page.older_than else []
        return decode(Convos, await self.get("listConvos", query)) or Convos()

    async def _look(self) -> list[Convo]:
        """The newest conversations; of those in which something was said, what that was is read."""
        convos = (await self._convos(PageOf(limit=_A_PAGE))).convos
        for one in convos:
            await self._read_on(one)
        return list(convos)

    async def _read_on(self, convo: Convo) -> None:
        """Read what was said in a conversation since it was read last."""
        newest = str((convo.last_message or {}).get("id", ""))
        known = self._known.get(convo.id)
        if not newest or (known is not None and known.message == newest):
            return
        before = known.message if known else None
        messages, is_whole = await self.messages(convo, until=before, urgency=Urgency.MENTIONS)
        ids = [one.id for one in messages]
        if before in ids:
            messages, is_whole = messages[: ids.index(before) + 1], False
        border = await self._desk.border()
        seen = chained(convo, messages, border, to_the_first=is_whole)
        self._fresh += seen
        self._known[convo.id] = _Known(newest, next(iter(seen), None))
        self._known.move_to_end(convo.id)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
