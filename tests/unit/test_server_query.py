"""What a server is asked for a search: never less than is looked for, and what is left out is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.core.matching import Subject, matcher, subject
from tui_inbox.core.post import Feed, FeedKind, TagFeed
from tui_inbox.core.query import And, Leaf, Not, Or, Query, Word
from tui_inbox.core.query_text import parse, unparse
from tui_inbox.core.server_query import MOST_QUESTIONS, Asking, Said, Timelines, asking
from tui_inbox.networks.mastodon.search_words import in_words


def asked(query: str) -> list[str]:
    """What Mastodon is asked, as it stands in the names of feeds."""
    return [str(feed) for feed in asking(parse(query), in_words).feeds]


@pytest.mark.parametrize(
    ("query", "feeds"),
    [
        ("acorn crm", ["search:acorn crm"]),
        ('"anyone know * crm"', ['search:"anyone know" "crm"']),
        ("e-mail", ['search:"e-mail"']),
        ('near:"rye market" -spam', ['search:"rye" "market"']),
        ("acorn OR crm", ["search:acorn", "search:crm"]),
        ("(acorn OR crm) export", ["search:acorn export", "search:crm export"]),
        ("from:odile@fenn.example has:poll", ["search:from:odile@fenn.example has:poll"]),
        ("crm -from:me -has:media", ["search:crm -from:me -has:media"]),
        ("from:odile crm", ["search:crm"]),
        ("#rye #bread -#cake fresh", ["tag:rye +bread -cake"]),
        ("#rye OR sourdough", ["tag:rye", "search:sourdough"]),
        ("東京", ["search:東京"]),
        ("export*", []),
        ("has:poll", []),
        ("-crm", []),
        ("/colou?r/ lang:de", []),
    ],
)
def test_a_query_becomes_questions(query: str, feeds: list[str]) -> None:
    assert asked(query) == feeds


def test_what_the_server_was_not_asked_for_is_named() -> None:
    told = asking(parse("crm* acorn -spam lang:de OR export*"), in_words)
    assert [str(feed) for feed in told.feeds] == ["search:acorn"]
    assert [unparse(term) for term in told.checked_here] == ["crm*", "-spam", "lang:de"]
    assert [unparse(term) for term in told.not_asked] == ["export*"]
    assert told.searches_by_word


def test_without_a_search_by_word_only_tags_are_read() -> None:
    told = asking(parse("#rye sourdough OR crm"), None)
    assert [str(feed) for feed in told.feeds] == ["tag:rye"]
    assert [unparse(term) for term in told.not_asked] == ["crm"]
    assert not told.searches_by_word


def test_tags_share_a_timeline_where_the_server_can_lay_them_together() -> None:
    def together(query: str) -> list[str]:
        return [str(feed) for feed in asking(parse(query), None, tags_together=True).feeds]

    assert together("#rye OR #spelt OR #bread") == ["tag:rye |spelt |bread"]
    assert together("#rye #bread -#cake") == ["tag:rye +bread -cake"]
    assert together("(#rye OR #spelt) fresh -#cake") == ["tag:rye |spelt -cake"]
    assert together("#rye -#cake OR #spelt") == ["tag:rye -cake", "tag:spelt"]
    assert together("#a #b OR #c") == ["tag:a +b", "tag:c"]
    many = " OR ".join(f"#t{number}" for number in range(7))
    assert together(many) == ["tag:t0 |t1 |t2 |t3 |t4", "tag:t5 |t6"]
    apart = asking(parse("#rye OR #spelt"), None)
    assert [str(feed) for feed in apart.feeds] == ["tag:rye", "tag:spelt"]


PEOPLE = {
    "odile@fenn.example": Timelines((Feed(FeedKind.PERSON, "7"),)),
    "odile": Timelines((Feed(FeedKind.PERSON, "7"), Feed(FeedKind.PERSON, "8")), is_all=False),
    "bakers": Timelines((Feed(FeedKind.PERSON, "8"), Feed(FeedKind.PERSON, "9"))),
}


@pytest.mark.parametrize(
    ("query", "feeds", "checked", "not_asked"),
    [
        ("from:odile@fenn.example", ["person:7"], [], []),
        ("from:odile@fenn.example crm -spam", ["person:7"], ["crm", "-spam"], []),
        ("group:bakers has:poll", ["person:8", "person:9"], ["has:poll"], []),
        ("from:odile@fenn.example OR group:bakers", ["person:7", "person:8", "person:9"], [], []),
        ("from:odile crm", ["person:7", "person:8", "search:crm"], ["crm", "from:odile"], []),
        ("from:odile lang:de", ["person:7", "person:8"], ["lang:de"], ["from:odile lang:de"]),
        ("from:nobody crm", ["search:crm"], ["from:nobody"], []),
        ("-from:odile@fenn.example crm", ["search:crm"], ["-from:odile@fenn.example"], []),
        ("#rye from:odile@fenn.example", ["tag:rye"], ["from:odile@fenn.example"], []),
    ],
)
def test_whom_one_knows_is_read_where_they_write(
    query: str, feeds: list[str], checked: list[str], not_asked: list[str]
) -> None:
    told = asking(
        parse(query),
        lambda leaf: Said(leaf.text) if isinstance(leaf, Word) else None,
        whose=lambda term: PEOPLE.get(term.value),
    )
    assert [str(feed) for feed in told.feeds] == feeds
    assert [unparse(term) for term in told.checked_here] == checked
    assert [unparse(term) for term in told.not_asked] == not_asked


def test_no_search_asks_for_more_than_a_few_feeds() -> None:
    many = asking(parse("a1 OR a2 OR a3 OR a4 OR a5 OR a6"), in_words)
    assert len(many.feeds) == MOST_QUESTIONS
    assert [unparse(term) for term in many.not_asked] == ["a5", "a6"]
    inside = asking(parse("(a1 OR a2 OR a3) (b1 OR b2) c"), in_words)
    assert [str(feed) for feed in inside.feeds] == ["search:a1 c", "search:a2 c", "search:a3 c"]
    assert [unparse(term) for term in inside.checked_here] == ["b1 OR b2"]


def plain_words(leaf: Leaf) -> Said | None:
    """A server that finds words just as we do."""
    return Said(leaf.text, is_exact=True) if isinstance(leaf, Word) and not leaf.prefix else None


def holds(feed: Feed, post: Subject) -> bool:
    """Whether a post stands in a feed of that server."""
    if feed.kind is FeedKind.TAG:
        tags = TagFeed.parse(feed.argument)
        either = {tags.tag, *tags.any}
        return (
            not either.isdisjoint(post.tags)
            and {*tags.all} <= post.tags
            and post.tags.isdisjoint(tags.none)
        )
    words = feed.argument.split()
    here = {word for word in words if not word.startswith("-")}
    return here <= post.vocabulary and not any(
        word[1:] in post.vocabulary for word in words if word.startswith("-")
    )


_leaves = st.sampled_from(["a", "b", "c", "a*", "#s", "#t", "#u", "lang:de", "/a/"]).map(parse)
_trees: st.SearchStrategy[Query] = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(And, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=8,
)
_posts = st.builds(
    lambda words, tags, language: subject(
        " ".join(words), handle="odile@fenn.example", tags=tags, language=language
    ),
    st.lists(st.sampled_from("abc"), max_size=3),
    st.lists(st.sampled_from("stu"), max_size=3),
    st.sampled_from(["de", "en"]),
)


@given(_trees, st.lists(_posts, max_size=6), st.booleans())
def test_a_server_is_never_asked_for_less_than_is_looked_for(
    query: Query, posts: list[Subject], tags_together: bool
) -> None:
    told: Asking = asking(query, plain_words, tags_together=tags_together)
    left = [matcher(one) for one in told.not_asked]
    for post in posts:
        if matcher(query)(post):
            assert any(holds(feed, post) for feed in told.feeds) or any(one(post) for one in left)
