"""HTML of posts, as Mastodon and its kin send it and as nobody should, to text with links."""

import random
import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui_inbox.core.text import Link, RichText, clean, is_clean, safe_url
from tui_inbox.networks.html import profile_text, to_text

MASTODON_POST = (
    '<p><span class="h-card" translate="no"><a href="https://elm.example/@odile" '
    'class="u-url mention">@<span>odile</span></a></span> the map is at '
    '<a href="https://www.harbour.example/maps/2026/november?sheet=2&amp;fold=no" target="_blank" '
    'rel="nofollow noopener"><span class="invisible">https://www.</span><span class="ellipsis">'
    'harbour.example/maps/2026/nove</span><span class="invisible">mber?sheet=2&amp;fold=no</span>'
    "</a>.</p><p>Two boats &amp; a bridge<br />"
    '<a href="https://elm.example/tags/maps" class="mention hashtag" rel="tag">#<span>maps</span>'
    "</a></p>"
)


def text_of(html: str) -> str:
    return to_text(html).text


@pytest.mark.parametrize("times", [1, 50])
def test_a_bio_reads_as_any_text_does_however_long_it_is(times: int) -> None:
    bio = MASTODON_POST * times
    assert profile_text(bio) == profile_text(bio) == text_of(bio)


def labels(rich: RichText) -> list[tuple[str, str]]:
    return [(rich.text[link.start : link.end], link.url) for link in rich.links]


def test_a_post_as_mastodon_sends_it() -> None:
    rich = to_text(MASTODON_POST, mentions=[("https://elm.example/@odile", "odile@elm.example")])
    assert rich.text == (
        "@odile@elm.example the map is at harbour.example/maps/2026/nove….\n\n"
        "Two boats & a bridge\n#maps"
    )
    assert labels(rich) == [
        ("@odile@elm.example", "https://elm.example/@odile"),
        (
            "harbour.example/maps/2026/nove…",
            "https://www.harbour.example/maps/2026/november?sheet=2&fold=no",
        ),
        ("#maps", "https://elm.example/tags/maps"),
    ]


def test_a_name_that_the_server_does_not_list_stays_as_it_is_written() -> None:
    rich = to_text(MASTODON_POST, mentions=[("https://elm.example/@other", "other")])
    assert rich.text.startswith("@odile the map")


def test_a_link_to_a_person_that_is_no_mention_keeps_its_label() -> None:
    mentions = [("https://elm.example/@odile", "odile")]
    html = '<p><a href="https://elm.example/@odile">my friend</a></p>'
    assert to_text(html, mentions=mentions).text == "my friend"


def test_a_hostile_handle_is_cleaned() -> None:
    mentions = [("https://elm.example/@odile", "od\u202eile\x1b[31m@elm\n.example")]
    assert to_text(MASTODON_POST, mentions=mentions).text.startswith("@odile@elm .example the map")


def test_the_line_that_stands_in_for_a_quoted_post_goes_when_the_post_is_at_hand() -> None:
    html = (
        '<p class="quote-inline">RE: <a href="https://elm.example/1">elm.example/1</a></p>'
        "<p>So true</p>"
    )
    assert to_text(html, drop_quote_inline=True) == RichText("So true")
    assert to_text(html).text == "RE: elm.example/1\n\nSo true"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        # Text without tags is taken as it is.
        ("", ""),
        ("plain\n\n  text", "plain\n\n  text"),
        ("a < b & c\nI <3 you > me", "a < b & c\nI <3 you > me"),
        ("Tom &amp; Jerry", "Tom & Jerry"),
        # Paragraphs, headings and breaks.
        ("<p>one</p>", "one"),
        ("<p> one \n two  three </p>", "one two three"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<p>one<p>two", "one\n\ntwo"),
        ("<h1>one</h1>two<div>three</div>", "one\n\ntwo\n\nthree"),
        ("<div><div><p>one</p></div></div>\n<p>two</p>", "one\n\ntwo"),
        ("a<h2>b</h2><h3>c</h3><h4>d</h4><h5>e</h5><h6>f</h6>g", "a\n\nb\n\nc\n\nd\n\ne\n\nf\n\ng"),
        ("<details><summary>a</summary>b</details>c", "a\nb\n\nc"),
        ("one<br>two<br/>three<br />", "one\ntwo\nthree"),
        ("one<br><br><br><br><br><br>two", "one\n\n\ntwo"),
        ("<br><p></p><p>&nbsp;</p>one<p> </p>", "one"),
        ("<p>one <b>two</b> <i> three</i></p>", "one two three"),
        ("<p>&nbsp; indented</p>", "\xa0 indented"),
        # Lists.
        ("<ul><li>a</li><li>b</li></ul>after", "• a\n• b\n\nafter"),
        ("<ol><li>a</li><li>b<br>c</li></ol>", "1. a\n2. b\n   c"),
        ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
        ('<ol start="9"><li>a</li><li>b</li></ol>', "9. a\n10. b"),
        ('<ol><li>a</li><li value="7">b</li><li>c</li></ol>', "1. a\n7. b\n8. c"),
        ("<ol reversed><li>a</li><li>b</li></ol>", "2. a\n1. b"),
        ('<ol reversed start="5"><li>a</li><li>b</li></ol>', "5. a\n4. b"),
        ("<ol reversed><li>a<ol><li>x<li>y</ol><li>b</ol>", "2. a\n   1. x\n   2. y\n1. b"),
        ("<ol start='a'><li value='99999999999'>a</ol>", "1. a"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "• a\n  • b\n• c"),
        ("<ul><li><ol><li>a</li></ol></li></ul>", "• 1. a"),
        ("<ul><li><ul><li></li></ul>a</li></ul>", "• a"),
        ("<ul><li><p>a</p></li><li><p>b</p><p>c</p></li></ul>", "• a\n• b\n  c"),
        ("<li>a", "• a"),
        # Quotes.
        ("<blockquote>a<br>b</blockquote>c", "> a\n> b\n\nc"),
        ("<blockquote><p>a</p><p>b</p></blockquote><p>c</p>", "> a\n>\n> b\n\nc"),
        (
            "<blockquote>a<blockquote>b</blockquote>c</blockquote>",
            "> a\n>\n> > b\n>\n> c",
        ),
        ("<blockquote><ul><li>a<br>b</ul></blockquote>", "> • a\n>   b"),
        ("<ul><li><blockquote>a<br>b</blockquote></ul>", "• > a\n  > b"),
        # Preformatted text.
        ("<pre><code>\nif x:\n    y  \n\n  z\n</code></pre>b", "if x:\n    y\n\n  z\n\nb"),
        ("a<pre>  b\n\tc <b>  d</b></pre>", "a\n\n  b\n    c   d"),
        ("<blockquote><pre>  a\n  b</pre></blockquote>", ">   a\n>   b"),
        ("<pre>a\n\n\n\n\n\nb</pre>", "a\n\n\nb"),
        # Other elements.
        ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>字", "漢(かん)字"),
        ("<ruby>漢<rt>かん</rt></ruby>", "漢(かん)"),
        ("<table><tr><th>a</th><td>b</td></tr><tr><td>c", "a b\nc"),
        ("a<hr>b", "a\n\nb"),
        ('<img src="https://e.example/x" alt=":cat: &amp; co">', ":cat: & co"),
        ("a <del>b</del><blink>c</blink><x-y z>d</x-y>", "a bcd"),
        ("a<script>alert('</p>')</script>b<style>p {}</style >c<template>d</template>e", "abce"),
        ("a<SCRIPT SRC=x>b</SCRIPT\n>c<scripted>d", "acd"),
        ("a<!-- b > c -->d<?php e ?>f<!doctype g>h<![CDATA[i]]>j", "adfhj"),
        ("<p>math: 3 < 4 <b>and</b> 5 > 4", "math: 3 < 4 and 5 > 4"),
        # Character references are decoded once.
        ("<p>&lt;b&gt; &quot;x&quot; &#39;y&#39; &hellip;</p>", "<b> \"x\" 'y' …"),
        ("<p>&amp;lt;b&amp;gt; &amp;amp; &amp;#27;[2J</p>", "&lt;b&gt; &amp; &#27;[2J"),
        ("<p>&#x41;&#66;&#0000000000000000000000067; &#x1F980;</p>", "ABC 🦀"),
        ("<p>&#99999999999;|&#xD800;|&#" + "9" * 5000 + ";</p>", "\ufffd|\ufffd|\ufffd"),
        ("<p>&notanentity; &; &#; &#x; &</p>", "¬anentity; &; &#; &#x; &"),
        ("<p>cp&#49;&#50;&#53;&#50;: &#147;x&#148;</p>", "cp1252: “x”"),
        # Broken.
        ("<p>a <b>b <i>c</b> d</i></u></p> e", "a b c d\n\ne"),
        ("<p>a</p", "a</p"),
        ("</p></a></ul>a", "a"),
        ("<p>a<script>alert(1)</p>b", "a"),
        ("<p>a</p><!-- b", "a\n\n<!-- b"),
        ("<p>a</p><!-- <p>b</p>", "a"),
        ("<p title='it>s' class=it's data>a</p>", "a"),
        ('<p title="a>b</p>', ""),
    ],
)
def test_each_element_has_its_form_in_text(html: str, text: str) -> None:
    assert text_of(html) == text


def test_hidden_text_goes_from_the_text_and_stays_in_the_link() -> None:
    rich = to_text('<a href="https://e.example/abc"><span class="invisible">https://</span>e</a>')
    assert rich == RichText("e", (Link(0, 1, "https://e.example/abc"),))
    assert text_of('a <span class="x invisible">b<br><span>c</span>d</span>e') == "a e"


def test_a_link_neither_begins_nor_ends_with_a_space_nor_swallows_others() -> None:
    rich = to_text('a<a href="https://e.example/1"> b </a>c<a href="https://e.example/2">d<p>e')
    assert rich.text == "a b cd\n\ne"
    assert labels(rich) == [("b", "https://e.example/1"), ("d\n\ne", "https://e.example/2")]
    rich = to_text('<a href="https://e.example/1">a<a href="https://e.example/2">b</a>c</a>')
    assert labels(rich) == [("a", "https://e.example/1"), ("b", "https://e.example/2")]


def test_a_link_without_text_is_none() -> None:
    html = '<p>a<a href="https://e.example"></a><a href="https://e.example"> <img></a>b</p>'
    assert to_text(html) == RichText("a b")


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "&#106;avascript:alert(1)",
        "data:text/html,x",
        "/relative",
        "https://bank.example@evil.example",
        "https://e.example/\x1b]0;x\x07",
        "https://e.example/&#27;[31m",
        "",
    ],
)
def test_a_hostile_or_unusable_address_gives_no_link(href: str) -> None:
    assert to_text(f'<p><a href="{href}">label</a></p>') == RichText("label")


def test_attributes_are_read_as_browsers_read_them() -> None:
    for tag in (
        "<a href=https://e.example/?a=1&copy=2>",
        "<A TITLE='>' HREF = 'https://e.example/?a=1&amp;copy=2'>",
        '<a href="https://e.example/?a=1&#38;copy=2" href="https://evil.example">',
        '<a title="href=x" href="https://e.example/?a=1&copy=2"/>',
        '<a\nhref="https://e.example/?a=1&copy=2"class=x>',
    ):
        assert labels(to_text(tag + "x</a>")) == [("x", "https://e.example/?a=1&copy=2")]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>s \x1b]0;PWNED\x07 \x1b[2J\x1b[1;1HX \x1b]52;c;UA==\x07 \x1b[31;7m e</p>", "s X e"),
        ("<p>s &#27;]0;PWNED&#7; &#x1b;[5;1HX &#0027[31;7m e</p>", "s X e"),
        ("<p>s \x9d0;PWNED\x9c \x9b31m\x9b1;1HX \x90q\x9c e</p>", "s X e"),
        ("<p>s &#155;31m e</p>", "s ›31m e"),  # HTML reads it as Windows-1252
        ("<p>a\x08b\x0d\x0ec\x0f\x7f\x07\x00d</p>", "ab cd"),
        ("<p>a&#8;b&#0;c&#127;d</p>", "abcd"),
        (
            "<p>\u202eevil\u202c \u2066\u2067abc\u2069 user@\u202emoc.elgoog</p>",
            "evil abc user@moc.elgoog",
        ),
        ("<p>\x1b<b>[31m</b>x</p>", "x"),
        ("<p>Z" + "\u0321" * 30 + "<b>" + "\u0321" * 30 + "</b>!</p>", "Z" + "\u0321" * 4 + "!"),
        ("<p>[bold red]x[/] [/] [link=y] \\[</p>", "[bold red]x[/] [/] [link=y] \\["),
        ("<pre>a\x1b[2J\r\nb</pre>", "a\nb"),
    ],
)
def test_hostile_text_is_clean(html: str, text: str) -> None:
    assert text_of(html) == text


def test_links_stay_where_they_are_when_the_text_around_them_is_cleaned() -> None:
    rich = to_text(
        '<p>a\x1b]0;x\x07\u202e \u200b <a href="https://e.example/1">\u0301\u200dlab\x1b[1mel</a>'
        'e<a href="https://e.example/2">\u0301\u202e</a>'
        '<a href="https://e.example/3">\u0308x\t\u200b </a>end</p>'
    )
    assert rich.text == "a labelex end"
    assert labels(rich) == [("label", "https://e.example/1"), ("x", "https://e.example/3")]


def test_deep_nesting_ends_somewhere() -> None:
    html = "a" + "<blockquote>" * 300 + "b<br>c" + "</blockquote>" * 300 + "d"
    lines = text_of(html).split("\n")
    assert [line.lstrip("> ") for line in lines] == ["a", "", "b", "c", "", "d"]
    assert max(map(len, lines)) <= 32
    assert text_of("<ul><li>" * 300 + "a").count("•") <= 16
    assert text_of("<b>" * 300 + "<p>a</p><p>b</p>") == "a\n\nb"


def test_a_very_long_post_is_cut_and_its_links_with_it() -> None:
    rich = to_text(('<a href="https://e.example">word</a> ' + "w " * 50) * 2_000)
    assert 99_990 < len(rich.text) <= 100_000
    assert rich.text.endswith("…")
    assert len(rich.links) > 900
    assert {rich.text[link.start : link.end] for link in rich.links} == {"word"}
    assert to_text("<p>" + "x" * 300_000 + "</p>").text == "x" * 99_999 + "…"
    assert to_text("x" * 300_000).text == "x" * 99_999 + "…"


def test_html_of_an_unreasonable_size_is_cut_between_two_tags() -> None:
    rich = to_text('<p><a href="https://e.example">word</a> </p>' * 20_000)
    assert rich.text.endswith("word\n\nword …")
    assert {rich.text[link.start : link.end] for link in rich.links} == {"word"}
    assert text_of("a < b" + " " * 1_000_000) == "a …"


HTML_PIECES = [
    *(
        "<p>",
        "</p>",
        "<br>",
        "<div>",
        "</div>",
        "<b>",
        "</b>",
        "<span>",
        "</span>",
        "<h2>",
        "</h2>",
    ),
    *(
        '<a href="https://e.example/a">',
        "<a href='https://e.example/b'>",
        "</a>",
        "<a>",
        "<a href=",
    ),
    *('<a class="mention" href="https://e.example/c">', '<span class="invisible">', "<td>"),
    *('<span class="ellipsis">', '<p class="quote-inline">', "<blockquote>", "</blockquote>"),
    *("<ul>", "</ul>", "<ol reversed>", "<ol start=-3>", "</ol>", "<li>", "<li value=5>", "</li>"),
    *("<pre>", "</pre>", "<ruby>", "<rt>", "</rt>", "<rp>", "</rp>", "<script>", "</script>"),
    *(
        "<!--",
        "-->",
        "<",
        ">",
        "&lt;",
        "&#27;",
        "&#x9b;",
        "&amp;",
        "&",
        '"',
        "'",
        "=",
        "<img alt='i'>",
    ),
    *(
        "\x1b",
        "\x1b[",
        "\x1b]0;",
        "\x07",
        "\x9b",
        "\x9d",
        "\x9c",
        "31m",
        "\u202e",
        "\u200b",
        "\u3164",
    ),
    *(
        "\u0301",
        "\u0344",
        "\u200d",
        "\ufe0f",
        "\u20e3",
        "\u094d",
        "क",
        "م",
        "👩",
        "🏽",
        "ᄀ",
        "ᅡ",
        "↔",
    ),
    *(
        "word",
        " ",
        "  ",
        "\n",
        "\t",
        "\r\n",
        "\xa0",
        "\u2028",
        "\u3000",
        "a",
        "1",
        "e",
        "\ud83d",
        ".",
    ),
]
MENTIONS = [("https://e.example/c", "odile@\u202ee.example")]


def hold(html: str, rich: RichText) -> None:
    """What is true of every result."""
    assert clean(rich.text) == rich.text, html
    assert is_clean(rich.text), html
    end = 0
    for link in rich.links:
        assert end <= link.start < link.end <= len(rich.text), html
        label = rich.text[link.start : link.end]
        assert label == label.strip(), html
        assert safe_url(link.url) == link.url, html
        end = link.end


@given(st.lists(st.sampled_from(HTML_PIECES), max_size=40).map("".join), st.booleans())
@example("<p>a<a href=https://e.example/a>\u0301</a></p>", False)
@example("<pre> a", False)
def test_whatever_comes_the_text_is_clean_and_the_links_fit(html: str, drop: bool) -> None:
    hold(html, to_text(html, mentions=MENTIONS, drop_quote_inline=drop))


@given(st.text(st.characters(), max_size=60))
def test_any_text_at_all_can_be_read(html: str) -> None:
    hold(html, to_text(html))
    hold(html, to_text(f"<p>{html}</p><br>"))


@given(
    st.lists(
        st.sampled_from(["word", " ", "\n", "&amp;", "é", "“x”", "👩🏽", "\u0301"]), max_size=15
    )
)
def test_one_paragraph_reads_the_same_the_short_way_and_the_long_way(words: list[str]) -> None:
    inner = "".join(words)
    assert to_text(f"<p>{inner}</p>") == to_text(f"<p><b></b>{inner}</p>")


@given(st.text(st.sampled_from("ab <>&;#\n\"'"), max_size=40))
def test_escaped_text_comes_back_word_for_word(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert text_of(f"<p>{escaped}</p>").split() == text.split()


def test_twenty_thousand_hostile_posts_come_out_clean() -> None:
    dice = random.Random(20261121)
    for _ in range(20_000):
        html = "".join(dice.choices(HTML_PIECES, k=dice.randint(1, 25)))
        rich = to_text(html, mentions=MENTIONS, drop_quote_inline=dice.random() < 0.5)
        hold(html, rich)
        assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in rich.text if c != "\n")


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "<",
            "<a",
            "<a ",
            '<a b="',
            "<a b='\" ",
            'a="',
            "<!--",
            "<!a",
            "<?",
            "<script>",
            "</a",
            "&",
        ),
        *("<script></scrip>", "&#", "&#0", "&amp", "<ol reversed>", "<ol reversed><li>", "<li>x"),
        *(
            "<ol reversed></ul>",
            "<p>",
            "<br>",
            "<blockquote>a<br>",
            "<pre>\n",
            "<b>\u0301",
            "\x1b]<b>",
        ),
        *("<a href=https://e.example>x</a>", "<img alt=a>", "<td>", "\u200d", "1\ufe0f"),
    ],
)
def test_the_time_grows_with_the_size_not_with_its_square(piece: str) -> None:
    def html(size: int) -> str:
        return "<p>" + piece * (size // len(piece)) + ">"

    # Sixteen times the HTML: linear is 16, quadratic is 256.
    assert _cost(html(64_000)) < 64 * max(_cost(html(4_000)), 0.000_2)


def _cost(html: str) -> float:
    """Processor time in seconds, the best of three."""
    costs = []
    for _ in range(3):
        start = time.process_time()
        to_text(html)
        costs.append(time.process_time() - start)
    return min(costs)
