"""How the owner reads: which filters match, whose warnings are opened, which languages are foreign."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.core.post import FeedKind, FilterAction, FilterHit
from tui_inbox.core.reading import (
    Filter,
    FilterContext,
    Keyword,
    MediaShown,
    Reading,
    context_of,
    hit_in,
    matcher,
)

HIDE, WARN, BLUR = FilterAction.HIDE, FilterAction.WARN, FilterAction.BLUR


def of(*keywords: Keyword, id_: str = "1", posts: tuple[str, ...] = ()) -> Filter:
    return Filter(id_, "sport", WARN, ("home",), keywords, posts)


@pytest.mark.parametrize(
    ("keyword", "text", "matches"),
    [
        (Keyword("match"), "Rematch!", True),
        (Keyword("match", whole=True), "Rematch!", False),
        (Keyword("match", whole=True), "What a MATCH.", True),
        (Keyword("tor", whole=True), "Ein Tor!", True),
        (Keyword("tor", whole=True), "Törtchen", False),
        (Keyword("straße", whole=True), "Auf der Straße", True),
        (Keyword("#sport", whole=True), "re#sport", True),  # no word begins at a sign
        (Keyword("#sport", whole=True), "#sports", False),
        (Keyword("c++", whole=True), "c++11", True),
        (Keyword("a.c"), "abc", False),
        (Keyword("two words"), "these two\nwords", False),
        (Keyword("two words"), "these two words", True),
        (Keyword("(?"), "what (?", True),
    ],
)
def test_keywords_match_as_on_the_server(keyword: Keyword, text: str, matches: bool) -> None:
    assert bool(matcher([of(keyword)])("7", text)) is matches


def test_a_post_that_was_put_into_a_filter_matches_whatever_it_says() -> None:
    matches = matcher([of(posts=("7",)), of(Keyword("sea"), id_="2")])
    assert matches("7", "") == (FilterHit("sport", WARN, ("home",), "1"),)
    assert [hit.filter_id for hit in matches("7", "the sea")] == ["1", "2"]
    assert matches("8", "") == ()


@given(st.text(min_size=1, max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_any_keyword_is_found_where_it_stands(keyword: str, before: str, after: str) -> None:
    assert matcher([of(Keyword(keyword))])("7", before + keyword + after)


def test_hiding_beats_folding_and_only_where_the_filter_holds() -> None:
    warn = FilterHit("a", WARN, ("home", "thread"))
    hide = FilterHit("b", HIDE, ("home",))
    assert hit_in((warn, hide), FilterContext.HOME, HIDE, WARN) is hide
    assert hit_in((warn, hide), FilterContext.THREAD, HIDE, WARN) is warn
    assert hit_in((warn, hide), FilterContext.PUBLIC, HIDE, WARN) is None
    assert hit_in((warn, hide), FilterContext.HOME, BLUR) is None
    assert hit_in((warn, hide), None, HIDE, WARN) is None
    everywhere = FilterHit("c", BLUR)
    assert hit_in((everywhere,), FilterContext.ACCOUNT, BLUR) is everywhere


def test_feeds_belong_to_the_contexts_of_the_api_and_ones_own_to_none() -> None:
    assert context_of(FeedKind.LIST) is context_of(FeedKind.HOME) is FilterContext.HOME
    assert context_of(FeedKind.TAG) is context_of(FeedKind.LOCAL) is FilterContext.PUBLIC
    assert context_of(FeedKind.PERSON) is FilterContext.ACCOUNT
    for own in (FeedKind.OWN, FeedKind.FAVOURITES, FeedKind.BOOKMARKS):
        assert context_of(own) is None


def test_warnings_are_opened_by_person_by_word_or_all() -> None:
    assert not Reading().opens("food", 1, "ada@town.example")
    assert Reading(opens_warnings=True).opens("food", 1, "ada@town.example")
    assert Reading(people=frozenset({1})).opens("food", 1, "ada@town.example")
    named = Reading(handles=frozenset({"ada@town.example"}))
    assert named.opens("food", 1, "Ada@Town.example")
    assert not named.opens("food", 1, "ada@other.example")
    words = Reading(words=("food",))
    assert words.opens("Food, again", 1, "x")
    assert not words.opens("foodie", 1, "x")


@pytest.mark.parametrize(
    ("shown", "sensitive", "folded"),
    [
        (MediaShown.SAFE, True, True),
        (MediaShown.SAFE, False, False),
        (MediaShown.ALL, True, False),
        (MediaShown.NONE, False, True),
    ],
)
def test_attachments_are_folded_as_the_owner_chose(
    shown: MediaShown, sensitive: bool, folded: bool
) -> None:
    assert Reading(media=shown).folds_media(sensitive=sensitive) is folded


@pytest.mark.parametrize(
    ("language", "foreign"),
    [
        ("en", False),
        ("en-GB", False),
        ("EN", False),
        ("fi", True),
        ("zh-Hant", True),
        ("und", False),
        ("zxx", False),
        ("", False),
        (None, False),
    ],
)
def test_a_language_is_foreign_where_it_is_known_and_not_usual(
    language: str | None, foreign: bool
) -> None:
    assert Reading(languages=frozenset({"en", "de"})).is_foreign(language) is foreign
    assert not Reading().is_foreign(language)
