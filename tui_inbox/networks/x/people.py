"""People on X: bought once and remembered for weeks, because a name costs ten times what a mention does."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Struct

from tui_inbox.core.account import Limits
from tui_inbox.core.moment import DAY, MINUTE, Millis
from tui_inbox.core.person import Relationship
from tui_inbox.core.ports import AccountState, Clock, Identity, Overspent, Refused, SignedOut
from tui_inbox.core.post import Audience
from tui_inbox.networks.http import Http, Token
from tui_inbox.networks.limits import Budget, Urgency
from tui_inbox.networks.wire_base import decode
from tui_inbox.networks.x import failures, prices, wire
from tui_inbox.networks.x.authorization import RULES, Line
from tui_inbox.networks.x.convert import to_person
from tui_inbox.networks.x.grants import Grant
from tui_inbox.networks.x.purse import Purse
from tui_inbox.networks.x.session import Session

log = logging.getLogger(__name__)

PICTURE_TYPES = ("image/jpeg", "image/png", "image/gif", "image/webp")

LIMITS = Limits(
    characters=280,
    url_characters=23,
    weighted=True,
    media=4,
    media_types=PICTURE_TYPES,
    picture_bytes=5 << 20,
    alt_characters=1_000,
    poll_options=0,
    quotes=False,
    full_text_search=True,
    honours_keys=True,
    keys_last=10 * MINUTE,
    audiences=(Audience.PUBLIC,),
    warnings=False,
    timed_mutes=False,
    hides_boosts=False,
    answers_name=False,
    paid=True,
    address_price=prices.WRITE_WITH_ADDRESS,
    software="X",
)
"""What a post may be. There is no key, but X refuses the same text again, which does as well for some minutes."""

FIELDS = (
    "user.fields",
    "username,name,description,created_at,protected,profile_image_url,connection_status",
)
A_REQUEST = 100
REMEMBERED: Millis = 28 * DAY
"""How long somebody's name is believed."""
IN_MEMORY = 2_000
_ME = "/2/users/me"


class _Kept(Struct, frozen=True):
    at: Millis
    user: wire.User


class Users:
    """People whom an account has met, kept between runs.

    Args:
        session: of the account.
        purse: what may be spent.
    """

    def __init__(self, session: Session, purse: Purse) -> None:
        self._session = session
        self._state: AccountState = session.state
        self._clock: Clock = session.clock
        self._purse = purse
        self._known: OrderedDict[str, wire.User] = OrderedDict()
        self._unknown: set[str] = set()

    @property
    def met(self) -> Iterable[wire.User]:
        """Everybody who was met while the program runs, who was met last first."""
        return reversed(self._known.values())

    async def known(self, ids: Iterable[str]) -> dict[str, wire.User]:
        """Those of some people who are remembered. Nothing is asked."""
        found = {}
        for id in dict.fromkeys(ids):
            if id not in self._known and id not in self._unknown:
                await self._recall(id)
            if id in self._known:
                self._known.move_to_end(id)
                found[id] = self._known[id]
        return found

    async def get(
        self, ids: Iterable[str], *, urgency: Urgency, leaves: float
    ) -> dict[str, wire.User]:
        """Some people; who is not remembered is bought, as far as there is money for it. The others are left out.

        Args:
            leaves: the part of a day's money that is not spent on names.

        Raises:
            NetworkError: X cannot be asked.
        """
        named = tuple(dict.fromkeys(ids))
        found = await self.known(named)
        missing = [id for id in named if id not in found]
        for start in range(0, len(missing), A_REQUEST):
            some = missing[start : start + A_REQUEST]
            try:
                allowance = await self._purse.allow(prices.USER, len(some), leaves=leaves)
            except Overspent:
                break
            async with allowance:
                asked = some[: allowance.most]
                data = await self._session.get(
                    "/2/users", [("ids", ",".join(asked)), FIELDS], urgency=urgency
                )
                page = decode(wire.UserPage, wire.in_one_dialect(data)) or wire.UserPage()
                await allowance.settle({f"user:{user.id}": prices.USER for user in page.data})
            await self.met_now(page.data)
            found |= {user.id: user for user in page.data}
        return found

    async def met_now(self, users: Iterable[wire.User]) -> None:
        """Remember people as they are at this moment."""
        for user in users:
            self._put(user)
            kept = _Kept(self._clock.now(), user)
            await self._state.put(f"user:{user.id}", msgspec.json.encode(kept).decode())

    async def standing(self, ids: Iterable[str]) -> list[Relationship]:
        """How the account stood to people when they were last asked for; nobody is asked for because of it."""
        return [to_relationship(user) for user in (await self.known(ids)).values()]

    async def _recall(self, id: str) -> None:
        text = await self._state.get(f"user:{id}")
        try:
            kept = msgspec.json.decode(text, type=_Kept) if text else None
        except msgspec.MsgspecError:
            kept = None
        if kept is not None and 0 <= self._clock.now() - kept.at < REMEMBERED:
            self._put(kept.user)
        else:
            self._unknown.add(id)

    def _put(self, user: wire.User) -> None:
        self._unknown.discard(user.id)
        self._known[user.id] = user
        self._known.move_to_end(user.id)
        while len(self._known) > IN_MEMORY:
            self._known.popitem(last=False)


def to_relationship(user: wire.User) -> Relationship:
    """How the account stands to somebody."""
    told = set(user.connection_status)
    return Relationship(
        user.id,
        following="following" in told,
        followed_by="followed_by" in told,
        requested="follow_request_sent" in told,
        blocking="blocking" in told,
        muting="muting" in told,
    )


def by_their_names(posts: Iterable[wire.Post]) -> Mapping[str, wire.User]:
    """People as others name them in texts: their handle is in the text, and costs nothing."""
    found: dict[str, wire.User] = {}
    for post in posts:
        noted = post.note_tweet.entities if post.note_tweet else None
        for entities in (post.entities, noted):
            for one in entities.mentions if entities else ():
                if one.id and one.username:
                    found[one.id] = wire.User(id=one.id, username=one.username)
    return found


async def read_me(grant: Grant, line: Line) -> Identity:
    """Whom tokens belong to. It costs what a name costs, once for each sign-in.

    Raises:
        NetworkError: X does not say.
    """
    http = Http(
        line.base,
        clock=line.clock,
        token=Token(grant.access),
        budget=Budget(line.host, line.clock, rules=RULES),
        explains=failures.explained,
        transport=line.transport,
    )
    try:
        answer = await http.get(_ME, [FIELDS], urgency=Urgency.WAITING)
    except failures.TokenExpired as expired:
        raise SignedOut(str(expired)) from None
    finally:
        await http.close()
    return Identity(person=to_person(me_in(answer.data, line.host)), limits=LIMITS)


def me_in(data: object, host: str) -> wire.User:
    """Who an answer to `users/me` says that one is.

    Raises:
        Refused: it says nothing.
    """
    page = decode(wire.UserPage, wire.in_one_dialect(data)) or wire.UserPage()
    if not page.data:
        raise Refused(f"{host} does not say who this is.")
    return page.data[0]
