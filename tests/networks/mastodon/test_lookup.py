"""Posts looked up by their address."""

from __future__ import annotations

import pytest
from networks.mastodon.entities import status
from networks.mastodon.scripted import Scripted

from tui_inbox.core.ports import Refused, SignedOut, Unsupported

SEARCH = "GET /api/v2/search"
ADDRESS = "https://harbour.example/users/odile/statuses/7"


def answered(*statuses: object) -> Scripted:
    """A server that finds these."""
    return Scripted({SEARCH: {"accounts": [], "statuses": list(statuses), "hashtags": []}})


async def test_the_server_is_asked_to_fetch_it() -> None:
    server = answered(status(12, uri=ADDRESS, favourited=True))
    found = await server.connect().resolve(ADDRESS)
    assert found.post.ref.uri == ADDRESS
    assert (found.view.server_id, found.view.favourited) == ("12", True)
    (asked,) = server.requests
    assert dict(asked.url.params) == {"q": ADDRESS, "type": "statuses", "resolve": "true"}


async def test_a_post_that_merely_links_there_is_not_it() -> None:
    server = answered(status(11), status(12, uri=ADDRESS))
    assert (await server.connect().resolve(ADDRESS)).view.server_id == "12"
    with pytest.raises(Refused) as refused:
        await answered(status(11)).connect().resolve(ADDRESS)
    assert str(refused.value) == "town.example finds no post at that address."


@pytest.mark.parametrize("answer", [{}, [], {"statuses": None}, {"statuses": ["x", None, {}]}])
async def test_nothing_found_is_refused(answer: object) -> None:
    with pytest.raises(Refused):
        await Scripted({SEARCH: answer}).connect().resolve(ADDRESS)


async def test_a_server_without_a_search_says_so() -> None:
    with pytest.raises(Unsupported):
        await Scripted().connect().resolve(ADDRESS)


async def test_an_ended_sign_in_is_told_apart() -> None:
    with pytest.raises(SignedOut):
        await Scripted({SEARCH: 401}).connect().resolve(ADDRESS)
