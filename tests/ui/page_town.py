"""The made-up town with what pages show: a card, a trace, activity, outbox, drafts, what a query finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import cast

from msgspec.structs import replace
from ui.town import (
    BRIDGE,
    CAT,
    CHOIR,
    HARBOUR,
    HOLLOW_REED,
    MOSSYGATE,
    NOW,
    ODILE,
    PAPERCRANE,
    QUILLFOX,
    SIGNAL,
    TAGS,
    TINBADGER,
    Town,
    post,
    usual_town,
)

from tui_inbox.core.conversation import ItemState
from tui_inbox.core.draft import Draft
from tui_inbox.core.events import NoticeKind
from tui_inbox.core.matching import matcher, subject
from tui_inbox.core.moment import DAY, HOUR, MINUTE, SECOND, Millis
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.own_rules import OwnRule, Reasoned
from tui_inbox.core.person import ProfileField
from tui_inbox.core.profile import OwnProfile, ProfileEdit
from tui_inbox.core.query_text import parse
from tui_inbox.core.tokens import tokens
from tui_inbox.queries import own_profile
from tui_inbox.queries.between import Talk
from tui_inbox.queries.finding import Found, Further, Order
from tui_inbox.queries.history import Reading
from tui_inbox.queries.overviews import ActivityRow, CatchUp, CatchUpLine, DraftRow, OutboxItem
from tui_inbox.queries.own_profile import ProfileView
from tui_inbox.queries.rows import (
    Exchange,
    HitRow,
    PersonCard,
    PersonLabel,
    PostRow,
    ReasonRow,
    Scope,
    Trace,
)
from tui_inbox.queries.rule_rows import RuleRow, Touched
from tui_inbox.store.database import Connection
from tui_inbox.store.looking import Below

HISTORY = (
    Exchange(NOW - 5 * HOUR, False, "they asked", TAGS.text, TAGS.id),
    Exchange(NOW - 9 * DAY, True, "you answered", "shout if the altos vanish again", 150),
    Exchange(NOW - 9 * DAY - HOUR, False, "they wrote", "the altos are gone", 149),
    Exchange(NOW - 12 * DAY, True, "you boosted", "", None),
)

QUILLFOX_CARD = PersonCard(
    account=2,
    person=QUILLFOX,
    bio="Choir person by night, spreadsheets by day.\nAsk me about labels, or about the harbour tunnel.",
    fields=(
        ProfileField("Site", "https://quillfox.example/", verified=True),
        ProfileField("Sings", "alto, when nobody else does"),
    ),
    url="https://town.example/@quillfox",
    following=True,
    followed_by=True,
    requested=False,
    blocking=False,
    muting=False,
    pinned=True,
    note='runs the choir in Elmport. Calls tags "labels".',
    reason="14 exchanges in 30 days, last 5 h ago",
    lines=(
        ("last", "12 Nov, you closed with “shout if the altos vanish again”"),
        ("since", "March, they started it, 14 exchanges in 30 days"),
    ),
    history=HISTORY,
    posts=(
        TAGS,
        post(
            601, QUILLFOX, 2 * DAY, "Rehearsal moved to the boat house. Bring a jumper.", account=2
        ),
    ),
)

TAGS_TRACE = Trace(
    title="Why quillfox is first of 3 in “people you talk with”",
    reasons=(
        ReasonRow(
            4100,
            "you two talk: 14 exchanges in 30 days, the last 5 h ago",
            HISTORY,
            "texts sent in a week",
            about=OwnRule(person="quillfox@choir.example"),
        ),
        ReasonRow(
            1200,
            "it is your turn, since 09:12 today",
            HISTORY[:1],
            "waiting",
            about=OwnRule(reason=Reasoned.WAITING),
        ),
        ReasonRow(
            800,
            'it is a question ("Does the export keep the tags?")',
            HISTORY[:1],
            "question",
            about=OwnRule(reason=Reasoned.QUESTION),
        ),
        ReasonRow(
            -206,
            "two other people have spoken in this thread since",
            (Exchange(NOW - 3 * HOUR, False, "papercrane wrote", "mine kept them", CHOIR.id),),
            "other speakers",
            about=OwnRule(reason=Reasoned.OTHERS),
        ),
        ReasonRow(
            500,
            "your rule: tag #acorn, until 28 Nov",
            name="rule",
            about=OwnRule(tag="acorn", points=500, until=date(2025, 11, 28)),
            is_rule=True,
        ),
    ),
    total=6394,
    next="next is odile fenn with 6.100: not a question, shorter wait",
    standing="somebody you have written to",
    place=1,
    count=3,
)

ACORN_RULE = RuleRow(
    number=1,
    rule=OwnRule(tag="acorn", points=500, until=date(2025, 11, 28)),
    about="tag #acorn",
    name="",
    ends=NOW + 7 * DAY,
    over=False,
    remark="",
    touches=(Touched(TAGS.account, "ac", 1, TAGS.at, "quillfox", TAGS.text, TAGS.id),),
)

ROOF = post(110, CAT, 4 * HOUR, "Notes from the roof, part 40.")


def liked(by: PersonLabel, row: PostRow, ago: Millis) -> ActivityRow:
    """Somebody's favourite."""
    return ActivityRow(
        row.account, row.letters, NoticeKind.FAVOURITE, NOW - ago, by, "likes your post", row
    )


def follows(by: PersonLabel, ago: Millis) -> ActivityRow:
    """Somebody's follow, of the bakery."""
    return ActivityRow(3, "ti", NoticeKind.FOLLOW, NOW - ago, by, "follows you", None)


MAP_OF_MINE = post(
    120,
    PersonLabel(98, "mira", "mira@town.example"),
    3 * HOUR,
    "The map is on the wall now.",
    mine=True,
)

NEWS = (
    liked(ODILE, MAP_OF_MINE, 12 * MINUTE),
    ActivityRow(
        1, "mi", NoticeKind.BOOST, NOW - 30 * MINUTE, SIGNAL, "boosted your post", MAP_OF_MINE
    ),
    liked(TINBADGER, MAP_OF_MINE, 2 * HOUR),
    follows(MOSSYGATE, 4 * HOUR),
    follows(PAPERCRANE, 5 * HOUR),
    ActivityRow(
        1, "mi", NoticeKind.POLL_ENDED, NOW - DAY, None, "a poll you took part in has ended", ROOF
    ),
    ActivityRow(2, "ac", NoticeKind.EDITED, NOW - 3 * DAY, HOLLOW_REED, "edited a post", CHOIR),
)

HELD = OutboxItem(
    1,
    2,
    "ac",
    "reply to quillfox",
    "@quillfox Yes, it keeps them, if “with labels” is ticked in step two.",
    OutboxState.HELD,
    "",
    NOW + 7 * SECOND,
    NOW - 3 * SECOND,
)
REFUSED = OutboxItem(
    2,
    1,
    "mi",
    "post",
    "A very long story about a very small boat.",
    OutboxState.REFUSED,
    "The server says: text is too long",
    NOW - HOUR,
    NOW - HOUR,
)
FAVOURITE = OutboxItem(
    3,
    1,
    "mi",
    "favourite for odile fenn",
    "",
    OutboxState.WAITING,
    "",
    NOW - 2 * HOUR,
    NOW - 2 * HOUR,
)

DRAFTS = (
    DraftRow(
        Draft(11, 2, "@quillfox Yes, it keeps", reply_to=TAGS.id, updated_at=NOW - 5 * MINUTE),
        "ac",
        "reply to quillfox",
    ),
    DraftRow(
        Draft(
            12,
            1,
            "A thing about tides,\nbegun on the ferry",
            warning="boats",
            updated_at=NOW - 2 * DAY,
        ),
        "mi",
        "new post",
    ),
)

WHILE_AWAY = (
    CatchUpLine(3, "people you talk with wait for you", "quillfox, odile fenn, tinbadger", "inbox"),
    CatchUpLine(2, "newcomers", "mossygate, papercrane", "newcomers"),
    CatchUpLine(6, "strangers wrote", "", "strangers"),
    CatchUpLine(14, "search hits, 2 of them in marked searches", "anyone know * crm", "search:3"),
    CatchUpLine(
        38, "posts from people you talk with", "odile fenn 9, hollow reed 3, …", "timeline"
    ),
    CatchUpLine(1, "hole left in the timeline", "10:10 to 13:05, ti only", "gap:7"),
    CatchUpLine(374, "posts from the rest", "your place is kept", "timeline"),
    CatchUpLine(1, "send needs you", "refused, or not known to have arrived", "outbox"),
)


@dataclass
class PageTown(Town):
    """The town, with pages. Tests change it and tell the bus.

    Attributes:
        queries: what was looked for, in order.
        read: how far any account has been read.
        change_under_way: the change of an own profile that has not left yet.
    """

    card: PersonCard | None = QUILLFOX_CARD
    traces: dict[str, Trace] = field(
        default_factory=lambda: {
            "item 1": TAGS_TRACE,
            "person 4": TAGS_TRACE,
            "post 101": TAGS_TRACE,
        }
    )
    rules: tuple[RuleRow, ...] = (ACORN_RULE,)
    news: tuple[ActivityRow, ...] = NEWS
    outbox: tuple[OutboxItem, ...] = (HELD, REFUSED, FAVOURITE)
    kept: tuple[DraftRow, ...] = DRAFTS
    away: tuple[CatchUpLine, ...] = WHILE_AWAY
    queries: list[str] = field(default_factory=list)
    read: Reading = field(default_factory=Reading)
    change_under_way: ProfileEdit | None = None

    def own_profile_view(self, profile: OwnProfile, *, now: Millis) -> ProfileView:
        return own_profile.view(cast(Connection, None), profile, now=now)

    def own_profile_under_way(self, account: int) -> ProfileEdit | None:
        return self.change_under_way

    def history_so_far(self, account: int) -> Reading:
        return self.read

    def person_card_card(
        self, account: int, person: int, *, now: Millis, history: int | None = None
    ) -> PersonCard | None:
        if self.card is None or history is None:
            return self.card
        return replace(self.card, history=self.card.history[:history])

    def between_talk(self, account: int, person: int) -> Talk:
        said = tuple(one for one in self.card.history if one.text) if self.card else ()
        return Talk(said, tuple(frozenset(tokens(one.text)) for one in said))

    def trace_of_item(self, item: int, *, now: Millis, scope: Scope | None = None) -> Trace | None:
        return self.traces.get(f"item {item}")

    def trace_of_person(self, account: int, person: int, *, now: Millis) -> Trace | None:
        return self.traces.get(f"person {person}")

    def trace_of_post(self, account: int, post: int, *, now: Millis) -> Trace | None:
        return self.traces.get(f"post {post}")

    def rule_rows_view(self, scope: Scope, *, now: Millis) -> tuple[RuleRow, ...]:
        return self.rules

    def activity_rows(self, scope: Scope, *, limit: int = 200) -> tuple[ActivityRow, ...]:
        return tuple(row for row in self.news if row.account in scope.accounts)

    def outbox_rows(self, scope: Scope) -> tuple[OutboxItem, ...]:
        return self.outbox

    def drafts_rows(self, scope: Scope) -> tuple[DraftRow, ...]:
        return self.kept

    def catch_up_since(self, scope: Scope, *, away_since: Millis, now: Millis) -> CatchUp:
        return CatchUp(away_since, self.away)

    def finding_find(
        self,
        scope: Scope,
        query: str,
        *,
        now: Millis,
        limit: int,
        order: Order,
        further: Further | None,
    ) -> Found:
        """Newest first, however it is asked; best first is the other way round."""
        self.queries.append(query)
        finds = matcher(parse(query))
        posts = {row.id: row for row in [HARBOUR, BRIDGE, TAGS, *self.every_post()]}
        found = [
            HitRow(0, row, ItemState.SEEN, "no answer seen" if row.asks else "")
            for row in posts.values()
            if finds(subject(row.text, handle=row.author.handle, name=row.author.name))
        ]
        if order is Order.RELEVANCE:
            return Found(tuple(sorted(found, key=lambda hit: hit.post.at)[:limit]))
        found.sort(key=lambda hit: (-hit.post.at, -hit.post.id))
        if further is not None:
            found = [hit for hit in found if (hit.post.at, hit.post.id) < further.below.key]
        if len(found) <= limit:
            return Found(tuple(found))
        last = found[limit - 1].post
        return Found(tuple(found[:limit]), last.at, Further(Below((last.at, last.id))))


def page_town() -> PageTown:
    """The town of the sketches, with pages."""
    town = usual_town()
    return PageTown(
        timeline=town.timeline, lanes=town.lanes, searches=town.searches, people=town.people
    )
