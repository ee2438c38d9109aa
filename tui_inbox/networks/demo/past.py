"""The months before the founding: who talked with the owner, what was posted, what waits for an answer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.moment import DAY, HOUR, MINUTE, SECOND, Millis
from tui_inbox.core.post import Audience
from tui_inbox.networks.demo.cast import BY_KEY, CAST, FRIENDS, OWNER, REGULARS, Circle, Townsperson
from tui_inbox.networks.demo.chance import Chance
from tui_inbox.networks.demo.chronicle import Chronicle, Following, Passing, Saying
from tui_inbox.networks.demo.decks import Deck, one_line_each
from tui_inbox.networks.demo.material.bulletins import REPLIES, STORM
from tui_inbox.networks.demo.material.exchanges import COMMON, EXCHANGES, FAREWELLS
from tui_inbox.networks.demo.material.front import FRONT, WAITING
from tui_inbox.networks.demo.material.mira import POSTS
from tui_inbox.networks.demo.material.newcomers import ADVERTS, SPAM, SPAMMED
from tui_inbox.networks.demo.material.newcomers import POSTS as POSTS_OF_STRANGERS
from tui_inbox.networks.demo.phrases import pattern_of, spread
from tui_inbox.networks.demo.town import Town
from tui_inbox.networks.demo.writing import Piece, Spoken, age_of, blocks, spoken

MONTHS: Millis = 150 * DAY
"""How far back the town remembers."""

_LAPSE: Millis = 31 * DAY


class Band(Struct, frozen=True):
    """A stretch of the past, and how dense it is compared with an ordinary day of late."""

    oldest: Millis
    newest: Millis
    density: float


_BANDS = (
    Band(2 * DAY, 0, 1.0),
    Band(14 * DAY, 2 * DAY, 0.25),
    Band(MONTHS, 14 * DAY, 0.05),
)
_REPLIERS = (
    *("latestarling", "latestarling", "harbournan", "harbournan"),
    *("blueapron", "mossygate", "mossygate", "papercrane", "papercrane"),
)
_READERS = ("odile", "quillfox", "inkdrinker", "larkspur", "thirdbell", "")
_BOOSTS = 110
_TALKING_HOURS = (8, 20)
_FOLLOWED_SINCE = (("papercrane", 6.2), ("blueapron", 3.3), ("mossygate", 1.9))
_SPAM_TO_OWNER = (("dealrocket77", 25 * MINUTE, 14), ("luckycoin44", 6 * HOUR, 9))
_ADVERTS = 25
_STORM_AGO: Millis = 27 * MINUTE


def write_past(town: Town, decks: dict[str, Deck], founded_at: Millis, seed: int) -> None:
    """Fill a new town with its past."""
    chronicle = Chronicle()
    chance = Chance(seed, "past")
    _front(chronicle, founded_at, chance)
    _owner_posts(chronicle, founded_at, chance)
    _exchanges(chronicle, founded_at, chance)
    _ordinary_posts(chronicle, decks, founded_at, chance)
    _replies_to_broadcasters(chronicle, founded_at, chance)
    _boosts(chronicle, founded_at, chance)
    _spam(chronicle, founded_at, chance)
    _storm(chronicle, founded_at)
    for who, days in _FOLLOWED_SINCE:
        town.standing[who].followed_by = False
        chronicle.followings.append(Following(founded_at - round(days * DAY), who))
    chronicle.write(town)


def _front(chronicle: Chronicle, now: Millis, chance: Chance) -> None:
    for block in blocks(FRONT) + blocks(WAITING):
        head, _, body = block.partition("\n")
        age, who = head.split()
        thread = chronicle.thread(now - age_of(age), spoken(body, who), now, chance)
        if block in FRONT:
            _settle(thread)


def _owner_posts(chronicle: Chronicle, now: Millis, chance: Chance) -> None:
    """What the owner posted, evenly over the months, newest first in the material."""
    texts = blocks(POSTS)
    step = (MONTHS - 6 * DAY) / len(texts)
    for place, block in enumerate(texts):
        age = 5 * DAY + round((place + chance.between(0.2, 0.8)) * step)
        at = _waking(now - age, (7, 22), chance)
        thread = chronicle.thread(at, spoken(block, OWNER), now, chance)
        _settle(thread)
        thread[0].liked_by = chance.pick(_READERS)


def _settle(thread: list[Saying]) -> None:
    """The owner has marked what was said to her, so that nothing of it waits."""
    for saying in thread:
        if saying.parent is not None and saying.parent.who == OWNER:
            saying.liked_by = OWNER


# Exchanges with the owner


def _exchanges(chronicle: Chronicle, now: Millis, chance: Chance) -> None:
    common: list[tuple[Millis, str]] = []
    farewells = cycle(chance.shuffled(FAREWELLS))
    for one in CAST:
        written = blocks(EXCHANGES.get(one.key, ""))
        for turn, at in enumerate(_conversations(one, now, chance)):
            if turn < len(written):
                _dialogue(chronicle, one.key, written[turn], at, now, chance, farewells)
            elif one.language == "en":
                common.append((at, one.key))
    patterns = [pattern_of(one_line_each(block)) for block in _dialogues(COMMON)]
    order = chance.shuffled(range(len(patterns)))
    for place, (at, who) in enumerate(sorted(common, reverse=True)):
        rounds, which = divmod(place, len(order))
        block = spread(patterns[order[which]], 2 * rounds + 1)
        _dialogue(chronicle, who, block, at, now, chance, farewells)


def _dialogues(material: str) -> list[str]:
    """Blocks of dialogue with a mark before each line, so that wrapped lines can be told from new ones."""
    return [
        "\n".join(
            f"<{line[0]}> {line[2:]}" if line[:2] in ("t ", "m ", "o ", "p ") else line
            for line in block.split("\n")
        )
        for block in blocks(material)
    ]


def _conversations(one: Townsperson, now: Millis, chance: Chance) -> Iterator[Millis]:
    """When somebody and the owner began to talk, newest first."""
    if one.rhythm is None:
        return
    age = one.rhythm.last * DAY
    for _ in range(one.rhythm.most):
        if age > MONTHS:
            return
        yield _waking(now - round(age), _TALKING_HOURS, chance)
        age += one.rhythm.every * DAY * chance.between(0.65, 1.35)


def _dialogue(
    chronicle: Chronicle,
    who: str,
    block: str,
    at: Millis,
    now: Millis,
    chance: Chance,
    farewells: Iterator[str],
) -> None:
    """One conversation between the owner and somebody."""
    marked = block if block.startswith("<") else _dialogues(block)[0]
    first = spoken(marked)
    lines = [replace(first, piece=replace(first.piece, answers=())), *first.piece.answers]
    direct = who == "tinbadger" and lines[0].who == "t"
    said: Saying | None = None
    language = ""
    for line in lines:
        speaker = OWNER if line.who in ("m", "o") else who
        if speaker == OWNER:
            piece = replace(line.piece, language=language)
        else:
            piece = line.piece
            language = piece.language or BY_KEY[who].language
        if line.who == "t" and said is None:
            piece = replace(piece, text=f"@{OWNER} {piece.text}")
        if direct:
            piece = replace(piece, audience=Audience.DIRECT)
        said = chronicle.say(at, Spoken(speaker, piece), parent=said)
        said.liked_by = _liked_by(speaker, who, chance)
        at += round(chance.between(4 * MINUTE, 70 * MINUTE))
    if said is not None and said.who != OWNER:
        is_open = said.piece.text.endswith("?")
        if is_open or chance.happens(0.85 if at > now - _LAPSE else 0.6):
            chronicle.say(at, Spoken(OWNER, Piece(next(farewells))), parent=said)
        else:
            said.liked_by = OWNER


def _liked_by(speaker: str, who: str, chance: Chance) -> str:
    if speaker == OWNER:
        return who if chance.happens(0.2) else ""
    return OWNER if chance.happens(0.12) else ""


# What everybody posts


def _ordinary_posts(
    chronicle: Chronicle, decks: dict[str, Deck], now: Millis, chance: Chance
) -> None:
    answering: list[Spoken] = []
    for one in CAST:
        deck = decks.get(one.key)
        if deck is None:
            continue
        for turn, at in enumerate(_moments(one, now, chance)):
            said = deck.before(turn)
            if said is None:
                break
            if said.piece.to:
                answering.append(said)
            else:
                chronicle.thread(at, said, now, chance)
    for said in answering:
        _answer_found(chronicle, said, now, chance)


def _answer_found(chronicle: Chronicle, said: Spoken, now: Millis, chance: Chance) -> None:
    """Put an answer behind the saying that it means; where that was not said it only names its author."""
    addressee = said.piece.text[1:].split()[0]
    parents = [
        parent
        for parent in chronicle.sayings
        if parent.who == addressee
        and said.piece.to in parent.piece.text
        and parent.at < now - 2 * HOUR
    ]
    if not parents:
        age = round(chance.between(3 * HOUR, 12 * DAY))
        chronicle.thread(_waking(now - age, BY_KEY[said.who].hours, chance), said, now, chance)
        return
    parent = max(parents, key=lambda parent: parent.at)
    text = said.piece.text.partition(" ")[2]
    at = parent.at + round(chance.between(5 * MINUTE, 100 * MINUTE))
    answer = Spoken(said.who, replace(said.piece, text=text, answers=()))
    previous = chronicle.say(at, answer, parent=parent)
    for further in said.piece.answers:
        at += round(chance.between(2 * MINUTE, 10 * MINUTE))
        previous = chronicle.say(at, further, parent=previous)


def _moments(one: Townsperson, now: Millis, chance: Chance) -> list[Millis]:
    """When somebody posted, newest first; those who went quiet stopped when they stopped writing."""
    quiet = one.rhythm.last * DAY if one.circle is Circle.QUIET and one.rhythm else 0
    moments: list[Millis] = []
    for band in _BANDS:
        newest = max(band.newest, quiet)
        oldest = min(band.oldest, one.age * DAY)
        days = (oldest - newest) / DAY
        if days <= 0:
            continue
        wanted = one.day * band.density * days
        number = int(wanted) + chance.happens(wanted % 1)
        for _ in range(number):
            age = round(chance.between(max(newest, 3 * MINUTE), oldest))
            moments.append(_waking(now - age, one.hours, chance))
    return sorted((min(at, now - 3 * MINUTE) for at in moments), reverse=True)


def _waking(at: Millis, hours: tuple[int, int], chance: Chance) -> Millis:
    """A moment near the given one at which somebody with these hours is up, never later."""
    wakes, sleeps = hours
    awake = (sleeps - wakes) % 24 or 24
    hour = (at // HOUR) % 24
    if (hour - wakes) % 24 < awake or chance.happens(0.08):
        return at
    asleep_for = (hour - sleeps) % 24
    return at - round((asleep_for + chance.between(0, awake)) * HOUR)


def _replies_to_broadcasters(chronicle: Chronicle, now: Millis, chance: Chance) -> None:
    """Townspeople and passers-by answer announcements; the texts of each broadcaster are dealt in turn."""
    dealt = {who: cycle(chance.shuffled(texts)) for who, texts in REPLIES.items()}
    heard = [
        saying
        for saying in chronicle.sayings
        if saying.who in REPLIES
        and saying.parent is None
        and not saying.piece.answers
        and now - 14 * DAY < saying.at < now - HOUR
    ]
    said: set[tuple[str, str]] = set()
    for saying in heard:
        text = next(dealt[saying.who])
        willing = [who for who in _REPLIERS if (who, text) not in said]
        if willing and chance.happens(0.3):
            answer = Spoken(chance.pick(willing), Piece(text))
            said.add((answer.who, text))
            at = saying.at + round(chance.between(2 * MINUTE, 50 * MINUTE))
            chronicle.say(at, answer, parent=saying)


def _boosts(chronicle: Chronicle, now: Millis, chance: Chance) -> None:
    """Friends and regulars pass on what was said of late, the owner's posts too."""
    people = [one.key for one in (*FRIENDS, *REGULARS) if one.followed]
    worth = [
        saying
        for saying in chronicle.sayings
        if saying.parent is None
        and now - 12 * DAY < saying.at < now - HOUR
        and saying.piece.audience is Audience.PUBLIC
        and not saying.piece.text.startswith("@")
        and not BY_KEY[saying.who].bot
    ]
    for _ in range(_BOOSTS):
        said = chance.pick(worth)
        who = "echosons" if chance.happens(0.3) else chance.pick(people)
        at = said.at + round(chance.between(6 * MINUTE, 5 * HOUR))
        if who != said.who and at < now:
            chronicle.passings.append(Passing(at, who, said))


def _spam(chronicle: Chronicle, now: Millis, chance: Chance) -> None:
    """The same text to many, the owner among them, and the adverts between."""
    for who, age, others in _SPAM_TO_OWNER:
        text = SPAM[who].strip().replace("\n", " ")
        chronicle.say(now - age, Spoken(who, Piece(f"@{OWNER} {text}")))
        for victim in SPAMMED[:others]:
            at = now - round(chance.between(age + 5 * MINUTE, 44 * HOUR))
            chronicle.say(at, Spoken(who, Piece(f"@{victim} {text}")))
        advert = pattern_of(one_line_each(ADVERTS[who].strip()))
        for turn in range(_ADVERTS):
            at = now - round(chance.between(age + 5 * MINUTE, 46 * HOUR))
            chronicle.say(at, spoken(spread(advert, turn), who))
    for place, block in enumerate(blocks(POSTS_OF_STRANGERS["parcel20418"])):
        chronicle.say(now - (98 - 30 * place) * HOUR, spoken(block, "parcel20418"))


def _storm(chronicle: Chronicle, now: Millis) -> None:
    """Much by one in a row."""
    for place, block in enumerate(blocks(STORM)):
        chronicle.say(now - _STORM_AGO + place * 10 * SECOND, spoken(block, "nightferry"))
