"""Cursors: what a page says about the next, and what is asked with it."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.core.ports import PageOf
from tui_inbox.networks.http import Answer
from tui_inbox.networks.mastodon.paging import carries_cursor, older_cursor, page_query

IDS = ["9", "8", "7"]


def answer(**links: str) -> Answer:
    return Answer(200, [], links)


def test_the_newest_page_is_asked_for_without_any_cursor() -> None:
    assert page_query(PageOf(limit=20), 40) == [("limit", "20")]
    assert not carries_cursor(PageOf())


@pytest.mark.parametrize(("wanted", "asked"), [(100, "40"), (0, "1"), (-3, "1"), (7, "7")])
def test_no_more_is_asked_for_than_servers_give(wanted: int, asked: str) -> None:
    assert page_query(PageOf(limit=wanted), 40) == [("limit", asked)]


def test_the_page_above_an_entry_is_the_one_right_above_it() -> None:
    page = PageOf(newer_than="7")
    assert page_query(page, 40) == [("limit", "40"), ("min_id", "7")]
    assert carries_cursor(page)


def test_the_usual_cursor_is_an_entrys_id() -> None:
    cursor = older_cursor(answer(next="https://town.example/x?limit=40&max_id=7"), IDS)
    assert cursor == "7"
    assert page_query(PageOf(older_than=cursor), 40) == [("limit", "40"), ("max_id", "7")]


def test_a_server_may_page_by_something_of_its_own() -> None:
    cursor = older_cursor(answer(next="/x?cursor=a%2Bb%3D&local=true&limit=9"), IDS)
    assert page_query(PageOf(limit=5, older_than=cursor), 40) == [
        ("limit", "5"),
        ("cursor", "a+b="),
        ("local", "true"),
    ]


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/steal?max_id=7",
        "//evil.example/?max_id=7",
        "?max_id=7",
        "javascript:x?max_id=7",
    ],
)
def test_the_address_of_a_link_is_never_used(link: str) -> None:
    assert older_cursor(answer(next=link), IDS) == "7"


@pytest.mark.parametrize(
    "link", ["https://town.example/x", "/x?limit=40", "/x?a=" + "b" * 5000, "https://[broken?a=1"]
)
def test_a_link_that_leads_nowhere_is_replaced_by_the_last_entry(link: str) -> None:
    assert older_cursor(answer(next=link), IDS) == "7"


def test_without_links_the_last_entry_is_the_cursor() -> None:
    assert older_cursor(answer(), IDS) == "7"


def test_links_without_a_next_one_are_the_end() -> None:
    assert older_cursor(answer(prev="/x?min_id=9"), IDS) is None


def test_an_empty_page_is_the_end_whatever_its_links_say() -> None:
    assert older_cursor(answer(next="/x?max_id=7"), []) is None


words = st.text(min_size=1, max_size=9)


@given(pairs=st.lists(st.tuples(words, words), max_size=3))
def test_whatever_a_server_pages_by_comes_back_to_it(pairs: list[tuple[str, str]]) -> None:
    cursor = older_cursor(answer(next=f"/x?{urlencode(pairs)}"), IDS)
    assert cursor is not None
    asked = page_query(PageOf(older_than=cursor), 40)[1:]
    sent = [pair for pair in parse_qsl(urlencode(pairs)) if pair[0] != "limit"]
    assert asked == (sent or [("max_id", "7")])
