"""How X counts: its own conformance data, and that no text takes longer than its length."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.conformance import conformance

from tui_inbox.core.top_level import is_top_level
from tui_inbox.core.web_addresses import find_addresses
from tui_inbox.core.weighted import PRESENT, Weighing, WeightedCounter, has_address, weigh

EMOJI_IN_PARTS = Weighing(whole_emoji=False)
"""The second version of the rules, which one section of the data is about."""

OF_140 = Weighing(most=140, scale=1, other=1, ranges=(), whole_emoji=False)
"""The first version."""

WITHDRAWN = 8, 138
"""Top-level domains of the data, of countries and others, that the root of the internet has no more, or never had."""


@pytest.mark.parametrize(
    ("section", "rules", "cases"),
    [
        ("WeightedTweetsCounterTest", EMOJI_IN_PARTS, 20),
        ("WeightedTweetsWithDiscountedEmojiCounterTest", PRESENT, 22),
        ("UnicodeDirectionalMarkerCounterTest", PRESENT, 2),
    ],
)
def test_texts_weigh_what_x_says(section: str, rules: Weighing, cases: int) -> None:
    data = conformance("validate.yml")[section]
    assert len(data) == cases
    for case in data:
        expected, weight = case["expected"], weigh(case["text"], rules)
        assert (weight.letters, weight.is_valid, weight.share, weight.fits_to) == (
            expected["weightedLength"],
            expected["valid"],
            expected["permillage"],
            expected["validRangeEnd"],
        ), case["description"]


def test_what_fits_into_a_post_is_what_x_says() -> None:
    data = conformance("validate.yml")["tweets"]
    assert len(data) == 8
    for case in data:
        assert weigh(case["text"], OF_140).is_valid is case["expected"], case["description"]


def test_top_level_domains_are_known_but_for_those_that_are_no_more() -> None:
    data = conformance("tlds.yml")
    unknown = [
        [case for case in data[section] if not _whole(case["text"], case["expected"][0])]
        for section in ("country", "generic")
    ]
    assert [len(data["country"]), len(data["generic"])] == [315, 1259]
    assert tuple(map(len, unknown)) <= WITHDRAWN, unknown


def _whole(text: str, address: str) -> bool:
    return [text[span.start : span.end] for span in find_addresses(text, is_top_level)] == [address]


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("see example.com, or example.org/a(b)c.", ["example.com", "example.org/a(b)c"]),
        ("日本語example.com日本語", ["example.com"]),
        ("write to me@example.com or #example.com", []),
        ("a file called notes.txt and a Mr.Smith", []),
        ("(http://example.com/a_(b)?c=d&e=f#g).", ["http://example.com/a_(b)?c=d&e=f#g"]),
        ("https://t.co/abc/def", ["https://t.co/abc"]),
        ("https://exa_mple.com http://-a.com", []),
        ("http://한국.한국/길", ["http://한국.한국/"]),
        ("x.co?a=example.com x.co:80/a", ["x.co", "x.co:80/a"]),
        ("-example.com _example.com .example.com", []),
    ],
)
def test_addresses_are_found(text: str, addresses: list[str]) -> None:
    found = [text[span.start : span.end] for span in find_addresses(text, is_top_level)]
    assert found == addresses
    assert has_address(text) is bool(addresses)


def test_what_is_left_is_what_the_composer_shows() -> None:
    assert WeightedCounter().left("Hi http://test.co") == 280 - 26
    assert WeightedCounter(limit=10).left("日本語日本語") == -2


@given(st.text(st.sampled_from("aあ.-_/:@ #()?=httpscom🏳️‍🌈1️⃣\u202a\ufeff"), max_size=80))
def test_addresses_stand_in_their_order_and_never_in_each_other(text: str) -> None:
    normal = unicodedata.normalize("NFC", text)
    at = 0
    for span in find_addresses(normal, is_top_level):
        assert at <= span.start < span.end <= len(normal)
        assert "." in normal[span.start : span.end]
        at = span.end
    assert weigh(text).letters >= 0
