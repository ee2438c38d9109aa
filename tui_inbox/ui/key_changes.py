"""Changing keys by hand: another key for something, the usual one again, a preset.

What changes is written to the settings file and holds at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping

from textual.content import Content

from tui_inbox.commands import own_keys as commands
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.key_names import shown
from tui_inbox.ui.keymap import PRESET, complaints, in_force, names_of, on_key, own_keys
from tui_inbox.ui.keys import key_named
from tui_inbox.ui.presets import PRESETS
from tui_inbox.ui.widgets.key_line import ways

LEAVES = "escape"
"""The key that leaves the question, and so can be given to nothing by pressing it."""


class KeyPress:
    """Waits for one key, whatever it is. Fulfils `desk.TakesNext`.

    Args:
        desk: the application.
        does: what the key shall do.
    """

    def __init__(self, desk: Desk, does: str) -> None:
        self._desk = desk
        self._does = does
        self._answer: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()

    async def ask(self) -> str | None:
        """Textual's name of the key that is pressed; None if the owner went away."""
        self._desk.give_keys(self)
        return await self._answer

    def own_keys(self, width: int, keymap: tuple[tuple[str, str], ...]) -> Content:
        """What is waited for."""
        return ways((f"the new key for “{self._does}”", ""), ("esc", "leaves"))

    def take(self, pressed: str) -> None:
        """Answer."""
        self._end(None if pressed == LEAVES else pressed)

    def end(self) -> None:
        """The hand has gone elsewhere."""
        self._end(None)

    def _end(self, answer: str | None) -> None:
        if not self._answer.done():
            self._answer.set_result(answer)
            self._desk.give_keys(None)


async def change_key(desk: Desk, id_: str) -> None:
    """Ask for a key, name what it does already, and let it do something else.

    Args:
        id_: what the key shall do.
    """
    key, remapped = key_named(id_), dict(desk.services.look.keymap)
    now = _written(names_of(key, remapped)) or "no key"
    desk.say(f"Press the new key for “{key.does}”; now it is {now}.")
    pressed = await KeyPress(desk, key.word).ask()
    desk.say("")
    if pressed is None:
        desk.say("No key was changed.")
    elif pressed in names_of(key, remapped):
        desk.say(f"{shown(pressed)} does that already.")
    elif own_keys({id_: shown(pressed)}) != {id_: pressed}:
        desk.say("That key cannot be written in the settings; no key was changed.")
    elif (changes := await _with_others(desk, id_, pressed, remapped)) is not None:
        what = f"{shown(pressed)} for “{key.word}”"
        await _write(desk, changes, what)


async def _with_others(
    desk: Desk, id_: str, pressed: str, remapped: Mapping[str, str]
) -> dict[str, str | None] | None:
    """The lines that give something its new key, after asking what becomes of what that key did.

    None where nothing shall be changed.
    """
    changes: dict[str, str | None] = {id_: shown(pressed)}
    others = on_key(pressed, id_, remapped)
    if not others:
        return changes
    before = names_of(key_named(id_), remapped)
    left = {
        other: [name for name in names_of(key_named(other), remapped) if name != pressed]
        for other in others
    }
    ways: list[tuple[str, dict[str, str | None]]] = []
    swapped = {
        other: _written(dict.fromkeys([*before[:1], *names])) for other, names in left.items()
    }
    words = " and ".join(f"“{key_named(other).word}”" for other in others)
    gets = "gets" if len(others) == 1 else "get"
    if before and not _clash(remapped, {**changes, **swapped}):
        ways.append((f"swap: {words} {gets} {shown(before[0])}", {**changes, **swapped}))
    taken = {other: _written(names) for other, names in left.items()}
    rest = " ".join(filter(None, taken.values()))
    then = f"keeps {rest}" if rest else "is left without a key"
    ways.append((f"take it: {words} {then}", {**changes, **taken}))
    chosen = await desk.ask_choice(
        f"{shown(pressed)} is {words}",
        [way for way, _ in ways],
        done="does it",
        several=False,
        chosen=(0,),
    )
    if not chosen:
        desk.say("No key was changed.")
        return None
    return ways[chosen[0]][1]


def _clash(remapped: Mapping[str, str], changes: Mapping[str, str | None]) -> bool:
    """Whether keys would do two things in one place with these lines."""
    own = own_keys({id_: keys for id_, keys in changes.items() if keys is not None})
    return bool(complaints({**remapped, **own}))


async def usual_key(desk: Desk, id_: str) -> None:
    """Take the owner's line about something out: it has its usual key again, or the one of the preset."""
    lines = await asyncio.wrap_future(commands.read(desk.services.ctx))
    if id_ not in lines:
        desk.say("It has its usual key.")
        return
    word = key_named(id_).word
    gone = [id_]
    while wrong := [one for one in _wrong_without(lines, gone) if one not in gone]:
        gone += wrong
    if len(gone) > 1:
        others = " and ".join(f"“{key_named(other).word}”" for other in gone[1:])
        choice = f"{others} gets its usual key as well"
        label = f"The usual key of “{word}” is {others} now"
        if not await desk.ask_choice(label, [choice], done="does it", several=False):
            desk.say("No key was changed.")
            return
    await _write(desk, dict.fromkeys(gone), f"the usual key for “{word}”")


def _wrong_without(lines: Mapping[str, str], gone: Iterable[str]) -> list[str]:
    """Which lines could not be used any more without some of them."""
    left = {id_: keys for id_, keys in lines.items() if id_ not in set(gone)}
    before = {one.id for one in in_force(lines).wrong}
    return [one.id for one in in_force(left).wrong if one.id not in before]


async def choose_preset(desk: Desk) -> None:
    """Choose a preset; the owner's own lines stay above it."""
    names = list(PRESETS)
    chosen = await desk.ask_choice(
        "keys",
        [f"{preset.name}: {preset.does}" for preset in PRESETS.values()],
        done="takes",
        several=False,
        chosen=(names.index(desk.services.look.preset),),
    )
    if not chosen or names[chosen[0]] == desk.services.look.preset:
        desk.say("The keys are as they were.")
        return
    name = names[chosen[0]]
    await _write(desk, {PRESET: name}, f"the keys of the preset {name}")


async def _write(desk: Desk, changes: Mapping[str, str | None], what: str) -> None:
    """Write lines, let them hold, and say so."""
    lines = await asyncio.wrap_future(commands.change(desk.services.ctx, changes, what))
    found = desk.take_keys(lines)
    undo = _written(names_of(key_named("undo.last"), dict(found.keymap))[:1])
    sentence = f"Now {what}; it stands in the settings, {undo or 'undo'} takes it back."
    if found.wrong:
        first = found.wrong[0]
        sentence += f" Your line {first.id} is left out: {first.what}."
    desk.say(sentence)


def _written(names: Iterable[str]) -> str:
    """Keys as they are written, parted by blanks."""
    return " ".join(map(shown, names))
