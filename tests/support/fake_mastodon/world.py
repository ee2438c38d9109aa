"""What the fake server holds, made up when asked for: people, statuses and notifications.

A status is known by its index: 0 is the oldest, and the newest of the made-up ones stands at `posts` - 1.
Everything about it follows from the index, so nothing is kept and the same server comes back each time.
Statuses that arrive later are kept as what is special about them (`Live`). The text of every status begins
with its marker, `p0000042q` for index 42; a boost shows the marker of what it boosts.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field

from support.fake_mastodon.paging import Bounds, chosen
from support.fake_mastodon.prose import EMOJI, WORDS, Json, Text, words

from tui_inbox.core.moment import DAY, SECOND, Millis, to_datetime

FIRST_ID, ID_STEP = 113_000_000_000_000_000, 1_000_000_007
FIRST_PERSON_ID = 200_000
FIRST_NOTICE_ID = 900_000

MASTODON = "4.3.0"
NEWEST = 500
"""Posts that are looked at when a reader is compared with the server."""

OWNER = 0
PEOPLE = 401
"""The owner and those they follow. A prime: each of them writes every 401st status."""
STRIDE = 157
BETWEEN: Millis = 30 * SECOND
"""From one status to the next."""
NOTICE_EVERY = 97
"""One status in so many causes a notification, of these types in turn."""
NOTICE_TYPES = ("mention", "favourite", "mention", "reblog", "follow")
BOOST_EVERY = 7

HOSTS = ("mastodon.example", "hachyderm.example", "fosstodon.example", "social.example", "")
MARKS = frozenset({"favourited", "reblogged", "bookmarked", "muted", "pinned"})


@dataclass(frozen=True, slots=True)
class Live:
    """What is special about a status that was not there from the beginning.

    Attributes:
        author: number of whoever wrote it.
        html: its text, with `{marker}` in it; made up like all others if empty.
        author_name: overrides the author's display name.
        parent: id of what it answers.
        typed: what was typed, where a client wrote it.
        extras: what else its entity holds.
    """

    at: Millis
    author: int
    html: str = ""
    author_name: str = ""
    parent: str | None = None
    warning: str = ""
    visibility: str = "public"
    typed: str = ""
    extras: Json = field(default_factory=dict)


@dataclass(slots=True)
class World:
    """All that one fake server holds.

    Args:
        posts: how many statuses the home timeline has at the start.
        base_url: the server's own address.
        newest_at: when the newest of them was written.
        speed: how fast the server's clock runs.

    Attributes:
        version: what the server calls itself.
        streaming: address of the streaming API that it declares; empty for its own.
        began: seconds of the system's monotonic clock at which the server's own clock showed `began_at`.
        deleted: indexes of statuses that are gone.
        marks: what the owner did to a status, by index: some of `MARKS`.
    """

    posts: int
    base_url: str
    newest_at: Millis
    speed: float = 1.0
    version: str = MASTODON
    streaming: str = ""
    began: float = field(default_factory=time.monotonic)
    began_at: Millis = field(default_factory=lambda: time.time_ns() // 1_000_000)
    deleted: set[int] = field(default_factory=set)
    marks: dict[int, set[str]] = field(default_factory=dict)
    _live: list[Live] = field(default_factory=list)
    _people: dict[int, Json] = field(default_factory=dict)

    def now(self) -> Millis:
        """The server's clock."""
        return self.began_at + round((time.monotonic() - self.began) * self.speed * SECOND)

    @property
    def size(self) -> int:
        """How many statuses there are by now."""
        return self.posts + len(self._live)

    def add(self, live: Live) -> int:
        """Let a status appear; its index."""
        self._live.append(live)
        return self.size - 1

    def live_at(self, index: int) -> Live | None:
        """What is special about a status; None where it is one of the made-up ones."""
        return self._live[index - self.posts] if index >= self.posts else None

    def change(self, index: int, live: Live) -> None:
        """Let a status that was not there from the beginning be another one."""
        self._live[index - self.posts] = live

    def reset(self) -> None:
        """Forget everything that happened since the start."""
        self._live.clear()
        self.deleted.clear()
        self.marks.clear()
        self.version = MASTODON
        self.streaming = ""

    def account(self, number: int) -> Json:
        """The entity of a person: 0 is the owner, 1 to 400 are those the owner follows."""
        if number not in self._people:
            self._people[number] = self._person(number)
        return self._people[number]

    def _person(self, number: int) -> Json:
        pick = random.Random(number * 7 + 1)
        name = f"{pick.choice(WORDS)}{pick.choice(WORDS)[:4]}{number}"
        host = pick.choice(HOSTS)
        if number == OWNER:
            name, host = "bench", ""
        acct = f"{name}@{host}" if host else name
        url = f"{self.base_url}/@{acct}"
        shown = f"{name.title()} {pick.choice(EMOJI) if pick.random() < 0.3 else ''}".strip()
        return {
            "id": str(FIRST_PERSON_ID + number),
            "username": name,
            "acct": acct,
            "display_name": shown,
            "locked": pick.random() < 0.2,
            "bot": False,
            "group": False,
            "discoverable": True,
            "created_at": "2022-11-05T00:00:00.000Z",
            "note": f"<p>{words(pick, 12)}</p>",
            "url": url,
            "uri": f"{self.base_url}/users/{acct}",
            "avatar": f"{self.base_url}/avatars/{number}.png",
            "avatar_static": f"{self.base_url}/avatars/{number}.png",
            "header": f"{self.base_url}/header.png",
            "header_static": f"{self.base_url}/header.png",
            "followers_count": pick.randint(0, 5000),
            "following_count": pick.randint(0, 900),
            "statuses_count": pick.randint(1, 20_000),
            "last_status_at": "2022-11-05",
            "emojis": [],
            "fields": [{"name": "web", "value": "https://example.com/", "verified_at": None}],
        }

    def status(self, index: int) -> Json:
        """The entity of a status; it may be one that was deleted since."""
        if index >= self.posts:
            return self._arrived(index, self._live[index - self.posts])
        pick = random.Random(index * 31 + 7)
        if _is_boost(index):
            return self._boost(index, pick)
        return self._written(index, pick)

    def home(self, bounds: Bounds) -> list[int]:
        """A page of the home timeline, newest first."""
        return [i for i in chosen(range(self.size), bounds) if i not in self.deleted]

    def written_by(self, number: int, bounds: Bounds) -> list[int]:
        """A page of what one person wrote or boosted, newest first."""
        first = number * pow(STRIDE, -1, PEOPLE) % PEOPLE
        later = (self.posts + k for k, live in enumerate(self._live) if live.author == number)
        indexes = [*range(first, self.posts, PEOPLE), *later]
        return [i for i in chosen(indexes, bounds) if i not in self.deleted]

    def written(self) -> list[tuple[int, Live]]:
        """What the owner has written since the start, oldest first, with its index."""
        numbered = enumerate(self._live, self.posts)
        return [(index, live) for index, live in numbered if live.author == OWNER]

    def notices(self, bounds: Bounds) -> list[int]:
        """A page of the numbers of the owner's notifications, newest first."""
        return chosen(range(max(0, self.posts // NOTICE_EVERY)), bounds)

    def notice(self, number: int) -> Json:
        """The entity of a notification: somebody answered the owner, liked or boosted a post, or followed."""
        index = number * NOTICE_EVERY + NOTICE_EVERY // 2
        kind = NOTICE_TYPES[number % len(NOTICE_TYPES)]
        notice: Json = {
            "id": str(FIRST_NOTICE_ID + number),
            "type": kind,
            "created_at": iso(self._filed_at(index)),
            "account": self.account(author_of(index)),
            "group_key": f"ungrouped-{number}",
        }
        if kind != "follow":
            notice["status"] = self.status(index if kind == "mention" else _owners_last(index))
        return notice

    def around(self, index: int) -> tuple[list[int], list[int]]:
        """What a status answers, oldest first, and what answers it, among the made-up statuses near it."""
        above: list[int] = []
        parent = self._parent(index)
        while parent is not None and len(above) < 40:
            above.insert(0, parent)
            parent = self._parent(parent)
        near = range(index + 1, min(self.posts, index + PEOPLE))
        return above, [i for i in near if self._parent(i) == index]

    def _parent(self, index: int) -> int | None:
        """Which of the made-up statuses another one answers."""
        if index >= self.posts or _is_boost(index):
            return None
        if _is_mention(index):
            return _owners_last(index)
        if author_of(index) == OWNER:
            # Every other post of the owner's answers the last one that answered the owner.
            before = range(index - 1, max(0, index - PEOPLE), -1)
            is_answer = (index // PEOPLE) % 2 == 1
            return next(filter(_is_mention, before), None) if is_answer else None
        pick = random.Random(index * 17 + 3)
        near = index - pick.randint(1, 5)
        answers = pick.random() < 0.3 and near >= 0 and not _is_boost(near)
        return near if answers else None

    def _filed_at(self, index: int) -> Millis:
        return self.newest_at - (self.posts - 1 - index) * BETWEEN

    def _boost(self, index: int, pick: random.Random) -> Json:
        boosted = index - pick.randint(20, 90)
        while _is_boost(boosted):
            boosted -= 1
        inner = self.status(boosted)
        author = self.account(author_of(index))
        own: Json = {"uri": f"{author['uri']}/statuses/{id_of(index)}/activity", "url": None}
        own |= {"in_reply_to_id": None, "in_reply_to_account_id": None, "mentions": [], "tags": []}
        times = {"id": id_of(index), "created_at": iso(self._filed_at(index))}
        return {**inner, **own, **times, "account": author, "reblog": inner}

    def _written(self, index: int, pick: random.Random) -> Json:
        parent = self._parent(index)
        status = self._entity(index, self._filed_at(index), author_of(index))
        text = Text(pick, self.base_url, self.account)
        names = [] if parent is None else [text.name(author_of(parent))]
        count = max(3, min(90, int(pick.lognormvariate(3.0, 0.7))))
        prose = text.write(count, PEOPLE - 1)
        status["content"] = f"<p>{' '.join([marker_of(index), *names, prose])}</p>"
        status["tags"], status["mentions"] = text.tags, text.mentions
        if parent is not None:
            status["in_reply_to_id"] = id_of(parent)
            status["in_reply_to_account_id"] = str(FIRST_PERSON_ID + author_of(parent))
        if pick.random() < 0.05:
            status["spoiler_text"], status["sensitive"] = words(pick, 4), True
        self._add_extras(status, index, pick)
        return status

    def _add_extras(self, status: Json, index: int, pick: random.Random) -> None:
        """Pictures, polls and cards, as often as they occur."""
        if pick.random() < 0.2:
            status["media_attachments"] = [
                {
                    "id": str(index * 10 + number),
                    "type": "image",
                    "url": f"{self.base_url}/media/{index}-{number}.png",
                    "preview_url": f"{self.base_url}/media/{index}-{number}-small.png",
                    "remote_url": None,
                    "meta": {"original": {"width": 1200, "height": 800}},
                    "description": f"A photo of {words(pick, 10)}",
                    "blurhash": "UBL_:rOpGG-;oes:VYaK$$9F",
                }
                for number in range(pick.randint(1, 4))
            ]
        if pick.random() < 0.02:
            status["poll"] = {
                "id": str(index),
                "expires_at": iso(self._filed_at(index) + DAY),
                "expired": False,
                "multiple": False,
                "votes_count": 10,
                "voted": False,
                "own_votes": [],
                "options": [{"title": w, "votes_count": 5} for w in pick.choices(WORDS, k=3)],
            }
        if pick.random() < 0.1:
            status["card"] = {
                "url": "https://www.example.org/story",
                "title": f"Story: {words(pick, 6)}",
                "description": words(pick, 20),
                "type": "link",
                "provider_name": "Example",
            }

    def _arrived(self, index: int, live: Live) -> Json:
        status = self._entity(index, live.at, live.author)
        if live.author_name:
            status["account"] = {**status["account"], "display_name": live.author_name}
        if live.html:
            status["content"] = live.html.replace("{marker}", marker_of(index))
        else:
            pick = random.Random(index * 31 + 7)
            text = Text(pick, self.base_url, self.account)
            status["content"] = f"<p>{marker_of(index)} {text.write(20, PEOPLE - 1)}</p>"
            status["tags"], status["mentions"] = text.tags, text.mentions
        status["visibility"] = live.visibility
        status["spoiler_text"], status["sensitive"] = live.warning, bool(live.warning)
        parent = None if live.parent is None else index_of(live.parent)
        if parent is not None and parent < index:
            status["in_reply_to_id"] = live.parent
            status["in_reply_to_account_id"] = self.status(parent)["account"]["id"]
        return status | live.extras

    def _entity(self, index: int, at: Millis, author: int) -> Json:
        """A status with nothing special about it."""
        account = self.account(author)
        marks = self.marks.get(index, set())
        return {
            "id": id_of(index),
            "created_at": iso(at),
            "edited_at": None,
            "in_reply_to_id": None,
            "in_reply_to_account_id": None,
            "sensitive": False,
            "spoiler_text": "",
            "visibility": "public",
            "language": "en",
            "uri": f"{account['uri']}/statuses/{id_of(index)}",
            "url": f"{account['url']}/{id_of(index)}",
            "replies_count": index % 9,
            "reblogs_count": index % 300,
            "favourites_count": index % 900,
            **{mark: mark in marks for mark in MARKS},
            "content": "",
            "filtered": [],
            "reblog": None,
            "application": {"name": "Web", "website": None},
            "account": account,
            "media_attachments": [],
            "mentions": [],
            "tags": [],
            "emojis": [],
            "card": None,
            "poll": None,
        }


def marker_of(index: int) -> str:
    """The first word of a status: what to look for on a screen."""
    return f"p{index:07d}q"


def id_of(index: int) -> str:
    """The id of a status."""
    return str(FIRST_ID + index * ID_STEP)


def index_of(status_id: str) -> int | None:
    """The index of a status with that id; None where it is no such id."""
    number = int(status_id) - FIRST_ID if status_id.isdecimal() else -1
    return number // ID_STEP if number >= 0 and number % ID_STEP == 0 else None


def author_of(index: int) -> int:
    """Number of the person who wrote a made-up status."""
    return index * STRIDE % PEOPLE


def iso(moment: Millis) -> str:
    """A moment as Mastodon writes it."""
    return f"{to_datetime(moment):%Y-%m-%dT%H:%M:%S}.{moment % 1000:03d}Z"


def _notice_number(index: int) -> int | None:
    """The number of the notification that a status causes."""
    number, rest = divmod(index, NOTICE_EVERY)
    return number if rest == NOTICE_EVERY // 2 else None


def _is_mention(index: int) -> bool:
    number = _notice_number(index)
    return (
        number is not None
        and NOTICE_TYPES[number % len(NOTICE_TYPES)] == "mention"
        and author_of(index) != OWNER
    )


def _is_boost(index: int) -> bool:
    is_other = author_of(index) != OWNER and _notice_number(index) is None
    return index > 100 and index % BOOST_EVERY == 3 and is_other


def _owners_last(index: int) -> int:
    """The newest of the owner's statuses before an index. The owner wrote number 0 and each 401st."""
    return max(0, (index - 1) // PEOPLE * PEOPLE)
