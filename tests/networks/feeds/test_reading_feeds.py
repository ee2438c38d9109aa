"""RSS and Atom as they stand in the world, as posts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.core.moment import DAY, to_datetime
from tui_inbox.core.outside import FEED_NETWORK
from tui_inbox.core.post import MediaKind, Post
from tui_inbox.core.text import is_clean
from tui_inbox.networks.feeds.convert import MOST_ITEMS, NoFeed, read_feed
from tui_inbox.networks.feeds.discover import feed_named_in

ADDRESS = "https://mill.example/news.xml"
NOW = 1_790_000_000_000


def rss(*items: str, title: str = "Mill news") -> bytes:
    body = "".join(f"<item>{item}</item>" for item in items)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:media="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>{title}</title>{body}</channel></rss>"
    ).encode()


def posts(body: bytes) -> tuple[Post, ...]:
    _, found = read_feed(body, ADDRESS, NOW)
    return found


def one(*parts: str) -> Post:
    (post,) = posts(rss("".join(parts)))
    return post


ATOM = b"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title>Tide tables</title>
  <entry>
    <id>tag:tides.example,2026:7</id>
    <title>Spring tide</title>
    <link href="https://tides.example/7"/>
    <published>2026-08-01T10:00:00Z</published>
    <updated>2026-08-02T10:00:00Z</updated>
    <author><name>Wren</name><uri>https://tides.example/wren</uri></author>
    <category term="harbour"/>
    <content type="html">
      &lt;p&gt;Higher than &lt;a href="https://pier.example/"&gt;the pier&lt;/a&gt;.&lt;/p&gt;
    </content>
  </entry>
</feed>"""


def test_an_atom_entry_is_a_post() -> None:
    title, (post,) = read_feed(ATOM, ADDRESS, NOW)
    assert title == "Tide tables"
    assert (post.ref.network, post.ref.uri) == (FEED_NETWORK, "tag:tides.example,2026:7")
    assert post.text == "Spring tide\n\nHigher than the pier."
    assert [post.text[link.start : link.end] for link in post.links] == ["the pier"]
    assert post.url == "https://tides.example/7"
    assert (post.author.name, post.author.ref.uri) == ("Wren", "https://tides.example/wren")
    assert post.tags == ("harbour",)
    assert to_datetime(post.created_at).isoformat() == "2026-08-01T10:00:00+00:00"
    assert post.edited_at == post.created_at + DAY


def test_a_short_post_does_not_say_its_beginning_twice() -> None:
    """Servers of short posts make a title of their first words."""
    post = one(
        "<title>Rye is back at the mill…</title>",
        "<description>&lt;p&gt;Rye is back at the mill, come and see.&lt;/p&gt;</description>",
        "<guid>https://town.example/@mill/1</guid><link>https://town.example/@mill/1</link>",
    )
    assert post.text == "Rye is back at the mill, come and see."


def test_who_is_not_named_is_the_feed() -> None:
    post = one("<title>Open</title><guid>1</guid>")
    assert post.author.name == "Mill news"
    assert post.author.handle == "mill.example"


def test_a_name_that_is_no_address_counts_within_its_feed_only() -> None:
    body = rss("<title>Open</title><guid isPermaLink='false'>1</guid>")
    _, (here,) = read_feed(body, ADDRESS, NOW)
    _, (there,) = read_feed(body, "https://other.example/feed", NOW)
    assert here.ref != there.ref


def test_pictures_come_with_their_descriptions() -> None:
    post = one(
        "<guid>1</guid><description>Snow!</description>",
        '<media:content url="https://mill.example/1.jpg" medium="image">',
        "<media:description>The mill in snow</media:description></media:content>",
        '<enclosure url="https://mill.example/1.mp3" type="audio/mpeg" length="1"/>',
    )
    assert post.text == "Snow!"
    kinds = [(media.kind, media.alt) for media in post.media]
    assert kinds == [(MediaKind.PICTURE, "The mill in snow"), (MediaKind.AUDIO, "")]


def test_what_has_no_time_or_one_to_come_is_of_now() -> None:
    timeless = "<title>Open</title><guid>1</guid>"
    ahead = "<title>Soon</title><guid>2</guid><pubDate>Fri, 01 Jan 2100 10:00:00 GMT</pubDate>"
    told = [(post.text, NOW - post.created_at) for post in posts(rss(timeless, ahead))]
    assert told == [("Open", 0), ("Soon", 1)], "in the order of the feed"


def test_the_newest_of_very_many_are_read() -> None:
    items = [f"<title>{number}</title><guid>{number}</guid>" for number in range(MOST_ITEMS + 50)]
    read = posts(rss(*items))
    assert [post.text for post in read] == [str(number) for number in range(MOST_ITEMS)]


def test_of_two_items_of_the_same_name_the_newer_one_counts() -> None:
    old = "<guid>1</guid><title>Old</title><pubDate>Mon, 30 Nov 2020 10:00:00 GMT</pubDate>"
    new = "<guid>1</guid><title>New</title><pubDate>Mon, 30 Nov 2020 11:00:00 GMT</pubDate>"
    assert [post.text for post in posts(rss(old, new))] == ["New"]
    assert [post.text for post in posts(rss(new, old))] == ["New"]


def test_markup_in_the_title_of_a_feed_is_no_text() -> None:
    feed = rss("<title>Open</title><guid>1</guid>")
    title, _ = read_feed(
        feed.replace(b"Mill news", b"Mill &lt;b&gt;news&lt;/b&gt; &amp;amp; more"), ADDRESS, NOW
    )
    assert title == "Mill news & more"


def test_an_article_is_cut() -> None:
    post = one("<title>Long</title><guid>1</guid>", f"<description>{'rye ' * 5000}</description>")
    assert len(post.text) < 3_100
    assert post.text.endswith(" …")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>Hello</body></html>",
        b'{"version": "x"}',
        b"/etc/hostname",
        b"\x00\xff" * 90,
    ],
)
def test_what_is_no_feed_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(NoFeed):
        read_feed(body, ADDRESS, NOW)


def test_a_body_is_never_taken_for_the_name_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_bytes(rss("<title>Secret</title><guid>1</guid>"))
    with pytest.raises(NoFeed):
        read_feed(str(file).encode(), ADDRESS, NOW)


def test_entities_open_no_files_and_grow_to_nothing() -> None:
    inside = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    body = rss("<title>x&a;y</title><guid>1</guid>").replace(b"<rss", inside + b"<rss")
    assert [post.text for post in posts(body)] in (["xy"], ["x&a;y"])

    grows = "".join(
        f'<!ENTITY {chr(98 + place)} "{f"&{chr(97 + place)};" * 10}">' for place in range(8)
    )
    bomb = f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{grows}]>'.encode()
    body = rss("<title>&i;</title><guid>1</guid>").replace(b"<rss", bomb + b"<rss")
    assert all(len(post.text) < 1_000 for post in posts(body))


def test_malformed_feeds_are_read_as_far_as_they_make_sense() -> None:
    body = rss("<title>Bread & butter</title><guid>1</guid>")[:-20]
    assert [post.text for post in posts(body)] == ["Bread & butter"]


HOSTILE = st.text(
    st.sampled_from("\x1b]8;;\x07[31m\u202e\u2066\u200b<>&;\"'a é\n\x9b😀"), max_size=60
)


@given(HOSTILE, HOSTILE, HOSTILE)
def test_everything_of_a_feed_is_clean(title: str, text: str, name: str) -> None:
    item = (
        f"<title><![CDATA[{title}]]></title><author><![CDATA[{name}]]></author>"
        f"<description><![CDATA[{text}]]></description><guid><![CDATA[x{name}]]></guid>"
        f"<category><![CDATA[{name}]]></category><link>https://mill.example/{'x'}</link>"
    ).replace("]]>]]>", "]]>")
    feed_title, found = read_feed(rss(item, title="<![CDATA[" + title + "]]>"), ADDRESS, NOW)
    assert is_clean(feed_title)
    for post in found:
        words = (post.text, post.author.name, post.author.handle, post.ref.uri, *post.tags)
        assert all(map(is_clean, words))
        for link in post.links:
            assert 0 <= link.start < link.end <= len(post.text)


@pytest.mark.parametrize(
    ("link", "found"),
    [
        (
            '<link rel="alternate" type="application/rss+xml" href="/feed.xml">',
            "https://mill.example/feed.xml",
        ),
        (
            "<LINK REL='home alternate' TYPE=application/atom+xml HREF=https://x.example/a>",
            "https://x.example/a",
        ),
        ('<link rel="alternate" type="text/html" href="/en">', None),
        ('<link rel="stylesheet" type="application/rss+xml" href="/feed.xml">', None),
        ('<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">', None),
        ('<link rel="alternate" type="application/rss+xml" href="http://[bad">', None),
    ],
)
def test_a_page_names_its_feed(link: str, found: str | None) -> None:
    assert feed_named_in(f"<html><head>{link}</head>".encode(), "https://mill.example/x") == found
