"""A field for one line of text, in which emoji of several characters can be typed."""

from __future__ import annotations

import re

from textual import events
from textual.widgets import Input

JOINS = re.compile("[\u200c\u200d\U000e0020-\U000e007f]")
"""What is typed and not seen: the joiners of emoji and of Persian, and the letters within a flag. Textual takes none
of them for text."""


class Field(Input):
    """The field."""

    async def _on_key(self, event: events.Key) -> None:
        if event.character is not None and JOINS.fullmatch(event.character):
            event.stop()
            event.prevent_default()
            self.replace(event.character, *self.selection)
