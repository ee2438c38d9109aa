"""What the owner is looking at, told to the hub: it asks the servers about what may have changed unheard."""

from __future__ import annotations

from collections.abc import Iterable

from tui_inbox.core.ports import Fetcher
from tui_inbox.ui.panes.pane import Pane


def tell(fetcher: Fetcher, panes: Iterable[Pane]) -> None:
    """Say which posts stand on the screen, each account's together.

    Args:
        fetcher: the running hub.
        panes: all that may be on the screen.
    """
    stands: dict[int, dict[int, None]] = {}
    for pane in panes:
        if pane.rows is not None and pane.rows.is_on_screen:
            for post in pane.posts_on_screen():
                stands.setdefault(post.account, {})[post.id] = None
    for account, posts in stands.items():
        fetcher.stand_on_screen(account, tuple(posts))
