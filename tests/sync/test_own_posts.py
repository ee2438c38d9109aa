"""Own posts on their way: an edit is seen before it leaves, a text written anew waits for the deletion."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from support.scripted_network import HOME
from support.sync_desk import Desk, stored

from tui_inbox.commands import own_posts, sending, silencing
from tui_inbox.commands.context import Context
from tui_inbox.core.account import Limits
from tui_inbox.core.act import ActKind
from tui_inbox.core.outbox_state import HOLD, OutboxState
from tui_inbox.core.ports import Refused
from tui_inbox.core.post import Audience, SeenPost
from tui_inbox.core.versions import Original
from tui_inbox.queries.accounts import viewer
from tui_inbox.queries.outbox import rows as shown_rows
from tui_inbox.queries.overviews import OutboxItem
from tui_inbox.queries.post_rows import rows_of
from tui_inbox.queries.rows import PostRow, Scope
from tui_inbox.store import accounts, outbox
from tui_inbox.store.database import Connection
from tui_inbox.sync.outbox import ABOVE_NOT_SENT, Door, Outbox

TYPED = Original("The kettle is on.")


@pytest.fixture
def ctx(desk: Desk) -> Context:
    """The hands of the owner, whose server lets posts be edited."""
    desk.store.write(
        lambda w: accounts.set_limits(
            w,
            desk.account.id,
            Limits(edits=True),
            usual_audience=Audience.PUBLIC,
            usual_language=None,
        )
    ).result()
    return Context(desk.store, desk.clock)


async def posted(desk: Desk) -> SeenPost:
    """A post of the owner's that stands in the home timeline."""
    seen = desk.network.write("me", "The kettle is on.")
    desk.network.home(seen)
    await desk.backfill.catch_up(HOME)
    return seen


async def leaves(desk: Desk) -> None:
    """The hold is over, and what may leave leaves."""
    desk.clock.time += HOLD
    doors = {desk.account.id: Door(desk.network, desk.network.honours_keys)}
    await Outbox(desk.store, desk.ingest, desk.clock, doors, lease="test").work(desk.account.id)


def shown(desk: Desk, seen: SeenPost) -> PostRow:
    """The post as panes show it."""
    post = stored(desk, seen).id

    def read(db: Connection) -> PostRow:
        eyes = viewer(db, desk.account.id)
        assert eyes is not None
        return rows_of(db, eyes, [post], context=None)[post]

    return desk.store.read(read).result()


def states(desk: Desk) -> list[tuple[str, OutboxState]]:
    return [(row.kind, row.state) for row in desk.store.read(outbox.rows).result()]


def items(desk: Desk) -> tuple[OutboxItem, ...]:
    """The outbox as its page shows it."""
    return desk.store.read(lambda db: shown_rows(db, Scope((desk.account.id,)))).result()


async def edited(desk: Desk, ctx: Context, seen: SeenPost, text: str) -> None:
    draft = own_posts.edit(ctx, desk.account.id, stored(desk, seen).id, TYPED).result()
    sending.send(ctx, replace(draft, text=text)).result()


async def test_an_edit_is_seen_at_once_and_is_what_the_server_has_then(
    desk: Desk, ctx: Context
) -> None:
    seen = await posted(desk)
    await edited(desk, ctx, seen, "The kettle is off.")
    assert shown(desk, seen).text == "The kettle is off."
    assert stored(desk, seen).post.text == "The kettle is on."
    await leaves(desk)
    assert states(desk) == [("edit", OutboxState.SENT)]
    assert shown(desk, seen).text == stored(desk, seen).post.text == "The kettle is off."


async def test_a_refused_edit_is_rolled_back_with_the_servers_words(
    desk: Desk, ctx: Context
) -> None:
    seen = await posted(desk)
    await edited(desk, ctx, seen, "The kettle is off.")
    desk.network.fail("publish", Refused("No more edits today."))
    await leaves(desk)
    assert shown(desk, seen).text == "The kettle is on."
    (row,) = items(desk)
    assert (row.what, row.reason) == ("change of your post", "No more edits today.")


async def test_a_text_written_anew_leaves_after_the_deletion(desk: Desk, ctx: Context) -> None:
    seen = await posted(desk)
    draft = own_posts.redraft(ctx, desk.account.id, stored(desk, seen).id, TYPED).result()
    sending.send(ctx, draft).result()
    await leaves(desk)
    await leaves(desk)
    assert states(desk) == [(ActKind.DELETE, OutboxState.SENT), ("post", OutboxState.SENT)]
    assert [one.post.text for one in desk.network.published.values()] == ["The kettle is on."]


async def test_where_the_deletion_is_refused_nothing_stands_there_twice(
    desk: Desk, ctx: Context
) -> None:
    seen = await posted(desk)
    draft = own_posts.redraft(ctx, desk.account.id, stored(desk, seen).id, TYPED).result()
    sending.send(ctx, draft).result()
    desk.network.fail("act", Refused("Not now."))
    await leaves(desk)
    await leaves(desk)
    assert not shown(desk, seen).deleted
    assert desk.network.published == {}
    deletion, text = items(desk)
    assert (deletion.state, deletion.reason) == (OutboxState.REFUSED, "Not now.")
    assert (text.state, text.reason) == (OutboxState.WAITING, ABOVE_NOT_SENT)
    sending.retry(ctx, deletion.id).result()
    sending.retry(ctx, text.id).result()
    await leaves(desk)
    await leaves(desk)
    assert [one.post.text for one in desk.network.published.values()] == ["The kettle is on."]


async def test_a_conversation_is_muted_on_all_its_posts_or_on_none(
    desk: Desk, ctx: Context
) -> None:
    seen = await posted(desk)
    answer = desk.network.write("ann", "Mine too.", to=seen)
    desk.network.home(answer)
    await desk.backfill.catch_up(HOME)
    silencing.toggle_talk(ctx, desk.account.id, stored(desk, seen).id).result()
    desk.network.fail("act", Refused("No such thing here."))
    await leaves(desk)
    assert shown(desk, seen).did == shown(desk, answer).did == ()
    silencing.toggle_talk(ctx, desk.account.id, stored(desk, seen).id).result()
    await leaves(desk)
    assert shown(desk, seen).did == shown(desk, answer).did == ("conversation muted",)
