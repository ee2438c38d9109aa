"""A month on X: 1,500 posts in the home feed and 200 mentions a day, and three standing searches.

Prints what each day has cost, what the server put on its bill for it, and what it would have cost to read everything.
Ends with 1 if a day cost more than it may, or if the two counts differ.

    PYTHONPATH=tests python tests/benchmarks/x_month.py --days 30
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from support.x_month import live

from tui_inbox.core.moment import SECOND
from tui_inbox.core.spending import DOLLAR, in_dollars


def main() -> int:
    """Live, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--home", type=int, default=1_500, help="posts in the home feed a day")
    parser.add_argument("--mentions", type=int, default=200, help="mentions a day")
    parser.add_argument("--step", type=int, default=90, help="seconds between two readings")
    parser.add_argument("--cap", type=float, default=0.5, help="dollars a day")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        spent = asyncio.run(
            live(
                Path(folder),
                days=options.days,
                home_a_day=options.home,
                mentions_a_day=options.mentions,
                step=options.step * SECOND,
                cap=round(options.cap * DOLLAR),
            )
        )
    for day in sorted(spent.days | spent.billed):
        print(
            f"day {day}  believed {in_dollars(spent.days.get(day, 0))}  "
            f"billed {in_dollars(spent.billed.get(day, 0))}  cap {in_dollars(spent.cap)}"
        )
    total, billed = sum(spent.days.values()), sum(spent.billed.values())
    print(f"all days: believed {in_dollars(total)}, billed {in_dollars(billed)}")
    print(f"reading everything, without names: {in_dollars(spent.sold_without_cap)}")
    print(f"mentions: {spent.mentions_read} of {spent.mentions} read; requests: {spent.requests}")
    passed = [day for day, price in spent.billed.items() if price > spent.cap]
    print(f"days above the cap: {len(passed)}")
    return 1 if passed or spent.days != spent.billed else 0


if __name__ == "__main__":
    sys.exit(main())
