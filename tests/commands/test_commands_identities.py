"""Who is one human: said by the owner, undone by `u`, and what holds for both then."""

from __future__ import annotations

from concurrent.futures import Future
from datetime import UTC

import pytest
from support.town_builder import Town

from tui_inbox.commands import identities as linking
from tui_inbox.commands import learning, undo
from tui_inbox.commands.context import Outcome
from tui_inbox.core.conversation import Lane
from tui_inbox.core.moment import DAY, HOUR
from tui_inbox.queries import identities, inbox, people, person_card, reply_card, trace
from tui_inbox.queries.accounts import Viewer
from tui_inbox.queries.labels import labels
from tui_inbox.queries.rows import PeopleSection, PersonRow
from tui_inbox.queries.ties import partners, ties_with
from tui_inbox.store import identities as stored
from tui_inbox.store.batches import conversations_of
from tui_inbox.store.items import items


def says(doing: Future[Outcome]) -> str:
    return doing.result().sentence


def lane_of(town: Town, name: str) -> Lane:
    view = town.ask(inbox.view, town.scope(), now=town.now, zone=UTC)
    return next(lane.lane for lane in view.lanes for row in lane.rows if row.person.name == name)


def test_two_are_one_person_until_it_is_undone(town: Town) -> None:
    town.talk("odile", ago=5 * DAY)
    town.says("odile two", "Is it open?", naming=["mira"])
    assert lane_of(town, "odile two") is Lane.STRANGERS
    one, two = town.id_of("odile"), town.id_of("odile two")
    sentence = says(linking.link(town.context, two, one))
    assert sentence == "odile two and odile are one person now"
    assert lane_of(town, "odile two") is Lane.TALK
    assert town.ask(labels, 1, [two])[two].partner
    assert says(linking.link(town.context, one, two)).endswith("are one already.")
    assert says(undo.undo(town.context)).startswith("undone: linking odile two")
    assert lane_of(town, "odile two") is Lane.STRANGERS


def test_parting_is_undone_too(town: Town) -> None:
    one, two = town.meets("odile"), town.meets("odile two")
    assert says(linking.part(town.context, one, two)).endswith("are two already.")
    linking.link(town.context, one, two).result()
    assert says(linking.part(town.context, one, two)).endswith("are two people again")
    assert town.ask(stored.same_as, one) == (one,)
    undo.undo(town.context).result()
    assert town.ask(stored.same_as, one) == (one, two)


def test_the_owners_word_over_a_servers_goes_back_to_the_servers(town: Town) -> None:
    old, new = town.meets("odile"), town.meets("odile two")
    town.write(lambda w: stored.link(w, old, new, moved=old))
    linking.link(town.context, old, new).result()
    assert town.ask(stored.same_as, old) == (old, new)
    undo.undo(town.context).result()
    assert town.ask(stored.same_as, old) == (old,)
    assert town.ask(stored.same_as, new) == (new, old)


def test_people_has_one_row_with_what_passed_with_both(town: Town) -> None:
    town.talk("odile", rounds=2, ago=3 * DAY)
    town.talk("odile two", rounds=3, ago=2 * DAY)
    before = {row.person.name: row.reason for row in regulars(town)}
    assert before == {"odile": "4 in 30 d, last 3 d ago", "odile two": "6 in 30 d, last 2 d ago"}
    linking.link(town.context, town.id_of("odile"), town.id_of("odile two")).result()
    (row,) = regulars(town)
    assert (row.person.name, row.reason) == ("odile", "10 in 30 d, last 2 d ago")


def regulars(town: Town) -> tuple[PersonRow, ...]:
    view = town.ask(people.view, town.scope(), now=town.now, zone=UTC)
    return dict(view.sections)[PeopleSection.REGULARS]


def test_text_that_went_one_way_to_each_went_both_ways_with_the_person(town: Town) -> None:
    town.says("mira", "Hello!", naming=["odile"], ago=DAY)
    town.says("odile two", "Is it open?", naming=["mira"], ago=HOUR)
    assert lane_of(town, "odile two") is Lane.STRANGERS
    linking.link(town.context, town.id_of("odile"), town.id_of("odile two")).result()
    assert lane_of(town, "odile two") is Lane.TALK


def test_both_are_among_the_people_one_talks_with(town: Town) -> None:
    town.talk("odile", ago=5 * DAY)
    town.says("odile two", "Good morning.")
    one, two = town.id_of("odile"), town.id_of("odile two")
    assert town.ask(partners, 1) == {one}
    linking.link(town.context, one, two).result()
    assert town.ask(partners, 1) == {one, two}


def test_it_holds_across_accounts(town: Town) -> None:
    work = town.account("workshop")
    asked = town.says("odile", "Is it open?", naming=["workshop"], account=work, ago=DAY)
    town.says("workshop", "Yes.", to=asked, account=work, ago=DAY)
    town.says("odile two", "Is it far?", naming=["mira"], ago=HOUR)
    linking.link(town.context, town.id_of("odile"), town.id_of("odile two")).result()
    assert lane_of(town, "odile two") is Lane.TALK


def test_the_card_names_all_identities(town: Town) -> None:
    one, two, old = town.meets("odile"), town.meets("odile two"), town.meets("odile old")
    linking.link(town.context, one, two).result()
    town.write(lambda w: stored.link(w, old, one, moved=old))

    def lines(person: int) -> dict[str, str]:
        card = town.ask(person_card.card, 1, person, now=town.now, zone=UTC)
        assert card is not None
        return {label: text for label, text in card.lines if label in ("also", "moved to")}

    assert lines(one) == {"also": "@odiletwo@town.example, @odileold@town.example"}
    assert lines(old) == {"moved to": "@odile@town.example"}


def test_who_says_that_they_moved_gains_nothing_by_it(town: Town) -> None:
    town.talk("odile", ago=5 * DAY)
    town.says("spammer", "Buy kettles", naming=["mira"])
    spammer, odile = town.id_of("spammer"), town.id_of("odile")
    town.write(lambda w: stored.link(w, spammer, odile, moved=spammer))
    assert lane_of(town, "spammer") is Lane.STRANGERS
    assert not town.ask(labels, 1, [spammer])[spammer].partner


def test_who_moved_is_shown_under_the_new_name_with_all_that_passed_before(town: Town) -> None:
    town.talk("odile", ago=5 * DAY)
    town.says("odile two", "Is it open?", naming=["mira"])
    town.write(lambda w: stored.link(w, town.id_of("odile"), town.id_of("odile two"), moved=1))
    town.write(lambda w: stored.part(w, town.id_of("odile"), town.id_of("odile two")))
    old, new = town.id_of("odile"), town.id_of("odile two")
    town.write(lambda w: stored.restore(w, old, new, moved=old, at=town.now))
    assert lane_of(town, "odile two") is Lane.TALK


def test_somebody_is_found_by_what_a_name_or_handle_begins_with(town: Town) -> None:
    odile, other = town.meets("odile"), town.meets("odile two")
    town.talk("quillfox")

    def found(typed: str, but: int = 0) -> list[str]:
        return [one.handle for one in town.ask(identities.find, typed, but=but)]

    assert found("od") == ["odile@town.example", "odiletwo@town.example"]
    assert found("@odiletwo@town.example") == ["odiletwo@town.example"]
    assert found("TWO") == ["odiletwo@town.example"], "a word of the name"
    assert found("od", but=odile) == ["odiletwo@town.example"]
    assert found("") == found("zz") == found("%") == []
    assert found("mira") == [], "not oneself"
    everybody = town.ask(identities.find, "od", but=0)
    assert identities.completed(everybody, "od") == "odile"
    assert identities.completed(everybody[1:], "tw") == "odiletwo@town.example"
    assert identities.completed((), "zz") == "zz"
    assert other


def test_accounts_are_declared_one_and_two_again(town: Town) -> None:
    work = town.account("workshop")
    assert says(linking.declare_one(town.context, 1, (work,))) == "mira is one with workshop"
    assert town.ask(stored.owners_together, work).keys() == {1, work}
    assert says(linking.declare_one(town.context, 1, (work,))) == "Nothing was changed."
    assert says(linking.declare_one(town.context, 1, ())) == "mira is alone"
    assert town.ask(stored.owners_together, work).keys() == {work}
    undo.undo(town.context).result()
    assert town.ask(stored.owners_together, work).keys() == {1, work}
    assert says(linking.declare_one(town.context, 77, ())).startswith("This account is not signed")


@pytest.mark.parametrize("leaves", [1, 2, 3])
def test_one_of_three_leaves_and_the_other_two_stay_one(town: Town, leaves: int) -> None:
    three = [1, town.account("workshop"), town.account("club")]
    linking.declare_one(town.context, 1, tuple(three[1:])).result()
    others = [account for account in three if account != leaves]
    stay = () if leaves == 1 else (others[1],)
    linking.declare_one(town.context, 1, stay).result()
    assert set(town.ask(stored.owners_together, others[0])) == set(others)
    assert set(town.ask(stored.owners_together, leaves)) == {leaves}


def test_why_and_the_card_tell_of_all_that_passed_under_every_name(town: Town) -> None:
    work = town.account("workshop")
    asked = town.says("odile", "Is it open?", naming=["workshop"], account=work, ago=2 * DAY)
    town.says("workshop", "Until six.", to=asked, account=work, ago=2 * DAY - HOUR)
    waiting = town.says("odile two", "Is it far?", naming=["mira"], ago=HOUR)
    one, two = town.id_of("odile"), town.id_of("odile two")

    def card() -> dict[str, str]:
        shown = Viewer(1, town.id_of("mira"), "mastodon", "")
        return town.ask(
            reply_card.person_lines,
            shown,
            two,
            now=town.now,
            zone=UTC,
            conversation=conversation,
        )

    conversation = town.ask(conversations_of, [waiting.id])[waiting.id]
    assert card() == {"check": "first time they write to you"}
    linking.link(town.context, one, two).result()
    assert card()["last"] == "Monday, you closed with “Until six.”"
    assert "they started it, 3 exchanges" in card()["since"]
    (item,) = town.ask(items, [1])
    told = town.ask(trace.of_item, item.id, now=town.now, zone=UTC)
    assert told is not None
    assert {said.text for row in told.reasons for said in row.evidence} >= {"Until six."}


def test_what_was_told_to_be_forgotten_is_so_of_every_name(town: Town) -> None:
    for days in range(9, 3, -1):
        asked = town.says("odile", "And today?", naming=["mira"], ago=days * DAY)
        town.says("mira", "Too.", to=asked, ago=days * DAY - HOUR)
    one, two = town.id_of("odile"), town.meets("odile two")
    linking.link(town.context, one, two).result()
    assert town.ask(ties_with, 1, [two])[two].answered == 6
    learning.forget(town.context, [1]).result()
    assert town.ask(ties_with, 1, [two])[two].answered == 0
    assert town.ask(ties_with, 1, [two])[two].sent == 6


def test_a_link_that_was_taken_back_does_not_contradict_a_server(town: Town) -> None:
    old, new = town.meets("odile"), town.meets("odile two")
    linking.link(town.context, old, new).result()
    undo.undo(town.context).result()
    town.write(lambda w: stored.link(w, old, new, moved=old))
    assert town.ask(stored.same_as, new) == (new, old)
    linking.part(town.context, old, new).result()
    linking.link(town.context, old, new).result()
    undo.undo(town.context).result()
    town.write(lambda w: stored.link(w, old, new, moved=old))
    assert town.ask(stored.same_as, new) == (new,), "what was parted stays parted"
