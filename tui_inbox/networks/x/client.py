"""One account on X: the `Network` port, put together from its parts."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence

import msgspec

from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.door import HeldBackCount, HeldBackPage, PeopleList, PeoplePage
from tui_inbox.core.draft import Outgoing, Scheduled, Upload
from tui_inbox.core.events import NetworkEvent
from tui_inbox.core.moment import DAY, Millis
from tui_inbox.core.other_clients import Marker, Preferences, Talk
from tui_inbox.core.person import Person, Relationship
from tui_inbox.core.ports import (
    AccountState,
    Found,
    Identity,
    NoticePage,
    Page,
    PageOf,
    Recent,
    Spend,
    Thread,
    Unsupported,
)
from tui_inbox.core.post import Feed, SeenPost
from tui_inbox.core.profile import OwnProfile, ProfileWords
from tui_inbox.core.query import Leaf
from tui_inbox.core.server_query import Said
from tui_inbox.core.sources import Sources
from tui_inbox.core.spending import Micros
from tui_inbox.core.versions import Original, Translation, Version
from tui_inbox.networks.limits import Urgency
from tui_inbox.networks.wire_base import decode
from tui_inbox.networks.x import people, prices, reading, search_words, wire, writing
from tui_inbox.networks.x.authorization import Line
from tui_inbox.networks.x.convert import to_person
from tui_inbox.networks.x.desk import Desk
from tui_inbox.networks.x.feeds import Feeds
from tui_inbox.networks.x.grants import Grants
from tui_inbox.networks.x.purse import CAP, Purse
from tui_inbox.networks.x.session import Session
from tui_inbox.networks.x.shelf import Shelves

HOME_PAGE = 20
"""Posts of the home feed that are bought at once, unless the owner says otherwise."""

_ME_LASTS: Millis = 7 * DAY
_SERVER = "server"
_FOUND = json.dumps(
    {
        "family": "X",
        "software": "X",
        "version": "2",
        "stream": False,
        "search": True,
        "min_id": False,
        "keys": False,
    }
)
"""What there is to know of X, as it stands in the account's state for whoever looks from outside: `doctor`."""

_FIXED_PROFILE = "X lets no app change a profile; your browser can."
_NO_TALKS = "Private conversations on X are not read here."
_NO_DOOR = "X holds nobody back."


class XNetwork:
    """Fulfils `core.ports.Network` for one account.

    Args:
        user_id: who the account is.
        grants: keeps its tokens; without any, all ends as `SignedOut`.
        line: where X is, and the clock.
        state: keeps names, what was bought last, and what is left of the budget.
        spend: remembers what was bought.
        cap: what a day may cost at most.
        home_page: posts of the home feed that are bought at once; 0 for none ever.
    """

    def __init__(
        self,
        user_id: str,
        grants: Grants,
        line: Line,
        *,
        state: AccountState,
        spend: Spend,
        cap: Micros = CAP,
        home_page: int = HOME_PAGE,
    ) -> None:
        self._session = Session(user_id, grants, line, state)
        self._purse = Purse(spend, line.clock, cap)
        self._desk = Desk(self._session, self._purse)
        self._shelves = Shelves(state)
        self._feeds = Feeds(self._desk, self._shelves, home_page)

    async def identify(self) -> Identity:
        """Who the account is, and what a post may be. It is bought once a week."""
        self._session.try_again()
        state = self._session.state
        if await state.get(_SERVER) != _FOUND:
            await state.put(_SERVER, _FOUND)
        me = _remembered(await state.get("me"), self._session.clock.now())
        if me is None:
            async with await self._purse.allow(prices.USER, 1) as allowance:
                data = await self._session.get(
                    "/2/users/me", [people.FIELDS], urgency=Urgency.WAITING
                )
                me = people.me_in(data, self._session.host)
                await allowance.settle({f"user:{me.id}": prices.USER})
            kept = _Me(self._session.clock.now(), me)
            await state.put("me", msgspec.json.encode(kept).decode())
        await self._desk.users.met_now([me])
        return Identity(person=to_person(me), limits=people.LIMITS)

    async def feed(self, feed: Feed, page: PageOf) -> Page:
        """A page of a feed; see `feeds.Feeds.read`."""
        return await self._feeds.read(feed, page)

    async def notices(self, page: PageOf) -> NoticePage:
        """A page of who addresses the account; X tells apps of nothing else."""
        return await self._feeds.notices(page)

    async def thread(self, server_id: str, *, waited_for: bool = True) -> Thread:
        """A post with what it answers, and what answered it within seven days."""
        return await reading.read_thread(self._desk, server_id, waited_for=waited_for)

    async def posts(self, server_ids: Sequence[str]) -> Found:
        """Posts as X shows them now, as far as that is free or can be afforded. What is gone is forgotten here."""
        found = await reading.read_posts(self._desk, server_ids)
        if found.gone:
            await self._shelves.drop(found.gone)
        return found

    async def resolve(self, address: str) -> SeenPost:
        """The post with an address."""
        return await reading.resolve(self._desk, address)

    async def recent(self, server_id: str, *, waited_for: bool = False) -> Recent:
        """Who somebody is and what they posted lately."""
        return await reading.read_recent(self._desk, server_id, waited_for=waited_for)

    async def relationships(self, server_ids: Sequence[str]) -> Sequence[Relationship]:
        """How the account stood to people when their names were bought; nobody is bought for it."""
        return await self._desk.users.standing(server_ids)

    async def upload(self, upload: Upload) -> str:
        """Hand over a picture."""
        return await writing.upload(self._desk, upload)

    async def describe(self, media_id: str, alt: str) -> None:
        """Give an uploaded picture another description."""
        await writing.describe(self._desk, media_id, alt)

    async def publish(self, outgoing: Outgoing) -> SeenPost:
        """Post a text."""
        return await writing.publish(self._desk, self._feeds, outgoing)

    async def plan(self, outgoing: Outgoing) -> Scheduled:
        """Unsupported: nothing is posted by itself."""
        raise Unsupported("X keeps no texts for later.")

    async def scheduled(self) -> Sequence[Scheduled]:
        """Unsupported: nothing is posted by itself."""
        raise Unsupported("X keeps no texts for later.")

    async def find_people(self, words: str) -> Sequence[Person]:
        """People who were met while the program runs and whose name or handle begins so."""
        return reading.find_people(self._desk, words)

    async def find_tags(self, words: str) -> Sequence[str]:
        """None: there is no list of tags to look in."""
        return ()

    def search_words(self, leaf: Leaf) -> Said | None:
        """A term in the words of X's search; see `search_words`."""
        return search_words.in_words(leaf)

    async def emoji(self) -> Sequence[str]:
        """None: there are only those of Unicode."""
        return ()

    async def act(self, act: Act) -> None:
        """Do something to a post or a person."""
        await writing.do(self._desk, act)
        if act.kind is ActKind.DELETE:
            await self._shelves.drop([act.target])

    async def sources(self) -> Sources:
        """The feeds this account can show."""
        return self._feeds.sources()

    async def people(self, which: PeopleList, page: PageOf) -> PeoplePage:
        """A page of those who are muted."""
        if which is not PeopleList.MUTED:
            raise Unsupported("X does not tell apps of this kind who that is.")
        wanted = min(page.limit, 100)
        query = [("pagination_token", page.older_than)] if page.older_than else []
        async with await self._purse.allow(prices.USER, wanted) as allowance:
            data = await self._session.get(
                f"/2/users/{self._desk.me}/muting",
                [*query, ("max_results", str(allowance.most)), people.FIELDS],
                urgency=Urgency.WAITING,
            )
            told = decode(wire.UserPage, wire.in_one_dialect(data)) or wire.UserPage()
            await allowance.settle({f"user:{user.id}": prices.OWN for user in told.data})
        return PeoplePage(tuple(map(to_person, told.data)), told.meta.next_token)

    async def held_back(self, page: PageOf) -> HeldBackPage:
        """Unsupported: nobody is held back."""
        raise Unsupported(_NO_DOOR)

    async def held_back_count(self) -> HeldBackCount:
        """Unsupported: nobody is held back."""
        raise Unsupported(_NO_DOOR)

    async def marker(self) -> Marker | None:
        """None: X does not say how far was read."""
        return None

    async def move_marker(
        self, notice_id: str, is_behind: Callable[[str], Awaitable[bool]]
    ) -> Marker:
        """Unsupported: X keeps no such thing for apps."""
        raise Unsupported("X keeps no mark of how far was read.")

    async def talks(self) -> Sequence[Talk]:
        """Unsupported: private conversations are not read here."""
        raise Unsupported(_NO_TALKS)

    async def read_talk(self, talk_id: str) -> None:
        """Unsupported: private conversations are not read here."""
        raise Unsupported(_NO_TALKS)

    async def preferences(self) -> Preferences:
        """None that X tells of."""
        return Preferences()

    async def profile(self) -> OwnProfile:
        """The account's own profile, as it was bought last; X lets no app change it."""
        person = (await self.identify()).person
        words = ProfileWords(person.name, person.bio)
        return OwnProfile(person, words, has_fields=False, is_fixed=_FIXED_PROFILE)

    async def versions(self, server_id: str) -> Sequence[Version]:
        """Unsupported: each earlier version would have to be bought."""
        raise Unsupported("Earlier versions of posts on X are not read here.")

    async def translation(self, server_id: str, language: str) -> Translation:
        """Unsupported: X does not translate for apps."""
        raise Unsupported("X does not translate for apps.")

    async def original(self, server_id: str) -> Original:
        """What the owner typed."""
        return await reading.read_original(self._desk, server_id)

    async def listen(self) -> AsyncGenerator[NetworkEvent, None]:
        """Unsupported: a stream costs five times what mentions do, so pages are read now and then."""
        nothing: tuple[NetworkEvent, ...] = ()
        for event in nothing:
            yield event
        raise Unsupported("X has no stream of a timeline.")

    async def close(self) -> None:
        """Let go of connections."""
        await self._session.close()


class _Me(msgspec.Struct, frozen=True):
    at: Millis
    user: wire.User


def _remembered(text: str | None, now: Millis) -> wire.User | None:
    """Who the account was when that was asked last, unless that is too long ago."""
    try:
        kept = msgspec.json.decode(text, type=_Me) if text else None
    except msgspec.MsgspecError:
        return None
    return kept.user if kept is not None and 0 <= now - kept.at < _ME_LASTS else None
