"""The outbox in words: what stands together, what goes with it, and what it waits for."""

from __future__ import annotations

from msgspec.structs import replace
from support.town_builder import Town

from tui_inbox.commands import acts, own_posts, sending, silencing
from tui_inbox.core.account import Limits
from tui_inbox.core.act import ActKind
from tui_inbox.core.draft import Attachment, Draft, PollDraft
from tui_inbox.core.moment import DAY
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.post import MediaKind
from tui_inbox.core.versions import Original
from tui_inbox.queries import outbox
from tui_inbox.queries.as_json import rows_json
from tui_inbox.queries.overviews import OutboxItem
from tui_inbox.store import outbox as stored

SENTENCE = "The tide comes in over the long flat sand and goes out again. "
LONG = (SENTENCE * 20).strip()
"""Three posts long."""


def rows(town: Town) -> tuple[OutboxItem, ...]:
    return town.ask(outbox.rows, town.scope())


def set_state(town: Town, row: int, state: OutboxState, reason: str = "") -> None:
    town.write(lambda w: stored.set_row(w, row, state=state, at=town.now, reason=reason))


def test_what_goes_with_a_text_is_said(town: Town) -> None:
    files = (
        Attachment("a.png", "a.png", MediaKind.PICTURE),
        Attachment("b.png", "b.png", MediaKind.PICTURE),
    )
    sending.send(town.context, Draft(0, 1, "Lamps.", "bright", attachments=files)).result()
    poll = PollDraft(("tea", "coffee"))
    sending.send(town.context, Draft(0, 1, "Which?", poll=poll)).result()
    assert [(row.goes_with, row.warning) for row in rows(town)] == [
        ("2 files", "bright"),
        ("a poll", ""),
    ]


def test_parts_of_a_thread_stand_together_in_their_order_and_wait_for_each_other(
    town: Town,
) -> None:
    sending.send(town.context, Draft(0, 1, LONG, split=True)).result()
    first, second, third = rows(town)
    assert [row.part for row in (first, second, third)] == [
        "part 1 of 3",
        "part 2 of 3",
        "part 3 of 3",
    ]
    assert [row.follows for row in (first, second, third)] == [
        "",
        "the part above it",
        "the part above it",
    ]
    set_state(town, first.id, OutboxState.SENT)
    assert [(row.part, row.follows) for row in rows(town)] == [
        ("part 2 of 3", ""),
        ("part 3 of 3", "the part above it"),
    ]


def test_a_part_that_is_sent_anew_takes_its_place_again(town: Town) -> None:
    sending.send(town.context, Draft(0, 1, LONG, split=True)).result()
    first, second, third = rows(town)
    for row in (second, third):
        set_state(town, row.id, OutboxState.WAITING)
    set_state(town, first.id, OutboxState.REFUSED, "No.")
    sending.retry(town.context, first.id).result()
    assert [row.part for row in rows(town)] == ["part 1 of 3", "part 2 of 3", "part 3 of 3"]
    assert [row.text[:8] for row in rows(town)][1:] == [second.text[:8], third.text[:8]]


def test_what_was_sent_from_two_accounts_stands_together(town: Town) -> None:
    other = town.account("acorn")
    sending.send(town.context, Draft(0, 1, "Before.")).result()
    town.pass_time(DAY)
    sending.send(town.context, Draft(0, 1, LONG, split=True, also_from=(other,))).result()
    told = [(row.letters, row.part) for row in rows(town)]
    assert told == [
        ("mi", ""),
        *(("mi", f"part {number} of 3") for number in (1, 2, 3)),
        *(("ac", f"part {number} of 3") for number in (1, 2, 3)),
    ]


def test_a_text_written_anew_says_what_it_waits_for(town: Town) -> None:
    said = town.says("mira", "The kettle is on.")
    draft = own_posts.redraft(town.context, 1, said.id, Original("The kettle is on.")).result()
    sending.send(town.context, replace(draft, text="The kettle is off.")).result()
    deletion, text = rows(town)
    assert (deletion.what, text.what) == ("deletion of your post", "post")
    assert (text.follows, text.part) == ("the deletion of your post", "")


def test_a_text_that_was_planned_otherwise_says_that_it_waits_for_the_end_of_the_plan(
    town: Town,
) -> None:
    sending.send(town.context, Draft(0, 1, "Good night.", send_at=town.now + DAY)).result()
    (planned,) = rows(town)
    town.write(
        lambda w: stored.set_row(
            w, planned.id, state=OutboxState.SCHEDULED, at=town.now, remote_id="s1"
        )
    )
    draft = sending.reopen(town.context, planned.id).result()
    sending.send(town.context, replace(draft, send_at=None)).result()
    taken_back, text = rows(town)
    assert taken_back.what == "a text that the server keeps taken back"
    assert text.follows == "the withdrawal of its plan at the server"


def test_what_may_have_arrived_is_told_from_what_surely_has_not(town: Town) -> None:
    sending.send(town.context, Draft(0, 1, "Good night.")).result()
    (row,) = rows(town)
    assert not row.in_doubt
    set_state(town, row.id, OutboxState.WAITING)
    assert not rows(town)[0].in_doubt, "there was no line yet"
    town.write(
        lambda w: stored.set_row(
            w, row.id, state=OutboxState.WAITING, at=town.now, first_try_at=town.now
        )
    )
    assert rows(town)[0].in_doubt


def test_every_kind_of_act_is_named_in_words(town: Town) -> None:
    town.allows(Limits(edits=True))
    said = town.says("quillfox", "Does it keep the tags?")
    town.relates("quillfox", following=True)
    person = town.id_of("quillfox")
    silencing.toggle_talk(town.context, 1, said.id).result()
    silencing.toggle_boosts(town.context, 1, person).result()
    silencing.hide_word(town.context, 1, "spoilers").result()
    acts.on_person(town.context, 1, person, ActKind.MUTE, lasts=DAY).result()
    mine = town.says("mira", "The kettle is on.")
    draft = own_posts.edit(town.context, 1, mine.id, Original("The kettle is on.")).result()
    sending.send(town.context, replace(draft, text="The kettle is off.")).result()
    assert [row.what for row in rows(town)] == [
        "conversation with quillfox muted",
        "boosts by quillfox hidden",
        "posts with “spoilers” hidden",
        "mute quillfox",
        "change of your post",
    ]


def test_a_row_that_waits_for_the_owner_can_be_printed_as_json(town: Town) -> None:
    sending.send(town.context, Draft(0, 1, "Which?", poll=PollDraft(("a", "b")))).result()
    (row,) = rows(town)
    town.write(
        lambda w: stored.set_row(
            w, row.id, state=OutboxState.UNKNOWN, at=town.now, release_at=2**62
        )
    )
    (told,) = rows(town)
    printed = rows_json(told)
    assert isinstance(printed, dict)
    assert printed["release_at"] is None
    whole = rows_json(Draft(0, 1, poll=PollDraft(("a", "b"))))
    assert isinstance(whole, dict)
    assert isinstance(whole["poll"], dict)
    assert whole["poll"]["lasts"] == DAY


def test_the_status_line_hears_of_refusals_and_of_what_is_for_later(town: Town) -> None:
    sending.send(town.context, Draft(0, 1, "Good night.", send_at=town.now + 2 * DAY)).result()
    said = town.says("quillfox", "Does it keep the tags?")
    acts.toggle(town.context, 1, said.id, ActKind.BOOST).result()
    favourite = rows(town)[-1]
    set_state(town, favourite.id, OutboxState.REFUSED, "Not here.")
    status = town.ask(outbox.status, town.scope(), {})
    assert status.scheduled == 1
    assert [(row.what, row.reason) for row in status.refused] == [
        ("boost of quillfox", "Not here.")
    ]
