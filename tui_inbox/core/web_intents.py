"""What a network lets nobody do but in a browser, and where: X's web intents, which cost nothing.

Self-serve apps of X may not like, follow, quote, block or report, and may answer only those who name or quote the
account (docs.x.com, changelog of February 23 and April 16, 2026; x-for-websites/web-intents/overview).
"""

from __future__ import annotations

from tui_inbox.core.act import ActKind
from tui_inbox.core.capability import Elsewhere

_NETWORK = "x"
_SITE = "https://x.com"
_INTENT = f"{_SITE}/intent"

ANSWER_THERE = (
    "X takes this answer from your browser only: it is open there, your text is in the clipboard."
)
ANSWER_WILL_BE_THERE = "from your browser: ctrl+s opens it there and copies this"
"""Said while such an answer is written."""

_ON_POST = {
    ActKind.FAVOURITE: "X lets no app like a post, so your browser is open for it.",
    ActKind.UNFAVOURITE: "X lets no app take a like back, so your browser is open for it.",
}
_ON_PERSON = {
    ActKind.FOLLOW: "X lets no app follow anybody, so your browser is open for it.",
    ActKind.UNFOLLOW: "X lets no app unfollow anybody, so your browser is open for it.",
    ActKind.BLOCK: "This app may not block on X, so your browser is open for it.",
    ActKind.UNBLOCK: "This app may not unblock on X, so your browser is open for it.",
}


def of_post(network: str, act: ActKind, server_id: str) -> Elsewhere | None:
    """Where an act on a post is done instead; None where it can be done here, or nowhere.

    Args:
        network: that of the account.
        server_id: the post's id there.
    """
    sentence = _ON_POST.get(act)
    if network != _NETWORK or sentence is None or not _is_id(server_id):
        return None
    if act is ActKind.FAVOURITE:
        return Elsewhere(sentence, f"{_INTENT}/like?tweet_id={server_id}")
    return Elsewhere(sentence, f"{_SITE}/i/status/{server_id}")


def of_person(network: str, act: ActKind, handle: str) -> Elsewhere | None:
    """Where an act on a person is done instead; None where it can be done here, or nowhere."""
    sentence = _ON_PERSON.get(act)
    is_name = handle.isascii() and handle.replace("_", "a").isalnum()
    if network != _NETWORK or sentence is None or not is_name:
        return None
    page = "follow" if act is ActKind.FOLLOW else "user"
    return Elsewhere(sentence, f"{_INTENT}/{page}?screen_name={handle}")


def of_answer(network: str, server_id: str, *, is_called: bool) -> Elsewhere | None:
    """Where a post is answered instead; None where it can be answered here.

    Args:
        network: that of the account.
        server_id: the post's id there.
        is_called: the post is the account's own, names it, or quotes a post of it.
    """
    if network != _NETWORK or is_called or not _is_id(server_id):
        return None
    return Elsewhere(ANSWER_THERE, f"{_INTENT}/tweet?in_reply_to={server_id}")


def of_quote(network: str, server_id: str) -> Elsewhere | None:
    """Where a post is quoted instead; None where it can be quoted here, or nowhere."""
    if network != _NETWORK or not _is_id(server_id):
        return None
    return Elsewhere(
        "X lets no app quote, so your browser is open for it.",
        f"{_INTENT}/tweet?url={_SITE}/i/status/{server_id}",
    )


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit()
