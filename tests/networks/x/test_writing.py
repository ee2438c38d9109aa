"""Writing on X: what it costs, what it refuses, and how a text is known again without a key."""

from __future__ import annotations

import pytest
from networks.contract import outgoing
from networks.x.conftest import Connect
from networks.x.spend_in_memory import SpendInMemory
from support.fake_x import bill
from support.fake_x.answers import Fault
from support.fake_x.api import Api, Drop

from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.moment import HOUR
from tui_inbox.core.ports import AnswerLost, Overspent, PageOf, Refused, Unsupported
from tui_inbox.core.post import Audience, Feed, FeedKind
from tui_inbox.networks.x.failures import Duplicate, NotSummoned

OWN = Feed(FeedKind.OWN)
CREATE = "POST /2/tweets"


def paid(server: Api) -> int:
    return server.bill(server.world.named("alice").id).total


async def test_each_text_costs_what_its_kind_costs(server: Api, connect: Connect) -> None:
    spend = SpendInMemory()
    network = connect(spend=spend)
    called = server.world.post_as("bob", "@alice are you there?")
    await network.publish(outgoing("Plain."))
    await network.publish(outgoing("Here.", reply_to=called.id))
    await network.publish(outgoing("See https://quayside.org/tides"))
    assert spend.total == paid(server) == bill.WRITE + bill.SUMMONED + bill.WITH_ADDRESS


async def test_a_text_that_costs_more_than_is_left_does_not_leave(
    server: Api, connect: Connect
) -> None:
    network = connect(cap=100_000)
    with pytest.raises(Overspent, match="nothing was asked"):
        await network.publish(outgoing("See https://quayside.org/tides"))
    assert not server.asked


async def test_a_text_whose_answer_was_lost_is_known_by_the_refusal_of_the_second_try(
    server: Api, connect: Connect
) -> None:
    spend = SpendInMemory()
    network = connect(spend=spend)
    text = outgoing("Kettle on.", created_at=server.world.now())
    server.faults[CREATE] = [Drop()]
    with pytest.raises(AnswerLost):
        await network.publish(text)
    assert spend.total == paid(server)
    sent = await network.publish(text)
    assert sent.post.text == "Kettle on."
    own = await network.feed(OWN, PageOf())
    assert [entry.seen.post.ref for entry in own.entries] == [sent.post.ref]


async def test_the_same_words_of_another_day_are_no_proof(server: Api, connect: Connect) -> None:
    now = server.world.now()
    server.world.post_as("alice", "Good morning.", at=now - 20 * HOUR)
    with pytest.raises(Duplicate, match="not posted a second time"):
        await connect().publish(outgoing("Good morning.", created_at=now))


async def test_trouble_leaves_the_fate_of_a_text_open(server: Api, connect: Connect) -> None:
    server.faults[CREATE] = [Fault(503, "Service Unavailable")]
    with pytest.raises(AnswerLost):
        await connect().publish(outgoing("Kettle on."))


async def test_who_was_not_called_upon_is_told_where_to_answer(
    server: Api, connect: Connect
) -> None:
    spend = SpendInMemory()
    other = server.world.post_as("dan", "To nobody.")
    with pytest.raises(NotSummoned, match="your browser can answer"):
        await connect(spend=spend).publish(outgoing("But me.", reply_to=other.id))
    assert spend.total == paid(server) == 0


async def test_a_letter_that_has_a_meaning_on_the_wire_comes_back_as_it_was_typed(
    server: Api, connect: Connect
) -> None:
    network = connect()
    sent = await network.publish(outgoing("1 < 2 & 3 > 2, see https://quayside.org/a?b=1&c=2"))
    assert sent.post.text == "1 < 2 & 3 > 2, see https://quayside.org/a?b=1&c=2"
    assert [link.url for link in sent.post.links] == ["https://quayside.org/a?b=1&c=2"]
    own = await network.feed(OWN, PageOf())
    assert own.entries[0].seen.post.text == sent.post.text


async def test_acts_are_paid_and_those_that_are_not_sold_are_said_to_be_so(
    server: Api, connect: Connect
) -> None:
    spend = SpendInMemory()
    network = connect(spend=spend)
    post = server.world.post_as("bob", "Line 1")
    bob = server.world.named("bob").id
    for kind, target in (
        (ActKind.BOOST, post.id),
        (ActKind.UNBOOST, post.id),
        (ActKind.BOOKMARK, post.id),
        (ActKind.UNBOOKMARK, post.id),
        (ActKind.MUTE, bob),
        (ActKind.UNMUTE, bob),
    ):
        await network.act(Act(kind, target))
    assert spend.total == paid(server)
    for kind in (ActKind.FAVOURITE, ActKind.FOLLOW, ActKind.BLOCK, ActKind.REPORT):
        with pytest.raises(Unsupported, match="your browser can"):
            await network.act(Act(kind, post.id))
    with pytest.raises(Refused):
        await network.act(Act(ActKind.BOOKMARK, "../../x"))
    assert spend.total == paid(server)


async def test_nothing_leaves_with_less_than_was_asked_for(server: Api, connect: Connect) -> None:
    network = connect()
    for asked in (
        {"warning": "Tea"},
        {"sensitive": True},
        {"audience": Audience.FOLLOWERS},
        {"quotes": "1"},
        {"edits": "1"},
    ):
        with pytest.raises((Refused, Unsupported)):
            await network.publish(outgoing("Kettle on.", **asked))
    assert not server.asked
