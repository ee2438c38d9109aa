"""The composer: one for the whole program, below whatever is read while writing."""

from __future__ import annotations

import asyncio
from typing import cast

from msgspec import Struct
from msgspec.structs import replace
from textual import events
from textual.app import ComposeResult, SuspendNotSupported
from textual.content import Content
from textual.widget import Widget
from textual.widgets import TextArea

from tui_inbox.commands import drafts as draft_commands
from tui_inbox.commands import sending
from tui_inbox.core.changes import Change
from tui_inbox.core.count import MastodonCounter
from tui_inbox.core.draft import Draft
from tui_inbox.core.health import HealthState
from tui_inbox.core.text import clean, clean_line
from tui_inbox.queries import thread as thread_queries
from tui_inbox.queries.rows import AccountRow, PersonLabel, ReplyContext
from tui_inbox.ui import keys, themes
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.layout import Area
from tui_inbox.ui.screens.compose_head import ComposeHead, too_long
from tui_inbox.ui.screens.compose_options import ComposeOptions
from tui_inbox.ui.screens.draft_keeper import DraftKeeper
from tui_inbox.ui.screens.editor import NoEditor, edit
from tui_inbox.ui.screens.meanwhile import Meanwhile
from tui_inbox.ui.widgets.line import Line

LEAST_LINES = 4
MOST_LINES = 9
"""Lines of the text area; how many depends on the height of the column."""

WORDS = ("compose.send", "compose.options", "compose.editor", "compose.close", "compose.back")


class Request(Struct, frozen=True):
    """What it was opened for: see `Composer.begin`."""

    account: int
    post: int | None
    author_only: bool
    begun: str
    draft: Draft | None


class Pad(TextArea):
    """The field. The keys of the composer come before those of the field."""

    BINDINGS = keys.bindings(keys.Context.COMPOSER)


class Composer(Widget):
    """Writes one draft at a time. Closing keeps the text; only sending and throwing away end it.

    It is mounted once and used again: a `TextArea` watches the application and would be kept alive for
    ever by that.

    Attributes:
        options: what is set besides the text.
    """

    DEFAULT_CSS = """
    Composer {
        display: none;
        layout: vertical;
        height: auto;
        width: 1fr;
        margin-top: 1;
        padding-left: 1;
    }
    Composer.-open { display: block; }
    Composer > Pad, Composer > Pad:focus {
        height: 6;
        border: none;
        padding: 0;
        background: $inbox-ground;
        color: $inbox-bright;
    }
    """

    def __init__(self) -> None:
        super().__init__(id="composer")
        self.options = ComposeOptions(self.desk, self)
        self._head = ComposeHead()
        self._pad = Pad(
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=False,
            highlight_cursor_line=False,
        )
        self._pad.cursor_blink = False  # nothing on the screen blinks
        self._note = Line(id="compose-note")
        self._keeper: DraftKeeper | None = None
        self._account: AccountRow | None = None
        self._to: tuple[PersonLabel, ...] = ()
        self._meanwhile: Meanwhile | None = None
        self._sending = False
        self._round = 0
        self._request: Request | None = None
        self._opened_from = Area.READING

    def compose(self) -> ComposeResult:
        """To whom and how it may be read; the text; whether it is kept."""
        yield self._head
        yield self._pad
        yield self._note

    @property
    def desk(self) -> Desk:
        """The application."""
        return cast(Desk, self.app)

    @property
    def is_open(self) -> bool:
        """Whether it is on the screen."""
        return self.has_class("-open")

    @property
    def answers(self) -> bool:
        """Whether what is written answers a post."""
        request = self._request
        return request is not None and request.post is not None

    @property
    def has_hand(self) -> bool:
        """Whether the keys go to it."""
        return self.screen.focused is self._pad

    def take_hand(self) -> None:
        """Let the keys go to it."""
        self.screen.set_focus(self._pad)

    # Beginning

    def begin(
        self,
        account: int,
        post: int | None,
        *,
        author_only: bool = False,
        begun: str = "",
        draft: Draft | None = None,
    ) -> None:
        """Open, and take keys from this moment on; what the store knows comes a moment later.

        Args:
            account: local id of the account that writes.
            post: local id of the post that is answered, or None for a new one.
            author_only: name the post's author only, not everybody in it.
            begun: text to begin with, where there is no draft.
            draft: a draft to go on with, in the place of the one that is kept for this post.
        """
        request = Request(account, post, author_only, begun, draft)
        if self.is_open and request == self._request:
            self.take_hand()
            return
        before = self._let_go()
        if not self.is_open:
            self._opened_from = self.desk.shown.active
        self._round += 1
        self._forget()
        self._request = request
        self._to = ()
        self._account = self.desk.account(account)
        self._pad.load_text("")
        self.add_class("-open")
        self._draw()
        self.desk.activate(Area.READING)
        self.desk.start(self._load(self._round, request, before))

    async def _load(self, turn: int, request: Request, before: DraftKeeper | None) -> None:
        if before is not None:
            await before.settle()  # it may be the draft that is read now
        context = await self._ask_context(request)
        if turn != self._round or not self.is_open:
            return
        self._account, self._to = context.account, context.to
        self._keeper = self._keeper_of(request, context)
        self._watch(self._keeper.draft, context.answered_meanwhile)
        typed = self._pad.text
        self._pad.load_text(self._keeper.draft.text + typed)
        self._pad.move_cursor(self._pad.document.end)
        self._text_changed()

    def _watch(self, draft: Draft, said: str) -> Meanwhile:
        """See from now on whether somebody answers what this draft answers."""
        if self._meanwhile is not None:
            self._meanwhile.end()
        self._meanwhile = Meanwhile(
            self.desk, draft, said, set_timer=self.set_timer, changed=self._draw
        )
        return self._meanwhile

    async def _ask_context(self, request: Request) -> ReplyContext:
        return await self.desk.ask(
            thread_queries.reply_context,
            request.account,
            request.post,
            now=self.desk.services.now(),
            everybody=not request.author_only,
        )

    def _keeper_of(self, request: Request, context: ReplyContext) -> DraftKeeper:
        draft = request.draft or context.draft
        return DraftKeeper(
            replace(draft, text=draft.text or request.begun),
            save=self._save,
            run=self.desk.start,
            set_timer=self.set_timer,
            saved=self._draw,
        )

    async def _save(self, draft: Draft) -> Draft:
        return await asyncio.wrap_future(draft_commands.save(self.desk.services.ctx, draft))

    # Writing

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """A key stroke: it will be on disk within half a second."""
        event.stop()
        self._text_changed()

    def _text_changed(self) -> None:
        if self._keeper is not None:
            self._keeper.change(replace(self._keeper.draft, text=self._pad.text))
        self._draw()

    def _draw(self) -> None:
        """Say from whom, to whom, who may read it, and what is left."""
        if self._account is None:
            return
        ids = [account.id for account in self.desk.accounts]
        place = ids.index(self._account.id) if self._account.id in ids else 0
        draft = self._keeper.draft if self._keeper is not None else None
        self._head.colour(themes.colours_named(self.app.theme), place)
        self._head.say_for(self._account, self._to, draft, self.left)
        self._note.say(Content(self._note_words()))

    def _note_words(self) -> str:
        if self._keeper is None:
            return "reading"
        health = self.desk.services.fetcher.health().get(self._keeper.draft.account)
        offline = health is not None and health.state is HealthState.OFFLINE
        saved = "saved" if self._keeper.is_saved and self._keeper.draft.id else ""
        waits = "offline: will wait in the outbox" if offline else ""
        answered = self._meanwhile.words if self._meanwhile is not None else ""
        return " · ".join(part for part in (saved, waits, answered) if part)

    @property
    def left(self) -> int:
        """How many characters are left; negative for too many."""
        if self._account is None or self._keeper is None:
            return 0
        counter = MastodonCounter(self._account.characters, self._account.url_characters)
        return counter.left(self._pad.text, self._keeper.draft.warning)

    def fit(self, column: int) -> None:
        """Take a part of a column's lines, never fewer than four for the text."""
        self._pad.styles.height = max(LEAST_LINES, min(MOST_LINES, column // 4))

    def words(self) -> tuple[str, ...]:
        """Ids of the keys that are worth showing."""
        return WORDS

    # Options

    @property
    def draft(self) -> Draft | None:
        """The draft on the screen; None while it is read."""
        return self._keeper.draft if self._keeper is not None else None

    def change(self, draft: Draft) -> None:
        """Go on with this one in its place."""
        if self._keeper is not None:
            self._keeper.change(draft)
            self._draw()

    def write_from(self, account: AccountRow) -> None:
        """Let another account write it. Whether that one has answered already is looked up anew."""
        keeper = self._keeper
        if keeper is None:
            return
        self._account = account
        self._to = tuple(person for person in self._to if person.handle != account.handle)
        self.change(replace(keeper.draft, account=account.id))
        self._watch(keeper.draft, "").look()

    def edit_elsewhere(self) -> None:
        """Write in $EDITOR. The hub and the writer have threads of their own and go on meanwhile."""
        try:
            with self.app.suspend():
                text = edit(self._pad.text)
        except (NoEditor, SuspendNotSupported) as error:
            self.desk.say(clean_line(str(error)) or "No editor can be started from here.")
        else:
            self._pad.load_text(clean(text))
            self._pad.move_cursor(self._pad.document.end)
            self._text_changed()

    # Ending

    def send(self) -> None:
        """Send it; it can be taken back for ten seconds."""
        if not self._sending:
            self.desk.start(self._send())

    async def _send(self) -> None:
        keeper, turn = self._keeper, self._round
        if keeper is None or not self._pad.text.strip():
            self.desk.say("There is nothing to send yet.")
        elif self.left < 0:
            self.desk.say(too_long(-self.left))
        elif (meanwhile := self._meanwhile) and meanwhile.words and not meanwhile.asked:
            meanwhile.asked = True
            self.desk.say(f"{meanwhile.words}. ctrl+s again sends it.")
        else:
            self._sending = True
            try:
                draft = await keeper.settle()
                outcome = await asyncio.wrap_future(sending.send(self.desk.services.ctx, draft))
            finally:
                self._sending = False
            if outcome.action is None:
                self.desk.say(outcome.sentence)  # it was refused, and the draft stays
            elif turn == self._round:
                self.desk.say(
                    ""
                )  # what was said before is over; the status line counts down by itself
                self._hide()

    def close(self) -> None:
        """Close; the text is kept. What cannot be kept stays open: it is nowhere but on the screen."""
        keeper = self._keeper
        if keeper is not None and keeper.has_failed:
            self.desk.say("This could not be saved yet, so it stays open; ctrl+o x throws it away.")
            keeper.save_soon()
            return
        if keeper is not None and keeper.was_changed:
            self.desk.say("The text is kept: r here, or g d, goes on with it.")
        self._let_go()
        self._hide()

    def _let_go(self) -> DraftKeeper | None:
        """Save what is not saved yet, even what was typed before the store had answered."""
        keeper, request = self._keeper, self._request
        if keeper is not None and not keeper.is_saved:
            keeper.save_soon()
        elif keeper is None and request is not None and self._pad.text:
            self.desk.start(self._keep(request, self._pad.text))
        return keeper

    async def _keep(self, request: Request, typed: str) -> None:
        keeper = self._keeper_of(request, await self._ask_context(request))
        keeper.change(replace(keeper.draft, text=keeper.draft.text + typed))
        await keeper.settle()

    def throw_away(self) -> None:
        """Throw the text away; `u` brings it back."""
        keeper = self._keeper
        self._hide()
        if keeper is not None:
            self.desk.start(self._throw_away(keeper))

    async def _throw_away(self, keeper: DraftKeeper) -> None:
        draft = await keeper.settle()
        if draft.id:
            self.desk.follow(draft_commands.throw_away(self.desk.services.ctx, draft.id))

    def _forget(self) -> None:
        if self._meanwhile is not None:
            self._meanwhile.end()
        self._keeper = self._request = self._meanwhile = None

    def _hide(self) -> None:
        had_hand = self.has_hand
        self._round += 1
        self._forget()
        self._pad.load_text("")
        self.remove_class("-open")
        if had_hand:
            self.desk.activate(self._opened_from)
        self.desk.keys_changed()

    # Meanwhile

    def news(self, changes: frozenset[Change]) -> None:
        """Somebody may have answered from elsewhere."""
        if self._meanwhile is not None:
            self._meanwhile.news(changes)

    def on_resize(self, event: events.Resize) -> None:
        """Another width leaves another part of the first line."""
        self._draw()
