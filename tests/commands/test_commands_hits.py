"""What is done with hits: put off, dealt with together, answered, left out, and seen only where they ask."""

from __future__ import annotations

from msgspec.structs import replace
from support.search_hits import found_by
from support.town_builder import Said, Town

from tui_inbox.commands import acts, items, searches, sending
from tui_inbox.commands.context import Outcome
from tui_inbox.commands.journal import log
from tui_inbox.commands.later import Later
from tui_inbox.commands.undo import undo
from tui_inbox.core.act import ActKind
from tui_inbox.core.ask_rules import AskRules
from tui_inbox.core.conversation import ItemState
from tui_inbox.core.draft import Draft
from tui_inbox.core.moment import DAY, HOUR, MINUTE
from tui_inbox.core.post import Card
from tui_inbox.store import accounts, hits, outbox
from tui_inbox.store import searches as stored
from tui_inbox.store.searches import SavedSearch
from tui_inbox.sync.wake import wake_at_start, wake_due

PANEL = "Grow your business with our crm panel"


def keep(town: Town, query: str, *, asks_only: bool = False) -> SavedSearch:
    searches.save(town.context, 1, query, asks_only=asks_only).result()
    return town.ask(stored.searches)[-1]


def state(town: Town, search: SavedSearch, said: Said) -> ItemState | None:
    return town.ask(stored.hit_state, search.id, said.id)


def shown(town: Town, search: SavedSearch) -> list[int]:
    found = town.ask(found_by, search.id)
    return [post.id for post, _ in found]


def kept(town: Town) -> SavedSearch:
    (search,) = town.ask(stored.searches)
    return search


# Only what asks


def test_asks_only_hides_what_asks_for_nothing_and_brings_it_all_back(town: Town) -> None:
    asks = town.says("wren", "Anyone know a crm?", ago=3 * HOUR)
    tells = town.says("fern", "My crm is green.", ago=2 * HOUR)
    link = town.says("rocket", "https://crm.example/?crm", ago=HOUR)
    search = keep(town, "crm")
    before = town.ask(hits.hits_of, search.id)
    assert shown(town, search) == [link.id, tells.id, asks.id]
    outcome = searches.set_asks_only(town.context, search.id, True).result()
    assert outcome.sentence == "“crm” shows what asks for something: 1 of 3"
    assert shown(town, search) == [asks.id]
    again = searches.set_asks_only(town.context, search.id, True).result()
    assert again == Outcome("“crm” shows only what asks for something already.")
    assert undo(town.context).result().sentence == "undone: asks only for “crm”"
    assert shown(town, search) == [link.id, tells.id, asks.id]
    searches.set_asks_only(town.context, search.id, True).result()
    back = searches.set_asks_only(town.context, search.id, False).result()
    assert back.sentence == "“crm” shows all its hits again"
    assert [replace(one, asks=True) for one in town.ask(hits.hits_of, search.id)] == before
    assert searches.set_asks_only(town.context, 99, True).result() == searches.GONE


def test_what_arrives_is_counted_only_if_it_asks_but_kept_all_the_same(town: Town) -> None:
    search = keep(town, "crm", asks_only=True)
    town.says("wren", "Anyone know a crm?", ago=0)
    town.says("fern", "My crm is green.", ago=0)
    town.says("otto", "Looking for a crm", ago=0, at_home=True, boosted_by=["wren"])
    assert town.ask(stored.unread) == {search.id: 1}
    assert len(town.ask(hits.hits_of, search.id)) == 3
    searches.set_asks_only(town.context, search.id, False).result()
    assert town.ask(stored.unread) == {search.id: 3}


def test_bots_and_repeats_do_not_ask(town: Town) -> None:
    search = keep(town, "crm", asks_only=True)
    first = town.says("wren", "Does anyone know a good crm?", ago=2 * MINUTE)
    town.says("wren", "Does anyone know a good CRM?", ago=MINUTE)
    robot = town.says("robot", "Which crm?", ago=0).post
    bot = replace(robot, ref=replace(robot.ref, uri="https://town.example/posts/bot"))
    town.shows(replace(bot, author=replace(bot.author, bot=True)))
    town.ask(stored.unread)
    assert first.id in shown(town, search)
    told = {one.post: one.asks for one in town.ask(hits.hits_of, search.id)}
    assert sorted(told.values()) == [False, False, True, True], "robot was no bot at first"


def test_an_edit_makes_a_question_of_a_remark(town: Town) -> None:
    search = keep(town, "crm", asks_only=True)
    said = town.says("fern", "My crm is green.", ago=0)
    assert shown(town, search) == []
    town.pass_time(MINUTE)
    town.shows(replace(said.post, text="Is any crm green?", edited_at=town.now))
    assert shown(town, search) == [said.id]


def test_other_rules_are_put_to_hits_that_are_there(town: Town) -> None:
    said = town.says("fern", "My crm is green.")
    search = keep(town, "crm", asks_only=True)
    rules = AskRules(looks_for=("green",))
    for _ in range(2):
        town.write(lambda w: searches.take_ask_rules(w, rules, town.now))
        assert shown(town, search) == [said.id]
    town.write(lambda w: searches.take_ask_rules(w, AskRules(), town.now))
    assert shown(town, search) == []
    town.write(lambda w: searches.take_ask_rules(w, rules, town.now))
    searches.change_query(town.context, search.id, "crm green").result()
    assert shown(town, search) == [said.id]


# One text by several


def test_a_row_is_dealt_with_as_a_whole_and_comes_back_as_a_whole(town: Town) -> None:
    search = keep(town, "crm")
    said = [town.says(who, f"@x {PANEL} https://{who}.example", ago=0) for who in ("ann", "ben")]
    other = town.says("wren", "Anyone know a crm?", ago=0)
    assert town.ask(stored.unread) == {search.id: 2}
    items.looked_at_hit(town.context, search.id, said[0].id).result()
    assert town.ask(stored.unread) == {search.id: 1}
    outcome = items.done_hit(town.context, search.id, said[1].id).result()
    assert outcome.sentence == "done with 2 hits"
    assert [state(town, search, one) for one in said] == [ItemState.DONE] * 2
    assert state(town, search, other) is ItemState.NEW
    undone = undo(town.context).result()
    assert undone.hit == (search.id, said[1].id)
    assert [state(town, search, one) for one in said] == [ItemState.SEEN] * 2
    items.done_hit(town.context, search.id, said[1].id, alone=True).result()
    assert [state(town, search, one) for one in said] == [ItemState.SEEN, ItemState.DONE]


# Later


def test_a_hit_put_off_comes_back_at_its_time_or_before_by_undo(town: Town) -> None:
    said = town.says("wren", "Anyone know a crm?")
    search = keep(town, "crm")
    when = Later(until=town.now + DAY)
    outcome = items.later_hit(town.context, search.id, said.id, when).result()
    assert outcome.sentence.startswith("the hit comes back ")
    assert town.ask(hits.put_off) == {search.id: 1}
    soon = Later(until=town.now + HOUR)
    items.later_hit(town.context, search.id, said.id, soon).result()
    assert [one.until for one in town.ask(hits.later_hits, search.id, 9)] == [town.now + HOUR]
    undo(town.context).result()
    assert [one.until for one in town.ask(hits.later_hits, search.id, 9)] == [town.now + DAY]
    items.done_hit(town.context, search.id, said.id).result()
    again = items.later_hit(town.context, search.id, said.id, when).result()
    assert again == Outcome("This hit is done already.")
    undo(town.context).result()
    undo(town.context).result()
    assert state(town, search, said) is ItemState.SEEN
    items.later_hit(town.context, search.id, said.id, when).result()
    town.write(lambda w: wake_due(w, town.now))
    assert state(town, search, said) is ItemState.LATER
    town.pass_time(DAY)
    town.write(lambda w: wake_due(w, town.now))
    assert state(town, search, said) is ItemState.SEEN
    assert town.ask(hits.put_off) == {}
    assert undo(town.context).result().sentence == (
        "not undone: later for a hit; the hit has changed since"
    )


def test_a_hit_put_off_until_the_start_or_their_next_post_comes_back_then(town: Town) -> None:
    said = town.says("wren", "Anyone know a crm?")
    search = keep(town, "crm")
    items.later_hit(town.context, search.id, said.id, Later(on_start=True)).result()
    town.says("wren", "Good evening.", ago=0)
    assert state(town, search, said) is ItemState.LATER
    town.write(lambda w: wake_at_start(w, town.now))
    assert state(town, search, said) is ItemState.SEEN
    items.later_hit(town.context, search.id, said.id, Later(on_post=True)).result()
    town.says("wren", "I said this before that.", ago=MINUTE)
    town.says("fern", "I am somebody else.", ago=0)
    assert state(town, search, said) is ItemState.LATER
    town.pass_time(MINUTE)
    town.says("wren", "Still nothing.", ago=0)
    assert state(town, search, said) is ItemState.SEEN


# Answered, thanked


def test_my_answer_from_any_client_makes_a_hit_answered(town: Town) -> None:
    asked = town.says("wren", "Anyone know a crm?")
    search = keep(town, "crm")
    town.says("mira", "@wren Ours keeps the tags.", to=asked, ago=0)
    assert state(town, search, asked) is ItemState.ANSWERED
    assert shown(town, search) == [asked.id], "what is off the plate is still known"
    assert town.ask(hits.open_hits, search.id, 9) == []


def test_a_favourite_closes_a_hit_that_asks_nothing_and_undo_opens_it(town: Town) -> None:
    tells = town.says("fern", "My crm is green.")
    asks = town.says("wren", "Anyone know a crm?")
    search = keep(town, "crm")
    outcome = acts.toggle(town.context, 1, tells.id, ActKind.FAVOURITE).result()
    assert outcome.sentence == "favourite, done with fern"
    acts.toggle(town.context, 1, asks.id, ActKind.FAVOURITE).result()
    assert state(town, search, tells) is ItemState.DONE
    assert state(town, search, asks) is ItemState.SEEN
    undo(town.context).result()
    undo(town.context).result()
    assert state(town, search, tells) is ItemState.SEEN


def test_whom_one_mutes_or_blocks_is_no_hit_any_more_until_that_is_taken_back(town: Town) -> None:
    said = town.says("rocket", "the best crm")
    search = keep(town, "crm")
    for kind, becomes in ((ActKind.MUTE, ItemState.DONE), (ActKind.BLOCK, ItemState.JUNK)):
        acts.on_person(town.context, 1, town.id_of("rocket"), kind).result()
        assert state(town, search, said) is becomes
        undo(town.context).result()
        assert state(town, search, said) is ItemState.SEEN
    town.relates("rocket", muting=True)
    again = town.says("rocket", "the best crm again", ago=0)
    assert state(town, search, again) is None


# The first word to somebody


def test_a_link_as_the_first_word_to_somebody_is_asked_about_once(town: Town) -> None:
    asked = town.says("wren", "Anyone know a crm?")
    draft = Draft(0, 1, "@wren https://acorn.example", reply_to=asked.id)
    outcome = sending.send(town.context, draft).result()
    assert outcome.sentence == (
        "Send it again if you mean it: your first words to wren are a link."
    )
    assert outcome.asks
    assert town.ask(outbox.rows) == []
    more = replace(draft, text="@wren https://acorn.example keeps the tags")
    outcome = sending.send(town.context, more).result()
    assert outcome.sentence.endswith("your first words to wren begin with a link.")
    assert sending.send(town.context, draft, asked=True).result().action is not None


def test_a_verb_does_not_send_it_unless_that_is_meant(town: Town) -> None:
    asked = town.says("wren", "Anyone know a crm?")
    draft = Draft(0, 1, "@wren https://acorn.example", reply_to=asked.id)
    sent = sending.send_now(town.context, draft).result()
    assert (sent.rows, sent.asks) == ((), True)
    assert sent.sentence == "your first words to wren are a link"
    assert sending.send_now(town.context, draft, asked=True).result().rows


def test_words_first_or_an_old_acquaintance_are_not_asked_about(town: Town) -> None:
    asked = town.says("wren", "Anyone know a crm?")
    words = Draft(0, 1, "@wren Ours does: https://acorn.example", reply_to=asked.id)
    assert sending.send(town.context, words).result().action is not None
    said = town.talk("quillfox", rounds=1, ago=DAY)
    told = town.says("quillfox", "And a crm?", to=said)
    link = Draft(0, 1, "@quillfox https://acorn.example", reply_to=told.id)
    assert sending.send(town.context, link).result().action is not None


# Not this


def test_a_domain_is_left_out_and_stands_in_the_query(town: Town) -> None:
    said = town.says("rocket", "The best crm panel", ago=MINUTE).post
    card = Card("https://www.rocket.example/crm", "Rocket")
    other = replace(said, ref=replace(said.ref, uri="https://town.example/posts/x"), card=card)
    linked, plain = town.shows(other), town.says("wren", "my crm", ago=0)
    search = keep(town, "crm")
    assert linked.id in shown(town, search)
    outcome = searches.exclude(town.context, search.id, "link:rocket.example").result()
    assert outcome.sentence == "without link:rocket.example: 1 fewer hit"
    assert kept(town).query == "crm -link:rocket.example"
    assert linked.id not in shown(town, search)
    assert plain.id in shown(town, search)
    again = searches.exclude(town.context, search.id, "link:rocket.example").result()
    assert again == Outcome("link:rocket.example is left out already.")
    before = searches.exclude(town.context, search.id, "from:nobody").result()
    assert before.sentence == "without from:nobody: 0 fewer hits"
    undo(town.context).result()
    undo(town.context).result()
    assert kept(town).query == "crm"
    assert linked.id in shown(town, search)


def test_a_search_without_words_can_leave_something_out(town: Town) -> None:
    id = town.write(lambda w: stored.add_search(w, 1, "", at=town.now))
    searches.exclude(town.context, id, "from:rocket").result()
    assert kept(town).query == "-from:rocket"


# What cannot be


def test_a_query_that_cannot_be_read_any_more_is_told_by_every_command(town: Town) -> None:
    id = town.write(lambda w: stored.add_search(w, 1, "(", at=town.now))
    outcome = searches.exclude(town.context, id, "from:rocket").result()
    assert outcome.sentence.startswith("The query of this search cannot be read any more (expected")
    assert searches.set_asks_only(town.context, id, True).result().action is not None
    assert searches.mark(town.context, id, True).result().action is not None
    town.says("wren", "hello", ago=0)
    assert searches.change_query(town.context, id, "hello").result().action is not None
    assert searches.remove(town.context, id).result().action is not None
    assert undo(town.context).result().sentence == "undone: throwing the search “hello” away"


def test_an_expression_without_end_is_refused_and_nothing_is_kept(town: Town) -> None:
    town.says("wren", "a" * 3_000 + "b")
    slow = "/(a*)*c|(a|aa)*d/"
    outcome = searches.save(town.context, 1, slow).result()
    assert outcome.sentence.startswith("The regular expression takes too long")
    assert town.ask(stored.searches) == []
    search = keep(town, f"{'a' * 3_000}b")
    assert searches.change_query(town.context, search.id, slow).result().action is None
    assert searches.exclude(town.context, search.id, slow).result().sentence.endswith("1 fewer hit")


def test_what_hangs_on_an_account_that_went_away_is_told(town: Town) -> None:
    other = town.account("acorn")
    town.says("wren", "my crm", account=other)
    searches.save(town.context, other, "crm").result()
    search = kept(town)
    searches.exclude(town.context, search.id, "from:wren").result()
    searches.remove(town.context, search.id).result()
    town.write(lambda w: accounts.remove_account(w, other))
    assert undo(town.context).result().sentence == (
        "not undone: throwing the search “crm -from:wren” away; its account is not here any more"
    )
    assert undo(town.context).result().sentence == (
        "not undone: leaving from:wren out; the search is gone"
    )
    for command in (
        searches.remove(town.context, search.id),
        searches.mark(town.context, search.id, True),
        searches.set_asks_only(town.context, search.id, True),
        searches.change_query(town.context, search.id, "kiln"),
        searches.exclude(town.context, search.id, "kiln"),
    ):
        assert command.result() == searches.GONE
    assert items.done_hit(town.context, search.id, 1).result().action is None


def test_actions_of_an_older_version_can_be_undone(town: Town) -> None:
    said = town.says("wren", "my crm")
    search = keep(town, "crm")
    town.write(lambda w: stored.set_hit_state(w, search.id, said.id, ItemState.DONE))
    step = {"step": "hit", "search": search.id, "post": said.id, "was": "seen", "became": "done"}
    town.write(lambda w: log(w, town.now, None, "done with a hit", [step]))
    assert undo(town.context).result().hit == (search.id, said.id)
    assert state(town, search, said) is ItemState.SEEN
    row = [said.id, "done", 5]
    gone = {"step": "search query", "search": search.id, "was": "crm", "hits": [row]}
    town.write(lambda w: log(w, town.now, None, "leaving “x” out", [gone]))
    undo(town.context).result()
    assert state(town, search, said) is ItemState.DONE
