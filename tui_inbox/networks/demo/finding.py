"""What the town completes names, tags and emoji with."""

from __future__ import annotations

from collections import Counter

from tui_inbox.core.person import Person
from tui_inbox.core.post import Audience
from tui_inbox.core.query import Leaf, Near, Phrase, Word
from tui_inbox.core.server_query import Said
from tui_inbox.networks.demo.cast import OWNER
from tui_inbox.networks.demo.town import Town

EMOJI = ("acorn", "bell_buoy", "blobcat_soup", "ferry", "lighthouse", "sourdough")
"""Shortcodes of the town's own."""

_MOST = 10


def find_people(town: Town, words: str) -> tuple[Person, ...]:
    """People whose name or handle begins so; those the owner follows come first."""
    begun = words.strip().removeprefix("@").casefold()
    found = [
        who
        for who, person in town.people.items()
        if begun and who != OWNER and _begins(person, begun)
    ]
    found.sort(key=lambda who: (not town.follows(who), who))
    return tuple(town.people[who] for who in found[:_MOST])


def find_tags(town: Town, words: str) -> tuple[str, ...]:
    """Tags of public posts that begin so; those used most come first."""
    begun = words.strip().removeprefix("#").casefold()
    used = Counter(
        tag
        for post in town.posts.values()
        if post.audience is Audience.PUBLIC
        for tag in post.tags
        if begun and tag.startswith(begun)
    )
    return tuple(sorted(used, key=lambda tag: (-used[tag], tag))[:_MOST])


def _begins(person: Person, begun: str) -> bool:
    words = [person.handle.casefold(), *person.name.casefold().split()]
    return any(word.startswith(begun) for word in words)


def in_words(leaf: Leaf) -> Said | None:
    """A term as the town's search takes it: words, wherever they stand."""
    return Said(leaf.text) if isinstance(leaf, Word | Phrase | Near) else None
