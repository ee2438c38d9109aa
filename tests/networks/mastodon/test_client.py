"""The calls, against a Mastodon server by others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import httpx
import pytest
from networks.canned import answer, canned
from networks.conftest import Connect
from networks.contract import OWN, all_pages, outgoing
from networks.mastodon.entities import account, status
from networks.mastodon.scripted import knowing
from networks.memory_state import MemoryState
from support.mastodon_mock_server import MockServer

from tui_inbox.clock import SystemClock
from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.events import NoticeKind
from tui_inbox.core.ports import (
    AnswerLost,
    NetworkError,
    PageOf,
    Refused,
    SignedOut,
    Throttled,
    Unreachable,
    Unsupported,
)
from tui_inbox.core.post import Audience, Feed, FeedKind
from tui_inbox.core.text import is_clean
from tui_inbox.networks.limits import Budget, Urgency
from tui_inbox.networks.mastodon.client import MastodonNetwork

HOME = Feed(FeedKind.HOME)


class Recording(httpx.AsyncHTTPTransport):
    """The real network; remembers what was asked, and gives up on silence soon."""

    def __init__(self) -> None:
        super().__init__()
        self.requests: list[httpx.Request] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        request.extensions["timeout"] = {"connect": 5, "read": 2, "write": 5, "pool": 5}
        return await super().handle_async_request(request)

    @property
    def paths(self) -> Sequence[str]:
        return [request.url.path for request in self.requests]


async def test_the_owner_and_the_servers_limits_are_told(
    mock: MockServer, connect: Connect
) -> None:
    identity = await connect("alice").identify()
    assert identity.person.handle == f"alice@{mock.domain}"
    assert identity.person.name == "Alice"
    assert identity.person.bio == "Sails on weekends."
    assert identity.limits.characters == 500
    assert identity.limits.streaming_url == f"ws://{mock.domain}"
    assert identity.limits.honours_keys
    assert identity.limits.software.startswith("Mastodon ")
    assert identity.usual_audience is Audience.PUBLIC


async def test_the_older_form_of_the_instance_is_good_enough(
    mock: MockServer, connect: Connect
) -> None:
    mock.fault("/api/v2/instance", "status", status=404)
    identity = await connect("alice").identify()
    assert identity.limits.streaming_url == f"ws://{mock.domain}"


async def test_a_server_without_any_instance_information_is_good_enough(
    mock: MockServer, connect: Connect
) -> None:
    mock.fault("/api/v*/instance", "status", status=404)
    identity = await connect("alice").identify()
    assert identity.limits.streaming_url is None
    assert identity.person.handle == f"alice@{mock.domain}"


async def test_a_refused_token_is_final(connect: Connect) -> None:
    network = connect("alice", token="never-given")
    with pytest.raises(SignedOut):
        await network.identify()
    with pytest.raises(SignedOut):
        await network.feed(HOME, PageOf())
    with pytest.raises(SignedOut):
        await network.publish(outgoing("Nobody says this."))


async def test_a_lost_token_is_as_good_as_a_refused_one(connect: Connect) -> None:
    network = connect("alice", token="")
    with pytest.raises(SignedOut):
        await network.identify()
    with pytest.raises(SignedOut):
        await anext(network.listen())


async def test_a_mention_and_its_author_are_the_same_person(
    mock: MockServer, connect: Connect
) -> None:
    mock.post_as("bob", "Good morning @alice and @carol!")
    network = connect("alice")
    me = await network.identify()
    page = await network.feed(HOME, PageOf())
    mentions = {one.handle: one.person for one in page.entries[0].seen.post.mentions}
    assert mentions[f"alice@{mock.domain}"] == me.person.ref
    carol = await connect("carol").identify()
    assert mentions[f"carol@{mock.domain}"] == carol.person.ref


async def test_pages_above_and_below_fit_together(mock: MockServer, connect: Connect) -> None:
    ids = [mock.post_as("bob", f"Line {number}")["id"] for number in range(7)]
    network = connect("alice")
    newest = await network.feed(HOME, PageOf(limit=3))
    assert [entry.entry_id for entry in newest.entries] == ids[:3:-1]
    below = await network.feed(HOME, PageOf(limit=3, older_than=newest.older))
    assert [entry.entry_id for entry in below.entries] == ids[3:0:-1]
    above = await network.feed(HOME, PageOf(limit=2, newer_than=ids[0]))
    assert [entry.entry_id for entry in above.entries] == [ids[2], ids[1]]


async def test_every_feed_has_its_posts(mock: MockServer, connect: Connect) -> None:
    told = mock.post_as("carol", "Wind from the west. #weather")
    own = mock.post_as("alice", "Mine alone.", visibility="private")
    a_list = mock.call("POST", "/api/v1/lists", "alice", data={"title": "Sailors"})
    members = {"account_ids[]": mock.id_of("carol")}
    mock.call("POST", f"/api/v1/lists/{a_list['id']}/accounts", "alice", data=members)
    network = connect("alice")
    for feed, post in [
        (OWN, own),
        (Feed(FeedKind.TAG, "weather"), told),
        (Feed(FeedKind.TAG, "#weather"), told),
        (Feed(FeedKind.PERSON, mock.id_of("carol")), told),
        (Feed(FeedKind.LIST, str(a_list["id"])), told),
        (Feed(FeedKind.SEARCH, "west"), told),
    ]:
        page = await network.feed(feed, PageOf())
        assert [entry.entry_id for entry in page.entries] == [post["id"]], str(feed)
    assert (await network.feed(OWN, PageOf())).entries[0].seen.post.audience is Audience.FOLLOWERS


async def test_a_search_is_one_page(connect: Connect) -> None:
    network = connect("alice")
    page = await network.feed(Feed(FeedKind.SEARCH, "west"), PageOf(older_than="5"))
    assert (page.entries, page.older) == ((), None)


async def test_ones_own_id_is_asked_for_once_and_not_at_all_when_it_is_known(
    mock: MockServer, connect: Connect
) -> None:
    me = mock.id_of("alice")
    for given, asked in ((None, 1), (me, 0)):
        transport = Recording()
        network = connect("alice", transport=transport, account_server_id=given)
        await network.feed(OWN, PageOf())
        await network.feed(OWN, PageOf())
        assert list(transport.paths).count("/api/v1/accounts/verify_credentials") == asked


async def test_the_servers_facts_are_kept_between_runs(mock: MockServer, connect: Connect) -> None:
    state = MemoryState()
    await connect("alice", state=state).feed(HOME, PageOf())
    transport = Recording()
    await connect("alice", state=state, transport=transport).feed(HOME, PageOf())
    assert list(transport.paths) == ["/api/v1/timelines/home"]


async def test_a_boost_stands_in_the_feed_with_who_passed_it_on(
    mock: MockServer, connect: Connect
) -> None:
    original = mock.post_as("carol", "Worth a look.")
    mock.call("POST", f"/api/v1/statuses/{original['id']}/reblog", "bob")
    page = await connect("alice").feed(HOME, PageOf())
    entry = page.entries[0]
    assert entry.seen.view.server_id == original["id"]
    assert entry.boost is not None
    assert entry.boost.by.name == "Bob"
    assert entry.entry_id == entry.boost.server_id != original["id"]


async def test_notices_of_every_kind_arrive_in_order(mock: MockServer, connect: Connect) -> None:
    mine = mock.post_as("alice", "A question for all of you?")
    mock.call("POST", f"/api/v1/statuses/{mine['id']}/favourite", "bob")
    mock.call("POST", f"/api/v1/statuses/{mine['id']}/reblog", "carol")
    mock.post_as("carol", "@alice I know!", in_reply_to_id=mine["id"])
    mock.call("POST", f"/api/v1/accounts/{mock.id_of('alice')}/follow", "carol")
    page = await connect("alice").notices(PageOf())
    assert [notice.kind for notice in page.notices] == [
        NoticeKind.FOLLOW,
        NoticeKind.MENTION,
        NoticeKind.BOOST,
        NoticeKind.FAVOURITE,
        NoticeKind.FOLLOW,  # bob's, from the seed
    ]
    mention = page.notices[1]
    assert mention.by is not None
    assert mention.seen is not None
    assert mention.by.ref == mention.seen.post.author.ref
    assert mention.seen.post.reply_to is not None
    assert mention.seen.post.reply_to.server_id == mine["id"]
    assert mention.seen.post.reply_to.author_server_id == mock.id_of("alice")


async def test_notices_come_in_pages(mock: MockServer, connect: Connect) -> None:
    for number in range(5):
        mock.post_as("bob", f"@alice number {number}")
    network = connect("alice")
    newest = await network.notices(PageOf(limit=4))
    older = await network.notices(PageOf(limit=4, older_than=newest.older))
    ids = [notice.notice_id for notice in (*newest.notices, *older.notices)]
    assert len(ids) == len(set(ids)) == 6


async def test_a_thread_has_what_stands_above_and_below(mock: MockServer, connect: Connect) -> None:
    first = mock.post_as("carol", "one")["id"]
    second = mock.post_as("bob", "two", in_reply_to_id=first)["id"]
    third = mock.post_as("carol", "three", in_reply_to_id=second)["id"]
    fourth = mock.post_as("alice", "four", in_reply_to_id=third)["id"]
    thread = await connect("alice").thread(second)
    assert thread.focus.view.server_id == second
    assert [seen.view.server_id for seen in thread.above] == [first]
    assert [seen.view.server_id for seen in thread.below] == [third, fourth]


async def test_the_thread_of_a_boost_is_that_of_the_post(
    mock: MockServer, connect: Connect
) -> None:
    original = mock.post_as("carol", "one")["id"]
    reply = mock.post_as("bob", "two", in_reply_to_id=original)["id"]
    boost = mock.call("POST", f"/api/v1/statuses/{original}/reblog", "bob")["id"]
    thread = await connect("alice").thread(boost)
    assert thread.focus.view.server_id == original
    assert [seen.view.server_id for seen in thread.below] == [reply]


async def test_relationships_are_told(mock: MockServer, connect: Connect) -> None:
    bob, carol = mock.id_of("bob"), mock.id_of("carol")
    network = connect("alice")
    await network.act(Act(ActKind.NOTE, carol, "met at the regatta"))
    await network.act(Act(ActKind.MUTE, carol))
    told = {one.server_id: one for one in await network.relationships([bob, carol])}
    assert (told[bob].following, told[bob].followed_by) == (True, True)
    assert (told[carol].following, told[carol].muting) == (False, True)
    assert told[carol].note == "met at the regatta"
    assert told[bob].note == ""


async def test_a_note_that_was_taken_away_elsewhere_is_gone(
    mock: MockServer, connect: Connect
) -> None:
    carol, network = mock.id_of("carol"), connect("alice")
    await network.act(Act(ActKind.NOTE, carol, "met at the regatta"))
    mock.call("POST", f"/api/v1/accounts/{carol}/note", "alice", json={"comment": ""})
    (told,) = await network.relationships([carol])
    assert told.note == ""
    await network.act(Act(ActKind.NOTE, carol, "bakes"))
    await network.act(Act(ActKind.NOTE, carol, ""))
    (told,) = await network.relationships([carol])
    assert told.note == ""


async def test_many_relationships_are_asked_for_forty_at_a_time(connect: Connect) -> None:
    transport = Recording()
    ids = [str(number) for number in range(1000, 1090)]
    await connect("alice", transport=transport).relationships(ids)
    assert [len(request.url.params.get_list("id[]")) for request in transport.requests] == [
        40, 40, 10,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("audience", "visibility"),
    [
        (Audience.PUBLIC, "public"),
        (Audience.UNLISTED, "unlisted"),
        (Audience.FOLLOWERS, "private"),
        (Audience.DIRECT, "direct"),
        (Audience.LIMITED, "direct"),
    ],
)
async def test_the_audience_is_always_said_and_told_back(
    mock: MockServer, connect: Connect, audience: Audience, visibility: str
) -> None:
    sent = await connect("alice").publish(outgoing("@bob hello", audience=audience))
    stored = mock.call("GET", f"/api/v1/statuses/{sent.view.server_id}", "alice")
    assert stored["visibility"] == visibility
    assert sent.post.audience is (Audience.DIRECT if audience is Audience.LIMITED else audience)


async def test_everything_of_a_text_arrives(mock: MockServer, connect: Connect) -> None:
    quoted = mock.post_as("bob", "Quote me.")["id"]
    sent = await connect("alice").publish(
        outgoing("Ja & <b>nein</b> 🐦", warning="Spoiler", language="de", quotes=quoted)
    )
    assert sent.post.text == "Ja & <b>nein</b> 🐦"
    assert (sent.post.warning, sent.post.language, sent.post.sensitive) == ("Spoiler", "de", True)
    assert sent.quoted is not None
    assert sent.quoted.post.text == "Quote me."


async def test_a_key_makes_a_second_try_harmless_even_after_an_unknown_fate(
    mock: MockServer, connect: Connect
) -> None:
    network = connect("alice")
    await network.identify()
    text = outgoing("Sent once.")
    first = await network.publish(text)
    mock.fault("/api/v1/statuses", "status", methods=("POST",), status=502)
    with pytest.raises(AnswerLost):
        await network.publish(text)
    mock.call("DELETE", "/api/v1/_mock/faults")
    again = await network.publish(text)
    assert again.post.ref == first.post.ref
    assert len((await network.feed(OWN, PageOf())).entries) == 1


async def test_a_text_that_is_too_long_is_refused_in_the_servers_words(connect: Connect) -> None:
    with pytest.raises(Refused, match="too long") as refused:
        await connect("alice").publish(outgoing("x" * 501))
    assert not refused.value.gone


async def test_nothing_but_the_post_itself_is_sent_after_it_has_left(connect: Connect) -> None:
    transport = Recording()
    await connect("alice", transport=transport).publish(outgoing("Last word."))
    assert transport.requests[-1].method == "POST"


POST_ACTS = [
    (ActKind.FAVOURITE, ActKind.UNFAVOURITE, "favourited"),
    (ActKind.BOOST, ActKind.UNBOOST, "boosted"),
    (ActKind.BOOKMARK, ActKind.UNBOOKMARK, "bookmarked"),
]


@pytest.mark.parametrize(("act", "reverse", "field"), POST_ACTS)
async def test_a_post_is_marked_once_and_unmarked_again(
    mock: MockServer, connect: Connect, act: ActKind, reverse: ActKind, field: str
) -> None:
    target = mock.post_as("bob", "Like me.")["id"]
    network = connect("alice")
    for kind, marked in ((act, True), (act, True), (reverse, False), (reverse, False)):
        await network.act(Act(kind, target))
        assert getattr((await network.thread(target)).focus.view, field) is marked


PERSON_ACTS = [
    (ActKind.FOLLOW, ActKind.UNFOLLOW, "following"),
    (ActKind.MUTE, ActKind.UNMUTE, "muting"),
    (ActKind.BLOCK, ActKind.UNBLOCK, "blocking"),
]


@pytest.mark.parametrize(("act", "reverse", "field"), PERSON_ACTS)
async def test_a_person_is_treated_so_once_and_then_no_longer(
    mock: MockServer, connect: Connect, act: ActKind, reverse: ActKind, field: str
) -> None:
    carol = mock.id_of("carol")
    network = connect("alice")
    for kind, so in ((act, True), (act, True), (reverse, False), (reverse, False)):
        await network.act(Act(kind, carol))
        [told] = await network.relationships([carol])
        assert getattr(told, field) is so


async def test_somebody_elses_post_cannot_be_deleted(mock: MockServer, connect: Connect) -> None:
    target = mock.post_as("bob", "Mine.")["id"]
    with pytest.raises(Refused):
        await connect("alice").act(Act(ActKind.DELETE, target))


async def test_an_id_is_never_more_than_one_part_of_a_path(connect: Connect) -> None:
    transport = Recording()
    network = connect("alice", transport=transport)
    with pytest.raises(Refused):
        await network.thread("../accounts/1?x=")
    assert transport.requests[0].url.raw_path == b"/api/v1/statuses/..%2Faccounts%2F1%3Fx%3D"


@pytest.mark.parametrize(
    ("kind", "effect", "read_error", "write_error"),
    [
        ("status", {"status": 500}, Unreachable, AnswerLost),
        ("status", {"status": 503}, Unreachable, AnswerLost),
        ("status", {"status": 503, "headers": {"Retry-After": "9"}}, Throttled, AnswerLost),
        ("ratelimit", {}, Throttled, Throttled),
        ("malformed", {}, Unreachable, AnswerLost),
        ("timeout", {}, Unreachable, AnswerLost),
        ("status", {"status": 404}, Refused, Refused),
        ("status", {"status": 501}, Unsupported, Unsupported),
    ],
)
async def test_every_fault_of_a_server_has_its_meaning(
    mock: MockServer,
    connect: Connect,
    kind: str,
    effect: dict[str, Any],
    read_error: type[NetworkError],
    write_error: type[NetworkError],
) -> None:
    mock.fault("/api/v1/timelines/home", kind, **effect)
    mock.fault("/api/v1/statuses", kind, methods=("POST",), **effect)
    state = MemoryState()
    await connect("alice", state=state).identify()
    with pytest.raises(NetworkError) as read:
        await connect("alice", state=state, transport=Recording()).feed(HOME, PageOf())
    with pytest.raises(NetworkError) as write:
        await connect("alice", state=state, transport=Recording()).publish(outgoing("Hello?"))
    assert (type(read.value), type(write.value)) == (read_error, write_error)
    for error in (read.value, write.value):
        assert mock.domain in str(error)
        assert is_clean(str(error))


async def test_a_feed_that_is_still_put_together_is_not_taken_for_all_there_is(
    mock: MockServer, connect: Connect
) -> None:
    mock.fault("/api/v1/timelines/home", "status", status=206, body=[])
    with pytest.raises(Unreachable, match="putting this feed together"):
        await connect("alice").feed(HOME, PageOf())


async def test_the_budget_is_spent_by_what_is_asked_for(connect: Connect) -> None:
    budget = Budget("town.example", SystemClock())
    network = connect("alice", budget=budget)
    budget.learn(200, {
        "x-ratelimit-limit": "300", "x-ratelimit-remaining": "100", "x-ratelimit-reset": "300",
    })  # fmt: skip
    assert budget.free_at(Urgency.CHECKS) > SystemClock().now()
    with pytest.raises(Throttled):
        await network.relationships(["1"])
    await network.feed(HOME, PageOf())


async def test_pages_below_are_counted_by_themselves() -> None:
    now = SystemClock().now()
    spent = {
        "X-RateLimit-Limit": "300",
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset": str(now // 1000 + 900),
    }
    async with canned(answer(200, [status(9)], headers=spent), answer(200, [status(9)])) as server:
        network = MastodonNetwork(
            server.url, "token", clock=SystemClock(), state=knowing(), account_server_id="77"
        )
        await network.feed(OWN, PageOf(older_than="10"))
        with pytest.raises(Throttled):
            await network.feed(OWN, PageOf(older_than="9"))
        await network.feed(OWN, PageOf())
        await network.close()
    assert len(server.requests) == 2


async def test_a_server_with_nothing_but_odd_answers_is_borne() -> None:
    """Items twice and null, ids as numbers, no links, no instance information."""
    page = [status(9) | {"id": 9}, None, status(8), status(9), {"id": None}, status(7)]
    owner = account() | {"id": 77}
    async with canned(
        answer(200, owner),
        answer(404, {"error": "x"}),
        answer(404, "nothing here", content_type="text/plain"),
        answer(404, {"error": "x"}),
        answer(404, {"error": "x"}),
        answer(200, {}),
        answer(200, page),
        answer(200, []),
    ) as server:
        state, clock = MemoryState(), SystemClock()
        network = MastodonNetwork(server.url, "token", clock=clock, state=state)
        identity = await network.identify()
        assert identity.person.server_id == "77"
        assert identity.usual_audience is Audience.PUBLIC
        pages = await all_pages(network, HOME, 40)
        await network.close()
    assert [entry.entry_id for entry in pages[0].entries] == ["9", "8", "9", "7"]
    assert server.requests[-1].target.endswith("limit=40&max_id=7")
    assert pages[-1].entries == ()


@pytest.mark.parametrize("body", [{}, {"error": None}, None, "text"])
async def test_a_stub_in_place_of_a_feed_means_there_is_none(body: object) -> None:
    async with canned(answer(200, body if body is not None else b"null")) as server:
        clock, state = SystemClock(), MemoryState()
        network = MastodonNetwork(server.url, "token", clock=clock, state=state)
        with pytest.raises(NetworkError):
            await network.feed(HOME, PageOf())
        await network.close()
