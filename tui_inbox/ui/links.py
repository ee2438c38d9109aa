"""Opening one of several links."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from tui_inbox.ui.desk import Desk


def open_url(desk: Desk, url: str) -> None:
    """Open an address in the browser, and say so: the browser may come up behind, or on another machine."""
    desk.open_url(url)
    desk.say(f"{urlsplit(url).hostname or 'It'} opens in the browser.")


def open_one_of(desk: Desk, urls: Sequence[str]) -> None:
    """Open a link; of more than one, the one that the owner names by its number."""
    if not urls:
        desk.say("There is no link in it.")
    elif len(urls) == 1:
        open_url(desk, urls[0])
    else:
        desk.opening(_choose_link(desk, urls))


async def _choose_link(desk: Desk, urls: Sequence[str]) -> None:
    named = "  ".join(f"{n} {urlsplit(url).hostname}" for n, url in enumerate(urls, 1))
    answer = await desk.ask_line(f"which link?  {named}")
    if answer and answer.strip().isdigit() and 0 < int(answer) <= len(urls):
        open_url(desk, urls[int(answer) - 1])
