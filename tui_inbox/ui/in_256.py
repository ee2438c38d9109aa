"""Colours as a terminal of 256 shows them: each the nearest of those that can be read.

Rich would take the nearest by a rule of its own, by which a dark grey that is a little blue becomes navy.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from msgspec.structs import replace

from tui_inbox.ui.colours import Colours
from tui_inbox.ui.contrast import BLACK, ENOUGH, WHITE, as_hex, least, parts

_CUBE = (0, 95, 135, 175, 215, 255)


@cache
def _shown() -> dict[str, str]:
    """By each colour that is shown what to write for it: the cube, black to white, and the ramp of greys.

    The first sixteen are the terminal's own, and nobody knows them. Rich finds a grey by its lightness in 25 steps,
    which are not those of the ramp, so that the brighter greys have to be written a little brighter than they are.
    """
    cube = [as_hex(r, g, b) for r in _CUBE for g in _CUBE for b in _CUBE if not r == g == b]
    greys = {as_hex(*[8 + 10 * step] * 3): as_hex(*[(step + 1) * 10.2] * 3) for step in range(24)}
    return {**{one: one for one in (*cube, BLACK, WHITE)}, **greys}


def in_256(colours: Colours) -> Colours:
    """The same theme of 256 colours; what could be read before can be read still."""
    ground = _nearest(colours.ground)
    picked = _nearest(colours.picked, apart=(ground,))
    grounds = (ground, picked)
    accounts: list[str] = []
    for one in colours.accounts:
        accounts.append(_nearest(one, grounds, apart=accounts))
    write = _shown()
    return replace(
        colours,
        ground=write[ground],
        picked=write[picked],
        text=write[_nearest(colours.text, grounds)],
        bright=write[_nearest(colours.bright, grounds)],
        dim=write[_nearest(colours.dim, grounds)],
        rule=write[_nearest(colours.rule, apart=(ground,))],
        yours=write[_nearest(colours.yours, grounds)],
        accounts=tuple(write[one] for one in accounts),
        on_account=write[_nearest(colours.on_account, accounts)],
    )


def _nearest(colour: str, grounds: Collection[str] = (), *, apart: Collection[str] = ()) -> str:
    """The nearest colour that can be read on some grounds, and is none of `apart`."""
    fits = [one for one in _shown() if one not in apart]
    if grounds:
        fits = [one for one in fits if least(one, grounds) >= ENOUGH]
    return min(fits, key=lambda one: _distance(one, colour))


def _distance(one: str, other: str) -> float:
    """How different two colours look, by the weighted distance known as "redmean"."""
    (r1, g1, b1), (r2, g2, b2) = parts(one), parts(other)
    mean = (r1 + r2) / 2
    red, green, blue = r1 - r2, g1 - g2, b1 - b2
    return (2 + mean / 256) * red**2 + 4 * green**2 + (2 + (255 - mean) / 256) * blue**2
