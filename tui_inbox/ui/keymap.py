"""Which key does what, after a preset and the owner's own lines in the settings have changed some of them.

`in_force` makes of the table `[keys]` what holds: the keys of a preset, the owner's lines on top of them, and what is
wrong with lines that cannot be used. Everything that shows or takes a key asks `names_of` with what came out.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import lru_cache

from msgspec import Struct
from textual.keys import KEY_NAME_REPLACEMENTS, key_to_character
from textual.keys import Keys as TextualKeys

from tui_inbox.ui.key_names import shown
from tui_inbox.ui.keys import KEYS, PALETTE, PLACES, STRIPS, Key, key_named, keys_in, without_key

_MODIFIERS = frozenset({"ctrl", "shift", "alt", "super", "hyper", "meta"})
_NAMED = frozenset([*(key.value for key in TextualKeys), *KEY_NAME_REPLACEMENTS.values()])
PRESET = "preset"
"""The one line of the table `[keys]` that is about no key: the name of a preset."""

DEFAULT = "default"
"""The preset that changes nothing."""

_SHORT = {"esc": "escape", "pgup": "pageup", "pgdn": "pagedown", "del": "delete", "return": "enter"}


class Complaint(Struct, frozen=True):
    """Something is wrong with the owner's keys.

    Attributes:
        id: what the owner's line is about.
        what: what is wrong, for a sentence.
    """

    id: str
    what: str


class InForce(Struct, frozen=True):
    """The keys that hold.

    Attributes:
        keymap: by id, Textual's names of the keys, parted by commas, of everything that has other keys than the table.
        preset: name of the preset.
        wrong: what is wrong with lines that are left out, one complaint for each.
    """

    keymap: tuple[tuple[str, str], ...] = ()
    preset: str = DEFAULT
    wrong: tuple[Complaint, ...] = ()


def in_force(lines: Mapping[str, str]) -> InForce:
    """What the table `[keys]` means. Lines that cannot be used are left out: what they are about keeps its key.

    Args:
        lines: the table as it stands in the file: by id, keys as somebody writes them, and perhaps `preset`.
    """
    if not lines:
        return InForce()
    from tui_inbox.ui.presets import PRESETS, by_name  # most owners have none

    named = lines.get(PRESET, DEFAULT)
    preset, wrong = by_name(named), list[Complaint]()
    if preset is None:
        known = ", ".join(PRESETS)
        wrong.append(Complaint(PRESET, f"there is no preset “{named}”, only {known}"))
    base = own_keys(preset.keys if preset else {})
    own = own_keys({id_: keys for id_, keys in lines.items() if id_ != PRESET})
    while found := {
        one.id: one for one in reversed(complaints({**base, **own}, own)) if one.id in own
    }:
        wrong += found.values()
        own = {id_: keys for id_, keys in own.items() if id_ not in found}
    keymap = tuple({**base, **own}.items())
    return InForce(keymap, preset.name if preset else DEFAULT, tuple(wrong))


def own_keys(settings: Mapping[str, str]) -> dict[str, str]:
    """The keymap as Textual wants it.

    Args:
        settings: by id, the keys as somebody writes them, parted by spaces: `"d"`, `"! ctrl+e"`.

    Returns:
        By id, Textual's names of the keys, parted by commas.
    """
    return {id_: ",".join(map(_spelled, own.split())) for id_, own in settings.items()}


def _spelled(key: str) -> str:
    """Textual's name of a key that somebody wrote: `.` is `full_stop`, `PgUp` is `pageup`."""
    *modifiers, last = key.split("+") if len(key) > 1 and not key.endswith("+") else [key]
    if len(last) > 1:
        last = _SHORT.get(last.lower(), last)
        return "+".join([*modifiers, last]).lower()
    if last.isalnum():
        return "+".join([*modifiers, last])
    name = unicodedata.name(last, last).lower().replace("-", "_").replace(" ", "_")
    return "+".join([*modifiers, KEY_NAME_REPLACEMENTS.get(name, name)])


def names_of(key: Key, remapped: Mapping[str, str]) -> tuple[str, ...]:
    """Textual's names of the keys that do something.

    Args:
        key: what is done.
        remapped: the owner's own keys by id, as `own_keys` gives them.
    """
    own = remapped.get(key.id)
    if own is None:
        return key.keys
    return tuple(name.strip() for name in own.split(",") if name.strip())


@lru_cache(
    maxsize=64
)  # asked at every key stroke; there are some twenty places, and seldom two keymaps
def by_key(place: str, keymap: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """What each key does in a place: by Textual's name of the key, the id.

    Args:
        place: name of the place in `keys.PLACES`.
        keymap: the changed keys by id.
    """
    remapped = dict(keymap)
    return {name: key.id for key in _all_in(place) for name in names_of(key, remapped)}


def written(id_: str, remapped: Mapping[str, str]) -> str:
    """How the first key that does something is written; empty if the owner left it without one."""
    names = names_of(key_named(id_), remapped)
    return shown(names[0]) if names else ""


def complaints(remapped: Mapping[str, str], own: Collection[str] | None = None) -> list[Complaint]:
    """What is wrong with changed keys; nothing if they can be used.

    A clash would be silent: of two things on one key, one would never happen.

    Args:
        remapped: changed keys by id, as `own_keys` gives them.
        own: ids of the owner's own lines: of two things that clash, what is complained of is one of these. All of them
            where there is no preset.
    """
    own = remapped.keys() if own is None else own
    ids = known_ids()
    wrong = [Complaint(id_, "nothing of that name has a key") for id_ in remapped if id_ not in ids]
    for id_ in remapped.keys() & ids:
        names = names_of(key_named(id_), remapped)
        wrong += [Complaint(id_, f"“{name}” is no key") for name in names if not _is_key(name)]
    for place in PLACES:
        wrong += _clashes(f"in the {place}", _all_in(place), remapped, own)
    for prefix, strip in STRIPS.items():
        wrong += _clashes(f"behind {written(prefix, remapped)}", strip, remapped, own)
    return list(dict.fromkeys(wrong))


def known_ids() -> set[str]:
    """The ids of everything that may have a key of its own."""
    strips = {key.id for strip in STRIPS.values() for key in strip}
    return {key.id for key in KEYS} | strips | {key.id for key in PALETTE}


def where_it_works(id_: str) -> list[tuple[str, tuple[Key, ...]]]:
    """The places and strips in which a key works, as words, each with all the keys that work there beside it."""
    places = [(f"in the {place}", _all_in(place)) for place in PLACES]
    behind = [(f"behind {key_named(prefix).word}", strip) for prefix, strip in STRIPS.items()]
    return [
        (words, some) for words, some in (*places, *behind) if any(key.id == id_ for key in some)
    ]


def on_key(name: str, id_: str, remapped: Mapping[str, str]) -> list[str]:
    """What else a key does where something works: ids in the order of the table.

    Args:
        name: Textual's name of the key.
        id_: what shall be on it.
        remapped: changed keys by id.
    """
    found = [
        key.id
        for _, some in where_it_works(id_)
        for key in some
        if key.id != id_ and name in names_of(key, remapped)
    ]
    return list(dict.fromkeys(found))


def _all_in(place: str) -> tuple[Key, ...]:
    """All that has a key in a place, or may have one."""
    return (*keys_in(place), *without_key(place))


def _is_key(name: str) -> bool:
    *modifiers, last = name.split("+")
    known = last in _NAMED or key_to_character(last) is not None
    return known and _MODIFIERS.issuperset(modifiers)


def _clashes(
    where: str, some: tuple[Key, ...], remapped: Mapping[str, str], own: Collection[str]
) -> list[Complaint]:
    doers: defaultdict[str, list[str]] = defaultdict(list)
    for key in some:
        for name in names_of(key, remapped):
            doers[name].append(key.id)
    return [
        Complaint(
            next((id_ for id_ in ids if id_ in own), ids[0]),
            f"{shown(name)} would do {' and '.join(ids)} {where}",
        )
        for name, ids in doers.items()
        if len(ids) > 1
    ]
