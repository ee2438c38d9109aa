"""The status line: health, what is paused, the held send, the last sentence; always in this order."""

from __future__ import annotations

from datetime import UTC

from ui.town import ACORN, BAKERY, MIRA, NOW

from tui_inbox.core.draft import OutboxState
from tui_inbox.core.health import Health, HealthState
from tui_inbox.core.moment import HOUR, MINUTE, SECOND
from tui_inbox.queries.rows import OutboxItem, StatusView
from tui_inbox.ui.widgets.status_line import status_words

LIVE = Health(HealthState.LIVE, NOW - HOUR, NOW - 4 * SECOND)
PAUSED = Health(HealthState.PAUSED, NOW, next_try=NOW + 75 * MINUTE, reason="server limit")
OFFLINE = Health(HealthState.OFFLINE, NOW - HOUR, next_try=NOW + 20 * SECOND)
HELD = OutboxItem(
    1, 2, "ac", "reply to quillfox", "Yes.", OutboxState.HELD, "", NOW + 7 * SECOND, NOW
)


def view(
    *health: Health, held: tuple[OutboxItem, ...] = (), waiting: int = 0, failed: int = 0
) -> StatusView:
    """The state of some accounts."""
    accounts = (MIRA, ACORN, BAKERY)[: len(health)]
    states = tuple((row.id, one) for row, one in zip(accounts, health, strict=True))
    return StatusView(accounts, states, held, waiting, failed)


def words(status: StatusView, sentence: str = "", width: int = 160) -> str:
    """The line at this moment, in UTC."""
    return status_words(status, sentence, NOW, UTC, width)


def test_all_of_it_in_its_order() -> None:
    line = words(view(LIVE, LIVE, PAUSED, held=(HELD,)), "done with odile fenn")
    assert line == (
        "live, last word 4 s ago · ti: paused until 14:35 (server limit) · "
        "reply to quillfox: leaves in 7 s, U stops it · done with odile fenn"
    )


def test_the_send_and_the_sentence_are_the_last_to_go() -> None:
    line = words(view(LIVE, LIVE, PAUSED, held=(HELD,)), "done with odile fenn", 80)
    assert line == "live · reply to quillfox: leaves in 7 s, U stops it · done with odile fenn"
    assert words(view(LIVE, LIVE, PAUSED), width=28) == "live"


def test_offline_says_since_when_and_when_it_tries_again() -> None:
    assert words(view(OFFLINE)) == "offline since 12:20, next try in 20 s"
    assert words(view(OFFLINE, OFFLINE)) == "offline since 12:20, next try in 20 s"
    assert words(view(LIVE, OFFLINE)) == "live, last word 4 s ago · ac: offline since 12:20"


def test_different_troubles_are_all_named() -> None:
    assert words(view(OFFLINE, PAUSED)) == (
        "mi: offline since 12:20 · ac: paused until 14:35 (server limit)"
    )


def test_one_account_needs_no_letters() -> None:
    assert words(view(PAUSED)) == "paused until 14:35 (server limit)"


def test_a_revoked_token_says_what_to_do() -> None:
    signed_out = Health(HealthState.SIGNED_OUT, NOW)
    assert "signed out" in words(view(signed_out))
    assert "ac: signed out" in words(view(LIVE, signed_out))


def test_what_waits_and_what_failed_is_counted() -> None:
    line = words(view(LIVE, waiting=2, failed=1))
    assert line.endswith("2 wait in the outbox · 1 not sent, g o shows why")


def test_several_held_sends_are_one_phrase() -> None:
    later = OutboxItem(2, 1, "mi", "post", "x", OutboxState.HELD, "", NOW + 9 * SECOND, NOW)
    line = words(view(LIVE, held=(later, HELD)))
    assert "reply to quillfox and 1 more: leaves in 7 s, U stops it" in line


def test_before_the_first_word_it_says_what_it_does() -> None:
    assert words(view(Health(HealthState.STARTING, NOW))) == "reading from the server"
    assert words(view()) == "no account"
