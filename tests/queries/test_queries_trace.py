"""Why: every point has a sentence, the sentences add up exactly, the events behind them are there."""

from __future__ import annotations

from datetime import UTC

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.town_builder import Town

from tui_inbox.commands import items as commands
from tui_inbox.core.conversation import Lane
from tui_inbox.core.moment import DAY, HOUR, MINUTE
from tui_inbox.core.own_rules import OwnRule
from tui_inbox.core.post import Audience
from tui_inbox.queries import inbox, people, trace
from tui_inbox.queries.rows import PeopleSection, ReasonRow, Trace
from tui_inbox.store.own_rules import put_rules

TEXTS = ["Does it keep the tags?", "The second bridge.", "Thank you!", "Where would you start?"]


def item_of(town: Town, name: str) -> int:
    view = town.ask(inbox.view, town.scope(), now=town.now, zone=UTC)
    return next(row.id for lane in view.lanes for row in lane.rows if row.person.name == name)


def why(town: Town, name: str) -> Trace:
    found = town.ask(trace.of_item, item_of(town, name), now=town.now, zone=UTC)
    assert found is not None
    return found


def reason(found: Trace, words: str) -> ReasonRow:
    return next(one for one in found.reasons if words in one.sentence)


def waits(town: Town, name: str, text: str, *, rounds: int = 3, hours: int = 5) -> None:
    said = town.talk(name, rounds=rounds, ago=4 * DAY)
    town.says(name, text, to=said, ago=hours * HOUR)


def test_the_reasons_say_what_counts_with_the_events_behind(town: Town) -> None:
    waits(town, "quillfox", TEXTS[0])
    waits(town, "odile fenn", TEXTS[1], hours=2)
    waits(town, "tinbadger", TEXTS[2], hours=1)
    found = why(town, "quillfox")
    assert found.title == "Why quillfox is first of 3 in “people you talk with”"
    assert found.standing == "somebody you have written to"
    talk = reason(found, "you two talk: 7 exchanges in 30 days, the last 5 h ago")
    assert [(one.word, one.text) for one in talk.evidence][:2] == [
        ("they asked", TEXTS[0]),
        ("you answered", "mira says 5"),
    ]
    question = reason(found, "it is a question")
    assert f'("{TEXTS[0]}")' in question.sentence
    assert [one.text for one in question.evidence] == [TEXTS[0]]
    assert reason(found, "it is your turn, since 07:00 today").points > 0
    assert found.next.startswith("next is odile fenn with ")
    assert "not a question" in found.next
    assert why(town, "tinbadger").next == "nobody stands below"
    assert reason(why(town, "tinbadger"), "only says thanks").points < 0


def test_who_else_has_spoken_is_shown_with_their_words(town: Town) -> None:
    said = town.talk("quillfox", ago=4 * DAY)
    asked = town.says("quillfox", TEXTS[0], to=said, ago=5 * HOUR)
    town.says("papercrane", "@quillfox mine kept them", to=asked, ago=4 * HOUR)
    others = reason(why(town, "quillfox"), "one other person has spoken")
    assert [(one.word, one.text) for one in others.evidence] == [
        ("papercrane wrote", "mine kept them")
    ]


def test_the_users_rule_is_a_line_of_its_own(town: Town) -> None:
    waits(town, "quillfox", TEXTS[0])
    before = why(town, "quillfox").total
    town.write(lambda w: put_rules(w, [OwnRule(word="tags", points=500)], town.now))
    found = why(town, "quillfox")
    assert reason(found, "your rule: words tags").points == 500
    assert found.total == before + 500


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(TEXTS), st.integers(1, 4), st.integers(1, 90)),
        min_size=2,
        max_size=5,
    )
)
def test_the_points_add_up_and_their_order_is_that_of_the_lane(
    tmp_path_factory: pytest.TempPathFactory, people_who_wait: list[tuple[str, int, int]]
) -> None:
    town = Town(tmp_path_factory.mktemp("town"))
    town.account("mira")
    for number, (text, rounds, hours) in enumerate(people_who_wait):
        waits(town, f"friend{number}", text, rounds=rounds, hours=hours)
    view = town.ask(inbox.view, town.scope(), now=town.now)
    (lane,) = view.lanes
    assert lane.lane is Lane.TALK
    traces = [town.ask(trace.of_item, row.id, now=town.now) for row in lane.rows]
    totals = []
    for found in traces:
        assert found is not None
        assert sum(one.points for one in found.reasons) == found.total
        assert all(one.points for one in found.reasons)
        totals.append(found.total)
    assert totals == sorted(totals, reverse=True)
    town.close()


def test_lanes_that_are_not_ranked_say_what_their_order_is(town: Town) -> None:
    town.says("rocket", "hello", naming=["mira"])
    town.says("panel", "hello", naming=["mira"], ago=30 * MINUTE)
    found = why(town, "rocket")
    assert found.title == "Why rocket is second of 2 in “strangers”"
    assert found.next == "points decide nothing here: strangers stand newest first"
    assert found.standing.startswith("somebody you have never written to")
    assert sum(one.points for one in found.reasons) == found.total
    commands.done(town.context, item_of(town, "rocket")).result()
    assert why(town, "rocket").next.endswith("what is done stands newest first")


def test_what_stands_in_no_lane_has_no_trace(town: Town) -> None:
    town.says("rocket", "hello", naming=["mira"])
    item = item_of(town, "rocket")
    commands.junk(town.context, item).result()
    assert town.ask(trace.of_item, item, now=town.now) is None
    assert town.ask(trace.of_item, 99, now=town.now) is None


def test_a_person_is_explained_as_the_regulars_are_ranked(town: Town) -> None:
    for number in range(12):
        town.talk(f"friend{number}", rounds=1 + number % 3, ago=(number + 1) * DAY)
    view = town.ask(people.view, town.scope(), now=town.now)
    (section,) = (rows for section, rows in view.sections if section is PeopleSection.REGULARS)
    places, among = [], set()
    for row in section:
        found = town.ask(trace.of_person, 1, row.person.id, now=town.now)
        assert found is not None
        assert found.total == row.points == sum(one.points for one in found.reasons)
        place, of_all = found.title.split(" is ")[1].split(" of ")
        places.append(place)
        among.add(of_all)
    assert [places[0], places[1], *places[-2:]] == ["first", "second", "11th", "12th"]
    assert among == {"12 in “regulars”"}
    assert town.ask(trace.of_person, 1, 999, now=town.now) is None
    assert town.ask(trace.of_person, 9, section[0].person.id, now=town.now) is None


def test_who_stands_in_another_section_is_explained_by_what_brings_them_there(town: Town) -> None:
    waits(town, "quillfox", TEXTS[0])
    town.talk("wren", ago=2 * DAY)
    view = town.ask(people.view, town.scope(), now=town.now, zone=UTC)
    assert view.sections[0][0] is PeopleSection.WAIT_FOR_YOU
    (row,) = view.sections[0][1]
    found = town.ask(trace.of_person, 1, row.person.id, now=town.now, zone=UTC)
    assert found is not None
    assert found.title == "Why quillfox stands in “wait for you”"
    assert found.standing == row.reason == "since 07:00 today"
    assert found.next.startswith("these points decide nothing here; by them ")
    assert sum(one.points for one in found.reasons) == found.total


def test_what_the_owner_said_to_others_in_the_thread_is_told_apart(town: Town) -> None:
    town.talk("quillfox", ago=4 * DAY)
    root = town.says("mira", "Which bridge has the lamp?", ago=DAY)
    town.says("quillfox", "The second one.", to=root, ago=HOUR)
    silence = reason(why(town, "quillfox"), "after your last text to them")
    assert silence.sentence.endswith("(what you said here 1 d ago did not name them)")
    waits(town, "odile fenn", TEXTS[1])
    assert reason(why(town, "odile fenn"), "after your last text").sentence.endswith("to them")


def test_a_private_question_is_told_as_private(town: Town) -> None:
    town.talk("quillfox", ago=4 * DAY)
    town.says("quillfox", TEXTS[0], naming=["mira"], audience=Audience.DIRECT)
    events = why(town, "quillfox").reasons[0].evidence
    assert (events[0].word, events[1].word) == ("they asked privately", "you answered")


def test_a_post_is_explained_by_its_author_and_the_order_by_time(town: Town) -> None:
    town.talk("quillfox", ago=4 * DAY)
    friend = town.says("quillfox", "The oven is warm")
    other = town.says("ferry", "From Monday")
    found = town.ask(trace.of_post, 1, friend.id, now=town.now)
    assert found is not None
    assert found.title == "Why quillfox is marked as somebody you talk with"
    assert found.next.startswith("the timeline stands in the order of time")
    assert found.reasons
    unknown = town.ask(trace.of_post, 1, other.id, now=town.now)
    assert unknown is not None
    assert unknown.title == "Why ferry is not marked as somebody you talk with"
    assert (unknown.reasons, unknown.total) == ((), 0)
    assert unknown.standing == "you two have never talked"
    assert town.ask(trace.of_post, 1, 99, now=town.now) is None
