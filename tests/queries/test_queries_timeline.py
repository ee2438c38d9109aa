"""Windows on the timeline: order, holes, boosters, what the owner did, people one talks with."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.town_builder import Said, Town

from tui_inbox.core.moment import DAY, HOUR, MINUTE
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.post import FilterAction, FilterHit, PostView
from tui_inbox.queries import timeline
from tui_inbox.queries.rows import EntryKey, EntryRow, GapRow, PostRow, TimelineWindow
from tui_inbox.store import feeds, outbox, people


def window(
    town: Town,
    *,
    limit: int = 200,
    older_than: EntryKey | None = None,
    newer_than: EntryKey | None = None,
    around: EntryKey | None = None,
    talk_only: bool = False,
) -> TimelineWindow:
    return town.ask(
        timeline.window,
        town.scope(),
        now=town.now,
        limit=limit,
        older_than=older_than,
        newer_than=newer_than,
        around=around,
        talk_only=talk_only,
    )


def texts(found: TimelineWindow) -> list[str]:
    return [row.post.text if isinstance(row, EntryRow) else "gap" for row in found.rows]


def posts(found: TimelineWindow) -> list[PostRow]:
    return [row.post for row in found.rows if isinstance(row, EntryRow)]


@pytest.fixture
def ten(town: Town) -> list[Said]:
    """Ten posts of ten hours, newest first."""
    return [town.says("ferry", str(hour), ago=hour * HOUR, at_home=True) for hour in range(1, 11)]


def add_gap(town: Town, upper: EntryKey, lower: EntryKey) -> None:
    (home,) = town.ask(timeline.home_feeds, [1])
    town.write(lambda w: feeds.add_gap(w, home, upper=upper, lower=lower, older_than="cursor"))


def test_what_another_account_of_ones_own_wrote_is_named_as_ones_own(town: Town) -> None:
    acorn = town.account("acorn")
    town.says("acorn", "The beta is out.", at_home=True)
    town.says("odile", "At last.", at_home=True)
    window = town.ask(timeline.window, town.scope("mira"), now=town.now)
    said = {row.post.text: row.post for row in window.rows if isinstance(row, EntryRow)}
    beta = said["The beta is out."]
    assert (beta.mine, beta.own_as, beta.account) == (False, "acorn", 1)
    assert said["At last."].own_as == ""
    town.says("acorn", "And green.", at_home=True, account=acorn)
    window = town.ask(timeline.window, town.scope("acorn"), now=town.now)
    (own,) = [row.post for row in window.rows if isinstance(row, EntryRow)]
    assert (own.mine, own.own_as) == (True, "")


def test_an_empty_store_has_an_empty_timeline(town: Town) -> None:
    assert window(town) == TimelineWindow((), at_newest=True, at_oldest=True)
    assert town.ask(timeline.newest_key, town.scope()) is None
    assert town.ask(timeline.count_newer, town.scope(), (0, "")) == 0


def test_the_newest_window_stands_newest_first_and_knows_its_ends(
    town: Town, ten: list[Said]
) -> None:
    found = window(town, limit=4)
    assert texts(found) == ["1", "2", "3", "4"]
    assert (found.at_newest, found.at_oldest) == (True, False)
    assert window(town).at_oldest
    assert town.ask(timeline.newest_key, town.scope()) == found.rows[0].key


def test_what_was_filed_before_a_window_was_read_does_not_count_as_late(
    town: Town, ten: list[Said]
) -> None:
    found = window(town, limit=4)
    numbers = [row.seq for row in window(town).rows if isinstance(row, EntryRow)]
    assert numbers == sorted(numbers)  # the newest was filed first, as pages are
    late = town.ask(
        timeline.count_late,
        town.scope(),
        after_seq=found.latest_seq,
        older_than=found.rows[0].key,
    )
    assert late == 0


def test_windows_follow_each_other_in_both_directions(town: Town, ten: list[Said]) -> None:
    keys = [row.key for row in window(town).rows]
    below = window(town, limit=3, older_than=keys[3])
    assert texts(below) == ["5", "6", "7"]
    assert (below.at_newest, below.at_oldest) == (False, False)
    above = window(town, limit=3, newer_than=keys[4])
    assert texts(above) == ["2", "3", "4"]
    assert (above.at_newest, above.at_oldest) == (False, False)
    assert window(town, limit=5, newer_than=keys[4]).at_newest
    around = window(town, limit=4, around=keys[5])
    assert texts(around) == ["4", "5", "6", "7"]
    latest = window(town).latest_seq
    assert window(town, older_than=keys[-1]) == TimelineWindow((), False, True, latest)
    assert window(town, newer_than=keys[0]) == TimelineWindow((), True, False, latest)


def test_a_hole_stands_below_the_entry_at_its_upper_edge(town: Town, ten: list[Said]) -> None:
    keys = [row.key for row in window(town).rows]
    add_gap(town, keys[2], keys[3])
    found = window(town, limit=5)
    assert texts(found) == ["1", "2", "3", "gap", "4", "5"]
    gap = found.rows[3]
    assert isinstance(gap, GapRow)
    assert (gap.upper_at, gap.lower_at) == (keys[2][0], keys[3][0])


@settings(max_examples=20, deadline=None)
@given(size=st.integers(1, 6), upper=st.integers(0, 8))
def test_windows_that_follow_each_other_show_each_hole_once(
    tmp_path_factory: pytest.TempPathFactory, size: int, upper: int
) -> None:
    town = Town(tmp_path_factory.mktemp("town"))
    town.account("mira")
    for hour in range(1, 11):
        town.says("ferry", str(hour), ago=hour * HOUR, at_home=True)
    keys = [row.key for row in window(town).rows]
    add_gap(town, keys[upper], keys[upper + 1])
    whole = window(town).rows
    down = list((found := window(town, limit=size)).rows)
    while not found.at_oldest:
        found = window(town, limit=size, older_than=down[-1].key)
        down += found.rows
    assert tuple(down) == whole
    up = list((found := window(town, limit=size, older_than=(keys[-1][0], ""))).rows)
    while not found.at_newest:
        found = window(town, limit=size, newer_than=up[0].key if up else (0, ""))
        up = [*found.rows, *up]
    assert tuple(up) == whole
    town.close()


def test_boosts_of_one_post_are_one_row_with_everybody_who_passed_it_on(town: Town) -> None:
    town.says("salt", "tide tables", boosted_by=["odile", "tinbadger"])
    (post,) = posts(window(town))
    assert [booster.name for booster in post.boosters] == ["odile", "tinbadger"]
    assert post.author.name == "salt"


def test_a_row_says_whom_it_answers_also_where_the_parent_is_not_stored(town: Town) -> None:
    asked = town.says("papercrane", "How was the move?", ago=3 * HOUR)
    town.says("quillfox", "Two evenings.", to=asked, ago=2 * HOUR, at_home=True)
    missing = town.says("wren", "lost", ago=3 * HOUR)
    town.says("mossygate", "Same here.", to=missing, ago=HOUR, at_home=True)
    town.write(
        lambda w: w.db.execute("UPDATE posts SET parent = NULL WHERE parent = ?", (missing.id,))
    )
    assert [post.answers.name for post in posts(window(town)) if post.answers] == [
        "wren",
        "papercrane",
    ]


def test_what_the_server_filters_and_what_was_edited_is_told(town: Town) -> None:
    said = town.says("ferry", "From Monday", at_home=True)
    view = PostView(
        f"1:{said.post.ref.uri}", filtered=(FilterHit("ferries", FilterAction.WARN, ("home",)),)
    )
    town.shows(said.post, view=view)
    (post,) = posts(window(town))
    assert post.hidden == "ferries"
    assert not post.edited


def test_a_quoted_post_comes_along_one_level_deep(town: Town) -> None:
    inner = town.says("ferry", "inner", ago=5 * HOUR)
    middle = town.says("salt", "middle", quoting=inner, ago=4 * HOUR)
    town.says("odile", "outer", quoting=middle, ago=3 * HOUR, at_home=True)
    (post,) = posts(window(town))
    assert post.quoted is not None
    assert post.quoted.text == "middle"
    assert post.quoted.quoted is None


def test_only_people_one_talks_with_and_oneself_can_be_shown(town: Town) -> None:
    for hour in range(1, 8):
        town.says("ferry", f"ferry {hour}", ago=hour * HOUR, at_home=True)
    town.talk("quillfox", ago=5 * DAY)
    for hour in (2, 4, 6):
        town.says("quillfox", f"quillfox {hour}", ago=hour * HOUR - MINUTE, at_home=True)
    town.says("mira", "mine", ago=3 * HOUR - MINUTE, at_home=True)
    found = window(town, limit=2, talk_only=True)
    assert texts(found) == ["quillfox 2", "mine"]
    assert (found.at_newest, found.at_oldest) == (True, False)
    rest = window(town, limit=9, talk_only=True, older_than=found.rows[-1].key)
    assert texts(rest) == ["quillfox 4", "quillfox 6"]
    assert rest.at_oldest
    back = window(town, limit=9, talk_only=True, newer_than=rest.rows[0].key)
    assert texts(back) == ["quillfox 2", "mine"]
    assert back.at_newest


def test_two_accounts_lie_together_and_each_row_has_its_letters(town: Town) -> None:
    acorn = town.account("acorn")
    town.says("ferry", "for mira", ago=2 * HOUR, at_home=True)
    town.says("ferry", "for acorn", ago=HOUR, at_home=True, account=acorn)
    assert [(post.text, post.letters) for post in posts(window(town))] == [
        ("for acorn", "ac"),
        ("for mira", "mi"),
    ]


def test_what_came_above_and_what_came_late_is_counted(town: Town, ten: list[Said]) -> None:
    rows = window(town).rows
    seq = max(row.seq for row in rows if isinstance(row, EntryRow))
    top = rows[0].key
    town.says("ferry", "new", ago=MINUTE, at_home=True)
    town.says("ferry", "late", ago=5 * HOUR + MINUTE, at_home=True)
    scope = town.scope()
    assert town.ask(timeline.count_newer, scope, top) == 1
    assert town.ask(timeline.count_late, scope, after_seq=seq, older_than=top) == 1


def test_rows_are_equal_while_nothing_changes(town: Town, ten: list[Said]) -> None:
    assert window(town) == window(town)
    before = window(town)
    town.write(
        lambda w: outbox.add(
            w,
            account=1,
            kind="boost",
            state=OutboxState.WAITING,
            key="k",
            content="",
            created_at=town.now,
            release_at=town.now,
            post=ten[0].id,
        )
    )
    after = window(town)
    assert [one == other for one, other in zip(before.rows, after.rows, strict=True)].count(
        False
    ) == 1
    assert posts(after)[0].did == ("boosted",)


# Floods, and the people mode


def brought(town: Town) -> dict[str, int]:
    """Whose flood each post may be part of, by its text."""
    found = window(town)
    return {row.post.text: row.brought_by for row in found.rows if isinstance(row, EntryRow)}


def test_a_post_may_be_folded_among_others_of_whoever_brought_it(town: Town) -> None:
    town.says("ferry", "at ten", ago=HOUR, at_home=True)
    town.says("signal", "passed on", ago=2 * HOUR, boosted_by=["ferry"])
    town.says("signal", "passed on twice", ago=3 * HOUR, boosted_by=["ferry", "cat"])
    ferry = town.id_of("ferry")
    assert brought(town) == {"at ten": ferry, "passed on": ferry, "passed on twice": 0}


def test_what_addresses_the_owner_and_what_close_people_say_is_never_folded(town: Town) -> None:
    mine = town.says("mira", "mine", ago=5 * HOUR, at_home=True)
    town.says("ferry", "an answer", ago=4 * HOUR, to=mine, at_home=True)
    town.says("ferry", "it names her", ago=3 * HOUR, naming=["mira"], at_home=True)
    talk = town.says("odile", "how are you", ago=10 * DAY, naming=["mira"])
    town.says("mira", "well", ago=9 * DAY, to=talk)
    town.says("odile", "a thread", ago=2 * HOUR, at_home=True)
    town.says("pinned", "dear to her", ago=HOUR, at_home=True)
    town.write(lambda w: people.set_pinned(w, 1, town.id_of("pinned"), True))
    assert set(brought(town).values()) == {0}


def test_the_people_mode_shows_what_they_pass_on_as_well(town: Town) -> None:
    talk = town.says("odile", "how are you", ago=10 * DAY, naming=["mira"])
    town.says("mira", "well", ago=9 * DAY, to=talk)
    town.says("ferry", "late again", ago=3 * HOUR, at_home=True)
    town.says("signal", "a tune", ago=2 * HOUR, boosted_by=["odile"])
    town.says("odile", "good morning", ago=HOUR, at_home=True)
    assert texts(window(town, talk_only=True)) == ["good morning", "a tune"]
    above = (town.now - 4 * HOUR, "")
    scope = town.scope()
    assert town.ask(timeline.count_newer, scope, above) == 3
    assert town.ask(timeline.count_newer, scope, above, talk_only=True) == 2
