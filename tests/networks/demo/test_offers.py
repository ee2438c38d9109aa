"""What the town offers besides posts, and what it honestly does not have."""

from __future__ import annotations

import pytest
from networks.demo.visits import Visit

from tui_inbox.core.door import HeldBackCount, PeopleList
from tui_inbox.core.draft import Act, ActKind
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


async def test_nobody_waits_at_the_door() -> None:
    network = Visit().network
    assert (await network.people(PeopleList.ASKING, PageOf())).people == ()
    assert (await network.held_back(PageOf())).held == ()
    assert await network.held_back_count() == HeldBackCount(0, 0)


async def test_what_the_town_does_not_have_is_said_in_a_sentence() -> None:
    network = Visit().network

    async def never(_: str) -> bool:
        raise AssertionError("nobody is to be asked")

    assert await network.marker() is None
    asked = [
        network.move_marker("1", never),
        network.versions("1"),
        network.translation("1", "de"),
        *(
            network.act(Act(kind, "1"))
            for kind in (ActKind.VOTE, ActKind.ADMIT, ActKind.DISMISS, ActKind.ACCEPT_FOLLOW)
        ),
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
