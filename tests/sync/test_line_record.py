"""What is noted of a line: every new state at once, and words from the server about once a minute."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Event
from typing import Any

from msgspec.structs import replace
from support.scripted_network import NOON, ScriptedNetwork
from support.sync_desk import Desk

from tui_inbox.clock import SystemClock
from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.health import Health, HealthState
from tui_inbox.core.moment import MINUTE, SECOND
from tui_inbox.store import accounts
from tui_inbox.store.store import Store
from tui_inbox.sync import line_record
from tui_inbox.sync.bus import Bus
from tui_inbox.sync.connected import Connected
from tui_inbox.sync.hub import Hub

PATIENCE_SECONDS = 30.0
LIVE = Health(HealthState.LIVE, NOON, NOON + SECOND, kind="WebSocket")


def noted(store: Store, account: int) -> dict[str, Any]:
    """What stands in the store."""
    text = store.read(lambda db: accounts.get_state(db, account, accounts.LINE)).result()
    found: dict[str, Any] = json.loads(text or "{}")
    return found


def note(desk: Desk, health: Health) -> None:
    desk.store.write(lambda w: line_record.note(w, desk.account.id, health)).result()


def test_a_line_is_noted_with_its_kind_and_its_last_word(desk: Desk) -> None:
    note(desk, LIVE)
    assert noted(desk.store, desk.account.id) == {
        "state": "live",
        "kind": "WebSocket",
        "last_word": NOON + SECOND,
        "since": NOON,
        "reason": "",
    }


def test_without_a_stream_pages_are_the_line(desk: Desk) -> None:
    note(desk, replace(LIVE, state=HealthState.POLLING))
    assert noted(desk.store, desk.account.id)["kind"] == "pages"


def test_a_word_is_noted_when_the_noted_one_is_a_minute_old(desk: Desk) -> None:
    heard = NOON + SECOND
    note(desk, LIVE)
    note(desk, replace(LIVE, last_word=heard + MINUTE - 1))
    assert noted(desk.store, desk.account.id)["last_word"] == heard
    note(desk, replace(LIVE, last_word=heard + MINUTE))
    assert noted(desk.store, desk.account.id)["last_word"] == heard + MINUTE


def test_a_lost_line_is_noted_at_once_with_the_reason(desk: Desk) -> None:
    note(desk, LIVE)
    lost = replace(LIVE, state=HealthState.OFFLINE, since=NOON + MINUTE, reason="No line.")
    line_record.note_soon(desk.store, desk.account.id, lost)
    desk.store.write(lambda w: None).result()  # what was handed in before is written by then
    found = noted(desk.store, desk.account.id)
    assert (found["state"], found["since"], found["reason"]) == (
        "offline",
        NOON + MINUTE,
        "No line.",
    )


def test_after_signing_in_again_nothing_is_known(desk: Desk) -> None:
    note(desk, replace(LIVE, state=HealthState.SIGNED_OUT))
    desk.store.write(lambda w: line_record.forget(w, desk.account.id)).result()
    assert noted(desk.store, desk.account.id) == {}


def test_a_running_hub_notes_what_its_lines_do(desk: Desk, tmp_path: Path) -> None:
    live = Event()
    bus = Bus()
    network = ScriptedNetwork()
    hub = Hub(desk.store, bus, SystemClock(), lambda: [Connected(desk.account, network)])

    def look(changes: frozenset[Change]) -> None:
        told = Change(Topic.HEALTH, desk.account.id) in changes
        if told and hub.health()[desk.account.id].state is HealthState.LIVE:
            live.set()

    bus.subscribe(look)
    hub.start()
    assert live.wait(PATIENCE_SECONDS)
    hub.stop()
    desk.store.close()  # when all that was handed in is written
    store = Store(tmp_path / "inbox.db")
    found = noted(store, desk.account.id)
    store.close()
    assert (found["state"], found["kind"]) == ("live", "scripted")
    assert found["last_word"] is not None


def test_that_the_owner_has_signed_in_again_is_known_until_a_line_is_noted(desk: Desk) -> None:
    def forgotten() -> bool:
        return desk.store.read(lambda db: line_record.is_forgotten(db, desk.account.id)).result()

    assert not forgotten()
    desk.store.write(lambda w: line_record.forget(w, desk.account.id)).result()
    assert forgotten()
    desk.store.write(lambda w: line_record.note(w, desk.account.id, LIVE)).result()
    assert not forgotten()
