"""The own profile on servers of Mastodon's kind: what is sent is what was changed, and nothing besides."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

import pytest
from msgspec.structs import replace
from networks.mastodon.entities import status
from networks.mastodon.scripted import Scripted

from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.person import ProfileField
from tui_inbox.core.ports import Refused, Unsupported
from tui_inbox.core.profile import ProfileEdit, ProfileWords

ME = "GET /api/v1/accounts/verify_credentials"
UPDATE = "PATCH /api/v1/accounts/update_credentials"
POSTS = "GET /api/v1/accounts/1/statuses"
SOMEBODY = "GET /api/v1/accounts/1"
WORDS = ProfileWords("Alice", "Sails.\nOn weekends.", (ProfileField("site", "https://a.example"),))


def account(**changes: Any) -> dict[str, Any]:
    """Alice, with what she typed."""
    fields = [{"name": "site", "value": "https://a.example", "verified_at": None}]
    return {
        "id": "1",
        "username": "alice",
        "acct": "alice",
        "display_name": "Alice",
        "note": "<p>Sails.<br>On weekends.</p>",
        "url": "https://town.example/@alice",
        "fields": [{**fields[0], "value": "<a href='https://a.example'>a.example</a>"}],
        "source": {"note": WORDS.text, "fields": fields},
    } | changes


async def sent(server: Scripted, edit: ProfileEdit) -> list[tuple[str, str]]:
    """What the server is told of a change."""
    await server.connect().act(Act(ActKind.PROFILE, edit.to_json()))
    changes = [each for each in server.requests if each.method == "PATCH"]
    return [
        pair
        for each in changes
        for pair in parse_qsl(each.content.decode(), keep_blank_values=True)
    ]


async def test_what_was_typed_is_read_and_not_what_became_of_it() -> None:
    server = Scripted({ME: account(), POSTS: [], SOMEBODY: account()})
    profile = await server.connect().profile()
    assert profile.words == WORDS
    assert profile.person.bio == WORDS.text
    assert profile.is_fixed == ""


async def test_only_what_was_changed_is_sent() -> None:
    to = replace(WORDS, name="Alice F.")
    server = Scripted({ME: account(), UPDATE: account()})
    assert await sent(server, ProfileEdit(WORDS, to)) == [("display_name", "Alice F.")]


async def test_fields_are_sent_as_they_are_all_to_be_and_the_last_one_goes_by_a_blank_one() -> None:
    fields = (*WORDS.fields, ProfileField("web", "x"))
    server = Scripted({ME: account(), UPDATE: account()})
    assert await sent(server, ProfileEdit(WORDS, replace(WORDS, fields=fields))) == [
        ("fields_attributes[0][name]", "site"),
        ("fields_attributes[0][value]", "https://a.example"),
        ("fields_attributes[1][name]", "web"),
        ("fields_attributes[1][value]", "x"),
    ]
    server = Scripted({ME: account(), UPDATE: account()})
    assert await sent(server, ProfileEdit(WORDS, replace(WORDS, fields=()))) == [
        ("fields_attributes[0][name]", ""),
        ("fields_attributes[0][value]", ""),
    ]


async def test_what_is_so_already_is_not_said_again() -> None:
    server = Scripted({ME: account()})
    assert await sent(server, ProfileEdit(replace(WORDS, name="before"), WORDS)) == []


async def test_what_another_client_has_written_is_not_written_over() -> None:
    server = Scripted({ME: account(display_name="Alice at sea")})
    with pytest.raises(Refused, match="changed elsewhere"):
        await sent(server, ProfileEdit(WORDS, replace(WORDS, name="Alice F.")))


async def test_where_the_server_does_not_say_what_was_typed_nothing_is_changed() -> None:
    server = Scripted({ME: account(source=None), POSTS: [], SOMEBODY: account()})
    profile = await server.connect().profile()
    assert "does not say what was typed" in profile.is_fixed
    with pytest.raises(Unsupported):
        await sent(server, ProfileEdit(WORDS, replace(WORDS, name="x")))


async def test_posts_that_are_not_pinned_are_not_taken_for_such() -> None:
    some = [{**status(7), "pinned": True}, status(8)]
    server = Scripted({ME: account(), POSTS: some, SOMEBODY: account()})
    assert [one.view.server_id for one in (await server.connect().profile()).pinned] == ["7"]
