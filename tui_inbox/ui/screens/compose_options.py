"""What is set of a draft besides its text: who may read it, warning, language, time, as a thread or not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from msgspec.structs import replace

from tui_inbox.commands.later import parse_later
from tui_inbox.core import audiences
from tui_inbox.core.account import ANY_AUDIENCE, Limits
from tui_inbox.core.answerers import Answerers
from tui_inbox.core.draft import Draft, reply_audience
from tui_inbox.core.language_tag import language_tag
from tui_inbox.core.post import Audience
from tui_inbox.core.text import clean_line
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.render.composed import accounts_of, moment
from tui_inbox.ui.screens.compose_head import after
from tui_inbox.ui.screens.writing import Asked, Options, Writing, limits_of

FOR_ALL = "Everybody can read what is posted there."
NO_WARNINGS = "No warning can stand in front of a text there."
OF_THE_FIRST = "Who may answer is said by whoever began the conversation."
IN_PLACE = "The audience of what is posted already cannot be changed."
AT_ONCE = "A change of a post is made at once: it cannot wait for a time."
ONE_POST = "A change of a post stays one post."


class ComposeOptions(Options):
    """The options of the draft that is being written."""

    def __init__(self, desk: Desk, writing: Writing) -> None:
        super().__init__(desk, writing)
        self._asked: Audience | None = None
        self._chosen = False
        self._wide: tuple[Audience, Audience] | None = None

    def begin(self) -> None:
        """Another draft is written: what was agreed to for the last does not count for it."""
        self._asked = None
        self._chosen = False
        self._wide = None

    # Who may read it

    def next_audience(self) -> None:
        """Another audience: the next narrower one, after the last the widest.

        One that is wider than that of what is answered needs a second press.
        """
        draft = self._writing.draft
        if draft is None:
            return
        if draft.edits is not None:
            self._desk.say(IN_PLACE)
            return
        limits = limits_of(self._writing, draft)
        offered = [one for one in ANY_AUDIENCE if all(one in each.audiences for each in limits)]
        if self._chooses_answerers(draft, limits):
            self._writing.change(replace(draft, answerers=draft.answerers.next))
            return
        if offered == [draft.audience]:
            is_answer = draft.reply_to is not None and all(one.chooses_answerers for one in limits)
            self._desk.say(OF_THE_FIRST if is_answer else FOR_ALL)
            return
        draft = replace(draft, answerers=Answerers.EVERYBODY)
        wanted = after(draft.audience, offered)
        if self._is_too_wide(wanted, draft) and self._asked is None:
            self._asked = wanted
            wide = audiences.IN_WORDS[wanted]
            self._writing.note(f"wider than their post, ctrl+o a again for: {wide}")
            return
        self._chosen = True
        self._writing.change(replace(draft, audience=wanted))

    def _chooses_answerers(self, draft: Draft, limits: Sequence[Limits]) -> bool:
        """Whether who may answer comes next: of what all can read, from everybody to nobody, and then on to who may
        read it, where that can be chosen too."""
        is_free = draft.reply_to is None and draft.audience is Audience.PUBLIC
        is_last = draft.answerers is Answerers.NOBODY and any(
            one.audiences != (Audience.PUBLIC,) for one in limits
        )
        return is_free and all(one.chooses_answerers for one in limits) and not is_last

    def narrowed(self, draft: Draft) -> Draft:
        """A draft that other accounts post by now: for no more people than each of them usually posts for.

        What the owner has chosen stays. A text that was narrowed for one account and goes to another gets its own
        audience back, if it is about no post: there the narrower one may be that post's.
        """
        limits = limits_of(self._writing, draft)
        if not all(one.chooses_answerers for one in limits):
            draft = replace(draft, answerers=Answerers.EVERYBODY)
        if self._chosen:
            return draft
        before = draft.audience
        if self._wide is not None and self._wide[1] is before and draft.about is None:
            before = self._wide[0]
        usual = self._writing.around.usual
        known = [usual[account] for account in accounts_of(draft) if account in usual]
        audience = reduce(reply_audience, known, before)
        self._wide = (before, audience)
        return replace(draft, audience=audience)

    def _is_too_wide(self, audience: Audience, draft: Draft) -> bool:
        widest = self._writing.around.widest
        if draft.reply_to is None or widest is None:
            return False
        # What went to a few of a server's own choosing is answered to those named.
        return audience.is_wider_than(Audience.DIRECT if widest is Audience.LIMITED else widest)

    # Asked for in a line

    def ask_warning(self) -> None:
        """Ask for the warning in front of it; where there can be none, take out what another account had."""
        if (draft := self._writing.draft) is None:
            return
        known = all(limits.warnings for limits in limits_of(self._writing, draft))
        if known or draft.warning:
            self._desk.opening(self._ask_warning(self.asked(draft)))
        else:
            self._desk.say(NO_WARNINGS)

    def ask_language(self) -> None:
        """Ask for its language."""
        if (draft := self._writing.draft) is not None:
            self._desk.opening(self._ask_language(self.asked(draft)))

    async def _ask_language(self, asked: Asked) -> None:
        typed = asked.draft.language or ""
        while (answer := await self._desk.ask_line("language (en, pt-BR …):", typed)) is not None:
            typed = clean_line(answer)
            try:
                language = language_tag(typed)
            except ValueError as error:
                self._desk.say(str(error))
                continue
            if (draft := self.answered(asked)) is not None:
                self._writing.change(replace(draft, language=language))
            return

    async def _ask_warning(self, asked: Asked) -> None:
        answer = await self._desk.ask_line("warning in front of it", asked.draft.warning)
        draft = self.answered(asked)
        if answer is not None and draft is not None:
            self._writing.change(replace(draft, warning=clean_line(answer)))

    def ask_time(self) -> None:
        """Ask when it is to be posted."""
        draft = self._writing.draft
        if draft is None:
            return
        if draft.edits is not None:
            self._desk.say(AT_ONCE)
        else:
            self._desk.opening(self._ask_time(self.asked(draft)))

    async def _ask_time(self, asked: Asked) -> None:
        now, send_at = self._desk.services.now(), asked.draft.send_at
        before = typed = moment(send_at, now) if send_at is not None else ""
        label = "post it at (18:30, fri 8:00, 28 nov)"
        while (answer := await self._desk.ask_line(label, typed)) is not None:
            typed = clean_line(answer)
            try:
                until = parse_later(typed, self._desk.services.now()).until if typed else None
            except ValueError as error:
                if typed != before:
                    self._desk.say(str(error))
                    continue
                until = send_at
            draft = self.answered(asked)
            if draft is not None:
                self._writing.change(replace(draft, send_at=send_at if typed == before else until))
            return

    # On and off

    def toggle_split(self) -> None:
        """Let a long text become a thread of numbered parts, or one post again."""
        draft = self._writing.draft
        if draft is None:
            return
        if draft.edits is not None:
            self._desk.say(ONE_POST)
        else:
            self._writing.change(replace(draft, split=not draft.split))
