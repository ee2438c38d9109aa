"""Acts: where each is asked for, and why repeating it does no harm."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

import pytest
from networks.conftest import Connect
from networks.mastodon.entities import status
from networks.mastodon.scripted import Queue, Scripted
from support.mastodon_mock_server import MockServer

from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.ports import AnswerLost, Refused, Throttled, Unsupported

PLACES = {
    ActKind.ACCEPT_FOLLOW: "/api/v1/follow_requests/5/authorize",
    ActKind.REJECT_FOLLOW: "/api/v1/follow_requests/5/reject",
    ActKind.ADMIT: "/api/v1/notifications/requests/5/accept",
    ActKind.DISMISS: "/api/v1/notifications/requests/5/dismiss",
    ActKind.DELETE: "/api/v1/statuses/5",
    ActKind.LIST: "/api/v1/lists/a note/accounts",
    ActKind.UNLIST: "/api/v1/lists/a note/accounts",
    ActKind.REPORT: "/api/v1/reports",
    ActKind.HIDE_BOOSTS: "/api/v1/accounts/relationships",
    ActKind.SHOW_BOOSTS: "/api/v1/accounts/relationships",
    ActKind.BLOCK_SERVER: "/api/v1/domain_blocks",
    ActKind.UNBLOCK_SERVER: "/api/v1/domain_blocks",
    ActKind.HIDE_WORD: "/api/v2/filters",
    ActKind.SHOW_WORD: "/api/v2/filters",
    ActKind.UNSCHEDULE: "/api/v1/scheduled_statuses/5",
}
FORMS = {
    ActKind.NOTE: b"comment=a+note",
    ActKind.LIST: b"account_ids%5B%5D=5",
    ActKind.UNLIST: b"account_ids%5B%5D=5",
    ActKind.REPORT: b"account_id=5&category=other&forward=false",
    ActKind.BLOCK_SERVER: b"domain=5",
    ActKind.UNBLOCK_SERVER: b"domain=5",
}
POST = "GET /api/v1/statuses/5"
VOTES = "POST /api/v1/polls/p%2F7/votes"


NAMES_NO_ID = (ActKind.VOTE, ActKind.PROFILE)


@pytest.mark.parametrize("kind", [kind for kind in ActKind if kind not in NAMES_NO_ID])
async def test_every_act_is_asked_for_once_at_its_own_place(kind: ActKind) -> None:
    place = "accounts" if kind.on_person else "statuses"
    path = PLACES.get(kind, f"/api/v1/{place}/5/")
    server = Scripted()
    network = server.connect()
    try:
        await network.act(Act(kind, "5", "a note"))
    except (Refused, Unsupported):
        assert kind not in (ActKind.DELETE, ActKind.REJECT_FOLLOW, ActKind.ADMIT, ActKind.DISMISS)
    first = server.requests[0]
    assert first.url.path.startswith(path)
    assert first.content == FORMS.get(kind, b"")


async def test_a_request_to_follow_that_was_withdrawn_cannot_be_accepted() -> None:
    server = Scripted({"GET /api/v1/accounts/relationships": [{"id": "5", "followed_by": False}]})
    with pytest.raises(Refused) as refused:
        await server.connect().act(Act(ActKind.ACCEPT_FOLLOW, "5"))
    assert refused.value.gone


async def test_a_request_to_follow_that_was_accepted_before_is_accepted() -> None:
    server = Scripted({"GET /api/v1/accounts/relationships": [{"id": "5", "followed_by": True}]})
    await server.connect().act(Act(ActKind.ACCEPT_FOLLOW, "5"))


@pytest.mark.parametrize("stands_on", [["l2", "l1"], ["l2"], []])
async def test_who_stands_on_a_list_already_is_put_on_it(stands_on: list[str]) -> None:
    answers = {
        "POST /api/v1/lists/l1/accounts": 422,
        "GET /api/v1/accounts/5/lists": [{"id": one, "title": one} for one in stands_on],
    }
    doing = Scripted(answers).connect().act(Act(ActKind.LIST, "5", "l1"))
    if "l1" in stands_on:
        await doing
    else:
        with pytest.raises(Refused):
            await doing


async def test_who_is_taken_off_a_list_is_named_in_the_body() -> None:
    server = Scripted({"DELETE /api/v1/lists/l1/accounts": {}})
    await server.connect().act(Act(ActKind.UNLIST, "5", "l1"))
    assert server.asked() == ["DELETE /api/v1/lists/l1/accounts"]


async def test_a_vote_is_counted_once(mock: MockServer, connect: Connect) -> None:
    poll = {"options": ["Tea", "Coffee"], "expires_in": 3600}
    asked = mock.call("POST", "/api/v1/statuses", "bob", json={"status": "Which?", "poll": poll})
    network = connect("alice")
    for _ in range(2):
        await network.act(Act(ActKind.VOTE, asked["id"], options=(1,)))
    seen = (await network.thread(asked["id"])).focus
    assert seen.view.voted == (1,)
    assert seen.post.poll is not None
    assert [option.votes for option in seen.post.poll.options] == [0, 1]
    with pytest.raises(Refused, match="already"):
        await network.act(Act(ActKind.VOTE, asked["id"], options=(0,)))


def with_poll(**changes: Any) -> dict[str, Any]:
    """A status with a poll."""
    options = [{"title": "a"}, {"title": "b"}, {"title": "c"}]
    return status(5, poll={"id": "p/7", "voted": False, "options": options} | changes)


async def test_several_options_are_sent_together_in_their_order() -> None:
    server = Scripted({POST: with_poll()})
    with pytest.raises(Refused):  # nothing is written down for the vote itself
        await server.connect().act(Act(ActKind.VOTE, "5", options=(0, 2)))
    assert server.asked()[1] == VOTES
    body = server.requests[1].content.decode()
    assert parse_qsl(body) == [("choices[]", "0"), ("choices[]", "2")]


async def test_a_vote_whose_answer_was_lost_can_be_tried_again() -> None:
    voted = with_poll(voted=True, own_votes=[2, 0])
    server = Scripted({POST: Queue([with_poll(), voted]), "POST /api/v1/polls/p/7/votes": 502})
    network = server.connect()
    with pytest.raises(AnswerLost):
        await network.act(Act(ActKind.VOTE, "5", options=(0, 2)))
    await network.act(Act(ActKind.VOTE, "5", options=(0, 2)))
    assert len(server.asked("/api/v1/polls")) == 1


async def test_the_poll_of_a_boost_is_that_of_the_post() -> None:
    boost = status(4, reblog=with_poll())
    server = Scripted({POST: boost, "POST /api/v1/polls/p/7/votes": {}})
    await server.connect().act(Act(ActKind.VOTE, "5", options=(1,)))
    assert server.asked()[1] == VOTES


@pytest.mark.parametrize(
    ("told", "options"), [(status(5), (1,)), (with_poll(), ()), ({"no": "id"}, (1,))]
)
async def test_where_there_is_nothing_to_vote_on_nothing_is_sent(
    told: object, options: tuple[int, ...]
) -> None:
    server = Scripted({POST: told})
    with pytest.raises(Refused):
        await server.connect().act(Act(ActKind.VOTE, "5", options=options))
    assert len(server.requests) == 1


async def test_deletions_have_a_limit_of_their_own_and_stop_nothing_else() -> None:
    server = Scripted(
        {
            "DELETE /api/v1/statuses/5": {},
            "POST /api/v1/statuses/5/unreblog": status(5),
            "POST /api/v1/statuses/5/favourite": status(5),
        }
    )
    network = server.connect()
    for kind in [ActKind.DELETE, ActKind.UNBOOST] * 7 + [ActKind.DELETE]:
        await network.act(Act(kind, "5"))
    for kind in (ActKind.DELETE, ActKind.UNBOOST):
        with pytest.raises(Throttled, match="deletions"):
            await network.act(Act(kind, "5"))
    await network.act(Act(ActKind.FAVOURITE, "5"))
    assert len(server.requests) == 16
