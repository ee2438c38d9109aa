"""Private conversations: read as posts for those who take part, and answered once."""

from __future__ import annotations

import json

import pytest
from networks.bluesky.conftest import Connect
from networks.contract import outgoing
from networks.memory_state import MemoryState
from support.fake_bluesky.api import DROP, Api, Fault
from support.fake_bluesky.chat import Convo
from support.fake_bluesky.world import Json

from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.draft import Outgoing
from tui_inbox.core.further_ports import TellsNoMessages
from tui_inbox.core.ports import AnswerLost, PageOf, Refused, Unsupported
from tui_inbox.core.post import Audience, Feed, FeedKind, SeenPost

SEND = "chat.bsky.convo.sendMessage"
DIRECT = Feed(FeedKind.DIRECT)


def convo_of(server: Api, *names: str) -> Convo:
    """The conversation of some people."""
    return server.chat.between(*(server.world.named(name).did for name in names))


def say(server: Api, convo: Convo, name: str, text: str) -> Json:
    """Let somebody say something there."""
    return server.chat.say(convo, server.world.named(name).did, server.world.past(), text)


def answer(to: SeenPost, text: str, key: str = "k1") -> Outgoing:
    """A private answer."""
    return outgoing(text, key=key, reply_to=to.view.server_id, audience=Audience.DIRECT)


def texts(convo: Convo) -> list[str]:
    """What was said in a conversation."""
    return [one["text"] for one in convo.messages]


# Reading


async def test_messages_are_posts_between_two_that_answer_each_other(
    server: Api, connect: Connect
) -> None:
    network = connect("alice")
    assert isinstance(network, TellsNoMessages)
    convo = convo_of(server, "bob", "alice")
    say(server, convo, "bob", "Are you there?")
    say(server, convo, "alice", "Yes.")
    first, second = await network.said_privately()
    assert [one.post.text for one in (first, second)] == ["Are you there?", "Yes."]
    assert first.post.audience is Audience.DIRECT
    assert [one.handle for one in first.post.mentions] == ["alice.test"]
    assert [one.handle for one in second.post.mentions] == ["bob.test"]
    assert first.post.reply_to is None
    assert second.post.reply_to is not None
    assert second.post.reply_to.uri == first.post.ref.uri
    assert second.post.reply_to.author_server_id == first.post.author.server_id
    assert not await network.said_privately()
    say(server, convo, "bob", "Good.")
    (third,) = await network.said_privately()
    assert third.post.reply_to is not None
    assert third.post.reply_to.uri == second.post.ref.uri


async def test_what_was_said_joins_what_was_read_however_much_it_was(
    server: Api, connect: Connect
) -> None:
    network = connect("alice")
    convo = convo_of(server, "bob", "alice")
    for number in range(60):
        say(server, convo, "bob", f"{number}")
    began = await network.said_privately()
    assert [one.post.text for one in began] == [str(number) for number in range(11, 60)]
    for number in range(60, 180):
        say(server, convo, "bob", f"{number}")
    assert [one.post.text for one in await network.said_privately()] == [
        str(number) for number in range(60, 180)
    ]
    thread = await network.thread(began[3].view.server_id)
    assert thread.focus.post.text == "14"
    assert [one.post.text for one in (*thread.above, *thread.below)] == [
        str(number) for number in range(180) if number != 14
    ][len(range(180)) - len(thread.above) - len(thread.below) - 1 :]


async def test_another_run_of_the_program_names_them_alike(server: Api, connect: Connect) -> None:
    convo = convo_of(server, "bob", "alice")
    for number in range(60):
        say(server, convo, "bob", f"{number}")
    one = await connect("alice").said_privately()
    other = await connect("alice").said_privately()
    assert [(a.post.ref, a.post.reply_to) for a in one] == [
        (b.post.ref, b.post.reply_to) for b in other
    ]


async def test_hostile_messages_are_clean_and_deleted_ones_left_out(
    server: Api, connect: Connect
) -> None:
    convo = convo_of(server, "bob", "alice")
    say(server, convo, "bob", "one \x1b[31mred\x1b[0m \u202eword")
    say(server, convo, "bob", "gone")["$type"] = "chat.bsky.convo.defs#deletedMessageView"
    say(server, convo, "bob", "../evil")["id"] = "../evil"
    (seen,) = await connect("alice").said_privately()
    assert "\x1b" not in seen.post.text
    assert "\u202e" not in seen.post.text


async def test_what_was_read_is_shared_with_other_apps(server: Api, connect: Connect) -> None:
    network = connect("alice")
    convo = convo_of(server, "bob", "alice")
    say(server, convo, "bob", "Hello.")
    (talk,) = await network.talks()
    assert talk.unread
    assert talk.newest is not None
    assert talk.newest.post.text == "Hello."
    await network.read_talk(talk.talk_id)
    assert [one.unread for one in await network.talks()] == [False]


async def test_the_newest_of_each_stand_in_a_feed(server: Api, connect: Connect) -> None:
    for name in ("bob", "carla"):
        say(server, convo_of(server, name, "alice"), name, f"I am {name}.")
    page = await connect("alice").feed(DIRECT, PageOf())
    assert [entry.seen.post.text for entry in page.entries] == ["I am carla.", "I am bob."]


# Where it is not allowed


async def test_a_password_that_does_not_reach_them_is_told_once_and_no_sign_out(
    server: Api, connect: Connect
) -> None:
    server.without_chat = True
    state = MemoryState()
    network = connect("alice", state=state)
    limits = (await network.identify()).limits
    assert limits.audiences == (Audience.PUBLIC,)
    for _ in range(2):
        with pytest.raises(Unsupported, match="app password that allows access"):
            await network.said_privately()
    lacks = {lack.kind: lack.sentence for lack in (await network.sources()).lacking}
    assert "app password" in lacks[FeedKind.DIRECT]
    assert len(server.methods("listConvos")) == 1
    assert "app password" in json.loads(state.kept["server"])["private"]
    assert (await network.feed(Feed(FeedKind.HOME), PageOf())).entries == ()


async def test_where_it_reaches_them_one_can_write_in_private(
    server: Api, connect: Connect
) -> None:
    network = connect("alice")
    assert (await network.identify()).limits.audiences == (Audience.PUBLIC, Audience.DIRECT)
    assert FeedKind.DIRECT in {one.feed.kind for one in (await network.sources()).offered}


# Sending


async def test_an_answer_goes_into_its_conversation_and_accepts_it(
    server: Api, connect: Connect
) -> None:
    network = connect("alice")
    convo = convo_of(server, "bob", "alice")
    convo.asked.add(server.world.named("alice").did)
    say(server, convo, "bob", "Do you have a minute?")
    (asked,) = await network.said_privately()
    sent = await network.publish(answer(asked, "Yes, https://example.com/x"))
    assert texts(convo)[-1] == "Yes, https://example.com/x"
    assert convo.messages[-1]["facets"]
    assert not convo.asked
    assert sent.post.reply_to is not None
    assert sent.post.reply_to.uri == asked.post.ref.uri
    assert not [one for one in await network.said_privately() if one.post.ref != sent.post.ref]


@pytest.mark.parametrize("lost", [1, 2])
async def test_a_message_whose_answers_are_lost_is_sent_once(
    server: Api, connect: Connect, lost: int
) -> None:
    state = MemoryState()
    convo = convo_of(server, "bob", "alice")
    say(server, convo, "alice", "ok")
    say(server, convo, "bob", "Well?")
    asked = (await connect("alice").said_privately())[-1]
    server.faults[SEND] = [DROP]
    with pytest.raises(AnswerLost):
        await connect("alice", state=state).publish(answer(asked, "ok"))
    for _ in range(lost):
        again = await connect("alice", state=state).publish(answer(asked, "ok"))
    assert again.post.text == "ok"
    assert texts(convo) == ["ok", "Well?", "ok"]


async def test_the_same_words_twice_are_two_messages(server: Api, connect: Connect) -> None:
    network = connect("alice")
    convo = convo_of(server, "bob", "alice")
    say(server, convo, "bob", "Well?")
    (asked,) = await network.said_privately()
    server.faults[SEND] = [Fault(502, "UpstreamFailure", "Upstream service unreachable")]
    with pytest.raises(AnswerLost):
        await network.publish(answer(asked, "ok", "k1"))
    await network.publish(answer(asked, "ok", "k2"))
    await network.publish(answer(asked, "ok", "k1"))
    assert texts(convo) == ["Well?", "ok", "ok"]


async def test_a_first_message_goes_to_the_one_it_names(server: Api, connect: Connect) -> None:
    network = connect("alice")
    text = outgoing("@bob.test are you free?", audience=Audience.DIRECT)
    await network.publish(text)
    assert texts(convo_of(server, "alice", "bob")) == ["@bob.test are you free?"]
    with pytest.raises(Refused, match="has to be named"):
        await network.publish(outgoing("Anybody?", audience=Audience.DIRECT, key="k2"))


async def test_what_is_private_stays_so_and_what_it_lacks_is_said(
    server: Api, connect: Connect
) -> None:
    network = connect("alice")
    convo = convo_of(server, "bob", "alice")
    say(server, convo, "bob", "Between us.")
    (asked,) = await network.said_privately()
    post = server.world.post_as("bob", "For all.")
    with pytest.raises(Refused, match="in private only"):
        await network.publish(outgoing("Look.", reply_to=asked.view.server_id))
    with pytest.raises(Unsupported, match="cannot be answered in private"):
        await network.publish(outgoing("Psst.", reply_to=post.uri, audience=Audience.DIRECT))
    with pytest.raises(Unsupported, match="for posts only"):
        await network.act(Act(ActKind.FAVOURITE, asked.view.server_id))
    await network.act(Act(ActKind.MUTE_TALK, asked.view.server_id))
    assert convo.muted
    assert not (await network.posts([asked.view.server_id])).gone
    assert texts(convo) == ["Between us."]
