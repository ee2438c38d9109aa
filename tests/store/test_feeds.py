"""Feeds: places fixed at first sight, windows at any depth, holes and cursors."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from support.store_material import (
    HOME,
    MONDAY,
    entry,
    file_home,
    home,
    new_store,
    person,
    post,
    ref,
    seen,
    sign_in,
)

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.moment import MINUTE
from tui_inbox.core.post import Audience, Feed, FeedKind
from tui_inbox.store import feeds, people, posts
from tui_inbox.store.database import Connection
from tui_inbox.store.entries import EntryKey
from tui_inbox.store.store import Writing


def shown(db: Connection, *ids: int, limit: int = 100) -> list[str]:
    """The texts in the newest window of some feeds."""
    return [one.post.post.text for one in feeds.window(db, ids, limit=limit)]


@dataclass
class Model:
    """What the feeds of two accounts hold, in the plainest way there is."""

    places: dict[tuple[int, str], tuple[EntryKey, int]] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    arrivals: int = 0

    def file(self, feed: int, name: str, key: EntryKey) -> None:
        taken = {key for (one, _), (key, _) in self.places.items() if one == feed}
        if name not in self.deleted and (feed, name) not in self.places and key not in taken:
            self.arrivals += 1
            self.places[feed, name] = (key, self.arrivals)

    def merged(self, *ids: int) -> list[tuple[EntryKey, str]]:
        """Every post of the feeds once, where it came first; newest first."""
        first: dict[str, tuple[int, EntryKey]] = {}
        for (feed, name), (key, arrival) in self.places.items():
            if feed in ids and name not in self.deleted:
                first[name] = min(first.get(name, (arrival, key)), (arrival, key))
        return sorted(((key, name) for name, (_, key) in first.items()), reverse=True)


NAMES = st.sampled_from("abcdefghijkl")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("file"), st.integers(0, 1), NAMES, st.none() | st.integers(0, 6)),
        st.tuples(st.just("delete"), st.integers(0, 1), NAMES, st.none()),
    ),
    max_size=30,
)


@given(STEPS, st.integers(-1, 8), NAMES, st.integers(1, 6))
def test_every_window_is_what_a_plain_list_would_give(
    steps: list[tuple[str, int, str, int | None]], minute: int, name: str, limit: int
) -> None:
    servers = ("", "far-")
    with tempfile.TemporaryDirectory() as folder:
        db = new_store(Path(folder))
        who = [sign_in(db).id, sign_in(db, "acorn", "far-", letters="ac").id]
        ids = [home(db, account) for account in who]
        model = Model()
        for what, account, one, boosted in steps:
            it = seen(post(one, minute=ord(one) % 5), server=servers[account])
            if what == "delete":
                posts.delete_post(Writing(db), who[account], ref=ref(one), at=MONDAY)
                model.deleted.add(one)
            else:
                arrival = (
                    entry(it) if boosted is None else entry(it, boosted_by="otto", minute=boosted)
                )
                file_home(db, who[account], arrival)
                model.file(ids[account], one, (arrival.filed_at, arrival.identity))
        place = (MONDAY + minute * MINUTE, ref(name).uri)
        for these in ([ids[0]], [ids[1]], ids, ids[::-1]):
            every = model.merged(*these)
            below = [one for one in every if one[0] < place]
            above = [one for one in every if one[0] > place]
            upper = above[-(limit // 2) :] if limit > 1 else []
            at_or_below = [one for one in every if one[0] <= place]
            expected = {
                "newest": (feeds.window(db, these, limit=limit), every[:limit]),
                "older": (feeds.window(db, these, older_than=place, limit=limit), below[:limit]),
                "newer": (
                    feeds.window(db, these, newer_than=place, limit=limit),
                    above[-limit:],
                ),
                "around": (
                    feeds.window(db, these, around=place, limit=limit),
                    upper + at_or_below[: limit - len(upper)],
                ),
            }
            for way, (window, wanted) in expected.items():
                got = [(one.key, one.post.post.text) for one in window]
                assert got == wanted, way
            assert feeds.count_newer(db, these, place) == len(above)
            assert feeds.count_newer(db, these, place, cap=2) == min(2, len(above))
        db.close()


def test_each_entry_shows_its_own_accounts_view(db: Connection) -> None:
    mina, acorn = sign_in(db).id, sign_in(db, "acorn", "far-", letters="ac").id
    file_home(db, mina, entry(seen(post("both"))), entry(seen(post("mine", minute=1))))
    file_home(db, acorn, entry(seen(post("both"), server="far-")))
    file_home(db, acorn, entry(seen(post("theirs", minute=2), server="far-")))
    window = feeds.window(db, [home(db, mina), home(db, acorn)], limit=9)
    assert [(one.post.post.text, one.account) for one in window] == [
        ("theirs", acorn),
        ("mine", mina),
        ("both", mina),
    ]
    (lone, both) = feeds.window(db, [home(db, acorn)], limit=9)
    assert lone.post.view is not None
    assert (lone.post.view.server_id, both.account) == ("far-theirs", acorn)


def test_a_post_that_an_account_lost_sight_of_is_not_in_its_window(db: Connection) -> None:
    mina = sign_in(db).id
    private = seen(post("private", audience=Audience.FOLLOWERS))
    file_home(db, mina, entry(private))
    taken = seen(post("other"))
    posts.put_post(Writing(db), mina, type(taken)(taken.post, private.view))
    assert shown(db, home(db, mina)) == []


def test_boosts_of_a_post_are_one_row_at_its_first_place(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    it = seen(post("it", "ada"))
    first = file_home(db, account, entry(it, boosted_by="otto", minute=5))
    file_home(db, account, entry(seen(post("between", minute=6))))
    again = file_home(
        db,
        account,
        entry(it, boosted_by="rosa", minute=7),
        entry(it, boosted_by="otto", minute=5),
        entry(it),
    )
    assert (len(first.new), first.known) == (1, 0)
    assert (again.new, again.known) == ((), 3)
    between, boosted = feeds.window(db, [home(db, account)], limit=9)
    assert (between.boosters, boosted.filed_at) == ((), MONDAY + 5 * MINUTE)
    names = people.names(db, boosted.boosters)
    assert [names[id][0] for id in boosted.boosters] == ["Otto", "Rosa"]
    known = {"it", "otto-boosts-it", "rosa-boosts-it", "between", "unheard-of"}
    assert feeds.knows(db, home(db, account), known) == known - {"unheard-of"}


def test_a_boost_that_is_taken_back_takes_its_row_along(db: Connection) -> None:
    account = sign_in(db).id
    feed = home(db, account)
    it = seen(post("it"))
    file_home(db, account, entry(it, boosted_by="otto", minute=5))
    file_home(db, account, entry(it, boosted_by="rosa", minute=6))
    w = Writing(db)
    assert posts.delete_post(w, account, server_id="otto-boosts-it", at=MONDAY) is None
    assert w.changes == {Change(Topic.FEED, feed)}
    (left,) = feeds.window(db, [feed], limit=9)
    assert len(left.boosters) == 1
    uri = "https://town.example/boosts/rosa-boosts-it"
    posts.delete_post(Writing(db), account, ref=type(ref("x"))("demo", uri), at=MONDAY)
    assert shown(db, feed) == []
    assert posts.find(db, account, "it") is not None, "the post itself was not deleted"


def test_a_boost_that_was_taken_back_does_not_come_again_by_a_late_page(db: Connection) -> None:
    account = sign_in(db).id
    boosted = entry(seen(post("it")), boosted_by="otto", minute=5)
    file_home(db, account, boosted)
    posts.delete_post(Writing(db), account, server_id="otto-boosts-it", at=MONDAY)
    file_home(db, account, boosted)
    assert shown(db, home(db, account)) == []


@pytest.mark.parametrize("own_first", [True, False])
def test_a_post_that_also_came_by_itself_outlives_its_boosts(
    db: Connection, own_first: bool
) -> None:
    account = sign_in(db).id
    arrivals = [entry(seen(post("it"))), entry(seen(post("it")), boosted_by="otto", minute=5)]
    file_home(db, account, *(arrivals if own_first else arrivals[::-1]))
    posts.delete_post(Writing(db), account, server_id="otto-boosts-it", at=MONDAY)
    (left,) = feeds.window(db, [home(db, account)], limit=9)
    assert left.boosters == ()


def test_a_boost_that_was_taken_back_before_it_came_is_not_shown(db: Connection) -> None:
    account = sign_in(db).id
    posts.delete_post(Writing(db), account, server_id="otto-boosts-it", at=MONDAY)
    file_home(db, account, entry(seen(post("it")), boosted_by="otto", minute=5))
    assert shown(db, home(db, account)) == []


def test_filing_tells_what_is_new_what_is_late_and_what_became_of_each_post(
    db: Connection,
) -> None:
    account = sign_in(db).id
    file_home(db, account, entry(seen(post("m5", minute=5))))
    filed = file_home(
        db,
        account,
        entry(seen(post("m9", minute=9))),
        entry(seen(post("m5", minute=5))),
        entry(seen(post("m1", minute=1), answers="m5")),
        entry(seen(post("m2", minute=2))),
    )
    texts = {id: one.post.text for id, one in posts.posts(db, account, filed.new).items()}
    assert sorted(texts.values()) == ["m1", "m2", "m9"]
    assert (filed.known, filed.late) == (1, 2)
    assert [put.is_new for put in filed.puts] == [True, False, True, True]
    assert file_home(db, account).puts == ()


def test_late_arrivals_are_counted_from_a_moment_on(db: Connection) -> None:
    mina, acorn = sign_in(db).id, sign_in(db, "acorn", "far-", letters="ac").id
    file_home(db, mina, *(entry(seen(post(f"m{n}", minute=n))) for n in (10, 20)))
    both = [home(db, mina), home(db, acorn)]
    since = feeds.max_seq(db, both)
    top = (MONDAY + 15 * MINUTE, "")
    assert feeds.count_late(db, both, after_seq=since, older_than=top) == 0
    file_home(db, mina, *(entry(seen(post(f"m{n}", minute=n))) for n in (12, 30, 1)))
    far = [post("m12", minute=12), post("m13", minute=13)]
    file_home(db, acorn, *(entry(seen(it, server="far-")) for it in far))
    assert feeds.count_late(db, both, after_seq=since, older_than=top) == 3
    assert feeds.count_late(db, both[:1], after_seq=since, older_than=top) == 2
    recent = (MONDAY + 11 * MINUTE, "")
    late = feeds.count_late(db, both, after_seq=since, older_than=top, newer_than=recent)
    assert late == 2
    posts.delete_post(Writing(db), mina, server_id="m12", at=MONDAY)
    assert feeds.count_late(db, both, after_seq=since, older_than=top, newer_than=recent) == 1


def test_a_number_of_arrival_is_never_given_twice(db: Connection) -> None:
    account = sign_in(db).id
    file_home(db, account, entry(seen(post("it")), boosted_by="otto", minute=5))
    before = feeds.max_seq(db, [])
    posts.delete_post(Writing(db), account, server_id="otto-boosts-it", at=MONDAY)
    file_home(db, account, entry(seen(post("next"))))
    assert feeds.max_seq(db, []) > before


def test_the_edges_of_a_feed_are_told(db: Connection) -> None:
    account = sign_in(db).id
    feed = home(db, account)
    assert feeds.newest(db, feed) is feeds.oldest(db, feed) is None
    file_home(db, account, *(entry(seen(post(f"m{n}", minute=n))) for n in (3, 1, 2)))
    posts.delete_post(Writing(db), account, server_id="m3", at=MONDAY)
    newest, oldest = feeds.newest(db, feed), feeds.oldest(db, feed)
    assert newest is not None
    assert oldest is not None
    assert (newest.entry_id, oldest.entry_id) == ("m2", "m1")
    assert feeds.newest_entry_ids(db, feed, 9) == ["m2", "m1"]
    assert feeds.knows(db, feed, ["m3"]) == {"m3"}


def test_feeds_of_accounts_are_kept_apart(db: Connection, w: Writing) -> None:
    mina, acorn = sign_in(db).id, sign_in(db, "acorn", "far-", letters="ac").id
    tag = Feed(FeedKind.TAG, "bread")
    ids = {feeds.feed_id(w, account, feed) for account in (mina, acorn) for feed in (HOME, tag)}
    assert len(ids) == 4
    assert feeds.find_feed(db, acorn, tag) == feeds.feed_id(w, acorn, tag)
    assert feeds.find_feed(db, acorn, Feed(FeedKind.TAG, "rye")) is None


def test_a_hole_is_noted_moved_and_closed(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    feed = home(db, account)
    upper, lower = (MONDAY + 9 * MINUTE, "u"), (MONDAY, "l")
    high = feeds.add_gap(w, feed, upper=upper, lower=lower, older_than="c9")
    low = feeds.add_gap(w, feed, upper=(MONDAY - MINUTE, "x"), lower=(0, "y"), older_than="c0")
    assert w.changes == {Change(Topic.FEED, feed)}
    first = feeds.Gap(high, feed, upper, lower, "c9")
    assert [gap.id for gap in feeds.gaps(db, [feed])] == [high, low]
    assert feeds.gaps(db, [feed])[0] == first
    assert feeds.gap_with_feed(db, high) == (first, account, HOME)
    w = Writing(db)
    moved = replace(first, upper=(MONDAY + MINUTE, "m"), older_than="c1")
    feeds.move_gap(w, moved)
    assert feeds.gaps(db, [feed])[0] == moved
    feeds.move_gap(w, replace(moved, lost=True))
    assert [gap.lost for gap in feeds.gaps(db, [feed])] == [True, False]
    feeds.close_gap(w, high)
    assert [gap.id for gap in feeds.gaps(db, [feed])] == [low]
    assert feeds.gap_with_feed(db, high) is None
    assert w.changes == {Change(Topic.FEED, feed)}
    w = Writing(db)
    feeds.close_gap(w, high)
    feeds.move_gap(w, first)
    assert w.changes == set()


def test_how_far_down_a_feed_is_known_is_kept(db: Connection, w: Writing) -> None:
    feed = home(db, sign_in(db).id)
    assert (feeds.older_cursor(db, feed), feeds.is_complete(db, feed)) == (None, False)
    feeds.set_older(w, feed, "c1", False)
    assert (feeds.older_cursor(db, feed), feeds.is_complete(db, feed)) == ("c1", False)
    feeds.set_older(w, feed, None, True)
    assert (feeds.older_cursor(db, feed), feeds.is_complete(db, feed)) == (None, True)
    w = Writing(db)
    feeds.set_older(w, feed, None, True)
    assert w.changes == set()


def test_boosters_of_several_feeds_are_shown_together_once(db: Connection) -> None:
    mina, acorn = sign_in(db).id, sign_in(db, "acorn", "far-", letters="ac").id
    it, far = seen(post("it")), seen(post("it"), server="far-")
    file_home(db, mina, entry(it), entry(it, boosted_by="otto", minute=1))
    file_home(db, acorn, *(entry(far, boosted_by=name, minute=2) for name in ("otto", "rosa")))
    (row,) = feeds.window(db, [home(db, mina), home(db, acorn)], limit=9)
    otto, rosa = (people.find_by_ref(db, person(name).ref) for name in ("otto", "rosa"))
    assert row.boosters == (otto, rosa)


def test_a_window_can_be_of_some_authors_only(db: Connection) -> None:
    account = sign_in(db).id
    for n, name in enumerate(["ada", "otto", "ada", "rosa", "ada"]):
        file_home(db, account, entry(seen(post(f"m{n}", name, minute=n))))
    ada = people.find_by_ref(db, person("ada").ref) or 0
    feed = [home(db, account)]

    def texts(*, older_than: EntryKey | None = None, around: EntryKey | None = None) -> list[str]:
        window = feeds.window(
            db, feed, authors={ada}, limit=2, older_than=older_than, around=around
        )
        return [one.post.post.text for one in window]

    assert texts() == ["m4", "m2"]
    assert texts(older_than=(MONDAY + 4 * MINUTE, "")) == ["m2", "m0"]
    assert texts(around=(MONDAY + 3 * MINUTE, "")) == ["m4", "m2"]
    assert feeds.window(db, feed, authors=(), limit=2) == []
