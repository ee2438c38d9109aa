"""What the store of the made-up town holds, and what each query would tell of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace
from ui.town_posts import ACORN, BAKERY, CHOIR, MIRA, PAPERCRANE, QUILLFOX, TAGS, TWO_CHOIRS

from tui_inbox.core.account import Limits
from tui_inbox.core.bubbles import News, Rules
from tui_inbox.core.capability import No, quote_audience
from tui_inbox.core.conversation import Lane
from tui_inbox.core.draft import Draft
from tui_inbox.core.health import Health
from tui_inbox.core.mix import MixKind, MixTarget
from tui_inbox.core.moment import Millis
from tui_inbox.core.post import Audience
from tui_inbox.queries.acting import Actor
from tui_inbox.queries.composing import Surroundings
from tui_inbox.queries.door import Visitor
from tui_inbox.queries.groups import GroupRow, ListRow
from tui_inbox.queries.helping import Quoting
from tui_inbox.queries.mix import DAYS, MixView, PeriodMix, Share
from tui_inbox.queries.overviews import (
    DraftRow,
    NeedsYou,
    OutboxItem,
    StatusView,
    WatchedCount,
    WatchedRow,
)
from tui_inbox.queries.rows import (
    AccountRow,
    EntryKey,
    EntryRow,
    GapRow,
    InboxView,
    ItemRow,
    LaneRows,
    PeopleView,
    PersonCard,
    PersonLabel,
    PostRow,
    ReplyCard,
    ReplyContext,
    Scope,
    SearchRows,
    ThreadPost,
    ThreadView,
    TimelineRow,
    TimelineWindow,
)
from tui_inbox.queries.sources import SourcesView
from tui_inbox.queries.strangers import CheckView
from tui_inbox.queries.timeline import EVERYTHING, TimelineSource
from tui_inbox.queries.whom import Known

REPLY_CARD = ReplyCard(
    "quillfox and acorn crm",
    (
        (
            "last",
            '12 Nov, import of the choir list, you closed with "shout if the altos vanish again"',
        ),
        ("since", "March, they started it, 14 exchanges in 30 days"),
        ("note", 'runs the choir in Elmport. Calls tags "labels".'),
        ("answers", '1 already: papercrane, 3 h ago, "mine kept them"'),
    ),
)


@dataclass
class Town:
    """What the store holds. Tests change it and tell the bus.

    Attributes:
        asked: names of the queries that were run, in order.
        positions: kept places.
        unread: accounts whose past is still being read.
        feeds: feeds that are not home, by name; what is gathered, by title.
        groups: groups of the owner's own.
        lists: lists of servers, as somebody is put on them.
        gathered: in which of them somebody is, by the person's local id.
        sources: what can be shown.
        readable: what a search can have read for it.
        posts_of: where the posts of somebody stand, by the person's local id.
        quoting: what a quote of any post begins with; None for a draft that quotes it.
        week: what this week begins with; None where there was nobody.
        limits: what every server allows.
        usual: for whom accounts usually post, by their ids.
        said_today: what is known of the text that is written having gone out today.
        bubbles: what could be told while the owner looks elsewhere.
        own_mix: the owner's own posts, by what they are.
        watched: threads that are watched.
        new_in: posts that are new in a watched thread, by the post that it is opened at.
        named: who is meant by a name in a text.
        known: accounts whose servers know a post besides the one whose row it is, by the post.
    """

    accounts: tuple[AccountRow, ...] = (MIRA, ACORN, BAKERY)
    timeline: list[TimelineRow] = field(default_factory=list)
    lanes: dict[Lane, list[ItemRow]] = field(default_factory=dict)
    searches: tuple[SearchRows, ...] = ()
    people: PeopleView = field(default_factory=lambda: PeopleView(()))
    status: StatusView | None = None
    sent: tuple[OutboxItem, ...] = ()
    positions: dict[str, str] = field(default_factory=dict)
    drafts: dict[int, Draft] = field(default_factory=dict)
    answered_meanwhile: str = ""
    asked: list[str] = field(default_factory=list)
    unread: frozenset[int] = frozenset()
    feeds: dict[str, list[TimelineRow]] = field(default_factory=dict)
    groups: tuple[GroupRow, ...] = ()
    lists: tuple[ListRow, ...] = ()
    gathered: dict[int, frozenset[int]] = field(default_factory=dict)
    sources: SourcesView = field(default_factory=lambda: SourcesView((), (), ()))
    readable: tuple[TimelineSource, ...] | None = ()
    posts_of: dict[int, TimelineSource] = field(default_factory=dict)
    known: dict[int, tuple[int, ...]] = field(default_factory=dict)
    quoting: Quoting | None = None
    week: Draft | None = None
    limits: Limits = field(default_factory=Limits)
    usual: dict[int, Audience] = field(default_factory=dict)
    said_today: str = ""
    bubbles: tuple[News, ...] = ()
    own_mix: dict[MixKind, tuple[PostRow, ...]] = field(default_factory=dict)
    watched: tuple[WatchedRow, ...] = ()
    new_in: dict[int, tuple[int, ...]] = field(default_factory=dict)
    named: dict[str, PersonLabel] = field(default_factory=dict)

    # One method per query, named as `module_function`.

    def accounts_account_rows(self) -> tuple[AccountRow, ...]:
        return self.accounts

    def acting_actors(self, post: int) -> tuple[Actor, ...]:
        row = self._post(post)
        return tuple(
            Actor(one, one.id == row.account or one.id in self.known.get(post, ()))
            for one in self.accounts
            if one.id == row.account or row.audience in (Audience.PUBLIC, Audience.UNLISTED)
        )

    def acting_as_seen_by(self, account: int, post: int) -> PostRow | None:
        return replace(self._post(post), account=account)

    def _post(self, post: int) -> PostRow:
        return next(row for row in self.every_post() if row.id == post)

    def change_post(self, post: int, **changes: Any) -> None:
        """A post of the Inbox is another one now."""
        for lane, rows in self.lanes.items():
            self.lanes[lane] = [
                replace(row, post=replace(row.post, **changes))
                if row.post is not None and row.post.id == post
                else row
                for row in rows
            ]

    def positions_read(self, place: str) -> str | None:
        return self.positions.get(place)

    def bubbles_waiting(
        self, rules: Rules, *, now: Millis, known: frozenset[str] = frozenset()
    ) -> tuple[News, ...]:
        return tuple(one for one in self.bubbles if one.key not in known)

    def mix_view(self, scope: Scope, *, now: Millis, target: MixTarget | None = None) -> MixView:
        wish = target or MixTarget()
        own = [post for post in self.own_mix.values() if post]
        total = sum(len(posts) for posts in own)
        shares = tuple(
            Share(
                kind,
                len(self.own_mix.get(kind, ())),
                round(100 * len(self.own_mix.get(kind, ())) / total) if total else 0,
                getattr(wish, kind),
            )
            for kind in MixKind
        )
        return MixView(tuple(PeriodMix(days, total, shares) for days in DAYS))

    def mix_posts(
        self, scope: Scope, kind: MixKind, days: int, *, now: Millis
    ) -> tuple[PostRow, ...]:
        return self.own_mix.get(kind, ())

    def history_unread(self, scope: Scope) -> frozenset[int]:
        return self.unread & set(scope.accounts)

    def drafts_rows(self, scope: Scope) -> tuple[DraftRow, ...]:
        return ()

    def drafts_new_posts(self, account: int) -> int:
        return sum(one.about is None for one in self.drafts.values())

    def drafts_edit_of(self, account: int, post: int) -> Draft | None:
        return next((one for one in self.drafts.values() if one.edits == post), None)

    def helping_quoting(self, account: int, post: int) -> Quoting:
        return self.quoting or Quoting(Draft(0, account, quotes=post))

    def helping_audience_of_quote(self, account: int, post: int, wanted: Audience) -> Audience | No:
        return quote_audience(self._post(post).audience, wanted, is_mine=False)

    def helping_introduction(self, account: int, handles: tuple[str, str]) -> Draft:
        return Draft(0, account, f"@{handles[0]} @{handles[1]} meet each other")

    def helping_this_week(self, account: int, *, now: Millis) -> Draft | None:
        return self.week and replace(self.week, account=account)

    def whom_find(self, scope: Scope, name: str, *, now: Millis) -> tuple[Known, ...]:
        known = {row.author.id: row.author for row in self.every_post()}
        return tuple(
            Known(scope.accounts[0], "", one)
            for one in known.values()
            if one.name.startswith(name) or one.handle.startswith(name)
        )

    def told(self, source: TimelineSource) -> list[TimelineRow]:
        """The feed that is shown, home or another."""
        if source.is_gathered:
            return self.feeds.get(source.title, [])
        return self.timeline if source.is_home else self.feeds.get(str(source.feed), [])

    def sources_for_searches(self, account: int) -> tuple[TimelineSource, ...] | None:
        return self.readable

    def sources_view(self, scope: Scope) -> SourcesView:
        return self.sources

    def groups_rows(self, person: int | None = None) -> tuple[GroupRow, ...]:
        theirs = self.gathered.get(person or 0, frozenset())
        return tuple(replace(group, within=group.id in theirs) for group in self.groups)

    def groups_lists(self, account: int, person: int) -> tuple[ListRow, ...]:
        return tuple(one for one in self.lists if one.account == account)

    def groups_source_of(self, group: int) -> TimelineSource | None:
        return next((one.source for one in self.groups if one.id == group), None)

    def sources_of_person(self, account: int, person: int) -> TimelineSource | None:
        return self.posts_of.get(person)

    def timeline_window(
        self,
        scope: Scope,
        *,
        now: Millis,
        limit: int = 200,
        older_than: EntryKey | None = None,
        newer_than: EntryKey | None = None,
        around: EntryKey | None = None,
        talk_only: bool = False,
        source: TimelineSource = EVERYTHING,
    ) -> TimelineWindow:
        rows = [
            row
            for row in sorted(self.told(source), key=lambda row: row.key, reverse=True)
            if isinstance(row, GapRow)
            or (row.post.account in scope.accounts and (row.post.author.partner or not talk_only))
        ]
        start = 0
        if older_than is not None:
            start = sum(1 for row in rows if row.key >= older_than)
        elif newer_than is not None:
            stop = sum(1 for row in rows if row.key > newer_than)
            start = max(0, stop - limit)
            limit = stop - start
        elif around is not None:
            start = max(0, sum(1 for row in rows if row.key > around) - limit // 2)
        page = rows[start : start + limit]
        latest = max((row.seq for row in rows if isinstance(row, EntryRow)), default=0)
        return TimelineWindow(tuple(page), start == 0, start + limit >= len(rows), latest)

    def timeline_count_newer(
        self,
        scope: Scope,
        key: EntryKey,
        *,
        talk_only: bool = False,
        source: TimelineSource = EVERYTHING,
    ) -> int:
        return sum(
            1
            for row in self.told(source)
            if isinstance(row, EntryRow)
            and row.key > key
            and (row.post.author.partner or not talk_only)
        )

    def timeline_count_late(
        self,
        scope: Scope,
        *,
        after_seq: int,
        older_than: EntryKey,
        source: TimelineSource = EVERYTHING,
    ) -> int:
        return sum(
            1
            for row in self.told(source)
            if isinstance(row, EntryRow) and row.seq > after_seq and row.key < older_than
        )

    def inbox_view(self, scope: Scope, *, now: Millis, rules: tuple[object, ...] = ()) -> InboxView:
        lanes = tuple(
            LaneRows(lane, rows, people=2 if lane is Lane.STRANGERS else 0)
            for lane in Lane
            if (rows := tuple(i for i in self.lanes.get(lane, []) if i.account in scope.accounts))
        )
        count = {lane.lane: len(lane.rows) for lane in lanes}
        return InboxView(
            lanes,
            waiting=count.get(Lane.TALK, 0),
            newcomers=count.get(Lane.NEWCOMERS, 0),
            strangers=count.get(Lane.STRANGERS, 0),
        )

    def door_visitors(self, scope: Scope, *, now: Millis) -> tuple[Visitor, ...]:
        strangers = self.lanes.get(Lane.STRANGERS, [])
        return tuple(visitor_of(row) for row in strangers if row.account in scope.accounts)

    def strangers_check_view(self, account: int, person: int, *, now: Millis) -> CheckView | None:
        return None

    def searches_view(
        self, scope: Scope, *, now: Millis, limit: int = 30, only: int | None = None
    ) -> tuple[SearchRows, ...]:
        return tuple(
            search
            for search in self.searches
            if search.account in scope.accounts and only in (None, search.id)
        )

    def people_view(self, scope: Scope, *, now: Millis) -> PeopleView:
        return self.people

    def accounts_usual_language(self, account: int) -> str | None:
        return "en"

    def thread_view(self, account: int, post: int, *, now: Millis) -> ThreadView | None:
        posts = [CHOIR, TWO_CHOIRS, TAGS]
        if post != TAGS.id:
            posts = [row for row in self.every_post() if row.id == post]
        if not posts:
            return None
        card = REPLY_CARD if post == TAGS.id else None
        return ThreadView(
            conversation=1,
            account=account,
            focus=post,
            posts=tuple(ThreadPost(row, depth) for depth, row in enumerate(posts)),
            participants=tuple(dict.fromkeys(row.author for row in posts)),
            card=card,
            watched=post in self.new_in,
            new=self.new_in.get(post, ()),
        )

    def watched_rows(self, scope: Scope, *, now: Millis) -> tuple[WatchedRow, ...]:
        return tuple(row for row in self.watched if row.account in scope.accounts)

    def watched_count(self, scope: Scope) -> WatchedCount:
        rows = self.watched_rows(scope, now=0)
        having = [row.new for row in rows if row.new]
        return WatchedCount(sum(not row.ended for row in rows), sum(having), len(having))

    def every_post(self) -> list[PostRow]:
        entries = [row.post for row in self.timeline if isinstance(row, EntryRow)]
        items = [i.post for rows in self.lanes.values() for i in rows if i.post]
        hits = [hit.post for search in self.searches for hit in search.hits]
        return [*entries, *items, *hits]

    def thread_reply_context(
        self,
        account: int,
        post: int | None,
        *,
        now: Millis,
        everybody: bool = True,
        goes_on: bool = True,
    ) -> ReplyContext:
        row = next(row for row in self.accounts if row.id == account)
        kept = next(
            (d for d in self.drafts.values() if d.reply_to == post and post and goes_on), None
        )
        to: tuple[PersonLabel, ...] = ()
        text = ""
        if post is not None:
            to = (QUILLFOX, PAPERCRANE) if everybody else (QUILLFOX,)
            text = "".join(f"@{label.handle} " for label in to)
        draft = kept or Draft(0, account, text=text, language="en", reply_to=post)
        return ReplyContext(draft, row, to, draft.audience, "", self.answered_meanwhile)

    def composing_surroundings(self, draft: Draft) -> Surroundings:
        limits = {row.id: self.limits for row in self.accounts}
        usual = self.usual
        quoted = QUILLFOX if draft.quotes else None
        if draft.reply_to is None:
            return Surroundings(limits, quoted=quoted, usual=usual)
        people = (QUILLFOX, PAPERCRANE)
        widest = self._post(draft.reply_to).audience
        return Surroundings(limits, widest, people, QUILLFOX, quoted, usual=usual)

    def composing_people(
        self, account: int, begins: str, *, now: Millis
    ) -> tuple[PersonLabel, ...]:
        return tuple(one for one in (QUILLFOX, PAPERCRANE) if one.name.startswith(begins))

    def composing_tags(self, account: int, begins: str) -> tuple[str, ...]:
        return tuple(tag for tag in ("choir", "choirs") if tag.startswith(begins))

    def composing_said_today(self, draft: Draft, *, now: Millis) -> str:
        return self.said_today

    def outbox_status(self, scope: Scope, health: dict[int, Health]) -> StatusView:
        return self.status or StatusView(self.accounts, tuple(health.items()), (), 0, 0)

    def outbox_sent(self, scope: Scope, ids: set[int]) -> tuple[OutboxItem, ...]:
        return tuple(row for row in self.sent if row.id in ids)

    def needs_you_queue(self, scope: Scope, *, now: Millis) -> tuple[NeedsYou, ...]:
        return tuple(
            NeedsYou("inbox", str(i.id), i.account, i.post.id if i.post else None)
            for lane in (Lane.TALK, Lane.NEWCOMERS)
            for i in self.lanes.get(lane, [])
        )

    def person_card_card(
        self, account: int, person: int, *, now: Millis, history: int | None = None
    ) -> PersonCard | None:
        label = next((row.author for row in self.every_post() if row.author.id == person), None)
        if label is None:
            return None
        return PersonCard(
            account, label, "", (), None, True, True, False, False, False, False, "", "", (), (), ()
        )

    def named_named_in(self, account: int, post: int, words: str) -> PersonLabel | None:
        """Whom a post names, where it names them by the handle in the table."""
        return self.named.get(words)


def visitor_of(item: ItemRow) -> Visitor:
    """Whoever wrote a conversation of the Inbox, before the door."""
    return Visitor(
        f"item:{item.id}",
        item.account,
        item.letters,
        item.person,
        item=item,
        at=item.at,
        text=item.post.text if item.post else "",
    )
