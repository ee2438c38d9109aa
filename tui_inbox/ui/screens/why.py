"""Why something stands where it stands: the reasons with their points, and the events behind each."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from functools import partial

from tui_inbox.commands import own_rules as commands
from tui_inbox.commands.context import Context
from tui_inbox.commands.own_rules import RuleOutcome
from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.moment import Millis
from tui_inbox.core.own_rules import STEP, RuleChange
from tui_inbox.priority.phrases import ordinal
from tui_inbox.queries import trace as trace_queries
from tui_inbox.queries.rows import ReasonRow, Trace
from tui_inbox.ui import keys
from tui_inbox.ui.render.exchange import ExchangeData, exchange_data
from tui_inbox.ui.render.trace import (
    EvidenceHead,
    MoreEvents,
    Standing,
    SumLine,
    TraceData,
    TraceRenderer,
)
from tui_inbox.ui.screens.list_page import ListPage
from tui_inbox.ui.screens.thread import ThreadPage
from tui_inbox.ui.target import Target
from tui_inbox.ui.widgets import Row, RowList

SHOWN = 3
"""So many events stand behind a reason until all are asked for."""

NO_REASON = "There is no reason here that could be changed."
FIXED = "Everybody starts with this; there is nothing of yours in it to change."
NO_CHANGE = "Nothing was changed here yet: + - or 0 first, then 7."

EMPTY = ("It stands in no order of rank, so there is nothing to tell.",)


class WhyPage(ListPage):
    """The trace of an Inbox item, a person or a post. Selecting a reason shows the events behind it.

    Args:
        about: what is asked about.
    """

    PLACE = "why"
    OPENS = "why.open"
    OWN = frozenset(
        {
            OPENS,
            *("why.more", "why.less", "why.never", "why.week", "why.rules"),
            *("pane.left", "pane.right", "list.up"),
        }
    )
    BINDINGS = keys.bindings(keys.Context.LIST, keys.Context.WHY)
    WORDS = ("why.more", "why.less", "why.never", "why.week", "why.rules", "close")
    GIVE_WAY = ("open.search", "compose.new", "next.needs")

    def __init__(self, about: Target) -> None:
        super().__init__(TraceRenderer)
        self._about = about
        self._trace: Trace | None = None
        self._chosen = 0
        self._unfolded = False
        self._last: RuleChange | None = None

    # What it shows

    def concerns(self, change: Change) -> bool:
        """Whatever changes turns and relationships of the account."""
        topics = (Topic.INBOX, Topic.PEOPLE)
        return change.topic in topics and change.key == self._about.account

    async def read(self) -> None:
        """Ask why."""
        self._take(await self._ask())

    def _take(self, trace: Trace | None) -> None:
        """Show a trace. The hand stays on the reason on which it was, wherever that stands now."""
        chosen = self._reason
        self._trace = trace
        if self._trace is not None and chosen is not None:
            named = [same_line(chosen, one) for one in self._trace.reasons]
            self._chosen = named.index(True) if True in named else self._chosen
        self._show()

    async def _ask(self) -> Trace | None:
        desk, about = self.desk, self._about
        now = desk.services.now()
        if about.item is not None:
            return await desk.ask(trace_queries.of_item, about.item.id, now=now, scope=desk.scope)
        if about.post is not None:
            return await desk.ask(trace_queries.of_post, about.account, about.post.id, now=now)
        if about.person is not None:
            return await desk.ask(trace_queries.of_person, about.account, about.person.id, now=now)
        return None

    def _show(self) -> None:
        trace = self._trace
        if trace is None:
            self.fill("Why", [], empty=EMPTY)
            return
        self._chosen = min(self._chosen, max(0, len(trace.reasons) - 1))
        before = self._rows.selected
        now = self.desk.services.now()
        rows = list(trace_rows(trace, self._chosen, now, unfolded=self._unfolded))
        self.fill(trace.title, rows, hint="")
        if before is not None and isinstance(before.data, ReasonRow):
            self.to_reason()  # the hand stays among the reasons even if its own is gone

    # What keys act on

    def on_row_list_selected(self, event: RowList.Selected) -> None:
        """Another reason has other events behind it."""
        if event.row is not None and isinstance(event.row.data, ReasonRow):
            place = reason_place(event.row.key)
            if place != self._chosen:
                self._chosen = place
                self._unfolded = False
                self._show()

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """Enter goes from a reason to its events and from an event to its thread; `h` goes back."""
        row = self._rows.selected
        ctx = self.desk.services.ctx
        own: dict[str, Callable[[], None]] = {
            self.OPENS: self.open,
            "why.more": partial(self._with_reason, partial(more, ctx, STEP)),
            "why.less": partial(self._with_reason, partial(more, ctx, -STEP)),
            "why.never": partial(self._with_reason, partial(not_at_all, ctx)),
            "why.week": self.week,
            "why.rules": lambda: self.desk.act("open.rules"),
        }
        if row is not None and isinstance(row.data, ExchangeData | MoreEvents):
            own["pane.left"] = self.to_reason
            if row.key == event_key(self._chosen, 0):
                own["list.up"] = self.to_reason
        else:
            own["pane.right"] = self.to_events
        return own

    def open(self) -> None:
        """The events behind a reason; the thread of an event."""
        row = self._rows.selected
        if row is not None and isinstance(row.data, MoreEvents):
            self._unfolded = True
            self._show()
            self._rows.select_key(event_key(self._chosen, SHOWN))
        elif row is None or not isinstance(row.data, ExchangeData):
            self.to_events()
        elif (post := row.data.exchange.post) is None:
            self.desk.say("The text of this is not stored here.")
        else:
            self.desk.open_page(ThreadPage(self._about.account, post))

    def to_events(self) -> None:
        """Select the first event behind the chosen reason."""
        if not self._rows.select_key(event_key(self._chosen, 0)):
            self.desk.say("No event stands behind it alone.")

    def to_reason(self) -> None:
        """Select the reason whose events are shown."""
        self._rows.select_key(reason_key(self._chosen))

    # What it changes

    @property
    def _reason(self) -> ReasonRow | None:
        """The selected reason, or the one whose events are shown."""
        reasons = self._trace.reasons if self._trace is not None else ()
        return reasons[self._chosen] if self._chosen < len(reasons) else None

    def _with_reason(self, do: Callable[[ReasonRow], Future[RuleOutcome]]) -> None:
        reason = self._reason
        if reason is None:
            self.desk.say(NO_REASON)
        elif reason.about is None:
            self.desk.say(FIXED)
        else:
            self.desk.start(self._change(do(reason)))

    def week(self) -> None:
        """Let the last change that was made here last a week only; else the selected rule."""
        reason, change = self._reason, self._last
        if change is None and reason is not None and reason.is_rule:
            change = RuleChange(None, reason.about)
        if change is None:
            self.desk.say(NO_CHANGE)
        else:
            ctx = self.desk.services.ctx
            self.desk.start(self._change(commands.last_a_week(ctx, change)))

    async def _change(self, doing: Future[RuleOutcome]) -> None:
        """Wait for a change, show what came of it, and say where the row would stand."""
        before = self._trace
        outcome = await asyncio.wrap_future(doing)
        if outcome.change is None:
            self.desk.say(f"{outcome.sentence.rstrip('.')}.")
            return
        self._last = joined(self._last, outcome.change)
        after = await self._ask()
        if self.is_attached:
            self._take(after)
        where = place_words(before, after, of_item=self._about.item is not None)
        self.desk.say(" · ".join([f"{outcome.sentence}: {where}", "u undoes"]))


def more(ctx: Context, step: int, reason: ReasonRow) -> Future[RuleOutcome]:
    """More of what a reason is about, or less; a rule's own line changes that rule."""
    assert reason.about is not None, "only such a line is changed"
    rule = reason.about if reason.is_rule else None
    return commands.move(ctx, reason.about.about, step, rule=rule)


def not_at_all(ctx: Context, reason: ReasonRow) -> Future[RuleOutcome]:
    """What a reason is about counts not at all any more; a rule goes."""
    assert reason.about is not None, "only such a line is changed"
    if reason.is_rule:
        return commands.remove(ctx, reason.about)
    return commands.silence(ctx, reason.about)


def joined(before: RuleChange | None, change: RuleChange) -> RuleChange:
    """Changes of one rule after another are one: `+ + 7` lets all of it last a week."""
    if before is not None and before.became is not None and before.became == change.was:
        return RuleChange(before.was, change.became)
    return change


def same_line(one: ReasonRow, other: ReasonRow) -> bool:
    """Whether two reasons are the same line of a trace at two moments."""
    if one.is_rule and other.is_rule:
        assert one.about is not None, "a rule is about something"
        assert other.about is not None, "a rule is about something"
        return one.about.same_as(other.about)
    return one.is_rule == other.is_rule and one.name == other.name


def place_words(before: Trace | None, after: Trace | None, *, of_item: bool) -> str:
    """Where a row would stand now: `would be 2nd of 3, was 1st`, `stays 1st of 3`.

    Args:
        before: the trace as it was; `after` as it is.
        of_item: whether a conversation is explained; a person whose section stands in another order, and the author
            of a post, have a place among people all the same.
    """
    if before is None or after is None or not after.place or (of_item and not after.by_points):
        return "points decide nothing here"
    now = f"{ordinal(after.place)} of {after.count}"
    among = "" if after.by_points else " among people"
    if after.place == before.place:
        return f"stays {now}{among}"
    return f"would be {now}{among}, was {ordinal(before.place)}"


def reason_key(place: int) -> str:
    """Key of a reason's row."""
    return f"reason:{place}"


def reason_place(key: str) -> int:
    """The place among the reasons that `reason_key` wrote."""
    return int(key.partition(":")[2])


def more_key(reason: int) -> str:
    """Key of the row that stands for further events behind a reason."""
    return f"more:{reason}"


def event_key(reason: int, place: int) -> str:
    """Key of the row of an event behind a reason."""
    return f"event:{reason}:{place}"


def trace_rows(
    trace: Trace, chosen: int, now: Millis, *, unfolded: bool = False
) -> Iterator[Row[TraceData]]:
    """The rows of a trace.

    Args:
        trace: the reasons and their sum.
        chosen: place of the reason whose events are shown.
        now: the moment from which "today" is counted.
        unfolded: whether all events are shown that are told.
    """
    if trace.standing:
        standing = Standing(trace.standing)
        yield Row("standing", standing, standing, selectable=False)
    for place, reason in enumerate(trace.reasons):
        yield Row(reason_key(place), reason, reason, section=place == 0)
    total = SumLine(trace.total if trace.reasons else None, trace.next, trace.before)
    yield Row("sum", total, total, selectable=False)
    if not trace.reasons:
        return
    reason = trace.reasons[chosen]
    opens = any(event.post is not None for event in reason.evidence)
    head = EvidenceHead(reason.sentence, bool(reason.evidence), opens, reason.is_rule)
    yield Row(f"events:{chosen}", head, head, selectable=False, section=True)
    events = reason.evidence
    shown = events if unfolded or len(events) <= SHOWN + 1 else events[:SHOWN]
    for place, event in enumerate(exchange_data(shown, now)):
        yield Row(event_key(chosen, place), event, event)
    if left := len(events) - len(shown) + reason.more:
        further = MoreEvents(left, can_show=len(shown) < len(events))
        yield Row(more_key(chosen), further, further, selectable=further.can_show)
