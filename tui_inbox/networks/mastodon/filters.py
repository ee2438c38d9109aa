"""The account's filters, in the form that its server tells them in.

Source: docs.joinmastodon.org, methods/filters: v2 since Mastodon 4.0; v1, one phrase each, before that and on servers
of other kinds.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from tui_inbox.core.moment import to_millis_or_none
from tui_inbox.core.ports import Refused, Unsupported
from tui_inbox.core.post import FilterAction
from tui_inbox.core.reading import Filter, Keyword
from tui_inbox.core.text import clean_line
from tui_inbox.networks.limits import Urgency
from tui_inbox.networks.mastodon import wire_account
from tui_inbox.networks.mastodon.convert import (
    to_filter_action,
    to_filter_contexts,
)
from tui_inbox.networks.mastodon.session import Session
from tui_inbox.networks.wire_base import decode_list

_MOST_FILTERS = 500
_MOST_KEYWORDS = 1_000
_LONGEST = 500
"""Characters of what a filter looks for."""

_Read: TypeAlias = Callable[[Session], Awaitable[list[Filter]]]


async def read_filters(session: Session) -> tuple[Filter, ...] | None:
    """The filters in force; None where the server tells of none. Which form it knows is remembered.

    Raises:
        NetworkError: it cannot be asked at the moment.
    """
    known = (await session.server()).filters
    for version, read in _FORMS.items():
        if known not in (None, version):
            continue
        try:
            told = await read(session)
        except Unsupported:
            continue
        except Refused:
            return None  # this token may not ask: that says nothing of the server
        if known is None:
            await session.learn(filters=version)
        now = session.clock.now()
        in_force = tuple(one for one in told[:_MOST_FILTERS] if not one.is_over(now))
        await session.matching.keep(in_force if version == 1 else ())
        return in_force
    # What was there before and is not now is looked for anew.
    await session.learn(filters=0 if known in (None, 0) else None)
    return None


async def _read_second(session: Session) -> list[Filter]:
    data = await _list(session, "/api/v2/filters")
    return [_filter(each) for each in decode_list(wire_account.Filter, data)]


async def _read_first(session: Session) -> list[Filter]:
    data = await _list(session, "/api/v1/filters")
    filters = map(_filter_of_phrase, decode_list(wire_account.FirstFilter, data))
    return [one for one in filters if one.keywords]


_FORMS: Mapping[int, _Read] = {2: _read_second, 1: _read_first}
"""By the version of the API that has the form; the better one is tried first."""


async def _list(session: Session, path: str) -> list[object]:
    """What a server has at an address.

    Raises:
        Unsupported: no list.
        NetworkError: any other failure.
    """
    answer = await session.get(path, urgency=Urgency.CHECKS)
    if not isinstance(answer.data, list):
        raise Unsupported(f"{session.host} does not offer this.")
    return answer.data


def _filter(told: wire_account.Filter) -> Filter:
    return Filter(
        id=told.id,
        title=clean_line(told.title or ""),
        action=to_filter_action(told.filter_action),
        contexts=to_filter_contexts(told.context),
        keywords=tuple(
            Keyword(text, whole=bool(each.whole_word))
            for each in told.keywords[:_MOST_KEYWORDS]
            if (text := clean_line(each.keyword, limit=_LONGEST))
        ),
        posts=tuple(each.status_id for each in told.statuses),
        expires_at=to_millis_or_none(told.expires_at),
    )


def _filter_of_phrase(told: wire_account.FirstFilter) -> Filter:
    """A filter of the first form, as Mastodon itself carries it over: what is irreversible hides
    (`CustomFilter#irreversible?` of mastodon/mastodon)."""
    phrase = clean_line(told.phrase, limit=_LONGEST)
    return Filter(
        id=told.id,
        title=phrase,
        action=FilterAction.HIDE if told.irreversible else FilterAction.WARN,
        contexts=to_filter_contexts(told.context),
        keywords=(Keyword(phrase, whole=bool(told.whole_word)),) if phrase else (),
        expires_at=to_millis_or_none(told.expires_at),
    )
