"""Search: one line to type a query, and below it what it finds in everything stored, while it is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from tui_inbox.commands import outside
from tui_inbox.commands import places as place_commands
from tui_inbox.commands import searches as search_commands
from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.highlight import NO_MARKS, marks
from tui_inbox.core.moment import Millis
from tui_inbox.core.outside import is_address
from tui_inbox.core.query import And, Or, Word
from tui_inbox.core.query_text import QueryError, parse
from tui_inbox.core.text import clean_line
from tui_inbox.queries import positions
from tui_inbox.queries.finding import Order
from tui_inbox.queries.rows import AccountRow, Scope
from tui_inbox.ui import keys
from tui_inbox.ui.render.found import FoundRenderer
from tui_inbox.ui.render.wrap import cut
from tui_inbox.ui.screens.asking import MOST, WORDS, Asking
from tui_inbox.ui.screens.list_page import ListPage
from tui_inbox.ui.target import Target, of_post, words_for
from tui_inbox.ui.widgets import Row, RowList
from tui_inbox.ui.widgets.line import Line
from tui_inbox.ui.widgets.query_field import QueryField
from tui_inbox.ui.widgets.row import Side

LOOK_AFTER = 0.005
"""Seconds from a key stroke until the store is asked: a word that is pasted comes as many of them."""

ORDER_KEPT = "search order"
"""Under this name stands the order that was chosen last."""

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
    "https://…            S keeps the feed of an address",
)
"""What can be typed, shown as long as nothing is."""

NOTHING = "Nothing of that is stored here."

ADDRESS_TITLE = "Search · the address of a feed"
ADDRESS = " An address: S keeps its feed as a search"
ADDRESS_TYPED = " An address: Enter, then S keeps its feed as a search"


class SearchPage(ListPage):
    """Finds posts in everything stored. Enter goes from the line to what was found, `/` back to the line."""

    PLACE = "search"
    OWN = frozenset({"search.save", "search.order", "open.search", "list.page", "list.bottom"})
    BINDINGS = keys.bindings(keys.Context.LIST, keys.Context.ITEM, keys.Context.SEARCH)
    WORDS = (
        "item.open",
        "search.save",
        "search.order",
        "item.reply",
        "item.keep",
        "open.person",
        "item.link",
        "close",
    )

    def __init__(self) -> None:
        self._marks = NO_MARKS
        super().__init__(lambda drawing: FoundRenderer(drawing, self._marks))
        self.field = QueryField(self._enter)
        self.note = Line()
        self._typing = True
        self._looking: Timer | None = None
        self._order = Order.TIME
        self._asking = Asking("", self._order, Scope(()))
        self._goes_on = False

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

    def _enter(self) -> None:
        """To what was found."""
        if self.field.value.strip():
            self.screen.set_focus(self._rows)

    # What it shows

    def concerns(self, change: Change) -> bool:
        """What happens to the posts it shows."""
        return change.topic is Topic.POST and any(
            hit.post.id == change.key for hit in self._asking.hits
        )

    async def read_first(self) -> None:
        """In which order it was looked for last."""
        kept = await self.desk.ask(positions.read, ORDER_KEPT)
        if kept in tuple(Order):
            self._order = Order(kept)

    async def read(self) -> None:
        """Look for what stands in the line, step by step, until enough is found or somebody wants something else."""
        before, goes_on = self._asking, self._goes_on
        asking, self._goes_on = before, False
        if not goes_on or self._is_other(before):
            asking = self._asked_anew()
        # What is read anew is shown when it has come as far as before, so that no row leaves for a moment.
        least = len(before.hits) if asking.is_of(before) else 0
        if not asking.query:
            self._show_all(asking)
        while not asking.rests:
            await asking.step(self.desk)
            if self._is_other(asking):
                return  # somebody has typed on, and has asked for a reading of their own
            if asking.rests or len(asking.hits) >= least:
                self._show_all(asking)

    def _asked_anew(self) -> Asking:
        query, before = clean_line(self.field.value), self._asking
        asking = Asking(query, self._order, self.desk.scope)
        if asking.is_of(before) and len(before.hits) > MOST:
            asking = Asking(query, self._order, self.desk.scope, len(before.hits))
        return asking

    def _is_other(self, asking: Asking) -> bool:
        """Whether what is asked is not what stands in the line."""
        wanted = clean_line(self.field.value), self._order, self.desk.scope
        return wanted != (asking.query, asking.order, asking.scope)

    def _show_all(self, asking: Asking) -> None:
        # Another question begins with the first answer to it, and what ranks higher later on may take its place
        # until somebody has moved.
        to_top = self._is_at_top or not asking.is_of(self._asking)
        if not asking.is_of(self._asking):
            self._mark(asking.query)
        self._asking = asking
        self._say_note()
        self._show(to_top=to_top)

    @property
    def _is_at_top(self) -> bool:
        rows = self._rows
        return rows.at_head and bool(rows.rows) and rows.selected is rows.rows[0]

    def _mark(self, query: str) -> None:
        """Let what was looked for be marked from now on."""
        self._marks = NO_MARKS
        with suppress(QueryError):
            self._marks = marks(parse(query))
        self._rows.renderer = self.renderer()

    def _show(self, *, to_top: bool = False) -> None:
        asking = self._asking
        rows = [Row(f"post:{hit.post.id}", hit, hit) for hit in asking.hits]
        hint = "esc goes back" if self._typing else "q goes back"
        # Nothing was looked for under an address, so nothing was found either.
        is_question = not is_address(asking.query)
        title = asking.said(self.desk.services.now()) if is_question else ADDRESS_TITLE
        self.field.other_order = WORDS[self._other_order]
        self.fill(title, rows, hint=hint, empty=self._instead(), to_top=to_top)

    def _instead(self) -> tuple[str, ...]:
        """What to say where nothing was found."""
        asking = self._asking
        if not asking.query:
            return LANGUAGE
        if asking.error or not asking.is_over or is_address(asking.query):
            return ()
        if word := unfinished(asking.query):
            return (NOTHING, f"{word}* finds words that begin so.")
        return (NOTHING,)

    def _say_note(self) -> None:
        """Below the line: what is wrong with it, or what Enter does."""
        error = self._asking.error
        if is_address(self._asking.query):
            words = ADDRESS_TYPED if self._typing else ADDRESS
            self.note.say(Content.styled(words, "$inbox-text"))
        elif error is not None:
            words = f" {error}"
            if isinstance(error, QueryError):
                words = pointing(self._asking.query, error, self.note.size.width)
            self.note.say(Content.styled(words, "$inbox-yours"))
        else:
            shows = self._typing and self._asking.hits
            words = " Enter goes to what was found" if shows else ""
            self.note.say(Content.styled(words, "$inbox-dim"))

    # Further down, and in another order

    def on_row_list_near_end(self, event: RowList.NearEnd) -> None:
        """Look for more before the reader gets there."""
        event.stop()
        if event.side is Side.TAIL and self._asking.is_full:
            self._look_further()

    def _look_further(self) -> None:
        """Go on where the search rests, if there is anything left to look at."""
        if self._asking.rests and not self._asking.is_over:
            self._asking.ask_for_more()
            self._goes_on = True
            self.reread()

    def page_on(self) -> None:
        """A page on; at the end of what was found look further."""
        self._further_at_end()
        self._rows.action_page(1)

    def to_bottom(self) -> None:
        """To the last that was found; there look further."""
        self._further_at_end()
        self.desk.places.leave(self.spot())
        self._rows.bottom()

    def _further_at_end(self) -> None:
        rows = self._rows.rows
        if not rows or self._rows.selected is rows[-1]:
            self._look_further()

    @property
    def _other_order(self) -> Order:
        return Order.RELEVANCE if self._order is Order.TIME else Order.TIME

    def switch_order(self) -> None:
        """Newest first, or best first; kept until it is switched again."""
        self._order = self._other_order
        place_commands.keep(self.desk.services.ctx, ORDER_KEPT, self._order)
        self.reread()

    def moments(self) -> Iterable[Millis]:
        """When the posts were written."""
        return [hit.post.at for hit in self._asking.hits]

    # What keys act on

    def target(self) -> Target | None:
        """The selected post."""
        row = self._rows.selected
        return of_post(row.data.post) if row is not None else None

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """Keep the search; its order; further down; back to the line."""
        return {
            "search.save": self.save,
            "search.order": self.switch_order,
            "open.search": self.edit,
            "list.page": self.page_on,
            "list.bottom": self.to_bottom,
        }

    def words(self) -> tuple[str, ...]:
        """Keys that are worth showing."""
        row = self._rows.selected
        order = f"search.order:{WORDS[self._other_order]}"
        if self._typing or row is None:
            return () if self._typing else ("search.save", order, "close")
        post = row.data.post
        ids = words_for(self.WORDS, post, self.desk.account(post.account))
        return tuple(order if id_ == "search.order" else id_ for id_ in ids)

    def save(self) -> None:
        """Keep what was looked for as a standing search."""
        query = clean_line(
            self.field.value
        )  # nobody may have looked for it yet, so fast was it typed
        if is_address(query) or (query and _can_be_read(query)):
            self.desk.opening(self._save(query))
        else:
            self.desk.say("There is no query to keep.")

    async def _save(self, query: str) -> None:
        account = await self._for_whom()
        if account is None:
            return
        keep = outside.save_feed if is_address(query) else search_commands.save
        self.desk.follow(keep(self.desk.services.ctx, account.id, query))

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


def unfinished(query: str) -> str:
    """The word at the end of a query if it may be the beginning of a longer one, else nothing."""
    tree = parse(query)
    last = tree.terms[-1] if isinstance(tree, And | Or) else tree
    return last.text if isinstance(last, Word) and not last.prefix else ""


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


def _can_be_read(query: str) -> bool:
    """Whether a query makes sense."""
    try:
        parse(query)
    except QueryError:
        return False
    return True
