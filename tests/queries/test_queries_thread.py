"""A conversation as one reads it, the reply card under it, and what the composer begins with."""

from __future__ import annotations

from datetime import UTC

import pytest
from msgspec.structs import replace
from support.town_builder import Said, Town

from tui_inbox.commands import acts, sending
from tui_inbox.commands import items as acts_on_items
from tui_inbox.core.account import Limits
from tui_inbox.core.act import ActKind
from tui_inbox.core.draft import Draft
from tui_inbox.core.moment import DAY, HOUR, MINUTE
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.post import Audience, PostRef
from tui_inbox.queries import thread
from tui_inbox.queries.rows import ReplyContext, ThreadView
from tui_inbox.store import accounts, drafts, identities, items, outbox, people


def view_of(town: Town, said: Said, account: int = 1) -> ThreadView:
    view = town.ask(thread.view, account, said.id, now=town.now, zone=UTC)
    assert view is not None
    return view


def card_of(town: Town, said: Said) -> dict[str, str]:
    card = view_of(town, said).card
    assert card is not None
    return dict(card.lines)


def context_of(town: Town, said: Said | None, *, everybody: bool = True) -> ReplyContext:
    post = said.id if said else None
    return town.ask(thread.reply_context, 1, post, now=town.now, everybody=everybody, zone=UTC)


def test_a_thread_is_read_from_its_beginning_with_the_depth_of_each_answer(town: Town) -> None:
    first = town.says("mira", "Two choirs do.", ago=3 * HOUR)
    second = town.says("quillfox", "Does it keep the tags?", to=first, ago=2 * HOUR)
    third = town.says("papercrane", "Mine kept them.", to=second, ago=HOUR)
    fourth = town.says("wren", "Which choirs?", to=first, ago=30 * MINUTE)
    view = view_of(town, second)
    assert [(one.post.id, one.depth, one.missing) for one in view.posts] == [
        (first.id, 0, False),
        (second.id, 1, False),
        (third.id, 2, False),
        (fourth.id, 1, False),
    ]
    assert view.focus == second.id
    assert [label.name for label in view.participants] == ["quillfox", "papercrane", "wren"]
    assert view.posts[1].post.answers_me
    assert view.posts[0].post.mine


def test_a_parent_nobody_has_fetched_is_told(town: Town) -> None:
    acorn = town.account("acorn")
    elsewhere = town.says("wren", "for few", audience=Audience.FOLLOWERS)
    nowhere = replace(elsewhere.post, ref=PostRef("mastodon", "https://town.example/posts/lost"))
    answer = town.says("quillfox", "Indeed", to=Said(0, nowhere), account=acorn)
    assert [one.missing for one in view_of(town, answer, acorn).posts] == [True]


def test_a_post_that_is_not_for_this_account_has_no_thread(town: Town) -> None:
    other = town.account("acorn")
    private = town.says("quillfox", "for mira only", naming=["mira"], audience=Audience.DIRECT)
    assert town.ask(thread.view, other, private.id, now=town.now) is None
    assert town.ask(thread.view, 1, 99, now=town.now) is None
    assert town.ask(thread.view, 99, private.id, now=town.now) is None
    with pytest.raises(LookupError):
        town.ask(thread.reply_context, other, private.id, now=town.now)


def test_the_card_tells_how_it_ended_last_since_when_and_how_much(town: Town) -> None:
    town.talk("quillfox", rounds=2, ago=40 * DAY)
    town.says("mira", "shout if the altos vanish again", naming=["quillfox"], ago=14 * DAY)
    town.says("quillfox", "the altos are gone", naming=["mira"], ago=13 * DAY)
    asked = town.says("quillfox", "Does it keep the tags?", naming=["mira"], ago=5 * HOUR)
    card = card_of(town, asked)
    assert card["last"] == "13 Nov, they wrote “the altos are gone”, still yours to answer"
    assert card["since"] == "October, they started it, 3 exchanges in 30 days"
    assert "check" not in card
    assert view_of(town, asked).card.title == "quillfox and mira"  # type: ignore[union-attr]  # card_of saw it


def test_what_was_dealt_with_is_how_it_ended(town: Town) -> None:
    town.talk("quillfox", ago=40 * DAY)
    gone = town.says("quillfox", "the altos are gone", naming=["mira"], ago=13 * DAY)
    (item,) = [
        one
        for one in town.ask(items.items_of_person, 1, town.id_of("quillfox"))
        if one.post == gone.id
    ]
    acts_on_items.done(town.context, item.id).result()
    asked = town.says("quillfox", "Does it keep the tags?", naming=["mira"])
    assert card_of(town, asked)["last"] == "13 Nov, they closed with “the altos are gone”"
    town.says("mira", "shout if they vanish", naming=["quillfox"], ago=12 * DAY)
    assert card_of(town, asked)["last"] == "14 Nov, you closed with “shout if they vanish”"


def test_the_card_has_the_note_in_one_line_and_the_answers_there_are(town: Town) -> None:
    asked = town.says("quillfox", "Does it keep the tags?", naming=["mira"], ago=5 * HOUR)
    person = town.id_of("quillfox")
    town.write(lambda w: people.set_note(w, 1, person, "runs the choir\nin Elmport"))
    town.says("wren", "@quillfox no idea", to=asked, ago=4 * HOUR)
    town.says("papercrane", "@quillfox mine kept them", to=asked, ago=3 * HOUR)
    card = card_of(town, asked)
    assert card["note"] == "runs the choir in Elmport"
    assert card["answers"] == "2 already: papercrane, 3 h ago, “mine kept them”"


def test_of_somebody_new_the_card_says_what_the_store_knows(town: Town) -> None:
    for who in ("ann", "ben", "cat"):
        town.says("rocket", f"Hi @{who}! Grow your business with us", naming=[who], ago=2 * DAY)
    asked = town.says("rocket", "Hi @mira! Grow your business with us", naming=["mira"])
    check = card_of(town, asked)["check"]
    assert check == "first time they write to you · same text to 4 people since Monday"


def test_who_wrote_often_and_never_got_an_answer_is_told_so(town: Town) -> None:
    town.says("rocket", "hello", naming=["mira"], ago=2 * DAY)
    asked = town.says("rocket", "hello?", naming=["mira"])
    assert card_of(town, asked)["check"] == "they wrote to you twice, you never answered"


def test_under_ones_own_answer_the_card_is_of_whom_it_answered(town: Town) -> None:
    asked = town.says("quillfox", "Does it keep the tags?", naming=["mira"], ago=5 * HOUR)
    mine = town.says("mira", "It does.", to=asked)
    card = view_of(town, mine).card
    assert card is not None
    assert card.title == "quillfox and mira"
    assert view_of(town, town.says("mira", "We bake rye.")).card is None


def test_an_answer_names_the_author_then_everybody_named_but_oneself(town: Town) -> None:
    asked = town.says("quillfox", "Does it keep the tags?", naming=["papercrane", "mira"])
    context = context_of(town, asked)
    assert [label.name for label in context.to] == ["quillfox", "papercrane"]
    assert context.draft.text == "@quillfox@town.example @papercrane@town.example "
    assert (context.draft.id, context.draft.reply_to) == (0, asked.id)
    assert context.excerpt == "Does it keep the tags?"
    assert context.answered_meanwhile == ""


def test_an_answer_does_not_name_another_account_of_mine_that_is_one_with_it(town: Town) -> None:
    work = town.account("workshop")
    asked = town.says("quillfox", "Is it open?", naming=["mira", "workshop", "papercrane"])
    assert [label.name for label in context_of(town, asked).to] == [
        "quillfox",
        "workshop",
        "papercrane",
    ]
    owners = [town.ask(accounts.owner, account) for account in (1, work)]
    town.write(lambda w: identities.link(w, *owners, at=town.now))
    assert [label.name for label in context_of(town, asked).to] == ["quillfox", "papercrane"]


def test_an_answer_to_the_author_only_names_the_author_only(town: Town) -> None:
    asked = town.says("quillfox", "Does it keep the tags?", naming=["papercrane", "mira"])
    assert context_of(town, asked, everybody=False).draft.text == "@quillfox@town.example "


def test_whoever_passed_it_on_is_not_addressed(town: Town) -> None:
    said = town.says("quillfox", "We moved last spring.", boosted_by=["wren"])
    assert [label.name for label in context_of(town, said).to] == ["quillfox"]


def test_an_answer_to_oneself_goes_on_to_whom_it_was_for(town: Town) -> None:
    asked = town.says("quillfox", "Does it keep the tags?", naming=["mira"], ago=5 * HOUR)
    mine = town.says("mira", "It does.", to=asked)
    assert [label.name for label in context_of(town, mine).to] == ["quillfox"]


@pytest.mark.parametrize(
    ("theirs", "usual", "mine"),
    [
        (Audience.PUBLIC, Audience.PUBLIC, Audience.PUBLIC),
        (Audience.PUBLIC, Audience.UNLISTED, Audience.UNLISTED),
        (Audience.FOLLOWERS, Audience.PUBLIC, Audience.FOLLOWERS),
        (Audience.DIRECT, Audience.PUBLIC, Audience.DIRECT),
        (Audience.LIMITED, Audience.PUBLIC, Audience.DIRECT),
    ],
)
def test_an_answer_is_never_wider_than_what_it_answers(
    town: Town, theirs: Audience, usual: Audience, mine: Audience
) -> None:
    account = town.ask(accounts.account, 1)
    town.write(
        lambda w: accounts.set_limits(
            w, 1, account.limits, usual_audience=usual, usual_language="de"
        )
    )
    asked = town.says(
        "quillfox", "Psst", naming=["mira"], audience=theirs, warning="secret", language="pt-BR"
    )
    context = context_of(town, asked)
    assert context.audience is context.draft.audience is mine
    assert context.draft.warning == "secret"
    assert context.draft.language == "pt-BR"


def test_a_new_post_begins_as_the_account_usually_posts(town: Town) -> None:
    account = town.ask(accounts.account, 1)
    town.write(
        lambda w: accounts.set_limits(
            w, 1, account.limits, usual_audience=Audience.UNLISTED, usual_language="de"
        )
    )
    context = context_of(town, None)
    assert context.draft == Draft(0, 1, audience=Audience.UNLISTED, language="de")
    assert (context.to, context.excerpt) == ((), "")
    assert context.account.label == "mira"


def test_a_kept_draft_is_gone_on_with(town: Town) -> None:
    asked = town.says("quillfox", "Does it keep the tags?", naming=["mira"])
    draft = Draft(0, 1, "@quillfox Yes, if", reply_to=asked.id, updated_at=town.now)
    town.write(lambda w: drafts.put_draft(w, draft))
    assert context_of(town, asked).draft.text == "@quillfox Yes, if"
    assert context_of(town, None).draft.text == ""


def test_an_answer_given_elsewhere_is_told(town: Town) -> None:
    asked = town.says("quillfox", "Does it keep the tags?", naming=["mira"], ago=5 * HOUR)
    answer = town.says("mira", "It does.", to=asked, ago=2 * MINUTE)
    context = context_of(town, asked)
    assert context.answered_meanwhile == "mira answered this 2 min ago from another app"
    sending.send(town.context, Draft(0, 1, "It does.", reply_to=asked.id)).result()
    (row,) = town.ask(outbox.rows)
    town.write(
        lambda w: outbox.set_row(
            w, row.id, state=OutboxState.SENT, at=town.now, sent_post=answer.id
        )
    )
    assert context_of(town, asked).answered_meanwhile == "", "what was sent from here is known"


def test_an_answer_of_long_ago_is_no_news_to_who_writes_to_a_friend_again(town: Town) -> None:
    said = town.says("quillfox", "It is a recipe now.", naming=["mira"], ago=24 * DAY)
    town.says("mira", "Keep one for me.", to=said, ago=23 * DAY)
    assert context_of(town, said).answered_meanwhile == ""


def test_a_post_is_found_by_number_or_address_for_the_account_that_sees_it(town: Town) -> None:
    acorn = town.account("acorn")
    said = town.says("quillfox", "We moved last spring.", account=acorn)
    find = thread.find_post
    assert said.post.url is not None
    assert town.ask(find, town.scope(), str(said.id)) == (acorn, said.id)
    assert town.ask(find, town.scope(), said.post.url) == (acorn, said.id)
    assert town.ask(find, town.scope("mira"), said.post.url) is None
    assert town.ask(find, town.scope(), "https://nowhere.example/1") is None


def test_where_answers_need_not_name_anybody_they_begin_with_nobody(town: Town) -> None:
    asked = town.says("quillfox", "Does it keep the tags?", naming=["papercrane", "mira"])
    town.write(
        lambda w: accounts.set_limits(
            w, 1, Limits(answers_name=False), usual_audience=Audience.PUBLIC, usual_language=None
        )
    )
    context = context_of(town, asked)
    assert context.draft.text == ""
    assert [label.name for label in context.to] == ["quillfox"]


def test_what_stands_on_another_network_is_not_begun_to_be_answered(town: Town) -> None:
    near = town.says("wren", "Who has the key?")
    far = PostRef("bluesky", "at://did:plc:wren/app.bsky.feed.post/3k1")
    other = town.account("acorn")
    told = town.shows(replace(near.post, ref=far), account=other)
    assert "stands on Bluesky" in context_of(town, told).out_of_reach
    assert context_of(town, near).out_of_reach == ""
    asked = town.ask(thread.reply_context, other, told.id, now=town.now)
    assert asked.out_of_reach == "", "its account's server has shown it"
    outcome = acts.toggle(town.context, 1, told.id, ActKind.FAVOURITE).result()
    assert "stands on Bluesky" in outcome.sentence
    assert town.ask(outbox.rows) == []
