"""No key is silent: in every place each key changes what is seen, or says in a sentence why it does nothing there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from ui.page_stage import pages_on_stage
from ui.stage import Stage

from tui_inbox.ui import keys
from tui_inbox.ui.keys import PLACES, Context
from tui_inbox.ui.layout import Area, Kind, usual
from tui_inbox.ui.panes.pane import Pane

WAYS: dict[str, tuple[str, ...]] = {
    "inbox": (),
    "timeline": ("2",),
    "searches": ("3", "j"),
    "people": ("4", "j"),
    "thread": ("enter",),
    "person": ("p",),
    "search": ("slash", "h", "a", "r", "enter"),
    "composer": ("r",),
    "activity": ("g", "a"),
    "door": ("g", "f"),
    "accounts": ("at",),
    "outbox": ("g", "o"),
    "drafts": ("g", "d"),
    "watched": ("g", "w"),
    "groups": ("2", "t", "g"),
    "why": ("w",),
    "help": ("question_mark",),
    "rules": ("w", "E"),
}
"""The keys that lead from the Inbox to each place; a page that is only read has no keys of its own."""


@dataclass
class There:
    """A place where one is: the pane, and what was selected and shown when one came."""

    pane: Pane
    selected: str | None
    around: tuple[object, ...]


def around(stage: Stage) -> tuple[object, ...]:
    """What must be as it was, so that one need not go there again."""
    app = stage.app
    pages, writes = len(app.main.reading.pages), app.composer.is_open
    return app.screen, app.main.focused, app.shown, app.scope, pages, writes


async def begin(stage: Stage, place: str, there: There | None) -> There:
    """Be in a place, with the same row selected and nothing said; go there only if that is needed."""
    app = stage.app
    app.leave_keys()
    if there is None or app.here is not there.pane or around(stage) != there.around:
        await go(stage, place)
    elif there.pane.rows is not None and there.selected is not None:
        there.pane.rows.select_key(there.selected)
    stage.wait(5)
    app.say("")
    await stage.pilot.pause(0)
    rows = app.here.rows
    selected = rows.selected.key if rows is not None and rows.selected is not None else None
    return There(app.here, selected, around(stage))


async def go(stage: Stage, place: str) -> None:
    """Go to a place, everything else closed."""
    app = stage.app
    while app.screen is not app.main:
        app.pop_screen()
    if app.composer.is_open:
        app.composer.close()
    app.main.close_pages()
    app.show(usual(Kind.WIDE))
    app.activate(Area.INBOX)
    app.main.inbox.rows.top()
    app.set_scope(tuple(account.id for account in app.accounts))
    await stage.settle()
    await stage.press(*WAYS[place])


def seen(stage: Stage) -> Sequence[object]:
    """All that an answer could be."""
    app = stage.app
    return (
        stage.text,
        app._status.sentence,
        len(stage.done),
        len(stage.fetcher.asked),
        app.screen,
        app._hands._prefix.waits,
        app._exit,
    )


EVERYWHERE = ("inbox", "activity")
"""Places in which the keys that work everywhere are tried: a pane, and a page."""

SILENT = {
    "compose.back": "it moves in the thread above, as keys of a list do, and stops at its end",
    "compose.on": "the same",
    "program.end": "it ends the program",
    "place.back": "where one was may look like where one is",
}
"""Keys that need not answer, with the reason. Those of lists are not tried: the cursor is their answer."""


ELSEWHERE = {
    "text": "it only reads and scrolls",
    "pictures": "its keys are tried in test_pictures.py, with pictures to show",
    "sign_in": "each step of it has keys of its own, tried in test_sign_in.py",
    "welcome": "it is seen where nobody is signed in; tried in test_sign_in.py",
    "profile": "it needs what a server says of its owner; tried in test_page_profile.py",
    "tour": "it lies over the places below it; tried in test_tour.py",
    "tour, writing": "the same",
}
"""Places that are not tried here, with the reason."""


def test_every_place_is_tried() -> None:
    assert WAYS.keys() | ELSEWHERE.keys() == PLACES.keys()


@pytest.mark.parametrize("place", WAYS)
async def test_every_key_of_a_place_answers(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    silent: list[str] = []
    left_out = {Context.LIST, *([] if place in EVERYWHERE else [Context.GLOBAL])}
    async with pages_on_stage(monkeypatch) as stage:
        there: There | None = None
        for key in keys.keys_in(place):
            if key.context in left_out or key.id in SILENT:
                continue
            there = await begin(stage, place, there)
            assert stage.app.place == place, key.id
            before = seen(stage)
            await stage.press(key.keys[0])
            if seen(stage) == before:
                silent.append(key.id)
    assert silent == []
