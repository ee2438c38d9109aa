"""What a source outside brings is put to the searches that listen to it; only hits are kept."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from support.scripted_network import ME, NOON, ScriptedNetwork
from support.search_hits import found_by
from support.sync_desk import Desk

from tui_inbox.core.account import Account, Limits
from tui_inbox.core.conversation import ItemState
from tui_inbox.core.outside import FEED_NETWORK, SourceKind
from tui_inbox.core.person import Person, PersonRef
from tui_inbox.core.post import Post, PostRef
from tui_inbox.store import accounts, groups, outside, people, posts, searches
from tui_inbox.store.store import Writing
from tui_inbox.sync.finding import Finding


def item(
    text: str,
    *,
    uri: str = "https://mill.example/1",
    by: str = "lower mill",
    network: str = FEED_NETWORK,
) -> Post:
    """What a source brings."""
    author = Person(PersonRef(network, by), "", "mill.example", by)
    return Post(PostRef(network, uri), author, NOON, text, url=uri)


def listening(
    desk: Desk, query: str, *, heard: bool = True, kind: SourceKind = SourceKind.FEED
) -> tuple[int, int]:
    """A search that listens to a source, as (source, search)."""

    def job(w: Writing) -> tuple[int, int]:
        source = outside.put_source(w, kind, "https://mill.example/news.atom")
        search = searches.add_search(w, desk.account.id, query, at=NOON)
        outside.listen(w, search, source)
        if heard:
            outside.note_heard(w, source)
        return source, search

    return desk.store.write(job).result()


def hits(desk: Desk, search: int) -> dict[str, ItemState]:
    """What a search has found, by text."""
    found = desk.store.read(lambda db: found_by(db, search)).result()
    return {post.post.text: state for post, state in found}


def test_only_what_a_search_looks_for_is_kept(desk: Desk) -> None:
    source, search = listening(desk, "rye")
    found = [item("Rye is back."), item("Wheat is out.", uri="https://mill.example/2")]
    assert desk.ingest.take_outside(source, found).result() == 1
    assert hits(desk, search) == {"Rye is back.": ItemState.NEW}
    ref = PostRef(FEED_NETWORK, "https://mill.example/2")
    assert desk.store.read(lambda db: posts.find_by_ref(db, ref)).result() is None


def test_a_search_without_words_takes_all_of_its_source_and_nothing_else(desk: Desk) -> None:
    source, search = listening(desk, "")
    desk.ingest.take_outside(source, [item("Rye is back.")]).result()
    desk.ingest.take_posts(desk.account.id, [desk.network.write("ann", "Good morning.")]).result()
    assert hits(desk, search) == {"Rye is back.": ItemState.NEW}


def test_what_was_there_before_a_search_listened_is_no_news(desk: Desk) -> None:
    source, search = listening(desk, "rye", heard=False)
    assert desk.ingest.take_outside(source, [item("Rye is back.")]).result() == 0
    assert hits(desk, search) == {"Rye is back.": ItemState.SEEN}


def test_a_stream_brings_nothing_but_news(desk: Desk) -> None:
    source, search = listening(desk, "rye", heard=False, kind=SourceKind.STREAM)
    assert desk.ingest.take_outside(source, [item("Rye is back.", network="bluesky")]).result() == 1
    assert hits(desk, search) == {"Rye is back.": ItemState.NEW}


def test_the_same_again_is_the_same_hit(desk: Desk) -> None:
    source, search = listening(desk, "rye")
    for _ in range(2):
        desk.ingest.take_outside(source, [item("Rye is back.")]).result()
    assert hits(desk, search) == {"Rye is back.": ItemState.NEW}


def test_searches_that_do_not_listen_hear_nothing(desk: Desk) -> None:
    source, _ = listening(desk, "rye")
    other = desk.store.write(
        lambda w: searches.add_search(w, desk.account.id, "rye", at=NOON)
    ).result()
    desk.ingest.take_outside(source, [item("Rye is back.")]).result()
    assert hits(desk, other) == {}


def test_a_search_that_begins_to_listen_is_heard_without_a_restart(desk: Desk) -> None:
    source, _ = listening(desk, "rye")
    desk.ingest.take_outside(source, [item("Rye is back.")]).result()
    _, late = listening(desk, "spelt")
    desk.ingest.take_outside(source, [item("Spelt too.", uri="https://mill.example/3")]).result()
    assert hits(desk, late) == {"Spelt too.": ItemState.NEW}


def test_what_the_owner_wrote_is_no_hit(desk: Desk) -> None:
    source, search = listening(desk, "rye")
    mine = replace(item("Rye, I say."), author=ME)
    assert desk.ingest.take_outside(source, [mine]).result() == 0
    assert hits(desk, search) == {}


def test_a_group_is_known_by_its_people(desk: Desk) -> None:
    source, search = listening(desk, "group:mills")
    desk.ingest.take_outside(source, [item("A first word.")]).result()
    assert hits(desk, search) == {}

    def gather(w: Writing) -> None:
        mill = people.put_outsider(w, item("").author)
        group = groups.add_group(w, "mills", at=NOON)
        groups.add_member(w, group, mill, at=NOON)

    desk.store.write(gather).result()
    desk.ingest.take_outside(source, [item("Rye.", uri="https://mill.example/4")]).result()
    assert list(hits(desk, search)) == ["Rye."]


def test_what_is_withdrawn_goes_and_does_not_come_back(desk: Desk) -> None:
    source, search = listening(desk, "rye", kind=SourceKind.STREAM)
    rye = item("Rye is back.", network="bluesky")
    desk.ingest.take_outside(source, [rye]).result()
    desk.ingest.take_outside(source, [], gone=[rye.ref]).result()
    assert hits(desk, search) == {}
    assert desk.ingest.take_outside(source, [rye]).result() == 0


def test_an_edit_replaces_the_words(desk: Desk) -> None:
    source, search = listening(desk, "rye")
    desk.ingest.take_outside(source, [item("Rye is back.")]).result()
    edited = replace(item("Rye is gone."), edited_at=NOON + 1)
    desk.ingest.take_outside(source, [edited]).result()
    assert list(hits(desk, search)) == ["Rye is gone."]


def test_an_edit_that_tells_no_time_replaces_the_words(desk: Desk) -> None:
    """RSS knows when an item was published, and nothing of edits."""
    source, search = listening(desk, "rye")
    desk.ingest.take_outside(source, [item("Rye is bakc.")]).result()
    assert desk.ingest.take_outside(source, [item("Rye is back.")]).result() == 0
    assert hits(desk, search) == {"Rye is back.": ItemState.NEW}


def test_a_cursor_stands_in_the_transaction_of_the_hits(desk: Desk) -> None:
    source, search = listening(desk, "rye")

    def fails(w: Writing, hits: int) -> None:
        outside.put_state(w, source, f"after {hits}")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        desk.ingest.take_outside(source, [item("Rye is back.")], also=fails).result()
    assert hits(desk, search) == {}
    (kept,) = desk.store.read(lambda db: outside.sources(db, SourceKind.FEED)).result()
    assert kept.state == ""


async def test_a_hit_that_a_server_knows_becomes_its_post(desk: Desk) -> None:
    """A feed of somebody's posts brings what the account's server can show and answer."""
    source, search = listening(desk, "rye")
    desk.ingest.take_outside(source, [item("Rye is back.")]).result()
    ((post, _),) = desk.store.read(lambda db: found_by(db, search)).result()
    theirs = desk.network.write("mill", "@odile Rye is back.")
    desk.network.home(replace(theirs, post=replace(theirs.post, url=item("").url)))

    finding = Finding(desk.store, desk.ingest, desk.network, desk.account.id)
    assert await finding.find(post.id) == ""
    stored = desk.store.read(lambda db: posts.post(db, desk.account.id, post.id)).result()
    assert stored is not None
    assert stored.post.ref == theirs.post.ref
    assert stored.post.author.name == theirs.post.author.name
    assert stored.view is not None
    assert list(hits(desk, search)) == ["@odile Rye is back."]


def another_account(desk: Desk) -> Account:
    return desk.store.write(
        lambda w: accounts.add_account(
            w,
            network="scripted",
            server="https://scripted.example",
            person=ScriptedNetwork().write("acorn", "I am here.").post.author,
            letters="ac",
            label="acorn",
            limits=Limits(),
        )
    ).result()


def test_forgetting_an_account_takes_no_hits_of_another_along(desk: Desk) -> None:
    source, search = listening(desk, "rye")
    desk.ingest.take_outside(source, [item("Rye is back.")]).result()
    other = another_account(desk)
    theirs = desk.network.write("mill", "Rye for acorn alone.")
    desk.ingest.take_posts(other.id, [theirs]).result()
    desk.store.write(lambda w: accounts.remove_account(w, other.id)).result()
    assert hits(desk, search) == {"Rye is back.": ItemState.NEW}
    gone = desk.store.read(lambda db: posts.find_by_ref(db, theirs.post.ref)).result()
    assert gone is None
    desk.store.write(lambda w: accounts.remove_account(w, desk.account.id)).result()
    assert desk.store.read(lambda db: posts.find_by_ref(db, item("").ref)).result() is None


def test_a_post_that_another_account_was_shown_first_is_a_hit_all_the_same(desk: Desk) -> None:
    other = another_account(desk)
    mine = desk.store.write(
        lambda w: searches.add_search(w, desk.account.id, "rye", at=NOON)
    ).result()
    seen = desk.network.write("mill", "Rye is back.")
    desk.ingest.take_posts(other.id, [seen]).result()
    assert hits(desk, mine) == {}
    desk.ingest.take_posts(desk.account.id, [seen]).result()
    assert list(hits(desk, mine)) == ["Rye is back."]
