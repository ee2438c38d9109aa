"""Texts that are known by every sentence of them, so that each can be looked for wherever it may be."""

from __future__ import annotations

import re
from random import Random

WORDS = (
    "rye",
    "bread",
    "oven",
    "flour",
    "salt",
    "water",
    "crumb",
    "crust",
    "loaf",
    "seed",
    "bake",
    "slow",
)
SENTENCES = {"plain": 4, "picture": 2, "thread": 24}
"""How many sentences a text of each kind has; a thread has more than fit into one post."""

_MARK = re.compile(r"\b(?:plain|picture|thread)\d+x\d+s\d+\b")


def new_name(random: Random, life: int, number: int) -> str:
    """The name of a text that is begun in a life of the program."""
    kind = random.choices(tuple(SENTENCES), weights=(8, 4, 2))[0]
    return f"{kind}{life}x{number}"


def kind_of(name: str) -> str:
    """Which kind of text it is."""
    return name.rstrip("0123456789x")


def marks(name: str) -> list[str]:
    """The first words of its sentences; no other sentence has them."""
    return [f"{name}s{number}" for number in range(SENTENCES[kind_of(name)])]


def whole(name: str) -> str:
    """All of a text."""
    random = Random(name)
    return " ".join(f"{mark} {' '.join(random.choices(WORDS, k=5))}." for mark in marks(name))


def name_in(text: str) -> str | None:
    """The name of the text that this is, or a part of; None where it is none of these."""
    found = _MARK.search(text)
    return found.group().rpartition("s")[0] if found else None


def marks_in(text: str) -> list[str]:
    """The marks of all sentences in a text."""
    return _MARK.findall(text)
