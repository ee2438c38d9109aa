"""Everybody of the People pane stands in the first section that fits, with the reason in words."""

from __future__ import annotations

from datetime import UTC

from support.town_builder import Town

from tui_inbox.commands import people as commands
from tui_inbox.commands import sending
from tui_inbox.core.draft import Draft
from tui_inbox.core.events import NoticeKind
from tui_inbox.core.moment import DAY, HOUR
from tui_inbox.queries import people, person_card
from tui_inbox.queries.rows import PeopleSection, PersonCard, PersonRow
from tui_inbox.store import people as stored_people

S = PeopleSection


def rows(town: Town, *names: str) -> dict[str, PersonRow]:
    view = town.ask(people.view, town.scope(*names), now=town.now, zone=UTC)
    return {row.person.name: row for _, section in view.sections for row in section}


def sections(town: Town) -> dict[PeopleSection, list[str]]:
    view = town.ask(people.view, town.scope(), now=town.now, zone=UTC)
    return {section: [row.person.name for row in rows] for section, rows in view.sections}


def card_of(town: Town, name: str) -> PersonCard:
    card = town.ask(person_card.card, 1, town.id_of(name), now=town.now, zone=UTC)
    assert card is not None
    return card


def test_an_empty_store_knows_nobody(town: Town) -> None:
    assert sections(town) == {}


def test_who_waits_for_me_stands_first_and_leads_into_the_inbox(town: Town) -> None:
    said = town.talk("quillfox", ago=5 * DAY)
    asked = town.says("quillfox", "Does it keep the tags?", to=said, ago=3 * HOUR)
    assert sections(town) == {S.WAIT_FOR_YOU: ["quillfox"]}
    row = rows(town)["quillfox"]
    assert row.reason == "since 09:00 today"
    assert row.item is not None
    assert row.post == asked.id


def test_whose_answer_is_on_its_way_does_not_wait_any_more(town: Town) -> None:
    said = town.talk("quillfox", ago=5 * DAY)
    asked = town.says("quillfox", "Does it keep the tags?", to=said, ago=3 * HOUR)
    sending.send(town.context, Draft(0, 1, "@quillfox It does.", reply_to=asked.id)).result()
    assert sections(town) == {S.REGULARS: ["quillfox"]}


def test_whom_i_asked_something_i_wait_for(town: Town) -> None:
    said = town.talk("quillfox", ago=5 * DAY)
    town.says("mira", "And which colour do you want?", to=said, ago=DAY)
    assert sections(town) == {S.YOU_WAIT_FOR: ["quillfox"]}
    row = rows(town)["quillfox"]
    assert row.reason == "you asked 12:00 yesterday"
    assert row.detail == "And which colour do you want?"


def test_a_remark_of_mine_waits_for_nobody(town: Town) -> None:
    said = town.talk("quillfox", ago=5 * DAY)
    town.says("mira", "See you on Sunday then.", to=said, ago=DAY)
    assert sections(town) == {S.REGULARS: ["quillfox"]}


def test_the_pinned_come_with_what_they_did_last(town: Town) -> None:
    town.says("hollow reed", "Slow morning. Someone recommend a radio play, please", ago=3 * HOUR)
    commands.pin(town.context, 1, town.id_of("hollow reed"), True).result()
    commands.pin(town.context, 1, town.meets("wren"), True).result()
    assert sections(town) == {S.PINNED: ["hollow reed", "wren"]}
    reason = rows(town)["hollow reed"].reason
    assert reason == "Slow morning. Someone recommend a radio play…, 3 h ago"
    assert rows(town)["wren"].reason == "you two have never talked"


def rhythm(town: Town, name: str, *, days: int, every: int, last: int) -> None:
    for turn in range(days):
        town.talk(name, rounds=1, ago=(last + every * turn) * DAY)


def test_who_used_to_talk_weekly_and_fell_silent_is_going_quiet(town: Town) -> None:
    rhythm(town, "wren", days=5, every=6, last=24)
    assert sections(town) == {S.GOING_QUIET: ["wren"]}
    row = rows(town)["wren"]
    assert row.reason == "usually 6 d, now 24 d"
    assert row.detail == "last: you said “mira says 1”"


def test_meeting_elsewhere_ends_the_silence(town: Town) -> None:
    rhythm(town, "wren", days=5, every=6, last=24)
    commands.met(town.context, 1, town.id_of("wren")).result()
    assert sections(town) == {S.REGULARS: ["wren"]}


def test_at_most_five_go_quiet_and_the_rest_are_regulars(town: Town) -> None:
    for number in range(7):
        rhythm(town, f"friend{number}", days=5, every=6, last=24)
    found = sections(town)
    assert len(found[S.GOING_QUIET]) == 5
    assert len(found[S.REGULARS]) == 2


def test_who_opened_two_conversations_and_is_not_followed_started_it(town: Town) -> None:
    for days in (9, 6, 3):
        town.talk("copper kettle", rounds=1, ago=days * DAY)
    assert sections(town) == {S.THEY_STARTED_IT: ["copper kettle"]}
    assert rows(town)["copper kettle"].reason == "3 talks, not followed"
    town.relates("copper kettle", following=True)
    assert sections(town) == {S.REGULARS: ["copper kettle"]}


def test_who_only_writes_and_is_never_answered_started_nothing(town: Town) -> None:
    for days in (9, 6, 3):
        town.says("rocket", "Grow your business!", naming=["mira"], ago=days * DAY)
    assert sections(town) == {}


def test_a_new_follower_stands_among_the_new_until_we_talk(town: Town) -> None:
    town.notices(NoticeKind.FOLLOW, "blue apron", ago=2 * DAY)
    assert sections(town) == {S.NEW_AROUND_YOU: ["blue apron"]}
    assert rows(town)["blue apron"].reason == "follows you since Monday"
    town.relates("blue apron", following=True)
    assert rows(town)["blue apron"].reason == "follows you since Monday, you follow them"
    town.talk("blue apron", rounds=1, ago=DAY)
    assert S.NEW_AROUND_YOU not in sections(town)


def test_at_most_five_are_new_and_old_followers_are_not(town: Town) -> None:
    town.notices(NoticeKind.FOLLOW, "old friend", ago=20 * DAY)
    for number in range(7):
        town.notices(NoticeKind.FOLLOW, f"new{number}", ago=(number + 1) * HOUR)
    assert sections(town) == {S.NEW_AROUND_YOU: [f"new{number}" for number in range(5)]}


def test_regulars_stand_by_who_will_be_talked_with(town: Town) -> None:
    town.talk("now and then", rounds=1, ago=20 * DAY)
    town.relates("every day", following=True)
    for days in range(1, 9):
        town.talk("every day", rounds=2, ago=days * DAY)
    town.says("rocket", "Grow your business!", naming=["mira"])
    assert sections(town) == {S.REGULARS: ["every day", "now and then"]}
    row = rows(town)["every day"]
    assert row.reason == "32 exchanges in 30 days, last 24 h ago" or row.reason.startswith("32 ")
    assert row.points > rows(town)["now and then"].points


def test_the_muted_stand_nowhere(town: Town) -> None:
    town.talk("quillfox", ago=5 * DAY)
    town.relates("quillfox", muting=True)
    assert sections(town) == {}


def test_somebody_known_to_two_accounts_stands_once_in_the_first_section_that_fits(
    town: Town,
) -> None:
    town.talk("quillfox", ago=5 * DAY)
    acorn = town.account("acorn")
    said = town.says("quillfox", "Hello acorn", naming=["acorn"], account=acorn, ago=3 * DAY)
    answer = town.says("acorn", "Hello quillfox", to=said, account=acorn, ago=2 * DAY)
    town.says("quillfox", "Are you open?", to=answer, account=acorn)
    assert sections(town) == {S.WAIT_FOR_YOU: ["quillfox"]}
    assert (rows(town)["quillfox"].account, rows(town)["quillfox"].letters) == (acorn, "ac")
    assert rows(town, "mira")["quillfox"].section is S.REGULARS


def test_the_card_of_a_person_tells_what_there_was(town: Town) -> None:
    town.talk("quillfox", rounds=2, ago=5 * DAY)
    town.says("quillfox", "The oven is warm", ago=HOUR)
    town.notices(NoticeKind.FOLLOW, "quillfox", ago=30 * DAY)
    person = town.id_of("quillfox")
    town.write(lambda w: stored_people.set_note(w, 1, person, "runs a choir"))
    town.relates("quillfox", following=True)
    card = card_of(town, "quillfox")
    assert card.person.partner
    assert (card.following, card.requested, card.blocking) == (True, False, False)
    assert card.note == "runs a choir"
    assert card.reason == "4 exchanges in 30 days, last 5 d ago"
    assert dict(card.lines) == {
        "last": "Friday, you closed with “mira says 3”",
        "since": "November, they started it, 4 exchanges in 30 days",
    }
    assert [(one.word, one.text) for one in card.history] == [
        ("you answered", "mira says 3"),
        ("they answered", "quillfox says 2"),
        ("you answered", "mira says 1"),
        ("they wrote", "quillfox says 0"),
        ("they followed", ""),
    ]
    assert [row.text for row in card.posts][:1] == ["The oven is warm"]


def test_what_they_liked_is_told_with_its_text_or_not_at_all(town: Town) -> None:
    mine = town.says("mira", "We bake rye.", ago=3 * DAY)
    gone = town.says("mira", "We bake nothing.", ago=4 * DAY)
    for said in (mine, gone):
        town.notices(NoticeKind.FAVOURITE, "quillfox", about=said)
    town.notices(NoticeKind.BOOST, "wren", about=mine)
    town.write(lambda w: w.db.execute("DELETE FROM posts WHERE id = ?", (gone.id,)))
    liked = [(one.word, one.text) for one in card_of(town, "quillfox").history]
    assert liked == [("they liked", "We bake rye.")]
    boosted = [(one.word, one.text) for one in card_of(town, "wren").history]
    assert boosted == [("they boosted", "We bake rye.")]


def test_an_asked_for_follow_is_requested_and_a_stranger_to_the_store_has_no_card(
    town: Town,
) -> None:
    town.relates("quillfox", requested=True)
    card = card_of(town, "quillfox")
    assert (card.following, card.requested) == (False, True)
    assert card.reason == "you two have never talked"
    assert town.ask(person_card.card, 1, 999, now=town.now) is None
    assert town.ask(person_card.card, 9, town.id_of("quillfox"), now=town.now) is None
