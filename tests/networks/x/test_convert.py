"""What X answers, in either dialect, becomes the same posts and people."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tui_inbox.core.moment import to_millis_or_none
from tui_inbox.core.post import FeedEntry, MediaKind
from tui_inbox.core.text import is_clean
from tui_inbox.networks.wire_base import decode
from tui_inbox.networks.x import wire
from tui_inbox.networks.x.convert import id_before, known_of, made_at, to_entry

NOW = to_millis_or_none("2026-11-26T10:00Z") or 0

OLDER = {
    "data": [
        {
            "id": "1990000000000000002",
            "text": "Cut at 280 https://t.co/a",
            "author_id": "7",
            "created_at": "2025-11-16T10:00:00.000Z",
            "in_reply_to_user_id": "8",
            "referenced_tweets": [
                {"type": "replied_to", "id": "1980000000000000001"},
                {"type": "quoted", "id": "1970000000000000001"},
            ],
            "note_tweet": {
                "text": "@odile The whole &amp; long text https://t.co/a https://t.co/p",
                "entities": {
                    "mentions": [{"start": 0, "end": 6, "username": "odile", "id": "8"}],
                    "urls": [
                        {
                            "start": 33,
                            "end": 47,
                            "url": "https://t.co/a",
                            "expanded_url": "https://map.example/",
                            "title": "Maps",
                        },
                        {"start": 48, "end": 62, "url": "https://t.co/p", "media_key": "3_1"},
                    ],
                    "hashtags": [{"tag": "maps"}],
                },
            },
            "attachments": {"media_keys": ["3_1"]},
            "edit_history_tweet_ids": ["1990000000000000001", "1990000000000000002"],
            "lang": "qme",
        },
        {
            "id": "1990000000000000003",
            "text": "RT @odile: cut…",
            "author_id": "7",
            "created_at": "2025-11-16T11:00:00.000Z",
            "referenced_tweets": [{"type": "retweeted", "id": "1980000000000000001"}],
            "edit_history_tweet_ids": ["1990000000000000003"],
        },
    ],
    "includes": {
        "users": [
            {"id": "7", "username": "mira", "name": "Mira"},
            {"id": "8", "username": "odile", "name": "Odile \u202eFenn"},
        ],
        "tweets": [
            {"id": "1980000000000000001", "text": "A whole text.", "author_id": "8"},
            {"id": "1970000000000000001", "text": "Quoted.", "author_id": "8"},
        ],
        "media": [
            {
                "media_key": "3_1",
                "type": "photo",
                "url": "https://pbs.example/a.jpg",
                "alt_text": "a map",
            }
        ],
    },
    "errors": [
        {
            "title": "Not Found Error",
            "resource_id": "5",
            "type": "https://api.x.com/2/problems/resource-not-found",
        }
    ],
    "meta": {"result_count": 2, "newest_id": "1990000000000000003", "next_token": "abc"},
}


def newer(told: Any) -> Any:
    """The same answer in the newer dialect."""
    text = json.dumps(told)
    for new, old in wire.RENAMED.items():
        text = text.replace(f'"{old}"', f'"{new}"')
    return json.loads(text)


def entries(told: Any) -> list[FeedEntry | None]:
    page = decode(wire.PostPage, wire.in_one_dialect(told))
    assert page is not None
    known = known_of(page, {}, NOW)
    return [to_entry(post, known) for post in page.data]


@pytest.mark.parametrize("told", [OLDER, newer(OLDER)], ids=["tweet", "post"])
def test_a_post_is_whole_in_either_dialect(told: Any) -> None:
    first, boost = entries(told)
    assert first is not None
    assert boost is not None
    post = first.seen.post
    assert post.text == "@odile The whole & long text https://map.example/"
    assert [post.text[link.start : link.end] for link in post.links] == ["https://map.example/"]
    assert (post.author.name, post.author.handle) == ("Mira", "mira")
    assert post.ref.uri == "1990000000000000001", (
        "edits have ids of their own and are the same post"
    )
    assert first.seen.view.server_id == "1990000000000000002"
    assert post.edited_at is not None
    assert post.reply_to is not None
    assert (post.reply_to.uri, post.reply_to.author_server_id) == ("1980000000000000001", "8")
    assert [(one.kind, one.alt) for one in post.media] == [(MediaKind.PICTURE, "a map")]
    assert [one.handle for one in post.mentions] == ["odile"]
    assert (post.language, post.tags) == (None, ("maps",))
    assert post.card is not None
    assert post.card.title == "Maps"
    assert first.seen.quoted is not None
    assert first.seen.quoted.post.text == "Quoted."
    assert boost.boost is not None
    assert boost.boost.by.name == "Mira"
    assert boost.seen.post.text == "A whole text."
    assert is_clean(boost.seen.post.author.name)


def test_a_boost_of_a_post_that_did_not_come_is_left_out() -> None:
    told = json.loads(json.dumps(OLDER))
    told["includes"]["tweets"] = []
    assert entries(told)[1] is None


def test_a_single_post_and_nothing_at_all_are_pages_too() -> None:
    assert len(entries({"data": {"id": "5", "text": "one"}})) == 1
    assert entries({"errors": [{"title": "Not Found Error"}]}) == []
    assert entries("nonsense") == []


def test_odd_places_of_addresses_spoil_no_text() -> None:
    urls = [
        {"start": 5, "end": 2},
        {"start": -1, "end": 900},
        {"start": 0, "end": 3},
        {"start": 1, "end": 2},
    ]
    (entry,) = entries(
        {"data": [{"id": "5", "text": "abc \x1b[2Jdef", "entities": {"urls": urls}}]}
    )
    assert entry is not None
    assert is_clean(entry.seen.post.text)


def test_ids_tell_when_a_post_was_made() -> None:
    post = wire.Post(id="1990000000000000002")
    at = made_at(post, NOW)
    assert int(id_before(at)) < int(post.id)
    assert int(id_before(at + 1)) > int(post.id) - (1 << 23)


def test_what_is_withheld_says_so() -> None:
    told = {"id": "5", "text": "hidden", "withheld": {"country_codes": ["DE"], "scope": "post"}}
    (entry,) = entries({"data": [told]})
    assert entry is not None
    assert entry.seen.post.text.startswith("[X withholds this in DE by its law]")
