"""Reading closer: voting in a poll, what was changed in a post, and a post in another language."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from ui.page_stage import here
from ui.stage import Stage, on_stage
from ui.town import FERRY_POST, MOSSYGATE, NOW, Town, entry, post, usual_town

from tui_inbox.core.languages import system_language
from tui_inbox.core.moment import HOUR, MINUTE
from tui_inbox.core.post import Media, MediaKind, Poll, PollOption
from tui_inbox.core.versions import Translation, Version
from tui_inbox.queries.rows import EntryRow, PostRow
from tui_inbox.ui.screens.thread import ThreadPage
from tui_inbox.ui.screens.versions import VersionsPage

LOAF = Poll(
    "p1",
    (PollOption("rye"), PollOption("spelt"), PollOption("the one with walnuts")),
    closes_at=NOW + 5 * HOUR,
)
TRANSLATION = Translation("The bridge is open.", spoken="de", translator="DeepL.com")


def town_with(row: PostRow) -> Town:
    """The usual town, with one post above all others."""
    town = usual_town()
    town.timeline.insert(0, entry(row, 999))
    return town


async def on_first(stage: Stage) -> None:
    """Go to the newest post of the Timeline."""
    await stage.press("2", "home")
    row = stage.app.main.timeline.rows.selected
    assert row is not None
    assert isinstance(row.data.entry, EntryRow)


def asking(poll: Poll = LOAF, **more: object) -> PostRow:
    return replace(post(900, MOSSYGATE, MINUTE, "Which loaf?", account=3, poll=poll), **more)


async def test_v_asks_and_enter_votes(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch, town_with(asking())) as stage:
        await on_first(stage)
        await stage.press("v")
        assert "vote for one" in stage.text
        assert "1 ( ) rye   2 ( ) spelt   3 ( ) the one with walnuts" in stage.text
        await stage.press("1", "3")
        assert "1 ( ) rye   2 ( ) spelt   3 (x) the one with walnuts" in stage.text
        await stage.press("enter")
        (vote,) = stage.called("acts.vote")
        assert vote.args == (3, 900, (2,))
        assert "vote for one" not in stage.text
        assert here(stage) is stage.app.main.timeline
        before = stage.app.main.timeline.rows.selected
        await stage.press("j")
        assert stage.app.main.timeline.rows.selected is not before, "the hand is back in the list"


async def test_several_are_chosen_where_the_poll_allows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch, town_with(asking(replace(LOAF, multiple=True)))) as stage:
        await on_first(stage)
        await stage.press("V", "3", "1", "2", "2")
        assert "1 [x] rye   2 [ ] spelt   3 [x] the one with walnuts" in stage.text
        await stage.press("enter")
        (vote,) = stage.called("acts.vote")
        assert vote.args == (3, 900, (0, 2))


async def test_escape_votes_nothing_and_enter_waits_for_a_choice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, town_with(asking())) as stage:
        await on_first(stage)
        await stage.press("v", "enter", "q", "8")
        assert "vote for one" in stage.text, "nothing is chosen yet, and these keys choose nothing"
        await stage.press("escape")
        assert "vote for one" not in stage.text
        assert stage.called("acts.vote") == []


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (asking(voted=(0,)), "a vote cannot be changed"),
        (asking(mine=True), "Nobody votes in a poll of their own"),
        (asking(replace(LOAF, closed=True)), "This poll is over"),
        (post(900, MOSSYGATE, MINUTE, "No poll here."), "There is no poll in this"),
    ],
)
async def test_where_no_vote_counts_the_reason_is_said(
    monkeypatch: pytest.MonkeyPatch, row: PostRow, sentence: str
) -> None:
    async with on_stage(monkeypatch, town_with(row)) as stage:
        await on_first(stage)
        await stage.press("V")
        assert sentence in stage.text
        assert "vote for one" not in stage.text


async def test_v_unfolds_a_warning_before_it_votes(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch, town_with(asking(warning="food"))) as stage:
        await on_first(stage)
        assert "3 the one with walnuts" not in stage.text
        await stage.press("v")
        assert "3 the one with walnuts" in stage.text
        await stage.press("v")
        assert "vote for one" in stage.text


@pytest.mark.parametrize("place", ["timeline", "thread"])
async def test_v_shows_sensitive_attachments_before_it_votes(
    monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    picture = Media(MediaKind.PICTURE, None, "three loaves")
    row = asking(media=(picture,), media_folded="sensitive")
    async with on_stage(monkeypatch, town_with(row)) as stage:
        await on_first(stage)
        if place == "thread":
            await stage.press("enter")
        assert "[picture, sensitive] · v shows it" in stage.text
        assert "three loaves" not in stage.text
        await stage.press("v")
        assert "[picture: three loaves]" in stage.text
        await stage.press("v")
        assert "vote for one" in stage.text


async def test_the_palette_opens_the_warnings_of_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch, town_with(asking(warning="food"))) as stage:
        await on_first(stage)
        stage.app.act("reading.opened")
        await stage.settle()
        (opened,) = stage.called("reading.open_warnings")
        assert opened.args == (3, MOSSYGATE.id)


async def test_v_votes_in_a_thread_too(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch, town_with(asking())) as stage:
        await on_first(stage)
        await stage.press("enter")
        assert isinstance(here(stage), ThreadPage)
        await stage.press("v", "2", "enter")
        (vote,) = stage.called("acts.vote")
        assert vote.args == (3, 900, (1,))
        assert isinstance(here(stage), ThreadPage)


async def test_the_history_shows_all_versions_and_what_was_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    edited = replace(FERRY_POST, id=901, at=NOW, edited=True)
    async with on_stage(monkeypatch, town_with(edited)) as stage:
        stage.fetcher.versions = (
            Version(NOW - 2 * HOUR, "Pier 2 is closed."),
            Version(NOW - HOUR, "Pier 2 is open again."),
        )
        await on_first(stage)
        await stage.press("H")
        assert isinstance(here(stage), VersionsPage)
        assert ("versions", edited.account, 901) in stage.fetcher.asked
        text = stage.text
        assert f"2 versions of a post by {edited.author.name}" in text
        assert "as it was first · " in text
        assert "Pier 2 is closed." in text
        assert "version 2 of 2 · " in text
        assert "as it stands now" in text
        assert "Pier 2 is [-closed-]{+open again+}." in text
        assert text.index("Pier 2 is closed.") < text.index("[-closed-]")
        await stage.press("q")
        assert here(stage) is stage.app.main.timeline


async def test_a_server_that_keeps_no_versions_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(
        monkeypatch, town_with(replace(FERRY_POST, id=901, at=NOW, edited=True))
    ) as stage:
        await on_first(stage)
        await stage.press("H")
        assert "None are kept." in stage.text


async def test_what_was_never_changed_has_no_history(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch, town_with(replace(FERRY_POST, id=901, at=NOW))) as stage:
        await on_first(stage)
        await stage.press("H")
        assert "Nothing was changed in it" in stage.text
        assert all(what[0] != "versions" for what in stage.fetcher.asked)


GERMAN = post(902, MOSSYGATE, MINUTE, "Die Brücke ist offen.", language="de-AT")


async def test_a_translation_stands_below_the_original_and_hides_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, town_with(GERMAN)) as stage:
        stage.fetcher.translation = TRANSLATION
        await on_first(stage)
        await stage.press("T")
        await stage.until(lambda: "The bridge is open." in stage.text)
        page = here(stage)
        assert isinstance(page, ThreadPage)
        text = stage.text
        assert text.index("Die Brücke ist offen.") < text.index("translated from German by DeepL")
        await stage.press("T")
        assert "The bridge is open." not in stage.text
        await stage.press("T", "q", "T")
        assert "The bridge is open." in stage.text
        asked = [what for what in stage.fetcher.asked if what[0] == "translation"]
        assert asked == [("translation", GERMAN.account, 902, "en")], "it is asked for once"


async def test_where_nobody_translates_that_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, town_with(GERMAN)) as stage:
        await on_first(stage)
        await stage.press("T")
        assert "town.example does not translate." in stage.text


async def test_ones_own_language_is_not_translated(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch, town_with(replace(GERMAN, language="en-GB"))) as stage:
        await on_first(stage)
        await stage.press("T")
        assert "This is said to be English already." in stage.text
        assert all(what[0] != "translation" for what in stage.fetcher.asked)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "de_AT.UTF-8"}, "de"),
        ({"LC_ALL": "cy_GB.UTF-8", "LANG": "de_AT.UTF-8"}, "cy"),
        ({"LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_of_the_machine_is_the_one_its_variables_name(
    environment: dict[str, str], language: str
) -> None:
    assert system_language(environment) == language
