"""The owner's rules count wherever order is made, and everywhere alike."""

from __future__ import annotations

from datetime import UTC, date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.town_builder import Town

from tui_inbox.commands import groups
from tui_inbox.commands import identities as linking
from tui_inbox.commands import items as item_commands
from tui_inbox.commands import own_rules as commands
from tui_inbox.commands.context import NotPossible
from tui_inbox.commands.undo import undo
from tui_inbox.core.moment import DAY, HOUR
from tui_inbox.core.own_rules import OwnRule, Reasoned, RuleLane
from tui_inbox.core.post import Post, PostRef
from tui_inbox.queries import (
    catch_up,
    digest,
    glance,
    inbox,
    needs_you,
    people,
    rule_rows,
    trace,
    whom,
)
from tui_inbox.queries.own_rules import rules_of_people
from tui_inbox.queries.rows import InboxView, PeopleSection, Trace
from tui_inbox.store.identities import link
from tui_inbox.store.own_rules import own_rules, put_rules

TEXTS = ["Does it keep the tags?", "The second bridge.", "Thank you!", "Where would you start?"]
NAMES = ["quillfox", "odile", "tinbadger", "wren"]


def rule(town: Town, *rules: OwnRule) -> None:
    town.write(lambda w: put_rules(w, rules, town.now))


def waits(town: Town, name: str, text: str, *, rounds: int = 3, hours: int = 5) -> None:
    said = town.talk(name, rounds=rounds, ago=4 * DAY)
    town.says(name, text, to=said, ago=hours * HOUR)


def view(town: Town) -> InboxView:
    return town.ask(inbox.view, town.scope(), now=town.now, zone=UTC)


def order(town: Town) -> list[str]:
    return [row.person.name for lane in view(town).lanes for row in lane.rows]


def why(town: Town, name: str) -> Trace:
    rows = {row.person.name: row.id for lane in view(town).lanes for row in lane.rows}
    found = town.ask(trace.of_item, rows[name], now=town.now, zone=UTC)
    assert found is not None
    return found


def regulars(town: Town) -> list[str]:
    sections = dict(town.ask(people.view, town.scope(), now=town.now).sections)
    return [row.person.name for row in sections[PeopleSection.REGULARS]]


def handle(name: str) -> str:
    return f"{name}@town.example"


def test_a_rule_about_a_person_moves_their_texts_and_their_place_among_people(town: Town) -> None:
    waits(town, "quillfox", TEXTS[0])
    waits(town, "odile", TEXTS[1])
    town.talk("wren", rounds=4, ago=2 * DAY)
    town.talk("tinbadger", rounds=1, ago=9 * DAY)
    assert order(town) == ["quillfox", "odile"]
    assert regulars(town) == ["wren", "tinbadger"]
    rule(
        town,
        OwnRule(person="ODILE@town.example", points=3_000),
        OwnRule(person=handle("tinbadger"), points=9_000),
    )
    assert order(town) == ["odile", "quillfox"]
    assert regulars(town) == ["tinbadger", "wren"]
    told = town.ask(trace.of_person, 1, town.id_of("tinbadger"), now=town.now)
    assert told is not None
    assert "first of 2 in “regulars”" in told.title
    assert told.reasons[-1].sentence == "your rule: @tinbadger"
    assert sum(reason.points for reason in told.reasons) == told.total
    assert "less by your rules" in told.next


def test_everything_that_is_in_order_agrees(town: Town) -> None:
    for name, text in zip(NAMES, TEXTS, strict=True):
        waits(town, name, text)
    plain = order(town)
    rule(town, OwnRule(person=handle(plain[-1]), points=20_000))
    ruled = order(town)
    assert ruled == [plain[-1], *plain[:-1]]
    rows = {row.id: row.person.name for lane in view(town).lanes for row in lane.rows}
    queue = town.ask(needs_you.queue, town.scope(), now=town.now)
    assert [rows[int(one.key)] for one in queue] == ruled
    pane = dict(town.ask(people.view, town.scope(), now=town.now).sections)
    assert [row.person.name for row in pane[PeopleSection.WAIT_FOR_YOU]] == ruled
    told = town.ask(digest.digest, town.scope(), now=town.now)
    assert [row.person.name for row in told.inbox.lanes[0].rows] == ruled
    away = town.ask(catch_up.since, town.scope(), away_since=town.now - 9 * HOUR, now=town.now)
    assert away.lines[0].detail.startswith(", ".join(ruled[:3]))
    counts = town.ask(glance.glance, town.scope(), now=town.now)
    assert counts.waiting == 4


abouts = st.one_of(
    st.builds(OwnRule, person=st.sampled_from(list(map(handle, NAMES)))),
    st.builds(OwnRule, word=st.sampled_from(["tags", "start OR bridge", "-you"])),
    st.builds(OwnRule, reason=st.sampled_from(Reasoned)),
    st.builds(OwnRule, lane=st.sampled_from(RuleLane), reason=st.sampled_from(Reasoned)),
)
rules = st.builds(
    lambda about, points, quiet, until: OwnRule(
        person=about.person,
        word=about.word,
        lane=about.lane,
        reason=about.reason,
        points=0 if quiet else points,
        not_at_all=quiet,
        until=until,
    ),
    abouts,
    st.integers(-3_000, 3_000).filter(bool),
    st.booleans(),
    st.sampled_from([None, date(2025, 11, 20), date(2025, 12, 20)]),
)


@settings(max_examples=12, deadline=None)
@given(
    st.lists(st.sampled_from(TEXTS), min_size=4, max_size=4),
    st.lists(st.integers(1, 40), min_size=4, max_size=4),
    st.lists(rules, max_size=5),
)
def test_the_order_of_the_inbox_is_that_of_the_sums_whatever_the_rules(
    tmp_path_factory: pytest.TempPathFactory,
    texts: list[str],
    hours: list[int],
    own: list[OwnRule],
) -> None:
    town = Town(tmp_path_factory.mktemp("town"))
    town.account("mira")
    for place, name in enumerate(NAMES):
        waits(town, name, texts[place], rounds=1 + place, hours=hours[place])
    rule(town, *own)
    (lane,) = view(town).lanes
    traces = [town.ask(trace.of_item, row.id, now=town.now) for row in lane.rows]
    for place, told in enumerate(traces):
        assert told is not None
        assert sum(reason.points for reason in told.reasons) == told.total
        assert all(reason.points for reason in told.reasons)
        assert (told.place, told.count, told.by_points) == (place + 1, 4, True)
        assert bool(told.before) == (place > 0)
    for above, below in pairwise(traces):
        assert above is not None
        assert below is not None
        assert above.total >= below.total
    town.close()


def test_a_reason_that_counts_nothing_is_taken_away_exactly_and_once(town: Town) -> None:
    waits(town, "quillfox", TEXTS[0], hours=7)
    plain = why(town, "quillfox")
    waiting = next(one for one in plain.reasons if one.name == "waiting")
    quiet = OwnRule(reason=Reasoned.WAITING, not_at_all=True)
    rule(town, quiet, OwnRule(person=handle("quillfox"), reason=Reasoned.WAITING, not_at_all=True))
    told = why(town, "quillfox")
    assert told.total == plain.total - waiting.points
    (line,) = (one for one in told.reasons if one.is_rule)
    assert (line.points, line.about) == (-waiting.points, quiet)
    assert line.sentence == "your rule: waiting, not at all"
    assert [one.text for one in line.evidence] == [TEXTS[0]]


def test_not_at_all_stands_below_even_a_thank_you(town: Town) -> None:
    waits(town, "quillfox", TEXTS[0])
    waits(town, "odile", TEXTS[2])
    rule(town, OwnRule(word="tags", not_at_all=True))
    assert order(town) == ["odile", "quillfox"]


def test_no_rule_brings_somebody_never_written_to_before_a_partner(town: Town) -> None:
    waits(town, "quillfox", TEXTS[2])
    town.relates("newcomer", following=True)
    town.says("newcomer", "Hello?", naming=["mira"])
    rule(
        town,
        OwnRule(person=handle("newcomer"), points=50_000),
        OwnRule(person=handle("quillfox"), not_at_all=True),
    )
    assert order(town) == ["quillfox", "newcomer"]


def test_a_tag_and_a_lane_must_both_fit(town: Town) -> None:
    town.talk("quillfox", ago=4 * DAY)
    post = Post(
        ref=PostRef("mastodon", "https://town.example/posts/tagged"),
        author=town.person("quillfox"),
        created_at=town.now - HOUR,
        text="@mira the #Acorn export",
        tags=("Acorn",),
        mentions=(town._mention("mira"),),
    )
    town.shows(post)
    waits(town, "odile", TEXTS[0])
    assert order(town)[0] == "odile"
    rule(town, OwnRule(tag="acorn", lane=RuleLane.NEWCOMERS, points=9_000))
    assert order(town)[0] == "odile"
    rule(town, OwnRule(tag="acorn", lane=RuleLane.PEOPLE, points=9_000))
    assert order(town)[0] == "quillfox"
    assert why(town, "quillfox").reasons[-1].sentence == "your rule: tag #acorn, in people"


def test_a_rule_that_is_over_counts_nothing(town: Town) -> None:
    waits(town, "quillfox", TEXTS[0])
    waits(town, "odile", TEXTS[1])
    rule(town, OwnRule(person=handle("odile"), points=9_000, until=date(2025, 11, 26)))
    assert order(town) == ["odile", "quillfox"]
    assert why(town, "odile").reasons[-1].sentence == "your rule: @odile, until 26 Nov"
    town.pass_time(DAY)
    assert order(town) == ["quillfox", "odile"]
    (row,) = town.ask(rule_rows.view, town.scope(), now=town.now)
    assert (row.over, row.touches) == (True, ())


def test_every_line_says_what_a_rule_would_be_about(town: Town) -> None:
    waits(town, "quillfox", TEXTS[0])
    abouts = {one.name: one.about for one in why(town, "quillfox").reasons}
    assert abouts["question"] == OwnRule(reason=Reasoned.QUESTION)
    assert abouts["waiting"] == OwnRule(reason=Reasoned.WAITING)
    assert abouts["unanswered texts"] == OwnRule(person=handle("quillfox"))
    town.says("rocket", "hello", naming=["mira"])
    first, *_ = why(town, "rocket").reasons
    assert (first.sentence, first.about) == ("what everybody starts with", None)


def test_how_often_somebody_wrote_is_shown_event_by_event(town: Town) -> None:
    waits(town, "quillfox", TEXTS[0], rounds=20)
    talk, silence, *_ = why(town, "quillfox").reasons
    assert "41 exchanges in 30 days" in talk.sentence
    assert len(talk.evidence) + talk.more == 41
    # What came after the owner's last text to them, and that text.
    assert "after your last text to them" in silence.sentence
    assert [one.outgoing for one in silence.evidence] == [False, True]


def test_those_who_were_in_contact_more_recently_are_named(town: Town) -> None:
    for days, name in enumerate(NAMES, 1):
        town.talk(name, ago=days * DAY)
    told = town.ask(trace.of_person, 1, town.id_of("tinbadger"), now=town.now)
    assert told is not None
    line = next(one for one in told.reasons if one.name == "order of contact")
    assert "two others" in line.sentence
    assert [one.word for one in line.evidence] == ["you answered, quillfox", "you answered, odile"]


def test_a_post_is_known_by_its_number_with_what_waits_because_of_it(town: Town) -> None:
    said = town.talk("quillfox", ago=4 * DAY)
    asked = town.says("quillfox", TEXTS[0], to=said)
    (known,) = town.ask(whom.of_post, town.scope(), asked.id, now=town.now)
    assert known.person.name == "quillfox"
    told = town.ask(trace.of_item, known.items[0], now=town.now)
    assert told is not None
    assert told.title.startswith("Why quillfox is first of 1")
    (other,) = town.ask(whom.of_post, town.scope(), said.id, now=town.now)
    assert (other.person.name, other.items) == ("mira", ())
    assert town.ask(whom.of_post, town.scope(), 999, now=town.now) == ()


def test_rules_are_listed_with_what_they_move_now(town: Town) -> None:
    waits(town, "quillfox", TEXTS[0])
    waits(town, "odile", TEXTS[1])
    rule(
        town,
        OwnRule(reason=Reasoned.WAITING, points=100),
        OwnRule(person=handle("nobody"), points=100),
        OwnRule(lane=RuleLane.PEOPLE, points=100),
    )
    waiting, nobody, lane = town.ask(rule_rows.view, town.scope(), now=town.now)
    assert [one.name for one in waiting.touches] == order(town)
    assert [one.text for one in waiting.touches] == [TEXTS[0], TEXTS[1]]
    assert (nobody.remark, nobody.touches) == ("nobody of that handle is known here", ())
    assert lane.remark == "alike for all of the lane, so it moves nobody in it"
    assert len(lane.touches) == 2
    item = waiting.touches[0].item
    item_commands.done(town.context, item).result()
    waiting, *_ = town.ask(rule_rows.view, town.scope(), now=town.now)
    assert [one.name for one in waiting.touches] == ["odile"]


def test_whoever_reads_an_order_hears_of_other_rules_and_of_no_others(town: Town) -> None:
    town.changes.clear()
    rule(town, OwnRule(tag="acorn", points=1))
    assert {str(change.topic) for change in town.changes} == {"inbox", "people"}
    town.changes.clear()
    rule(town, OwnRule(tag="acorn", points=1))
    assert town.changes == []
    town.write(lambda w: w.db.execute("UPDATE positions SET value = '[{\"lane\": 5}]'") and None)
    assert town.ask(own_rules) == ()


def test_without_a_file_no_rule_is_made(town: Town) -> None:
    with pytest.raises(NotPossible, match="no settings file"):
        commands.move(town.context, OwnRule(tag="acorn"), 500).result()


def test_a_rule_about_somebody_holds_under_every_name_that_they_have(town: Town) -> None:
    waits(town, "quillfox", TEXTS[0])
    waits(town, "odile two", TEXTS[1])
    town.talk("odile", rounds=1, ago=9 * DAY)
    odile, two = town.id_of("odile"), town.id_of("odile two")
    rule(town, OwnRule(person=handle("odile"), points=5_000))
    assert order(town) == ["quillfox", "odile two"]
    linking.link(town.context, two, odile).result()
    assert order(town) == ["odile two", "quillfox"]
    assert [row.sentence for row in why(town, "odile two").reasons][-1] == "your rule: @odile"
    told = town.ask(trace.of_person, 1, two, now=town.now)
    assert told is not None
    assert told.reasons[-1].points == 5_000
    (listed,) = town.ask(rule_rows.view, town.scope(), now=town.now)
    assert [one.name for one in listed.touches] == ["odile two"]
    undo(town.context).result()
    assert order(town) == ["quillfox", "odile two"]


def test_a_rule_goes_along_with_who_moves_and_is_gained_by_nobody_who_says_so(town: Town) -> None:
    for name in ("quillfox", "odile", "odile two"):
        waits(town, name, TEXTS[1])
    old, new = town.id_of("odile"), town.id_of("odile two")
    town.write(lambda w: link(w, old, new, moved=old))
    rule(town, OwnRule(person=handle("odile"), points=9_000))
    assert town.ask(rules_of_people).keys() == {old, new}
    rule(town, OwnRule(person=handle("odiletwo"), points=9_000))
    assert town.ask(rules_of_people).keys() == {new}


def test_a_rule_about_words_knows_all_that_a_search_knows(town: Town) -> None:
    for name, text in zip(NAMES, TEXTS, strict=True):
        waits(town, name, text)
    last = order(town)[-1]
    groups.make(town.context, "choir", town.id_of(last)).result()

    def first(query: str) -> bool:
        rule(town, OwnRule(word=query, points=20_000))
        return order(town)[0] == last

    assert first("group:choir")
    assert first(f"to:me from:{last} is:yours account:mi")
    assert first(f"from:{last} since:2d")
    town.pass_time(4 * DAY)
    assert not first(f"from:{last} since:2d")
    assert first(f"from:{last} since:9d")
