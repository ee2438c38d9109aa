"""The owner's own keys: which key does what after some of them were changed in the settings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from tui_inbox.ui.keys import KEYS, PLACES, STRIPS, Key, key_named, keys_of, shown


def names_of(key: Key, remapped: Mapping[str, str]) -> tuple[str, ...]:
    """Textual's names of the keys that do something.

    Args:
        key: what is done.
        remapped: the owner's own keys by id, parted by commas.
    """
    own = remapped.get(key.id)
    if own is None:
        return key.keys
    return tuple(name.strip() for name in own.split(",") if name.strip())


def written(id_: str, remapped: Mapping[str, str]) -> str:
    """How the first key that does something is written; empty if the owner left it without one."""
    names = names_of(key_named(id_), remapped)
    return shown(names[0]) if names else ""


def complaints(remapped: Mapping[str, str]) -> list[str]:
    """What is wrong with the owner's keys, one sentence each; nothing if they can be used.

    A clash would be silent: of two things on one key, one would never happen.
    """
    ids = {key.id for key in KEYS} | {key.id for strip in STRIPS.values() for key in strip}
    wrong = [
        f"There is no key “{id_}” that could be changed." for id_ in remapped if id_ not in ids
    ]
    for place, contexts in PLACES.items():
        wrong += _clashes(f"in the {place}", tuple(keys_of(*contexts)), remapped)
    for prefix, strip in STRIPS.items():
        wrong += _clashes(f"behind {written(prefix, remapped)}", strip, remapped)
    return list(dict.fromkeys(wrong))


def _clashes(where: str, some: tuple[Key, ...], remapped: Mapping[str, str]) -> list[str]:
    doers: defaultdict[str, list[str]] = defaultdict(list)
    for key in some:
        for name in names_of(key, remapped):
            doers[name].append(key.id)
    return [
        f"{shown(name)} would do {' and '.join(ids)} {where}."
        for name, ids in doers.items()
        if len(ids) > 1
    ]
