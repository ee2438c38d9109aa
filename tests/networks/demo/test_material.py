"""The notation of the material: what it says is what people post."""

from __future__ import annotations

import re

import pytest
from networks.demo.visits import NOON

from tui_inbox.core.post import Audience, MediaKind
from tui_inbox.networks.demo.cast import BY_KEY, CAST
from tui_inbox.networks.demo.decks import decks, materials, one_line_each
from tui_inbox.networks.demo.material import answers, exchanges, front, mira, newcomers, starters
from tui_inbox.networks.demo.phrases import pattern_of, spread, variant
from tui_inbox.networks.demo.town import Town
from tui_inbox.networks.demo.writing import blocks, post_of, spoken


def test_choices_stand_for_every_text_once() -> None:
    pattern = pattern_of("a {b|c {d|e}} {f|}")
    assert pattern.count == 6
    assert {variant(pattern, number) for number in range(6)} == {
        *("a b f", "a b ", "a c d f", "a c d ", "a c e f", "a c e ")
    }


def test_neighbouring_turns_say_different_things() -> None:
    pattern = pattern_of("{1|2|3|4|5}{a|b|c|d|e}{x|y|z}")
    assert len({spread(pattern, turn) for turn in range(75)}) == 75


@pytest.mark.parametrize("text", ["a {b", "a b}", "{a|{b}"])
def test_a_lost_brace_is_found(text: str) -> None:
    with pytest.raises(ValueError, match="unbalanced"):
        pattern_of(text)


def test_a_block_becomes_a_piece_with_all_that_belongs_to_it() -> None:
    said = spoken(
        "[warning: food]\nFirst line\nand second.¶New paragraph.\n[picture: a pie]\n"
        "[poll: one | two]\n[audience: direct]\n|| What comes next.\n<odile 5m> An answer.",
        "hana",
    )
    piece = said.piece
    assert (said.who, piece.text) == ("hana", "First line and second.\n\nNew paragraph.")
    assert (piece.warning, piece.options, piece.audience) == (
        "food",
        ("one", "two"),
        Audience.DIRECT,
    )
    assert [(media.kind, media.alt) for media in piece.media] == [(MediaKind.PICTURE, "a pie")]
    assert piece.nexts == ("What comes next.",)
    assert [(one.who, one.piece.text, one.age) for one in piece.answers] == [
        ("odile", "An answer.", 300_000)
    ]


def test_an_unknown_attribute_is_an_error() -> None:
    with pytest.raises(ValueError, match="colour"):
        spoken("[colour: red]\nText", "hana")


def test_a_post_links_names_tags_and_addresses() -> None:
    town = Town(NOON)
    said = spoken(
        "@odile @odile@harbour.example @odile@elsewhere.example see https://a.example/x, #Maps!"
    )
    post = post_of(
        said.piece, town.people["hana"], town.people, post_id="1.x", at=NOON, language="en"
    )
    marked = [post.text[link.start : link.end] for link in post.links]
    assert marked == ["@odile", "@odile@harbour.example", "https://a.example/x", "#Maps"]
    assert [mention.handle for mention in post.mentions] == ["odile@harbour.example"]
    assert post.tags == ("maps",)


def test_everybody_named_in_the_material_lives_in_town() -> None:
    texts = [*materials().values(), front.FRONT, front.WAITING, mira.POSTS]
    texts += [mira.ANSWERS_TO_RECENT, newcomers.EDITED, newcomers.DELETED, newcomers.QUESTIONS]
    texts += [starters.STARTERS, starters.PATTERNS, starters.QUOTES_OF_OWNER]
    names = {name for text in texts for name in re.findall(r"^<(\w+)", text, re.MULTILINE)}
    names |= set(exchanges.EXCHANGES) | set(materials()) | set(newcomers.SPAMMED)
    names |= set(answers.REACTIONS)
    for listed in (*answers.AT_HOME_WITH.values(), *answers.SPEAKERS.values()):
        names |= set(listed.split())
    assert names <= set(BY_KEY)


def test_every_block_can_be_read_with_any_choice() -> None:
    for key, material in materials().items():
        for block in blocks(material):
            pattern = pattern_of(one_line_each(block))
            for turn in range(min(pattern.count, 40)):
                said = spoken(spread(pattern, turn), key)
                assert said.piece.text or said.piece.media
                assert "  " not in said.piece.text
                assert not said.piece.text.startswith(" ")


def test_every_deck_but_the_strangers_goes_on_for_long() -> None:
    dealt = decks(7)
    for one in CAST:
        deck = dealt.get(one.key)
        if deck is None or not one.day or one.key in ("latestarling", "harbournan"):
            continue
        texts = [said.piece.text for turn in range(25) if (said := deck.after(turn))]
        assert len(texts) == 25
        assert len(set(texts)) >= 12, one.key


def test_people_of_the_talk_have_languages_to_answer_in() -> None:
    languages = {one.language for one in CAST} - {"en"}
    assert languages == set(answers.BY_LANGUAGE) == set(answers.SPEAKERS)
