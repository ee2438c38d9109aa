"""Who asks to follow, who is held back, who is muted or blocked."""

from __future__ import annotations

from typing import Any

import pytest
from networks.conftest import Connect
from networks.mastodon.entities import account, status
from networks.mastodon.scripted import Queue, Scripted, linked
from support.mastodon_mock_server import MockServer

from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.door import HeldBackCount, PeopleList
from tui_inbox.core.moment import to_millis_or_none
from tui_inbox.core.ports import PageOf, Unsupported

REQUESTS = "GET /api/v1/notifications/requests"
POLICY = "GET /api/v2/notifications/policy"


def request(number: int, **changes: Any) -> dict[str, Any]:
    """Somebody held back."""
    return {
        "id": str(number),
        "created_at": "2026-05-01T10:00:00.000Z",
        "updated_at": "2026-05-02T10:00:00.000Z",
        "notifications_count": "3",
        "account": account(),
        "last_status": status(number),
    } | changes


async def ask_to_follow(mock: MockServer, who: str, whom: str) -> str:
    """Somebody asks somebody with a locked account; the id of the one who asks."""
    mock.call("PATCH", "/api/v1/accounts/update_credentials", whom, data={"locked": "true"})
    mock.call("POST", f"/api/v1/accounts/{mock.id_of(whom)}/follow", who)
    return mock.id_of(who)


async def test_somebody_who_asks_to_follow_is_let_in(mock: MockServer, connect: Connect) -> None:
    carol = await ask_to_follow(mock, "carol", "alice")
    network = connect("alice")
    page = await network.people(PeopleList.ASKING, PageOf())
    assert [person.server_id for person in page.people] == [carol]
    assert page.older is None
    for _ in range(2):
        await network.act(Act(ActKind.ACCEPT_FOLLOW, carol))
    assert (await network.people(PeopleList.ASKING, PageOf())).people == ()
    [told] = await network.relationships([carol])
    assert told.followed_by


async def test_somebody_who_asks_to_follow_is_turned_away(
    mock: MockServer, connect: Connect
) -> None:
    carol = await ask_to_follow(mock, "carol", "alice")
    network = connect("alice")
    for _ in range(2):
        await network.act(Act(ActKind.REJECT_FOLLOW, carol))
    assert (await network.people(PeopleList.ASKING, PageOf())).people == ()
    [told] = await network.relationships([carol])
    assert not told.followed_by


async def test_mutes_and_blocks_are_told(mock: MockServer, connect: Connect) -> None:
    bob, carol = mock.id_of("bob"), mock.id_of("carol")
    network = connect("alice")
    await network.act(Act(ActKind.MUTE, bob))
    await network.act(Act(ActKind.BLOCK, carol))
    for which, who in ((PeopleList.MUTED, bob), (PeopleList.BLOCKED, carol)):
        page = await network.people(which, PageOf())
        assert [person.server_id for person in page.people] == [who]


def hold_back_strangers(mock: MockServer) -> None:
    """From now on those whom alice does not follow are held back."""
    policy = {"for_not_following": "filter"}
    mock.call("PATCH", "/api/v2/notifications/policy", "alice", data=policy)


async def test_somebody_held_back_is_counted_listed_and_let_in(
    mock: MockServer, connect: Connect
) -> None:
    hold_back_strangers(mock)
    said = mock.post_as("carol", "@alice do you know me?")
    mock.post_as("carol", "@alice it is important")
    network = connect("alice")
    assert await network.held_back_count() == HeldBackCount(people=1, notices=2)
    [held] = (await network.held_back(PageOf())).held
    assert (held.by.name, held.notices) == ("Carol", 2)
    assert held.newest is not None
    assert held.newest.post.text == "@alice it is important"
    before = [notice.seen for notice in (await network.notices(PageOf())).notices]
    for _ in range(2):
        await network.act(Act(ActKind.ADMIT, held.request_id))
    assert await network.held_back_count() == HeldBackCount(0, 0)
    after = (await network.notices(PageOf())).notices
    assert len(after) == len(before) + 2
    assert said["id"] in [notice.seen.view.server_id for notice in after if notice.seen]


async def test_somebody_held_back_is_dismissed(mock: MockServer, connect: Connect) -> None:
    hold_back_strangers(mock)
    mock.post_as("carol", "@alice buy something")
    network = connect("alice")
    [held] = (await network.held_back(PageOf())).held
    before = (await network.notices(PageOf())).notices
    for _ in range(2):
        await network.act(Act(ActKind.DISMISS, held.request_id))
    assert (await network.held_back(PageOf())).held == ()
    assert (await network.notices(PageOf())).notices == before


async def test_requests_are_told_as_far_as_they_can_be_read() -> None:
    page = [
        request(1),
        None,
        request(2, account=None),
        request(3, last_status={"id": "9"}, notifications_count=None, updated_at=None),
        {"id": ""},
    ]
    server = Scripted({REQUESTS: linked(page, "max_id=88")})
    got = await server.connect().held_back(PageOf())
    assert [held.request_id for held in got.held] == ["1", "3"]
    first, last = got.held
    assert (first.notices, last.notices) == (3, 1)
    assert first.at == to_millis_or_none("2026-05-02T10:00:00Z")
    assert last.at == to_millis_or_none("2026-05-01T10:00:00Z")
    assert last.newest is None
    assert got.older == "?max_id=88"


async def test_lists_of_people_are_walked_by_their_links_alone() -> None:
    pages = Queue([linked([account("ada"), {"x": 1}, account("bo")], "max_id=4"), [account("cy")]])
    server = Scripted({"GET /api/v1/mutes": pages})
    network = server.connect()
    first = await network.people(PeopleList.MUTED, PageOf(limit=200))
    second = await network.people(PeopleList.MUTED, PageOf(limit=200, older_than=first.older))
    names = [person.name for page in (first, second) for person in page.people]
    assert names == ["Ada", "Bo", "Cy"]
    assert second.older is None
    assert server.asked() == [
        "GET /api/v1/mutes?limit=80", "GET /api/v1/mutes?limit=80&max_id=4",
    ]  # fmt: skip
    with pytest.raises(Unsupported):
        await network.people(PeopleList.MUTED, PageOf(older_than="4"))


@pytest.mark.parametrize("answer", [404, 501, {}, "x"])
async def test_a_server_that_holds_nobody_back_says_so(answer: object) -> None:
    network = Scripted({REQUESTS: answer, POLICY: answer}).connect()
    with pytest.raises(Unsupported):
        await network.held_back(PageOf())
    with pytest.raises(Unsupported):
        await network.held_back_count()


async def test_a_count_without_sense_is_none() -> None:
    summary = {"pending_requests_count": -4, "pending_notifications_count": "many"}
    server = Scripted({POLICY: {"summary": summary}})
    assert await server.connect().held_back_count() == HeldBackCount(0, 0)
