"""Text folded into lines of cells, without ever cutting through a character.

Widths are Rich's, because the widget crops and pads with them; what a terminal makes of a new emoji may
differ by a cell, which is why no row has anything at its right end.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from rich.cells import cell_len

from tui_inbox.core.patterns import plain, unicode
from tui_inbox.core.text import Link

_CLUSTER = r"\X"
_WORD = r"[^ \n]+| +|\n"

# Scripts written without spaces: a line may break between any two of their characters.
_ANYWHERE = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\u3000-\u303f\uff00-\uff60]"
_FIRST_MARK = "\u0300"  # below it nothing combines, and what is invisible was cleaned away
_NOT_FIRST = frozenset("、。，．！？；：）」』】〉》〕］｝,.!?;:)]}…ー々")
_NOT_LAST = frozenset("（「『【〈《〔［｛([{")

# Clean text of these alone needs neither Unicode's rules nor the package that knows them, which takes 15 ms to load:
# characters that join no other of them, flags, and emoji that are coloured or joined by ZWJ. Few and small ranges, as a
# class that spans the scripts of Asia takes `re` itself 4 ms.
_ALONE = (
    r"[\n -~\xa0-\u02ff\u2010-\u20c0\u2100-\u27bf\U0001f300-\U0001f3fa\U0001f400-\U0001f9ff]"
    r"[\ufe0f\U0001f3fb-\U0001f3ff]*+"
)
_SIMPLE_CLUSTER = rf"[\U0001f1e6-\U0001f1ff]{{2}}|{_ALONE}(?:\u200d{_ALONE})*+"
_NEVER_ANYWHERE = (("\0", "\u0e00"), ("\u2000", "\u2e80"), ("\U0001f300", "\U00020000"))


class Piece(Struct, frozen=True):
    """A run of text in one line that is all link or all not. `link` is its place among the links, or None."""

    text: str
    link: int | None = None


class _Atom(Struct, frozen=True):
    """A run that is not broken unless it is longer than a line: `text[start:end]`, some cells wide."""

    start: int
    end: int
    cells: int
    blank: bool = False
    ends_line: bool = False


def wrap(
    text: str, width: int, *, links: Sequence[Link] = (), most: int | None = None
) -> tuple[list[list[Piece]], int]:
    """Fold a text to a width.

    Args:
        text: clean text; its line breaks are kept.
        width: cells of a line, at least 2.
        links: links in the text, in order, never overlapping.
        most: how many lines at most.

    Returns:
        The lines, and how many lines were left out.
    """
    spans = _lines(text, max(2, width))
    left_out = 0
    if most is not None and len(spans) > most:
        left_out = len(spans) - most
        spans = spans[:most]
    return [_pieces(text, start, end, links) for start, end in spans], left_out


def cut(text: str, width: int) -> str:
    """As much of one line as fits; if something is left out, it ends in `…`."""
    return text if cell_len(text) <= width else cut_short(text, width)


def cut_short(text: str, width: int) -> str:
    """One line that goes on elsewhere: as much of it as leaves room for a `…` at its end."""
    if width > 0 and _is_plain(text[:width]):
        return text[: width - 1].rstrip() + "…"
    kept = used = 0
    for cluster in clusters(text):
        used += cell_len(cluster)
        if used > width - 1:
            break
        kept += len(cluster)
    return text[:kept].rstrip() + "…" if width > 0 else ""


DOT = " · "
"""Between two facts of a line."""


def flow(facts: Sequence[str], rooms: Sequence[int]) -> list[str]:
    """Facts laid into lines, none of them cut in its middle as long as it fits a line at all.

    Args:
        facts: what there is to say, the most important first.
        rooms: cells of each line there is; the first may have no room for anything, which leaves it empty.

    Returns:
        The lines; what found no place is counted at the end of the last: `… · and 2 more`.
    """
    lines: list[list[str]] = [[]]
    left = list(facts)
    while left and len(lines) <= len(rooms):
        room = rooms[len(lines) - 1]
        if cell_len(DOT.join([*lines[-1], left[0]])) <= room:
            lines[-1].append(left.pop(0))
        elif len(lines) == len(rooms):
            lines[-1] = _with_rest(lines[-1], left, room)
            break
        elif lines[-1] or room < max(rooms):
            lines.append([])
        else:
            lines[-1].append(cut(left.pop(0), room))
    return [DOT.join(line) for line in lines]


def _with_rest(line: list[str], left: Sequence[str], room: int) -> list[str]:
    """The last line, with a word on how much found no place; something is said in any case."""
    for kept in range(len(line), 0, -1):
        told = [*line[:kept], f"and {len(left) + len(line) - kept} more"]
        if cell_len(DOT.join(told)) <= room:
            return told
    return [cut((line or left)[0], room)]


def clusters(text: str) -> list[str]:
    """The characters of clean text as readers see them."""
    found: list[str] = plain(_SIMPLE_CLUSTER).findall(text)
    if sum(map(len, found)) < len(text):
        found = unicode(_CLUSTER).findall(text)
    return found


def _is_plain(text: str) -> bool:
    """Whether each character is one cell and stands for itself. Most words are; others are looked at closely."""
    return text.isascii() or max(text) < _FIRST_MARK


def _lines(text: str, width: int) -> list[tuple[int, int]]:
    """The spans of the lines, without the blanks at their ends."""
    lines: list[tuple[int, int]] = []
    start = end = used = 0
    for atom in _atoms(text, width):
        if atom.ends_line:
            lines.append((start, end))
            start = end = atom.end
            used = 0
        elif atom.blank:
            used += atom.cells
        elif used + atom.cells > width and end > start:
            lines.append((start, end))
            start, end, used = atom.start, atom.end, atom.cells
        else:
            if end == start and used and used + atom.cells > width:
                start, used = atom.start, 0  # blanks that fill a whole line say nothing
            end = atom.end
            used += atom.cells
    lines.append((start, end))
    return lines


def _atoms(text: str, width: int) -> list[_Atom]:
    """The runs that stay together."""
    atoms: list[_Atom] = []
    for match in plain(_WORD).finditer(text):
        run = match.group()
        if run == "\n":
            atoms.append(_Atom(match.start(), match.end(), 0, ends_line=True))
        elif run[0] == " ":
            atoms.append(_Atom(match.start(), match.end(), len(run), blank=True))
        elif len(run) <= width and _is_plain(run):
            atoms.append(_Atom(match.start(), match.end(), len(run)))
        else:
            atoms += _parts(run, match.start(), width)
    return atoms


def _parts(run: str, offset: int, width: int) -> list[_Atom]:
    """A word that has to be broken, or may be: between clusters, at places its script allows."""
    parts: list[_Atom] = []
    start = at = used = 0
    before = ""
    for cluster in clusters(run):
        cells = cell_len(cluster)
        if at > start and (used + cells > width or _may_break(before, cluster)):
            parts.append(_Atom(offset + start, offset + at, used))
            start, used = at, 0
        at += len(cluster)
        used += cells
        before = cluster
    parts.append(_Atom(offset + start, offset + len(run), used))
    return parts


def _may_break(before: str, after: str) -> bool:
    if after[0] in _NOT_FIRST or before[-1] in _NOT_LAST:
        return False
    return _is_anywhere(before) or _is_anywhere(after)


def _is_anywhere(cluster: str) -> bool:
    if any(first <= cluster[0] < behind for first, behind in _NEVER_ANYWHERE):
        return False
    return unicode(_ANYWHERE).match(cluster) is not None


def _pieces(text: str, start: int, end: int, links: Sequence[Link]) -> list[Piece]:
    """A line, parted where links begin and end."""
    pieces: list[Piece] = []
    at = start
    for place, link in enumerate(links):
        if link.end <= at or link.start >= end:
            continue
        if link.start > at:
            pieces.append(Piece(text[at : link.start]))
        at = min(link.end, end)
        pieces.append(Piece(text[max(link.start, start) : at], place))
    if at < end:
        pieces.append(Piece(text[at:end]))
    return pieces
