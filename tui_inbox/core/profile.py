"""One's own profile: what is typed there, what a stranger sees, what is missing, and how it is changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from msgspec import Struct

from tui_inbox.core.person import Person, ProfileField
from tui_inbox.core.post import Audience, MediaKind, Post, SeenPost

FOR_ALL = (Audience.PUBLIC, Audience.UNLISTED)
"""What a stranger may read."""
LOOKED_AT = 10
"""So many of the newest public pictures are looked at for their texts."""


class ProfileWords(Struct, frozen=True):
    """What its owner typed into a profile.

    Attributes:
        name: the display name; empty where there is none, so that the handle stands in its place.
        text: what they say of themselves.
        fields: labelled lines; none where the network knows none.
    """

    name: str = ""
    text: str = ""
    fields: tuple[ProfileField, ...] = ()


class ProfileEdit(Struct, frozen=True):
    """A change of a profile: all words as they were when it was made, and as they are to be."""

    was: ProfileWords
    to: ProfileWords

    @property
    def reverse(self) -> ProfileEdit:
        """The change that takes this one back."""
        return ProfileEdit(self.to, self.was)

    @property
    def parts(self) -> tuple[str, ...]:
        """Names of what it changes: `name`, `text`, `fields`."""
        return tuple(part for part in PARTS if _part(self.was, part) != _part(self.to, part))

    def to_json(self) -> str:
        """As the outbox keeps it."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def from_json(cls, text: str) -> ProfileEdit:
        """Read it again.

        Raises:
            msgspec.DecodeError: it is none.
        """
        return msgspec.json.decode(text, type=cls)

    def left_to_write(self, there: ProfileWords) -> tuple[str, ...] | None:
        """What of it is not so yet, where the profile reads like `there`: after a try whose answer was lost, nothing.

        None where somebody has changed it in another way since: that is not written over.
        """
        left = []
        for part in self.parts:
            now = _said(there, part)
            if now == _said(self.to, part):
                continue
            if now != _said(self.was, part):
                return None
            left.append(part)
        return tuple(left)


PARTS = ("name", "text", "fields")
"""What a profile is made of, in the order in which it is shown."""

CHANGED_ELSEWHERE = "Your profile was changed elsewhere meanwhile, so nothing of it was written over; look at it again."


def _part(words: ProfileWords, part: str) -> object:
    return getattr(words, part)


def _said(words: ProfileWords, part: str) -> object:
    """A part without what its server may make of it: blanks at its ends, and whether a site links back."""
    if part == "fields":
        return [(one.label.strip(), one.text.strip()) for one in words.fields]
    return str(_part(words, part)).strip()


class OwnProfile(Struct, frozen=True):
    """An own profile as its server shows it now.

    Attributes:
        person: as others see them.
        words: as they were typed.
        posts: what was posted lately, newest first, not only for everybody.
        pinned: posts that stand above all others.
        has_fields: whether the network knows labelled lines.
        is_fixed: why it cannot be changed from here, in a sentence; empty where it can.
    """

    person: Person
    words: ProfileWords
    posts: tuple[SeenPost, ...] = ()
    pinned: tuple[SeenPost, ...] = ()
    has_fields: bool = True
    is_fixed: str = ""

    @property
    def public(self) -> tuple[Post, ...]:
        """The posts that a stranger may read, newest first."""
        return tuple(one.post for one in self.posts if one.post.audience in FOR_ALL)


def gaps(profile: OwnProfile) -> tuple[str, ...]:
    """What is missing for somebody who sees the profile for the first time, in sentences. Nothing of it is a number of
    people."""
    return tuple(_gaps(profile))


def _gaps(profile: OwnProfile) -> Iterator[str]:
    words, public = profile.words, profile.public
    if not words.name.strip():
        yield "You have no name there besides your handle."
    if not profile.person.has_picture:
        yield "There is no picture of you."
    if not words.text.strip():
        yield "There is no text about you."
    if profile.has_fields and not words.fields:
        yield "No field is filled in: where to find you, what you do."
    if not profile.posts:
        yield "You have posted nothing yet."
    elif not public:
        yield "None of your last posts can be read by a stranger."
    elif all(post.reply_to is not None for post in public):
        yield "All of your last public posts answer somebody; none stands by itself."
    bare, pictures = pictures_without_text(public)
    if bare == pictures == 1:
        yield "Your last picture has no text."
    elif bare:
        verb = "has" if bare == 1 else "have"
        yield f"{bare} of your last {pictures} pictures {verb} no text."


def pictures_without_text(posts: Iterable[Post]) -> tuple[int, int]:
    """How many of the newest pictures of some posts have no text, and how many were looked at.

    Args:
        posts: newest first.
    """
    pictures = [media for post in posts for media in post.media if media.kind is MediaKind.PICTURE][
        :LOOKED_AT
    ]
    return sum(not media.alt.strip() for media in pictures), len(pictures)
