"""The plain data that queries return and that panes and verbs show.

Everything is clean text and local ids; nothing here knows SQL, a network or a screen. Rows are compared by
value, so a pane can tell which of its rows changed.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from tui_inbox.core.conversation import Door, ItemState, Lane, Opening
from tui_inbox.core.draft import Draft
from tui_inbox.core.moment import Millis
from tui_inbox.core.own_rules import OwnRule
from tui_inbox.core.person import ProfileField
from tui_inbox.core.post import Audience, Card, Media, Poll, QuoteState
from tui_inbox.core.text import Link

EntryKey: TypeAlias = tuple[Millis, str]
"""A place in a feed: the time an entry is filed under, and its identity. Total order."""


class Scope(Struct, frozen=True):
    """Which accounts a pane shows. One account hides the two letters in front of every row."""

    accounts: tuple[int, ...]


class AccountRow(Struct, frozen=True):
    """An account as the header line and the account list show it.

    Attributes:
        translates: whether its server does.
        quotes: whether a post of its can quote another one; `edits`: whether an own post can be changed.
        server: its base address, as `https://host`.
        one_with: local ids of the accounts that were declared one identity with it.
        door: what becomes of strangers who write to it.
        by_browser: whether it was signed in by the browser, where that is not the usual way.
    """

    id: int
    network: str
    letters: str
    handle: str
    label: str
    characters: int
    url_characters: int
    translates: bool = False
    server: str = ""
    quotes: bool = False
    edits: bool = False
    one_with: tuple[int, ...] = ()
    door: Door = Door.CHECK
    by_browser: bool = False


class PersonLabel(Struct, frozen=True):
    """A person in a row. `partner`: text went both ways, so the name is bold and marked."""

    id: int
    name: str
    handle: str
    partner: bool = False


class PostRow(Struct, frozen=True):
    """A post as any pane shows it, seen by one account.

    Attributes:
        id: local id of the post.
        account: local id of the account whose view this is, and which would answer; `letters` are its mark.
        answers: whom it answers, if somebody; `answers_me` when that is the account's owner.
        asks: it contains a question to somebody; looked for where a row says so, in items and search hits.
        boosters: who passed it on, newest last.
        did: what the owner did to it, in words: `saved`, `boosted`, `favourite`, `conversation muted` (pending acts
            included).
        hidden: title of the filter that folds it where it is shown, or None.
        opened: what stands behind its warning is shown unasked.
        media_folded: why its attachments are folded, in words; empty where they are not.
        sensitive: its author, or its server, calls its attachments sensitive, whether or not they are folded.
        foreign: its language (BCP 47), where that is none the owner usually reads; else empty.
        quote: whether what it quotes may be shown; None where it quotes nothing.
        quoted: the quoted post, one level deep.
        own_as: how the owner's account is called that wrote it, where that is another one than this; else empty.
        watched: whether the account watches its conversation.
        voted: places of what the owner chose in its poll, a vote on its way included; None for no vote.
    """

    id: int
    account: int
    letters: str
    author: PersonLabel
    at: Millis
    text: str
    links: tuple[Link, ...] = ()
    warning: str = ""
    language: str | None = None
    audience: Audience = Audience.PUBLIC
    media: tuple[Media, ...] = ()
    poll: Poll | None = None
    voted: tuple[int, ...] | None = None
    card: Card | None = None
    url: str | None = None
    answers: PersonLabel | None = None
    answers_me: bool = False
    asks: bool = False
    boosters: tuple[PersonLabel, ...] = ()
    did: tuple[str, ...] = ()
    mine: bool = False
    edited: bool = False
    deleted: bool = False
    hidden: str | None = None
    opened: bool = False
    media_folded: str = ""
    sensitive: bool = False
    foreign: str = ""
    quote: QuoteState | None = None
    quoted: PostRow | None = None
    parent: int | None = None
    conversation: int = 0
    watched: bool = False
    own_as: str = ""

    @property
    def folds_text(self) -> bool:
        """Whether its text is folded until the owner asks for it."""
        return self.hidden is not None or (bool(self.warning) and not self.opened)

    @property
    def folds_something(self) -> bool:
        """Whether its text is folded, or its attachments are."""
        return self.folds_text or bool(self.media_folded)


class EntryRow(Struct, frozen=True):
    """A post's place in the timeline. `seq` counts arrivals.

    Attributes:
        also: who else points to what the post points to, first to last, where links are shown.
        brought_by: local id of who wrote it or passed it on, where it may be folded among others of theirs; else 0.
    """

    key: EntryKey
    seq: int
    post: PostRow
    also: tuple[PersonLabel, ...] = ()
    brought_by: int = 0


class GapRow(Struct, frozen=True):
    """A hole in the timeline, between two moments; Enter fills it unless the server has `lost` what was there."""

    id: int
    key: EntryKey
    upper_at: Millis
    lower_at: Millis
    letters: str
    lost: bool = False


TimelineRow: TypeAlias = EntryRow | GapRow


class TimelineWindow(Struct, frozen=True):
    """A bounded piece of the timeline, newest first. The flags say whether the store has no more that way.

    Attributes:
        latest_seq: what arrives anywhere after it was read has a higher number than this.
    """

    rows: tuple[TimelineRow, ...]
    at_newest: bool
    at_oldest: bool
    latest_seq: int = 0


class ItemRow(Struct, frozen=True):
    """One conversation with one person in the Inbox.

    Attributes:
        opening: why it is there, in a word; `asks` shows instead of it where they ask something.
        state: what was done about it; *answered* already while an answer is on its way.
        reason: one more fact, or empty ("let in on Monday", "first time").
        also: others in the conversation.
        before: what the owner said before, for the selected row: (when, text), or None.
        wakes: for Later: when it comes back, in words.
    """

    id: int
    account: int
    letters: str
    person: PersonLabel
    lane: Lane
    state: ItemState
    opening: Opening | None
    asks: bool
    at: Millis
    post: PostRow | None
    reason: str = ""
    also: tuple[PersonLabel, ...] = ()
    before: tuple[Millis, str] | None = None
    wakes: str = ""


class LaneRows(Struct, frozen=True):
    """One lane of the Inbox with its rows in order.

    Attributes:
        people: how many strangers look like people.
        asking: how many people ask to follow; `held`: how many the server holds back. Both of strangers only.
    """

    lane: Lane
    rows: tuple[ItemRow, ...]
    people: int = 0
    asking: int = 0
    held: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it to be told of."""
        return not (self.rows or self.asking or self.held)


class InboxView(Struct, frozen=True):
    """The whole Inbox. Empty lanes are left out."""

    lanes: tuple[LaneRows, ...]
    waiting: int
    newcomers: int
    strangers: int


class HitRow(Struct, frozen=True):
    """A post that a standing search found; what several say in the same words is one row.

    Attributes:
        state: what was done about it; *new* as long as one of its copies is.
        answers: what is known of answers, in words.
        also: who else says the same.
        copies: the newest of the other posts that do, oldest first; `more` are not among them.
        alone: it is such a copy, shown below the first: keys act on it and not on the others.
        wakes: for one that is put off: when it comes back, in words.
    """

    search: int
    post: PostRow
    state: ItemState
    answers: str = ""
    also: tuple[PersonLabel, ...] = ()
    copies: tuple[HitRow, ...] = ()
    more: int = 0
    alone: bool = False
    wakes: str = ""


class SourceRow(Struct, frozen=True):
    """A source outside an account that a search listens to, by its local id, its name and its address."""

    id: int
    name: str
    address: str


class SearchRows(Struct, frozen=True):
    """A standing search with its newest hits.

    Attributes:
        sources: what it listens to outside its account.
        unread: rows of hits that nobody has looked at.
        asks_only: it shows only hits that ask for something.
        later: how many hits are put off; `waiting` are the first of them.
        passed: how many it has found today that were not kept, because they were too many.
    """

    id: int
    query: str
    account: int
    letters: str
    marked: bool
    unread: int
    coverage: str
    hits: tuple[HitRow, ...]
    asks_only: bool = False
    later: int = 0
    waiting: tuple[HitRow, ...] = ()
    passed: int = 0
    sources: tuple[SourceRow, ...] = ()

    @property
    def title(self) -> str:
        """What it is called: its query, or what it listens to where it has none."""
        return self.query or ", ".join(source.name for source in self.sources)


class PeopleSection(StrEnum):
    """The sections of the People pane, in their order on screen."""

    WAIT_FOR_YOU = "Wait for you"
    YOU_WAIT_FOR = "You wait for"
    PINNED = "Pinned"
    GOING_QUIET = "Going quiet"
    THEY_STARTED_IT = "They started it"
    NEW_AROUND_YOU = "New around you"
    REGULARS = "Regulars"
    LET_GO = "Let go"


class PersonRow(Struct, frozen=True):
    """One person in the People pane: the reason in words, and a second line where there is one to show.

    `item` is their open inbox item, `post` their latest post that can be answered.
    """

    account: int
    letters: str
    person: PersonLabel
    section: PeopleSection
    reason: str
    detail: str = ""
    item: int | None = None
    post: int | None = None
    points: int = 0


class PeopleView(Struct, frozen=True):
    """The People pane: sections that have somebody in them."""

    sections: tuple[tuple[PeopleSection, tuple[PersonRow, ...]], ...]


class ReplyCard(Struct, frozen=True):
    """What one wants to know before answering: labelled lines, those without content left out.

    `lines` are (label, text) pairs such as ("last", "12 Nov, you closed with …").
    """

    title: str
    lines: tuple[tuple[str, str], ...]


class ThreadPost(Struct, frozen=True):
    """A post in a thread. `depth` counts answers from the root; `missing`: what it answers is not stored."""

    post: PostRow
    depth: int
    missing: bool = False


class ThreadView(Struct, frozen=True):
    """A conversation, oldest first, with the post it was opened at and the card of whom one would answer.

    Attributes:
        watched: whether the account watches it.
        new: its posts that are new to somebody who watches it, or did, by local id.
    """

    conversation: int
    account: int
    focus: int
    posts: tuple[ThreadPost, ...]
    participants: tuple[PersonLabel, ...]
    card: ReplyCard | None
    watched: bool = False
    new: tuple[int, ...] = ()


class ReplyContext(Struct, frozen=True):
    """What the composer needs to begin a reply: to whom, who may read it, and what is inherited.

    Attributes:
        out_of_reach: why this account can never answer it, in a sentence; empty where it can.
    """

    draft: Draft
    account: AccountRow
    to: tuple[PersonLabel, ...]
    audience: Audience
    excerpt: str
    answered_meanwhile: str = ""
    out_of_reach: str = ""


class Exchange(Struct, frozen=True):
    """One line of the history between the owner and a person. `post` opens its thread, where it is stored.

    `account`: local id of the owner's account that was part of it; 0 where the row is of one account anyway.
    """

    at: Millis
    outgoing: bool
    word: str
    text: str
    post: int | None
    account: int = 0


class PersonCard(Struct, frozen=True):
    """Everything about a person that matters here; never a count of followers.

    Attributes:
        history: what passed between the two, newest first; `has_more`: there is more than that.
        aside: what the owner has decided about being reminded of them, in words.
        picture: where their picture lies.
    """

    account: int
    person: PersonLabel
    bio: str
    fields: tuple[ProfileField, ...]
    url: str | None
    following: bool
    followed_by: bool
    requested: bool
    blocking: bool
    muting: bool
    pinned: bool
    note: str
    reason: str
    lines: tuple[tuple[str, str], ...]
    history: tuple[Exchange, ...]
    posts: tuple[PostRow, ...]
    has_more: bool = False
    aside: tuple[str, ...] = ()
    picture: str | None = None


class ReasonRow(Struct, frozen=True):
    """One line of a trace: integer thousandths, a sentence, and the events behind it.

    Attributes:
        evidence: the newest of the events; `more`: how many there are besides.
        about: what a rule would be about that changes this line, or the owner's rule that it is; None where nothing
            can be changed.
        is_rule: whether it is a rule of the owner's.
        name: what it is in the model; of terms that are told together the first.
    """

    points: int
    sentence: str
    evidence: tuple[Exchange, ...] = ()
    name: str = ""
    more: int = 0
    about: OwnRule | None = None
    is_rule: bool = False


class Trace(Struct, frozen=True):
    """Why something stands where it stands. `total` is the exact sum of the reasons' points.

    Attributes:
        next: how the next one differs, or what the order is where there are no points.
        standing: what is decided before any points, in words; empty where nothing is.
        before: how the one above differs; empty where none stands above.
        place: its place by these points, from 1; 0 where it has none.
        count: among so many.
        by_points: whether these points are what it stands by.
    """

    title: str
    reasons: tuple[ReasonRow, ...]
    total: int
    next: str
    standing: str = ""
    before: str = ""
    place: int = 0
    count: int = 0
    by_points: bool = True
