"""Emoji in words, or none: what is drawn changes, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from ui.stage import on_stage
from ui.town import usual_town

from tui_inbox.core.text import Link, clean, is_clean
from tui_inbox.queries.rows import EntryRow
from tui_inbox.ui.render.emoji import runs, told, told_row, told_with_links
from tui_inbox.ui.services import Look


@pytest.mark.parametrize(
    ("text", "in_words", "without"),
    [
        ("no emoji, 日本, naïve", "no emoji, 日本, naïve", "no emoji, 日本, naïve"),
        ("glitter ✨ here", "glitter :sparkles: here", "glitter here"),
        ("🎉🎉🎉 yes", ":party popper: x3 yes", "yes"),
        ("🎉 🎉", ":party popper: x2", ":party popper: x2"),
        ("👩‍💻 works", ":woman+personal computer: works", "works"),
        ("👍🏽 ok", ":thumbs up sign: ok", "ok"),
        ("🇩🇪 and 🇫🇷", ":flag de: and :flag fr:", "and"),
        ("1️⃣ first", "1 first", "1 first"),
        ("I ❤️ it ✔ ©", "I ❤ it ✔ ©", "I ❤ it ✔ ©"),
        (":glitter_jar: stays", ":glitter_jar: stays", ":glitter_jar: stays"),
        ("odile 🌊", "odile :water wave:", "odile"),
        ("🌊", ":water wave:", ":water wave:"),
        ("one\n🌊 two\n\nthree", "one\n:water wave: two\n\nthree", "one\ntwo\n\nthree"),
    ],
)
def test_the_rule(text: str, in_words: str, without: str) -> None:
    assert told(text, "words") == in_words
    assert told(text, "none") == without
    assert told(text, "pictures") == text


@given(st.text(st.sampled_from("a ✨🎉👩💻\u200d\ufe0f🏽🇩🇪1\u20e3❤:\n日"), max_size=30).map(clean))
def test_what_comes_out_is_clean_and_has_no_emoji_left(text: str) -> None:
    for emoji in ("words", "none"):
        after = told(text, emoji)
        assert is_clean(after)
        assert not runs(after)
        assert bool(after.strip()) == bool(text.strip())


@given(st.lists(st.sampled_from(["🎉🎉", "see ", "✨ ", "word "]), max_size=5).map("".join))
def test_links_stand_where_their_words_stand(before: str) -> None:
    text = f"{before}https://maps.example 🎉"
    link = Link(len(before), len(text) - 2, "https://maps.example")
    for emoji in ("words", "none"):
        after, (moved,) = told_with_links(text, [link], emoji)
        assert after[moved.start : moved.end] == "https://maps.example"


def test_a_row_is_told_and_the_one_that_keys_act_on_stays() -> None:
    row = next(row for row in usual_town().timeline if isinstance(row, EntryRow))
    author = replace(row.post.author, name="odile 🌊")
    row = replace(row, post=replace(row.post, text="hooray 🎉", links=(), author=author))
    seen = told_row(row, "words")
    assert (seen.post.author.name, seen.post.text) == (
        "odile :water wave:",
        "hooray :party popper:",
    )
    assert row.post.text == "hooray 🎉"
    assert told_row(row, "pictures") is row


async def test_panes_and_pages_tell_emoji_in_words_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    town = usual_town()
    town.timeline = [
        replace(row, post=replace(row.post, text="hooray 🎉", links=()))
        if isinstance(row, EntryRow)
        else row
        for row in town.timeline
    ]
    async with on_stage(monkeypatch, town) as stage:
        assert "hooray 🎉" in stage.text
        stage.app.look_changed(Look(emoji="words"))
        await stage.settle()
        assert "hooray :party popper:" in stage.text
        assert "🎉" not in stage.text
        await stage.press("2", "enter")
        assert "🎉" not in stage.text
