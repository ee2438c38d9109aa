"""Private conversations that were read, here or with another client: both come to know, and neither forgets."""

from __future__ import annotations

import pytest
from support.scripted_network import ScriptedNetwork
from support.sync_desk import Desk

from tui_inbox.core.conversation import ItemState
from tui_inbox.core.other_clients import Talk
from tui_inbox.core.ports import Unreachable
from tui_inbox.core.post import Audience, SeenPost
from tui_inbox.store import items
from tui_inbox.sync.talks import Talks

NEW, SEEN, DONE = ItemState.NEW, ItemState.SEEN, ItemState.DONE


@pytest.fixture
def talks(desk: Desk) -> Talks:
    return Talks(desk.store, desk.ingest, desk.clock, desk.network, desk.account.id)


def say(
    network: ScriptedNetwork, name: str, *, unread: bool, to: SeenPost | None = None
) -> SeenPost:
    """Somebody says something in private; their conversation is the newest."""
    seen = network.write(name, f"From {name}.", names=["me"], audience=Audience.DIRECT, to=to)
    network.talks_told = [one for one in network.talks_told if one.talk_id != f"t-{name}"]
    network.talks_told.insert(0, Talk(f"t-{name}", unread, seen))
    return seen


def states(desk: Desk) -> list[ItemState]:
    found = desk.store.read(lambda db: items.items(db, [desk.account.id])).result()
    return [one.state for one in found]


def move(desk: Desk, state: ItemState, closed_by: str | None = None) -> None:
    """The owner does something with the item that came first."""
    (first, *_) = desk.store.read(lambda db: items.items(db, [desk.account.id])).result()
    desk.store.write(
        lambda w: items.set_state(w, first.id, state, at=first.changed_at, closed_by=closed_by)
    ).result()


def told_read(desk: Desk) -> list[str]:
    return [call for call in desk.network.calls if call.startswith("read_talk")]


async def test_what_was_said_in_private_is_in_the_inbox(desk: Desk, talks: Talks) -> None:
    say(desk.network, "ann", unread=True)
    await talks.read()
    assert states(desk) == [NEW]
    assert told_read(desk) == []


async def test_what_was_read_elsewhere_is_seen_here_and_still_waits(
    desk: Desk, talks: Talks
) -> None:
    say(desk.network, "ann", unread=True)
    await talks.read()
    say(desk.network, "ben", unread=False)
    await talks.read()
    assert states(desk) == [NEW, SEEN]


async def test_a_server_that_calls_everything_read_is_not_believed(
    desk: Desk, talks: Talks
) -> None:
    say(desk.network, "ann", unread=False)
    await talks.read()
    assert states(desk) == [NEW]


async def test_what_was_looked_at_here_is_read_on_the_server(desk: Desk, talks: Talks) -> None:
    say(desk.network, "ann", unread=True)
    say(desk.network, "ben", unread=True)
    await talks.read()
    await talks.tell()
    assert told_read(desk) == []
    move(desk, SEEN)
    await talks.tell()
    assert told_read(desk) == ["read_talk t-ann"]
    asked = list(desk.network.calls)
    await talks.tell()
    assert desk.network.calls == asked, "told once, and then nothing is asked"


async def test_what_nobody_has_looked_at_is_not_called_read(desk: Desk, talks: Talks) -> None:
    say(desk.network, "ann", unread=True)
    await talks.read()
    move(desk, DONE, closed_by="lapsed")
    await talks.read()
    assert told_read(desk) == []


async def test_what_came_since_the_last_look_keeps_a_conversation_unread(
    desk: Desk, talks: Talks
) -> None:
    first = say(desk.network, "ann", unread=True)
    await talks.read()
    move(desk, SEEN)
    say(desk.network, "ann", unread=True, to=first)  # the stream has not told of it
    await talks.tell()
    assert states(desk) == [NEW]
    assert told_read(desk) == []


async def test_a_conversation_read_here_and_there_is_never_made_unread(
    desk: Desk, talks: Talks
) -> None:
    say(desk.network, "ann", unread=True)
    await talks.read()
    move(desk, DONE, closed_by="done")
    await talks.read()
    await talks.read()
    assert states(desk) == [DONE]
    assert [talk.unread for talk in desk.network.talks_told] == [False]


async def test_what_could_not_be_told_is_told_the_next_time(desk: Desk, talks: Talks) -> None:
    say(desk.network, "ann", unread=True)
    await talks.read()
    move(desk, SEEN)
    desk.network.fail("read_talk", Unreachable("No line."))
    with pytest.raises(Unreachable):
        await talks.tell()
    await talks.tell()
    assert [talk.unread for talk in desk.network.talks_told] == [False]


async def test_a_conversation_whose_newest_post_is_gone_says_nothing(
    desk: Desk, talks: Talks
) -> None:
    desk.network.talks_told = [Talk("t-gone", unread=True), Talk("t-other", unread=False)]
    await talks.read()
    assert states(desk) == []
    assert told_read(desk) == []
