"""Cursors: how a page says where the next one begins, without trusting it with an address.

A cursor is the id of the entry below which the next page begins, as in `FeedEntry.entry_id`, or,
where a server pages by something of its own, the parameters of its `Link` header behind a `?`.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

from tui_inbox.core.ports import PageOf, Unsupported
from tui_inbox.networks.http import Answer

_LONGEST = 1024


def page_query(page: PageOf, most: int) -> list[tuple[str, str]]:
    """The parameters that ask for a page.

    Args:
        page: which page.
        most: the server's cap on entries per page.
    """
    query = [("limit", str(max(1, min(page.limit, most))))]
    if page.newer_than:
        query.append(("min_id", page.newer_than))
    elif page.older_than and page.older_than.startswith("?"):
        # An id may begin like that too; as parameters it would be none.
        query += parse_qsl(page.older_than[1:]) or [("max_id", page.older_than)]
    elif page.older_than:
        query.append(("max_id", page.older_than))
    return query


def carries_cursor(page: PageOf) -> bool:
    """Whether asking for this page costs from the server's smaller limit."""
    return bool(page.older_than or page.newer_than)


def only_linked(page: PageOf, host: str) -> None:
    """Check that a page is asked for as lists want it whose cursors are the server's own.

    Favourites, bookmarks, conversations, requests and lists of people page by ids that are in none
    of their entries; there is no way up, and the way down is where the last page ended.

    Raises:
        Unsupported: it is asked for in another way.
    """
    if page.newer_than or (page.older_than and not page.older_than.startswith("?")):
        raise Unsupported(f"{host} goes on with this only below where a page ended.")


def linked_cursor(answer: Answer) -> str | None:
    """The cursor of the page below in such a list: the parameters of the `next` link, or the end."""
    told = answer.links.get("next")
    try:
        pairs = [pair for pair in parse_qsl(urlsplit(told or "").query) if pair[0] != "limit"]
    except ValueError:
        return None
    cursor = "?" + urlencode(pairs)
    return cursor if pairs and len(cursor) <= _LONGEST else None


def older_cursor(answer: Answer, ids: list[str]) -> str | None:
    """The cursor of the page below.

    Only the parameters of the `next` link are used, never its address. A server that sends no
    `Link` at all is asked for what is below the last entry; an empty page is the end.

    Args:
        answer: the page's answer.
        ids: the ids of its entries, as the server ordered them.
    """
    if not ids:
        return None
    if not answer.links:
        return _below(ids[-1])
    told = answer.links.get("next")
    if told is None:
        return None
    try:
        pairs = [pair for pair in parse_qsl(urlsplit(told).query) if pair[0] != "limit"]
    except ValueError:
        return _below(ids[-1])
    if [name for name, _ in pairs] == ["max_id"]:
        return _below(pairs[0][1])
    cursor = "?" + urlencode(pairs)
    return cursor if pairs and len(cursor) <= _LONGEST else _below(ids[-1])


def _below(id: str) -> str:
    """An id as a cursor: itself, unless it begins as parameters do."""
    return f"?{urlencode([('max_id', id)])}" if id.startswith("?") else id
