"""What is set of a draft besides its text: who may read it, which account writes it, warning, language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from msgspec.structs import replace

from tui_inbox.core.draft import Draft
from tui_inbox.core.text import clean_line
from tui_inbox.queries import acting
from tui_inbox.queries.acting import Actor
from tui_inbox.queries.rows import AccountRow
from tui_inbox.ui.acting import only_one, seen_by
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.screens.compose_head import after


class Writing(Protocol):
    """The composer, as seen from its options."""

    @property
    def draft(self) -> Draft | None:
        """The draft on the screen; None while it is read."""
        ...

    def change(self, draft: Draft) -> None:
        """Go on with this one in its place."""
        ...

    def write_from(self, account: AccountRow) -> None:
        """Let another account write it."""
        ...


class ComposeOptions:
    """The options of the draft that is being written.

    Args:
        desk: the application.
        writing: where it is written.
    """

    def __init__(self, desk: Desk, writing: Writing) -> None:
        self._desk = desk
        self._writing = writing

    def next_audience(self) -> None:
        """Another audience: the next narrower one, after the last the widest."""
        if (draft := self._writing.draft) is not None:
            self._writing.change(replace(draft, audience=after(draft.audience)))

    def ask_warning(self) -> None:
        """Ask for the warning in front of it."""
        if (draft := self._writing.draft) is not None:
            asking = self._ask("warning in front of it", draft, draft.warning, _with_warning)
            self._desk.start(asking)

    def ask_language(self) -> None:
        """Ask for its language."""
        if (draft := self._writing.draft) is not None:
            asking = self._ask("language, as en", draft, draft.language or "", _with_language)
            self._desk.start(asking)

    async def _ask(
        self, label: str, asked_of: Draft, before: str, put: Callable[[Draft, str], Draft]
    ) -> None:
        answer = await self._desk.ask_line(label, before)
        draft = self._writing.draft
        if answer is not None and draft is not None and _is_same(draft, asked_of):
            self._writing.change(put(draft, clean_line(answer)))

    def next_account(self) -> None:
        """Another account writes it; of a reply one that sees the post it answers."""
        draft = self._writing.draft
        if draft is None:
            return
        if draft.reply_to is None:
            accounts = self._desk.accounts
            place = next((n for n, row in enumerate(accounts) if row.id == draft.account), -1)
            self._writing.write_from(accounts[(place + 1) % len(accounts)])
        elif len(self._desk.accounts) < 2:
            self._desk.say("Only one account is signed in.")
        else:
            self._desk.start(self._next_of_reply(draft, draft.reply_to))

    async def _next_of_reply(self, asked_of: Draft, post: int) -> None:
        """The next account that sees the post, or whose server finds it."""
        actors = await self._desk.ask(acting.actors, post)
        if why := only_one(actors):
            self._desk.say(why)
            return
        for actor in _behind(actors, asked_of.account):
            seen = await seen_by(self._desk, actor, post)
            draft = self._writing.draft
            if draft is None or not _is_same(draft, asked_of):
                return
            if seen is not None:
                self._writing.write_from(actor.account)
                return


def _with_warning(draft: Draft, text: str) -> Draft:
    return replace(draft, warning=text)


def _with_language(draft: Draft, text: str) -> Draft:
    return replace(draft, language=text or None)


def _behind(actors: tuple[Actor, ...], account: int) -> tuple[Actor, ...]:
    """The others, those behind an account first."""
    place = next((n for n, actor in enumerate(actors) if actor.account.id == account), -1)
    return (*actors[place + 1 :], *actors[: max(place, 0)])


def _is_same(draft: Draft, other: Draft) -> bool:
    """Whether a draft is the one that was asked about: by now it may have been changed and saved."""
    before = (other.account, other.reply_to)
    return (draft.account, draft.reply_to) == before and other.id in (0, draft.id)
