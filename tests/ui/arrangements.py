"""Any layout on any size of the terminal, for tests that hold for all of them."""

from __future__ import annotations

from hypothesis import strategies as st
from textual.geometry import Size

from tui_inbox.ui.layout import (
    PINS,
    TABS,
    WITH_COLUMNS,
    Area,
    Column,
    Ground,
    Kind,
    Shown,
    kind_of,
    usual,
)


def ground_of(width: int, height: int) -> Ground:
    """The usual layout on a room for panes of this size."""
    kind = kind_of(Size(width, height + 5))
    return Ground(kind, Size(width, height), usual(kind))


@st.composite
def _shown(draw: st.DrawFn, kind: Kind) -> Shown:
    pins = {slot: number for number, slot in enumerate(PINS, 1) if draw(st.booleans())}
    zoomed = draw(st.booleans())
    if kind not in WITH_COLUMNS:
        used = draw(st.permutations(TABS))
        return Shown(used=tuple(used[: draw(st.integers(1, 4))]), zoomed=zoomed)
    columns = [[Area.READING]]
    for area in draw(
        st.permutations([area for area in (*TABS, *pins) if area is not Area.READING])
    ):
        others = [column for column in columns if Area.READING not in column]
        if bool(others) and draw(st.booleans()):
            others[draw(st.integers(0, len(others) - 1))].append(area)
        else:
            at = draw(st.integers(0, len(columns)))
            columns.insert(at, [area])
    areas = [area for column in columns for area in column]
    hidden = draw(st.frozensets(st.sampled_from(areas)))
    if {Area.INBOX, Area.READING} <= hidden:
        hidden -= {Area.INBOX}
    return Shown(
        columns=tuple(
            Column(tuple(column), draw(st.just(0) | st.integers(1, 300)), draw(st.booleans()))
            for column in columns
        ),
        used=tuple(draw(st.permutations(areas))[: draw(st.integers(1, len(areas)))]),
        zoomed=zoomed,
        hidden=hidden,
        heights=draw(st.dictionaries(st.sampled_from(areas), st.integers(1, 100))),
        pins=pins,
    )


@st.composite
def _grounds(draw: st.DrawFn) -> Ground:
    size = Size(draw(st.integers(1, 400)), draw(st.integers(1, 120)))
    room = Size(size.width, max(0, size.height - draw(st.integers(1, 6))))
    kind = kind_of(size)
    return Ground(kind, room, draw(_shown(kind)))


GROUNDS = _grounds()
"""Any terminal, and anything that may be shown on it."""
