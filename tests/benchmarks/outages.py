"""How a feed comes out of many outages: what the server holds, against what is stored.

    PYTHONPATH=tests python tests/benchmarks/outages.py
    PYTHONPATH=tests python tests/benchmarks/outages.py --outages 100 --posts 2000 --seed 7

prints counts, and every difference that nothing explains; it ends with 1 if there is one. The story follows
from the seed. See `support/outages.py` for what happens in it.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from support.outages import run_trials

DIFFERENCES_SHOWN = 20


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the outages and print what was counted; 1 if the store and the server differ for no reason."""
    parser = argparse.ArgumentParser(description="Random outages, and what is left of the feed.")
    parser.add_argument("--outages", type=int, default=1_000, help="how many (1000)")
    parser.add_argument("--posts", type=int, default=20_000, help="in all (20000)")
    parser.add_argument("--seed", type=int, default=1, help="another seed is another story (1)")
    options = parser.parse_args(arguments)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        counts, faults = asyncio.run(
            run_trials(Path(folder), options.seed, posts=options.posts, outages=options.outages)
        )
    for name, count in counts.items():
        print(f"{count:8,}  {name}")
    for fault in faults[:DIFFERENCES_SHOWN]:
        print(f"          {fault}")
    print(f"{time.monotonic() - began:8.0f}  seconds, seed {options.seed}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
