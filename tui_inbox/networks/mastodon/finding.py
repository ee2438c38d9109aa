"""What a server completes names, tags and emoji with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui_inbox.core.person import Person
from tui_inbox.core.ports import Refused, Unsupported
from tui_inbox.core.text import clean_line
from tui_inbox.networks.http import Pairs
from tui_inbox.networks.limits import Urgency
from tui_inbox.networks.mastodon import wire
from tui_inbox.networks.mastodon.convert import to_person, usable
from tui_inbox.networks.mastodon.session import Session
from tui_inbox.networks.wire_base import decode, decode_list

_ENOUGH = 5
_MOST = 10
_MOST_EMOJI = 5_000
_SHORTCODE = re.compile(r"\w{1,100}")


async def find_people(session: Session, words: str) -> Sequence[Person]:
    """People whose name or handle begins so: those the account follows, and further ones where these are few.

    Nobody is fetched from elsewhere for it.

    Raises:
        NetworkError: it cannot be asked at the moment.
    """
    if not words.strip():
        return ()
    found = {one.ref: one for one in await _people(session, words, [("following", "true")])}
    if len(found) < _ENOUGH:
        further = await _people(session, words)
        found |= {one.ref: one for one in further if one.ref not in found}
    return tuple(found.values())[:_MOST]


async def find_tags(session: Session, words: str) -> Sequence[str]:
    """Tags that begin so, in the server's order.

    Raises:
        NetworkError: it cannot be asked at the moment.
    """
    words = words.strip().removeprefix("#")
    if not words:
        return ()
    results = await _search(session, words, "hashtags")
    names = (clean_line(tag.name, limit=200).removeprefix("#") for tag in results.hashtags)
    return tuple(dict.fromkeys(name for name in names if name))[:_MOST]


async def read_emoji(session: Session) -> Sequence[str]:
    """The shortcodes of the server's own emoji, as far as it offers them.

    Raises:
        NetworkError: it cannot be asked at the moment.
    """
    answer = await session.get("/api/v1/custom_emojis", urgency=Urgency.CHECKS)
    told = decode_list(wire.Emoji, answer.data)
    codes = (each.shortcode for each in told if each.visible_in_picker is not False)
    return tuple(dict.fromkeys(filter(_SHORTCODE.fullmatch, codes)))[:_MOST_EMOJI]


async def _people(session: Session, words: str, further: Pairs = ()) -> Sequence[Person]:
    query = [("q", words), ("limit", str(_MOST)), ("resolve", "false"), *further]
    try:
        answer = await session.http.get("/api/v1/accounts/search", query, urgency=Urgency.WAITING)
        accounts = decode_list(wire.Account, answer.data)
    except (Refused, Unsupported):
        accounts = (await _search(session, words, "accounts", further)).accounts
    return list(usable(to_person, accounts, await session.border()))


async def _search(
    session: Session, words: str, what: str, further: Pairs = ()
) -> wire.SearchResults:
    query = [("q", words), ("type", what), ("limit", str(_MOST)), ("resolve", "false"), *further]
    answer = await session.get("/api/v2/search", query, urgency=Urgency.WAITING)
    return decode(wire.SearchResults, answer.data) or wire.SearchResults()
