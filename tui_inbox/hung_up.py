"""Ends the program when its terminal is gone: a window that was closed, a line that was lost.

The system says so by SIGHUP, but only where the terminal is the one that controls the process. Elsewhere Textual's
threads would go on reading from nothing, at four fifths of a core. Nothing is lost by ending at once: whatever was
typed or done is in the store, as it is after SIGKILL.

Part of the composition root (`app.py`); nothing else imports it.
"""

from __future__ import annotations

import os
import select
import signal
from threading import Thread

ENDED_BY_HANG_UP = 128 + signal.SIGHUP
"""The exit code that shells give for it."""


def end_when_hung_up(terminal: int) -> None:
    """Watch a terminal from now on, in a thread that only sleeps.

    Args:
        terminal: its file descriptor.
    """
    Thread(target=_wait, args=(terminal,), name="hung-up", daemon=True).start()


def _wait(terminal: int) -> None:
    watch = select.poll()
    watch.register(
        terminal, 0
    )  # nothing but what is always told: that it is hung up, or no terminal
    told = watch.poll()
    if any(what & (select.POLLHUP | select.POLLERR) for _, what in told):
        os._exit(ENDED_BY_HANG_UP)
