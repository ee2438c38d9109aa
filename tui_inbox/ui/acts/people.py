"""Keys that are about a person: pin, note, follow, met elsewhere, and whom not to be reminded of."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

from tui_inbox.commands import acts as act_commands
from tui_inbox.commands import items as item_commands
from tui_inbox.commands import people as people_commands
from tui_inbox.commands.context import Context, Outcome
from tui_inbox.core.act import ActKind
from tui_inbox.core.suggestion import Suggestion
from tui_inbox.queries import person_card
from tui_inbox.queries.rows import PeopleSection, PersonCard, PersonRow
from tui_inbox.ui.acts.handler import Handler
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.panes.pane import Pane

SUGGESTIONS = {
    PeopleSection.YOU_WAIT_FOR: Suggestion.ASKED,
    PeopleSection.GOING_QUIET: Suggestion.QUIET,
    PeopleSection.THEY_STARTED_IT: Suggestion.STARTED,
    PeopleSection.NEW_AROUND_YOU: Suggestion.NEW,
}
"""What somebody stands in a section of the People pane for, where that can be set aside."""


def dealt_with(ctx: Context, row: PersonRow) -> Future[Outcome]:
    """A line of the People pane is off the plate: what that means depends on why it stands there."""
    account, person = row.account, row.person.id
    if row.item is not None:
        return item_commands.done(ctx, row.item)
    if row.section is PeopleSection.PINNED:
        return people_commands.seen_to(ctx, account, person)
    if row.section in SUGGESTIONS:
        return people_commands.take_off(ctx, account, person, SUGGESTIONS[row.section])
    return item_commands.dismiss_person(ctx, account, person)


def _with_person(do: Callable[[Context, int, int], Future[Outcome]]) -> Handler:
    """A handler that does something about the selected person, as an account."""

    def handle(desk: Desk, here: Pane) -> None:
        target = here.target()
        if target is None:
            desk.say(here.nothing())
        elif target.person is None:
            desk.say("There is nobody here.")
        else:
            desk.follow(do(desk.services.ctx, target.account, target.person.id))

    return handle


def not_now(ctx: Context, account: int, person: int) -> Future[Outcome]:
    """No word of their silence for a while."""
    return people_commands.take_off(ctx, account, person, Suggestion.QUIET)


def _with_card(do: Callable[[Desk, PersonCard], None]) -> Handler:
    """A handler that must know how one stands to the person first."""

    def handle(desk: Desk, here: Pane) -> None:
        target = here.target()
        if target is None:
            desk.say(here.nothing())
        elif target.person is None:
            desk.say("There is nobody here.")
        else:
            desk.opening(with_card_of(desk, target.account, target.person.id, do))

    return handle


async def with_card_of(
    desk: Desk, account: int, person: int, do: Callable[[Desk, PersonCard], None]
) -> None:
    """Read the card of somebody (local id), and do something with it."""
    card = await desk.ask(person_card.card, account, person, now=desk.services.now())
    if card is None:
        desk.say("Nothing is stored of this person.")
    else:
        do(desk, card)


def follow(desk: Desk, card: PersonCard) -> None:
    """Follow, or unfollow."""
    kind = ActKind.UNFOLLOW if card.following or card.requested else ActKind.FOLLOW
    desk.follow(act_commands.on_person(desk.services.ctx, card.account, card.person.id, kind))


def pin(desk: Desk, card: PersonCard) -> None:
    """Pin, or unpin."""
    desk.follow(
        people_commands.pin(desk.services.ctx, card.account, card.person.id, not card.pinned)
    )


def note(desk: Desk, card: PersonCard) -> None:
    """Write the private note on a person."""
    desk.opening(_ask_note(desk, card))


async def _ask_note(desk: Desk, card: PersonCard) -> None:
    text = await desk.ask_line(f"note on {card.person.name}", card.note)
    if text is not None and text != card.note:
        desk.follow(people_commands.note(desk.services.ctx, card.account, card.person.id, text))


HANDLERS: dict[str, Handler] = {
    "item.follow": _with_card(follow),
    "item.note": _with_card(note),
    "person.pin": _with_card(pin),
    "person.met": _with_person(lambda *about: people_commands.met(*about)),
    "aside.not_now": _with_person(not_now),
    "aside.let_go": _with_person(lambda *about: people_commands.let_go(*about)),
    "aside.back": _with_person(lambda *about: people_commands.bring_back(*about)),
}
"""By the id of the key."""
