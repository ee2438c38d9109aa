"""Rows of the account list: letters, name, address, and how each is doing, in words."""

from __future__ import annotations

from datetime import tzinfo
from typing import TypeAlias

from msgspec import Struct
from textual.strip import Strip

from tui_inbox.core import login_words
from tui_inbox.core.conversation import Door
from tui_inbox.core.health import Health, HealthState
from tui_inbox.core.moment import Millis
from tui_inbox.queries import words
from tui_inbox.queries.rows import AccountRow
from tui_inbox.ui.render.cells import Drawing, Part, blank
from tui_inbox.ui.render.clock import clock, seconds
from tui_inbox.ui.render.paragraph import paragraph
from tui_inbox.ui.widgets import Row

INDENT = 5
LOGIN = login_words.MASTODON
"""What signs in to a server for the first time, and is copied where nothing else is selected."""


DOOR_CHOICES = {
    Door.OPEN: "open: all come in",
    Door.CHECK: "check: who looks like a person",
    Door.CLOSED: "closed: whom I let in",
}
"""What may become of strangers who write to an account, in words."""


class AccountData(Struct, frozen=True):
    """An account as the list shows it.

    Attributes:
        health: how it is doing, in words.
        key: the digit that shows it alone; empty where there is none.
        alone: whether it is the one that is shown.
        signs_in: the command that signs it in again; empty where it is signed in.
        one_with: the letters of the accounts that are one identity with it.
    """

    account: AccountRow
    health: str
    key: str
    alone: bool
    signs_in: str = ""
    one_with: tuple[str, ...] = ()


class SignIn(Struct, frozen=True):
    """How to sign in, behind the accounts."""

    words: str


AccountsData: TypeAlias = AccountData | SignIn


def health_words(health: Health | None, now: Millis, zone: tzinfo | None = None) -> str:
    """How an account is doing.

    Args:
        health: as the hub says; None when it does not speak of the account.
        now: the moment the words are for.
        zone: the owner's time zone, None for the machine's.
    """
    if health is None:
        return "not connected"
    because = f": {health.sentence}" if health.sentence else ""
    match health.state:
        case HealthState.LIVE:
            return f"live{_last_word(health, now)}{because}"
        case HealthState.POLLING:
            return f"asks its server now and then{_last_word(health, now)}{because}"
        case HealthState.OFFLINE:
            again = f", next try in {seconds(health.next_try - now)}" if health.next_try else ""
            return f"offline since {clock(health.since, zone)}{again}{because}"
        case HealthState.PAUSED:
            until = f" until {clock(health.next_try, zone)}" if health.next_try else ""
            return f"paused{until}{because}"
        case HealthState.SIGNED_OUT:
            return f"signed out{because}"
        case _:
            return "reading from the server"


def _last_word(health: Health, now: Millis) -> str:
    if health.last_word is None:
        return ""
    return f", last word {words.span(now - health.last_word)} ago"


class AccountRenderer:
    """Draws the rows of the account list.

    Args:
        drawing: colours, signs and the clock.
    """

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing

    def render(
        self, row: Row[AccountsData], width: int, *, selected: bool, focused: bool
    ) -> list[Strip]:
        """The lines of a row."""
        brush = self._drawing.on(selected=selected, focused=focused)
        style, data = brush.palette, row.data
        if isinstance(data, SignIn):
            return [
                brush.line([(data.words, style.dim)], width),
                brush.indented([(LOGIN, style.bright)], 2, width),
                brush.indented([(login_words.BLUESKY, style.bright)], 2, width),
                brush.indented([(login_words.X, style.bright)], 2, width),
            ]
        parts: list[Part] = [
            (f"{data.key:>1} ", style.dim),
            (f"{data.account.letters:2} ", style.account(data.account.letters)),
            (data.account.label.lower(), style.partner),
            (f"  @{data.account.handle}", style.dim),
            *brush.facts(
                [
                    data.account.network,
                    "shown alone" if data.alone else "",
                    f"door: {data.account.door}",
                ]
            ),
        ]
        lines = [
            brush.line(parts, width),
            *paragraph(brush, data.health, style.text, indent=INDENT, width=width, most=3),
        ]
        if data.one_with:
            with_it = f"one identity with {', '.join(data.one_with)}"
            lines.append(brush.indented([(with_it, style.dim)], INDENT, width))
        if data.signs_in:
            lines.append(
                brush.indented([("sign in again, s copies this:", style.dim)], INDENT, width)
            )
            lines.append(brush.indented([(data.signs_in, style.bright)], INDENT, width))
        return lines if self._drawing.dense else [*lines, blank(width)]

    def estimate(self, row: Row[AccountsData], width: int) -> int:
        """About how many lines a row takes."""
        if not isinstance(row.data, AccountData):
            return 2 if self._drawing.dense else 3
        besides = bool(row.data.one_with) + 2 * bool(row.data.signs_in)
        return (2 if self._drawing.dense else 3) + besides
