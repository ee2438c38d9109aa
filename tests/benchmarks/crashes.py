"""The program killed at random instants while somebody types and sends, against a server that fails.

    PYTHONPATH=tests python tests/benchmarks/crashes.py
    PYTHONPATH=tests python tests/benchmarks/crashes.py --kills 60 --typing 5 --seed 7

prints counts, and everything that must not be; it ends with 1 if there is any. See `support/crashes/run.py` for what
happens in it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from support.crashes.run import run_trials

FAULTS_SHOWN = 20


def main(arguments: Sequence[str] | None = None) -> int:
    """Kill the program, and print what was counted; 1 if a word was lost or a text posted twice."""
    parser = argparse.ArgumentParser(
        description="Random kills, and what is left of what was typed."
    )
    parser.add_argument("--kills", type=int, default=480, help="without a screen (480)")
    parser.add_argument("--typing", type=int, default=20, help="on a real terminal, besides (20)")
    parser.add_argument("--seed", type=int, default=1, help="another seed is another story (1)")
    options = parser.parse_args(arguments)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        counts, faults, worst = run_trials(
            Path(folder), options.seed, options.kills, typing=options.typing
        )
    for manner, found in counts.items():
        print(manner)
        for name, count in found.items():
            print(f"{count:8,}  {name}")
    print(f"{worst:8.2f}  seconds of typing lost at most")
    for fault in faults[:FAULTS_SHOWN]:
        print(f"          {fault}")
    print(f"{time.monotonic() - began:8.0f}  seconds, seed {options.seed}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
