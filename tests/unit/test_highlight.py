"""What is marked of a query in a text that it has found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.core.highlight import marks
from tui_inbox.core.query_text import QueryError, parse


def marked(query: str, text: str) -> list[str]:
    return [text[start:end] for start, end in marks(parse(query)).spans(text)]


@pytest.mark.parametrize(
    ("query", "text", "places"),
    [
        ("crm", "A CRM, any crm; no crms", ["CRM", "crm"]),
        ("export*", "exports and Exporting", ["exports", "Exporting"]),
        ("uber strasse", "Über die Straße", ["Über", "Straße"]),
        ('"rye bread" -cake', "rye bread, no cake", ["rye", "bread"]),
        ("rye OR spelt from:odile", "spelt", ["spelt"]),
        ('near:"rye market"', "market for rye", ["market", "rye"]),
        ("don't", "I don’t know", ["don", "t"]),
        ("東京", "明日は東京都へ", ["東京"]),
        ("パン 東京", "東京でパンを", ["東京", "パン"]),
        ("#bread", "#Bread and bread", ["Bread", "bread"]),
        ("/b(re)+/ bread", "bread brere", ["bread", "brere"]),
        ("🎉", "done 🎉🎉", ["🎉", "🎉"]),
        ("-crm has:link", "a crm", []),
    ],
)
def test_what_was_looked_for_is_marked(query: str, text: str, places: list[str]) -> None:
    assert marked(query, text) == places


@given(st.text(alphabet='ab ßÜ東都🎉-#/*"', max_size=12), st.text(max_size=40))
def test_marks_stand_in_order_inside_the_text(query: str, text: str) -> None:
    try:
        tree = parse(query)
    except QueryError:
        return
    spans = marks(tree).spans(text)
    ends = [0, *(place for span in spans for place in span), len(text)]
    assert ends == sorted(ends)
