"""Ports: what the inner rooms need from outside, as protocols, and how a network can fail.

A network adapter is one folder under `networks/` that fulfils `Network`. The adapter keeps nothing by
itself: what must survive goes through `AccountState`, tokens through `Secrets`, and time through `Clock`.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from msgspec import Struct

from tui_inbox.core.account import Limits
from tui_inbox.core.act import Act
from tui_inbox.core.draft import Outgoing, Scheduled, Upload
from tui_inbox.core.events import NetworkEvent, Notice
from tui_inbox.core.health import Health
from tui_inbox.core.moment import Millis
from tui_inbox.core.person import Person, Relationship
from tui_inbox.core.post import Audience, Card, Feed, FeedEntry, SeenPost
from tui_inbox.core.query import Leaf
from tui_inbox.core.server_query import Said
from tui_inbox.core.spending import Day, Micros

if TYPE_CHECKING:  # only named here; whoever asks for them imports them
    from tui_inbox.core.answerers import Openness
    from tui_inbox.core.door import HeldBackCount, HeldBackPage, PeopleList, PeoplePage
    from tui_inbox.core.media_file import MediaFile
    from tui_inbox.core.other_clients import Marker, Preferences, Talk
    from tui_inbox.core.profile import OwnProfile
    from tui_inbox.core.sources import Sources
    from tui_inbox.core.versions import Original, Translation, Version

T = TypeVar("T")


class NetworkError(Exception):
    """A network could not do what was asked. `str()` is one clean sentence for the user."""


class Unreachable(NetworkError):
    """The request surely had no effect: no line, no name, connection refused."""


class AnswerLost(NetworkError):
    """The request left and no usable answer came: it may or may not have had an effect.

    `conflict` when the server says that somebody else was at work on the same thing at that moment.
    """

    def __init__(self, sentence: str, *, conflict: bool = False) -> None:
        super().__init__(sentence)
        self.conflict = conflict


class SignedOut(NetworkError):
    """The token is not accepted any more. Final until the owner signs in again."""


class Refused(NetworkError):
    """The server said a definite no, in its own words. `gone` when the thing asked for does not exist."""

    def __init__(self, sentence: str, *, gone: bool = False) -> None:
        super().__init__(sentence)
        self.gone = gone


class Throttled(NetworkError):
    """The request budget is spent; nothing was sent, or the server refused unread. Ask again at `until`."""

    def __init__(self, sentence: str, *, until: Millis) -> None:
        super().__init__(sentence)
        self.until = until


class Unsupported(NetworkError):
    """This server has no such thing."""


class PageOf(Struct, frozen=True):
    """Which page of a feed is wanted: the newest, or the one next to a cursor.

    At most one of the two cursors is set. `newer_than` asks for the page immediately above the cursor, which
    some servers cannot give: they raise `Unsupported` or answer with the newest page.

    Attributes:
        limit: how many entries at most; servers may give fewer, which is not the end.
    """

    limit: int = 40
    older_than: str | None = None
    newer_than: str | None = None


class Page(Struct, frozen=True):
    """A page of a feed, newest first. `older` is the cursor for what follows, None at the end."""

    entries: tuple[FeedEntry, ...]
    older: str | None = None


class NoticePage(Struct, frozen=True):
    """A page of notifications, newest first."""

    notices: tuple[Notice, ...]
    older: str | None = None


class Thread(Struct, frozen=True):
    """A post with what is known to stand above and below it, in the server's order."""

    focus: SeenPost
    above: tuple[SeenPost, ...] = ()
    below: tuple[SeenPost, ...] = ()


class Recent(Struct, frozen=True):
    """What somebody posted lately, newest first and without boosts, and who they are as their posts tell it."""

    person: Person
    posts: tuple[SeenPost, ...] = ()


class Found(Struct, frozen=True):
    """What a server has of some posts that it was asked for.

    Attributes:
        there: those it has, by the id that was asked for; a boost's id gives the post that it passes on.
        gone: ids of those it surely has not, or not for this account any more. What stands in neither was not said.
    """

    there: Mapping[str, SeenPost]
    gone: frozenset[str] = frozenset()


class Identity(Struct, frozen=True):
    """Who an account turned out to be, with its server's limits and its usual way of posting."""

    person: Person
    limits: Limits
    usual_audience: Audience = Audience.PUBLIC
    usual_language: str | None = None


class Network(Protocol):
    """One account's door to its network. All methods are called on the hub's event loop.

    Every method may raise `NetworkError`: `Unreachable` and `Throttled` when nothing was done, `AnswerLost`
    when that is not known, `SignedOut`, `Refused` and `Unsupported` when the answer is final. Everything
    returned is clean (`core.text.clean`).
    """

    async def identify(self) -> Identity:
        """Who the token belongs to, and what the server allows."""
        ...

    async def feed(self, feed: Feed, page: PageOf) -> Page:
        """A page of a feed. The newest page carries no cursor, so it costs the server little."""
        ...

    async def notices(self, page: PageOf) -> NoticePage:
        """A page of notifications."""
        ...

    async def thread(self, server_id: str, *, waited_for: bool = True) -> Thread:
        """A post with its ancestors and answers. What nobody waits for leaves most of the budget to others."""
        ...

    async def posts(self, server_ids: Sequence[str]) -> Found:
        """Posts as the server shows them now. Nobody waits for them."""
        ...

    async def resolve(self, address: str) -> SeenPost:
        """The post with a URI, as the account sees it; its server fetches what it has never met.

        The address is told to the server, so it is asked only about what everybody may read. `Refused` when
        nothing is found there.
        """
        ...

    async def recent(self, server_id: str, *, waited_for: bool = False) -> Recent:
        """Who somebody is and what they posted lately, about 40 posts in one request. What nobody waits for leaves
        most of the budget to others. `Refused` where the server shows nothing of them.
        """
        ...

    async def relationships(self, server_ids: Sequence[str]) -> Sequence[Relationship]:
        """How the account stands to people; those the server does not know are left out."""
        ...

    async def upload(self, upload: Upload) -> str:
        """Hand over a file that goes with a text; ends when it can be posted.

        Repeating it leaves a file at the server that nothing refers to, and no more.

        Returns:
            the server's id of it, for `Outgoing.media`.
        """
        ...

    async def describe(self, media_id: str, alt: str) -> None:
        """Give an uploaded file that is not posted yet another description."""
        ...

    async def publish(self, outgoing: Outgoing) -> SeenPost:
        """Post a text, or make it that of an own post (`Outgoing.edits`).

        Repeating it with the same key posts it once where the network honours keys; repeating an edit changes nothing.
        """
        ...

    async def plan(self, outgoing: Outgoing) -> Scheduled:
        """Hand over a text that the server is to post at `Outgoing.send_at`. Repeating it may plan it twice."""
        ...

    async def scheduled(self) -> Sequence[Scheduled]:
        """What the server will post by itself."""
        ...

    async def find_people(self, words: str) -> Sequence[Person]:
        """People whose name or handle begins so, best first. Somebody waits for the answer while they type."""
        ...

    async def find_tags(self, words: str) -> Sequence[str]:
        """Tags that begin so, without their sign, best first."""
        ...

    def search_words(self, leaf: Leaf) -> Said | None:
        """A term of a search in this network's words, or None where it has none that find at least as much."""
        ...

    async def emoji(self) -> Sequence[str]:
        """The server's own emoji, as shortcodes without colons."""
        ...

    async def act(self, act: Act) -> None:
        """Do something to a post or person; repeating it changes nothing."""
        ...

    async def sources(self) -> Sources:
        """The feeds this account can show, with their titles, and those its server does not offer."""
        ...

    async def people(self, which: PeopleList, page: PageOf) -> PeoplePage:
        """A page of one of the account's lists of people. Only `PageOf.older_than` can be asked for."""
        ...

    async def held_back(self, page: PageOf) -> HeldBackPage:
        """A page of people whose notifications are held back. Only `PageOf.older_than` can be asked for."""
        ...

    async def held_back_count(self) -> HeldBackCount:
        """How many are held back."""
        ...

    async def marker(self) -> Marker | None:
        """How far notifications were read by any client, or None if nobody ever said."""
        ...

    async def move_marker(
        self, notice_id: str, is_behind: Callable[[str], Awaitable[bool]]
    ) -> Marker:
        """Say that notifications were read up to this one. The marker only ever moves forward.

        Args:
            notice_id: the newest that was read.
            is_behind: whether a notification stands before `notice_id` in the account's own order; asked
                about where the marker is, because ids say nothing of order.

        Returns:
            where the marker is now; elsewhere than asked if another client had read further.
        """
        ...

    async def talks(self) -> Sequence[Talk]:
        """The private conversations in which something was said last, newest first: a page of them."""
        ...

    async def read_talk(self, talk_id: str) -> None:
        """Say that a private conversation was read."""
        ...

    async def preferences(self) -> Preferences:
        """How the owner likes to read and post, as set on the server."""
        ...

    async def versions(self, server_id: str) -> Sequence[Version]:
        """A post in all its versions, oldest first; the last is what stands now."""
        ...

    async def translation(self, server_id: str, language: str) -> Translation:
        """A post in another language (BCP 47)."""
        ...

    async def original(self, server_id: str) -> Original:
        """What the author of a post typed; servers tell it to its author only."""
        ...

    async def profile(self) -> OwnProfile:
        """The account's own profile, as it is typed and as others see it. Somebody waits for it."""
        ...

    def listen(self) -> AsyncGenerator[NetworkEvent, None]:
        """Events as they happen, `StreamOpened` first.

        Ends or raises when the line is lost; whoever listens opens it again, and closes what is no longer read: the
        line is open until then. Raises `Unsupported` where the server has no stream, so that the caller polls.
        """
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class Clock(Protocol):
    """Time. All waiting goes through it, so that tests and the demo can bend it."""

    def now(self) -> Millis:
        """The wall clock."""
        ...

    def monotonic(self) -> float:
        """Seconds that never jump, from an arbitrary start."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


class Secrets(Protocol):
    """Where tokens are kept: the system's keyring, or a file only the owner can read."""

    def get(self, name: str) -> str | None:
        """The secret of that name, or None."""
        ...

    def put(self, name: str, secret: str) -> None:
        """Keep a secret; it is on disk when this returns."""
        ...

    def forget(self, name: str) -> None:
        """Remove a secret; a missing one is no error."""
        ...

    def alone(self) -> AbstractContextManager[None]:
        """While it is entered, no other process is: for a secret that is exchanged for its successor. May block."""
        ...


class AccountState(Protocol):
    """What an adapter must remember between runs for one account, as text by name."""

    async def get(self, name: str) -> str | None:
        """What was put under that name, or None."""
        ...

    async def put(self, name: str, value: str) -> None:
        """Keep a value; it is on disk when this returns."""
        ...


class Spend(Protocol):
    """What an account has bought of a network that is paid for what it answers."""

    async def spent(self, day: Day) -> Micros:
        """What a day has cost so far."""
        ...

    async def bought(self, day: Day, things: Iterable[str]) -> frozenset[str]:
        """Which of some things were bought on that day already."""
        ...

    async def note(self, day: Day, prices: Mapping[str, Micros]) -> Micros:
        """Note what was bought; what of it had to be paid. It is on disk when this returns."""
        ...


class Told(Struct, Generic[T], frozen=True):
    """What a server told at a screen's request: what was asked for, or one sentence why there is nothing.

    For what is read on demand and kept nowhere: the truth about it is the server's, and it is looked at once.
    """

    what: T | None = None
    sentence: str = ""


class Notifier(Protocol):
    """Tells the owner something while they look elsewhere."""

    def show(self, title: str, text: str) -> None:
        """Show a quiet bubble: a line that is read at a glance, and another one, or nothing."""
        ...


class Fetcher(Protocol):
    """What a screen or verb may ask of the running hub. Thread-safe; nothing blocks.

    Every future ends with one sentence for the user, empty when there is nothing to say; what was fetched
    arrives through the store. Failures are sentences too, never exceptions. Versions and translations are
    not stored, so their futures bring them.
    """

    def read_thread(self, account: int, post: int) -> Future[str]:
        """Ask the server for the conversation around a post (local id)."""
        ...

    def find_post(self, account: int, post: int) -> Future[str]:
        """Let an account's server find a post (local id) that another account sees; empty once it knows it."""
        ...

    def read_older(self, account: int, feed: Feed) -> Future[str]:
        """Ask for the next page below the oldest entry of a feed."""
        ...

    def read_feed(self, account: int, feed: Feed) -> Future[str]:
        """Bring a feed up to now: while somebody looks at it, and not otherwise."""
        ...

    def read_sources(self, account: int) -> Future[str]:
        """Ask which feeds an account can show, if that was not asked a moment ago."""
        ...

    def fill_gap(self, gap: int) -> Future[str]:
        """Fetch what is missing in a hole of a feed (local id)."""
        ...

    def read_person(self, account: int, person: int) -> Future[str]:
        """Ask for a person's relationship and newest posts (local id)."""
        ...

    def check_stranger(self, account: int, person: int) -> Future[str]:
        """Look now what the posts of somebody (local id) tell of them; see `core.stranger`."""
        ...

    def read_quoted(self, account: int, server_id: str) -> Future[Told[int]]:
        """Ask for a post by its id on the account's server; brings its local id."""
        ...

    def read_versions(self, account: int, post: int) -> Future[Told[Sequence[Version]]]:
        """Ask for all versions of a post (local id), oldest first."""
        ...

    def read_translation(self, account: int, post: int, language: str) -> Future[Told[Translation]]:
        """Ask for a post (local id) in another language (BCP 47)."""
        ...

    def read_original(self, account: int, post: int) -> Future[Told[Original]]:
        """Ask what was typed into an own post (local id)."""
        ...

    def read_openness(self, account: int, post: int) -> Future[Told[Openness]]:
        """Ask whether an account may answer and quote a post (local id); nothing where its network cannot say."""
        ...

    def read_card(self, address: str) -> Future[Told[Card]]:
        """Ask a page for the card of a link to it. Its host learns that somebody looks, and nothing else."""
        ...

    def find_people(self, account: int, words: str) -> Future[Told[Sequence[Person]]]:
        """Ask for people whose name or handle begins so."""
        ...

    def find_tags(self, account: int, words: str) -> Future[Told[Sequence[str]]]:
        """Ask for tags that begin so, without their sign."""
        ...

    def read_emoji(self, account: int) -> Future[Told[Sequence[str]]]:
        """Ask for the shortcodes of the server's own emoji; asked once while the program runs."""
        ...

    def read_media(self, account: int, address: str) -> Future[Told[MediaFile]]:
        """Ask for the file at an address that a post (of an account's view) points to: a picture, a film, a sound.

        Its host learns that somebody looks, unless the file was fetched before. Nothing is said to it but the address.
        """
        ...

    def read_profile(self, account: int) -> Future[Told[OwnProfile]]:
        """Ask for an account's own profile; it is kept nowhere."""
        ...

    def stand_on_screen(self, account: int, posts: Sequence[int]) -> None:
        """Say once a minute which posts (local ids) of an account the owner is looking at.

        Those that may have changed unheard are asked about when there is nothing else to ask.
        """
        ...

    def wake_outbox(self) -> None:
        """Something was put into the outbox, or taken out."""
        ...

    def health(self) -> Mapping[int, Health]:
        """The health of each account at this moment, by local account id."""
        ...
