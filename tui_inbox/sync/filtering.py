"""Filters that have changed on the server, laid over everything that is stored.

A server says of each post it sends which filters match it, and says it once. So when filters change, what is
stored is looked through here by the same rules, a piece at a time: between two pieces others can write.
"""

from __future__ import annotations

from functools import partial

from tui_inbox.core.reading import Filter
from tui_inbox.store import reading
from tui_inbox.store.store import Store
from tui_inbox.sync.futures import done

AT_ONCE = 500
"""Posts in one transaction: about 10 ms."""

_NEWEST = 2**62


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
