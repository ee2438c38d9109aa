"""What one does not want to hear of: off the plate at once, told to the server, taken back by undo."""

from __future__ import annotations

import pytest
from support.town_builder import Said, Town

from tui_inbox.commands import acts, silencing
from tui_inbox.commands.undo import undo
from tui_inbox.core.account import Limits
from tui_inbox.core.act import ActKind, Report
from tui_inbox.core.conversation import ItemState
from tui_inbox.core.moment import DAY
from tui_inbox.core.outbox_state import HOLD, OutboxState
from tui_inbox.core.person import Person, PersonRef
from tui_inbox.core.post import Post, PostRef, PostView
from tui_inbox.queries.accounts import viewer
from tui_inbox.queries.post_rows import rows_of
from tui_inbox.store import items, outbox, people, posts
from tui_inbox.store.outbox import OutboxRow


def leaving(town: Town) -> list[OutboxRow]:
    return town.ask(outbox.rows, states=[OutboxState.HELD, OutboxState.WAITING])


def kinds(town: Town) -> list[str]:
    return [row.kind for row in leaving(town)]


def did(town: Town, said: Said) -> tuple[str, ...]:
    eyes = town.ask(viewer, 1)
    assert eyes is not None
    return town.ask(rows_of, eyes, [said.id], context=None)[said.id].did


def state(town: Town, name: str) -> ItemState:
    (item,) = town.ask(items.items_of_person, 1, town.id_of(name))
    return item.state


def arrived(town: Town, row: OutboxRow) -> None:
    """The server has done it, and shows it."""
    town.write(lambda w: outbox.set_row(w, row.id, state=OutboxState.SENT, at=town.now))


# A conversation


def test_a_muted_conversation_is_off_the_plate_and_the_post_says_so(town: Town) -> None:
    asked = town.says("quillfox", "Does it keep the tags?", naming=["mira"])
    outcome = silencing.toggle_talk(town.context, 1, asked.id).result()
    assert outcome.sentence == "this conversation is muted"
    assert kinds(town) == [ActKind.MUTE_TALK]
    assert did(town, asked) == ("conversation muted",)
    assert state(town, "quillfox") is ItemState.DONE
    undo(town.context).result()
    assert kinds(town) == []
    assert did(town, asked) == ()
    assert state(town, "quillfox") is ItemState.NEW


def test_the_same_key_hears_of_it_again_from_any_post_of_it(town: Town) -> None:
    asked = town.says("quillfox", "Does it keep the tags?", naming=["mira"])
    answer = town.says("papercrane", "Mine did.", to=asked)
    silencing.toggle_talk(town.context, 1, asked.id).result()
    again = silencing.toggle_talk(town.context, 1, answer.id).result()
    assert again.sentence == "this conversation is not muted any more"
    third = silencing.toggle_talk(town.context, 1, asked.id).result()
    assert third.sentence == "this conversation is muted"


def test_once_the_server_has_muted_it_every_post_of_it_is(town: Town) -> None:
    asked = town.says("quillfox", "Does it keep the tags?", naming=["mira"])
    answer = town.says("papercrane", "Mine did.", to=asked)
    other = town.says("odile", "Elsewhere.")
    silencing.toggle_talk(town.context, 1, asked.id).result()
    (row,) = leaving(town)
    arrived(town, row)
    town.write(lambda w: posts.set_talk_muted(w, 1, asked.id, True))
    assert did(town, answer) == did(town, asked) == ("conversation muted",)
    assert did(town, other) == ()
    outcome = silencing.toggle_talk(town.context, 1, answer.id).result()
    assert outcome.sentence == "this conversation is not muted any more"


def test_a_refused_mute_is_rolled_back_and_the_panes_hear_of_it(town: Town) -> None:
    asked = town.says("quillfox", "Does it keep the tags?")
    silencing.toggle_talk(town.context, 1, asked.id).result()
    (row,) = leaving(town)
    town.changes.clear()
    town.write(
        lambda w: outbox.set_row(w, row.id, state=OutboxState.REFUSED, at=town.now, reason="No.")
    )
    assert did(town, asked) == ()
    assert ("post", asked.id) in [(change.topic, change.key) for change in town.changes]


# People


@pytest.mark.parametrize(
    ("lasts", "words"),
    [
        (DAY, "quillfox is muted for a day"),
        (7 * DAY, "quillfox is muted for a week"),
        (3 * DAY, "quillfox is muted for 3 days"),
        (None, "quillfox is muted"),
    ],
)
def test_somebody_is_muted_for_a_time(town: Town, lasts: int | None, words: str) -> None:
    town.says("quillfox", "Does it keep the tags?", naming=["mira"])
    person = town.id_of("quillfox")
    outcome = acts.on_person(town.context, 1, person, ActKind.MUTE, lasts=lasts).result()
    assert outcome.sentence == words
    (row,) = leaving(town)
    assert outbox.lasts_of(row.content) == lasts
    undo(town.context).result()
    assert leaving(town) == []


def test_what_a_network_lacks_is_said_at_once_and_nothing_leaves_the_plate(town: Town) -> None:
    lacking = Limits(timed_mutes=False, hides_boosts=False)
    there = town.account("odile", limits=lacking)
    town.says("quillfox", "Does it keep the tags?", naming=["odile"], account=there)
    town.relates("quillfox", following=True, account=there)
    person = town.id_of("quillfox")
    for outcome in (
        acts.on_person(town.context, there, person, ActKind.MUTE, lasts=DAY).result(),
        silencing.toggle_boosts(town.context, there, person).result(),
    ):
        assert outcome.action is None
        assert "there" in outcome.sentence or "that network" in outcome.sentence
    assert leaving(town) == []
    (item,) = town.ask(items.items_of_person, there, person)
    assert item.state is ItemState.NEW
    assert acts.on_person(town.context, there, person, ActKind.MUTE).result().action


def test_who_is_muted_can_be_muted_for_another_time_but_not_again_for_good(town: Town) -> None:
    town.relates("quillfox", muting=True)
    person = town.id_of("quillfox")
    again = acts.on_person(town.context, 1, person, ActKind.MUTE).result()
    assert again.action is None
    assert acts.on_person(town.context, 1, person, ActKind.MUTE, lasts=DAY).result().action


def test_who_was_muted_before_is_unmuted_although_another_time_has_not_left(town: Town) -> None:
    town.relates("quillfox", muting=True)
    person = town.id_of("quillfox")
    acts.on_person(town.context, 1, person, ActKind.MUTE, lasts=DAY).result()
    acts.on_person(town.context, 1, person, ActKind.UNMUTE).result()
    assert kinds(town) == [ActKind.UNMUTE]
    acts.on_person(town.context, 1, person, ActKind.MUTE, lasts=DAY).result()
    (row,) = leaving(town)
    assert (row.kind, outbox.lasts_of(row.content)) == (ActKind.MUTE, DAY)


def test_boosts_of_somebody_one_follows_are_hidden_and_shown_again(town: Town) -> None:
    town.relates("odile", following=True)
    person = town.id_of("odile")
    outcome = silencing.toggle_boosts(town.context, 1, person).result()
    assert outcome.sentence == "boosts by odile are hidden from now on"
    (row,) = leaving(town)
    arrived(town, row)
    outcome = silencing.toggle_boosts(town.context, 1, person).result()
    assert outcome.sentence == "boosts by odile are shown again"
    assert kinds(town) == [ActKind.SHOW_BOOSTS]


def test_boosts_of_a_stranger_are_not_hidden_because_that_would_follow_them(town: Town) -> None:
    town.meets("odile")
    outcome = silencing.toggle_boosts(town.context, 1, town.id_of("odile")).result()
    assert outcome.action is None
    assert outcome.sentence == "You do not follow odile, so no boosts of theirs come to you."
    assert leaving(town) == []


# Words and servers


def test_a_word_is_told_to_the_server_and_undo_takes_back_that_word_only(town: Town) -> None:
    silencing.hide_word(town.context, 1, "  spoilers ").result()
    outcome = silencing.hide_word(town.context, 1, "election").result()
    assert outcome.sentence == (
        "posts with “election” will be hidden: the server of mira@town.example is told"
    )
    assert [(row.kind, row.content) for row in leaving(town)] == [
        (ActKind.HIDE_WORD, "spoilers"),
        (ActKind.HIDE_WORD, "election"),
    ]
    undo(town.context).result()
    assert [row.content for row in leaving(town)] == ["spoilers"]


def test_a_word_that_has_been_told_is_taken_back_by_its_reverse(town: Town) -> None:
    silencing.hide_word(town.context, 1, "election").result()
    arrived(town, leaving(town)[0])
    undo(town.context).result()
    assert [(row.kind, row.content) for row in leaving(town)] == [(ActKind.SHOW_WORD, "election")]


@pytest.mark.parametrize("word", ["", " ", "a", "\x1b"])
def test_a_word_that_would_hide_everything_is_not_taken(town: Town, word: str) -> None:
    assert silencing.hide_word(town.context, 1, word).result().action is None
    assert leaving(town) == []


def stranger_of(server: str, name: str) -> Person:
    uri = f"https://{server}/users/{name}"
    return Person(PersonRef("mastodon", uri), f"id-of-{name}", f"{name}@{server}", name)


def test_a_whole_server_is_blocked_after_the_hold_and_what_it_sent_is_off_the_plate(
    town: Town,
) -> None:
    town.says("quillfox", "From here.", naming=["mira"])
    spam = Post(
        PostRef("mastodon", "https://rocket.example/1"),
        stranger_of("rocket.example", "deals"),
        town.now - DAY,
        "Grow your business",
        mentions=(town._mention("mira"),),
    )
    shown = town.shows(spam, view=PostView("spam"))
    person = town.ask(posts.post, 1, shown.id)
    assert person is not None
    outcome = silencing.block_server(town.context, 1, person.author).result()
    assert outcome.sentence == "all of rocket.example is blocked in 10 s, u takes it back"
    (row,) = leaving(town)
    assert (row.kind, row.content, row.state) == (
        ActKind.BLOCK_SERVER,
        "rocket.example",
        OutboxState.HELD,
    )
    assert row.release_at == town.now + HOLD
    (junked,) = town.ask(items.items_of_person, 1, person.author)
    assert junked.state is ItemState.JUNK
    assert state(town, "quillfox") is ItemState.NEW
    undo(town.context).result()
    (back,) = town.ask(items.items_of_person, 1, person.author)
    assert back.state is ItemState.NEW
    assert leaving(town) == []


def test_ones_own_server_is_not_blocked(town: Town) -> None:
    town.meets("quillfox")
    outcome = silencing.block_server(town.context, 1, town.id_of("quillfox")).result()
    assert outcome.sentence == "This is your own server; nothing was blocked."
    assert leaving(town) == []


def test_where_nobody_stands_under_a_server_none_is_blocked(town: Town) -> None:
    author = PersonRef("bluesky", "did:plc:odile")
    odile = Person(author, "did:plc:odile", "odile.example", "odile")
    person = town.write(lambda w: people.put_person(w, 1, odile))
    outcome = silencing.block_server(town.context, 1, person).result()
    assert outcome == silencing.NO_SERVER


# Moderators


def test_a_report_names_the_post_is_held_and_can_be_taken_back(town: Town) -> None:
    said = town.says("quillfox", "Grow your business", naming=["mira"])
    told = Report(comment="the same to forty people", category="spam", forward=True)
    person = town.id_of("quillfox")
    outcome = silencing.report(town.context, 1, person, told, post=said.id).result()
    assert outcome.sentence == "reporting quillfox: leaves in 10 s, u takes it back"
    (row,) = leaving(town)
    assert (row.kind, row.state, row.person) == (ActKind.REPORT, OutboxState.HELD, person)
    shown = town.ask(posts.server_id, 1, said.id)
    assert outbox.report_of(row.content) == Report(
        (shown or "",), "the same to forty people", "spam", forward=True
    )
    undo(town.context).result()
    assert leaving(town) == []


def test_report_and_block_do_both_and_are_taken_back_together(town: Town) -> None:
    town.says("quillfox", "Grow your business", naming=["mira"])
    person = town.id_of("quillfox")
    silencing.report(town.context, 1, person, Report(comment="spam"), block=True).result()
    assert kinds(town) == [ActKind.REPORT, ActKind.BLOCK]
    assert state(town, "quillfox") is ItemState.JUNK
    undo(town.context).result()
    assert kinds(town) == []
    assert state(town, "quillfox") is ItemState.NEW


def test_a_report_that_is_too_long_is_not_sent(town: Town) -> None:
    town.meets("quillfox")
    told = Report(comment="a" * 1001)
    outcome = silencing.report(town.context, 1, town.id_of("quillfox"), told).result()
    assert outcome.sentence == "A report says no more than 1000 characters; it was not sent."
    assert leaving(town) == []
