"""Which accounts post what is being written."""

from __future__ import annotations

from msgspec.structs import replace

from tui_inbox.core.draft import Draft
from tui_inbox.queries import acting
from tui_inbox.queries.acting import Actor
from tui_inbox.ui.acting import only_one, seen_by
from tui_inbox.ui.screens.writing import Options, is_same

ONLY_ONE = "Only one account is signed in."
ITS_OWN = "A post is changed by the account that wrote it."
ONE_ONLY = "What answers, quotes or changes a post goes out from one account."


class ComposeAccounts(Options):
    """The accounts of the draft that is being written."""

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
            self._desk.start(self._next_that_sees(draft, about))

    async def _next_that_sees(self, asked_of: Draft, post: int) -> None:
        """The next account that sees the post, or whose server finds it."""
        actors = await self._desk.ask(acting.actors, post)
        if why := only_one(actors):
            self._desk.say(why)
            return
        for actor in _behind(actors, asked_of.account):
            seen = await seen_by(self._desk, actor, post)
            if not is_same(self._writing.draft, asked_of):
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
        elif len(self._desk.accounts) < 2:
            self._desk.say(ONLY_ONE)
        else:
            self._desk.start(self._ask_also(draft))

    async def _ask_also(self, asked_of: Draft) -> None:
        others = [row for row in self._desk.accounts if row.id != asked_of.account]
        answer = await self._desk.ask_choice(
            "also post it from",
            [f"{row.letters} {row.label.lower()}" for row in others],
            done="takes them",
            several=True,
            chosen=[n for n, row in enumerate(others) if row.id in asked_of.also_from],
        )
        draft = self._writing.draft
        if answer is not None and draft is not None and is_same(draft, asked_of):
            chosen = tuple(others[place].id for place in answer)
            self._writing.change(replace(draft, also_from=chosen))


def _behind(actors: tuple[Actor, ...], account: int) -> tuple[Actor, ...]:
    """The others, those behind an account first."""
    place = next((n for n, actor in enumerate(actors) if actor.account.id == account), -1)
    return (*actors[place + 1 :], *actors[: max(place, 0)])
