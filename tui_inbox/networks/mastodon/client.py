"""One account on a server of Mastodon's kind: the `Network` port, put together from its parts."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing

import httpx

from tui_inbox.core.act import Act
from tui_inbox.core.door import HeldBackCount, HeldBackPage, PeopleList, PeoplePage
from tui_inbox.core.draft import Outgoing, Scheduled, Upload
from tui_inbox.core.events import NetworkEvent, StreamOpened
from tui_inbox.core.other_clients import Marker, Preferences, Talk
from tui_inbox.core.person import Person, Relationship
from tui_inbox.core.ports import (
    AccountState,
    Clock,
    Found,
    Identity,
    NoticePage,
    Page,
    PageOf,
    Recent,
    Refused,
    SignedOut,
    Thread,
    Unsupported,
)
from tui_inbox.core.post import Audience, Feed, FeedKind, SeenPost
from tui_inbox.core.profile import OwnProfile
from tui_inbox.core.query import Leaf
from tui_inbox.core.server_query import Said
from tui_inbox.core.sources import Sources
from tui_inbox.core.text import clean_line
from tui_inbox.core.versions import Original, Translation, Version
from tui_inbox.networks.http import Token
from tui_inbox.networks.limits import Budget, Urgency
from tui_inbox.networks.mastodon import (
    acts,
    bulk,
    door,
    feeds,
    finding,
    lookup,
    notices,
    other_clients,
    probing,
    profile,
    search_words,
    strangers,
    texts,
    uploads,
    versions,
    wire,
)
from tui_inbox.networks.mastodon.convert import (
    to_audience,
    to_person,
    to_seen,
    usable,
    usable_status,
)
from tui_inbox.networks.mastodon.instance import limits_of
from tui_inbox.networks.mastodon.session import Session
from tui_inbox.networks.mastodon.stream import Line
from tui_inbox.networks.wire_base import decode


class MastodonNetwork:
    """Fulfils `core.ports.Network` for one account.

    Args:
        server: base address, as `https://host`; plain `http` only for loopback hosts.
        token: of the account; empty if it was lost, which ends as `SignedOut`.
        clock: for waits, and for the time of reading.
        state: keeps the server's facts and the way its stream was opened.
        account_server_id: the account's own id on its server; asked for where it is not given.
        budget: the account's request budget, where several share a host (`limits.Budgets`).
        transport: replaces the network in tests.

    Raises:
        ValueError: the address is neither `https` nor a loopback host, or the token is none.
    """

    def __init__(
        self,
        server: str,
        token: str,
        *,
        clock: Clock,
        state: AccountState,
        account_server_id: str | None = None,
        budget: Budget | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._token = Token(token) if token else None
        self._session = Session(
            server.rstrip("/"),
            self._token,
            clock=clock,
            state=state,
            own_id=account_server_id,
            budget=budget,
            transport=transport,
        )

    async def identify(self) -> Identity:
        """Who the token belongs to, and what the server allows. Asks the server anew."""
        session = self._session
        account = await session.own_account()
        instance, _ = await session.look_again()
        await probing.probe_search(session, account.statuses_count or 0)
        await probing.probe_schedules(session)
        privacy, language = await self._usual(account)
        return Identity(
            person=to_person(account, await session.border()),
            limits=limits_of(instance, await session.server()),
            usual_audience=to_audience(privacy) if privacy else Audience.PUBLIC,
            usual_language=clean_line(language or "", limit=35) or None,
        )

    async def feed(self, feed: Feed, page: PageOf) -> Page:
        """A page of a feed; see `feeds.read_feed` for the cursors of each."""
        if feed.kind is FeedKind.MENTIONS:
            return await notices.read_mentions(self._session, page)
        return await feeds.read_feed(self._session, feed, page)

    async def notices(self, page: PageOf) -> NoticePage:
        """A page of notifications, of all types and ungrouped."""
        return await notices.read_notices(self._session, page)

    async def thread(self, server_id: str, *, waited_for: bool = True) -> Thread:
        """A post with its ancestors and answers; of a boost, those of the post it passes on."""
        http = self._session.http
        urgency = Urgency.WAITING if waited_for else Urgency.CHECKS
        path = f"/api/v1/statuses/{feeds.quoted(server_id)}"
        answer = await http.get(path, urgency=urgency)
        status = decode(wire.Status, answer.data)
        if status is not None and status.reblog is not None:
            status = status.reblog
            path = f"/api/v1/statuses/{feeds.quoted(status.id)}"
        focus = usable_status(status, await self._session.border())
        if focus is None:
            raise Refused(f"{http.host} sent a post that cannot be read.")
        answer = await http.get(f"{path}/context", urgency=urgency)
        context = decode(wire.Context, answer.data) or wire.Context()
        border = await self._session.border()
        return Thread(
            focus=focus,
            above=tuple(usable(to_seen, context.ancestors, border)),
            below=tuple(usable(to_seen, context.descendants, border)),
        )

    async def resolve(self, address: str) -> SeenPost:
        """The post with a URI, fetched by the server where it has never met it."""
        return await lookup.resolve(self._session, address)

    async def posts(self, server_ids: Sequence[str]) -> Found:
        """Posts as the server shows them now, twenty in one request where it can do that."""
        return await bulk.read_posts(self._session, server_ids)

    async def recent(self, server_id: str, *, waited_for: bool = False) -> Recent:
        """Who somebody is and what they posted lately; see `strangers.read_recent`."""
        return await strangers.read_recent(self._session, server_id, waited_for=waited_for)

    async def relationships(self, server_ids: Sequence[str]) -> Sequence[Relationship]:
        """How the account stands to people, forty in one request."""
        return await acts.read_relationships(self._session, server_ids)

    async def upload(self, upload: Upload) -> str:
        """Hand over a file that goes with a text; ends when it can be posted."""
        return await uploads.upload(self._session, upload)

    async def describe(self, media_id: str, alt: str) -> None:
        """Give an uploaded file that is not posted yet another description."""
        await uploads.describe(self._session, media_id, alt)

    async def publish(self, outgoing: Outgoing) -> SeenPost:
        """Post a text, or make it that of an own post."""
        return await texts.publish(self._session, outgoing)

    async def plan(self, outgoing: Outgoing) -> Scheduled:
        """Hand over a text that the server is to post later."""
        return await texts.plan(self._session, outgoing)

    async def scheduled(self) -> Sequence[Scheduled]:
        """What the server will post by itself."""
        return await texts.read_scheduled(self._session)

    async def find_people(self, words: str) -> Sequence[Person]:
        """People whose name or handle begins so, those first whom the account follows."""
        return await finding.find_people(self._session, words)

    async def find_tags(self, words: str) -> Sequence[str]:
        """Tags that begin so."""
        return await finding.find_tags(self._session, words)

    def search_words(self, leaf: Leaf) -> Said | None:
        """A term in the words of Mastodon's search; see `search_words`."""
        return search_words.in_words(leaf)

    async def emoji(self) -> Sequence[str]:
        """The server's own emoji."""
        return await finding.read_emoji(self._session)

    async def act(self, act: Act) -> None:
        """Do something to a post, a person, or somebody held back."""
        await acts.do(self._session, act)

    async def sources(self) -> Sources:
        """The feeds this account can show; what the server lacks is found out once and remembered."""
        return await probing.read_sources(self._session)

    async def people(self, which: PeopleList, page: PageOf) -> PeoplePage:
        """A page of those who ask to follow, are muted or are blocked."""
        return await door.read_people(self._session, which, page)

    async def held_back(self, page: PageOf) -> HeldBackPage:
        """A page of people whose notifications are held back (Mastodon 4.3)."""
        return await door.read_held_back(self._session, page)

    async def held_back_count(self) -> HeldBackCount:
        """How many are held back."""
        return await door.count_held_back(self._session)

    async def marker(self) -> Marker | None:
        """How far notifications were read by any client."""
        return await other_clients.read_marker(self._session)

    async def move_marker(
        self, notice_id: str, is_behind: Callable[[str], Awaitable[bool]]
    ) -> Marker:
        """Say that notifications were read up to this one; never back, and once more after a conflict."""
        return await other_clients.move_marker(self._session, notice_id, is_behind)

    async def talks(self) -> Sequence[Talk]:
        """The newest page of private conversations."""
        return await other_clients.read_talks(self._session)

    async def read_talk(self, talk_id: str) -> None:
        """Say that a private conversation was read; one that is gone needs no saying."""
        await other_clients.mark_talk_read(self._session, talk_id)

    async def preferences(self) -> Preferences:
        """How the owner likes to read and post."""
        return await other_clients.read_preferences(self._session)

    async def versions(self, server_id: str) -> Sequence[Version]:
        """A post in all its versions, oldest first."""
        return await versions.read_versions(self._session, server_id)

    async def translation(self, server_id: str, language: str) -> Translation:
        """A post in another language, where the server has a translator."""
        return await versions.translate(self._session, server_id, language)

    async def original(self, server_id: str) -> Original:
        """What the author of a post typed."""
        return await versions.read_original(self._session, server_id)

    async def profile(self) -> OwnProfile:
        """The account's own profile; see `profile.read_profile`."""
        return await profile.read_profile(self._session)

    async def listen(self) -> AsyncGenerator[NetworkEvent, None]:
        """Events of the account's own stream: home, notifications, edits and deletions."""
        session = self._session
        server = await session.server()
        if self._token is None:
            raise SignedOut(f"There is no sign-in for {session.host} here.")
        if server.streaming is None:
            await session.learn(stream=False)
            raise Unsupported(f"{session.host} has no stream.")
        line = Line(
            base=server.streaming,
            http=session.http,
            token=self._token,
            clock=session.clock,
            state=session.state,
            is_signed_in=session.is_signed_in,
            border=lambda: session.border_of(server),
        )
        try:
            async with aclosing(line.listen()) as events:
                async for event in events:
                    if isinstance(event, StreamOpened):
                        await session.learn(stream=event.kind)
                    yield event
        except Unsupported:
            await session.learn(stream=False)
            raise

    async def close(self) -> None:
        """Let go of connections."""
        await self._session.http.close()

    async def _usual(self, account: wire.OwnAccount) -> tuple[str | None, str | None]:
        """Visibility and language the owner posts with by default, from the account or the
        preferences."""
        source = account.source or wire.Source()
        if source.privacy:
            return source.privacy, source.language
        told = await other_clients.told_preferences(self._session)
        if told is None:
            return None, source.language
        return told.visibility, source.language or told.language
