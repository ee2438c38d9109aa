"""Cleaning, cutting and counting text from outside, and links that may be opened."""

import unicodedata
from functools import cache

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from tui_inbox.core.text import (
    clean,
    clean_fragment,
    clean_line,
    cut,
    display_host,
    graphemes,
    is_clean,
    safe_url,
)

# Every code point, surrogates too; and pieces that act on one another.
TEXT = st.text(st.characters(), max_size=60) | st.lists(
    st.sampled_from(
        [
            *"a1# \n\t\r\u2028אकाम각กة🏴👩🏽❤↔\U0001f1e9",
            *"\u0301\u0344\u0338\u094d\u0e47\u200c\u200d\ufe0f\u20e3\U000e0067\U000e007f",
            *"\u202e\u3164\u115f\u1161\ud83d\ude00\ufffe\x1b\x07\x9b\x9d\x9c",
            *("\x1b[", "\x1b]0;"),
        ]
    ),
    max_size=30,
).map("".join)


@pytest.mark.parametrize(
    ("dirty", "shown"),
    [
        # Whole terminal sequences go, in all their forms.
        ("a\x1b[31;7mb\x1b[0m", "ab"),
        ("a\x1b[2J\x1b[1;1Hb", "ab"),
        ("a\x1b[?1049lb", "ab"),
        ("a\x9b31mb", "ab"),
        ("a\x1b]0;title\x07b", "ab"),
        ("a\x1b]0;title\x1b\\b", "ab"),
        ("a\x9d0;title\x9cb", "ab"),
        ("a\x1b]52;c;Y2xpcA==\x07b", "ab"),
        ("a\x1b]8;;https://evil.example\x1b\\label\x1b]8;;\x1b\\b", "alabelb"),
        ("a\x1bPq#0\x1b\\b", "ab"),
        ("a\x90q\x9cb", "ab"),
        ("a\x1b_Gi=1;AAAA\x1b\\b", "ab"),
        ("a\x1b^pm\x1b\\b\x1bXsos\x1b\\c", "abc"),
        ("a\x1bPtmux;\x1b\x1b]52;c;WA==\x07\x1b\\b", "ab"),
        ("a\x1bcb\x1b7c\x1b(Bd", "abcd"),
        # Without an end they go as well, but not the lines behind.
        ("a\x1b]0;title\nb", "a\nb"),
        ("a\x1b[", "a"),
        ("a\x1b", "a"),
        ("a\x9d0;title", "a"),
        # A quotation mark that was decoded wrongly is no command.
        ("He said â\x80\x9cyesâ\x80\x9d and left", "He said âyesâ and left"),
        # Other controls.
        ("a\x08b\x0eshift\x0f\x7f\x07\x00nul\x0b\x0c", "abshiftnul"),
        ("a\x80\x85\x99b", "ab"),
        ("one\r\ntwo\rthree\u2028four\u2029five", "one\ntwo\nthree\nfour\nfive"),
        ("a\tb", "a    b"),
        # Reading direction, invisible characters, what is no character at all.
        ("user@\u202emoc.elgoog\u202c", "user@moc.elgoog"),
        ("\u2066a\u2067b\u2068c\u2069\u200e\u200f\u061cd", "abcd"),
        ("a\u200bb\u2060c\ufeffd\xade\u034ff\u180eg", "abcdefg"),
        ("a\u3164b\u115fc\u1160d\uffa0e", "abcde"),
        ("a\ufff9b\ufffac\ufffb", "abc"),
        ("a\ud83db\ude00c", "abc"),
        ("a\ufffeb\uffffc\ufdd0d\U0001ffffe\U0010fffff", "abcdef"),
        ("a\U000e0001\U000e0068\U000e0069b", "ab"),
        ("a\U000e0100\U000e01efb\ufe00", "ab"),
        # Joiners and selectors stay only where they are needed.
        ("ad\u200dmin\u200c", "admin"),
        ("a\ufe0fb1\ufe0f2", "ab12"),
        ("👩\u200da\u200d👩", "👩a👩"),
        ("م\u200c\u200c\u200dن", "م\u200cن"),
        ("🏴\U000e0067\U000e0062x", "🏴x"),
        # No more than four marks of all scripts, eight in all.
        ("Z" + "\u0321" * 50 + "a", "Z" + "\u0321" * 4 + "a"),
        ("ก" + "\u0e47" * 50 + "a", "ก" + "\u0e47" * 8 + "a"),
        ("e\u0301", "é"),
        # White space.
        ("  a  \n \n\t\n\n\n\nb \n", "a\n\n\nb"),
        ("\n\n \u00a0\n  a", "a"),
        (" \u3000 ", ""),
        ("", ""),
    ],
)
def test_what_does_harm_goes_and_the_rest_stays(dirty: str, shown: str) -> None:
    assert clean(dirty) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Grüße aus Köln, “schönes” Wetter — 20 °C…",
        "これは日本語の投稿です。今日は天気がいいですね",
        "می‌خواهم",  # Persian, with ZWNJ
        "র‍্যাব",  # Bengali, ZWJ between letter and virama
        "ന്‍",  # Malayalam, ZWJ at the end of a word
        "ශ්‍රී ලංකාව",  # Sinhala, ZWJ in a conjunct
        "ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ᠌",  # Mongolian, with a variation selector
        "מְנֻקָּד וְעִבְרִית",
        "မြွှေ့",
        "Tiếng Việt",
        "⠀⠀⢀⣀\n⠀⣿⣿",  # a picture of braille cells, empty ones too
        "👨‍👩‍👧‍👦|👩🏽‍❤️‍💋‍👨🏿|🏳️‍🌈|🏴‍☠️|🙂‍↔️|🏃🏽‍♀️‍➡️",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿🏴󠁧󠁢󠁳󠁣󠁴󠁿🇩🇪🇫🇷",
        "1️⃣ #️⃣ ☺️ ☺︎ ❤️ ‼️ ㊗️",
        "ｆｕｌｌ ½ ① ﷽",
        "if x:\n    return [bold red]y[/]",
    ],
)
def test_text_of_the_world_is_left_as_it_is(text: str) -> None:
    assert clean(text) == text
    assert is_clean(text)


def test_every_emoji_keeps_its_selector() -> None:
    for emoji in regex.findall(r"\p{Extended_Pictographic}", "".join(map(chr, range(0x20000)))):
        assert is_clean(emoji + "\ufe0f"), f"U+{ord(emoji):X}"


def test_no_character_that_steers_or_hides_passes_between_letters() -> None:
    # The properties come from the Unicode tables of `regex`, the ranges in the code do not.
    harmful = regex.compile(
        r"[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}"
        r"\p{Noncharacter_Code_Point}]"
    )
    points = harmful.findall("".join(map(chr, range(0x110000))))
    assert len(points) > 6_000
    for character in points:
        text = f"日{character}本"
        assert clean(text) in ("日本", "日\n本", "日    本"), f"U+{ord(character):X}"
        assert is_clean(text) == (character == "\n"), f"U+{ord(character):X}"


@given(TEXT)
@example("🏴\u200d\u2194\u200c\u0338")  # composing unmakes an emoji behind a joiner
@example("a\u0344\u0344\u0344")  # composing takes marks apart
@example("ᄀ\u115fᅡ")  # what parted two letters goes
@example("क\u0301\u094d\u200d")  # composing sorts marks
def test_what_is_clean_is_stable_composed_and_safe(text: str) -> None:
    for cleaner in (clean, clean_line, clean_fragment):
        cleaned = cleaner(text)
        assert cleaner(cleaned) == cleaned
        assert is_clean(cleaned)
        assert unicodedata.is_normalized("NFC", cleaned)
        assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in cleaned if c != "\n")
        cleaned.encode()


@given(TEXT, st.integers(1, 40))
def test_a_limit_holds_and_what_was_cut_says_so(text: str, limit: int) -> None:
    whole = clean(text)
    short = clean(text, limit=limit)
    assert len(short) <= limit
    assert clean(short, limit=limit) == short
    assert is_clean(short)
    if len(whole) <= limit:
        assert short == whole
    else:
        assert short == cut_off(whole, limit)


def cut_off(text: str, limit: int) -> str:
    """The same cut, made by measuring the whole text."""
    return text[: max(edge for edge in _edges(text) if edge < limit)].rstrip() + "…"


@cache
def _edges(text: str) -> list[int]:
    """Where the graphemes of a text begin."""
    return [match.start() for match in regex.finditer(r"\X", text)]


@pytest.mark.parametrize("start", ["a b\n", "日本のかな", "“…” ", "🇩🇪🇫🇷", "👩‍👩‍👧"])
def test_a_long_text_is_cut_like_a_short_one(start: str) -> None:
    whole = clean(start * (1_400 // len(start)) + "👩‍👩‍👧🇩🇪 e\u0323\u0301\u0308 क्षि" * 40)
    for limit in range(1_380, 1_460):
        assert clean(whole, limit=limit) == cut_off(whole, limit)


def test_a_cut_goes_between_two_graphemes() -> None:
    assert clean("ab👩‍👩‍👧cd", limit=6) == "ab…"
    assert clean("ab👩‍👩‍👧cd", limit=8) == "ab👩‍👩‍👧…"
    assert clean_line("e\u0323\u0302 e\u0323\u0302 e\u0323\u0302", limit=4) == "ệ ệ…"


def test_a_grapheme_without_an_end_is_cut_all_the_same() -> None:
    assert clean("ᄀ" * 1000, limit=100) == "ᄀ" * 99 + "…"
    assert clean("\u0600" * 95 + "👩‍👩‍👧‍👧" * 9, limit=100) == "\u0600" * 95 + "👩‍👩…"


def test_noise_far_beyond_the_limit_is_not_looked_at() -> None:
    assert clean_line("name" + "\u200b" * 10_000_000 + "more") == "name…"


def test_one_line_has_no_line_breaks_and_single_spaces() -> None:
    assert clean_line(" Odile \r\n\t Fenn\u2028\u3000🎉 \n") == "Odile Fenn 🎉"
    assert clean_line("\x1b]0;PWNED\x07\n") == ""
    assert clean_line("x" * 501) == "x" * 499 + "…"


@given(st.lists(TEXT, max_size=5))
def test_joined_fragments_are_clean(texts: list[str]) -> None:
    joined = "".join(clean_fragment(text) for text in texts)
    assert is_clean(joined)
    assert unicodedata.is_normalized("NFC", joined)


def test_a_fragment_keeps_its_spaces_and_loses_what_would_cling_to_another() -> None:
    assert clean_fragment("\u0301\u200d\u1161 a\n") == " a\n"


def test_graphemes_are_what_readers_see() -> None:
    assert graphemes("") == 0
    assert graphemes("plain\ntext") == 10
    assert graphemes("a\r\nb") == 3
    assert graphemes("👨‍👩‍👧‍👦🇩🇪🇫🇷e\u0301") == 4


def test_cutting_leaves_the_first_graphemes() -> None:
    assert cut("👨‍👩‍👧‍👦🇩🇪🇫🇷!", 2) == "👨‍👩‍👧‍👦🇩🇪"
    assert cut("abc", 3) == "abc"
    assert cut("abc", 9) == "abc"
    assert cut("abc", 0) == ""


@given(TEXT, st.integers(0, 30))
def test_a_cut_text_begins_the_text_and_has_at_most_so_many_graphemes(text: str, n: int) -> None:
    assert text.startswith(cut(text, n))
    assert graphemes(cut(text, n)) == min(n, graphemes(text))


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.com", "https://example.com"),
        ("https://www.example.org/a/b?x=1&y=2#z", "https://www.example.org/a/b?x=1&y=2#z"),
        (" \n HTTPS://Example.COM./Path ", "https://example.com/Path"),
        ("http://example.com:8080?x", "http://example.com:8080?x"),
        ("https://example.com:/", "https://example.com/"),
        ("https://[2001:DB8::1]:443/", "https://[2001:db8::1]:443/"),
        ("https://host.example/@user@other.example", "https://host.example/@user@other.example"),
        # Other scripts show as what is asked for.
        ("https://аррӏе.com/", "https://xn--80ak6aa92e.com/"),
        ("https://straße.example/ä?ö#“", "https://xn--strae-oqa.example/%C3%A4?%C3%B6#%E2%80%9C"),
        ("https://ＥＸＡＭＰＬＥ。com", "https://example.com"),
        ("https://例え.テスト", "https://xn--r8jz45g.xn--zckzah"),
        ('https://example.com/"<>\\^`{|}', "https://example.com/%22%3C%3E%5C%5E%60%7B%7C%7D"),
        ("https://example.com/\u202egnp.exe", "https://example.com/%E2%80%AEgnp.exe"),
        ("https://example.com/" + "a" * 2028, "https://example.com/" + "a" * 2028),
    ],
)
def test_a_link_is_returned_in_ascii(url: str, safe: str) -> None:
    assert safe_url(url) == safe
    assert safe_url(safe) == safe


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.com",
        "mailto:a@example.com",
        "example.com",
        "//example.com",
        "/path",
        "https:",
        "https://",
        "https:///path",
        "https:/example.com",
        "https:\\\\example.com",
        "httpſ://example.com",
        "https://user@example.com",
        "https://bank.example:80@evil.example",
        "https://bank.example\\@evil.example/",
        "https://bank.example\\.evil.example/",
        "https://exam\nple.com",
        "https://example.com/a b",
        "https://example.com/\x1b[31m",
        "https://example.com/\x9b",
        "https://example.com/\ud800",
        "https://example..com",
        "https://.example.com",
        "https://exa%6dple.com",
        "https://example.com:99999/",
        "https://example.com:port/",
        "https://[::1",
        "https://[evil.example]/",
        "https://ex\u200dample.com",
        "https://example.com\u2100.evil.example",  # becomes "a/c"
        "https://" + "a" * 64 + ".com",
        "https://" + "ä" * 60 + ".com",
        "https://example.com/" + "a" * 2029,
        "https://example.com/" + "ä" * 500,
    ],
)
def test_any_other_link_is_none(url: str) -> None:
    assert safe_url(url) is None
    assert display_host(url) == ""


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_safe_link_is_ascii_printable_stable_and_has_a_host(host: str, rest: str) -> None:
    safe = safe_url(f"https://{host}/{rest}")
    if safe is not None:
        assert safe.isascii()
        assert safe.isprintable()
        assert " " not in safe
        assert safe_url(safe) == safe
        assert "@" not in safe.split("/")[2]


def test_the_host_is_shown_as_it_is_asked_for() -> None:
    assert display_host("https://www.Ferry.example/timetable?x=1") == "ferry.example"
    assert display_host("https://аррӏе.com:8443/") == "xn--80ak6aa92e.com:8443"
