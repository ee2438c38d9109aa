"""The front door: one stranger after the other, what the check found of each, and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import ClassVar

from tui_inbox.commands import acts as act_commands
from tui_inbox.commands import door as door_commands
from tui_inbox.commands import silencing
from tui_inbox.core.act import ActKind, Report
from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.conversation import Lane
from tui_inbox.core.door import Wish
from tui_inbox.core.findings import Verdict
from tui_inbox.core.moment import Millis
from tui_inbox.queries import door as door_queries
from tui_inbox.queries import strangers
from tui_inbox.queries.door import Visitor
from tui_inbox.queries.strangers import CheckView, EvidenceRow
from tui_inbox.ui import keys
from tui_inbox.ui.key_words import key_for, last_key_for
from tui_inbox.ui.keymap import names_of
from tui_inbox.ui.links import open_one_of, open_url
from tui_inbox.ui.render.door import DoorRenderer, Evidence
from tui_inbox.ui.screens.door_rows import door_rows, evidence_key
from tui_inbox.ui.screens.list_page import ListPage
from tui_inbox.ui.screens.person import PersonPage
from tui_inbox.ui.screens.thread import ThreadPage
from tui_inbox.ui.services import errand, told
from tui_inbox.ui.target import Target, of_item

EMPTY = (
    "Nobody waits at the door.",
    "Who writes to you for the first time, asks to follow you, or is held back by your server stands here.",
)
TOPICS = frozenset({Topic.INBOX, Topic.OUTBOX, Topic.PEOPLE, Topic.ACCOUNTS})
ELSEWHERE = (
    *("pane.inbox", "pane.timeline", "pane.searches", "pane.people"),
    *("scope.all", "scope.first", "scope.second", "scope.third", "scope.fourth"),
)
"""What `1` to `9` do where nobody stands at the door: what they do everywhere."""
NOT_LOOKED = "Nobody has looked yet what their posts tell · C looks now"
LOOKING = "reading their posts"
STRANGER_WORDS = (
    *("item.junk", "item.block", "item.let_in", "inbox.thread_only", "item.later"),
    *("door.report", "item.check:look", "undo.last", "close"),
)
REQUEST_WORDS = ("item.let_in", "item.junk", "item.block", "item.check:look", "undo.last", "close")
PERSON_WORDS = ("item.reply", "open.person", "item.block", "item.check:look", "close")
"""Keys worth showing for a stranger, for somebody who asks to be let in, and for anybody else."""
NEXT = "after each of them the next one is selected, u undoes"


class DoorPage(ListPage):
    """Everybody before the door, one at a time. Deciding on one shows the next.

    Args:
        wish: begin with the first who wants this; None for the first of all.
    """

    PLACE = "door"
    HINT: ClassVar[str] = "nothing is sent while you look"
    OWN = frozenset(
        {
            *("list.down", "list.up", "list.top", "go.top", "list.bottom", "pane.left", "close"),
            *("item.open", "item.link", "item.browser", "item.copy_url", "item.copy_text"),
            *("item.let_in", "item.junk", "item.block", "item.check", "door.report", "door.behind"),
        }
    )
    BINDINGS = keys.bindings(
        keys.Context.LIST, keys.Context.ITEM, keys.Context.INBOX, keys.Context.DOOR
    )

    def __init__(self, wish: Wish | None = None) -> None:
        super().__init__(DoorRenderer)
        self._wish = wish
        self._visitors: Sequence[Visitor] = ()
        self._here: Visitor | None = None
        self._gone: list[str] = []
        self._check: CheckView | None = None
        self._shown: int | None = None
        self._report: dict[str, bool] = {}
        self._asking = ""

    # What it shows

    def concerns(self, change: Change) -> bool:
        """Who comes, who was decided on, what was found out about them."""
        return change.topic in TOPICS and change.key in self.desk.scope.accounts

    async def read(self) -> None:
        """Read who stands there, and what is known of the one that is shown."""
        desk, now = self.desk, self.desk.services.now()
        visitors = await self._read_visitors(now)
        chosen = self._choose(visitors)
        self._visitors = visitors
        if chosen is None or self._here is None or chosen.key != self._here.key:
            self._shown = None
        self._here = chosen
        self._check = None
        if chosen is not None:
            self._check = await desk.ask(
                strangers.check_view, chosen.account, chosen.person.id, now=now
            )
        self._show()

    async def _read_visitors(self, now: Millis) -> Sequence[Visitor]:
        return await self.desk.ask(door_queries.visitors, self.desk.scope, now=now)

    def _choose(self, visitors: Sequence[Visitor]) -> Visitor | None:
        """Whom to show: who was brought back by an undo, who was shown before, else who stands in that place now."""
        there = {one.key: one for one in visitors}
        for key in reversed(self._gone):
            if key in there:
                self._gone.remove(key)
                return there[key]
        if self._here is None:
            wanted = (one for one in visitors if one.wish is self._wish)
            return next(wanted, next(iter(visitors), None))
        if self._here.key in there:
            return there[self._here.key]
        self._gone.append(self._here.key)
        place = self._place(self._here)
        return visitors[min(place, len(visitors) - 1)] if visitors else None

    def _place(self, visitor: Visitor) -> int:
        keys_there = [one.key for one in self._visitors]
        return keys_there.index(visitor.key) if visitor.key in keys_there else 0

    def _show(self) -> None:
        here = self._here
        if here is None:
            self.fill(self.title_of(0), [], empty=EMPTY)
            return
        before = here.key if self._rows.selected is None else self._rows.selected.key
        rows = list(
            door_rows(
                here,
                self._check,
                shown=self._shown,
                note=self._note(here),
                last=self._last(),
            )
        )
        self.fill(self.title_of(self._place(here) + 1), rows, hint=self.HINT)
        if self._shown is None or not self._rows.select_key(before):
            self._rows.select_key(here.key)

    def _last(self) -> str:
        """What is to be known of the keys."""
        said = ["x reports them for spam as well, + unticks that"] if self.reports else []
        if len(self._visitors) > 1:
            said.append(NEXT)
        return "\n".join(said)

    def title_of(self, place: int) -> str:
        """What the page is: whom it shows, of how many."""
        count = len(self._visitors)
        if self._here is not None and self._here.wish is not None:
            return f"Requests · {place} of {count} at the door"
        return f"Strangers · {place} of {count}" if count else "Strangers"

    def _note(self, here: Visitor) -> str:
        if self._asking == here.key:
            return LOOKING
        return NOT_LOOKED if self._check is None else ""

    def moments(self) -> Iterable[Millis]:
        """When they were last heard from."""
        return [self._here.at] if self._here is not None and self._here.at is not None else []

    # What keys act on

    def target(self) -> Target | None:
        """Whoever is shown."""
        here = self._here
        if here is None:
            return None
        if here.item is not None:
            return of_item(here.item)
        return Target(here.account, person=here.person)

    def nothing(self) -> str:
        """What to say to a key where nobody stands at the door."""
        return EMPTY[0]

    def words(self) -> tuple[str, ...]:
        """Keys that are worth showing for whoever is shown."""
        if self._here is None:
            return ("undo.last", "close")
        if self._selected_post is not None:
            return ("item.open", "item.link", "pane.left:fold", "close")
        if self._is_stranger:
            return STRANGER_WORDS
        return PERSON_WORDS if self._here.wish is None else REQUEST_WORDS

    @property
    def _is_stranger(self) -> bool:
        item = self._here.item if self._here is not None else None
        return item is not None and item.lane is Lane.STRANGERS

    @property
    def _selected_post(self) -> EvidenceRow | None:
        row = self._rows.selected
        return row.data.post if row is not None and isinstance(row.data, Evidence) else None

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """Go on to the next one, decide on this one, show what stands behind a sentence and open it."""
        own: dict[str, Callable[[], None]] = {
            "item.check": self.look,
            "door.report": self.tick,
            "door.behind": self.behind,
        }
        if self._shown is not None:
            own["close"] = own["pane.left"] = self.hide
        else:
            own |= {
                "list.down": lambda: self.go(1),
                "list.up": lambda: self.go(-1),
                "list.top": lambda: self.show_at(0),
                "go.top": lambda: self.show_at(0),
                "list.bottom": lambda: self.show_at(-1),
            }
        if (post := self._selected_post) is not None:
            own |= {
                "item.open": lambda: self.open_post(post),
                "item.link": lambda: self.open_link(post),
                "item.browser": lambda: self.open_browser(post),
                "item.copy_url": lambda: self.copy(post.url, "The address"),
                "item.copy_text": lambda: self.copy(post.text, "The text"),
            }
        here = self._here
        if here is not None:
            own["item.block"] = lambda: self.block(here)
        if here is not None and here.wish is not None:
            own |= {
                "item.let_in": lambda: self._decide(here, granted=True),
                "item.junk": lambda: self._decide(here, granted=False),
            }
        if here is not None and here.item is None and "item.open" not in own:
            own["item.open"] = lambda: self.desk.open_page(PersonPage(here.account, here.person))
        return own

    def behind(self) -> None:
        """Show what stands behind the sentence whose digit was pressed; where nobody stands here, go where it goes."""
        names = names_of(keys.key_named("door.behind"), dict(self.desk.services.look.keymap))
        pressed = self.desk.pressed
        digit = names.index(pressed) if pressed in names else 0
        lines = self._check.lines if self._check is not None else ()
        places = [place for place, line in enumerate(lines) if line.evidence]
        if self._here is None:
            self.desk.act(ELSEWHERE[digit])
        elif digit < len(places):
            self.show_behind(places[digit])
        else:
            self.desk.say("No sentence here has that digit.")

    # From one to the next

    def go(self, step: int) -> None:
        """Show the next one, or the one before."""
        if self._here is None or not self._visitors:
            return
        place = self._place(self._here) + step
        if not 0 <= place < len(self._visitors):
            self.desk.say("That was the last one." if step > 0 else "That was the first one.")
            return
        self.show_at(place)

    def show_at(self, place: int) -> None:
        """Show the one at a place, the last one at -1."""
        if self._visitors:
            self._here = self._visitors[place]
            self._shown, self._check = None, None
            self.reread()

    # What stands behind a sentence

    def show_behind(self, place: int) -> None:
        """Show the posts behind a sentence, or hide them again."""
        self._shown = None if self._shown == place else place
        self._show()
        if self._shown is not None:
            self._rows.select_key(evidence_key(0))

    def hide(self) -> None:
        """Hide the posts behind a sentence."""
        self._shown = None
        self._show()

    def open_post(self, post: EvidenceRow) -> None:
        """Open the thread of a post behind a sentence; where it is not stored, ask the server for it."""
        self.desk.start(self._open_post(post))

    async def _open_post(self, post: EvidenceRow) -> None:
        here, id = self._here, post.post
        if here is None:
            return
        if id is None:
            answer = await told(
                self.desk.services, lambda hub: hub.read_quoted(here.account, post.server_id)
            )
            id = answer.what
            if id is None:
                self.desk.say(answer.sentence or "This post is not there any more.")
                return
        self.desk.open_page(ThreadPage(here.account, id))

    def open_link(self, post: EvidenceRow) -> None:
        """Open where a post points to."""
        open_one_of(self.desk, post.links)

    def open_browser(self, post: EvidenceRow) -> None:
        """Open the page of a post."""
        if post.url:
            open_url(self.desk, post.url)
        else:
            self.desk.say("It has no address.")

    def copy(self, text: str | None, what: str) -> None:
        """Copy something of a post."""
        if text:
            self.desk.copy_to_clipboard(text)
            self.desk.say(f"{what} is in the clipboard.")
        else:
            self.desk.say("There is nothing to copy.")

    # What becomes of them

    def look(self) -> None:
        """Ask the server now what their posts tell."""
        if self._here is not None and not self._asking:
            self._asking = self._here.key
            self._show()
            self.desk.start(self._look(self._here))

    async def _look(self, here: Visitor) -> None:
        try:
            sentence = await errand(
                self.desk.services, lambda hub: hub.check_stranger(here.account, here.person.id)
            )
        finally:
            self._asking = ""
        if sentence:
            self.desk.say(sentence)
        self.reread()

    @property
    def reports(self) -> bool:
        """Whether a block tells moderators, too: where everybody gets the same, unless the owner says otherwise."""
        if self._here is None or self._here.wish is not None:
            return False
        is_same = self._check is not None and self._check.verdict is Verdict.SAME
        return self._report.get(self._here.key, is_same)

    def tick(self) -> None:
        """Let a block report them for spam as well, or not."""
        if self._here is None or self._here.wish is not None:
            self.desk.say("There is nothing of theirs to report.")
            return
        self._report[self._here.key] = ticked = not self.reports
        also = "reports them for spam as well" if ticked else "reports nothing"
        self.desk.say(f"{key_for(self.desk, 'item.block')} blocks, and {also}.")
        self._show()

    def block(self, here: Visitor) -> None:
        """Block whoever is shown; the server is told after the hold."""
        desk, person = self.desk, here.person.id
        ctx = desk.services.ctx
        if here.item is not None and not self._is_stranger:
            desk.say(f"{last_key_for(desk, 'block.surely')} again blocks {here.person.name}.")
            desk.begin_prefix("item.block")
        elif self.reports:
            post = here.item.post.id if here.item and here.item.post else None
            spam = Report(category="spam")
            desk.follow(silencing.report(ctx, here.account, person, spam, post=post, block=True))
        else:
            desk.follow(act_commands.on_person(ctx, here.account, person, ActKind.BLOCK))

    def _decide(self, here: Visitor, *, granted: bool) -> None:
        if here.wish is not None:
            command = door_commands.let_in if granted else door_commands.refuse
            ctx = self.desk.services.ctx
            self.desk.follow(command(ctx, here.account, here.wish, here.person.id))
