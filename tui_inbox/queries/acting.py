"""Which accounts may act on a post, and how the post looks to each of them."""

from __future__ import annotations

from msgspec import Struct

from tui_inbox.core.outside import FEED_NETWORK
from tui_inbox.queries.accounts import account_rows, viewer
from tui_inbox.queries.post_rows import rows_of
from tui_inbox.queries.rows import AccountRow, PostRow
from tui_inbox.store import posts
from tui_inbox.store.database import Connection


class Actor(Struct, frozen=True):
    """An account that may act on a post. `knows`: its server has shown it; else it has to look it up first."""

    account: AccountRow
    knows: bool


def actors(db: Connection, post: int) -> tuple[Actor, ...]:
    """The accounts that may act on a post, in the order of the header line.

    What everybody may read is for all accounts of its network. Anything narrower is for those whose server has
    shown it to them: text for somebody's followers, seen by one account, is never acted on as another.

    Args:
        post: local id of the post. Nobody acts on one that is gone.
    """
    found = []
    for account in account_rows(db):
        stored = posts.post(db, account.id, post)
        if stored is None or stored.deleted:
            continue
        # What a feed brought may be a post of any network; the account's server knows whether it is.
        if stored.post.ref.network in (account.network, FEED_NETWORK):
            found.append(Actor(account, knows=stored.view is not None))
    return tuple(found)


def as_seen_by(db: Connection, account: int, post: int) -> PostRow | None:
    """A post (local id) through the eyes of one account; None where it is not for it."""
    eyes = viewer(db, account)
    return None if eyes is None else rows_of(db, eyes, [post], context=None).get(post)
