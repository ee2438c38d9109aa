"""Counting a draft as its network counts it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.core.account import Limits
from tui_inbox.core.count import Counter, MastodonCounter, counter_of, mastodon_length

LINK = "x" * 23


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("", ""),
        ("hello\nthere", "hello\nthere"),
        ("👩🏽‍❤️‍💋‍👨🏿🏳️‍🌈e\u0301", "123"),
        ("👨‍👩‍👧‍👦👩‍🚀🧑🏾‍🤝‍🧑🏼", "123"),  # people joined
        ("🇩🇪🇫🇷🏴󠁧󠁢󠁳󠁣󠁴󠁿🏳️‍⚧️", "1234"),  # flags, of letters, of tags, and joined
        ("1️⃣#️⃣❤️❤", "1234"),
        ("日本語です。", "123456"),
        ("한국어", "123"),
        ("각", "1"),  # the same letter in parts
        ("a\r\nb", "abc"),
        # A link counts 23, short or long.
        ("https://a.bc", LINK),
        ("see http://" + "b" * 300 + ".com/example?x=1#y now", f"see {LINK} now"),
        ("HTTPS://EXAMPLE.COM/", LINK),
        ("https://example.com:8080/x", LINK),
        ("https://例え.テスト", LINK),
        ("https://xn--r8jz45g.xn--zckzah/", LINK),
        # What stands around it does not belong to it.
        ("(https://example.com/a).", f"({LINK})."),
        ("https://example.com/wiki/A_(b_(c))!", f"{LINK}!"),
        ("https://example.com/?q=1&r=2, and", f"{LINK}, and"),
        ("https://example.com日本語", f"{LINK}日本語"),
        ("https://example.com.", f"{LINK}."),
        ("https://example.com/a https://example.com/b", f"{LINK} {LINK}"),
        # Not links for the server.
        ("example.com", "example.com"),
        ("https://", "https://"),
        ("http://localhost/", "http://localhost/"),
        ("xhttps://example.com", "xhttps://example.com"),
        ("ftp://example.com", "ftp://example.com"),
        # Of a remote name only the first part counts.
        ("@odile@fenn.example hi", "@odile hi"),
        ("@odile@" + "b" * 300 + ".com", "@odile"),
        ("(@a.b-c@d.example)", "(@a.b-c)"),
        ("@odile hi", "@odile hi"),
        ("mail@fenn.example", "mail@fenn.example"),
        ("/@odile@fenn.example", "/@odile@fenn.example"),
        ("https://host.example/@odile@fenn.example", LINK),
    ],
)
def test_a_text_counts_as_the_server_counts_it(text: str, counted: str) -> None:
    assert mastodon_length(text) == len(counted)


def test_the_warning_counts_as_it_is_written() -> None:
    assert mastodon_length("hello", "food") == 9
    assert mastodon_length("", "https://example.com/food") == 24


def test_a_server_may_count_links_otherwise() -> None:
    assert mastodon_length("https://example.com/food", url_length=10) == 10


def test_a_counter_says_what_is_left_or_what_is_too_much() -> None:
    counter: Counter = MastodonCounter()
    assert counter.left("") == 500
    assert counter.left("a" * 476 + " http://" + "b" * 30 + ".com/example") == 0
    assert counter.left("a" * 250, "b" * 251) == -1
    small: Counter = MastodonCounter(limit=30, url_length=5)
    assert small.left("see https://example.com") == 21


@given(st.text("ab", max_size=9), st.text("@hps:/.ab c()?#é", max_size=60))
def test_one_more_letter_at_the_front_counts_one(letters: str, text: str) -> None:
    assert mastodon_length(f"{letters} {text}") == len(letters) + mastodon_length(f" {text}")


@given(st.text(max_size=60))
def test_text_without_links_and_names_counts_its_graphemes(text: str) -> None:
    plain = text.replace("@", "").replace("://", "")
    assert mastodon_length(plain) <= len(plain)


FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("", 300),
        ("a" * 300, 0),
        ("a" * 301, -1),
        (FAMILY * 120, 0),  # 25 bytes each
        (FAMILY * 121, -25),
        ("क्षि" * 10, 290),
        ("https://example.com/a/very/long/path", 264),
        ("@alice.test hi", 286),
    ],
)
def test_bluesky_counts_characters_and_bytes_as_they_are_written(text: str, left: int) -> None:
    assert counter_of(Limits(characters=300, utf8_bytes=3_000)).left(text) == left
