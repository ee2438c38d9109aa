"""What a call says that says nothing. It stands by itself: such a call opens the screen, and loads no parser."""

from __future__ import annotations

TYPE_CHECKING = False  # as in `app.py`
if TYPE_CHECKING:
    from collections.abc import Mapping

USUAL: Mapping[str, object] = {"verb": None, "demo": False, "seed": 7, "speed": 1.0, "now": None}
