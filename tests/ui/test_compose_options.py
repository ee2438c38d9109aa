"""What can be set of a text besides the text: each of it by one letter behind ctrl+o."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from textual import events
from ui.compose_stage import answering, opened, saved, sent, type_text
from ui.stage import Stage, on_stage
from ui.town import NOW, TAGS, usual_town
from ui.town_posts import ACORN

from tui_inbox.core.account import Limits
from tui_inbox.core.answerers import Answerers
from tui_inbox.core.draft import Draft, PollDraft
from tui_inbox.core.moment import DAY, HOUR
from tui_inbox.core.post import Audience, Card
from tui_inbox.ui.screens import said_today
from tui_inbox.ui.screens.compose_view import LEAST_LINES
from tui_inbox.ui.widgets.pad import Pad


async def option(stage: Stage, letter: str, *keys: str) -> None:
    await stage.press("ctrl+o", letter, *keys)


def draft(stage: Stage) -> Draft:
    """The draft on the screen."""
    found = stage.app.composer.draft
    assert found is not None
    return found


async def test_a_letter_that_comes_with_its_prefix_is_no_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with answering(monkeypatch, "Yes.") as stage:
        for key in ("ctrl+o", "a"):  # both are in the buffer before either was looked at
            stage.app.post_message(events.Key(key, "a" if key == "a" else None))
        await stage.settle()
        assert draft(stage).audience is Audience.UNLISTED
        assert draft(stage).text.endswith("Yes.")


# Who may read it


async def test_an_answer_gets_narrower_first_and_wider_than_its_parent_by_a_second_press_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = usual_town()
    town.change_post(TAGS.id, audience=Audience.FOLLOWERS)
    town.drafts[5] = Draft(5, 2, "Yes.", audience=Audience.FOLLOWERS, reply_to=TAGS.id)
    async with answering(monkeypatch, town=town) as stage:
        await option(stage, "a")
        assert draft(stage).audience is Audience.DIRECT
        await option(stage, "a")
        assert draft(stage).audience is Audience.DIRECT
        assert "wider than their post, ctrl+o a again for: everyone" in stage.text
        await option(stage, "a")
        assert draft(stage).audience is Audience.PUBLIC


async def test_the_audience_of_what_is_posted_cannot_be_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        stage.app.write_draft(Draft(0, 1, "Better words.", edits=101))
        await opened(stage)
        await stage.settle()
        assert "changing your post" in stage.text
        for letter, sentence in (
            ("a", "cannot be changed"),
            ("f", "by the account that wrote it"),
            ("k", "made at once"),
            ("s", "stays one post"),
            ("F", "goes out from one account"),
        ):
            await option(stage, letter)
            assert sentence in stage.text
        assert draft(stage) == Draft(0, 1, "Better words.", edits=101)


# Accounts


async def test_a_post_goes_out_from_several_accounts(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("c")
        await opened(stage)
        await type_text(stage, "Bread!")
        await option(stage, "F", "1", "2", "enter")
        assert "MIRA + ACORN CRM + TIDEWATER BAKERY · a new post" in stage.text
        await option(stage, "F", "1", "enter")
        assert draft(stage).also_from == (3,)
        await option(stage, "f")
        assert (draft(stage).account, draft(stage).also_from) == (2, (3,))
        await stage.press("ctrl+s")
        assert sent(stage)[0].also_from == (3,)


async def test_a_post_is_for_no_more_people_than_each_of_its_accounts_usually_posts_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = usual_town()
    town.usual = {1: Audience.PUBLIC, 2: Audience.FOLLOWERS, 3: Audience.PUBLIC}
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("c")
        await opened(stage)
        await type_text(stage, "Bread!")
        assert draft(stage).audience is Audience.PUBLIC
        await option(stage, "f")
        assert (draft(stage).account, draft(stage).audience) == (2, Audience.FOLLOWERS)
        await option(stage, "f")
        assert (draft(stage).account, draft(stage).audience) == (3, Audience.PUBLIC)
        await option(stage, "F", "2", "enter")
        assert (draft(stage).also_from, draft(stage).audience) == ((2,), Audience.FOLLOWERS)


async def test_the_audience_that_was_chosen_stays_whoever_posts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = usual_town()
    town.usual = {1: Audience.PUBLIC, 2: Audience.DIRECT}
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("c")
        await opened(stage)
        await option(stage, "a")
        await option(stage, "f")
        assert (draft(stage).account, draft(stage).audience) == (2, Audience.UNLISTED)


async def test_an_account_that_is_gone_can_be_taken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    town = usual_town()
    town.accounts = town.accounts[:1]
    town.drafts[5] = Draft(5, 1, "Bread!", also_from=(9,))
    async with on_stage(monkeypatch, town) as stage:
        stage.app.write_draft(town.drafts[5])
        await opened(stage)
        await option(stage, "F")
        assert "an account that is not signed in any more" in stage.text
        await stage.press("1", "enter")
        assert draft(stage).also_from == ()


async def test_an_answer_goes_out_from_one_account(monkeypatch: pytest.MonkeyPatch) -> None:
    async with answering(monkeypatch) as stage:
        await option(stage, "F")
        assert "goes out from one account" in stage.text


# When


async def test_a_time_is_set_said_and_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    town = usual_town()
    town.limits = Limits(schedules=True)
    async with answering(monkeypatch, "Yes.", town=town) as stage:
        await option(stage, "k", *"tomorrow", "space", *"8:00", "enter")
        send_at = draft(stage).send_at
        assert send_at is not None
        assert 0 < send_at - NOW < 2 * DAY
        assert "at tomorrow 8:00, kept by the server" in " ".join(stage.text.split())
        await option(stage, "k", "enter")
        assert draft(stage).send_at == send_at
        await option(stage, "k", "ctrl+u", "enter")
        assert draft(stage).send_at is None


async def test_what_is_no_time_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    async with answering(monkeypatch) as stage:
        await option(stage, "k", *"soon", "enter")
        assert "“soon” is no time" in stage.text
        await stage.press("ctrl+u", *"3h", "enter")
        assert draft(stage).send_at == NOW + 3 * HOUR
        assert "sent from here while the program runs" in " ".join(stage.text.split())


# As a thread


async def test_what_is_no_language_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    async with answering(monkeypatch, "Yes.") as stage:
        await option(stage, "l", "ctrl+u", *"german", "enter")
        assert "“german” is no language tag: try en, de or pt-BR." in stage.text
        assert "language (en, pt-BR …): german" in stage.text
        await stage.press("ctrl+u", *"de", "enter")
        assert draft(stage).language == "de"


async def test_a_long_text_becomes_numbered_parts_that_can_be_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = usual_town()
    town.limits = Limits(characters=60)
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("c")
        await opened(stage)
        await type_text(stage, "A first sentence that is rather long. And a second one as well.")
        assert "3 too many" in stage.text
        await option(stage, "s")
        assert "left in 2 of 2" in stage.text
        assert "2 parts, ctrl+o v shows them" in stage.text
        await option(stage, "v")
        assert "A first sentence that is rather long. 1/2" in stage.text
        assert "And a second one as well. 2/2" in stage.text
        assert "Inbox · 3 wait for you" in stage.text
        await stage.press("escape", "ctrl+s")
        assert sent(stage)[0].split


# To whom


async def test_names_are_taken_out_and_put_in_and_the_rest_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with answering(monkeypatch, "Yes.") as stage:
        await option(stage, "t", "1", "enter")
        assert draft(stage).text == "@papercrane@town.example Yes."
        assert "ACORN CRM · to papercrane ·" in stage.text
        await option(stage, "t", "2", "enter")
        assert "in answer to quillfox, naming nobody" in stage.text
        await option(stage, "t", "1", "enter")
        assert draft(stage).text == "@quillfox@town.example Yes."


async def test_a_quote_is_put_on_and_taken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    town = usual_town()
    town.limits = Limits(quotes=True)
    async with answering(monkeypatch, "Yes.", town=town) as stage:
        await option(stage, "q")
        assert draft(stage).quotes == TAGS.id
        assert "quoting quillfox" in " ".join(stage.text.split())
        await option(stage, "q")
        assert draft(stage).quotes is None


@pytest.mark.parametrize("audience", [Audience.DIRECT, Audience.FOLLOWERS])
async def test_what_was_written_to_a_few_is_not_quoted(
    monkeypatch: pytest.MonkeyPatch, audience: Audience
) -> None:
    town = usual_town()
    town.limits = Limits(quotes=True)
    town.change_post(TAGS.id, audience=audience)
    async with answering(monkeypatch, town=town) as stage:
        await option(stage, "q")
        await stage.until(lambda: "so it cannot be quoted." in stage.text)
        assert draft(stage).quotes is None


async def test_a_quote_is_for_no_more_people_than_what_it_quotes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = usual_town()
    town.limits = Limits(quotes=True)
    town.change_post(TAGS.id, audience=Audience.UNLISTED)
    town.drafts[5] = Draft(5, 2, "Yes.", audience=Audience.PUBLIC, reply_to=TAGS.id)
    async with answering(monkeypatch, town=town) as stage:
        await option(stage, "q")
        await stage.until(lambda: draft(stage).quotes == TAGS.id)
        assert draft(stage).audience is Audience.UNLISTED


async def test_where_there_are_no_quotes_a_sentence_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with answering(monkeypatch) as stage:
        await option(stage, "q")
        assert "This server does not know quotes." in stage.text


async def test_a_kept_quote_opens_with_the_post_above_it(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        stage.app.write_draft(Draft(4, 2, "Well said.", quotes=TAGS.id))
        await opened(stage)
        await stage.settle()
        assert "ACORN CRM · quoting quillfox · everyone" in stage.text
        assert "Does the export keep the tags?" in stage.text


async def test_the_note_on_who_is_answered_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    async with answering(monkeypatch, "Yes.") as stage:
        await option(stage, "i", *"alto", "enter")
        (noted,) = stage.called("people.note")
        assert noted.args[1:] == (2, "alto")
        assert stage.app.composer.has_hand


async def test_the_drafts_are_shown_and_the_text_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    async with answering(monkeypatch, "Yes.") as stage:
        await option(stage, "d")
        assert "Drafts" in stage.text
        assert saved(stage)[-1].text.endswith("Yes.")


# A poll


async def test_a_poll_is_written_below_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("c")
        await opened(stage)
        await type_text(stage, "Which?")
        await option(stage, "p", *"rye", "enter", *"spelt", "down", "down")
        await stage.press("ctrl+u", *"6h,", "space", *"several", "escape")
        assert draft(stage).poll == PollDraft(("rye", "spelt"), 6 * HOUR, multiple=True)
        assert "poll, 6h, several: rye · spelt" in stage.text
        assert stage.app.composer.query_one(Pad).has_focus
        await stage.press("ctrl+s")
        assert sent(stage)[0].poll == PollDraft(("rye", "spelt"), 6 * HOUR, multiple=True)


async def test_a_poll_is_changed_and_an_emptied_one_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        stage.app.write_draft(Draft(4, 2, "Which?", poll=PollDraft(("rye", "spelt"))))
        await opened(stage)
        await stage.settle()
        await option(stage, "p", "up", "ctrl+u", *"oat", "escape")
        assert draft(stage).poll == PollDraft(("rye", "oat"))
        await option(stage, "p", "up", "ctrl+u", "up", "ctrl+u", "escape")
        assert draft(stage).poll is None
        await stage.until(lambda: saved(stage)[-1].poll is None)


async def test_what_a_server_has_against_a_poll_is_said_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("c")
        await opened(stage)
        await option(stage, "p", *"rye", "escape")
        assert "A poll has two choices at least." in stage.text
        await option(stage, "p", *"rye", "enter", "enter", "ctrl+u", *"never", "escape")
        assert "“never” is no length of time: try 30m, 6h, 1d or 1w." in stage.text
        assert draft(stage).poll == PollDraft(("rye", "rye"))


@pytest.mark.parametrize("size", [(160, 50), (80, 24), (60, 16), (50, 15)])
async def test_the_text_keeps_its_lines_beside_a_poll(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    async with answering(monkeypatch, "Yes.", size=size) as stage:
        await option(stage, "p", *"rye", "enter", *"oat")
        pad = stage.app.composer.query_one(Pad)
        assert pad.size.height >= LEAST_LINES
        assert stage.app.composer.poll.editor.region.bottom <= size[1]
        assert "lasts 1d" in stage.text


async def test_nothing_moves_above_when_there_is_room_below(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with answering(monkeypatch, "Yes.", size=(160, 50)) as stage:
        top = stage.app.composer.region.y
        await option(stage, "p", *"rye", "enter", *"oat")
        assert stage.app.composer.region.y == top


# What is said once


async def test_a_kept_draft_says_that_it_goes_on_and_how_to_begin_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = usual_town()
    town.drafts[5] = Draft(5, 2, "Half", reply_to=TAGS.id, updated_at=NOW - 5 * HOUR)
    async with answering(monkeypatch, town=town) as stage:
        assert "your draft of 5 h ago, ctrl+o x throws it away" in stage.text
        await type_text(stage, "!")
        assert "your draft of" not in stage.text


async def test_a_new_post_is_fresh_and_names_those_that_are_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = usual_town()
    town.drafts[5] = Draft(5, 1, "Half", send_at=NOW + DAY)
    town.drafts[6] = Draft(6, 1, "Another half")
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("c")
        await opened(stage)
        assert (draft(stage).text, draft(stage).send_at) == ("", None)
        assert "2 kept: ctrl+o d" in stage.text
        await type_text(stage, "Bread!")
        assert "2 kept" not in stage.text
        await stage.press("escape")
        assert saved(stage)[0].id == 0
        assert saved(stage)[-1].text == "Bread!"
        assert "The text is kept: g d goes on with it." in stage.text


async def test_that_a_text_went_out_today_is_one_quiet_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(said_today, "LOOK_AFTER", 0.01)
    town = usual_town()
    town.said_today = "you sent this text to 3 people today"
    async with answering(monkeypatch, "Yes.", town=town) as stage:
        await stage.until(lambda: "you sent this text to 3 people today" in stage.text)
        await stage.press("ctrl+s")
        assert len(sent(stage)) == 1


async def test_each_account_has_its_own_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    town = usual_town()
    town.accounts = tuple(replace(row) for row in town.accounts)
    town.limits = Limits(characters=300)
    async with answering(monkeypatch, town=town) as stage:
        assert f"{300 - len('@quillfox @papercrane ')} left" in stage.text
        assert draft(stage).account == ACORN.id


async def test_where_everybody_reads_everything_there_is_nothing_to_choose(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = usual_town()
    town.limits = Limits(audiences=(Audience.PUBLIC,), warnings=False, poll_options=0)
    async with on_stage(monkeypatch, town=town) as stage:
        await stage.press("c")
        await stage.settle()
        for letter, sentence in (
            ("a", "Everybody can read what is posted there."),
            ("w", "No warning can stand in front of a text there."),
            ("p", "There are no polls there."),
        ):
            await option(stage, letter)
            assert sentence in stage.text
        assert draft(stage).audience is Audience.PUBLIC


async def test_where_all_can_read_one_says_who_may_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    town = usual_town()
    town.limits = Limits(audiences=(Audience.PUBLIC,), chooses_answerers=True)
    async with answering(monkeypatch, town=town) as stage:
        await option(stage, "a")
        assert "whoever began the conversation" in stage.text
        await stage.press("escape", "c")
        await opened(stage)
        said = ["whom you follow can answer", "whom it names can answer", "nobody can answer"]
        for words in said:
            await option(stage, "a")
            assert words in " ".join(stage.text.split())
        assert draft(stage).answerers is Answerers.NOBODY
        await option(stage, "a")
        assert draft(stage).answerers is Answerers.EVERYBODY


async def test_a_link_gets_its_card_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    town = usual_town()
    town.limits = Limits(makes_cards=True)
    async with answering(monkeypatch, town=town) as stage:
        await option(stage, "u")
        assert "no link in it yet" in stage.text
        await type_text(stage, "See https://rye.example/a.")
        assert ("card", "https://rye.example/a") not in stage.fetcher.asked
        await option(stage, "u")
        assert "says nothing of itself" in stage.text
        stage.fetcher.cards["https://rye.example/a"] = Card(
            "https://rye.example/a", "Rye", "Baked."
        )
        await option(stage, "u")
        assert "card · Rye · Baked." in stage.text
        await stage.press("ctrl+s")
        (left,) = sent(stage)
        assert left.card == stage.fetcher.cards["https://rye.example/a"]


async def test_where_servers_make_cards_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    async with answering(monkeypatch, "https://rye.example") as stage:
        await option(stage, "u")
        assert "makes the card of a link by itself" in stage.text
        assert not [one for one in stage.fetcher.asked if one[0] == "card"]
