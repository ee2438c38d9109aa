"""What could be told while the owner looks elsewhere, from a store with people in it."""

from __future__ import annotations

import pytest
from support.town_builder import Town

from tui_inbox.core.bubbles import About, News, Rules
from tui_inbox.core.conversation import ItemState
from tui_inbox.core.moment import DAY, HOUR, MINUTE
from tui_inbox.core.post import Audience
from tui_inbox.queries import bubbles
from tui_inbox.store import accounts, groups, items, searches


@pytest.fixture
def close(town: Town) -> Town:
    """A town whose past is read, and in which mira talks with odile."""
    known = '{"own_done": true, "notices_done": true, "done": true}'
    town.write(lambda w: accounts.put_state(w, 1, accounts.HISTORY, known))
    talk = town.says("odile", "how are you", ago=10 * DAY, naming=["mira"])
    town.says("mira", "well", ago=9 * DAY, to=talk)
    return town


def waiting(town: Town, rules: Rules | None = None) -> list[News]:
    return list(town.ask(bubbles.waiting, rules or Rules(), now=town.now))


def told(town: Town, rules: Rules | None = None) -> list[tuple[str, str, str]]:
    return [(one.who, one.why, one.text) for one in waiting(town, rules)]


def test_somebody_one_talks_with_is_told_and_nobody_else_by_default(close: Town) -> None:
    close.says("odile", "@mira are you coming?", ago=MINUTE, naming=["mira"])
    close.says("stranger", "@mira buy this", ago=MINUTE, naming=["mira"])
    assert told(close) == [("odile", "asks", "@mira are you coming?")]


def test_strangers_are_told_where_that_is_wanted(close: Town) -> None:
    close.says("stranger", "@mira hello there", ago=MINUTE, naming=["mira"])
    rules = Rules(about=frozenset({About.STRANGER}))
    assert [one.about for one in waiting(close, rules)] == [About.STRANGER]


def test_what_is_private_or_behind_a_warning_shows_no_text(close: Town) -> None:
    close.says("odile", "@mira a secret", ago=MINUTE, naming=["mira"], audience=Audience.DIRECT)
    close.says("odile", "@mira soup", ago=2 * MINUTE, naming=["mira"], warning="food")
    followers = Audience.FOLLOWERS
    close.says("odile", "@mira hush", ago=3 * MINUTE, naming=["mira"], audience=followers)
    assert {text for _, _, text in told(close)} == {""}
    assert {why for _, why, _ in told(close)} == {"writes to you privately", "names you"}


def test_no_text_is_shown_where_the_settings_say_so(close: Town) -> None:
    close.says("odile", "@mira hello", ago=MINUTE, naming=["mira"])
    assert told(close, Rules(texts=False)) == [("odile", "names you", "")]


def test_what_was_looked_at_or_answered_is_not_told(close: Town) -> None:
    said = close.says("odile", "@mira hello", ago=MINUTE, naming=["mira"])
    (item,) = [one for one in close.ask(items.items, [1]) if one.post == said.id]
    close.write(lambda w: items.set_state(w, item.id, ItemState.SEEN, at=close.now))
    assert told(close) == []


def test_each_turn_is_told_once_however_much_they_add(close: Town) -> None:
    first = close.says("odile", "@mira hello", ago=5 * MINUTE, naming=["mira"])
    before = {one.key for one in waiting(close)}
    close.says("odile", "@mira hello?", ago=4 * MINUTE, to=first, naming=["mira"])
    assert {one.key for one in waiting(close)} == before
    mine = close.says("mira", "@odile here", ago=3 * MINUTE, to=first)
    assert waiting(close) == []
    close.says("odile", "@mira good, when?", ago=MINUTE, to=mine, naming=["mira"])
    after = {one.key for one in waiting(close)}
    assert len(before) == len(after) == 1
    assert before != after


def test_hits_of_marked_searches_are_told(close: Town) -> None:
    said = close.says("copper", "anyone know a crm", ago=MINUTE, at_home=True)
    search = close.write(lambda w: searches.add_search(w, 1, "anyone know", at=close.now))
    close.write(lambda w: searches.put_hit(w, search, said.id, close.now - MINUTE))
    assert told(close) == []
    assert told(close, Rules(searches="all")) == [("copper", "anyone know", "anyone know a crm")]
    close.write(lambda w: searches.set_marked(w, search, True))
    assert told(close) == [("copper", "anyone know", "anyone know a crm")]
    assert told(close, Rules(searches="none")) == []


def test_a_group_is_told_of_where_that_is_wanted(close: Town) -> None:
    close.says("reed", "good morning", ago=HOUR, at_home=True)
    close.says("reed", "long ago", ago=3 * DAY, at_home=True)
    group = close.write(lambda w: groups.add_group(w, "Choir", at=close.now))
    close.write(lambda w: groups.add_member(w, group, close.id_of("reed"), at=close.now))
    assert told(close) == []
    assert told(close, Rules(groups=("choir",))) == [("reed", "posted", "good morning")]


def test_what_addresses_one_is_told_once_though_a_group_has_it_too(close: Town) -> None:
    close.says("odile", "@mira hello", ago=MINUTE, naming=["mira"], at_home=True)
    group = close.write(lambda w: groups.add_group(w, "choir", at=close.now))
    close.write(lambda w: groups.add_member(w, group, close.id_of("odile"), at=close.now))
    assert len(told(close, Rules(groups=("choir",)))) == 1


def test_only_the_accounts_that_are_wanted_are_told_of(close: Town) -> None:
    close.says("odile", "@mira hello", ago=MINUTE, naming=["mira"])
    assert told(close, Rules(accounts=("somebody",))) == []
    for name in ("mi", "mira", "mira@town.example"):
        assert len(told(close, Rules(accounts=(name,)))) == 1


def test_what_comes_with_the_past_is_history(close: Town) -> None:
    close.write(
        lambda w: accounts.put_state(
            w, 1, accounts.HISTORY, '{"own_done": false, "notices_done": false, "done": false}'
        )
    )
    close.says("odile", "@mira hello", ago=MINUTE, naming=["mira"])
    assert [one.history for one in waiting(close)] == [True]


def test_thirty_strangers_in_an_hour_are_nothing_to_tell(close: Town) -> None:
    for number in range(30):
        close.says(f"s{number}", "@mira buy this", ago=number * 2 * MINUTE, naming=["mira"])
    assert told(close) == []
