"""`timeline --source`, groups and links, in the demo town."""

from __future__ import annotations

import json
import re

from support.installed import Installed


def test_links_and_groups_are_printed(town: Installed) -> None:
    links = town.run("timeline", "--demo", "--source", "links")
    assert links.returncode == 0, links.stderr
    assert "2 of your people, also juniper post" in links.stdout
    group = town.run("timeline", "--demo", "--json", "--source", "group:Market Square")
    told = json.loads(group.stdout)
    members = {"larkspur", "fernledger", "lola", "soupsong"}
    authors = {row["post"]["author"]["handle"].partition("@")[0] for row in told["rows"]}
    assert authors
    assert authors <= members


def test_a_list_is_asked_for_before_it_is_printed(town: Installed) -> None:
    unread = town.run("timeline", "--demo", "--source", "list:friends")
    assert unread.returncode == 2
    assert (
        "There is no 'list:friends' to show; there are everything, people, links" in unread.stderr
    )
    read = town.run("timeline", "--demo", "--sync", "--source", "list:friends")
    assert (read.returncode, read.stderr) == (0, "")
    assert "odile fenn" in read.stdout
    nowhere = town.run("timeline", "--demo", "--source", "nowhere")
    assert nowhere.returncode == 2
    assert "list:Friends" in nowhere.stderr


def test_while_the_program_runs_no_server_is_asked(town: Installed) -> None:
    with town.open("demo", "--speed", "0.01") as terminal:
        terminal.wait_for(r"Regulars · \d+")
        told = town.run("timeline", "--demo", "--sync", "--source", "tag:choir")
        assert told.returncode == 0
        assert told.stderr == (
            "tui-inbox is running, so no server was asked; this is what it has read.\n"
        )
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0


def test_a_person_is_put_into_a_group_that_is_then_shown(town: Installed) -> None:
    with town.open("demo", "--speed", "0.01") as terminal:
        terminal.wait_for(r"Regulars · \d+")
        terminal.press("2")
        terminal.wait_for("▌◆")
        terminal.press("a")
        found = re.search(
            r"Add (.+?) to · q goes back", terminal.wait_for(r"Add .+ to · q goes back")
        )
        assert found
        terminal.press("G")
        terminal.press("enter")
        terminal.wait_for("name of the group")
        terminal.type("maps")
        terminal.press("enter")
        terminal.wait_for(f"the group “maps” is made, {re.escape(found[1])} is in it")
        terminal.press("t", "g")
        terminal.wait_for("Which group")
        terminal.press("enter")
        terminal.wait_for("Timeline · group maps")
        terminal.press(",")
        terminal.wait_for("Timeline · people and the rest")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
