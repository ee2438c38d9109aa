"""Whatever is typed is a query, or an error with its column; and whatever is a query can be asked, everywhere."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store.test_query_table import NOW, QUERIES, every_post
from support.store_material import new_store, post, seen, sign_in

from tui_inbox.core.highlight import marks
from tui_inbox.core.matching import TooSlow
from tui_inbox.core.query import Query
from tui_inbox.core.query_text import QueryError, parse, unparse
from tui_inbox.core.searching_together import asked_of_every_post, together
from tui_inbox.core.server_query import asking
from tui_inbox.networks.mastodon.search_words import in_words
from tui_inbox.priority.relevance import Sought, relevance, runs_sought
from tui_inbox.store import posts
from tui_inbox.store.database import Connection
from tui_inbox.store.looking import look
from tui_inbox.store.store import Writing
from tui_inbox.store.subjects import subject_of
from tui_inbox.store.timelines import timelines

SIGNS = '"()-#/*: \\|+.?[]{}^$aé日🎉\x00\u202e'

CATASTROPHES = (
    "/(a|a)+b/",
    "/(?:a|aa)+d/",
    "/(?:a|a|aa)+c/",
)
"""Regular expressions that take longer than anybody lives on a text of one letter."""


@pytest.fixture(scope="module")
def town() -> Iterator[tuple[Connection, int]]:
    """A store with the posts of the table."""
    with tempfile.TemporaryDirectory() as folder:
        db = new_store(Path(folder))
        account = sign_in(db, "mina").id
        for one in every_post():
            posts.put_post(Writing(db), account, seen(one))
        yield db, account
        db.close()


def is_clear(town: tuple[Connection, int], typed: str) -> None:
    """A query that can be asked, or an error that points into the line or just behind it."""
    read = outcome(typed)
    if isinstance(read, QueryError):
        assert 1 <= read.column <= len(typed) + 1
        assert str(read) == f"expected {read.expected} at column {read.column}"
    else:
        assert parse(unparse(read)) == read
        is_askable(town, read)


def outcome(typed: str) -> Query | QueryError:
    """What becomes of a line."""
    try:
        return parse(typed)
    except QueryError as error:
        return error


def is_askable(town: tuple[Connection, int], tree: Query) -> None:
    db, account = town
    try:
        found = look(db, [account], tree, limit=5, now=NOW, zone=UTC).posts
    except TooSlow:
        found = ()
    standing = together({"it": tree}, UTC)
    sought = [Sought(run, 1.0) for run in runs_sought(tree)]
    spots = marks(tree)
    for one in found:
        asked = subject_of(one, now=NOW)
        standing.found(asked)
        spots.spans(one.post.text)
        assert relevance(asked.tokens, sought, 0, None, NOW).points >= 0
    asked_of_every_post(tree)
    told = asking(
        tree, in_words, whose=lambda term: timelines(db, account, term), tags_together=True
    )
    for term in (*told.checked_here, *told.not_asked):
        assert parse(unparse(term)) == term


def test_every_beginning_of_a_query_is_clear(town: tuple[Connection, int]) -> None:
    for typed in {query[:end] for query in QUERIES for end in range(len(query) + 1)}:
        is_clear(town, typed)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A query of the table after a few slips of the hand."""
    typed = list(draw(st.sampled_from(sorted(QUERIES))))
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(typed)))
        match draw(st.sampled_from(["add", "drop", "double", "turn"])):
            case "add":
                typed.insert(at, draw(st.sampled_from(SIGNS)))
            case "drop":
                del typed[at : at + 1]
            case "double":
                typed[at:at] = typed[at : at + 4]
            case _:
                typed[at : at + 3] = reversed(typed[at : at + 3])
    return "".join(typed)


@given(typed=mutated())
def test_slips_of_the_hand_are_clear(town: tuple[Connection, int], typed: str) -> None:
    is_clear(town, typed)


@given(typed=st.text(max_size=40) | st.text(st.sampled_from(SIGNS), max_size=40))
def test_anything_at_all_is_clear(town: tuple[Connection, int], typed: str) -> None:
    is_clear(town, typed)


@pytest.mark.parametrize("query", CATASTROPHES)
def test_an_expression_without_an_end_ends_a_search_and_is_no_hit_in_a_standing_one(
    db: Connection, w: Writing, query: str
) -> None:
    account = sign_in(db, "mina").id
    posts.put_post(w, account, seen(post("it", text="a" * 80)))
    posts.put_post(w, account, seen(post("two", text="b")))
    tree = parse(query)
    with pytest.raises(TooSlow):
        look(db, [account], tree, limit=5, now=NOW)
    skipped = look(db, [account], tree, limit=5, now=NOW, skips_slow=True)
    assert (skipped.posts, skipped.below, skipped.skipped) == ((), None, 1)
    stored = posts.posts(db, account, [1])[1]
    assert together({"it": tree}).found(subject_of(stored)) == []
    assert marks(tree).spans("a" * 80) == []
