"""The files that go with what is being written: taken in, described, removed."""

from __future__ import annotations

import asyncio

from msgspec.structs import replace

from tui_inbox.commands import files
from tui_inbox.commands.context import NotPossible
from tui_inbox.core.draft import Attachment
from tui_inbox.core.post import MediaKind
from tui_inbox.core.text import clean_line
from tui_inbox.ui import paths
from tui_inbox.ui.screens.writing import Asked, Options, limits_of

NOT_BOTH = "A poll and files do not go together: ctrl+o p and empty choices take the poll away."
LONGEST_ALT = 10_000


class ComposeFiles(Options):
    """The files of the draft that is being written."""

    def ask(self) -> None:
        """Ask for a file; where there are some already, what to do with them."""
        draft = self._writing.draft
        if draft is None:
            return
        if draft.poll is not None:
            self._desk.say(NOT_BOTH)
        elif draft.attachments:
            self._desk.opening(self._ask_what(self.asked(draft)))
        else:
            self._desk.opening(self._ask_path(self.asked(draft)))

    async def _ask_what(self, asked: Asked) -> None:
        """Ask what to do: another file, or something with one that is there."""
        draft = asked.draft
        names = [one.name for one in draft.attachments]
        choices = ["another file"]
        choices += [f"{what} {name}" for name in names for what in ("describe", "remove")]
        answer = await self._desk.ask_choice("files", choices, done="does it", several=False)
        if not answer:
            return
        if answer[0] == 0:
            await self._ask_path(asked)
            return
        place, removes = divmod(answer[0] - 1, 2)
        if removes:
            self._put(asked, place, None)
        else:
            await self._describe(asked, place)

    async def _ask_path(self, asked: Asked) -> None:
        draft = asked.draft
        most = min(one.media for one in limits_of(self._writing, draft))
        if len(draft.attachments) >= most:
            some = "one file" if most == 1 else f"{most} files"
            self._desk.say(f"The server takes {some} with a post at most.")
            return
        path = await self._desk.ask_line("file to attach", complete=paths.completed)
        if path and path.strip():
            await self._attach(asked, path)

    def dropped(self, text: str) -> None:
        """A path was pasted: if a file is there, ask whether it is meant."""
        self._desk.start(self._dropped(text))

    async def _dropped(self, text: str) -> None:
        draft = self._writing.draft
        asked = self.asked(draft) if draft is not None else None
        if asked is None or not await asyncio.to_thread(paths.is_file, text):
            self._writing.insert(text)
            return
        name = clean_line(paths.path_named(text).name)
        choices = [f"attach {name}", "paste its path"]
        answer = await self._desk.ask_choice("a file", choices, done="does it", several=False)
        if answer == (0,):
            await self._attach(asked, text)
        elif answer == (1,):
            self._writing.insert(text)

    async def _attach(self, asked: Asked, path: str) -> None:
        """Take a file in, and ask for its description."""
        draft = asked.draft
        limits = limits_of(self._writing, draft)
        if draft.poll is not None:
            raise NotPossible(NOT_BOTH)
        if len(draft.attachments) >= (most := min(one.media for one in limits)):
            raise NotPossible(f"The server takes {most} files with a post at most.")
        file = paths.path_named(path)
        kept = await asyncio.to_thread(files.keep, self._desk.services.ctx, file, limits)
        now = self.answered(asked)
        if now is None:
            self._desk.say(f"{kept.name} was not attached: what it was for is not open any more.")
            return
        changed = replace(now, attachments=(*now.attachments, kept))
        self._writing.change(changed)
        await self._describe(self.asked(changed), len(changed.attachments) - 1)

    async def _describe(self, asked: Asked, place: int) -> None:
        """Ask what can be seen or heard in a file; it may stay unsaid."""
        one = asked.draft.attachments[place]
        most = min(limit.alt_characters for limit in limits_of(self._writing, asked.draft))
        seen = "heard" if one.kind is MediaKind.AUDIO else "seen"
        label, typed = f"what can be {seen} in {one.name}", one.alt
        while (answer := await self._desk.ask_line(label, typed)) is not None:
            typed = clean_line(answer, limit=LONGEST_ALT)
            if len(typed) <= most:
                self._put(asked, place, replace(one, alt=typed))
                break
            self._desk.say(f"That is {len(typed) - most} characters more than the server takes.")
        if not typed:
            self._desk.say(f"{one.name} has no description; ctrl+o m adds one.")

    def _put(self, asked: Asked, place: int, file: Attachment | None) -> None:
        """Put a file in the place of one, or nothing."""
        draft = self.answered(asked)
        if draft is None:
            return
        old = asked.draft.attachments[place]
        if old not in draft.attachments:
            return
        at = draft.attachments.index(old)
        rest = (draft.attachments[:at], draft.attachments[at + 1 :])
        among = (*rest[0], *((file,) if file else ()), *rest[1])
        self._writing.change(replace(draft, attachments=among))
