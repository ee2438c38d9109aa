"""What a feed brought and a server has is one post, whichever came first, and stays one."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from support.scripted_network import ME, NOON
from support.sync_desk import Desk, only_row, put_text, stored

from tui_inbox.commands import acts, watching
from tui_inbox.commands.context import Context
from tui_inbox.core.act import ActKind
from tui_inbox.core.conversation import ItemState
from tui_inbox.core.draft import Draft
from tui_inbox.core.moment import MINUTE
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.outside import FEED_NETWORK, SourceKind
from tui_inbox.core.person import Person, PersonRef
from tui_inbox.core.ports import Unreachable
from tui_inbox.core.post import Audience, Post, PostRef, SeenPost
from tui_inbox.queries import thread
from tui_inbox.store import drafts, outside, searches
from tui_inbox.store import hits as stored_hits
from tui_inbox.store.store import Writing
from tui_inbox.sync.finding import Finding
from tui_inbox.sync.outbox import Door, Outbox

PAGE = "https://mill.example/@mill/1"


def item(text: str = "Rye is back.") -> Post:
    """A post of somebody's as the feed of their server has it."""
    mill = Person(PersonRef(FEED_NETWORK, "https://mill.example/@mill.rss"), "", "mill", "Mill")
    return Post(PostRef(FEED_NETWORK, PAGE), mill, NOON, text, url=PAGE)


def listening(desk: Desk) -> tuple[int, int]:
    """A search that listens to that feed, as (source, search)."""

    def job(w: Writing) -> tuple[int, int]:
        source = outside.put_source(w, SourceKind.FEED, "https://mill.example/@mill.rss")
        search = searches.add_search(w, desk.account.id, "", at=NOON)
        outside.listen(w, search, source)
        outside.note_heard(w, source)
        return source, search

    return desk.store.write(job).result()


def hits(desk: Desk, search: int) -> list[tuple[int, ItemState]]:
    found = desk.store.read(lambda db: stored_hits.hits_of(db, search)).result()
    return [(one.post, one.state) for one in found]


def on_the_server(desk: Desk) -> SeenPost:
    theirs = desk.network.write("mill", "Rye is back.")
    # Servers tell times more exactly than feeds.
    theirs = replace(theirs, post=replace(theirs.post, url=PAGE, created_at=NOON + 400))
    desk.network.home(theirs)
    return theirs


def finding(desk: Desk) -> Finding:
    return Finding(desk.store, desk.ingest, desk.network, desk.account.id)


async def test_a_feed_that_brings_it_again_brings_nothing_new(desk: Desk) -> None:
    source, search = listening(desk)
    desk.ingest.take_outside(source, [item()]).result()
    on_the_server(desk)
    ((post, _),) = hits(desk, search)
    assert await finding(desk).find(post) == ""
    assert desk.ingest.take_outside(source, [item()]).result() == 0
    assert hits(desk, search) == [(post, ItemState.NEW)]


async def test_what_the_server_has_shown_meanwhile_is_the_hit_once_it_is_found(desk: Desk) -> None:
    source, search = listening(desk)
    desk.ingest.take_outside(source, [item()]).result()
    ((post, _),) = hits(desk, search)
    theirs = on_the_server(desk)
    desk.ingest.take_posts(desk.account.id, [theirs]).result()
    assert await finding(desk).find(post) == ""
    theirs_here = stored(desk, theirs).id
    assert [one for one, _ in hits(desk, search)] == [theirs_here]
    assert desk.ingest.take_outside(source, [item()]).result() == 0
    assert [one for one, _ in hits(desk, search)] == [theirs_here]


def test_what_is_stored_is_the_hit_without_anybody_being_asked(desk: Desk) -> None:
    source, search = listening(desk)
    theirs = on_the_server(desk)
    desk.ingest.take_posts(desk.account.id, [theirs]).result()
    assert desk.ingest.take_outside(source, [item()]).result() == 1
    assert hits(desk, search) == [(stored(desk, theirs).id, ItemState.NEW)]
    assert desk.network.calls == []


def test_what_the_server_shows_later_is_what_the_feed_has_brought(desk: Desk) -> None:
    source, search = listening(desk)
    desk.ingest.take_outside(source, [item()]).result()
    ((post, _),) = hits(desk, search)
    theirs = on_the_server(desk)
    desk.ingest.take_posts(desk.account.id, [theirs]).result()
    assert stored(desk, theirs).id == post
    assert desk.ingest.take_outside(source, [item()]).result() == 0
    assert hits(desk, search) == [(post, ItemState.NEW)]


def test_an_answer_finds_its_place_below_what_a_feed_has_brought(desk: Desk) -> None:
    source, search = listening(desk)
    desk.ingest.take_outside(source, [item()]).result()
    ((post, _),) = hits(desk, search)
    theirs = on_the_server(desk)
    answer = desk.network.write("ann", "How much?", to=theirs)
    desk.ingest.take_posts(desk.account.id, [answer]).result()
    desk.ingest.take_posts(desk.account.id, [theirs]).result()
    assert stored(desk, answer).parent == post
    assert stored(desk, answer).conversation == stored(desk, theirs).conversation


def test_the_owners_own_posts_are_no_hits_in_a_feed_either(desk: Desk) -> None:
    source, search = listening(desk)
    mine = desk.network.write("me", "Rye is back.")
    mine = replace(mine, post=replace(mine.post, author=ME, url=PAGE, created_at=NOON + 400))
    desk.ingest.take_posts(desk.account.id, [mine]).result()
    assert desk.ingest.take_outside(source, [item()]).result() == 0
    assert hits(desk, search) == []


def test_what_was_deleted_does_not_come_back_by_a_feed(desk: Desk) -> None:
    source, _ = listening(desk)
    desk.ingest.take_outside(source, [item()]).result()
    theirs = on_the_server(desk)
    desk.ingest.take_posts(desk.account.id, [theirs]).result()
    desk.ingest.take_withdrawals(desk.account.id, [theirs.view.server_id]).result()
    assert desk.ingest.take_outside(source, [item()]).result() == 0


def test_words_for_a_few_are_not_what_a_feed_has_brought(desk: Desk) -> None:
    source, search = listening(desk)
    desk.ingest.take_outside(source, [item()]).result()
    ((post, _),) = hits(desk, search)
    theirs = desk.network.write("mill", "Between us.", audience=Audience.DIRECT)
    theirs = replace(theirs, post=replace(theirs.post, url=PAGE))
    desk.ingest.take_posts(desk.account.id, [theirs]).result()
    assert stored(desk, theirs).id != post
    assert hits(desk, search) == [(post, ItemState.NEW)]


def far(desk: Desk) -> SeenPost:
    """The same post, of which the server tells another time and another address than the feed."""
    theirs = desk.network.write("mill", "Rye is back.")
    page = "https://mill.example/users/mill/1"
    return replace(theirs, post=replace(theirs.post, url=page, created_at=NOON + 5 * MINUTE))


async def test_what_was_begun_with_the_one_goes_on_with_the_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hit put off, a draft, a watched thread and an answer in the outbox, of a post that was stored all the time."""
    source, search = listening(desk)
    desk.ingest.take_outside(source, [item()]).result()
    ((post, _),) = hits(desk, search)
    theirs = far(desk)

    async def resolve(address: str) -> SeenPost:
        return theirs

    monkeypatch.setattr(desk.network, "resolve", resolve)
    (known,) = desk.ingest.take_posts(desk.account.id, [theirs]).result()
    assert known != post
    ctx = Context(desk.store, desk.clock)

    def begin(w: Writing) -> None:
        searches.set_hit_state(w, search, post, ItemState.LATER, at=NOON)
        drafts.put_draft(w, Draft(0, desk.account.id, "@mill", reply_to=post))

    desk.store.write(begin).result()
    watching.begin(ctx, desk.account.id, post).result()
    put_text(desk, "@mill How much?", reply_to=post)
    doors = {desk.account.id: Door(desk.network, honours_keys=True)}
    outbox = Outbox(desk.store, desk.ingest, desk.clock, doors, lease="test")
    await outbox.work(desk.account.id)

    row = only_row(desk)
    assert (row.state, row.reason) == (OutboxState.SENT, "")
    (answer,) = desk.network.published.values()
    assert answer.post.reply_to is not None
    assert answer.post.reply_to.server_id == theirs.view.server_id
    assert hits(desk, search) == [(known, ItemState.ANSWERED)]
    assert desk.store.read(lambda db: drafts.draft_for(db, desk.account.id, known)).result()
    view = desk.store.read(lambda db: thread.view(db, desk.account.id, post, now=NOON)).result()
    assert view is not None
    assert view.focus == known, "who has it on the screen goes on with the other"
    assert view.watched
    assert desk.ingest.take_outside(source, [item()]).result() == 0
    assert len(hits(desk, search)) == 1


async def test_an_answer_names_whom_it_answers_as_soon_as_they_have_a_name(desk: Desk) -> None:
    """Who wrote what a feed has brought is known to it as a host, which nobody hears of on a server."""
    source, search = listening(desk)
    desk.ingest.take_outside(source, [item()]).result()
    ((post, _),) = hits(desk, search)
    context = desk.store.read(
        lambda db: thread.reply_context(db, desk.account.id, post, now=NOON)
    ).result()
    assert (context.draft.text, context.to) == ("", ())
    put_text(desk, "How much?", reply_to=post)
    theirs = on_the_server(desk)
    doors = {desk.account.id: Door(desk.network, honours_keys=True)}
    await Outbox(desk.store, desk.ingest, desk.clock, doors, lease="test").work(desk.account.id)
    (answer,) = desk.network.published.values()
    assert answer.post.text == f"@{theirs.post.author.handle} How much?"


async def test_an_answer_to_what_no_server_finds_is_kept(desk: Desk) -> None:
    source, search = listening(desk)
    desk.ingest.take_outside(source, [item()]).result()
    ((post, _),) = hits(desk, search)
    put_text(desk, "How much?", reply_to=post)
    doors = {desk.account.id: Door(desk.network, honours_keys=True)}
    await Outbox(desk.store, desk.ingest, desk.clock, doors, lease="test").work(desk.account.id)
    row = only_row(desk)
    assert row.state is OutboxState.REFUSED
    assert "finds no post" in row.reason
    assert Draft.from_json(row.content).text == "How much?"
    assert desk.network.published == {}


@pytest.mark.parametrize("kind", [ActKind.FAVOURITE, ActKind.BOOST, ActKind.BOOKMARK])
async def test_what_a_feed_has_brought_is_found_before_something_is_done_to_it(
    desk: Desk, kind: ActKind
) -> None:
    source, search = listening(desk)
    desk.ingest.take_outside(source, [item()]).result()
    ((post, _),) = hits(desk, search)
    ctx = Context(desk.store, desk.clock, hold=0)
    outcome = acts.toggle(ctx, desk.account.id, post, kind).result()
    assert outcome.action is not None, outcome.sentence
    theirs = on_the_server(desk)
    doors = {desk.account.id: Door(desk.network, honours_keys=True)}
    desk.network.fail("resolve", Unreachable("There is no line."))
    outbox = Outbox(desk.store, desk.ingest, desk.clock, doors, lease="test")
    again_at = await outbox.work(desk.account.id)
    assert only_row(desk).state is OutboxState.WAITING, "a line that fails loses nothing"
    assert again_at is not None
    desk.clock.time = again_at
    await outbox.work(desk.account.id)
    assert [(act.kind, act.target) for act in desk.network.acts] == [(kind, theirs.view.server_id)]
    assert only_row(desk).state is OutboxState.SENT
