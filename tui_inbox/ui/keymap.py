"""The owner's own keys: which key does what after some of them were changed in the settings."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping

from msgspec import Struct
from textual.keys import KEY_NAME_REPLACEMENTS, key_to_character
from textual.keys import Keys as TextualKeys

from tui_inbox.ui.key_names import shown
from tui_inbox.ui.keys import KEYS, PLACES, STRIPS, Key, key_named, keys_in

_MODIFIERS = frozenset({"ctrl", "shift", "alt", "super", "hyper", "meta"})
_NAMED = frozenset([*(key.value for key in TextualKeys), *KEY_NAME_REPLACEMENTS.values()])
_SHORT = {"esc": "escape", "pgup": "pageup", "pgdn": "pagedown", "del": "delete", "return": "enter"}


class Complaint(Struct, frozen=True):
    """Something is wrong with the owner's keys.

    Attributes:
        id: what the owner's line is about.
        what: what is wrong, for a sentence.
    """

    id: str
    what: str


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


def written(id_: str, remapped: Mapping[str, str]) -> str:
    """How the first key that does something is written; empty if the owner left it without one."""
    names = names_of(key_named(id_), remapped)
    return shown(names[0]) if names else ""


def complaints(remapped: Mapping[str, str]) -> list[Complaint]:
    """What is wrong with the owner's keys; nothing if they can be used.

    A clash would be silent: of two things on one key, one would never happen.

    Args:
        remapped: the owner's own keys by id, as `own_keys` gives them.
    """
    ids = {key.id for key in KEYS} | {key.id for strip in STRIPS.values() for key in strip}
    wrong = [Complaint(id_, "nothing of that name has a key") for id_ in remapped if id_ not in ids]
    for id_ in remapped.keys() & ids:
        names = names_of(key_named(id_), remapped)
        wrong += [Complaint(id_, f"“{name}” is no key") for name in names if not _is_key(name)]
    for place in PLACES:
        wrong += _clashes(f"in the {place}", tuple(keys_in(place)), remapped)
    for prefix, strip in STRIPS.items():
        wrong += _clashes(f"behind {written(prefix, remapped)}", strip, remapped)
    return list(dict.fromkeys(wrong))


def _is_key(name: str) -> bool:
    *modifiers, last = name.split("+")
    known = last in _NAMED or key_to_character(last) is not None
    return known and _MODIFIERS.issuperset(modifiers)


def _clashes(where: str, some: tuple[Key, ...], remapped: Mapping[str, str]) -> list[Complaint]:
    doers: defaultdict[str, list[str]] = defaultdict(list)
    for key in some:
        for name in names_of(key, remapped):
            doers[name].append(key.id)
    return [
        Complaint(
            next((id_ for id_ in ids if id_ in remapped), ids[0]),
            f"{shown(name)} would do {' and '.join(ids)} {where}",
        )
        for name, ids in doers.items()
        if len(ids) > 1
    ]
