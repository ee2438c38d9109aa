"""All colours of a theme made from a few, so that everything can be read.

What is given is kept where it can be read, and moved towards black or white by as little as is needed where it
cannot. What is missing is made from the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.ui.colours import Colours
from tui_inbox.ui.contrast import (
    BLACK,
    WHITE,
    away_from,
    blend,
    hue,
    hues_apart,
    least,
    luminance,
    readable,
    saturation,
    shade,
    with_hue,
)

DIM = 4.6
"""Contrast of the dimmest text: a little more than enough, as colours are rounded."""

STEP = 1.35
"""So much more contrast has the text than what is dim, and what is bright than the text."""

BRIGHTEST = 10.0
"""More contrast than that is not asked of what is bright; what has more keeps it."""

PICKED = (1.15, 1.4)
"""Contrast of the selected row's ground with the ground: to be seen, and yet not so far away that less can be read."""

RULE = 1.9
"""Contrast of lines under titles, that carry no text."""

ACCOUNTS = 5
"""Colours of accounts that are made; further accounts begin again."""

APART = 0.07
"""How far two accounts are apart in the circle of colours, of which the whole is 1."""

COLOURFUL = 0.15
"""Saturation below which a colour is as good as grey, and marks nothing."""

MADE = 0.3
"""Saturation that a colour which is made has at least."""

TURNS = (4, 8, 2, 6, 10, 1, 3, 5, 7, 9, 11, 0)
"""Twelfths of the circle by which further colours stand behind the first: far from each other as long as it goes."""

ACCENT = "#f2b661"
"""What marks what is yours to answer, where nothing is said of it."""

BLUE = "#74b3f5"
"""What the first account has, where nothing is said of it."""


class Seeds(Struct, frozen=True):
    """What a theme says of itself; None where it says nothing.

    Attributes:
        ground: behind everything.
        text: what people wrote. Where there is only `bright`, it is made from that, and the other way round.
        accounts: colours for accounts, the best first; those that are alike or grey are left out, unless they are
            `chosen` by somebody.
    """

    name: str
    ground: str
    text: str | None = None
    bright: str | None = None
    picked: str | None = None
    dim: str | None = None
    rule: str | None = None
    yours: str | None = None
    accounts: tuple[str, ...] = ()
    chosen: bool = False
    on_account: str | None = None


def mended(seeds: Seeds) -> Colours:
    """All colours of a theme, each of which can be read."""
    ground = seeds.ground
    picked = _picked(seeds)
    grounds = (ground, picked)
    bright = _bright(seeds, grounds)
    dim = seeds.dim or shade(bright, ground, grounds, DIM)
    text = seeds.text or _between(bright, ground, grounds)
    yours = readable(seeds.yours or ACCENT, grounds, DIM)
    accounts = tuple(_accounts(seeds, grounds, yours))
    return Colours(
        name=seeds.name,
        dark=luminance(ground) < luminance(bright),
        ground=ground,
        picked=picked,
        text=readable(text, grounds, DIM),
        bright=readable(bright, grounds, DIM),
        dim=readable(dim, grounds, DIM),
        rule=seeds.rule or readable(blend(ground, bright, 0.2), (ground,), RULE),
        yours=yours,
        accounts=accounts,
        on_account=readable(seeds.on_account or ground, accounts),
    )


def _picked(seeds: Seeds) -> str:
    """The ground of the selected row: what is given, or the ground a little nearer to the text.

    One so far from the ground that no text can be read well on both comes nearer to it. Where the ground is about in
    the middle between black and white, it stands on the other side of it, where text can be read better still.
    """
    ground, pole = seeds.ground, away_from((seeds.ground,))
    wanted = seeds.picked or blend(ground, seeds.bright or seeds.text or pole, 0.1)
    picked = readable(shade(wanted, ground, (ground,), PICKED[1]), (ground,), PICKED[0])
    if least(pole, (picked,)) >= DIM:
        return picked
    other = BLACK if pole == WHITE else WHITE
    return shade(other, ground, (ground,), PICKED[0])


def _bright(seeds: Seeds, grounds: Sequence[str]) -> str:
    """The brightest text: what is given, or a step more than the text, and far enough from what is dim."""
    if seeds.bright is not None:
        best = least(away_from(grounds), grounds)
        return readable(seeds.bright, grounds, min(BRIGHTEST, best))
    text = seeds.text or away_from(grounds)
    return readable(text, grounds, max(DIM, least(text, grounds)) * STEP)


def _between(bright: str, ground: str, grounds: Sequence[str]) -> str:
    """The text: between what is dim and what is bright."""
    middle = (DIM * least(bright, grounds)) ** 0.5
    return shade(bright, ground, grounds, max(DIM * STEP, middle))


def _accounts(seeds: Seeds, grounds: Sequence[str], yours: str) -> Iterator[str]:
    """Colours of accounts that can be told apart, and from what marks what is yours."""
    if seeds.chosen and seeds.accounts:
        yield from (readable(one, grounds, DIM) for one in seeds.accounts)
        return
    taken = [yours] if saturation(yours) >= COLOURFUL else []
    first = next((one for one in seeds.accounts if saturation(one) >= COLOURFUL), BLUE)
    around = (with_hue(first, hue(first) + turn / 12, MADE) for turn in TURNS)
    found = 0
    for one in (*seeds.accounts, *around):
        apart = all(hues_apart(one, other) >= APART for other in taken)
        if found < ACCOUNTS and apart and saturation(one) >= COLOURFUL:
            taken.append(one)
            found += 1
            yield readable(one, grounds, DIM)


def renamed(colours: Colours, name: str) -> Colours:
    """The same colours as another theme."""
    return replace(colours, name=name)
