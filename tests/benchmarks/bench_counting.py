"""How long counting takes as X counts, for texts that are made to take long.

    PYTHONPATH=tests python tests/benchmarks/bench_counting.py

prints, for each, milliseconds for 16,000 and for 128,000 characters, and how many times as long the second takes as
plain letters do. It ends with 1 where that is more than five times: then work grows faster than the text.
"""

from __future__ import annotations

import sys
import time
from statistics import median

from tui_inbox.core.weighted import weigh

PIECES = (
    *(
        "x",
        "a.",
        "日本語.",
        "a.com ",
        "http://",
        "a.b/(((((",
        "-.",
        "あa",
        "x.co/(",
        "x.co?!",
        "_a.",
        "a.com/",
        "()",
    ),
    *(
        "http://a.",
        "a_",
        "é",
        "👨‍👩‍👧‍👦",
        "1️⃣",
        "@a.com",
        "xn--a.",
        "com.",
        "t.co/a",
        "http://a.com?",
        "a.com:80",
    ),
)
SHORT, LONG = 16_000, 128_000
PLAIN = "x"
MOST = 5.0
ROUNDS = 3


def main() -> int:
    """Print the table; 1 if a text takes too long."""
    plain = _milliseconds(PLAIN, LONG)
    too_slow = []
    print(f"{'text of':<14}{SHORT:>10,}{LONG:>10,}{'x letters':>11}")
    for piece in PIECES:
        short, long = _milliseconds(piece, SHORT), _milliseconds(piece, LONG)
        print(f"{piece:<14}{short:>10.1f}{long:>10.1f}{long / plain:>11.1f}")
        if long > MOST * plain:
            too_slow.append(piece)
    return int(bool(too_slow))


def _milliseconds(piece: str, length: int) -> float:
    text = piece * (length // len(piece))
    taken = []
    for _ in range(ROUNDS):
        began = time.process_time()
        weigh(text)
        taken.append((time.process_time() - began) * 1000)
    return median(taken)


if __name__ == "__main__":
    sys.exit(main())
