"""A post that one account sees is looked up by another account's server, if everybody may read it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from support.scripted_network import ScriptedNetwork
from support.sync_desk import Desk

from tui_inbox.core.account import Limits
from tui_inbox.core.ports import Refused
from tui_inbox.core.post import Audience, PostRef, SeenPost
from tui_inbox.store import accounts, posts
from tui_inbox.sync.finding import NOT_FOR_IT, Finding


@pytest.fixture
def elsewhere(desk: Desk) -> tuple[ScriptedNetwork, Finding]:
    """A second account on a server of its own."""
    network = ScriptedNetwork()
    account = desk.store.write(
        lambda w: accounts.add_account(
            w,
            network="scripted",
            server="https://elsewhere.example",
            person=network.write("acorn", "I am here.").post.author,
            letters="ac",
            label="acorn",
            limits=Limits(),
        )
    ).result()
    return network, Finding(desk.store, desk.ingest, network, account.id)


def shown(desk: Desk, seen: SeenPost) -> int:
    """The first account's server shows it a post; its local id."""
    (id_,) = desk.ingest.take_posts(desk.account.id, [seen]).result()
    return id_


def name_of(desk: Desk, post: int) -> str | None:
    """How the second account's server names a post."""
    return desk.store.read(lambda db: posts.server_id(db, 2, post)).result()


async def test_what_is_found_can_be_acted_on(
    desk: Desk, elsewhere: tuple[ScriptedNetwork, Finding]
) -> None:
    network, finding = elsewhere
    seen = network.write("ann", "Who has the key?")
    post = shown(desk, seen)
    network.home(seen)
    assert name_of(desk, post) is None
    assert await finding.find(post) == ""
    assert name_of(desk, post) == seen.view.server_id
    assert await finding.find(post) == ""
    assert network.calls.count("resolve") == 1, "what is known is not asked for again"


@pytest.mark.parametrize("audience", [Audience.FOLLOWERS, Audience.LIMITED, Audience.DIRECT])
async def test_no_server_is_told_of_what_not_everybody_may_read(
    desk: Desk, elsewhere: tuple[ScriptedNetwork, Finding], audience: Audience
) -> None:
    network, finding = elsewhere
    seen = network.write("ann", "For your eyes only.", audience=audience)
    post = shown(desk, seen)
    network.home(seen)
    assert await finding.find(post) == NOT_FOR_IT
    assert network.calls == []


async def test_what_is_not_found_is_refused_in_the_servers_words(
    desk: Desk, elsewhere: tuple[ScriptedNetwork, Finding]
) -> None:
    network, finding = elsewhere
    post = shown(desk, network.write("ann", "Who has the key?"))
    with pytest.raises(Refused, match="finds no post"):
        await finding.find(post)


async def test_no_server_is_asked_for_what_stands_on_another_network(
    desk: Desk, elsewhere: tuple[ScriptedNetwork, Finding]
) -> None:
    network, finding = elsewhere
    seen = network.write("ann", "Who has the key?")
    far = PostRef("bluesky", "at://did:plc:ann/app.bsky.feed.post/3k1")
    post = shown(desk, replace(seen, post=replace(seen.post, ref=far)))
    told = await finding.find(post)
    assert (
        told == "This stands on Bluesky, where this account can do nothing; your browser can (O)."
    )
    assert name_of(desk, post) is None
