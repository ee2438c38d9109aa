"""What a query finds, in live posts and, narrowed by a real index, in stored ones."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.core.matching import Subject, TooSlow, matcher, subject
from tui_inbox.core.narrowing import AllOf, AnyOf, Narrowing, narrowing
from tui_inbox.core.query import Holds, Shape
from tui_inbox.core.query_text import parse
from tui_inbox.core.searching_together import together
from tui_inbox.core.tokens import Run, fold, tokens


def post(text: str, **facts: Any) -> Subject:
    return subject(text, **({"handle": "odile@fenn.example", "name": "Odile Fenn"} | facts))


def finds(query: str, found: Subject) -> bool:
    return matcher(parse(query))(found)


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("crm", "Anyone know a CRM?", True),
        ("crm", "crms everywhere", False),
        ("crm*", "crms everywhere", True),
        ("crm*", "scrm", False),
        ("uber", "Über alles", True),
        ("ÜBER", "uber", True),
        ("strasse", "Straße", True),
        ("Lodz", "Łódź im Winter", True),
        ("full", "Ｆｕｌｌ width", True),
        ("salt signal", "signal and salt", True),
        ('"salt signal"', "signal and salt", False),
        ('"salt signal"', "Salt, signal!", True),
        ('"salt sig"', "salt signal", False),
        ('"salt, salt signal"', "salt salt salt signal", True),
        ('"the export" OR crm*', "what the export", True),
        ("don't", "I don’t know", True),
        ("don't", "the don said t", False),
        ("e-mail*", "e-mails", True),
        ("a OR b", "only b", True),
        ("a OR b", "neither", False),
        ("a -b", "a", True),
        ("a -b", "a b", False),
        ("-(a b)", "a", True),
        ('"anyone know * crm"', "Does anyone know a good crm", True),
        ('"anyone know * crm"', "anyone know crm", False),
        ('"anyone know * crm"', "anyone know one of these fine new crm", True),
        ('"anyone know * crm"', "anyone know one of all these fine new crm", False),
        ('"a * b * c"', "a x a b y c", True),
        ('"a * b * c"', "a x b c", False),
        ('"* a b *"', "a b", True),
        ("東京", "明日は東京都へ行く", True),
        ("京東", "明日は東京都へ行く", False),
        ("都", "東京都", True),
        ("東", "東京都", True),
        ('"東京 tower"', "東京tower", True),
        ("かぎ", "かき", False),
        ("학교", "학교에 가요", True),
        ("🎉", "done 🎉🎉", True),
        ("🎉", "done 🎈", False),
        ("tides.example", "see https://tides.example/now", True),
    ],
)
def test_words_and_phrases(query: str, text: str, found: bool) -> None:
    assert finds(query, post(text)) is found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("from:odile", True),
        ("from:ODILE@fenn.example", True),
        ("from:@odile", True),
        ('from:"odile fenn"', True),
        ("from:fenn", True),
        ("from:odil", False),
        ("from:example", False),
        ("from:me", False),
    ],
)
def test_the_author_is_found_by_handle_and_name(query: str, found: bool) -> None:
    assert finds(query, post("hello")) is found


def test_a_domain_handle_is_found_by_its_first_part() -> None:
    assert finds("from:odile", post("hello", handle="odile.skies.example", name=""))
    assert not finds("from:odile", post("hello", handle="", name=""))


def test_me_is_the_owner() -> None:
    assert finds("from:me", post("hello", mine=True))


def test_a_group_is_found_by_its_whole_name() -> None:
    found = post("hello", groups=["The Café", "choir"])
    assert finds("group:Choir", found)
    assert finds('group:"the cafe"', found)
    assert not finds("group:cafe", found)
    assert not finds("group:choir", post("hello"))


def test_facts_of_the_post_are_found() -> None:
    found = post(
        "hello",
        tags=["AcornCRM", "Kür"],
        language="pt-BR",
        network="mastodon",
        holds=[Holds.LINK],
        shapes=[Shape.REPLY],
    )
    everything = "#acorncrm #kur lang:pt lang:PT-br network:Mastodon has:link is:reply"
    assert all(finds(term, found) for term in everything.split())
    nothing = "#acorn lang:p lang:de network:bluesky has:poll is:boost is:quote has:question"
    assert not any(finds(term, found) for term in nothing.split())


def test_a_question_needs_not_be_told() -> None:
    assert finds("has:question", post("Does it keep the tags?"))


def test_warning_and_descriptions_are_searched_but_no_phrase_runs_across_them() -> None:
    found = post("one two", warning="three", more=["a hand-drawn map"])
    assert all(finds(query, found) for query in ("one", "three", '"drawn map"'))
    assert not finds('"two three"', found)
    assert not finds('"one * three"', found)


def match_expression(terms: Narrowing) -> str:
    """What an index of SQLite is asked for."""
    match terms:
        case Run():
            return f'"{" ".join(terms.tokens)}"' + " *" * terms.prefix
        case AllOf():
            return "(" + " AND ".join(map(match_expression, terms.terms)) + ")"
        case AnyOf():
            return "(" + " OR ".join(map(match_expression, terms.terms)) + ")"


@pytest.mark.parametrize(
    ("query", "narrowed"),
    [
        ("acorn", Run(("acorn",))),
        ("acorn*", Run(("acorn",), prefix=True)),
        ("京", Run(("京",), prefix=True)),
        ('"don\'t know * crm"', AllOf((Run(("don", "t", "know")), Run(("crm",))))),
        ("acorn crm", AllOf((Run(("acorn",)), Run(("crm",))))),
        ("acorn -crm from:me", Run(("acorn",))),
        ("acorn OR crm", AnyOf((Run(("acorn",)), Run(("crm",))))),
        ("acorn OR has:link", None),
        ("-acorn", None),
        ("from:odile #acorn", None),
    ],
)
def test_a_query_tells_what_to_look_up(query: str, narrowed: Narrowing | None) -> None:
    assert narrowing(parse(query)) == narrowed


_words = st.sampled_from(
    ["a", "an", "and", "Über", "東京", "京", "都", "が", "🎉", "don't", "x-y", "कुछ", "學", "é", "𞤀"]
)
_texts = st.lists(_words, max_size=6).map("".join) | st.lists(_words, max_size=6).map(" ".join)
_queries = st.recursive(
    st.one_of(
        _words,
        _words.map(lambda word: f"{word}*"),
        st.lists(_words | st.just("*"), min_size=1, max_size=4)
        .map(" ".join)
        .filter(lambda text: bool(tokens(text)))
        .map(lambda text: f'"{text}"'),
    ),
    lambda inner: st.one_of(
        inner.map(lambda term: f"-({term})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda terms: f"({' '.join(terms)})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda terms: f"({' OR '.join(terms)})"),
    ),
    max_leaves=6,
)


@given(st.lists(_texts, max_size=8), _queries)
def test_an_index_brings_everything_that_a_query_finds(texts: list[str], query: str) -> None:
    tree = parse(query)
    narrowed = narrowing(tree)
    if narrowed is None:
        return
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE posts USING fts5(text, tokenize = 'ascii')")
    db.executemany("INSERT INTO posts VALUES (?)", [(" ".join(tokens(text)),) for text in texts])
    rows = db.execute("SELECT rowid FROM posts WHERE posts MATCH ?", (match_expression(narrowed),))
    brought = {row for (row,) in rows}
    db.close()
    found = {row for row, text in enumerate(texts, 1) if matcher(tree)(post(text))}
    assert found <= brought


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(codec="ascii")))
def test_plain_texts_are_cut_like_all_others(text: str) -> None:
    assert tokens(f"{text} ж") == [*tokens(text), "ж"]
    assert tokens(f"{text} 🎉") == [*tokens(text), "🎉"]


@given(st.text())
def test_tokens_are_unbroken_and_found_by_themselves(text: str) -> None:
    for token in tokens(text):
        assert token == "".join(token.split())
        assert token.isascii() <= token.isalnum()


@given(st.text(min_size=1, max_size=12))
def test_a_text_is_found_by_itself(text: str) -> None:
    if tokens(text):
        assert finds(f'"{text.replace(chr(34), " ").replace("*", " ")}"', post(text))


def test_an_expression_that_comes_to_no_end_is_given_up() -> None:
    endless = post("a" * 200 + "!")
    with pytest.raises(TooSlow, match="make it simpler"):
        finds("/^(a|a)+$/", endless)
    standing = together({"endless": parse("/^(a|a)+$/"), "quick": parse("/a!/")})
    assert standing.found(endless) == ["quick"]


def test_a_post_is_asked_what_is_cheap_first() -> None:
    assert not finds("/^(a|a)+$/ has:link", post("a" * 200 + "!"))


@given(st.lists(_texts, max_size=8), st.lists(_queries, min_size=1, max_size=8))
def test_searches_asked_together_find_what_each_finds_alone(
    texts: list[str], queries: list[str]
) -> None:
    trees = {number: parse(query) for number, query in enumerate(queries)}
    alone = {number: matcher(tree) for number, tree in trees.items()}
    standing = together(trees)
    for text in texts:
        asked = post(text)
        assert set(standing.found(asked)) == {one for one in alone if alone[one](asked)}
