"""What somebody does in a day, in a real terminal, and how many keys each thing takes.

    PYTHONPATH=tests python tests/benchmarks/tasks.py
    PYTHONPATH=tests python tests/benchmarks/tasks.py --write

prints the table of docs/tasks.md, or writes it there; it ends with 1 if a task takes more keys than it may. The tasks
stand in `support/tasks.py`; `end_to_end/test_tasks_in_a_terminal.py` does them in the default suite.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from support.installed import Installed
from support.tasks import page, run_all

PAGE = Path(__file__).parents[2] / "docs" / "tasks.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Do all tasks, and print or write the table; 1 if one takes too many keys."""
    parser = argparse.ArgumentParser(description="Keys that the things of a day take.")
    parser.add_argument("--write", action="store_true", help="write docs/tasks.md")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        homes = Path(folder)
        done = list(run_all(Installed(homes / "town"), Installed(homes / "other")))
    text = page(done)
    if options.write:
        PAGE.write_text(text, encoding="utf-8")
    else:
        print(text)
    return int(any(one.count > one.task.most for one in done))


if __name__ == "__main__":
    sys.exit(main())
