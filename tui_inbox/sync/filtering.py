"""Filters that have changed on the server, laid over everything that is stored.

A server says of each post it sends which filters match it, and says it once. So when filters change, what is
stored is looked through here by the same rules, a piece at a time: between two pieces others can write.
"""

from __future__ import annotations

from functools import partial

from tui_inbox.core.act import ActKind
from tui_inbox.core.other_clients import Preferences
from tui_inbox.core.ports import Network
from tui_inbox.core.reading import Filter
from tui_inbox.store import accounts, reading
from tui_inbox.store.store import Store
from tui_inbox.sync.futures import done

WORDS = frozenset({ActKind.HIDE_WORD, ActKind.SHOW_WORD})
"""Acts after which other filters are in force."""

AT_ONCE = 500
"""Posts in one transaction: about 10 ms."""

_NEWEST = 2**62


async def read_settings(store: Store, account: int, network: Network) -> Preferences:
    """Read how the owner likes to read and post, and lay the filters in force over what is stored.

    Raises:
        NetworkError: it cannot be read at the moment.
    """
    told = await network.preferences()
    await done(store.write(lambda w: accounts.put_preferences(w, account, told)))
    if told.filters is not None:
        await lay_over_stored(store, account, told.filters)
    return told


async def lay_over_stored(store: Store, account: int, in_force: tuple[Filter, ...]) -> None:
    """Find the filters that match each stored post, if others are in force than before.

    The new ones are noted at the end, so that what is interrupted is done again.
    """
    known = await done(store.read(lambda db: reading.filters(db, account)))
    if known == in_force:
        return
    below: int | None = _NEWEST
    while below is not None:
        below = await done(
            store.write(
                partial(
                    reading.lay_filters,
                    account=account,
                    now_in_force=in_force,
                    known=known,
                    older_than=below,
                    limit=AT_ONCE,
                )
            )
        )
    await done(store.write(lambda w: reading.put_filters(w, account, in_force)))
