"""Searching as X does it: terms side by side must all be there, `OR` stands between weaker groups.

What is refused and what needs company is as in docs: posts/search/integrate/operators.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from support.fake_x.world import Post, World

Test: TypeAlias = Callable[[Post], bool]

LONGEST = 512
_TOKEN = re.compile(r'-?"[^"]*"|-?\(|\)|[^\s()]+')
_STANDALONE = ("from:", "to:", "conversation_id:", "url:", "quotes_of_tweet_id:", "list:")
_IN_COMPANY = ("is:", "has:", "lang:")


class BadQuery(Exception):
    """A query that is refused, with a sentence."""


def parse(query: str, world: World) -> Test:
    """What a query finds.

    Raises:
        BadQuery: the grammar refuses it.
    """
    if not query or len(query) > LONGEST:
        raise BadQuery(f"query length must be between 1 and {LONGEST}")
    parser = _Parser(_TOKEN.findall(query), world)
    test = parser.alternatives()
    if parser.tokens:
        raise BadQuery("mismatched parentheses")
    if not parser.stands:
        raise BadQuery("Rules must contain at least one positive, non-stopword, standalone clause")
    return test


class _Parser:
    def __init__(self, tokens: list[str], world: World) -> None:
        self.tokens = tokens
        self.world = world
        self.stands = False

    def alternatives(self) -> Test:
        tests = [self.terms()]
        while self.tokens and self.tokens[0] == "OR":
            self.tokens.pop(0)
            tests.append(self.terms())
        return lambda post: any(test(post) for test in tests)

    def terms(self) -> Test:
        tests: list[Test] = []
        while self.tokens and self.tokens[0] not in (")", "OR"):
            tests.append(self.term(self.tokens.pop(0)))
        if not tests:
            raise BadQuery("missing expression")
        return lambda post: all(test(post) for test in tests)

    def term(self, token: str) -> Test:
        if token == "-(":
            raise BadQuery("negation of a group is not supported")
        if token == "(":
            inner = self.alternatives()
            if not self.tokens or self.tokens.pop(0) != ")":
                raise BadQuery("mismatched parentheses")
            return inner
        is_negated, plain = token.startswith("-"), token.removeprefix("-")
        test = self.plain(plain, is_negated=is_negated)
        return (lambda post: not test(post)) if is_negated else test

    def plain(self, token: str, *, is_negated: bool) -> Test:
        name, colon, value = token.partition(":")
        if not colon or token.startswith('"'):
            self.stands = self.stands or not is_negated
            return _word(token)
        operator = name + ":"
        if operator in _STANDALONE:
            self.stands = self.stands or not is_negated
        elif operator not in _IN_COMPANY:
            raise BadQuery(f"Reference to invalid operator '{name}'")
        return self.operator(operator, value)

    def operator(self, operator: str, value: str) -> Test:
        world = self.world
        match operator:
            case "from:":
                return lambda post: world.users[post.author].username.lower() == value.lower()
            case "to:":
                return lambda post: _answers(world, post) == value.lower()
            case "conversation_id:":
                return lambda post: post.conversation == value and post.id != value
            case "is:" if value in ("reply", "quote", "retweet"):
                kind = {"reply": "replied_to", "quote": "quoted", "retweet": "retweeted"}[value]
                return lambda post: post.ref(kind) is not None
            case "has:" if value in ("media", "images", "links", "mentions", "hashtags"):
                return lambda post: _has(world, post, value)
            case "lang:":
                return lambda post: value == "en"
            case "quotes_of_tweet_id:":
                return lambda post: post.ref("quoted") == value
            case "url:":
                return lambda post: value.strip('"').lower() in post.text.lower()
        raise BadQuery(f"Reference to invalid operator '{operator}{value}'")


def _answers(world: World, post: Post) -> str | None:
    answered = world.posts.get(post.ref("replied_to") or "")
    return world.users[answered.author].username.lower() if answered else None


def _has(world: World, post: Post, what: str) -> bool:
    if what in ("media", "images"):
        return bool(post.media)
    if what == "mentions":
        return bool(world.mentioned(post))
    return ("http" if what == "links" else "#") in post.text


def _word(token: str) -> Test:
    words = re.findall(r"[\w#@$]+", token.strip('"').lower())

    def test(post: Post) -> bool:
        there = re.findall(r"[\w#@$]+", (post.note or post.text).lower())
        spans = range(len(there) - len(words) + 1)
        return bool(words) and any(there[at : at + len(words)] == words for at in spans)

    return test
