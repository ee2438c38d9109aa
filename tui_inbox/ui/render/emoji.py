"""Emoji told in words, or left out: terminals disagree about how many cells they take, and some cannot show them.

The rule: what Unicode shows as a picture (`Emoji_Presentation`, or a sign that U+FE0F makes one) becomes its name
between colons, `:sparkles:`. Skin tones and hair are left out, several joined into one picture are joined by `+`, a
flag is `:flag de:`, and the same one several times in a row is told once with its count. A key (`1` in a box) becomes
its sign. Where a sign has a form as text, as ♥ and ✔ have, that stays. What would be nothing but emoji, as a name,
is told in words in any case. Shortcodes of servers are words already.

Only what is drawn is changed: texts are copied, answered and kept as they were written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar

from msgspec import Struct
from msgspec.structs import fields, replace

from tui_inbox.core.patterns import unicode
from tui_inbox.core.text import Link
from tui_inbox.queries.rows import PostRow
from tui_inbox.ui.services import Emoji

T = TypeVar("T")

Say: TypeAlias = Callable[[str], str]
"""What becomes of a run of emoji."""

_ONE = (
    r"(?:[\U0001f1e6-\U0001f1ff]{2}|(?:\p{Emoji_Presentation}|[\U0001f000-\U0001faff]|\p{Emoji}\ufe0f)"
    r"[\ufe0f\U0001f3fb-\U0001f3ff\U0001f9b0-\U0001f9b3\U000e0020-\U000e007f]*)"
)
_KEY = r"[0-9#*]\ufe0f?\u20e3"
_RUN = (
    rf"\u200d*(?:{_KEY}|{_ONE}(?:\u200d{_ONE})*)(?:[ ]?(?:{_KEY}|{_ONE}(?:\u200d{_ONE})*))*\u200d*"
)
_EACH = rf"{_KEY}|{_ONE}(?:\u200d{_ONE})*"
_MAYBE = re.compile("[\u20e3\u2139-\u27bf\u2934-\u3299\ufe0f\U0001f000-\U0001faff]")
"""Where nothing of this stands there is no emoji; most texts have none, and are not looked at closely."""

_UNSAID = re.compile(
    "[\ufe0f\u200d\U0001f3fb-\U0001f3ff\U0001f9b0-\U0001f9b3\U000e0020-\U000e007f]"
)
_FLAG = 0x1F1E6


def told(text: str, emoji: Emoji) -> str:
    """A text with its emoji as the owner wants them; clean text stays clean."""
    if emoji == "pictures" or text.isascii() or not _MAYBE.search(text):
        return text
    # Where nothing would be left, as of a name of emoji alone, words are told all the same.
    return _put(text, _ways(emoji)) or _put(text, in_words)


def runs(text: str) -> list[tuple[int, int]]:
    """Where in a text emoji stand: from where to where, one behind the other."""
    if not _MAYBE.search(text):
        return []
    return [run.span() for run in unicode(_RUN).finditer(text)]


def told_with_links(text: str, links: Sequence[Link], emoji: Emoji) -> tuple[str, tuple[Link, ...]]:
    """A text with its emoji told, and its links where they stand then."""
    if emoji == "pictures" or text.isascii() or not _MAYBE.search(text):
        return text, tuple(links)
    say = _ways(emoji) if _put(text, _ways(emoji)) else in_words
    made, moved, at = "", [], 0
    for link in links:
        made += _put(text[at : link.start], say)
        words = _put(text[link.start : link.end], say)
        if words:
            moved.append(Link(len(made), len(made) + len(words), link.url))
        made, at = made + words, link.end
    return made + _put(text[at:], say), tuple(moved)


def told_row(data: T, emoji: Emoji) -> T:
    """What a row shows, with emoji told in every text of it. What keys act on is another copy, and stays as it is.

    Args:
        data: structs, tuples and texts, in one another; anything else is left as it is.
        emoji: what the owner wants; nothing is done for `pictures`.
    """
    return data if emoji == "pictures" else _told_all(data, emoji)


def _told_all(data: Any, emoji: Emoji) -> Any:
    if type(data) is str:
        return told(data, emoji)
    if type(data) is tuple:
        return tuple(_told_all(one, emoji) for one in data)
    if not isinstance(data, Struct):
        return data
    before = {field.name: getattr(data, field.name) for field in fields(data)}
    after = {name: _told_all(value, emoji) for name, value in before.items()}
    if isinstance(data, PostRow):  # else its links would stand elsewhere in it
        after["text"], after["links"] = told_with_links(data.text, data.links, emoji)
    changed = {name: value for name, value in after.items() if value is not before[name]}
    return replace(data, **changed) if changed else data


def _put(text: str, say: Say) -> str:
    """The text with each run of emoji replaced; where one is left out, the blank behind it goes, too."""
    made, at = "", 0
    for run in unicode(_RUN).finditer(text):
        words = say(run[0])
        made += text[at : run.start()] + words
        at = run.end()
        if not words and text[at : at + 1] == " " and made[-1:] in ("", " ", "\n"):
            at += 1
    return (made + text[at:]).rstrip() if at == len(text) else made + text[at:]


def _ways(emoji: Emoji) -> Say:
    return in_words if emoji == "words" else without


@lru_cache(maxsize=512)
def without(run: str) -> str:
    """A run of emoji, left out; keys and signs that have a form as text stay."""
    kept = [_sign(one) for one in unicode(_EACH).findall(run)]
    return "".join(filter(None, kept))


@lru_cache(maxsize=512)
def in_words(run: str) -> str:
    """A run of emoji in words, those that are repeated counted."""
    counted: list[tuple[str, int]] = []
    for one in unicode(_EACH).findall(run):
        words = _sign(one) or f":{_name(one)}:"
        if counted and counted[-1][0] == words:
            counted[-1] = words, counted[-1][1] + 1
        else:
            counted.append((words, 1))
    return " ".join(f"{words} x{count}" if count > 1 else words for words, count in counted)


def _sign(one: str) -> str:
    """A key, or a sign with a form as text, as that; empty for any other."""
    if one[-1] == "\u20e3":
        return one[0]
    base = one.rstrip("\ufe0f")
    has_form = len(base) == 1 and ord(base) < 0x10000
    return base if has_form and not unicode(r"\p{Emoji_Presentation}").match(base) else ""


def _name(one: str) -> str:
    """What Unicode calls it."""
    said = _UNSAID.sub("", one) or one  # a tone for itself
    if _FLAG <= ord(said[0]) < _FLAG + 26:
        return "flag " + "".join(chr(ord(letter) - _FLAG + ord("a")) for letter in said)
    return "+".join(unicodedata.name(sign, "picture").lower() for sign in said)
