"""Rows: what stands where in a line, and what is never in it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len
from textual.strip import Strip
from ui.town import (
    BRIDGE,
    DRAFT_FRIDAY,
    FERN,
    FERRY,
    HARBOUR,
    NOW,
    ODILE,
    PAPERCRANE,
    SIGNAL,
    TAGS,
    TINBADGER,
    TWO_CHOIRS,
    entry,
    hit,
    item,
    person,
    post,
    usual_town,
)

from tui_inbox.core.conversation import ItemState, Lane, Opening
from tui_inbox.core.moment import DAY, HOUR, MINUTE, SECOND
from tui_inbox.core.post import Card, Media, MediaKind, Poll, PollOption
from tui_inbox.core.text import Link, clean, clean_line
from tui_inbox.queries.attached import poll_choices
from tui_inbox.queries.rows import GapRow, HitRow, LaneRows, PostRow, Scope, ThreadPost
from tui_inbox.ui.colours import DARK
from tui_inbox.ui.panes.inbox import inbox_rows
from tui_inbox.ui.panes.people import people_rows
from tui_inbox.ui.panes.searches import search_rows
from tui_inbox.ui.render.ages import age_field
from tui_inbox.ui.render.attached import media_words, poll_head
from tui_inbox.ui.render.body import body, spoken
from tui_inbox.ui.render.cells import BAR, Drawing
from tui_inbox.ui.render.corner import CornerRenderer
from tui_inbox.ui.render.glyphs import PLAIN
from tui_inbox.ui.render.hit import HitRenderer
from tui_inbox.ui.render.item import ItemRenderer, lane_head
from tui_inbox.ui.render.palette import palette_of
from tui_inbox.ui.render.person import PersonRenderer
from tui_inbox.ui.render.post import PostRenderer, TimelineData
from tui_inbox.ui.render.thread import ThreadData, ThreadRenderer
from tui_inbox.ui.widgets import Row
from tui_inbox.ui.widgets.reply_card import _labelled, shortened

PALETTE = palette_of(DARK, ["mi", "ac", "ti"])
DRAWING = Drawing(PALETTE, lambda: NOW)
ALONE = replace(DRAWING, letters=False)
DENSE = replace(DRAWING, dense=True)


def drawn(
    renderer: Any, data: Any, width: int = 62, *, selected: bool = False, focused: bool = False
) -> list[Strip]:
    """The lines of one row."""
    lines: list[Strip] = renderer.render(
        Row("key", 0, data), width, selected=selected, focused=focused
    )
    return lines


def text(lines: list[Strip]) -> list[str]:
    """The lines' text, without the blanks at their ends."""
    return [line.text.rstrip() for line in lines]


def of_post(row: PostRow, width: int = 62, drawing: Drawing = DENSE, **more: Any) -> list[str]:
    """The lines of a post in the Timeline."""
    data = TimelineData(entry(row, 1), unfolded=more.pop("unfolded", False))
    return text(drawn(PostRenderer(drawing), data, width, **more))


# The anatomy


def test_what_another_account_of_ones_own_wrote_says_as_whom_one_wrote_it() -> None:
    row = replace(HARBOUR, own_as="acorn crm", did=())
    assert of_post(row)[0] == " ◆  2m mi you, as acorn crm"
    hit = HitRow(1, row, ItemState.NEW)
    assert text(drawn(HitRenderer(DRAWING), hit))[0].endswith("you, as acorn crm")
    thread = text(drawn(ThreadRenderer(DRAWING, "mi"), ThreadData(ThreadPost(row, 0))))
    assert thread[0].endswith("you, as acorn crm")


def test_a_timeline_row_is_the_one_of_the_sketch() -> None:
    row = replace(
        HARBOUR,
        answers=TINBADGER,
        did=("saved", "boosted"),
        card=Card("https://maps.example/f", "How to fold a chart"),
    )
    assert of_post(row) == [
        " ◆  2m mi odile fenn · in answer to tinbadger",
        "          Printed the harbour map at last. The paper was a",
        "          gift and the folding was not.",
        "          [picture: a hand-drawn map of a harbour, two boats]",
        "          maps.example  How to fold a chart",
        "          you: saved · boosted",
    ]


def test_an_inbox_row_has_four_lines_when_it_is_selected() -> None:
    row = item(1, TAGS, Lane.TALK, also=(PAPERCRANE,), before=(NOW - 2 * DAY, TWO_CHOIRS.text))
    renderer = ItemRenderer(DRAWING)
    assert text(drawn(renderer, row, 66, selected=True, focused=True)) == [
        "▌●  5h ac quillfox asks · also papercrane",
        "▌         Does the export keep the tags? I tried it with three",
        "▌         files and two came out bare.",
        "▌         you, 2d: Two choirs do. Tags for voices, a list per con…",
    ]
    assert len(drawn(renderer, row, 66)) == 2
    assert len(drawn(ItemRenderer(DENSE), row, 66)) == 1


def test_a_pane_without_focus_shows_only_the_thin_bar() -> None:
    row = item(1, TAGS, Lane.TALK)
    lines = drawn(ItemRenderer(DRAWING), row, selected=True)
    assert all(line.text.startswith("▏") for line in lines)
    assert all(not style or not style.bgcolor for line in lines for _, style, _ in line)


def test_the_selected_row_has_its_ground_over_the_whole_width() -> None:
    lines = drawn(ItemRenderer(DRAWING), item(1, TAGS, Lane.TALK), 62, selected=True, focused=True)
    for line in lines:
        assert line.cell_length == 62
        assert all(style and style.bgcolor for _, style, _ in line)


@pytest.mark.parametrize(
    ("state", "mark"),
    [(ItemState.NEW, "●"), (ItemState.SEEN, "○"), (ItemState.DONE, " "), (ItemState.LATER, " ")],
)
def test_only_two_states_have_a_mark(state: ItemState, mark: str) -> None:
    lines = drawn(ItemRenderer(DRAWING), item(1, TAGS, Lane.TALK, state=state))
    assert lines[0].text[1] == mark


def test_the_plain_set_has_only_ascii_marks() -> None:
    drawing = replace(DRAWING, glyphs=PLAIN)
    new = drawn(ItemRenderer(drawing), item(1, TAGS, Lane.TALK), selected=True, focused=True)
    assert new[0].text.startswith(">*  5h ac quillfox asks")
    seen = drawn(ItemRenderer(drawing), item(1, TAGS, Lane.TALK, state=ItemState.SEEN))
    assert seen[0].text.startswith(" o  5h")
    assert of_post(HARBOUR, drawing=replace(drawing, dense=True))[0].startswith(" +  2m")


def test_names_stand_in_the_same_column_whatever_the_age() -> None:
    ages = [0, 5 * MINUTE, 40 * MINUTE, 5 * HOUR, 23 * HOUR, 3 * DAY, 80 * DAY, 900 * DAY]
    for ago in ages:
        head = of_post(post(1, ODILE, ago, "x"))[0]
        assert head.index("odile fenn") == 10
        assert (
            of_post(post(1, ODILE, ago, "x"), drawing=replace(DENSE, letters=False))[0].index(
                "odile"
            )
            == 7
        )


def test_a_direct_message_says_so_even_where_it_asks() -> None:
    row = item(3, DRAFT_FRIDAY, Lane.TALK, opening=Opening.DIRECT)
    assert text(drawn(ItemRenderer(DRAWING), row))[0] == " ●  1d mi tinbadger dm"


def test_partners_are_bold_and_others_a_step_dimmer() -> None:
    def style(row: PostRow, word: str) -> Any:
        lines = drawn(PostRenderer(DRAWING), TimelineData(entry(row, 1)))
        return next(look for line in lines for part, look, _ in line if word in part)

    partner, other = post(1, ODILE, 0, "words"), post(2, FERRY, 0, "words")
    assert style(partner, "odile").bold
    assert not style(other, "night ferry").bold
    assert style(partner, "words").color != style(other, "words").color


def test_an_age_never_ticks_in_seconds() -> None:
    assert age_field(NOW - 5 * SECOND, NOW) == age_field(NOW - 59 * SECOND, NOW) == "now"
    assert age_field(NOW + HOUR, NOW) == "now"


# What is in a post


def test_a_long_text_says_how_much_more_there_is() -> None:
    row = post(1, FERN, 0, " ".join(["word"] * 130))
    lines = of_post(row, 62)
    assert len(lines) == 7
    assert lines[-1].strip() == "… 8 more lines, Enter"
    assert len(of_post(row, 62, unfolded=True)) == 14


def test_a_warning_hides_everything_but_itself() -> None:
    row = replace(HARBOUR, warning="maps")
    assert of_post(row)[1:] == ["          [warning: maps] · v shows it"]
    assert "          [warning: maps]" in of_post(row, unfolded=True)
    assert any("Printed" in line for line in of_post(row, unfolded=True))


def test_a_filter_folds_and_a_deletion_leaves_one_line() -> None:
    assert of_post(replace(HARBOUR, hidden="maps"))[1:] == ["          filtered: maps · v shows it"]
    assert of_post(replace(HARBOUR, deleted=True))[1:] == ["          deleted by its author"]


def test_pictures_are_told_by_their_description_and_never_by_their_file() -> None:
    assert media_words(Media(MediaKind.PICTURE, "https://x.example/a.png", "two\nboats")) == (
        "[picture: two boats]"
    )
    film = Media(MediaKind.VIDEO, "https://x.example/a.mp4")
    assert media_words(film) == "[video, no description]"


def test_polls_say_how_long_they_run_and_whether_several_may_be_chosen() -> None:
    choices = (PollOption("rye"), PollOption("spelt"))
    open_poll = Poll("p", choices, closes_at=NOW + 5 * HOUR)
    assert poll_head(open_poll, NOW) == "Poll, 5 h left"
    assert poll_head(open_poll, NOW + 5 * HOUR) == "Poll, over"
    assert poll_head(Poll("p", choices, closed=True), NOW) == "Poll, over"
    assert poll_head(Poll("p", choices, multiple=True), NOW) == "Poll, several may be chosen"


def test_polls_say_how_votes_stand_where_that_is_known_and_which_is_ones_own() -> None:
    choices = (PollOption("rye", 3), PollOption("spelt", 1))
    assert poll_choices(Poll("p", choices), None) == ["rye 75 %", "spelt 25 %"]
    assert poll_choices(Poll("p", choices), (1,)) == ["rye 75 %", "spelt 25 % (your vote)"]
    several = Poll("p", choices, multiple=True)
    assert poll_choices(several, (0, 1)) == ["rye 3 (your vote)", "spelt 1 (your vote)"]
    secret = Poll("p", (PollOption("rye"), PollOption("spelt", 1)))
    assert poll_choices(secret, ()) == ["rye", "spelt"]
    nobody_yet = Poll("p", (PollOption("rye", 0), PollOption("spelt", 0)))
    assert poll_choices(nobody_yet, (0,)) == ["rye (your vote)", "spelt"]


def test_a_poll_stands_below_its_post_and_says_how_to_vote_while_that_is_possible() -> None:
    poll = Poll("p", (PollOption("rye"), PollOption("spelt")), closes_at=NOW + 5 * HOUR)
    asked = post(1, ODILE, 0, "Which loaf?", poll=poll)

    def lines(row: PostRow, most: int | None = 5) -> list[str]:
        brush = DRAWING.on(selected=False, focused=False)
        return ["".join(text for text, _ in parts) for parts in body(brush, row, 60, most=most)]

    assert lines(asked) == ["Which loaf?", "Poll, 5 h left · v votes", "rye · spelt"]
    assert lines(asked, None)[2:] == ["1 rye", "2 spelt"]
    voted = replace(asked, voted=(0,))
    assert lines(voted) == [
        "Which loaf?",
        "Poll, 5 h left, no counts yet",
        "rye (your vote) · spelt",
    ]
    assert lines(replace(asked, mine=True))[1] == "Poll, 5 h left"
    over = replace(asked, poll=replace(poll, closed=True))
    assert lines(over)[1] == "Poll, over"


def test_names_in_front_of_an_answer_are_not_repeated() -> None:
    row = post(1, ODILE, 0, "@mira @odile_fenn@town.example: Yes, both.", answers_me=True)
    said, _ = spoken(row)
    assert said == "Yes, both."
    assert spoken(replace(row, answers_me=False))[0] == row.text
    assert spoken(replace(row, text="@mira "))[0] == "@mira "


def test_an_address_that_the_card_shows_is_not_shown_twice() -> None:
    words = "Look at this https://tides.example/"
    link = Link(13, len(words), "https://tides.example/")
    row = post(1, SIGNAL, 0, words, links=(link,), card=Card("https://tides.example/", "Tides"))
    assert spoken(row) == ("Look at this", ())
    assert spoken(replace(row, card=None)) == (words, (link,))


def test_links_move_with_the_text_that_is_left_out() -> None:
    words = "@mira see b.org now"
    row = post(1, ODILE, 0, words, links=(Link(10, 15, "https://b.org/"),), answers_me=True)
    said, links = spoken(row)
    assert [said[link.start : link.end] for link in links] == ["b.org"]


def test_many_boosters_are_named_only_in_part() -> None:
    boosters = tuple(person(n, f"friend {n}") for n in range(20, 25))
    head = of_post(replace(HARBOUR, boosters=boosters), 120)[0]
    assert head.endswith("boosted by friend 20, friend 21, friend 22 and 2 more")


def test_a_hole_says_how_wide_it_is_and_what_fills_it() -> None:
    gap = GapRow(7, (NOW, "x"), NOW, NOW - 3 * HOUR, "mi")
    words = text(drawn(PostRenderer(DENSE), TimelineData(gap), 100))[0]
    assert words.startswith(" ┄ gap mi: about 3 h, from ")
    assert words.endswith("Enter fills it")
    filling = text(drawn(PostRenderer(DENSE), TimelineData(gap, filling=True), 100))[0]
    assert filling.endswith("reading from the server")
    lost = TimelineData(replace(gap, lost=True))
    words = text(drawn(PostRenderer(DENSE), lost, 120))[0]
    assert words.startswith(" ┄ lost mi: about 3 h, from ")
    assert words.endswith("the server no longer keeps it")


# Lanes, searches, people, threads


def test_strangers_say_how_many_look_like_people() -> None:
    lane = LaneRows(
        Lane.STRANGERS, tuple(item(n, TAGS, Lane.STRANGERS) for n in range(6)), people=2
    )
    head = lane_head(lane, folded=True, gap=False, hints=["Enter opens the door"])
    wide = text(drawn(ItemRenderer(DRAWING), head, 80))
    assert wide == [" Strangers · 6, of which 2 look like people · Enter opens the door"]
    narrow = text(drawn(ItemRenderer(DRAWING), head, 50))
    assert narrow == [
        " Strangers · 6, of which 2 look like people",
        "          Enter opens the door",
    ]
    full = lane_head(
        replace(lane, asking=1, held=1),
        folded=True,
        gap=False,
        hints=["Enter opens the door", "g r lists them"],
    )
    assert text(drawn(ItemRenderer(DRAWING), full, 50)) == [
        " Strangers · 6, of which 2 look like people",
        "          1 asks to follow",
        "          1 held back by the server",
        "          Enter opens the door · g r lists them",
    ], "no fact is cut in its middle"
    one = LaneRows(Lane.STRANGERS, lane.rows, people=1)
    assert "1 looks like a person" in lane_head(one, folded=True, gap=False).words


def test_later_says_when_each_comes_back_and_then_who() -> None:
    rows = list(inbox_rows(usual_town().inbox_view(Scope((1, 2, 3)), now=NOW), {Lane.LATER}))
    head = next(row.data for row in rows if row.key == "lane:LATER")
    assert text(drawn(ItemRenderer(DRAWING), replace(head, gap=False), 80)) == [
        " Later · 2 · fri larkspur lane · on their next post hollow reed"
    ]


def test_a_reason_that_does_not_fit_beside_the_name_stands_below_it_whole() -> None:
    long = item(1, TAGS, Lane.TALK, also=(PAPERCRANE,), reason="your answer may not have arrived")
    narrow = text(drawn(ItemRenderer(DRAWING), long, 50))
    assert narrow[:3] == [
        " ●  5h ac quillfox asks · also papercrane",
        "          your answer may not have arrived",
        "          Does the export keep the tags? I tried",
    ]
    wide = text(drawn(ItemRenderer(DRAWING), long, 100))
    assert wide[0].endswith("also papercrane · your answer may not have arrived")
    dense = ItemRenderer(replace(DRAWING, dense=True))
    assert text(drawn(dense, long, 50)) == [" ●  5h ac quillfox asks · also papercrane"]


def test_a_row_of_one_line_says_as_much_of_the_text_as_is_worth_reading() -> None:
    dense = replace(DRAWING, dense=True)
    asked = item(1, TAGS, Lane.TALK)
    assert text(drawn(ItemRenderer(dense), asked, 60)) == [
        " ●  5h ac quillfox asks  Does the export keep the tags? I t…"
    ]
    assert text(drawn(ItemRenderer(dense), asked, 40)) == [" ●  5h ac quillfox asks"]


def test_folded_lanes_stand_together_and_open_ones_apart() -> None:
    view = usual_town().inbox_view

    rows = list(
        inbox_rows(view(Scope((1, 2, 3)), now=NOW), {Lane.STRANGERS, Lane.LATER, Lane.DONE})
    )
    heads = {row.key: row.data for row in rows if row.section}
    gaps = [getattr(head, "gap", None) for head in heads.values()]
    assert gaps == [False, True, True, False, False]
    assert [row.selectable for row in rows if row.section] == [False, False, True, True, True]


def test_hits_carry_no_letters_because_their_search_has_them() -> None:
    rows = list(search_rows(usual_town().searches, set()))
    renderer = HitRenderer(DRAWING)
    lines = [line for row in rows[:3] for line in text(drawn(renderer, row.data, 41))]
    assert lines == [
        " * anyone know * crm · ac · 2 new",
        " ●  8m copper kettle asks",
        "         Anyone know a crm that exports",
        "         plain text? · no answer seen",
        " ●  1h fern & ledger asks",
        "         Anyone know a good crm for two?",
        "         3 answers, the last 10 min ago",
    ]


def test_people_stand_in_sections_with_the_reason() -> None:
    rows = list(people_rows(usual_town().people, set()))
    renderer = PersonRenderer(DRAWING)
    lines = [line for row in rows for line in text(drawn(renderer, row.data, 41))]
    assert " Pinned" in lines
    assert "   mi wren & co  usually 6 d, now 24 d" in lines
    assert "     last: the kiln photos, you said wow" in lines


def test_a_reason_too_long_for_the_name_stands_below_it_and_is_never_cut() -> None:
    wren = usual_town().people.sections[3][1][0]
    row = replace(wren, reason="14 in 30 d, last 5 h ago", detail="")
    renderer = PersonRenderer(ALONE)
    assert text(drawn(renderer, row, 41)) == ["   wren & co  14 in 30 d, last 5 h ago"]
    assert text(drawn(renderer, row, 30)) == ["   wren & co", "     14 in 30 d, last 5 h ago"]
    told = replace(row, detail="last: you said that the kiln photos are a wonder")
    assert text(drawn(renderer, told, 41))[1:] == ["     last: you said that the kiln photos…"]
    assert text(drawn(renderer, told, 41, selected=True))[1:] == [
        "▏    last: you said that the kiln photos",
        "▏    are a wonder",
    ]


def test_the_card_goes_on_in_its_column_instead_of_being_cut() -> None:
    facts = ("check", "first time they write to you · same text to 14 people · account 1 min old")
    assert [line.plain for line in _labelled(*facts, 50)] == [
        "  check    first time they write to you",
        "           same text to 14 people",
        "           account 1 min old",
    ]
    quote = "12 Nov, you closed with “shout if the altos vanish again before the concert”"
    assert [line.plain for line in _labelled("last", quote, 50)] == [
        "  last     12 Nov, you closed with “shout if the",
        "           altos vanish again before the concert”",
    ]


def test_of_a_card_with_little_room_stays_whether_to_answer() -> None:
    card = [("last", "Monday"), ("since", "June"), ("note", "choir"), ("answers", "1 already")]
    assert shortened(card, 1) == [("last", "Monday")]
    assert shortened(card, 2) == [("last", "Monday"), ("answers", "1 already")]
    assert shortened(card, 3) == [("last", "Monday"), ("note", "choir"), ("answers", "1 already")]
    assert shortened(card[:2], 2) == card[:2]


def test_a_thread_shows_all_text_and_marks_what_is_mine() -> None:
    renderer = ThreadRenderer(DRAWING, "ac")
    mine = text(drawn(renderer, ThreadData(ThreadPost(TWO_CHOIRS, 1)), 62))
    assert mine == [
        "    1d ac you",
        "         Two choirs do. Tags for voices, a list per concert.",
        "",
    ]
    long = post(1, FERN, 0, " ".join(["word"] * 200))
    assert len(drawn(renderer, ThreadData(ThreadPost(long, 0)), 62)) > 12


def test_an_answer_is_read_where_what_it_answers_is_not_there() -> None:
    orphan = ThreadData(ThreadPost(TWO_CHOIRS, 0, missing=True))
    assert text(drawn(ThreadRenderer(DRAWING, "ac"), orphan, 62)) == [
        "    1d ac you",
        "         answers a post that is not stored here",
        "         Two choirs do. Tags for voices, a list per concert.",
        "",
    ]


# Whatever people write

WORDS = st.text(max_size=120).map(clean)
NAMES = st.text(min_size=1, max_size=40).map(clean_line).filter(bool)


@given(WORDS, NAMES, NAMES, st.integers(28, 100), st.booleans())
def test_no_text_makes_a_line_too_wide(
    words: str, name: str, warning: str, width: int, selected: bool
) -> None:
    author = person(77, "x")
    row = post(
        1, replace(author, name=name), 0, words, media=(Media(MediaKind.PICTURE, None, words),)
    )
    some = [
        (PostRenderer(DRAWING), TimelineData(entry(row, 1), unfolded=selected)),
        (PostRenderer(ALONE), TimelineData(entry(replace(row, warning=warning), 1))),
        (ItemRenderer(DRAWING), item(1, row, Lane.TALK, reason=name, also=(author,))),
        (HitRenderer(DRAWING), hit(1, row, name)),
        (ThreadRenderer(DRAWING), ThreadData(ThreadPost(row, 0))),
        (CornerRenderer(DRAWING), item(1, row, Lane.TALK, reason=name, also=(author,))),
        (CornerRenderer(DRAWING), entry(row, 1)),
    ]
    for renderer, data in some:
        lines = drawn(renderer, data, width, selected=selected, focused=selected)
        assert lines
        for line in lines:
            assert cell_len(line.text) <= width
            assert not set(line.text) & set("│┃┆┊|║") - set(words + name + warning)


def test_the_bridge_is_cut_where_one_line_must_do() -> None:
    lines = text(
        drawn(ItemRenderer(DRAWING), item(2, BRIDGE, Lane.TALK, opening=Opening.ANSWER), 80)
    )
    assert lines == [
        " ●  2h mi odile fenn answers you",
        "          The second bridge, the one with the lamp. You walked right past it on…",
    ]


@pytest.mark.parametrize("selected", [False, True])
def test_what_was_done_to_a_conversation_is_marked_as_in_the_timeline(selected: bool) -> None:
    mark = "you: saved · favourite"
    done = item(1, replace(TAGS, did=("saved", "favourite")), Lane.TALK)
    renderer = ItemRenderer(DRAWING)
    row = Row("1", 1, done)
    lines = [strip.text for strip in renderer.render(row, 60, selected=selected, focused=selected)]
    assert mark in [line[BAR:].strip() for line in lines]
    assert renderer.estimate(row, 60) == 3
    shown = TimelineData(entry(replace(TAGS, did=done.post.did if done.post else ()), 1))
    posts = PostRenderer(DRAWING).render(Row("1", 1, shown), 60, selected=False, focused=False)
    assert mark in [strip.text.strip() for strip in posts]
    dense = ItemRenderer(DENSE).render(row, 80, selected=False, focused=False)
    assert mark in dense[0].text
    corner = CornerRenderer(DRAWING).render(row, 40, selected=False, focused=False)
    assert mark in [strip.text.strip() for strip in corner]


def test_a_conversation_nothing_was_done_to_has_no_mark() -> None:
    row = Row("1", 1, item(1, TAGS, Lane.TALK))
    lines = ItemRenderer(DRAWING).render(row, 60, selected=False, focused=False)
    assert "you:" not in "".join(strip.text for strip in lines)
