"""The status line: health, what is paused, the held send, the last sentence; always in this order."""

from __future__ import annotations

from datetime import UTC

from msgspec.structs import replace
from rich.cells import cell_len
from ui.town import ACORN, BAKERY, MIRA, NOW

from tui_inbox.core.draft import OutboxState
from tui_inbox.core.health import Health, HealthState
from tui_inbox.core.moment import HOUR, MINUTE, SECOND
from tui_inbox.queries.rows import OutboxItem, Scope, StatusView
from tui_inbox.ui.widgets.status_line import READING, status_words, why_missing

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


def test_health_is_never_pushed_off_the_line() -> None:
    long = replace(HELD, what="reply to the society for the preservation of small harbours")
    for width in range(4, 90):
        line = words(view(LIVE, LIVE, held=(long,), failed=2), "done with odile fenn", width)
        assert line.startswith("live" if width > 4 else "liv")
        assert cell_len(line) <= width
    line = words(view(LIVE, held=(long,)), "done with odile fenn", 80)
    assert line == "live · leaves in 7 s, U stops it · done with odile fenn"
    line = words(view(LIVE, held=(long,)), "away 12 min: " + "very much has happened, " * 3, 80)
    assert line.startswith("live · leaves in 7 s, U stops it · away 12 min: very much")
    assert line.endswith("…")


def test_what_should_have_left_long_ago_is_not_said_to_leave() -> None:
    stuck = replace(HELD, release_at=NOW - 5 * MINUTE)
    line = words(view(LIVE, held=(stuck,)))
    assert line.endswith("reply to quillfox: has not left since 13:15, g o shows it")


def test_one_that_waits_is_one() -> None:
    assert words(view(LIVE, waiting=1)).endswith("1 waits in the outbox")


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
    assert words(StatusView((MIRA,), (), (), 0, 0)) == "connecting"


# Why something may be missing

BOTH = Scope((1, 2))


def missing(*health: Health, unread: tuple[int, ...] = ()) -> str:
    """The sentence for the first accounts, in UTC."""
    return why_missing(dict(enumerate(health, 1)), BOTH, unread, UTC)


def test_nothing_is_missing_where_every_server_has_told_everything() -> None:
    assert missing(LIVE, LIVE) == ""
    assert missing(LIVE, OFFLINE) == ""


def test_who_has_not_connected_yet_is_still_being_read() -> None:
    starting = Health(HealthState.STARTING, NOW)
    assert why_missing({}, BOTH, ()) == READING
    assert missing(LIVE, starting) == READING
    assert missing(LIVE) == READING
    assert missing(OFFLINE, LIVE, unread=(2,)) == READING


def test_what_keeps_a_first_reading_from_going_on_is_said() -> None:
    line = missing(OFFLINE, LIVE, unread=(1,))
    assert line == "Offline since 12:20: not everything has been read yet."
    assert missing(PAUSED, OFFLINE, unread=(1,)).startswith("Paused until 14:35 (server limit):")
    signed_out = Health(HealthState.SIGNED_OUT, NOW)
    assert missing(signed_out, LIVE, unread=(1,)).startswith("Signed out, tui-inbox login")
