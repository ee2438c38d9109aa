r"""Text from outside: made safe to show, cut and measured; links made safe to open.

Servers, feeds and error bodies may hold anything. What passes `clean` or `clean_line` holds
nothing that steers a terminal, turns the reading direction, hides, or piles up over other lines.
The rules, in the order in which they are applied:

1. Whole terminal sequences go (ECMA-48 and xterm: CSI, OSC, DCS, APC, PM, SOS, ESC x). One without
   an end goes up to the end of its line. An 8-bit introducer without an end goes alone, unless an
   OSC number follows it: text that was decoded wrongly is full of such bytes ("â\x80\x9d").
2. \r\n, \r, U+2028 and U+2029 become \n, a tab becomes four spaces. All other control characters,
   lone surrogates, noncharacters, bidi controls and invisible characters go.
3. What is invisible but needed stays where it is needed: U+FE0E/F behind an emoji or in a keycap,
   ZWJ between two emoji (at most eight in one), tags in a well-formed flag, and one ZWJ, ZWNJ or
   Mongolian selector at a time behind a letter of a script that joins (Arabic, Indic and kin).
4. One base carries at most eight combining marks, of them at most four that fit any script:
   no language needs more, "zalgo" does.
5. The rest is composed (NFC).

All patterns run in linear time whatever the input is.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

from msgspec import Struct

from tui_inbox.core.patterns import unicode

ELLIPSIS = "…"
_GRAPHEME = r"\X"

# Only the patterns that every text meets are compiled here. `re` compiles the others when they
# are first needed, and keeps them: they would double the time in which a verb starts.

# Rule 1. A string's body stops at every other control function: no character is read three times.
_SEQUENCE = (
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x18\x1a\x1b\x80-\x9f]*+(?:\x07|\x1b\\|\x9c)"
    r"|(?:\x1b[\]PX^_]|\x9d[0-9]+;)[^\n\x07\x18\x1a\x1b\x80-\x9f]*"
    r"|\x1b[ -/]*[0-~]?"
)
_INTRODUCER = r"[\x1b\x80-\x9f]"

# Rule 2. Invisible: Unicode's Default_Ignorable_Code_Point and its format controls, less what
# rule 3 looks at. U+2800 (the empty braille cell) stays: pictures are made of it. Planes 4 to 13
# hold no characters. `_SUSPECT` is wider up there, as each range beyond U+FFFF costs `re` time.
_NEVER_BMP = (
    r"\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    r"\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0d\ufeff\uffa0"
    r"\ufff0-\ufffc\ufffe\uffff"
)
_NEVER = (
    rf"[{_NEVER_BMP}\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    r"\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe-\U000dffff\U000e1000-\U000effff"
    r"\U000ffffe\U000fffff\U0010fffe\U0010ffff]"
)
_NEEDS_BASE_BMP = r"\u180b-\u180d\u180f\u200c\u200d\ufe0e\ufe0f"
_SUSPECT = re.compile(
    rf"[{_NEVER_BMP}{_NEEDS_BASE_BMP}\U00013430-\U0001d17a\U0001fffe\U0001ffff"
    r"\U0002fffe-\U0010ffff]"
)

# Rules 3 and 4. `re` knows no \p{M}: marks are in the class of what is neither letter, digit,
# space, ASCII nor emoji, and `_sift` tells them from the symbols in it.
_PICTOGRAPHIC = (  # the blocks that hold Unicode's Extended_Pictographic
    r"\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2934\u2935"
    r"\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa"
    r"\U0001f400-\U0001faff\U0001fc00-\U0001fffd"
)
_MARK_LIKE = rf"[^\w\s\x00-\x7f{_PICTOGRAPHIC}]"
_MARK_RUN = re.compile(_MARK_LIKE + "{5}")
_EMOJI = rf"[{_PICTOGRAPHIC}][\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]?"
_FLAG = (
    r"\U0001f3f4[\U000e0061-\U000e007a]{2}[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,4}"
    r"\U000e007f"
)
_UNIT = rf"(?P<emoji>{_FLAG}|{_EMOJI}(?:\u200d{_EMOJI}){{0,7}}|[0-9#*]\ufe0f\u20e3)|{_MARK_LIKE}+"
# Of each range the first character and the one behind it, for `_within`.
_JOINING = (
    "\u0600\u0e00\u0f00\u10a0\u1780\u18b0\u1900\u1d00\ua800\uac00\ufb50\ufe00\ufe70\ufefd"
    "\U00010a00\U00012000\U0001e900\U0001e960"
)
_ANY_SCRIPT = "\u0300\u0370\u0483\u048a\u1ab0\u1b00\u1dc0\u1e00\u20d0\u2100\ufe20\ufe30"
_FIRST_TAG, _LAST_TAG = "\U000e0000", "\U000e0fff"
_JOINERS = frozenset("\u180b\u180c\u180d\u180f\u200c\u200d")
_EMOJI_SELECTORS = frozenset("\ufe0e\ufe0f")
_MAX_MARKS = 8
_MAX_ANY_SCRIPT = 4

_HANGUL_TAIL = "\u1160\u1200\ud7b0\ud800"
_LONGEST_GRAPHEME = 64  # one without an end (chains of Hangul or virama) may be cut inside
# After these a new grapheme begins for certain, so that not all of a long text need be measured.
_SURE_BREAK = r"\n|[ -~](?=[ -~])|[\u3041-\u3096\u4e00-\u9fff](?=[\u3041-\u3096\u4e00-\u9fff])"

_PLAIN_URL = re.compile(
    r"https?://[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*(?::[0-9]{1,4})?"
    r"(?:/[A-Za-z0-9!#$%&'()*+,/:;=?@\[\]~._-]*)?"
)
_URL = r"(?ai)(https?)://([^/?#]+)([/?#].*)?"
_NOT_IN_URL = r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff]"
_AUTHORITY = r"(\[[0-9a-f]*:[0-9a-f:.]*\]|[^:\[\]]+?)\.?(?::([0-9]{0,5}))?"
_LABEL = r"[a-z0-9_-]{1,63}"
_TO_QUOTE = r"[^A-Za-z0-9!#$%&'()*+,/:;=?@\[\]~._-]+"
_MAX_URL = 2048
_ADDRESS = r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]'…]"


class Link(Struct, frozen=True):
    """A link in a text: `text[start:end]`, in code points, opens `url` (from `safe_url`)."""

    start: int
    end: int
    url: str


class RichText(Struct, frozen=True):
    """Clean text with its links, in order and without overlaps."""

    text: str
    links: tuple[Link, ...] = ()


def clean(text: str, *, limit: int = 100_000) -> str:
    """Make text of several lines from outside safe to store and show. Idempotent.

    Besides the rules of the module: white space at the ends of lines and around the text goes, at
    most two blank lines in a row stay, and text of more than `limit` code points (at least 1) is
    cut between two graphemes and ends with "…".
    """
    text, reached = _within_reach(text, limit)
    return _cap(_tidy(_settle(text)), limit, reached)


def clean_line(text: str, *, limit: int = 500) -> str:
    """Make one line of text from outside (name, title, alt text, error) safe to store and show.

    Like `clean`; besides, each run of white space, new lines too, becomes one space.
    """
    if (
        len(text) <= limit and text.isascii() and text.isprintable()
    ):  # most are, and every post has eight
        return " ".join(text.split())
    text, reached = _within_reach(text, limit)
    return _cap(" ".join(_settle(text).split()), limit, reached)


def clean_fragment(text: str) -> str:
    """Clean one run of a longer text, in such a way that joined fragments are clean.

    What would attach itself to the fragment before (marks, Hangul vowels and finals) goes. White
    space is left to the caller, who lays the fragments out.
    """
    text = _settle(text)
    start = 0
    while start < len(text) and _attaches(text[start]):
        start += 1
    return text[start:]


def is_clean(text: str) -> bool:
    """Whether every character may be shown: what the renderer asserts. New lines may be in it."""
    return _purge(text) == text


def graphemes(text: str) -> int:
    """Count the characters as readers see them (extended grapheme clusters, UAX #29)."""
    if text.isascii() and "\r" not in text:
        return len(text)
    return len(unicode(_GRAPHEME).findall(text))


def grapheme_list(text: str) -> list[str]:
    """The characters as readers see them."""
    found: list[str] = unicode(_GRAPHEME).findall(text)
    return found


def cut(text: str, count: int) -> str:
    """Return the first `count` graphemes of the text."""
    end = 0
    for number, match in enumerate(unicode(_GRAPHEME).finditer(text)):
        if number == count:
            return text[:end]
        end = match.end()
    return text


def safe_url(url: str) -> str | None:
    """Return a link from outside in the form in which it may be shown and opened, else None.

    Only http and https with a host pass, up to 2,048 characters, without white space, controls or
    a user part (`https://bank.example@evil.example`). The result is ASCII: other scripts in the
    host become punycode, so that look-alikes show, and are percent-encoded behind it. Idempotent.
    """
    if len(url) <= _MAX_URL and _PLAIN_URL.fullmatch(url):
        return url
    url = url.strip()
    if len(url) > _MAX_URL or re.search(_NOT_IN_URL, url):
        return None
    parts = re.fullmatch(_URL, url)
    authority = re.fullmatch(_AUTHORITY, parts[2].lower()) if parts else None
    host = _ascii_host(authority[1]) if authority else None
    if parts is None or authority is None or host is None or int(authority[2] or 0) > 0xFFFF:
        return None
    port = f":{authority[2]}" if authority[2] else ""
    rest = re.sub(_TO_QUOTE, _percent_encoded, parts[3] or "")
    safe = f"{parts[1].lower()}://{host}{port}{rest}"
    return safe if len(safe) <= _MAX_URL else None


def display_host(url: str) -> str:
    """Return the host to show for a link, without "www."; empty where `safe_url` refuses it."""
    parts = re.fullmatch(_URL, safe_url(url) or "")
    return parts[2].removeprefix("www.") if parts else ""


def addresses_in(text: str) -> tuple[Link, ...]:
    """The web addresses in a clean text that may be opened, as servers will link them: without signs at their end."""
    found = ((one.start(), one.end(), safe_url(one[0])) for one in re.finditer(_ADDRESS, text))
    return tuple(Link(start, end, url) for start, end, url in found if url)


def _within_reach(text: str, limit: int) -> tuple[str, bool]:
    """Leave out what would only count if three quarters of the text were noise."""
    reach = max(4 * limit, 4096)
    return text[:reach], len(text) <= reach


def _settle(text: str) -> str:
    """Apply all rules. Composing may take marks apart or bring them closer: purge once more."""
    text = _purge(text)
    if not unicodedata.is_normalized("NFC", text):
        text = _purge(unicodedata.normalize("NFC", text))
    return text


def _purge(text: str) -> str:
    """Apply rules 1 to 4. Nearly all text takes the short way, in a few µs."""
    if text.isascii():
        if text.replace("\n", "").isprintable():
            return text
    elif not _SUSPECT.search(text) and not _MARK_RUN.search(text):
        return text
    if re.search(_INTRODUCER, text):
        text = re.sub(_SEQUENCE, "", text)
    for new_line in ("\r\n", "\r", "\u2028", "\u2029"):
        text = text.replace(new_line, "\n")
    text = text.replace("\t", "    ")
    return re.sub(_UNIT, _unit, re.sub(_NEVER, "", text))


def _unit(match: re.Match[str]) -> str:
    """Keep a well-formed emoji; sift what stands behind any other character."""
    if match["emoji"]:
        return match[0]
    start = match.start()
    return _sift(match[0], match.string[start - 1] if start else "")


def _sift(run: str, base: str) -> str:
    """Keep what may follow `base` out of marks, joiners, selectors and tags; symbols stay.

    Whether a joiner stays depends on its base alone, not on the marks between, which NFC may sort.
    Behind the first mark too many all of them go up to the next base: the rest is still composed.
    """
    kept: list[str] = []
    joins = _within(base, _JOINING)
    marks = any_script = 0
    for character in run:
        if character in _JOINERS:
            if joins and marks <= _MAX_MARKS and not (kept and kept[-1] in _JOINERS):
                kept.append(character)
        elif character in _EMOJI_SELECTORS or _FIRST_TAG <= character <= _LAST_TAG:
            continue
        elif _is_mark(character):
            any_script += _within(character, _ANY_SCRIPT)
            marks = _MAX_MARKS + 1 if any_script > _MAX_ANY_SCRIPT else marks + 1
            if marks <= _MAX_MARKS:
                kept.append(character)
        else:
            kept.append(character)
            joins = _within(character, _JOINING)
            marks = any_script = 0
    return "".join(kept)


def _within(character: str, edges: str) -> bool:
    """Whether a character is in one of the ranges between each two of the edges."""
    return bisect_right(edges, character) % 2 == 1


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M"


def _attaches(character: str) -> bool:
    return character in _JOINERS or _is_mark(character) or _within(character, _HANGUL_TAIL)


def _tidy(text: str) -> str:
    """Trim lines and text; leave two blank lines in a row at most."""
    if "\n" in text:
        text = "\n".join([line.rstrip() for line in text.split("\n")])
        text = re.sub(r"\n{4,}", "\n\n\n", text)
    return text.strip("\n ").rstrip()


def _cap(text: str, limit: int, reached: bool) -> str:
    """Cut the text to `limit` code points, "…" included, if it is longer or was cut before."""
    if reached and len(text) <= limit:
        return text
    near = max(0, limit - 1_000)
    sure = re.search(_SURE_BREAK, text[near:limit])
    end = near + sure.end() if sure else 0
    for match in unicode(_GRAPHEME).finditer(text, end, limit):
        end = match.start()
    if end < limit - _LONGEST_GRAPHEME:
        end = limit - 1  # this may cut an emoji in two
    return _purge(text[:end]).rstrip() + ELLIPSIS


def _ascii_host(host: str) -> str | None:
    """Return a lower-case host in ASCII (RFC 3492 behind NFKC, as browsers do), None if it is none.

    Python's own `idna` codec follows the rules of 2003, by which "ß" leads to another host.
    """
    if host.startswith("["):
        return host
    host = unicodedata.normalize("NFKC", host).lower().replace("\u3002", ".")
    labels = []
    for label in host.split("."):
        if not label.isascii():
            if any(unicodedata.category(character)[0] in "CZ" for character in label):
                return None
            plain = "".join(character for character in label if character.isascii())
            if plain and not re.fullmatch(_LABEL, plain):
                return None
            label = "xn--" + label.encode("punycode").decode("ascii")
        if not re.fullmatch(_LABEL, label):
            return None
        labels.append(label)
    return ".".join(labels)


def _percent_encoded(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())
