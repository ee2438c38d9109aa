"""Verbs that write: posts with all that goes with them, changed and deleted; drafts; several accounts at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from support.fake_mastodon.running import FakeServer, running_fake
from support.installed import Installed
from support.mastodon_mock_server import MockServer

SENTENCE = "The tide comes in over the long flat sand and goes out again. "


@pytest.fixture
def lamp(tmp_path: Path) -> str:
    """A picture, as far as its first bytes say."""
    file = tmp_path / "lamp.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\nand so on")
    return str(file)


def said(done: CompletedProcess[str], code: int = 0) -> str:
    """What a verb printed; it must end as told, and complain only where it failed."""
    assert done.returncode == code, done.stderr
    return done.stdout


def mine(town: Installed) -> list[dict[str, Any]]:
    """What mira has posted, newest first, as her server shows it."""
    done = town.run("timeline", "--demo", "--sync", "--source", "mine", "--limit", "9", "--json")
    return [row["post"] for row in json.loads(said(done))["rows"] if row.get("post")]


def outbox(program: Installed, *arguments: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(said(program.run("outbox", "--json", *arguments)))
    return rows


# One account


def test_a_picture_goes_out_with_its_description(town: Installed, lamp: str) -> None:
    done = town.run("post", "--demo", "A lamp.", "--attach", lamp, "--alt", "a lamp, lit")
    assert said(done) == "Sent.\n"
    newest = mine(town)[0]
    assert newest["text"] == "A lamp."
    assert [(one["kind"], one["alt"]) for one in newest["media"]] == [("picture", "a lamp, lit")]


def test_a_post_is_changed_with_what_goes_with_it_and_then_deleted(
    town: Installed, lamp: str
) -> None:
    said(town.run("post", "--demo", "A lamp.", "--attach", lamp, "--alt", "a lamp, lit"))
    number = str(mine(town)[0]["id"])
    dry = said(town.run("edit", "--demo", number, "--dry-run", "A", "better", "lamp."))
    assert f"in the place of your post {number}" in dry
    assert mine(town)[0]["text"] == "A lamp."
    changed = town.run("edit", "--demo", number, stdin="A better lamp.")
    assert said(changed) == "Changed.\n"
    newest = mine(town)[0]
    assert (newest["text"], newest["edited"]) == ("A better lamp.", True)
    assert [one["alt"] for one in newest["media"]] == ["a lamp, lit"]
    assert "A better lamp." in said(town.run("delete", "--demo", number, "--dry-run"))
    assert said(town.run("delete", "--demo", number)) == "Deleted.\n"
    assert mine(town)[0]["text"] != "A better lamp."
    again = town.run("delete", "--demo", number)
    assert again.stderr == f"No post of yours is known as '{number}'. Nothing was done.\n"
    assert again.returncode == 1


def test_only_what_is_mine_is_changed_or_deleted(town: Installed) -> None:
    waiting = json.loads(said(town.run("inbox", "--demo", "--json")))["lanes"][0]["rows"]
    theirs = str(waiting[0]["post"]["id"])
    for verb in ("edit", "delete"):
        done = town.run(verb, "--demo", theirs, stdin="Mine now.")
        assert done.returncode == 1
        assert done.stderr.startswith("No post of yours is known as")


def test_a_dry_run_says_everything_that_would_be_sent(town: Installed, lamp: str) -> None:
    told = said(
        town.run(
            *("post", "--demo", "--dry-run", "--warning", "tides", "--language", "de"),
            *("--audience", "followers", "--split", "--at", "2d"),
            *("--attach", lamp, "--alt", "a lamp, lit", "--attach", lamp, SENTENCE * 14),
        )
    ).splitlines()
    assert told[0] == "mira@town.example · followers · de"
    assert told[1].startswith("posted ")
    assert told[2] == "warning: tides"
    assert told[3] == "part 1 of 2"
    assert told[4].endswith("goes out again. 1/2")
    assert told[5] == "part 2 of 2"
    assert told[-2:] == ["[picture: lamp.png, a lamp, lit]", "[picture: lamp.png, no description]"]
    poll = town.run(
        *("post", "--demo", "--dry-run", "Which?", "--poll", "tea | coffee", "--poll-multiple"),
        *("--poll-lasts", "90m"),
    )
    assert "[poll: tea / coffee, for 90 minutes, several can be chosen]" in said(poll)
    assert outbox(town, "--demo") == []
    assert "The tide" not in json.dumps(mine(town))


REFUSED = {
    ("--attach", "/no/such/file.png"): "There is no file /no/such/file.png.",
    ("--poll", "tea|Tea"): "Two choices of the poll are the same.",
    ("--at", "someday"): "“someday” is no time",
    ("--language", "german"): "“german” is no language tag",
    ("--quote", "99999999"): "No stored post is known as '99999999'.",
    ("--account", "xx"): "There is no account 'xx' here",
    ("--dry-run", "--poll", "tea"): "A poll has two choices at least.",
}


def test_what_cannot_be_sent_is_refused_with_a_sentence(town: Installed) -> None:
    for arguments, sentence in REFUSED.items():
        done = town.run("post", "--demo", *arguments, "--", "Which?")
        assert done.returncode == (1 if "--poll" in arguments else 2)  # 2: the words of the call
        assert done.stdout == ""
        assert sentence in done.stderr
    assert outbox(town, "--demo") == []


def test_a_poll_and_a_quote_go_out(town: Installed) -> None:
    said(town.run("post", "--demo", "Which?", "--poll", "tea|coffee"))
    newest = mine(town)[0]
    assert [option["title"] for option in newest["poll"]["options"]] == ["tea", "coffee"]
    said(town.run("post", "--demo", "I meant this.", "--quote", str(newest["id"])))
    quote = mine(town)[0]
    assert (quote["text"], quote["quoted"]["id"]) == ("I meant this.", newest["id"])


def test_a_text_for_later_is_left_to_the_server_and_can_be_taken_back(town: Installed) -> None:
    planned = town.run("post", "--demo", "Later.", "--at", "2d")
    assert said(planned, 3).startswith("The server posts it ")
    (row,) = outbox(town, "--demo")
    assert (row["state"], row["at_server"], row["text"]) == ("scheduled", True, "Later.")
    assert said(town.run("outbox", "--demo", "show", str(row["id"]))).endswith("Later.\n")
    assert said(town.run("outbox", "--demo", "discard", str(row["id"]))).startswith("Thrown away")
    assert outbox(town, "--demo") == []


def test_a_thread_goes_out_part_by_part(town: Installed) -> None:
    told = said(town.run("post", "--demo", "--split", SENTENCE * 14))
    assert told == (
        "mira@town.example, part 1 of 2: Sent.\nmira@town.example, part 2 of 2: Sent.\n"
    )
    second, first = mine(town)[:2]
    assert first["text"].endswith("1/2")
    assert second["text"].endswith("2/2")
    assert second["parent"] == first["id"]


# Several accounts


@pytest.fixture(scope="module")
def fake() -> Iterator[FakeServer]:
    """A second server, so that one of two accounts can have no line."""
    with running_fake(20) as server:
        yield server


@pytest.fixture
def two(program: Installed, mock_server: MockServer, fake: FakeServer) -> Installed:
    """The program, signed in as alice on one server and as the owner of the other."""
    mock_server.reset()
    fake.reset()
    for url, token in ((mock_server.url, "alice-token"), (fake.url, "token")):
        done = program.run("login", "mastodon", url, "--token-stdin", stdin=f"{token}\n")
        assert done.returncode == 0, done.stderr
    return program


def by_alice(server: MockServer) -> list[str]:
    path = f"/api/v1/accounts/{server.id_of('alice')}/statuses"
    return [status["content"] for status in server.call("GET", path, "alice")]


def test_one_text_goes_out_from_two_accounts_and_half_of_it_never_twice(
    two: Installed, mock_server: MockServer, fake: FakeServer
) -> None:
    first, second = json.loads(said(two.run("accounts", "--json")))
    both = ("--account", first["letters"], "--account", second["handle"])
    dry = said(two.run("post", *both, "--audience", "public", "--dry-run", "To both."))
    assert f"{first['handle']} · everyone" in dry
    assert f"{second['handle']} · everyone" in dry
    fake.fail("422", "/api/v1/statuses", 1)
    done = two.run("post", *both, "--audience", "public", "To both.")
    assert done.returncode == 1
    assert done.stdout == f"{first['handle']}: Sent.\n"
    assert done.stderr.startswith(f"{second['handle']}: Refused, and kept in the outbox: ")
    assert len(by_alice(mock_server)) == 1
    (row,) = outbox(two)
    assert (row["account"], row["state"], row["text"]) == (second["id"], "refused", "To both.")
    assert said(two.run("outbox", "retry", str(row["id"]))) == "Sent.\n"
    assert len(by_alice(mock_server)) == 1
    assert outbox(two) == []


def test_without_a_name_no_account_is_chosen(two: Installed, mock_server: MockServer) -> None:
    done = two.run("post", "From whom?")
    assert done.returncode == 1
    assert "name one with --account" in done.stderr
    assert by_alice(mock_server) == []


def test_the_own_profile_is_shown_and_changed(town: Installed) -> None:
    shown = json.loads(said(town.run("profile", "--demo", "--json")))
    assert (shown["handle"], shown["name"]) == ("mira@town.example", "mira")
    change = (
        "profile",
        "set",
        "--demo",
        "--name",
        "Mira Fen",
        "--field",
        "web=https://fen.example",
    )
    assert "name: Mira Fen" in said(town.run(*change, "--dry-run"))
    assert json.loads(said(town.run("profile", "--demo", "--json")))["name"] == "mira"
    assert said(town.run(*change)) == "Changed.\n"
    after = said(town.run("profile", "--demo"))
    assert after.startswith("Mira Fen  @mira@town.example\n")
    assert "web: https://fen.example" in after
    assert "Nothing would be different" in town.run(*change).stderr
