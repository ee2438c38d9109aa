"""What people write on the fake server: HTML as Mastodon makes it, with all that occurs in it."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

_WORDS = (
    "the of and to a in is that for it as was with be by on not he this are or his from at which but have an had "
    "they you were their one all we can her has there been if more when will would who so no release server kernel "
    "garden bicycle coffee train climate photo morning library terminal keyboard compiler federation instance "
    "moderation accessibility alt text timeline boost thread linux python textual widget latency museum river "
    "mountain bread sourdough translation archive protocol open standard community music record weather rain storm "
    "cat dog hedgehog bird owl zine print typography font emacs vim shell debugger patch review deploy incident"
)
WORDS = _WORDS.split()
FOREIGN = (
    "これは日本語の投稿です。今日は天気がいいですね",
    "Grüße aus Köln, schönes Wetter heute über dem Rhein",
    "Привет, сегодня хороший день для чтения",
    "مرحبا بالعالم هذا منشور تجريبي",
    "오늘도 좋은 하루 되세요",
    "Qu’est‑ce qu’on mange ce soir ?",
    "今天的新闻摘要:开源软件更新",
)
EMOJI = ("🎉", "🦣", "👍🏽", "👩‍💻", "🏳️‍🌈", "❤️", "🇩🇪", "☕", "👨‍👩‍👧‍👦", "✨")
TAGS = ("caturday", "linux", "python", "fediverse", "photography", "books", "music", "cycling")
ENTITIES = ("&amp;", "&lt;3 &#39;quoted&#39; &quot;x&quot;")

LONG = 20
"""Words from which a post has line breaks."""


def words(pick: random.Random, count: int) -> str:
    """So many words."""
    return " ".join(pick.choices(WORDS, k=count))


class Text:
    """One post's text, written piece by piece.

    Args:
        pick: decides everything.
        base_url: where tags lead.
        account: the entity of the person with a number.

    Attributes:
        tags: entities of the hashtags in it.
        mentions: entities of the people named in it.
    """

    def __init__(self, pick: random.Random, base_url: str, account: Callable[[int], Json]) -> None:
        self.tags: list[Json] = []
        self.mentions: list[Json] = []
        self._pick = pick
        self._base = base_url
        self._account = account

    def name(self, number: int) -> str:
        """Name a person: the markup, and an entity in `mentions`."""
        named = self._account(number)
        self.mentions.append({key: named[key] for key in ("id", "username", "url", "acct")})
        return (
            f'<span class="h-card" translate="no"><a href="{named["url"]}" class="u-url mention">'
            f"@<span>{named['username']}</span></a></span>"
        )

    def write(self, count: int, people: int) -> str:
        """So many words with what stands between them; mentions are of the first `people` people."""
        pieces = [self._piece(count, people) for _ in range(count)]
        if self._pick.random() < 0.08:
            pieces.append(self._pick.choice(FOREIGN))
        return " ".join(pieces)

    def _piece(self, count: int, people: int) -> str:
        pick = self._pick
        chance = pick.random()
        if chance < 0.020:
            return self._tag()
        if chance < 0.035:
            return self.name(pick.randint(1, people))
        if chance < 0.045:
            return self._link()
        if chance < 0.060:
            return pick.choice(EMOJI)
        if chance < 0.065:
            return ":blobcat:"
        if chance < 0.075:
            return pick.choice(ENTITIES)
        if chance < 0.085 and count > LONG:
            return "<br />"
        if chance < 0.095 and count > LONG:
            return "</p><p>"
        return pick.choice(WORDS)

    def _tag(self) -> str:
        tag = self._pick.choice(TAGS)
        url = f"{self._base}/tags/{tag}"
        self.tags.append({"name": tag, "url": url})
        return f'<a href="{url}" class="mention hashtag" rel="tag">#<span>{tag}</span></a>'

    def _link(self) -> str:
        """A link as Mastodon shortens it: the middle is shown, both ends are there but hidden."""
        rest = f"example.org/{'/'.join(self._pick.choices(WORDS, k=4))}"
        return (
            f'<a href="https://www.{rest}" target="_blank" rel="nofollow noopener" translate="no">'
            f'<span class="invisible">https://www.</span><span class="ellipsis">{rest[:30]}</span>'
            f'<span class="invisible">{rest[30:]}</span></a>'
        )
