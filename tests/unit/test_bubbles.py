"""When a bubble is shown, and what it says, as little days."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tui_inbox.core.bubbles import (
    GATHER,
    LATE,
    OLD,
    PAUSE,
    REMEMBERED,
    SIDE_PAUSE,
    About,
    Bubble,
    News,
    Quiet,
    Rules,
    Told,
    bubble_of,
    known,
    step,
)
from tui_inbox.core.moment import DAY, HOUR, MINUTE, SECOND, Millis

NOON = 12 * 60
BEGIN: Millis = 1_763_731_200_000


def turn(who: str, at: Millis, *, post: int = 1, about: About = About.TALK, text: str = "") -> News:
    """Somebody addresses the owner."""
    return News(f"turn:{who}:{post}", about, who, "asks", text, at)


def hit(search: str, post: int, at: Millis) -> News:
    return News(f"hit:{search}:{post}", About.HIT, "copper kettle", search, "Who knows one?", at)


@dataclass
class Desk:
    """The owner's desk while they look elsewhere, with a clock that is moved by hand."""

    rules: Rules = field(default_factory=Rules)
    now: Millis = BEGIN
    minute: int = NOON
    told: Told = field(default_factory=Told)
    news: list[News] = field(default_factory=list)
    shown: list[Bubble] = field(default_factory=list)
    again: Millis | None = None

    def look(self) -> None:
        done = step(self.told, self.news, self.rules, now=self.now, minute=self.minute)
        self.told, self.again = done.told, done.again
        if done.bubble is not None:
            self.shown.append(done.bubble)

    def comes(self, *news: News) -> None:
        self.news += news
        self.look()

    def pass_time(self, time: Millis) -> None:
        """Let time pass, and look whenever it was wanted."""
        end = self.now + time
        while self.again is not None and self.again <= end:
            self.now = max(self.now + 1, self.again)
            self.look()
        self.now = end
        self.look()

    @property
    def titles(self) -> list[str]:
        return [bubble.title for bubble in self.shown]


def test_somebody_asks_and_some_seconds_later_it_is_told_once() -> None:
    desk = Desk()
    desk.comes(turn("quillfox", BEGIN, text="Does it keep the tags?"))
    assert desk.shown == []
    desk.pass_time(GATHER)
    assert desk.shown == [Bubble("quillfox asks", "Does it keep the tags?")]
    desk.pass_time(DAY)
    assert len(desk.shown) == 1


def test_several_within_some_seconds_are_one_bubble() -> None:
    desk = Desk()
    desk.comes(turn("quillfox", BEGIN))
    desk.pass_time(2 * SECOND)
    desk.comes(turn("odile fenn", desk.now))
    desk.pass_time(MINUTE)
    assert desk.titles == ["quillfox, odile fenn wait for you"]


def test_who_is_answered_deleted_or_edited_before_it_is_shown_is_not_told() -> None:
    desk = Desk()
    desk.comes(turn("quillfox", BEGIN))
    desk.pass_time(2 * SECOND)
    desk.news.clear()
    desk.pass_time(HOUR)
    assert desk.shown == []


def test_what_was_edited_before_it_is_shown_is_shown_as_it_is_now() -> None:
    desk = Desk()
    desk.comes(turn("quillfox", BEGIN, text="Tusday?"))
    desk.news = [replace(desk.news[0], text="Tuesday?")]
    desk.pass_time(MINUTE)
    assert desk.shown == [Bubble("quillfox asks", "Tuesday?")]


def test_a_new_text_in_the_same_conversation_is_told_again() -> None:
    desk = Desk()
    desk.comes(turn("quillfox", BEGIN))
    desk.pass_time(MINUTE)
    desk.news.clear()
    desk.comes(turn("quillfox", desk.now, post=2))
    desk.pass_time(MINUTE)
    assert desk.titles == ["quillfox asks", "quillfox asks"]


def test_what_the_owner_has_seen_is_not_told_and_what_comes_back_neither() -> None:
    desk = Desk(news=[turn("quillfox", BEGIN), turn("odile fenn", BEGIN)])
    desk.told = known(desk.told, desk.news)
    desk.pass_time(HOUR)
    gone, desk.news = desk.news, []
    desk.pass_time(HOUR)
    desk.news = gone
    desk.pass_time(HOUR)
    assert desk.shown == []


def test_talk_may_be_told_again_soon_and_anything_else_once_a_minute() -> None:
    desk = Desk()
    for number in range(60):
        desk.comes(hit("anyone know", number, desk.now))
        desk.pass_time(10 * SECOND)
    assert len(desk.shown) <= 11
    assert desk.titles[0] == "found: anyone know"
    assert desk.titles[1] == "6 hits: anyone know"
    shown = len(desk.shown)
    desk.comes(turn("quillfox", desk.now))
    desk.pass_time(PAUSE + GATHER)
    assert "quillfox" in desk.titles[shown]


def test_after_a_night_one_bubble_sums_up() -> None:
    desk = Desk()
    desk.now += 9 * HOUR
    for number, who in enumerate(["quillfox", "odile fenn", "tinbadger", "wren", "larkspur"] * 10):
        desk.comes(turn(who, BEGIN + number * MINUTE, post=number))
        desk.pass_time(300)
    desk.pass_time(HOUR)
    assert desk.shown == [
        Bubble("quillfox, odile fenn, tinbadger and 2 more wait for you", "while you were away")
    ]


def test_what_a_line_brings_for_minutes_after_hours_is_summed_up_seldom() -> None:
    desk = Desk()
    desk.now += 9 * HOUR
    for number in range(60):
        desk.comes(turn(f"n{number}", BEGIN + number, post=number))
        desk.pass_time(10 * SECOND)
    assert len(desk.shown) <= 3
    desk.comes(turn("quillfox", desk.now))
    desk.pass_time(PAUSE + GATHER)
    assert desk.shown[-1] == Bubble("quillfox asks")  # what is said now does not wait for that


def test_what_is_older_than_a_day_is_history() -> None:
    desk = Desk()
    desk.comes(turn("quillfox", BEGIN - OLD - 1))
    desk.comes(replace(turn("odile fenn", BEGIN), history=True))
    desk.pass_time(HOUR)
    assert desk.shown == []


def test_at_night_nothing_is_told_and_in_the_morning_all_of_it_once() -> None:
    desk = Desk(Rules(quiet=Quiet(22 * 60, 7 * 60)), minute=23 * 60)
    desk.comes(turn("quillfox", BEGIN))
    assert desk.again == BEGIN + 8 * HOUR
    desk.now = BEGIN + 8 * HOUR
    desk.minute = 7 * 60
    desk.pass_time(MINUTE)
    assert desk.titles == ["quillfox asks"]


@pytest.mark.parametrize(
    ("quiet", "holds", "does_not"),
    [
        (Quiet(22 * 60, 7 * 60), (22 * 60, 0, 7 * 60 - 1), (7 * 60, NOON, 22 * 60 - 1)),
        (Quiet(NOON, 13 * 60), (NOON, NOON + 59), (0, 13 * 60)),
        (Quiet(), (), (0, NOON, 1439)),
    ],
)
def test_quiet_hours_go_over_midnight(
    quiet: Quiet, holds: tuple[int, ...], does_not: tuple[int, ...]
) -> None:
    assert all(quiet.holds(minute) for minute in holds)
    assert not any(quiet.holds(minute) for minute in does_not)


def test_what_several_things_are_called_together() -> None:
    news = [
        turn("quillfox", BEGIN),
        turn("mossygate", BEGIN, about=About.NEWCOMER),
        turn("deal rocket", BEGIN, about=About.STRANGER),
        turn("deal rocket 2", BEGIN, about=About.STRANGER),
        hit("anyone know", 1, BEGIN),
        hit("sourdough", 2, BEGIN),
        News("post:9", About.GROUP, "odile fenn", "posted", "", BEGIN),
    ]
    assert bubble_of(news).title == (
        "quillfox waits for you · 1 newcomer: mossygate · 2 strangers wrote · "
        "2 hits: 2 searches · odile fenn posted"
    )


def test_a_single_hit_names_the_search_and_who_said_it() -> None:
    assert bubble_of([hit("anyone know", 1, BEGIN)]) == Bubble(
        "found: anyone know", "copper kettle: Who knows one?"
    )
    assert bubble_of([replace(hit("anyone know", 1, BEGIN), text="")]).text == "by copper kettle"


def test_a_long_text_is_cut() -> None:
    (shown,) = [bubble_of([turn("quillfox", BEGIN, text="word " * 100)])]
    assert len(shown.text) <= 141
    assert shown.text.endswith("…")


def test_one_person_in_two_conversations_is_one_who_waits() -> None:
    news = [turn("quillfox", BEGIN), turn("quillfox", BEGIN, post=2)]
    assert bubble_of(news).title == "quillfox waits for you"


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["come", "go", "wait", "know"]),
        st.integers(0, 30),
        st.sampled_from(list(About)),
        st.integers(0, 20 * 60),
    ),
    max_size=60,
)


@given(events=EVENTS)
def test_whatever_happens_nothing_is_told_twice_or_too_often(
    events: list[tuple[str, int, About, int]],
) -> None:
    desk = Desk()
    shown_at: list[tuple[Millis, bool]] = []
    told: list[str] = []
    for what, number, about, seconds in events:
        if what == "come":
            desk.news.append(turn(f"n{number}", desk.now - seconds * SECOND, about=about))
        elif what == "go" and desk.news:
            desk.news.pop(number % len(desk.news))
        elif what == "know":
            desk.told = known(desk.told, desk.news)
        desk.now += seconds * SECOND if what == "wait" else 0
        before, waiting = desk.told, list(desk.news)
        done = step(before, waiting, desk.rules, now=desk.now, minute=desk.minute)
        desk.told = done.told
        if done.bubble is not None:
            fresh = set(done.told.keys) - set(before.keys)
            old = {one.key for one in waiting if desk.now - one.at > OLD}
            named = [one for one in waiting if one.key in fresh - old]
            side = any(one.about is not About.TALK for one in named)
            assert named
            assert not set(told) & {one.key for one in named}
            told += {one.key for one in named}
            if shown_at:
                assert desk.now - shown_at[-1][0] >= PAUSE
            if side and any(was_side for _, was_side in shown_at):
                last = max(at for at, was_side in shown_at if was_side)
                assert desk.now - last >= SIDE_PAUSE
            shown_at.append((desk.now, side))
        else:
            assert done.again is None or done.again > desk.now
        assert len(desk.told.keys) <= REMEMBERED


def test_what_is_late_waits_until_no_more_of_it_comes() -> None:
    desk = Desk()
    desk.comes(turn("quillfox", BEGIN - LATE - 1))
    desk.pass_time(GATHER)
    assert desk.shown == []
    desk.pass_time(MINUTE)
    assert desk.shown == [Bubble("quillfox waits for you", "while you were away")]
