"""Where a command leaves something to the browser, the screen opens it there, with the text in the clipboard."""

from __future__ import annotations

from concurrent.futures import Future

import pytest
from ui.page_stage import pages_on_stage

from tui_inbox.commands.context import Outcome


async def test_the_browser_is_opened_and_the_text_is_at_hand(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        urls: list[str] = []
        monkeypatch.setattr(stage.app, "open_url", urls.append)
        left: Future[Outcome] = Future()
        url = "https://x.com/intent/tweet?in_reply_to=78"
        left.set_result(Outcome("Your browser is open there.", url=url, copied="I can help."))
        stage.app.follow(left)
        await stage.pilot.pause()
        assert urls == [url]
        assert stage.app.clipboard == "I can help."
        assert "Your browser is open there." in stage.text
