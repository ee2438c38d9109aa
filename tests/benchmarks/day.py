"""What a day of uptime costs: memory, tasks, files and the like, at every hour of a simulated day.

    PYTHONPATH=tests python tests/benchmarks/day.py
    PYTHONPATH=tests python tests/benchmarks/day.py --hours 6 --seed 7

prints a line for each hour and ends with 1 if anything has grown. See `support/day.py` for what happens in it.
Caches fill for the first five hours, so the verdict on a short day may be growth that ends later.
With `--where` it also names the lines of the program that hold more memory at the end than after a quarter;
that slows it down and needs memory of its own, so the figures above are not to be believed then.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Sequence
from pathlib import Path

from support.day import Day, Story
from support.gauges import Reading, complaints

from tui_inbox.core.moment import HOUR

FRAMES = 1
LINES_SHOWN = 25


class Table:
    """Prints a line for each reading, below a head.

    Args:
        hours: how many readings there will be.
        where: whether to note where memory is held.
    """

    def __init__(self, hours: int, where: bool) -> None:
        self._quarter = hours // 4
        self._where = where
        self._early: tracemalloc.Snapshot | None = None
        self._began = time.monotonic()
        self._cpu = time.process_time()

    def add(self, hour: int, reading: Reading) -> None:
        """Print one."""
        cells: dict[str, str] = {
            "hour": str(hour),
            "MiB": f"{reading.memory:.1f}",
            "CPU s": f"{self._spent():.1f}",
            **{name: str(count) for name, count in reading.counts.items()},
            **{name: f"{size:,.0f}" for name, size in reading.sizes.items()},
        }
        if hour == 1:
            print("  ".join(cells))
        print("  ".join(f"{cell:>{len(name)}}" for name, cell in cells.items()), flush=True)
        if self._where and hour == self._quarter:
            self._early = tracemalloc.take_snapshot()

    def _spent(self) -> float:
        before, self._cpu = self._cpu, time.process_time()
        return self._cpu - before

    def show_where(self) -> None:
        """Print which lines hold more than they held after a quarter."""
        if self._early is not None:
            late = tracemalloc.take_snapshot()
            for line in late.compare_to(self._early, "lineno")[:LINES_SHOWN]:
                print(line)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the day and print it; 1 if something has grown."""
    parser = argparse.ArgumentParser(description="A simulated day of the program.")
    parser.add_argument("--hours", type=int, default=24, help="four at least (24)")
    parser.add_argument("--seed", type=int, default=1, help="another seed is another story (1)")
    parser.add_argument("--posts", type=int, default=15_000, help="on a whole day (15000)")
    parser.add_argument("--where", action="store_true", help="tell where memory is held")
    options = parser.parse_args(arguments)
    if options.hours < 4:
        parser.error("four hours are needed to compare the last quarter with the second")
    if options.where:
        tracemalloc.start(FRAMES)
    table = Table(options.hours, options.where)
    began = time.monotonic()
    story = Story(seed=options.seed, length=options.hours * HOUR, posts_a_day=options.posts)
    with tempfile.TemporaryDirectory() as folder:
        day = Day(Path(folder), story, table.add)
        readings = day.run()
    print(
        f"{day.server.happened:,} things happened; {time.monotonic() - began:,.0f} seconds, "
        f"seed {options.seed}"
    )
    table.show_where()
    found = complaints(readings)
    print("\n".join(found) or "Nothing has grown.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
