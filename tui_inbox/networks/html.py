"""A post's HTML as clean text with links.

Mastodon lets a few elements through, other servers many more
(mastodon `lib/sanitize_ext/sanitize_config.rb`, gotosocial `internal/text/sanitize.go`).
Paragraphs, lists, quotes and preformatted text keep their form in plain text; unknown elements
keep their text; broken HTML is read as far as it makes sense.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from os.path import commonprefix

from msgspec import Struct

from tui_inbox.core.text import (
    ELLIPSIS,
    Link,
    RichText,
    clean,
    clean_fragment,
    clean_line,
    safe_url,
)
from tui_inbox.networks import markup

_MAX_HTML = 400_000  # characters that are looked at
_MAX_TEXT = 100_000
_KEPT_PROFILES = 1_024
_MAX_KEPT = 2_000  # characters of HTML; longer ones are read anew each time
_MAX_DEPTH = 64  # elements; deeper ones only keep their text
_MAX_BREAKS = 3  # two blank lines, as `clean` allows
_MAX_PREFIX = 24  # cells in front of a line; deeper quotes and lists look like the ones around

# What stands in lines of its own, and how many line breaks part it from its surroundings. Inside
# a list one is enough. Table cells are parted by a space.
_PARAGRAPH, _LINE, _CELL = 2, 1, 0
_EDGES = {
    name: edge
    for edge, names in (
        (_PARAGRAPH, "address article aside blockquote details div dl fieldset figure footer form"),
        (_PARAGRAPH, "h1 h2 h3 h4 h5 h6 header hr main nav ol p pre section table ul"),
        (_LINE, "caption dd dt figcaption legend li option summary tr"),
        (_CELL, "td th"),
    )
    for name in names.split()
}
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
_HIDDEN = frozenset(("invisible",))
_SPACES = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")
_INTEGER = re.compile(r"-?[0-9]{1,9}")


class _List(Struct):
    """An open list: the number of its next item, None for bullets, and the step to the next."""

    number: int | None = None
    step: int = 1


class _Element(Struct):
    """An open element and what its end brings back."""

    name: str
    prefix: str
    first: str | None
    hides: bool = False
    suffix: str = ""


def to_text(
    html: str, *, mentions: Sequence[tuple[str, str]] = (), drop_quote_inline: bool = False
) -> RichText:
    """Turn the HTML of a post, a note or a profile field into clean text with its links.

    Args:
        html: what the server sent; text without any tag is taken as it is, new lines included.
        mentions: for each person named: the address of their profile as in the HTML (`url`), and
            their handle (`acct`), which is shown in place of the link's own text.
        drop_quote_inline: whether the quoted post is at hand, so that the line that stands in for
            it ("RE: https://…") goes.
    """
    html = _within_limit(html)
    plain = _plain_text(html)
    if plain is not None:
        return RichText(plain)
    handles = {url: "@" + clean_line(handle) for url, handle in mentions}
    hidden = _HIDDEN | {"quote-inline"} if drop_quote_inline else _HIDDEN
    # Nearly all posts are clean. Only where one is not, each of its pieces is cleaned before it
    # takes its place, for then the offsets of the links are right from the start.
    text, links = _lay_out(html, handles, hidden, str)
    cleaned = clean(text, limit=_MAX_TEXT)
    if cleaned != text:
        text, links = _lay_out(html, handles, hidden, clean_fragment)
        cleaned = clean(text, limit=_MAX_TEXT)
    if len(cleaned) < len(text):
        links = [link for link in links if link.end < len(cleaned)]
    return RichText(cleaned, tuple(links))


def profile_text(html: str) -> str:
    """The text of a bio or of a field of a profile, as `to_text` gives it.

    Kept for a while: these come with every post of the same few people, and took half the time of reading it.
    """
    return _kept_text(html) if len(html) <= _MAX_KEPT else to_text(html).text


@lru_cache(maxsize=_KEPT_PROFILES)
def _kept_text(html: str) -> str:
    return to_text(html).text


def _within_limit(html: str) -> str:
    """Cut HTML of an unreasonable size, not inside a tag."""
    if len(html) <= _MAX_HTML:
        return html
    html = html[:_MAX_HTML]
    last_tag = html.rfind("<")
    return (html[:last_tag] if last_tag > html.rfind(">") else html) + ELLIPSIS


def _plain_text(html: str) -> str | None:
    """Return the text of HTML without tags or of one plain paragraph, None for any other."""
    if html.startswith("<p>") and html.find("<", 1) == len(html) - 4 and html.endswith("</p>"):
        text = _with_single_spaces(markup.decoded(html[3:-4])).strip(" ")
        return text if clean(text, limit=_MAX_TEXT) == text else None
    if "<" not in html or not markup.has_tags(html):
        return clean(markup.decoded(html), limit=_MAX_TEXT)
    return None


def _lay_out(
    html: str, handles: dict[str, str], hidden: frozenset[str], settle: Callable[[str], str]
) -> tuple[str, list[Link]]:
    layout = _Layout(handles, hidden, settle)
    layout.read(html)
    return "".join(layout.parts), layout.links


class _Layout:
    """Text under construction.

    White space and line breaks are held back until there is text behind them, so that nothing
    ever stands at the end of a line, and a link neither begins nor ends with a space.
    """

    def __init__(
        self, handles: dict[str, str], hidden: frozenset[str], settle: Callable[[str], str]
    ) -> None:
        self.parts: list[str] = []
        self.links: list[Link] = []
        self._handles = handles
        self._hidden_classes = hidden
        self._settle = settle
        self._length = 0
        self._waiting: list[str] = []  # text up to the next line break or edge of a link
        self._gap = ""  # white space before the next text of the same line
        self._breaks = 0  # line breaks before the next text
        self._prefix = ""  # what every line begins with
        self._first: str | None = None  # what the next line begins with instead
        self._last_prefix = ""
        self._elements: list[_Element] = []
        self._too_deep = 0
        self._hidden = 0
        self._preformatted = 0
        self._lists: list[_List] = []
        self._item_counts: Iterator[int] = iter(())
        self._url: str | None = None
        self._link_start: int | None = None

    def read(self, html: str) -> None:
        """Lay out the HTML, until there is more than the longest text."""
        if "reversed" in html:
            self._item_counts = iter(markup.item_counts(html))
        for text, name, closes, attributes in markup.pieces(html):
            if text and not self._hidden:
                self._waiting.append(markup.decoded(text))
            if closes:
                self._close(name)
            elif name:
                self._open(name, markup.attributes(attributes) if attributes else {})
            if self._length > _MAX_TEXT:
                break
        self._flush()
        self._end_down_to(0)

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        if name in _EDGES:
            self._separate(name)
        if name in _VOID:
            self._put_void(name, attributes)
            return
        if name in ("li", "p"):
            self._end_implied(name)
        count = next(self._item_counts, 0) if name == "ol" else 0
        if len(self._elements) == _MAX_DEPTH:
            self._too_deep += 1
            return
        element = _Element(name, self._prefix, self._first)
        classes = attributes.get("class", "").split()
        if name == "a":
            self._open_link(element, attributes.get("href", ""), classes)
        elif name in ("ol", "ul", "li"):
            self._open_list(name, attributes, count)
        elif name == "blockquote":
            self._indent("> ", "> ")
        elif name == "pre":
            self._preformatted += 1
        elif name == "rt":
            self._say("(")
            element.suffix = ")"
        elif "ellipsis" in classes:
            element.suffix = ELLIPSIS
        if name == "rp" or not self._hidden_classes.isdisjoint(classes):
            element.hides = True
        self._hidden += element.hides
        self._elements.append(element)

    def _put_void(self, name: str, attributes: dict[str, str]) -> None:
        if name == "br":
            self._flush()
            self._break(self._breaks + 1)
        elif name == "img":
            self._say(attributes.get("alt", ""))

    def _open_link(self, element: _Element, href: str, classes: list[str]) -> None:
        self._flush()
        self._end_link()
        self._url = safe_url(href)
        if href in self._handles and "mention" in classes and "hashtag" not in classes:
            self._say(self._handles[href])
            element.hides = True

    def _end_link(self) -> None:
        if self._url and self._link_start is not None:
            self.links.append(Link(self._link_start, self._length, self._url))
        self._url = self._link_start = None

    def _open_list(self, name: str, attributes: dict[str, str], count: int) -> None:
        """Begin a list or an item; a reversed list counts down from its number of items."""
        if name == "ul":
            self._lists.append(_List())
        elif name == "ol":
            step = -1 if "reversed" in attributes else 1
            number = _integer(attributes.get("start"), default=count if step < 0 else 1)
            self._lists.append(_List(number, step))
        else:
            marker = "• "
            items = self._lists[-1] if self._lists else _List()
            if items.number is not None:
                number = _integer(attributes.get("value"), default=items.number)
                items.number = number + items.step
                marker = f"{number}. "
            self._indent(marker, " " * len(marker))

    def _indent(self, first: str, others: str) -> None:
        """Put `first` in front of the next line and `others` in front of those behind it."""
        if len(self._prefix) >= _MAX_PREFIX:
            others = ""
        if self._first is not None or first != others:
            before = self._prefix if self._first is None else self._first
            self._first = before[:_MAX_PREFIX] + first
        self._prefix += others

    def _close(self, name: str) -> None:
        if self._too_deep:
            self._too_deep -= 1
            if name in _EDGES:
                self._separate(name)
            return
        if self._elements and self._elements[-1].name == name:
            self._end(self._elements.pop())
            return
        for index in range(len(self._elements) - 2, -1, -1):
            if self._elements[index].name == name:
                self._end_down_to(index)
                return

    def _end_implied(self, name: str) -> None:
        """End the item before an item, the paragraph before a paragraph, as HTML does."""
        for index in range(len(self._elements) - 1, -1, -1):
            opened = self._elements[index].name
            if opened == name:
                self._end_down_to(index)
                return
            if opened in _EDGES:
                return

    def _end_down_to(self, index: int) -> None:
        while len(self._elements) > index:
            self._end(self._elements.pop())

    def _end(self, element: _Element) -> None:
        self._hidden -= element.hides
        self._say(element.suffix)
        name = element.name
        if name == "a":
            self._flush()
            self._end_link()
        elif name in _EDGES:
            self._flush()
            if name == "pre":
                self._preformatted -= 1
            elif name in ("ol", "ul"):
                self._lists.pop()
            self._separate(name)
            self._prefix = element.prefix
            if self._first is not None:
                self._first = element.first

    def _say(self, text: str) -> None:
        if text and not self._hidden:
            self._waiting.append(text)

    def _separate(self, name: str) -> None:
        """Part what stands before and behind an edge of an element of `_EDGES`."""
        edge = _EDGES[name]
        if edge == _CELL:
            self._say(" ")
        else:
            self._flush()
            self._break(_LINE if self._lists else edge)

    def _break(self, lines: int) -> None:
        if self._length and not self._hidden:
            self._breaks = min(max(self._breaks, lines), _MAX_BREAKS)
            self._gap = ""

    def _flush(self) -> None:
        """Lay out the text that waits."""
        if not self._waiting:
            return
        text = self._settle("".join(self._waiting)[: _MAX_TEXT + 1])
        self._waiting.clear()
        if not self._preformatted:
            self._put(_with_single_spaces(text))
            return
        if self._breaks or not self._length:
            text = text.lstrip("\n")
        for number, line in enumerate(text.split("\n")):
            if number:
                self._break(self._breaks + 1)
            self._put(line)

    def _put(self, text: str) -> None:
        """Put text behind what is there; hold back the space at its end."""
        body = text.rstrip()
        held_back = text[len(body) :]
        if body:
            if self._breaks or not self._length:
                self._start_line()
                if not self._preformatted or not self._length:
                    self._gap, body = "", body.lstrip(" ")
            elif body[0] == " " and not self._preformatted:
                self._gap, body = " ", body.lstrip(" ")
            if self._url and self._link_start is None:
                indent = len(body) - len(body.lstrip())
                self._link_start = self._length + len(self._gap) + indent
            self._write(self._gap + body)
            self._gap = ""
        if held_back:
            self._gap = self._gap + held_back if self._preformatted else " "

    def _start_line(self) -> None:
        """Begin a line. A blank line within one quote belongs to the quote."""
        if self._breaks:
            shared = commonprefix((self._last_prefix, self._prefix))  # noqa: RUF071  # no paths
            self._write(("\n" + shared.rstrip()) * (self._breaks - 1) + "\n")
        self._write(self._prefix if self._first is None else self._first)
        self._breaks = 0
        self._first = None
        self._last_prefix = self._prefix

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self._length += len(text)


def _with_single_spaces(text: str) -> str:
    """Text with each run of white space as one space, no-break spaces kept; nearly all text is so already."""
    if "  " not in text and text.isprintable():
        return text
    return _SPACES.sub(" ", text)


def _integer(source: str | None, *, default: int) -> int:
    return int(source) if source and _INTEGER.fullmatch(source) else default
