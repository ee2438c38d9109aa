"""No follower count, like count, boost count or reach: not in the schema, not in data, not in scores, not on a screen.

What is counted and allowed stands in `ALLOWED`, each with its reason.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from networks.mastodon.entities import BORDER, account, notification, read, status
from support.installed import Installed
from support.store_material import new_store, sign_in

import tui_inbox
from tui_inbox.networks.bluesky import wire as bluesky_wire
from tui_inbox.networks.mastodon import wire, wire_account, wire_server
from tui_inbox.networks.mastodon.convert import to_notice, to_seen
from tui_inbox.networks.wire_base import Wire
from tui_inbox.priority.model import TermName
from tui_inbox.store import notices, people, posts
from tui_inbox.store.store import Writing

NAME_OF_REACH = re.compile(
    r"(?:follow(?:er|ing|s)|favou?rite|like|boost|reblog|repost|share|quote|repl(?:y|ies)|view|status)\w*_?"
    r"(?:(?<!ac)count|number|total|sum)|(?:count|number|total|sum)_?(?:of_)?(?:follow|favou?rite|like|boost|reblog|repost)"
    r"|followers$|\breach\b|impression|popular|influence|klout|karma|virality|trend",
    re.IGNORECASE,
)
"""How a field, a column or a setting would be called that holds such a number."""

SAID = re.compile(
    r"\d[\d.,]*\s?[kKmM]?\s+(?:new\s+)?(?:followers?|following|likes?|fav(?:ou)?rites?|boosts?|reblogs?|reposts?"
    r"|quotes?|views?|impressions?)\b"
    r"|\b(?:followers?|likes?|fav(?:ou)?rites?|boosts?|reblogs?|views?|reach)\s*[:·=]\s*\d",
    re.IGNORECASE,
)
"""How a screen would say it."""

ALLOWED = {
    "OwnAccount.statuses_count": "read off one's own account once, to know whether a search must find something",
    "Audience.FOLLOWERS": "for whom a text is, not how many they are",
}
"""Names that look like it and are not."""

HUGE = 987_654_321
"""A number of followers, likes and boosts that would be found wherever it went."""


def modules() -> Iterator[Any]:
    """All modules of the program but those that run it."""
    for found in pkgutil.walk_packages(tui_inbox.__path__, "tui_inbox."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def fields() -> Iterator[str]:
    """The fields of all data of the program, of its settings and of what it reads off servers."""
    seen: set[type] = set()
    for module in modules():
        for _, kind in inspect.getmembers(module, inspect.isclass):
            if kind in seen or not kind.__module__.startswith("tui_inbox"):
                continue
            seen.add(kind)
            if issubclass(kind, msgspec.Struct):
                yield from (f"{kind.__name__}.{name}" for name in kind.__struct_fields__)


def test_no_data_of_the_program_have_a_place_for_it() -> None:
    every = set(fields())
    assert len(every) > 500
    assert {"Person.handle", "Account.display_name", "LookSettings.theme"} <= every
    found = {name for name in every if NAME_OF_REACH.search(name.partition(".")[2])}
    assert found - ALLOWED.keys() == set()


def test_no_table_of_the_store_has_a_column_for_it(tmp_path: Path) -> None:
    db = new_store(tmp_path)
    tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    columns = {
        f"{table}.{row[1]}"
        for table in tables
        for row in db.execute(f"SELECT * FROM pragma_table_info('{table}')")  # own names
    }
    assert {"people.handle", "interactions.kind"} <= columns
    assert {name for name in columns if NAME_OF_REACH.search(name.partition(".")[2])} == set()
    db.close()


def test_no_term_of_a_score_is_about_it() -> None:
    assert {term for term in TermName if NAME_OF_REACH.search(term) or SAID.search(term)} == set()
    # That the owner has liked or boosted something of theirs is about the owner, and no number.
    own = {TermName.TOUCHED}
    assert not {term for term in TermName if "follow" in term or "like" in term} - own


def test_a_name_of_that_kind_would_be_noticed() -> None:
    for name in ("followers_count", "likes_total", "boost_count", "number_of_likes", "reach"):
        assert NAME_OF_REACH.search(name), name
    for name in ("followed_by", "parent", "people", "voters", "account", "sent_post", "looked_at"):
        assert not NAME_OF_REACH.search(name), name
    for text in ("1,204 followers", "3 likes", "12k boosts", "Likes: 7", "1 new follower"):
        assert SAID.search(text), text
    for text in ("3 answers", "14 exchanges in 30 days", "3 of your people share this", "40 votes"):
        assert not SAID.search(text), text


COUNTS: dict[str, Any] = dict.fromkeys(
    (
        "followers_count",
        "following_count",
        "favourites_count",
        "reblogs_count",
        "replies_count",
        "quotes_count",
        "statuses_count",
        "likes",
        "uses",
        "shares",
    ),
    HUGE,
)


def test_what_a_server_tells_of_it_goes_nowhere(tmp_path: Path) -> None:
    told = status(account=account(**COUNTS), **COUNTS)
    told["quote"] = {
        "state": "accepted",
        "quoted_status": status(2, account=account(**COUNTS), **COUNTS),
    }
    told["card"] = {"url": "https://a.example/", "title": "a", "type": "link", "history": [COUNTS]}
    seen = to_seen(read(wire.Status, told), BORDER)
    notice = to_notice(
        read(
            wire.Notification, notification(1, "favourite", account=account(**COUNTS), status=told)
        ),
        BORDER,
    )
    assert str(HUGE) not in repr((seen, notice))
    db = new_store(tmp_path)
    w, mine = Writing(db), sign_in(db).id
    put = posts.put_post(w, mine, seen)
    assert notice.by is not None
    person = people.put_person(w, mine, notice.by)
    notices.put_notice(w, mine, notice, person=person, post=put.id if put else None)
    tables = db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'words%'"
    ).fetchall()
    for (table,) in tables:
        kept = db.execute(f"SELECT * FROM {table}").fetchall()  # own names
        assert str(HUGE) not in repr(kept), table
    db.close()


def test_models_of_the_wire_are_among_what_is_looked_at() -> None:
    names = {name.partition(".")[0] for name in fields()}
    for module in (wire, wire_account, wire_server, bluesky_wire):
        models = {
            name
            for name, kind in inspect.getmembers(module, inspect.isclass)
            if issubclass(kind, Wire) and kind.__module__ == module.__name__
        }
        assert models <= names


WALK = (
    "1",
    "1 enter",
    "1 p",
    "1 w",
    "2 j enter",
    "2 j p",
    "3 j enter",
    "4 j j p",
    "4 j w",
    "1 g a",
    "1 g c",
    "1 g f",
    "1 g r",
    "1 g o",
    "1 g d",
    "1 @",
    "1 ?",
)
"""Keys that lead through all panes and pages."""


def test_no_screen_of_the_demo_town_says_it(town: Installed) -> None:
    pictures = []
    with town.open("demo", columns=160, rows=50) as terminal:
        terminal.wait_for(r"live")
        for keys in WALK:
            for key in keys.split():
                terminal.press(key)
                terminal.watch(0.15)
            pictures.append(terminal.text)
    assert len(set(pictures)) > len(WALK) // 2, "it has been to different places"
    for picture in pictures:
        assert not SAID.search(picture), picture


@pytest.mark.parametrize(
    "call",
    [
        "digest --demo",
        "inbox --demo --json",
        "people --demo --json",
        "timeline --demo --json --limit 200",
        "timeline --demo --source links",
        "search --demo a",
        "why --demo odile",
        "doctor --demo",
        "accounts --demo --json",
        "config --demo",
    ],
)
def test_no_verb_says_it(town: Installed, call: str) -> None:
    told = town.run(*call.split()).stdout
    assert told
    assert not SAID.search(told)
    assert not re.search(r'"(?:followers|following|likes|favourites|boosts)(?:_count)?": \d', told)
