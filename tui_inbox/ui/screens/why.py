"""Why something stands where it stands: the reasons with their points, and the events behind each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.moment import Millis
from tui_inbox.queries import trace as trace_queries
from tui_inbox.queries.rows import ReasonRow, Trace
from tui_inbox.ui.render.exchange import ExchangeData, exchange_data
from tui_inbox.ui.render.trace import EvidenceHead, Standing, SumLine, TraceData, TraceRenderer
from tui_inbox.ui.screens.list_page import EnterPage
from tui_inbox.ui.screens.thread import ThreadPage
from tui_inbox.ui.target import Target
from tui_inbox.ui.widgets import Row, RowList

EMPTY = ("It stands in no order of rank, so there is nothing to tell.",)


class WhyPage(EnterPage):
    """The trace of an Inbox item, a person or a post. Selecting a reason shows the events behind it.

    Args:
        about: what is asked about.
    """

    OWN = EnterPage.OWN | {"pane.left", "pane.right", "list.up"}

    def __init__(self, about: Target) -> None:
        super().__init__(TraceRenderer)
        self._about = about
        self._trace: Trace | None = None
        self._chosen = 0

    # What it shows

    def concerns(self, change: Change) -> bool:
        """Whatever changes turns and relationships of the account."""
        topics = (Topic.INBOX, Topic.PEOPLE)
        return change.topic in topics and change.key == self._about.account

    async def read(self) -> None:
        """Ask why."""
        self._trace = await self._ask()
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
        rows = list(trace_rows(trace, self._chosen, self.desk.services.now()))
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
                self._show()

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """Enter goes from a reason to its events and from an event to its thread; `h` goes back."""
        row = self._rows.selected
        own: dict[str, Callable[[], None]] = {self.OPENS: self.open}
        if row is not None and isinstance(row.data, ExchangeData):
            own["pane.left"] = self.to_reason
            if row.key == event_key(self._chosen, 0):
                own["list.up"] = self.to_reason
        else:
            own["pane.right"] = self.to_events
        return own

    def open(self) -> None:
        """The events behind a reason; the thread of an event."""
        row = self._rows.selected
        if row is None or not isinstance(row.data, ExchangeData):
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


def reason_key(place: int) -> str:
    """Key of a reason's row."""
    return f"reason:{place}"


def reason_place(key: str) -> int:
    """The place among the reasons that `reason_key` wrote."""
    return int(key.partition(":")[2])


def event_key(reason: int, place: int) -> str:
    """Key of the row of an event behind a reason."""
    return f"event:{reason}:{place}"


def trace_rows(trace: Trace, chosen: int, now: Millis) -> Iterator[Row[TraceData]]:
    """The rows of a trace.

    Args:
        trace: the reasons and their sum.
        chosen: place of the reason whose events are shown.
        now: the moment from which "today" is counted.
    """
    if trace.standing:
        standing = Standing(trace.standing)
        yield Row("standing", standing, standing, selectable=False)
    for place, reason in enumerate(trace.reasons):
        yield Row(reason_key(place), reason, reason, section=place == 0)
    total = SumLine(trace.total if trace.reasons else None, trace.next)
    yield Row("sum", total, total, selectable=False)
    if not trace.reasons:
        return
    reason = trace.reasons[chosen]
    opens = any(event.post is not None for event in reason.evidence)
    head = EvidenceHead(reason.sentence, bool(reason.evidence), opens)
    yield Row(f"events:{chosen}", head, head, selectable=False, section=True)
    for place, event in enumerate(exchange_data(reason.evidence, now)):
        yield Row(event_key(chosen, place), event, event)
