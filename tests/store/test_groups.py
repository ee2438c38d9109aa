"""Groups of the owner's own, and windows on what their people wrote."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from store.test_plans import plans, reads_everything
from support.store_material import (
    MONDAY,
    entry,
    file_home,
    new_store,
    person,
    post,
    ref,
    seen,
    sign_in,
)

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.moment import MINUTE
from tui_inbox.core.post import Audience, Card, FilterAction, FilterHit, SeenPost
from tui_inbox.core.reading import FilterContext
from tui_inbox.core.text import Link
from tui_inbox.store import database, gathered, groups, people, posts
from tui_inbox.store.database import Connection
from tui_inbox.store.entries import EntryKey
from tui_inbox.store.gathered import Gathered
from tui_inbox.store.groups import Group
from tui_inbox.store.store import Writing


def known(db: Connection, account: int, name: str) -> int:
    """The local id of somebody."""
    return people.put_person(Writing(db), account, person(name))


def put(db: Connection, account: int, it: SeenPost) -> int:
    """Store a post that came by no feed; its local id."""
    stored = posts.put_post(Writing(db), account, it)
    assert stored is not None
    return stored.id


def pointing(name: str, author: str, *urls: str, minute: int = 0) -> SeenPost:
    """A post that points to some addresses."""
    text = " ".join(urls)
    links = tuple(Link(at := text.index(url), at + len(url), url) for url in urls)
    return seen(replace(post(name, author, minute=minute, text=text), links=links))


def names(db: Connection, what: Gathered, **place: EntryKey | None) -> list[str]:
    """The names of the posts of a window, newest first."""
    found = gathered.window(db, what, limit=100, **place)
    return [one.post.post.ref.uri.rpartition("/")[2] for one in found]


# The groups


def test_a_group_has_a_name_and_people_in_the_order_in_which_they_were_added(
    db: Connection,
) -> None:
    account = sign_in(db).id
    rosa, otto = known(db, account, "rosa"), known(db, account, "otto")
    w = Writing(db)
    family = groups.add_group(w, "family", at=MONDAY)
    groups.add_member(w, family, otto, at=MONDAY + 1)
    groups.add_member(w, family, rosa, at=MONDAY + 2)
    groups.add_member(w, family, otto, at=MONDAY + 3)
    assert groups.groups(db) == [Group(family, "family", MONDAY)]
    assert groups.members(db, family) == [(otto, MONDAY + 1), (rosa, MONDAY + 2)]
    assert groups.sizes(db) == {family: 2}
    assert groups.groups_of(db, rosa) == [Group(family, "family", MONDAY)]
    assert groups.member_since(db, family, rosa) == MONDAY + 2
    assert w.changes == {Change(Topic.GROUPS, family)}


def test_groups_stand_by_name_and_are_found_in_any_case(db: Connection) -> None:
    w = Writing(db)
    for name in ("kin", "Ärzte", "Choir"):
        groups.add_group(w, name, at=MONDAY)
    assert [one.name for one in groups.groups(db)] == ["Choir", "kin", "Ärzte"]
    found = groups.find_group(db, "ärzte")
    assert found is not None
    assert found.name == "Ärzte"
    assert groups.find_group(db, "doctors") is None


def test_a_group_that_is_deleted_comes_back_under_its_number(db: Connection) -> None:
    account = sign_in(db).id
    rosa = known(db, account, "rosa")
    w = Writing(db)
    family = groups.add_group(w, "family", at=MONDAY)
    groups.add_member(w, family, rosa, at=MONDAY)
    before = groups.group(db, family)
    groups.remove_group(w, family)
    assert groups.group(db, family) is None
    assert groups.groups_of(db, rosa) == []
    assert before is not None
    groups.restore_group(w, before)
    assert groups.group(db, family) == before
    assert groups.members(db, family) == []
    assert groups.add_group(w, "choir", at=MONDAY) > family


def test_nobody_is_told_of_what_was_so_already(db: Connection) -> None:
    account = sign_in(db).id
    rosa = known(db, account, "rosa")
    family = groups.add_group(Writing(db), "family", at=MONDAY)
    w = Writing(db)
    groups.remove_member(w, family, rosa)
    groups.rename_group(w, family, "family")
    groups.remove_group(w, family + 1)
    assert w.changes == set()


# What their people wrote


def test_a_group_shows_what_its_people_wrote_however_it_came(db: Connection) -> None:
    account = sign_in(db).id
    file_home(db, account, entry(seen(post("at-home", "rosa", minute=1))))
    put(db, account, seen(post("in-a-thread", "rosa", minute=3)))
    put(db, account, seen(post("by-otto", "otto", minute=2)))
    put(db, account, seen(post("by-ada", "ada", minute=4)))
    both = tuple(known(db, account, name) for name in ("rosa", "otto"))
    assert names(db, Gathered(both, (account,))) == ["in-a-thread", "by-otto", "at-home"]
    assert names(db, Gathered(both[1:], (account,))) == ["by-otto"]
    assert names(db, Gathered((), (account,))) == []


def test_what_is_private_deleted_hidden_or_another_accounts_is_left_out(db: Connection) -> None:
    mina, acorn = sign_in(db).id, sign_in(db, "acorn", "far-", letters="ac").id
    put(db, mina, seen(post("seen", "rosa")))
    put(db, mina, seen(post("private", "rosa", audience=Audience.DIRECT)))
    put(db, mina, seen(post("withdrawn", "rosa")))
    posts.delete_post(Writing(db), mina, ref=ref("withdrawn"), at=MONDAY)
    put(db, acorn, seen(post("elsewhere", "rosa"), server="far-"))
    filtered = seen(post("filtered", "rosa"))
    hit = FilterHit("crime", FilterAction.HIDE, (FilterContext.HOME,))
    put(db, mina, replace(filtered, view=replace(filtered.view, filtered=(hit,))))
    rosa = known(db, mina, "rosa")
    assert names(db, Gathered((rosa,), (mina,))) == ["seen"]
    assert set(names(db, Gathered((rosa,), (mina, acorn)))) == {"seen", "elsewhere"}


def test_the_view_is_that_of_the_first_account_that_has_one(db: Connection) -> None:
    mina, acorn = sign_in(db).id, sign_in(db, "acorn", "far-", letters="ac").id
    put(db, acorn, seen(post("a", "rosa", minute=1), server="far-"))
    put(db, acorn, seen(post("b", "rosa"), server="far-"))
    put(db, mina, seen(post("b", "rosa")))
    rosa = known(db, mina, "rosa")
    found = gathered.window(db, Gathered((rosa,), (mina, acorn)), limit=9)
    assert [one.account for one in found] == [acorn, mina]


_TOLD = st.lists(
    st.tuples(st.sampled_from(["rosa", "otto", "ada"]), st.integers(0, 5)), max_size=12
)


@settings(max_examples=25, deadline=None)
@given(_TOLD, st.integers(1, 4), st.booleans())
def test_pages_down_and_up_show_everything_once_and_in_order(
    told: list[tuple[str, int]], limit: int, links: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        db = new_store(Path(folder))
        account = sign_in(db).id
        for number, (author, minute) in enumerate(told):
            it = pointing(str(number), author, f"https://a.example/{number}", minute=minute)
            put(db, account, it)
        authors = tuple(known(db, account, name) for name in ("rosa", "otto"))
        what = Gathered(authors, (account,), links=links)
        wanted = sorted(
            ((minute, number) for number, (author, minute) in enumerate(told) if author != "ada"),
            reverse=True,
        )
        assert names(db, what) == [str(number) for _, number in wanted]
        assert _paged(db, what, limit, down=True) == [str(number) for _, number in wanted]
        assert _paged(db, what, limit, down=False) == [str(number) for _, number in wanted]
        db.close()


def _paged(db: Connection, what: Gathered, limit: int, *, down: bool) -> list[str]:
    """Names of all posts, read page by page."""
    found: list[str] = []
    key: EntryKey = (2**62, "") if down else (-1, "")
    while page := (
        gathered.window(db, what, limit=limit, older_than=key)
        if down
        else gathered.window(db, what, limit=limit, newer_than=key)
    ):
        some = [one.post.post.ref.uri.rpartition("/")[2] for one in page]
        found = [*found, *some] if down else [*some, *found]
        key = page[-1 if down else 0].key
    return found


def test_around_a_place_stands_half_of_it_above(db: Connection) -> None:
    account = sign_in(db).id
    for minute in range(6):
        put(db, account, seen(post(str(minute), "rosa", minute=minute)))
    what = Gathered((known(db, account, "rosa"),), (account,))
    all_ = gathered.window(db, what, limit=9)
    found = gathered.window(db, what, limit=4, around=all_[3].key)
    assert [one.key for one in found] == [one.key for one in all_[1:5]]
    hole = (MONDAY + 2 * MINUTE, "https://town.example/posts/x")
    assert names(db, what, older_than=hole) == ["2", "1", "0"], "a key of a hole lies above it"
    assert names(db, what, newer_than=hole) == ["5", "4", "3"]


def test_what_is_above_and_what_came_late_is_counted(db: Connection) -> None:
    account = sign_in(db).id
    first = put(db, account, pointing("first", "rosa", "https://a.example", minute=2))
    put(db, account, pointing("above", "rosa", "https://b.example", minute=3))
    put(db, account, pointing("late", "rosa", "https://c.example", minute=1))
    put(db, account, pointing("ada", "ada", "https://d.example", minute=1))
    for links in (False, True):
        what = Gathered((known(db, account, "rosa"),), (account,), links=links)
        key = gathered.window(db, what, limit=9)[1].key
        assert gathered.count_newer(db, what, key) == 1
        assert gathered.count_late(db, what, after_seq=first, older_than=key) == 1
        assert gathered.count_newer(db, what, (0, ""), cap=2) == 2


# Links


def test_each_address_stands_once_where_it_was_first_pointed_to(db: Connection) -> None:
    account = sign_in(db).id
    both = "https://a.example/both"
    put(db, account, pointing("outside", "ada", both, minute=0))
    first = put(db, account, pointing("first", "rosa", both, "https://b.example", minute=1))
    put(db, account, pointing("again", "otto", both, minute=2))
    put(db, account, pointing("herself", "rosa", both, minute=3))
    put(db, account, pointing("more", "otto", both, "https://c.example", minute=4))
    put(db, account, seen(post("nothing", "rosa", minute=5)))
    rosa, otto = known(db, account, "rosa"), known(db, account, "otto")
    what = Gathered((rosa, otto), (account,), links=True)
    assert names(db, what) == ["more", "first"]
    assert gathered.pointing_too(db, what, [first]) == {first: (otto,)}


def test_people_and_tags_that_are_named_are_no_links(db: Connection) -> None:
    account = sign_in(db).id
    text = "@otto #sea and a card"
    named = (Link(0, 5, "https://town.example/@otto"), Link(6, 10, "https://town.example/tags/sea"))
    it = replace(post("named", "rosa", text=text), links=named)
    put(db, account, seen(it))
    what = Gathered((known(db, account, "rosa"),), (account,), links=True)
    assert names(db, what) == []
    put(db, account, seen(replace(it, card=Card("https://a.example", "A card"))))
    assert names(db, what) == ["named"], "cards are made after a post was written"


def test_a_post_that_was_edited_points_to_what_it_says_now(db: Connection) -> None:
    account = sign_in(db).id
    put(db, account, pointing("first", "rosa", "https://a.example", minute=1))
    put(db, account, pointing("again", "rosa", "https://a.example", minute=2))
    what = Gathered((known(db, account, "rosa"),), (account,), links=True)
    assert names(db, what) == ["first"]
    edited = pointing("first", "rosa", "https://b.example", minute=1)
    put(db, account, replace(edited, post=replace(edited.post, edited_at=MONDAY + MINUTE)))
    assert names(db, what) == ["again", "first"]
    posts.delete_post(Writing(db), account, ref=ref("first"), at=MONDAY)
    assert names(db, what) == ["again"]


def test_what_was_stored_before_there_were_links_is_found_too(db: Connection) -> None:
    """The script that leads to version 4 notes the same as the program does."""
    account = sign_in(db).id
    text = "@otto #sea https://a.example"
    links = tuple(
        Link(text.index(word), text.index(word) + len(word), f"https://x.example/{word[1:4]}")
        for word in text.split()
    )
    it = replace(post("1", "rosa", text=text), links=links, card=Card("https://b.example", "B"))
    put(db, account, seen(it))
    put(db, account, seen(replace(it, ref=ref("2"), audience=Audience.DIRECT)))
    put(db, account, seen(replace(it, ref=ref("3"), card=Card(links[2].url, "the same"))))
    put(db, account, seen(post("4", "otto")))
    noted = db.execute("SELECT * FROM pointers ORDER BY post, address").fetchall()
    assert len(noted) == 3
    db.execute("DELETE FROM pointers")
    for statement in _statements_about_pointers():
        db.execute(statement)
    assert db.execute("SELECT * FROM pointers ORDER BY post, address").fetchall() == noted


def _statements_about_pointers() -> Iterable[str]:
    script = database._migrations()[3].read_text("utf-8")
    return (one for one in database._statements(script) if "INSERT INTO pointers" in one)


# Cost


def test_no_window_reads_a_whole_table(db: Connection) -> None:
    account = sign_in(db).id
    put(db, account, pointing("1", "rosa", "https://a.example"))
    some = tuple(known(db, account, name) for name in ("rosa", "otto"))
    key = (MONDAY, "")

    def read() -> None:
        for links in (False, True):
            what = Gathered(some, (account,), links=links)
            gathered.window(db, what, limit=9)
            gathered.window(db, what, limit=9, around=key)
            gathered.window(db, what, limit=9, newer_than=key)
            gathered.count_newer(db, what, key)
            gathered.count_late(db, what, after_seq=1, older_than=key)
        gathered.pointing_too(db, what, [1])
        groups.groups_of(db, some[0])
        groups.members(db, 1)

    steps = plans(db, read)
    assert len(steps) > 20
    assert [step for step in steps if reads_everything(step[0])] == []
