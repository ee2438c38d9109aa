"""The search language: what is typed becomes a tree, and a tree becomes text again."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.core.past import EXPECTED
from tui_inbox.core.query import (
    And,
    From,
    Has,
    Holds,
    InGroup,
    Is,
    Language,
    LinksTo,
    Near,
    Not,
    OnNetwork,
    OnServer,
    Or,
    Phrase,
    Query,
    Regex,
    SeenBy,
    Shape,
    Since,
    Tag,
    To,
    Until,
    Word,
)
from tui_inbox.core.query_text import QueryError, parse, unparse

A, B, C = Word("a"), Word("b"), Word("c")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("acorn", Word("acorn")),
        ("  acorn  ", Word("acorn")),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a OR b", Or((A, B))),
        ("a or b", And((A, Word("or"), B))),
        ("a b OR c", Or((And((A, B)), C))),
        ("a (b OR c)", And((A, Or((B, C))))),
        ("(a b) c", And((And((A, B)), C))),
        ("((a))", A),
        ("-a", Not(A)),
        ("--a", Not(Not(A))),
        ("-(a b)", Not(And((A, B)))),
        ('-"a b"', Not(Phrase("a b"))),
        ('"anyone  know * crm"', Phrase("anyone know * crm")),
        ("anyone know * crm", And((Word("anyone"), Word("know"), Word("crm")))),
        ("salt & signal - really", And((Word("salt"), Word("signal"), Word("really")))),
        ("export*", Word("export", prefix=True)),
        ("e-mail don't", And((Word("e-mail"), Word("don't")))),
        ("at 10:30", And((Word("at"), Word("10:30")))),
        ("https://tides.example/a", Word("https://tides.example/a")),
        ("re: tides", And((Word("re:"), Word("tides")))),
        ('"to:odile"', Phrase("to:odile")),
        ("#Acorn", Tag("Acorn")),
        ("-#acorn", Not(Tag("acorn"))),
        ('-#"acorn(s)"', Not(Tag("acorn(s)"))),
        ("from:odile@fenn.example", From("odile@fenn.example")),
        ('from:"odile fenn"', From("odile fenn")),
        ("acorn crm -from:me", And((Word("acorn"), Word("crm"), Not(From("me"))))),
        ("HAS:Link is:reply", And((Has(Holds.LINK), Is(Shape.REPLY)))),
        ("Group:choir rye", And((InGroup("choir"), Word("rye")))),
        ('-group:"the press"', Not(InGroup("the press"))),
        ("lang:pt-BR network:bluesky", And((Language("pt-BR"), OnNetwork("bluesky")))),
        ("東京 🎉", And((Word("東京"), Word("🎉")))),
        ("to:odile -to:ME", And((To("odile"), Not(To("ME"))))),
        ("server:town.example account:mi", And((OnServer("town.example"), SeenBy("mi")))),
        ("-link:panel.example", Not(LinksTo("panel.example"))),
        ("since:2026-11 until:Friday", And((Since("2026-11"), Until("friday")))),
        ("since:3d", Since("3d")),
        ('near:"sourdough  market"', Near("sourdough market")),
        ("is:unread has:alt", And((Is(Shape.UNREAD), Has(Holds.ALT)))),
        ("/colou?r/", Regex("colou?r")),
        (r"-/a (b|c)\/d/ e", And((Not(Regex(r"a (b|c)\/d")), Word("e")))),
        ("and / or", And((Word("and"), Word("or")))),
    ],
)
def test_what_is_typed_is_understood(text: str, tree: Query) -> None:
    assert parse(text) == tree
    assert parse(unparse(tree)) == tree


@pytest.mark.parametrize(
    ("text", "column", "expected"),
    [
        ("", 1, "a word, a phrase or a field"),
        ("   ", 4, "a word, a phrase or a field"),
        ("*", 2, "a word, a phrase or a field"),
        ("a OR", 5, "a word, a phrase or a field"),
        ("OR a", 1, "a word, a phrase or a field"),
        ("a OR OR b", 6, "a word, a phrase or a field"),
        ("a ()", 4, "a word, a phrase or a field"),
        ("(a b", 5, "a closing parenthesis"),
        ("a) b", 2, "an opening parenthesis before the closing one"),
        ('a "b c', 7, "a closing quote"),
        ('a ""', 4, "a word inside the quotes"),
        ("a from:", 8, "a handle or a name"),
        ("from: odile", 6, "a handle or a name"),
        ("lang:", 6, "a language such as de"),
        ("group:", 7, "the name of a group of yours"),
        ("network:", 9, "the name of a network"),
        ("has:video", 5, "link, media, poll, question or alt"),
        ('a #-"b"', 4, "a tag"),
        ("is:", 4, "reply, boost, quote, dm, unread or yours"),
        ("a near:", 8, 'two words or more in quotes, as near:"rye market"'),
        ("near:market", 6, 'two words or more in quotes, as near:"rye market"'),
        ("a since:soon", 9, EXPECTED),
        ("until:2026-13", 7, EXPECTED),
        ("a /b", 5, "a closing slash"),
        ("a //", 4, "a regular expression of 1 to 200 characters"),
        ("/b*/", 2, "a regular expression that does not find everything"),
        (
            "a by:odile",
            3,
            "from:, to:, group:, has:, is:, lang:, network:, server:, link:, account:, since:, until:, near: "
            "(or quotes around plain text)",
        ),
        ("-OR", 2, "a word, a phrase or a field (OR is one in quotes only)"),
        ("(" * 60 + "a", 42, "fewer things inside each other"),
    ],
)
def test_what_is_wrong_is_said_with_its_column(text: str, column: int, expected: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert (caught.value.column, caught.value.expected) == (column, expected)
    assert str(caught.value) == f"expected {expected} at column {column}"


@pytest.mark.parametrize(
    "text", ["", "a b", "-a", "#a", "/a", "a*", "OR", "to:x", "by:x", "from:", "(a)", "&"]
)
def test_a_word_that_cannot_be_typed_cannot_be_made(text: str) -> None:
    with pytest.raises(ValueError, match="quotes"):
        Word(text)


def test_a_phrase_can_be_made_from_any_text_with_words() -> None:
    assert Phrase('she said "no\nway"').text == "she said no way"
    with pytest.raises(ValueError, match="no word"):
        Phrase('"&"')


@pytest.mark.parametrize(
    "make", [From, InGroup, To, Tag, Language, OnNetwork, OnServer, LinksTo, SeenBy, Near]
)
@pytest.mark.parametrize("value", ["", "&", 'a"b', " a", "a\tb"])
def test_a_value_that_cannot_be_typed_cannot_be_made(make: type[From], value: str) -> None:
    with pytest.raises(ValueError, match="value"):
        make(value)


def test_a_group_has_members() -> None:
    for group in (And, Or):
        with pytest.raises(ValueError, match="one term"):
            group((A,))


def made(make: type, text: str, *rest: object) -> Query | None:
    """A leaf of the tree, where the text is one it can hold."""
    with contextlib.suppress(ValueError):
        leaf: Query = make(text, *rest)
        return leaf
    return None


_texts = st.one_of(
    st.text(max_size=8),
    st.text(alphabet='ab OR:*-#"()from is', max_size=12),
    st.sampled_from(["OR", "AND", "from:me", "odile fenn", "don't", "東京", "a:", "https://a.b/c"]),
    st.sampled_from(
        ["2026-11-30", "2026", "yesterday", "3d", "12mo", r"a\/b", "[a-c]+x", "(a|b) c"]
    ),
)
_leaves: st.SearchStrategy[Query] = st.one_of(
    st.builds(made, st.just(Word), _texts, st.booleans()),
    st.builds(
        made,
        st.sampled_from(
            [
                Phrase,
                Near,
                Regex,
                From,
                To,
                InGroup,
                Tag,
                Language,
                OnNetwork,
                OnServer,
                LinksTo,
                SeenBy,
                Since,
                Until,
            ]
        ),
        _texts,
    ),
    st.builds(Has, st.sampled_from(Holds)),
    st.builds(Is, st.sampled_from(Shape)),
).flatmap(lambda leaf: st.nothing() if leaf is None else st.just(leaf))
trees = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(And, st.lists(inner, min_size=2, max_size=4).map(tuple)),
        st.builds(Or, st.lists(inner, min_size=2, max_size=4).map(tuple)),
    ),
    max_leaves=12,
)


@given(trees)
def test_every_tree_survives_being_written_and_read(tree: Query) -> None:
    assert parse(unparse(tree)) == tree


@given(_texts | st.text(alphabet='ab OR-*"()#:/\\from ', max_size=40))
def test_anything_typed_is_a_query_or_a_clear_error(text: str) -> None:
    found: Query | QueryError
    try:
        found = parse(text)
    except QueryError as error:
        found = error
    if isinstance(found, QueryError):
        assert 1 <= found.column <= len(text) + 1
    else:
        assert parse(unparse(found)) == found
