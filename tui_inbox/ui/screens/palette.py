"""The palette: every key of this place, what follows a prefix, and what has no key, to be found by what it does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import cast

from msgspec import Struct
from textual.command import CommandInput, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.geometry import Region

from tui_inbox.ui import key_names, keys
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.layout import Area

TOP = 2
"""Lines above it where it takes the whole width."""

KEY_WIDTH = 8
"""Cells of the column of keys."""

TYPED = frozenset({"later.typed"})
"""What begins with the key that was pressed, so that a name alone does not say it."""


class Command(Struct, frozen=True):
    """Something a key does: the key's id, how the key is written, what it does, and the short word for that."""

    id: str
    keys: str
    does: str
    word: str


def commands(place: str) -> Iterator[Command]:
    """Everything that can be done in a place by its keys.

    Args:
        place: name of the place in `keys.PLACES`.
    """
    for context in reversed(keys.PLACES[place]):
        for key in keys.keys_in(place, context):
            written = key_names.shown(key.keys[0])
            if not key.prefix:
                yield Command(key.id, written, key.does, key.word)
            for pressed in keys.behind(key):
                after = pressed[-1]
                if after.id not in TYPED and not after.prefix:
                    names = " ".join(key_names.shown(one.keys[0]) for one in pressed)
                    yield Command(after.id, names, after.does, after.word)
    for named in keys.PALETTE:
        if named.context in keys.PLACES[place]:
            yield Command(named.id, "", named.does, named.word)


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
        """Those whose words match, the best first; letters that are scattered over a sentence come last."""
        scattered = self.matcher(query).fuzzy_search
        for command in self._commands():
            score, places = word_match(query, command.does)
            if not score:
                score, places = word_match(query, command.word)[0], ()
            if not score:
                score, places = scattered.match(query, command.does)
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


BEGINS, WORDS, INSIDE = 3e6, 2e6, 1e6
"""How good a match is: the sentence begins so, words of it do, it stands inside. More than scattered letters reach."""


def word_match(query: str, sentence: str) -> tuple[float, Sequence[int]]:
    """How well what was typed matches words of a sentence, and where; 0 where it does not.

    Args:
        query: what was typed; several words may begin words of the sentence in any order.
        sentence: what a key does.
    """
    typed, told = " ".join(query.lower().split()), sentence.lower()
    if not typed:
        return 0, ()
    if told.startswith(typed):
        return BEGINS, range(len(typed))
    begins = [_word_at(told, word) for word in typed.split()]
    if all(place >= 0 for place in begins):
        cells = zip(begins, typed.split(), strict=True)
        return WORDS, [cell for at, word in cells for cell in range(at, at + len(word))]
    at = told.find(typed)
    return (INSIDE, range(at, at + len(typed))) if at >= 0 else (0, ())


def _word_at(sentence: str, beginning: str) -> int:
    """Where the first word of a sentence stands that begins so; -1 where none does."""
    starts = [at for at in range(len(sentence)) if not at or not sentence[at - 1].isalnum()]
    return next((at for at in starts if sentence.startswith(beginning, at)), -1)


class Palette(CommandPalette):
    """Textual's palette in our colours, without its picture and its frames, over the reading column."""

    DEFAULT_CSS = """
    Palette { background: transparent; align-horizontal: left; }
    Palette > Vertical { background: $inbox-ground; }
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

    def on_mount(self) -> None:
        """Stand over the reading column: the Inbox is never covered."""
        self.query_one(CommandInput).cursor_blink = False  # nothing on the screen blinks
        self._place()

    def on_resize(self) -> None:
        """The column may stand elsewhere now, as soon as it has been laid out."""
        self.call_after_refresh(self._place)

    def _place(self) -> None:
        """Take the place of the reading column, or the whole width where it is not seen."""
        # The pane itself has nothing to draw and so no region of its own; its title has the column's.
        column = cast(Desk, self.app).pane_of(Area.READING).heading.region
        if not column.width:
            column = Region(0, TOP, self.app.size.width, self.app.size.height - TOP)
        field = self.query_one("#--container").styles
        field.margin = (column.y, 0, 0, column.x)
        field.width = column.width
