"""What a key does: a function of the application and the pane it was pressed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from tui_inbox.ui.desk import Desk
from tui_inbox.ui.panes.pane import Pane

Handler: TypeAlias = Callable[[Desk, Pane], None]
"""Returns at once. What waits is given to `Desk.start` or `Desk.follow`."""
