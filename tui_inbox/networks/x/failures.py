"""What X says when it does not do what was asked, as the port's errors with a sentence for the owner.

It has three forms for that: a problem (`title`, `detail`, `type`), a list of `errors`, and codes from before. Texts
differ between them and change without notice, so the status decides first (facts/x.md section 6).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tui_inbox.core.moment import HOUR, SECOND, Millis
from tui_inbox.core.ports import NetworkError, Refused, SignedOut, Throttled
from tui_inbox.core.text import clean_line
from tui_inbox.networks import failures

LOOK_AGAIN: Millis = HOUR
"""After how long it is looked whether there is credit again. The owner can have it tried at once."""

_LONGEST_WORDS = 200
_DUPLICATE = "duplicate content"
_NOT_SUMMONED = "reply to this conversation is not allowed"
_SINCE = "since_id' must be a tweet id created after"


class TokenExpired(NetworkError):
    """The access token is not good any more; the refresh token may be."""


class OutOfCredit(Throttled):
    """The credit at X is used up: nothing is answered until there is more."""


class Duplicate(Refused):
    """X has this text from the account already."""


class NotSummoned(Refused):
    """An answer to somebody who did not call upon the account: only a browser can give it."""


class StaleSince(Refused):
    """What was asked to be newer than something is asked too far back."""


def explained(
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    host: str,
    *,
    until: Millis,
    changes: bool,
) -> NetworkError:
    """The port's error for an answer that is no success; see `failures.refusal`."""
    told = _told(body)
    kind = str(told.get("type", "")).rstrip("/").rpartition("/")[2]
    words = _words(told)
    match status:
        case 401:
            return TokenExpired(f"{host} does not accept this sign-in.")
        case 402:
            return OutOfCredit(
                "Your credit at X is used up, so X is not asked any more; add some at console.x.com and it goes on "
                "within the hour.",
                until=until + LOOK_AGAIN,
            )
        case 403:
            return _forbidden(kind, words, host)
        case 429:
            return Throttled(f"{host} asks for a pause.", until=_reset(headers, until))
        case 400 if _SINCE in words.lower():
            return StaleSince(f"{host} does not look that far back.")
        case 400:
            return Refused(f"{host} refused: {words or 'it gave no reason.'}")
    return failures.refusal(status, headers, body, host, until=until, changes=changes)


def _forbidden(kind: str, words: str, host: str) -> NetworkError:
    if _DUPLICATE in words.lower():
        return Duplicate("X has this text from you already, so it was not posted a second time.")
    if words.lower().startswith(_NOT_SUMMONED):
        return NotSummoned(
            "X lets apps answer only those who name you or quote you; your browser can answer this one (O)."
        )
    if kind == "client-forbidden":
        return Refused(
            "Your app is not in a project at X, so it is answered nothing; add it to one at console.x.com."
        )
    if kind == "unsupported-authentication":
        return SignedOut("X wants another kind of sign-in for this; sign in again.")
    return Refused(f"{host} refused: {words or 'it gave no reason.'}")


def _told(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _words(told: Mapping[str, Any]) -> str:
    """What is said of the refusal, by whichever form."""
    errors = told.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else {}
    said = first.get("message") if isinstance(first, dict) else None
    words = next(
        (one for one in (said, told.get("detail"), told.get("title")) if isinstance(one, str)), ""
    )
    line = clean_line(words, limit=_LONGEST_WORDS)
    return line if not line or line[-1] in ".!?…" else line + "."


def _reset(headers: Mapping[str, str], until: Millis) -> Millis:
    """When a limit ends: as X says, in seconds since the epoch, within the hour; not before `until`."""
    told = headers.get("x-rate-limit-reset", "")
    if not told.isascii() or not told.isdigit():
        return until
    return min(max(int(told[:15]) * SECOND, until), until + HOUR)
