"""What one step of the list widget costs, in milliseconds of CPU: `python bench_list_widget.py`.

For lists of 1,000, 10,000 and 100,000 rows at 160x50 it prints the first paint and the medians of:
a key that moves the selection, a key that also scrolls, an arrival above a screen that holds still,
an arrival above a screen that follows, a row put into the middle of the list, and the whole list
shown anew with one row more in its middle. The headless driver paints nothing by itself, so each
step ends with what the screen would do: compose the changed lines and encode them for the terminal.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time
from collections.abc import Callable, Iterator
from typing import cast

from rich.segment import Segment
from rich.style import Style
from textual._compositor import CompositorUpdate
from textual.app import App, ComposeResult
from textual.strip import Strip

from tui_inbox.ui.widgets import Row, RowList

SIZE = (160, 50)
WORDS = "the rye one on Saturdays only or whenever the second bridge is open to carts and geese"
NAME = Style(bold=True)
GROUND = Style(bgcolor="#203040")


class PostRenderer:
    """Draws posts of three to six lines from the number that is their data."""

    def render(self, row: Row[int], width: int, *, selected: bool, focused: bool) -> list[Strip]:
        style = GROUND if selected else None
        head = [Segment(" 5h mi ", style), Segment(f"person {row.data % 97}", NAME)]
        text = [Segment(f"         {WORDS[: width - 9]}", style)]
        lines = [Strip(head), *(Strip(text) for _ in range(1 + row.data % 4)), Strip([])]
        return [*lines, Strip(text)] if selected and focused else lines

    def estimate(self, row: Row[int], width: int) -> int:
        return 4


class BenchApp(App[None]):
    """One list, and nothing else."""

    def compose(self) -> ComposeResult:
        yield RowList(PostRenderer(), newest_first=True)


def post(number: int, name: str = "post") -> Row[int]:
    """Return a row for a post."""
    return Row(f"{name} {number}", 0, number)


class Bench:
    """Runs steps on the list of a running app."""

    def __init__(self, app: BenchApp, steps: int) -> None:
        self.app = app
        self.list: RowList[int] = app.query_one(RowList)
        self.steps = steps

    def paint(self) -> None:
        """Do what the screen does after a refresh: compose the changed lines and encode them."""
        compositor = self.app.screen._compositor
        compositor.update_widgets({self.list})
        update = cast("CompositorUpdate | None", compositor.render_update())
        if update is not None:
            update.render_segments(self.app.console)

    def step(self, act: Callable[[], object]) -> float:
        """Return the CPU milliseconds of an act and of its painting."""
        begin = time.process_time()
        act()
        self.paint()
        return (time.process_time() - begin) * 1000

    async def median(self, act: Callable[[], object]) -> float:
        """Return the median over the steps; the app handles the messages of a step in between."""
        costs = []
        for _ in range(self.steps):
            costs.append(self.step(act))
            await asyncio.sleep(0)
        return statistics.median(costs)


async def measure(count: int, steps: int) -> list[float]:
    """Return the figures for a list of so many rows, in the order of the table."""
    app = BenchApp()
    async with app.run_test(size=SIZE) as pilot:
        bench = Bench(app, steps)
        rows = [post(number) for number in range(count)]
        figures = [bench.step(lambda: bench.list.show(rows))]
        bench.list.focus()
        await pilot.pause()
        fresh: Iterator[Row[int]] = (post(number, "new") for number in range(1_000_000))

        bench.list.splice(0, 0, [next(fresh)])
        keys = iter([*([1] * 8), *([-1] * 8)] * steps)
        figures.append(await bench.median(lambda: bench.list.move(next(keys))))
        figures.append(await bench.median(lambda: bench.list.page(7)))
        figures.append(await bench.median(lambda: bench.list.insert_head([next(fresh)])))
        bench.list.top()
        bench.list.follow = True
        figures.append(await bench.median(lambda: bench.list.insert_head([next(fresh)])))
        bench.list.select_key(f"post {count // 2}")
        middle = len(bench.list.rows) - count // 2 - 3
        figures.append(await bench.median(lambda: bench.list.splice(middle, middle, [next(fresh)])))
        longer = list(bench.list.rows)

        def show_one_more() -> None:
            longer.insert(middle, next(fresh))
            bench.list.show(longer)

        figures.append(await bench.median(show_one_more))
        return figures


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--steps", type=int, default=200)
    options = parser.parse_args()
    heads = ("rows", "paint", "key", "scroll", "on top", "follow", "middle", "show")
    print(*(f"{head:>8}" for head in heads))
    for count in options.rows:
        figures = asyncio.run(measure(count, options.steps))
        print(f"{count:>8}", *(f"{figure:8.2f}" for figure in figures))


if __name__ == "__main__":
    main()
