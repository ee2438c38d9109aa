"""How large the cells of this terminal are."""

from __future__ import annotations

import fcntl
import struct
import sys
import termios

from tui_inbox.ui.pictures.ways import Cell


def cell_here() -> Cell | None:
    """The pixels of a cell, as the system was told by the terminal; None where it was told nothing."""
    if sys.__stdout__ is None:
        return None
    try:
        told = fcntl.ioctl(sys.__stdout__.fileno(), termios.TIOCGWINSZ, b"\0" * 8)
    except (OSError, ValueError):
        return None
    rows, columns, width, height = struct.unpack("HHHH", told)
    if not (rows and columns and width >= columns and height >= rows):
        return None
    return Cell(width // columns, height // rows)
