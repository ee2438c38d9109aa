"""Bubbles while the owner looks elsewhere: from what changed in the store to the terminal or the desktop.

What is told, when and in which words is decided in `core.bubbles`; here it is only found out whether the owner looks
and what was drawn while they did, and what was told is kept over the next start.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence

from textual.timer import Timer

from tui_inbox.commands import places as place_commands
from tui_inbox.core.bubbles import Bubble, News, Told, Wishes, known, step
from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.moment import to_datetime
from tui_inbox.core.ports import Notifier
from tui_inbox.queries import bubbles as bubble_queries
from tui_inbox.queries import positions as position_queries
from tui_inbox.queries.rows import EntryRow, HitRow, ItemRow
from tui_inbox.ui import desktop
from tui_inbox.ui.bubble_ways import DESKTOP, NONE, WORDS, TerminalNotifier, way_of
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.layout import Area
from tui_inbox.ui.render.post import TimelineData

PLACE = "bubbles"
"""Name of the kept place that holds what was told."""

LOOK_AFTER = 1.0
"""Seconds from a change to the look at it: several changes are one look."""

IDLE = 120.0
"""Seconds without a key after which the owner looks elsewhere, where the terminal does not tell of its focus."""

_TOPICS = frozenset({Topic.INBOX, Topic.SEARCHES})
_TOPICS_OF_GROUPS = frozenset({Topic.FEED, Topic.GROUPS})


def drawn_in(desk: Desk) -> frozenset[str]:
    """Keys of the turns, hits and posts that stand in the panes, as `queries.bubbles` names them."""
    keys: set[str] = set()
    for area in (Area.INBOX, Area.SEARCHES, Area.READING, *desk.shown.pins):
        rows = desk.pane_of(area).rows
        for row in rows.rows if rows is not None else ():
            match row.data:
                case ItemRow(id=item, post=post):
                    keys.add(f"turn:{item}:{post.id if post else 0}")
                case HitRow(search=search, post=post):
                    keys.add(f"hit:{search}:{post.id}")
                case TimelineData(entry=EntryRow(post=post)):
                    keys.add(f"post:{post.id}")
                case _:
                    pass
    return frozenset(keys)


class Bubbles:
    """Watches what could be told.

    Args:
        desk: the application.
        wishes: what the owner wants to be told of, and how.
        write: writes to the terminal.
        set_timer: runs a function after some seconds.
        environment: the variables of the process, which tell what terminal it is.

    Attributes:
        way: how bubbles are shown.
        focus: whether the terminal has the focus; None as long as it has never told of it.
    """

    def __init__(
        self,
        desk: Desk,
        wishes: Wishes,
        write: Callable[[str], None],
        set_timer: Callable[[float, Callable[[], None]], Timer],
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        self._desk = desk
        self._rules = wishes.rules
        self._set_timer = set_timer
        self._write = write
        self._environment = environment
        self._told: Told | None = None
        self._is_first_run = False
        self._kept: tuple[str, ...] = ()
        self._glimpsed: frozenset[str] = frozenset()
        self._looking: Timer | None = None
        self._again: Timer | None = None
        self._through_tmux = bool(environment.get("TMUX"))
        self.focus: bool | None = None
        self.way = NONE
        self._notifier: Notifier | None = None
        self.take(wishes)

    def take(self, wishes: Wishes) -> None:
        """Tell of these things from now on, in this way."""
        self._rules = wishes.rules
        way = way_of(wishes.way, self._environment, desktop=desktop.is_installed())
        if way != DESKTOP:
            self._notifier = None
        if way not in (DESKTOP, NONE):
            self._notifier = TerminalNotifier(
                self._write, way, tmux=self._through_tmux, bell=wishes.bell
            )
        elif way == DESKTOP and self.way != DESKTOP:
            self._notifier = desktop.DesktopNotifier(self._desk.start)
        self.way = way

    async def begin(self) -> None:
        """Read what was told in earlier runs. What was there when the owner last looked is not told."""
        kept = await self._desk.ask(position_queries.read, PLACE)
        self._is_first_run = kept is None
        keys = tuple(map(str, json.loads(kept))) if kept else ()
        self._told, self._kept = Told(keys), keys
        await self._look(begins=True)

    # What happens

    def news(self, changes: frozenset[Change]) -> None:
        """Something changed in the store."""
        topics = {change.topic for change in changes}
        concerns = bool(topics & _TOPICS)
        if self._rules.groups and self._is_away():
            concerns |= bool(topics & _TOPICS_OF_GROUPS)
        if concerns and self._looking is None:
            self._looking = self._set_timer(LOOK_AFTER, self._look_now)

    def focus_changed(self, focus: bool) -> None:
        """The terminal told of its focus: what stands in the panes when one looks away is known.

        What is in the store by then and was not drawn yet is told: nobody has seen it.
        """
        self.focus = focus
        drawn = None if focus or self._rules.always else drawn_in(self._desk)
        self._desk.start(self._look(left=drawn))

    def _look_now(self) -> None:
        self._looking = None
        self._desk.start(self._look())

    def _look_again(self) -> None:
        self._again = None
        self._desk.start(self._look())

    def _is_away(self) -> bool:
        """Whether the owner looks elsewhere."""
        if self._rules.always:
            return True
        if self.focus is None:
            return self._desk.idle_seconds() >= IDLE
        return not self.focus

    # Deciding, showing, keeping

    async def _look(self, *, begins: bool = False, left: frozenset[str] | None = None) -> None:
        """Look at what waits, and tell what is to be told.

        Args:
            begins: it is the first look of this run.
            left: keys of what was drawn when the owner looked away, a moment ago; None at any other look.
        """
        if self._told is None or self._notifier is None or self._rules.tells_nothing:
            return
        now = self._desk.services.now()
        keys = frozenset(self._told.keys)
        news = await self._desk.ask(bubble_queries.waiting, self._rules, now=now, known=keys)
        told = self._told
        if begins and not self._is_first_run:
            seen = self._desk.away_since or now
            told = known(told, [one for one in news if one.at <= seen])
        if begins and self._is_first_run:
            self._keep(known(told, news))
            return
        if not self._is_away():
            self._see(told, news)
            return
        if left is not None:
            told = known(told, [one for one in news if one.key in left])
        wall = to_datetime(now).astimezone()
        done = step(told, news, self._rules, now=now, minute=60 * wall.hour + wall.minute)
        self._keep(
            done.told
        )  # before it is shown: a kill in between costs a bubble, and shows none twice
        if done.bubble is not None:
            self._show(self._notifier, done.bubble)
        if self._again is not None:
            self._again.stop()
            self._again = None
        if done.again is not None:
            self._again = self._set_timer(max(0.1, (done.again - now) / 1000), self._look_again)

    def _see(self, told: Told, news: Sequence[News]) -> None:
        """The owner looks at the terminal: what is drawn is known, and so is what no pane shows, a look later."""
        seen = drawn_in(self._desk) | self._glimpsed
        self._keep(known(told, [one for one in news if one.key in seen]))
        self._glimpsed = frozenset(one.key for one in news if one.key not in seen)
        if self._glimpsed and self._looking is None:
            self._looking = self._set_timer(LOOK_AFTER, self._look_now)

    @staticmethod
    def _show(notifier: Notifier, bubble: Bubble) -> None:
        notifier.show(bubble.title, bubble.text)

    def _keep(self, told: Told) -> None:
        self._told = told
        if told.keys != self._kept or self._is_first_run:
            self._kept, self._is_first_run = told.keys, False
            place_commands.keep(self._desk.services.ctx, PLACE, json.dumps(told.keys))

    # To be tried

    def try_it(self) -> str:
        """Show a bubble now, whatever the rules say. Returns in a sentence which way it took, and what it needs."""
        if self._notifier is None:
            return "Notifications are off: [notifications] way in the settings names a way."
        self._show(self._notifier, Bubble("tui-inbox", "This is how it looks when somebody waits."))
        tells_nothing = self.focus is None and not self._rules.always
        said = [f"Sent by {WORDS[self.way]}."]
        if self._through_tmux and self.way != DESKTOP:
            besides = ", focus-events" if tells_nothing else ""
            said.append(f"tmux: allow-passthrough{besides} on.")
        elif tells_nothing:
            said.append("Away is two minutes without a key.")
        return " ".join(said)
