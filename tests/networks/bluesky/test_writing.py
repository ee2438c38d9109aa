"""Texts on their way out: once, with their facets, and with respect for who may answer and quote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from networks.bluesky.conftest import Connect
from networks.contract import OWN, PICTURE, outgoing
from support.fake_bluesky.api import DROP, Api, Fault

from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.draft import Outgoing, PollDraft, Upload
from tui_inbox.core.ports import AnswerLost, PageOf, Refused, Unsupported
from tui_inbox.core.post import Audience, Card, PostRef
from tui_inbox.networks.bluesky.client import BlueskyNetwork

PUT = "com.atproto.repo.putRecord"
NOW = 1_790_000_000_123


def text(words: str, **changes: Any) -> Outgoing:
    """A text that leaves at a moment."""
    return outgoing(words, created_at=NOW, **changes)


def record(server: Api) -> dict[str, Any]:
    """The record of the last post that was sent."""
    told = [said for name, said in server.asked if name == PUT]
    return dict(told[-1]["record"])


async def texts_of(network: BlueskyNetwork) -> list[str]:
    """What stands among the account's own posts."""
    own = await network.feed(OWN, PageOf())
    return [entry.seen.post.text for entry in own.entries]


# Once


async def test_a_text_whose_answer_was_lost_is_posted_once(server: Api, connect: Connect) -> None:
    network = connect("alice")
    sent = text("Only once.")
    server.faults[PUT] = [DROP]
    with pytest.raises(AnswerLost):
        await network.publish(sent)
    again = await network.publish(sent)
    assert again.post.text == "Only once."
    assert again.post.created_at == NOW or again.post.created_at < NOW
    assert await texts_of(network) == ["Only once."]
    first, second = (said for name, said in server.asked if name == PUT)
    assert first == second
    assert first["swapRecord"] is None


async def test_another_program_with_the_same_row_posts_it_once(
    server: Api, connect: Connect
) -> None:
    sent = text("Only once.")
    one = await connect("alice").publish(sent)
    other = await connect("alice").publish(sent)
    assert one.post.ref == other.post.ref


async def test_the_same_words_said_twice_are_two_posts(server: Api, connect: Connect) -> None:
    network = connect("alice")
    await network.publish(text("Tea?"))
    await network.publish(text("Tea?"))
    assert await texts_of(network) == ["Tea?", "Tea?"]


async def test_what_was_written_before_its_parent_changed_counts(
    server: Api, connect: Connect
) -> None:
    network = connect("alice")
    parent = server.world.post_as("bob", "Who has the key?")
    reply = text("I have.", reply_to=parent.uri)
    server.faults[PUT] = [DROP]
    with pytest.raises(AnswerLost):
        await network.publish(reply)
    parent.cid = "bafyreianother"
    assert (await network.publish(reply)).post.text == "I have."
    del server.world.records[parent.uri]
    assert (await network.publish(reply)).post.text == "I have."
    assert await texts_of(network) == ["I have."]


async def test_an_error_of_the_server_leaves_it_unknown(server: Api, connect: Connect) -> None:
    server.faults[PUT] = [Fault(500, "InternalServerError", "Internal Server Error")]
    with pytest.raises(AnswerLost):
        await connect("alice").publish(text("Hello."))


# What it refers to


async def test_an_answer_names_its_parent_and_the_beginning(server: Api, connect: Connect) -> None:
    root = server.world.post_as("bob", "The first.")
    parent = server.world.reply_as("carla", root, "The second.")
    sent = await connect("alice").publish(text("The third.", reply_to=parent.uri))
    assert record(server)["reply"] == {
        "root": {"uri": root.uri, "cid": root.cid},
        "parent": {"uri": parent.uri, "cid": parent.cid},
    }
    assert sent.post.reply_to is not None
    assert sent.post.reply_to.uri == parent.uri


async def test_ones_own_post_is_answered_before_any_view_of_it_is_shown(
    server: Api, connect: Connect
) -> None:
    network = connect("alice")
    first = await network.publish(text("One, 1/2"))
    server.faults["app.bsky.feed.getPosts"] = [{"posts": []}]
    second = await network.publish(text("two, 2/2", reply_to=first.view.server_id))
    assert second.post.reply_to is not None
    assert second.post.reply_to.uri == first.post.ref.uri
    root = server.world.records[first.post.ref.uri]
    assert record(server)["reply"]["root"] == {"uri": root.uri, "cid": root.cid}


async def test_where_one_may_not_answer_nothing_is_sent(server: Api, connect: Connect) -> None:
    root = server.world.post_as("bob", "For friends.")
    server.world.closed_to[root.uri] = {server.world.named("alice").did}
    with pytest.raises(Refused, match="lets only some people answer"):
        await connect("alice").publish(text("Me too.", reply_to=root.uri))
    assert not server.methods(PUT)


async def test_what_may_not_be_quoted_is_not(server: Api, connect: Connect) -> None:
    quoted = server.world.post_as("bob", "Not for show.")
    server.world.no_quotes.add(quoted.uri)
    with pytest.raises(Refused, match="lets nobody quote it"):
        await connect("alice").publish(text("Look.", quotes=quoted.uri))
    assert not server.methods(PUT)


async def test_an_answer_to_what_is_gone_is_refused(server: Api, connect: Connect) -> None:
    parent = server.world.post_as("bob", "Soon gone.")
    del server.world.records[parent.uri]
    with pytest.raises(Refused, match="is not there any more"):
        await connect("alice").publish(text("Yes.", reply_to=parent.uri))


async def test_a_quote_with_a_picture_has_both(
    server: Api, connect: Connect, tmp_path: Path
) -> None:
    network = connect("alice")
    quoted = server.world.post_as("bob", "Look at this.")
    path = tmp_path / "private name.png"
    path.write_bytes(PICTURE)
    picture = await network.upload(Upload(str(path), path.name, "image/png"))
    sent = await network.publish(
        text("Both.", quotes=quoted.uri, media=(picture,), alts=("a dot",))
    )
    embed = record(server)["embed"]
    assert embed["$type"] == "app.bsky.embed.recordWithMedia"
    assert embed["record"]["record"] == {"uri": quoted.uri, "cid": quoted.cid}
    (image,) = embed["media"]["images"]
    assert image["alt"] == "a dot"
    assert image["aspectRatio"] == {"width": 1, "height": 1}
    assert "private" not in json.dumps(embed)
    assert sent.quoted is not None
    assert sent.quoted.post.text == "Look at this."


async def test_the_card_of_a_link_goes_with_its_text_and_beside_a_quote(
    server: Api, connect: Connect
) -> None:
    network = connect("alice")
    quoted = server.world.post_as("bob", "Look at this.")
    card = Card("https://example.com/rye", "Rye", "How it is baked.")
    sent = await network.publish(text("Rye: https://example.com/rye", card=card))
    page = {"uri": card.url, "title": "Rye", "description": "How it is baked."}
    assert record(server)["embed"] == {"$type": "app.bsky.embed.external", "external": page}
    assert sent.post.card == card
    both = await network.publish(text("And this.", card=card, quotes=quoted.uri))
    assert record(server)["embed"]["media"]["external"] == page
    assert (both.post.card, both.post.quoted) == (card, PostRef("bluesky", quoted.uri))


# How it is marked


async def test_links_names_and_tags_are_marked_by_bytes(server: Api, connect: Connect) -> None:
    words = "👩‍👩‍👧 ünï @bob.test see https://example.com/ä?b=c. #Español, not @nobody.test #1"
    sent = await connect("alice").publish(text(words))
    data = words.encode()
    marked = {
        data[one["index"]["byteStart"] : one["index"]["byteEnd"]].decode(): one["features"][0]
        for one in record(server)["facets"]
    }
    bob = server.world.named("bob").did
    assert marked == {
        "@bob.test": {"$type": "app.bsky.richtext.facet#mention", "did": bob},
        "https://example.com/ä?b=c": {
            "$type": "app.bsky.richtext.facet#link",
            "uri": "https://example.com/%C3%A4?b=c",
        },
        "#Español": {"$type": "app.bsky.richtext.facet#tag", "tag": "Español"},
    }
    assert [one.handle for one in sent.post.mentions] == ["bob.test"]
    assert sent.post.tags == ("Español",)


async def test_language_and_folded_pictures_are_said(
    server: Api, connect: Connect, tmp_path: Path
) -> None:
    network = connect("alice")
    path = tmp_path / "a.png"
    path.write_bytes(PICTURE)
    picture = await network.upload(Upload(str(path), path.name, "image/png"))
    sent = await network.publish(
        text("Schau.", language="de", media=(picture,), alts=("",), sensitive=True)
    )
    assert record(server)["langs"] == ["de"]
    assert record(server)["labels"]["values"] == [{"val": "graphic-media"}]
    assert sent.post.sensitive
    assert sent.post.language == "de"


# What there is not


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"warning": "Food"}, "has no warnings"),
        ({"poll": PollDraft(("a", "b"))}, "has no polls"),
        ({"audience": Audience.FOLLOWERS}, "shows every post to everybody"),
        ({"edits": "at://did:plc:a/app.bsky.feed.post/3lbsvw7qcjc2g"}, "changes no posts"),
    ],
)
async def test_what_bluesky_lacks_is_refused_before_it_leaves(
    server: Api, connect: Connect, changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Unsupported, match=sentence):
        await connect("alice").publish(text("Hello.", **changes))
    assert not server.asked


async def test_only_pictures_that_are_small_enough_are_handed_over(
    server: Api, connect: Connect, tmp_path: Path
) -> None:
    network = connect("alice")
    film, large = tmp_path / "a.mp4", tmp_path / "a.jpg"
    large.write_bytes(b"x" * 2_000_001)
    with pytest.raises(Unsupported, match="is no picture"):
        await network.upload(Upload(str(film), film.name, "video/mp4"))
    with pytest.raises(Refused, match="larger than the 2 MB"):
        await network.upload(Upload(str(large), large.name, "image/jpeg"))
    with pytest.raises(Refused, match="cannot be read"):
        await network.upload(Upload(str(film), "a.png", "image/png"))
    assert not server.methods("uploadBlob")


async def test_a_picture_that_the_server_has_forgotten_is_refused(
    server: Api, connect: Connect, tmp_path: Path
) -> None:
    network = connect("alice")
    path = tmp_path / "a.png"
    path.write_bytes(PICTURE)
    picture = await network.upload(Upload(str(path), path.name, "image/png"))
    server.world.blobs.clear()
    with pytest.raises(Refused, match="is not on the server any more"):
        await network.publish(text("Look.", media=(picture,)))
    with pytest.raises(Refused, match="attach it again"):
        await network.publish(text("Look.", media=("4711",)))


# Acts


async def test_a_favourite_made_a_moment_ago_can_be_taken_back_before_it_is_shown(
    server: Api, connect: Connect
) -> None:
    network = connect("alice")
    post = server.world.post_as("bob", "Nice.")
    await network.act(Act(ActKind.FAVOURITE, post.uri))
    like = server.world.of("app.bsky.feed.like")[0]
    view = {"uri": post.uri, "cid": post.cid, "author": {"did": server.world.named("bob").did}}
    server.faults["app.bsky.feed.getPosts"] = [{"posts": [{**view, "record": post.value}]}]
    await network.act(Act(ActKind.UNFAVOURITE, post.uri))
    assert like.uri not in server.world.records


async def test_a_second_favourite_leaves_the_first_where_it_is(
    server: Api, connect: Connect
) -> None:
    network = connect("alice")
    post = server.world.post_as("bob", "Nice.")
    for _ in range(2):
        await network.act(Act(ActKind.FAVOURITE, post.uri))
    assert len(server.methods("createRecord")) == 1


async def test_a_boost_in_a_feed_is_acted_upon_as_its_post(server: Api, connect: Connect) -> None:
    network = connect("alice")
    post = server.world.post_as("dan", "Pass it on.")
    boost = server.world.act_as("bob", "app.bsky.feed.repost", {"uri": post.uri, "cid": post.cid})
    await network.act(Act(ActKind.FAVOURITE, boost.uri))
    assert server.world.of("app.bsky.feed.like")[0].value["subject"]["uri"] == post.uri
    assert (await network.thread(boost.uri)).focus.post.text == "Pass it on."


async def test_people_are_followed_and_blocked_once_and_let_go(
    server: Api, connect: Connect
) -> None:
    network = connect("alice")
    dan = server.world.named("dan").did
    for do, undo, collection in (
        (ActKind.FOLLOW, ActKind.UNFOLLOW, "app.bsky.graph.follow"),
        (ActKind.BLOCK, ActKind.UNBLOCK, "app.bsky.graph.block"),
    ):
        for _ in range(2):
            await network.act(Act(do, dan))
        mine = server.world.of(collection, server.world.named("alice").did)
        assert [one.value["subject"] for one in mine].count(dan) == 1
        for _ in range(2):
            await network.act(Act(undo, dan))
        mine = server.world.of(collection, server.world.named("alice").did)
        assert dan not in [one.value["subject"] for one in mine]


async def test_somebody_is_put_on_a_list_once_and_taken_off(server: Api, connect: Connect) -> None:
    network = connect("alice")
    me, bob = server.world.named("alice").did, server.world.named("bob").did
    made = {"name": "Friends", "purpose": "app.bsky.graph.defs#curatelist"}
    listed = server.world.put(me, "app.bsky.graph.list", made)
    for _ in range(2):
        await network.act(Act(ActKind.LIST, bob, listed.uri))
    assert len(server.world.of("app.bsky.graph.listitem")) == 1
    for _ in range(2):
        await network.act(Act(ActKind.UNLIST, bob, listed.uri))
    assert not server.world.of("app.bsky.graph.listitem")


async def test_posts_of_others_are_not_deleted(server: Api, connect: Connect) -> None:
    post = server.world.post_as("bob", "Mine.")
    with pytest.raises(Refused, match="Only its author"):
        await connect("alice").act(Act(ActKind.DELETE, post.uri))
    await connect("alice").act(Act(ActKind.DELETE, "999"))
    assert post.uri in server.world.records


async def test_a_mute_for_a_time_is_refused_rather_than_for_good(
    server: Api, connect: Connect
) -> None:
    with pytest.raises(Unsupported, match="for good only"):
        await connect("alice").act(
            Act(ActKind.MUTE, server.world.named("dan").did, lasts=3_600_000)
        )
    assert not server.world.named("alice").mutes
