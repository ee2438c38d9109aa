"""One post in other wordings: earlier versions, a translation, and what its author typed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace
from networks.clocks import SteppedClock
from networks.conftest import Connect
from networks.mastodon.entities import status
from networks.mastodon.scripted import KNOWN, Scripted, knowing
from support.mastodon_mock_server import MockServer

from tui_inbox.core.draft import Attachment, PollDraft
from tui_inbox.core.moment import HOUR, MINUTE, to_millis, to_millis_or_none
from tui_inbox.core.ports import NetworkError, Refused, Throttled, Unreachable, Unsupported
from tui_inbox.core.post import MediaKind
from tui_inbox.core.versions import Original, Translation, Version

HISTORY = "GET /api/v1/statuses/5/history"
SOURCE = "GET /api/v1/statuses/5/source"
STATUS = "GET /api/v1/statuses/5"
TRANSLATE = "POST /api/v1/statuses/5/translate"
POLYGLOT = replace(KNOWN, translates=True)


async def test_an_edited_post_of_a_real_server_has_all_its_versions(
    mock: MockServer, connect: Connect
) -> None:
    said = mock.post_as("bob", "First thought.")
    for text in ("Second thought.", "Last thought."):
        mock.call("PUT", f"/api/v1/statuses/{said['id']}", "bob", data={"status": text})
    told = await connect("alice").versions(said["id"])
    assert [version.text for version in told] == [
        "First thought.", "Second thought.", "Last thought.",
    ]  # fmt: skip
    assert [version.at for version in told] == sorted(version.at for version in told)


async def test_what_its_author_typed_is_told(mock: MockServer, connect: Connect) -> None:
    said = mock.post_as("alice", "@bob a *star* & <b>\n\nand more", spoiler_text="Stars")
    original = await connect("alice").original(said["id"])
    assert original == Original("@bob a *star* & <b>\n\nand more", "Stars")


async def test_a_version_has_everything_that_can_change() -> None:
    edit = {
        "content": "<p>One \x1b[31m<b>thing</b> https://e.example/</p>",
        "spoiler_text": "A\nwarning",
        "sensitive": True,
        "created_at": "2026-05-02T10:00:00.000Z",
        "media_attachments": [{"description": "a \u202ecat"}, {"description": None}],
        "poll": {"options": [{"title": "yes"}, {"title": None}, 5]},
    }
    bare: dict[str, object] = {
        "content": None,
        "created_at": None,
        "media_attachments": "x",
        "poll": [],
    }
    server = Scripted({HISTORY: [edit, None, "x", bare]})
    full, empty = await server.connect().versions("5")
    assert full == Version(
        at=to_millis_or_none("2026-05-02T10:00:00Z") or 0,
        text="One thing https://e.example/",
        links=full.links,
        warning="A warning",
        sensitive=True,
        alts=("a cat", ""),
        options=("yes", ""),
    )
    assert (empty.text, empty.alts, empty.options) == ("", (), ())


@pytest.mark.parametrize("answer", [404, 501, [], {}])
async def test_a_server_that_keeps_no_versions_says_so_and_never_that_the_post_is_gone(
    answer: object,
) -> None:
    with pytest.raises(Unsupported):
        await Scripted({HISTORY: answer}).connect().versions("5")


@pytest.mark.parametrize("answer", [404, 501, {}, {"text": None}, []])
async def test_a_server_that_does_not_say_what_was_typed_says_so(answer: object) -> None:
    with pytest.raises(Unsupported):
        await Scripted({SOURCE: answer}).connect().original("5")


async def test_what_was_typed_is_cleaned_and_keeps_its_lines() -> None:
    source = {"text": "a\x1b[31m\n\n- b\u202e", "spoiler_text": None}
    server = Scripted({SOURCE: source, STATUS: status(5)})
    assert await server.connect().original("5") == Original("a\n\n- b", language="en")


async def test_an_edit_begins_with_all_that_hangs_on_a_post() -> None:
    media = [
        {
            "id": "m1",
            "type": "image",
            "url": "https://town.example/f/a%20b.png",
            "description": "Tea\x07",
        },
        {"id": None, "type": "image", "url": "https://town.example/f/b.png"},
        {"id": 7, "type": "audio", "url": None},
    ]
    poll = {"id": "9", "expires_at": "2026-09-21T12:00:00Z", "multiple": True}
    poll["options"] = [{"title": "early"}, {"title": "late\x1b[2J"}]
    told = status(5, sensitive=True, language="de", media_attachments=media, poll=poll)
    server = Scripted({SOURCE: {"text": "a", "spoiler_text": "b"}, STATUS: told})
    clock = SteppedClock(start=to_millis(datetime(2026, 9, 21, 9, tzinfo=UTC)))
    got = await server.connect(clock=clock).original("5")
    assert got == Original(
        "a",
        "b",
        sensitive=True,
        language="de",
        attachments=(
            Attachment("", "a%20b.png", MediaKind.PICTURE, "Tea", "m1", told_alt="Tea"),
            Attachment("", "audio", MediaKind.AUDIO, "", "7"),
        ),
        poll=PollDraft(("early", "late"), 3 * HOUR, multiple=True),
    )


async def test_a_poll_that_is_over_is_said_again_with_the_shortest_time_a_server_takes() -> None:
    poll = {"id": "9", "expires_at": "2020-01-01T12:00:00Z", "options": [{"title": "a"}] * 2}
    server = Scripted({SOURCE: {"text": "a"}, STATUS: status(5, poll=poll)})
    got = (await server.connect().original("5")).poll
    assert got == PollDraft(("a", "a"), 5 * MINUTE)


async def test_a_post_is_translated() -> None:
    told = {
        "content": "<p>The clock <b>runs</b>.\x07</p>",
        "spoiler_text": "Time",
        "detected_source_language": "de",
        "provider": "Some\nTranslator",
        "media_attachments": [{"id": "1", "description": "a clock"}],
        "poll": {"id": "2", "options": [{"title": "early"}]},
    }
    server = Scripted({TRANSLATE: told})
    got = await server.connect(knowing(POLYGLOT)).translation("5", "en")
    assert got == Translation(
        "The clock runs.", (), "Time", ("early",), ("a clock",), "de", "Some Translator"
    )
    assert server.requests[0].content == b"lang=en"


async def test_where_nobody_translates_nobody_is_asked() -> None:
    server = Scripted({TRANSLATE: {"content": "x"}})
    with pytest.raises(Unsupported, match="does not translate"):
        await server.connect().translation("5", "en")
    assert server.requests == []


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (404, Unsupported),
        (403, Refused),
        (429, Throttled),
        (502, Unreachable),
        (503, Unreachable),
        ({}, Unreachable),
        ([], Unreachable),
    ],
)
async def test_a_translation_that_fails_has_changed_nothing(
    answer: object, error: type[NetworkError]
) -> None:
    with pytest.raises(NetworkError) as raised:
        await Scripted({TRANSLATE: answer}).connect(knowing(POLYGLOT)).translation("5", "en")
    assert type(raised.value) is error


async def test_a_server_that_declares_a_translator_has_one() -> None:
    instance = {"version": "4.5.0", "configuration": {"translation": {"enabled": True}}}
    server = Scripted({"GET /api/v2/instance": instance, TRANSLATE: {"content": "<p>ok</p>"}})
    state = knowing(replace(KNOWN, until=0))
    me = {"GET /api/v1/accounts/verify_credentials": {"id": "1", "acct": "mira"}}
    server.answers.update(me)
    network = server.connect(state)
    await network.identify()
    assert (await network.translation("5", "en")).text == "ok"
