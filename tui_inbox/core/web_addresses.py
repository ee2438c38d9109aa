"""Where web addresses stand in a text, by the rules by which X counts them. It takes linear time, whatever is written.

The rules are those of twitter-text, version 3 (`src/regexp/*.js`, `src/extractUrlsWithIndices.js`). There they are
one regular expression, which takes minutes for a thousand dots. Here a text is cut into runs of characters that hosts
are made of, and each run is looked at once, label by label.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeAlias

from msgspec import Struct
from regex import compile as pattern

IsTopLevel: TypeAlias = Callable[[str], bool]
"""Whether a label is a top-level domain."""

MOST_LABEL = 63
"""Characters of a label in Punycode (RFC 1035, section 2.3.4)."""
MOST = 4096
"""Characters of an address (twitter-text, `MAX_URL_LENGTH`)."""
MOST_SLUG = 40
"""Characters behind `t.co/` (twitter-text, `MAX_TCO_SLUG_LENGTH`)."""
LONGEST_TOP_LEVEL = 24

_CONTROLS = r"\u202A-\u202E\u061C\u200E\u200F\u2066-\u2069"
_SPACES = r"\u0009-\u000D\u0020\u0085\u00A0\u1680\u180E\u2000-\u200A\u2028\u2029\u202F\u205F\u3000"
_NO_LETTER = rf"""!'#%&()*+,\\/:;<=>?@\[\]\^{{|}}~$\uFFFE\uFEFF\uFFFF"`{_SPACES}{_CONTROLS}"""
_RUN = pattern(rf"[^{_NO_LETTER}]++")
"""Letters of labels, with `-`, `_` and `.`."""
_PROTOCOL = pattern(r"(?i)https?://\Z")
_NOT_BEFORE = pattern(r"[A-Za-z0-9@＠$#＃\uFFFE\uFEFF\uFFFF]")
"""What must not stand in front of an address."""
_JOINS = frozenset("-_./")
"""What must not stand in front of one without a protocol besides."""
_GOES_ON = pattern(r"[0-9a-zA-Z@+-]")
"""What must not follow a top-level domain."""
_ACCENTS = (
    r"\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u00FF\u0100-\u024F\u0253\u0254\u0256\u0257\u0259\u025B\u0263\u0268\u026F"
    r"\u0272\u0289\u028B\u02BB\u0300-\u036F\u1E00-\u1EFF"
)
_LATIN = pattern(rf"(?i)[a-z0-9{_ACCENTS}-]++")
_IN_PATH = rf"a-z\u0400-\u04FF0-9!*';:=+,.$/%#\[\]\u2013_~@|&{_ACCENTS}-"
_END_OF_PATH = rf"[+a-z\u0400-\u04FF0-9=_#/{_ACCENTS}-]"
_PARENS = rf"\((?:[{_IN_PATH}]++(?=\))|[{_IN_PATH}]*+\([{_IN_PATH}]++\)[{_IN_PATH}]*+)\)"
MOST_PORT = 7
"""Characters in which a port and the stroke behind it have room."""
_PORT = pattern(r":[0-9]++")
_PATH = pattern(rf"(?i)/(?:[{_IN_PATH}]++|{_PARENS})*+")
_PATH_ENDS = pattern(rf"(?i){_END_OF_PATH}|\)")
_QUERY = pattern(r"(?i)\?[a-z0-9!?*'@();:&=+$/%#\[\]_.,~|-]*+")
_QUERY_ENDS = pattern(r"(?i)[a-z0-9_&=#/-]")
_SHORTENED = pattern(
    r"(?i)https?://t\.co/([a-z0-9]+)(?:\?[a-z0-9!?*'@();:&=+$/%#\[\]_.,~|-]*[a-z0-9_&=#/-])?"
)


class Span(Struct, frozen=True):
    """A stretch of a text, counted in code points, its end exclusive."""

    start: int
    end: int


class _Label(Struct, frozen=True):
    """A part of a host between dots, with the place where it begins in the text."""

    text: str
    at: int


def find_addresses(text: str, is_top_level: IsTopLevel) -> Iterator[Span]:
    """Find the web addresses of a text, in their order.

    Args:
        text: in normal form C, as X counts it.
        is_top_level: says which labels are top-level domains.
    """
    at = 0
    while (run := _RUN.search(text, at)) is not None:
        begins = _protocol_before(text, run.start())
        find = _without_protocol if begins is None else partial(_with_protocol, begins=begins)
        spans, at = find(text, run.start(), run.end(), is_top_level)
        yield from spans


def _protocol_before(text: str, host: int) -> int | None:
    """Where the protocol in front of a host begins; None where there is none, or where nothing may begin."""
    found = _PROTOCOL.search(text, max(0, host - len("https://")), host)
    if found is None or (found.start() and _NOT_BEFORE.match(text, found.start() - 1)):
        return None
    return int(found.start())


_Found: TypeAlias = tuple[list[Span], int]
"""The addresses of a run, and where to look on."""


def _with_protocol(
    text: str, start: int, stop: int, is_top_level: IsTopLevel, *, begins: int
) -> _Found:
    labels = list(_labels(text, start, stop))
    ends = _Ends(text, labels, is_top_level)
    last = ends.farthest(0)
    if last is None or not _begins_well(labels[0].text, host=last == 1):
        return [], stop
    host_end = ends.end_of(last)
    end = _tail(text, host_end)
    shortened = _SHORTENED.match(text, begins, end)
    if shortened is not None and len(shortened[1]) > MOST_SLUG:
        return [], end
    if shortened is not None:
        end = int(shortened.end())
    is_one = _is_short_enough(text[begins:end], text[start:host_end])
    return [Span(begins, end)] if is_one else [], end


def _without_protocol(text: str, start: int, stop: int, is_top_level: IsTopLevel) -> _Found:
    """Addresses such as `example.com/path` in a run; only hosts in Latin letters are any without a protocol."""
    labels = list(_labels(text, start, stop))
    ends = _Ends(text, labels, is_top_level)
    found: list[Span] = []
    first = 0
    while first < len(labels):
        last = ends.farthest(first)
        begin = _first_start(text, labels[first], host=last == first + 1) if last else None
        if last is None or begin is None:
            first += 1
            continue
        host_end = ends.end_of(last)
        hosts: list[Span] = []
        if begin == 0 or text[begin - 1] not in _JOINS:
            hosts = list(_latin_hosts(text, begin, host_end, is_top_level))
        if host_end == stop:  # only there may port, path or query follow
            end = _tail(text, stop)
            has_path = end > stop and "/" in text[stop : stop + MOST_PORT]
            if hosts and has_path:
                hosts[-1] = Span(hosts[-1].start, end)
            return [*found, *hosts], end
        found += hosts
        first = last + 1
    return found, stop


def _first_start(text: str, label: _Label, *, host: bool) -> int | None:
    """Where an address may begin within its first label: not behind a letter or digit of ASCII."""
    for place in range(label.at, label.at + len(label.text)):
        may = place == 0 or not _NOT_BEFORE.match(text, place - 1)
        if may and _begins_well(text[place : label.at + len(label.text)], host=host):
            return place
    return None


def _latin_hosts(text: str, start: int, stop: int, is_top_level: IsTopLevel) -> Iterator[Span]:
    """The hosts in Latin letters within a host of any letters: behind `日本語example.com` it is `example.com`."""
    labels = list(_labels(text, start, stop))
    place = 0
    while place < len(labels) - 1:
        tail = _latin_end(labels[place].text)
        last = place
        while last + 1 < len(labels) and _LATIN.fullmatch(labels[last + 1].text):
            last += 1
        if tail and last > place:
            while last > place and not is_top_level(labels[last].text):
                last -= 1
            begin = labels[place].at + len(labels[place].text) - len(tail)
            end = labels[last].at + len(labels[last].text)
            if last > place and _is_short_enough(text[begin:end], text[begin:end]):
                yield Span(begin, end)
        place = last + 1


def _latin_end(label: str) -> str:
    """The Latin letters at the end of a label."""
    found = list(_LATIN.finditer(label))
    return str(found[-1][0]) if found and found[-1].end() == len(label) else ""


class _Ends:
    """For each label of a run, how far a host that begins there may reach. Made in one pass from the end.

    Args:
        text: the text.
        labels: those of the run.
        is_top_level: says which labels are top-level domains.
    """

    def __init__(self, text: str, labels: list[_Label], is_top_level: IsTopLevel) -> None:
        self._labels = labels
        count = len(labels)
        self._lengths = [_top_level_length(text, label, is_top_level) for label in labels]
        good = [_is_subdomain(label.text) for label in labels]
        self._latest = [-1] * count
        """The last label up to this one that may end a host: a top-level domain behind a name."""
        for i in range(1, count):
            ends = bool(self._lengths[i]) and _ends_well(labels[i - 1].text)
            self._latest[i] = i if ends else self._latest[i - 1]
        self._reach = [count - 1] * count
        """The label before which one stands that may be no part of a host."""
        for i in range(count - 2, -1, -1):
            self._reach[i] = self._reach[i + 1] if good[i + 1] else i + 1

    def farthest(self, first: int) -> int | None:
        """The label that ends the longest host that begins with this one; None where there is no host."""
        last = self._latest[self._reach[first]]
        return last if last > first else None

    def end_of(self, last: int) -> int:
        """Where the top-level domain in a label ends, in the text."""
        return self._labels[last].at + self._lengths[last]


def _labels(text: str, start: int, stop: int) -> Iterator[_Label]:
    at = start
    for label in text[start:stop].split("."):
        yield _Label(label, at)
        at += len(label) + 1


def _top_level_length(text: str, label: _Label, is_top_level: IsTopLevel) -> int:
    """How many characters of a label are a top-level domain that may end there; 0 for none."""
    for length in range(min(len(label.text), LONGEST_TOP_LEVEL), 0, -1):
        end = label.at + length
        if end < len(text) and _GOES_ON.match(text, end):
            continue
        if is_top_level(label.text[:length]):
            return length
    if len(label.text) > LONGEST_TOP_LEVEL and is_top_level(label.text):  # in Punycode
        return len(label.text)
    return 0


def _is_subdomain(label: str) -> bool:
    return bool(label) and label[0] not in "-_" and label[-1] not in "-_"


def _ends_well(label: str) -> bool:
    """Whether a label may stand before a top-level domain, as far as its end goes."""
    return bool(label) and label[-1] not in "-_" and ("_" not in label or label[0] not in "-_")


def _begins_well(label: str, *, host: bool) -> bool:
    """Whether a label, or the end of one, may be the first of a host.

    Args:
        label: what is left of it.
        host: whether a top-level domain follows, so that it must have no underscore.
    """
    return _is_subdomain(label) and not (host and "_" in label)


def _tail(text: str, at: int) -> int:
    """Where port, path and query behind a host end."""
    if (port := _PORT.match(text, at)) is not None:
        at = port.end()
    at = _ending(text, at, _PATH, _PATH_ENDS, least=1)
    return _ending(text, at, _QUERY, _QUERY_ENDS, least=2)


def _ending(text: str, at: int, whole: object, ends: object, *, least: int) -> int:
    """Where a part ends that must end in certain characters: what stands behind the last of them is not of it."""
    found = whole.match(text, at)  # type: ignore[attr-defined]  # regex has no public name for a pattern
    if found is None:
        return at
    end: int = found.end()
    while end - at >= least and not ends.match(text, end - 1):  # type: ignore[attr-defined]
        end -= 1
    return end if end - at >= least else at


def _is_short_enough(address: str, host: str) -> bool:
    """Whether an address is one in Punycode as well, where each label has its most letters."""
    longer = 0
    for label in host.split("."):
        written = label if label.isascii() else "xn--" + label.lower().encode("punycode").decode()
        size = len(written)
        if size > MOST_LABEL:
            return False
        longer += size - len(label)
    return len(address) + longer <= MOST
