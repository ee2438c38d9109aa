"""Valid entities with something in them spoilt: no exception leaves the border or the store, and the rest is kept."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeAlias

import httpx
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from networks.canned import answer, canned
from networks.clocks import SteppedClock
from networks.contract import outgoing
from networks.mastodon.entities import BORDER, FULL, account, notification, status
from networks.mastodon.scripted import KNOWN, Scripted, knowing
from networks.memory_state import MemoryState
from networks.spoiling import ODD, Json, places, spoilt
from support.sync_desk import Desk, new_desk

from tui_inbox.clock import SystemClock
from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.draft import Upload
from tui_inbox.core.events import EntryArrived, Heard
from tui_inbox.core.ports import NetworkError, PageOf
from tui_inbox.core.post import Feed, FeedKind
from tui_inbox.core.text import is_clean
from tui_inbox.networks.mastodon import wire
from tui_inbox.networks.mastodon.client import MastodonNetwork
from tui_inbox.networks.mastodon.convert import to_entry, to_notice, usable
from tui_inbox.networks.mastodon.server import Server
from tui_inbox.networks.mastodon.stream import to_event
from tui_inbox.networks.streams import RawEvent
from tui_inbox.networks.wire_base import decode_list

HOME = Feed(FeedKind.HOME)

BOOST: Json = status(6, account=account("ole", "village.example"), reblog=FULL)
NOTICE: Json = notification(7, status=FULL)

statuses = spoilt(FULL) | spoilt(BOOST)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = new_desk(tmp_path_factory.mktemp("spoilt"))
    yield desk
    desk.store.close()


@given(page=st.lists(statuses, max_size=3))
def test_of_a_page_with_spoilt_statuses_the_others_are_kept_and_stored(
    desk: Desk, page: list[Json]
) -> None:
    told = [status(98), *page, status(99)]
    entries = list(usable(to_entry, decode_list(wire.Status, told), BORDER))
    assert [entries[0].entry_id, entries[-1].entry_id] == ["98", "99"]
    for entry in entries:
        assert is_clean(entry.seen.post.text)
        assert entry.filed_at <= BORDER.now
    desk.ingest.file_page(desk.account.id, HOME, entries).result()


@given(page=st.lists(spoilt(NOTICE), max_size=3))
def test_of_a_page_with_spoilt_notifications_the_others_are_kept_and_stored(
    desk: Desk, page: list[Json]
) -> None:
    told = [notification(98), *page, notification(99)]
    notices = list(usable(to_notice, decode_list(wire.Notification, told), BORDER))
    assert [notices[0].notice_id, notices[-1].notice_id] == ["98", "99"]
    assert all(is_clean(notice.words) for notice in notices)
    desk.ingest.take_notices(desk.account.id, notices).result()


@given(
    name=st.sampled_from(["update", "status.update", "delete", "notification", "moon.rise", ""]),
    payload=statuses | spoilt(NOTICE) | st.sampled_from(ODD),
    as_text=st.booleans(),
)
def test_a_spoilt_event_is_an_event_or_a_sign_of_life(
    desk: Desk, name: str, payload: Json, as_text: bool
) -> None:
    told = json.dumps(payload) if as_text else payload
    event = to_event(RawEvent(name, told, ("user",)), BORDER, "WebSocket")
    if name in ("moon.rise", ""):
        assert event == Heard()
    after = to_event(RawEvent("update", status(98)), BORDER, "WebSocket")
    assert isinstance(after, EntryArrived)
    desk.ingest.take_events(desk.account.id, [event, after]).result()


PLAN: Json = {"id": "3", "scheduled_at": "2026-11-20T09:12:00Z", "params": {"text": "Soup."}}
MEDIA: Json = {"id": "1", "type": "image", "url": "https://town.example/1.png", "description": "x"}
FOUND: Json = {"accounts": [account()], "hashtags": [{"name": "clocks"}], "statuses": []}
EMOJI: Json = [{"shortcode": "clock", "visible_in_picker": True}]
SOURCE: Json = {"id": "5", "text": "The clock runs.", "spoiler_text": ""}
FILTERS: Json = [{"id": "1", "title": "clocks (tui-inbox)"}]
STANDING: Json = [{"id": "5", "following": True}]

Ask: TypeAlias = Callable[[MastodonNetwork], Awaitable[object]]
ASKED: list[tuple[str, Json, Ask]] = [
    ("POST /api/v2/media", MEDIA, lambda n: n.upload(Upload(__file__, "a.png", "image/png"))),
    ("POST /api/v1/statuses", FULL, lambda n: n.publish(outgoing("a"))),
    ("PUT /api/v1/statuses/5", FULL, lambda n: n.publish(outgoing("a", edits="5"))),
    ("POST /api/v1/statuses", PLAN, lambda n: n.plan(outgoing("a", send_at=10**12))),
    ("GET /api/v1/scheduled_statuses", [PLAN], lambda n: n.scheduled()),
    ("GET /api/v1/accounts/search", [account()], lambda n: n.find_people("a")),
    ("GET /api/v2/search", FOUND, lambda n: n.find_people("a")),
    ("GET /api/v2/search", FOUND, lambda n: n.find_tags("a")),
    ("GET /api/v1/custom_emojis", EMOJI, lambda n: n.emoji()),
    ("GET /api/v1/statuses/5/source", SOURCE, lambda n: n.original("5")),
    ("GET /api/v1/statuses/5", FULL, lambda n: n.original("5")),
    ("GET /api/v2/filters", FILTERS, lambda n: n.act(Act(ActKind.SHOW_WORD, "clocks"))),
    (
        "GET /api/v1/accounts/relationships",
        STANDING,
        lambda n: n.act(Act(ActKind.HIDE_BOOSTS, "5")),
    ),
]


@given(data=st.data(), asked=st.sampled_from(ASKED))
def test_a_spoilt_answer_to_what_is_sent_is_an_answer_or_a_sentence(
    data: st.DataObject, asked: tuple[str, Json, Ask]
) -> None:
    place, entity, ask = asked
    told = data.draw(spoilt(entity) | st.sampled_from(ODD))
    usual = {
        "GET /api/v1/statuses/5/source": SOURCE,
        "GET /api/v1/statuses/5": FULL,
        "GET /api/v1/media/1": MEDIA,
    }
    server = Scripted(usual | {place: httpx.Response(200, content=json.dumps(told).encode())})
    clock = SteppedClock(passes_by_itself=True)
    network = server.connect(knowing(replace(KNOWN, schedules=True, api_version=7)), clock)

    async def asking() -> Json:
        try:
            return msgspec.to_builtins(await ask(network))
        except NetworkError as error:
            return str(error)

    became = [asyncio.run(asking())]
    texts = [holder[key] for holder, key in places(became) if isinstance(holder[key], str)]
    assert all(is_clean(text) for text in texts)


async def test_a_page_is_kept_over_a_socket_whatever_one_number_in_it_is() -> None:
    bodies = [
        json.dumps([status(9), status(8, replies_count=value), status(7)])
        for value in (10**30, -(10**30), float("nan"), float("inf"), "\ud800")
    ]
    bodies += [bodies[0].replace(str(10**30), sign + "9" * 5_000) for sign in ("", "-")]
    async with canned(*(answer(200, body) for body in bodies)) as server:
        state = MemoryState()
        await state.put("server", Server("town.example", min_id=True).to_json())
        network = MastodonNetwork(server.url, "token", clock=SystemClock(), state=state)
        for _ in bodies:
            page = await network.feed(HOME, PageOf())
            assert [entry.entry_id for entry in page.entries] == ["9", "8", "7"]
        await network.close()
