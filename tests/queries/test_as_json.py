"""Rows as JSON: what scripts may rely on."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from tui_inbox.core.conversation import ItemState, Lane, Opening
from tui_inbox.core.health import Health, HealthState
from tui_inbox.core.moment import to_millis
from tui_inbox.queries.as_json import moment_json, rows_json
from tui_inbox.queries.overviews import StatusView
from tui_inbox.queries.rows import EntryRow, ItemRow, PersonLabel, PostRow, ReplyCard

NOON = to_millis(datetime(2025, 11, 21, 12, 0, tzinfo=UTC))
QUILLFOX = PersonLabel(3, "quillfox", "quillfox@ink.example", partner=True)
POST = PostRow(7, 1, "mi", QUILLFOX, NOON, "Does the export keep the tags?", asks=True)


def test_a_row_has_all_its_fields_words_as_on_screen_and_times_in_utc() -> None:
    row = ItemRow(
        id=5,
        account=1,
        letters="mi",
        person=QUILLFOX,
        lane=Lane.TALK,
        state=ItemState.NEW,
        opening=Opening.ANSWER,
        asks=True,
        at=NOON,
        post=POST,
        before=(NOON, "Two choirs do."),
    )
    told = rows_json(row)
    assert isinstance(told, dict)
    assert told["lane"] == "People you talk with"
    assert told["opening"] == "answers you"
    assert told["at"] == "2025-11-21T12:00:00.000Z"
    assert told["before"] == {"at": "2025-11-21T12:00:00.000Z", "text": "Two choirs do."}
    assert told["wakes"] == ""
    assert told["person"] == {
        "id": 3,
        "name": "quillfox",
        "handle": "quillfox@ink.example",
        "partner": True,
    }
    assert isinstance(told["post"], dict)
    assert told["post"]["did"] == []


def test_places_in_feeds_and_labelled_lines_have_names() -> None:
    entry = rows_json(EntryRow((NOON, "uri"), 9, POST))
    card = rows_json(ReplyCard("quillfox and mira", (("note", "runs the choir"),)))
    assert isinstance(entry, dict)
    assert isinstance(card, dict)
    assert entry["key"] == {"at": "2025-11-21T12:00:00.000Z", "identity": "uri"}
    assert entry["seq"] == 9
    assert card["lines"] == [{"label": "note", "text": "runs the choir"}]


def test_a_moment_that_is_not_known_stays_null() -> None:
    health = Health(HealthState.OFFLINE, NOON, next_try=NOON + 20_000)
    told = rows_json(StatusView((), ((1, health),), (), 0, 0))
    assert isinstance(told, dict)
    assert told["health"] == [
        [
            1,
            {
                "state": "offline",
                "since": "2025-11-21T12:00:00.000Z",
                "last_word": None,
                "next_try": "2025-11-21T12:00:20.000Z",
                "reason": "",
                "kind": "",
                "past": None,
            },
        ]
    ]
    assert moment_json(None) is None


def test_what_is_told_is_json() -> None:
    assert json.loads(json.dumps(rows_json((POST, QUILLFOX))))[0]["asks"] is True


def test_what_is_no_row_is_refused() -> None:
    with pytest.raises(TypeError, match="object is no row"):
        rows_json(object())
