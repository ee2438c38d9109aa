"""The owner's own keys: they work, they are shown, and clashes are said at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ui.stage import on_stage

from tui_inbox.ui.key_names import shown
from tui_inbox.ui.keymap import (
    Complaint,
    InForce,
    complaints,
    in_force,
    known_ids,
    names_of,
    own_keys,
    written,
)
from tui_inbox.ui.keys import KEYS, STRIPS, key_named
from tui_inbox.ui.presets import PRESETS, Preset
from tui_inbox.ui.services import Look


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


# Presets, and lines that cannot be used


@pytest.mark.parametrize("preset", PRESETS.values(), ids=lambda preset: preset.name)
def test_in_no_preset_a_key_does_two_things(preset: Preset) -> None:
    assert complaints(own_keys(preset.keys)) == []


@pytest.mark.parametrize("preset", PRESETS.values(), ids=lambda preset: preset.name)
def test_a_preset_leaves_nothing_without_a_key_that_has_one(preset: Preset) -> None:
    lost = {id_ for id_, own in preset.keys.items() if not own}
    assert lost <= {"list.line_down", "list.line_up"}


LEFT = {*"qwertasdfgzxcvb12345`~!#$% ", "tab", "esc", "space", "shift", "ctrl", "alt"}
RIGHT = {
    *"yuiophjklnm67890-=[];',./\\",
    "enter",
    "backspace",
    "delete",
    "f12",
    "shift",
    "ctrl",
    "alt",
}
"""The halves of a keyboard, as keys are written in settings; both hands have shift, ctrl and alt."""

DAILY = (
    *("list.down", "list.up", "pane.left", "pane.right", "item.open", "next.needs", "close"),
    *("item.reply", "compose.send", "item.done", "item.later", "later.tomorrow", "later.post"),
    *("undo.last", "undo.sends", "open.search", "labels", "palette", "go", "go.top"),
)
"""What a day needs: read, answer, put off, done, and back."""


@pytest.mark.parametrize(("name", "half"), [("one-hand", LEFT), ("one-hand-right", RIGHT)])
def test_one_hand_alone_can_read_answer_put_off_and_be_done(name: str, half: set[str]) -> None:
    keymap = dict(in_force({"preset": name}).keymap)
    for id_ in DAILY:
        found = names_of(key_named(id_), keymap)
        assert any(set(_parts(shown(one))) <= half for one in found), id_


def _parts(key: str) -> list[str]:
    """A key as it is written, in what has to be held and pressed; a capital is shift and its letter."""
    *held, last = key.split("+") if len(key) > 1 else [key]
    return [*held, *(["shift"] if last.isupper() else []), last.lower()]


def test_the_owners_lines_stand_above_the_preset() -> None:
    found = in_force({"preset": "vim", "item.junk": "!", "item.done": "D"})
    assert (found.preset, found.wrong) == ("vim", ())
    keymap = dict(found.keymap)
    assert (keymap["item.done"], keymap["item.junk"]) == ("D", "exclamation_mark")
    assert keymap["item.later"] == "Z"


def test_a_line_that_cannot_be_used_is_left_out_and_the_others_hold() -> None:
    found = in_force({"item.done": "r", "zoom": "K", "item.reply": "crtl+e", "preset": "vmi"})
    assert found.keymap == (("zoom", "K"),)
    assert [one.id for one in found.wrong] == ["preset", "item.reply", "item.done"]
    assert found.wrong[0].what.startswith("there is no preset “vmi”, only default, vim")


def test_a_clash_inside_of_a_preset_is_nothing_that_the_owner_could_mend(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    torn = Preset("torn", "for nobody", {"item.done": "r"})
    monkeypatch.setitem(PRESETS, "torn", torn)
    found = in_force({"preset": "torn"})
    assert (dict(found.keymap), found.wrong) == ({"item.done": "r"}, ())


def test_a_clash_with_the_preset_is_complained_of_at_the_owners_line() -> None:
    found = in_force({"preset": "one-hand", "item.note": "ctrl+w"})
    assert [one.id for one in found.wrong] == ["item.note"]
    assert "item.note" not in dict(found.keymap)


@given(
    st.dictionaries(
        st.sampled_from(sorted(known_ids())), st.sampled_from(["e", "r", "K", "ctrl+e", "!", "D"])
    )
)
def test_whatever_the_lines_say_no_key_does_two_things(lines: dict[str, str]) -> None:
    found = in_force(lines)
    assert complaints(dict(found.keymap)) == []
    assert {one.id for one in found.wrong} | dict(found.keymap).keys() == lines.keys()


def test_what_has_no_key_of_its_own_can_be_given_one() -> None:
    assert in_force({"open.rules": "K"}) == InForce((("open.rules", "K"),))
    assert [one.id for one in in_force({"open.rules": "r"}).wrong] == ["open.rules"]


async def test_a_line_without_a_key_takes_it_away_and_one_for_the_palettes_gives_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    look = Look(keymap=(("item.done", ""), ("keys.preset", "K")))
    async with on_stage(monkeypatch, look=look) as stage:
        await stage.press("e")
        assert stage.called("items.done") == []
        await stage.press("K")
        assert "for hands that know vim" in stage.text


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
