"""What the title of the Timeline says."""

from __future__ import annotations

from collections.abc import Mapping

from tui_inbox.core.health import Health
from tui_inbox.queries.rows import Scope
from tui_inbox.ui.render.clock import clock
from tui_inbox.ui.widgets.status_line import all_offline


def title_words(
    name: str,
    *,
    above: int,
    below: int,
    asking: bool,
    health: Mapping[int, Health],
    scope: Scope,
    news: str = ".",
) -> list[str]:
    """Its parts.

    Args:
        name: what is shown.
        above: how many posts stand above everything that has been on the screen.
        below: how many arrived late and were sorted in below.
        asking: whether servers are asked for older posts.
        health: how each account is doing, as far as is known.
        scope: which accounts are shown.
        news: the key that shows what is above.
    """
    words = ["Timeline", name]
    if above:
        words.append(f"{above} new above, {news} shows them")
    if below:
        words.append(f"{below} arrived below")
    if asking:
        words.append("reading from the server")
    shown = [health[id_] for id_ in scope.accounts if id_ in health]
    if shown and all_offline(shown):
        words.append(f"offline since {clock(min(one.since for one in shown))}")
    return words
