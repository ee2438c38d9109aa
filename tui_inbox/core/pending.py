"""What holds once everything in the outbox has left: what the owner did counts at once, the post stays untouched."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from tui_inbox.core.act import ActKind
from tui_inbox.core.draft import Draft
from tui_inbox.core.post import Post, PostView
from tui_inbox.core.text import addresses_in, clean, clean_line


def done_to_post(view: PostView | None, pending: Iterable[ActKind]) -> frozenset[ActKind]:
    """Which of favourite, boost and bookmark hold of a post, whether its conversation is muted, and whether it is
    being deleted.

    Args:
        view: what the account's server has shown.
        pending: what the owner did that the server does not show yet, in the order in which it was done.
    """
    if view is None:
        return _with_pending((), pending)
    shown = {
        ActKind.FAVOURITE: view.favourited,
        ActKind.BOOST: view.boosted,
        ActKind.BOOKMARK: view.bookmarked,
        ActKind.MUTE_TALK: view.muted,
    }
    return _with_pending((act for act, is_so in shown.items() if is_so), pending)


def edited_post(post: Post, draft: Draft) -> Post:
    """An own post as it will stand once an edit has left.

    Args:
        post: as the server shows it.
        draft: what it is to become.
    """
    media = post.media
    if len(draft.attachments) == len(media):
        alts = zip(media, draft.attachments, strict=True)
        media = tuple(replace(shown, alt=attached.alt) for shown, attached in alts)
    return replace(
        post,
        text=clean(draft.text),
        links=addresses_in(clean(draft.text)),
        warning=clean_line(draft.warning),
        sensitive=draft.sensitive,
        language=draft.language or post.language,
        media=media,
    )


def voted_in_poll(view: PostView | None, pending: tuple[int, ...] | None) -> tuple[int, ...] | None:
    """The places of the options that the owner chose in a poll; None where they have not voted.

    Args:
        view: what the account's server has shown.
        pending: a vote that the server does not show yet.
    """
    return pending if view is None or view.voted is None else view.voted


def done_to_person(
    *, following: bool, muting: bool, blocking: bool, pending: Iterable[ActKind]
) -> frozenset[ActKind]:
    """Which of follow, mute and block hold of a person; the flags are what the server has shown."""
    shown = {ActKind.FOLLOW: following, ActKind.MUTE: muting, ActKind.BLOCK: blocking}
    return _with_pending((act for act, is_so in shown.items() if is_so), pending)


def _with_pending(shown: Iterable[ActKind], pending: Iterable[ActKind]) -> frozenset[ActKind]:
    holding = set(shown)
    for act in pending:
        holding.add(act)
        if act.reverse is not None:
            holding.discard(act.reverse)
    return frozenset(holding)
