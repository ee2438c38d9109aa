"""The header line: which accounts there are, which are shown, the digits that change it; tabs on small screens."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct
from textual.content import Content

from tui_inbox.queries.rows import AccountRow, Scope
from tui_inbox.ui.layout import Area
from tui_inbox.ui.themes import Colours
from tui_inbox.ui.widgets.line import acting

SCOPE_IDS = ("scope.first", "scope.second", "scope.third", "scope.fourth")
"""Keys that show one account only, in the order of the header line; further ones are in the list."""


@lru_cache(maxsize=8)  # asked for at every key stroke, with few different answers
def header(
    accounts: tuple[AccountRow, ...], scope: Scope, colours: Colours, *, brief: bool = False
) -> Content:
    """The accounts with their digits; those that are shown stand in their colour.

    Args:
        accounts: all of them, in their order.
        scope: those that are shown.
        colours: the theme's.
        brief: letters only, for narrow screens.
    """
    if len(accounts) < 2:
        return Content()
    everything = len(scope.accounts) == len(accounts)
    gap = " " if brief else "  "
    parts = [_entry("5 all", "scope.all", "bold $inbox-bright" if everything else "$inbox-dim")]
    for place, account in enumerate(accounts[: len(SCOPE_IDS)]):
        colour = colours.accounts[place % len(colours.accounts)]
        alone = not everything and account.id in scope.accounts
        style = f"bold underline {colour}" if alone else colour if everything else "$inbox-dim"
        words = f"{6 + place} {account.letters}"
        if not brief:
            words += f" {account.label.lower()}"
        parts.append(_entry(words, SCOPE_IDS[place], style))
    if (more := len(accounts) - len(SCOPE_IDS)) > 0:
        parts.append(_entry(f"@ {more} more", "open.accounts", "$inbox-dim"))
    return Content(gap).join(parts)


def _entry(words: str, id_: str, style: str) -> Content:
    return acting(words, id_, style)


class Tab(Struct, frozen=True):
    """A pane of the one-pane layout: its key, its name, and the count behind it."""

    area: Area
    id: str
    name: str
    badge: str


def tabs(panes: Sequence[Tab], active: Area, accounts: Content, width: int) -> Content:
    """The tab line, with the accounts behind it where there is room."""
    parts = []
    for place, tab in enumerate(panes, 1):
        style = "bold $inbox-bright" if tab.area is active else "$inbox-dim"
        words = f"{place} {tab.name}"
        if tab.badge:
            words += f" {tab.badge}"
        parts.append(_entry(words, tab.id, style))
    line = Content("  ").join(parts)
    room = width - len(line) - len(accounts)
    if len(accounts) and room >= 2:
        line += Content(" " * min(room, 5)) + accounts
    return line
