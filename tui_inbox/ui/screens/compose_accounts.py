"""Which accounts post what is being written."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from tui_inbox.core.draft import Draft
from tui_inbox.queries import acting
from tui_inbox.queries.acting import Actor
from tui_inbox.ui.acting import only_one, seen_by
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.screens.writing import Asked, Options, Writing

ONLY_ONE = "Only one account is signed in."
ITS_OWN = "A post is changed by the account that wrote it."
SIGNED_OUT = "an account that is not signed in any more"
ONE_ONLY = "What answers, quotes or changes a post goes out from one account."


class ComposeAccounts(Options):
    """The accounts of the draft that is being written.

    Args:
        narrowed: for how many people it is, once others post it; see `ComposeOptions.narrowed`.
    """

    def __init__(self, desk: Desk, writing: Writing, *, narrowed: Callable[[Draft], Draft]) -> None:
        super().__init__(desk, writing)
        self._narrowed = narrowed

    def next(self) -> None:
        """Another account writes it; of what answers or quotes a post one that sees that post."""
        draft = self._writing.draft
        if draft is None:
            return
        about = draft.reply_to if draft.reply_to is not None else draft.quotes
        if draft.edits is not None:
            self._desk.say(ITS_OWN)
        elif len(self._desk.accounts) < 2:
            self._desk.say(ONLY_ONE)
        elif about is None:
            accounts = self._desk.accounts
            place = next((n for n, row in enumerate(accounts) if row.id == draft.account), -1)
            self._writing.write_from(accounts[(place + 1) % len(accounts)])
        else:
            self._desk.start(self._next_that_sees(self.asked(draft), about))

    async def _next_that_sees(self, asked: Asked, post: int) -> None:
        """The next account that sees the post, or whose server finds it."""
        actors = await self._desk.ask(acting.actors, post)
        if why := only_one(actors):
            self._desk.say(why)
            return
        for actor in _behind(actors, asked.draft.account):
            seen = await seen_by(self._desk, actor, post)
            if self.answered(asked) is None:
                return
            if seen is not None:
                self._writing.write_from(actor.account)
                return

    def also(self) -> None:
        """Ask which further accounts post it, too."""
        draft = self._writing.draft
        if draft is None:
            return
        if draft.reply_to or draft.quotes or draft.edits:
            self._desk.say(ONE_ONLY)
        elif len(self._desk.accounts) < 2 and not draft.also_from:
            self._desk.say(ONLY_ONE)
        else:
            self._desk.opening(self._ask_also(self.asked(draft)))

    async def _ask_also(self, asked: Asked) -> None:
        before = asked.draft
        others = {
            row.id: f"{row.letters} {row.label.lower()}"
            for row in self._desk.accounts
            if row.id != before.account
        }
        for (
            one
        ) in before.also_from:  # it can be taken off, though nothing else is left to be chosen
            others.setdefault(one, SIGNED_OUT)
        answer = await self._desk.ask_choice(
            "also post it from",
            list(others.values()),
            done="takes them",
            several=True,
            chosen=[n for n, id in enumerate(others) if id in before.also_from],
        )
        draft = self.answered(asked)
        if answer is not None and draft is not None:
            chosen = tuple(list(others)[place] for place in answer)
            self._writing.change(self._narrowed(replace(draft, also_from=chosen)))


def _behind(actors: tuple[Actor, ...], account: int) -> tuple[Actor, ...]:
    """The others, those behind an account first."""
    place = next((n for n, actor in enumerate(actors) if actor.account.id == account), -1)
    return (*actors[place + 1 :], *actors[: max(place, 0)])
