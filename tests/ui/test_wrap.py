"""Folding text: nothing is lost, nothing is too wide, no character is cut in two."""

from __future__ import annotations

import regex
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui_inbox.core.text import Link, clean, grapheme_list, is_clean
from tui_inbox.ui.render.reach import clusters, spread
from tui_inbox.ui.render.wrap import DOT, Piece, cut, cut_short, flow, wrap

SCRIPTS = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="ab cd\n", max_size=80),
    st.text(alphabet="日本語、。「」 ab", max_size=40),
    st.text(alphabet="مرحبا عالم ", max_size=40),
    st.lists(
        st.sampled_from(["👨‍👩‍👧‍👦", "👍🏽", "🇫🇷", "e\u0301", "☂️", "a", " ", "नि", "1️⃣"]),
        max_size=20,
    ).map("".join),
)
TEXTS = SCRIPTS.map(clean)
WIDTHS = st.integers(2, 40)


def plain(lines: list[list[Piece]]) -> list[str]:
    """The lines without their links."""
    return ["".join(piece.text for piece in line) for line in lines]


@given(TEXTS, WIDTHS)
def test_no_line_is_wider_than_the_width(text: str, width: int) -> None:
    lines, _ = wrap(text, width)
    assert all(cell_len(line) <= width for line in plain(lines))


@given(TEXTS, st.integers(20, 60))
def test_no_line_is_wider_whatever_a_terminal_makes_of_it(text: str, width: int) -> None:
    """From 20 cells on: one emoji of eight parts takes so many where each is drawn."""
    lines, _ = wrap(text, width)
    most = max((spread(one).widest for line in plain(lines) for one in clusters(line)), default=0)
    assert all(spread(line).widest <= max(width, most) for line in plain(lines))
    assert spread(cut(" ".join(text.split()), width)).widest <= width


@given(TEXTS, WIDTHS)
def test_lines_say_how_they_go_on(text: str, width: int) -> None:
    lines, _ = wrap(text, width)
    ends = [line[-1].behind if line else None for line in lines]
    joined = "".join(
        said + ("\n" if end is None else end) for said, end in zip(plain(lines), ends, strict=True)
    )
    assert [line.split() for line in joined[:-1].split("\n")] == [
        line.split() for line in text.split("\n")
    ]


@given(TEXTS, WIDTHS)
def test_only_blanks_and_line_breaks_are_lost(text: str, width: int) -> None:
    lines, left_out = wrap(text, width)
    assert left_out == 0
    assert "".join("".join(plain(lines)).split()) == "".join(text.split())


@given(TEXTS, WIDTHS)
def test_no_character_is_cut_in_two(text: str, width: int) -> None:
    lines, _ = wrap(text, width)
    before = [cluster for cluster in regex.findall(r"\X", text) if cluster.strip()]
    after = [c for line in plain(lines) for c in regex.findall(r"\X", line) if c.strip()]
    assert after == before


@given(TEXTS, WIDTHS, st.integers(1, 6))
def test_what_is_left_out_is_counted(text: str, width: int, most: int) -> None:
    every, _ = wrap(text, width)
    some, left_out = wrap(text, width, most=most)
    assert len(some) <= most
    assert plain(some) == plain(every)[: len(some)]
    assert len(some) + left_out == len(every)


@given(TEXTS, st.integers(1, 40))
def test_a_line_that_is_cut_fits_and_says_so(text: str, width: int) -> None:
    line = " ".join(text.split())
    short = cut(line, width)
    assert cell_len(short) <= width
    if short != line:
        assert short.endswith("…")
        assert line.startswith(short[:-1].rstrip())


def test_words_stay_together_where_they_fit() -> None:
    lines, _ = wrap("Does the export keep the tags? I tried it", 20)
    assert plain(lines) == ["Does the export keep", "the tags? I tried it"]


def test_a_word_longer_than_a_line_goes_on_in_the_next() -> None:
    lines, _ = wrap("see https://example.com/a/very/long/way now", 12)
    assert plain(lines) == ["see", "https://exam", "ple.com/a/ve", "ry/long/way", "now"]


def test_scripts_without_blanks_break_anywhere_but_not_before_a_full_stop() -> None:
    lines, _ = wrap("今日は晴れです。明日は雨。", 16)
    assert plain(lines) == ["今日は晴れです。", "明日は雨。"]
    lines, _ = wrap("今日は晴れです。明日は雨。", 14)
    assert plain(lines) == ["今日は晴れで", "す。明日は雨。"]


def test_line_breaks_and_blank_lines_are_kept() -> None:
    lines, _ = wrap("one\n\n two", 20)
    assert plain(lines) == ["one", "", " two"]


def test_links_are_found_again_in_every_line_they_reach_into() -> None:
    text = "read example.com/a-long-one and b.org"
    links = (Link(5, 27, "https://example.com/a-long-one"), Link(32, 37, "https://b.org/"))
    lines, _ = wrap(text, 16, links=links)
    assert lines == [
        [Piece("read", None, " ")],
        [Piece("example.com/a-lo", 0, "")],
        [Piece("ng-one", 0), Piece(" and "), Piece("b.org", 1)],
    ]


@given(TEXTS, WIDTHS, st.data())
def test_links_change_nothing_but_the_pieces(text: str, width: int, data: st.DataObject) -> None:
    edges = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    links = tuple(Link(start, end, "https://example.com/") for start, end in pairs)
    assert plain(wrap(text, width, links=links)[0]) == plain(wrap(text, width)[0])


def test_a_line_that_goes_on_elsewhere_ends_in_dots() -> None:
    assert cut_short("walked right past it", 12) == "walked righ…"
    assert cut_short("walked", 12) == "walked…"
    assert cut_short("日本語", 4) == "日…"


FACTS = st.lists(st.text("ab ", min_size=1, max_size=12).map(str.strip).filter(bool), max_size=8)


@given(FACTS, st.integers(-5, 40), st.integers(12, 40), st.integers(0, 3))
def test_no_fact_is_cut_and_none_is_lost_without_being_counted(
    facts: list[str], first: int, room: int, more: int
) -> None:
    rooms = (first, *[room] * (more + 1))
    lines = flow(facts, rooms)
    assert len(lines) <= len(rooms)
    for line, cells in zip(lines, rooms, strict=False):
        assert cell_len(line) <= max(0, cells)
    told = [fact for line in lines for fact in line.split(DOT) if fact]
    if told and told[-1].startswith("and "):
        assert int(told.pop().split()[1]) == len(facts) - len(told)
    assert told == facts[: len(told)]
    assert len(told) == len(facts) or len(lines) == len(rooms)


def test_a_fact_that_fits_no_line_is_cut() -> None:
    assert flow(["much too long"], (4, 8)) == ["", "much to…"]
    assert flow([], (4, 8)) == [""]


@given(TEXTS)
def test_characters_are_those_of_unicodes_rules(text: str) -> None:
    assert clusters(text) == grapheme_list(text)


def test_so_are_those_that_are_told_without_these_rules() -> None:
    for code in (*range(0x20, 0x3000), *range(0x3000, 0x20000, 61), *range(0x1F1D0, 0x1F200)):
        one = chr(code)
        for text in (f"a{one}{one}b", f"{one}\ufe0f{one}\U0001f3fdx"):
            if is_clean(text):
                assert clusters(text) == grapheme_list(text), hex(code)
