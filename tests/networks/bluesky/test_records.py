"""Posts from their records: all that a reader needs is there, and no part that is broken spoils the rest."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from networks.bluesky.records_made import JORIS, KEY, NOW, ODILE, WEB, read, record

from tui_inbox.core.post import Audience, Card, Media, MediaKind, PostRef, ReplyTo
from tui_inbox.core.text import is_clean
from tui_inbox.networks.bluesky.addresses import Web
from tui_inbox.networks.bluesky.records import root_of, to_post, unknown_person

CID = "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"
PARENT = f"at://{JORIS}/app.bsky.feed.post/3lbsvw7qcjc2h"
ROOT = f"at://{JORIS}/app.bsky.feed.post/3lbsvw7qcjc2a"
PICTURE = {"image": {"$type": "blob", "ref": {"$link": CID}, "mimeType": "image/jpeg"}}
PICTURES = {"$type": "app.bsky.embed.images", "images": [{**PICTURE, "alt": "A boat"}]}
PICTURE_AT = f"https://cdn.bsky.app/img/feed_fullsize/plain/{ODILE}/{CID}@jpeg"


def quoting(uri: str) -> dict[str, Any]:
    return {"$type": "app.bsky.embed.record", "record": {"uri": uri, "cid": CID}}


def test_a_plain_post() -> None:
    post = read("Good morning", langs=["pt-BR", "en"])
    assert post.ref == PostRef("bluesky", f"at://{ODILE}/app.bsky.feed.post/{KEY}")
    assert post.url == f"https://bsky.app/profile/{ODILE}/post/{KEY}"
    assert (post.text, post.language, post.audience) == ("Good morning", "pt-BR", Audience.PUBLIC)
    assert post.created_at == 1_764_496_800_000
    assert (post.author.ref.uri, post.author.handle, post.author.name) == (
        ODILE,
        ODILE,
        "ewvi7nxz…",
    )


def test_where_people_look_at_it_is_for_the_owner_to_say() -> None:
    web = Web(client="https://deer.example", pictures="https://pictures.example")
    post = to_post(
        record(embed=PICTURES), author=unknown_person(ODILE, web), key=KEY, now=NOW, web=web
    )
    assert post is not None
    assert post.url == f"https://deer.example/profile/{ODILE}/post/{KEY}"
    assert (post.media[0].url or "").startswith("https://pictures.example/img/")


def test_an_answer_knows_its_parent_and_its_root() -> None:
    reply = {"parent": {"uri": PARENT, "cid": CID}, "root": {"uri": ROOT, "cid": CID}}
    assert read(reply=reply).reply_to == ReplyTo(uri=PARENT, author_server_id=JORIS)
    assert root_of(record(reply=reply)) == ROOT
    assert root_of(record()) is None


def test_pictures_are_told_by_what_they_show() -> None:
    assert read(embed=PICTURES).media == (Media(MediaKind.PICTURE, PICTURE_AT, "A boat"),)
    gallery = {"$type": "app.bsky.embed.gallery", "items": [{**PICTURE, "alt": ""}]}
    assert read(embed=gallery).media == (Media(MediaKind.PICTURE, PICTURE_AT),)


def test_a_film_is_looked_at_on_the_page_of_its_post() -> None:
    film = {"$type": "app.bsky.embed.video", "video": {}, "alt": "Waves"}
    assert read(embed=film).media == (
        Media(MediaKind.VIDEO, f"https://bsky.app/profile/{ODILE}/post/{KEY}", "Waves"),
    )


def test_a_link_is_a_card() -> None:
    told = {"uri": "https://ships.example", "title": "Ships", "description": "All of\nthem"}
    assert read(embed={"$type": "app.bsky.embed.external", "external": told}).card == Card(
        "https://ships.example", "Ships", "All of\nthem"
    )
    told["uri"] = "javascript:alert(1)"
    assert read(embed={"$type": "app.bsky.embed.external", "external": told}).card is None


def test_a_quote_with_pictures_has_both() -> None:
    post = read(
        embed={
            "$type": "app.bsky.embed.recordWithMedia",
            "record": quoting(PARENT),
            "media": PICTURES,
        }
    )
    assert post.quoted == PostRef("bluesky", PARENT)
    assert [one.alt for one in post.media] == ["A boat"]


@pytest.mark.parametrize(
    ("collection", "page", "title"),
    [
        ("app.bsky.feed.generator", f"https://bsky.app/profile/{JORIS}/feed/boats", "A feed"),
        ("app.bsky.graph.list", f"https://bsky.app/profile/{JORIS}/lists/boats", "A list"),
        (
            "app.bsky.graph.starterpack",
            f"https://bsky.app/starter-pack/{JORIS}/boats",
            "A starter pack",
        ),
    ],
)
def test_what_is_quoted_and_is_no_post_is_a_link(collection: str, page: str, title: str) -> None:
    post = read(embed=quoting(f"at://{JORIS}/{collection}/boats"))
    assert (post.quoted, post.card) == (None, Card(page, title))


@pytest.mark.parametrize(
    ("value", "sensitive"),
    [("nudity", True), ("graphic-media", True), ("!no-unauthenticated", False)],
)
def test_what_an_author_says_of_it_folds_it(value: str, sensitive: bool) -> None:
    labels = {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": value}]}
    assert read(labels=labels).sensitive is sensitive


def test_tags_stand_in_the_text_or_beside_it() -> None:
    text = "#boats"
    tag = {
        "index": {"byteStart": 0, "byteEnd": 6},
        "features": [{"$type": "app.bsky.richtext.facet#tag", "tag": "boats"}],
    }
    assert read(text, facets=[tag], tags=["#sea", "boats", 7, ""]).tags == ("boats", "sea")


@pytest.mark.parametrize(
    ("told", "read_as"),
    [
        ("1999-01-01T00:00:00Z", 915_148_800_000),
        ("0001-01-01T00:00:00Z", 0),
        ("2199-01-01T00:00:00.123456789Z", NOW),
        ("2025-11-30T10:00:00+02:00", 1_764_489_600_000),
        ("yesterday", NOW),
        (None, NOW),
        (7, NOW),
    ],
)
def test_a_moment_is_what_its_author_says_where_that_can_be(told: object, read_as: int) -> None:
    assert read(createdAt=told).created_at == read_as


@pytest.mark.parametrize("langs", [None, "en", [], [7], ["no language at all"], ["x" * 900]])
def test_a_language_that_is_none_is_not_known(langs: object) -> None:
    assert read(langs=langs).language is None


@pytest.mark.parametrize(
    "uri",
    [
        "https://ships.example",
        "at://",
        f"at://{JORIS}",
        f"at://{JORIS}/app.bsky.feed.post",
        f"at://{JORIS}/app.bsky.feed.post/..",
        f"at://{JORIS}/app.bsky.feed.post/a b",
        "at://joris/app.bsky.feed.post/1",
        f"at://{JORIS}/app.bsky.feed.post/" + "a" * 3_000,
        None,
        7,
    ],
)
def test_an_address_that_names_nothing_is_left_out(uri: object) -> None:
    post = read(
        reply={"parent": {"uri": uri}},
        embed={"$type": "app.bsky.embed.record", "record": {"uri": uri}},
    )
    assert (post.reply_to, post.quoted, post.card) == (None, None, None)


def test_what_has_no_text_that_is_text_is_no_post() -> None:
    author = unknown_person(ODILE, WEB)
    assert to_post(record() | {"text": 7}, author=author, key=KEY, now=NOW, web=WEB) is None


def test_an_embed_within_itself_comes_to_an_end() -> None:
    embed: dict[str, Any] = {"$type": "app.bsky.embed.recordWithMedia", "record": quoting(PARENT)}
    embed["media"] = embed
    assert read(embed=embed).quoted is None


def test_every_text_is_cleaned() -> None:
    evil = "a\x1b[2J\u202eb"
    post = read(
        evil,
        tags=[evil],
        embed={
            "$type": "app.bsky.embed.recordWithMedia",
            "record": quoting(PARENT),
            "media": {
                "$type": "app.bsky.embed.external",
                "external": {"uri": "https://x.example", "title": evil, "description": evil},
            },
        },
    )
    assert post.card is not None
    for text in (post.text, *post.tags, post.card.title, post.card.description):
        assert text == "ab"
    pictures = {**PICTURES, "images": [{**PICTURE, "alt": evil}]}
    assert read(embed=pictures).media[0].alt == "ab"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["$type", "uri", "parent", "record", "images", "image", "ref", "values", "val"]
            )
            | st.text(max_size=3),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)
KINDS = ["images", "gallery", "video", "external", "record", "recordWithMedia"]


@given(
    st.dictionaries(
        st.sampled_from(["langs", "reply", "facets", "labels", "tags", "createdAt"]), json_values
    ),
    st.sampled_from(KINDS),
    st.dictionaries(
        st.sampled_from(["images", "items", "alt", "external", "record", "media"]), json_values
    ),
)
def test_no_part_that_is_broken_spoils_the_others(
    parts: dict[str, object], kind: str, embed: dict[str, object]
) -> None:
    post = read(**parts, embed={"$type": f"app.bsky.embed.{kind}", **embed})  # type: ignore[arg-type]  # any parts
    assert post.text == "Good morning"
    assert all(is_clean(one) for one in post.tags)
