"""Text folded into lines of cells, without ever cutting through a character.

Widths are Rich's, because the widget crops and pads with them, and room is kept for what a terminal may make of the
rest (`reach`), which is why no row has anything at its right end.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct
from rich.cells import cell_len

from tui_inbox.core.patterns import plain, unicode
from tui_inbox.core.text import Link
from tui_inbox.ui.render.reach import clusters, is_loose, spread, spread_of

_WORD = r"[^ \n]+| +|\n"

# Scripts written without spaces: a line may break between any two of their characters.
_ANYWHERE = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\u3000-\u303f\uff00-\uff60]"
_FIRST_MARK = "\u0300"  # below it nothing combines, and what is invisible was cleaned away
_NOT_FIRST = frozenset("、。，．！？；：）」』】〉》〕］｝,.!?;:)]}…ー々")
_NOT_LAST = frozenset("（「『【〈《〔［｛([{")

_NEVER_ANYWHERE = (("\0", "\u0e00"), ("\u2000", "\u2e80"), ("\U0001f300", "\U00020000"))


class Piece(Struct, frozen=True):
    """A run of text in one line that is all link or all not.

    Attributes:
        link: its place among the links, or None.
        behind: of the last run of a line that goes on in the next: what stood between the two, a blank or nothing.
            None where the text has a line break, or ends.
    """

    text: str
    link: int | None = None
    behind: str | None = None


class _Atom(Struct, frozen=True):
    """A run that is not broken unless it is longer than a line: `text[start:end]`.

    Attributes:
        cells: how far it moves what follows; `widest`: how far it may be seen itself (see `reach.Spread`).
    """

    start: int
    end: int
    cells: int
    widest: int
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
    behind = [text[end:start] for (_, end), (start, _) in pairwise([*spans, (len(text), 0)])]
    goes_on = [None if "\n" in gap else gap[:1] for gap in behind]
    goes_on[-1] = None
    pieces = [_pieces(text, start, end, links) for start, end in spans]
    return [_going_on(*line) for line in zip(pieces, goes_on, strict=True)], left_out


def _going_on(pieces: list[Piece], behind: str | None) -> list[Piece]:
    """A line that says how it goes on."""
    if pieces and behind is not None:
        pieces[-1] = Piece(pieces[-1].text, pieces[-1].link, behind)
    return pieces


def cut(text: str, width: int, *, loose: bool = False) -> str:
    """As much of one line as fits; if something is left out, it ends in `…`. `loose`: see `reach.spread`."""
    if spread(text, loose=loose).widest <= width:
        return text
    return cut_short(text, width, loose=loose)


def cut_short(text: str, width: int, *, loose: bool = False) -> str:
    """One line that goes on elsewhere: as much of it as leaves room for a `…` at its end."""
    if width > 0 and _is_plain(text[:width]):
        return text[: width - 1].rstrip() + "…"
    kept = used = 0
    loose = loose or is_loose(text)
    for cluster in clusters(text):
        one = spread_of(cluster, loose=loose)
        if used + one.widest > width - 1:
            break
        used += one.used
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
        elif used + atom.widest > width and end > start:
            lines.append((start, end))
            start, end, used = atom.start, atom.end, atom.cells
        else:
            if end == start and used and used + atom.widest > width:
                start, used = atom.start, 0  # blanks that fill a whole line say nothing
            end = atom.end
            used += atom.cells
    lines.append((start, end))
    return lines


def _atoms(text: str, width: int) -> list[_Atom]:
    """The runs that stay together."""
    atoms: list[_Atom] = []
    loose = is_loose(text)
    for match in plain(_WORD).finditer(text):
        run = match.group()
        if run == "\n":
            atoms.append(_Atom(match.start(), match.end(), 0, 0, ends_line=True))
        elif run[0] == " ":
            atoms.append(_Atom(match.start(), match.end(), len(run), len(run), blank=True))
        elif len(run) <= width and _is_plain(run):
            atoms.append(_Atom(match.start(), match.end(), len(run), len(run)))
        else:
            atoms += _parts(run, match.start(), width, loose=loose)
    return atoms


def _parts(run: str, offset: int, width: int, *, loose: bool) -> list[_Atom]:
    """A word that has to be broken, or may be: between clusters, at places its script allows."""
    parts: list[_Atom] = []
    start = at = used = widest = 0
    before = ""
    for cluster in clusters(run):
        one = spread_of(cluster, loose=loose)
        if at > start and (used + one.widest > width or _may_break(before, cluster)):
            parts.append(_Atom(offset + start, offset + at, used, widest))
            start, used, widest = at, 0, 0
        at += len(cluster)
        widest = max(widest, used + one.widest)
        used += one.used
        before = cluster
    parts.append(_Atom(offset + start, offset + len(run), used, widest))
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
