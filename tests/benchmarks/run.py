"""Measures tui-inbox against its reference: `python tests/benchmarks/run.py WHAT [--posts N] [--runs N] [--quick]`.

    start     from the start of the process to the first stored post on the screen; memory by then
    keys      from a key to the screen, with many posts stored, with few, and while posts arrive
    memory    after many posts have arrived by the stream
    idle      CPU while nothing happens and while posts arrive; from server to screen
    help      CPU of --help
    verbs     wall time of reading verbs, compared with the start of the screen
    imports   what is imported before the first post is on the screen
    all       all of them

Runs from anywhere; docs/performance.md has the figures and how to read them.
"""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from benchmarks.program import main

    main(__doc__)
