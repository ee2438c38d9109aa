"""Keeps the accounts live behind a verb that stays open in a plain terminal, as `app.py` does behind the screen.

Part of the composition root (`app.py`); nothing else imports it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tui_inbox.cli.program import Live
from tui_inbox.hung_up import end_when_hung_up

if TYPE_CHECKING:
    from tui_inbox.program import Inbox


@contextmanager
def live(program: Inbox) -> Iterator[Live | None]:
    """The hub of a store while it is entered, under the lock that the screen takes, too.

    Args:
        program: the run of the program.
    """
    if not program.lock.try_acquire():
        yield None
        return
    hub = program.make_hub()
    program.keep_own_choice()
    program.count_who_waits()
    hub.start()
    if sys.stdin.isatty():
        end_when_hung_up(sys.stdin.fileno())
    try:
        yield Live(program.context_for(hub), hub)
    finally:
        hub.stop()
        program.lock.release()
