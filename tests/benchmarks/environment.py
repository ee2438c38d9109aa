"""The environment that programs are measured in, whatever the one of the measuring shell is."""

from __future__ import annotations

import os
from collections.abc import Mapping

LEFT_OUT = frozenset(
    {
        "CI",
        "COLUMNS",
        "LINES",
        "NO_COLOR",
        "TMUX",
        "TMUX_PANE",
        # What makes an interpreter slower than the one that users have: without compiled modules, a third
        # of a second is spent at each start on compiling what an installed program has compiled once.
        "PYTHONASYNCIODEBUG",
        "PYTHONDEVMODE",
        "PYTHONDONTWRITEBYTECODE",
        "PYTHONPROFILEIMPORTTIME",
        "PYTHONTRACEMALLOC",
        "PYTHONWARNINGS",
    }
)
TERMINAL = {
    "TERM": "xterm-256color",
    "COLORTERM": "truecolor",
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
}
"""What a program on a terminal is told."""


def measured_environment(added: Mapping[str, str]) -> dict[str, str]:
    """The environment of this process without what would change the figures, and with what is added."""
    kept = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    return kept | dict(added)
