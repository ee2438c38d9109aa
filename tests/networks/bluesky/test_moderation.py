"""Muted words, hidden posts and labels: what they do, and what is left as it is when one of them is changed."""

from __future__ import annotations

from typing import Any

import pytest
from networks.bluesky.conftest import Connect
from networks.contract import HOME
from support.fake_bluesky.api import Api
from support.fake_bluesky.world import when

from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.ports import PageOf
from tui_inbox.core.post import FilterAction
from tui_inbox.networks.bluesky.moderation import rules_in

WORDS = "app.bsky.actor.defs#mutedWordsPref"
LABELER = "did:plc:labeler"


def muted(value: str, **options: Any) -> dict[str, Any]:
    """A muted word as other apps write it."""
    return {"id": "1", "value": value, "targets": ["content", "tag"], **options}


async def seen(server: Api, connect: Connect, *preferences: dict[str, Any]) -> dict[str, Any]:
    """What is done to each post of alice's home feed, by its text."""
    server.world.named("alice").preferences = list(preferences)
    page = await connect("alice").feed(HOME, PageOf())
    return {
        entry.seen.post.text: [(hit.title, hit.action) for hit in entry.seen.view.filtered]
        for entry in page.entries
    }


def tagged(text: str, tag: str) -> list[dict[str, Any]]:
    """The facet of a tag."""
    start = len(text[: text.index("#" + tag)].encode())
    place = {"byteStart": start, "byteEnd": start + len(tag.encode()) + 1}
    return [{"index": place, "features": [{"$type": "app.bsky.richtext.facet#tag", "tag": tag}]}]


async def test_a_muted_word_hides_what_holds_it(server: Api, connect: Connect) -> None:
    for text in ("Football tonight.", "A footballer.", "Nothing of it."):
        server.world.post_as("bob", text)
    server.world.post_as("alice", "My football.")
    told = await seen(server, connect, {"$type": WORDS, "items": [muted("football")]})
    assert told == {
        "Football tonight.": [("football", FilterAction.HIDE)],
        "A footballer.": [],
        "Nothing of it.": [],
        "My football.": [],
    }


async def test_a_word_may_be_meant_as_a_tag_only(server: Api, connect: Connect) -> None:
    server.world.post_as("bob", "Sea air.")
    server.world.post_as("bob", "To the #sea", facets=tagged("To the #sea", "sea"))
    word = {"$type": WORDS, "items": [muted("sea", targets=["tag"])]}
    told = await seen(server, connect, word)
    assert told == {"Sea air.": [], "To the #sea": [("sea", FilterAction.HIDE)]}


async def test_a_word_may_spare_whom_one_follows(server: Api, connect: Connect) -> None:
    post = server.world.post_as("dan", "Rain, says Dan.")
    server.world.post_as("bob", "Rain, says Bob.")
    subject = {"uri": post.uri, "cid": post.cid}
    server.world.act_as("carla", "app.bsky.feed.repost", subject)
    word = {"$type": WORDS, "items": [muted("rain", actorTarget="exclude-following")]}
    told = await seen(server, connect, word)
    assert told == {"Rain, says Dan.": [("rain", FilterAction.HIDE)], "Rain, says Bob.": []}


async def test_a_word_may_be_muted_until_a_moment(server: Api, connect: Connect) -> None:
    server.world.post_as("bob", "Rain and wind.")
    now = server.world.now()
    items = [
        muted("rain", expiresAt=when(now - 1_000)),
        muted("wind", expiresAt=when(now + 60_000)),
    ]
    told = await seen(server, connect, {"$type": WORDS, "items": items})
    assert told == {"Rain and wind.": [("wind", FilterAction.HIDE)]}


async def test_words_of_scripts_without_spaces_are_found_within_others(
    server: Api, connect: Connect
) -> None:
    server.world.post_as("bob", "日本語の天気です")
    told = await seen(server, connect, {"$type": WORDS, "items": [muted("天気")]})
    assert told == {"日本語の天気です": [("天気", FilterAction.HIDE)]}


async def test_a_hidden_post_is_hidden(server: Api, connect: Connect) -> None:
    post = server.world.post_as("bob", "Seen enough.")
    hidden = {"$type": "app.bsky.actor.defs#hiddenPostsPref", "items": [post.uri]}
    told = await seen(server, connect, hidden)
    assert told == {"Seen enough.": [("hidden by you", FilterAction.HIDE)]}


@pytest.mark.parametrize(
    ("label", "preferences", "action"),
    [
        ("!hide", [], FilterAction.HIDE),
        ("!warn", [], FilterAction.WARN),
        ("porn", [], FilterAction.HIDE),
        ("graphic-media", [], FilterAction.HIDE),
        ("nudity", [], None),
        ("!no-unauthenticated", [], None),
        ("something-new", [], None),
        ("graphic-media", ["adult"], FilterAction.BLUR),
        ("sexual", ["adult"], FilterAction.BLUR),
        ("porn", ["adult"], FilterAction.HIDE),
        ("porn", ["adult", ("", "porn", "warn")], FilterAction.BLUR),
        ("porn", ["adult", ("", "porn", "ignore")], None),
        ("nudity", [("", "nudity", "warn")], FilterAction.BLUR),
        ("rude", [(LABELER, "rude", "warn")], FilterAction.WARN),
        ("rude", [(LABELER, "rude", "hide")], FilterAction.HIDE),
        ("rude", [("did:plc:other", "rude", "hide")], None),
    ],
)
async def test_what_labels_do(
    server: Api,
    connect: Connect,
    label: str,
    preferences: list[Any],
    action: FilterAction | None,
) -> None:
    post = server.world.post_as("bob", "A post.")
    server.world.labels[post.uri] = [{"src": LABELER, "uri": post.uri, "val": label}]
    told = await seen(server, connect, *map(preference, preferences))
    assert [one for _, one in told["A post."]] == ([action] if action else [])


def preference(short: str | tuple[str, str, str]) -> dict[str, Any]:
    """A preference about labels, in full."""
    if isinstance(short, str):
        return {"$type": "app.bsky.actor.defs#adultContentPref", "enabled": True}
    labeler, label, visibility = short
    said = {"label": label, "visibility": visibility}
    kind = {"$type": "app.bsky.actor.defs#contentLabelPref", **said}
    return {**kind, "labelerDid": labeler} if labeler else kind


async def test_a_label_that_was_taken_back_or_has_ended_does_nothing(
    server: Api, connect: Connect
) -> None:
    post = server.world.post_as("bob", "A post.")
    hide = {"src": LABELER, "uri": post.uri, "val": "!hide"}
    ended = {**hide, "src": "did:plc:other", "exp": when(server.world.now() - 1_000)}
    server.world.labels[post.uri] = [hide, {**hide, "neg": True}, ended]
    assert await seen(server, connect) == {"A post.": []}


async def test_nobody_hides_their_own_posts_from_others(server: Api, connect: Connect) -> None:
    post = server.world.post_as("bob", "A post.")
    own = {"src": server.world.named("bob").did, "uri": post.uri, "val": "!hide"}
    server.world.labels[post.uri] = [own]
    assert await seen(server, connect) == {"A post.": []}


async def test_labels_of_an_author_stand_on_all_they_write(server: Api, connect: Connect) -> None:
    server.world.post_as("bob", "A post.")
    bob = server.world.named("bob").did
    server.world.labels[bob] = [{"src": LABELER, "uri": bob, "val": "!warn"}]
    told = await seen(server, connect)
    assert told == {"A post.": [("moderators warn of it", FilterAction.WARN)]}


async def test_whose_labels_are_wanted_is_said_with_each_request(
    server: Api, connect: Connect
) -> None:
    kind = "app.bsky.actor.defs#labelersPref"
    await seen(server, connect, {"$type": kind, "labelers": [{"did": LABELER}, {"did": "x"}]})
    asked = server.headers[-1]
    assert asked["atproto-accept-labelers"].endswith(f";redact, {LABELER}")
    server.headers.clear()
    await seen(server, connect)
    assert "atproto-accept-labelers" not in server.headers[-1]


async def test_a_word_is_muted_and_all_other_preferences_stay(
    server: Api, connect: Connect
) -> None:
    network = connect("alice")
    others = [
        {"$type": "app.bsky.actor.defs#somethingNew", "odd": [1, None]},
        {"$type": WORDS, "items": [muted("rain", actorTarget="all")], "unknown": True},
        "not even a preference",
    ]
    alice = server.world.named("alice")
    alice.preferences = others
    for _ in range(2):
        await network.act(Act(ActKind.HIDE_WORD, "football"))
    words = next(one for one in alice.preferences if isinstance(one, dict) and "unknown" in one)
    assert [item["value"] for item in words["items"]] == ["rain", "football"]
    assert words["items"][1]["targets"] == ["content", "tag"]
    assert others[0] in alice.preferences
    assert others[2] in alice.preferences
    await network.act(Act(ActKind.SHOW_WORD, "football"))
    words = next(one for one in alice.preferences if isinstance(one, dict) and "unknown" in one)
    assert words["items"] == [muted("rain", actorTarget="all")]
    assert len(server.methods("putPreferences")) == 2


async def test_rules_of_the_last_run_hold_before_they_are_read_again(
    server: Api, connect: Connect
) -> None:
    from networks.memory_state import MemoryState

    state = MemoryState()
    server.world.named("alice").preferences = [{"$type": WORDS, "items": [muted("rain")]}]
    await connect("alice", state=state).preferences()
    server.world.post_as("bob", "Rain.")
    server.asked.clear()
    page = await connect("alice", state=state).feed(HOME, PageOf())
    assert page.entries[0].seen.view.filtered
    assert not server.methods("getPreferences")


@pytest.mark.parametrize(
    "told",
    [
        [{"$type": WORDS, "items": "x"}],
        [{"$type": WORDS, "items": [None, {"value": 7}, {"value": ""}, muted("a", targets=[7])]}],
        [{"$type": "app.bsky.actor.defs#hiddenPostsPref", "items": [7]}],
        [{"$type": "app.bsky.actor.defs#contentLabelPref", "label": 7, "visibility": "hide"}],
        [{"$type": "app.bsky.actor.defs#labelersPref", "labelers": [7, {"did": 7}]}],
        [None, 7, {}, {"$type": None}],
    ],
)
def test_preferences_of_another_form_are_no_rules(told: list[Any]) -> None:
    assert rules_in(told) == rules_in([])
