"""The owner's own keys: they work, they are shown, and clashes are said at once."""

from __future__ import annotations

import pytest
from ui.stage import on_stage

from tui_inbox.ui.keymap import complaints, names_of, written
from tui_inbox.ui.keys import KEYS, STRIPS, key_named
from tui_inbox.ui.services import Look


def test_the_keys_of_the_program_are_no_cause_for_complaint() -> None:
    assert complaints({}) == []


def test_a_key_that_would_do_two_things_is_named_with_both() -> None:
    found = complaints({"item.done": "r"})
    assert "r would do item.reply and item.done in the inbox." in found


def test_a_clash_behind_a_prefix_is_named_too() -> None:
    assert complaints({"later.post": "z"}) == ["z would do later.tomorrow and later.post behind z."]


def test_a_name_that_is_no_key_is_named() -> None:
    assert complaints({"item.dnoe": "D"}) == ["There is no key “item.dnoe” that could be changed."]


def test_the_same_key_may_mean_two_things_in_two_places() -> None:
    assert complaints({"inbox.thread_only": "T", "timeline.shows": "T"}) == []


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
    look = Look(keymap=(("item.done", "D"), ("item.later", "V"), ("later.post", "w")))
    async with on_stage(monkeypatch, look=look) as stage:
        assert "D done  V later" in stage.lines()[-1]
        await stage.press("e")
        assert stage.called("items.done") == []
        await stage.press("D")
        assert len(stage.called("items.done")) == 1
        await stage.press("V")
        await stage.until(lambda: "w when they post" in stage.text)
        await stage.press("w")
        assert stage.called("items.later")[0].args[1].on_post
