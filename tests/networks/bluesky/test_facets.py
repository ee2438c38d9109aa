"""Facets: what is marked in a text stays marked, whatever stands before it, and nonsense marks nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from networks.bluesky.records_made import JORIS, WEB, facet, marking

from tui_inbox.core.text import is_clean, safe_url
from tui_inbox.networks.bluesky.facets import MarkedText, marked_text

SHIPS = "https://ships.example/hollow"


def marked(text: str, *facets: object) -> MarkedText:
    return marked_text(text, list(facets), WEB)


def shown(found: MarkedText) -> list[tuple[str, str]]:
    """What is marked, and where it leads."""
    return [(found.text[link.start : link.end], link.url) for link in found.links]


@pytest.mark.parametrize(
    "before", ["", "see ", "é ", "日本語 ", "👩‍👩‍👧 🏴󠁧󠁢󠁳󠁣󠁴󠁿 ", "مرحبا ", "a\u0301 "]
)
def test_a_link_stands_where_its_author_put_it(before: str) -> None:
    text = f"{before}ships.example/… today"
    found = marked(text, marking(text, "ships.example/…", kind="link", uri=SHIPS))
    assert shown(found) == [("ships.example/…", SHIPS)]


def test_names_and_tags_lead_to_the_web_client_and_identity_is_the_did() -> None:
    text = "@Joris.Example look: #boats"
    found = marked(
        text,
        marking(text, "@Joris.Example", kind="mention", did=JORIS),
        marking(text, "#boats", kind="tag", tag="boats"),
    )
    assert shown(found) == [
        ("@Joris.Example", f"https://bsky.app/profile/{JORIS}"),
        ("#boats", "https://bsky.app/hashtag/boats"),
    ]
    (named,) = found.mentions
    assert (named.person.uri, named.server_id, named.handle) == (JORIS, JORIS, "joris.example")
    assert found.tags == ("boats",)


def test_a_name_that_is_none_is_told_by_the_did() -> None:
    text = "ask him"
    (named,) = marked(text, marking(text, "him", kind="mention", did=JORIS)).mentions
    assert named.handle == JORIS


@pytest.mark.parametrize(
    "nonsense",
    [
        facet(4, 2, kind="link", uri=SHIPS),
        facet(3, 3, kind="link", uri=SHIPS),
        facet(-4, 2, kind="link", uri=SHIPS),
        facet(0, 4_000, kind="link", uri=SHIPS),
        facet(1, 4, kind="link", uri=SHIPS),  # within the é
        facet(0, 4, kind="link", uri="javascript:alert(1)"),
        facet(0, 4, kind="link", uri="https://bank.example@evil.example"),
        facet(0, 4, kind="link", uri=None),
        facet(0, 4, kind="mention", did="joris.example"),
        facet(0, 4, kind="tag", tag="\u200b"),
        facet(0, 4, kind="dance"),
        {"index": {"byteStart": True, "byteEnd": 4}, "features": []},
        {"index": {"byteStart": 0.0, "byteEnd": 4.0}, "features": [{}]},
        {"index": None, "features": [{}]},
        {"features": "link"},
        None,
        "link",
    ],
)
def test_what_makes_no_sense_marks_nothing_and_spoils_nothing(nonsense: object) -> None:
    text = "éab and ships"
    good = marking(text, "ships", kind="link", uri=SHIPS)
    found = marked(text, nonsense, good)
    assert (found.text, shown(found)) == (text, [("ships", SHIPS)])


@pytest.mark.parametrize("facets", [None, {}, "facets", 7, [[[]]]])
def test_facets_that_are_no_list_mark_nothing(facets: object) -> None:
    assert marked_text("Good morning", facets, WEB) == MarkedText("Good morning")


def test_of_two_that_overlap_the_first_counts() -> None:
    text = "one two three"
    found = marked(
        text,
        marking(text, "two three", kind="link", uri="https://second.example"),
        marking(text, "one two", kind="link", uri="https://first.example"),
    )
    assert shown(found) == [("one two", "https://first.example")]


def test_the_first_feature_that_is_known_counts() -> None:
    both = facet(0, 3, kind="link", uri=SHIPS)
    both["features"] = [{"$type": "example#new"}, *both["features"]]  # type: ignore[misc]  # a list
    assert shown(marked("see", both)) == [("see", SHIPS)]


def test_a_mark_stays_on_its_words_when_the_text_is_cleaned() -> None:
    text = "\x1b[2Jlook \u202e at   \n\n\n\n\n\nships\u200b today\x07 "
    found = marked(text, marking(text, "ships\u200b today", kind="link", uri=SHIPS))
    assert found.text == "look  at\n\n\nships today"
    assert shown(found) == [("ships today", SHIPS)]


def test_a_mark_of_which_nothing_is_left_is_none() -> None:
    text = "here \u200b\u200b"
    assert marked(text, marking(text, "\u200b\u200b", kind="link", uri=SHIPS)).links == ()


places = st.integers(-2, 60) | st.none() | st.booleans()
features = st.fixed_dictionaries(
    {"$type": st.sampled_from([f"app.bsky.richtext.facet#{one}" for one in ("link", "tag", "x")])},
    optional={"uri": st.sampled_from([SHIPS, "javascript:x", ""]), "tag": st.text(max_size=5)},
)
any_facets = st.lists(
    st.builds(
        lambda start, end, told: {
            "index": {"byteStart": start, "byteEnd": end},
            "features": told,
        },
        places,
        places,
        st.lists(features, max_size=2),
    )
    | st.none(),
    max_size=8,
)
any_text = st.text(max_size=40) | st.text(
    st.sampled_from("ab é日👩‍\u0301\u200d\x1b[2J\u202e\n\t \ud83d"), max_size=40
)


@given(any_text, any_facets)
def test_whatever_is_marked_the_text_is_clean_and_links_are_in_order(
    text: str, facets: list[object]
) -> None:
    found = marked_text(text, facets, WEB)
    assert is_clean(found.text)
    assert found.text == marked_text(text, [], WEB).text or facets
    ends = [0]
    for link in found.links:
        assert ends[-1] <= link.start < link.end <= len(found.text)
        assert safe_url(link.url) == link.url
        ends.append(link.end)


@given(st.text(max_size=20), st.text(min_size=1, max_size=10), st.text(max_size=20))
def test_a_mark_on_a_clean_text_is_on_those_words(before: str, words: str, behind: str) -> None:
    plain = marked_text(before + words + behind, [], WEB).text
    if plain != before + words + behind:
        return
    start = len(before.encode())
    found = marked(plain, facet(start, start + len(words.encode()), kind="link", uri=SHIPS))
    assert shown(found) == [(words, SHIPS)]
