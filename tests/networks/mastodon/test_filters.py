"""Filters of the first form: read as the others are, and found in posts here, because the server does not say."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from networks.clocks import SteppedClock
from networks.mastodon.entities import status
from networks.mastodon.scripted import KNOWN, Queue, Scripted, knowing

from tui_inbox.core.moment import MINUTE, to_millis_or_none
from tui_inbox.core.ports import PageOf, Unreachable
from tui_inbox.core.post import Feed, FeedKind, FilterAction
from tui_inbox.core.reading import Filter, Keyword
from tui_inbox.networks.mastodon.client import MastodonNetwork

PREFERENCES = "GET /api/v1/preferences"
SECOND, FIRST = "GET /api/v2/filters", "GET /api/v1/filters"
HOME = "GET /api/v1/timelines/home"
TOLD = {PREFERENCES: {"posting:default:visibility": "public"}}


def phrase(text: str, id_: int = 1, **changes: Any) -> dict[str, Any]:
    told = {"id": str(id_), "phrase": text, "context": ["home"], "whole_word": True}
    return told | {"irreversible": False, "expires_at": None} | changes


def page(*texts: str) -> list[dict[str, Any]]:
    return [status(100 - n, content=f"<p>{text}</p>") for n, text in enumerate(texts)]


async def found(network: MastodonNetwork) -> list[list[str]]:
    """The titles of the filters that match each post of the home feed."""
    read = await network.feed(Feed(FeedKind.HOME), PageOf())
    return [[hit.title for hit in entry.seen.view.filtered] for entry in read.entries]


async def test_a_filter_of_the_first_form_is_one_of_ours() -> None:
    data = [
        phrase("goal\x1b[2J", irreversible=True, context=["home", "public"]),
        phrase("match", 2, whole_word=None, expires_at="2199-01-01T00:00:00Z"),
        phrase("over", 3, expires_at="2020-01-01T00:00:00Z"),
        phrase(" ", 4),
        {"id": "5", "context": ["home"]},
    ]
    got = (await Scripted({**TOLD, FIRST: data}).connect().preferences()).filters
    assert got == (
        Filter(
            "1", "goal", FilterAction.HIDE, ("home", "public"), (Keyword("goal", whole=True),)
        ),
        Filter(
            "2", "match", FilterAction.WARN, ("home",), (Keyword("match"),),
            expires_at=to_millis_or_none("2199-01-01T00:00:00Z"),
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "form", "asked"),
    [
        ({SECOND: [], FIRST: [phrase("goal")]}, 2, [SECOND]),
        ({FIRST: [phrase("goal")]}, 1, [FIRST]),
        ({SECOND: {}, FIRST: []}, 1, [FIRST]),
        ({SECOND: {}, FIRST: {}}, 0, []),
        ({}, 0, []),
    ],
)
async def test_which_form_a_server_knows_is_found_out_once(
    answers: dict[str, Any], form: int, asked: list[str]
) -> None:
    state = knowing()
    await Scripted({**TOLD, **answers}).connect(state).preferences()
    later = Scripted({**TOLD, **answers})
    told = await later.connect(state).preferences()
    assert [one for one in later.asked() if "filters" in one] == asked
    assert (told.filters is None) is (form == 0)
    assert f'"filters":{form}' in state.kept["server"]


async def test_a_token_that_may_not_ask_says_nothing_of_the_server() -> None:
    state = knowing()
    server = Scripted({**TOLD, SECOND: 403, FIRST: [phrase("goal")]})
    assert (await server.connect(state).preferences()).filters is None
    assert '"filters":null' in state.kept["server"]
    assert FIRST not in server.asked()


async def test_a_form_that_is_gone_is_looked_for_anew() -> None:
    state = knowing(replace(KNOWN, filters=1))
    network = Scripted({**TOLD, SECOND: []}).connect(state)
    assert (await network.preferences()).filters is None
    assert (await network.preferences()).filters == ()


async def test_a_server_in_trouble_is_not_taken_for_one_without_filters() -> None:
    state = knowing()
    with pytest.raises(Unreachable):
        await Scripted({**TOLD, FIRST: 502}).connect(state).preferences()
    assert '"filters":null' in state.kept["server"]


async def test_what_arrives_is_looked_through_here_also_after_the_next_start() -> None:
    state = knowing()
    answers = {**TOLD, FIRST: [phrase("goal")], HOME: page("What a goal!", "No goals.", "Soup")}
    network = Scripted(answers).connect(state)
    assert await found(network) == [[], [], []], "it was not asked for filters yet"
    await network.preferences()
    assert await found(network) == [["goal"], [], []]
    assert await found(Scripted({HOME: answers[HOME]}).connect(state)) == [["goal"], [], []]


async def test_all_texts_of_a_post_are_looked_through_and_of_a_boost_those_of_what_it_passes_on() -> (
    None
):
    poll = {"id": "1", "options": [{"title": "a goal"}]}
    pictured = [{"id": "1", "type": "image", "description": "The goal."}]
    told = [
        status(1, spoiler_text="goal"),
        status(2, poll=poll),
        status(3, media_attachments=pictured),
        status(4, content="", reblog=status(5, content="<p>Goal!</p>")),
    ]
    network = Scripted({**TOLD, FIRST: [phrase("goal")], HOME: told}).connect()
    await network.preferences()
    assert await found(network) == [["goal"]] * 4


async def test_a_filter_of_the_first_form_ends_by_itself() -> None:
    soon = "2026-10-01T10:05:00Z"
    ends = to_millis_or_none(soon)
    assert ends is not None
    clock = SteppedClock(ends - MINUTE)
    answers = {**TOLD, FIRST: [phrase("goal", expires_at=soon)], HOME: page("A goal")}
    network = Scripted(answers).connect(clock=clock)
    await network.preferences()
    assert await found(network) == [["goal"]]
    clock.pass_time(60)
    assert await found(network) == [[]]


async def test_where_the_server_says_what_matches_nothing_is_looked_through_here() -> None:
    state = knowing(replace(KNOWN, filters=1))
    old = Scripted({**TOLD, FIRST: [phrase("goal")], HOME: page("A goal")}).connect(state)
    await old.preferences()
    second = {"id": "1", "title": "Sport", "context": ["home"], "keywords": [{"keyword": "goal"}]}
    answers = {**TOLD, SECOND: [second], FIRST: Queue([404]), HOME: page("A goal")}
    network = Scripted(answers).connect(state)  # the server was brought up to date
    await network.preferences()
    await network.preferences()
    assert await found(network) == [[]]


async def test_filters_that_were_kept_and_cannot_be_read_are_none() -> None:
    state = knowing()
    state.kept["filters to match"] = "scribble"
    assert await found(Scripted({HOME: page("A goal")}).connect(state)) == [[]]
