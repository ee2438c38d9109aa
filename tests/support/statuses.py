"""Statuses of a lively home timeline as a Mastodon server sends them, made up and always the same."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

from tui_inbox.core.moment import to_datetime
from tui_inbox.core.post import FeedEntry
from tui_inbox.networks.mastodon import wire
from tui_inbox.networks.mastodon.convert import Border, ReadPeople, to_entry
from tui_inbox.networks.wire_base import decode_list

START = 1_764_000_000_000
TEXT = (
    "the of and to a in is that for it as was with be by on not he this are or his from at which but have an had "
    "they you were bread bridge market garden bicycle train weather library letter window kitchen morning evening "
    "question answer friend neighbour tomato violin thread kettle ferry lantern"
)
WORDS = TEXT.split()
EMBELLISHED = ["🎉", "Grüße aus Köln", "これは日本語の投稿です", "l’été", "☕", "Привет"]


class World:
    """Statuses of a lively home timeline, the same for the same seed."""

    def __init__(self, authors: int = 2_000) -> None:
        self._random = random.Random(7)
        self._authors = authors

    def account(self, number: int) -> dict[str, Any]:
        name = f"{WORDS[number % len(WORDS)]}{number}"
        return {
            "id": str(200_000 + number),
            "username": name,
            "acct": f"{name}@far.example",
            "display_name": name.title(),
            "url": f"https://far.example/@{name}",
            "uri": f"https://far.example/users/{name}",
            "note": f"<p>{' '.join(WORDS[number % 20 : number % 20 + 12])}</p>",
            "fields": [{"name": "web", "value": "<a href='https://example.com/'>example.com</a>"}],
            "created_at": "2022-11-05T00:00:00.000Z",
            "avatar": "https://far.example/a.png",
        }

    def status(self, number: int) -> dict[str, Any]:
        pick = self._random
        original = self._original(number)
        if pick.random() > 0.25:
            return original
        boost = {**original, "id": f"b{number}", "uri": f"https://far.example/boosts/{number}"}
        return {**boost, "account": self.account(pick.randrange(self._authors)), "reblog": original}

    def _original(self, number: int) -> dict[str, Any]:
        pick = self._random
        text = " ".join(pick.choices(WORDS, k=pick.randint(8, 55)))
        if pick.random() < 0.3:
            text += " " + pick.choice(EMBELLISHED)
        status: dict[str, Any] = {
            "id": str(10**17 + number),
            "uri": f"https://far.example/users/x/statuses/{pick.getrandbits(48):x}{number}",
            "url": f"https://far.example/@x/{number}",
            "account": self.account(int(pick.paretovariate(1.1)) % self._authors),
            "created_at": f"{to_datetime(START + number * 1000):%Y-%m-%dT%H:%M:%S}.000Z",
            "visibility": "public",
            "language": "en",
        }
        if pick.random() < 0.3:
            named = self.account(pick.randrange(self._authors))
            status["mentions"] = [{k: named[k] for k in ("id", "username", "acct", "url")}]
            status["in_reply_to_id"] = str(10**17 + max(0, number - pick.randint(1, 400)))
            status["in_reply_to_account_id"] = named["id"]
            text = f'<a href="{named["url"]}" class="u-url mention">@{named["username"]}</a> {text}'
        if pick.random() < 0.3:
            text += ' <a href="https://example.com/a/long/path">example.com/a/long/path</a>'
        status["content"] = f"<p>{text}</p>"
        if pick.random() < 0.2:
            status["media_attachments"] = [{"id": "1", "type": "image", "description": text[:60]}]
        return status

    def batches(self, posts: int, size: int) -> Iterator[list[str]]:
        """The statuses as the wire carries them."""
        for first in range(0, posts, size):
            yield [json.dumps(self.status(n)) for n in range(first, min(first + size, posts))]


def converted(batch: list[str], people: ReadPeople | None = None) -> list[FeedEntry]:
    """The batch as entries of a feed.

    Args:
        people: those who were read before, as a connection to a server keeps them.
    """
    border = Border("https://home.example", "home.example", START * 2, people=people)
    statuses = decode_list(wire.Status, [json.loads(line) for line in batch])
    return [to_entry(status, border) for status in statuses]
