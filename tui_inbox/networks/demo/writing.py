"""The notation of the material, and how a text becomes a post.

Blocks are parted by blank lines. In a block, lines are joined by a space; `¶` begins a paragraph. Lines in
square brackets add what belongs to a post: `[picture: its alt text]` (also video, audio, file),
`[link: url | title | description]`, `[poll: one | two]`, `[warning: food]`, `[lang: de]`,
`[audience: direct]`, `[quote: who]`, `[gone: revoked]` (of a quote that is not shown),
`[to: words of the post that it answers]`, `[edit: the better text]`, `[boosted: who 5m | who 3m]`. A line that
begins with `<who>` or `<who 5m>` is an answer to what stands before it; `||` begins what the author says next,
once somebody answers. `{this|that}` are choices (`demo.phrases`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.moment import DAY, HOUR, MINUTE, Millis
from tui_inbox.core.person import Person
from tui_inbox.core.post import (
    Audience,
    Card,
    Media,
    MediaKind,
    Mention,
    Poll,
    PollOption,
    Post,
    PostRef,
    QuoteState,
    ReplyTo,
)
from tui_inbox.core.text import Link, safe_url
from tui_inbox.networks.demo.pictures import address_of

NETWORK = "demo"
HOME = "https://town.example"

_ATTRIBUTE = re.compile(r"\[(\w+)(?:: (.*))?\]")
_SPEAKER = re.compile(r"<(\w+)(?: (\w+))?> ?")
_AGE = re.compile(r"(\d+)([mhd])")
_UNITS: Mapping[str, Millis] = {"m": MINUTE, "h": HOUR, "d": DAY}
_SPAN = re.compile(r"https?://\S+|(?<!\w)@(\w+(?:@[\w.-]+\w)?)|(?<!\w)#(\w*[^\W\d]\w*)")
_POLL_LIFE: Millis = 5 * HOUR


class Piece(Struct, frozen=True):
    """What somebody says, before it is a post.

    Attributes:
        to: words of the post that it answers, where it must be a certain one.
        edited: the text to which the author changes it later.
        quotes: whose newest post it quotes.
        gone: why the post it quotes is not shown.
        boosted: who passed it on, and how long ago.
        nexts: what the author says next in this conversation.
        answers: what others say to it, each to the one before.
    """

    text: str
    warning: str = ""
    language: str = ""
    audience: Audience = Audience.PUBLIC
    media: tuple[Media, ...] = ()
    options: tuple[str, ...] = ()
    card: Card | None = None
    to: str = ""
    edited: str = ""
    quotes: str = ""
    gone: QuoteState | None = None
    boosted: tuple[tuple[str, Millis], ...] = ()
    nexts: tuple[str, ...] = ()
    answers: tuple[Spoken, ...] = ()


class Spoken(Struct, frozen=True):
    """A piece with its speaker's name, and how long ago it was said where the block tells."""

    who: str
    piece: Piece
    age: Millis | None = None


def blocks(material: str) -> list[str]:
    """The blocks of a text in the notation."""
    return [block for block in material.strip().split("\n\n") if block]


def age_of(text: str) -> Millis:
    """A span of time as `40m`, `5h` or `2d` in milliseconds."""
    match = _AGE.fullmatch(text)
    if match is None:
        raise ValueError(f"not an age: {text}")
    return int(match[1]) * _UNITS[match[2]]


def spoken(block: str, who: str = "") -> Spoken:
    """A block as its first speaker's piece, with all answers in it.

    Args:
        block: text in the notation, choices made.
        who: the speaker where the block does not begin with one.
    """
    parts: list[tuple[str, Millis | None, list[str]]] = [(who, None, [])]
    for line in block.split("\n"):
        if match := _SPEAKER.match(line):
            if parts[-1][2]:
                parts.append(("", None, []))
            age = age_of(match[2]) if match[2] else None
            parts[-1] = (match[1], age, [line[match.end() :]])
        else:
            parts[-1][2].append(line)
    others = tuple(Spoken(who, _piece(lines), age) for who, age, lines in parts[1:])
    who, age, lines = parts[0]
    return Spoken(who, _piece(lines, others), age)


def _piece(lines: list[str], answers: tuple[Spoken, ...] = ()) -> Piece:
    texts: list[str] = [""]
    piece = Piece("", answers=answers)
    for line in lines:
        if line.startswith("[") and (match := _ATTRIBUTE.match(line)):
            piece = _with_attribute(piece, match[1], match[2] or "")
            line = line[match.end() :].lstrip()
        if line.startswith("|| "):
            texts.append(line[3:])
        elif line:
            texts[-1] = joined(texts[-1], line)
    text, *nexts = [text.replace("¶", "\n\n") for text in texts]
    return replace(piece, text=text, nexts=tuple(nexts))


def joined(text: str, line: str) -> str:
    """Two lines of the notation as one; no space where a list of choices was broken."""
    if not text or text.endswith(("|", "{")) or line.startswith("|"):
        return text + line
    return f"{text} {line}"


def _with_attribute(piece: Piece, name: str, value: str) -> Piece:
    setter = _ATTRIBUTES.get(name)
    if setter is None:
        raise ValueError(f"unknown attribute: {name}")
    return setter(piece, value)


def _media(kind: MediaKind) -> Callable[[Piece, str], Piece]:
    def attached(piece: Piece, alt: str) -> Piece:
        address = address_of(alt) if kind is MediaKind.PICTURE else None
        return replace(piece, media=(*piece.media, Media(kind, address, alt)))

    return attached


def _card(piece: Piece, value: str) -> Piece:
    url, title, *rest = value.split(" | ")
    return replace(piece, card=Card(url, title, rest[0] if rest else ""))


def _boosted(piece: Piece, value: str) -> Piece:
    pairs = [name.split() for name in value.split(" | ")]
    return replace(piece, boosted=tuple((who, age_of(age)) for who, age in pairs))


_ATTRIBUTES: Mapping[str, Callable[[Piece, str], Piece]] = {
    **{kind.value: _media(kind) for kind in MediaKind},
    "link": _card,
    "boosted": _boosted,
    "poll": lambda piece, value: replace(piece, options=tuple(value.split(" | "))),
    "warning": lambda piece, value: replace(piece, warning=value),
    "lang": lambda piece, value: replace(piece, language=value),
    "audience": lambda piece, value: replace(piece, audience=Audience(value)),
    "quote": lambda piece, value: replace(piece, quotes=value),
    "gone": lambda piece, value: replace(piece, gone=QuoteState(value)),
    "to": lambda piece, value: replace(piece, to=value),
    "edit": lambda piece, value: replace(piece, edited=value),
}


def post_of(
    piece: Piece,
    author: Person,
    people: Mapping[str, Person],
    *,
    post_id: str,
    at: Millis,
    language: str,
    names: tuple[str, ...] = (),
    parent: Post | None = None,
    quoted: Post | None = None,
) -> Post:
    """A piece as the post of that id, with its links, mentions and tags found in the text.

    Args:
        people: everybody by short name, to know who is mentioned.
        language: where the piece does not say it.
        names: whom it begins with.
    """
    text = " ".join([*(f"@{name}" for name in names), piece.text]) if names else piece.text
    url = f"{HOME}/@{short_name(author)}/{post_id}"
    links, mentions, tags = spans(text, people)
    if piece.card is not None and piece.card.url not in text:
        start = len(text) + 1 if text else 0
        text = f"{text}\n{piece.card.url}" if text else piece.card.url
        links = (*links, Link(start, len(text), piece.card.url))
    poll = None
    if piece.options:
        options = tuple(PollOption(title) for title in piece.options)
        poll = Poll(f"{post_id}-poll", options, closes_at=at + _POLL_LIFE)
    return Post(
        PostRef(NETWORK, f"{HOME}/posts/{post_id}"),
        author,
        at,
        text,
        links,
        warning=piece.warning,
        sensitive=bool(piece.warning),
        language=piece.language or language,
        audience=piece.audience,
        url=url,
        reply_to=_reply_to(parent) if parent else None,
        mentions=mentions,
        tags=tags,
        media=piece.media,
        poll=poll,
        card=piece.card,
        quoted=quoted.ref if quoted else None,
        quote=piece.gone or (QuoteState.ACCEPTED if quoted else None),
    )


def _reply_to(parent: Post) -> ReplyTo:
    return ReplyTo(id_of(parent), parent.ref.uri, parent.author.server_id)


def spans(
    text: str, people: Mapping[str, Person]
) -> tuple[tuple[Link, ...], tuple[Mention, ...], tuple[str, ...]]:
    """The links of a text, whom it mentions (each once) and its tags (in lower case)."""
    if "@" not in text and "#" not in text and "://" not in text:
        return (), (), ()
    links: list[Link] = []
    mentions: dict[str, Mention] = {}
    tags: dict[str, None] = {}
    for match in _SPAN.finditer(text):
        end = match.end()
        if match[1]:
            named, _, host = match[1].lower().partition("@")
            person = people.get(named)
            if person is None or (host and host != person.handle.partition("@")[2]):
                continue
            mentions[person.server_id] = Mention(person.ref, person.server_id, person.handle)
            target = person.url
        elif match[2]:
            tags[match[2].lower()] = None
            target = safe_url(f"{HOME}/tags/{match[2].lower()}")
        else:
            end -= len(match[0]) - len(match[0].rstrip(".,;:!?)\"'»"))
            target = safe_url(text[match.start() : end])
        if target:
            links.append(Link(match.start(), end, target))
    return tuple(links), tuple(mentions.values()), tuple(tags)


def short_name(person: Person) -> str:
    """The first part of a handle: by it people are named in texts and in the material."""
    return person.handle.partition("@")[0]


def id_of(post: Post) -> str:
    """The server's id of a post of the town, which its URI ends with."""
    return post.ref.uri.rpartition("/")[2]


def stamped(at: Millis, name: str) -> str:
    """An id that holds its moment, so that a page can begin behind what is long deleted."""
    return f"{at:x}.{name}"


def moment_in(stamp: str) -> Millis | None:
    """The moment that an id was stamped with, or None where it is none of the town's."""
    moment, dot, _ = stamp.partition(".")
    try:
        return int(moment, 16) if dot else None
    except ValueError:
        return None
