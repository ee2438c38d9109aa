"""The marker that all clients of an owner share, and the owner's preferences."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from networks.conftest import Connect
from networks.mastodon.entities import account, status
from networks.mastodon.scripted import Queue, Scripted
from support.mastodon_mock_server import MockServer

from tui_inbox.core.moment import to_millis_or_none
from tui_inbox.core.other_clients import Marker, Preferences
from tui_inbox.core.ports import AnswerLost, PageOf, Unreachable, Unsupported
from tui_inbox.core.post import Audience, FilterAction
from tui_inbox.core.reading import Filter, Keyword, MediaShown

READ, WRITE = "GET /api/v1/markers", "POST /api/v1/markers"
PREFERENCES = "GET /api/v1/preferences"
FILTERS = "GET /api/v2/filters"
AT = "2026-05-02T10:00:00.000Z"


def order(*newest_first: str) -> Callable[[str], Awaitable[bool]]:
    """An account's own order: whether a notice stands behind the first of these."""

    async def is_behind(notice_id: str) -> bool:
        return notice_id in newest_first[1:]

    return is_behind


def marker_at(notice_id: str) -> dict[str, object]:
    """What a server says of its markers."""
    home = {"last_read_id": "1", "version": 1, "updated_at": AT}
    return {"home": home, "notifications": home | {"last_read_id": notice_id}}


async def test_the_marker_of_a_real_server_moves_forward_and_never_back(
    mock: MockServer, connect: Connect
) -> None:
    network = connect("alice")
    assert await network.marker() is None
    for number in range(2):
        mock.post_as("bob", f"@alice number {number}")
    ids = [notice.notice_id for notice in (await network.notices(PageOf())).notices]
    older, newer = ids[1], ids[0]
    assert (await network.move_marker(older, order(older))).notice_id == older
    assert (await network.move_marker(newer, order(newer, older))).notice_id == newer
    back = await network.move_marker(older, order(older))
    assert back.notice_id == newer, "another client had read further"
    kept = await network.marker()
    assert kept is not None
    assert kept.notice_id == newer
    assert kept.at is not None


async def test_ids_say_nothing_of_order() -> None:
    server = Scripted({READ: marker_at("99999"), WRITE: marker_at("7")})
    moved = await server.connect().move_marker("7", order("7", "99999"))
    assert moved == Marker("7", to_millis_or_none(AT))
    assert server.requests[-1].content == b"notifications%5Blast_read_id%5D=7"


async def test_a_marker_that_stands_there_already_is_not_written_again() -> None:
    server = Scripted({READ: marker_at("7")})
    assert (await server.connect().move_marker("7", order("7"))).notice_id == "7"
    assert server.asked() == ["GET /api/v1/markers?timeline%5B%5D=notifications"]


async def test_after_a_conflict_the_marker_is_looked_at_again_and_written_once_more() -> None:
    server = Scripted({READ: marker_at("5"), WRITE: Queue([409, marker_at("7")])})
    assert (await server.connect().move_marker("7", order("7", "5"))).notice_id == "7"
    assert [request.method for request in server.requests] == ["GET", "POST", "GET", "POST"]


async def test_after_a_conflict_one_does_not_write_over_who_has_read_further() -> None:
    server = Scripted({READ: Queue([marker_at("5"), marker_at("9")]), WRITE: 409})
    assert (await server.connect().move_marker("7", order("7", "5"))).notice_id == "9"
    assert [request.method for request in server.requests] == ["GET", "POST", "GET"]


async def test_a_second_conflict_is_told() -> None:
    server = Scripted({READ: marker_at("5"), WRITE: 409})
    with pytest.raises(AnswerLost) as lost:
        await server.connect().move_marker("7", order("7", "5"))
    assert lost.value.conflict
    assert len(server.requests) == 4


async def test_another_trouble_is_not_tried_again() -> None:
    server = Scripted({READ: marker_at("5"), WRITE: 502})
    with pytest.raises(AnswerLost):
        await server.connect().move_marker("7", order("7", "5"))
    assert len(server.requests) == 2


@pytest.mark.parametrize("told", [{}, [], {"notifications": None}, {"notifications": {"x": 1}}])
async def test_where_nobody_set_a_marker_there_is_none(told: object) -> None:
    server = Scripted({READ: told, WRITE: {}})
    network = server.connect()
    assert await network.marker() is None
    assert await network.move_marker("7", order("7")) == Marker("7")


async def test_a_server_without_markers_says_so() -> None:
    with pytest.raises(Unsupported):
        await Scripted().connect().marker()
    with pytest.raises(Unsupported, match="markers"):
        await Scripted({READ: {}}).connect().move_marker("7", order("7"))


async def test_the_preferences_of_a_real_server_are_told(connect: Connect) -> None:
    told = await connect("alice").preferences()
    assert (told.audience, told.media, told.opens_warnings) == (
        Audience.PUBLIC, MediaShown.SAFE, False,
    )  # fmt: skip


async def test_preferences_of_reading_and_posting_are_told() -> None:
    data = {
        "posting:default:visibility": "private",
        "posting:default:sensitive": True,
        "posting:default:language": "de",
        "reading:expand:media": "hide_all",
        "reading:expand:spoilers": True,
        "reading:autoplay:gifs": "never",
    }
    assert await Scripted({PREFERENCES: data}).connect().preferences() == Preferences(
        Audience.FOLLOWERS, "de", True, MediaShown.NONE, True
    )


@pytest.mark.parametrize(
    ("told", "shown"),
    [("show_all", MediaShown.ALL), ("default", MediaShown.SAFE), ("x", MediaShown.SAFE)],
)
async def test_what_is_shown_unasked_is_what_the_owner_chose(told: str, shown: MediaShown) -> None:
    data = {"posting:default:visibility": "public", "reading:expand:media": told}
    assert (await Scripted({PREFERENCES: data}).connect().preferences()).media is shown


@pytest.mark.parametrize("told", [404, {}, [], "x"])
async def test_a_server_without_preferences_says_how_one_posts_in_the_account(told: object) -> None:
    me = account(source={"privacy": "unlisted", "language": "en"})
    server = Scripted({PREFERENCES: told, "GET /api/v1/accounts/verify_credentials": me})
    assert await server.connect().preferences() == Preferences(Audience.UNLISTED, "en")


async def test_a_server_in_trouble_is_not_taken_for_one_without_preferences() -> None:
    with pytest.raises(Unreachable):
        await Scripted({PREFERENCES: 502}).connect().preferences()


async def test_filters_in_force_are_told_with_all_that_they_look_for() -> None:
    def told(id_: int, **changes: object) -> dict[str, object]:
        return {"id": str(id_), "title": "Sport", "context": ["home"], **changes}

    keywords = [
        {"id": "1", "keyword": "match", "whole_word": True},
        {"id": "2", "keyword": "goal\x1b[2J", "whole_word": None},
        {"id": "3", "keyword": ""},
        {"id": "4"},
    ]
    data = [
        told(1, filter_action="hide", keywords=keywords, statuses=[{"id": "1", "status_id": 7}]),
        told(2, filter_action="some_new_action", expires_at="2199-01-01T00:00:00Z"),
        told(3, expires_at="2020-01-01T00:00:00Z"),
        {"title": "without an id"},
    ]
    got = (await Scripted({PREFERENCES: {"posting:default:visibility": "public"}, FILTERS: data})
           .connect().preferences()).filters  # fmt: skip
    assert got == (
        Filter(
            "1", "Sport", FilterAction.HIDE, ("home",),
            (Keyword("match", whole=True), Keyword("goal")), ("7",),
        ),
        Filter(
            "2", "Sport", FilterAction.WARN, ("home",),
            expires_at=to_millis_or_none("2199-01-01T00:00:00Z"),
        ),
    )  # fmt: skip


async def test_a_server_without_filters_of_this_form_tells_none() -> None:
    told = {"posting:default:visibility": "public"}
    assert (await Scripted({PREFERENCES: told}).connect().preferences()).filters is None


async def test_filters_that_cannot_be_read_now_are_not_taken_for_none() -> None:
    told = {"posting:default:visibility": "public"}
    with pytest.raises(Unreachable):
        await Scripted({PREFERENCES: told, FILTERS: 502}).connect().preferences()


TALKS = "GET /api/v1/conversations"


async def test_private_conversations_tell_what_is_unread() -> None:
    told = [
        {"id": "7", "unread": True, "last_status": status(5)},
        {"id": "6", "unread": False, "last_status": None},
        {"id": "5", "last_status": status(3, account=None)},
        {"unread": True, "last_status": status(2)},
        None,
    ]
    talks = await Scripted({TALKS: told}).connect().talks()
    assert [(talk.talk_id, talk.unread) for talk in talks] == [
        ("7", True),
        ("6", False),
        ("5", False),
    ]
    assert [talk.newest and talk.newest.view.server_id for talk in talks] == ["5", None, None]


async def test_a_server_without_private_conversations_says_so() -> None:
    with pytest.raises(Unsupported):
        await Scripted().connect().talks()


async def test_a_private_conversation_is_marked_as_read() -> None:
    server = Scripted({"POST /api/v1/conversations/7/read": {"id": "7", "unread": False}})
    await server.connect().read_talk("7")
    await server.connect().read_talk("gone")
    assert server.asked() == [
        "POST /api/v1/conversations/7/read",
        "POST /api/v1/conversations/gone/read",
    ]
    with pytest.raises(AnswerLost):
        await Scripted({"POST /api/v1/conversations/7/read": 502}).connect().read_talk("7")


async def test_a_real_servers_conversation_is_unread_until_it_is_read(
    mock: MockServer, connect: Connect
) -> None:
    mock.post_as("bob", "@alice between us", visibility="direct")
    network = connect("alice")
    (talk,) = await network.talks()
    assert talk.newest is not None
    assert talk.newest.post.text.endswith("between us")
    await network.read_talk(talk.talk_id)
    assert [one.unread for one in await network.talks()] == [False]
