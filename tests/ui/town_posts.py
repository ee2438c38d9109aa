"""People of the made-up town and what they posted: the texts of the sketches."""

from __future__ import annotations

from typing import Any

from tui_inbox.core.conversation import ItemState, Lane, Opening
from tui_inbox.core.moment import DAY, HOUR, MINUTE, Millis
from tui_inbox.core.post import Audience, Card, Media, MediaKind, Poll, PollOption
from tui_inbox.core.text import Link
from tui_inbox.queries.rows import AccountRow, EntryRow, HitRow, ItemRow, PersonLabel, PostRow

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


def hit(search: int, row: PostRow, answers: str, state: ItemState = ItemState.NEW) -> HitRow:
    """What a search found."""
    return HitRow(search, row, state, answers)
