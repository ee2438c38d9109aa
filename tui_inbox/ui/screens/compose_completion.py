"""Completing a name, a tag or an emoji that was begun: what is known here first, then what the server knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from textual.timer import Timer

from tui_inbox.core.text import is_clean
from tui_inbox.queries import composing
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.services import told
from tui_inbox.ui.widgets.completions import MOST, Completions, Offer
from tui_inbox.ui.widgets.pad import Pad

SERVER_AFTER = 0.3
"""Seconds the hand rests until the server is asked."""

_TAG = re.compile(r"\w+")
_SHORTCODE = re.compile(r"[\w+-]+")
_BEGUN = re.compile(r"(?:^|(?<=[\s(\[“\"']))([@#:])([\w@.+-]*)$")


class Begun(Struct, frozen=True):
    """A word that can be completed: its sign, and what stands behind it so far."""

    sign: str
    text: str


class Completion:
    """Completes the word before the hand. Typing never waits for it.

    Args:
        desk: the application.
        account: local id of the account that writes; None while there is none.
        set_timer: runs a function after some seconds.
        changed: called when the list takes other lines than before.
    """

    def __init__(
        self,
        desk: Desk,
        account: Callable[[], int | None],
        *,
        set_timer: Callable[[float, Callable[[], None]], Timer],
        changed: Callable[[], None],
    ) -> None:
        self._desk = desk
        self._account = account
        self._set_timer = set_timer
        self._changed = changed
        self._pad: Pad | None = None
        self._begun: Begun | None = None
        self._known: tuple[Offer, ...] = ()
        self._found: tuple[Offer, ...] = ()
        self._timer: Timer | None = None
        self.list = Completions(self._take)

    def serve(self, pad: Pad) -> None:
        """Complete in this field from now on."""
        self._pad = pad

    @property
    def is_open(self) -> bool:
        """Whether there is something to choose."""
        return bool(self.list.offers)

    def begin(self) -> bool:
        """Tab: take what is chosen, or look for what the word before the hand may become.

        Returns:
            False where no such word stands there.
        """
        if (chosen := self.list.chosen) is not None:
            self._take(chosen)
            return True
        begun = self._word()
        if begun is None or (begun.sign == ":" and not begun.text):
            return False
        self._look_for(begun)
        return True

    def follow(self) -> None:
        """The text has changed, or the hand has moved: an open list goes along."""
        if self._begun is None:
            return
        begun = self._word()
        if begun is None or begun.sign != self._begun.sign:
            self.close()
        elif begun != self._begun:
            self._look_for(begun)

    def steer(self, key: str) -> bool:
        """Whether a key belongs to the list: it is open, and the key chooses or takes."""
        chosen = self.list.chosen
        if chosen is None:
            return False
        if key == "enter":
            self._take(chosen)
        else:
            self.list.move(1 if key == "down" else -1)
        return True

    def close(self) -> bool:
        """Close the list; whether it was open."""
        was_open = self.is_open
        self._begun, self._known, self._found = None, (), ()
        self._stop_timer()
        self._show(())
        return was_open

    def _word(self) -> Begun | None:
        match = _BEGUN.search(self._pad.before) if self._pad is not None else None
        return Begun(match[1], match[2]) if match else None

    def _take(self, offer: Offer) -> None:
        """Put an offer in the place of the word."""
        begun = self._word()
        self.close()
        if begun is not None and self._pad is not None:
            self._pad.put_in_place_of(len(begun.sign + begun.text), f"{offer.text} ")

    def _show(self, offers: Sequence[Offer]) -> None:
        before = len(self.list.offers)
        self.list.show(offers)
        if len(self.list.offers) != before:
            self._changed()

    def _look_for(self, begun: Begun) -> None:
        self._begun, self._found = begun, ()
        self._stop_timer()
        self._desk.start(self._look_here(begun))
        self._timer = self._set_timer(SERVER_AFTER, self._ask_server)

    async def _look_here(self, begun: Begun) -> None:
        account = self._account()
        if account is None:
            return
        now = self._desk.services.now()
        offers: Iterable[Offer]
        if begun.sign == "@":
            people = await self._desk.ask(composing.people, account, begun.text, now=now)
            offers = [_person(one.handle, one.name) for one in people]
        elif begun.sign == "#":
            tags = await self._desk.ask(composing.tags, account, begun.text)
            offers = [Offer(f"#{tag}", f"#{tag}") for tag in tags]
        else:
            offers = emoji_like(begun.text)
        if begun == self._begun:
            self._known = tuple(offers)
            self._show(self._offers(begun))

    def _ask_server(self) -> None:
        self._timer = None
        if self._begun is not None:
            self._desk.start(self._look_there(self._begun))

    async def _look_there(self, begun: Begun) -> None:
        account = self._account()
        if account is None:
            return
        found = await self._ask(account, begun)
        if begun != self._begun:
            return
        self._found = tuple(found)
        offers = self._offers(begun)
        self._show(offers)
        if not offers:
            self.close()
            self._desk.say(f"Nothing is known that begins with {begun.sign}{begun.text}.")

    def _offers(self, begun: Begun) -> list[Offer]:
        """What is known here, then what the server found besides."""
        here = {offer.text.casefold() for offer in self._known}
        new = [offer for offer in self._found if offer.text.casefold() not in here]
        # A server's own emoji come first: they are why one asks by shortcode.
        return [*new, *self._known] if begun.sign == ":" else [*self._known, *new]

    async def _ask(self, account: int, begun: Begun) -> list[Offer]:
        """What the server knows. Where it cannot say, nothing is said of that: what is known here is enough."""
        if not begun.text and begun.sign != ":":
            return []
        services, text = self._desk.services, begun.text
        if begun.sign == "@":
            people = await told(services, lambda hub: hub.find_people(account, text))
            return [_person(one.handle, one.name) for one in people.what or ()]
        if begun.sign == "#":
            tags = await told(services, lambda hub: hub.find_tags(account, text))
            return [Offer(f"#{tag}", f"#{tag}") for tag in tags.what or () if _TAG.fullmatch(tag)]
        own = await told(services, lambda hub: hub.read_emoji(account))
        fitting = sorted(
            one for one in own.what or () if one.casefold().startswith(text.casefold())
        )
        return [Offer(f":{one}:", f":{one}:") for one in fitting if _SHORTCODE.fullmatch(one)]

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None


def _person(handle: str, name: str) -> Offer:
    return Offer(f"@{handle}", name, f"@{handle}")


def emoji_like(begun: str) -> list[Offer]:
    """The standard emoji whose shortcode begins so, the shortest first; they are put in as characters."""
    # Rich, which draws the screen, has the names of all standard emoji; a package for them would bring the same
    # again. They take a megabyte, so they are loaded when one is begun.
    from rich._emoji_codes import EMOJI

    wanted = begun.casefold()
    names = (name for name in EMOJI if name.startswith(wanted))
    offers: dict[str, Offer] = {}
    for name in sorted(names, key=lambda name: (len(name), name)):
        sign = EMOJI[name]
        if is_clean(sign):
            offers.setdefault(sign, Offer(sign, sign, f":{name}:"))
    return list(offers.values())[:MOST]
