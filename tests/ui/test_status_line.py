"""The status line: health, what is paused, the held send, the last sentence; always in this order."""

from __future__ import annotations

from datetime import UTC

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from ui.stage import on_stage
from ui.town import ACORN, BAKERY, MIRA, NOW, usual_town

from tui_inbox.commands.sending import BRAKE
from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.health import Health, HealthState, Past
from tui_inbox.core.moment import DAY, HOUR, MINUTE, SECOND
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.queries.overviews import OutboxItem, StatusView
from tui_inbox.queries.rows import Scope
from tui_inbox.ui import status as status_module
from tui_inbox.ui.widgets.status_line import READING, sent_words, status_words, why_missing

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


def test_what_today_has_cost_is_said_where_there_is_room_and_yesterday_is_over() -> None:
    bought = replace(view(LIVE), spent=((NOW // DAY, 123_000), (NOW // DAY, 7_000)))
    assert words(bought, "saved") == "live, last word 4 s ago · $0.13 today · saved"
    assert words(bought, "saved", 22) == "live · saved"
    assert words(replace(view(LIVE), spent=((NOW // DAY - 1, 400_000),))) == words(view(LIVE))


def test_the_send_and_the_sentence_are_the_last_to_go() -> None:
    line = words(view(LIVE, LIVE, PAUSED, held=(HELD,)), "done with odile fenn", 80)
    assert line == "live · reply to quillfox: leaves in 7 s, U stops it · done with odile fenn"
    assert words(view(LIVE, LIVE, PAUSED), width=28) == "live · ti paused"
    assert words(view(LIVE, LIVE, PAUSED), width=12) == "live"


def test_where_nothing_may_move_moments_are_told_by_the_clock() -> None:
    def line(now: int, width: int = 160) -> str:
        status = view(LIVE, LIVE, replace(OFFLINE, next_try=NOW + 75 * MINUTE), held=(HELD,))
        return status_words(status, "", now, UTC, width, still=True)

    told = line(NOW)
    assert "live · ti: offline since" in told
    assert "next try at 14:35" in told
    assert told.endswith("leaves at 13:20:07, U stops it")
    assert line(NOW + 3 * SECOND) == told


def test_health_is_never_pushed_off_the_line() -> None:
    long = replace(HELD, what="reply to the society for the preservation of small harbours")
    done = "done with odile fenn"
    for width in range(4, 90):
        line = words(view(LIVE, LIVE, held=(long,), failed=2), done, width)
        assert line.startswith("live" if width > 4 else "liv") or line == f"held 7 s, U · {done}"
        assert cell_len(line) <= width
        line = words(view(OFFLINE, held=(long,)), done, width)
        assert line.startswith("offline"[: width - 1]), "that all is well need not be said"
    line = words(view(LIVE, held=(long,)), "done with odile fenn", 80)
    assert line == "live · leaves in 7 s, U stops it · done with odile fenn"
    line = words(view(LIVE, held=(long,)), "away 12 min: " + "very much has happened, " * 3, 80)
    assert line.startswith("live · held 7 s, U · away 12 min: very much")
    assert line.endswith("…")


def test_while_a_send_is_held_no_sentence_is_cut_that_would_fit_beside_its_seconds() -> None:
    watched = "watched: asked now and then until it has been quiet for 3 days"
    assert words(view(LIVE, held=(HELD,)), watched, 78) == f"held 7 s, U · {watched}"
    kept = "The text is kept: r here, or g d, goes on with it."
    assert words(view(LIVE, held=(HELD,)), kept, 78) == f"live · held 7 s, U · {kept}"
    line = status_words(view(LIVE, held=(HELD,)), BRAKE, NOW, UTC, 78, types=True)
    assert line == f"held 7 s · {BRAKE}", "letters are text in the composer"
    stuck = replace(HELD, release_at=NOW - 5 * MINUTE)
    assert "has not left since 13:15" in words(view(LIVE, held=(stuck,)), kept, 78)


def test_a_text_for_later_is_said_to_go_to_the_server_and_not_to_be_posted_at_once() -> None:
    line = words(view(LIVE, held=(replace(HELD, send_at=NOW + 2 * HOUR),)))
    assert line.endswith("reply to quillfox: goes to the server in 7 s, posted 15:20, U stops it")


def test_a_thread_is_one_thing_and_what_counts_down_is_said_once() -> None:
    first = replace(HELD, what="post", part="part 1 of 2")
    parts = (first, replace(first, id=2, part="part 2 of 2"))
    assert words(view(LIVE, held=parts)).endswith(" · thread of 2: leaves in 7 s, U stops it")
    assert sent_words(parts) == "thread of 2 sent"
    report = replace(HELD, what="report on sly fox", text="")
    said = "reporting sly fox: leaves in 10 s, u takes it back"
    assert words(view(LIVE, held=(report,)), said).count("sly fox") == 1
    assert words(view(LIVE), said).endswith(said)


def test_of_a_long_sentence_the_middle_goes_and_how_it_is_undone_stays() -> None:
    name = "the society for the preservation of small harbours"
    said = f"reporting {name} and all: leaves in 10 s, u takes it back"
    line = words(view(LIVE), said, 80)
    assert cell_len(line) <= 80
    assert line.startswith("live · reporting the society")
    assert line.endswith("…: leaves in 10 s, u takes it back")


def test_what_should_have_left_long_ago_is_not_said_to_leave() -> None:
    stuck = replace(HELD, release_at=NOW - 5 * MINUTE)
    line = words(view(LIVE, held=(stuck,)))
    assert line.endswith("reply to quillfox: has not left since 13:15, g o shows it")


def test_a_silent_server_is_seen_while_something_is_sent() -> None:
    sending = replace(HELD, state=OutboxState.SENDING, release_at=NOW, changed_at=NOW)
    for ago, said in (
        (0, "sending to quillfox"),
        (12 * SECOND, "sending to quillfox, 12 s"),
        (5 * MINUTE, "sending to quillfox since 13:15, g o shows it"),
    ):
        status = replace(view(LIVE), sending=(replace(sending, changed_at=NOW - ago),))
        assert words(status).endswith(f" · {said}")
    two = replace(view(LIVE), sending=(sending, replace(sending, id=2, what="post")))
    assert words(two).endswith(" · sending to quillfox and 1 more")


def test_an_act_is_told_only_while_it_takes_long() -> None:
    act = replace(HELD, what="favourite for wren", text="", state=OutboxState.SENDING)
    assert words(replace(view(LIVE), sending=(replace(act, changed_at=NOW - SECOND),))) == words(
        view(LIVE)
    )
    slow = replace(view(LIVE), sending=(replace(act, changed_at=NOW - 4 * SECOND),))
    assert words(slow).endswith(" · sending favourite for wren, 4 s")


def test_that_something_has_left_is_told_by_whom_it_went_to() -> None:
    post = replace(HELD, what="post")
    assert sent_words(()) == ""
    assert sent_words((HELD,)) == "sent to quillfox"
    assert sent_words((HELD, post)) == "sent to quillfox and 1 more"
    assert sent_words((post,)) == "post sent"


def test_in_the_only_line_a_key_comes_last_and_gives_way_to_what_fits_without_it() -> None:
    def told(status: StatusView, width: int, sentence: str = "") -> str:
        return status_words(status, sentence, NOW, UTC, width, "n next")

    assert told(view(LIVE), 38) == "live, last word 4 s ago · n next"
    assert told(view(LIVE), 28) == "live · n next"
    assert told(view(LIVE, held=(HELD,)), 38) == "live · leaves in 7 s, U stops it"
    assert told(view(LIVE), 38, "The text is kept: r here, or g d, goes on with it.") == (
        "live · The text is kept: r h… · n next"
    )


async def test_a_reply_that_has_arrived_is_told_for_a_while_and_then_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(status_module, "SAID_FOR", 0.3)
    town = usual_town()
    waiting = replace(view(LIVE), waiting=1, texts=(1,))
    town.status = waiting
    async with on_stage(monkeypatch, town) as stage:
        assert "1 waits in the outbox" in stage.text
        town.status, town.sent = view(LIVE), (replace(HELD, state=OutboxState.SENT),)
        await stage.tell(Change(Topic.OUTBOX, 2))
        await stage.until(lambda: "sent to quillfox" in stage.text)
        await stage.until(lambda: "sent to quillfox" not in stage.text)


async def test_how_far_the_past_is_read_stands_beside_health_until_it_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, usual_town()) as stage:
        stage.fetcher.states = {1: replace(LIVE, past=Past(140, 400))}
        await stage.tell(Change(Topic.HEALTH, 1))
        await stage.until(
            lambda: "s ago · reading your past: 140 of about 400 requests" in stage.text
        )
        stage.fetcher.states = {1: LIVE}
        await stage.tell(Change(Topic.HEALTH, 1))
        await stage.until(lambda: "reading your past" not in stage.text)


def test_the_past_comes_after_health_and_before_what_is_paused() -> None:
    reading = view(replace(LIVE, past=Past(140, 400)), LIVE, PAUSED, held=(HELD,))
    assert words(reading) == (
        "live, last word 4 s ago · reading your past: 140 of about 400 requests · "
        "ti: paused until 14:35 (server limit) · reply to quillfox: leaves in 7 s, U stops it"
    )


def test_the_past_gives_way_to_what_is_paused_and_to_the_held_send() -> None:
    reading = view(replace(LIVE, past=Past(140, 400)), held=(HELD,))
    assert words(reading, width=80) == (
        "live, last word 4 s ago · reply to quillfox: leaves in 7 s, U stops it"
    )


def test_the_pasts_of_several_accounts_are_told_together() -> None:
    one, other = replace(LIVE, past=Past(140, 400)), replace(LIVE, past=Past(1, 24))
    assert words(view(one, other)).endswith("reading your past: 141 of about 424 requests")


def test_without_a_line_no_past_is_said_to_be_read() -> None:
    assert "past" not in words(view(replace(OFFLINE, past=Past(140, 400))))
    assert "past" not in words(view(LIVE, replace(PAUSED, past=Past(140, 400))))


async def test_a_reply_that_was_taken_back_is_not_said_to_have_arrived(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = usual_town()
    town.status = replace(view(LIVE), held=(HELD,), texts=(1,))
    async with on_stage(monkeypatch, town) as stage:
        town.status = view(LIVE)
        await stage.tell(Change(Topic.OUTBOX, 2))
        await stage.until(lambda: "outbox_sent" in town.asked)
        await stage.settle()
        assert "sent to" not in stage.text


def test_one_that_waits_is_one() -> None:
    assert words(view(LIVE, waiting=1)).endswith("1 waits in the outbox")


def test_offline_says_since_when_and_when_it_tries_again() -> None:
    assert words(view(OFFLINE)) == "offline since 12:20, next try in 20 s"
    assert words(view(OFFLINE, OFFLINE)) == "offline since 12:20, next try in 20 s"
    assert words(view(LIVE, OFFLINE)) == (
        "live, last word 4 s ago · ac: offline since 12:20, next try in 20 s"
    )


def test_different_troubles_are_all_named() -> None:
    assert words(view(OFFLINE, PAUSED)) == (
        "mi: offline since 12:20, next try in 20 s · ac: paused until 14:35 (server limit)"
    )


def test_one_account_needs_no_letters() -> None:
    assert words(view(PAUSED)) == "paused until 14:35 (server limit)"


def test_a_revoked_token_says_what_to_do() -> None:
    signed_out = Health(HealthState.SIGNED_OUT, NOW)
    assert "signed out" in words(view(signed_out))
    assert words(view(LIVE, signed_out)).endswith("ac: signed out, @ says how to sign in")


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
    assert missing(signed_out, LIVE, unread=(1,)).startswith("Signed out, @ says")
