"""What no server of our own can prove: that the reference implementation takes what we write and shows what we read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from networks.bluesky.secrets_in_memory import InMemory
from networks.bluesky_live.conftest import Connect
from networks.contract import HOME, OWN, PICTURE, all_pages, outgoing
from support.bluesky_network.running import BlueskyNetwork

from tui_inbox.clock import SystemClock
from tui_inbox.core.act import Act, ActKind, Report
from tui_inbox.core.answerers import Answerers
from tui_inbox.core.draft import Upload
from tui_inbox.core.events import NoticeKind
from tui_inbox.core.ports import AnswerLost, PageOf, Refused, Unreachable
from tui_inbox.core.post import Feed, FeedKind, FilterAction, QuoteState
from tui_inbox.core.text import is_clean
from tui_inbox.networks.bluesky.grants import Grant, Grants
from tui_inbox.networks.bluesky.signin import sign_in

pytestmark = pytest.mark.bluesky_live

MENTIONS = Feed(FeedKind.MENTIONS)


def now() -> int:
    """This moment."""
    return SystemClock().now()


async def test_one_signs_in_with_a_password_and_a_wrong_one_is_told(live: BlueskyNetwork) -> None:
    password = live.people["bob.test"]["password"]
    for who in ("bob.test", live.people["bob.test"]["did"], "bob@test.com"):
        done = await sign_in(who, lambda whose: password, clock=SystemClock(), server=live.pds)
        assert done.identity.person.ref.uri == live.people["bob.test"]["did"]
    with pytest.raises(Refused, match="The password is not the one of"):
        await sign_in("bob.test", lambda whose: "wrong", clock=SystemClock(), server=live.pds)


async def test_an_expired_token_is_exchanged_once(live: BlueskyNetwork, connect: Connect) -> None:
    secrets = InMemory()
    await connect("alice", secrets)
    kept = Grants(secrets, "alice").read()
    assert kept is not None
    expired = Grant(kept.pds, live.expired_token("alice.test"), kept.refresh)
    Grants(secrets, "alice").keep(expired)
    network = await connect("alice", secrets)
    assert (await network.feed(HOME, PageOf())).entries
    newer = Grants(secrets, "alice").read()
    assert newer is not None
    assert newer.refresh != kept.refresh


async def test_all_that_was_seeded_is_read_and_clean(connect: Connect) -> None:
    network = await connect("alice")
    pages = await all_pages(network, HOME, 100)
    entries = [entry for page in pages for entry in page.entries]
    assert len(entries) > 140
    assert len({entry.entry_id for entry in entries}) == len(entries)
    times = [entry.filed_at for entry in entries]
    assert times == sorted(times, reverse=True)
    for entry in entries:
        assert is_clean(entry.seen.post.text)
        assert entry.filed_at <= now()
    by_text = {entry.seen.post.text: entry.seen for entry in entries}
    facets = next(seen for text, seen in by_text.items() if text.startswith("👩‍👩‍👧"))
    marked = [facets.post.text[link.start : link.end] for link in facets.post.links]
    assert "@alice.test" in marked
    assert any(word.startswith("https://example.com/a/very") for word in marked)
    assert by_text["forbidden quote"].post.quote is QuoteState.REVOKED
    assert by_text["quote of a deleted post"].post.quote is QuoteState.DELETED


async def test_a_page_goes_on_below_any_entry_after_a_restart(connect: Connect) -> None:
    entries = (await (await connect("alice")).feed(HOME, PageOf(limit=60))).entries
    for place in (0, 1, 2, 20):
        fresh = await connect("alice")
        below = await fresh.feed(HOME, PageOf(limit=5, older_than=entries[place].entry_id))
        assert below.entries[0].entry_id == entries[place + 1].entry_id


async def test_notifications_address_the_owner(connect: Connect) -> None:
    network = await connect("alice")
    told = (await network.notices(PageOf(limit=80))).notices
    kinds = {notice.kind for notice in told}
    assert {NoticeKind.MENTION, NoticeKind.QUOTE, NoticeKind.FAVOURITE, NoticeKind.BOOST} <= kinds
    assert not any("mention number" in n.seen.post.text for n in told if n.seen)  # she is muted
    page = await network.feed(MENTIONS, PageOf(limit=3))
    below = await network.feed(MENTIONS, PageOf(limit=3, older_than=page.entries[-1].entry_id))
    assert not {e.entry_id for e in page.entries} & {e.entry_id for e in below.entries}


async def test_an_answer_with_a_name_a_link_and_a_picture_arrives_whole(
    live: BlueskyNetwork, connect: Connect, tmp_path: Path
) -> None:
    carla, bob = await connect("carla"), await connect("bob")
    path = tmp_path / "a.png"
    path.write_bytes(PICTURE)
    picture = await carla.upload(Upload(str(path), path.name, "image/png"))
    text = "👋 @bob.test ünï https://example.com/x #tide"
    sent = await carla.publish(
        outgoing(
            text,
            reply_to=live.seeds["r1"]["uri"],
            created_at=now(),
            media=(picture,),
            alts=("a dot",),
        )
    )
    thread = await bob.thread(live.seeds["root"]["uri"])
    (seen,) = (one for one in thread.below if one.post.ref == sent.post.ref)
    assert seen.post.text == text
    assert [mention.handle for mention in seen.post.mentions] == ["bob.test"]
    assert seen.post.tags == ("tide",)
    assert [media.alt for media in seen.post.media] == ["a dot"]
    assert seen.post.language == "en"
    told = (await bob.notices(PageOf(limit=5))).notices
    assert told[0].kind is NoticeKind.MENTION
    assert told[0].seen is not None
    assert told[0].seen.post.ref == sent.post.ref


async def test_the_parts_of_a_thread_follow_each_other_at_once(
    live: BlueskyNetwork, connect: Connect
) -> None:
    dan = (await connect("dan"))._network  # nobody waits until all are shown anything
    above = await dan.publish(outgoing("One, 1/3", created_at=now()))
    first = above.view.server_id
    for text in ("two, 2/3", "three, 3/3"):
        part = outgoing(text, reply_to=above.view.server_id, created_at=now())
        above = await dan.publish(part)
    live.settle()
    thread = await (await connect("bob")).thread(first)
    assert [seen.post.text for seen in thread.below] == ["two, 2/3", "three, 3/3"]


class Dropping(httpx.AsyncHTTPTransport):
    """The real network, which loses the answers to some requests after they were acted upon."""

    def __init__(self, drops: Callable[[httpx.Request], bool]) -> None:
        super().__init__()
        self._drops = drops

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await super().handle_async_request(request)
        if self._drops(request):
            await response.aread()
            raise httpx.ReadError("the answer was lost", request=request)
        return response


async def test_a_text_whose_answers_are_lost_is_posted_once(
    live: BlueskyNetwork, connect: Connect
) -> None:
    from networks.memory_state import MemoryState

    from tui_inbox.networks.bluesky.client import BlueskyNetwork as Client

    secrets = InMemory()
    good = await connect("erin", secrets)
    losing = Client(
        live.people["erin.test"]["did"],
        live.pds,
        Grants(secrets, "erin"),
        clock=SystemClock(),
        state=MemoryState(),
        transport=Dropping(lambda request: request.url.path.endswith("putRecord")),
    )
    text = outgoing("Only once, whatever gets lost.", created_at=now())
    for _ in range(3):
        with pytest.raises(AnswerLost):
            await losing.publish(text)
    sent = await good.publish(text)
    await losing.close()
    own = await good.feed(OWN, PageOf())
    assert [e.seen.post.text for e in own.entries].count(text.text) == 1
    shown = await (await connect("bob")).posts([sent.view.server_id])
    assert shown.there[sent.view.server_id].post.text == text.text


async def test_gates_are_respected(live: BlueskyNetwork, connect: Connect) -> None:
    dan = await connect("dan")
    gated = live.seeds["gated"]["uri"]
    with pytest.raises(Refused, match="lets only some people answer"):
        await dan.publish(outgoing("Me too.", reply_to=gated, created_at=now()))
    with pytest.raises(Refused, match="lets nobody quote it"):
        await dan.publish(outgoing("Look.", quotes=gated, created_at=now()))
    told = await dan.openness(gated)
    assert told.answers
    assert told.quotes


async def test_a_post_says_who_may_answer_it_once(live: BlueskyNetwork, connect: Connect) -> None:
    erin, bob, carla = await connect("erin"), await connect("bob"), await connect("carla")
    text = outgoing("@carla.test and you?", created_at=now(), answerers=Answerers.MENTIONED)
    sent = await erin.publish(text)
    assert (await erin.publish(text)).post.ref == sent.post.ref
    assert (await bob.openness(sent.view.server_id)).answers
    assert not (await carla.openness(sent.view.server_id)).answers
    with pytest.raises(Refused, match="lets only some people answer"):
        await bob.publish(outgoing("Me?", reply_to=sent.view.server_id, created_at=now()))


async def test_a_quote_a_favourite_a_boost_a_bookmark_and_their_undoing(
    live: BlueskyNetwork, connect: Connect
) -> None:
    dan = await connect("dan")
    target = live.seeds["facets"]["uri"]
    sent = await dan.publish(outgoing("Read this.", quotes=target, created_at=now()))
    thread = await dan.thread(sent.view.server_id)
    assert thread.focus.quoted is not None
    assert thread.focus.quoted.view.server_id == target
    pairs: list[tuple[ActKind, ActKind, Callable[[Any], bool]]] = [
        (ActKind.FAVOURITE, ActKind.UNFAVOURITE, lambda view: view.favourited),
        (ActKind.BOOST, ActKind.UNBOOST, lambda view: view.boosted),
        (ActKind.BOOKMARK, ActKind.UNBOOKMARK, lambda view: view.bookmarked),
        (ActKind.MUTE_TALK, ActKind.UNMUTE_TALK, lambda view: view.muted),
    ]
    for do, undo, is_so in pairs:
        for act, expected in ((do, True), (do, True), (undo, False), (undo, False)):
            await dan.act(Act(act, target))
            assert is_so((await dan.thread(target)).focus.view) is expected
    await dan.act(Act(ActKind.DELETE, sent.view.server_id))
    assert (await dan.posts([sent.view.server_id])).gone


async def test_people_are_followed_muted_and_blocked_and_let_go(
    live: BlueskyNetwork, connect: Connect
) -> None:
    dan = await connect("dan")
    who = live.people["grace.test"]["did"]
    pairs: list[tuple[ActKind, ActKind, Callable[[Any], bool]]] = [
        (ActKind.FOLLOW, ActKind.UNFOLLOW, lambda one: one.following),
        (ActKind.MUTE, ActKind.UNMUTE, lambda one: one.muting),
        (ActKind.BLOCK, ActKind.UNBLOCK, lambda one: one.blocking),
    ]
    for do, undo, is_so in pairs:
        for act, expected in ((do, True), (do, True), (undo, False), (undo, False)):
            await dan.act(Act(act, who))
            (told,) = await dan.relationships([who])
            assert is_so(told) is expected


async def test_lists_searches_and_reports(live: BlueskyNetwork, connect: Connect) -> None:
    alice = await connect("alice")
    who, friends = live.people["dan.test"]["did"], live.seeds["list"]["uri"]
    listed = Feed(FeedKind.LIST, friends)

    async def authors() -> set[str]:
        page = await alice.feed(listed, PageOf(limit=100))
        return {entry.seen.post.author.server_id for entry in page.entries}

    assert who not in await authors()
    await alice.act(Act(ActKind.LIST, who, friends))
    assert who in await authors()
    await alice.act(Act(ActKind.UNLIST, who, friends))
    assert who not in await authors()
    found = await alice.feed(Feed(FeedKind.SEARCH, "bulk post 7"), PageOf(limit=10))
    assert found.entries
    page = await alice.feed(Feed(FeedKind.CUSTOM, live.seeds["feed"]["uri"]), PageOf())
    assert len(page.entries) == 3
    told = Report((live.seeds["r2"]["uri"],), "Please look.", "spam")
    await alice.act(Act(ActKind.REPORT, who, report=told))


async def test_labels_and_muted_words_are_applied_here(
    live: BlueskyNetwork, connect: Connect
) -> None:
    alice = await connect("alice")
    post = live.seeds["r2"]
    live.label(post["uri"], post["cid"], "!warn")
    await alice.act(Act(ActKind.HIDE_WORD, "reply"))
    seen = (await alice.posts([post["uri"]])).there[post["uri"]]
    told = {hit.title: hit.action for hit in seen.view.filtered}
    assert told["reply"] is FilterAction.HIDE
    assert told["moderators warn of it"] is FilterAction.WARN
    await alice.act(Act(ActKind.SHOW_WORD, "reply"))
    seen = (await alice.posts([post["uri"]])).there[post["uri"]]
    assert "reply" not in [hit.title for hit in seen.view.filtered]


async def test_the_mark_of_what_was_read_is_shared(connect: Connect) -> None:
    one, other = await connect("bob"), await connect("bob")
    told = (await one.notices(PageOf())).notices

    async def is_behind(notice_id: str) -> bool:
        ids = [notice.notice_id for notice in told]
        return notice_id not in ids or ids.index(notice_id) > ids.index(told[0].notice_id)

    moved = await one.move_marker(told[0].notice_id, is_behind)
    there = await other.marker()
    assert there is not None
    assert there.notice_id == moved.notice_id


async def test_a_server_that_is_gone_for_a_while_is_told_and_found_again(
    live: BlueskyNetwork, connect: Connect
) -> None:
    bob = await connect("bob")
    assert (await bob.feed(HOME, PageOf())).entries
    live.go_away(1.0)
    text = outgoing("Back again.", created_at=now())
    with pytest.raises((Unreachable, AnswerLost)):
        await bob._network.publish(text)
    sent = None
    while sent is None:
        try:
            sent = await bob._network.publish(text)
        except (Unreachable, AnswerLost):
            await SystemClock().sleep(0.2)
    live.settle()
    own = await bob.feed(OWN, PageOf())
    assert [e.seen.post.text for e in own.entries].count("Back again.") == 1
