"""What the owner does not want: words, whole servers, somebody's boosts, a talk, and what moderators are told."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

import pytest
from networks.mastodon.scripted import Scripted

from tui_inbox.core.act import Act, ActKind, Report
from tui_inbox.core.moment import DAY, Millis
from tui_inbox.core.ports import AnswerLost, NetworkError, Refused, SignedOut, Unsupported

FILTERS = "GET /api/v2/filters"
MAKE = "POST /api/v2/filters"
OLD_FILTERS = "GET /api/v1/filters"
OLD_MAKE = "POST /api/v1/filters"
SERVERS = "/api/v1/domain_blocks"
STANDING = "GET /api/v1/accounts/relationships"


def form(server: Scripted) -> list[tuple[str, str]]:
    """What the last request said."""
    return parse_qsl(server.requests[-1].content.decode(), keep_blank_values=True)


def said(server: Scripted) -> dict[str, Any]:
    """What the last request said as JSON."""
    told: dict[str, Any] = json.loads(server.requests[-1].content)
    return told


async def test_moderators_are_told_what_the_owner_says_and_no_more() -> None:
    server = Scripted({"POST /api/v1/reports": {"id": "1"}})
    report = Report(("7", "8"), "Sells followers.\nAgain & again.", "spam", forward=True)
    await server.connect().act(Act(ActKind.REPORT, "5", report=report))
    assert form(server) == [
        ("account_id", "5"),
        ("status_ids[]", "7"),
        ("status_ids[]", "8"),
        ("category", "spam"),
        ("forward", "true"),
        ("comment", "Sells followers.\nAgain & again."),
    ]
    await server.connect().act(Act(ActKind.REPORT, "5", report=Report(category="unheard of")))
    assert form(server) == [("account_id", "5"), ("category", "other"), ("forward", "false")]


async def test_a_report_whose_answer_is_lost_may_have_arrived() -> None:
    with pytest.raises(AnswerLost):
        await Scripted({"POST /api/v1/reports": 502}).connect().act(Act(ActKind.REPORT, "5"))


@pytest.mark.parametrize(
    ("lasts", "seconds"), [(None, None), (DAY, "86400"), (1_500, "1"), (1, "1")]
)
async def test_a_mute_says_how_long_it_lasts(lasts: Millis | None, seconds: str | None) -> None:
    server = Scripted({"POST /api/v1/accounts/5/mute": {"id": "5"}})
    await server.connect().act(Act(ActKind.MUTE, "5", lasts=lasts))
    assert form(server) == ([] if seconds is None else [("duration", seconds)])


@pytest.mark.parametrize(
    ("kind", "shows"), [(ActKind.HIDE_BOOSTS, "false"), (ActKind.SHOW_BOOSTS, "true")]
)
@pytest.mark.parametrize("standing", ["following", "requested"])
async def test_boosts_are_kept_out_by_following_once_more(
    kind: ActKind, shows: str, standing: str
) -> None:
    follow = "POST /api/v1/accounts/5/follow"
    server = Scripted({STANDING: [{"id": "5", standing: True}], follow: {"id": "5"}})
    await server.connect().act(Act(kind, "5"))
    assert form(server) == [("reblogs", shows)]


@pytest.mark.parametrize(
    "told", [[], [{"id": "5", "following": False}], [{"id": "6", "following": True}], [None], {}]
)
async def test_nobody_is_followed_by_hiding_their_boosts(told: object) -> None:
    server = Scripted({STANDING: told, "POST /api/v1/accounts/5/follow": {"id": "5"}})
    with pytest.raises(Refused, match="do not follow"):
        await server.connect().act(Act(ActKind.HIDE_BOOSTS, "5"))
    assert all(request.method == "GET" for request in server.requests)


async def test_a_talk_is_made_quiet_at_the_post() -> None:
    paths = [f"/api/v1/statuses/5/{verb}" for verb in ("mute", "unmute")]
    server = Scripted({f"POST {path}": {} for path in paths})
    network = server.connect()
    await network.act(Act(ActKind.MUTE_TALK, "5"))
    await network.act(Act(ActKind.UNMUTE_TALK, "5"))
    assert server.asked() == [f"POST {path}" for path in paths]


async def test_a_whole_server_is_blocked_by_its_name() -> None:
    server = Scripted({f"POST {SERVERS}": {}, f"DELETE {SERVERS}": {}})
    network = server.connect()
    await network.act(Act(ActKind.BLOCK_SERVER, "spam.example"))
    assert form(server) == [("domain", "spam.example")]
    await network.act(Act(ActKind.UNBLOCK_SERVER, "spam.example"))
    assert (server.requests[-1].method, form(server)) == ("DELETE", [("domain", "spam.example")])


@pytest.mark.parametrize("kind", [ActKind.BLOCK_SERVER, ActKind.UNBLOCK_SERVER, ActKind.REPORT])
async def test_what_a_server_lacks_is_said_so(kind: ActKind) -> None:
    with pytest.raises(Unsupported):
        await Scripted().connect().act(Act(kind, "x"))


async def test_a_word_is_hidden_everywhere_by_a_filter_of_its_own() -> None:
    server = Scripted({FILTERS: [], MAKE: {"id": "9"}})
    await server.connect().act(Act(ActKind.HIDE_WORD, "football"))
    assert said(server) == {
        "title": "football (tui-inbox)",
        "context": ["home", "notifications", "public", "thread", "account"],
        "filter_action": "hide",
        "keywords_attributes": [{"keyword": "football", "whole_word": True}],
    }


async def test_a_word_is_hidden_by_one_filter_only() -> None:
    there = [{"id": "9", "title": "football (tui-inbox)"}]
    server = Scripted({FILTERS: there, MAKE: {"id": "10"}})
    await server.connect().act(Act(ActKind.HIDE_WORD, "football"))
    assert server.asked() == [FILTERS]


@pytest.mark.parametrize(
    ("word", "whole"),
    [
        ("tea", True),
        ("Käse", True),
        ("#tea", True),
        ("サッカー", False),
        ("足球", False),
        ("ฟุตบอล", False),
    ],
)
async def test_where_no_space_stands_between_words_none_is_asked_for(
    word: str, whole: bool
) -> None:
    server = Scripted({FILTERS: [], MAKE: {"id": "9"}})
    await server.connect().act(Act(ActKind.HIDE_WORD, word))
    assert said(server)["keywords_attributes"] == [{"keyword": word, "whole_word": whole}]


async def test_only_the_filter_that_was_made_for_a_word_is_deleted() -> None:
    there = [
        {"id": "1", "title": "football", "keywords": [{"keyword": "football"}]},
        {"id": "2", "title": "football (tui-inbox)"},
        {"id": "3", "title": None},
        None,
        {"id": "4/5", "title": "football (tui-inbox)"},
    ]
    gone = 404
    answers = {FILTERS: there, "DELETE /api/v2/filters/2": {}, "DELETE /api/v2/filters/4/5": gone}
    server = Scripted(answers)
    await server.connect().act(Act(ActKind.SHOW_WORD, "football"))
    assert server.asked() == [
        FILTERS, "DELETE /api/v2/filters/2", "DELETE /api/v2/filters/4%2F5",
    ]  # fmt: skip


async def test_an_older_server_hides_a_phrase() -> None:
    server = Scripted({OLD_FILTERS: [{"id": "1", "phrase": "soup"}], OLD_MAKE: {"id": "2"}})
    network = server.connect()
    await network.act(Act(ActKind.HIDE_WORD, "football"))
    assert said(server) == {
        "phrase": "football",
        "context": ["home", "notifications", "public", "thread", "account"],
        "irreversible": True,
        "whole_word": True,
    }
    made = len(server.requests)
    await network.act(Act(ActKind.HIDE_WORD, "soup"))
    assert OLD_MAKE not in server.asked()[made:]
    server.answers["DELETE /api/v1/filters/1"] = {}
    await network.act(Act(ActKind.SHOW_WORD, "soup"))
    assert server.asked()[-1] == "DELETE /api/v1/filters/1"


@pytest.mark.parametrize("kind", [ActKind.HIDE_WORD, ActKind.SHOW_WORD])
@pytest.mark.parametrize(
    ("answer", "error"),
    [(404, Unsupported), ({}, Unsupported), (403, Refused), (401, SignedOut)],
)
async def test_where_there_are_no_filters_no_word_is_hidden(
    kind: ActKind, answer: object, error: type[NetworkError]
) -> None:
    server = Scripted({FILTERS: answer, OLD_FILTERS: answer})
    with pytest.raises(NetworkError) as raised:
        await server.connect().act(Act(kind, "football"))
    assert type(raised.value) is error
    assert all(request.method == "GET" for request in server.requests)
