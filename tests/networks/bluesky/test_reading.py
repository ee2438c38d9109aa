"""Feeds, notifications, threads and people, as an account sees them."""

from __future__ import annotations

import msgspec
import pytest
from networks.bluesky.conftest import Connect
from networks.contract import HOME, OWN
from networks.memory_state import MemoryState
from support.fake_bluesky.api import Api, Fault
from support.fake_bluesky.world import when

from tui_inbox.core.events import NoticeKind
from tui_inbox.core.ports import PageOf, Refused, Unsupported
from tui_inbox.core.post import Feed, FeedKind, QuoteState
from tui_inbox.queries.doctor import ServerFound

MENTIONS = Feed(FeedKind.MENTIONS)
REPOST = "app.bsky.feed.repost"
HOUR = 3_600_000


def quote(uri: str, cid: str) -> dict[str, object]:
    """The part of a record that quotes a post."""
    return {"$type": "app.bsky.embed.record", "record": {"uri": uri, "cid": cid}}


# Feeds


async def test_a_boost_stands_under_its_own_time_and_address(server: Api, connect: Connect) -> None:
    post = server.world.post_as("dan", "Pass it on.")
    boost = server.world.act_as("bob", REPOST, {"uri": post.uri, "cid": post.cid})
    (entry,) = (await connect("alice").feed(HOME, PageOf())).entries
    assert entry.seen.post.author.handle == "dan.test"
    assert entry.boost is not None
    assert entry.boost.by.handle == "bob.test"
    assert (entry.entry_id, entry.identity) == (boost.uri, boost.uri)
    assert entry.filed_at == server.world.filed(boost)


async def test_one_goes_on_below_an_entry_after_a_restart(server: Api, connect: Connect) -> None:
    posts = [server.world.post_as("bob", f"Line {number}.") for number in range(8)]
    boost = server.world.act_as("bob", REPOST, {"uri": posts[0].uri, "cid": posts[0].cid})
    for edge, below in ((boost.uri, posts[7].uri), (posts[5].uri, posts[4].uri)):
        page = await connect("alice").feed(HOME, PageOf(limit=2, older_than=edge))
        assert page.entries[0].entry_id == below


async def test_where_cursors_are_of_another_form_one_reads_down_from_the_top(
    server: Api, connect: Connect
) -> None:
    posts = [server.world.post_as("bob", f"The tide, line {number}.") for number in range(30)]
    network = connect("alice")
    search = Feed(FeedKind.SEARCH, "tide")
    page = await network.feed(search, PageOf(limit=5))
    assert page.older == "5"
    page = await network.feed(search, PageOf(limit=5, older_than=posts[12].uri))
    assert page.entries[0].entry_id == posts[11].uri
    with pytest.raises(Unsupported):
        await network.feed(search, PageOf(older_than="at://did:plc:a/app.bsky.feed.post/zzzz"))


async def test_nothing_is_read_upward(server: Api, connect: Connect) -> None:
    for feed in (HOME, MENTIONS):
        with pytest.raises(Unsupported):
            await connect("alice").feed(feed, PageOf(newer_than="x"))


async def test_who_claims_another_time_stands_where_the_server_met_them(
    server: Api, connect: Connect
) -> None:
    far = server.world.now() + 365 * 24 * HOUR
    server.world.post_as("bob", "From the future.", at=far)
    server.world.post_as("bob", "From long ago.", at=946_684_799_000)
    first, second = (await connect("alice").feed(HOME, PageOf())).entries
    assert first.seen.post.text == "From the future."
    assert first.seen.post.created_at <= server.world.now()
    assert second.seen.post.created_at == 946_684_799_000


async def test_one_bad_entry_leaves_the_others(server: Api, connect: Connect) -> None:
    good = server.world.post_as("bob", "Good.")
    view = {"uri": good.uri, "cid": good.cid, "author": {"did": server.world.named("bob").did}}
    server.faults["app.bsky.feed.getTimeline"] = [
        {
            "feed": [
                {"post": {**view, "record": good.value}, "reason": "odd"},
                {"post": {"uri": "at://x"}},
                {"post": {**view, "record": None}},
                {"post": {**view, "record": {"text": 7}}},
                {"post": {**view, "author": {"did": "bob"}, "record": good.value}},
                None,
            ],
            "cursor": 7,
        }
    ]
    page = await connect("alice").feed(HOME, PageOf())
    assert [entry.seen.post.text for entry in page.entries] == ["Good."]
    assert page.older is None


async def test_lists_links_tags_and_what_there_is_not(server: Api, connect: Connect) -> None:
    network = connect("alice")
    bob = server.world.named("bob").did
    made = {"name": "Sailors\x1b[31m", "purpose": "app.bsky.graph.defs#curatelist"}
    listed = server.world.put(server.world.named("alice").did, "app.bsky.graph.list", made)
    item = {"subject": bob, "list": listed.uri}
    server.world.put(server.world.named("alice").did, "app.bsky.graph.listitem", item)
    server.world.post_as("bob", "To #sea.")
    told = await network.sources()
    (source,) = (one for one in told.offered if one.feed.kind is FeedKind.LIST)
    assert source.title == "Sailors"
    page = await network.feed(source.feed, PageOf())
    assert [entry.seen.post.text for entry in page.entries] == ["To #sea."]
    page = await network.feed(Feed(FeedKind.TAG, "sea"), PageOf())
    assert [entry.seen.post.text for entry in page.entries] == ["To #sea."]
    assert server.asked[-1][1]["tag"] == ["sea"]
    for feed in (
        Feed(FeedKind.LOCAL),
        Feed(FeedKind.FEDERATED),
        Feed(FeedKind.TAG, "sea |boats"),
    ):
        with pytest.raises(Unsupported) as lack:
            await network.feed(feed, PageOf())
        assert str(lack.value).endswith(".")


# What is quoted


async def test_a_quote_says_why_it_is_not_shown(server: Api, connect: Connect) -> None:
    world = server.world
    shown, gone, kept = (world.post_as("dan", text) for text in ("Shown.", "Gone.", "Kept."))
    blocked = world.post_as("frank", "Blocked.")
    for target in (shown, gone, kept, blocked):
        world.post_as("bob", "Look.", embed=quote(target.uri, target.cid))
    del world.records[gone.uri]
    world.no_quotes.add(kept.uri)
    world.act_as("alice", "app.bsky.graph.block", world.named("frank").did)
    page = await connect("alice").feed(HOME, PageOf())
    told = [entry.seen for entry in reversed(page.entries)]
    assert told[0].quoted is not None
    assert told[0].quoted.post.text == "Shown."
    assert [one.post.quote for one in told] == [
        QuoteState.ACCEPTED,
        QuoteState.DELETED,
        QuoteState.REVOKED,
        QuoteState.ACCEPTED,
    ]
    assert told[3].view.quote is QuoteState.BLOCKED_ACCOUNT
    assert all(one.post.quoted is not None for one in told)


# Notifications


async def test_a_post_that_names_answers_and_quotes_at_once_is_told_once(
    server: Api, connect: Connect
) -> None:
    world = server.world
    mine = world.post_as("alice", "Who comes along?")
    word, facet = world.mention("alice")
    embed = quote(mine.uri, mine.cid)
    world.reply_as("bob", mine, f"{word} I do.", facets=[facet], embed=embed)
    told = (await connect("alice").notices(PageOf())).notices
    (notice,) = (one for one in told if one.seen is not None)
    assert notice.kind is NoticeKind.MENTION
    assert notice.seen is not None
    assert notice.seen.quoted is not None
    assert notice.entry is not None


async def test_each_kind_is_told_in_the_programs_words(server: Api, connect: Connect) -> None:
    world = server.world
    mine = world.post_as("alice", "Tea is ready.")
    subject = {"uri": mine.uri, "cid": mine.cid}
    world.act_as("bob", "app.bsky.feed.like", subject)
    world.act_as("bob", REPOST, subject)
    world.post_as("carla", "So it is.", embed=quote(mine.uri, mine.cid))
    told = (await connect("alice").notices(PageOf())).notices
    kinds = [notice.kind for notice in told]
    assert kinds[:3] == [NoticeKind.QUOTE, NoticeKind.BOOST, NoticeKind.FAVOURITE]
    assert told[2].seen is not None
    assert told[2].seen.post.text == "Tea is ready."
    page = await connect("alice").feed(MENTIONS, PageOf())
    assert [entry.seen.post.text for entry in page.entries] == ["So it is."]


async def test_a_kind_that_nobody_knows_is_told_in_its_own_word(
    server: Api, connect: Connect
) -> None:
    bob = server.world.named("bob").did
    one = {
        "uri": f"at://{bob}/app.bsky.graph.verification/3lbsvw7qcjc2g",
        "author": {"did": bob, "handle": "handle.invalid"},
        "reason": "waved-at\x1b[2J",
        "indexedAt": when(server.world.now()),
    }
    server.faults["app.bsky.notification.listNotifications"] = [{"notifications": [one]}]
    (notice,) = (await connect("alice").notices(PageOf())).notices
    assert notice.kind is NoticeKind.OTHER
    assert notice.words == "waved at"
    assert notice.by is not None
    assert notice.by.handle == bob


async def test_posts_of_notifications_are_asked_for_once(server: Api, connect: Connect) -> None:
    network = connect("alice")
    mine = server.world.post_as("alice", "Tea is ready.")
    server.world.reply_as("bob", mine, "Coming.")
    for _ in range(3):
        await network.notices(PageOf())
    assert len(server.methods("getPosts")) == 1


async def test_a_post_that_is_not_shown_is_read_from_its_notification(
    server: Api, connect: Connect
) -> None:
    mine = server.world.post_as("alice", "Tea is ready.")
    server.world.reply_as("bob", mine, "Coming.")
    server.faults["app.bsky.feed.getPosts"] = [{"posts": []}]
    (notice, *_) = (await connect("alice").notices(PageOf())).notices
    assert notice.seen is not None
    assert notice.seen.post.text == "Coming."


async def test_the_marker_is_a_moment_and_only_moves_forward(server: Api, connect: Connect) -> None:
    network = connect("alice")
    mine = server.world.post_as("alice", "Tea is ready.")
    first, second = (server.world.reply_as("bob", mine, text) for text in ("One.", "Two."))
    assert await network.marker() is None

    async def behind(other: str) -> bool:
        return other == first.uri

    moved = await network.move_marker(first.uri, behind)
    assert moved.notice_id == first.uri
    there = await network.marker()
    assert there is not None
    assert there.notice_id == first.uri
    assert (await network.move_marker(second.uri, behind)).notice_id == second.uri
    asked = len(server.methods("updateSeen"))
    assert (await network.move_marker(first.uri, behind)).notice_id == second.uri
    assert len(server.methods("updateSeen")) == asked


# Threads and posts


async def test_a_thread_leaves_out_what_is_gone_or_blocked(server: Api, connect: Connect) -> None:
    world = server.world
    root = world.post_as("alice", "The first.")
    gone = world.reply_as("bob", root, "Gone.")
    below = world.reply_as("carla", gone, "Below.")
    world.reply_as("frank", below, "Blocked.")
    last = world.reply_as("bob", below, "The last.")
    del world.records[gone.uri]
    world.act_as("alice", "app.bsky.graph.block", world.named("frank").did)
    thread = await connect("alice").thread(below.uri)
    assert [seen.post.text for seen in thread.above] == []
    assert [seen.post.ref.uri for seen in thread.below] == [last.uri]
    assert thread.focus.post.reply_to is not None
    assert thread.focus.post.reply_to.uri == gone.uri


async def test_a_post_of_somebody_blocked_says_so(server: Api, connect: Connect) -> None:
    post = server.world.post_as("frank", "Blocked.")
    server.world.act_as("frank", "app.bsky.graph.block", server.world.named("alice").did)
    with pytest.raises(Refused, match="blocks the other") as refused:
        await connect("alice").thread(post.uri)
    assert not refused.value.gone


async def test_many_posts_are_asked_for_together(server: Api, connect: Connect) -> None:
    posts = [server.world.post_as("bob", f"Line {number}.") for number in range(30)]
    del server.world.records[posts[3].uri]
    found = await connect("alice").posts([one.uri for one in posts])
    assert len(found.there) == 29
    assert found.gone == {posts[3].uri}
    assert len(server.methods("getPosts")) == 2


async def test_a_server_that_shows_none_of_many_is_not_believed(
    server: Api, connect: Connect
) -> None:
    posts = [server.world.post_as("bob", f"Line {number}.") for number in range(6)]
    server.faults["app.bsky.feed.getPosts"] = [{"posts": []}]
    found = await connect("alice").posts([one.uri for one in posts])
    assert not found.there
    assert not found.gone


async def test_ones_own_post_is_not_gone_only_because_it_is_not_shown_yet(
    server: Api, connect: Connect
) -> None:
    network = connect("alice")
    young, deleted = (server.world.post_as("alice", text) for text in ("Young.", "Deleted."))
    del server.world.records[deleted.uri]
    server.faults["app.bsky.feed.getPosts"] = [{"posts": []}]
    found = await network.posts([young.uri, deleted.uri])
    assert not found.there
    assert found.gone == {deleted.uri}


async def test_an_address_of_the_network_or_of_its_web_pages_is_found(
    server: Api, connect: Connect
) -> None:
    network = connect("alice")
    post = server.world.post_as("bob", "Here.")
    key = post.uri.rpartition("/")[2]
    page = f"https://bsky.app/profile/bob.test/post/{key}"
    for address in (post.uri, page, post.uri.replace(server.world.named("bob").did, "bob.test")):
        assert (await network.resolve(address)).post.ref.uri == post.uri
    for address in ("https://bsky.app/about", "at://did:plc:a/app.bsky.feed.post/2", "x"):
        with pytest.raises(Refused):
            await network.resolve(address)


async def test_who_blocks_the_account_shows_nothing(server: Api, connect: Connect) -> None:
    bob = server.world.named("bob").did
    server.faults["app.bsky.feed.getAuthorFeed"] = [
        Fault(400, "BlockedByActor", "Requester is blocked by actor")
    ]
    with pytest.raises(Refused, match="They block you"):
        await connect("alice").recent(bob)


async def test_how_one_stands_to_people(server: Api, connect: Connect) -> None:
    world = server.world
    bob, dan = world.named("bob").did, world.named("dan").did
    world.named("alice").mutes.add(dan)
    told = {one.server_id: one for one in await connect("alice").relationships([bob, dan, "x"])}
    assert (told[bob].following, told[bob].followed_by) == (True, True)
    assert (told[dan].following, told[dan].muting) == (False, True)


async def test_own_posts_show_what_was_written_at_once(server: Api, connect: Connect) -> None:
    server.world.post_as("alice", "Mine.")
    page = await connect("alice").feed(OWN, PageOf())
    assert [entry.seen.post.text for entry in page.entries] == ["Mine."]


async def test_what_is_known_of_the_server_is_kept_for_who_looks_from_outside(
    connect: Connect,
) -> None:
    state = MemoryState()
    await connect("alice", state=state).identify()
    found = msgspec.json.decode(state.kept["server"], type=ServerFound)
    assert (found.software, found.stream, found.search, found.keys) == (
        "Bluesky",
        False,
        True,
        True,
    )
