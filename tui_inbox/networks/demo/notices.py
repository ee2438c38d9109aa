"""The feed of the demo town: notices of its market, a new one every so often, to try listening to a feed."""

from __future__ import annotations

from tui_inbox.core.moment import MINUTE, Millis
from tui_inbox.core.outside import FEED_NETWORK, FetchedFeed
from tui_inbox.core.person import Person, PersonRef
from tui_inbox.core.ports import Clock, Refused
from tui_inbox.core.post import Post, PostRef
from tui_inbox.core.text import display_host

ADDRESS = "https://elmport.example/market.atom"
_EVERY: Millis = 45 * MINUTE
_SHOWN = 12
_NOTICES = (
    "Stall 7 is free on Saturday. Who wants to sell bread?",
    "The ferry runs late today, so does the fish.",
    "Looking for two people who can carry benches before the choir sings.",
    "Found at the fountain: one glove, green, left hand.",
    "Rye from the lower mill is sold out until Friday.",
    "Does anyone know where the long ladder went?",
    "Music at the pump room from seven. Bring a chair.",
    "The library takes books back at the market today.",
    "Lost: a grey cat that answers to no name in particular.",
    "Who has a spare kiln shelf for the school?",
    "Rain is said for noon. The awnings are up.",
)
_MARKET = Person(
    ref=PersonRef(FEED_NETWORK, ADDRESS),
    server_id="",
    handle="elmport.example",
    name="Elmport market",
    url="https://elmport.example/market",
)


class TownFeeds:
    """Fulfils `core.outside.Feeds` without any network: the market's notices, the same ones at the same time."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def fetch(self, address: str, validators: tuple[str, str]) -> FetchedFeed:
        """See `core.outside.Feeds.fetch`."""
        if display_host(address) != display_host(ADDRESS):
            raise Refused(f"The demo town knows one feed only: {ADDRESS}.")
        newest = self._clock.now() // _EVERY
        if validators == (told := (str(newest), "")):
            return FetchedFeed(validators=validators, unchanged=True)
        posts = tuple(_notice(number) for number in range(newest, newest - _SHOWN, -1))
        return FetchedFeed("Elmport market", posts, told)

    async def close(self) -> None:
        """There is nothing to let go of."""


def _notice(number: int) -> Post:
    url = f"https://elmport.example/market/{number}"
    return Post(
        ref=PostRef(FEED_NETWORK, url),
        author=_MARKET,
        created_at=number * _EVERY,
        text=_NOTICES[number % len(_NOTICES)],
        language="en",
        url=url,
    )
