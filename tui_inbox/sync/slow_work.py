"""What an account reads when there is room for it: its past, then how it stands to people.

Nothing of it is a reason to lose a line. What fails for the moment is tried again by itself, when the server or the
budget allows.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from tui_inbox.core.moment import HOUR, MINUTE, SECOND, Millis
from tui_inbox.core.ports import Clock, NetworkError, Refused, SignedOut, Throttled, Unsupported
from tui_inbox.sync.history import History

log = logging.getLogger(__name__)

FIRST_REST: Millis = MINUTE
LONGEST_REST: Millis = 15 * MINUTE
"""How long the past rests after trouble with the server; the rest doubles from the first to the longest."""


class SlowWork:
    """The background work of one account, for one session at a time.

    Args:
        read_relationships: asks how the account stands to people that were never asked about.
    """

    def __init__(
        self,
        clock: Clock,
        account: int,
        history: History,
        read_relationships: Callable[[], Awaitable[None]],
    ) -> None:
        self._clock = clock
        self._account = account
        self._history = history
        self._read_relationships = read_relationships

    async def run(self) -> None:
        """Work until cancelled.

        Raises:
            SignedOut: the token is not accepted any more.
        """
        await self._read_past()
        while True:
            await self.ask_about_people()
            await self._clock.sleep(HOUR / SECOND)

    async def ask_about_people(self) -> None:
        """How the account stands to people who are new here. What fails is asked again within the hour.

        Raises:
            SignedOut: the token is not accepted any more.
        """
        try:
            await self._read_relationships()
        except SignedOut:
            raise
        except NetworkError as error:
            self._note(error)

    async def _read_past(self) -> None:
        """The past to its end, however often it has to rest between. A definite no ends it for this session."""
        rest = FIRST_REST
        while True:
            try:
                await self._history.read()
            except SignedOut:
                raise
            except (Refused, Unsupported) as error:
                self._note(error)
                return
            except Throttled as error:
                self._note(error)
                await self._clock.sleep(max(SECOND, error.until - self._clock.now()) / SECOND)
            except NetworkError as error:
                self._note(error)
                await self._clock.sleep(rest / SECOND)
                rest = min(2 * rest, LONGEST_REST)
            # a fault of ours in the background must not cost the line
            except Exception:
                log.exception("account %s: the past could not be read", self._account)
                await self._clock.sleep(LONGEST_REST / SECOND)
            else:
                return

    def _note(self, error: NetworkError) -> None:
        log.info("account %s, in the background: %s", self._account, type(error).__name__)
