"""A small made-up town as the queries would tell it: the rows of the sketches, without a store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

from msgspec.structs import replace

from tui_inbox.core.conversation import ItemState, Lane, Opening
from tui_inbox.core.draft import Draft
from tui_inbox.core.health import Health, HealthState
from tui_inbox.core.moment import DAY, HOUR, MINUTE, SECOND, Millis
from tui_inbox.core.ports import Told
from tui_inbox.core.post import Audience, Card, Media, MediaKind, Poll, PollOption
from tui_inbox.core.text import Link
from tui_inbox.core.versions import Translation, Version
from tui_inbox.queries.rows import (
    AccountRow,
    DraftRow,
    EntryKey,
    EntryRow,
    GapRow,
    HitRow,
    InboxView,
    ItemRow,
    LaneRows,
    NeedsYou,
    PeopleSection,
    PeopleView,
    PersonCard,
    PersonLabel,
    PersonRow,
    PostRow,
    ReplyCard,
    ReplyContext,
    Scope,
    SearchRows,
    StatusView,
    ThreadPost,
    ThreadView,
    TimelineRow,
    TimelineWindow,
)
from tui_inbox.queries.sources import SourcesView
from tui_inbox.queries.timeline import EVERYTHING, TimelineSource

NOW: Millis = 1_763_731_200_000  # 21 November 2025, 13:20 UTC

MIRA = AccountRow(1, "demo", "mi", "mira@town.example", "mira", 500, 23)
ACORN = AccountRow(2, "demo", "ac", "acorncrm@town.example", "acorn crm", 500, 23)
BAKERY = AccountRow(3, "demo", "ti", "tidewater@town.example", "tidewater bakery", 500, 23)
LETTERS = {row.id: row.letters for row in (MIRA, ACORN, BAKERY)}


def person(id_: int, name: str, *, partner: bool = False) -> PersonLabel:
    """Somebody, with a handle made of the name."""
    return PersonLabel(id_, name, f"{name.replace(' ', '_')}@town.example", partner)


ODILE = person(1, "odile fenn", partner=True)
QUILLFOX = person(2, "quillfox", partner=True)
TINBADGER = person(3, "tinbadger", partner=True)
HOLLOW_REED = person(4, "hollow reed", partner=True)
MOSSYGATE = person(5, "mossygate")
PAPERCRANE = person(6, "papercrane")
FERRY = person(7, "night ferry news")
SIGNAL = person(8, "salt & signal")
GOOSE = person(9, "grumble goose")
CAT = person(10, "the weather cat")
LARKSPUR = person(11, "larkspur lane", partner=True)
COPPER = person(12, "copper kettle")
FERN = person(13, "fern & ledger")
APRON = person(14, "blue apron")
ROCKET = person(15, "deal rocket 77")
WREN = person(16, "wren & co", partner=True)
YOU = person(99, "acorn crm")


def post(
    id_: int, author: PersonLabel, ago: Millis, text: str, *, account: int = 1, **more: Any
) -> PostRow:
    """A post, so and so long ago."""
    more.setdefault("url", f"https://town.example/{id_}")
    return PostRow(id_, account, LETTERS[account], author, NOW - ago, text, **more)


HARBOUR = post(
    101,
    ODILE,
    2 * MINUTE,
    "Printed the harbour map at last. The paper was a gift and the folding was not.",
    media=(
        Media(
            MediaKind.PICTURE,
            "https://town.example/m/1",
            "a hand-drawn map of a harbour, two boats",
        ),
    ),
)
FERRY_POST = post(
    102,
    FERRY,
    4 * MINUTE,
    "From Monday the 22:10 leaves at 22:25.",
    card=Card("https://ferry.example/winter", "Winter timetable"),
)
TAGS = post(
    201,
    QUILLFOX,
    5 * HOUR,
    "Does the export keep the tags? I tried it with three files and two came out bare.",
    account=2,
    asks=True,
    media=(Media(MediaKind.FILE, None, "a table with an empty column"),),
)
CHOIR = post(
    199,
    PAPERCRANE,
    2 * DAY,
    "Is anyone using acorn for a choir? Forty singers, one treasurer, no patience.",
    account=2,
)
TWO_CHOIRS = post(
    200,
    YOU,
    2 * DAY - HOUR,
    "Two choirs do. Tags for voices, a list per concert.",
    account=2,
    mine=True,
    answers=PAPERCRANE,
)
BRIDGE = post(
    202,
    ODILE,
    2 * HOUR,
    "The second bridge, the one with the lamp. You walked right past it on Sunday :)",
    answers_me=True,
)
DRAFT_FRIDAY = post(
    203,
    TINBADGER,
    DAY,
    "Can I send you the draft before Friday?",
    audience=Audience.DIRECT,
    asks=True,
)
RYE = post(
    204,
    MOSSYGATE,
    40 * MINUTE,
    "Is the rye one on Saturdays only?",
    account=3,
    answers_me=True,
    asks=True,
)
SPREADSHEETS = post(
    205,
    PAPERCRANE,
    3 * HOUR,
    "We are moving over from spreadsheets. Where would you start?",
    account=2,
    asks=True,
)
SPAM = post(
    206,
    ROCKET,
    25 * MINUTE,
    "Hi @acorncrm! Great account. Grow your business with our panel, link in reply, 50 % only today",
    account=2,
)
TIDES = (
    "A small tool that draws tide tables as text. No account, no tracking, one file. tides.example"
)


def timeline_posts() -> list[PostRow]:
    """The posts of the sketch, newest first."""
    return [
        HARBOUR,
        FERRY_POST,
        post(
            103,
            QUILLFOX,
            9 * MINUTE,
            "We did that move last spring, two evenings, no tears.",
            account=2,
            answers=PAPERCRANE,
        ),
        post(
            104,
            SIGNAL,
            11 * MINUTE,
            TIDES,
            links=(Link(TIDES.index("tides."), len(TIDES), "https://tides.example/"),),
            boosters=(ODILE, TINBADGER),
            card=Card("https://tides.example/", "Tide tables for your terminal"),
        ),
        post(105, GOOSE, 12 * MINUTE, "Never the soup again.", warning="food"),
        post(
            106,
            MOSSYGATE,
            14 * MINUTE,
            "Which loaf for the market?",
            account=3,
            poll=Poll(
                "p1",
                (PollOption("rye"), PollOption("spelt"), PollOption("the one with walnuts")),
                closes_at=NOW + 5 * HOUR,
            ),
        ),
        post(
            107,
            HOLLOW_REED,
            3 * HOUR + 20 * MINUTE,
            "Slow morning. Someone recommend a radio play, please, nothing with murders in it.",
            did=("saved", "boosted"),
        ),
        post(108, FERRY, 3 * HOUR + 25 * MINUTE, "Pier 2 is open again."),
        post(109, CAT, 3 * HOUR + 30 * MINUTE, "Rain before tea."),
        *(
            post(110 + n, CAT, 4 * HOUR + n * MINUTE, f"Notes from the roof, part {40 - n}.")
            for n in range(40)
        ),
    ]


def entry(row: PostRow, seq: int) -> EntryRow:
    """A post's place in the timeline."""
    return EntryRow((row.at, f"town.example/{row.id}"), seq, row)


def item(id_: int, row: PostRow, lane: Lane, **more: Any) -> ItemRow:
    """A conversation of the Inbox that a post opened."""
    more.setdefault("state", ItemState.NEW)
    more.setdefault("opening", Opening.NAMED)
    return ItemRow(
        id=id_,
        account=row.account,
        letters=row.letters,
        person=row.author,
        lane=lane,
        at=row.at,
        asks=row.asks,
        post=row,
        **more,
    )


@dataclass
class Town:
    """What the store holds. Tests change it and tell the bus.

    Attributes:
        asked: names of the queries that were run, in order.
        positions: kept places.
        unread: accounts whose past is still being read.
        feeds: feeds that are not home, by name.
        sources: what can be shown.
        posts_of: where the posts of somebody stand, by the person's local id.
    """

    accounts: tuple[AccountRow, ...] = (MIRA, ACORN, BAKERY)
    timeline: list[TimelineRow] = field(default_factory=list)
    lanes: dict[Lane, list[ItemRow]] = field(default_factory=dict)
    searches: tuple[SearchRows, ...] = ()
    people: PeopleView = field(default_factory=lambda: PeopleView(()))
    status: StatusView | None = None
    positions: dict[str, str] = field(default_factory=dict)
    drafts: dict[int, Draft] = field(default_factory=dict)
    answered_meanwhile: str = ""
    asked: list[str] = field(default_factory=list)
    unread: frozenset[int] = frozenset()
    feeds: dict[str, list[TimelineRow]] = field(default_factory=dict)
    sources: SourcesView = field(default_factory=lambda: SourcesView((), (), ()))
    posts_of: dict[int, TimelineSource] = field(default_factory=dict)

    # One method per query, named as `module_function`.

    def accounts_account_rows(self) -> tuple[AccountRow, ...]:
        return self.accounts

    def positions_read(self, place: str) -> str | None:
        return self.positions.get(place)

    def history_unread(self, scope: Scope) -> frozenset[int]:
        return self.unread & set(scope.accounts)

    def drafts_rows(self, scope: Scope) -> tuple[DraftRow, ...]:
        return ()

    def told(self, source: TimelineSource) -> list[TimelineRow]:
        """The feed that is shown, home or another."""
        return self.timeline if source.is_home else self.feeds.get(str(source.feed), [])

    def sources_view(self, scope: Scope) -> SourcesView:
        return self.sources

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
        return TimelineWindow(tuple(page), start == 0, start + limit >= len(rows))

    def timeline_count_newer(
        self, scope: Scope, key: EntryKey, *, source: TimelineSource = EVERYTHING
    ) -> int:
        return sum(1 for row in self.told(source) if isinstance(row, EntryRow) and row.key > key)

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

    def searches_view(
        self, scope: Scope, *, now: Millis, limit: int = 30
    ) -> tuple[SearchRows, ...]:
        return tuple(search for search in self.searches if search.account in scope.accounts)

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
        )

    def every_post(self) -> list[PostRow]:
        entries = [row.post for row in self.timeline if isinstance(row, EntryRow)]
        items = [i.post for rows in self.lanes.values() for i in rows if i.post]
        hits = [hit.post for search in self.searches for hit in search.hits]
        return [*entries, *items, *hits]

    def thread_reply_context(
        self, account: int, post: int | None, *, now: Millis, everybody: bool = True
    ) -> ReplyContext:
        row = next(row for row in self.accounts if row.id == account)
        kept = next((d for d in self.drafts.values() if d.reply_to == post and post), None)
        to: tuple[PersonLabel, ...] = ()
        text = ""
        if post is not None:
            to = (QUILLFOX, PAPERCRANE) if everybody else (QUILLFOX,)
            text = "".join(f"@{label.name} " for label in to)
        draft = kept or Draft(0, account, text=text, language="en", reply_to=post)
        return ReplyContext(draft, row, to, draft.audience, "", self.answered_meanwhile)

    def outbox_status(self, scope: Scope, health: dict[int, Health]) -> StatusView:
        return self.status or StatusView(self.accounts, tuple(health.items()), (), 0, 0)

    def needs_you_queue(self, scope: Scope, *, now: Millis) -> tuple[NeedsYou, ...]:
        return tuple(
            NeedsYou("inbox", str(i.id), i.account, i.post.id if i.post else None)
            for lane in (Lane.TALK, Lane.NEWCOMERS)
            for i in self.lanes.get(lane, [])
        )

    def person_card_card(self, account: int, person: int, *, now: Millis) -> PersonCard | None:
        label = next((row.author for row in self.every_post() if row.author.id == person), None)
        if label is None:
            return None
        return PersonCard(
            account, label, "", (), None, True, True, False, False, False, False, "", "", (), (), ()
        )


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


def hit(search: int, row: PostRow, answers: str, state: ItemState = ItemState.NEW) -> HitRow:
    """What a search found."""
    return HitRow(search, row, state, answers)


def usual_town() -> Town:
    """The town of the sketches, on a usual day."""
    timeline: list[TimelineRow] = [
        entry(row, 1000 - place) for place, row in enumerate(timeline_posts())
    ]
    upper = NOW - 15 * MINUTE
    timeline.append(GapRow(7, (upper, "town.example/gap"), upper, upper - 3 * HOUR, "mi"))
    return Town(
        timeline=timeline,
        lanes={
            Lane.TALK: [
                item(
                    1, TAGS, Lane.TALK, also=(PAPERCRANE,), before=(NOW - 2 * DAY, TWO_CHOIRS.text)
                ),
                item(2, BRIDGE, Lane.TALK, opening=Opening.ANSWER),
                item(3, DRAFT_FRIDAY, Lane.TALK, opening=Opening.DIRECT, state=ItemState.SEEN),
            ],
            Lane.NEWCOMERS: [
                item(4, replace(RYE, asks=False), Lane.NEWCOMERS, opening=Opening.ANSWER),
                item(
                    5, SPREADSHEETS, Lane.NEWCOMERS, reason="let in on Monday", state=ItemState.SEEN
                ),
            ],
            Lane.STRANGERS: [
                item(6 + n, replace(SPAM, id=206 + n), Lane.STRANGERS) for n in range(6)
            ],
            Lane.LATER: [
                item(
                    20,
                    post(
                        301, LARKSPUR, 3 * DAY, "Which colour for the cover?", account=2, asks=True
                    ),
                    Lane.LATER,
                    state=ItemState.LATER,
                    wakes="fri",
                ),
                item(
                    21,
                    post(302, HOLLOW_REED, 4 * DAY, "Tell me how it ends."),
                    Lane.LATER,
                    state=ItemState.LATER,
                    wakes="on their next post",
                ),
            ],
            Lane.DONE: [
                item(
                    30 + n,
                    post(400 + n, ODILE, n * HOUR, "Thank you."),
                    Lane.DONE,
                    state=ItemState.DONE,
                )
                for n in range(11)
            ],
        },
        searches=(
            SearchRows(
                1,
                "anyone know * crm",
                2,
                "ac",
                marked=True,
                unread=2,
                coverage="home timeline + server search",
                hits=(
                    hit(
                        1,
                        post(
                            501,
                            COPPER,
                            8 * MINUTE,
                            "Anyone know a crm that exports plain text?",
                            account=2,
                            asks=True,
                        ),
                        "no answer seen",
                    ),
                    hit(
                        1,
                        post(
                            502, FERN, HOUR, "Anyone know a good crm for two?", account=2, asks=True
                        ),
                        "3 answers, the last 10 min ago",
                    ),
                ),
            ),
            SearchRows(2, "acorn crm -from:me", 2, "ac", False, 0, "home timeline", ()),
            SearchRows(
                3,
                '"sourdough" near market',
                3,
                "ti",
                marked=False,
                unread=12,
                coverage="home timeline",
                hits=(
                    hit(
                        3,
                        post(
                            503,
                            APRON,
                            3 * HOUR,
                            "Who bakes without eggs near the market?",
                            account=3,
                            asks=True,
                        ),
                        "",
                    ),
                ),
            ),
        ),
        people=PeopleView(
            (
                (
                    PeopleSection.WAIT_FOR_YOU,
                    (_who(QUILLFOX, PeopleSection.WAIT_FOR_YOU, "asks"),) * 1,
                ),
                (
                    PeopleSection.YOU_WAIT_FOR,
                    (_who(LARKSPUR, PeopleSection.YOU_WAIT_FOR, "since Monday"),),
                ),
                (
                    PeopleSection.PINNED,
                    (_who(HOLLOW_REED, PeopleSection.PINNED, "wants a radio play, 3h"),),
                ),
                (
                    PeopleSection.GOING_QUIET,
                    (
                        _who(
                            WREN,
                            PeopleSection.GOING_QUIET,
                            "usually 6 d, now 24 d",
                            "last: the kiln photos, you said wow",
                        ),
                    ),
                ),
                (
                    PeopleSection.THEY_STARTED_IT,
                    (_who(COPPER, PeopleSection.THEY_STARTED_IT, "3 talks, not followed"),),
                ),
                (
                    PeopleSection.NEW_AROUND_YOU,
                    (
                        _who(
                            APRON,
                            PeopleSection.NEW_AROUND_YOU,
                            "follows ti since Monday",
                            "bakes, asks, answers people",
                        ),
                    ),
                ),
                (
                    PeopleSection.REGULARS,
                    tuple(_who(TINBADGER, PeopleSection.REGULARS, "weekly") for _ in range(1)),
                ),
            )
        ),
    )


def _who(label: PersonLabel, section: PeopleSection, reason: str, detail: str = "") -> PersonRow:
    account = 3 if label is APRON else 2 if label is COPPER else 1
    return PersonRow(account, LETTERS[account], label, section, reason, detail, post=101)


class FakeReader:
    """Answers queries from the town, at once."""

    def __init__(self, town: Town) -> None:
        self._town = town

    def ask(self, query: Callable[..., Any], *args: Any, **kwargs: Any) -> Future[Any]:
        name = f"{query.__module__.rpartition('.')[2]}_{query.__name__}"
        self._town.asked.append(name)
        answer: Future[Any] = Future()
        try:
            answer.set_result(getattr(self._town, name)(*args, **kwargs))
        except Exception as error:
            answer.set_exception(error)
        return answer


T = TypeVar("T")


def _answered(answer: T) -> Future[T]:
    done: Future[T] = Future()
    done.set_result(answer)
    return done


@dataclass
class FakeFetcher:
    """A hub that does nothing and remembers what it was asked.

    Attributes:
        versions: what it tells of the versions of any post.
        translation: what it tells as the translation of any post; None where nobody translates.
    """

    asked: list[tuple[object, ...]] = field(default_factory=list)
    versions: tuple[Version, ...] = ()
    translation: Translation | None = None
    states: dict[int, Health] = field(
        default_factory=lambda: {
            1: Health(HealthState.LIVE, NOW - HOUR, NOW - 4 * SECOND),
            2: Health(HealthState.LIVE, NOW - HOUR, NOW - 4 * SECOND),
            3: Health(
                HealthState.PAUSED, NOW - HOUR, next_try=NOW + 75 * MINUTE, reason="server limit"
            ),
        }
    )

    def _note(self, *what: object) -> Future[str]:
        self.asked.append(what)
        done: Future[str] = Future()
        done.set_result("")
        return done

    def read_thread(self, account: int, post: int) -> Future[str]:
        return self._note("thread", account, post)

    def read_older(self, account: int, feed: object) -> Future[str]:
        return self._note("older", account)

    def read_feed(self, account: int, feed: object) -> Future[str]:
        return self._note("feed", account, str(feed))

    def read_sources(self, account: int) -> Future[str]:
        return self._note("sources", account)

    def fill_gap(self, gap: int) -> Future[str]:
        return self._note("gap", gap)

    def read_person(self, account: int, person: int) -> Future[str]:
        return self._note("person", account, person)

    def read_versions(self, account: int, post: int) -> Future[Told[Sequence[Version]]]:
        self._note("versions", account, post)
        return _answered(Told(self.versions) if self.versions else Told(sentence="None are kept."))

    def read_translation(self, account: int, post: int, language: str) -> Future[Told[Translation]]:
        self._note("translation", account, post, language)
        if self.translation is None:
            return _answered(Told(sentence="town.example does not translate."))
        return _answered(Told(self.translation))

    def wake_outbox(self) -> None:
        self.asked.append(("wake",))

    def health(self) -> dict[int, Health]:
        return self.states
