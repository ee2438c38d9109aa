"""Begins lives of the program, and kills each at its instant.

    python -m support.crashes.nursery

reads one `Lot` a line, as JSON, and answers with an `End` each. It has loaded everything already, so a life begins
within milliseconds: by `fork`, before any thread or connection. That nobody else waits for these processes is what
makes killing them by their numbers safe.
"""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from pathlib import Path

import msgspec
from msgspec import Struct
from support.crashes.life import Lot, live

import tui_inbox.sync.supervisor  # noqa: F401  # loaded once, before any life begins


class End(Struct, frozen=True):
    """How a life ended.

    Attributes:
        at: seconds of the system's monotonic clock, just before it was killed.
        status: 0 if it ended by itself, -9 if it was killed, else it failed.
    """

    at: float
    status: int


def main() -> None:
    """Serve until standard input ends."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
    for line in sys.stdin:
        end = _one_life(msgspec.json.decode(line, type=Lot))
        print(msgspec.json.encode(end).decode(), flush=True)


def _one_life(lot: Lot) -> End:
    process = os.fork()
    if process == 0:
        _live_and_leave(lot)
    signal.sigtimedwait({signal.SIGCHLD}, lot.seconds)
    at = time.monotonic()
    os.kill(process, signal.SIGKILL)  # a process that nobody has waited for keeps its number
    _, status = os.waitpid(process, 0)
    while signal.sigtimedwait({signal.SIGCHLD}, 0):
        pass  # what was said of its end must not be taken for the end of the next
    return End(at, os.waitstatus_to_exitcode(status))


def _live_and_leave(lot: Lot) -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
    status = 1
    try:
        live(lot)
        status = 0
    except BaseException:
        Path(lot.folder, "failure").write_text(traceback.format_exc(), encoding="utf-8")
    os._exit(status)


if __name__ == "__main__":
    main()
