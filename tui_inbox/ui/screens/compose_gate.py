"""Whether what is answered or quoted may be: asked when the composer opens, and said before anything is written."""

from __future__ import annotations

from collections.abc import Callable

from tui_inbox.core.answerers import Openness
from tui_inbox.core.draft import Draft
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.services import told


class ComposeGate:
    """Asks the account's server about one draft at a time.

    Args:
        desk: the application.
        changed: called when there is something else to say.

    Attributes:
        words: why the server will not take it, or empty.
        asked: whether the owner was asked to send all the same.
    """

    def __init__(self, desk: Desk, changed: Callable[[], None]) -> None:
        self._desk = desk
        self._changed = changed
        self._about: tuple[int, int | None, int | None] | None = None
        self.words = ""
        self.asked = False

    def forget(self) -> None:
        """Another draft is written."""
        self._about, self.words, self.asked = None, "", False

    def look(self, draft: Draft) -> None:
        """Ask about what a draft answers and quotes, unless that was asked already."""
        about = (draft.account, draft.reply_to, draft.quotes)
        if about == self._about:
            return
        self.forget()
        self._about = about
        if draft.reply_to is not None or draft.quotes is not None:
            self._desk.start(self._ask(about, draft))

    async def _ask(self, about: tuple[int, int | None, int | None], draft: Draft) -> None:
        answered = await self._openness(draft.account, draft.reply_to)
        quoted = await self._openness(draft.account, draft.quotes)
        words = answered.answers or quoted.quotes
        if about == self._about and words:
            self.words = words
            self._desk.say(f"{words}.")
            self._changed()

    async def _openness(self, account: int, post: int | None) -> Openness:
        """What the server says; where it says nothing, its refusal will have the last word."""
        if post is None:
            return Openness()
        answer = await told(self._desk.services, lambda hub: hub.read_openness(account, post))
        return answer.what or Openness()
