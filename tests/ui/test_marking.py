"""Text is marked by dragging and copied as it was written; a click does what stands under it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from textual.content import Content
from textual.geometry import Offset
from textual.selection import Selection
from ui.stage import Stage, on_stage
from ui.town import HARBOUR, ODILE, PAPERCRANE, Town, entry, post, usual_town

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.text import Link
from tui_inbox.queries.rows import PostRow
from tui_inbox.ui import themes
from tui_inbox.ui.render.cells import Drawing
from tui_inbox.ui.render.palette import palette_of
from tui_inbox.ui.render.paragraph import paragraph
from tui_inbox.ui.screens.person import PersonPage
from tui_inbox.ui.services import Look
from tui_inbox.ui.widgets.marking import copied, whole

SAID = (
    "@papercrane The long way round, past the lamp and over the second bridge, is the dry one.\n\n"
    "橋のたもとに灯りがあります。橋のたもとに灯りがあります。 "
    "See https://maps.example/bridge #harbour"
)


def spoken_of() -> PostRow:
    """A post that names somebody, breaks lines, and has a link and a tag."""
    spans = [
        ("@papercrane", "https://town.example/@papercrane"),
        ("https://maps.example/bridge", "https://maps.example/bridge"),
        ("#harbour", "https://town.example/tags/harbour"),
    ]
    links = tuple(
        Link(SAID.index(words), SAID.index(words) + len(words), url) for words, url in spans
    )
    return post(900, ODILE, 0, SAID, links=links)


def a_town() -> Town:
    """The usual town, with that post on top of the Timeline."""
    town = usual_town()
    town.timeline.insert(0, entry(spoken_of(), 2000))
    town.named["@papercrane"] = PAPERCRANE
    return town


def place_of(stage: Stage, words: str) -> Offset:
    """The cell of the screen where some words begin, the first time."""
    for y, line in enumerate(stage.lines()):
        if words in line:
            return Offset(Content(line[: line.index(words)]).cell_length, y)
    raise AssertionError(f"{words!r} is not on the screen:\n{stage.text}")


def moved(at: Offset, x: int, y: int = 0) -> Offset:
    """A cell some cells away."""
    return Offset(at.x + x, at.y + y)


async def drag(stage: Stage, start: Offset, end: Offset) -> None:
    """Press the button, move and let go."""
    await stage.pilot.mouse_down(offset=start)
    await stage.pilot.hover(offset=end)
    await stage.pilot.mouse_up(offset=end)
    await stage.settle()


async def click(stage: Stage, words: str, *, button: int = 1) -> None:
    """Click on words."""
    await stage.pilot.click(offset=moved(place_of(stage, words), 1, 0), button=button)
    await stage.settle()


async def test_what_is_marked_is_copied_as_it_was_written(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch, a_town()) as stage:
        await drag(stage, place_of(stage, "@papercrane"), moved(place_of(stage, "#harbour"), 7, 0))
        assert stage.app.clipboard == SAID
        assert "in the clipboard" in stage.text
        marked = [
            line for line in stage.app.main.timeline.rows._screen if "papercrane" in line.text
        ]
        assert marked, "the row stands where it stood"


async def test_marks_reach_over_rows_and_not_into_the_pane_beside(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, a_town()) as stage:
        start, below = place_of(stage, "#harbour"), place_of(stage, "Printed the harbour")
        await drag(stage, start, Offset(3, below.y))
        assert stage.app.clipboard == "#harbour\n\nodile fenn"
        await drag(stage, below, Offset(159, below.y))
        assert HARBOUR.text.startswith(stage.app.clipboard)
        assert stage.app.clipboard.startswith("Printed the harbour map at last.")


async def test_a_click_is_a_click_where_the_hand_trembles(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        at = place_of(stage, "The paper was")
        await drag(stage, at, moved(at, 1, 0))
        assert stage.app.clipboard == ""
        rows = stage.app.main.timeline.rows
        assert rows.selected is not None
        assert rows.selected.data.entry == entry(HARBOUR, 1000)
        assert stage.app.screen.selections == {}


async def test_a_drag_selects_no_row_and_opens_none(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        rows = stage.app.main.inbox.rows
        before = rows.selected
        at = place_of(stage, "The second bridge")
        await drag(stage, at, moved(at, 12, 0))
        assert stage.app.clipboard == "The second br"
        assert rows.selected is before
        await stage.press("escape")
        assert stage.app.screen.selections == {}, "Escape forgets what is marked, and no more"
        assert not stage.app.main.reading.pages


async def test_what_arrives_moves_nothing_under_a_drag(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch, a_town()) as stage:
        rows = stage.app.main.timeline.rows
        stage.wait(60)  # from now on the head is followed
        start, end = place_of(stage, "@papercrane"), place_of(stage, "lamp")
        await stage.pilot.mouse_down(offset=start)
        await stage.pilot.hover(offset=end)
        stage.town.timeline.insert(0, entry(post(901, ODILE, -1, "Just now."), 2001))
        await stage.tell(Change(Topic.FEED, 1))
        assert place_of(stage, "@papercrane") == start
        await stage.pilot.mouse_up(offset=end)
        await stage.settle()
        assert stage.app.clipboard == SAID[: SAID.index("lamp") + 1]
        rows.scroll_lines(1)
        await stage.settle()
        assert stage.app.screen.selections == {}, "scrolling forgets it"


async def test_a_link_a_name_and_a_tag_are_clicked(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch, a_town()) as stage:
        urls: list[str] = []
        monkeypatch.setattr(stage.app, "open_url", urls.append)
        await click(stage, "https://maps.example/bridge")
        assert urls == ["https://maps.example/bridge"]
        await click(stage, "@papercrane")
        top = stage.app.main.reading.top
        assert isinstance(top, PersonPage)
        assert top.person == PAPERCRANE
        await stage.press("q")
        stage.town.named.clear()
        await click(stage, "@papercrane")
        assert urls[1:] == ["https://town.example/@papercrane"], "nobody said who that is"
        await click(stage, "#harbour")
        assert "Timeline · #harbour" in stage.text


async def test_the_name_above_a_post_opens_the_card(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await click(stage, "night ferry news")
        top = stage.app.main.reading.top
        assert isinstance(top, PersonPage)
        assert top.person.name == "night ferry news"


async def test_a_gap_is_filled_and_a_warning_unfolded_by_a_click(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = usual_town()
    town.timeline = [town.timeline[-1], entry(replace(spoken_of(), warning="bridges"), 1)]
    async with on_stage(monkeypatch, town) as stage:
        await click(stage, "[warning: bridges]")
        assert "past the lamp" in stage.text
        await click(stage, "Enter fills it")
        assert ("gap", 7) in stage.fetcher.asked


async def test_the_mouse_shows_what_it_would_do(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        at = place_of(stage, "night ferry news")
        rows = stage.app.main.timeline.rows

        def seen() -> tuple[list[str], str]:
            """What is underlined, and the shape of the pointer."""
            strips = stage.app.screen._compositor.render_strips()
            under = [s.text for s in strips[at.y] if s.style and s.style.underline]
            return under, rows.styles.pointer

        await stage.pilot.hover(offset=at)
        await stage.settle()
        assert seen() == (["night ferry news"], "pointer")
        await stage.pilot.hover(offset=moved(at, 0, 3))
        await stage.settle()
        assert seen() == ([], "default")


async def test_the_right_button_offers_what_can_be_done(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await click(stage, "The second bridge", button=3)
        strip = stage.app.main.which_key
        assert "r reply" in stage.lines()[strip.region.y]
        await stage.press("escape")
        assert strip.has_class("-open") is False
        await click(stage, "The second bridge", button=3)
        await stage.press("e")
        assert not strip.is_open
        assert stage.called("items.done")[0].args == (2,)


@pytest.mark.parametrize("plain", [False, True])
async def test_a_terminal_is_told_where_links_lead_unless_it_is_a_plain_one(
    monkeypatch: pytest.MonkeyPatch, plain: bool
) -> None:
    async with on_stage(monkeypatch, a_town(), look=Look(plain=plain)) as stage:
        links = {
            segment.style.link
            for strip in stage.app.main.timeline.rows._screen
            for segment in strip
            if segment.style and segment.style.link
        }
        assert ("https://maps.example/bridge" in links) is not plain


@pytest.mark.parametrize("width", [20, 33, 60])
def test_a_paragraph_is_one_line_again(width: int) -> None:
    drawing = Drawing(palette_of(themes.DARK, []), lambda: 0)
    brush = drawing.on(selected=False, focused=False)
    lines = paragraph(brush, SAID, brush.palette.text, indent=4, width=width)
    whole_text = Selection(Offset(0, 0), Offset(width, len(lines) - 1))
    assert copied(lines, whole_text) == SAID


def test_no_character_is_marked_by_half() -> None:
    text = "a👨‍👩‍👧b नि c"
    assert whole(text, 2, 4) == (1, 6)
    assert whole(text, 8, 9) == (8, 10)
    assert whole(text, 0, 1) == (0, 1)


async def test_a_drag_over_the_key_line_presses_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await drag(stage, place_of(stage, "r reply"), place_of(stage, "e done"))
        assert stage.called("items.done") == []
        assert stage.app.clipboard == "r reply  e"
        await click(stage, "done  z")
        assert len(stage.called("items.done")) == 1


async def test_a_poll_is_voted_in_and_a_heading_folds_by_a_click(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await click(stage, "rye · spelt")
        assert "vote for one" in stage.text
        await stage.press("escape")
        await click(stage, "You wait for")
        assert "You wait for · 1, folded" not in stage.text
        await click(stage, "You wait for")
        assert "You wait for · 1, folded" in stage.text
