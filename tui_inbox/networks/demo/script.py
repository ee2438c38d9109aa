"""Who says what next: deals the material out, so that little is said twice and nobody talks all the time."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.events import NetworkEvent
from tui_inbox.core.moment import HOUR, Millis
from tui_inbox.core.post import Audience, Post
from tui_inbox.networks.demo.cast import (
    BROADCASTERS,
    BY_KEY,
    FRIENDS,
    NEWCOMERS,
    OWNER,
    REGULARS,
    Circle,
    Townsperson,
)
from tui_inbox.networks.demo.chance import Chance
from tui_inbox.networks.demo.decks import Deck, one_line_each
from tui_inbox.networks.demo.material.bulletins import REPLIES
from tui_inbox.networks.demo.material.front import WAITING
from tui_inbox.networks.demo.material.mira import ANSWERS_TO_RECENT
from tui_inbox.networks.demo.material.newcomers import DELETED, EDITED, QUESTIONS, SPAM
from tui_inbox.networks.demo.material.starters import PATTERNS, QUOTES_OF_OWNER, STARTERS
from tui_inbox.networks.demo.pace import Kind
from tui_inbox.networks.demo.phrases import Pattern, pattern_of, spread
from tui_inbox.networks.demo.records import Filing
from tui_inbox.networks.demo.town import Town
from tui_inbox.networks.demo.writing import (
    Piece,
    Spoken,
    blocks,
    short_name,
    spoken,
    stamped,
)

_APART = 5
_TRIES = 6
_FIRST_MENTIONS = 12
_REPLIERS = (
    *("hana", "newoar", "cinderpath", "grumblegoose", "woolgather", "brassbutton", "tidepool"),
    *("mossygate", "latestarling", "harbournan"),
)
_FOLLOWERS = ("latestarling", "harbournan", "papermoon", "tabularosa", "echosons")
_PASSED_ON = frozenset({Circle.FRIEND, Circle.REGULAR, Circle.NEWCOMER, Circle.BROADCASTER})
_MACHINES = frozenset({"tidesbot", "weathercat"})
_RARELY = 0.15


class Slip(Struct, frozen=True):
    """A post that is corrected later, or withdrawn where there is no better text."""

    spoken: Spoken
    better: str


class Script:
    """Deals texts to people, tick by tick."""

    def __init__(self, town: Town, decks: dict[str, Deck], seed: int) -> None:
        chance = Chance(seed, "script")
        self._town = town
        self._decks = decks
        self._turns: Counter[str] = Counter()
        self._last_speakers: deque[str] = deque(maxlen=_APART)
        self._starters = iter(_in_good_order(blocks(STARTERS) + blocks(ANSWERS_TO_RECENT), chance))
        self._patterns = [pattern_of(one_line_each(block)) for block in blocks(PATTERNS)]
        self._patterns_said = 0
        self._questions = _in_turn(QUESTIONS, chance)
        self._corrected = _in_turn(EDITED, chance)
        self._withdrawn = _in_turn(DELETED, chance)
        self._quotes = _in_turn(QUOTES_OF_OWNER, chance)
        self._spammers = cycle(chance.shuffled(list(SPAM)))
        self._announcement_replies = {
            who: cycle(chance.shuffled(texts)) for who, texts in REPLIES.items()
        }
        self._followers = iter(_FOLLOWERS)
        self._marked: set[tuple[str, str]] = set()

    # Posts to everybody

    def text_for(self, kind: Kind, at: Millis, chance: Chance) -> Spoken | None:
        """What is said of itself, for the kinds that are posts to everybody, and for spam."""
        match kind:
            case Kind.QUESTION:
                return next(self._questions)
            case Kind.SPAM:
                who = next(self._spammers)
                return Spoken(who, Piece(f"@{OWNER} {' '.join(SPAM[who].split())}"))
            case Kind.FRIEND:
                return self._from_deck(FRIENDS, at, chance)
            case Kind.BROADCAST:
                return self._from_deck(BROADCASTERS, at, chance)
            case _:
                return self._from_deck((*REGULARS, *NEWCOMERS), at, chance)

    def _from_deck(
        self, people: Sequence[Townsperson], at: Millis, chance: Chance
    ) -> Spoken | None:
        """The next text of somebody who is awake and has not just spoken."""
        hour = at // HOUR % 24
        awake = [one for one in people if one.awake(hour)] or list(people)
        rested = [one for one in awake if one.key not in self._last_speakers] or awake
        weights = [one.day if one.followed else one.day * _RARELY for one in rested]
        who = chance.weighed(rested, weights).key
        self._last_speakers.append(who)
        for _ in range(_TRIES):
            said = self._decks[who].after(self._turns[who])
            self._turns[who] += 1
            if said is None or not said.piece.quotes or said.piece.quotes in self._town.newest_by:
                return said
        return None

    def slip(self, *, corrected: bool) -> Slip:
        """A post that does not stay as it is."""
        said = next(self._corrected if corrected else self._withdrawn)
        return Slip(said, said.piece.edited)

    # To the owner

    def mention(self) -> Spoken:
        """Somebody's next text to the owner; people who are shut out are passed over."""
        for said in self._starters:
            if not self._town.is_shut_out(said.who):
                return said
        for _ in range(_TRIES):
            said = self._next_pattern()
            if not self._town.is_shut_out(said.who):
                break
        return said

    def _next_pattern(self) -> Spoken:
        rounds, which = divmod(self._patterns_said, len(self._patterns))
        self._patterns_said += 1
        pattern: Pattern = self._patterns[which]
        return _to_owner(spoken(spread(pattern, rounds)))

    def meant_by(self, said: Spoken) -> tuple[Spoken, Post | None]:
        """What somebody says, and the post that they mean to answer with it, if that is there."""
        if not said.piece.to:
            return said, None
        addressee, text = OWNER, said.piece.text
        if text.startswith("@"):
            addressee, _, text = text[1:].partition(" ")
        parent = self._newest(
            lambda filing, post: filing.by == addressee and said.piece.to in post.text
        )
        if parent is None:
            text = f"@{addressee} {text}"
        return replace(said, piece=replace(said.piece, text=text)), parent

    def quote(self) -> tuple[Spoken, Post] | None:
        """Somebody's word above the newest post of the owner."""
        said = next(self._quotes)
        quoted = self._newest(lambda filing, post: filing.by == OWNER and _is_for_all(post))
        return (said, quoted) if quoted and not self._town.is_shut_out(said.who) else None

    # Without words

    def helper(self, said: Spoken, chance: Chance) -> str | None:
        """A friend who passes on what somebody says to all whom the owner does not follow."""
        friends = [one.key for one in FRIENDS if self._town.follows(one.key)]
        if not friends or self._town.follows(said.who) or said.piece.text.startswith("@"):
            return None
        return chance.pick(friends)

    def boost(self, at: Millis, chance: Chance) -> list[NetworkEvent]:
        """Somebody passes on what was posted a while ago."""
        recent = [
            filing
            for filing in islice(reversed(self._town.filings), 8, 90)
            if not filing.is_boost and self._may_be_passed_on(filing)
        ]
        people = [one.key for one in (*FRIENDS, *REGULARS) if one.followed]
        for _ in range(_TRIES):
            if not recent:
                break
            filing = chance.pick(recent)
            who = "echosons" if chance.happens(0.35) else chance.pick(people)
            if who != filing.by and (
                events := self._town.boost(who, filing.post_id, at, stamped(at, "boost"))
            ):
                return events
        return []

    def _may_be_passed_on(self, filing: Filing) -> bool:
        post = self._town.posts.get(filing.post_id)
        one = BY_KEY[filing.by]
        return (
            post is not None
            and _is_for_all(post)
            and not post.mentions
            and (one.key == OWNER or one.circle in _PASSED_ON)
            and one.key not in _MACHINES
        )

    def favourite(self, at: Millis, chance: Chance) -> list[NetworkEvent]:
        """Somebody marks one of the owner's newest posts."""
        town = self._town
        owners = (
            filing.post_id
            for filing in reversed(town.filings)
            if filing.by == OWNER and not filing.is_boost and filing.post_id in town.posts
        )
        newest = list(islice((one for one in owners if _is_for_all(town.posts[one])), 6))
        people = [one.key for one in (*FRIENDS, *REGULARS) if one.follows]
        for _ in range(_TRIES):
            if not newest:
                break
            pair = (chance.pick(people), chance.pick(newest))
            if pair not in self._marked and not town.is_shut_out(pair[0]):
                self._marked.add(pair)
                return town.favourite(*pair, at, stamped(at, "mark"))
        return []

    def follow(self, at: Millis) -> list[NetworkEvent]:
        """The next one begins to follow the owner."""
        who = next(self._followers, None)
        return [] if who is None else self._town.follow(who, at, stamped(at, "follow"))

    def reply_to_announcement(self, chance: Chance) -> tuple[Spoken, Post] | None:
        """Somebody answers a broadcaster's newest announcement that nobody has answered."""
        parent = self._newest(
            lambda filing, post: (
                filing.by in REPLIES
                and not filing.is_boost
                and not self._town.answers[filing.post_id]
            )
        )
        if parent is None or parent.reply_to is not None:
            return None
        text = next(self._announcement_replies[short_name(parent.author)])
        return Spoken(chance.pick(_REPLIERS), Piece(text)), parent

    def _newest(self, wanted: Callable[[Filing, Post], bool]) -> Post | None:
        posts = self._town.posts
        for filing in reversed(self._town.filings):
            post = posts.get(filing.post_id)
            if post is not None and wanted(filing, post):
                return post
        return None


def _is_for_all(post: Post) -> bool:
    return post.audience is Audience.PUBLIC and post.reply_to is None


def _to_owner(said: Spoken) -> Spoken:
    """A text as one that names the owner; what answers a certain post gets its names later."""
    if said.piece.to:
        return said
    return replace(said, piece=replace(said.piece, text=f"@{OWNER} {said.piece.text}"))


def _in_good_order(texts: list[str], chance: Chance) -> list[Spoken]:
    """Texts to the owner, nobody twice in a row; first those who do not wait already and write English."""
    waiting = {name for name in BY_KEY if name in WAITING}
    every = [_to_owner(spoken(block)) for block in chance.shuffled(texts)]
    easy = [one for one in every if one.who not in waiting and BY_KEY[one.who].language == "en"]
    first = easy[:_FIRST_MENTIONS]
    left = [one for one in every if one not in first]
    order: list[Spoken] = []
    for group in (first, left):
        while group:
            lately = {one.who for one in order[-_APART:]}
            fitting = next((one for one in group if one.who not in lately), group[0])
            group.remove(fitting)
            order.append(fitting)
    return order


def _in_turn(material: str, chance: Chance) -> Iterator[Spoken]:
    """The blocks of a text in a shuffled order, without end."""
    return cycle([spoken(block) for block in chance.shuffled(blocks(material))])
