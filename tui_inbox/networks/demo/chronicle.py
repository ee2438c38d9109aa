"""A list of what happened, made in any order and written into the town in the order of time."""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace

from tui_inbox.core.moment import MINUTE, Millis
from tui_inbox.core.post import Post
from tui_inbox.networks.demo.cast import BY_KEY, OWNER
from tui_inbox.networks.demo.chance import Chance
from tui_inbox.networks.demo.town import Town
from tui_inbox.networks.demo.writing import Piece, Spoken, id_of, post_of, stamped

_PLAIN_LETTERS = frozenset({"en", "de", "fr", "es"})
"""Languages in which a whole sentence may be without any special letter."""


class Saying(Struct):
    """Something said at a moment.

    Attributes:
        parent: what it answers.
        names: short names that its text begins with.
        liked_by: who marked it at once, if anybody.
        post_id: set once it is written.
    """

    at: Millis
    who: str
    piece: Piece
    parent: Saying | None = None
    names: tuple[str, ...] = ()
    liked_by: str = ""
    post_id: str = ""


class Passing(Struct, frozen=True):
    """Somebody passes on what was said."""

    at: Millis
    who: str
    said: Saying


class Following(Struct, frozen=True):
    """Somebody begins to follow the owner."""

    at: Millis
    who: str


class Chronicle(Struct):
    """All that happened up to the founding."""

    sayings: list[Saying] = field(default_factory=list)
    passings: list[Passing] = field(default_factory=list)
    followings: list[Following] = field(default_factory=list)

    def say(self, at: Millis, spoken: Spoken, *, parent: Saying | None = None) -> Saying:
        """Somebody says something; in answer to what they answer it begins with the names."""
        names: tuple[str, ...] = ()
        if parent is not None:
            names = names_in_answer(spoken.who, parent.who, parent.names)
        saying = Saying(at, spoken.who, spoken.piece, parent, names)
        self.sayings.append(saying)
        return saying

    def thread(self, at: Millis, spoken: Spoken, now: Millis, chance: Chance) -> list[Saying]:
        """Something is said and answered. Answers that tell their age stand there, others a while later.

        What would be answered after `now` is left out.
        """
        root = previous = self.say(at, spoken)
        thread = [root]
        for who, when in spoken.piece.boosted:
            self.passings.append(Passing(now - when, who, root))
        for answer in spoken.piece.answers:
            gap = round(chance.between(2 * MINUTE, 40 * MINUTE))
            moment = previous.at + gap if answer.age is None else now - answer.age
            if moment >= now:
                break
            parent = previous if answers_previous(answer.who, previous.who, root.who) else root
            previous = self.say(moment, answer, parent=parent)
            thread.append(previous)
        return thread

    def write(self, town: Town) -> None:
        """Let it all happen, in the order of time, no two filings in one millisecond."""
        things: list[Saying | Passing | Following] = [
            *self.sayings,
            *self.passings,
            *self.followings,
        ]
        last = 0
        for thing in sorted(things, key=lambda thing: thing.at):
            last = max(thing.at, last + 2)  # room for a mark right behind
            match thing:
                case Saying():
                    _write(thing, last, stamped(last, "post"), town)
                case Passing():
                    town.boost(thing.who, thing.said.post_id, last, stamped(last, "boost"))
                case Following():
                    town.follow(thing.who, last, stamped(last, "follow"))


def _write(saying: Saying, at: Millis, post_id: str, town: Town) -> None:
    parent = town.posts.get(saying.parent.post_id) if saying.parent else None
    post, quoted = composed(saying.who, saying.piece, town, post_id, at, parent, saying.names)
    if saying.piece.quotes and quoted is None:
        return
    saying.post_id = post_id
    town.file(post, quoted=id_of(quoted) if quoted else None, nexts=saying.piece.nexts)
    if saying.liked_by == OWNER:
        town.done.favourited.add(post_id)
    elif saying.liked_by:
        town.favourite(saying.liked_by, post_id, at + 1, stamped(at + 1, "like"))


def composed(
    who: str,
    piece: Piece,
    town: Town,
    post_id: str,
    at: Millis,
    parent: Post | None = None,
    names: tuple[str, ...] = (),
    quoted: Post | None = None,
) -> tuple[Post, Post | None]:
    """A piece as a post of the town, and the post it quotes.

    Args:
        names: whom it begins with.
        quoted: what it quotes, where the piece does not say whose newest post.
    """
    if parent is not None and who != OWNER:
        piece = _as_answer(piece, parent)
    if piece.quotes:
        quoted = town.posts.get(town.newest_by.get(piece.quotes, ""))
    language = piece.language or language_of(who, piece.text)
    post = post_of(
        piece,
        town.people[who],
        town.people,
        post_id=post_id,
        at=at,
        language=language,
        names=names,
        parent=parent,
        quoted=quoted,
    )
    return post, quoted


def _as_answer(piece: Piece, parent: Post) -> Piece:
    """People take over the audience and the warning of what they answer."""
    audience = piece.audience.narrower_of(parent.audience)
    warning = piece.warning or parent.warning
    if (audience, warning) == (piece.audience, piece.warning):
        return piece
    return replace(piece, audience=audience, warning=warning)


def language_of(who: str, text: str) -> str:
    """What somebody writes in: their language, or English where the letters say so."""
    language = BY_KEY[who].language
    return "en" if language not in _PLAIN_LETTERS and text.isascii() else language


def names_in_answer(who: str, parent: str, named: tuple[str, ...]) -> tuple[str, ...]:
    """Whom an answer names: the parent's author and those the parent names, but not oneself."""
    return tuple(name for name in dict.fromkeys((parent, *named)) if name != who) or (parent,)


def answers_previous(who: str, previous: str, first: str) -> bool:
    """Whether an answer goes to what was said just before, not to the beginning of the thread.

    The one who began answers whoever spoke last, others answer the beginning or the owner.
    """
    return who == first or previous in (first, OWNER)
