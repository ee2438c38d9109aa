"""Acting as an account of one's own choice: who may, whom the owner chooses, and the post as that account sees it."""

from __future__ import annotations

from collections.abc import Sequence

from tui_inbox.queries import acting
from tui_inbox.queries.acting import Actor
from tui_inbox.queries.rows import PostRow
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.services import errand

GONE = "This post is not there any more."


def only_one(actors: Sequence[Actor]) -> str:
    """Why there is nothing to choose, in a sentence; empty where there is."""
    if not actors:
        return GONE
    if len(actors) > 1:
        return ""
    return f"Only {actors[0].account.label} sees this post, so no other account can act on it."


async def choose(desk: Desk, post: int, label: str) -> PostRow | None:
    """Ask which account is to act on a post.

    Args:
        desk: the application.
        post: local id of the post.
        label: what is asked, as `boost as`.

    Returns:
        The post as the chosen account sees it; None when there is none, which was said.
    """
    actors = await desk.ask(acting.actors, post)
    if why := only_one(actors):
        desk.say(why)
        return None
    names = [f"{actor.account.letters} {actor.account.label.lower()}" for actor in actors]
    chosen = await desk.ask_choice(label, names, done="does it", several=False)
    return await seen_by(desk, actors[chosen[0]], post) if chosen else None


async def seen_by(desk: Desk, actor: Actor, post: int) -> PostRow | None:
    """A post as an account sees it, looked up by its server where it has never been shown.

    Returns:
        None where the account cannot come to know it, which was said.
    """
    label = actor.account.label
    if not actor.knows:
        desk.say(f"{label} looks it up …")
        said = await errand(desk.services, lambda hub: hub.find_post(actor.account.id, post))
        if said:
            desk.say(f"Nothing was done as {label}: {said}")
            return None
        desk.say("")
    seen = await desk.ask(acting.as_seen_by, actor.account.id, post)
    if seen is None:
        desk.say(GONE)
    return seen
