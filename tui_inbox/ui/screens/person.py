"""The person card: who somebody is, how the two of you stand, what was said, what they wrote lately."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.moment import Millis
from tui_inbox.queries import person_card
from tui_inbox.queries.rows import ItemRow, PersonCard, PersonLabel, PostRow
from tui_inbox.ui import keys
from tui_inbox.ui.render.card import CardAbout, CardData, CardHead, CardRenderer, CardSection
from tui_inbox.ui.render.exchange import ExchangeData, exchange_data
from tui_inbox.ui.screens.list_page import ListPage
from tui_inbox.ui.screens.thread import ThreadPage
from tui_inbox.ui.services import errand
from tui_inbox.ui.target import Target, of_post
from tui_inbox.ui.widgets import Row

_TOPICS = frozenset({Topic.PEOPLE, Topic.INBOX})

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
        }
    )
    BINDINGS = keys.bindings(keys.Context.LIST, keys.Context.ITEM, keys.Context.PEOPLE)
    WORDS = (
        "item.reply",
        "item.open",
        "person.pin",
        "item.note",
        "item.follow",
        "person.met",
        "open.why",
        "close",
    )

    def __init__(self, account: int, person: PersonLabel, origin: Target | None = None) -> None:
        super().__init__(CardRenderer)
        self.account = account
        self.person = person
        self._origin = origin
        self._card: PersonCard | None = None

    def on_mount(self) -> None:
        """Ask the server for what is not stored."""
        self.desk.start(self._read_from_server())

    # What it shows

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
        card = await desk.ask(person_card.card, self.account, self.person.id, now=now)
        self._card = card
        if card is None:
            self.fill(self.person.name, [], empty=EMPTY)
            return
        self.person = card.person
        account = desk.account(self.account)
        rows = list(card_rows(card, account.letters if account else "", now))
        self.fill(card.person.name, rows)

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
        if isinstance(self._selected(), PostRow):
            return {}
        return {
            "item.open": self.open_thread,
            "item.view": self.open_thread,
            "item.reply": lambda: self.reply(author_only=False),
            "item.reply_one": lambda: self.reply(author_only=True),
            "item.browser": self.open_profile,
            "item.copy_url": self.copy_address,
        }

    def open_thread(self) -> None:
        """Open the thread of the selected event; from the head, that of what would be answered."""
        post = self._said() if isinstance(self._selected(), ExchangeData) else self._open_turn()
        if post is None:
            self.desk.say("The text of this is not stored here.")
        else:
            self.desk.open_page(ThreadPage(self.account, post, item=self._item_of(post)))

    def reply(self, *, author_only: bool) -> None:
        """Answer the selected text, their open turn, their latest post; else write to them."""
        post = self._said() or self._open_turn()
        composer = self.desk.composer
        if post is None:
            composer.begin(self.account, None, begun=f"@{self.person.handle} ")
        else:
            self.desk.open_page(ThreadPage(self.account, post, item=self._item_of(post)))
            composer.begin(self.account, post, author_only=author_only)

    def _said(self) -> int | None:
        """The post of the selected event."""
        selected = self._selected()
        return selected.exchange.post if isinstance(selected, ExchangeData) else None

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
            self.desk.open_url(self._card.url)
        else:
            self.desk.say("They have no address.")

    def copy_address(self) -> None:
        """Copy the address of their profile."""
        if self._card and self._card.url:
            self.desk.copy_to_clipboard(self._card.url)
            self.desk.say("The address is in the clipboard.")
        else:
            self.desk.say("They have no address.")


def card_rows(card: PersonCard, letters: str, now: Millis) -> Iterator[Row[CardData]]:
    """The rows of a card.

    Args:
        card: what is known.
        letters: of the account that knows it.
        now: the moment from which "today" is counted.
    """
    head = CardHead(card, letters)
    yield Row("head", head, head)
    about = CardAbout(card)
    yield Row("about", about, about, selectable=False)
    if card.history:
        said = CardSection("What passed between you")
        yield Row("history", said, said, selectable=False, section=True)
        for place, event in enumerate(exchange_data(card.history, now)):
            yield Row(f"event:{place}", event, event)
    posts = CardSection("Lately", "" if card.posts else "no post of theirs is stored here yet")
    yield Row("posts", posts, posts, selectable=False, section=True)
    for post in card.posts:
        yield Row(f"post:{post.id}", post, post)
