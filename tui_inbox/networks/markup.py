"""The tags, attributes and character references of HTML as servers send it.

This is not `html.parser`: that takes quadratic time for broken tags (40 kB of "<a " took 7 s on
Python 3.11), and what it makes of them differs between versions. Here one pattern consumes every
character once.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

# A tag may end at the end of the text, and a comment or a script may have no end: each of them
# then takes all the rest, as in a browser, so that nothing is read twice.
_TAG = re.compile(
    r"<(?:"
    r"(?P<silent>script|style|template)(?=[\s/>])[^>]*+"
    r"(?:>.*?(?P<end></(?P=silent)(?=[\s/>])[^>]*+>)|.*)"
    r"|!--(?:.*?-->|.*)"
    r"|[!?][^>]*+>?"
    r"|(?P<slash>/)?(?P<name>[a-z][^\s/>]*+)"
    r"(?P<attributes>(?:[^>=]++|=\s*+(?:\"[^\"]*+\"?|'[^']*+'?)?)*+)>?"
    r")",
    re.IGNORECASE | re.DOTALL | re.ASCII,
)
_ATTRIBUTE = re.compile(
    r"([^\s\"'<>/=]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>][^\s>]*+)))?",
    re.ASCII,
)
_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")
_REFERENCE_IN_VALUE = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z0-9]{1,32});")


def pieces(source: str) -> Iterator[tuple[str, str, bool, str]]:
    """Take HTML apart. Scripts, styles, templates and comments are left out with their content.

    Yields:
        For each tag: the text in front of it as it is in the source; its name in lower case, empty
        for a comment; whether it is an end tag; the source of its attributes. In the end the text
        behind the last tag, with empty values.
    """
    position = 0
    for match in _tags(source):
        silent, end, slash, name, attributes = match.groups()
        text = source[position : match.start()]
        if silent and not end:
            yield text, "", False, ""
            return
        yield text, name.lower() if name else "", slash is not None, attributes or ""
        position = match.end()
    yield source[position:], "", False, ""


def has_tags(source: str) -> bool:
    """Whether there is any tag in the text."""
    return next(_tags(source), None) is not None


def attributes(source: str) -> dict[str, str]:
    """Read the attributes of a tag, values decoded. The first of a name counts, as in browsers."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(source):
        value = double or single or bare
        found.setdefault(name.lower(), _decoded(value, _REFERENCE_IN_VALUE))
    return found


def decoded(source: str) -> str:
    """Decode the character references of a text, once."""
    return _decoded(source, _REFERENCE)


def item_counts(source: str) -> list[int]:
    """Count the items of each numbered list, in the order in which the lists begin."""
    counts: list[int] = []
    inside: list[int | None] = []  # the open lists: index in `counts`, None for one with bullets
    for _, name, closes, _ in pieces(source):
        if name in ("ol", "ul") and closes:
            del inside[-1:]
        elif name == "ul":
            inside.append(None)
        elif name == "ol":
            inside.append(len(counts))
            counts.append(0)
        elif name == "li" and not closes and inside and inside[-1] is not None:
            counts[inside[-1]] += 1
    return counts


def _tags(source: str) -> Iterator[re.Match[str]]:
    """Find the tags. Behind the last ">" there is none: what looks like one there is text."""
    return _TAG.finditer(source, 0, source.rfind(">") + 1)


def _decoded(source: str, references: re.Pattern[str]) -> str:
    return references.sub(_character, source) if "&" in source else source


def _character(match: re.Match[str]) -> str:
    """Decode one reference as HTML5 does, except that control characters come out as they are.

    `html.unescape` drops ESC and leaves the rest of its sequence for people to read, and it raises
    on numbers of thousands of digits.
    """
    reference: str = match[0]
    if reference[1] != "#":
        return html.unescape(reference)
    digits = reference[2:].rstrip(";").lstrip("xX0")
    if len(digits) > 7:
        return "\ufffd"
    number = int(digits or "0", 16 if reference[2] in "xX" else 10)
    return chr(number) if number < 0x20 else html.unescape(f"&#{number};")
