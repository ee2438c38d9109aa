"""Keys that help others: quote, introduce, this week. Each begins a draft; none of them sends anything."""

from __future__ import annotations

import asyncio

from msgspec.structs import replace

from tui_inbox.commands import drafts as draft_commands
from tui_inbox.core.draft import Draft
from tui_inbox.queries import helping, whom
from tui_inbox.queries.rows import PersonLabel, PostRow, Scope
from tui_inbox.ui.acts.handler import Handler
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.panes.pane import Pane
from tui_inbox.ui.services import told

MOST_CHOICES = 9
"""So many people are offered for a name that several have; more are told apart by typing more of it."""


def quote(desk: Desk, here: Pane) -> None:
    """Quote the selected post with a word of one's own."""
    target = here.target()
    if target is None or target.post is None:
        desk.say("There is no post here.")
    else:
        desk.opening(_quote(desk, target.post))


async def _quote(desk: Desk, post: PostRow) -> None:
    quoting = await desk.ask(helping.quoting, post.account, post.id)
    if quoting.url:
        desk.open_url(quoting.url)
    if quoting.sentence:
        desk.say(quoting.sentence)
    if quoting.draft is not None:
        desk.write_draft(quoting.draft, kept=quoting.draft.id != 0)


def introduce(desk: Desk, here: Pane) -> None:
    """Name the selected person and somebody else to each other."""
    target = here.target()
    if target is None or target.person is None:
        desk.say("There is nobody here.")
    else:
        desk.opening(_introduce(desk, target.account, target.person))


async def _introduce(desk: Desk, account: int, person: PersonLabel) -> None:
    words = await desk.ask_line(f"introduce {person.name} to")
    if not words or not words.strip():
        return
    handles = [one for one in await _meant(desk, account, words) if one != person.handle]
    if not handles:
        desk.say(f"Nobody of that name is known, but for {person.name}.")
        return
    chosen: tuple[int, ...] | None = (0,)
    if len(handles) > 1:
        names = [f"@{handle}" for handle in handles]
        chosen = await desk.ask_choice("to whom?", names, done="introduces", several=False)
    if chosen is not None:
        pair = (person.handle, handles[chosen[0]])
        await _begin(desk, await desk.ask(helping.introduction, account, pair))


async def _meant(desk: Desk, account: int, words: str) -> list[str]:
    """The handles of those whom a name may mean: people one has to do with, else whom the server knows."""
    known = await desk.ask(whom.find, Scope((account,)), words, now=desk.services.now())
    handles = [one.person.handle for one in known]
    if not handles:
        name = words.strip().removeprefix("@")
        answer = await told(desk.services, lambda hub: hub.find_people(account, name))
        handles = [one.handle for one in answer.what or ()]
    return list(dict.fromkeys(handles))[:MOST_CHOICES]


def this_week(desk: Desk, here: Pane) -> None:
    """Recommend the people of the week."""
    if desk.scope.accounts:
        desk.opening(_this_week(desk))


async def _this_week(desk: Desk) -> None:
    accounts = [one for one in desk.accounts if one.id in desk.scope.accounts]
    place: tuple[int, ...] | None = (0,)
    if len(accounts) > 1:
        names = [f"{one.letters} {one.label.lower()}" for one in accounts]
        place = await desk.ask_choice("whose week?", names, done="begins", several=False)
    if place is None:
        return
    account = accounts[place[0]].id
    draft = await desk.ask(helping.this_week, account, now=desk.services.now())
    if draft is None:
        desk.say("In the last seven days nobody and you have answered each other in public.")
    else:
        await _begin(desk, draft)


async def _begin(desk: Desk, draft: Draft) -> None:
    """Keep a draft that has words in it already, and write on at it."""
    kept = await asyncio.wrap_future(draft_commands.save(desk.services.ctx, draft))
    desk.write_draft(replace(draft, id=kept.id))


HANDLERS: dict[str, Handler] = {
    "item.quote": quote,
    "person.introduce": introduce,
    "compose.week": this_week,
}
"""By the id of the key."""
