"""An archive of a Mastodon account is taken in by a verb."""

from __future__ import annotations

import json
from pathlib import Path

from support.archives import zipped
from support.installed import Installed
from support.mastodon_mock_server import MockServer


def test_people_know_of_an_answer_of_years_ago(
    alice: Installed, server: MockServer, tmp_path: Path
) -> None:
    note = {
        "id": f"{server.url}/users/alice/statuses/7",
        "published": "2019-01-02T03:04:05Z",
        "content": "<p>@bob two lamps</p>",
        "to": ["https://www.w3.org/ns/activitystreams#Public"],
        "tag": [{"type": "Mention", "href": f"{server.url}/users/bob", "name": "@bob"}],
    }
    files = {
        "actor.json": json.dumps({"id": f"{server.url}/users/alice", "preferredUsername": "alice"}),
        "outbox.json": json.dumps({"orderedItems": [{"type": "Create", "object": note}]}),
    }
    path = zipped(tmp_path / "archive.zip", files)
    done = alice.run("import", "mastodon-archive", str(path))
    assert done.returncode == 0, done.stderr
    assert "1 read, the oldest of January 2019; new here: 1" in done.stdout
    found = alice.run("search", "--json", "lamps")
    (hit,) = json.loads(found.stdout)
    assert hit["post"]["text"].endswith("two lamps")
    again = alice.run("import", "mastodon-archive", str(path), "--json")
    assert json.loads(again.stdout)["new_posts"] == 0
    wrong = alice.run("import", "x-archive", str(path))
    assert (wrong.returncode, wrong.stderr) == (
        1,
        "There is no account.js in it, so it is no archive of X.\n",
    )
