"""The palette: every key of this place, what follows a prefix, and what has no key, to be found by what it does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import cast

from msgspec import Struct
from msgspec.structs import replace
from textual.command import (
    CommandInput,
    CommandPalette,
    DiscoveryHit,
    Hit,
    Hits,
    Provider,
)
from textual.content import Content
from textual.geometry import Region

from tui_inbox.ui import keys
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.hands import AT_ONCE
from tui_inbox.ui.keymap import written
from tui_inbox.ui.keys import Key
from tui_inbox.ui.layout import Area

TOP = 2
"""Lines above it where it takes the whole width."""

KEY_WIDTH = 7
"""Cells of the column of keys."""

NO_KEY = "·"
"""Stands for the key where there is none: without it a row would look like more of the one above."""

BESIDE = 1
"""Blank cells at either side of what is found."""

COMPOSER = "composer"
"""The place where one writes: nothing of it is to be found elsewhere, nor is anything else done there."""

TYPED = frozenset({"later.typed"})
"""What begins with the key that was pressed, so that a name alone does not say it."""


RECENT = 5
"""So many of the commands that were chosen last stand above the others."""

ELSEWHERE = {
    "inbox": (Area.INBOX, "Inbox"),
    "timeline": (Area.READING, "Timeline"),
    "searches": (Area.SEARCHES, "Searches"),
    "people": (Area.PEOPLE, "People"),
}
"""Panes whose own commands are found everywhere: the area, and its name, by the place."""


USUAL: Mapping[str, str] = {}
"""No key is changed."""


class Command(Struct, frozen=True):
    """Something a key does: the key's id, how the key is written, what it does, and the short word for that.

    Attributes:
        place: the pane where it can be done, if not here.
    """

    id: str
    keys: str
    does: str
    word: str
    place: str = ""


def commands(place: str, remapped: Mapping[str, str] = USUAL) -> Iterator[Command]:
    """Everything that can be done in a place by its keys, and what has no key there.

    Args:
        place: name of the place in `keys.PLACES`.
        remapped: the changed keys by id.
    """
    for context in reversed(keys.PLACES[place]):
        yield from _by_keys(keys.keys_in(place, context), remapped)
    yield from _by_keys(keys.without_key(place), remapped)


def elsewhere(place: str, remapped: Mapping[str, str]) -> Iterator[Command]:
    """What only another pane's keys do."""
    for other in ELSEWHERE:
        own = [one for one in keys.PLACES[other] if one not in keys.PLACES[place]]
        if own and place != COMPOSER:
            table = [key for key in (*keys.KEYS, *keys.PALETTE) if key.context in own]
            yield from (replace(one, place=other) for one in _by_keys(table, remapped))


def _by_keys(table: Iterable[Key], remapped: Mapping[str, str]) -> Iterator[Command]:
    """Keys, and what follows prefixes among them."""
    for key in table:
        if not key.prefix:
            yield Command(key.id, written(key.id, remapped), key.does, key.word)
        for pressed in keys.behind(key):
            after = pressed[-1]
            if after.id not in TYPED and not after.prefix:
                names = [written(one.id, remapped) for one in pressed]
                yield Command(
                    after.id, " ".join(names) if all(names) else "", after.does, after.word
                )


class KeyProvider(Provider):
    """Finds keys by what they do. Nothing in it is read as markup."""

    @property
    def desk(self) -> Desk:
        """The application."""
        return cast(Desk, self.app)

    def _commands(self) -> list[Command]:
        place, remapped = self.desk.place, dict(self.desk.services.look.keymap)
        return [*commands(place, remapped), *elsewhere(place, remapped)]

    async def discover(self) -> Hits:
        """All of them, as long as nothing is typed; those that were chosen last stand above."""
        recent = [] if self.desk.place == COMPOSER else self.desk.chosen
        ranks = {id_: rank for rank, id_ in enumerate(reversed(recent))}
        for command in sorted(self._commands(), key=lambda one: ranks.get(one.id, len(ranks))):
            yield DiscoveryHit(self._line(command, ()), self._act(command), text=command.does)

    async def search(self, query: str) -> Hits:
        """Those whose words match, the best first; where none do, those over which the letters are scattered."""
        found = [(one, *_in_words(query, one)) for one in self._commands()]
        if not any(score for _, score, _ in found):
            scattered = self.matcher(query).fuzzy_search
            found = [(one, *scattered.match(query, one.does)) for one, _, _ in found]
        for command, score, places in found:
            if score > 0:
                line = self._line(command, places)
                # Of two that match as well, what can be done here stands above.
                score -= 1 if command.place else 0
                yield Hit(max(score, 0.01), line, self._act(command), text=command.does)

    def _act(self, command: Command) -> Callable[[], None]:
        return partial(run, self.desk, command)

    def _line(self, command: Command, places: Sequence[int]) -> Content:
        """The key, and what it does with the letters that match brought out."""
        does = Content.styled(command.does, "not bold $inbox-text")
        for place in places:
            does = does.stylize(self.match_style or "bold", place, place + 1)
        where = f" · {ELSEWHERE[command.place][1]}" if command.place else ""
        told = Content.assemble(does, (where, "not bold $inbox-dim"))
        palette = self.app.screen
        room = palette.room if isinstance(palette, Palette) else 0
        return beside_key(command.keys, told, room)


def beside_key(pressed: str, told: Content, width: int) -> Content:
    """The key, and what it does beside it: what goes on in further lines stays in its own column.

    Args:
        pressed: the key as it is written.
        told: what it does.
        width: cells of a line; 0 where that is not known yet.
    """
    key = Content.styled(f"{pressed or NO_KEY:<{KEY_WIDTH}} ", "bold $inbox-bright")
    room = width - key.cell_length
    lines = told.wrap(room) if room >= KEY_WIDTH else [told]
    return key + Content(f"\n{' ' * key.cell_length}").join(lines)


def run(desk: Desk, command: Command) -> None:
    """Do what was chosen. In another pane nothing is done to a row that was not seen: the way leads there."""
    chosen = [id_ for id_ in desk.chosen if id_ != command.id]
    desk.chosen = [*chosen, command.id][-RECENT:]
    if command.place:
        area, name = ELSEWHERE[command.place]
        desk.go(area)
        if keys.key_named(command.id).context not in AT_ONCE:
            how = command.keys or written("palette", dict(desk.services.look.keymap))
            desk.say(f"{name}: choose a row, then {how}.")
            return
    desk.act(command.id)


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


def _in_words(query: str, command: Command) -> tuple[float, Sequence[int]]:
    """How well what was typed matches what a command does, else its short word, and where."""
    score, places = word_match(query, command.does)
    return (score, places) if score else (word_match(query, command.word)[0], ())


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
        padding: 0;
        background: $inbox-picked;
        color: $inbox-bright;
    }
    Palette CommandList, Palette CommandList:focus {
        border: none;
        background: $inbox-ground;
        scrollbar-size-vertical: 0;
    }
    Palette CommandList > .option-list--option { padding: 0 1; color: $inbox-text; }
    Palette CommandList > .option-list--option-highlighted {
        background: $inbox-picked;
        color: $inbox-bright;
        text-style: none;
    }
    """

    def __init__(self) -> None:
        super().__init__(providers=[KeyProvider], placeholder="what the key does")
        self._width = 0

    def on_mount(self) -> None:
        """Stand over the reading column: the Inbox is never covered."""
        self.query_one(CommandInput).cursor_blink = False  # nothing on the screen blinks
        # Textual dresses only what stands under what is laid over it.
        self.app.theme_changed_signal.subscribe(
            self, lambda _: self.app.stylesheet.update(self, animate=False)
        )
        self._place()

    @property
    def room(self) -> int:
        """Cells of a line of what is found."""
        return self._width - 2 * BESIDE

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
        was, self._width = self._width, column.width
        if was not in (0, self._width):
            self._gather_commands(self.query_one(CommandInput).value.strip())  # folded anew
