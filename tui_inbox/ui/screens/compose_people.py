"""Whom and what a draft is about: names in its text, the post it quotes, the private note."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from tui_inbox.core.account import Limits
from tui_inbox.core.capability import No
from tui_inbox.core.draft import Draft
from tui_inbox.core.naming import named, names, with_name, without_name
from tui_inbox.queries import helping
from tui_inbox.queries.rows import PersonLabel
from tui_inbox.ui.acts.people import note, with_card_of
from tui_inbox.ui.layout import Area
from tui_inbox.ui.screens.thread import ThreadPage
from tui_inbox.ui.screens.writing import Asked, Options

NOBODY = "There is nobody in this conversation to be named: @ and Tab name somebody."
NO_QUOTES = "This server does not know quotes."
NOTHING_TO_QUOTE = "Open the thread of a post first: that one is quoted."
NO_NOTE = "A note is on somebody: there is nobody here yet."


class ComposePeople(Options):
    """People and posts around the draft that is being written."""

    def ask_names(self) -> None:
        """Ask whom of the conversation it is to name."""
        draft = self._writing.draft
        if draft is None:
            return
        people = list(self._to_name(draft))
        if people:
            self._desk.opening(self._ask_names(self.asked(draft), people))
        else:
            self._desk.say(NOBODY)

    def _to_name(self, draft: Draft) -> Iterator[PersonLabel]:
        """Everybody of the conversation, and whom the text names besides."""
        known = self._writing.around.people
        yield from known
        handles = {person.handle.casefold() for person in known}
        for handle in named(draft.text):
            if handle.casefold() not in handles:
                yield PersonLabel(0, handle, handle)

    async def _ask_names(self, asked: Asked, people: Sequence[PersonLabel]) -> None:
        answer = await self._desk.ask_choice(
            "to whom",
            [person.name for person in people],
            done="names them",
            several=True,
            chosen=[n for n, one in enumerate(people) if names(asked.draft.text, one.handle)],
        )
        draft = self.answered(asked)
        if answer is None or draft is None:
            return
        text = draft.text
        for place, person in enumerate(people):
            change = with_name if place in answer else without_name
            text = change(text, person.handle)
        if text != draft.text:
            self._writing.write(text)

    def toggle_quote(self) -> None:
        """Quote the post whose thread is open, or quote nothing any more."""
        draft = self._writing.draft
        if draft is None:
            return
        if draft.quotes is not None:
            self._writing.change(replace(draft, quotes=None))
            return
        thread = self._desk.pane_of(Area.READING)
        if not self._writing.around.limits.get(draft.account, Limits()).quotes:
            self._desk.say(NO_QUOTES)
        elif not isinstance(thread, ThreadPage) or draft.edits is not None:
            self._desk.say(NOTHING_TO_QUOTE)
        else:
            self._desk.start(self._quote(self.asked(draft), thread.post))

    async def _quote(self, asked: Asked, post: int) -> None:
        """Quote a post for no more people than may read it, unless that is not to be passed on."""
        before = asked.draft
        audience = await self._desk.ask(
            helping.audience_of_quote, before.account, post, before.audience
        )
        draft = self.answered(asked)
        if draft is None:
            return
        if isinstance(audience, No):
            self._desk.say(audience.sentence)
            return
        audience = draft.audience.narrower_of(audience)
        self._writing.change(replace(draft, quotes=post, audience=audience, also_from=()))

    def ask_note(self) -> None:
        """Ask for the private note on who is answered, quoted, or named first."""
        draft, around = self._writing.draft, self._writing.around
        if draft is None:
            return
        person = around.answered or around.quoted or next(iter(around.people), None)
        if person is None:
            self._desk.say(NO_NOTE)
        else:
            self._desk.opening(with_card_of(self._desk, draft.account, person.id, note))
