"""The mix of own posts, by what was said to whom before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from support.town_builder import Town

from tui_inbox.commands import identities as linking
from tui_inbox.core.mix import MixKind, MixTarget, Said, kinds
from tui_inbox.core.moment import DAY, HOUR, MINUTE
from tui_inbox.core.post import Audience
from tui_inbox.queries import mix


def shares(town: Town, *names: str, days: int = 7) -> list[int]:
    """How many posts of each kind: broadcast, chat, engage."""
    view = town.ask(mix.view, town.scope(*names), now=town.now)
    (period,) = [one for one in view.periods if one.days == days]
    return [share.posts for share in period.shares]


def test_nothing_posted_is_nothing_to_show(town: Town) -> None:
    assert shares(town) == [0, 0, 0]


def test_what_answers_nobody_is_a_broadcast(town: Town) -> None:
    town.says("mira", "good morning", ago=HOUR)
    town.says("odile", "morning", ago=MINUTE)
    assert shares(town) == [1, 0, 0]


def test_the_first_answer_to_somebody_engages_and_the_next_one_is_a_chat(town: Town) -> None:
    theirs = town.says("odile", "who has a ladder", ago=5 * HOUR, at_home=True)
    mine = town.says("mira", "@odile I do", ago=4 * HOUR, to=theirs, naming=["odile"])
    assert shares(town) == [0, 0, 1]
    again = town.says("odile", "@mira lovely", ago=3 * HOUR, to=mine, naming=["mira"])
    town.says("mira", "@odile come by", ago=2 * HOUR, to=again, naming=["odile"])
    assert shares(town) == [0, 1, 1]


def test_who_only_wrote_to_one_is_new_all_the_same(town: Town) -> None:
    town.says("odile", "@mira hello", ago=5 * HOUR, naming=["mira"])
    theirs = town.says("odile", "@mira are you there", ago=4 * HOUR, naming=["mira"])
    town.says("mira", "@odile here", ago=3 * HOUR, to=theirs, naming=["odile"])
    assert shares(town) == [0, 0, 1]


def test_what_comes_later_does_not_change_what_a_post_was(town: Town) -> None:
    theirs = town.says("odile", "who has a ladder", ago=5 * DAY, at_home=True)
    town.says("mira", "@odile I do", ago=4 * DAY, to=theirs, naming=["odile"])
    before = shares(town)
    for number in range(5):
        said = town.says("odile", f"@mira {number}", ago=(3 - number * 0.1) * DAY, naming=["mira"])  # type: ignore[arg-type]  # parts of days
        assert said
    assert shares(town) == before


def test_a_thread_of_ones_own_is_what_its_beginning_is(town: Town) -> None:
    begin = town.says("mira", "1/2 a long tale", ago=5 * HOUR)
    town.says("mira", "2/2 its end", ago=4 * HOUR, to=begin)
    assert shares(town) == [2, 0, 0]
    theirs = town.says("odile", "who has a ladder", ago=3 * HOUR, at_home=True)
    mine = town.says("mira", "@odile I do", ago=2 * HOUR, to=theirs, naming=["odile"])
    town.says("mira", "and a rope", ago=HOUR, to=mine)
    assert shares(town) == [2, 0, 2]


def test_a_private_message_is_no_broadcast(town: Town) -> None:
    town.says("mira", "@odile psst", ago=HOUR, naming=["odile"], audience=Audience.DIRECT)
    assert shares(town) == [0, 0, 1]


def test_a_week_and_a_month_are_counted_apart(town: Town) -> None:
    for days in (1, 6, 8, 29, 31):
        town.says("mira", f"{days} days ago", ago=days * DAY)
    assert shares(town, days=7) == [2, 0, 0]
    assert shares(town, days=30) == [4, 0, 0]


def test_accounts_are_counted_alone_and_together(town: Town) -> None:
    second = town.account("bakery")
    town.says("mira", "as mira", ago=HOUR)
    town.says("bakery", "as the bakery", ago=HOUR, account=second)
    assert shares(town, "mira") == shares(town, "bakery") == [1, 0, 0]
    assert shares(town) == [2, 0, 0]


def test_the_posts_behind_a_bar_are_those_that_it_counts(town: Town) -> None:
    theirs = town.says("odile", "who has a ladder", ago=5 * HOUR, at_home=True)
    town.says("mira", "@odile I do", ago=4 * HOUR, to=theirs, naming=["odile"])
    town.says("mira", "good morning", ago=3 * HOUR)
    town.says("mira", "good evening", ago=2 * HOUR)

    def texts(kind: MixKind) -> list[str]:
        found = town.ask(mix.posts, town.scope(), kind, 7, now=town.now)
        return [row.text for row in found]

    assert texts(MixKind.BROADCAST) == ["good evening", "good morning"]
    assert texts(MixKind.ENGAGE) == ["@odile I do"]
    assert texts(MixKind.CHAT) == []


def test_shares_are_percent_and_carry_what_the_owner_would_like(town: Town) -> None:
    theirs = town.says("odile", "who has a ladder", ago=5 * HOUR, at_home=True)
    town.says("mira", "@odile I do", ago=4 * HOUR, to=theirs, naming=["odile"])
    for number in range(3):
        town.says("mira", f"{number}", ago=(number + 1) * MINUTE)
    view = town.ask(
        mix.view, town.scope(), now=town.now, target=MixTarget(broadcast=30, chat=50, engage=20)
    )
    assert [(one.percent, one.target) for one in view.periods[0].shares] == [
        (75, 30),
        (0, 50),
        (25, 20),
    ]


@given(
    said=st.lists(st.tuples(st.integers(0, 9), st.booleans(), st.integers(-1, 8)), max_size=20),
    since=st.dictionaries(st.integers(0, 9), st.integers(0, 30)),
)
def test_every_post_is_of_one_kind(
    said: list[tuple[int, bool, int]], since: dict[int, int]
) -> None:
    posts = [
        Said(number, number, (to,), answers, before if 0 <= before < number else None)
        for number, (to, answers, before) in enumerate(said)
    ]
    found = kinds(posts, since)
    assert set(found) == {one.post for one in posts}
    for one in posts:
        if one.continues is not None:
            assert found[one.post] is found[one.continues]
        elif not one.answers:
            assert found[one.post] is MixKind.BROADCAST


def test_the_first_answer_to_a_friends_other_name_is_a_chat(town: Town) -> None:
    town.talk("odile", rounds=1, ago=9 * DAY)
    theirs = town.says("odile two", "who has a ladder", ago=5 * HOUR, at_home=True)
    town.says("mira", "@odiletwo I do", ago=4 * HOUR, to=theirs, naming=["odile two"])
    assert shares(town) == [0, 0, 1]
    linking.link(town.context, town.id_of("odile"), town.id_of("odile two")).result()
    assert shares(town) == [0, 1, 0]
