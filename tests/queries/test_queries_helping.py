"""Drafts that help others: a quote, an introduction, whom one had good talks with."""

from __future__ import annotations

from msgspec.structs import replace
from support.town_builder import Town

from tui_inbox.commands import acts, drafts, sending
from tui_inbox.core.account import Limits
from tui_inbox.core.act import ActKind
from tui_inbox.core.draft import Draft
from tui_inbox.core.moment import DAY, HOUR
from tui_inbox.core.post import Audience
from tui_inbox.queries import helping
from tui_inbox.queries.accounts import viewer

QUOTES = Limits(quotes=True)


def week(town: Town) -> list[str]:
    eyes = town.ask(viewer, 1)
    assert eyes is not None
    return [one.name for one in town.ask(helping.people_of_week, eyes, now=town.now)]


# Quoting


def test_a_quote_is_a_draft_with_nothing_in_it_yet(town: Town) -> None:
    town.allows(QUOTES, audience=Audience.UNLISTED)
    said = town.says("quillfox", "The oven is warm.")
    quoting = town.ask(helping.quoting, 1, said.id)
    assert quoting == helping.Quoting(
        Draft(0, 1, audience=Audience.UNLISTED, language="en", quotes=said.id)
    )


def test_a_quote_that_was_begun_is_gone_on_with(town: Town) -> None:
    town.allows(QUOTES)
    said = town.says("quillfox", "The oven is warm.")
    kept = drafts.save(town.context, Draft(0, 1, "So is mine.", quotes=said.id)).result()
    assert town.ask(helping.quoting, 1, said.id).draft == kept


def test_a_quote_that_was_written_for_more_people_than_its_post_is_not_sent(town: Town) -> None:
    town.allows(QUOTES)
    cases = (
        ("quillfox", Audience.DIRECT, "This was written to a few people only"),
        ("quillfox", Audience.FOLLOWERS, "This was written to their followers only"),
        ("quillfox", Audience.UNLISTED, "so the quote cannot be for everyone."),
        ("mira", Audience.FOLLOWERS, "What you quote is for followers"),
    )
    for name, audience, why in cases:
        said = town.says(name, "Between us.", audience=audience)
        outcome = sending.send(town.context, Draft(0, 1, "Hear, hear.", quotes=said.id)).result()
        assert why in outcome.sentence
        assert outcome.action is None


def test_where_there_are_no_quotes_a_post_with_the_address_is_offered(town: Town) -> None:
    said = town.says("quillfox", "The oven is warm.")
    quoting = town.ask(helping.quoting, 1, said.id)
    assert quoting.sentence.startswith("This server knows no quotes")
    assert quoting.draft is not None
    assert quoting.draft.quotes is None
    assert quoting.draft.text.split() == [said.post.url]


def test_what_was_written_to_a_few_is_never_passed_on(town: Town) -> None:
    town.allows(QUOTES)
    for audience in (Audience.DIRECT, Audience.FOLLOWERS, Audience.LIMITED):
        said = town.says("quillfox", "Between us.", audience=audience)
        quoting = town.ask(helping.quoting, 1, said.id)
        assert quoting.draft is None
        assert quoting.sentence.endswith("so it cannot be quoted.")


def test_ones_own_followers_only_post_is_quoted_for_followers_only(town: Town) -> None:
    town.allows(QUOTES)
    said = town.says("mira", "For friends.", audience=Audience.FOLLOWERS)
    draft = town.ask(helping.quoting, 1, said.id).draft
    assert draft is not None
    assert draft.audience is Audience.FOLLOWERS


# Introducing


def test_an_introduction_names_both_in_the_language_of_the_account(town: Town) -> None:
    pair = ("quillfox@town.example", "odile@town.example")
    town.allows(Limits(), language="de-AT")
    german = town.ask(helping.introduction, 1, pair)
    assert german.text == (
        "@quillfox@town.example @odile@town.example Darf ich euch einander vorstellen?"
    )
    town.allows(Limits(), language="tlh")
    assert town.ask(helping.introduction, 1, pair).text.endswith(
        "may I introduce you to each other?"
    )


# This week


def test_the_people_of_the_week_are_those_who_answered_and_were_answered(town: Town) -> None:
    town.talk("quillfox", rounds=3, ago=DAY)
    town.talk("odile", rounds=1, ago=2 * DAY)
    town.talk("hollow reed", rounds=4, ago=9 * DAY)
    town.says("rocket", "Hi @mira!", naming=["mira"], ago=HOUR)
    town.says("mira", "Good morning @papercrane", naming=["papercrane"], ago=HOUR)
    assert week(town) == ["quillfox", "odile"]
    draft = town.ask(helping.this_week, 1, now=town.now)
    assert draft is not None
    assert draft.text == (
        "Good conversations this week:\n@quillfox@town.example\n@odile@town.example"
    )


def test_what_was_private_recommends_nobody(town: Town) -> None:
    asked = town.says("quillfox", "Psst.", naming=["mira"], audience=Audience.DIRECT, ago=HOUR)
    town.says("mira", "Yes?", to=asked, audience=Audience.DIRECT, ago=HOUR)
    assert week(town) == []
    assert town.ask(helping.this_week, 1, now=town.now) is None


def test_nobody_is_recommended_whom_the_owner_does_not_want_to_hear_of(town: Town) -> None:
    for name in ("quillfox", "odile", "papercrane"):
        town.talk(name, rounds=1, ago=DAY)
    town.relates("quillfox", muting=True)
    acts.on_person(town.context, 1, town.id_of("odile"), ActKind.BLOCK).result()
    assert week(town) == ["papercrane"]


def test_no_more_than_five_are_named_and_always_the_same(town: Town) -> None:
    for name in ("ash", "birch", "cedar", "dogwood", "elm", "fir", "gorse"):
        town.talk(name, rounds=2, ago=DAY)
    town.talk("quillfox", rounds=3, ago=3 * DAY)
    first = week(town)
    assert len(first) == helping.MOST_PEOPLE
    assert first[0] == "quillfox"
    assert week(town) == first


def test_programs_are_not_recommended(town: Town) -> None:
    said = town.talk("quillfox", rounds=1, ago=DAY)
    assert week(town) == ["quillfox"]
    bot = replace(town.person("quillfox"), bot=True)
    answered = replace(said.post, ref=replace(said.post.ref, uri="https://town.example/bot"))
    town.shows(replace(answered, author=bot))
    assert week(town) == []
