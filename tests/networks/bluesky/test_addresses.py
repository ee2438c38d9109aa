"""Addresses of Bluesky: what names a record, and the pages that show one."""

from __future__ import annotations

import pytest
from networks.bluesky.records_made import KEY, ODILE, WEB

from tui_inbox.networks.bluesky.addresses import (
    AtUri,
    Web,
    is_did,
    is_handle,
    post_ref,
    short_did,
)


def test_a_record_is_read_as_it_is_written() -> None:
    uri = f"at://{ODILE}/app.bsky.feed.post/{KEY}"
    named = AtUri.parse(uri)
    assert named == AtUri(ODILE, "app.bsky.feed.post", KEY)
    assert named is not None
    assert (str(named), named.is_identity) == (uri, True)
    assert post_ref(ODILE, KEY).uri == uri


def test_a_handle_names_a_record_only_for_now() -> None:
    named = AtUri.parse(f"at://odile.example/app.bsky.feed.post/{KEY}")
    assert named is not None
    assert not named.is_identity


@pytest.mark.parametrize("author", [ODILE, "odile.example"])
def test_a_page_and_its_post_lead_to_each_other(author: str) -> None:
    page = WEB.post(author, KEY)
    assert WEB.post_at(page) == AtUri(author, "app.bsky.feed.post", KEY)
    assert WEB.post_at(page.replace("bsky.app", "www.bsky.app") + "?ref=x#top") is not None


@pytest.mark.parametrize(
    "address",
    [
        "https://bsky.app",
        f"https://bsky.app/profile/{ODILE}",
        f"https://evil.example/profile/{ODILE}/post/{KEY}",
        f"https://bsky.app@evil.example/profile/{ODILE}/post/{KEY}",
        "https://bsky.app/profile/nobody/post/%2e%2e",
        "https://[bsky.app/profile",
    ],
)
def test_other_pages_show_no_post(address: str) -> None:
    assert WEB.post_at(address) is None


def test_another_web_client_has_the_same_paths() -> None:
    web = Web(client="https://deer.example")
    assert web.post_at(f"https://deer.example/profile/{ODILE}/post/{KEY}") is not None
    assert web.tag("grüße/x") == "https://deer.example/hashtag/gr%C3%BC%C3%9Fe%2Fx"


@pytest.mark.parametrize(
    ("text", "did", "handle"),
    [
        (ODILE, True, False),
        ("did:web:odile.example", True, False),
        ("did:web:localhost%3A2583", True, False),
        ("did:plc:", False, False),
        ("odile.example", False, True),
        ("odile", False, False),
        ("Odile.Example", False, False),
        ("odile.example\n", False, False),
        ("-odile.example", False, False),
        ("odile.7", False, False),
        ("a." * 200 + "example", False, False),
    ],
)
def test_what_is_an_identity_and_what_a_handle(text: str, did: bool, handle: bool) -> None:
    assert (is_did(text), is_handle(text)) == (did, handle)


def test_a_did_is_short_where_a_name_should_stand() -> None:
    assert short_did(ODILE) == "ewvi7nxz…"
    assert short_did("did:web:a.example") == "a.example"
