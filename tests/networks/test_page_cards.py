"""Cards of links: what pages say of themselves, from whatever host, cleaned and never more than their head."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.core.ports import Refused
from tui_inbox.core.post import Card
from tui_inbox.core.text import is_clean
from tui_inbox.networks.page_cards import MOST_BYTES, PageCards, card_of

ADDRESS = "https://rye.example/a"


def page(head: str) -> bytes:
    """A page with this head."""
    return f"<!doctype html><html><head>{head}</head><body><title>no</title>".encode()


def test_what_is_said_to_makers_of_cards_comes_first() -> None:
    head = (
        "<title>Rye | The site</title><meta name=description content='For engines.'>"
        "<meta property='og:title' content='Rye &amp; wheat'>"
    )
    assert card_of(ADDRESS, page(head)) == Card(ADDRESS, "Rye & wheat", "For engines.")
    assert card_of(ADDRESS, page("<title> Rye\n bread</title>")) == Card(ADDRESS, "Rye bread")
    assert card_of(ADDRESS, b"<meta name=description content=a>") is None
    latin = "<meta charset=iso-8859-1><title>K\xe4se</title>".encode("latin-1")
    assert card_of(ADDRESS, latin) == Card(ADDRESS, "K\xe4se")
    for none in (b"none-such", b"undefined", b"hex"):
        odd = b"<meta charset=" + none + b"><title>a</title>"
        assert card_of(ADDRESS, odd) == Card(ADDRESS, "a")


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_a_clean_card_or_none(data: bytes) -> None:
    card = card_of(ADDRESS, "<title>\x1b[2J\u202ea".encode() + data)
    assert card is None or (is_clean(card.title) and is_clean(card.description))


async def test_no_more_is_read_than_the_head_and_nothing_says_who_asks() -> None:
    asked: list[httpx.Request] = []
    read = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal read
        yield page("<title>Rye</title>")
        for _ in range(100):
            read += 1
            yield b"x" * MOST_BYTES

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, content=body(), headers={"content-type": "text/html"})

    cards = PageCards(transport=httpx.MockTransport(handle))
    assert await cards.card(ADDRESS) == Card(ADDRESS, "Rye")
    await cards.close()
    assert read == 0
    assert not {"authorization", "cookie", "referer"} & set(asked[0].headers)


@pytest.mark.parametrize(
    "address", ["http://rye.example/", "https://127.0.0.1/", "ftp://a.example"]
)
async def test_only_the_public_web_over_https_is_asked(address: str) -> None:
    cards = PageCards(transport=httpx.MockTransport(lambda request: httpx.Response(500)))
    with pytest.raises(Refused):
        await cards.card(address)
    await cards.close()


async def test_a_page_without_a_title_is_a_sentence() -> None:
    async def body() -> AsyncIterator[bytes]:
        yield b"a"

    def handle(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=body())

    cards = PageCards(transport=httpx.MockTransport(handle))
    with pytest.raises(Refused, match="says nothing of itself"):
        await cards.card(ADDRESS)
    await cards.close()
