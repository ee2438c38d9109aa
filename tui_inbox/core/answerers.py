"""Who may answer a post: what its author chooses, and what of it is told to somebody who is about to write.

On Bluesky everybody may read a post, and its author says who may answer it (a thread gate) and whether it may be
quoted (a post gate).
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Answerers(StrEnum):
    """Who may answer a post, widest first. Those whom it names count as mentioned."""

    EVERYBODY = "everybody"
    FOLLOWED = "followed"
    MENTIONED = "mentioned"
    NOBODY = "nobody"

    @property
    def next(self) -> Answerers:
        """The next narrower choice; after the last the widest."""
        every = list(Answerers)
        return every[(every.index(self) + 1) % len(every)]

    @property
    def in_words(self) -> str:
        """As the composer says it."""
        return _IN_WORDS[self]


_IN_WORDS = {
    Answerers.EVERYBODY: "all can answer",
    Answerers.FOLLOWED: "whom you follow can answer",
    Answerers.MENTIONED: "whom it names can answer",
    Answerers.NOBODY: "nobody can answer",
}


class Openness(Struct, frozen=True):
    """Whether an account may answer and quote a post, as its server said a moment ago.

    Attributes:
        answers: a sentence why it may not be answered, without its full stop; empty where it may.
        quotes: the same of quoting it.
    """

    answers: str = ""
    quotes: str = ""
