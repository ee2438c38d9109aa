"""A standing search in the words of X's search: what is asked is allowed there, and finds at least as much."""

from __future__ import annotations

import pytest
from support.fake_x.api import Api
from support.fake_x.queries import parse

from tui_inbox.core import query_text
from tui_inbox.core.post import FeedKind
from tui_inbox.core.server_query import asking
from tui_inbox.networks.x.search_words import in_words


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("ferry", ["ferry"]),
        ('"green tea"', ['"green tea"']),
        ("from:dan_tides ferry", ["from:dan_tides ferry"]),
        ("ferry -from:dan_tides", ["ferry -from:dan_tides"]),
        ("ferry -late", ["ferry"]),  # X may find words in other forms than are meant
        ("ferry OR tram", ["ferry", "tram"]),
        ("ferry has:media", ["ferry has:media"]),
        ("has:media", []),  # which X refuses without company
        ("from:dan@town.example", []),
    ],
)
def test_what_is_asked(server: Api, query: str, asked: list[str]) -> None:
    told = asking(query_text.parse(query), in_words)
    words = [feed.argument for feed in told.feeds if feed.kind is FeedKind.SEARCH]
    assert words == asked
    for each in words:
        parse(each, server.world)  # the grammar takes it
