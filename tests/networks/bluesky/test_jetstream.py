"""The public stream: what is heard, from where on, and what ends a line."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from typing import Any

import pytest
from networks.bluesky.records_made import JORIS, ODILE, WEB
from networks.clocks import START, SteppedClock
from support.fake_jetstream import FakeJetstream, fake_jetstream
from support.hurried_clock import HurriedClock

from tui_inbox.core.outside import StreamBatch
from tui_inbox.core.ports import Clock, NetworkError, Unreachable, Unsupported
from tui_inbox.networks.bluesky.jetstream import LONGEST_REPLAY, REWIND, SILENCE, Jetstream
from tui_inbox.networks.bluesky.packing import packing, zstandard
from tui_inbox.networks.bluesky.people import AppView

SPEED = 20.0


@pytest.fixture
async def server() -> AsyncIterator[FakeJetstream]:
    async with fake_jetstream(START) as fake:
        yield fake


@pytest.fixture
def clock() -> Clock:
    return HurriedClock(SPEED, began_at=START + 60_000)


def listener(clock: Clock, *servers: FakeJetstream) -> Jetstream:
    hosts = [one.address for one in servers]
    return Jetstream(hosts, clock, WEB, AppView("http://127.0.0.1:9", clock, WEB))


async def hear(stream: Jetstream, posts: int, cursor: str, *authors: str) -> list[StreamBatch]:
    """Batches until so many posts were heard."""
    heard: list[StreamBatch] = []
    async with aclosing(stream.listen(cursor, authors)) as batches:
        async for batch in batches:
            heard.append(batch)
            if sum(len(one.posts) for one in heard) >= posts:
                break
    return heard


def texts(heard: list[StreamBatch]) -> list[str]:
    return [post.text for batch in heard for post in batch.posts]


def beginning(seconds: float = 0) -> str:
    return str(round((START + seconds * 1_000) * 1_000))


async def once_heard(server: FakeJetstream, clock: Clock, *says: Callable[[], None]) -> None:
    """Let a server say something as soon as somebody listens."""
    while not server.lines:
        await clock.sleep(0.1)
    for say in says:
        say()


async def test_posts_are_heard_as_they_are_written(server: FakeJetstream, clock: Clock) -> None:
    heard, _ = await asyncio.gather(
        hear(listener(clock, server), 1, ""),
        once_heard(server, clock, lambda: server.post(ODILE, "3k1", "Bread is ready")),
    )
    opened, batch = heard
    (post,) = batch.posts
    assert (opened.events, opened.posts) == (0, ())
    assert (post.text, post.author.ref.uri) == ("Bread is ready", ODILE)
    assert (batch.events, batch.missed) == (1, None)
    assert batch.bytes > 100
    assert server.asked[0]["wantedCollections"] == ["app.bsky.feed.post"]
    assert "cursor" not in server.asked[0]


async def test_what_was_missed_is_heard_from_a_little_before_the_last_moment(
    server: FakeJetstream, clock: Clock
) -> None:
    server.pass_time(10)
    for number in range(3):
        server.post(ODILE, f"3k{number}", f"number {number}")
        server.pass_time(3)
    last = server.events[2]["time_us"]
    heard = await hear(listener(clock, server), 2, str(last))
    assert texts(heard) == ["number 1", "number 2"]  # the first of them was told before
    assert int(server.asked[0]["cursor"][0]) == last - REWIND * 1_000
    assert {batch.cursor for batch in heard} == {str(last)}, "it never goes back"


async def test_edits_and_deletions_are_told(server: FakeJetstream, clock: Clock) -> None:
    server.post(ODILE, "3k1", "Bread is redy")
    server.edit(ODILE, "3k1", "Bread is ready")
    server.delete(JORIS, "3k9")
    server.post(ODILE, "3k2", "And gone")
    heard = await hear(listener(clock, server), 3, beginning())
    first, edited, _ = [post for batch in heard for post in batch.posts]
    assert (first.edited_at, edited.edited_at) == (None, server.events[1]["time_us"] // 1_000)
    assert [ref.uri for batch in heard for ref in batch.gone] == [
        f"at://{JORIS}/app.bsky.feed.post/3k9"
    ]


async def test_a_long_sleep_is_not_made_up_for_and_that_is_said(server: FakeJetstream) -> None:
    clock = SteppedClock(START + 4 * 3_600_000, passes_by_itself=True)
    server.post(ODILE, "3k1", "long ago")
    server.pass_time(4 * 3_600 - 60)
    server.post(ODILE, "3k2", "just now")
    heard = await hear(listener(clock, server), 1, beginning())
    assert texts(heard) == ["just now"]
    assert heard[0].missed is not None
    since, until = heard[0].missed
    assert since == START
    assert 0 <= clock.now() - LONGEST_REPLAY - until < 60_000


async def test_a_stream_of_few_people_names_them(server: FakeJetstream, clock: Clock) -> None:
    server.post(JORIS, "3k1", "not this one")
    server.post(ODILE, "3k2", "this one")
    heard = await hear(listener(clock, server), 1, beginning(), ODILE)
    assert texts(heard) == ["this one"]
    assert int(heard[0].cursor) > START * 1_000  # who says nothing has not been missed
    assert server.asked[0]["wantedDids"] == [ODILE]
    many = [f"did:plc:{number:024}" for number in range(500)]
    await hear(listener(clock, server), 2, beginning(), *many)
    assert "wantedDids" not in server.asked[1]


NONSENSE: list[str | bytes] = [
    "",
    "{",
    "null",
    "[]",
    '{"did": "did:plc:a"}',
    '{"did": 7, "time_us": 1}',
    '{"did": "did:plc:a", "time_us": "now"}',
    '{"did": "did:plc:a", "time_us": -1}',
    '{"did": "did:plc:a", "time_us": 9e99}',
    f'{{"did": "did:plc:a", "time_us": {10**18}, "commit": null}}',
    "[" * 100_000,
    b"\xff\xfe",
    b"\x28\xb5\x2f\xfd" + bytes(40),
]


NO_COMMITS: list[dict[str, Any]] = [
    {"operation": "create", "collection": "app.bsky.feed.post", "rkey": "../x", "record": {}},
    {"operation": "dance", "collection": "app.bsky.feed.post", "rkey": "1", "record": {}},
    {"operation": "create", "collection": "app.bsky.feed.post", "rkey": "1"},
    {"operation": "create", "collection": "app.bsky.feed.post", "rkey": "1", "record": 7},
]


async def test_frames_that_mean_nothing_cost_nothing(server: FakeJetstream, clock: Clock) -> None:
    at = START * 1_000
    odd = [json.dumps({"did": ODILE, "time_us": at, "commit": one}) for one in NO_COMMITS]

    def say() -> None:
        server.say(*NONSENSE, *odd)
        server.tell("identity", ODILE)
        server.tell("account", ODILE)
        server.post(ODILE, "3k1", "Good morning")

    heard, _ = await asyncio.gather(
        hear(listener(clock, server), 1, ""), once_heard(server, clock, say)
    )
    assert texts(heard) == ["Good morning"]
    assert heard[-1].events == len(NONSENSE) + len(odd) + 3
    assert heard[-1].cursor == heard[0].cursor  # a moment of ours, which these events lie before


async def lost(stream: Jetstream, cursor: str = "", *authors: str) -> NetworkError:
    """How a line was lost on which nothing more is said."""
    with pytest.raises(NetworkError) as raised:
        async for _ in stream.listen(cursor, authors):
            pass
    return raised.value


async def test_a_line_on_which_nothing_is_told_is_dead_though_it_answers(
    server: FakeJetstream,
) -> None:
    clock = HurriedClock(SPEED * 10, began_at=START)
    server.silent = True
    began = clock.monotonic()
    error = await lost(listener(clock, server))
    assert isinstance(error, Unreachable)
    assert str(error).endswith("for 30 seconds.")
    assert SILENCE - 5 <= clock.monotonic() - began < 3 * SILENCE


async def test_each_try_asks_another_server(clock: Clock) -> None:
    async with fake_jetstream(START) as first, fake_jetstream(START) as second:
        first.open = False
        second.post(ODILE, "3k1", "heard elsewhere")
        stream = listener(clock, first, second)
        assert stream.host == first.address.removeprefix("ws://")
        assert isinstance(await lost(stream, beginning()), Unreachable)
        assert texts(await hear(stream, 1, beginning())) == ["heard elsewhere"]
        assert stream.host == first.address.removeprefix("ws://")


async def test_what_was_sent_before_a_line_was_lost_is_taken(
    server: FakeJetstream, clock: Clock
) -> None:
    for number in range(50):
        server.post(ODILE, f"3k{number}", f"number {number}")
    heard: list[StreamBatch] = []

    async def until_lost() -> None:
        async for batch in listener(clock, server).listen(beginning(), ()):
            heard.append(batch)
            await server.hang_up()

    with pytest.raises(Unreachable):
        await until_lost()
    assert len(texts(heard)) == 50


async def test_a_slow_reader_hears_everything(server: FakeJetstream, clock: Clock) -> None:
    for number in range(3_000):
        server.post(ODILE, f"3k{number}", f"number {number}")
    heard: list[StreamBatch] = []
    async with aclosing(listener(clock, server).listen(beginning(), ())) as batches:
        async for batch in batches:
            heard.append(batch)
            assert len(batch.posts) <= 200
            await clock.sleep(1)
            if len(texts(heard)) == 3_000:
                break
    assert texts(heard) == [f"number {number}" for number in range(3_000)]
    cursors = [int(batch.cursor) for batch in heard]
    assert cursors == sorted(cursors)


def trained() -> bytes:
    """A dictionary, as a server hands it out."""
    zstd = zstandard()
    dice = random.Random(7)
    samples = [
        f'{{"$type":"message","payload":{{"did":"did:plc:{dice.random()}","collection":'
        f'"app.bsky.feed.post","record":{{"text":"{dice.random()}"}}}}}}'.encode()
        for _ in range(2_000)
    ]
    blob: bytes = zstd.train_dict(samples, 4_096).dict_content
    return blob


@pytest.fixture
async def packing_server() -> AsyncIterator[FakeJetstream]:
    async with fake_jetstream(START, zstd=zstandard(), dictionary=trained()) as fake:
        yield fake


async def test_a_server_that_packs_is_heard_packed(
    packing_server: FakeJetstream, clock: Clock
) -> None:
    server = packing_server
    for number in range(20):
        server.post(ODILE, f"3k{number}", "All the same words, all the same")
    server.tell("account", ODILE)
    server.delete(ODILE, "3k0")
    heard = await hear(listener(clock, server), 20, beginning())
    assert len(texts(heard)) == 20
    assert heard[-1].cursor in {str(event["time_us"]) for event in server.events}
    (asked,) = server.asked
    assert (asked["collections"], asked["kinds"]) == (["app.bsky.feed.post"], ["commit"])
    plain = sum(len(str(event)) for event in server.events)
    assert sum(batch.bytes for batch in heard) < plain


async def test_a_server_that_ends_the_stream_says_why(
    packing_server: FakeJetstream, clock: Clock
) -> None:
    server = packing_server
    told = b'{"$type":"error","name":"ConsumerTooSlow","message":"too\\u001b[2J slow"}'
    error, _ = await asyncio.gather(
        lost(listener(clock, server)),
        once_heard(server, clock, lambda: server.say(server.packed(told))),
    )
    assert str(error).endswith("ended the stream: too slow")


async def test_another_dictionary_is_asked_for_when_the_known_one_is_refused(
    packing_server: FakeJetstream, clock: Clock
) -> None:
    server = packing_server
    server.post(ODILE, "3k1", "Good morning")
    stream = listener(clock, server)
    await hear(stream, 1, beginning())
    module, server.zstd = server.zstd, None
    assert isinstance(await lost(stream, beginning()), Unsupported)
    assert texts(await hear(stream, 1, beginning())) == ["Good morning"]  # in the first form
    assert module is not None


def test_a_dictionary_that_is_none_is_not_used() -> None:
    zstd = zstandard()
    assert packing(zstd, b"") is None
    assert packing(zstd, b"<html>not here</html>") is None
    assert packing(zstd, b"\x37\xa4\x30\xec" + bytes(100)) is None


def test_what_unpacks_to_too_much_is_refused() -> None:
    zstd = zstandard()
    blob = trained()
    way = packing(zstd, blob)
    assert way is not None
    bomb = zstd.compress(bytes(1 << 24), zstd_dict=zstd.ZstdDict(blob))
    for message in (bomb, b"", b"no", bomb[: len(bomb) // 2]):
        with pytest.raises(ValueError, match=r"packed in another way|too large"):
            way.unpack(message)
