"""Texts on their way out: what is said of a new one, of another wording, and of one for later."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from networks.contract import outgoing
from networks.mastodon.entities import status
from networks.mastodon.scripted import KNOWN, Queue, Scripted, knowing, linked

from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.draft import Outgoing, PollDraft, Scheduled
from tui_inbox.core.moment import DAY, HOUR, to_millis
from tui_inbox.core.ports import (
    AnswerLost,
    NetworkError,
    Refused,
    SignedOut,
    Throttled,
    Unreachable,
    Unsupported,
)
from tui_inbox.core.post import Audience
from tui_inbox.networks.mastodon.server import Server
from tui_inbox.networks.mastodon.texts import edit_form, new_form

NEW = "POST /api/v1/statuses"
EDIT = "PUT /api/v1/statuses/5"
PLANS = "GET /api/v1/scheduled_statuses"
QUOTING = replace(KNOWN, api_version=7, schedules=True)
AT = to_millis(datetime(2026, 11, 20, 9, 12, 0, 7_000, tzinfo=UTC))
TEA = PollDraft(("Tea", "Coffee"), 2 * HOUR, multiple=True)


def body(server: Scripted) -> dict[str, Any]:
    """What the last request said, as JSON or as a form."""
    request = server.requests[-1]
    if request.headers["content-type"] == "application/json":
        said: dict[str, Any] = json.loads(request.content)
        return said
    found: dict[str, Any] = {}
    for name, value in parse_qsl(request.content.decode(), keep_blank_values=True):
        found[name] = [*found.get(name, []), value] if name.endswith("[]") else value
    return found


def plan(number: int = 1, **changes: Any) -> dict[str, Any]:
    """What a server keeps for later."""
    told = {"id": str(number), "scheduled_at": "2026-11-20T09:12:00.007Z"}
    return told | {"params": {"text": "Soup."}, "media_attachments": []} | changes


async def test_a_plain_text_is_a_form_that_every_server_reads() -> None:
    server = Scripted({NEW: status(5)})
    text = outgoing("Tea & soup", warning="Food", reply_to="7", audience=Audience.FOLLOWERS)
    await server.connect().publish(text)
    assert body(server) == {
        "status": "Tea & soup",
        "visibility": "private",
        "language": "en",
        "spoiler_text": "Food",
        "sensitive": "true",
        "in_reply_to_id": "7",
    }
    assert server.requests[-1].headers["idempotency-key"] == text.key


async def test_files_go_with_a_text_by_their_ids() -> None:
    server = Scripted({NEW: status(5)})
    await server.connect().publish(outgoing("Two.", media=("m1", "m2"), sensitive=True))
    assert body(server)["media_ids[]"] == ["m1", "m2"]
    assert body(server)["sensitive"] == "true"


async def test_a_poll_is_said_with_its_choices_and_seconds() -> None:
    server = Scripted({NEW: status(5)})
    await server.connect().publish(outgoing("What?", poll=TEA))
    said = body(server)
    assert said["poll"] == {"options": ["Tea", "Coffee"], "expires_in": 7200, "multiple": True}
    assert (said["status"], said["visibility"]) == ("What?", "public")


async def test_an_edit_says_everything_again() -> None:
    server = Scripted({EDIT: status(5)})
    edit = outgoing(
        "Better.",
        warning="Food",
        edits="5",
        media=("m1", "m2"),
        alts=("a door", ""),
        poll=TEA,
        audience=Audience.DIRECT,
    )
    await server.connect().publish(edit)
    assert body(server) == {
        "status": "Better.",
        "spoiler_text": "Food",
        "sensitive": True,
        "language": "en",
        "media_ids": ["m1", "m2"],
        "media_attributes": [
            {"id": "m1", "description": "a door"},
            {"id": "m2", "description": ""},
        ],
        "poll": {"options": ["Tea", "Coffee"], "expires_in": 7200, "multiple": True},
    }


async def test_an_edit_takes_a_warning_away_by_saying_that_there_is_none() -> None:
    server = Scripted({EDIT: status(5)})
    await server.connect().publish(outgoing("Better.", edits="5", language=None))
    assert body(server) == {"status": "Better.", "spoiler_text": "", "sensitive": "false"}


TEXTS = st.builds(
    Outgoing,
    key=st.just("k"),
    text=st.text(min_size=1),
    warning=st.text(),
    audience=st.sampled_from(Audience),
    language=st.none() | st.sampled_from(["en", "de"]),
    reply_to=st.none() | st.just("7"),
    quotes=st.none() | st.just("8"),
    created_at=st.just(0),
    media=st.lists(st.sampled_from(["m1", "m2"]), max_size=2, unique=True).map(tuple),
    alts=st.lists(st.text(), max_size=2).map(tuple),
    sensitive=st.booleans(),
    poll=st.none() | st.just(TEA),
    edits=st.none() | st.just("5"),
)


@given(TEXTS)
def test_no_text_leaves_wider_than_it_was_meant(text: Outgoing) -> None:
    said = new_form(text)
    visibility = said["visibility"] if isinstance(said, dict) else dict(said)["visibility"]
    meant = {
        Audience.PUBLIC: "public",
        Audience.UNLISTED: "unlisted",
        Audience.FOLLOWERS: "private",
    }
    assert visibility == meant.get(text.audience, "direct")


@given(TEXTS)
def test_an_edit_leaves_out_nothing_that_it_has(text: Outgoing) -> None:
    said = dict(edit_form(text))
    assert {"status", "spoiler_text", "sensitive"} <= said.keys()
    assert ("media_ids" in said) == bool(text.media)
    assert ("poll" in said) == (text.poll is not None)
    assert "visibility" not in said


async def test_a_quote_is_asked_for_only_where_servers_know_it() -> None:
    server = Scripted({NEW: status(5)})
    await server.connect(knowing(QUOTING)).publish(outgoing("Read this.", quotes="8"))
    assert body(server)["quoted_status_id"] == "8"
    for older in (None, 6):
        elsewhere = Scripted({NEW: status(5)})
        network = elsewhere.connect(knowing(replace(KNOWN, api_version=older)))
        with pytest.raises(Unsupported, match="no quotes"):
            await network.publish(outgoing("Read this.", quotes="8"))
        assert elsewhere.requests == [], "it would have been posted without what it quotes"


async def test_where_posts_do_not_change_none_is_asked_to() -> None:
    server = Scripted({EDIT: status(5)})
    network = server.connect(knowing(replace(KNOWN, edits=False)))
    with pytest.raises(Unsupported, match="does not change posts"):
        await network.publish(outgoing("Better.", edits="5"))
    assert server.requests == []


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (401, SignedOut),
        (404, Refused),
        (405, Unsupported),
        (422, Refused),
        (429, Throttled),
        (500, AnswerLost),
        (httpx.Response(200, html="<p>Welcome"), AnswerLost),
        ({}, AnswerLost),
        ([], AnswerLost),
        ({"id": None}, AnswerLost),
        ({"id": "5", "account": None}, AnswerLost),
    ],
)
@pytest.mark.parametrize("edits", [None, "5"])
async def test_an_answer_that_is_no_post_is_no_success(
    answer: object, error: type[NetworkError], edits: str | None
) -> None:
    server = Scripted({NEW: answer, EDIT: answer})
    with pytest.raises(NetworkError) as raised:
        await server.connect().publish(outgoing("Tea.", edits=edits))
    assert type(raised.value) is error
    assert len(server.requests) == 1


async def test_a_text_for_later_leaves_with_its_moment() -> None:
    server = Scripted({NEW: plan(3)})
    network = server.connect(knowing(QUOTING))
    told = await network.plan(outgoing("Soup.", send_at=AT, media=("m1",)))
    assert told == Scheduled("3", AT, "Soup.")
    assert body(server)["scheduled_at"] == "2026-11-20T09:12:00.007Z"
    assert body(server)["media_ids[]"] == ["m1"]


async def test_a_text_for_now_is_never_left_for_later() -> None:
    server = Scripted({NEW: status(5)})
    await server.connect(knowing(QUOTING)).publish(outgoing("Soup.", send_at=AT))
    assert "scheduled_at" not in body(server)


@pytest.mark.parametrize(
    "answer",
    [
        status(5),
        {},
        [],
        {"id": "3"},
        {"id": "3", "scheduled_at": None},
        {"id": "3", "scheduled_at": "tomorrow"},
        {"id": None, "scheduled_at": "2026-11-20T09:12:00Z"},
        httpx.Response(200, html="<p>Welcome"),
    ],
)
async def test_what_does_not_say_that_it_is_kept_may_have_been_posted(answer: object) -> None:
    server = Scripted({NEW: answer})
    with pytest.raises(AnswerLost):
        await server.connect(knowing(QUOTING)).plan(outgoing("Soup.", send_at=AT))


async def test_where_nothing_is_kept_for_later_nothing_is_sent() -> None:
    server = Scripted({NEW: plan()})
    known = knowing(replace(KNOWN, schedules=False))
    with pytest.raises(Unsupported, match="for later"):
        await server.connect(known).plan(outgoing("Soup.", send_at=AT))
    assert server.requests == []


async def test_what_is_kept_is_read_to_its_end_without_what_makes_no_sense() -> None:
    bad = [
        None,
        {"id": "x"},
        {"scheduled_at": "2026-11-20T09:12:00Z"},
        plan(9, scheduled_at="never"),
    ]
    hostile = plan(2, params={"text": "a\x1b[31m\u202eb"})
    pages = Queue([linked([plan(1), *bad], "max_id=1"), [hostile, plan(3, params=None)]])
    server = Scripted({PLANS: pages})
    assert await server.connect().scheduled() == (
        Scheduled("1", AT, "Soup."),
        Scheduled("2", AT, "ab"),
        Scheduled("3", AT, ""),
    )
    assert server.asked()[1].endswith("max_id=1")


async def test_a_server_that_ignores_cursors_is_not_read_for_ever() -> None:
    server = Scripted({PLANS: linked([plan(1)], "max_id=1")})
    assert len(await server.connect().scheduled()) == 1
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("answer", "error"),
    [(404, Unsupported), (501, Unsupported), ({}, Unsupported), (503, Unreachable)],
)
async def test_where_plans_cannot_be_read_none_is_taken_for_gone(
    answer: object, error: type[NetworkError]
) -> None:
    with pytest.raises(NetworkError) as raised:
        await Scripted({PLANS: answer}).connect().scheduled()
    assert type(raised.value) is error


async def test_a_plan_is_taken_back_unless_it_was_posted() -> None:
    server = Scripted({"DELETE /api/v1/scheduled_statuses/3": {}})
    network = server.connect()
    await network.act(Act(ActKind.UNSCHEDULE, "3"))
    with pytest.raises(Refused, match=r"does not keep it any more") as refused:
        await network.act(Act(ActKind.UNSCHEDULE, "4"))
    assert refused.value.gone


async def test_who_keeps_texts_is_found_out_where_nobody_knows() -> None:
    me = {"GET /api/v1/accounts/verify_credentials": {"id": "77", "acct": "mira"}}
    for answer, keeps in (([], True), (404, False), ({}, False), (503, False)):
        server = Scripted(me | {PLANS: answer, "GET /api/v2/instance": {"version": "x"}})
        network = server.connect(knowing(Server("town.example", told="x", until=10**15)))
        assert (await network.identify()).limits.schedules is keeps
        server.requests.clear()
        await network.identify()
        asked = [one for one in server.asked() if "scheduled" in one]
        assert bool(asked) is (answer == 503), "what is known is not asked again"


def test_a_moment_far_ahead_is_said_like_any_other() -> None:
    said = dict(new_form(outgoing("Soup.", send_at=AT + 36_500 * DAY)))
    assert said["scheduled_at"] == "2126-10-27T09:12:00.007Z"
