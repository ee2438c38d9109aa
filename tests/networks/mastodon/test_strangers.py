"""Somebody's recent posts for the check of a stranger: what is asked, and what a server may answer."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from networks.clocks import SteppedClock
from networks.conftest import Connect
from networks.mastodon.entities import account, mention, status
from networks.mastodon.scripted import Scripted
from support.mastodon_mock_server import MockServer

from tui_inbox.core.findings import Verdict
from tui_inbox.core.ports import (
    NetworkError,
    Refused,
    SignedOut,
    Throttled,
    Unreachable,
    Unsupported,
)
from tui_inbox.core.stranger import check
from tui_inbox.networks.limits import Urgency
from tui_inbox.networks.mastodon import strangers

PROFILE = "/api/v1/accounts/9"
STATUSES = f"GET {PROFILE}/statuses"
ROCKET = account("rocket", "panel.example", id="9", note="", created_at="2026-04-29T00:00:00.000Z")


def said(number: int, text: str, *names: str, **changes: Any) -> dict[str, Any]:
    """A post of the stranger's that names some people."""
    return status(
        number,
        account=ROCKET,
        uri=f"https://panel.example/{number}",
        content=f"<p>{text}</p>",
        mentions=[mention(name, id=f"id-{name}") for name in names],
        **changes,
    )


async def test_one_request_brings_the_posts_and_who_they_are() -> None:
    server = Scripted({STATUSES: [said(2, "Hello"), said(1, "Hi")]})
    recent = await server.connect().recent("9")
    assert server.asked() == [f"{STATUSES}?limit=40&exclude_reblogs=true"]
    assert [seen.post.text for seen in recent.posts] == ["Hello", "Hi"]
    assert (recent.person.handle, recent.person.bio) == ("rocket@panel.example", "")
    assert recent.person.created_at is not None


async def test_what_was_read_is_enough_for_a_verdict() -> None:
    names = ("ann", "ben", "cat", "dan", "eva", "fay")
    spam = [
        said(
            number,
            f'<a class="u-url mention" href="https://town.example/@{name}">@{name}</a> Grow your business '
            f'today, {number} % off <a href="https://x{number}.panel.example/go">panel.example</a>',
            name,
        )
        for number, name in enumerate(names, start=1)
    ]
    recent = await Scripted({STATUSES: spam}).connect().recent("9")
    found = check(recent.person, [seen.post for seen in recent.posts])
    assert found.verdict is Verdict.SAME


async def test_boosts_and_posts_of_others_are_left_out() -> None:
    boost = said(3, "", reblog=status(7))
    server = Scripted({STATUSES: [boost, said(2, "Hello"), status(8)]})
    recent = await server.connect().recent("9")
    assert [seen.post.text for seen in recent.posts] == ["Hello"]


async def test_of_somebody_without_posts_the_profile_is_asked_for() -> None:
    locked = account("shy", id="9", locked=True)
    server = Scripted({STATUSES: [], f"GET {PROFILE}": locked})
    recent = await server.connect().recent("9")
    assert (recent.posts, recent.person.locked) == ((), True)
    found = check(recent.person, ())
    assert found.why == "posts are for followers only"
    nonsense = Scripted({STATUSES: [], f"GET {PROFILE}": []})
    with pytest.raises(Refused):
        await nonsense.connect().recent("9")


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (401, SignedOut),
        (403, Refused),
        (404, Refused),
        (410, Refused),
        (429, Throttled),
        (500, Unreachable),
        (503, Unreachable),
        (
            httpx.Response(200, content=b"<html>", headers={"content-type": "text/html"}),
            Unsupported,
        ),
    ],
)
async def test_every_other_answer_is_a_failure_with_its_meaning(
    answer: object, error: type[NetworkError]
) -> None:
    clock = SteppedClock()
    with pytest.raises(error) as raised:
        await Scripted({STATUSES: answer}).connect(clock=clock).recent("9")
    if isinstance(raised.value, Refused):
        assert raised.value.gone is (answer in (404, 410))


async def test_what_nobody_waits_for_is_the_last_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Urgency] = []
    server = Scripted({STATUSES: [said(1, "Hi")]})
    network = server.connect()
    session = network._session
    get = session.http.get

    async def noting(*args: Any, **options: Any) -> Any:
        asked.append(options["urgency"])
        return await get(*args, **options)

    monkeypatch.setattr(session.http, "get", noting)
    for waited_for in (False, True):
        await strangers.read_recent(session, "9", waited_for=waited_for)
    assert asked == [Urgency.CHECKS, Urgency.WAITING]


async def test_a_server_on_loopback_tells_of_a_stranger(mock: MockServer, connect: Connect) -> None:
    """Over a real socket, on a server by others."""
    for number in range(3):
        mock.post_as("bob", f"Tide table, line {number}. @alice")
    recent = await connect("alice").recent(mock.id_of("bob"))
    assert len(recent.posts) >= 3
    assert recent.person.handle.startswith("bob@")
    assert all(seen.post.author.ref == recent.person.ref for seen in recent.posts)
    with pytest.raises(Refused) as refused:
        await connect("alice").recent("987654321")
    assert refused.value.gone


@pytest.mark.parametrize(
    ("kind", "code", "error"),
    [
        ("status", 403, Refused),
        ("status", 401, SignedOut),
        ("status", 503, Unreachable),
        ("ratelimit", 429, Throttled),
        ("malformed", 200, NetworkError),
    ],
)
async def test_and_what_it_refuses_is_told_apart(
    mock: MockServer, connect: Connect, kind: str, code: int, error: type[NetworkError]
) -> None:
    network = connect("alice")
    await network.identify()
    mock.fault(f"/api/v1/accounts/{mock.id_of('bob')}/statuses", kind, status=code)
    with pytest.raises(error):
        await network.recent(mock.id_of("bob"))
