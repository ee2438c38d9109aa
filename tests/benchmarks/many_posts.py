"""A store with very many posts in it, made through the store's own functions in bulk.

Words are made up, as frequent as words are (Zipf), and of many scripts; a few people write much. A tenth of the posts
arrive long after they were written, as the past of an account that signed in late does, so that the order of arrival
is not that of time.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from pathlib import Path

from msgspec import Struct
from support.store_material import HOME, NETWORK, new_store, sign_in

from tui_inbox.core.moment import MINUTE, Millis
from tui_inbox.core.person import Person, PersonRef
from tui_inbox.core.post import (
    Card,
    FeedEntry,
    Media,
    MediaKind,
    Mention,
    Poll,
    PollOption,
    Post,
    PostRef,
    PostView,
    ReplyTo,
    SeenPost,
)
from tui_inbox.core.text import Link
from tui_inbox.store import feeds
from tui_inbox.store.database import Connection, transaction
from tui_inbox.store.seen_people import SeenPeople
from tui_inbox.store.store import Writing

NOW: Millis = 1_764_000_000_000
"""When the newest post was written."""

BATCH = 500
WORDS, AUTHORS = 40_000, 20_000
LANGUAGES = ("en", "de", "ja", "pt-BR", "fr", "eo")
LANGUAGE_WEIGHTS = (600, 150, 100, 80, 60, 1)

LATIN = "etaoinshrdlucmfwypvbgk"
OTHERS = (
    ("абвгдеёжзийклмнопрстуфхцчшщыьэюя", 3, 10),
    ("αβγδεζηθικλμνξοπρστυφχψω", 3, 10),
    ("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", 3, 7),
    ("あいうえおかきくけこさしすせそたちつてとなにぬねの日本東京大阪学校今天明年", 2, 6),
    ("กขคงจชซญฐณดตถทนบปผพฟมยรลวสหอ", 3, 8),
    ("가나다라마바사아자차카타파하고노도로모보소오조초", 2, 4),
)


class Material:
    """Made-up words, people and posts; the same for the same seed."""

    def __init__(self, seed: int = 1) -> None:
        self.chance = random.Random(seed)  # no secret
        self.words = list(dict.fromkeys(self._word(n) for n in range(WORDS)))
        self._weights = list(accumulate(1 / (place + 2) for place in range(len(self.words))))
        self._author_weights = list(accumulate(1 / (place + 20) for place in range(AUTHORS)))
        self._people = [_person(n) for n in range(AUTHORS)]

    def _word(self, n: int) -> str:
        pick = self.chance
        if n % 5:
            return "".join(pick.choices(LATIN, k=2 + int(pick.triangular(0, 10, 3))))
        signs, least, most = OTHERS[n // 5 % len(OTHERS)]
        return "".join(pick.choices(signs, k=pick.randint(least, most)))

    def post(self, number: int, at: Millis) -> Post:
        """The post of a number, written at a moment."""
        pick = self.chance
        said = pick.choices(self.words, cum_weights=self._weights, k=pick.randint(6, 34))
        text = " ".join(said).capitalize() + pick.choice((".", ".", ".", "?", " 🎉"))
        (author,) = pick.choices(self._people, cum_weights=self._author_weights)
        address = f"https://site{number % 997}.example/{number}"
        named = (
            pick.choices(self._people, cum_weights=self._author_weights) if number % 5 == 0 else ()
        )
        return Post(
            PostRef(NETWORK, f"https://town.example/posts/{number}"),
            author,
            at,
            text,
            links=(Link(0, len(said[0]), address),) if number % 4 == 0 else (),
            language=pick.choices(LANGUAGES, LANGUAGE_WEIGHTS)[0],
            reply_to=ReplyTo(f"{number - pick.randint(1, 50)}") if number % 3 == 0 else None,
            mentions=tuple(Mention(one.ref, one.server_id, one.handle) for one in named),
            tags=(said[-1],) if number % 6 == 0 else (),
            media=(Media(MediaKind.PICTURE, None, said[1]),) if number % 7 == 0 else (),
            poll=Poll(f"p{number}", (PollOption("yes"), PollOption("no")))
            if number % 150 == 0
            else None,
            card=Card(address, said[0]) if number % 8 == 0 else None,
        )


class Filled(Struct, frozen=True):
    """A store and what it was filled with."""

    db: Connection
    accounts: tuple[int, int]
    material: Material


def filled(folder: Path, size: int, seed: int = 1) -> Filled:
    """A store of so many posts in a folder; what is there already is kept, and the rest is added."""
    folder.mkdir(parents=True, exist_ok=True)
    there = (folder / "store.db").exists()
    db, material = new_store(folder), Material(seed)
    if there:
        first, second = (id for (id,) in db.execute("SELECT id FROM accounts ORDER BY id"))
        return Filled(db, (first, second), material)
    accounts = sign_in(db).id, sign_in(db, "acorn", "far-", letters="ac").id
    late = size // 10
    begun, people = time.monotonic(), SeenPeople()
    with transaction(db):
        w = Writing(db)
        homes = [feeds.feed_id(w, account, HOME) for account in accounts]
    stored = 0
    for which, count in ((0, size - late), (1, late)):
        made = _entries(material, which, count, size)
        while batch := list(islice(made, BATCH)):
            with transaction(db):
                feeds.file_entries(Writing(db, people=people), accounts[which], homes[which], batch)
            stored += len(batch)
            if stored % 50_000 == 0:
                print(f"{stored:,} posts after {time.monotonic() - begun:.0f} s", flush=True)
    return Filled(db, accounts, material)


def _entries(material: Material, which: int, count: int, size: int) -> Iterator[FeedEntry]:
    """What reaches an account, a minute between two posts of the first one's, over the same time for both."""
    step = size * MINUTE // count
    first = NOW - size * MINUTE
    for number in range(count):
        post = material.post(number + which * size, first + number * step)
        yield FeedEntry(SeenPost(post, PostView(str(number))), post.created_at, f"{which}-{number}")


def _person(number: int) -> Person:
    name = f"{LATIN[number % 22]}{LATIN[number // 22 % 22]}person{number}"
    return Person(
        PersonRef(NETWORK, f"https://town.example/{name}"), name, f"{name}@town.example", name
    )


def frequent(words: Sequence[str], place: int) -> str:
    """A word in ASCII at about that place among the most frequent ones."""
    return next(word for word in words[place:] if word.isascii() and len(word) > 2)
