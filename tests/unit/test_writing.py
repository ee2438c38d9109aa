"""Names in a text, texts that say the same, what is left, and what the composer's first line says."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tui_inbox.core.account import Limits
from tui_inbox.core.draft import Draft, PollDraft
from tui_inbox.core.moment import DAY, HOUR, MINUTE, to_millis
from tui_inbox.core.naming import named, names, with_name, without_name
from tui_inbox.core.post import Audience
from tui_inbox.core.same_text import gist, same_text
from tui_inbox.queries.composing import Surroundings
from tui_inbox.queries.rows import PersonLabel
from tui_inbox.ui.render import composed

NOW = to_millis(datetime(2026, 11, 20, 9, 12, tzinfo=UTC))
QUILLFOX = PersonLabel(1, "quillfox", "quillfox@choir.example")
FERN = PersonLabel(2, "fern & ledger", "fern@books.example")

handles = st.from_regex(r"[a-z0-9_]{1,8}(@[a-z]{1,6}\.[a-z]{2,4})?", fullmatch=True)
texts = st.lists(st.one_of(handles.map("@{}".format), st.text(" ab,.\n", max_size=6))).map(" ".join)


@given(texts, handles)
def test_whoever_is_named_is_named_once_and_can_be_taken_out_again(text: str, handle: str) -> None:
    more = with_name(text, handle)
    assert names(more, handle)
    assert with_name(more, handle) == more
    assert not names(without_name(more, handle), handle)


@given(texts, handles)
def test_naming_somebody_touches_no_other_name(text: str, handle: str) -> None:
    others = [one for one in named(text) if one.casefold() != handle.casefold()]
    assert [one for one in named(with_name(text, handle)) if one != handle] == others
    assert list(named(without_name(text, handle))) == others


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@quillfox @fern@books.example, yes", ("quillfox", "fern@books.example")),
        ("write to me@books.example, or see https://a.example/@quillfox", ()),
        ("thanks @fern. And @Fern again", ("fern",)),
    ],
)
def test_a_name_is_a_name_and_no_address(text: str, found: tuple[str, ...]) -> None:
    assert named(text) == found


def test_a_name_comes_behind_those_that_are_there() -> None:
    assert with_name("@quillfox Yes.", "fern@books.example") == "@quillfox @fern@books.example Yes."
    assert without_name("@quillfox @fern Yes.", "fern") == "@quillfox Yes."


def test_the_same_words_to_other_people_are_the_same() -> None:
    assert gist("@quillfox See  https://a.example/x now") == gist(
        "@fern@books.example see https://a.example/y NOW"
    )
    assert gist("@quillfox One") != gist("@quillfox Two")
    assert same_text("@a hello", "@a@b.example Hello ")
    assert not same_text("hello", "@a hello")


# What is left


def test_what_is_left_is_that_of_the_account_that_allows_least() -> None:
    limits = {1: Limits(characters=500), 2: Limits(characters=300)}
    draft = Draft(0, 1, "x" * 10, warning="yy")
    assert composed.room(draft, limits).words == "488 left"
    assert (
        composed.room(Draft(0, 1, "x" * 10, warning="yy", also_from=(2,)), limits).words
        == "288 left"
    )
    assert composed.room(Draft(0, 2, "x" * 301), limits).words == "1 too many"


@given(st.lists(st.sampled_from(["One sentence. ", "Two of them! ", "word "]), min_size=30))
def test_the_part_in_hand_is_the_one_that_the_place_belongs_to(pieces: list[str]) -> None:
    draft = Draft(0, 1, "".join(pieces).strip(), split=True)
    limits = Limits(characters=60)
    parts = composed.parts_of(draft, limits)
    hands = [composed.part_in_hand(draft.text, parts, at) for at in range(len(draft.text) + 1)]
    assert hands == sorted(hands)
    assert (hands[0], hands[-1]) == (0, len(parts) - 1)
    assert set(hands) == set(range(len(parts)))


def test_in_a_thread_the_count_is_that_of_the_part_in_hand() -> None:
    draft = Draft(0, 1, "A first sentence, and quite long. A second one.", split=True)
    limits = {1: Limits(characters=40)}
    assert composed.room(draft, limits, 3).words == "3 left in 1 of 2"
    assert composed.room(draft, limits).words == "23 left in 2 of 2"


# The first line


def head(draft: Draft, around: Surroundings, width: int = 100) -> str:
    whom = composed.whom(draft, around, around.people, NOW)
    when = composed.when(draft, around.limits, NOW, UTC)
    room = composed.room(draft, around.limits)
    return composed.head_words(["acorn crm"], whom, draft, when, room, width)


ANSWERED = Surroundings(people=(QUILLFOX, FERN), answered=QUILLFOX, widest=Audience.PUBLIC)


def test_it_says_who_is_named_in_the_text_as_it_stands() -> None:
    draft = Draft(0, 1, "@quillfox@choir.example Yes.", language="en", reply_to=7)
    assert head(draft, ANSWERED).startswith("ACORN CRM · to quillfox · everyone · en · ")
    nobody = Draft(0, 1, "Yes.", reply_to=7)
    assert "in answer to quillfox, naming nobody" in head(nobody, ANSWERED)
    assert "to odile@harbour.example" in head(Draft(0, 1, "@odile@harbour.example hi"), ANSWERED)
    assert "a new post" in head(Draft(0, 1, "hi"), Surroundings())


def test_where_an_answer_need_not_name_anybody_it_is_to_whom_it_answers() -> None:
    around = replace(ANSWERED, limits={1: Limits(answers_name=False)})
    assert " · to quillfox · " in head(Draft(0, 1, "Yes.", reply_to=7), around)
    others = Draft(0, 1, "Yes, @odile.example.", reply_to=7)
    assert " · to quillfox, odile.example · " in head(others, around)


def test_it_says_what_is_quoted_and_what_is_changed() -> None:
    quoting = Surroundings(quoted=FERN)
    assert "ACORN CRM · quoting fern & ledger · everyone" in head(
        Draft(0, 1, "x", quotes=3), quoting
    )
    changed = Surroundings(written_at=NOW - 5 * HOUR)
    assert "changing your post of 5 h ago" in head(Draft(0, 1, "x", edits=3), changed)


@pytest.mark.parametrize(
    ("at", "schedules", "words"),
    [
        (NOW + 30 * MINUTE, False, "at 9:42, sent from here while the program runs"),
        (NOW + DAY, True, "at tomorrow 9:12, kept by the server"),
        (NOW + 2 * MINUTE, True, "at 9:14, sent from here while the program runs"),
        (NOW - MINUTE, True, "which is past: at once"),
    ],
)
def test_it_says_who_sees_to_it_that_a_text_leaves_at_its_time(
    at: int, schedules: bool, words: str
) -> None:
    around = Surroundings(limits={1: Limits(schedules=schedules)})
    assert words in head(Draft(0, 1, "x", send_at=at), around, 160)


@given(st.integers(20, 160), st.text("ab ", max_size=80), st.booleans())
def test_what_is_left_is_never_cut_off(width: int, warning: str, timed: bool) -> None:
    draft = Draft(
        0,
        1,
        "@quillfox@choir.example @fern@books.example x",
        warning=warning,
        reply_to=7,
        send_at=NOW + DAY if timed else None,
    )
    lines = head(draft, ANSWERED, width).split("\n")
    assert len(lines) <= composed.HEAD_LINES
    assert all(len(line) <= width for line in lines)
    assert lines[0].startswith("ACORN CRM")
    assert lines[-1].endswith(" left")


@pytest.mark.parametrize(
    ("poll", "words"),
    [
        (PollDraft(("a",)), "1d"),
        (PollDraft(("a",), 6 * HOUR, multiple=True), "6h, several"),
        (PollDraft(("a",), 90 * MINUTE), "90m"),
        (PollDraft(("a",), 1438 * MINUTE), "1d"),
        (PollDraft(("a",), 25 * HOUR), "25h"),
        (PollDraft(("a",), 1), "1m"),
        (PollDraft(("a",), 30 * DAY), "30d"),
    ],
)
def test_how_long_a_poll_lasts_is_said_as_it_can_be_typed(poll: PollDraft, words: str) -> None:
    assert composed.lasts_words(poll) == words
