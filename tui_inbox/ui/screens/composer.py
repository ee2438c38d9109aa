"""The composer: one for the whole program, below whatever is read while writing."""

from __future__ import annotations

import asyncio
from typing import cast

from msgspec.structs import replace
from textual import events
from textual.app import SuspendNotSupported
from textual.content import Content

from tui_inbox.commands import drafts as draft_commands
from tui_inbox.core.account import Limits
from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.draft import Draft
from tui_inbox.core.health import HealthState
from tui_inbox.core.text import clean, clean_line
from tui_inbox.editor import NoEditor, edit
from tui_inbox.queries import composing
from tui_inbox.queries.composing import Surroundings
from tui_inbox.queries.rows import AccountRow, PersonLabel
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.key_words import key_for
from tui_inbox.ui.keymap import names_of
from tui_inbox.ui.keys import key_named
from tui_inbox.ui.layout import Area
from tui_inbox.ui.render import composed
from tui_inbox.ui.screens.compose_accounts import ComposeAccounts
from tui_inbox.ui.screens.compose_card import ComposeCard
from tui_inbox.ui.screens.compose_completion import Completion
from tui_inbox.ui.screens.compose_files import ComposeFiles
from tui_inbox.ui.screens.compose_gate import ComposeGate
from tui_inbox.ui.screens.compose_opening import Request, open_request, where_kept
from tui_inbox.ui.screens.compose_options import ComposeOptions
from tui_inbox.ui.screens.compose_people import ComposePeople
from tui_inbox.ui.screens.compose_poll import ComposePoll
from tui_inbox.ui.screens.compose_preview import show_preview
from tui_inbox.ui.screens.compose_sending import ComposeSending, Doubt
from tui_inbox.ui.screens.compose_view import ComposeView, Picture
from tui_inbox.ui.screens.draft_keeper import DraftKeeper
from tui_inbox.ui.screens.meanwhile import Meanwhile
from tui_inbox.ui.screens.said_today import SaidToday
from tui_inbox.ui.widgets.key_line import key_line
from tui_inbox.ui.widgets.pad import Pad

WORDS = (
    "compose.send",
    "compose.options",
    "compose.editor",
    "compose.complete",
    "compose.close",
    "compose.back",
)


class Composer(ComposeView):
    """Writes one draft at a time. Closing keeps the text; only sending and throwing away end it.

    It is mounted once and used again: a `TextArea` watches the application and would be kept alive for
    ever by that. It fulfils `writing.Writing`.

    Attributes:
        options, accounts, people, files, poll, card: what is set besides the text.
    """

    def __init__(self) -> None:
        super().__init__()
        self.options = ComposeOptions(self.desk, self)
        self.accounts = ComposeAccounts(self.desk, self, narrowed=self.options.narrowed)
        self.people = ComposePeople(self.desk, self)
        self.files = ComposeFiles(self.desk, self)
        self.poll = ComposePoll(self.desk, self)
        self.card = ComposeCard(self.desk, self)
        self._completion = Completion(
            self.desk, self._writer, set_timer=self.set_timer, changed=self.share
        )
        self._today = SaidToday(
            self.desk, lambda: self.draft, set_timer=self.set_timer, changed=self._draw
        )
        self._sending = ComposeSending(self.desk)
        self._gate = ComposeGate(self.desk, self._draw)
        pad = Pad(steer=self._completion.steer, dropped=self.files.dropped)
        self._completion.serve(pad)
        self.fill(pad=pad, completions=self._completion.list, poll=self.poll.editor)
        self._noted = ""
        self._keeper: DraftKeeper | None = None
        self._account: AccountRow | None = None
        self._to: tuple[PersonLabel, ...] = ()
        self._around = Surroundings()
        self._meanwhile: Meanwhile | None = None
        self._round = 0
        self._request: Request | None = None
        self._opened_from = Area.READING

    @property
    def desk(self) -> Desk:
        """The application."""
        return cast(Desk, self.app)

    @property
    def answers(self) -> bool:
        """Whether what is written answers a post."""
        request = self._request
        return request is not None and request.post is not None

    # Beginning

    def begin(
        self,
        account: int,
        post: int | None,
        *,
        author_only: bool = False,
        begun: str = "",
        draft: Draft | None = None,
        kept: bool = False,
    ) -> None:
        """Open, and take keys from this moment on; what the store knows comes a moment later.

        Args:
            account: local id of the account that writes.
            post: local id of the post that is answered, or None for a new one.
            author_only: name the post's author only, not everybody in it.
            begun: text to begin with, where there is no draft.
            draft: a draft to go on with, in the place of the one that is kept for this post.
            kept: whether that draft is older than this opening.
        """
        request = Request(account, post, author_only, begun, draft, kept)
        if self.is_open and request == self._request:
            self.take_hand()
            return
        before = self._let_go()
        if not self.is_open:
            self._opened_from = self.desk.shown.active
        self._round += 1
        self._forget()
        self._request = request
        self._account = self.desk.account(account)
        self._pad.load_text("")
        self.add_class("-open")
        self._draw()
        self.poll.editor.prepare()
        self.desk.activate(Area.READING)
        self.desk.opening(self._load(self._round, request, before))

    async def _load(self, turn: int, request: Request, before: DraftKeeper | None) -> None:
        if before is not None:
            await before.settle()  # it may be the draft that is read now
        opened = await open_request(self.desk, request, self._keep)
        if turn != self._round or not self.is_open:
            return
        context, keeper = opened.context, opened.keeper
        if (
            context.out_of_reach and not keeper.draft.id
        ):  # a text that is kept is shown, to be taken elsewhere
            self.desk.say(context.out_of_reach)
            self._hide()
            return
        self._account, self._to, self._around = context.account, context.to, opened.around
        self._keeper = keeper
        self._watch(keeper.draft, context.answered_meanwhile)
        self._gate.look(keeper.draft)
        typed = self._pad.text
        self._pad.load_text(keeper.draft.text + typed)
        self._pad.move_cursor(self._pad.document.end)
        self._text_changed()
        if not typed:
            self.note(opened.note)

    def _watch(self, draft: Draft, said: str) -> Meanwhile:
        """See from now on whether somebody answers what this draft answers."""
        if self._meanwhile is not None:
            self._meanwhile.end()
        self._meanwhile = Meanwhile(
            self.desk, draft, said, set_timer=self.set_timer, changed=self._draw
        )
        return self._meanwhile

    def _keep(self, draft: Draft) -> DraftKeeper:
        return DraftKeeper(
            draft,
            save=self._save,
            run=self.desk.start,
            set_timer=self.set_timer,
            saved=self._draw,
        )

    async def _save(self, draft: Draft) -> Draft:
        return await asyncio.wrap_future(draft_commands.save(self.desk.services.ctx, draft))

    # Writing

    def on_text_area_changed(self) -> None:
        """A key stroke: it will be on disk within half a second."""
        self._text_changed()

    def on_text_area_selection_changed(self) -> None:
        """The hand has moved: another word, and perhaps another part of a thread."""
        self._completion.follow()
        if (draft := self.draft) is not None and draft.split:
            self._draw()

    def _text_changed(self) -> None:
        draft = self.draft
        if draft is not None and draft.text != self._pad.text:
            self._noted = ""
            self._today.text_changed()
            self.change(replace(draft, text=self._pad.text))
        else:
            self._draw()
        self._completion.follow()

    def complete(self) -> None:
        """Complete the word before the hand; where there is nothing to complete, go to the next field."""
        if self.poll.editor.is_open and not self._pad.has_focus:
            self.poll.editor.go(1)
        elif not self._completion.begin():
            self.desk.act("pane.next")

    def insert(self, text: str) -> None:
        """Put a text where the hand is."""
        self._pad.take_in(text)

    def write(self, text: str) -> None:
        """Let this be the text; `ctrl+z` brings the other one back."""
        self._pad.write(text)

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

    # What is set besides the text

    @property
    def draft(self) -> Draft | None:
        """The draft on the screen; None while it is read."""
        return self._keeper.draft if self._keeper is not None else None

    @property
    def around(self) -> Surroundings:
        """What stands around it."""
        return self._around

    @property
    def turn(self) -> int:
        """Which time of writing this is."""
        return self._round

    def _writer(self) -> int | None:
        return self._account.id if self._account is not None else None

    def change(self, draft: Draft) -> None:
        """Go on with this one in its place."""
        keeper = self._keeper
        if keeper is None:
            return
        before = keeper.draft
        keeper.change(draft)
        if (draft.account, draft.quotes) != (before.account, before.quotes):
            self.desk.start(self._look_around(keeper))
            self._gate.look(draft)
        if draft.text == before.text:
            self._noted = ""
        self._draw()

    async def _look_around(self, keeper: DraftKeeper) -> None:
        around = await self.desk.ask(composing.surroundings, keeper.draft)
        if keeper is self._keeper:
            self._around = around
            self._draw()

    def write_from(self, account: AccountRow) -> None:
        """Let another account write it. Whether that one has answered already is looked up anew."""
        keeper = self._keeper
        if keeper is None:
            return
        self._account = account
        self._to = tuple(person for person in self._to if person.handle != account.handle)
        self.change(self.options.narrowed(keeper.draft.written_by(account.id)))
        self._watch(keeper.draft, "").look()

    def note(self, words: str) -> None:
        """Say something in the line under the text, until something else is done."""
        self._noted = words
        self._draw()

    def preview(self) -> None:
        """Show how it will be seen."""
        draft, account = self.draft, self._account
        if draft is not None and account is not None:
            limits = self._around.limits.get(account.id, Limits())
            self.desk.opening(show_preview(self.desk, draft, account, limits))

    # Showing

    def redraw(self) -> None:
        """Other colours, or other accounts: its first line has an account's colour."""
        self._draw()

    def _draw(self) -> None:
        """Say from whom, to whom, who may read it, what goes with it, and what is left."""
        if self._account is None:
            return
        room = self.room
        self.show(
            Picture(
                accounts=self._accounts(self._account),
                place=next(
                    (n for n, row in enumerate(self.desk.accounts) if row.id == self._account.id), 0
                ),
                draft=self.draft,
                around=self._around,
                to=self._to,
                room=room,
                notes=self._notes(room.parts),
                now=self.desk.services.now(),
            )
        )

    def _accounts(self, first: AccountRow) -> list[AccountRow]:
        """Those that post it."""
        also = self.draft.also_from if self.draft is not None else ()
        return [first, *(row for one in also if (row := self.desk.account(one)) is not None)]

    def _notes(self, parts: int) -> list[str]:
        keeper = self._keeper
        if keeper is None:
            return ["reading"]
        health = self.desk.services.fetcher.health().get(keeper.draft.account)
        offline = health is not None and health.state is HealthState.OFFLINE
        return [
            self._noted,
            "saved" if keeper.is_saved and keeper.draft.id else "",
            "offline: will wait in the outbox" if offline else "",
            self._gate.words,
            self._meanwhile.words if self._meanwhile is not None else "",
            self._today.words,
            f"{parts} parts, ctrl+o v shows them" if parts > 1 else "",
        ]

    @property
    def room(self) -> composed.Room:
        """What is left for the text."""
        if self.draft is None:
            return composed.Room(0)
        draft = replace(self.draft, text=self._pad.text)
        return composed.room(draft, self._around.limits, self._pad.at if draft.split else None)

    def begins_prefix(self, key: str) -> bool:
        """Whether a key (Textual's name of it) asks for an option, while the keys go here."""
        remapped = dict(self.desk.services.look.keymap)
        return self.has_hand and key in names_of(key_named("compose.options"), remapped)

    def own_keys(self, width: int, keymap: tuple[tuple[str, str], ...]) -> Content:
        """The keys that are worth showing while one writes."""
        return key_line(WORDS, width, (), keymap)

    # Ending

    def send(self) -> None:
        """Send it; it can be taken back for ten seconds."""
        turn = self._round
        self._sending.send(self._keeper, self._doubts(), self.room, lambda: self._sent(turn))

    def _doubts(self) -> list[Doubt]:
        return [self._gate, *([self._meanwhile] if self._meanwhile is not None else [])]

    def _sent(self, turn: int) -> None:
        if turn == self._round:
            self.desk.say("")  # what was said before is over; the status line counts down by itself
            self._hide()

    def close(self) -> None:
        """Close what is open in it, else the composer; the text is kept.

        What cannot be kept stays open: it is nowhere but on the screen.
        """
        if self._completion.close():
            return
        keeper = self._keeper
        if keeper is not None and keeper.has_failed:
            away = key_for(self.desk, "compose.throw_away")
            self.desk.say(f"This could not be saved yet, so it stays open; {away} throws it away.")
            keeper.save_soon()
            return
        if keeper is not None and keeper.was_changed:
            self.desk.say(where_kept(keeper.draft))
        self._let_go()
        self._hide()

    def _let_go(self) -> DraftKeeper | None:
        """Save what is not saved yet, even what was typed before the store had answered."""
        keeper, request = self._keeper, self._request
        if keeper is not None and not keeper.is_saved:
            keeper.save_soon()
        elif keeper is None and request is not None and self._pad.text:
            self.desk.start(self._keep_typed(request, self._pad.text))
        return keeper

    async def _keep_typed(self, request: Request, typed: str) -> None:
        keeper = (await open_request(self.desk, request, self._keep)).keeper
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
        self._around, self._to, self._noted = Surroundings(), (), ""
        self.options.begin()
        self._sending.begin()
        self._gate.forget()
        self._today.forget()
        self._completion.close()
        self.poll.leave()

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
        """Somebody may have answered from elsewhere, and a line may be lost or back."""
        if any(change.topic is Topic.HEALTH for change in changes):
            self._draw()
        if self._meanwhile is not None:
            self._meanwhile.news(changes)

    def on_resize(self, event: events.Resize) -> None:
        """Another width leaves another part of the first line."""
        self._draw()
