"""What the town offers besides posts, and what it honestly does not have."""

from __future__ import annotations

import pytest
from networks.demo.visits import Visit

from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.door import HeldBackCount, PeopleList
from tui_inbox.core.ports import PageOf, Refused, Unsupported
from tui_inbox.core.post import Audience, Feed, FeedKind, TagFeed


async def test_a_list_holds_what_its_members_write() -> None:
    network = Visit().network
    page = await network.feed(Feed(FeedKind.LIST, "list-friends"), PageOf(limit=40))
    names = {
        (entry.boost.by if entry.boost else entry.seen.post.author).handle for entry in page.entries
    }
    assert "quillfox@choir.example" in names
    assert not any("elmport" in name for name in names)


async def test_the_owner_says_who_is_on_a_list_after_a_restart_too() -> None:
    visit = Visit()
    friends = Feed(FeedKind.LIST, "list-friends")
    on, off = "person-echosons", "person-quillfox"
    for _ in range(2):
        await visit.network.act(Act(ActKind.LIST, on, "list-friends"))
        await visit.network.act(Act(ActKind.UNLIST, off, "list-friends"))
    again = Visit(visit.state, at=visit.clock.now()).network
    page = await again.feed(friends, PageOf(limit=200))
    who = {
        (entry.boost.by if entry.boost else entry.seen.post.author).server_id
        for entry in page.entries
    }
    assert on in who
    assert off not in who


async def test_only_who_is_followed_can_be_on_a_list_and_only_on_one_there_is() -> None:
    network = Visit().network
    with pytest.raises(Refused, match="you follow"):
        await network.act(Act(ActKind.LIST, "person-copperkettle", "list-friends"))
    with pytest.raises(Refused, match="no such list"):
        await network.act(Act(ActKind.LIST, "person-quillfox", "list-enemies"))


async def test_a_tag_can_be_narrowed_by_others() -> None:
    network = Visit().network

    async def found(tags: TagFeed) -> list[tuple[str, ...]]:
        page = await network.feed(Feed(FeedKind.TAG, str(tags)), PageOf())
        return [entry.seen.post.tags for entry in page.entries]

    soup, bread = await found(TagFeed("soup")), await found(TagFeed("sourdough"))
    assert soup
    assert bread
    either = await found(TagFeed("soup", any=("sourdough",)))
    assert sorted(either) == sorted(soup + bread)
    assert await found(TagFeed("soup", all=("sourdough",))) == []
    assert await found(TagFeed("soup", any=("sourdough",), none=("sourdough",))) == soup


async def test_private_conversations_are_a_feed_of_their_own() -> None:
    page = await Visit().network.feed(Feed(FeedKind.DIRECT), PageOf())
    assert {entry.seen.post.audience for entry in page.entries} <= {Audience.DIRECT}


async def test_who_asks_to_follow_does_so_once_they_are_accepted() -> None:
    network = Visit().network
    (asking,) = (await network.people(PeopleList.ASKING, PageOf())).people
    await network.act(Act(ActKind.ACCEPT_FOLLOW, asking.server_id))
    (standing,) = await network.relationships([asking.server_id])
    assert standing.followed_by
    assert (await network.people(PeopleList.ASKING, PageOf())).people == ()


async def test_who_is_refused_asks_no_more_after_a_restart_either() -> None:
    visit = Visit()
    (asking,) = (await visit.network.people(PeopleList.ASKING, PageOf())).people
    await visit.network.act(Act(ActKind.REJECT_FOLLOW, asking.server_id))
    again = Visit(visit.state, at=visit.clock.now()).network
    assert (await again.people(PeopleList.ASKING, PageOf())).people == ()
    (standing,) = await again.relationships([asking.server_id])
    assert not standing.followed_by


async def test_what_was_held_back_is_told_once_it_is_let_in() -> None:
    visit = Visit()
    (held,) = (await visit.network.held_back(PageOf())).held
    assert await visit.network.held_back_count() == HeldBackCount(1, 1)
    assert await visit.mentions_by("lowhum") == []
    for _ in range(2):
        await visit.network.act(Act(ActKind.ADMIT, held.request_id))
    (mention,) = await visit.mentions_by("lowhum")
    assert held.newest is not None
    assert mention.post == held.newest.post
    assert await visit.network.held_back_count() == HeldBackCount(0, 0)
    told = [notice.at for notice in await visit.notices()]
    assert told == sorted(told, reverse=True)


async def test_what_is_put_away_is_never_told() -> None:
    visit = Visit()
    (held,) = (await visit.network.held_back(PageOf())).held
    await visit.network.act(Act(ActKind.DISMISS, held.request_id))
    assert (await visit.network.held_back(PageOf())).held == ()
    assert await visit.mentions_by("lowhum") == []


async def test_nobody_else_can_be_decided_on() -> None:
    network = Visit().network
    for kind in (ActKind.ADMIT, ActKind.ACCEPT_FOLLOW):
        with pytest.raises(Refused, match="Nobody waits"):
            await network.act(Act(kind, "person-quillfox"))


async def test_what_the_town_does_not_have_is_said_in_a_sentence() -> None:
    network = Visit().network

    async def never(_: str) -> bool:
        raise AssertionError("nobody is to be asked")

    assert await network.marker() is None
    asked = [
        network.move_marker("1", never),
        network.translation("1", "de"),
    ]
    for one in asked:
        with pytest.raises(Unsupported, match=r"\.$"):
            await one


async def test_only_its_author_sees_how_a_post_was_typed() -> None:
    visit = Visit()
    hers = (await visit.mentions_by("quillfox"))[0]
    with pytest.raises(Refused, match="not there"):
        await visit.network.original("nowhere")
    with pytest.raises(Refused, match="author"):
        await visit.network.original(hers.view.server_id)


async def test_mira_writes_to_everybody_in_english() -> None:
    told = await Visit().network.preferences()
    assert (told.audience, told.language) == (Audience.PUBLIC, "en")


async def test_a_post_of_the_town_is_found_by_its_uri() -> None:
    visit = Visit()
    seen = (await visit.entries())[0].seen
    assert await visit.network.resolve(seen.post.ref.uri) == seen
    with pytest.raises(Refused):
        await visit.network.resolve(f"{seen.post.ref.uri}/nowhere")
