"""The card below a text: what the page says that its first link leads to. Asked for by hand, never by itself."""

from __future__ import annotations

import re

from msgspec.structs import replace

from tui_inbox.core.text import clean_line, safe_url
from tui_inbox.ui.screens.writing import Asked, Options, limits_of
from tui_inbox.ui.services import told

BY_SERVER = "Its server makes the card of a link by itself."
NO_LINK = "There is no link in it yet: it begins with https://."
NOT_BESIDE_FILES = "A card and files do not go together."
READING = "asking the page what it is about …"
_LINK = re.compile(r"https?://\S+")


class ComposeCard(Options):
    """The card of the draft that is being written."""

    def toggle(self) -> None:
        """Ask the page of the first link for a card, or take the card away."""
        draft = self._writing.draft
        if draft is None:
            return
        if draft.card is not None:
            self._writing.change(replace(draft, card=None))
        elif not all(one.makes_cards for one in limits_of(self._writing, draft)):
            self._desk.say(BY_SERVER)
        elif draft.attachments:
            self._desk.say(NOT_BESIDE_FILES)
        elif (address := first_link(draft.text)) is None:
            self._desk.say(NO_LINK)
        else:
            self._writing.note(READING)
            self._desk.opening(self._ask(self.asked(draft), address))

    async def _ask(self, asked: Asked, address: str) -> None:
        answer = await told(self._desk.services, lambda hub: hub.read_card(address))
        draft = self.answered(asked)
        if draft is None:
            return
        self._writing.note("")
        if answer.what is None:
            self._desk.say(answer.sentence)
        else:
            self._writing.change(replace(draft, card=answer.what))


def first_link(text: str) -> str | None:
    """The first address in a text that can be opened, without what ends a sentence behind it."""
    for found in _LINK.findall(text):
        if address := safe_url(clean_line(found).rstrip(".,:;!?…)\"'")):
            return address
    return None
