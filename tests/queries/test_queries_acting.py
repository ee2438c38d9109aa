"""Which accounts may act on a post."""

from __future__ import annotations

import pytest
from support.town_builder import Said, Town

from tui_inbox.core.events import PostDeleted
from tui_inbox.core.moment import HOUR
from tui_inbox.core.post import Audience
from tui_inbox.queries import acting


@pytest.fixture
def two(town: Town) -> Town:
    """A town in which mira and acorn are signed in."""
    town.account("acorn")
    return town


def who_may(town: Town, said: Said) -> list[tuple[str, bool]]:
    """The accounts that may act on a post, each with whether its server knows it."""
    return [(actor.account.label, actor.knows) for actor in town.ask(acting.actors, said.id)]


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.UNLISTED])
def test_what_everybody_may_read_is_for_all_accounts(two: Town, audience: Audience) -> None:
    said = two.says("quillfox", "Forty singers, one treasurer.", audience=audience)
    assert who_may(two, said) == [("mira", True), ("acorn", False)]


@pytest.mark.parametrize("audience", [Audience.FOLLOWERS, Audience.LIMITED, Audience.DIRECT])
def test_anything_narrower_is_for_those_who_were_shown_it(two: Town, audience: Audience) -> None:
    said = two.says("quillfox", "For you alone.", audience=audience)
    assert who_may(two, said) == [("mira", True)]
    two.shows(said.post, account=2)
    assert who_may(two, said) == [("mira", True), ("acorn", True)]


def test_each_sees_its_own_view_of_it(two: Town) -> None:
    said = two.says("quillfox", "For you alone.", audience=Audience.FOLLOWERS)
    seen = two.ask(acting.as_seen_by, 1, said.id)
    assert seen is not None
    assert (seen.account, seen.letters) == (1, "mi")
    assert two.ask(acting.as_seen_by, 2, said.id) is None
    assert two.ask(acting.as_seen_by, 9, said.id) is None


def test_on_a_post_that_is_gone_nobody_acts(two: Town) -> None:
    said = two.says("quillfox", "Said too soon.", ago=HOUR)
    two.ingest.take_events(1, [PostDeleted(f"1:{said.post.ref.uri}")]).result()
    assert who_may(two, said) == []
