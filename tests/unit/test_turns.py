"""Whose turn it is: little conversations, and what is expected at their end."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tui_inbox.core.conversation import Opening, Saying, Turn, opening_of, turn_of

ME, ANN, BEN, CEM = 1, 2, 3, 4


@dataclass
class Talk:
    """Writes down a conversation line by line; posts are numbered from 1, one minute apart."""

    lines: list[Saying]

    def says(
        self,
        who: int,
        *,
        to: int | None = None,
        names: set[int] | None = None,
        direct: bool = False,
        quotes: int | None = None,
    ) -> Talk:
        parent = self.lines[to - 1] if to else None
        carried = parent.named | {parent.author} if parent else frozenset()
        saying = Saying(
            post=len(self.lines) + 1,
            author=who,
            at=len(self.lines) * 60_000,
            parent_author=parent.author if parent else None,
            named=frozenset(names or ()),
            parent_named=frozenset(carried),
            quoted_author=quotes,
            direct=direct,
        )
        return Talk([*self.lines, saying])

    def turn(self, person: int) -> Turn:
        return turn_of(self.lines, ME, person).turn


def talk() -> Talk:
    return Talk([])


MINE, THEIRS, NOBODY = Turn.MINE, Turn.THEIRS, Turn.NOBODY

STORIES: dict[str, tuple[Talk, int, Turn]] = {
    "she answers my post": (talk().says(ME).says(ANN, to=1, names={ME}), ANN, MINE),
    "she answers without naming me": (talk().says(ME).says(ANN, to=1), ANN, MINE),
    "she names me out of the blue": (talk().says(ANN, names={ME}), ANN, MINE),
    "she writes to nobody": (talk().says(ANN), ANN, NOBODY),
    "she names somebody else": (talk().says(ANN, names={BEN}), ANN, NOBODY),
    "I answered her": (talk().says(ANN, names={ME}).says(ME, to=1, names={ANN}), ANN, THEIRS),
    "I answered, removing her name": (talk().says(ANN, names={ME}).says(ME, to=1), ANN, THEIRS),
    "she came back": (
        talk().says(ANN, names={ME}).says(ME, to=1, names={ANN}).says(ANN, to=2, names={ME}),
        ANN,
        MINE,
    ),
    "I wrote twice": (
        talk().says(ANN, names={ME}).says(ME, to=1, names={ANN}).says(ME, to=2, names={ANN}),
        ANN,
        THEIRS,
    ),
    "I began and named her": (talk().says(ME, names={ANN}), ANN, THEIRS),
    "I only posted": (talk().says(ME), ANN, NOBODY),
    "Ben answers her and carries my name along": (
        talk().says(ANN, names={ME}).says(BEN, to=1, names={ANN, ME}),
        BEN,
        NOBODY,
    ),
    "Ben answers me in her thread": (
        talk().says(ANN, names={ME}).says(ME, to=1, names={ANN}).says(BEN, to=2, names={ME, ANN}),
        BEN,
        MINE,
    ),
    "Ben's answer leaves her turn alone": (
        talk().says(ANN, names={ME}).says(ME, to=1, names={ANN}).says(BEN, to=2, names={ME, ANN}),
        ANN,
        THEIRS,
    ),
    "my answer to Ben also answers Ann, whom it names": (
        talk()
        .says(ME)
        .says(ANN, to=1, names={ME})
        .says(BEN, to=1, names={ME})
        .says(ME, to=3, names={BEN, ANN}),
        ANN,
        THEIRS,
    ),
    "my answer to Ben does not answer Ann, whom it leaves out": (
        talk()
        .says(ME)
        .says(ANN, to=1, names={ME})
        .says(BEN, to=1, names={ME})
        .says(ME, to=3, names={BEN}),
        ANN,
        MINE,
    ),
    "she answers after I answered everybody": (
        talk()
        .says(ME)
        .says(BEN, to=1, names={ME})
        .says(ME, to=2, names={BEN, ANN})
        .says(ANN, to=3, names={ME, BEN}),
        ANN,
        MINE,
    ),
    "she quotes me": (talk().says(ANN, quotes=ME), ANN, MINE),
    "she quotes somebody else": (talk().says(ANN, quotes=BEN), ANN, NOBODY),
    "she writes directly": (talk().says(ANN, names={ME}, direct=True), ANN, MINE),
    "she goes on directly, my name carried": (
        talk()
        .says(ME, names={ANN}, direct=True)
        .says(ANN, to=1, names={ME}, direct=True)
        .says(ME, to=2, names={ANN}, direct=True)
        .says(ANN, to=3, names={ME}, direct=True),
        ANN,
        MINE,
    ),
    "I answered directly": (
        talk()
        .says(ANN, names={ME, BEN}, direct=True)
        .says(ME, to=1, names={ANN, BEN}, direct=True),
        BEN,
        THEIRS,
    ),
    "she answers herself, naming me only before": (
        talk().says(ANN, names={ME}).says(ANN, to=1, names={ME}),
        ANN,
        MINE,
    ),
    "she goes on after my answer, to herself": (
        talk().says(ANN, names={ME}).says(ME, to=1, names={ANN}).says(ANN, to=1, names={ME}),
        ANN,
        THEIRS,
    ),
    "I talk to myself": (talk().says(ME).says(ME, to=1), ANN, NOBODY),
    "Cem is newly told of me by Ben": (
        talk().says(ANN).says(BEN, to=1, names={ANN, ME}),
        BEN,
        MINE,
    ),
}


@pytest.mark.parametrize("story", STORIES)
def test_the_turn_after(story: str) -> None:
    conversation, person, expected = STORIES[story]
    assert conversation.turn(person) is expected


def test_the_turn_begins_with_the_first_text_that_is_unanswered() -> None:
    lines = talk().says(ANN, names={ME}).says(ANN, to=1, names={ME}).says(ME, names={BEN}).lines
    again = Talk(lines).says(ANN, names={ME})
    turn = turn_of(again.lines, ME, ANN)
    assert (turn.since, turn.post, turn.opening) == (0, 4, Opening.NAMED)


def test_a_deleted_answer_gives_the_turn_back() -> None:
    conversation = talk().says(ANN, names={ME}).says(ME, to=1, names={ANN})
    assert turn_of(conversation.lines[:1], ME, ANN).turn is Turn.MINE


def test_an_edit_that_newly_names_me_opens_a_turn() -> None:
    (before,) = talk().says(ANN).lines
    assert opening_of(before, ME) is None
    assert opening_of(replace(before, named=frozenset({ME})), ME) is Opening.NAMED


people = st.sampled_from([ME, ANN, BEN, CEM])


@st.composite
def conversations(draw: st.DrawFn) -> list[Saying]:
    conversation = talk()
    for number in range(draw(st.integers(1, 12))):
        conversation = conversation.says(
            draw(people),
            to=draw(st.none() | st.integers(1, number)) if number else None,
            names=draw(st.sets(people)),
            direct=draw(st.booleans()),
            quotes=draw(st.none() | people),
        )
    return conversation.lines


@given(conversations(), st.randoms())
def test_the_order_of_arrival_does_not_matter(lines: list[Saying], random: object) -> None:
    shuffled = list(lines)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis hands out random.Random
    for person in (ANN, BEN, CEM):
        assert turn_of(shuffled, ME, person) == turn_of(lines, ME, person)


@given(conversations())
def test_it_is_never_my_turn_with_somebody_who_said_nothing(lines: list[Saying]) -> None:
    speakers = {line.author for line in lines}
    for person in {ANN, BEN, CEM} - speakers:
        assert turn_of(lines, ME, person).turn is not Turn.MINE


@given(conversations())
def test_my_turn_rests_on_a_text_of_theirs_that_opens_it(lines: list[Saying]) -> None:
    for person in (ANN, BEN, CEM):
        turn = turn_of(lines, ME, person)
        if turn.turn is Turn.MINE:
            said = next(line for line in lines if line.post == turn.post)
            assert said.author == person
            assert opening_of(said, ME) is turn.opening


@given(conversations())
def test_answering_the_deciding_text_always_ends_my_turn(lines: list[Saying]) -> None:
    for person in (ANN, BEN, CEM):
        turn = turn_of(lines, ME, person)
        if turn.turn is Turn.MINE:
            answer = Saying(
                post=len(lines) + 1, author=ME, at=lines[-1].at + 1, parent_author=person
            )
            assert turn_of([*lines, answer], ME, person).turn is Turn.THEIRS
