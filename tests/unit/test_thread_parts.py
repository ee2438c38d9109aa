"""Long texts as threads: every part fits, and together they say what was typed."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tui_inbox.core.count import MastodonCounter
from tui_inbox.core.text import graphemes
from tui_inbox.core.thread_parts import MOST_PARTS, thread_parts

NUMBER = re.compile(r" (\d+)/(\d+)$")

words = st.one_of(
    st.text("abcdefg", min_size=1, max_size=12),
    st.sampled_from(["👩🏽‍❤️‍💋‍👨🏿", "🇩🇪🇫🇷", "日本語です。", "e\u0301te\u0301", "a" * 70, "1/2"]),
    st.sampled_from(["https://example.com/" + "x" * 60, "@odile@fenn.example", "#tag"]),
)
sentences = st.builds(
    lambda said, end: " ".join(said) + end,
    st.lists(words, min_size=1, max_size=8),
    st.sampled_from([".", "!", "?", "…", ".”", "", "\n\n", ")"]),
)
typed = st.builds(" ".join, st.lists(sentences, max_size=12))
limits = st.integers(30, 120)


def bare(parts: tuple[str, ...]) -> list[str]:
    """The parts without their numbers."""
    return [NUMBER.sub("", part) for part in parts]


@given(typed, limits, st.text("ab ", max_size=9))
def test_every_part_fits_with_its_number_and_the_warning(
    text: str, limit: int, warning: str
) -> None:
    counter = MastodonCounter(limit)
    parts = thread_parts(text, counter, warning)
    assume(len(parts) > 1)
    assert all(counter.left(part, warning) >= 0 for part in parts)


@given(typed, limits)
def test_the_parts_together_are_the_text(text: str, limit: int) -> None:
    parts = thread_parts(text, MastodonCounter(limit))
    together = bare(parts) if len(parts) > 1 else list(parts)
    assert "".join("".join(together).split()) == "".join(text.split())


@given(typed, limits)
def test_words_stand_in_one_part_unless_they_are_too_long_for_any(text: str, limit: int) -> None:
    counter = MastodonCounter(limit)
    parts = thread_parts(text, counter)
    room = len(" 99/99")
    assume(all(counter.left(word) >= room for word in text.split()))
    assume(not re.search(r"[。！？]\S", text))  # a sentence may end there, without a space
    together = bare(parts) if len(parts) > 1 else list(parts)
    assert [word for part in together for word in part.split()] == text.split()


@given(typed, limits)
def test_parts_are_numbered_from_one_to_their_count(text: str, limit: int) -> None:
    parts = thread_parts(text, MastodonCounter(limit))
    assume(len(parts) > 1)
    found = [NUMBER.search(part) for part in parts]
    numbers = [match.groups() for match in found if match]
    assert numbers == [(str(n), str(len(parts))) for n in range(1, len(parts) + 1)]
    assert len(parts) <= MOST_PARTS


@given(typed, limits)
def test_what_fits_is_left_as_it_is(text: str, limit: int) -> None:
    counter = MastodonCounter(limit)
    if counter.left(text) >= 0:
        assert thread_parts(text, counter) == (text,)


@given(st.lists(st.sampled_from(["@ann", "@bob@fenn.example"]), min_size=1, max_size=3), typed)
def test_names_at_the_front_stand_in_the_first_part_only(names: list[str], text: str) -> None:
    text = text.replace("@", "")
    parts = thread_parts(f"{' '.join(names)} {text}", MastodonCounter(80))
    found = [sum(part.count(name) for name in set(names)) for part in parts]
    assert found == [len(names), *[0] * (len(parts) - 1)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two.", ["One. Two."]),
        (
            "It is rye. It was sown in autumn. It is cut in summer.",
            ["It is rye. 1/3", "It was sown in autumn. 2/3", "It is cut in summer. 3/3"],
        ),
        (
            "“Is it rye?” she asked me then. “It is!” said I to her.",
            ["“Is it rye?” 1/3", "she asked me then. 2/3", "“It is!” said I to her. 3/3"],
        ),
        (
            "これはライ麦です。" * 4,
            [
                "これはライ麦です。これはライ麦です。 1/2",
                "これはライ麦です。これはライ麦です。 2/2",
            ],
        ),
        (
            "one two three four five six seven eight",
            ["one two three four five 1/2", "six seven eight 2/2"],
        ),
        ("a" * 40, ["a" * 26 + " 1/2", "a" * 14 + " 2/2"]),
        (
            "see https://example.com/a https://example.com/b",
            ["see 1/3", "https://example.com/a 2/3", "https://example.com/b 3/3"],
        ),
    ],
)
def test_a_text_is_parted_where_one_would_part_it(text: str, parts: list[str]) -> None:
    assert list(thread_parts(text, MastodonCounter(30))) == parts


def test_a_character_of_several_code_points_is_never_torn() -> None:
    text = "👩🏽‍❤️‍💋‍👨🏿" * 60
    parts = thread_parts(text, MastodonCounter(30))
    assert sum(graphemes(part) for part in bare(parts)) == 60
    assert "".join(bare(parts)) == text


def test_what_would_be_too_many_parts_is_left_too_long() -> None:
    text = "It is rye, as ever was. " * 200
    assert thread_parts(text, MastodonCounter(30)) == (text,)
