"""The conversations of hits that ask are read while one looks at them: seldom, few, and last of all."""

from __future__ import annotations

import pytest
from support.sync_desk import Desk, stored

from tui_inbox.commands import searches as commands
from tui_inbox.commands.context import Context
from tui_inbox.core.conversation import ItemState
from tui_inbox.core.moment import MINUTE
from tui_inbox.core.ports import Refused, Thread, Unreachable
from tui_inbox.core.post import SeenPost
from tui_inbox.queries import searches as queries
from tui_inbox.queries.rows import Scope
from tui_inbox.store import searches
from tui_inbox.sync.answer_checks import AT_ONCE, FIRST_REST, LONGEST_REST, AnswerChecks

UNHURRIED = "thread, unhurried"


class Eyes:
    """What the owner reads."""

    def __init__(self) -> None:
        self.posts: list[int] = []

    def __call__(self) -> list[int]:
        return self.posts


@pytest.fixture
def eyes() -> Eyes:
    return Eyes()


@pytest.fixture
def checks(desk: Desk, eyes: Eyes) -> AnswerChecks:
    return AnswerChecks(desk.store, desk.ingest, desk.clock, desk.network, desk.account.id, eyes)


def asked(desk: Desk, *texts: str) -> list[SeenPost]:
    """Posts that the search for `tide` finds."""
    seen = [desk.network.write("ann", text) for text in texts]
    for one in seen:
        desk.network.home(one)
    desk.ingest.take_posts(desk.account.id, seen).result()
    commands.save(Context(desk.store, desk.clock), desk.account.id, "tide").result()
    return seen


def answers(desk: Desk) -> list[str]:
    scope = Scope((desk.account.id,))
    view = desk.store.read(lambda db: queries.view(db, scope, now=desk.clock.now())).result()
    return [hit.answers for search in view for hit in search.hits]


async def test_an_answer_that_reached_nobody_is_told_once_one_has_looked_for_a_while(
    desk: Desk, checks: AnswerChecks, eyes: Eyes, monkeypatch: pytest.MonkeyPatch
) -> None:
    (question,) = asked(desk, "Anyone know a tide table?")
    answer = desk.network.write("ben", "The blue one.", to=question)

    async def thread(server_id: str, *, waited_for: bool = True) -> Thread:
        assert (server_id, waited_for) == (question.view.server_id, False)
        desk.network.calls.append(UNHURRIED)
        return Thread(question, below=(answer,))

    monkeypatch.setattr(desk.network, "thread", thread)
    await checks.look()
    assert desk.network.calls == [], "nobody looks"
    assert answers(desk) == ["no answer seen"]
    eyes.posts = [stored(desk, question).id]
    await checks.look()
    assert desk.network.calls == [UNHURRIED]
    assert answers(desk)[0].startswith("1 answer")


async def test_the_author_who_goes_on_speaking_answers_nobody(desk: Desk) -> None:
    (question,) = asked(desk, "Anyone know a tide table?")
    more = desk.network.write("ann", "One for the harbour, that is.", to=question)
    desk.ingest.take_posts(desk.account.id, [more]).result()
    assert answers(desk) == ["no answer seen"]


async def test_it_is_asked_less_and_less_often(
    desk: Desk, checks: AnswerChecks, eyes: Eyes
) -> None:
    (question,) = asked(desk, "Anyone know a tide table?")
    eyes.posts = [stored(desk, question).id]
    for _ in range(12 * 60):
        await checks.look()
        desk.clock.time += MINUTE
    # After 5, 10, 20, 40, 80 minutes, then every two hours.
    assert desk.network.calls.count(UNHURRIED) == 6 + (12 * 60 - 155) // (LONGEST_REST // MINUTE)
    assert FIRST_REST < LONGEST_REST


async def test_only_open_hits_that_ask_are_asked_about_and_few_in_one_go(
    desk: Desk, checks: AnswerChecks, eyes: Eyes
) -> None:
    texts = [f"Which tide table, {n}?" for n in range(AT_ONCE + 3)]
    seen = asked(desk, "The tide is high.", *texts)
    other = desk.network.write("ben", "Is that no hit?")
    desk.ingest.take_posts(desk.account.id, [other]).result()
    done = stored(desk, seen[-1]).id
    desk.store.write(lambda w: searches.set_hit_state(w, 1, done, ItemState.DONE)).result()
    eyes.posts = [stored(desk, one).id for one in (*seen, other)]
    await checks.look()
    assert desk.network.calls == [UNHURRIED] * AT_ONCE
    await checks.look()
    await checks.look()
    assert desk.network.calls == [UNHURRIED] * (AT_ONCE + 2)


async def test_a_search_that_shows_only_what_asks_asks_about_all_it_shows(
    desk: Desk, checks: AnswerChecks, eyes: Eyes
) -> None:
    (question,) = asked(desk, "Looking for a tide table.")
    commands.set_asks_only(Context(desk.store, desk.clock), 1, True).result()
    eyes.posts = [stored(desk, question).id]
    await checks.look()
    assert desk.network.calls == [UNHURRIED]
    assert answers(desk) == ["no answer seen"]


async def test_a_refusal_is_no_loss_and_a_lost_line_is_tried_again(
    desk: Desk, checks: AnswerChecks, eyes: Eyes
) -> None:
    first, second = asked(desk, "Which tide?", "Whose tide?")
    eyes.posts = [stored(desk, second).id]
    desk.network.fail("thread", Unreachable("the line is lost"))
    with pytest.raises(Unreachable):
        await checks.look()
    desk.network.fail("thread", Refused("not here", gone=True))
    await checks.look()
    assert stored(desk, second).deleted
    eyes.posts = [stored(desk, first).id]
    desk.network.fail("thread", Refused("not for you"))
    await checks.look()
    assert not stored(desk, first).deleted
