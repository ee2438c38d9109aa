"""Sentences that name keys, where the owner has other keys."""

from __future__ import annotations

import pytest

from tui_inbox.ui.key_words import NAMED, pressed_for, with_own_keys

OWN = {"undo.sends": "f5", "item.view": "V", "open.outbox": "b", "close": ""}


@pytest.mark.parametrize("words", NAMED)
def test_what_a_sentence_calls_a_key_is_the_usual_key(words: str) -> None:
    """Otherwise it would stay in the sentence when the owner has another one."""
    assert words.startswith(f"{pressed_for(NAMED[words], {})} ")


@pytest.mark.parametrize(
    ("usual", "own"),
    [
        ("reply to odile fenn: leaves in 7 s, U stops it", ": leaves in 7 s, f5 stops it"),
        ("2 not sent, g o shows why", "2 not sent, g b shows why"),
        ("[warning: food] · v shows it", "[warning: food] · V shows it"),
        ("Thread · q goes back", "Thread · “back” goes back"),
        ("done, u undoes", "done, u undoes"),
    ],
)
def test_a_sentence_names_the_keys_in_force(usual: str, own: str) -> None:
    assert with_own_keys(usual, OWN).endswith(own)


def test_nothing_else_in_a_sentence_is_touched() -> None:
    said = "to MU stops it: leaves at 12:00, menu undoes it"
    assert with_own_keys(said, {"undo.sends": "f5", "undo.last": "f6"}) == said


def test_with_the_usual_keys_a_sentence_stays_as_it_is() -> None:
    assert with_own_keys("leaves in 7 s, U stops it", {}) == "leaves in 7 s, U stops it"
