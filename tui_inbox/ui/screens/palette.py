"""The palette: every key of this place, and what follows a prefix, to be found by what it does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import cast

from msgspec import Struct
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tui_inbox.ui import keys
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.keys import STRIPS

KEY_WIDTH = 8
"""Cells of the column of keys."""

TYPED = frozenset({"later.typed"})
"""What begins with the key that was pressed, so that a name alone does not say it."""


class Command(Struct, frozen=True):
    """Something a key does: the key's id, how the key is written, what it does."""

    id: str
    keys: str
    does: str


def commands(place: str) -> Iterator[Command]:
    """Everything that can be done in a place by its keys.

    Args:
        place: name of the place in `keys.PLACES`.
    """
    for context in reversed(keys.PLACES[place]):
        for key in keys.keys_of(context):
            written = keys.shown(key.keys[0])
            if not key.prefix:
                yield Command(key.id, written, key.does)
            for after in STRIPS.get(key.id, ()):
                if after.id not in TYPED:
                    yield Command(after.id, f"{written} {keys.shown(after.keys[0])}", after.does)


class KeyProvider(Provider):
    """Finds keys by what they do. Nothing in it is read as markup."""

    @property
    def desk(self) -> Desk:
        """The application."""
        return cast(Desk, self.app)

    def _commands(self) -> Iterator[Command]:
        return commands(self.desk.here.PLACE)

    async def discover(self) -> Hits:
        """All of them, as long as nothing is typed."""
        for command in self._commands():
            yield DiscoveryHit(self._line(command, ()), self._act(command), text=command.does)

    async def search(self, query: str) -> Hits:
        """Those whose words match, the best first."""
        matcher = self.matcher(query)
        for command in self._commands():
            score, places = matcher.fuzzy_search.match(query, command.does)
            if score > 0:
                line = self._line(command, places)
                yield Hit(score, line, self._act(command), text=command.does)

    def _act(self, command: Command) -> Callable[[], None]:
        return partial(self.desk.act, command.id)

    def _line(self, command: Command, places: Sequence[int]) -> Content:
        """The key, and what it does with the letters that match brought out."""
        does = Content.styled(command.does, "not bold $inbox-text")
        for place in places:
            does = does.stylize(self.match_style or "bold", place, place + 1)
        return Content.assemble((f"{command.keys:<{KEY_WIDTH}}", "bold $inbox-bright"), does)


class Palette(CommandPalette):
    """Textual's palette in our colours, without its picture and its frames."""

    DEFAULT_CSS = """
    Palette { background: $inbox-ground 60%; }
    Palette > Vertical { margin-top: 2; width: 76; max-width: 100%; background: $inbox-ground; }
    Palette SearchIcon, Palette LoadingIndicator { display: none; }
    Palette #--input { border: none; background: $inbox-picked; padding: 0 1; }
    Palette CommandInput, Palette CommandInput:focus {
        border: none;
        height: 1;
        padding: 0 1;
        background: $inbox-picked;
        color: $inbox-bright;
    }
    Palette CommandList, Palette CommandList:focus {
        border: none;
        background: $inbox-ground;
        scrollbar-size-vertical: 0;
    }
    Palette CommandList > .option-list--option-highlighted {
        background: $inbox-picked;
        color: $inbox-bright;
        text-style: none;
    }
    """

    def __init__(self) -> None:
        super().__init__(providers=[KeyProvider], placeholder="what the key does")
