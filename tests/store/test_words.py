"""Searching: what index and SQL narrow to, the matcher decides, and nothing that it would find is missed."""

from __future__ import annotations

import tempfile
from datetime import UTC
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from support.store_material import (
    MONDAY,
    NETWORK,
    entry,
    file_home,
    mention,
    new_store,
    person,
    post,
    ref,
    seen,
    sign_in,
)

from tui_inbox.core.matching import matcher
from tui_inbox.core.moment import DAY, MINUTE
from tui_inbox.core.post import Audience, Card, Media, MediaKind, Poll, PollOption, Post
from tui_inbox.core.query import And, Not, Or, Query
from tui_inbox.core.query_text import parse
from tui_inbox.core.searching_together import together
from tui_inbox.core.text import Link
from tui_inbox.store import accounts, groups, looking, posts, words
from tui_inbox.store.database import Connection
from tui_inbox.store.store import Writing
from tui_inbox.store.subjects import beside, subject_of

NOW = MONDAY + 2 * DAY

TEXTS = (
    "Who knows a baker of rye bread?",
    "Brot und Brötchen aus Köln",
    "bread at the market",
    "今日はパンを焼きました",
    "a lantern on the bridge 🎉",
    "",
)


def found(db: Connection, account: int | None, query: str, limit: int = 50) -> list[str]:
    """The texts that a query finds, newest first."""
    return [
        one.post.text
        for one in words.search(db, account, parse(query), limit=limit, now=NOW, zone=UTC)
    ]


@st.composite
def timelines(draw: st.DrawFn) -> list[Post]:
    """Some posts of every kind by a few people."""
    made = []
    for n in range(draw(st.integers(1, 8))):
        text = draw(st.sampled_from(TEXTS))
        it = post(
            f"p{n}",
            draw(st.sampled_from(["ada", "otto", "mina"])),
            minute=draw(st.integers(0, 5)),
            text=text,
        )
        made.append(
            replace(
                it,
                warning=draw(st.sampled_from(["", "bread talk"])),
                language=draw(st.none() | st.sampled_from(["de", "pt-BR", "ja"])),
                media=draw(st.sampled_from([(), (Media(MediaKind.PICTURE, None, "rye, sliced"),)])),
                poll=draw(st.sampled_from([None, Poll("p", (PollOption("rye"),))])),
                card=draw(st.sampled_from([None, Card("https://town.example/", "Town")])),
                quoted=draw(st.sampled_from([None, ref("elsewhere")])),
                tags=draw(st.sampled_from([(), ("bread",)])),
                mentions=draw(st.sampled_from([(), (mention("mina"),), (mention("otto"),)])),
                audience=draw(st.sampled_from([Audience.PUBLIC, Audience.DIRECT])),
                author=replace(it.author, name=draw(st.sampled_from(["Ada", "Zoë B.", "Otto"]))),
            )
        )
    return made


QUERIES = [
    "bread",
    "brotchen",
    "brea*",
    '"rye bread"',
    '"knows * bread"',
    "パン",
    "🎉",
    "rye OR köln",
    "(rye OR lantern) -market",
    "-bread",
    "from:me",
    "from:ada",
    "from:zoe",
    'from:"zoe b"',
    "from:@otto@town.example",
    "from:otto bread",
    "from:zoe from:ada",
    "lang:pt",
    "lang:DE rye",
    "network:demo",
    "network:other",
    "has:link",
    "has:media",
    "has:poll -rye",
    "has:question",
    "is:quote",
    "is:reply",
    "is:boost",
    "#bread",
    "to:me",
    "to:otto@town.example",
    "server:town.example",
    "link:town.example",
    "server:example bread",
    "account:mi",
    "account:ac",
    "has:alt",
    "is:dm",
    "is:unread",
    'near:"bread market"',
    "/r[yi]e/",
    "since:2d",
    "until:2d bread",
    "group:Bakers",
    'group:"the cafe" rye',
    "-group:bakers",
    "group:nobody OR rye",
]


trees = st.recursive(
    st.sampled_from(QUERIES).map(parse),
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(And, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=5,
)


def gather(db: Connection) -> None:
    """Two groups of people who write: the bakers are in one, and one of them is also at the café."""
    writers = [id for (id,) in db.execute("SELECT DISTINCT author FROM posts ORDER BY author")]
    w = Writing(db)
    for name, members in (("bakers", writers[:2]), ("The Café", writers[1:2])):
        group = groups.add_group(w, name, at=MONDAY)
        for member in members:
            groups.add_member(w, group, member, at=MONDAY)


LIMITS = (
    "RARE",
    "SORTED",
    "NEWEST",
    "NEWEST_UNNARROWED",
    "STRETCH",
    "STRETCH_UNNARROWED",
    "TOGETHER",
)


@given(
    timelines(), trees, st.fixed_dictionaries({}, optional=dict.fromkeys(LIMITS, st.integers(1, 3)))
)
def test_a_search_finds_what_the_matcher_finds_in_every_single_post(
    timeline: list[Post], tree: Query, limits: dict[str, int]
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        for name, limit in limits.items():  # as if there were many more candidates
            patch.setattr(looking, name, limit)
        db = new_store(Path(folder))
        account = sign_in(db, "mina").id
        for it in timeline:
            posts.put_post(Writing(db), account, seen(it))
        gather(db)
        every = posts.posts(db, account, range(1, 20))
        owners, known = {accounts.owner(db, account)}, beside(db, account, list(every))
        matches, standing = matcher(tree, UTC), together({"it": tree}, UTC)
        wanted = []
        for one in every.values():
            asked = subject_of(one, now=NOW, owners=owners, known=known)
            assert matches(asked) == bool(standing.found(asked))
            if matches(asked):
                wanted.append(one)
        wanted.sort(key=lambda one: (one.post.created_at, one.id), reverse=True)
        search = partial(words.search, db, tree=tree, limit=50, now=NOW, zone=UTC)
        for who in (account, None):
            got = search(account=who)
            assert [one.id for one in got] == [one.id for one in wanted]
            (*_, middle) = [None, *got[: len(got) // 2]]
            if middle is not None:
                rest = search(account=who, older_than=(middle.post.created_at, middle.id))
                assert [one.id for one in rest] == [one.id for one in wanted[len(got) // 2 :]]
        assert in_small_steps(db, account, tree) == [one.id for one in wanted]
        db.close()


def in_small_steps(db: Connection, account: int, tree: Query) -> list[int]:
    """What is found by somebody who never waits for more than one post to be looked at, or two to be found."""
    ids: list[int] = []
    below: looking.Below | None = looking.Below()
    while below is not None:
        looked = looking.look(
            db,
            [account],
            tree,
            limit=2,
            now=NOW,
            zone=UTC,
            below=below,
            enough=lambda examined: True,
        )
        assert looked.below is None or looked.below != below, "every step leads on"
        ids += [one.id for one in looked.posts]
        below = looked.below
    return ids


def test_a_search_stops_at_its_limit_with_the_newest(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    for n in (2, 0, 3, 1):
        posts.put_post(w, account, seen(post(f"p{n}", minute=n, text=f"bread {n}")))
    assert found(db, account, "bread", limit=2) == ["bread 3", "bread 2"]


def test_an_account_finds_only_what_it_was_shown(db: Connection, w: Writing) -> None:
    mina, acorn = sign_in(db).id, sign_in(db, "acorn", "far-", letters="ac").id
    secret = post("secret", text="bread in secret", audience=Audience.FOLLOWERS)
    posts.put_post(w, mina, seen(secret))
    assert found(db, mina, "bread") == found(db, None, "bread") == ["bread in secret"]
    assert found(db, acorn, "bread") == []


def test_what_was_deleted_or_edited_away_is_not_found(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    for name in ("gone", "changed", "stays"):
        posts.put_post(w, account, seen(post(name, text=f"bread {name}")))
    posts.delete_post(w, account, server_id="gone", at=MONDAY)
    edited = replace(post("changed", text="rolls"), edited_at=MONDAY + DAY)
    posts.put_post(w, account, seen(edited))
    assert found(db, account, "bread") == ["bread stays"]
    assert found(db, account, "rolls") == ["rolls"]


def test_boosted_posts_are_found_as_boosts(db: Connection) -> None:
    account = sign_in(db).id
    file_home(
        db,
        account,
        entry(seen(post("plain"))),
        entry(seen(post("passed on")), boosted_by="otto", minute=1),
    )
    assert found(db, account, "is:boost") == ["passed on"]
    assert found(db, account, "-is:boost") == ["plain"]


def test_a_name_in_the_text_is_no_link(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    named = replace(
        post("it", text="@otto hello"),
        mentions=(mention("otto"),),
        links=(Link(0, 5, "https://town.example/@otto"),),
    )
    linked = replace(post("two", text="see town"), links=(Link(4, 8, "https://town.example/"),))
    for it in (named, linked):
        posts.put_post(w, account, seen(it))
    assert found(db, account, "has:link") == ["see town"]


def test_somebody_is_found_under_a_new_name(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    posts.put_post(w, account, seen(post("it", "ada")))
    assert found(db, account, "from:zoe") == []
    renamed = replace(post("two", "ada", minute=1), author=replace(person("ada"), name="Zoë"))
    posts.put_post(w, account, seen(renamed))
    assert found(db, account, "from:zoe") == ["two", "it"]


def test_a_search_within_a_transaction_looks_for_a_bounded_time(
    db: Connection, w: Writing, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = sign_in(db).id
    for n in range(3):
        posts.put_post(w, account, seen(post(f"p{n}", minute=n, text="kiln")))
    assert len(found(db, account, "kiln")) == 3
    monkeypatch.setattr(words, "SECONDS", 0.0)
    assert len(found(db, account, "kiln")) == 1, "it stops after the first step"


def test_a_search_that_finds_little_looks_at_a_bounded_number_of_posts(
    db: Connection, w: Writing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "EXAMINED", 3)
    account = sign_in(db).id
    for n in range(6):
        posts.put_post(w, account, seen(post(f"p{n}", minute=n, text="?" if n == 1 else "!")))
    assert found(db, account, "has:question") == []
    older = words.search(
        db, account, parse("has:question"), limit=9, now=NOW, older_than=(MONDAY + 3 * MINUTE, 0)
    )
    assert [one.post.ref for one in older] == [ref("p1")]
    assert older[0].post.ref.network == NETWORK
