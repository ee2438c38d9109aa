"""Whom a query names as authors, and whether it can find anybody else's posts."""

from __future__ import annotations

import pytest

from tui_inbox.core.authors import authors_named, only_authors
from tui_inbox.core.query import From, InGroup
from tui_inbox.core.query_text import parse

KNOWN = {"odile.x": frozenset("o"), "joris.x": frozenset("j"), "mills": frozenset("abc")}


def known(asked: From | InGroup) -> frozenset[str] | None:
    return KNOWN.get(asked.value)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("from:odile.x", "o"),
        ("from:odile.x bread", "o"),
        ("bread from:odile.x group:mills", "o"),
        ("group:mills", "abc"),
        ("from:odile.x OR (from:joris.x -bread)", "oj"),
        ("from:odile.x OR bread", None),
        ("from:nobody.x", None),
        ("-from:odile.x", None),
        ("bread", None),
        ("to:odile.x", None),
    ],
)
def test_a_query_finds_posts_of_those_it_names_or_of_anybody(query: str, found: str | None) -> None:
    only = only_authors(parse(query), known)
    assert only == (None if found is None else frozenset(found))


def test_authors_are_named_whether_they_are_wanted_or_not() -> None:
    query = parse("(from:@Odile.X OR bread) -from:joris.x to:wren.x -from:me")
    assert set(authors_named(query)) == {"odile.x", "joris.x"}
