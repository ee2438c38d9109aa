"""Files that go with a text: taken in, described, removed, or pasted as a path."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path

import pytest
from textual import events
from ui.compose_stage import answering, opened, sent, type_text
from ui.stage import Stage, on_stage
from ui.test_compose_options import draft, option
from ui.town import usual_town

from tui_inbox.commands import files
from tui_inbox.commands.context import Context, NotPossible
from tui_inbox.core.account import Limits
from tui_inbox.core.draft import Attachment, PollDraft
from tui_inbox.core.post import MediaKind
from tui_inbox.ui.widgets.pad import Pad


@pytest.fixture
def picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A picture, and a store that takes copies by naming them."""

    def keep(ctx: object, file: Path, limits: Iterable[Limits]) -> Attachment:
        if not file.is_file():
            raise NotPossible(f"There is no file {file.name}.")
        return Attachment(f"copy-of-{file.name}", file.name, files.kind_of(file.name))

    monkeypatch.setattr(files, "keep", keep)
    monkeypatch.setenv("PICTURES", str(tmp_path))
    path = tmp_path / "choir.png"
    path.write_bytes(b"x")
    return path


async def attach(stage: Stage, alt: str = "") -> None:
    await option(stage, "m", *"$PICTURES/cho", "tab")
    await stage.until(lambda: "choir.png" in stage.text)
    await stage.press("enter")
    await stage.until(lambda: "what can be seen in choir.png" in stage.text)
    if alt:
        await type_text(stage, alt)
    await stage.press("enter")


async def test_a_file_is_found_taken_in_and_described(
    monkeypatch: pytest.MonkeyPatch, picture: Path
) -> None:
    async with answering(monkeypatch, "Look.") as stage:
        await attach(stage, "a choir in a barn")
        assert "1 picture choir.png · “a choir in a barn”" in stage.text
        assert stage.app.composer.has_hand
        await stage.press("ctrl+s")
        (file,) = sent(stage)[0].attachments
        assert (file.file, file.kind) == ("copy-of-choir.png", MediaKind.PICTURE)
        assert file.alt == "a choir in a barn"


async def test_a_file_that_was_taken_in_too_late_goes_with_no_other_text(
    monkeypatch: pytest.MonkeyPatch, picture: Path
) -> None:
    keep, copied = files.keep, threading.Event()

    def keep_slowly(ctx: Context, file: Path, limits: Iterable[Limits]) -> Attachment:
        assert copied.wait(20)
        return keep(ctx, file, limits)

    monkeypatch.setattr(files, "keep", keep_slowly)
    async with on_stage(monkeypatch) as stage:
        await stage.press("c")
        await opened(stage)
        await option(stage, "m", *"$PICTURES/choir.png", "enter")
        await type_text(stage, "Sent without it.")
        await stage.press("ctrl+s")
        await stage.until(lambda: bool(sent(stage)))
        await stage.press("c")
        await opened(stage)
        await type_text(stage, "Another one.")
        copied.set()
        await stage.until(lambda: "choir.png was not attached" in stage.text)
        assert draft(stage).attachments == ()


async def test_a_description_may_be_left_out_and_comes_later(
    monkeypatch: pytest.MonkeyPatch, picture: Path
) -> None:
    async with answering(monkeypatch, "Look.") as stage:
        await attach(stage)
        assert "choir.png has no description; ctrl+o m adds one." in stage.text
        assert "1 picture choir.png · no description yet" in stage.text
        await option(stage, "m", "2", "enter", *"barn", "enter")
        assert draft(stage).attachments[0].alt == "barn"


async def test_a_file_is_removed(monkeypatch: pytest.MonkeyPatch, picture: Path) -> None:
    async with answering(monkeypatch, "Look.") as stage:
        await attach(stage, "barn")
        await option(stage, "m", "3", "enter")
        assert draft(stage).attachments == ()
        assert "choir.png" not in stage.text


async def test_no_more_files_than_the_server_takes(
    monkeypatch: pytest.MonkeyPatch, picture: Path
) -> None:
    town = usual_town()
    town.limits = Limits(media=1)
    async with answering(monkeypatch, "Look.", town=town) as stage:
        await attach(stage, "barn")
        await option(stage, "m", "1", "enter")
        assert "The server takes one file with a post at most." in stage.text


async def test_a_description_that_is_too_long_is_asked_for_again(
    monkeypatch: pytest.MonkeyPatch, picture: Path
) -> None:
    town = usual_town()
    town.limits = Limits(alt_characters=5)
    async with answering(monkeypatch, "Look.", town=town) as stage:
        await attach(stage, "a barn")
        assert "1 characters more than the server takes" in stage.text
        await stage.press("backspace", "enter")
        assert draft(stage).attachments[0].alt == "a bar"


async def test_what_cannot_be_attached_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, picture: Path
) -> None:
    async with answering(monkeypatch, "Look.") as stage:
        await option(stage, "m", *"/none.png", "enter")
        await stage.until(lambda: "There is no file none.png." in stage.text)
        assert draft(stage).attachments == ()


async def test_a_poll_and_files_do_not_go_together(
    monkeypatch: pytest.MonkeyPatch, picture: Path
) -> None:
    async with answering(monkeypatch, "Look.") as stage:
        await option(stage, "p", *"rye", "enter", *"oat", "escape")
        await option(stage, "m")
        assert "A poll and files do not go together" in stage.text
        assert draft(stage).poll == PollDraft(("rye", "oat"))


async def paste(stage: Stage, text: str) -> None:
    stage.app.composer.query_one(Pad).post_message(events.Paste(text))
    await stage.settle()


async def test_a_pasted_path_is_offered_as_a_file(
    monkeypatch: pytest.MonkeyPatch, picture: Path
) -> None:
    async with answering(monkeypatch, "Look.") as stage:
        await paste(stage, f"file://{picture}\n")
        await stage.until(lambda: "attach choir.png" in stage.text)
        await stage.press("1", "enter")
        await stage.until(lambda: "what can be seen in choir.png" in stage.text)
        await stage.press("escape")
        assert [one.name for one in draft(stage).attachments] == ["choir.png"]
        assert str(picture) not in draft(stage).text


@pytest.mark.parametrize("text", ["/no/such/file", "~ about noon", "two\nlines", "\x1b[31mred"])
async def test_what_is_pasted_and_is_no_file_is_text(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    async with answering(monkeypatch) as stage:
        await paste(stage, text)
        wanted = text.removeprefix("\x1b[31m")
        await stage.until(lambda: draft(stage).text.endswith(wanted))
        assert "\x1b" not in draft(stage).text
