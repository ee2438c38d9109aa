"""What all calls of one account have in common besides its session: what may be spent, who is known, and how posts are
asked for, paid and read."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from tui_inbox.core.moment import DAY
from tui_inbox.core.ports import Refused
from tui_inbox.core.spending import Micros
from tui_inbox.networks.http import Pairs
from tui_inbox.networks.limits import Urgency
from tui_inbox.networks.wire_base import decode
from tui_inbox.networks.x import dialects, prices, wire
from tui_inbox.networks.x.convert import Known, known_of
from tui_inbox.networks.x.dialects import Dialect
from tui_inbox.networks.x.people import Users, by_their_names
from tui_inbox.networks.x.purse import Purse
from tui_inbox.networks.x.session import Session

log = logging.getLogger(__name__)

FOR_HOME = 0.3
FOR_SEARCHES = 0.4
FOR_NAMES = 0.4
FOR_BACKGROUND = 0.6
"""The parts of a day's money that are left by what is less dear to the owner than who writes to them."""

REFERENCES = 2
"""So many posts a post refers to at most: it answers one and quotes another."""

_DIALECT = "dialect"
POSTS_A_REQUEST = 100


class Desk:
    """One account's calls, and what they remember.

    Args:
        session: of the account.
        purse: what may be spent.
    """

    def __init__(self, session: Session, purse: Purse) -> None:
        self.session = session
        self.purse = purse
        self.users = Users(session, purse)
        self._dialect: Dialect | None = None

    @property
    def me(self) -> str:
        """The account's own id."""
        return self.session.user_id

    def paced(self, leaves: float) -> float:
        """The part of a day's money to be left by what comes all day long: in the morning more than in the evening."""
        elapsed = (self.session.clock.now() % DAY) / DAY
        return max(leaves, 0.9 - 0.8 * elapsed)

    async def page(
        self,
        path: str,
        query: Pairs = (),
        *,
        price: Micros,
        wanted: int,
        least: int,
        urgency: Urgency,
        leaves: float = 0.0,
        along: bool = False,
    ) -> wire.PostPage:
        """A page of posts, as large as can be paid.

        Args:
            price: of each post that is asked for.
            wanted: how many at most; `least` is the fewest that X lets be asked for.
            leaves: the part of a day's money that is not to be spent on it.
            along: posts that others refer to come along, at their own price.

        Raises:
            Overspent: not even the fewest can be paid.
            NetworkError: any other failure.
        """
        dialect = await self._in_force()
        worst = price + dialect.author + (REFERENCES * prices.POST if along else 0)
        allowance = await self.purse.allow(worst, max(wanted, least), least, leaves)
        async with allowance:
            asked = [*query, ("max_results", str(allowance.most)), *dialect.query(along=along)]
            data = await self.session.get(path, asked, urgency=urgency)
            page = _read(data)
            await allowance.settle(_bill(page, price))
        if await self._is_misunderstood(page, dialect):
            return await self.page(
                path,
                query,
                price=price,
                wanted=wanted,
                least=least,
                urgency=urgency,
                leaves=leaves,
                along=along,
            )
        return page

    async def posts(
        self, ids: Sequence[str], *, urgency: Urgency, leaves: float = 0.0, along: bool = False
    ) -> wire.PostPage:
        """Posts by id, 100 at most. Those that are gone stand among the errors; which cannot be paid in neither.

        Raises:
            Overspent: none of them can be paid.
            NetworkError: any other failure.
        """
        dialect = await self._in_force()
        each = prices.POST + dialect.author + (REFERENCES * prices.POST if along else 0)
        named = tuple(dict.fromkeys(ids))[:POSTS_A_REQUEST]
        dear = named if along else await self.purse.unbought("post", named)
        free = [id for id in named if id not in dear]
        allowance = await self.purse.allow(each, len(dear), 0 if free else 1, leaves)
        async with allowance:
            asked = [*free, *dear[: allowance.most]]
            data = await self.session.get(
                "/2/tweets",
                [("ids", ",".join(asked)), *dialect.query(along=along)],
                urgency=urgency,
            )
            page = _read(data)
            await allowance.settle(_bill(page, prices.POST))
        if await self._is_misunderstood(page, dialect):
            return await self.posts(ids, urgency=urgency, leaves=leaves, along=along)
        return page

    async def known(
        self, page: wire.PostPage, *, urgency: Urgency, leaves: float = FOR_NAMES
    ) -> Known:
        """What is known beside the posts of a page; who wrote them is bought as far as there is money for it.

        Raises:
            NetworkError: X cannot be asked.
        """
        posts = (*page.data, *page.includes.tweets)
        authors = [post.author_id for post in posts if post.author_id]
        users = await self.users.get(authors, urgency=urgency, leaves=leaves)
        return known_of(page, {**by_their_names(posts), **users}, self.session.clock.now())

    async def _in_force(self) -> Dialect:
        if self._dialect is None:
            told = await self.session.state.get(_DIALECT)
            self._dialect = dialects.NEWER if told == dialects.NEWER.name else dialects.OLDER
        return self._dialect

    async def _is_misunderstood(self, page: wire.PostPage, dialect: Dialect) -> bool:
        """Remember who came along; whether X does not understand the older dialect any more: then it is the newer one
        that is spoken from now on."""
        await self.users.met_now(page.includes.users)
        lacks = bool(page.data) and all(post.author_id is None for post in page.data)
        if not lacks or dialect is dialects.NEWER:
            return False
        log.warning("X ignores what it is asked for in its older dialect; the newer one is spoken")
        self._dialect = dialects.NEWER
        await self.session.state.put(_DIALECT, dialects.NEWER.name)
        return True


def _read(data: object) -> wire.PostPage:
    return decode(wire.PostPage, wire.in_one_dialect(data)) or wire.PostPage()


def _bill(page: wire.PostPage, price: Micros) -> dict[str, Micros]:
    """What an answer has to be paid with, if nothing of it was bought before."""
    bill = {f"post:{post.id}": prices.POST for post in page.includes.tweets}
    bill |= {f"user:{user.id}": prices.USER for user in page.includes.users}
    return bill | {f"post:{post.id}": price for post in page.data}


def gone(page: wire.PostPage, ids: Sequence[str]) -> frozenset[str]:
    """Those of some posts of which X says that there is no such post, or none for this account."""
    told = {one.resource_id or one.value for one in page.errors}
    return frozenset(id for id in ids if id in told)


def not_there() -> Refused:
    """What is said of a post that does not exist."""
    return Refused("This post does not exist, or not any more.", gone=True)
