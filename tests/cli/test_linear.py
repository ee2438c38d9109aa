"""The inbox line by line: what is said, and what commands do."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.sitting import CTRL_C, CTRL_D, sit
from msgspec.structs import replace
from support.town_builder import Said, Town
from ui.fakes import FakeFetcher

from tui_inbox.cli.linear import lists, table
from tui_inbox.cli.linear.acting import WHEN_HELP
from tui_inbox.cli.linear.outgoing import IN_DOUBT
from tui_inbox.cli.linear.spoken import ago, sentence, span
from tui_inbox.cli.linear.things import Listed, Listing, Thing
from tui_inbox.core.account import Limits
from tui_inbox.core.conversation import ItemState, Lane
from tui_inbox.core.moment import DAY, HOUR, MINUTE, SECOND, YEAR
from tui_inbox.core.outbox_state import OutboxEvent, OutboxState, after
from tui_inbox.core.post import Audience, Media, MediaKind, Poll, PollOption
from tui_inbox.core.versions import Original, Translation, Version
from tui_inbox.queries import drafts, inbox, outbox
from tui_inbox.queries.rows import ItemRow
from tui_inbox.settings import LinearSettings
from tui_inbox.store import outbox as outbox_rows

SIGNS = set("●○◆▌─│·…✓▲") - {"…"}
"""What the screen says by a sign; here it is a word."""


def quillfox_asks(town: Town) -> Said:
    town.talk("quillfox", ago=2 * DAY)
    asking = "Does the export keep the tags?\n\nI tried it with three files."
    return town.says("quillfox", asking, naming=["mira"], ago=5 * HOUR)


def odile_warns(town: Town) -> Said:
    town.talk("odile", ago=3 * DAY)
    return town.says("odile", "Soup.", naming=["mira"], ago=2 * HOUR, warning="food")


def rows_in(town: Town, lane: Lane) -> list[ItemRow]:
    view = town.ask(inbox.view, town.scope(), now=town.now)
    return [row for one in view.lanes if one.lane is lane for row in one.rows]


def texts(town: Town) -> list[str]:
    return [row.draft.text for row in town.ask(drafts.rows, town.scope())]


# Reading


def test_next_reads_who_asks_in_words_and_that_counts_as_looked_at(town: Town) -> None:
    quillfox_asks(town)
    assert sit(town, "n", "read") == [
        "1 of 1. quillfox asks. 5 hours ago. Not looked at.",
        "Does the export keep the tags?",
        "I tried it with three files.",
        "quillfox asks. 5 hours ago. Not looked at.",
        "Does the export keep the tags?",
        "I tried it with three files.",
    ]
    assert [row.state for row in rows_in(town, Lane.TALK)] == [ItemState.SEEN]
    assert sit(town, "next")[0] == "1 of 1. quillfox asks. 5 hours ago. Still yours."


def test_next_goes_on_where_it_was_and_says_the_end(town: Town) -> None:
    quillfox_asks(town)
    odile_warns(town)
    said = sit(town, "n", "e", "n", "n", "N")
    assert said[0].startswith("1 of 2. quillfox")
    assert said[3] == "done with quillfox."
    assert said[4].startswith(
        "1 of 1. odile"
    )  # who was second stands in the place of who was dealt with
    assert said[6] == "That was the last one; 1 still needs you, and n begins again."
    assert said[7].startswith("1 of 1. odile")


def test_what_is_behind_a_warning_is_read_when_that_is_asked_for(town: Town) -> None:
    odile_warns(town)
    said = sit(town, "n", "v")
    assert said[1:] == ["Behind a warning: food. view reads it.", "Warning: food.", "Soup."]


def test_what_hangs_on_a_post_is_told_in_words(town: Town) -> None:
    asked = quillfox_asks(town)
    media = (
        Media(MediaKind.PICTURE, None, "a table"),
        Media(MediaKind.AUDIO, None, "", seconds=90),
    )
    poll = Poll("p", (PollOption("Rye", 3), PollOption("Oats", 1)), closes_at=town.now + 5 * HOUR)
    town.shows(replace(asked.post, media=media, poll=poll, edited_at=town.now))
    assert sit(town, "n", "i")[3:] == [
        "Picture 1 of 2: a table.",
        "Recording 2 of 2, 1 minute, no description.",
        "Poll, 5 hours left. vote and a number votes.",
        "Choice 1: Rye 75 %.",
        "Choice 2: Oats 25 %.",
        "People you talk with, 1.",
        "1. Still yours. quillfox asks. 5 hours ago. Does the export keep the tags? I tried it with three files.",
    ]
    assert sit(town, "n", "vote 2")[-2].startswith("your vote leaves in 10 seconds")
    assert sit(town, "vote two", "n", "vote two")[-2] == "Say the number of a choice: vote 2."


def test_the_inbox_is_a_line_for_each_and_folded_lanes_are_counted(town: Town) -> None:
    quillfox_asks(town)
    town.says("papercrane", "Where would you start?", naming=["mira"], audience=Audience.DIRECT)
    said = sit(town, "i", "inbox strangers", "1", "inbox cellar")
    assert said[1].startswith("1. Not looked at. quillfox asks. 5 hours ago.")
    assert said[2] == "Strangers, 1: inbox strangers lists them."
    assert said[4] == (
        "1. Not looked at. papercrane asks, privately. 1 hour ago. First time. Where would you start?"
    )
    assert (
        said[5]
        == "papercrane asks, privately. 1 hour ago. Not looked at. @papercrane@town.example."
    )
    assert said[-1].startswith("There is no lane 'cellar'")


def test_accounts_are_named_where_there_are_several_and_one_can_be_kept_to(town: Town) -> None:
    quillfox_asks(town)
    acorn = town.account("acorn")
    town.says("odile", "For you?", naming=["acorn"], account=acorn)
    assert sit(town, "n")[0].endswith("For mira.")
    said = sit(town, "account acorn@town.example", "i", "account all")
    assert said[0] == "Showing acorn@town.example only; account all shows all again."
    assert not any("quillfox" in line for line in said)
    assert said[-1] == "Showing mira@town.example, acorn@town.example."


def test_nothing_is_said_by_a_sign(town: Town) -> None:
    quillfox_asks(town)
    odile_warns(town)
    commands = ("n", "thread", "w", "p", "i", "t", "people", "searches", "outbox", "drafts", "?")
    said = "\n".join(sit(town, *commands, "r", "Yes.", ".preview", ".", "outbox", "inbox all"))
    assert "Together" in said
    assert not SIGNS & set(said)
    assert "\x1b" not in said


def test_a_long_list_is_read_on_with_more(town: Town) -> None:
    for number in range(5):
        town.says("odile", f"post {number}", at_home=True, ago=number * MINUTE)
    said = sit(town, "t", "more", "more", "5", settings=LinearSettings(lines=3))
    assert [line.partition(".")[0] for line in said[:3]] == ["1", "2", "3"]
    assert said[3] == "more reads on, 2 left."
    assert said[5] == "5. odile. 4 minutes ago. post 4"
    assert said[-1] == "post 4"


def test_a_search_of_many_pages_is_read_to_its_end_and_no_further(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "PAGE", 2)
    for number in range(5):
        town.says("odile", f"soup {number}", ago=number * MINUTE)
    said = sit(town, "search soup", *["more"] * 3, settings=LinearSettings(lines=3))
    found = [line for line in said if line[0].isdecimal()]
    assert [line[-1] for line in found] == ["0", "1", "2", "3", "4"]
    assert said[-1] == "That was all of it."


def test_a_search_finds_what_is_stored_and_a_broken_one_says_where(town: Town) -> None:
    quillfox_asks(town)
    said = sit(town, "/export -soup", "search soup", 'search "soup', "search")
    assert said[0].startswith("1. quillfox. 5 hours ago. Does the export")
    assert said[1] == "Nothing that is stored matches."
    assert said[2].startswith("The search cannot be read:")
    assert said[3].startswith("Say what to look for")


# Dealing with it


def test_what_was_done_is_said_and_taken_back(town: Town) -> None:
    quillfox_asks(town)
    said = sit(town, "n", "z 3h", "u", "later", "monday", "u", "f", "u")
    assert said[3:6] == [
        "quillfox comes back today 15:00.",
        "undone: later for quillfox.",
        f"Until when? {WHEN_HELP}",
    ]
    assert said[6] == "quillfox comes back on Monday 08:00."
    assert said[-2:] == ["favourite.", "undone: favourite."]
    assert [row.state for row in rows_in(town, Lane.TALK)] == [ItemState.SEEN]


def test_somebody_known_is_blocked_by_a_second_word_and_only_directly_after(town: Town) -> None:
    quillfox_asks(town)
    said = sit(town, "n", "x", "s", "x", "block")
    assert said[3:] == [
        "block again blocks quillfox.",
        "saved.",
        "block again blocks quillfox.",
        "quillfox is blocked.",
        "Not sent yet, and kept: block quillfox. It leaves when tui-inbox runs again.",
    ]


def test_what_cannot_be_done_is_a_sentence(town: Town) -> None:
    said = sit(town, "done", "7", "rpely", "p nobody", "done please", "retry")
    nothing = "Nothing is read yet: n reads the next one that needs you, i lists who waits."
    assert said == [
        nothing,
        "There is no 7 in the last list.",
        "No command is called rpely; help lists them.",
        "You have had to do with nobody called 'nobody'.",
        nothing,
        nothing,
    ]


# Writing


def test_a_reply_is_on_disk_line_by_line_and_held_when_it_is_sent(town: Town) -> None:
    quillfox_asks(town)
    kept: list[list[str]] = []

    def look() -> None:
        kept.append(texts(town))

    said = sit(town, "n", "r", look, "Yes.", look, "..and dots", look, ".", "outbox")
    name = "@quillfox@town.example"
    assert kept == [[], [f"{name} Yes."], [f"{name} Yes.\n.and dots"]]
    assert said[3] == "As mira@town.example, to quillfox, for everyone, language en."
    assert said[5] == "to quillfox: leaves in 10 seconds, U stops it."
    assert said[6].startswith("1. Reply to quillfox. Leaves in 10 seconds, unsend stops it.")
    assert said[7] == (
        "Not sent yet, and kept: reply to quillfox. It leaves when tui-inbox runs again."
    )
    (row,) = town.ask(outbox.rows, town.scope())
    assert (row.state, row.text) == (OutboxState.HELD, f"{name} Yes.\n.and dots")


def test_unsend_goes_on_writing_at_what_was_stopped(town: Town) -> None:
    quillfox_asks(town)
    said = sit(town, "n", "r", "Yes.", ".", "U", "And no.", ".keep", "U")
    assert "Stopped. It is a draft again." in said
    assert said[-2:] == ["The text is kept: drafts lists it.", "Nothing is held any more."]
    assert texts(town) == ["@quillfox@town.example Yes.\nAnd no."]


def test_ctrl_c_gives_up_a_line_and_ctrl_d_keeps_the_text(town: Town) -> None:
    quillfox_asks(town)
    said = sit(town, "n", CTRL_C, "r", "Yes.", CTRL_C, "No.", CTRL_D, "drafts")
    assert said[-2] == "The text is kept: drafts lists it."
    assert said[-1].endswith("@quillfox@town.example Yes. No.")
    assert sit(town, "drafts", "r 1", ".discard", "u")[-2:] == [
        "draft thrown away, u brings it back.",
        "undone: throwing a draft away.",
    ]


def test_an_answer_may_get_narrower_and_never_wider(town: Town) -> None:
    town.talk("odile")
    town.says("odile", "For us?", naming=["mira"], ago=MINUTE, audience=Audience.FOLLOWERS)
    said = sit(town, "n", "r", ".to public", ".to direct", ".warning soup", ".to", "Yes.", ".keep")
    assert said[4:] == [
        "What you answer is for followers, so the answer cannot be for everyone.",
        "As mira@town.example, to odile, for only those named, language en.",
        "As mira@town.example, to odile, for only those named, language en, behind a warning: soup.",
        "It can be for public, unlisted, followers, direct.",
        "The text is kept: drafts lists it.",
    ]


def test_a_text_is_read_before_it_goes_with_all_that_goes_with_it(
    town: Town, tmp_path: Path
) -> None:
    lamp = tmp_path / "lamp.png"
    lamp.write_bytes(b"\x89PNG\r\n\x1a\nand so on")
    said = sit(
        town,
        "c",
        "A lamp.",
        f".attach {lamp}",
        ".alt a lamp, lit",
        "Not this.",
        ".undo",
        ".attach nowhere.png",
        ".at tomorrow 8:00",
        ".",
    )
    assert said[0] == "As mira@town.example, a new post, for everyone."
    assert said[2:4] == [
        "lamp.png goes with it. .alt and words say what can be seen in it.",
        "lamp.png is described.",
    ]
    assert "There is no file nowhere.png." in said
    at = said.index("posted tomorrow 08:00")
    assert said[at + 1 : at + 4] == [
        "A lamp.",
        "[picture: lamp.png, a lamp, lit]",
        "493 characters left.",
    ]
    assert said[-1].startswith("leaves tomorrow 08:00")


def test_nothing_but_names_is_not_sent_and_a_slip_is_no_text(town: Town) -> None:
    quillfox_asks(town)
    said = sit(town, "n", "r", ".sned", ".", ".keep")
    assert said[-3:] == [
        "There is no .sned here; .help lists what there is.",
        "There is nothing in it but names yet.",
        "Nothing was typed, and nothing is kept.",
    ]


def test_what_may_have_arrived_is_sent_again_when_said_twice_and_looked_for_first(
    town: Town,
) -> None:
    quillfox_asks(town)
    sit(town, "n", "r", "Yes.", ".")
    (row,) = town.ask(outbox.rows, town.scope())
    town.write(lambda w: outbox_rows.set_row(w, row.id, state=OutboxState.UNKNOWN, at=town.now))
    said = sit(town, "outbox", "retry 1", "look 1", "retry 1", "retry 1", "n", "look")
    assert said[0] == "1 send of yours did not leave: outbox says why."
    assert said[2:] == [
        IN_DOUBT,
        "looking whether it has arrived.",
        IN_DOUBT,
        "trying again.",
        "Nobody waits for you.",
        "Nothing is read yet: n reads the next one that needs you, i lists who waits.",
    ]


# What a server alone knows


def test_an_own_post_is_changed_from_what_was_typed_and_deleted_when_said_twice(
    town: Town,
) -> None:
    town.allows(Limits(edits=True))
    town.says("mira", "The kettle is on.", at_home=True, ago=MINUTE)
    hub = FakeFetcher(original=Original("The kettle is on."))
    said = sit(town, "t", "edit 1", "Now.", ".undo", ".undo", "Off.", ".keep", fetcher=hub)
    assert said[1:] == [
        "As mira@town.example, changing your post, for everyone, language en.",
        "As it stands:",
        "The kettle is on.",
        "Type the text. A dot alone sends it, .help lists the rest.",
        "The last line is taken back.",
        "The kettle is on.",
        "The last line is taken back.",
        "The text is kept: drafts lists it.",
    ]
    assert texts(town) == ["Off."]
    said = sit(town, "t", "d 1", "news", "d 1", "delete 1", "u", fetcher=hub)
    assert said[1:] == [
        "delete again deletes it.",
        "Nothing new.",
        "delete again deletes it.",
        "deleted.",
        "undone: deleting your post.",
    ]


def test_what_a_server_tells_is_read_and_why_it_does_not(town: Town) -> None:
    quillfox_asks(town)
    translated = Translation("Behält der Export die Tags?", spoken="en", translator="a dictionary")
    versions = (
        Version(town.now - 6 * HOUR, "Does it?"),
        Version(town.now - 5 * HOUR, "Does it not?"),
    )
    hub = FakeFetcher(translation=translated, versions=versions)
    assert sit(town, "n", "T", "H", fetcher=hub)[3:] == [
        "From English, by a dictionary.",
        "Behält der Export die Tags?",
        "1. 6 hours ago.",
        "Does it?",
        "2. 5 hours ago.",
        "Does it not?",
    ]
    said = sit(town, "n", "T", "C", "E", fetcher=FakeFetcher())
    assert said[3:] == [
        "town.example does not translate.",
        "Nothing was found out about quillfox yet.",
        "Only what is yours can be changed.",
    ]
    assert sit(town, "n", "T")[-1] == "Still connecting; try again in a moment."


def test_somebody_is_muted_and_reported_and_that_is_taken_back(town: Town) -> None:
    quillfox_asks(town)
    said = sit(
        town, "n", "mute 1d", "u", "mute soon", "report", "rudeness", "X", "spam", "sells", "u"
    )
    assert said[3:] == [
        "quillfox is muted for a day.",
        "undone: muting quillfox for a day.",
        "“soon” is no length of time: try 30m, 6h, 1d or 1w.",
        "What is it that quillfox does? spam, law, else",
        "Nothing was reported.",
        "What is it that quillfox does? spam, law, else",
        "A sentence for the moderators, or an empty line.",
        "reporting quillfox: leaves in 10 seconds, u takes it back.",
        "undone: reporting quillfox.",
    ]


# News


def test_news_is_told_when_it_is_asked_for(town: Town) -> None:
    quillfox_asks(town)
    town.talk("odile")

    def odile_asks() -> None:
        town.says("odile", "And you?", naming=["mira"], ago=MINUTE)

    said = sit(town, "news", odile_asks, "e", "news", "news")
    assert said[0] == "Nothing new."
    assert said[2:] == ["odile: asks. 1 minute ago.", "Nothing new."]
    told = sit(town, "?", settings=LinearSettings(news="prompt"))
    assert not any("new:" in line for line in told)


def test_where_it_is_wanted_news_stands_before_the_next_prompt(town: Town) -> None:
    town.talk("odile")

    def odile_asks() -> None:
        town.says("odile", "And you?", naming=["mira"], ago=MINUTE)

    said = sit(town, odile_asks, "accounts", "accounts", settings=LinearSettings(news="prompt"))
    assert said == [
        "mira@town.example: connecting.",
        "1 new: odile asks.",
        "mira@town.example: connecting.",
    ]


@pytest.mark.parametrize(
    ("events", "told"),
    [
        (
            (OutboxEvent.RELEASED, OutboxEvent.LEASED, OutboxEvent.CONFIRMED),
            "Sent: reply to quillfox.",
        ),
        (
            (OutboxEvent.RELEASED, OutboxEvent.LEASED, OutboxEvent.REFUSED),
            "Refused, and kept: reply to quillfox: too many words.",
        ),
    ],
)
def test_what_became_of_a_text_is_told_before_the_next_prompt(
    town: Town, events: tuple[OutboxEvent, ...], told: str
) -> None:
    quillfox_asks(town)

    def leaves() -> None:
        (row,) = town.ask(outbox.rows, town.scope())
        state = row.state
        for event in events:
            state = after(state, event)
        reason = "too many words" if state is OutboxState.REFUSED else ""
        town.write(
            lambda w: outbox_rows.set_row(w, row.id, state=state, at=town.now, reason=reason)
        )

    said = sit(town, "n", "r", "Yes.", ".", leaves, "accounts", "accounts")
    assert said[-2:] == [told, "mira@town.example: connecting."]


# Words and tables


def test_moments_and_spans_are_words() -> None:
    assert [ago(0, at) for at in (0, MINUTE, 5 * HOUR, 13 * DAY, 15 * DAY, 2 * YEAR)] == [
        "just now",
        "1 minute ago",
        "5 hours ago",
        "13 days ago",
        "2 weeks ago",
        "2 years ago",
    ]
    assert span(SECOND) == "1 second"
    assert sentence("live · last word") == "live, last word."
    assert sentence("really?") == "really?"
    told = "they wrote “in 5 d” 1 d after your last text, 12 h ago"
    assert sentence(told) == "they wrote “in 5 d” 1 day after your last text, 12 hours ago."


def test_every_command_has_a_name_of_its_own_and_something_that_does_it() -> None:
    names = [name for one in table.COMMANDS for name in (one.word, one.letter) if name]
    assert len(names) == len(set(names))
    for command in table.COMMANDS:
        assert callable(command.handler())
        assert not command.does.endswith(".")
    assert table.parse("/rye loaf") == (table.named("search"), "rye loaf")
    assert table.parse("REPLY 3") == (table.named("reply"), "3")
    assert (table.named("u"), table.named("U")) == (table.named("undo"), table.named("unsend"))
    assert table.named("zz") is None


def test_a_list_is_said_piece_by_piece_and_older_things_are_fetched_when_needed() -> None:
    def entry(name: str) -> Listed:
        return Listed(Thing(1, note=name), lambda number: f"{number} {name}")

    def entries(*names: str) -> list[Listed]:
        return [entry(name) for name in names]

    fetched = iter((entries("c"), entries()))
    listing = Listing(entries("a", "b"), lambda: next(fetched))
    assert listing.next(2) == ["1 a", "2 b"]
    assert (listing.has_more, listing.left) == (True, None)
    assert listing.next(2) == ["3 c"]
    assert listing.next(2) == []
    assert not listing.has_more
    third = listing.named(3)
    assert third is not None
    assert third.note == "c"
    assert listing.named(4) is None


def test_help_begins_with_what_is_needed_most_and_lists_the_rest_by_kind(town: Town) -> None:
    said = sit(town, "help", "help writing", "help REPLY", "help all", "help soup")
    assert [line.partition(" ")[0].rstrip(":") for line in said[:10]] == list(table.MAIN)
    assert said[11].startswith("help and one of these words lists the rest: reading, lists,")
    reply = "reply or r [NUMBER]: answers everybody in it; a dot alone sends, .help lists the rest."
    assert said[12] == reply
    writing = len(table.GROUPS["writing"])
    assert said[12 + writing] == reply
    assert len(said) == 12 + writing + 1 + len(table.COMMANDS) + 1
