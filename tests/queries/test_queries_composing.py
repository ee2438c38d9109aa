"""What the composer asks the store: who can be named, what stands around a draft, what was said before."""

from __future__ import annotations

from support.town_builder import Town

from tui_inbox.commands import sending
from tui_inbox.core.account import Limits
from tui_inbox.core.draft import Draft
from tui_inbox.core.moment import DAY, HOUR, MINUTE
from tui_inbox.core.post import Audience
from tui_inbox.queries import composing
from tui_inbox.queries import drafts as draft_queries
from tui_inbox.store import drafts
from tui_inbox.store.store import Writing

ALWAYS = "Yes, with labels it does."


def people(town: Town, begins: str) -> list[str]:
    return [one.name for one in town.ask(composing.people, 1, begins, now=town.now)]


def said(town: Town, text: str) -> str:
    return town.ask(composing.said_today, Draft(0, 1, text), now=town.now)


def test_people_one_talks_with_come_first(town: Town) -> None:
    town.says("quince", "hello there", naming=["mira"], ago=MINUTE)
    town.talk("quillfox", ago=5 * DAY)
    town.says("odile", "unasked", ago=MINUTE)
    assert people(town, "qui") == ["quillfox", "quince"]
    assert people(town, "QUILL") == ["quillfox"]
    assert people(town, "mi") == []


def test_a_name_is_found_by_any_of_its_words(town: Town) -> None:
    town.talk("odile fenn")
    assert people(town, "fen") == people(town, "odi") == ["odile fenn"]


def test_five_people_at_most_are_offered(town: Town) -> None:
    for number in range(8):
        town.talk(f"quill{number}", rounds=1, ago=(number + 1) * HOUR)
    assert people(town, "quill") == [f"quill{number}" for number in range(5)]


def test_around_an_answer_stand_its_people_and_its_audience(town: Town) -> None:
    first = town.says("papercrane", "Who sings?", audience=Audience.UNLISTED)
    asked = town.says("quillfox", "I do.", to=first, naming=["mira"], audience=Audience.FOLLOWERS)
    around = town.ask(composing.surroundings, Draft(0, 1, reply_to=asked.id))
    assert [one.name for one in around.people] == ["quillfox", "papercrane"]
    assert around.answered is not None
    assert around.answered.name == "quillfox"
    assert around.widest is Audience.FOLLOWERS
    assert around.limits[1].characters == 500


def test_around_a_quote_and_a_change_stand_whose_post_it_is_and_since_when(town: Town) -> None:
    theirs = town.says("quillfox", "A good line.")
    mine = town.says("mira", "A bad line.", ago=5 * HOUR)
    quote = town.ask(composing.surroundings, Draft(0, 1, quotes=theirs.id))
    assert quote.quoted is not None
    assert (quote.quoted.name, quote.widest) == ("quillfox", None)
    change = town.ask(composing.surroundings, Draft(0, 1, edits=mine.id))
    assert change.written_at == town.now - 5 * HOUR


def test_of_an_account_that_is_gone_nothing_is_known(town: Town) -> None:
    around = town.ask(composing.surroundings, Draft(0, 99))
    assert (around.people, around.limits) == ((), {1: Limits()})
    assert town.ask(composing.people, 99, "q", now=town.now) == ()
    assert town.ask(composing.tags, 99, "q") == ()


def test_the_same_text_today_is_told_with_the_number_of_people(town: Town) -> None:
    for name in ("quillfox", "papercrane", "fern"):
        asked = town.says(name, "Does it?", naming=["mira"], ago=3 * MINUTE)
        town.says("mira", f"@{name} {ALWAYS}", to=asked, ago=2 * MINUTE)
    assert said(town, f"@odile {ALWAYS.upper()}") == "you sent this text to 3 people today"
    assert said(town, "@odile Yes, it does so.") == ""


def test_a_text_that_has_not_left_yet_counts_too(town: Town) -> None:
    asked = town.says("quillfox", "Does it?", naming=["mira"])
    sending.send(town.context, Draft(0, 1, f"@quillfox {ALWAYS}", reply_to=asked.id)).result()
    assert said(town, ALWAYS) == "you sent this text to 1 person today"


def test_a_post_to_nobody_is_a_post(town: Town) -> None:
    town.says("mira", ALWAYS, ago=MINUTE)
    assert said(town, ALWAYS) == "you posted this text today"


def test_short_words_and_those_of_yesterday_are_no_news(town: Town) -> None:
    town.says("mira", "Thank you!", ago=MINUTE)
    town.says("mira", ALWAYS, ago=2 * DAY)
    assert said(town, "Thank you!") == said(town, ALWAYS) == ""


def test_an_answer_is_gone_on_with_whatever_it_quotes(town: Town) -> None:
    theirs = town.says("quillfox", "A good line.")

    def keep(w: Writing) -> int:
        return drafts.put_draft(w, Draft(0, 1, "Well", reply_to=theirs.id, quotes=theirs.id))

    kept = town.write(keep)
    found = town.ask(drafts.draft_for, 1, theirs.id)
    assert found is not None
    assert found.id == kept
    assert town.ask(drafts.draft_for, 1, None) is None


def test_a_kept_draft_says_how_it_goes_out(town: Town) -> None:
    town.account("acorn")
    draft = Draft(0, 1, "Bread!", also_from=(2,), split=True)
    town.write(lambda w: drafts.put_draft(w, draft))
    (row,) = town.ask(draft_queries.rows, town.scope("mira"))
    assert (row.target, row.goes_with) == ("new post", "as a thread, also from acorn")
