"""A thread: posts oldest first, and the reply card below them, so that whether to answer is decided by reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.timer import Timer

from tui_inbox.core.changes import Change, Topic
from tui_inbox.queries import thread as thread_queries
from tui_inbox.queries.rows import HitRow, ItemRow, PostRow, ThreadPost, ThreadView
from tui_inbox.ui import keys
from tui_inbox.ui.panes.pane import NOT_FOLDED
from tui_inbox.ui.render.cells import BAR
from tui_inbox.ui.render.post import WATCHED
from tui_inbox.ui.render.thread import TEXT_AT, ThreadData, ThreadRenderer
from tui_inbox.ui.screens.openers import open_pictures
from tui_inbox.ui.screens.page import Page
from tui_inbox.ui.services import errand
from tui_inbox.ui.target import Target, of_post, words_for
from tui_inbox.ui.translating import kept, translate
from tui_inbox.ui.viewing import View, next_view
from tui_inbox.ui.widgets import Row, RowList
from tui_inbox.ui.widgets.reply_card import MOST_LINES, CardView

if TYPE_CHECKING:
    from tui_inbox.ui.pictures.in_rows import PicturesInRows

ASK_AFTER = 1.0
"""Seconds the owner stays at a thread that only followed a list until the server is asked for the rest of it."""

LOOK = 1.0
"""Seconds that what is new in a watched thread stands under the eyes until it counts as looked at."""

AGAIN_AFTER = 1.0
"""Seconds between two readings because of posts that may or may not belong to the thread."""

WORDS = (
    "item.reply",
    "item.done",
    "item.later",
    "item.favourite",
    "item.boost",
    "open.person",
    "close",
)
TITLE_NAMES = 4
BACK = "q goes back"


class ThreadPage(Page):
    """A conversation around a post.

    Args:
        account: local id of the account that sees it and would answer.
        post: local id of the post it is opened at.
        item: the Inbox item it was opened from, on which `e`, `z` and the like act.
        hit: the search hit it was opened from.
        translate: whether to translate the post it is opened at.
    """

    PLACE = "thread"
    OWN = frozenset({"item.open", "item.view", "item.translate"})
    BINDINGS = keys.bindings(keys.Context.LIST, keys.Context.ITEM)

    def __init__(
        self,
        account: int,
        post: int,
        *,
        item: ItemRow | None = None,
        hit: HitRow | None = None,
        translate: bool = False,
    ) -> None:
        super().__init__()
        self.account = account
        self.post = post
        self.item = item
        self.hit = hit
        self.card = CardView()
        self._view: ThreadView | None = None
        self._unfolded: set[int] = set()
        self._translated: set[int] = set()
        self._to_translate = translate
        self._later: Timer | None = None
        self._new: set[int] = set()
        self._seen: set[int] = set()
        self._looking: Timer | None = None
        self._asking: Timer | None = None
        self._rows: RowList[ThreadData] = RowList(self.renderer())
        self._pictures: PicturesInRows | None = None

    def compose(self) -> ComposeResult:
        """Title, posts, card."""
        yield from super().compose()
        yield self.card

    def on_mount(self) -> None:
        """Show what is stored, and ask the server for the rest."""
        self.desk.start(self._read_from_server())

    def give_way(self, lines: int | None) -> None:
        """The card gives way to the composer; pictures may have other room."""
        self.card.give_way(MOST_LINES if lines is None else lines)
        self._look_at_pictures_soon()

    def closed(self) -> None:
        """Let the terminal forget its pictures."""
        if self._pictures is not None:
            self._pictures.forget()

    def on_unmount(self) -> None:
        """At the end of the program no page is closed."""
        self.closed()

    @property
    def rows(self) -> RowList[ThreadData]:
        """The posts."""
        return self._rows

    def renderer(self) -> ThreadRenderer:
        """Draws posts with all their text."""
        drawing = self.drawing
        account = self.desk.account(self.account)
        return ThreadRenderer(drawing, account.letters if account and drawing.letters else "")

    def posts_on_screen(self) -> Iterable[PostRow]:
        """The posts between the edges of the screen."""
        return [row.data.post.post for row, _ in self._rows.rows_on_screen()]

    # What it shows

    def shows(self, account: int, post: int) -> bool:
        """Whether it is the thread of this post, as this account sees it."""
        return (account, post) == (self.account, self.post)

    def follow(self, target: Target) -> None:
        """Show another thread instead: at once what is stored, and the rest if the owner stays for a moment."""
        if target.post is None:
            return
        self.item, self.hit = target.item, target.hit
        if self.shows(target.account, target.post.id):
            return
        self.account, self.post = target.account, target.post.id
        self._view = None
        self._unfolded, self._translated = set(), set()
        self._new, self._seen = set(), set()
        self._to_translate = False
        self.closed()
        self.repaint()
        self.reread()
        if self._asking is not None:
            self._asking.stop()
        self._asking = self.set_timer(ASK_AFTER, self._ask_server)

    def _ask_server(self) -> None:
        self._asking = None
        self.desk.start(self._read_from_server())

    async def _read_from_server(self) -> None:
        account, post = self.account, self.post
        sentence = await errand(self.desk.services, lambda hub: hub.read_thread(account, post))
        if not self.shows(account, post):
            return
        if sentence:
            self.desk.say(sentence)
        self.reread()

    def concerns(self, change: Change) -> bool:
        """What happens to its posts, and whether it is watched."""
        if change.topic is Topic.WATCHED:
            return change.key == self.account
        return change.topic is Topic.POST and any(
            row.data.post.post.id == change.key for row in self._rows.rows
        )

    def news(self, changes: frozenset[Change]) -> None:
        """Posts that are not in it yet may belong to it; that is looked up once in a while."""
        super().news(changes)
        if self._later is None and any(
            change.topic in (Topic.POST, Topic.INBOX) for change in changes
        ):
            self._later = self.set_timer(AGAIN_AFTER, self._again)

    def _again(self) -> None:
        self._later = None
        self.reread()

    async def read(self) -> None:
        """Read the conversation and the card."""
        desk, account, post = self.desk, self.account, self.post
        view = await desk.ask(thread_queries.view, account, post, now=desk.services.now())
        if not self.shows(account, post):
            return  # it follows a list, and has asked for a reading of its own
        first = self._view is None
        if view is None:
            self.say_empty("This post is not stored. Reading from the server.")
            self.heading.say("Thread", desk.glyphs.rule, hint=BACK)
            return
        self._view = view
        self._new |= set(view.new)
        rows = [self._row(post) for post in view.posts]
        self.show_rows(lambda: self._rows.show(rows))
        self.card.say(view.card)
        self.heading.say(self._title(view), desk.glyphs.rule, hint=self._hint(view))
        self._look()
        self._look_at_pictures_soon()
        if first:
            self._rows.select_key(post_key(view.focus))
            if self._to_translate:
                self.translate()
        desk.keys_changed()

    def _row(self, post: ThreadPost) -> Row[ThreadData]:
        shown, unfolded = post.post, post.post.id in self._unfolded
        translation = kept(self.desk, shown) if shown.id in self._translated else None
        is_new = shown.id in self._new
        begins = len(self._new) if is_new and shown.id == self._first_new() else 0
        pictures = () if self._pictures is None else self._pictures.of(shown.id)
        data = ThreadData(post, unfolded, translation, is_new, begins, pictures)
        return Row(post_key(post.post.id), data, data, selectable=not post.missing)

    def _first_new(self) -> int | None:
        """The first of the posts that are marked as new."""
        posts = self._view.posts if self._view is not None else ()
        return next((post.post.id for post in posts if post.post.id in self._new), None)

    def _hint(self, view: ThreadView) -> str:
        """What is said however long the names are: whether it is watched, what is new in it, and the way back."""
        watched = f"{WATCHED} · " if view.watched else ""
        new = f"{len(self._new)} new · " if self._new else ""
        return f"{watched}{new}{BACK}"

    def _title(self, view: ThreadView) -> str:
        """Who talks here, the one it was opened at first."""
        mine = {post.post.author.id for post in view.posts if post.post.mine or post.post.own_as}
        focus = next((p.post.author for p in view.posts if p.post.id == view.focus), None)
        others = [
            person.name
            for person in view.participants
            if person.id not in mine and (focus is None or person.id != focus.id)
        ]
        if focus is None or focus.id in mine:
            words = "Thread" + (f" · you and {others.pop(0)}" if others else " · you")
        else:
            words = f"Thread · {focus.name}" + (" and you" if mine else "")
        if others:
            more = f" and {len(others) - TITLE_NAMES} more" if len(others) > TITLE_NAMES else ""
            words += f", with {', '.join(others[:TITLE_NAMES])}{more}"
        return words

    # What is new in a watched thread

    def on_row_list_selected(self, event: RowList.Selected) -> None:
        """Something else may stand on the screen."""
        self._look()
        self._look_at_pictures_soon()

    def on_app_focus(self) -> None:
        """Who comes back to the terminal looks again."""
        self._look()

    def on_descendant_focus(self) -> None:
        """Who comes into the thread looks at what stands there."""
        self._look()

    def look_changed(self) -> None:
        """The owner may want no pictures any more."""
        if self._pictures is not None and not self._shows_pictures:
            self._pictures.forget()
        super().look_changed()

    @property
    def _shows_pictures(self) -> bool:
        """Whether the settings have pictures shown without a key."""
        return self.desk.services.look.pictures in ("talk", "always")

    def _look_at_pictures_soon(self) -> None:
        """Fetch pictures that stand on the screen, where the settings say so, as soon as it is known what does."""
        if self._shows_pictures:
            self.call_after_refresh(self._look_at_pictures)

    def _look_at_pictures(self) -> None:
        width = self._rows.size.width
        if not width:
            return
        from tui_inbox.ui.pictures.in_rows import PicturesInRows, Room

        if self._pictures is None:
            self._pictures = PicturesInRows(self.desk, self.desk.start, self._show_post_anew)
        ground, look = self._rows.background_colors[1].rgb, self.desk.services.look
        room = Room(width - BAR - TEXT_AT, ground, look.picture_protocol)
        self._pictures.look(self.posts_on_screen(), room)

    def _show_post_anew(self, post: int) -> None:
        """Something belongs to a row now that is not part of its post."""
        for row in self._rows.rows:
            if row.data.post.post.id == post:
                self._rows.update_row(self._row(row.data.post))
                return

    def _look(self) -> None:
        """What is new and stands on the screen counts as looked at if the owner stays for a second."""
        if self._looking is not None:
            self._looking.stop()
        self._looking = None
        if self._unseen_on_screen():
            self._looking = self.set_timer(LOOK, self._looked)

    def _unseen_on_screen(self) -> set[int]:
        """The new posts that stand on the screen of a focused terminal and were not noted yet."""
        if not (self._rows.has_focus and self.app.app_focus):
            return set()
        shown = {post.id for post in self.posts_on_screen()}
        return shown & self._new - self._seen

    def _looked(self) -> None:
        from tui_inbox.commands import watching  # not needed for the first picture

        self._looking = None
        seen, view = self._unseen_on_screen(), self._view
        if view is not None and seen:
            self._seen |= seen
            watching.looked_at(
                self.desk.services.ctx, view.account, view.conversation, sorted(seen)
            )

    # What keys act on

    def target(self) -> Target | None:
        """The selected post, and the conversation the thread was opened from."""
        row = self._rows.selected
        if row is None:
            return None
        target = of_post(row.data.post.post, self.item)
        return Target(target.account, target.post, target.person, target.item, self.hit)

    def words(self) -> tuple[str, ...]:
        """Keys that are worth showing for the selected post."""
        row = self._rows.selected
        if row is None:
            return WORDS
        return words_for(WORDS, row.data.post.post, self.desk.account(self.account))

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """Enter and `v` unfold: the thread is open already. Where nothing is folded, `v` votes or shows pictures."""
        own: dict[str, Callable[[], None]] = {
            "item.view": self.unfold,
            "item.open": self.unfold,
            "item.translate": self.translate,
        }
        row = self._rows.selected
        if row is not None:
            post, unfolded = row.data.post.post, row.data.unfolded
            comes = next_view(post, self.desk.services.now(), unfolded=unfolded)
            if comes is View.POLL:
                own["item.view"] = lambda: self.desk.act("item.vote")
            elif comes is View.PICTURES:
                own["item.view"] = lambda: open_pictures(self.desk, post)
        return own

    def translate(self) -> None:
        """Show a translation below the selected post, or hide it again."""
        row = self._rows.selected
        if row is None:
            return
        if row.data.translation is not None:
            self._show_translation(row.data.post.post.id, shown=False)
        else:
            self.desk.start(self._translate(row.data.post.post))

    async def _translate(self, post: PostRow) -> None:
        if await translate(self.desk, post) is not None:
            self._show_translation(post.id, shown=True)

    def _show_translation(self, post: int, *, shown: bool) -> None:
        """What lies behind a warning is unfolded with it, else nothing would be seen."""
        self._translated = self._translated | {post} if shown else self._translated - {post}
        if shown:
            self._unfolded.add(post)
        self._show_post_anew(post)

    def unfold(self) -> None:
        """Show what is behind a warning, or fold it again."""
        row = self._rows.selected
        if row is not None:
            self._unfolded ^= {row.data.post.post.id}
            turned = self._row(row.data.post)
            if self._rows.text_of(turned) == self._rows.text_of(row):
                self.desk.say(NOT_FOLDED)
            self._rows.update_row(turned)


def post_key(post: int) -> str:
    """Key of a post's row."""
    return f"post:{post}"
