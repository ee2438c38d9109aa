"""The heights of a list agree with a plain list of numbers, whatever is done to them."""

from __future__ import annotations

from itertools import accumulate
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.ui.widgets import heights as module
from tui_inbox.ui.widgets.heights import Heights

lines = st.integers(min_value=1, max_value=30)


def assert_same(heights: Heights, plain: list[int]) -> None:
    """Compare every answer with that of a plain list."""
    ends = list(accumulate(plain, initial=0))
    assert len(heights) == len(plain)
    assert heights.total == ends[-1]
    assert [heights[index] for index in range(len(plain))] == plain
    assert [heights.before(index) for index in range(len(plain) + 1)] == ends
    assert [heights.locate(line) for line in range(ends[-1])] == [
        (index, inside) for index, count in enumerate(plain) for inside in range(count)
    ]


@given(plain=st.lists(lines, max_size=40), data=st.data())
def test_any_edits_leave_what_a_plain_list_holds(plain: list[int], data: st.DataObject) -> None:
    with patch.object(module, "BLOCK", 4):
        heights = Heights(plain)
        assert_same(heights, plain)
        for _ in range(data.draw(st.integers(1, 8), "edits")):
            start = data.draw(st.integers(0, len(plain)), "start")
            stop = data.draw(st.integers(start, len(plain)), "stop")
            fresh = data.draw(st.lists(lines, max_size=12), "fresh")
            assert heights.slice(start, stop) == plain[start:stop]
            heights.splice(start, stop, fresh)
            plain[start:stop] = fresh
            if plain:
                index = data.draw(st.integers(0, len(plain) - 1), "index")
                heights[index] = plain[index] = data.draw(lines, "lines")
            assert_same(heights, plain)


def test_blocks_stay_few_when_a_long_list_is_taken_apart() -> None:
    heights = Heights([1] * 50_000)
    while len(heights) > 60:
        start = len(heights) // 3
        heights.splice(start, start + 50, [])
    assert heights.total == len(heights)
    assert len(heights._blocks) <= 2


def test_a_row_that_is_not_there_is_refused() -> None:
    heights = Heights([1, 2])
    with pytest.raises(IndexError):
        heights[2]
    with pytest.raises(IndexError):
        heights[-1]
    with pytest.raises(IndexError):
        heights.before(3)
    with pytest.raises(IndexError):
        heights.locate(3)
    with pytest.raises(IndexError):
        heights.splice(1, 3, [])
