"""Tokens: what the index holds of a text, whatever stands between its words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.core.tokens import tokens

WORDS = st.text(
    st.one_of(
        st.characters(codec="ascii", min_codepoint=33),
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("éßİσς\u0301\u200d\ufe0fー日本語한국어กขค🎉🇫🇷©"),
    ),
    min_size=1,
    max_size=8,
)
SPACES = st.sampled_from([" ", "\n", "\t", "\u00a0", "\u3000", " \n\u2028"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rye, again: 3 LOAVES!", ["rye", "again", "3", "loaves"]),
        ("bread 🎉 is done", ["bread", "🎉", "is", "done"]),
        ("Grüße aus Köln", ["grusse", "aus", "koln"]),
        ("it's l’été", ["it", "s", "l", "ete"]),
        ("the 日本語 word", ["the", "日本", "本語", "語", "word"]),
        ("snake_case 1st\x7fend", ["snake", "case", "1st", "end"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_words_of_many_scripts(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@given(st.lists(st.tuples(WORDS, SPACES), max_size=8))
def test_the_words_of_a_text_do_not_change_each_other(parts: list[tuple[str, str]]) -> None:
    text = "".join(word + space for word, space in parts)
    assert tokens(text) == [token for word, _ in parts for token in tokens(word)]
