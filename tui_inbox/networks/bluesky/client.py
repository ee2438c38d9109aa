"""One account on Bluesky: the `Network` port, put together from its parts."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence

import httpx
from msgspec.structs import replace

from tui_inbox.core.account import Limits
from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.answerers import Openness
from tui_inbox.core.door import HeldBackCount, HeldBackPage, PeopleList, PeoplePage
from tui_inbox.core.draft import Outgoing, Scheduled, Upload
from tui_inbox.core.events import NetworkEvent
from tui_inbox.core.moment import YEAR
from tui_inbox.core.other_clients import Marker, Preferences, Talk
from tui_inbox.core.person import Person, Relationship
from tui_inbox.core.ports import (
    AccountState,
    Clock,
    Found,
    Identity,
    NetworkError,
    NoticePage,
    Page,
    PageOf,
    Recent,
    SignedOut,
    Thread,
    Unsupported,
)
from tui_inbox.core.post import Audience, Feed, FeedKind, SeenPost
from tui_inbox.core.profile import OwnProfile
from tui_inbox.core.query import Leaf
from tui_inbox.core.server_query import Said
from tui_inbox.core.sources import Sources
from tui_inbox.core.versions import Original, Translation, Version
from tui_inbox.networks.bluesky import (
    acts,
    chat_sending,
    feeds,
    gates,
    originals,
    profile,
    reading,
    search_words,
    writing,
)
from tui_inbox.networks.bluesky.chat import NOT_ALLOWED, Chat
from tui_inbox.networks.bluesky.chat_messages import Address
from tui_inbox.networks.bluesky.convert import to_person
from tui_inbox.networks.bluesky.desk import Desk
from tui_inbox.networks.bluesky.grants import Grants
from tui_inbox.networks.bluesky.notices import Notices
from tui_inbox.networks.bluesky.session import Session

LIMITS = Limits(
    characters=300,
    utf8_bytes=3_000,
    url_characters=0,
    media=4,
    media_types=writing.PICTURE_TYPES,
    picture_bytes=writing.PICTURE_BYTES,
    alt_characters=2_000,
    poll_options=0,
    quotes=True,
    full_text_search=True,
    honours_keys=True,
    keys_last=10 * YEAR,
    audiences=(Audience.PUBLIC,),
    warnings=False,
    timed_mutes=False,
    hides_boosts=False,
    answers_name=False,
    chooses_answerers=True,
    makes_cards=True,
    lists_anybody=True,
    software="Bluesky",
)
"""What a post may be (lexicons `app.bsky.feed.post` and `app.bsky.embed.images`). A record keeps its key for ever."""

_SERVER = "server"
_FOUND = {
    "family": "AT Protocol",
    "software": "Bluesky",
    "stream": False,
    "search": True,
    "min_id": False,
    "keys": True,
    "filters": 1,
}
"""What there is to know of any server, as it stands in the account's state for whoever looks from outside: `doctor`."""


class BlueskyNetwork:
    """Fulfils `core.ports.Network` for one account.

    Args:
        did: who the account is.
        server: base address of its personal data server.
        grants: keeps its tokens; without any, all ends as `SignedOut`.
        clock: for waits, and for the time of reading.
        state: keeps the owner's rules, and what is left of the budget.
        transport: replaces the network in tests.

    Raises:
        ValueError: the address is neither `https` nor a loopback host.
    """

    def __init__(
        self,
        did: str,
        server: str,
        grants: Grants,
        *,
        clock: Clock,
        state: AccountState,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        session = Session(did, server, grants, clock=clock, state=state, transport=transport)
        self._session = session
        self._desk = Desk(session)
        self._notices = Notices(self._desk)
        self._chat = Chat(self._desk)
        self._reaches_chat: bool | None = None

    async def identify(self) -> Identity:
        """Who the account is, what a post may be, and whether this sign-in reaches private messages."""
        actor = await self._desk.me(anew=True)
        reaches = await self._is_reaching_chat()
        by_browser = self._session.is_by_browser
        private = True if reaches else NOT_ALLOWED
        found = json.dumps({**_FOUND, "private": private, "by_browser": by_browser})
        if await self._session.state.get(_SERVER) != found:
            await self._session.state.put(_SERVER, found)
        limits = (
            replace(LIMITS, audiences=(Audience.PUBLIC, Audience.DIRECT)) if reaches else LIMITS
        )
        return Identity(person=to_person(actor, await self._desk.border()), limits=limits)

    async def _is_reaching_chat(self) -> bool:
        """Asked once while the program runs; where their service is out of reach, as it was the last time."""
        if self._reaches_chat is None:
            try:
                self._reaches_chat = await self._chat.is_allowed()
            except SignedOut:
                raise
            except NetworkError:
                kept = await self._session.state.get(_SERVER)
                return kept is not None and '"private": true' in kept
        return self._reaches_chat

    async def feed(self, feed: Feed, page: PageOf) -> Page:
        """A page of a feed; see `feeds.read_feed` for their cursors."""
        if feed.kind is FeedKind.DIRECT:
            return await self._chat.newest(page)
        if feed.kind is FeedKind.MENTIONS:
            return await self._notices.read_mentions(page)
        return await feeds.read_feed(self._desk, feed, page)

    async def notices(self, page: PageOf) -> NoticePage:
        """A page of notifications, of all kinds and ungrouped."""
        return await self._notices.read(page)

    async def thread(self, server_id: str, *, waited_for: bool = True) -> Thread:
        """A post with its ancestors and answers, or a private message with what stands around it."""
        if (message := Address.parse(server_id)) is not None:
            return await self._chat.thread(message)
        return await reading.read_thread(self._desk, server_id, waited_for=waited_for)

    async def resolve(self, address: str) -> SeenPost:
        """The post with an address."""
        return await reading.resolve(self._desk, address)

    async def posts(self, server_ids: Sequence[str]) -> Found:
        """Posts as the server shows them now, 25 in one request. Of private messages nothing is said."""
        wanted = [one for one in server_ids if Address.parse(one) is None]
        return await reading.read_posts(self._desk, wanted)

    async def recent(self, server_id: str, *, waited_for: bool = False) -> Recent:
        """Who somebody is and what they posted lately."""
        return await reading.read_recent(self._desk, server_id, waited_for=waited_for)

    async def relationships(self, server_ids: Sequence[str]) -> Sequence[Relationship]:
        """How the account stands to people, 25 in one request."""
        return await reading.read_relationships(self._desk, server_ids)

    async def upload(self, upload: Upload) -> str:
        """Hand over a picture."""
        return await writing.upload(self._desk, upload)

    async def describe(self, media_id: str, alt: str) -> None:
        """Nothing has to be said before the text: it carries the descriptions of its pictures itself."""

    async def publish(self, outgoing: Outgoing) -> SeenPost:
        """Post a text, or send it as a private message."""
        if outgoing.audience is Audience.DIRECT:
            return await chat_sending.send(self._desk, self._chat, outgoing)
        return await writing.publish(self._desk, outgoing)

    async def plan(self, outgoing: Outgoing) -> Scheduled:
        """Unsupported: nothing is posted by itself."""
        raise Unsupported("Bluesky keeps no texts for later.")

    async def scheduled(self) -> Sequence[Scheduled]:
        """Unsupported: nothing is posted by itself."""
        raise Unsupported("Bluesky keeps no texts for later.")

    async def find_people(self, words: str) -> Sequence[Person]:
        """People whose name or handle begins so."""
        return await reading.find_people(self._desk, words)

    async def find_tags(self, words: str) -> Sequence[str]:
        """None: there is no list of tags to look in."""
        return ()

    def search_words(self, leaf: Leaf) -> Said | None:
        """A term in the words of Bluesky's search; see `search_words`."""
        return search_words.in_words(leaf)

    async def emoji(self) -> Sequence[str]:
        """None: there are only those of Unicode."""
        return ()

    async def act(self, act: Act) -> None:
        """Do something to a post or a person; a private conversation can be muted."""
        if (message := Address.parse(act.target)) is None:
            await acts.do(self._desk, act)
        elif act.kind in (ActKind.MUTE_TALK, ActKind.UNMUTE_TALK):
            await self._chat.mute(message.convo, is_on=act.kind is ActKind.MUTE_TALK)
        else:
            raise Unsupported("Bluesky has this for posts only, not for private messages.")

    async def sources(self) -> Sources:
        """The feeds this account can show, its lists and saved feeds among them."""
        lack = "" if await self._is_reaching_chat() else NOT_ALLOWED
        feeds = await self._desk.settings.saved_feeds()
        return await reading.read_sources(self._desk, feeds, no_chat=lack)

    async def people(self, which: PeopleList, page: PageOf) -> PeoplePage:
        """A page of those who are muted or blocked."""
        return await reading.read_people(self._desk, which, page)

    async def held_back(self, page: PageOf) -> HeldBackPage:
        """Unsupported: nobody is held back."""
        raise Unsupported("Bluesky holds nobody back.")

    async def held_back_count(self) -> HeldBackCount:
        """Unsupported: nobody is held back."""
        raise Unsupported("Bluesky holds nobody back.")

    async def marker(self) -> Marker | None:
        """How far notifications were read by any client."""
        return await self._notices.marker()

    async def move_marker(
        self, notice_id: str, is_behind: Callable[[str], Awaitable[bool]]
    ) -> Marker:
        """Say that notifications were read up to this one; never back."""
        return await self._notices.move_marker(notice_id, is_behind)

    async def talks(self) -> Sequence[Talk]:
        """The private conversations in which something was said last."""
        return await self._chat.talks()

    async def read_talk(self, talk_id: str) -> None:
        """Say that a private conversation was read."""
        await self._chat.mark_read(talk_id)

    async def said_privately(self) -> Sequence[SeenPost]:
        """Private messages that came since this was asked last: no notification tells of them."""
        return await self._chat.said()

    async def preferences(self) -> Preferences:
        """How the owner likes to read, as all their apps know it."""
        return await self._desk.settings.read()

    async def versions(self, server_id: str) -> Sequence[Version]:
        """Unsupported: posts are not changed."""
        raise Unsupported("Bluesky keeps no earlier versions of posts.")

    async def translation(self, server_id: str, language: str) -> Translation:
        """Unsupported: servers have no translator."""
        raise Unsupported("Bluesky does not translate.")

    async def original(self, server_id: str) -> Original:
        """What the owner typed, and what hung on it."""
        return await originals.read_original(self._desk, server_id)

    async def profile(self) -> OwnProfile:
        """The account's own profile; see `profile.read_profile`."""
        return await profile.read_profile(self._desk)

    async def openness(self, server_id: str) -> Openness:
        """Whether a post may be answered and quoted, as its author has set it."""
        return await gates.openness(self._desk, server_id)

    async def listen(self) -> AsyncGenerator[NetworkEvent, None]:
        """Unsupported: a timeline tells of nothing by itself, so its pages are read now and then."""
        nothing: tuple[NetworkEvent, ...] = ()
        for event in nothing:
            yield event
        raise Unsupported("Bluesky has no stream of a timeline.")

    async def close(self) -> None:
        """Let go of connections."""
        await self._session.close()
