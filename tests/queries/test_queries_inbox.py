"""Who stands in which lane of the Inbox, in which order, and what the rows say."""

from __future__ import annotations

from datetime import UTC

import pytest
from support.town_builder import Said, Town

from tui_inbox.core.conversation import Door, ItemState, Lane, Opening
from tui_inbox.core.draft import Draft
from tui_inbox.core.moment import DAY, HOUR, MINUTE, SECOND, Millis
from tui_inbox.core.outbox_state import POST, OutboxState
from tui_inbox.core.own_rules import OwnRule
from tui_inbox.queries import inbox
from tui_inbox.queries.rows import InboxView, ItemRow
from tui_inbox.store import accounts, identities, items, outbox, people
from tui_inbox.store.own_rules import put_rules


def inbox_of(town: Town, *names: str) -> InboxView:
    return town.ask(inbox.view, town.scope(*names), now=town.now, zone=UTC)


def lanes(view: InboxView) -> dict[Lane, list[str]]:
    return {lane.lane: [row.person.name for row in lane.rows] for lane in view.lanes}


def row(view: InboxView, name: str) -> ItemRow:
    return next(row for lane in view.lanes for row in lane.rows if row.person.name == name)


def test_an_empty_store_has_an_empty_inbox(town: Town) -> None:
    assert inbox_of(town) == InboxView((), 0, 0, 0)


def test_somebody_i_have_talked_with_stands_among_the_people_i_talk_with(town: Town) -> None:
    said = town.talk("quillfox", ago=5 * DAY)
    town.says("quillfox", "Does the export keep the tags?", to=said, ago=5 * HOUR)
    view = inbox_of(town)
    assert lanes(view) == {Lane.TALK: ["quillfox"]}
    waiting = row(view, "quillfox")
    assert waiting.person.partner
    assert waiting.opening is Opening.ANSWER
    assert waiting.asks
    assert waiting.state is ItemState.NEW
    assert waiting.at == town.now - 5 * HOUR
    assert waiting.post is not None
    assert waiting.post.text == "Does the export keep the tags?"
    assert waiting.post.asks
    assert waiting.before == (town.now - 5 * DAY, "mira says 5")
    assert (view.waiting, view.newcomers, view.strangers) == (1, 0, 0)


def test_who_answers_my_post_or_is_followed_is_a_newcomer_and_nobody_known_a_stranger(
    town: Town,
) -> None:
    mine = town.says("mira", "We bake rye.", ago=DAY)
    town.says("mossygate", "Is the rye one on Saturdays only?", to=mine, ago=40 * MINUTE)
    town.relates("odile fenn", following=True)
    town.says("odile fenn", "Look who is here", naming=["mira"], ago=2 * HOUR)
    town.says("deal rocket", "Grow your business!", naming=["mira"])
    view = inbox_of(town)
    assert lanes(view) == {
        Lane.NEWCOMERS: ["mossygate", "odile fenn"],
        Lane.STRANGERS: ["deal rocket"],
    }
    assert row(view, "mossygate").reason == "first time"
    assert (view.waiting, view.newcomers, view.strangers) == (0, 2, 1)


def test_a_name_merely_carried_along_opens_nothing(town: Town) -> None:
    mine = town.says("mira", "We bake rye.", ago=DAY)
    answer = town.says("mossygate", "Only on Saturdays?", to=mine, ago=3 * HOUR)
    town.says("papercrane", "Yes, Saturdays.", to=answer, ago=2 * HOUR)
    view = inbox_of(town)
    assert lanes(view) == {Lane.NEWCOMERS: ["mossygate"]}
    assert [other.name for other in row(view, "mossygate").also] == ["papercrane"]


@pytest.mark.parametrize(
    ("door", "expected"),
    [
        (Door.OPEN, {Lane.NEWCOMERS: ["mossygate", "deal rocket"]}),
        (Door.CHECK, {Lane.NEWCOMERS: ["mossygate"], Lane.STRANGERS: ["deal rocket"]}),
        (Door.CLOSED, {Lane.STRANGERS: ["deal rocket", "mossygate"]}),
    ],
)
def test_the_door_of_the_account_decides_who_is_a_stranger(
    town: Town, door: Door, expected: dict[Lane, list[str]]
) -> None:
    mine = town.says("mira", "We bake rye.", ago=DAY)
    town.says("mossygate", "Only on Saturdays?", to=mine, ago=3 * HOUR)
    town.says("deal rocket", "Grow your business!", naming=["mira"])
    town.write(lambda w: accounts.set_door(w, 1, door))
    assert lanes(inbox_of(town)) == expected


def test_who_was_let_in_is_no_stranger_any_more(town: Town) -> None:
    town.says("deal rocket", "Grow your business!", naming=["mira"])
    rocket = town.id_of("deal rocket")
    town.write(lambda w: people.set_accepted(w, 1, rocket, True))
    view = inbox_of(town)
    assert lanes(view) == {Lane.NEWCOMERS: ["deal rocket"]}
    assert row(view, "deal rocket").reason == "let in"


def test_who_was_let_in_for_one_conversation_is_a_stranger_in_the_next(town: Town) -> None:
    town.says("deal rocket", "Is this your bakery?", naming=["mira"], ago=2 * HOUR)
    item = row(inbox_of(town), "deal rocket").id
    town.write(lambda w: items.set_let_in(w, item, True))
    town.says("deal rocket", "And this one?", naming=["mira"])
    view = inbox_of(town)
    assert {lane.lane: len(lane.rows) for lane in view.lanes} == {
        Lane.NEWCOMERS: 1,
        Lane.STRANGERS: 1,
    }
    assert row(view, "deal rocket").reason == "let in for this conversation"


def test_a_question_stands_above_a_remark_and_a_thank_you_last(town: Town) -> None:
    texts = {
        "quillfox": "Does the export keep the tags?",
        "odile fenn": "The second bridge, the one with the lamp.",
        "tinbadger": "Thank you!",
    }
    for name in reversed(texts):
        said = town.talk(name, ago=5 * DAY)
        town.says(name, texts[name], to=said, ago=2 * HOUR)
    assert lanes(inbox_of(town)) == {Lane.TALK: ["quillfox", "odile fenn", "tinbadger"]}


def test_somebody_i_have_written_to_stands_before_somebody_i_never_wrote_to(town: Town) -> None:
    mine = town.says("mira", "We bake rye.", ago=30 * DAY)
    town.says("mossygate", "Is the rye one on Saturdays only?", to=mine, ago=2 * DAY)
    town.says("mira", "Lovely photo", naming=["papercrane"], ago=90 * DAY)
    town.relates("papercrane", following=True)
    town.says("papercrane", "Thanks!", naming=["mira"], quoting=mine, ago=HOUR)
    view = inbox_of(town)
    assert lanes(view) == {Lane.TALK: ["papercrane"], Lane.NEWCOMERS: ["mossygate"]}


def test_the_users_rule_lifts_what_its_query_finds(town: Town) -> None:
    for name, text in (("quillfox", "Tags are gone"), ("tinbadger", "The oven is warm")):
        said = town.talk(name, ago=5 * DAY)
        town.says(name, text, to=said, ago=2 * HOUR)
    plain = town.ask(inbox.view, town.scope(), now=town.now)
    town.write(lambda w: put_rules(w, [OwnRule(word="oven", points=5_000)], town.now))
    lifted = town.ask(inbox.view, town.scope(), now=town.now)
    assert lanes(plain) == {Lane.TALK: ["quillfox", "tinbadger"]}
    assert lanes(lifted) == {Lane.TALK: ["tinbadger", "quillfox"]}


def test_strangers_stand_newest_first(town: Town) -> None:
    for hours, name in ((3, "first"), (1, "third"), (2, "second")):
        town.says(name, "hello", naming=["mira"], ago=hours * HOUR)
    assert lanes(inbox_of(town)) == {Lane.STRANGERS: ["third", "second", "first"]}


def test_what_was_put_off_says_when_it_comes_back(town: Town) -> None:
    put_off(town, "larkspur", until=town.now + 2 * DAY)
    put_off(town, "hollow reed", until_post=True)
    put_off(town, "wren", until=town.now + DAY, until_start=True)
    view = inbox_of(town)
    assert lanes(view) == {Lane.LATER: ["wren", "larkspur", "hollow reed"]}
    assert row(view, "larkspur").wakes == "fri"
    assert row(view, "hollow reed").wakes == "on their next post"
    assert row(view, "wren").wakes == "tomorrow or at the next start"


def put_off(
    town: Town,
    name: str,
    *,
    until: Millis | None = None,
    until_post: bool = False,
    until_start: bool = False,
) -> None:
    town.says(name, "hello", naming=["mira"])
    (item,) = town.ask(items.items_of_person, 1, town.id_of(name))
    town.write(
        lambda w: items.set_state(
            w,
            item.id,
            ItemState.LATER,
            at=town.now,
            until=until,
            until_post=until_post,
            until_start=until_start,
        )
    )


def test_done_today_holds_what_was_closed_since_midnight_newest_first(town: Town) -> None:
    for hours, name in ((2, "early"), (1, "late"), (14, "yesterday")):
        asked = town.says(name, "hello?", naming=["mira"], ago=20 * HOUR)
        town.says("mira", "hello!", to=asked, ago=hours * HOUR)
    view = inbox_of(town)
    assert lanes(view) == {Lane.DONE: ["late", "early"]}
    assert row(view, "late").reason == "answered"


def test_an_answer_on_its_way_closes_the_conversation_for_every_count_and_list(town: Town) -> None:
    said = town.talk("quillfox", ago=5 * DAY)
    asked = town.says("quillfox", "Does it keep the tags?", to=said)
    draft = Draft(0, 1, "@quillfox It does.", reply_to=asked.id)
    held = town.write(
        lambda w: outbox.add(
            w,
            account=1,
            kind=POST,
            state=OutboxState.HELD,
            key="k",
            content=draft.to_json(),
            created_at=town.now,
            release_at=town.now + 7 * SECOND,
            post=asked.id,
        )
    )
    view = inbox_of(town)
    assert lanes(view) == {Lane.DONE: ["quillfox"]}
    assert row(view, "quillfox").reason == "your answer leaves in 7 s"
    assert row(view, "quillfox").state is ItemState.ANSWERED
    assert view.waiting == 0
    town.write(lambda w: outbox.set_row(w, held, state=OutboxState.WAITING, at=town.now))
    assert row(inbox_of(town), "quillfox").reason == "your answer waits in the outbox"
    town.write(lambda w: outbox.set_row(w, held, state=OutboxState.REFUSED, at=town.now))
    again = inbox_of(town)
    assert (again.waiting, lanes(again)) == (1, {Lane.TALK: ["quillfox"]})


def test_what_is_being_answered_stands_among_what_is_done_at_the_moment_of_the_answer(
    town: Town,
) -> None:
    for hours, name in ((3, "early"), (1, "late")):
        asked = town.says(name, "hello?", naming=["mira"], ago=20 * HOUR)
        town.says("mira", "hello!", to=asked, ago=hours * HOUR)
    asked = town.says("between", "hello?", naming=["mira"], ago=20 * HOUR)
    town.write(
        lambda w: outbox.add(
            w,
            account=1,
            kind=POST,
            state=OutboxState.WAITING,
            key="k",
            content=Draft(0, 1, "@between hello!", reply_to=asked.id).to_json(),
            created_at=town.now - 2 * HOUR,
            release_at=town.now,
            post=asked.id,
        )
    )
    assert lanes(inbox_of(town)) == {Lane.DONE: ["late", "between", "early"]}


def test_an_answer_counts_for_everybody_it_names(town: Town) -> None:
    mine = town.says("mira", "We bake rye.", ago=DAY)
    first = town.says("mossygate", "Only on Saturdays?", to=mine, ago=3 * HOUR)
    town.says("papercrane", "And where?", to=mine, ago=2 * HOUR)
    draft = Draft(
        0, 1, "@mossygate@town.example, @papercrane@town.example: at the market", reply_to=first.id
    )
    town.write(
        lambda w: outbox.add(
            w,
            account=1,
            kind=POST,
            state=OutboxState.WAITING,
            key="k",
            content=draft.to_json(),
            created_at=town.now,
            release_at=town.now,
            post=first.id,
        )
    )
    assert inbox_of(town).newcomers == 0


def test_several_accounts_stand_together_with_their_letters_and_one_alone_without(
    town: Town,
) -> None:
    town.account("acorn")
    town.says("quillfox", "Hello mira", naming=["mira"], account=1)
    town.says("wren", "Hello acorn", naming=["acorn"], account=2)
    assert {row(inbox_of(town), name).letters for name in ("quillfox", "wren")} == {"mi", "ac"}
    alone = inbox_of(town, "acorn")
    assert lanes(alone) == {Lane.STRANGERS: ["wren"]}
    assert row(alone, "wren").letters == ""


def test_a_text_that_is_gone_from_the_store_leaves_the_row_without_it(town: Town) -> None:
    asked = town.says("quillfox", "Hello mira", naming=["mira"])
    (item,) = town.ask(items.items_of_person, 1, town.id_of("quillfox"))
    town.write(lambda w: w.db.execute("DELETE FROM posts WHERE id = ?", (asked.id,)))
    left = row(inbox_of(town), "quillfox")
    assert left.post is None
    assert left.at == item.since


def test_who_is_muted_opens_nothing(town: Town) -> None:
    said = town.talk("quillfox", ago=5 * DAY)
    town.says("quillfox", "Does it keep the tags?", to=said)
    town.relates("quillfox", muting=True)
    assert lanes(inbox_of(town)) == {}


def two_addressed(town: Town, *, one: bool) -> Said:
    """A question to two accounts, which may have been declared one."""
    mine, work = town.scope("mira").accounts[0], town.account("workshop")
    asked = town.says("quillfox", "Is it open?", naming=["mira", "workshop"], ago=HOUR)
    town.shows(asked.post, account=work)
    if one:
        owners = [town.ask(accounts.owner, account) for account in (mine, work)]
        town.write(lambda w: identities.link(w, *owners, at=town.now))
    return asked


def test_an_answer_as_the_other_of_two_that_are_one_says_so(town: Town) -> None:
    asked = two_addressed(town, one=True)
    (work,) = town.scope("workshop").accounts
    town.says("workshop", "Until six.", to=asked, account=work)
    view = inbox_of(town, "mira")
    assert lanes(view) == {Lane.DONE: ["quillfox"]}
    assert row(view, "quillfox").reason == "answered as @workshop@town.example"


@pytest.mark.parametrize("one", [False, True])
def test_an_answer_on_its_way_counts_for_the_account_it_leaves_from_and_for_those_that_are_one(
    town: Town, one: bool
) -> None:
    asked = two_addressed(town, one=one)
    (work,) = town.scope("workshop").accounts
    town.write(
        lambda w: outbox.add(
            w,
            account=work,
            kind=POST,
            state=OutboxState.WAITING,
            key="k",
            content=Draft(0, work, "Until six.", reply_to=asked.id).to_json(),
            created_at=town.now,
            release_at=town.now,
            post=asked.id,
        )
    )
    assert lanes(inbox_of(town, "mira")) == {Lane.DONE if one else Lane.STRANGERS: ["quillfox"]}
    assert lanes(inbox_of(town, "workshop")) == {Lane.DONE: ["quillfox"]}
