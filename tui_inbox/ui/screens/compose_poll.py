"""The poll that goes with what is being written."""

from __future__ import annotations

import re

from msgspec.structs import replace

from tui_inbox.commands import texts
from tui_inbox.commands.later import parse_span
from tui_inbox.core.draft import Draft, PollDraft
from tui_inbox.core.moment import Millis
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.render.composed import lasts_words
from tui_inbox.ui.screens.writing import Options, Writing, limits_of
from tui_inbox.ui.widgets.poll_editor import PollEditor, PollText

NOT_BOTH = "A poll and files do not go together: ctrl+o m takes the files away."
NO_POLLS = "There are no polls there."
SEVERAL = re.compile(r",?\s*\b(several|many|multiple)\b\s*")
ONE = re.compile(r",?\s*\bone\b\s*")


class ComposePoll(Options):
    """Opens and closes the editor, and makes a poll of what is typed there."""

    def __init__(self, desk: Desk, writing: Writing) -> None:
        super().__init__(desk, writing)
        self._wrong = ""
        self.editor = PollEditor(changed=self._changed, done=self.close)

    def toggle(self) -> None:
        """Open the editor, or go back to the text."""
        draft = self._writing.draft
        if draft is None:
            return
        if self.editor.is_open:
            self.close()
        elif draft.attachments:
            self._desk.say(NOT_BOTH)
        elif not self._most(draft) and draft.poll is None:
            self._desk.say(NO_POLLS)
        else:
            poll = draft.poll or PollDraft(())
            self.editor.open(PollText(poll.options, lasts_words(poll)), self._most(draft))
            self._writing.change(draft)

    def _most(self, draft: Draft) -> int:
        """How many choices a poll may have wherever the draft goes; none where there are no polls."""
        return min(one.poll_options for one in limits_of(self._writing, draft))

    def close(self) -> None:
        """Go back to the text, and say what a server would have against the poll."""
        draft = self._writing.draft
        self.editor.close()
        self._writing.take_hand()
        if draft is None:
            return
        self._writing.change(draft)
        wrong = self._wrong or self._refusal(draft)
        if wrong:
            self._desk.say(wrong)

    def leave(self) -> None:
        """Go away with the composer."""
        self._wrong = ""
        self.editor.close()

    def _refusal(self, draft: Draft) -> str:
        if draft.poll is None:
            return ""
        limits = limits_of(self._writing, draft)
        return next(filter(None, (texts.wrong_poll(draft, one) for one in limits)), "")

    def _changed(self, typed: PollText) -> None:
        draft = self._writing.draft
        if draft is None:
            return
        before = draft.poll or PollDraft(())
        self._wrong = ""
        try:
            lasts, multiple = self._length(typed.lasts, before)
        except ValueError as error:
            self._wrong = str(error)
            lasts, multiple = before.lasts, before.multiple
        poll = PollDraft(typed.options, lasts, multiple) if typed.options else None
        self._writing.change(replace(draft, poll=poll))

    def _length(self, typed: str, before: PollDraft) -> tuple[Millis, bool]:
        """How long it lasts, and whether more than one may be chosen.

        Raises:
            ValueError: with a sentence for the user.
        """
        if typed == lasts_words(before):
            return before.lasts, before.multiple
        length = ONE.sub("", SEVERAL.sub("", typed)).strip(" ,")
        if not length:
            return before.lasts, bool(SEVERAL.search(typed))
        return parse_span(length), bool(SEVERAL.search(typed))
