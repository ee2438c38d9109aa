"""Posts, what one account sees of them, and their places in feeds."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from tui_inbox.core.moment import Millis
from tui_inbox.core.person import Person, PersonRef
from tui_inbox.core.text import Link


class Audience(StrEnum):
    """Who may read a post, widest first. `LIMITED` is any narrower form a server has of its own."""

    PUBLIC = "public"
    UNLISTED = "unlisted"
    FOLLOWERS = "followers"
    LIMITED = "limited"
    DIRECT = "direct"

    def is_wider_than(self, other: Audience) -> bool:
        """Whether this one lets more people read than `other`."""
        return _WIDTH[self] < _WIDTH[other]

    def narrower_of(self, other: Audience) -> Audience:
        """The one of the two that fewer people can read."""
        return other if self.is_wider_than(other) else self


_WIDTH = {audience: width for width, audience in enumerate(Audience)}


class PostRef(Struct, frozen=True, order=True):
    """What a post is, for ever: its network and its URI there. Opaque, equality only."""

    network: str
    uri: str


class ReplyTo(Struct, frozen=True):
    """What a post answers, as far as its server says.

    Mastodon names the parent by the id of the server that tells it, Bluesky by URI; either may be missing.
    """

    server_id: str | None = None
    uri: str | None = None
    author_server_id: str | None = None


class Mention(Struct, frozen=True):
    """Somebody named in a post."""

    person: PersonRef
    server_id: str
    handle: str


class MediaKind(StrEnum):
    """What an attachment is, in the word that is shown."""

    PICTURE = "picture"
    VIDEO = "video"
    AUDIO = "audio"
    FILE = "file"


class Media(Struct, frozen=True):
    """An attachment; `alt` is its description, empty where its author wrote none.

    Attributes:
        seconds: how long a sound or a film lasts, where its server says so.
    """

    kind: MediaKind
    url: str | None
    alt: str = ""
    seconds: int | None = None


class PollOption(Struct, frozen=True):
    """One choice of a poll. `votes` is None while the server keeps the count back."""

    title: str
    votes: int | None = None


class Poll(Struct, frozen=True):
    """A poll under a post. Votes are a fact about a conversation, so they are kept and shown.

    Attributes:
        voters: how many people voted, where its server says so; each may have given several votes.
    """

    server_id: str
    options: tuple[PollOption, ...]
    multiple: bool = False
    closes_at: Millis | None = None
    closed: bool = False
    voters: int | None = None

    def is_over(self, now: Millis) -> bool:
        """Whether no vote is taken any more; a server may be late in saying so."""
        return self.closed or (self.closes_at is not None and self.closes_at <= now)


class Card(Struct, frozen=True):
    """The link preview that the server made; nothing is fetched for it. `author` is of what it leads to."""

    url: str
    title: str
    description: str = ""
    author: str = ""


class QuoteState(StrEnum):
    """Whether the post that another one quotes may be shown (docs.joinmastodon.org, client/quotes).

    The first five are the same for everybody who asks, the others are about the account that does.
    """

    ACCEPTED = "accepted"
    PENDING = "pending"
    REJECTED = "rejected"
    REVOKED = "revoked"
    DELETED = "deleted"
    UNAUTHORIZED = "unauthorized"
    BLOCKED_ACCOUNT = "blocked_account"
    BLOCKED_DOMAIN = "blocked_domain"
    MUTED_ACCOUNT = "muted_account"

    @property
    def is_personal(self) -> bool:
        """Whether it depends on who asks: whom they block or mute, and what they may see."""
        return self in _PERSONAL


_PERSONAL = frozenset(
    {
        QuoteState.UNAUTHORIZED,
        QuoteState.BLOCKED_ACCOUNT,
        QuoteState.BLOCKED_DOMAIN,
        QuoteState.MUTED_ACCOUNT,
    }
)


class Post(Struct, frozen=True):
    """A post as its author wrote it, cleaned; the same for every account that sees it.

    Attributes:
        text: clean text. `links` point into it by code point offsets, in order, never overlapping.
        warning: content warning, one clean line; empty for none.
        quoted: the post it quotes, if any, as far as its identity is known.
        quote: whether anybody may be shown that; None where it quotes nothing, or nothing is said of it. What
            keeps it from one account alone stands in that account's view.
        language: BCP 47 tag as its server gives it.
    """

    ref: PostRef
    author: Person
    created_at: Millis
    text: str
    links: tuple[Link, ...] = ()
    warning: str = ""
    sensitive: bool = False
    language: str | None = None
    audience: Audience = Audience.PUBLIC
    url: str | None = None
    reply_to: ReplyTo | None = None
    mentions: tuple[Mention, ...] = ()
    tags: tuple[str, ...] = ()
    media: tuple[Media, ...] = ()
    poll: Poll | None = None
    card: Card | None = None
    quoted: PostRef | None = None
    quote: QuoteState | None = None
    edited_at: Millis | None = None


class FilterAction(StrEnum):
    """What a filter does to a post: hides it, folds it, or folds its attachments only."""

    HIDE = "hide"
    WARN = "warn"
    BLUR = "blur"


class FilterHit(Struct, frozen=True):
    """A filter of the account's that matched a post.

    Attributes:
        contexts: where it holds, as `core.reading.FilterContext` names it; empty for everywhere.
        filter_id: the server's id of the filter; empty where it gives none.
    """

    title: str
    action: FilterAction
    contexts: tuple[str, ...] = ()
    filter_id: str = ""


class PostView(Struct, frozen=True):
    """What one account sees of a post and did to it. `server_id` is the post's id for that account.

    Attributes:
        quote: what keeps from this account the post that is quoted (`QuoteState.is_personal`), if anything does.
    """

    server_id: str
    favourited: bool = False
    boosted: bool = False
    bookmarked: bool = False
    muted: bool = False
    filtered: tuple[FilterHit, ...] = ()
    voted: tuple[int, ...] | None = None
    quote: QuoteState | None = None


class SeenPost(Struct, frozen=True):
    """A post together with one account's view of it, and the quoted post where the server sent it along."""

    post: Post
    view: PostView
    quoted: SeenPost | None = None


class Boost(Struct, frozen=True):
    """Who passed a post on, and when. `uri` is the boost's own identity, `server_id` its id on the server."""

    by: Person
    at: Millis
    uri: str
    server_id: str


class FeedKind(StrEnum):
    """The feeds a network can be asked for. A custom one is what somebody's program chooses and puts in order."""

    HOME = "home"
    OWN = "own"
    LIST = "list"
    TAG = "tag"
    PERSON = "person"
    SEARCH = "search"
    LOCAL = "local"
    FEDERATED = "federated"
    FAVOURITES = "favourites"
    BOOKMARKS = "bookmarks"
    DIRECT = "direct"
    MENTIONS = "mentions"
    LINK = "link"
    CUSTOM = "custom"


class Feed(Struct, frozen=True):
    """One feed of one account: what it is, and which one of its kind.

    Attributes:
        argument: the server's id of the list, person or custom feed, the words of a search, the address of a link, or a
            tag, alone or as `TagFeed` writes it; empty for feeds of which there is one.
    """

    kind: FeedKind
    argument: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.argument}" if self.argument else str(self.kind)

    @classmethod
    def parse(cls, text: str) -> Feed:
        """The feed that `str(feed)` wrote.

        Raises:
            ValueError: the text names no known kind of feed.
        """
        kind, _, argument = text.partition(":")
        return cls(FeedKind(kind), argument)


_TAG_SIGNS = {"any": "|", "all": "+", "none": "-"}


class TagFeed(Struct, frozen=True):
    """Posts with a tag or any of some others, which have all of some and none of others.

    Written as `sea |boats |ships +wind -storm`; names stand without their `#`. Servers take about four
    further tags of each sort, and some none at all.
    """

    tag: str
    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()

    def __str__(self) -> str:
        further = [
            f"{sign}{name}" for sort, sign in _TAG_SIGNS.items() for name in getattr(self, sort)
        ]
        return " ".join([self.tag, *further])

    @classmethod
    def parse(cls, argument: str) -> TagFeed:
        """The tags of a feed's argument; signs `#` are taken off.

        Raises:
            ValueError: it names no tag.
        """
        tag, *further = argument.split() or [""]
        sorts = {
            sort: tuple(word[1:].lstrip("#") for word in further if word[0] == sign)
            for sort, sign in _TAG_SIGNS.items()
        }
        if not tag.lstrip("#"):
            raise ValueError("no tag is named")
        return cls(tag.lstrip("#"), **sorts)


class FeedEntry(Struct, frozen=True):
    """A post's place in a feed.

    Attributes:
        filed_at: the time under which the server files the entry; with the identity the total order.
        entry_id: the id by which the server pages over it (a boost's own id); opaque.
        boost: who passed it on, where that is why it stands here.
    """

    seen: SeenPost
    filed_at: Millis
    entry_id: str
    boost: Boost | None = None

    @property
    def identity(self) -> str:
        """The URI that orders entries of one moment."""
        return self.boost.uri if self.boost else self.seen.post.ref.uri
