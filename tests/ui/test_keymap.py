"""The owner's own keys: they work, they are shown, and clashes are said at once."""

from __future__ import annotations

import pytest
from ui.stage import on_stage

from tui_inbox.settings import LookSettings
from tui_inbox.settings_reading import known_settings
from tui_inbox.ui.key_names import shown
from tui_inbox.ui.keymap import Complaint, complaints, names_of, own_keys, written
from tui_inbox.ui.keys import KEYS, STRIPS, key_named
from tui_inbox.ui.services import Look
from tui_inbox.ui.themes import NAMES


def test_the_keys_of_the_program_are_no_cause_for_complaint() -> None:
    assert complaints({}) == []


def test_a_key_that_would_do_two_things_is_named_with_both() -> None:
    found = complaints({"item.done": "r"})
    assert Complaint("item.done", "r would do item.reply and item.done in the inbox") in found


def test_a_clash_behind_a_prefix_is_named_too() -> None:
    what = "z would do later.tomorrow and later.post behind z"
    assert complaints({"later.post": "z"}) == [Complaint("later.post", what)]


def test_a_name_that_is_no_key_is_named() -> None:
    assert complaints({"item.dnoe": "D"}) == [
        Complaint("item.dnoe", "nothing of that name has a key")
    ]
    assert complaints({"item.done": "crtl+e"}) == [Complaint("item.done", "“crtl+e” is no key")]
    assert complaints({"item.done": "deleet"}) == [Complaint("item.done", "“deleet” is no key")]


def test_keys_are_written_as_they_are_printed_on_the_keyboard() -> None:
    own = own_keys({"item.done": ". ctrl+e PgUp", "item.reply": "", "zoom": "+ alt+enter é"})
    assert own == {
        "item.done": "full_stop,ctrl+e,pageup",
        "item.reply": "",
        "zoom": "plus,alt+enter,é",
    }
    assert [one for one in complaints(own) if "is no key" in one.what] == []


def test_what_is_shown_of_a_key_can_be_written_in_the_settings() -> None:
    for key in KEYS:
        for name in key.keys:
            assert own_keys({key.id: shown(name)}) == {key.id: name}


def test_the_same_key_may_mean_two_things_in_two_places() -> None:
    assert complaints({"inbox.thread_only": "K", "timeline.shows": "K"}) == []


def test_several_names_are_parted_by_commas_and_none_takes_the_key_away() -> None:
    key = key_named("item.done")
    assert names_of(key, {"item.done": "D, ctrl+e"}) == ("D", "ctrl+e")
    assert names_of(key, {"item.done": ""}) == ()
    assert written("item.done", {"item.done": ""}) == ""
    assert written("item.junk", {}) == "!"


def test_every_key_can_be_written() -> None:
    for key in (*KEYS, *(key for strip in STRIPS.values() for key in strip)):
        assert written(key.id, {})


async def test_the_owners_keys_work_and_stand_in_the_key_line_and_the_strip(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    look = Look(keymap=(("item.done", "D"), ("item.later", "K"), ("later.post", "w")))
    async with on_stage(monkeypatch, look=look) as stage:
        assert "D done  K later" in stage.lines()[-1]
        await stage.press("e")
        assert stage.called("items.done") == []
        await stage.press("D")
        assert len(stage.called("items.done")) == 1
        await stage.press("K")
        await stage.until(lambda: "w when they post" in stage.text)
        await stage.press("w")
        assert stage.called("items.later")[0].args[1].on_post


def test_the_themes_that_can_be_set_are_those_that_there_are() -> None:
    assert known_settings(LookSettings)["theme"].choices == NAMES
