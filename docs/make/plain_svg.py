"""Makes Textual's SVG one that every renderer shows alike, and that asks no other host for anything.

Textual puts a whole run of cells into one element, with blanks in front, and trusts `textLength` and a font
that it fetches. Some renderers drop such blanks, some ignore `textLength`, and none should fetch. Here every
word stands at its own place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from itertools import groupby

from rich.cells import cell_len

CELL = 12.2
"""Width of a cell in Rich's SVG: its font size of 20 by its aspect of 0.61."""

BLANK = "\u00a0"

_NAME = re.compile(r"terminal-\d+")
_COMMENT = re.compile(r"<!--.*?-->\s*")
_FONT_FACE = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_LINE_CLIP = re.compile(r'<clipPath id="screen-line-\d+">.*?</clipPath>\s*', re.DOTALL)
_STYLE = re.compile(r"\.(?P<name>screen-r\d+) \{ (?P<rules>.*?) \}\n?")
_RUN = re.compile(
    r'<text class="(?P<style>screen-r\d+)" x="(?P<x>[\d.]+)" y="(?P<y>[\d.]+)"'
    r' textLength="[\d.]+" clip-path="[^"]*">(?P<text>[^<]*)</text>'
)
_GROUND = re.compile(
    r'<rect fill="(?P<fill>#\w+)" x="(?P<x>[\d.]+)" y="(?P<y>[\d.]+)" width="(?P<width>[\d.]+)"'
    r' height="(?P<height>[\d.]+)" shape-rendering="crispEdges"/>'
)
_GROUNDS = re.compile(r'(?:<rect fill="#\w+" x="[^>]*" shape-rendering="crispEdges"/>)+')
_WORD = re.compile(r"\S+")  # a line's end stands in a run of its own


@dataclass(frozen=True, slots=True)
class _Run:
    """A piece of a line in one style. `x` and `y` are in the units of the picture, `y` as it was written."""

    style: str
    x: float
    y: str
    text: str


def plain_svg(svg: str) -> str:
    """The picture with every word at its own place, no fonts from elsewhere, and names that never change."""
    svg = _NAME.sub("screen", svg)
    for needless in (_COMMENT, _FONT_FACE, _LINE_CLIP):
        svg = needless.sub("", svg)
    svg = _GROUNDS.sub(lambda match: "".join(_grounds(match[0])), svg)
    svg = _RUN.sub(lambda match: "".join(_words(_run(match))), svg)
    svg = _with_styles_in_order(svg)
    return re.sub(r"[ \t]+\n", "\n", svg).strip() + "\n"


def _with_styles_in_order(svg: str) -> str:
    """Only the styles that words have, numbered by what they are: blanks have styles too, which come and go."""
    rules = {match["name"]: match["rules"] for match in _STYLE.finditer(svg)}
    used = set(re.findall(r'<text class="(screen-r\d+)"', svg))
    order = sorted({rules[name] for name in used})
    names = {name: f"screen-s{order.index(rules[name]) + 1}" for name in used}
    lines = "\n".join(f"    .screen-s{number} {{ {rule} }}" for number, rule in enumerate(order, 1))
    svg = re.sub(r'(?<=<text class=")screen-r\d+', lambda match: names[match[0]], svg)
    return _STYLE.sub("", svg).replace("</style>", f"{lines.strip()}\n    </style>", 1)


def screen_text(svg: str) -> str:
    """What Textual's SVG shows, line by line, for finding words in it."""
    runs = [_run(match) for match in _RUN.finditer(_NAME.sub("screen", svg))]
    lines = (list(line) for _, line in groupby(runs, key=lambda run: run.y))
    return "\n".join("".join(_placed(line)).replace(BLANK, " ").rstrip() for line in lines)


def _run(match: re.Match[str]) -> _Run:
    return _Run(match["style"], float(match["x"]), match["y"], unescape(match["text"]))


def _grounds(rectangles: str) -> Iterator[str]:
    """Rectangles of one colour that stand side by side, as one."""
    found = _GROUND.finditer(rectangles)
    for (fill, y, height), row in groupby(
        found, key=lambda match: match.group("fill", "y", "height")
    ):
        first, *others = row
        width = sum(float(match["width"]) for match in (first, *others))
        yield (
            f'<rect fill="{fill}" x="{first["x"]}" y="{y}" width="{width:g}" height="{height}"'
            ' shape-rendering="crispEdges"/>\n'
        )


def _words(run: _Run) -> Iterator[str]:
    for word in _WORD.finditer(run.text):
        x = run.x + CELL * cell_len(run.text[: word.start()])
        width = CELL * cell_len(word[0])
        yield (
            f'<text class="{run.style}" x="{x:g}" y="{run.y}" textLength="{width:g}">'
            f"{escape(word[0], quote=False)}</text>\n"
        )


def _placed(line: list[_Run]) -> Iterator[str]:
    """The runs of a line with the blanks between them."""
    column = 0
    for run in line:
        start = round(run.x / CELL)
        yield BLANK * (start - column) + run.text
        column = start + cell_len(run.text)
