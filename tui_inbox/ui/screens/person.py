"""The person card: who somebody is, how the two of you stand, what was said, what they wrote lately."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Input

from tui_inbox.commands import people as people_commands
from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.moment import Millis
from tui_inbox.core.text import addresses_in
from tui_inbox.queries import between, person_card
from tui_inbox.queries.between import Talk, found_in
from tui_inbox.queries.rows import ItemRow, PersonCard, PersonLabel, PostRow
from tui_inbox.ui import keys
from tui_inbox.ui.links import open_one_of, open_url
from tui_inbox.ui.render.card import (
    CardAbout,
    CardData,
    CardHead,
    CardMore,
    CardRenderer,
    CardSection,
)
from tui_inbox.ui.render.exchange import ExchangeData, exchange_data
from tui_inbox.ui.screens.list_page import ListPage
from tui_inbox.ui.screens.openers import open_face
from tui_inbox.ui.screens.thread import ThreadPage
from tui_inbox.ui.services import errand
from tui_inbox.ui.target import Target, of_post
from tui_inbox.ui.widgets import Row
from tui_inbox.ui.widgets.query_field import QueryField

if TYPE_CHECKING:
    from tui_inbox.ui.pictures.painted import Painted
    from tui_inbox.ui.pictures.unasked import Face

_TOPICS = frozenset({Topic.PEOPLE, Topic.INBOX})

NOT_FOUND = ("No text between you two has that.",)
EMPTY = ("Nothing is stored of this person.", "Reading from the server.")


class PersonPage(ListPage):
    """The card of one person, as one account knows them.

    Keys about people act on the person; on a selected post those of posts act on it.

    Args:
        account: local id of the account.
        person: who it is, as the pane it was opened from shows them.
        origin: what it was opened from: `e`, `z` and `r` mean that conversation.
    """

    PLACE = "person"
    OWN = frozenset(
        {
            "item.open",
            "item.view",
            "item.reply",
            "item.reply_one",
            "item.browser",
            "item.copy_url",
            "item.link",
            "card.find",
            "close",
        }
    )
    BINDINGS = keys.bindings(
        keys.Context.LIST, keys.Context.ITEM, keys.Context.PEOPLE, keys.Context.CARD
    )
    WORDS = (
        "item.reply",
        "item.open",
        "card.find",
        "item.note",
        "person.pin",
        "item.follow",
        "item.link",
        "item.view",
        "person.met",
        "person.aside",
        "open.why",
        "close",
    )

    def __init__(self, account: int, person: PersonLabel, origin: Target | None = None) -> None:
        super().__init__(CardRenderer)
        self.account = account
        self.person = person
        self._origin = origin
        self._card: PersonCard | None = None
        self._whole = False
        self.field = QueryField(self._enter)
        self.field.display = False
        self._typing = False
        self._talk: Talk | None = None
        self._face: Face | None = None

    def compose(self) -> ComposeResult:
        """Title, the line in which words are looked for, rows."""
        yield self.heading
        yield self.field
        yield self._rows

    def on_mount(self) -> None:
        """Ask the server for what is not stored; from now on only what comes later is new of a favourite."""
        self.desk.start(self._read_from_server())
        people_commands.looked(self.desk.services.ctx, self.account, self.person.id)

    def closed(self) -> None:
        """Let go of the line, and of the picture."""
        self.field.let_go()
        if self._face is not None:
            self._face.forget()

    def on_unmount(self) -> None:
        """At the end of the program no page is closed."""
        if self._face is not None:
            self._face.forget()

    # What it shows

    def look_changed(self) -> None:
        """The picture may have another ground, or not be wanted any more."""
        if self._face is not None:
            self._face.forget()
        super().look_changed()

    async def _read_from_server(self) -> None:
        sentence = await errand(
            self.desk.services, lambda hub: hub.read_person(self.account, self.person.id)
        )
        if sentence:
            self.desk.say(sentence)
        self.reread()

    def concerns(self, change: Change) -> bool:
        """How the two stand, and what becomes of the posts it shows."""
        if change.topic is Topic.POST:
            return any(post.id == change.key for post in self._card.posts) if self._card else False
        theirs = change.topic in _TOPICS and change.key == self.account
        return theirs or change.topic is Topic.GROUPS

    async def read(self) -> None:
        """Read the card."""
        desk = self.desk
        now = desk.services.now()
        most = None if self._whole else person_card.HISTORY
        card = await desk.ask(person_card.card, self.account, self.person.id, now=now, history=most)
        self._card = card
        self.person = card.person if card else self.person
        if self.is_finding:
            self._talk = await desk.ask(between.talk, self.account, self.person.id)
        self._show()

    def _show(self) -> None:
        card, now = self._card, self.desk.services.now()
        if self.is_finding:
            self._show_found(now)
        elif card is None:
            self.fill(self.person.name, [], empty=EMPTY)
        else:
            account = self.desk.account(self.account)
            letters = account.letters if account else ""
            face = self._face.painted if self._face else None
            self.fill(card.person.name, list(card_rows(card, letters, now, face)))
            self._look_at_face(card)

    def _look_at_face(self, card: PersonCard) -> None:
        """Show their picture, where the settings say so."""
        if self.desk.services.look.pictures in ("ask", "never"):
            return
        from tui_inbox.ui.pictures.unasked import Face

        self._face = self._face or Face(self.desk, self._show)
        self._face.look(card, self._rows.background_colors[1].rgb)

    # Finding what was said

    @property
    def is_finding(self) -> bool:
        """Whether words are looked for in what was said."""
        return bool(self.field.display)

    @property
    def focus_target(self) -> Widget:
        """The line, until Enter."""
        return self.field if self._typing else self._rows

    def find(self) -> None:
        """Look for words in all that was said; again: back to the line."""
        began = not self.is_finding
        self.field.display = self._typing = True
        self.screen.set_focus(self.field)
        if began:
            self.reread()

    def end_finding(self) -> None:
        """Show the card again."""
        self.field.display = self._typing = False
        self.field.value = ""
        self._talk = None
        self.screen.set_focus(self._rows)
        self._show()

    def on_descendant_focus(self) -> None:
        """Enter, `S` or a click went from the line to what was found, or back."""
        self._typing = self.field.has_focus
        self.desk.keys_changed()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look at once: all that was said is in memory."""
        event.stop()
        if self.is_finding:
            self._show()

    def _enter(self) -> None:
        """To what was found."""
        self.screen.set_focus(self._rows)

    def _show_found(self, now: Millis) -> None:
        said = self._talk.said if self._talk else ()
        found = found_in(self._talk, self.field.value) if self._talk else ()
        rows: list[Row[CardData]] = [
            Row(f"found:{one.account}:{one.post}:{one.at}", event, event)
            for one, event in zip(found, exchange_data(found, now), strict=True)
        ]
        title = f"{self.person.name} and you · {len(found)} of {len(said)} texts"
        self.fill(title, rows, hint="esc goes back", empty=NOT_FOUND if self._talk else ())

    def moments(self) -> Iterable[Millis]:
        """When the posts were written."""
        return [post.at for post in self._card.posts] if self._card else ()

    # What keys act on

    def target(self) -> Target | None:
        """The selected post, or else the person and the conversation the card was opened from."""
        selected = self._selected()
        origin = self._origin
        item = origin.item if origin else None
        if isinstance(selected, PostRow):
            return of_post(selected, item)
        row = origin.row if origin else None
        hit = origin.hit if origin else None
        return Target(self.account, person=self.person, item=item, hit=hit, row=row)

    def _selected(self) -> CardData | None:
        row = self._rows.selected
        return row.data if row is not None else None

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """Keys that mean the person where no post is selected."""
        always = {"card.find": self.find}
        if self.is_finding:
            always["close"] = self.end_finding
        if isinstance(self._selected(), PostRow):
            return always
        return always | {
            "item.open": self.open_selected,
            "item.view": self.open_picture,
            "item.link": self.open_link,
            "item.reply": lambda: self.reply(author_only=False),
            "item.reply_one": lambda: self.reply(author_only=True),
            "item.browser": self.open_profile,
            "item.copy_url": self.copy_address,
        }

    def words(self) -> tuple[str, ...]:
        """Keys that are worth showing, with what they mean for this person."""
        card = self._card
        others = {
            "item.view": "picture",
            "item.follow": "unfollow" if card and (card.following or card.requested) else "",
            "person.pin": "unpin" if card and card.pinned else "",
        }
        shown = [id_ for id_ in self.WORDS if id_ != "item.view" or (card and card.picture)]
        return tuple(f"{id_}:{word}" if (word := others.get(id_)) else id_ for id_ in shown)

    def open_selected(self) -> None:
        """Open the thread of the selected event; from the head, that of what would be answered."""
        selected = self._selected()
        if isinstance(selected, CardMore):
            self._whole = True
            self.reread()
            return
        post = self._said() if isinstance(selected, ExchangeData) else self._open_turn()
        if post is None:
            self.desk.say("The text of this is not stored here.")
        else:
            self.desk.open_page(ThreadPage(self._acting(), post, item=self._item_of(post)))

    def open_picture(self) -> None:
        """Show their picture."""
        address = self._card.picture if self._card else None
        open_face(self.desk, self.account, self.person.name, address)

    def open_link(self) -> None:
        """Open what their profile points to; of several links, the one that is named."""
        open_one_of(self.desk, links_of(self._card) if self._card else ())

    def reply(self, *, author_only: bool) -> None:
        """Answer the selected text, their open turn, their latest post; else write to them."""
        post = self._said() or self._open_turn()
        composer = self.desk.composer
        if post is None:
            composer.begin(self.account, None, begun=f"@{self.person.handle} ")
        else:
            account = self._acting()
            self.desk.open_page(ThreadPage(account, post, item=self._item_of(post)))
            composer.begin(account, post, author_only=author_only)

    def _said(self) -> int | None:
        """The post of the selected event."""
        selected = self._selected()
        return selected.exchange.post if isinstance(selected, ExchangeData) else None

    def _acting(self) -> int:
        """The account that was part of the selected event; else that of the card."""
        selected = self._selected()
        told = selected.exchange.account if isinstance(selected, ExchangeData) else 0
        return told or self.account

    def _open_turn(self) -> int | None:
        """What one would answer: the text the card was opened at, or else their latest post."""
        origin = self._origin
        if origin and origin.post and origin.post.author.id == self.person.id:
            return origin.post.id
        if origin and origin.row and origin.row.post is not None:
            return origin.row.post
        posts = self._card.posts if self._card else ()
        return posts[0].id if posts else None

    def _item_of(self, post: int) -> ItemRow | None:
        """The conversation of the Inbox that a post stands for, if the card was opened from it."""
        origin = self._origin
        if origin and origin.item and origin.post and origin.post.id == post:
            return origin.item
        return None

    def open_profile(self) -> None:
        """Open their profile in the browser."""
        if self._card and self._card.url:
            open_url(self.desk, self._card.url)
        else:
            self.desk.say("They have no address.")

    def copy_address(self) -> None:
        """Copy the address of their profile."""
        if self._card and self._card.url:
            self.desk.copy_to_clipboard(self._card.url)
            self.desk.say("The address is in the clipboard.")
        else:
            self.desk.say("They have no address.")


def card_rows(
    card: PersonCard, letters: str, now: Millis, face: Painted | None = None
) -> Iterator[Row[CardData]]:
    """The rows of a card.

    Args:
        card: what is known.
        letters: of the account that knows it.
        now: the moment from which "today" is counted.
        face: their picture, where it is shown.
    """
    head = CardHead(card, letters, face)
    yield Row("head", head, head)
    about = CardAbout(card)
    yield Row("about", about, about, selectable=False)
    if card.history:
        said = CardSection("What passed between you")
        yield Row("history", said, said, selectable=False, section=True)
        for place, event in enumerate(exchange_data(card.history, now)):
            yield Row(f"event:{place}", event, event)
        if card.has_more:
            more = CardMore()
            yield Row("more", more, more)
    posts = CardSection("Lately", "" if card.posts else "no post of theirs is stored here yet")
    yield Row("posts", posts, posts, selectable=False, section=True)
    for post in card.posts:
        yield Row(f"post:{post.id}", post, post)


def links_of(card: PersonCard) -> list[str]:
    """What a profile points to, each once: the addresses in its fields, then those in what they say of themselves."""
    texts = [*(field.text for field in card.fields), card.bio]
    return list(dict.fromkeys(link.url for text in texts for link in addresses_in(text)))
