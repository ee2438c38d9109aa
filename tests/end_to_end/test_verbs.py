"""Verbs without a screen: why, learning, evaluate, searches, drafts, outbox, config."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from support.installed import Installed

from tui_inbox.clock import SystemClock
from tui_inbox.commands import drafts
from tui_inbox.commands.context import Context
from tui_inbox.core.account import Limits
from tui_inbox.core.draft import Draft
from tui_inbox.core.outbox_state import POST, OutboxState
from tui_inbox.core.person import Person, PersonRef
from tui_inbox.core.post import Audience
from tui_inbox.settings import Settings
from tui_inbox.store import accounts, groups, outbox
from tui_inbox.store import people as stored_people
from tui_inbox.store.store import Store, Writing

Call = Callable[..., str]


@pytest.fixture
def say(town: Installed) -> Call:
    """Runs a verb on the town, which must succeed without a word on standard error; its output."""

    def run(*arguments: str) -> str:
        done = town.run(*arguments, "--demo")
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    return run


@contextmanager
def store_of(town: Installed) -> Iterator[Store]:
    with closing(Store(town.home / "data" / "demo.db")) as store:
        yield store


def refused(town: Installed, text: str) -> int:
    """Put a text into the outbox that a server has refused; the number of its row."""

    def job(w: Writing) -> int:
        now = SystemClock().now()
        row = outbox.add(
            w,
            account=1,
            kind=POST,
            state=OutboxState.SENDING,
            key=text,
            content=Draft(0, 1, text).to_json(),
            created_at=now,
            release_at=now,
        )
        outbox.set_row(w, row, state=OutboxState.REFUSED, at=now, reason="the server said no")
        return row

    with store_of(town) as store:
        return store.write(job).result()


def test_why_tells_reasons_whose_points_add_up(say: Call) -> None:
    told = say("why", "quillfox")
    assert told.startswith("Why quillfox is ")
    assert "somebody you have written to" in told
    assert "they asked" in told
    assert "next is " in told
    (known,) = json.loads(say("why", "QUILLFOX", "--json"))
    assert known["person"]["name"] == "quillfox"
    for trace in (*known["items"], known["place"]):
        assert sum(reason["points"] for reason in trace["reasons"]) == trace["total"]
        assert all(reason["sentence"] for reason in trace["reasons"])


def test_who_wants_nothing_learnt_is_believed_from_the_first_start_on(program: Installed) -> None:
    program.settings("[priority]\nlearn = false\n")
    assert "the settings say learn = false" in program.run("learning", "--demo").stdout


def test_what_was_learnt_is_told_and_can_be_forgotten(town: Installed, say: Call) -> None:
    assert "texts answered within a day" in say("learning")
    (before,) = json.loads(say("learning", "--json"))
    assert before["asked"] > before["answered"] > 0
    assert "learnt from what you answer" in say("why", "odile")
    assert "forgotten" in say("learning", "forget")
    (after,) = json.loads(say("learning", "--json"))
    assert (after["asked"], after["leaning"]) == (0, 0)
    assert "learnt from what you answer" not in say("why", "odile")


def test_the_order_is_evaluated_on_ones_own_ledger_and_on_files(
    town: Installed, say: Call, tmp_path: Path
) -> None:
    assert "Whom you wrote to next stood first" in say("evaluate")
    (own,) = json.loads(say("evaluate", "--json"))
    names = {one["name"] for one in own["measures"]}
    assert {"A.mrr", "B.ndcg", "B.brier", "C.ndcg"} <= names
    path = tmp_path / "events.csv"
    lines = (f"{1_600_000_000 + n * 9_000},{n % 2},{1 - n % 2},reply" for n in range(9))
    path.write_text("\n".join(["ts,src,dst,kind", *lines]))
    assert say("evaluate", str(path)).startswith("events.csv: 9 events")
    failed = town.run("evaluate", str(tmp_path / "none.csv"), "--demo")
    assert failed.returncode == 1
    assert "cannot be read" in failed.stderr


def test_why_of_a_name_that_means_nobody_or_several_asks_for_another(town: Installed) -> None:
    nobody = town.run("why", "--demo", "nobody", "at", "all")
    assert (nobody.returncode, nobody.stdout) == (1, "")
    assert "'nobody at all'" in nobody.stderr
    several = town.run("why", "--demo", "m")
    assert (several.returncode, several.stdout) == (1, "")
    assert several.stderr.count("@") > 1


def test_a_search_is_kept_listed_and_thrown_away(say: Call) -> None:
    assert "anyone know" in say("searches")
    assert "kettle" in say("searches", "add", "kettle", "OR", "rye loaf")
    kept = json.loads(say("searches", "--json"))
    (mine,) = (search for search in kept if "kettle" in search["query"])
    assert mine["query"] == 'kettle OR "rye loaf"'
    assert mine["hits"]
    number = str(mine["id"])
    assert "asks only" in say("searches", "change", number, "rye", "--asks-only")
    assert "asks only" not in say("searches", "change", number, "--all-hits")
    (changed,) = (one for one in json.loads(say("searches", "--json")) if one["id"] == mine["id"])
    assert (changed["query"], changed["asks_only"]) == ("rye", False)
    assert "rye" not in say("searches", "remove", number)
    assert "asks only" in say("searches", "add", "--asks-only", "ferry")
    (fresh,) = (one for one in json.loads(say("searches", "--json")) if one["query"] == "ferry")
    assert say("searches", "remove", str(fresh["id"]))


def test_a_feed_is_kept_and_listened_to(town: Installed, say: Call) -> None:
    market = "https://elmport.example/market.atom"
    kept = say("searches", "add", "--feed", market)
    assert f"{market}  ·  0 new\n         feed {market}, about to be read\n" in kept
    by_address = json.loads(say("searches", "--json"))[-1]
    assert [source["address"] for source in by_address["sources"]] == [market]

    assert "choir" in say("searches", "add", "choir")
    choir = str(json.loads(say("searches", "--json"))[-1]["id"])
    listening = say("searches", "listen", choir, market).split()
    assert "what reaches this account · feed https" in " ".join(listening)
    assert say("searches", "leave", choir, market).count(market) == 2, "its own is still there"
    assert "· list Friends" in say("searches", "listen", choir, "list:friends")
    assert "list Friends" not in say("searches", "leave", choir, "list:Friends")
    for words, said in (
        (["listen", choir, "nowhere"], "There is no 'nowhere' to listen to; there are "),
        (["listen", choir, "https://a b"], "A feed is named by its address"),
        (["listen", choir], "Name a search by its number, and a feed by its address or a"),
        (["leave", choir, market], f"That search does not listen to {market}."),
        (["add", "--feed", market], f"The feed {market} is kept already."),
    ):
        done = town.run("searches", "--demo", *words)
        assert (done.returncode, done.stdout) == (2 if said.startswith("Name ") else 1, "")
        assert done.stderr.startswith(said)
    for search in (choir, str(by_address["id"])):
        say("searches", "remove", search)


def test_all_of_bluesky_is_heard_and_left_by_a_verb(town: Installed, say: Call) -> None:
    say("searches", "add", "ropewalk")
    number = str(json.loads(say("searches", "--json"))[-1]["id"])
    begun = town.run("searches", "--demo", "listen", number, "bluesky")
    assert begun.returncode == 0
    assert "all of Bluesky, about to be heard" in begun.stdout
    assert begun.stderr == (
        "Hearing all of Bluesky: every public post there, about 1 GB a day while this runs; "
        f"tui-inbox searches leave {number} bluesky ends it.\n"
    )
    again = town.run("searches", "--demo", "listen", number, "bluesky")
    assert (again.returncode, again.stderr) == (1, "It listens to all of Bluesky already.\n")
    assert "Bluesky" not in say("searches", "leave", number, "bluesky")
    say("searches", "remove", number)


def test_a_search_is_tried_and_not_kept(town: Installed, say: Call) -> None:
    before = say("searches", "--json")
    told = say("searches", "test", "kettle", "OR", "rye loaf", "--days", "30")
    assert told.startswith('looks for  kettle OR "rye loaf"\nfound      ')
    assert re.search(r"^ +\d+  today$", told, re.MULTILINE)
    assert "server     is asked for its search for kettle and its search for" in told
    tried = json.loads(say("searches", "test", "/kettles?/", "--json"))
    assert tried["found"] == sum(day["count"] for day in tried["days"])
    assert (tried["every_post"], tried["not_asked"], len(tried["days"])) == (
        ["/kettles?/"],
        ["/kettles?/"],
        7,
    )
    assert say("searches", "--json") == before
    for words, code, said in (
        (["kettle", "OR"], 2, "The search cannot be read: expected a word"),
        ([], 2, "Name what to search for: tui-inbox searches test WORDS."),
    ):
        done = town.run("searches", "--demo", "test", *words)
        assert (done.returncode, done.stdout) == (code, "")
        assert done.stderr.startswith(said)


def test_what_is_stored_is_searched_best_first_and_since_a_time(say: Call) -> None:
    newest = json.loads(say("search", "crm OR kettle", "--json"))
    best = json.loads(say("search", "crm OR kettle", "--by", "relevance", "--json"))
    assert {hit["post"]["id"] for hit in newest} == {hit["post"]["id"] for hit in best}
    times = [hit["post"]["at"] for hit in newest]
    assert times == sorted(times, reverse=True)
    assert [hit["post"]["at"] for hit in best] != times
    assert json.loads(say("search", "crm OR kettle", "--since", "2099", "--json")) == []
    assert len(json.loads(say("search", "crm OR kettle", "--limit", "1", "--json"))) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add"], "Name what to search for"),
        (["add", '"anyone know"'], "is kept already"),
        (["remove"], "Name a search"),
        (["remove", "77"], "no standing search '77'"),
        (["change"], "Name a search by its number, and what it shall look for or show"),
        (["change", "1"], "Name a search by its number, and what it shall look for or show"),
        (["change", "77", "kiln"], "no standing search '77'"),
        (["change", "1", "--all-hits"], "shows all its hits already"),
    ],
)
def test_what_cannot_be_done_to_a_search_is_said(
    town: Installed, words: list[str], said: str
) -> None:
    town.run("searches", "--demo", "add", '"anyone know"')
    done = town.run("searches", "--demo", *words)
    assert done.returncode == (2 if said.startswith("Name ") else 1), (
        "a wrong call is another thing"
    )
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_query_that_cannot_be_read_is_a_wrong_call_for_each_verb(town: Installed) -> None:
    town.run("searches", "--demo", "add", "kiln")
    for call in (["test"], ["add"], ["change", "1"]):
        done = town.run("searches", "--demo", *call, "kiln", "OR")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("The search cannot be read: expected a word")


def test_a_thread_is_watched_listed_and_watched_no_more(town: Installed, say: Call) -> None:
    assert say("watched") == "No thread is watched: tui-inbox watched add POST begins that.\n"
    (post,) = re.findall(r"· post (\d+)", say("timeline", "--limit", "1"))
    told = say("watched", "add", post)
    assert "is asked soon · ends " in told
    (first,) = re.findall(r"· post (\d+)\n", told)  # the post may be an answer in a thread
    assert "Watched threads · 1, nothing new" in say("digest", "--limit", "1")
    (kept,) = json.loads(say("watched", "--json", "--sync"))
    assert (kept["post"]["id"], kept["new"], kept["ended"]) == (int(first), 0, False)
    assert kept["next_at"] < kept["ends_at"]
    again = town.run("watched", "add", post, "--demo")
    assert (again.returncode, again.stderr) == (1, "This thread is watched already.\n")
    assert say("watched", "end", str(kept["id"])).startswith("No thread is watched")
    assert "Watched threads" not in say("digest", "--limit", "1")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add"], "Name a post of the thread"),
        (["add", "99999"], "No post is known as '99999'"),
        (["end"], "Name one of what tui-inbox watched lists"),
        (["end", "77"], "Name one of what tui-inbox watched lists"),
    ],
)
def test_what_cannot_be_watched_is_said(town: Installed, words: list[str], said: str) -> None:
    done = town.run("watched", *words, "--demo")
    assert done.returncode == (1 if words[1:] else 2)
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_kept_drafts_are_listed(town: Installed, say: Call) -> None:
    assert say("drafts") == "Nothing is begun and not sent.\n"
    with store_of(town) as store:
        draft = Draft(0, 1, "Half a thought", audience=Audience.UNLISTED)
        drafts.save(Context(store, SystemClock()), draft).result()
    told = say("drafts")
    assert "new post · everyone, quietly" in told
    assert "Half a thought" in told
    (kept,) = json.loads(say("drafts", "--json"))
    assert kept["draft"]["text"] == "Half a thought"


def test_a_kept_draft_is_left_alone_until_it_is_sent_or_thrown_away(
    town: Installed, say: Call
) -> None:
    with store_of(town) as store:
        for text in ("Half a thought", "Another half"):
            drafts.save(Context(store, SystemClock()), Draft(0, 1, text)).result()
    say("post", "The kettle is on.")
    another, half = json.loads(say("drafts", "--json"))
    assert (another["draft"]["text"], half["draft"]["text"]) == ("Another half", "Half a thought")
    number = str(half["draft"]["id"])
    assert say("drafts", "show", number).endswith("Half a thought\n")
    assert "Half a thought" in say("drafts", "send", number, "--dry-run")
    assert say("drafts", "send", number) == "Sent.\n"
    assert "Half a thought" in say("search", "thought", "from:mira")
    told = say("drafts", "discard", str(another["draft"]["id"]))
    assert told == "Thrown away: new post. On the screen, u brings it back.\n"
    assert say("drafts") == "Nothing is begun and not sent.\n"
    gone = town.run("drafts", "--demo", "send", number)
    assert gone.returncode == 1
    assert "Name one of what tui-inbox drafts lists" in gone.stderr


def test_what_was_refused_is_listed_and_sent_by_a_retry(town: Installed, say: Call) -> None:
    assert say("outbox") == "Everything has left.\n"
    row = refused(town, "The kettle is on.")
    told = say("outbox")
    assert f"{row:>4} " in told
    assert "post · refused: the server said no" in told
    assert say("outbox", "retry", str(row)) == "Sent.\n"
    assert json.loads(say("outbox", "--json")) == []
    assert "The kettle is on." in say("search", "kettle", "from:mira")


def test_what_was_refused_can_be_thrown_away(town: Installed, say: Call) -> None:
    row = refused(town, "The kettle is on.")
    assert say("outbox", "discard", str(row)).startswith("Thrown away: post.")
    assert say("outbox") == "Everything has left.\n"
    again = town.run("outbox", "--demo", "discard", str(row))
    assert again.returncode == 1
    assert "Name one of what tui-inbox outbox lists" in again.stderr


def test_the_settings_in_force_can_be_written_back(program: Installed) -> None:
    rule = '[[rules]]\ntag = "#acorn"\npoints = 0.5\nuntil = 2026-12-07\n'
    program.settings(f'[look]\ndensity = "dense"\n\n[keys]\n"item.done" = "D"\n{rule}')
    path = program.home / "config" / "settings.toml"
    assert program.run("config", "path").stdout == f"{path}\n"
    told = program.run("config")
    assert (told.returncode, told.stderr) == (0, "")
    assert 'density = "dense"  # line 2\n' in told.stdout
    assert "hold_seconds = 10  # default" in told.stdout
    written = tomllib.loads(told.stdout)
    assert written["keys"] == {"item.done": "D"}
    assert rule in told.stdout
    found = json.loads(program.run("config", "--json").stdout)
    assert found["path"] == str(path)
    assert found["origins"]["look.density"] == {"source": "file", "line": 2}
    assert found["settings"].keys() == written.keys() == set(Settings.__struct_fields__)
    assert not (program.home / "data" / "inbox.db").exists()


def test_the_settings_are_told_though_some_are_wrong(program: Installed) -> None:
    program.settings('[look]\ndensity = "dense"\nthme = 3\n\n[keys]\n"item.done" = "r"\n')
    done = program.run("config")
    assert done.returncode == 1
    assert 'density = "dense"  # line 2\n' in done.stdout
    first, second = done.stderr.splitlines()
    assert "line 3, key look.thme" in first
    assert "line 6, key keys.item.done" in second


def test_the_quiet_friend_and_whoever_started_it_are_found_with_the_reason(say: Call) -> None:
    told = say("people")
    quiet = r"Going quiet · 2\n  wren & co @wren@kiln\.example  usually [56] d, now 2[345] d\n     last: you said “Wow"
    assert re.search(quiet, told)
    others = r"(?:  .*\n     .*\n)*?"  # who else has begun a talk depends on the hour
    copper_kettle = (
        r"  copper kettle @copperkettle@hall\.example  \d talks, not followed\n     .*: “"
    )
    started = rf"They started it · \d+\n{others}{copper_kettle}"
    assert re.search(started, told)
    new = rf"New around you · \d+\n{others}  blue apron .*\n     Bakes without eggs"
    assert re.search(new, told)


def test_people_of_a_group_are_found(town: Installed, say: Call) -> None:
    def gather(w: Writing) -> None:
        kettle = stored_people.find_by_handle(w.db, "copperkettle@hall.example")
        assert kettle is not None
        groups.add_member(w, groups.add_group(w, "The Hall", at=0), kettle, at=0)

    with store_of(town) as store:
        store.write(gather).result()
    found = say("search", 'group:"the hall" crm')
    assert "copper kettle" in found
    assert "fern & ledger" not in say("search", 'group:"the hall"')


def test_an_answer_to_fewer_people_is_told_in_the_words_of_the_screen(town: Installed) -> None:
    waiting = json.loads(town.run("inbox", "--demo", "--json").stdout)["lanes"][0]["rows"]
    private = next(row for row in waiting if row["post"]["audience"] == "direct")
    post = str(private["post"]["id"])
    dry = town.run("reply", "--demo", post, "--dry-run", "yes,", "do")
    assert "only those named" in dry.stdout.splitlines()[0]
    assert dry.stdout.splitlines()[-1].endswith("yes, do")
    wider = town.run("reply", "--demo", post, "yes", "--audience", "public")
    assert wider.returncode == 2
    assert "cannot be for everyone" in wider.stderr


def test_a_link_as_the_first_word_to_somebody_is_refused_unless_meant(
    town: Installed, say: Call
) -> None:
    post = str(json.loads(say("search", 'from:"lost & found"', "--json"))[0]["post"]["id"])
    for dry in ([], ["--dry-run"]):
        refused = town.run("reply", "--demo", post, "https://kiln.example", *dry)
        assert (refused.returncode, refused.stdout) == (1, "")
        assert refused.stderr.startswith("Not sent: your first words to ")
        assert refused.stderr.endswith(" are a link; --anyway sends it.\n")
    meant = town.run("reply", "--demo", post, "https://kiln.example", "--dry-run", "--anyway")
    assert meant.returncode == 0
    assert "https://kiln.example" in meant.stdout


def test_why_of_a_post_tells_what_waits_because_of_it(town: Installed, say: Call) -> None:
    lanes = json.loads(say("inbox", "--json"))["lanes"]
    row = next(row for lane in lanes for row in lane["rows"] if row["post"])
    number, address = str(row["post"]["id"]), row["post"]["url"]
    (by_number,) = json.loads(say("why", number, "--json"))
    (by_address,) = json.loads(say("why", address, "--json"))
    assert by_number == by_address
    assert by_number["account"] == "mira@town.example"
    assert by_number["person"]["handle"] == row["person"]["handle"]
    (trace,) = by_number["items"]
    assert trace["place"] >= 1
    assert sum(reason["points"] for reason in trace["reasons"]) == trace["total"]
    assert {"points", "sentence", "name", "evidence", "more", "about", "is_rule"} == set(
        trace["reasons"][0]
    )
    assert say("why", f"@{row['person']['handle']}").startswith(f"Why {row['person']['name']}")
    unknown = town.run("why", "--demo", "https://town.example/nothing")
    assert (unknown.returncode, unknown.stdout) == (1, "")
    assert "No stored post is known as 'https://town.example/nothing'." in unknown.stderr


def test_people_are_one_flat_list_for_scripts(say: Call) -> None:
    people = json.loads(say("people", "--json"))
    keys = ["section", "name", "handle", "reason", "detail", "points", "account", "item", "post"]
    assert all(list(person) == keys for person in people)
    assert {person["account"] for person in people} == {"mira@town.example"}
    regulars = [one["points"] for one in people if one["section"] == "Regulars"]
    assert regulars == sorted(regulars, reverse=True)


def test_a_rule_is_added_listed_counted_and_removed(town: Installed, say: Call) -> None:
    def first() -> str:
        lanes = json.loads(say("inbox", "--json"))["lanes"]
        return str(lanes[0]["rows"][0]["person"]["handle"])

    assert "No rule yet." in say("rules")
    lanes = json.loads(say("inbox", "--json"))["lanes"]
    last = lanes[0]["rows"][-1]["person"]["handle"]
    assert first() != last
    day = "2099-12-07"
    told = say("rules", "add", "--person", f"@{last}", "--points", "20", "--until", day)
    assert f"+20  @{last} · " in told
    assert "1 waits now" in told
    assert first() == last
    (rule,) = json.loads(say("rules", "--json"))
    assert (rule["number"], rule["rule"]["points"], rule["rule"]["until"]) == (1, 20_000, day)
    assert rule["touches"][0]["name"]
    # The demo has rules of its own: nothing of the owner's settings is changed.
    kept = town.home / "config" / "demo-settings.toml"
    assert tomllib.loads(kept.read_text())["rules"][0]["points"] == 20
    assert not (town.home / "config" / "settings.toml").exists()
    kept.write_text(kept.read_text() + '\n# by hand\n[[rules]]\nword = "x"\npoints = 1\n')
    assert "words x" in say("rules", "remove", "1")
    assert "# by hand" in kept.read_text()
    assert first() != last


def test_a_rule_about_nobody_who_is_known_is_kept_and_that_is_said(town: Installed) -> None:
    about = ["--person", "@odil@nowhere.example"]
    done = town.run("rules", "add", *about, "--points", "1", "--demo")
    assert done.returncode == 0
    assert "@odil@nowhere.example · nothing waits now" in done.stdout
    assert done.stderr == (
        "Nobody called @odil@nowhere.example is known here yet. "
        "The rule is kept, and counts as soon as somebody is.\n"
    )


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        (["add"], "A rule says what it is about", 2),
        (["add", "--tag", "#a"], "A rule has points", 2),
        (["add", "--word", "(a", "--points", "1"], "--word: this cannot be searched for", 2),
        (["add", "--tag", "#a", "--points", "99"], "--points: this must be from -50 to 50", 2),
        (["remove"], "Name a rule by its number", 2),
        (["remove", "7"], "There is no rule '7'", 1),
    ],
)
def test_what_cannot_be_done_to_a_rule_is_said(
    town: Installed, words: list[str], said: str, code: int
) -> None:
    done = town.run("rules", "--demo", *words)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_mistake_among_the_rules_is_named_and_nothing_is_put_in_another_order(
    town: Installed,
) -> None:
    file = town.home / "config" / "demo-settings.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text('[[rules]]\ntag = "#acorn"\npoints = "much"\n')
    said = "line 3, key rules[1].points: this must be a number"
    for verb in (["inbox"], ["rules", "add", "--tag", "#b", "--points", "1"], ["doctor"]):
        done = town.run(*verb, "--demo")
        assert done.returncode == 1
        assert said in (done.stdout if verb == ["doctor"] else done.stderr)


def test_accounts_says_and_sets_what_becomes_of_strangers(town: Installed, say: Call) -> None:
    assert say("accounts").rstrip().endswith("door: check")
    strangers = json.loads(say("inbox", "--json"))["strangers"]
    assert strangers > 0
    assert say("accounts", "--door", "open").rstrip().endswith("door: open")
    assert json.loads(say("inbox", "--json"))["strangers"] == 0
    say("accounts", "--door", "check")
    assert json.loads(say("accounts", "--json"))[0]["door"] == "check"
    assert town.run("accounts", "--door", "ajar", "--demo").returncode == 2


def test_of_several_accounts_the_one_whose_door_is_meant_must_be_named(
    town: Installed, say: Call
) -> None:
    acorn = Person(
        PersonRef("demo", "https://town.example/@acorn"), "acorn", "acorn@town.example", "acorn"
    )
    with store_of(town) as store:
        store.write(
            lambda w: accounts.add_account(
                w,
                network="demo",
                server="https://town.example",
                person=acorn,
                letters="ac",
                label="acorn crm",
                limits=Limits(),
            )
        ).result()
    done = town.run("accounts", "--door", "open", "--demo")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "Several accounts are signed in: name one with --account.\n"
    assert say("accounts").count("door: check") == 2
    say("accounts", "--door", "open", "--account", "ac")
    assert [row["door"] for row in json.loads(say("accounts", "--json"))] == ["check", "open"]
