"""What hangs on a post, in words: attachments, polls, cards, quotes, and what folds them."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from ui.town import FERRY, HARBOUR, NOW, ODILE, SIGNAL, item, post

from tui_inbox.core.conversation import Lane
from tui_inbox.core.moment import DAY, HOUR, MINUTE
from tui_inbox.core.post import Audience, Card, Media, MediaKind, Poll, PollOption, QuoteState
from tui_inbox.queries.attached import poll_choices, quote_not_shown
from tui_inbox.queries.rows import AccountRow, PostRow
from tui_inbox.ui.colours import DARK
from tui_inbox.ui.render.attached import (
    attached_words,
    length,
    media_words,
    poll_head,
)
from tui_inbox.ui.render.body import body, one_paragraph
from tui_inbox.ui.render.cells import Drawing
from tui_inbox.ui.render.item import ItemRenderer
from tui_inbox.ui.render.palette import palette_of
from tui_inbox.ui.render.post import post_facts
from tui_inbox.ui.target import words_for
from tui_inbox.ui.widgets import Row

DRAWING = Drawing(palette_of(DARK, ["mi"]), lambda: NOW)
PICTURE = Media(MediaKind.PICTURE, "https://x.example/a.png", "a boat")
FILM = Media(MediaKind.VIDEO, "https://x.example/b.mp4", "", 65)


def lines(row: PostRow, *, unfolded: bool = False, most: int | None = 5) -> list[str]:
    brush = DRAWING.on(selected=False, focused=False)
    drawn = body(brush, row, 60, unfolded=unfolded, most=most)
    return ["".join(text for text, _ in parts) for parts in drawn]


# Attachments


def test_several_attachments_are_numbered_and_each_has_its_description() -> None:
    row = post(1, ODILE, 0, "Look", media=(PICTURE, FILM, replace(PICTURE, alt="")))
    assert lines(row) == [
        "Look",
        "[picture 1 of 3: a boat]",
        "[video 2 of 3, 1:05, no description]",
        "[picture 3 of 3, no description]",
    ]


def test_sounds_and_films_say_how_long_they_last() -> None:
    assert media_words(Media(MediaKind.AUDIO, None, "a bell", 5)) == "[audio, 0:05: a bell]"
    assert [length(seconds) for seconds in (0, 59, 60, 3_599, 3_600)] == [
        "0:00",
        "0:59",
        "1:00",
        "59:59",
        "1:00:00",
    ]


@pytest.mark.parametrize(
    ("media", "folded"),
    [
        ((PICTURE,), "[picture, sensitive] · v shows it"),
        ((PICTURE, PICTURE), "[2 pictures, sensitive] · v shows them"),
        ((FILM, FILM, FILM), "[3 videos, sensitive] · v shows them"),
        ((PICTURE, FILM), "[2 attachments, sensitive] · v shows them"),
    ],
)
def test_folded_attachments_are_one_line_until_v(media: tuple[Media, ...], folded: str) -> None:
    row = post(1, ODILE, 0, "Look", media=media, media_folded="sensitive")
    assert lines(row) == ["Look", folded]
    assert len(lines(row, unfolded=True)) == 1 + len(media)
    assert one_paragraph(replace(row, text="")) == folded.partition(" · ")[0]


# Warnings and filters


def test_a_filter_is_one_line_with_its_title_in_every_pane() -> None:
    row = replace(HARBOUR, hidden="ferries", warning="maps")
    assert lines(row) == ["filtered: ferries · v shows it"]
    assert one_paragraph(row) == "filtered: ferries"
    assert "Printed" in lines(row, unfolded=True)[1]
    shown = ItemRenderer(DRAWING).render(
        Row("1", 1, item(1, row, Lane.TALK)), 60, selected=False, focused=False
    )
    assert shown[1].text.strip() == "filtered: ferries"


def test_an_opened_warning_stands_in_front_of_what_it_is_about() -> None:
    row = replace(HARBOUR, warning="maps", opened=True)
    assert lines(row)[0] == "[warning: maps]"
    assert "Printed" in lines(row)[1]
    assert one_paragraph(row).startswith("[warning: maps] Printed")
    assert one_paragraph(replace(row, opened=False)) == "[warning: maps]"


# Polls


def test_a_poll_says_how_many_voted_and_whether_counts_are_kept_back() -> None:
    poll = Poll("p", (PollOption("rye"), PollOption("oats")), closes_at=NOW + HOUR, voters=12)
    assert poll_head(poll, NOW) == "Poll, 1 h left, 12 voted"
    assert poll_head(poll, NOW, voted=(0,)) == "Poll, 1 h left, 12 voted, no counts yet"
    assert poll_head(replace(poll, closes_at=NOW + DAY), NOW + MINUTE) == "Poll, 1 d left, 12 voted"
    assert poll_head(replace(poll, multiple=True), NOW + HOUR, voted=(0,)) == "Poll, over, 12 voted"
    counted = replace(poll, options=(PollOption("rye", 9), PollOption("oats", 3)))
    assert poll_head(counted, NOW, voted=(0,)) == "Poll, 1 h left, 12 voted"


def test_where_several_may_be_chosen_shares_are_of_those_who_voted() -> None:
    options = (PollOption("rye", 9), PollOption("oats", 6))
    poll = Poll("p", options, multiple=True, voters=12)
    assert poll_choices(poll, (0,)) == ["rye 75 % (your vote)", "oats 50 %"]
    assert poll_choices(replace(poll, voters=None), ()) == ["rye 9", "oats 6"]
    assert poll_choices(replace(poll, voters=0), ()) == ["rye 9", "oats 6"]


# Cards and quotes


def test_a_card_names_its_author() -> None:
    card = Card("https://www.maps.example/f", "How to fold a chart", author="Odile Fenn")
    assert lines(post(1, ODILE, 0, "Look", card=card))[1] == (
        "maps.example  How to fold a chart · by Odile Fenn"
    )


@pytest.mark.parametrize("state", list(QuoteState))
def test_a_quote_that_is_not_shown_says_why_in_one_sentence(state: QuoteState) -> None:
    row = post(1, ODILE, 0, "Look", quote=state)
    (_, sentence) = lines(row)
    assert sentence.startswith("quotes ")
    assert sentence == quote_not_shown(row)
    assert one_paragraph(replace(row, text="")) == sentence


def test_every_state_of_a_quote_has_a_sentence_of_its_own() -> None:
    said = {quote_not_shown(post(1, ODILE, 0, "x", quote=state)) for state in QuoteState}
    assert len(said) == len(QuoteState)


def test_a_quoted_post_is_told_one_level_deep_with_what_folds_it() -> None:
    inner = post(2, FERRY, 0, "From Monday", quote=QuoteState.ACCEPTED)
    row = post(1, ODILE, 0, "Look", quote=QuoteState.ACCEPTED, quoted=inner)
    assert lines(row)[1] == "quotes night ferry news: From Monday [quotes a post]"
    warned = replace(row, quoted=replace(inner, warning="ferries", quote=None))
    assert lines(warned)[1] == "quotes night ferry news: [warning: ferries]"
    assert (
        lines(warned, unfolded=True)[1] == "quotes night ferry news: [warning: ferries] From Monday"
    )
    gone = replace(row, quoted=replace(inner, deleted=True))
    assert lines(gone)[1] == "quotes a post that was deleted"


def test_a_post_that_says_nothing_tells_what_hangs_on_it() -> None:
    poll = Poll("p", (PollOption("rye"), PollOption("oats")))
    inner = post(2, FERRY, 0, "From Monday")
    row = post(
        1, ODILE, 0, "", media=(PICTURE,), poll=poll, quote=QuoteState.ACCEPTED, quoted=inner
    )
    assert attached_words(row) == "[picture: a boat] [poll: rye · oats] [quotes a post]"


# Languages and keys


def test_a_foreign_language_is_a_quiet_word_of_the_row() -> None:
    assert post_facts(replace(HARBOUR, foreign="fi"))[-1] == "in Finnish"
    assert post_facts(replace(HARBOUR, foreign="tlh"))[-1] == "in tlh"
    assert "in" not in " ".join(post_facts(HARBOUR)).split()
    row = Row("1", 1, item(1, replace(HARBOUR, foreign="de"), Lane.TALK))
    head, *_ = ItemRenderer(DRAWING).render(row, 80, selected=False, focused=False)
    assert head.text.rstrip().endswith("· in German")


def test_t_and_h_are_offered_only_where_they_do_something() -> None:
    account = AccountRow(1, "mastodon", "mi", "mira@town.example", "mira", 500, 23)
    able = replace(account, translates=True)
    row = post(1, SIGNAL, 0, "x")
    words = ("item.reply", "item.done")
    assert words_for(words, row, able) == words
    assert words_for(words, replace(row, foreign="fi"), account) == words
    assert words_for(words, replace(row, foreign="fi"), None) == words
    assert words_for(words, replace(row, foreign="fi", edited=True), able) == (
        "item.reply",
        "item.translate",
        "open.versions",
        "item.done",
    )


def test_a_key_that_would_do_nothing_is_not_offered() -> None:
    words = ("item.reply", "item.boost", "item.link")
    row = post(1, SIGNAL, 0, "x")
    assert words_for(words, row, None) == ("item.reply", "item.boost")
    linked = replace(row, card=Card("https://tides.example", "Tides"), audience=Audience.DIRECT)
    assert words_for(words, linked, None) == ("item.reply", "item.link")
    followers = replace(row, audience=Audience.FOLLOWERS)
    assert words_for(words, followers, None) == ("item.reply",)
    assert words_for(words, replace(followers, mine=True), None)[-1] == "item.boost"
