"""Search: one line to type a query, and below it what it finds in everything stored, while it is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from tui_inbox.commands import searches as search_commands
from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.highlight import NO_MARKS, marks
from tui_inbox.core.matching import TooSlow
from tui_inbox.core.moment import Millis
from tui_inbox.core.query_text import QueryError, parse
from tui_inbox.core.text import clean_line
from tui_inbox.queries import searches as search_queries
from tui_inbox.queries.rows import AccountRow, HitRow
from tui_inbox.ui import keys
from tui_inbox.ui.render.found import FoundRenderer
from tui_inbox.ui.render.wrap import cut
from tui_inbox.ui.screens.list_page import ListPage
from tui_inbox.ui.target import Target, of_post, words_for
from tui_inbox.ui.widgets import Row
from tui_inbox.ui.widgets.line import Line
from tui_inbox.ui.widgets.query_field import QueryField

LOOK_AFTER = 0.08
"""Seconds from a key stroke until the store is asked."""

MOST = 100
"""Posts that are shown at most."""

LANGUAGE = (
    "acorn crm            both words, anywhere in the text",
    '"anyone know * crm"  a phrase; * is one to five words',
    "export*              words that begin so",
    "choir OR singers     either of them",
    "-spam                what must not be there",
    'near:"rye market"    these words close to each other',
    "/colou?r/            a regular expression",
    "from:odile  to:me    the author, somebody who is named",
    "group:choir          who is in a group of yours",
    "#tag  lang:de  server:town.example  account:mi",
    "link:rocket.example  where a link in it leads",
    "has:link             or media, alt, poll, question",
    "is:reply             or boost, quote, dm, unread, yours",
    "since:3d             until:friday, since:2026-11-30",
)
"""What can be typed, shown as long as nothing is."""

NOTHING = ("Nothing that is stored here.",)


class SearchPage(ListPage):
    """Finds posts in everything stored. Enter goes from the line to what was found, `/` back to the line."""

    PLACE = "search"
    OWN = frozenset({"search.save", "open.search"})
    BINDINGS = keys.bindings(keys.Context.LIST, keys.Context.ITEM, keys.Context.SEARCH)
    WORDS = (
        "item.open",
        "search.save",
        "item.reply",
        "item.keep",
        "open.person",
        "item.link",
        "close",
    )

    def __init__(self) -> None:
        self._marks = NO_MARKS
        super().__init__(lambda drawing: FoundRenderer(drawing, self._marks))
        self.field = QueryField()
        self.note = Line()
        self._typing = True
        self._looking: Timer | None = None
        self._found: Sequence[HitRow] = ()
        self._query = ""
        self._error: QueryError | TooSlow | None = None

    def compose(self) -> ComposeResult:
        """Title, the line, what is to be said of it, what was found."""
        yield self.heading
        yield self.field
        yield self.note
        yield self._rows

    # Typing

    @property
    def focus_target(self) -> Widget:
        """The line, until Enter."""
        return self.field if self._typing else self._rows

    def on_descendant_focus(self) -> None:
        """Enter, `/` or a click went from the line to what was found, or back."""
        self._typing = self.field.has_focus
        self._say_note()
        self._show()
        self.desk.keys_changed()

    def edit(self) -> None:
        """Back to the line."""
        self.screen.set_focus(self.field)

    def closed(self) -> None:
        """Let go of the line."""
        self.field.let_go()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look in a moment; what is typed until then is looked for with it."""
        event.stop()
        if self._looking is None:
            self._looking = self.set_timer(LOOK_AFTER, self._look)

    def _look(self) -> None:
        self._looking = None
        self.reread()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: to what was found."""
        event.stop()
        if self.field.value.strip():
            self.screen.set_focus(self._rows)

    # What it shows

    def concerns(self, change: Change) -> bool:
        """What happens to the posts it shows."""
        return change.topic is Topic.POST and any(hit.post.id == change.key for hit in self._found)

    async def read(self) -> None:
        """Look for what stands in the line."""
        desk = self.desk
        query = clean_line(self.field.value)
        hits: tuple[HitRow, ...] = ()
        error: QueryError | TooSlow | None = None
        if query:
            try:
                hits = await desk.ask(
                    search_queries.find, desk.scope, query, now=desk.services.now(), limit=MOST
                )
            except (QueryError, TooSlow) as refused:
                error = refused
        if query != clean_line(self.field.value):
            return  # somebody has typed on, and has asked for a reading of their own
        self._query, self._error, self._found = query, error, hits
        self._mark(query)
        self._say_note()
        self._show()

    def _mark(self, query: str) -> None:
        """Let what was looked for be marked from now on."""
        self._marks = NO_MARKS
        with suppress(QueryError):
            self._marks = marks(parse(query))
        self._rows.renderer = self.renderer()

    def _show(self) -> None:
        hits = self._found
        title = "Search everything stored"
        if hits:
            title += f" · the newest {MOST}" if len(hits) == MOST else f" · {len(hits)} found"
        nothing = () if self._error else NOTHING
        rows = [Row(f"post:{hit.post.id}", hit, hit) for hit in hits]
        hint = "esc goes back" if self._typing else "q goes back"
        self.fill(title, rows, hint=hint, empty=nothing if self._query else LANGUAGE)

    def _say_note(self) -> None:
        """Below the line: what is wrong with it, or what Enter does."""
        if self._error is not None:
            words = f" {self._error}"
            if isinstance(self._error, QueryError):
                words = pointing(self._query, self._error, self.note.size.width)
            self.note.say(Content.styled(words, "$inbox-yours"))
        else:
            words = " Enter goes to what was found" if self._typing and self._found else ""
            self.note.say(Content.styled(words, "$inbox-dim"))

    def moments(self) -> Iterable[Millis]:
        """When the posts were written."""
        return [hit.post.at for hit in self._found]

    # What keys act on

    def target(self) -> Target | None:
        """The selected post."""
        row = self._rows.selected
        return of_post(row.data.post) if row is not None else None

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """Keep the search; back to the line."""
        return {"search.save": self.save, "open.search": self.edit}

    def words(self) -> tuple[str, ...]:
        """Keys that are worth showing."""
        row = self._rows.selected
        if self._typing or row is None:
            return () if self._typing else ("search.save", "close")
        post = row.data.post
        return words_for(self.WORDS, post, self.desk.account(post.account))

    def save(self) -> None:
        """Keep what was looked for as a standing search."""
        if self._query and not self._error:
            self.desk.start(self._save(self._query))
        else:
            self.desk.say("There is no query to keep.")

    async def _save(self, query: str) -> None:
        account = await self._for_whom()
        if account is not None:
            self.desk.follow(search_commands.save(self.desk.services.ctx, account.id, query))

    async def _for_whom(self) -> AccountRow | None:
        """The account that is shown; of several, the one the owner names."""
        desk = self.desk
        shown = [row for row in desk.accounts if row.id in desk.scope.accounts]
        if len(shown) == 1:
            return shown[0]
        target = self.target()
        likely = desk.account(target.account) if target else None
        letters = ", ".join(row.letters for row in shown)
        answer = await desk.ask_line(
            f"keep it for which account? {letters}", (likely or shown[0]).letters
        )
        if answer is None:
            return None
        named = next((row for row in shown if row.letters == answer.strip().lower()), None)
        if named is None:
            desk.say(f"There is no account {clean_line(answer)}.")
        return named


def pointing(query: str, error: QueryError, width: int) -> str:
    """The sentence of an error, with a sign under the place in the line that it speaks of.

    Args:
        query: what was typed.
        error: what is wrong with it.
        width: cells there are.
    """
    at = 1 + cell_len(query[: error.column - 1])
    sentence = f"expected {error.expected}"
    if at + 2 + len(sentence) > width and at > width // 2:
        return f"{cut(sentence, at - 1)} ^".rjust(at + 1)
    return cut(f"{' ' * at}^ {sentence}", width)
