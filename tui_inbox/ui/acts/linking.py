"""The key that says who is one human: `L` links somebody with another identity of theirs, or parts the two again."""

from __future__ import annotations

from tui_inbox.commands import identities as identity_commands
from tui_inbox.queries import identities as identity_queries
from tui_inbox.queries.rows import PersonLabel
from tui_inbox.ui.acts.handler import Handler
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.panes.pane import Pane

ANOTHER = "somebody else"


def link(desk: Desk, here: Pane) -> None:
    """Ask who the selected person is besides; of whom it was said before, the link can be undone."""
    target = here.target()
    if target is None:
        desk.say(here.nothing())
    elif target.person is None:
        desk.say("There is nobody here.")
    else:
        desk.opening(_link(desk, target.account, target.person))


async def _link(desk: Desk, account: int, person: PersonLabel) -> None:
    linked = await desk.ask(identity_queries.linked_with, account, person.id)
    if linked:
        choices = [
            f"part from @{one.person.handle}{' (moved)' if one.by_server else ''}" for one in linked
        ]
        answer = await desk.ask_choice(
            f"{person.name} is also", [*choices, ANOTHER], done="takes", several=False
        )
        if answer is None:
            return
        if answer[0] < len(linked):
            other = linked[answer[0]].person
            desk.follow(identity_commands.part(desk.services.ctx, person.id, other.id))
            return
    other_one = await _ask_who(desk, person)
    if other_one is not None:
        desk.follow(identity_commands.link(desk.services.ctx, person.id, other_one.id))


async def _ask_who(desk: Desk, person: PersonLabel) -> PersonLabel | None:
    """Ask for a name, and which of several it means."""
    reader = desk.services.reader

    def complete(typed: str) -> str:
        found = reader.ask(identity_queries.find, typed, but=person.id).result()
        return identity_queries.completed(found, typed)

    typed = await desk.ask_line(f"{person.name} is also", complete=complete)
    if typed is None or not typed.strip():
        return None
    found = await desk.ask(identity_queries.find, typed, but=person.id)
    if not found:
        desk.say(f"Nobody called {typed.strip()} is known here.")
        return None
    if len(found) == 1 or found[0].handle.casefold() == typed.strip().lstrip("@").casefold():
        return found[0]
    answer = await desk.ask_choice(
        "which one", [f"@{one.handle}" for one in found], done="takes", several=False
    )
    return found[answer[0]] if answer else None


HANDLERS: dict[str, Handler] = {"person.link": link}
"""By the id of the key."""
