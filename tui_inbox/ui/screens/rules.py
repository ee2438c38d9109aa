"""My rules: what I want more of, less of, or not at all, and what each of them moves now."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from functools import partial
from pathlib import Path

from textual.app import SuspendNotSupported

from tui_inbox.commands import own_rules as commands
from tui_inbox.commands.own_rules import NO_FILE, RuleOutcome
from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.moment import Millis
from tui_inbox.core.own_rules import STEP, OwnRule
from tui_inbox.editor import NoEditor, edit_file
from tui_inbox.queries import rule_rows
from tui_inbox.queries.rows import Exchange
from tui_inbox.queries.rule_rows import RuleRow, Touched
from tui_inbox.ui import keys
from tui_inbox.ui.render.exchange import ExchangeData, exchange_data
from tui_inbox.ui.render.rules import RuleData, RuleRenderer
from tui_inbox.ui.screens.list_page import ListPage
from tui_inbox.ui.screens.thread import ThreadPage
from tui_inbox.ui.widgets import Row

EMPTY = (
    "No rule yet.",
    "w says why something stands where it stands; + - and 0 change that there.",
    "E opens the settings file, where rules stand as [[rules]].",
)
NO_RULE = "No rule is selected."
FINDS_NOTHING = "Nothing that waits now is found by it."


class RulesPage(ListPage):
    """All rules of the owner's."""

    PLACE = "rules"
    OPENS = "rules.open"
    OWN = frozenset(
        {OPENS, "rules.more", "rules.less", "rules.delete", "rules.edit", "pane.left", "pane.right"}
    )
    BINDINGS = keys.bindings(keys.Context.LIST, keys.Context.RULES)
    WORDS = (OPENS, "rules.more", "rules.less", "rules.delete", "rules.edit", "close")

    def __init__(self) -> None:
        super().__init__(RuleRenderer)
        self._rules: tuple[RuleRow, ...] = ()
        self._unfolded: OwnRule | None = None
        self._found: dict[str, Touched] = {}

    # What it shows

    def concerns(self, change: Change) -> bool:
        """Rules, and what waits."""
        return change.topic in (Topic.INBOX, Topic.PEOPLE)

    async def read(self) -> None:
        """Read the rules."""
        desk = self.desk
        self._rules = await desk.ask(rule_rows.view, desk.scope, now=desk.services.now())
        self._show()

    def _show(self) -> None:
        now = self.desk.services.now()
        found = [row for row in self._rules if row.rule.about == self._unfolded]
        self._found = {
            found_key(row.number, place): one
            for row in found
            for place, one in enumerate(row.touches)
        }
        count = len(self._rules)
        title = f"My rules · {count}" if count else "My rules"
        self.fill(title, list(rows_of(self._rules, self._unfolded, now)), empty=EMPTY)

    # What keys do

    def words(self) -> tuple[str, ...]:
        """Enter opens the thread of what a rule has found."""
        row = self._rows.selected
        if row is None:
            return ("rules.edit", "close")
        opens = f"{self.OPENS}:open" if isinstance(row.data, ExchangeData) else self.OPENS
        return (opens, *self.WORDS[1:])

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """More, less, delete, edit; Enter shows what a rule finds."""
        own: dict[str, Callable[[], None]] = {
            self.OPENS: self.open,
            "rules.more": partial(self._with_rule, partial(self._move, STEP)),
            "rules.less": partial(self._with_rule, partial(self._move, -STEP)),
            "rules.delete": partial(self._with_rule, self._delete),
            "rules.edit": self.edit,
        }
        row = self._rows.selected
        if row is not None and isinstance(row.data, ExchangeData):
            own["pane.left"] = self._fold
        elif row is not None and row.data.rule.about != self._unfolded:
            own["pane.right"] = self.open
        elif row is not None:
            own["pane.left"] = self._fold
        return own

    def open(self) -> None:
        """What a rule finds, or no longer; the thread of something that it has found."""
        row = self._rows.selected
        if row is None:
            self.desk.say(NO_RULE)
        elif isinstance(row.data, RuleRow):
            self._unfold(row.data)
        else:
            found = self._found[row.key]
            if found.post is None:
                self.desk.say("The text of this is not stored here.")
            else:
                self.desk.open_page(ThreadPage(found.account, found.post))

    def _unfold(self, rule: RuleRow) -> None:
        if rule.rule.about == self._unfolded:
            self._fold()
        elif not rule.touches:
            self.desk.say(FINDS_NOTHING)
        else:
            self._unfolded = rule.rule.about
            self._show()

    def _fold(self) -> None:
        if (rule := self._open_rule) is not None:
            self._rows.select_key(rule_key(rule.number))
        self._unfolded = None
        self._show()

    def _with_rule(self, do: Callable[[OwnRule], Future[RuleOutcome]]) -> None:
        rule = self._chosen()
        if rule is None:
            self.desk.say(NO_RULE)
        else:
            self.desk.start(self._do(do(rule.rule)))

    def _chosen(self) -> RuleRow | None:
        """The selected rule, or the one that has found what is selected."""
        row = self._rows.selected
        if row is None or isinstance(row.data, RuleRow):
            return row.data if row is not None else None
        return self._open_rule

    @property
    def _open_rule(self) -> RuleRow | None:
        """The rule below which stands what it finds."""
        return next((one for one in self._rules if one.rule.about == self._unfolded), None)

    async def _do(self, doing: Future[RuleOutcome]) -> None:
        outcome = await asyncio.wrap_future(doing)
        self.desk.say(f"{outcome.sentence} · u undoes" if outcome.change else outcome.sentence)
        self.reread()

    def _move(self, step: int, rule: OwnRule) -> Future[RuleOutcome]:
        return commands.move(self.desk.services.ctx, rule.about, step, rule=rule)

    def _delete(self, rule: OwnRule) -> Future[RuleOutcome]:
        return commands.remove(self.desk.services.ctx, rule)

    def edit(self) -> None:
        """Open the settings file at the selected rule. Hub and writer have threads of their own and go on."""
        file = self.desk.services.ctx.rules
        if file is None:
            self.desk.say(NO_FILE)
            return
        chosen = self._chosen()
        line = file.line_of(chosen.rule if chosen else None)
        try:
            with self.app.suspend():
                edit_file(Path(file.path), line)
        except (NoEditor, SuspendNotSupported) as error:
            self.desk.say(str(error) or "No editor can be started from here.")
        else:
            self.desk.start(self._read_again())

    async def _read_again(self) -> None:
        wrong = await asyncio.wrap_future(commands.reread(self.desk.services.ctx))
        self.desk.say(wrong or "The rules were read again.")
        self.reread()


def rule_key(number: int) -> str:
    """Key of a rule's row."""
    return f"rule:{number}"


def found_key(number: int, place: int) -> str:
    """Key of the row of something that a rule has found."""
    return f"found:{number}:{place}"


def rows_of(
    rules: Sequence[RuleRow], unfolded: OwnRule | None, now: Millis
) -> Iterator[Row[RuleData]]:
    """The rows of the page.

    Args:
        rules: all rules.
        unfolded: what the one is about below which stands what it finds.
        now: the moment from which "today" is counted.
    """
    for rule in rules:
        yield Row(rule_key(rule.number), rule, rule, section=True)
        if rule.rule.about == unfolded:
            events = [Exchange(one.at, False, one.name, one.text, one.post) for one in rule.touches]
            for place, event in enumerate(exchange_data(events, now)):
                yield Row(found_key(rule.number, place), event, event)
