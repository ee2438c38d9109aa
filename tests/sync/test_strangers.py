"""Who writes for the first time is looked at: one by one, seldom, last of all, and nothing of it opens a turn."""

from __future__ import annotations

from datetime import UTC

import pytest
from msgspec.structs import replace
from support.scripted_network import somebody
from support.sync_desk import Desk, stored

from tui_inbox.commands import door as door_commands
from tui_inbox.commands.context import Context
from tui_inbox.core.conversation import Door, Lane
from tui_inbox.core.door import Wish
from tui_inbox.core.findings import Verdict
from tui_inbox.core.moment import DAY, HOUR, MINUTE
from tui_inbox.core.ports import Refused, SignedOut, Throttled, Unreachable
from tui_inbox.core.post import SeenPost
from tui_inbox.queries import inbox, strangers
from tui_inbox.queries.rows import Scope
from tui_inbox.queries.strangers import CheckView
from tui_inbox.store import accounts, door, identities, people, posts
from tui_inbox.store.database import Connection
from tui_inbox.store.door import Waiting
from tui_inbox.store.store import Writing
from tui_inbox.sync.strangers import AGAIN_AFTER, KEPT, MOST_AN_HOUR, NOT_KNOWN, Strangers

SPAM = "Grow your business with our panel, link in reply, only today"
NAMES = ("ann", "ben", "cat", "dan", "eva", "fay")

OWN = (
    "Blue was what I meant",
    "Bring your own cup, ours are drying",
    "That was the tenor, he does that",
    "We open at nine on Sundays",
    "My gate squeaks in A as well",
    "Rain before tea, says the cat",
)


@pytest.fixture
def checks(desk: Desk) -> Strangers:
    return Strangers(desk.store, desk.ingest, desk.clock, desk.network, desk.account.id)


async def writes_to_me(desk: Desk, name: str, text: str, *, to: SeenPost | None = None) -> SeenPost:
    """Somebody addresses me, and the server is asked how I stand to them."""
    seen = desk.network.mention(name, text, to=to)
    desk.clock.time = max(desk.clock.time, desk.network.now)
    await desk.backfill.catch_up_notices()
    await desk.backfill.read_relationships()
    return seen


def spams(desk: Desk, name: str) -> None:
    """Somebody sends everybody the same."""
    sent = [desk.network.write(name, f"@{one} {SPAM}", names=[one]) for one in NAMES]
    desk.network.written.extend(sent)


def answers_people(desk: Desk, name: str) -> None:
    """Somebody answers six people, in six wordings."""
    for one, text in zip(NAMES, OWN, strict=True):
        asked = desk.network.write(one, f"What does {one} ask?")
        desk.network.written.append(desk.network.write(name, text, to=asked))


def person_of(desk: Desk, name: str) -> int:
    found = desk.store.read(lambda db: people.find_by_ref(db, somebody(name).ref)).result()
    assert found is not None
    return found


def found_of(desk: Desk, name: str) -> CheckView | None:
    who, now = person_of(desk, name), desk.clock.now()

    def read(db: Connection) -> CheckView | None:
        return strangers.check_view(db, desk.account.id, who, now=now, zone=UTC)

    return desk.store.read(read).result()


def verdict_of(desk: Desk, name: str) -> Verdict | None:
    found = found_of(desk, name)
    return found.verdict if found else None


def lanes(desk: Desk) -> dict[Lane, list[str]]:
    scope = Scope((desk.account.id,))
    view = desk.store.read(lambda db: inbox.view(db, scope, now=desk.clock.now())).result()
    return {lane.lane: [row.person.name for row in lane.rows] for lane in view.lanes}


def asked(desk: Desk) -> int:
    return desk.network.calls.count("recent")


async def test_who_looks_like_a_person_stands_among_newcomers(
    desk: Desk, checks: Strangers
) -> None:
    answers_people(desk, "mossygate")
    spams(desk, "rocket")
    await writes_to_me(desk, "mossygate", "Is the rye one on Saturdays only?")
    await writes_to_me(desk, "rocket", SPAM)
    assert set(lanes(desk)[Lane.STRANGERS]) == {"mossygate", "rocket"}
    for _ in range(3):
        await checks.look()
    assert lanes(desk) == {Lane.NEWCOMERS: ["mossygate"], Lane.STRANGERS: ["rocket"]}
    assert (verdict_of(desk, "mossygate"), verdict_of(desk, "rocket")) == (
        Verdict.PERSON,
        Verdict.SAME,
    )
    assert asked(desk) == 2, "nobody is asked about twice"


async def test_behind_a_closed_door_they_stay_and_are_counted(
    desk: Desk, checks: Strangers
) -> None:
    desk.store.write(lambda w: accounts.set_door(w, desk.account.id, Door.CLOSED)).result()
    answers_people(desk, "mossygate")
    await writes_to_me(desk, "mossygate", "Is the rye one on Saturdays only?")
    await checks.look()
    scope = Scope((desk.account.id,))
    view = desk.store.read(lambda db: inbox.view(db, scope, now=desk.clock.now())).result()
    assert [(lane.lane, lane.people, len(lane.rows)) for lane in view.lanes] == [
        (Lane.STRANGERS, 1, 1)
    ]


async def test_behind_an_open_door_nobody_is_asked_about_by_itself(
    desk: Desk, checks: Strangers
) -> None:
    context = Context(desk.store, desk.clock)
    door_commands.set_door(context, desk.account.id, Door.OPEN).result()
    await writes_to_me(desk, "mossygate", "Hello?")
    await checks.look()
    assert asked(desk) == 0
    assert await checks.check(person_of(desk, "mossygate")) == ""
    assert desk.network.calls.count("recent, waited for") == 1


async def test_what_was_read_enters_no_feed_no_turn_and_no_table_of_posts(
    desk: Desk, checks: Strangers
) -> None:
    """Among it a text that names me and that no notification told of yet."""
    spams(desk, "rocket")
    first = await writes_to_me(desk, "rocket", SPAM)
    untold = desk.network.write("rocket", "and now to you", names=["me"])
    desk.network.written.append(untold)

    def stored_posts(db: Connection) -> list[tuple[str, int]]:
        """Every post, with how many places it has in feeds."""
        return db.execute(
            "SELECT p.uri, count(e.seq) FROM posts p LEFT JOIN entries e ON e.post = p.id GROUP BY p.id"
        ).fetchall()

    before = desk.store.read(stored_posts).result()
    assert [uri for uri, _ in before] == [first.post.ref.uri]
    await checks.look()
    assert verdict_of(desk, "rocket") is Verdict.SAME
    assert desk.store.read(stored_posts).result() == before
    # When the line tells of it, it opens its turn as if nobody had looked.
    desk.ingest.take_posts(desk.account.id, [untold]).result()
    assert len(lanes(desk)[Lane.STRANGERS]) == 2


async def test_a_post_behind_a_sentence_is_brought_in_when_it_is_opened(
    desk: Desk, checks: Strangers
) -> None:
    spams(desk, "rocket")
    await writes_to_me(desk, "rocket", SPAM)
    await checks.look()
    for sent in desk.network.written:
        desk.network.published[sent.view.server_id] = sent
    found = found_of(desk, "rocket")
    assert found is not None
    behind = next(line for line in found.lines if line.label == "same text").evidence
    not_stored = next(one for one in behind if one.post is None)
    id = await checks.read_quoted(not_stored.server_id)
    post = desk.store.read(lambda db: posts.post(db, desk.account.id, id)).result()
    assert post is not None
    assert post.post.ref.uri == not_stored.key
    with pytest.raises(Refused):
        await checks.read_quoted("nowhere")


async def test_who_writes_the_same_again_is_not_asked_about_again_before_a_week(
    desk: Desk, checks: Strangers
) -> None:
    spams(desk, "rocket")
    await writes_to_me(desk, "rocket", f"@me {SPAM}")
    await checks.look()
    desk.clock.time += DAY
    desk.network.now = desk.clock.time
    await writes_to_me(desk, "rocket", f"@me@scripted.example {SPAM}")
    await checks.look()
    assert asked(desk) == 1
    await writes_to_me(desk, "rocket", "Sorry, that was my cousin. May I ask about the bench?")
    await checks.look()
    assert asked(desk) == 2
    desk.clock.time += KEPT
    await checks.look()
    assert asked(desk) == 3


async def test_whom_one_follows_knows_or_has_let_in_is_not_asked_about(
    desk: Desk, checks: Strangers
) -> None:
    asking = await writes_to_me(desk, "odile", "Which bridge?")
    answer = desk.network.write("me", "The second", to=asking)
    desk.ingest.take_posts(desk.account.id, [answer]).result()
    await writes_to_me(desk, "odile", "And the lamp?")
    await writes_to_me(desk, "mossygate", "Hello?")
    who = person_of(desk, "mossygate")
    desk.store.write(lambda w: people.set_accepted(w, desk.account.id, who, True)).result()
    await writes_to_me(desk, "hollowreed", "Hello?")
    other = person_of(desk, "hollowreed")
    desk.store.write(
        lambda w: people.set_flag(w, desk.account.id, other, "following", True)
    ).result()
    await checks.look()
    assert asked(desk) == 0


async def test_a_wave_of_strangers_becomes_no_wave_of_requests(
    desk: Desk, checks: Strangers
) -> None:
    for number in range(MOST_AN_HOUR + 5):
        await writes_to_me(desk, f"s{number}", f"hello {number}")
    for _ in range(MOST_AN_HOUR + 5):
        await checks.look()
    assert asked(desk) == MOST_AN_HOUR
    desk.clock.time += HOUR
    for _ in range(10):
        await checks.look()
    assert asked(desk) == MOST_AN_HOUR + 5


async def test_a_server_that_does_not_answer_is_said_and_asked_again(
    desk: Desk, checks: Strangers
) -> None:
    answers_people(desk, "mossygate")
    await writes_to_me(desk, "mossygate", "Hello?")
    desk.network.fail("recent", Unreachable("scripted.example is down."))
    await checks.look()
    found = found_of(desk, "mossygate")
    assert found is not None
    assert (found.verdict, found.why) == (Verdict.UNKNOWN, "the server did not answer")
    await checks.look()
    assert asked(desk) == 1
    desk.clock.time += AGAIN_AFTER + MINUTE
    await checks.look()
    assert verdict_of(desk, "mossygate") is Verdict.PERSON
    desk.clock.time += KEPT
    desk.network.fail("recent", Unreachable("scripted.example is down."))
    await checks.look()
    assert verdict_of(desk, "mossygate") is Verdict.PERSON, "what was found before stays"


async def test_one_whom_the_server_fails_at_holds_up_nobody_and_two_in_a_row_are_a_rest(
    desk: Desk, checks: Strangers
) -> None:
    for name in ("ann", "ben", "cat", "dan"):
        await writes_to_me(desk, name, "Hello?")
    down = Unreachable("scripted.example answered with 500.")
    desk.network.fail("recent", down)
    await checks.look()
    await checks.look()
    assert asked(desk) == 2, "the next one is asked about at the next look"
    desk.network.fail("recent", down)
    await checks.look()
    desk.network.fail("recent", down)
    with pytest.raises(Unreachable):
        await checks.look()


@pytest.mark.parametrize(
    ("refusal", "why"),
    [
        (Refused("No.", gone=True), "the account is not there any more"),
        (Refused("No."), "the server shows nothing of theirs"),
    ],
)
async def test_a_definite_no_is_said_and_the_next_one_is_asked_about(
    desk: Desk, checks: Strangers, refusal: Refused, why: str
) -> None:
    await writes_to_me(desk, "ann", "Hello?")
    await writes_to_me(desk, "gone", "Hello?")
    desk.network.fail("recent", refusal)
    await checks.look()
    found = found_of(desk, "gone")
    assert found is not None
    assert found.why == why
    await checks.look()
    assert asked(desk) == 2


@pytest.mark.parametrize("error", [SignedOut("No."), Throttled("Later.", until=1)])
async def test_what_is_no_word_about_them_is_not_noted(
    desk: Desk, checks: Strangers, error: Exception
) -> None:
    await writes_to_me(desk, "ann", "Hello?")
    desk.network.fail("recent", error)
    with pytest.raises(type(error)):
        await checks.look()
    assert verdict_of(desk, "ann") is None


async def test_a_friend_who_writes_with_them_is_found_in_what_is_stored(
    desk: Desk, checks: Strangers
) -> None:
    asking = await writes_to_me(desk, "odile", "Which bridge?")
    answer = desk.network.write("me", "The second", to=asking)
    to_them = desk.network.write("odile", "Requested!", names=["starling"])
    desk.ingest.take_posts(desk.account.id, [answer, to_them]).result()
    desk.network.written.append(desk.network.write("starling", "Gladly", names=["odile"]))
    await writes_to_me(desk, "starling", "Does it remember after one closes the window?")
    await checks.look()
    found = found_of(desk, "starling")
    assert found is not None
    assert found.verdict is Verdict.PERSON
    (knows,) = [line for line in found.lines if line.label == "knows"]
    assert knows.words == "odile (they write to each other)"
    assert [(one.author, one.text) for one in knows.evidence] == [
        ("odile", "Requested!"),
        ("", "Gladly"),
    ]
    assert stored(desk, to_them).id == knows.evidence[0].post


async def test_who_shows_posts_to_followers_only_is_said_to(desk: Desk, checks: Strangers) -> None:
    await writes_to_me(desk, "shy", "Hello?")
    desk.network.notices_told.clear()
    desk.network.profiles["id-shy"] = replace(somebody("shy"), locked=True)
    await checks.look()
    found = found_of(desk, "shy")
    assert found is not None
    assert found.why == "posts are for followers only"
    assert found.basis == ""


async def test_whom_the_server_does_not_know_cannot_be_asked_about(
    desk: Desk, checks: Strangers
) -> None:
    stranger = desk.store.write(lambda w: people.put_identity(w.db, somebody("nobody"))).result()
    assert await checks.check(stranger) == NOT_KNOWN


async def test_what_was_found_goes_with_its_account(desk: Desk, checks: Strangers) -> None:
    await writes_to_me(desk, "ann", "Hello?")
    await checks.look()
    desk.store.write(lambda w: accounts.remove_account(w, desk.account.id)).result()
    left = desk.store.read(lambda db: db.execute("SELECT count(*) FROM checks").fetchone())
    assert left.result() == (0,)


async def test_who_waits_at_the_door_is_asked_about_after_those_who_wrote(
    desk: Desk, checks: Strangers
) -> None:
    """Whom the server holds back before who asks to follow."""

    def wait(w: Writing) -> None:
        for wish, name in ((Wish.FOLLOW, "fay"), (Wish.BE_HEARD, "hal")):
            person = people.put_person(w, desk.account.id, somebody(name))
            one = Waiting(desk.account.id, wish, person, text="Is anybody there?")
            door.put_list(w, desk.account.id, wish, [one])

    desk.store.write(wait).result()
    await writes_to_me(desk, "ann", "Hello?")
    for name in ("ann", "hal", "fay"):
        desk.network.profiles[f"id-{name}"] = somebody(name)
        assert verdict_of(desk, name) is None
        await checks.look()
        assert verdict_of(desk, name) is Verdict.UNKNOWN
    await checks.look()
    assert asked(desk) == 3


async def test_whom_the_owner_has_linked_is_not_asked_about(desk: Desk, checks: Strangers) -> None:
    for name in ("odile", "odile2", "ben", "ben2"):
        await writes_to_me(desk, name, "Is it open?")
    odile, odile2, ben, ben2 = (person_of(desk, one) for one in ("odile", "odile2", "ben", "ben2"))

    def link(w: Writing) -> None:
        identities.link(w, odile, odile2, at=desk.clock.now())
        identities.link(w, ben, ben2, moved=ben)

    desk.store.write(link).result()
    for _ in range(4):
        await checks.look()
    assert asked(desk) == 2, "a server's word makes nobody known"
