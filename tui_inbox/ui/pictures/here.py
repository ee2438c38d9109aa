"""The painter for the terminal that the program runs in."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

from tui_inbox.ui.pictures.cell import cell_here
from tui_inbox.ui.pictures.painter import Painter
from tui_inbox.ui.pictures.ways import way_of


def painter_here(
    wish: str,
    write: Callable[[str], None],
    *,
    all_colours: bool,
    environment: Mapping[str, str] = os.environ,
) -> Painter:
    """What paints pictures in this terminal.

    Args:
        wish: the setting `picture_protocol`.
        write: writes to the terminal, in order with the screen.
        all_colours: whether the screen writes colours as they are.
        environment: the variables of the process.
    """
    cell = cell_here()
    way = way_of(wish, environment, cell, all_colours=all_colours)
    return Painter(way, cell, write, tmux=bool(environment.get("TMUX")))
