"""What the owner does not want to see or have around: words, whole servers, somebody's boosts; and reports."""

from __future__ import annotations

from tui_inbox.core.act import Act, ActKind, Report
from tui_inbox.core.patterns import unicode
from tui_inbox.core.ports import Refused, Unsupported
from tui_inbox.networks.http import Nested, Pairs
from tui_inbox.networks.limits import Urgency
from tui_inbox.networks.mastodon import wire, wire_account
from tui_inbox.networks.mastodon.feeds import quoted
from tui_inbox.networks.mastodon.session import Session
from tui_inbox.networks.wire_base import decode_list

_FILTERS = "/api/v2/filters"
_OLD_FILTERS = "/api/v1/filters"
_SERVERS = "/api/v1/domain_blocks"
_EVERYWHERE = ["home", "notifications", "public", "thread", "account"]
_CATEGORIES = frozenset({"spam", "legal", "violation", "other"})
_WITHOUT_SPACES = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
"""Scripts in which no space stands between words, so that a word never stands alone."""


async def report(session: Session, act: Act) -> None:
    """Tell the moderators of somebody. Told twice they look twice, and no more comes of it.

    Raises:
        Unsupported: the server takes no reports.
        NetworkError: it was not told, or that is not known.
    """
    told = act.report or Report()
    form = [
        ("account_id", act.target),
        *(("status_ids[]", post) for post in told.posts),
        ("category", told.category if told.category in _CATEGORIES else "other"),
        ("forward", "true" if told.forward else "false"),
    ]
    if told.comment:
        form.append(("comment", told.comment))
    await _send(session, "POST", "/api/v1/reports", form, f"{session.host} takes no reports.")


async def show_boosts(session: Session, act: Act) -> None:
    """Let somebody's boosts into the home feed or keep them out. It is said by following them once more, so it is
    asked first whether the owner does.

    Raises:
        Refused: the owner does not follow them.
        NetworkError: any other failure.
    """
    path = "/api/v1/accounts/relationships"
    answer = await session.http.get(path, [("id[]", act.target)], urgency=Urgency.SEND)
    told = decode_list(wire.Relationship, answer.data)
    if not any(one.id == act.target and (one.following or one.requested) for one in told):
        raise Refused("You do not follow them, so their boosts do not reach you.")
    shows = "true" if act.kind is ActKind.SHOW_BOOSTS else "false"
    await session.http.send(
        "POST", f"/api/v1/accounts/{quoted(act.target)}/follow", [("reblogs", shows)]
    )


async def block_server(session: Session, act: Act) -> None:
    """Block a whole server or let it in again; either can be repeated.

    Raises:
        Unsupported: the account's server blocks none.
        NetworkError: any other failure.
    """
    method = "POST" if act.kind is ActKind.BLOCK_SERVER else "DELETE"
    none = f"{session.host} lets nobody block whole servers."
    await _send(session, method, _SERVERS, [("domain", act.target)], none)


async def hide_word(session: Session, word: str) -> None:
    """Hide what holds a word, by a filter of its own; once, however often it is asked.

    Raises:
        Unsupported: the server keeps no filters.
        NetworkError: any other failure.
    """
    try:
        known = await _filters_of(session, word)
    except Unsupported:
        await _hide_by_old_filter(session, word)
        return
    if not known:
        keyword = {"keyword": word, "whole_word": _stands_alone(word)}
        form = {
            "title": title_of(word),
            "context": _EVERYWHERE,
            "filter_action": "hide",
            "keywords_attributes": [keyword],
        }
        await _send(session, "POST", _FILTERS, form, _no_filters(session))


async def show_word(session: Session, word: str) -> None:
    """Delete the filter that hides a word, if this program made it; one that is gone needs no deleting.

    Raises:
        Unsupported: the server keeps no filters.
        NetworkError: any other failure.
    """
    path = _FILTERS
    try:
        made = await _filters_of(session, word)
    except Unsupported:
        path, made = _OLD_FILTERS, await _old_filters_of(session, word)
    for one in made:
        try:
            await session.http.send("DELETE", f"{path}/{quoted(one)}")
        except Refused as refused:
            if not refused.gone:
                raise


def title_of(word: str) -> str:
    """What the filter that hides a word is called, so that it is found again."""
    return f"{word} (tui-inbox)"


async def _filters_of(session: Session, word: str) -> list[str]:
    """The ids of the filters that this program made for a word."""
    answer = await session.get(_FILTERS, urgency=Urgency.SEND)
    if not isinstance(answer.data, list):
        raise Unsupported(_no_filters(session))
    told = decode_list(wire_account.Filter, answer.data)
    return [one.id for one in told if one.title == title_of(word)]


async def _old_filters_of(session: Session, word: str) -> list[str]:
    """Before Mastodon 4.0 a filter had no title: one for the word is that one."""
    answer = await session.get(_OLD_FILTERS, urgency=Urgency.SEND)
    if not isinstance(answer.data, list):
        raise Unsupported(_no_filters(session))
    told = decode_list(wire_account.FirstFilter, answer.data)
    return [one.id for one in told if one.phrase == word]


async def _hide_by_old_filter(session: Session, word: str) -> None:
    if await _old_filters_of(session, word):
        return
    form = {
        "phrase": word,
        "context": _EVERYWHERE,
        "irreversible": True,
        "whole_word": _stands_alone(word),
    }
    await _send(session, "POST", _OLD_FILTERS, form, _no_filters(session))


def _stands_alone(word: str) -> bool:
    """Whether a word is to be found only where no letter stands beside it."""
    return unicode(_WITHOUT_SPACES).search(word) is None


async def _send(session: Session, method: str, path: str, form: Pairs | Nested, lacks: str) -> None:
    """Ask for something at an address that names nothing of its own: where it is missing, the server lacks it."""
    try:
        await session.http.send(method, path, form)
    except Refused as refused:
        if refused.gone:
            raise Unsupported(lacks) from None
        raise


def _no_filters(session: Session) -> str:
    return f"{session.host} keeps no filters."
