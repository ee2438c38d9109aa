"""How the town answers its owner."""

from __future__ import annotations

import pytest
from networks.demo.visits import Visit

from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.asks import asks_something
from tui_inbox.core.events import EntryArrived, Noticed, NoticeKind
from tui_inbox.core.moment import SECOND
from tui_inbox.core.ports import Refused
from tui_inbox.core.post import Audience, SeenPost
from tui_inbox.networks.demo.answers import question_kind, topic_of


async def answered(visit: Visit, said: SeenPost) -> SeenPost | None:
    """The first answer to a post of the owner, waited for a minute and a half."""
    await visit.clock.sleep(90)
    thread = await visit.network.thread(said.view.server_id)
    return thread.below[0] if thread.below else None


async def test_a_friend_answers_what_the_owner_writes_to_them() -> None:
    visit = Visit()
    asked = (await visit.mentions_by("quillfox"))[0]
    said = await visit.say('@quillfox Yes, if "with labels" is ticked in step two.', asked)
    answer = await answered(visit, said)
    assert answer is not None
    assert answer.post.author.name == "quillfox"
    assert 4 * SECOND <= answer.post.created_at - said.post.created_at <= 25 * SECOND
    assert answer.post.text.startswith("@mira ")
    assert [mention.handle for mention in answer.post.mentions] == ["mira@town.example"]
    assert answer.post.reply_to is not None
    assert answer.post.reply_to.server_id == said.view.server_id
    assert answer.post.reply_to.uri == said.post.ref.uri
    assert answer.post.language == "en"


async def test_an_answer_arrives_by_the_stream_in_the_feed_and_as_a_notification() -> None:
    visit = Visit()
    asked = (await visit.mentions_by("odile"))[0]
    said = await visit.say("@odile I'll go back and look up this time.", asked)
    events = await visit.watch(25)
    ids = [
        event.notice.seen.post.reply_to
        for event in events
        if isinstance(event, Noticed)
        and event.notice.kind is NoticeKind.MENTION
        and event.notice.seen
    ]
    assert said.view.server_id in [parent.server_id for parent in ids if parent]
    assert any(
        isinstance(event, EntryArrived) and event.entry.seen.post.author.name == "odile fenn"
        for event in events
    )


async def test_speed_shortens_the_wait() -> None:
    visit = Visit(speed=10)
    asked = (await visit.mentions_by("odile"))[0]
    said = await visit.say("@odile Yes.", asked)
    await visit.clock.sleep(3)
    assert await visit.answers(said)


async def test_a_talk_comes_to_an_end_by_itself() -> None:
    visit = Visit()
    last: SeenPost | None = (await visit.mentions_by("saltsignal"))[0]
    rounds = 0
    while last is not None and rounds < 12:
        rounds += 1
        said = await visit.say(f"@saltsignal It rains, for the {rounds}th time.", last)
        before, last = last, await answered(visit, said)
    assert 2 <= rounds <= 8
    assert not asks_something(before.post.text)


async def test_a_question_gets_an_answer_even_late_in_a_talk() -> None:
    visit = Visit()
    last: SeenPost | None = (await visit.mentions_by("larkspur"))[0]
    for number in range(6):
        assert last is not None
        last = await answered(visit, await visit.say(f"@larkspur Where is row {number}?", last))
    assert last is not None


async def test_a_direct_message_is_answered_by_one() -> None:
    visit = Visit()
    asked = (await visit.mentions_by("tinbadger"))[0]
    said = await visit.say("@tinbadger Send it!", asked, audience=Audience.DIRECT)
    answer = await answered(visit, said)
    assert answer is not None
    assert answer.post.audience is Audience.DIRECT
    assert said.post.ref not in [post.ref for post in await visit.posts()]


async def test_newcomers_are_glad() -> None:
    visit = Visit()
    asked = (await visit.mentions_by("mossygate"))[-1]
    said = await visit.say("@mossygate Saturdays, yes.", asked)
    assert await answered(visit, said)
    marks = [one for one in await visit.notices() if one.kind is NoticeKind.FAVOURITE]
    assert ("mossygate", said.view.server_id) in [
        (one.by.name, one.seen.view.server_id) for one in marks if one.by and one.seen
    ]


async def test_people_answer_in_the_language_of_the_talk() -> None:
    visit = Visit()
    asked = (await visit.entries())[0].seen
    for entry in await visit.entries():
        if entry.seen.post.author.name == "deichlicht" and entry.seen.post.language == "de":
            asked = entry.seen
    said = await visit.say("@deichlicht Hier auch, Windstärke acht.", asked, language="de")
    answer = await answered(visit, said)
    assert answer is not None
    assert answer.post.language == "de"


@pytest.mark.parametrize("who", ["dealrocket77", "luckycoin44", "nightferry"])
async def test_spammers_and_offices_never_answer(who: str) -> None:
    visit = Visit()
    asked = (await visit.entries())[0].seen
    if found := await visit.mentions_by(who):
        asked = found[0]
    else:
        asked = next(
            entry.seen
            for entry in await visit.entries()
            if entry.seen.post.author.server_id == f"person-{who}"
        )
    assert await answered(visit, await visit.say(f"@{who} Hello?", asked)) is None


async def test_a_new_post_is_noticed_by_somebody() -> None:
    visit = Visit()
    reactions = 0
    for text in (
        "Baked a doorstop of a loaf.",
        "It rains on my list.",
        "Does anyone know a pencil?",
    ):
        said = await visit.say(text)
        assert (await answered(visit, said)) is not None or text != "Baked a doorstop of a loaf."
        marks = [one.seen for one in await visit.notices() if one.kind is NoticeKind.FAVOURITE]
        reactions += sum(one is not None and one.post.ref == said.post.ref for one in marks)
        reactions += len(await visit.answers(said))
    assert reactions >= 4


async def test_nobody_answers_what_was_deleted_meanwhile() -> None:
    visit = Visit()
    asked = (await visit.mentions_by("odile"))[0]
    said = await visit.say("@odile Wrong window.", asked)
    await visit.network.act(Act(ActKind.DELETE, said.view.server_id))
    await visit.clock.sleep(60)
    newest = (await visit.mentions_by("odile"))[0]
    assert newest.post.reply_to is None or newest.post.reply_to.server_id != said.view.server_id


async def test_what_cannot_be_posted_is_refused_with_a_reason() -> None:
    visit = Visit()
    with pytest.raises(Refused, match="501 characters, 500 fit"):
        await visit.say("x" * 501)
    with pytest.raises(Refused, match="empty"):
        await visit.say("  ")
    said = await visit.say("A word.")
    await visit.network.act(Act(ActKind.DELETE, said.view.server_id))
    with pytest.raises(Refused) as refused:
        await visit.say("An answer to nothing.", said)
    assert refused.value.gone


async def test_only_what_may_be_done_is_done() -> None:
    visit = Visit()
    direct = (await visit.mentions_by("tinbadger"))[0]
    with pytest.raises(Refused, match="boosted"):
        await visit.network.act(Act(ActKind.BOOST, direct.view.server_id))
    with pytest.raises(Refused, match="author"):
        await visit.network.act(Act(ActKind.DELETE, direct.view.server_id))
    with pytest.raises(Refused) as refused:
        await visit.network.act(Act(ActKind.FOLLOW, "person-nobody"))
    assert refused.value.gone


async def test_a_boost_stands_in_the_feed_until_it_is_taken_back() -> None:
    visit = Visit()
    target = next(one.seen for one in await visit.entries() if one.boost is None)
    for _ in range(2):
        await visit.network.act(Act(ActKind.BOOST, target.view.server_id))
    boosts = [one for one in await visit.entries() if one.boost and one.boost.by.name == "mira"]
    assert [one.seen.post.ref for one in boosts] == [target.post.ref]
    assert boosts[0].seen.view.boosted
    await visit.network.act(Act(ActKind.UNBOOST, target.view.server_id))
    assert not [one for one in await visit.entries() if one.boost and one.boost.by.name == "mira"]


def test_questions_are_told_apart_by_what_they_ask_for() -> None:
    assert question_kind("Where is the tin?") == "where"
    assert question_kind("And how many were there?") == "how many"
    assert question_kind("How long did it take?") == "how long"
    assert question_kind("Do you know where it is?") == "yes or no"
    assert question_kind("Really?") == "yes or no"


def test_topics_are_whole_words() -> None:
    assert topic_of("Two buns and a loaf") == "bread"
    assert topic_of("We bake on the ferry") == "bread"
    assert topic_of("I catered for abundance") == ""
