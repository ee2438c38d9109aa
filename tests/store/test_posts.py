"""Posts: what is kept of them, who may see them, and what edits, votes and deletions do."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from support import strategies
from support.store_material import (
    MONDAY,
    entry,
    file_home,
    home,
    mention,
    new_store,
    person,
    post,
    ref,
    seen,
    sign_in,
)

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.moment import DAY, MINUTE
from tui_inbox.core.narrowing import narrowing
from tui_inbox.core.post import (
    Audience,
    Card,
    Media,
    MediaKind,
    Poll,
    PollOption,
    Post,
    PostView,
    QuoteState,
    SeenPost,
)
from tui_inbox.core.query_text import parse
from tui_inbox.store import feeds, people, posts
from tui_inbox.store.database import Connection
from tui_inbox.store.posts import Put, StoredPost
from tui_inbox.store.store import Writing
from tui_inbox.store.word_index import indexed


def put(w: Writing, account: int, it: SeenPost) -> Put:
    """Put a post that is not deleted."""
    done = posts.put_post(w, account, it)
    assert done is not None
    return done


def stored(db: Connection, account: int | None, id: int) -> StoredPost:
    """A post that is there and may be seen."""
    found = posts.post(db, account, id)
    assert found is not None
    return found


def holds(db: Connection, word: str) -> list[int]:
    """The posts that the text index has for a word."""
    wanted = narrowing(parse(word))
    assert wanted is not None
    return sorted(indexed(db, wanted, 100))


@given(strategies.posts(), strategies.views)
def test_every_post_comes_back_as_it_was_put(it: Post, view: PostView) -> None:
    with tempfile.TemporaryDirectory() as folder:
        db = new_store(Path(folder))
        account = sign_in(db).id
        done = put(Writing(db), account, SeenPost(it, view))
        found = stored(db, account, done.id)
        assert found.post == it
        assert found.view == view
        assert (found.account, found.author) == (account, people.find_by_ref(db, it.author.ref))
        assert people.names(db, found.mentioned).keys() == set(found.mentioned)
        assert len(found.mentioned) == len(it.mentions)
        db.close()


@given(strategies.posts(), strategies.views)
def test_seeing_a_post_again_changes_nothing_and_tells_nobody(it: Post, view: PostView) -> None:
    with tempfile.TemporaryDirectory() as folder:
        db = new_store(Path(folder))
        account = sign_in(db).id
        first = put(Writing(db), account, SeenPost(it, view))
        w = Writing(db)
        before = db.total_changes
        again = put(w, account, SeenPost(it, view))
        assert db.total_changes == before
        assert w.changes == set()
        assert again == replace(first, is_new=False, sees=None)
        db.close()


def test_an_account_never_sees_what_only_another_was_shown(db: Connection, w: Writing) -> None:
    mina, acorn = sign_in(db).id, sign_in(db, "acorn", "far-", letters="ac").id
    private = put(w, mina, seen(post("private", audience=Audience.FOLLOWERS))).id
    public = put(w, mina, seen(post("public"))).id
    assert posts.posts(db, mina, [private, public]).keys() == {private, public}
    assert posts.posts(db, acorn, [private, public]).keys() == {public}
    assert stored(db, acorn, public).view is None
    assert posts.posts_seen_by(db, [acorn], [private]) == {}


def test_without_an_account_everything_is_there_with_the_first_view(
    db: Connection, w: Writing
) -> None:
    mina, acorn = sign_in(db).id, sign_in(db, "acorn", "far-", letters="ac").id
    both = put(w, mina, seen(post("both"))).id
    put(w, acorn, seen(post("both"), server="far-"))
    only = put(w, acorn, seen(post("only", audience=Audience.FOLLOWERS), server="far-")).id
    found = posts.posts(db, None, [both, only])
    assert (found[both].account, found[only].account) == (mina, acorn)
    view = found[only].view
    assert view is not None
    assert view.server_id == "far-only"
    assert found[only].post.author.server_id == "far-u-ada"


def test_what_keeps_a_quote_from_one_account_keeps_it_from_no_other(
    db: Connection, w: Writing
) -> None:
    mina, acorn = sign_in(db).id, sign_in(db, "acorn", "far-", letters="ac").id
    it = replace(post("it"), quote=QuoteState.ACCEPTED)
    blocked = PostView("1", quote=QuoteState.BLOCKED_ACCOUNT)
    id = put(w, mina, SeenPost(it, blocked)).id
    put(w, acorn, SeenPost(it, PostView("far-1")))
    assert [stored(db, one, id).view for one in (mina, acorn)] == [blocked, PostView("far-1")]
    put(w, mina, SeenPost(replace(it, quote=None), PostView("1")))
    assert stored(db, mina, id).view == blocked, "nothing was said of the quote"
    put(w, mina, SeenPost(it, PostView("1")))
    assert stored(db, mina, id).view == PostView("1"), "they are not blocked any more"


def test_each_account_has_ids_and_flags_of_its_own(db: Connection, w: Writing) -> None:
    mina, acorn = sign_in(db).id, sign_in(db, "acorn", "far-", letters="ac").id
    it = replace(post("poll"), mentions=(mention("otto"),), poll=Poll("p1", (PollOption("yes"),)))
    far = replace(
        it, mentions=(mention("otto", "far-"),), poll=Poll("far-p1", (PollOption("yes"),))
    )
    id = put(w, mina, SeenPost(it, PostView("1", favourited=True, voted=(0,)))).id
    assert put(w, acorn, SeenPost(far, PostView("far-1"))).id == id
    assert posts.find(db, mina, "1") == posts.find(db, acorn, "far-1") == id
    assert posts.find(db, acorn, "1") is None
    assert posts.server_id(db, acorn, id) == "far-1"
    for account, asked in ((mina, it), (acorn, far)):
        found = stored(db, account, id).post
        assert (found.poll, found.mentions) == (asked.poll, asked.mentions)
    assert stored(db, mina, id).view == PostView("1", favourited=True, voted=(0,))
    assert stored(db, acorn, id).view == PostView("far-1")


def test_a_newer_edit_replaces_the_content(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    first = put(w, account, seen(post("it", text="old bread", names=("otto",))))
    edited = replace(
        post("it", text="new rolls", names=("rosa",)),
        warning="food",
        edited_at=MONDAY + MINUTE,
    )
    w = Writing(db)
    again = put(w, account, seen(edited))
    assert again == Put(first.id, first.conversation, is_new=False, is_edited=True)
    assert stored(db, account, first.id).post == edited
    assert (holds(db, "bread"), holds(db, "rolls"), holds(db, "food")) == ([], [1], [1])
    assert Change(Topic.POST, first.id) in w.changes


def test_an_older_edit_replaces_nothing(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    newest = replace(post("it", text="third"), edited_at=MONDAY + 2 * MINUTE)
    id = put(w, account, seen(newest)).id
    for older in (None, MONDAY + MINUTE, MONDAY + 2 * MINUTE):
        again = put(w, account, seen(replace(post("it", text="second"), edited_at=older)))
        assert not again.is_edited
    assert stored(db, account, id).post == newest


def test_somebody_elses_edit_replaces_nothing(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    id = put(w, account, seen(post("it", "ada", text="mine"))).id
    forged = replace(post("it", "eve", text="forged"), edited_at=MONDAY + DAY)
    assert not put(w, account, seen(forged)).is_edited
    assert stored(db, account, id).post == post("it", "ada", text="mine")


def test_votes_and_cards_come_later_without_an_edit(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    asked = replace(post("it"), poll=Poll("p", (PollOption("rye", 1), PollOption("oats", 0))))
    id = put(w, account, seen(asked)).id
    card = Card("https://town.example/rye", "Rye")
    voted = replace(
        asked, poll=Poll("p", (PollOption("rye", 1), PollOption("barley", 9))), card=card
    )
    w = Writing(db)
    assert not put(w, account, seen(voted)).is_edited
    assert stored(db, account, id).post == voted
    assert (holds(db, "oats"), holds(db, "barley")) == ([], [id])
    assert w.changes == {Change(Topic.POST, id)}
    put(w, account, seen(post("it")))
    assert stored(db, account, id).post == voted, "a server that leaves them out has no news"


def test_flags_that_changed_on_the_server_change_here(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    id = put(w, account, SeenPost(post("it"), PostView("1"))).id
    w = Writing(db)
    put(w, account, SeenPost(post("it"), PostView("1", bookmarked=True, muted=True)))
    assert stored(db, account, id).view == PostView("1", bookmarked=True, muted=True)
    posts.set_view(w, account, id, favourited=True, bookmarked=False)
    assert stored(db, account, id).view == PostView("1", favourited=True, muted=True)
    assert w.changes == {Change(Topic.POST, id)}


def test_an_id_that_a_server_gives_away_names_the_new_post(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    old = put(w, account, SeenPost(post("old"), PostView("1"))).id
    new = put(w, account, SeenPost(post("new"), PostView("1"))).id
    assert posts.find(db, account, "1") == new
    assert stored(db, account, old).view is None
    put(w, account, SeenPost(post("old"), PostView("2")))
    put(w, account, SeenPost(post("old"), PostView("1")))
    assert posts.find(db, account, "1") == old
    assert posts.server_id(db, account, new) is None


def test_a_quoted_post_is_kept_with_the_one_that_quotes_it(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    quoting = replace(post("quoting", "rosa"), quoted=ref("quoted"))
    done = put(w, account, replace(seen(quoting), quoted=seen(post("quoted", "otto"))))
    found = stored(db, account, done.id)
    assert found.quoted is not None
    quoted = stored(db, account, found.quoted)
    assert quoted.post == post("quoted", "otto")
    assert quoted.conversation != found.conversation, "a quote begins a new conversation"


def test_a_quoted_post_that_arrives_later_is_linked(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    quoting = replace(post("quoting", "rosa"), quoted=ref("quoted"))
    id = put(w, account, seen(quoting)).id
    assert stored(db, account, id).quoted is None
    assert stored(db, account, id).post.quoted == ref("quoted")
    w = Writing(db)
    quoted = put(w, account, seen(post("quoted", "otto"))).id
    assert stored(db, account, id).quoted == quoted
    assert Change(Topic.POST, id) in w.changes
    late = put(w, account, seen(replace(post("late"), quoted=ref("quoted")))).id
    assert stored(db, account, late).quoted == quoted


def test_a_deleted_post_loses_its_words_and_keeps_its_place(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    it = replace(
        post("it", text="bread", names=("otto",)), media=(Media(MediaKind.PICTURE, None, "a loaf"),)
    )
    file_home(db, account, entry(seen(it)))
    id = posts.find(db, account, "it")
    w = Writing(db)
    assert posts.delete_post(w, account, server_id="it", at=MONDAY + DAY) == id
    assert id is not None
    found = stored(db, account, id)
    assert found.deleted
    assert (found.post.text, found.post.media) == ("", ())
    assert found.post.author == person("ada")
    assert len(found.mentioned) == 1, "whom it named still tells carried names from new ones"
    assert (holds(db, "bread"), holds(db, "loaf")) == ([], [])
    assert w.changes == {Change(Topic.POST, id), Change(Topic.FEED, home(db, account))}
    w = Writing(db)
    assert posts.delete_post(w, account, ref=ref("it"), at=MONDAY + DAY) == id
    assert w.changes == set(), "it is deleted once"


def test_a_deleted_post_does_not_come_back(db: Connection, w: Writing) -> None:
    mina, acorn = sign_in(db).id, sign_in(db, "acorn", "far-", letters="ac").id
    id = put(w, mina, seen(post("it"))).id
    posts.delete_post(w, mina, server_id="it", at=MONDAY + DAY)
    edited = replace(post("it", text="again"), edited_at=MONDAY + 2 * DAY)
    assert posts.put_post(w, mina, seen(edited)) is None
    assert posts.put_post(w, acorn, seen(post("it"), server="far-")) is None
    assert file_home(db, mina, entry(seen(post("it")))).new == ()
    assert stored(db, mina, id).deleted


def test_a_deletion_that_came_first_keeps_the_post_out(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    assert posts.delete_post(w, account, server_id="by-id", at=MONDAY) is None
    assert posts.delete_post(w, account, ref=ref("by-uri"), at=MONDAY + DAY) is None
    for name in ("by-id", "by-uri"):
        assert posts.put_post(w, account, seen(post(name))) is None
    assert posts.forget_tombstones(w, MONDAY + DAY) == 1
    assert posts.put_post(w, account, seen(post("by-id"))) is not None
    assert posts.put_post(w, account, seen(post("by-uri"))) is None


def test_the_owners_latest_posts_come_newest_first(db: Connection, w: Writing) -> None:
    account = sign_in(db, "mina").id
    for minute in (2, 1, 3):
        put(w, account, seen(post(f"m{minute}", "mina", minute=minute)))
    put(w, account, seen(post("other", "ada", minute=9)))
    posts.delete_post(w, account, server_id="m1", at=MONDAY)
    assert [one.post.text for one in posts.own_latest(db, account, 2)] == ["m3", "m2"]
    assert [one.post.text for one in posts.own_latest(db, account, 9)] == ["m3", "m2"]


def test_uris_are_told_by_local_id(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    ids = [put(w, account, seen(post(name))).id for name in ("one", "two")]
    assert posts.uris(db, [*ids, 99]) == {ids[0]: ref("one").uri, ids[1]: ref("two").uri}
    assert posts.find_by_ref(db, ref("two")) == ids[1]


@given(st.permutations(["put", "delete", "edit", "again"]))
@settings(deadline=None, max_examples=24)
def test_the_index_holds_exactly_what_is_stored(steps: list[str]) -> None:
    """Whatever happens to a post in whatever order, no word stays behind in the index."""
    with tempfile.TemporaryDirectory() as folder:
        db = new_store(Path(folder))
        account = sign_in(db).id
        w = Writing(db)
        words = {"put": "bread", "edit": "rolls", "again": "bread"}
        for step in steps:
            if step == "delete":
                posts.delete_post(w, account, ref=ref("it"), at=MONDAY)
            else:
                at = MONDAY + MINUTE if step == "edit" else None
                posts.put_post(
                    w, account, seen(replace(post("it", text=words[step]), edited_at=at))
                )
        left = posts.posts(db, None, [1])
        now = left[1].post.text if left else ""
        for word in ("bread", "rolls"):
            assert holds(db, word) == ([1] if word == now else [])
        assert feeds.max_seq(db, []) == 0
        db.close()
