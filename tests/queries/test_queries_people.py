"""Everybody of the People pane stands in the first section that fits, with the reason in words."""

from __future__ import annotations

from datetime import UTC

from msgspec.structs import replace
from support.town_builder import Town

from tui_inbox.commands import acts, groups, items, sending
from tui_inbox.commands import identities as linking
from tui_inbox.commands import people as commands
from tui_inbox.commands.context import Outcome
from tui_inbox.commands.undo import undo
from tui_inbox.core.act import ActKind
from tui_inbox.core.draft import Draft
from tui_inbox.core.events import NoticeKind
from tui_inbox.core.findings import Check, Verdict
from tui_inbox.core.moment import DAY, HOUR
from tui_inbox.core.post import Audience
from tui_inbox.core.suggestion import Suggestion
from tui_inbox.queries import between, people, person_card, ties, words
from tui_inbox.queries.rows import PeopleSection, PersonCard, PersonRow
from tui_inbox.store import accounts, identities
from tui_inbox.store import people as stored_people
from tui_inbox.store.checks import put_check

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


def test_whom_i_wait_for_no_more_is_taken_off_until_i_ask_again(town: Town) -> None:
    said = town.talk("quillfox", ago=5 * DAY)
    asked = town.says("mira", "And which colour do you want?", to=said, ago=DAY)
    quillfox = town.id_of("quillfox")
    off = commands.take_off(town.context, 1, quillfox, Suggestion.ASKED).result()
    assert off.sentence == "you do not wait for quillfox any more"
    assert sections(town) == {S.REGULARS: ["quillfox"]}
    town.pass_time(DAY)
    town.says("mira", "Or no colour at all?", to=asked, ago=0)
    assert sections(town) == {S.YOU_WAIT_FOR: ["quillfox"]}


def test_a_favourite_comes_with_how_much_is_new(town: Town) -> None:
    reed = town.meets("hollow reed")
    commands.pin(town.context, 1, reed, True).result()
    town.pass_time(DAY)
    town.says("hollow reed", "Slow morning.", ago=5 * HOUR)
    assert rows(town)["hollow reed"].detail == "new since 12:00 yesterday"
    asked = town.says("wren", "Which play?", ago=4 * HOUR)
    town.says("hollow reed", "The one with the fridge.", to=asked, ago=3 * HOUR)
    row = rows(town)["hollow reed"]
    assert row.reason == "to wren: The one with the fridge., 3 h"
    assert row.detail == "and 1 more since 12:00 yesterday"
    commands.looked(town.context, 1, reed).result()
    assert rows(town)["hollow reed"].detail == ""
    town.says("wren", "A tide table", at_home=True, boosted_by=["hollow reed"], ago=0)
    town.pass_time(HOUR)
    row = rows(town)["hollow reed"]
    assert (row.reason, row.detail) == (
        "boosted wren: A tide table, 59 min",
        "new since 12:00 today",
    )


def test_what_a_favourite_put_behind_a_warning_stays_behind_it(town: Town) -> None:
    town.says("hollow reed", "It was the butler", warning="the ending", ago=3 * HOUR)
    commands.pin(town.context, 1, town.id_of("hollow reed"), True).result()
    assert rows(town)["hollow reed"].reason == "[warning: the ending], 3 h"


def test_what_is_written_to_a_favourites_few_is_no_doing(town: Town) -> None:
    town.says("hollow reed", "Psst", naming=["mira"], audience=Audience.DIRECT, ago=HOUR)
    commands.pin(town.context, 1, town.id_of("hollow reed"), True).result()
    commands.take_off(town.context, 1, town.id_of("hollow reed"), Suggestion.ASKED).result()
    item = rows(town)["hollow reed"].item
    if item is not None:
        items.done(town.context, item).result()
    assert rows(town)["hollow reed"].reason == "first time they write to you"


def test_the_pinned_come_with_what_they_did_last(town: Town) -> None:
    town.says("hollow reed", "Slow morning. Someone recommend a radio play, please", ago=3 * HOUR)
    commands.pin(town.context, 1, town.id_of("hollow reed"), True).result()
    commands.pin(town.context, 1, town.meets("wren"), True).result()
    assert sections(town) == {S.PINNED: ["hollow reed", "wren"]}
    reason = rows(town)["hollow reed"].reason
    assert reason == "Slow morning. Someone recommend a…, 3 h"
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


def test_meeting_elsewhere_ends_the_silence_and_leaves_the_rhythm_as_it_was(town: Town) -> None:
    rhythm(town, "wren", days=5, every=6, last=24)
    commands.met(town.context, 1, town.id_of("wren")).result()
    assert sections(town) == {S.REGULARS: ["wren"]}
    town.pass_time(20 * DAY)
    assert rows(town)["wren"].reason == "usually 6 d, now 20 d"


def test_who_is_not_now_comes_back_after_a_month(town: Town) -> None:
    rhythm(town, "wren", days=5, every=8, last=25)
    wren = town.id_of("wren")
    outcome = commands.take_off(town.context, 1, wren, Suggestion.QUIET).result()
    assert outcome.sentence == "wren: not now, for 4 weeks"
    assert sections(town) == {S.REGULARS: ["wren"]}
    town.pass_time(29 * DAY)
    assert S.GOING_QUIET not in sections(town)
    town.pass_time(DAY)
    assert sections(town) == {S.GOING_QUIET: ["wren"]}
    assert rows(town)["wren"].reason == "usually 8 d, now 55 d"


def test_who_is_not_now_comes_back_after_a_usual_gap_where_that_is_longer(town: Town) -> None:
    rhythm(town, "wren", days=5, every=50, last=110)
    outcome = commands.take_off(town.context, 1, town.id_of("wren"), Suggestion.QUIET).result()
    assert outcome.sentence == "wren: not now, for 7 weeks"
    town.pass_time(49 * DAY)
    assert S.GOING_QUIET not in sections(town)
    town.pass_time(DAY)
    assert sections(town) == {S.GOING_QUIET: ["wren"]}


def test_who_is_let_go_stands_where_one_can_see_it_until_they_write_again(town: Town) -> None:
    rhythm(town, "wren", days=5, every=6, last=24)
    wren = town.id_of("wren")
    outcome = commands.let_go(town.context, 1, wren).result()
    assert outcome.sentence == "wren is let go, unless they write to you"
    assert sections(town) == {S.LET_GO: ["wren"]}
    assert rows(town)["wren"].reason == "let go today"
    again = commands.let_go(town.context, 1, wren).result()
    assert again == Outcome("wren is let go already.")
    town.pass_time(3 * DAY)
    assert rows(town)["wren"].reason == "let go Wednesday"
    town.says("wren", "Are you well?", naming=["mira"], ago=0)
    assert sections(town) == {S.WAIT_FOR_YOU: ["wren"]}
    items.dismiss_person(town.context, 1, wren).result()
    town.pass_time(31 * DAY)
    assert sections(town) == {S.GOING_QUIET: ["wren"]}


def test_who_was_let_go_can_be_brought_back(town: Town) -> None:
    rhythm(town, "wren", days=5, every=6, last=24)
    wren = town.id_of("wren")
    nothing = commands.bring_back(town.context, 1, wren).result()
    assert nothing == Outcome("wren is not set aside.")
    commands.let_go(town.context, 1, wren).result()
    assert card_of(town, "wren").aside == ("let go today",)
    back = commands.bring_back(town.context, 1, wren).result()
    assert back.sentence == "wren may be suggested again"
    assert sections(town) == {S.GOING_QUIET: ["wren"]}
    assert undo(town.context).result().sentence == "undone: bringing wren back"
    assert sections(town) == {S.LET_GO: ["wren"]}


def seven_fall_silent(town: Town) -> list[str]:
    """Seven friends; the first of them were written to on most days."""
    names = [f"friend{number}" for number in range(7)]
    for number, name in enumerate(names):
        rhythm(town, name, days=11 - number, every=6, last=24)
    return names


def show_this_week(town: Town) -> list[str]:
    """What the pane does when it shows somebody: it notes them for the week."""
    view = town.ask(people.view, town.scope(), now=town.now, zone=UTC)
    shown = dict(view.sections).get(S.GOING_QUIET, ())
    pairs = [(row.account, row.person.id) for row in shown]
    commands.remind(town.context, words.week_of(town.now, UTC), pairs).result()
    return [row.person.name for row in shown]


def test_at_most_five_go_quiet_and_the_rest_are_regulars(town: Town) -> None:
    names = seven_fall_silent(town)
    found = sections(town)
    assert found[S.GOING_QUIET] == names[:5]
    assert sorted(found[S.REGULARS]) == names[5:]


def test_the_five_of_a_week_stay_and_nobody_takes_the_place_of_who_is_dealt_with(
    town: Town,
) -> None:
    names = seven_fall_silent(town)
    assert show_this_week(town) == names[:5]
    commands.take_off(town.context, 1, town.id_of("friend1"), Suggestion.QUIET).result()
    commands.met(town.context, 1, town.id_of("friend3")).result()
    town.talk("friend4", rounds=1, ago=HOUR)
    town.pass_time(DAY)
    assert show_this_week(town) == ["friend0", "friend2"]
    undo(town.context).result()
    assert show_this_week(town) == ["friend0", "friend2", "friend3"]


def test_the_next_week_begins_with_those_who_were_not_shown(town: Town) -> None:
    seven_fall_silent(town)
    show_this_week(town)
    town.pass_time(7 * DAY)
    assert show_this_week(town) == ["friend5", "friend6", "friend0", "friend1", "friend2"]


def test_somebody_with_more_days_changes_nothing_within_the_week(town: Town) -> None:
    names = seven_fall_silent(town)[:5]
    show_this_week(town)
    rhythm(town, "old friend", days=20, every=6, last=24)
    assert show_this_week(town) == names


def test_who_is_silent_for_more_than_eight_times_is_not_nagged_about(town: Town) -> None:
    rhythm(town, "wren", days=5, every=6, last=24)
    town.pass_time(33 * DAY)
    assert sections(town) == {S.REGULARS: ["wren"]}


def test_who_opened_two_conversations_and_is_not_followed_started_it(town: Town) -> None:
    for days in (9, 6, 3):
        town.talk("copper kettle", rounds=1, ago=days * DAY)
    assert sections(town) == {S.THEY_STARTED_IT: ["copper kettle"]}
    assert rows(town)["copper kettle"].reason == "3 talks, not followed"
    town.relates("copper kettle", following=True)
    assert sections(town) == {S.REGULARS: ["copper kettle"]}


def test_who_started_it_comes_with_how_they_last_began(town: Town) -> None:
    for days in (9, 6, 3):
        town.talk("copper kettle", rounds=1, ago=days * DAY)
    assert rows(town)["copper kettle"].detail == "Sunday: “copper kettle says 0”"


def test_a_bare_follow_is_no_start(town: Town) -> None:
    town.talk("copper kettle", rounds=1, ago=9 * DAY)
    town.notices(NoticeKind.FOLLOW, "copper kettle", ago=DAY)
    assert sections(town) == {S.REGULARS: ["copper kettle"]}


def test_who_is_followed_or_gathered_started_it_no_more(town: Town) -> None:
    for name in ("copper kettle", "tide pool"):
        for days in (9, 6):
            town.talk(name, rounds=1, ago=days * DAY)
    acts.on_person(town.context, 1, town.id_of("copper kettle"), ActKind.FOLLOW).result()
    groups.make(town.context, "neighbours", town.id_of("tide pool")).result()
    assert S.THEY_STARTED_IT not in sections(town)
    for _ in range(2):
        undo(town.context).result()
    assert len(sections(town)[S.THEY_STARTED_IT]) == 2


def test_who_started_it_and_is_not_now_comes_back_if_they_go_on(town: Town) -> None:
    for days in (9, 6):
        town.talk("copper kettle", rounds=1, ago=days * DAY)
    kettle = town.id_of("copper kettle")
    off = commands.take_off(town.context, 1, kettle, Suggestion.STARTED).result()
    assert off.sentence == "copper kettle: not now, for 30 days"
    assert sections(town) == {S.REGULARS: ["copper kettle"]}
    town.pass_time(31 * DAY)
    assert S.THEY_STARTED_IT not in sections(town)
    for days in (2, 1):
        town.talk("copper kettle", rounds=1, ago=days * DAY)
    assert sections(town) == {S.THEY_STARTED_IT: ["copper kettle"]}


def test_who_only_writes_and_is_never_answered_started_nothing(town: Town) -> None:
    for days in (9, 6, 3):
        town.says("rocket", "Grow your business!", naming=["mira"], ago=days * DAY)
    assert sections(town) == {}


def describes(town: Town, name: str, bio: str, *, bot: bool = False) -> None:
    """Somebody says something of themselves in their profile."""
    somebody = replace(town.person(name), bio=bio, bot=bot)
    town.write(lambda w: stored_people.put_person(w, 1, somebody))


def test_a_new_follower_stands_among_the_new_until_we_talk(town: Town) -> None:
    describes(town, "blue apron", "Bakes at night.")
    town.notices(NoticeKind.FOLLOW, "blue apron", ago=2 * DAY)
    assert sections(town) == {S.NEW_AROUND_YOU: ["blue apron"]}
    assert rows(town)["blue apron"].reason == "follows you since Monday"
    town.relates("blue apron", following=True)
    assert rows(town)["blue apron"].reason == "follows you since Monday, you follow them"
    town.talk("blue apron", rounds=1, ago=DAY)
    assert S.NEW_AROUND_YOU not in sections(town)


def test_who_says_nothing_of_themselves_or_is_a_program_is_not_suggested(town: Town) -> None:
    for name in ("weather service", "nobody in particular"):
        town.notices(NoticeKind.FOLLOW, name, ago=2 * DAY)
    describes(town, "weather service", "Tells the weather.", bot=True)
    assert sections(town) == {}


def test_somebody_new_comes_with_what_they_say_of_themselves_and_do(town: Town) -> None:
    describes(town, "blue apron", "Bakes at night. Sells on Saturdays.")
    asked = town.says("wren", "Which flour?", ago=5 * DAY)
    town.says("blue apron", "The coarse one. Do you soak it?", to=asked, ago=4 * DAY)
    town.notices(NoticeKind.FOLLOW, "blue apron", ago=2 * DAY)
    assert rows(town)["blue apron"].detail == "Bakes at night · asks, answers people"


def test_somebody_new_who_waits_in_the_inbox_is_met_there(town: Town) -> None:
    describes(town, "blue apron", "Bakes at night.")
    town.notices(NoticeKind.FOLLOW, "blue apron", ago=2 * DAY)
    town.says("blue apron", "Is it open today?", naming=["mira"])
    assert sections(town) == {}


def test_a_follower_of_long_ago_whom_i_follow_back_is_new_around_me(town: Town) -> None:
    describes(town, "blue apron", "Bakes at night.")
    town.notices(NoticeKind.FOLLOW, "blue apron", ago=60 * DAY)
    town.relates("blue apron", followed_by=True)
    assert sections(town) == {}
    acts.on_person(town.context, 1, town.id_of("blue apron"), ActKind.FOLLOW).result()
    assert rows(town)["blue apron"].reason == "follows you since 27 Sep, you follow them"


def test_somebody_new_is_taken_away_for_good(town: Town) -> None:
    describes(town, "blue apron", "Bakes at night.")
    town.notices(NoticeKind.FOLLOW, "blue apron", ago=2 * DAY)
    blue = town.id_of("blue apron")
    taken = commands.take_off(town.context, 1, blue, Suggestion.NEW).result()
    assert taken.sentence == "blue apron is not suggested any more"
    town.notices(NoticeKind.FOLLOW, "blue apron", ago=0)
    assert sections(town) == {}
    undo(town.context).result()
    assert sections(town) == {S.NEW_AROUND_YOU: ["blue apron"]}


def test_at_most_five_are_new_and_old_followers_are_not(town: Town) -> None:
    for name in ("old friend", *(f"new{number}" for number in range(7))):
        describes(town, name, "Reads.")
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


def test_who_has_been_silent_for_two_months_is_no_regular(town: Town) -> None:
    town.talk("long ago", rounds=9, ago=70 * DAY)
    town.talk("lately", rounds=1, ago=50 * DAY)
    assert sections(town) == {S.REGULARS: ["lately"]}


def test_accounts_of_mine_stand_nowhere(town: Town) -> None:
    acorn = town.account("acorn")
    describes(town, "acorn", "Keeps lists.")
    town.notices(NoticeKind.FOLLOW, "acorn", ago=2 * DAY)
    town.talk("acorn", ago=5 * DAY)
    assert sections(town) == {}
    owners = [town.ask(accounts.owner, account) for account in (1, acorn)]
    town.write(lambda w: identities.link(w, *owners, at=town.now))
    assert sections(town) == {}
    assert town.ask(ties.partners, acorn) == set()


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
    assert not card.has_more
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


def test_the_card_tells_who_begins_how_often_and_whom_both_know(town: Town) -> None:
    town.talk("odile", rounds=1, ago=2 * DAY)
    for turn in range(5):
        town.talk("quillfox", rounds=1, ago=(24 + 6 * turn) * DAY)
    said = town.says("mira", "A word of my own.", naming=["quillfox"], ago=60 * DAY)
    town.says("quillfox", "And one of mine.", to=said, ago=60 * DAY - HOUR)
    town.says("quillfox", "Ask her", naming=["odile", "a stranger"], ago=DAY)
    groups.make(town.context, "choir", town.id_of("quillfox")).result()
    lines = dict(card_of(town, "quillfox").lines)
    assert lines["begins"] == "mostly they, 5 of 6 conversations"
    assert lines["rhythm"] == "every 7 d, now 24 d"
    assert lines["both know"] == "odile"
    assert lines["groups"] == "choir"


def test_the_card_tells_what_every_account_of_mine_had_to_do_with_them(town: Town) -> None:
    town.talk("quillfox", rounds=1, ago=5 * DAY)
    acorn = town.account("acorn")
    said = town.says("quillfox", "Hello acorn", naming=["acorn"], account=acorn, ago=3 * DAY)
    history = card_of(town, "quillfox").history
    assert [(one.word, one.account, one.post) for one in history][:1] == [
        ("they wrote, ac", acorn, said.id)
    ]
    assert {one.account for one in history[1:]} == {1}


def test_a_long_history_is_told_in_part_or_whole(town: Town) -> None:
    town.talk("quillfox", rounds=30, ago=5 * DAY)
    card = card_of(town, "quillfox")
    assert (len(card.history), card.has_more) == (person_card.HISTORY, True)
    assert card.history[0].text == "mira says 59"
    whole = town.ask(person_card.card, 1, town.id_of("quillfox"), now=town.now, history=None)
    assert whole is not None
    assert (len(whole.history), whole.has_more) == (60, False)


def found(town: Town, name: str, typed: str) -> list[str]:
    talk = town.ask(between.talk, 1, town.id_of(name))
    return [one.text for one in between.found_in(talk, typed)]


def test_words_are_found_in_all_that_was_said(town: Town) -> None:
    said = town.says("quillfox", "The Çedar box is here", naming=["mira"], ago=9 * DAY)
    mine = town.says("mira", "@quillfox Put it beside the kiln", to=said, ago=8 * DAY)
    town.says("quillfox", "To everybody: the kiln is warm", ago=DAY)
    town.notices(NoticeKind.FAVOURITE, "quillfox", about=mine)
    assert found(town, "quillfox", "cedar") == ["The Çedar box is here"]
    assert found(town, "quillfox", "kil besi") == ["Put it beside the kiln"]
    assert found(town, "quillfox", "kiln cedar") == []
    assert len(found(town, "quillfox", "")) == 2


def test_what_was_found_far_into_a_text_is_shown(town: Town) -> None:
    long = "One word after another and so on. " * 12 + "Then the kiln. " + "More. " * 90
    town.says("quillfox", long, naming=["mira"], ago=9 * DAY)
    (text,) = found(town, "quillfox", "kiln")
    assert text.startswith("… another and so on. Then the kiln. More.")
    assert text.endswith("…")


def test_the_check_decides_who_new_is_suggested(town: Town) -> None:
    describes(town, "blue apron", "Grows your business.")
    for name in ("blue apron", "nobody in particular"):
        town.notices(NoticeKind.FOLLOW, name, ago=2 * DAY)

    def found(name: str, verdict: Verdict) -> None:
        person = town.id_of(name)
        check = Check(verdict)
        town.write(lambda w: put_check(w, 1, person, check, (), at=town.now, due_at=town.now))

    assert sections(town) == {S.NEW_AROUND_YOU: ["blue apron"]}
    found("blue apron", Verdict.UNKNOWN)
    assert sections(town) == {S.NEW_AROUND_YOU: ["blue apron"]}
    found("blue apron", Verdict.SAME)
    found("nobody in particular", Verdict.PERSON)
    assert sections(town) == {S.NEW_AROUND_YOU: ["nobody in particular"]}


def test_a_friends_new_account_is_nobody_new(town: Town) -> None:
    town.talk("odile", rounds=4, ago=2 * DAY)
    describes(town, "odile two", "Bakes at night.")
    town.notices(NoticeKind.FOLLOW, "odile two", ago=DAY)
    assert sections(town)[S.NEW_AROUND_YOU] == ["odile two"]
    linking.link(town.context, town.id_of("odile"), town.id_of("odile two")).result()
    assert sections(town) == {S.REGULARS: ["odile"]}


def test_who_is_set_aside_is_so_under_every_name(town: Town) -> None:
    for days in range(20, 60, 4):
        town.talk("odile", rounds=1, ago=days * DAY)
        town.talk("odile two", rounds=1, ago=(days + 1) * DAY)
    one, two = town.id_of("odile"), town.id_of("odile two")
    linking.link(town.context, one, two).result()
    (shown,) = sections(town)[S.GOING_QUIET]
    commands.take_off(town.context, 1, town.id_of(shown), Suggestion.QUIET).result()
    assert S.GOING_QUIET not in sections(town)
    other = two if town.id_of(shown) == one else one
    back = commands.bring_back(town.context, 1, other).result()
    assert back.sentence.endswith("may be suggested again")
    assert S.GOING_QUIET in sections(town)
    undo(town.context).result()
    assert S.GOING_QUIET not in sections(town)
