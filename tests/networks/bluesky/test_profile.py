"""The own profile on Bluesky: one record, of which nothing is lost that this program does not know."""

from __future__ import annotations

import pytest
from networks.bluesky.conftest import Connect
from support.fake_bluesky.api import Api

from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.ports import Refused
from tui_inbox.core.profile import ProfileEdit, ProfileWords
from tui_inbox.networks.bluesky.profile import COLLECTION

RECORD = {
    "$type": COLLECTION,
    "displayName": "Alice",
    "description": "Sails.",
    "pronouns": "she/her",
    "avatar": {"$type": "blob", "ref": {"$link": "bafyavatar"}, "size": 7},
}


def change(was: ProfileWords, to: ProfileWords) -> Act:
    return Act(ActKind.PROFILE, ProfileEdit(was, to).to_json())


async def test_what_is_not_known_here_stays_in_the_record(server: Api, connect: Connect) -> None:
    did = server.world.named("alice").did
    server.world.put(did, COLLECTION, RECORD, "self")
    network = connect("alice")
    words = (await network.profile()).words
    assert words == ProfileWords("Alice", "Sails.")
    await network.act(change(words, ProfileWords("Alice", "Sails and bakes.")))
    (kept,) = server.world.of(COLLECTION, did)
    assert kept.value == {**RECORD, "description": "Sails and bakes."}


async def test_a_first_profile_is_made(server: Api, connect: Connect) -> None:
    network = connect("alice")
    assert (await network.profile()).words == ProfileWords()
    await network.act(change(ProfileWords(), ProfileWords("Alice")))
    (kept,) = server.world.of(COLLECTION, server.world.named("alice").did)
    assert kept.value == {"$type": COLLECTION, "displayName": "Alice"}


async def test_what_was_changed_elsewhere_is_not_written_over(
    server: Api, connect: Connect
) -> None:
    did = server.world.named("alice").did
    server.world.put(did, COLLECTION, {**RECORD, "displayName": "Alice at sea"}, "self")
    with pytest.raises(Refused, match="changed elsewhere"):
        await connect("alice").act(change(ProfileWords("Alice"), ProfileWords("Alice F.")))
    (kept,) = server.world.of(COLLECTION, did)
    assert kept.value["displayName"] == "Alice at sea"


async def test_the_pinned_post_is_shown(server: Api, connect: Connect) -> None:
    did = server.world.named("alice").did
    post = server.world.post_as("alice", "Read me first.")
    pinned = {"uri": post.uri, "cid": post.cid}
    server.world.put(did, COLLECTION, {**RECORD, "pinnedPost": pinned}, "self")
    (seen,) = (await connect("alice").profile()).pinned
    assert seen.post.text == "Read me first."
