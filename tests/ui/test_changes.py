"""What changed between two versions of a text, and how that is marked."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from ui.test_rows import DRAWING

from tui_inbox.core.versions import Version
from tui_inbox.ui.render.changes import MOST_WORDS, Kind, Run, changes
from tui_inbox.ui.render.versions import VersionData, VersionRenderer, besides, marked
from tui_inbox.ui.widgets import Row

texts = st.lists(st.sampled_from(["rye", "spelt", " ", "\n", ",", "ü", "貓"]), max_size=30).map(
    "".join
)


@given(texts, texts)
@example("", "")
@example("rye " * 3_000, "rye\n" * 3_000)
def test_the_runs_hold_both_texts_whole(before: str, after: str) -> None:
    runs = changes(before, after)
    assert "".join(run.text for run in runs if run.kind is not Kind.ADDED) == before
    assert "".join(run.text for run in runs if run.kind is not Kind.REMOVED) == after
    assert all(run.text for run in runs)


def test_whole_words_change_not_letters() -> None:
    assert changes("The 22:10 leaves on Monday.", "The 22:25 leaves on Monday.") == [
        Run(Kind.SAME, "The 22:"),
        Run(Kind.REMOVED, "10"),
        Run(Kind.ADDED, "25"),
        Run(Kind.SAME, " leaves on Monday."),
    ]


def test_words_that_change_side_by_side_are_one_change() -> None:
    assert changes("see you at noon", "see you on Friday") == [
        Run(Kind.SAME, "see you "),
        Run(Kind.REMOVED, "at noon"),
        Run(Kind.ADDED, "on Friday"),
    ]


def test_very_long_texts_are_compared_by_lines() -> None:
    before = "so it is \n" * MOST_WORDS
    assert changes(before, before + "the end") == [
        Run(Kind.SAME, before),
        Run(Kind.ADDED, "the end"),
    ]


def test_what_went_and_came_is_marked_without_colour() -> None:
    text, spans = marked("It is rye.", "It is spelt.")
    assert text == "It is [-rye-]{+spelt+}."
    assert [(kind, text[start:end]) for kind, start, end in spans] == [
        (Kind.REMOVED, "[-rye-]"),
        (Kind.ADDED, "{+spelt+}"),
    ]


def test_what_changed_besides_the_text_is_said() -> None:
    first = Version(1, "Soup.", warning="food", alts=("a pot",), options=("rye", "oats"))

    def told(now: Version) -> list[str]:
        return besides(VersionData(now, 2, 2, first))

    assert told(Version(2, "Soup.", alts=("a pot",), options=("rye", "oats"))) == [
        "warning taken away: food",
        "the text is the same",
    ]
    assert told(Version(2, "No soup.", warning="food", alts=("a red pot",), options=("rye",))) == [
        "poll: rye · oats became rye",
        "description: a pot became a red pot",
    ]
    assert told(Version(2, "No soup.", warning="food", options=("rye", "oats"))) == [
        "attachments: 1 before, 0 now"
    ]
    assert told(first) == ["nothing that is shown was changed"]
    assert besides(VersionData(first, 1, 1)) == ["warning: food"]
    assert besides(VersionData(first, 2, 2, Version(1, "Soup."))) == [
        "warning added: food",
        "poll added: rye · oats",
        "attachments: 0 before, 1 now",
        "the text is the same",
    ]


@given(texts, texts, st.integers(8, 60))
def test_no_version_is_wider_than_its_page(before: str, after: str, width: int) -> None:
    data = VersionData(Version(2, after), 2, 2, Version(1, before))
    lines = VersionRenderer(DRAWING).render(
        Row("version:1", data, data), width, selected=True, focused=True
    )
    assert {cell_len(line.text) for line in lines} == {width}
