"""Keys that act as another account: `A`, what to do, and the account that does it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from tui_inbox.commands import acts as act_commands
from tui_inbox.core.act import ActKind
from tui_inbox.queries import person_card
from tui_inbox.queries.rows import PostRow
from tui_inbox.ui.acting import choose
from tui_inbox.ui.acts.handler import Handler
from tui_inbox.ui.acts.people import follow
from tui_inbox.ui.acts.polls import vote_in
from tui_inbox.ui.acts.writing import begin_reply
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.panes.pane import Pane
from tui_inbox.ui.services import errand
from tui_inbox.ui.target import of_post


def _acting(what: str, do: Callable[[Desk, PostRow], Awaitable[None]]) -> Handler:
    """A handler that asks for the account and does something to the post as that account sees it.

    Args:
        what: what is done, for the question.
        do: does it; `PostRow.account` is the account that was chosen.
    """

    def handle(desk: Desk, here: Pane) -> None:
        target = here.target()
        row = target.row if target else None
        post = target.post.id if target and target.post else row.post if row else None
        if target is None:
            desk.say(here.nothing())
        elif post is None:
            desk.say("There is no post here.")
        elif len(desk.accounts) < 2:
            desk.say("Only one account is signed in.")
        else:
            desk.opening(_choose(desk, post, what, do))

    return handle


async def _choose(
    desk: Desk, post: int, what: str, do: Callable[[Desk, PostRow], Awaitable[None]]
) -> None:
    seen = await choose(desk, post, f"{what} as")
    if seen is not None:
        await do(desk, seen)


def _toggle(kind: ActKind) -> Callable[[Desk, PostRow], Awaitable[None]]:
    async def do(desk: Desk, seen: PostRow) -> None:
        ctx = desk.services.ctx
        doing = act_commands.toggle(ctx, seen.account, seen.id, kind)
        outcome = await asyncio.wrap_future(doing)
        account = desk.account(seen.account)
        if outcome.url:
            desk.open_url(outcome.url)
        desk.say(f"as {account.label}: {outcome.sentence}" if account else outcome.sentence)

    return do


def _reply(*, author_only: bool) -> Callable[[Desk, PostRow], Awaitable[None]]:
    async def do(desk: Desk, seen: PostRow) -> None:
        begin_reply(desk, desk.here, of_post(seen), author_only=author_only)

    return do


async def _vote(desk: Desk, seen: PostRow) -> None:
    await vote_in(desk, seen)


async def _follow(desk: Desk, seen: PostRow) -> None:
    """Follow the author. How the account stands to them is asked first: it may follow them already."""
    account, person = seen.account, seen.author.id
    if said := await errand(desk.services, lambda hub: hub.read_person(account, person)):
        desk.say(said)
        return
    card = await desk.ask(person_card.card, account, person, now=desk.services.now())
    if card is not None:
        follow(desk, card)


HANDLERS: dict[str, Handler] = {
    "as.favourite": _acting("favourite", _toggle(ActKind.FAVOURITE)),
    "as.boost": _acting("boost", _toggle(ActKind.BOOST)),
    "as.keep": _acting("keep", _toggle(ActKind.BOOKMARK)),
    "as.reply": _acting("reply", _reply(author_only=False)),
    "as.reply_one": _acting("reply", _reply(author_only=True)),
    "as.follow": _acting("follow", _follow),
    "as.vote": _acting("vote", _vote),
}
"""By the id of the key."""
