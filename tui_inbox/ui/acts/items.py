"""Keys that deal with the selected thing: done, later, junk, favourite, and their like."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from tui_inbox.commands import acts as act_commands
from tui_inbox.commands import items as item_commands
from tui_inbox.commands import searches as search_commands
from tui_inbox.commands.later import Later, later_choices, parse_later
from tui_inbox.core.act import ActKind
from tui_inbox.core.capability import Elsewhere, No, can
from tui_inbox.core.conversation import Lane
from tui_inbox.queries.rows import ItemRow, PostRow
from tui_inbox.ui.acts.groups import gather
from tui_inbox.ui.acts.handler import Handler
from tui_inbox.ui.acts.people import dealt_with
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.key_words import key_for, last_key_for
from tui_inbox.ui.panes.pane import Pane
from tui_inbox.ui.panes.searches import SearchesPane
from tui_inbox.ui.screens.thread import ThreadPage
from tui_inbox.ui.target import Target


def _with_target(do: Callable[[Desk, Pane, Target], None]) -> Handler:
    """A handler for what is selected; says so when nothing is."""

    def handle(desk: Desk, here: Pane) -> None:
        target = here.target()
        if target is None:
            desk.say(here.nothing())
        else:
            do(desk, here, target)

    return handle


def _with_post(do: Callable[[Desk, Target, PostRow], None]) -> Handler:
    """A handler for the selected post."""

    def handle(desk: Desk, here: Pane, target: Target) -> None:
        if target.post is None:
            desk.say("There is no post here.")
        else:
            do(desk, target, target.post)

    return _with_target(handle)


def _with_item(do: Callable[[Desk, ItemRow], None]) -> Handler:
    """A handler for the conversation that the selected thing belongs to. A thread of it is closed."""

    def handle(desk: Desk, here: Pane, target: Target) -> None:
        if target.item is None:
            desk.say("This is no conversation of the Inbox.")
        else:
            do(desk, target.item)
            _leave_thread(desk, here)

    return _with_target(handle)


def _leave_thread(desk: Desk, here: Pane) -> None:
    """What is off the plate need not stay on the screen."""
    if isinstance(here, ThreadPage):
        desk.close_page(here)


# Off the plate


def done(desk: Desk, here: Pane, target: Target) -> None:
    """Off my plate, wherever it stands."""
    ctx = desk.services.ctx
    if target.item is not None:
        desk.follow(item_commands.done(ctx, target.item.id))
    elif target.hit is not None:
        hit = target.hit
        desk.follow(item_commands.done_hit(ctx, hit.search, hit.post.id, alone=hit.alone))
    elif target.row is not None:
        desk.follow(dealt_with(ctx, target.row))
    else:
        desk.say("This does not wait for you.")
        return
    _leave_thread(desk, here)


def _later(letter: str) -> Handler:
    def put_off(desk: Desk, here: Pane, target: Target) -> None:
        choices = later_choices(desk.services.now())
        choice = next(choice for choice in choices if choice.key == letter)
        _put_off(desk, here, target, choice.later)

    return _with_target(put_off)


def _put_off(desk: Desk, here: Pane, target: Target, when: Later) -> None:
    """Put a conversation off, or a hit. A thread of it is closed."""
    ctx, hit = desk.services.ctx, target.hit
    if target.item is not None:
        desk.follow(item_commands.later(ctx, target.item.id, when))
    elif hit is not None:
        desk.follow(item_commands.later_hit(ctx, hit.search, hit.post.id, when, alone=hit.alone))
    else:
        desk.say("This is no conversation of the Inbox, and no hit.")
        return
    _leave_thread(desk, here)


def later_typed(desk: Desk, here: Pane, target: Target) -> None:
    """Put off until a time that is typed; its first digit was the key."""
    if target.item is None and target.hit is None:
        desk.say("This is no conversation of the Inbox, and no hit.")
    else:
        desk.opening(_ask_time(desk, here, target, desk.pressed))


async def _ask_time(desk: Desk, here: Pane, target: Target, begun: str) -> None:
    text = await desk.ask_line("later, until", begun)
    if text:
        try:
            when = parse_later(text, desk.services.now())
        except ValueError as error:
            desk.say(str(error))
        else:
            _put_off(desk, here, target, when)


def junk(desk: Desk, item: ItemRow) -> None:
    """Gone here; the server is not told."""
    desk.follow(item_commands.junk(desk.services.ctx, item.id))


def let_in(desk: Desk, here: Pane, target: Target) -> None:
    """Let a stranger in for ever; anybody else is put into a group or on a list."""
    if target.item is not None and target.item.lane is Lane.STRANGERS:
        desk.follow(item_commands.let_in(desk.services.ctx, target.item.id))
        _leave_thread(desk, here)
    else:
        gather(desk, target)


def let_in_thread(desk: Desk, item: ItemRow) -> None:
    """Let a stranger in for this thread."""
    desk.follow(item_commands.let_in_thread(desk.services.ctx, item.id))


# Done to a post


def _toggle(kind: ActKind) -> Handler:
    """A handler that does something to a post, or takes it back."""

    def toggle(desk: Desk, target: Target, post: PostRow) -> None:
        allowed = can(kind, audience=post.audience, is_mine=post.mine)
        if isinstance(allowed, No | Elsewhere):
            desk.say(allowed.sentence)
        else:
            desk.follow(act_commands.toggle(desk.services.ctx, target.account, post.id, kind))

    return _with_post(toggle)


def delete(desk: Desk, here: Pane) -> None:
    """Delete what is mine; a post asks for the key again, because servers forget for good."""
    target = here.target()
    if target is None and isinstance(here, SearchesPane) and here.search is not None:
        desk.start(_throw_search_away(desk, here.search.id))
    elif target is None or target.post is None or not target.post.mine:
        desk.say("Only what is yours can be deleted.")
    else:
        surely = last_key_for(desk, "delete.surely")
        anew = last_key_for(desk, "delete.redraft")
        desk.say(
            f"{surely} again deletes it, {anew} deletes it and begins a new post with its text."
        )
        desk.begin_prefix("item.delete")


async def _throw_search_away(desk: Desk, search: int) -> None:
    """Throw a search away at once, and say how to have it back."""
    outcome = await asyncio.wrap_future(search_commands.remove(desk.services.ctx, search))
    back = f"; {key_for(desk, 'undo.last')} brings it back with its hits." if outcome.action else ""
    desk.say(outcome.sentence + back)


def delete_surely(desk: Desk, target: Target, post: PostRow) -> None:
    """Delete it."""
    desk.follow(act_commands.delete(desk.services.ctx, target.account, post.id))


# Done to a person


def _on_person(kind: ActKind) -> Handler:
    def handle(desk: Desk, here: Pane, target: Target) -> None:
        if target.person is None:
            desk.say("There is nobody here.")
            return
        desk.follow(
            act_commands.on_person(desk.services.ctx, target.account, target.person.id, kind)
        )
        if kind is ActKind.BLOCK:
            _leave_thread(desk, here)

    return _with_target(handle)


def block(desk: Desk, here: Pane, target: Target) -> None:
    """Block: a stranger at once, somebody one knows after a second key."""
    if target.person is None:
        desk.say("There is nobody here.")
    elif target.item is not None and target.item.lane is Lane.STRANGERS:
        HANDLERS["block.surely"](desk, here)
    else:
        desk.say(f"{last_key_for(desk, 'block.surely')} again blocks {target.person.name}.")
        desk.begin_prefix("item.block")


HANDLERS: dict[str, Handler] = {
    "item.done": _with_target(done),
    "later.tomorrow": _later("z"),
    "later.post": _later("p"),
    "later.start": _later("s"),
    "later.hours": _later("h"),
    "later.evening": _later("e"),
    "later.monday": _later("m"),
    "later.typed": _with_target(later_typed),
    "item.junk": _with_item(junk),
    "item.let_in": _with_target(let_in),
    "inbox.thread_only": _with_item(let_in_thread),
    "item.favourite": _toggle(ActKind.FAVOURITE),
    "item.boost": _toggle(ActKind.BOOST),
    "item.keep": _toggle(ActKind.BOOKMARK),
    "item.delete": delete,
    "delete.surely": _with_post(delete_surely),
    "item.block": _with_target(block),
    "block.surely": _on_person(ActKind.BLOCK),
}
