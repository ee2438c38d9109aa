"""What holds for every page at every size: nothing too wide, no vertical line, no markup, a way back."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from ui.page_stage import RULES, SIZES, here, pages_on_stage
from ui.page_town import (
    ACORN_RULE,
    DRAFTS,
    HELD,
    HISTORY,
    QUILLFOX_CARD,
    TAGS_TRACE,
    PageTown,
    liked,
    page_town,
)
from ui.stage import Stage
from ui.town import NOW, QUILLFOX, TAGS

from tui_inbox.core.moment import HOUR
from tui_inbox.core.person import ProfileField
from tui_inbox.queries.overviews import CatchUpLine
from tui_inbox.ui.screens.page import Page
from tui_inbox.ui.services import Look

OPENED_BY = {
    "person": ("p",),
    "why": ("w",),
    "rules": ("open.rules", "enter"),
    "catch-up": ("g", "c"),
    "help": ("question_mark",),
    "accounts": ("at",),
    "activity": ("g", "a"),
    "outbox": ("g", "o"),
    "drafts": ("g", "d"),
    "search": ("slash", "t", "a", "g", "s"),
}
"""The keys that open each page; by its id what has no key of its own."""

HOSTILE = "[red]not red[/red] [@click=app.quit]click[/] [link=https://bank.example]bank[/link] $inbox-yours"
"""What would do something if it were read as markup."""

LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmütze日本語の長い文章がここに続きます🙂" * 4
"""What does not fit anywhere."""


async def open_page(stage: Stage, name: str) -> Page:
    """Open a page by its keys."""
    stage.app.away_since = NOW - 16 * HOUR
    for step in OPENED_BY[name]:
        if "." in step:
            stage.app.act(step)
        else:
            await stage.press(step)
    await stage.pilot.pause(0.1)
    await stage.settle()
    page = here(stage)
    assert isinstance(page, Page)
    return page


def saying(text: str) -> PageTown:
    """A town in which everybody says the same, everywhere."""
    town = page_town()
    name = replace(QUILLFOX, name=text)
    said = replace(TAGS, author=name, text=text, media=())
    events = tuple(replace(event, word=f"they {text}", text=text) for event in HISTORY)
    town.card = replace(
        QUILLFOX_CARD,
        person=name,
        bio=text,
        note=text,
        reason=text,
        fields=(ProfileField(text, text, verified=True),),
        lines=(("last", text),),
        history=events,
        posts=(said,),
    )
    reason = replace(TAGS_TRACE.reasons[0], sentence=text, evidence=events)
    town.traces["item 1"] = replace(
        TAGS_TRACE, title=text, reasons=(reason,), next=text, standing=text, before=text
    )
    found = replace(ACORN_RULE.touches[0], name=text, text=text)
    town.rules = (replace(ACORN_RULE, about=text, name=text, remark=text, touches=(found,)),)
    town.news = (liked(name, said, HOUR), replace(liked(name, said, HOUR), words=text))
    town.outbox = (replace(HELD, what=text, text=text, reason=text),)
    town.kept = (
        replace(DRAFTS[0], target=text, draft=replace(DRAFTS[0].draft, text=text, warning=text)),
    )
    town.away = (CatchUpLine(3, text, text, "inbox"),)
    town.accounts = tuple(replace(row, label=text) for row in town.accounts)
    return town


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_no_page_is_wider_than_the_screen_or_draws_a_vertical_line(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    async with pages_on_stage(monkeypatch, saying(LONG), size=size) as stage:
        for name in OPENED_BY:
            await open_page(stage, name)
            lines = stage.lines()
            assert max(map(cell_len, lines)) <= size[0], name
            assert not any(sign in line for line in lines for sign in RULES), name
            await stage.press("escape")


async def test_what_others_write_is_never_read_as_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch, saying(HOSTILE), size=(145, 45)) as stage:
        for name in ("person", "why", "catch-up", "activity", "outbox", "drafts"):
            await open_page(stage, name)
            assert "[red]not red[/red]" in stage.text, name
            assert "[@click=app.quit]" in stage.text, name
            await stage.press("escape")


@pytest.mark.parametrize("name", OPENED_BY)
async def test_every_page_closes_to_where_it_was_opened(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await stage.press("3", "j")
        before = here(stage)
        await open_page(stage, name)
        await stage.press("escape")
        assert here(stage) is before
        assert stage.app.focused is before.rows


@pytest.mark.parametrize("name", OPENED_BY)
async def test_every_page_survives_another_look_another_size_and_other_accounts(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    async with pages_on_stage(monkeypatch, look=Look(dense=True, plain=True)) as stage:
        page = await open_page(stage, name)
        words = page.heading.words
        await stage.pilot.resize_terminal(80, 24)
        stage.app.look_changed(replace(stage.app.services.look, theme="inbox-light"))
        stage.app.set_scope((2,))
        await stage.settle()
        assert here(stage) is page
        assert words.split(" · ")[0] in stage.text


async def test_no_page_lays_blank_lines_between_rows_when_dense(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch, size=(80, 24), look=Look(dense=True)) as stage:
        for name in ("activity", "outbox", "drafts", "catch-up"):
            page = await open_page(stage, name)
            assert page.rows is not None
            tops = [line for _, line in page.rows.rows_on_screen()]
            assert tops[0] == 0, name
            blanks = [page.rows.render_line(y).text.strip() == "" for y in range(tops[-1])]
            assert not any(blanks), name
            await stage.press("escape")
