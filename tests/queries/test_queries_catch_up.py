"""What happened while the owner was away: people, conversations, the rest; nothing twice, and nothing marked."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.town_builder import Said, Town

from tui_inbox.commands import searches as search_commands
from tui_inbox.core.conversation import ItemState
from tui_inbox.core.moment import DAY, HOUR
from tui_inbox.queries import catch_up, inbox, searches
from tui_inbox.queries.overviews import CatchUpLine
from tui_inbox.store import searches as stored_searches
from tui_inbox.store.store import Writing
from tui_inbox.sync.wake import wake_due

NIGHT = 16 * HOUR
POSTS = ("search hit", "from people you talk with", "from the rest")
"""Words of the lines that count posts."""


def lines(town: Town) -> list[CatchUpLine]:
    """The page after a night."""
    away, now = town.now - NIGHT, town.now
    return list(town.ask(catch_up.since, town.scope(), away_since=away, now=now).lines)


def told(town: Town) -> list[tuple[int, str, str]]:
    """Its lines in words."""
    return [(line.count, line.words, line.detail) for line in lines(town)]


@pytest.fixture
def friend(town: Town) -> Said:
    """Quillfox and mira have talked before."""
    return town.talk("quillfox", ago=4 * DAY)


def is_news(town: Town, search: int, post: Said) -> None:
    """A search has found a post, and nobody has looked at it."""

    def job(w: Writing) -> None:
        stored_searches.put_hit(w, search=search, post=post.id, at=post.post.created_at)
        stored_searches.set_hit_state(w, search, post.id, ItemState.NEW)

    town.write(job)


def found(town: Town, query: str, *hits: Said) -> int:
    """A standing search that has found these posts; its local id."""
    search_commands.save(town.context, 1, query).result()
    (id_,) = [one.id for one in town.ask(stored_searches.searches) if one.query == query]
    for hit in hits:
        is_news(town, id_, hit)
    return id_


def test_one_person_is_one_however_many_conversations_wait(town: Town, friend: Said) -> None:
    town.says("quillfox", "Does it keep the tags?", to=friend, ago=3 * HOUR)
    town.says("quillfox", "And are you coming on Sunday?", naming=["mira"], ago=2 * HOUR)
    assert town.ask(inbox.view, town.scope(), now=town.now).waiting == 2
    assert told(town) == [(1, "person you talk with waits for you", "quillfox")]


def test_what_waits_is_not_counted_among_posts_again(town: Town, friend: Said) -> None:
    town.says("quillfox", "Does it keep the tags?", to=friend, ago=3 * HOUR, at_home=True)
    town.says("quillfox", "I mean the labels.", to=friend, ago=2 * HOUR, at_home=True)
    town.says("quillfox", "Slow morning.", ago=HOUR, at_home=True)
    assert told(town) == [
        (1, "person you talk with waits for you", "quillfox"),
        (1, "post from people you talk with", "quillfox 1"),
    ]


def test_conversations_that_went_on_stand_before_the_rest(town: Town) -> None:
    mine = town.says("mira", "We bake rye.", ago=2 * DAY, at_home=True)
    answer = town.says("mossygate", "Good.", to=mine, ago=DAY)
    for hour in (3, 2):
        carried = town.says("tinbadger", "I like rye.", to=answer, ago=hour * HOUR, at_home=True)
    assert carried.post.mentions
    town.says("ferry", "From Monday at 22:25.", ago=HOUR, at_home=True)
    words = [line.words for line in lines(town)]
    assert "conversation of yours went on" in words
    assert words.index("conversation of yours went on") < words.index("post from the rest")
    (talk,) = [line for line in lines(town) if "conversation" in line.words]
    assert (talk.count, talk.detail, talk.goes_to) == (1, "tinbadger 2", "timeline")


def test_the_rest_stands_by_author(town: Town) -> None:
    for hour, name in enumerate(["cat", "ferry", "ferry", "goose", "cat", "cat", "signal"], 1):
        town.says(name, f"Notes, {hour}.", ago=hour * HOUR, at_home=True)
    assert told(town) == [
        (7, "posts from the rest", "cat 3, ferry 2, goose 1, … · your place is kept")
    ]


def test_a_hit_of_two_searches_is_one_and_no_post_of_the_rest(town: Town) -> None:
    one = town.says("ferry", "Anyone know a crm?", ago=HOUR, at_home=True)
    other = town.says("cat", "Anyone know rain?", ago=HOUR, at_home=True)
    first = found(town, "anyone know", one, other)
    second = found(town, "crm", one)
    search_commands.mark(town.context, second, True).result()
    (line,) = lines(town)
    assert (line.count, line.words) == (2, "search hits, 1 of them in marked searches")
    assert (line.detail, line.goes_to) == ("anyone know, crm", f"search:{first}")


def test_a_hit_that_waits_in_the_inbox_is_counted_there(town: Town, friend: Said) -> None:
    asked = town.says("quillfox", "Anyone know a crm?", to=friend, ago=HOUR, at_home=True)
    found(town, "anyone know", asked)
    assert told(town) == [(1, "person you talk with waits for you", "quillfox")]


def test_asking_marks_nothing(town: Town, friend: Said) -> None:
    asked = town.says("quillfox", "Does it keep the tags?", to=friend, ago=HOUR, at_home=True)
    hit = town.says("ferry", "Anyone know a crm?", ago=HOUR, at_home=True)
    found(town, "crm", hit)
    before = [town.ask(q, town.scope(), now=town.now) for q in (inbox.view, searches.view)]
    assert lines(town) == lines(town)
    assert [town.ask(q, town.scope(), now=town.now) for q in (inbox.view, searches.view)] == before
    assert asked.id != hit.id


@settings(max_examples=15)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["quillfox", "ferry", "cat", "mira"]), st.booleans(), st.booleans()
        ),
        max_size=8,
    )
)
def test_no_post_is_counted_twice(
    tmp_path_factory: pytest.TempPathFactory, posts: list[tuple[str, bool, bool]]
) -> None:
    town = Town(tmp_path_factory.mktemp("town"))
    town.account("mira")
    friend = town.talk("quillfox", ago=4 * DAY)
    search = found(town, "rye")
    others = 0
    for name, answers, is_hit in posts:
        said = town.says(name, "Rye.", to=friend if answers else None, ago=HOUR, at_home=True)
        if is_hit:
            is_news(town, search, said)
        others += name != "mira" or is_hit
    counted = sum(
        line.count for line in lines(town) if line.words.endswith(POSTS) or "hit" in line.words
    )
    assert counted <= others
    town.close()


def test_what_has_waited_for_thirty_days_is_said_once(town: Town, friend: Said) -> None:
    town.says("quillfox", "Does it keep the tags?", to=friend, ago=2 * DAY)
    town.pass_time(29 * DAY)
    town.write(lambda w: wake_due(w, town.now))
    assert told(town) == [(1, "text lapsed after 30 days", "quillfox")]
    assert lines(town)[0].goes_to == "lapsed"
    town.pass_time(DAY)
    town.write(lambda w: wake_due(w, town.now))
    assert told(town) == []
