"""How people answer the owner: who does, after how long, and what they say."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TypeAlias

from msgspec import Struct

from tui_inbox.core.asks import asks_something, only_thanks
from tui_inbox.core.post import Audience, Post
from tui_inbox.networks.demo.cast import BY_KEY, FRIENDS, OWNER, Circle
from tui_inbox.networks.demo.chance import Chance
from tui_inbox.networks.demo.chronicle import language_of
from tui_inbox.networks.demo.material import answers as said
from tui_inbox.networks.demo.town import Town
from tui_inbox.networks.demo.writing import Piece, id_of, short_name

_LEADING_NAMES = re.compile(r"^(?:@[\w.@-]+\s+)+")
_ASKING_WORD = re.compile(r"\b(where|when|how many|how much|how long|how|why|who|which|what)\b")
_YES_OR_NO = re.compile(
    r"^(?:and |but |so |well,? )*(?:do|does|did|is|are|was|were|can|could|will|would|shall|should|may"
    r"|have|has|had|isn't|aren't|don't|doesn't|won't|couldn't)\b"
)
_LONGEST_TALK = 4


class Reply(Struct, frozen=True):
    """Somebody will answer a post of the owner."""

    who: str
    post_id: str


class Mark(Struct, frozen=True):
    """Somebody will mark a post of the owner as a favourite."""

    who: str
    post_id: str


Reaction: TypeAlias = Reply | Mark


class Words(Struct, frozen=True):
    """What somebody answers.

    Attributes:
        is_last: nothing more comes of it, unless they are asked.
    """

    piece: Piece
    is_last: bool = False


def reactions(town: Town, post: Post, chance: Chance) -> list[tuple[float, Reaction]]:
    """Who reacts to a new post of the owner, and after how many seconds at ordinary speed."""
    post_id = id_of(post)
    named = [who for who in _named(town, post) if _answers(town, who)]
    found: list[tuple[float, Reaction]] = []
    if post.reply_to is not None:
        parent = town.posts.get(post.reply_to.server_id or "")
        author = short_name(parent.author) if parent else OWNER
        if author != OWNER and _answers(town, author):
            found += _answer(author, post_id, chance)
        if others := [who for who in named if who != author]:
            if author == OWNER or not _answers(town, author):
                found += _answer(others[0], post_id, chance)
            elif chance.happens(0.2):
                found.append((chance.between(25, 60), Reply(others[0], post_id)))
        return found
    for who in named[:2]:
        found += _answer(who, post_id, chance)
    quoted = town.quoted.get(post_id)
    if quoted in town.posts and _answers(town, author := short_name(town.posts[quoted].author)):
        found += _answer(author, post_id, chance)
    if found or post.audience is Audience.DIRECT:
        return found
    return _to_everybody(town, post, chance)


def voters(town: Town, post: Post, chance: Chance) -> list[tuple[float, str, int]]:
    """Who votes in a poll of the owner's: after how many seconds at ordinary speed, who, and for which place."""
    if post.poll is None or post.audience is Audience.DIRECT:
        return []
    friends = chance.shuffled([one.key for one in FRIENDS if not town.is_shut_out(one.key)])
    places = range(len(post.poll.options))
    return [
        (chance.between(5, 40) * (1 + number), who, chance.pick(places))
        for number, who in enumerate(friends[: 3 + chance.below(4)])
    ]


def _to_everybody(town: Town, post: Post, chance: Chance) -> list[tuple[float, Reaction]]:
    """Reactions to what the owner says to nobody in particular: a mark or two, an answer or two."""
    post_id = id_of(post)
    likely = [who for who in _audience_for(post, chance) if not town.is_shut_out(who)]
    found: list[tuple[float, Reaction]] = []
    for who, share, (soonest, latest) in zip(
        likely, (0.95, 0.35), ((7, 22), (35, 80)), strict=False
    ):
        if chance.happens(share):
            found.append((chance.between(soonest, latest), Reply(who, post_id)))
    for who, share in zip(reversed(likely), (0.9, 0.4), strict=False):
        if chance.happens(share):
            found.append((chance.between(4, 30), Mark(who, post_id)))
    return found


def _audience_for(post: Post, chance: Chance) -> list[str]:
    if speakers := said.SPEAKERS.get(post.language or ""):
        return chance.shuffled(speakers.split())
    friends = chance.shuffled([one.key for one in FRIENDS if one.language == "en"])
    topic = topic_of(post.text)
    experts = chance.shuffled(said.AT_HOME_WITH[topic].split()) if topic else []
    return list(dict.fromkeys([*experts, *friends]))[:5]


def _answer(who: str, post_id: str, chance: Chance) -> list[tuple[float, Reaction]]:
    """One person's answer, sometimes with a mark before it; newcomers are always glad."""
    one = BY_KEY[who]
    if one.patience is None:
        return []
    soonest, latest = one.patience
    found: list[tuple[float, Reaction]] = [(chance.between(soonest, latest), Reply(who, post_id))]
    if chance.happens(1.0 if one.circle is Circle.NEWCOMER else 0.3):
        found.append((chance.between(2, soonest), Mark(who, post_id)))
    return found


def _answers(town: Town, who: str) -> bool:
    return BY_KEY[who].patience is not None and not town.is_shut_out(who)


def _named(town: Town, post: Post) -> list[str]:
    keys = (town.key_of(mention.server_id) for mention in post.mentions)
    return [key for key in keys if key and key != OWNER]


# What they say


def words(
    town: Town, who: str, post: Post, chance: Chance, lately: Collection[str]
) -> Words | None:
    """What somebody answers to a post of the owner, or None when a nod is enough.

    Args:
        lately: what was said of late and is not to be said again so soon.
    """
    text = _LEADING_NAMES.sub("", post.text)
    parent_id = post.reply_to.server_id if post.reply_to else None
    parent = town.posts.get(parent_id or "")
    is_theirs = parent is not None and short_name(parent.author) == who
    nexts = town.nexts.get(parent_id or "", ()) if is_theirs else ()
    is_over = is_theirs and parent_id in town.closed
    if only_thanks(text):
        if is_over or chance.happens(0.4):
            return None
        return Words(Piece(_fresh(said.WELCOMES, chance, lately)), is_last=True)
    asked = asks_something(text)
    if (foreign := _foreign(who, post, parent)) is not None:
        key = (
            "answer" if asked else "closing" if is_over or _is_long(town, who, post) else "reaction"
        )
        return Words(Piece(_fresh(foreign[key], chance, lately)), is_last=key == "closing")
    if asked:
        return Words(Piece(_to_question(town, who, post, asked, chance, lately), nexts=nexts))
    if nexts:
        return Words(Piece(nexts[0], nexts=nexts[1:]), is_last=len(nexts) == 1)
    if is_over:
        return None
    if _is_long(town, who, post):
        return Words(Piece(_fresh(said.CLOSINGS, chance, lately)), is_last=True)
    return Words(Piece(_statement(town, who, post, text, chance, lately)))


def _statement(
    town: Town, who: str, post: Post, text: str, chance: Chance, lately: Collection[str]
) -> str:
    if post.reply_to is None and town.quoted.get(id_of(post)) is not None:
        return _fresh(said.QUOTED, chance, lately)
    topic = topic_of(text)
    own = said.REACTIONS.get(who, said.REACTIONS_OF_ANYBODY)
    if post.reply_to is None:
        return _fresh(said.BY_TOPIC[topic] if topic else said.ON_PLAIN_TEXT, chance, lately)
    reaction = _fresh(own, chance, lately)
    if BY_KEY[who].bot or not chance.happens(0.35):
        return reaction
    return f"{reaction} {_fresh(said.NEXT_QUESTIONS, chance, lately)}"


def _to_question(
    town: Town, who: str, post: Post, asked: str, chance: Chance, lately: Collection[str]
) -> str:
    if BY_KEY[who].bot:
        return _fresh(said.REACTIONS[who], chance, lately)
    if post.reply_to is None and who not in _named(town, post):
        return _fresh(said.HELP, chance, lately)
    return _fresh(said.TO_QUESTIONS[question_kind(asked)], chance, lately)


def question_kind(question: str) -> str:
    """What a question in English asks for: a key of the material's `TO_QUESTIONS`."""
    folded = question.lower()
    word = _ASKING_WORD.search(folded)
    if word is None or _YES_OR_NO.match(folded):
        return "yes or no"
    return "how many" if word[1].startswith("how m") else word[1]


def topic_of(text: str) -> str:
    """What a text is about, or an empty text."""
    folded = set(re.findall(r"[\w:]+", text.lower()))
    for topic, listed in said.TOPIC_WORDS.items():
        if any(word in folded or f"{word}s" in folded for word in listed.split()):
            return topic
    return ""


def _foreign(who: str, post: Post, parent: Post | None) -> dict[str, tuple[str, ...]] | None:
    """The texts in somebody's own language, where the conversation is held in it."""
    own = BY_KEY[who].language
    spoken = post.language or (parent.language if parent else None)
    if spoken != own or language_of(who, post.text) != own:
        return None
    return said.BY_LANGUAGE.get(own)


def _is_long(town: Town, who: str, post: Post) -> bool:
    """Whether somebody has said enough in the answers above."""
    count = 0
    above: Post | None = post
    while above is not None and above.reply_to is not None and count < _LONGEST_TALK:
        above = town.posts.get(above.reply_to.server_id or "")
        count += above is not None and short_name(above.author) == who
    return count >= _LONGEST_TALK


def _fresh(texts: tuple[str, ...], chance: Chance, lately: Collection[str]) -> str:
    """One of the texts, if possible one that was not said of late."""
    new = [text for text in texts if text not in lately]
    return chance.pick(new or texts)
