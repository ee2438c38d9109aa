"""What the owner of the demo account writes besides words: files, polls, quotes, other wordings, texts for later."""

from __future__ import annotations

from pathlib import Path

import pytest
from networks.contract import outgoing
from networks.demo.visits import HOME, NOON, OWN, Visit

from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.draft import PollDraft, Upload
from tui_inbox.core.events import EntryArrived, Noticed, NoticeKind, PostEdited
from tui_inbox.core.moment import HOUR, MINUTE, SECOND
from tui_inbox.core.ports import Refused
from tui_inbox.core.post import Audience, MediaKind, QuoteState, SeenPost

TEA = PollDraft(("Tea", "Coffee", "Soup"), HOUR)


@pytest.fixture
def picture(tmp_path: Path) -> Upload:
    """A picture of the owner's."""
    file = tmp_path / "door.png"
    file.write_bytes(b"a picture")
    return Upload(str(file), "door.png", "image/png", "A green door")


def votes(seen: SeenPost) -> list[int | None]:
    assert seen.post.poll is not None
    return [option.votes for option in seen.post.poll.options]


async def again(visit: Visit, after: float = 1.0) -> Visit:
    """The program is ended and started again."""
    return Visit(visit.state, at=visit.clock.now() + round(after * SECOND))


async def test_a_picture_stands_under_its_post_with_its_description(picture: Upload) -> None:
    visit = Visit()
    name = await visit.network.upload(picture)
    sent = await visit.network.publish(outgoing("The new door.", media=(name,)))
    (media,) = sent.post.media
    assert (media.kind, media.alt) == (MediaKind.PICTURE, "A green door")
    after = (await (await again(visit)).network.thread(sent.view.server_id)).focus
    assert after.post.media == (media,)


async def test_the_last_description_counts(picture: Upload) -> None:
    network = Visit().network
    name = await network.upload(picture)
    await network.describe(name, "A green door, half open")
    sent = await network.publish(outgoing("The new door.", media=(name,)))
    assert sent.post.media[0].alt == "A green door, half open"


async def test_what_is_not_there_is_neither_handed_over_nor_described_nor_posted() -> None:
    network = Visit().network
    with pytest.raises(Refused, match="cannot be read"):
        await network.upload(Upload("/nowhere/door.png", "door.png", "image/png"))
    with pytest.raises(Refused, match="not there"):
        await network.describe("x", "A door")
    with pytest.raises(Refused, match="attach it again"):
        await network.publish(outgoing("The new door.", media=("x",)))


async def test_people_vote_in_a_poll_and_its_end_is_told() -> None:
    visit = Visit()
    sent = await visit.network.publish(outgoing("What is in the pot?", poll=TEA))
    assert votes(sent) == [0, 0, 0]
    heard = await visit.watch(10 * 60)
    counted = [votes(e.seen) for e in heard if isinstance(e, PostEdited) and e.seen.post.poll]
    assert len(counted) >= 3, "each vote is told as it comes"
    seen = (await visit.network.thread(sent.view.server_id)).focus
    assert seen.post.poll is not None
    assert seen.post.poll.voters == sum(count or 0 for count in votes(seen)) >= 3
    visit.clock.pass_time(HOUR / SECOND)
    ended = [one for one in await visit.notices() if one.kind is NoticeKind.POLL_ENDED]
    assert [one.seen.post.ref for one in ended if one.seen] == [sent.post.ref]
    over = (await visit.network.thread(sent.view.server_id)).focus
    assert over.post.poll is not None
    assert over.post.poll.closed
    assert votes(over) == votes(seen)


async def test_the_same_poll_has_the_same_votes_after_a_restart() -> None:
    visit = Visit()
    sent = await visit.network.publish(outgoing("What is in the pot?", poll=TEA))
    await visit.watch(10 * 60)
    seen = (await visit.network.thread(sent.view.server_id)).focus
    after = (await (await again(visit)).network.thread(sent.view.server_id)).focus
    assert votes(after) == votes(seen)


async def test_a_quote_is_shown_with_what_it_quotes() -> None:
    visit = Visit()
    (first, *_) = (await visit.entries(HOME))[:1]
    quoted = first.seen
    sent = await visit.network.publish(outgoing("Read this.", quotes=quoted.view.server_id))
    assert sent.quoted is not None
    assert (sent.quoted.post.ref, sent.post.quote) == (quoted.post.ref, QuoteState.ACCEPTED)


async def test_another_wording_keeps_the_post_and_remembers_the_first(picture: Upload) -> None:
    visit = Visit()
    name = await visit.network.upload(picture)
    first = outgoing("Tea at for.", media=(name,), alts=("A pot",), sensitive=True)
    sent = await visit.network.publish(first)
    began = await visit.network.original(sent.view.server_id)
    assert (began.text, began.sensitive, began.language) == ("Tea at for.", True, "en")
    (attached,) = began.attachments
    assert (attached.alt, attached.file) == ("A pot", "")
    better = outgoing(
        "Tea at #four.",
        edits=sent.view.server_id,
        media=(attached.server_id,),
        alts=("A blue pot",),
        warning="Tea",
    )
    for _ in range(2):
        edited = await visit.network.publish(better)
    assert edited.post.ref == sent.post.ref
    assert (edited.post.text, edited.post.warning) == ("Tea at #four.", "Tea")
    assert edited.post.tags == ("four",)
    assert edited.post.media[0].alt == "A blue pot"
    assert edited.post.edited_at is not None
    told = await visit.network.versions(sent.view.server_id)
    assert [(one.text, one.alts) for one in told] == [
        ("Tea at for.", ("A pot",)),
        ("Tea at #four.", ("A blue pot",)),
    ]
    after = (await (await again(visit)).network.thread(sent.view.server_id)).focus
    assert after.post == edited.post


async def test_other_choices_begin_a_poll_anew_and_the_same_ones_do_not() -> None:
    visit = Visit()
    sent = await visit.network.publish(outgoing("What is in the pot?", poll=TEA))
    post_id = sent.view.server_id
    await visit.watch(10 * 60)
    began = (await visit.network.original(post_id)).poll
    assert began is not None
    assert began.options == TEA.options
    kept = await visit.network.publish(outgoing("What's in the pot?", edits=post_id, poll=began))
    assert sum(count or 0 for count in votes(kept)) >= 3
    other = PollDraft(("Tea", "Water"), HOUR)
    changed = await visit.network.publish(outgoing("And now?", edits=post_id, poll=other))
    assert votes(changed) == [0, 0]
    bare = await visit.network.publish(outgoing("Never mind.", edits=post_id))
    assert bare.post.poll is None


async def test_only_own_posts_can_be_changed() -> None:
    visit = Visit()
    theirs = next(e.seen for e in await visit.entries(HOME) if e.seen.post.author.name != "mira")
    with pytest.raises(Refused, match="author"):
        await visit.network.publish(outgoing("Mine now.", edits=theirs.view.server_id))
    with pytest.raises(Refused, match="not there"):
        await visit.network.publish(outgoing("Mine now.", edits="1.gone"))


async def test_a_text_for_later_is_posted_at_its_moment() -> None:
    visit = Visit()
    await visit.network.identify()
    at = visit.clock.now() + 10 * MINUTE
    plan = await visit.network.plan(outgoing("Soup is ready.", send_at=at, key="later"))
    assert await visit.network.plan(outgoing("Soup is ready.", send_at=at, key="later")) == plan
    assert await visit.network.scheduled() == (plan,)
    assert (plan.send_at, plan.text) == (at, "Soup is ready.")
    assert "Soup is ready." not in [post.text for post in await visit.posts(OWN)]
    heard = await visit.watch(11 * 60)
    came = [
        event.entry.seen.post
        for event in heard
        if isinstance(event, EntryArrived) and event.entry.seen.post.text == "Soup is ready."
    ]
    assert [post.created_at for post in came] == [at]
    assert await visit.network.scheduled() == ()


async def test_a_text_for_later_is_posted_while_nobody_looks() -> None:
    visit = Visit()
    await visit.network.identify()
    at = visit.clock.now() + 20 * MINUTE
    await visit.network.plan(outgoing("Soup is ready.", send_at=at))
    later = await again(visit, after=3600)
    (post,) = [post for post in await later.posts(OWN) if post.text == "Soup is ready."]
    assert post.created_at == at
    # The second telling of the same hour says the same.
    assert [one.text for one in await (await again(later)).posts(OWN)].count("Soup is ready.") == 1


async def test_a_text_for_later_can_be_taken_back_until_it_was_posted() -> None:
    visit = Visit()
    await visit.network.identify()
    at = visit.clock.now() + 10 * MINUTE
    first = await visit.network.plan(outgoing("Soup is ready.", send_at=at))
    second = await visit.network.plan(outgoing("Bread is ready.", send_at=at + MINUTE))
    await visit.network.act(Act(ActKind.UNSCHEDULE, first.server_id))
    await visit.watch(12 * 60)
    own = [post.text for post in await visit.posts(OWN)]
    assert "Soup is ready." not in own
    assert "Bread is ready." in own
    with pytest.raises(Refused, match="posted already"):
        await visit.network.act(Act(ActKind.UNSCHEDULE, second.server_id))


async def test_a_moment_that_is_too_near_is_refused() -> None:
    network = Visit().network
    with pytest.raises(Refused, match="five minutes"):
        await network.plan(outgoing("Now!", send_at=NOON + MINUTE))


async def test_people_tags_and_emoji_are_completed() -> None:
    network = Visit().network
    found = await network.find_people("@Qu")
    assert found[0].handle.startswith("quillfox@"), "whom the owner follows comes first"
    assert await network.find_people("nobodyofthatname") == ()
    assert "choir" in await network.find_tags("#cho")
    assert not await network.find_tags("")
    assert not await network.find_people(" ")
    assert "ferry" in await network.emoji()


async def test_moderators_and_other_servers_are_told_quietly() -> None:
    visit = Visit()
    for act in (
        Act(ActKind.REPORT, "person-dealrocket77", "spam"),
        Act(ActKind.BLOCK_SERVER, "spam.example"),
        Act(ActKind.UNBLOCK_SERVER, "spam.example"),
    ):
        await visit.network.act(act)
    (told,) = await visit.network.relationships(["person-dealrocket77"])
    assert not told.blocking
    assert not told.muting


async def test_a_mute_for_a_time_ends_by_itself() -> None:
    visit = Visit()
    who = "person-quillfox"
    await visit.network.act(Act(ActKind.MUTE, who, lasts=10 * MINUTE))
    (told,) = await visit.network.relationships([who])
    assert told.muting
    await visit.network.act(Act(ActKind.MUTE, who, lasts=30 * MINUTE))
    visit.clock.pass_time(20 * 60)
    (told,) = await visit.network.relationships([who])
    assert told.muting, "the second mute counts"
    visit.clock.pass_time(11 * 60)
    (told,) = await visit.network.relationships([who])
    assert not told.muting


async def test_boosts_of_somebody_can_be_kept_out_of_the_home_feed() -> None:
    visit = Visit()
    boosts = [entry.boost for entry in await visit.entries(HOME) if entry.boost]
    who = boosts[0].by.server_id
    await visit.network.act(Act(ActKind.HIDE_BOOSTS, who))
    assert who not in {e.boost.by.server_id for e in await visit.entries(HOME) if e.boost}
    await visit.network.act(Act(ActKind.SHOW_BOOSTS, who))
    assert [entry.boost for entry in await visit.entries(HOME) if entry.boost] == boosts
    with pytest.raises(Refused, match="do not follow"):
        await visit.network.act(Act(ActKind.HIDE_BOOSTS, "person-copperkettle"))


async def test_a_hidden_word_is_a_filter_until_it_is_shown_again() -> None:
    visit = Visit()
    await visit.network.act(Act(ActKind.HIDE_WORD, "choir"))
    later = await again(visit)
    hidden = [e.seen for e in await later.entries(HOME) if "choir" in e.seen.post.text.split()]
    assert hidden
    assert all("choir" in [hit.title for hit in seen.view.filtered] for seen in hidden)
    filters = (await later.network.preferences()).filters or ()
    assert "choir" in [one.title for one in filters]
    await later.network.act(Act(ActKind.SHOW_WORD, "choir"))
    assert len((await later.network.preferences()).filters or ()) == len(filters) - 1


async def test_of_a_quiet_conversation_nothing_is_told() -> None:
    visit = Visit()
    said = await visit.say("@quillfox When does the choir meet?", audience=Audience.PUBLIC)
    await visit.network.act(Act(ActKind.MUTE_TALK, said.view.server_id))
    heard = await visit.watch(5 * 60)
    answers = await visit.answers(said)
    assert answers, "they answer all the same"
    told = [e.notice.seen.post.ref for e in heard if isinstance(e, Noticed) and e.notice.seen]
    assert not {one.ref for one in answers} & set(told)
    assert (await visit.network.thread(said.view.server_id)).focus.view.muted
