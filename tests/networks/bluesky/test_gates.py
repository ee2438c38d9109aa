"""Who may answer: asked before anything is written, and said with a post of one's own, both or none."""

from __future__ import annotations

import pytest
from networks.bluesky.conftest import Connect
from networks.contract import outgoing
from support.fake_bluesky.api import DROP, Api, Fault

from tui_inbox.core.answerers import Answerers, Openness
from tui_inbox.core.further_ports import TellsOpenness
from tui_inbox.core.ports import AnswerLost

GATE = "app.bsky.feed.threadgate"
APPLY = "com.atproto.repo.applyWrites"
NOW = 1_790_000_000_123


async def test_what_may_not_be_answered_or_quoted_is_told_before_anything_is_written(
    server: Api, connect: Connect
) -> None:
    network = connect("alice")
    assert isinstance(network, TellsOpenness)
    root = server.world.post_as("bob", "For friends.")
    server.world.closed_to[root.uri] = {server.world.named("alice").did}
    below = server.world.reply_as("carla", root, "I am one.")
    server.world.no_quotes.add(below.uri)
    told = await network.openness(below.uri)
    assert "lets only some people answer" in told.answers
    assert "lets nobody quote it" in told.quotes
    assert await network.openness(server.world.post_as("bob", "For all.").uri) == Openness()
    assert await network.openness("at://did:plc:a/app.bsky.feed.post/3lbsvw7qcjc2g") == Openness()


@pytest.mark.parametrize(
    ("answerers", "rules"),
    [
        (Answerers.FOLLOWED, [f"{GATE}#followingRule", f"{GATE}#mentionRule"]),
        (Answerers.MENTIONED, [f"{GATE}#mentionRule"]),
        (Answerers.NOBODY, []),
    ],
)
async def test_a_post_and_its_gate_are_written_together(
    server: Api, connect: Connect, answerers: Answerers, rules: list[str]
) -> None:
    sent = await connect("alice").publish(outgoing("Hm.", created_at=NOW, answerers=answerers))
    (gate,) = server.world.of(GATE)
    assert gate.uri.rpartition("/")[2] == sent.view.server_id.rpartition("/")[2]
    assert gate.value["post"] == sent.view.server_id
    assert [rule["$type"] for rule in gate.value["allow"]] == rules
    assert server.methods("applyWrites") == [APPLY]


async def test_an_answer_and_what_all_may_answer_have_no_gate(
    server: Api, connect: Connect
) -> None:
    network = connect("alice")
    parent = server.world.post_as("bob", "Well?")
    await network.publish(outgoing("Open.", created_at=NOW))
    await network.publish(
        outgoing("Yes.", created_at=NOW, reply_to=parent.uri, answerers=Answerers.NOBODY)
    )
    assert not server.world.of(GATE)


async def test_a_gated_text_whose_answers_are_lost_is_posted_once(
    server: Api, connect: Connect
) -> None:
    sent = outgoing("Only once.", created_at=NOW, answerers=Answerers.NOBODY)
    server.faults[APPLY] = [DROP]
    server.faults["com.atproto.repo.getRecord"] = [
        Fault(400, "RecordNotFound", "Could not locate record"),
        Fault(502, "UpstreamFailure", "Upstream service unreachable"),
    ]
    with pytest.raises(AnswerLost):
        await connect("alice").publish(sent)
    again = await connect("alice").publish(sent)
    assert again.post.text == "Only once."
    assert len(server.world.of(GATE)) == 1
    mine = server.world.of("app.bsky.feed.post", server.world.named("alice").did)
    assert [one.value["text"] for one in mine] == ["Only once."]


async def test_two_programs_at_once_make_one_post_of_a_row(server: Api, connect: Connect) -> None:
    sent = outgoing("Only once.", created_at=NOW, answerers=Answerers.NOBODY)
    first = await connect("alice").publish(sent)
    missing = Fault(400, "RecordNotFound", "Could not locate record")
    server.faults["com.atproto.repo.getRecord"] = [missing]  # the other had not written it yet
    assert (await connect("alice").publish(sent)).post.ref == first.post.ref
