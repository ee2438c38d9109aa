"""An archive is taken in: people are then who they are for somebody who was here all the time."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.archives import Repository, message, script, talk, tweet, x_account, zipped
from support.scripted_network import NOON
from support.sync_desk import Desk

from tui_inbox.archives.bluesky import BlueskyArchive
from tui_inbox.archives.x import XArchive
from tui_inbox.core.account import Account, Limits
from tui_inbox.core.archive import BadArchive, Imported
from tui_inbox.core.conversation import Lane
from tui_inbox.core.interaction import InteractionKind
from tui_inbox.core.person import Person, PersonRef
from tui_inbox.queries import inbox
from tui_inbox.queries.rows import Scope
from tui_inbox.store import accounts, ledger, people, posts
from tui_inbox.store.database import Connection
from tui_inbox.sync.importing import import_archive

DAY_OF_2018 = "Wed Oct 10 20:19:24 +0000 2018"
ME, SHE = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa", "did:plc:bbbbbbbbbbbbbbbbbbbbbbbb"


def sign_in(desk: Desk, network: str, uri: str, handle: str) -> Account:
    person = Person(PersonRef(network, uri), uri, handle, "Mira", bio="kept")
    return desk.store.write(
        lambda w: accounts.add_account(
            w, network=network, server="", person=person, letters="x", label="M", limits=Limits()
        )
    ).result()


def x_archive(folder: Path) -> XArchive:
    """Answers to quillfox, and messages with her in both directions."""
    named = {"user_mentions": [{"id_str": "2", "screen_name": "quillfox", "name": "Quill Fox"}]}
    told = [
        tweet("11", "@quillfox hm", DAY_OF_2018, entities=named, in_reply_to_user_id_str="2"),
        tweet("12", "On the ferry.", DAY_OF_2018),
        tweet("13", "RT @quillfox: A gift", DAY_OF_2018, entities=named),
    ]
    messages = talk(
        message("21", "2", "1", "Can I send it?", "2021-03-04T05:06:07.890Z"),
        message("22", "1", "2", "Yes, do.", "2021-03-04T06:00:00.000Z"),
        message("23", "2", "1", "Here?", "2021-03-05T06:00:00.000Z"),
    )
    files = {
        "data/account.js": x_account(),
        "data/tweets.js": script("tweets", told),
        "data/direct-messages.js": script("direct_messages", [messages]),
    }
    return XArchive(zipped(folder / "x.zip", files))


def take_in(desk: Desk, archive: XArchive | BlueskyArchive) -> Imported:
    return import_archive(desk.store, desk.clock, archive, lambda done: None)


def test_people_know_whom_one_has_talked_with_on_x(desk: Desk, tmp_path: Path) -> None:
    account = sign_in(desk, "x", "1", "mira")
    done = take_in(desk, x_archive(tmp_path))
    assert (done.posts, done.new_posts, done.touches, done.people) == (5, 5, 1, 1)

    def kinds(db: Connection) -> list[tuple[InteractionKind, str | None]]:
        names = {id: name for id, (name, _) in people.names(db, range(1, 20)).items()}
        return [(one.kind, names.get(one.actor)) for one in ledger.interactions(db, account.id)]

    assert desk.store.read(kinds).result() == [
        (InteractionKind.MENTION, "Mira"),
        (InteractionKind.BOOST, "Mira"),
        (InteractionKind.DIRECT, "Quill Fox"),
        (InteractionKind.DIRECT, "Mira"),
        (InteractionKind.DIRECT, "Quill Fox"),
    ]


def test_what_nobody_answered_years_ago_waits_for_nobody(desk: Desk, tmp_path: Path) -> None:
    account = sign_in(desk, "x", "1", "mira")
    take_in(desk, x_archive(tmp_path))
    view = desk.store.read(
        lambda db: inbox.view(db, Scope((account.id,)), now=desk.clock.now())
    ).result()
    assert view.waiting == 0
    assert not [row for lane in view.lanes if lane.lane is Lane.TALK for row in lane.rows]


def test_the_same_archive_again_adds_nothing(desk: Desk, tmp_path: Path) -> None:
    sign_in(desk, "x", "1", "mira")
    take_in(desk, x_archive(tmp_path))
    again = take_in(desk, x_archive(tmp_path))
    assert (again.posts, again.new_posts, again.touches) == (5, 0, 0)


def test_what_a_server_has_told_of_people_stays(desk: Desk, tmp_path: Path) -> None:
    account = sign_in(desk, "bluesky", ME, "mira.example")
    odile = Person(PersonRef("bluesky", SHE), SHE, "odile.example", "Odile Fenn")
    desk.store.write(lambda w: people.put_person(w, account.id, odile)).result()
    made, when = Repository(ME), "2026-01-02T03:04:05Z"
    parent = {"uri": f"at://{SHE}/app.bsky.feed.post/3jaa", "cid": "x"}
    answer = {"text": "yes", "createdAt": when, "reply": {"root": parent, "parent": parent}}
    made.add("app.bsky.feed.post/3kzz", answer)
    made.add("app.bsky.feed.like/3l", {"subject": parent, "createdAt": when})
    done = take_in(desk, BlueskyArchive(made.write(tmp_path / "repo.car"), NOON))
    assert (done.new_posts, done.touches) == (1, 1)

    def read(db: Connection) -> tuple[list[str], list[InteractionKind], str]:
        found = [people.find_by_ref(db, PersonRef("bluesky", did)) for did in (ME, SHE)]
        known = [people.person(db, id) for id in found if id is not None]
        kinds = [one.kind for one in ledger.interactions(db, account.id)]
        stored = next(iter(posts.posts(db, account.id, [1]).values()))
        return [f"{p.handle} {p.name}" for p in known if p], kinds, stored.post.text

    assert desk.store.read(read).result() == (
        ["mira.example Mira", "odile.example Odile Fenn"],
        [InteractionKind.FAVOURITE, InteractionKind.REPLY],
        "yes",
    )


def test_an_archive_of_somebody_else_is_refused(desk: Desk, tmp_path: Path) -> None:
    sign_in(desk, "x", "7", "somebody")
    with pytest.raises(BadArchive, match=r"archive of mira, and none of your accounts"):
        take_in(desk, x_archive(tmp_path))
