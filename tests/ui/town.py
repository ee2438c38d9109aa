"""A small made-up town as the queries would tell it: the rows of the sketches, without a store.

Its people and posts stand in `town_posts.py`, what queries tell of it in `town_store.py`.
"""

from __future__ import annotations

from msgspec.structs import replace
from ui.town_posts import (
    ACORN,
    APRON,
    BAKERY,
    BRIDGE,
    CAT,
    CHOIR,
    COPPER,
    DRAFT_FRIDAY,
    FERN,
    FERRY,
    FERRY_POST,
    HARBOUR,
    HOLLOW_REED,
    LARKSPUR,
    LETTERS,
    MIRA,
    MOSSYGATE,
    NOW,
    ODILE,
    PAPERCRANE,
    QUILLFOX,
    RYE,
    SIGNAL,
    SPAM,
    SPREADSHEETS,
    TAGS,
    TINBADGER,
    TWO_CHOIRS,
    WREN,
    entry,
    hit,
    item,
    person,
    post,
    timeline_posts,
)
from ui.town_store import Town

from tui_inbox.core.conversation import ItemState, Lane, Opening
from tui_inbox.core.moment import DAY, HOUR, MINUTE
from tui_inbox.queries.rows import (
    GapRow,
    PeopleSection,
    PeopleView,
    PersonLabel,
    PersonRow,
    SearchRows,
    TimelineRow,
)


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


__all__ = [
    "ACORN",
    "BAKERY",
    "BRIDGE",
    "CAT",
    "CHOIR",
    "DRAFT_FRIDAY",
    "FERN",
    "FERRY",
    "FERRY_POST",
    "HARBOUR",
    "HOLLOW_REED",
    "MIRA",
    "MOSSYGATE",
    "NOW",
    "ODILE",
    "PAPERCRANE",
    "QUILLFOX",
    "SIGNAL",
    "TAGS",
    "TINBADGER",
    "TWO_CHOIRS",
    "Town",
    "entry",
    "hit",
    "item",
    "person",
    "post",
    "usual_town",
]
