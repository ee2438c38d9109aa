"""What acts carry besides their target, and what they change here once the server has done them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.scripted_network import HOME, somebody
from support.sync_desk import Desk, only_row, stored

from tui_inbox.core.act import Act, ActKind, Report
from tui_inbox.core.draft import Attachment, Draft
from tui_inbox.core.moment import HOUR, MINUTE, Millis
from tui_inbox.core.other_clients import Preferences
from tui_inbox.core.outbox_state import EDIT, OutboxState
from tui_inbox.core.person import Relationship
from tui_inbox.core.ports import Refused, Throttled
from tui_inbox.core.post import FilterAction, MediaKind, SeenPost
from tui_inbox.core.reading import Filter, FilterContext, Keyword
from tui_inbox.store import outbox, people, reading
from tui_inbox.sync.outbox import Door, Outbox

TARGET = somebody("ada").server_id


def sender(desk: Desk) -> Outbox:
    return Outbox(
        desk.store, desk.ingest, desk.clock, {desk.account.id: Door(desk.network, True)}, "test"
    )


def ada(desk: Desk) -> int:
    """Somebody whom the account's server knows; their local id."""
    account, person = desk.account.id, somebody("ada")
    id = desk.store.write(lambda w: people.put_person(w, account, person)).result()
    told = Relationship(person.server_id, following=True)
    desk.store.write(lambda w: people.put_relationship(w, account, id, told, 1)).result()
    return id


def put(
    desk: Desk,
    kind: str,
    content: str = "",
    *,
    post: int | None = None,
    person: int | None = None,
) -> None:
    """Put something into the outbox that leaves at once."""
    now = desk.clock.now()
    desk.store.write(
        lambda w: outbox.add(
            w,
            account=desk.account.id,
            kind=kind,
            state=OutboxState.WAITING,
            key=f"{kind} {content}",
            content=content,
            created_at=now,
            release_at=now,
            post=post,
            person=person,
        )
    ).result()


async def own_post(desk: Desk) -> SeenPost:
    """Something that stands in the home feed, and is stored."""
    seen = desk.network.write("me", "Tea at four.")
    desk.network.home(seen)
    await desk.backfill.catch_up(HOME)
    return seen


@pytest.mark.parametrize("lasts", [None, HOUR])
async def test_a_mute_leaves_with_the_time_that_it_lasts(desk: Desk, lasts: Millis | None) -> None:
    put(desk, ActKind.MUTE, outbox.mute_content(lasts), person=ada(desk))
    await sender(desk).work(desk.account.id)
    assert desk.network.acts == [Act(ActKind.MUTE, TARGET, lasts=lasts)]


async def test_a_report_leaves_with_the_owners_words_and_posts(desk: Desk) -> None:
    report = Report(("s1", "s2"), "Sells followers.\nAgain.", "spam", forward=True)
    put(desk, ActKind.REPORT, outbox.report_content(report), person=ada(desk))
    await sender(desk).work(desk.account.id)
    assert desk.network.acts == [Act(ActKind.REPORT, TARGET, report=report)]


@given(
    st.builds(
        Report,
        st.lists(st.text(), max_size=3).map(tuple),
        st.text(),
        st.sampled_from(["spam", "other"]),
        st.booleans(),
    )
)
def test_a_report_is_kept_as_it_is(report: Report) -> None:
    assert outbox.report_of(outbox.report_content(report)) == report


@given(st.none() | st.integers(1, 10**12))
def test_the_time_of_a_mute_is_kept_as_it_is(lasts: Millis | None) -> None:
    assert outbox.lasts_of(outbox.mute_content(lasts)) == lasts


async def test_a_conversation_is_quiet_until_it_is_taken_back(desk: Desk) -> None:
    seen = await own_post(desk)
    for kind, is_quiet in ((ActKind.MUTE_TALK, True), (ActKind.UNMUTE_TALK, False)):
        put(desk, kind, post=stored(desk, seen).id)
        await sender(desk).work(desk.account.id)
        view = stored(desk, seen).view
        assert view is not None
        assert view.muted is is_quiet


async def test_a_server_that_will_not_be_quiet_changes_nothing_here(desk: Desk) -> None:
    seen = await own_post(desk)
    desk.network.fail("act", Refused("scripted.example refused."))
    put(desk, ActKind.MUTE_TALK, post=stored(desk, seen).id)
    await sender(desk).work(desk.account.id)
    view = stored(desk, seen).view
    assert view is not None
    assert not view.muted


async def test_a_hidden_word_is_hidden_at_once_in_what_is_stored(desk: Desk) -> None:
    seen = await own_post(desk)
    everywhere = tuple(FilterContext)
    hides = Filter("f1", "tea", FilterAction.HIDE, everywhere, (Keyword("tea", whole=True),))
    desk.network.preferences_told = Preferences(filters=(hides,))
    put(desk, ActKind.HIDE_WORD, "tea")
    await sender(desk).work(desk.account.id)
    assert desk.network.acts == [Act(ActKind.HIDE_WORD, "tea")]
    view = stored(desk, seen).view
    assert view is not None
    assert [hit.title for hit in view.filtered] == ["tea"]
    known = desk.store.read(lambda db: reading.filters(db, desk.account.id)).result()
    assert known == (hides,)


async def test_filters_that_cannot_be_read_afterwards_undo_nothing(desk: Desk) -> None:
    desk.network.fail("preferences", Refused("scripted.example refused."))
    put(desk, ActKind.HIDE_WORD, "tea")
    await sender(desk).work(desk.account.id)
    assert only_row(desk).state is OutboxState.SENT


async def test_what_is_said_of_one_word_keeps_its_order_and_stops_no_other(desk: Desk) -> None:
    desk.network.fail("act", Throttled("Enough.", until=desk.clock.now() + MINUTE))
    put(desk, ActKind.HIDE_WORD, "tea")
    put(desk, ActKind.SHOW_WORD, "tea")
    put(desk, ActKind.HIDE_WORD, "soup")
    box = sender(desk)
    await box.work(desk.account.id)
    assert desk.network.acts == [Act(ActKind.HIDE_WORD, "soup")]
    desk.clock.time += MINUTE
    await box.work(desk.account.id)
    assert desk.network.acts[1:] == [
        Act(ActKind.HIDE_WORD, "tea"),
        Act(ActKind.SHOW_WORD, "tea"),
    ]


async def test_an_edit_tells_what_hangs_on_the_post_itself(desk: Desk) -> None:
    """Servers describe anew only what is not posted yet (`set_media_attachment` of mastodon/mastodon)."""
    seen = await own_post(desk)
    post = stored(desk, seen).id
    attached = Attachment("", "a.png", MediaKind.PICTURE, "a better word", "m7", told_alt="a word")
    draft = Draft(0, desk.account.id, "Tea at five.", edits=post, attachments=(attached,))
    put(desk, EDIT, draft.to_json(), post=post)
    await sender(desk).work(desk.account.id)
    assert only_row(desk).state is OutboxState.SENT
    assert "describe" not in desk.network.calls
    assert stored(desk, seen).post.text == "Tea at five."
