"""The quiet list: likes, boosts, follows, and whatever else servers tell that asks nothing of the owner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui_inbox.core.events import NoticeKind
from tui_inbox.core.reading import FilterContext
from tui_inbox.queries.accounts import Viewer, viewers
from tui_inbox.queries.labels import labels
from tui_inbox.queries.overviews import ActivityRow
from tui_inbox.queries.post_rows import rows_of
from tui_inbox.queries.rows import PersonLabel, PostRow, Scope
from tui_inbox.store import batches, notices
from tui_inbox.store import posts as stored_posts
from tui_inbox.store.database import Connection
from tui_inbox.store.notices import StoredNotice

_WORDS = {
    NoticeKind.MENTION: "carries your name along",
    NoticeKind.FAVOURITE: "likes your post",
    NoticeKind.BOOST: "boosted your post",
    NoticeKind.FOLLOW: "follows you",
    NoticeKind.FOLLOW_REQUEST: "asks to follow you",
    NoticeKind.POLL_ENDED: "a poll you took part in has ended",
    NoticeKind.EDITED: "edited a post",
    NoticeKind.QUOTE: "quotes you",
}


def rows(db: Connection, scope: Scope, *, limit: int = 200) -> tuple[ActivityRow, ...]:
    """What happened quietly, newest first. What stands in the Inbox is left out, and what a filter hides."""
    shown = viewers(db, scope)
    told = notices.notices(db, list(shown), limit=limit)
    posts = _posts(db, shown, told)
    names = {
        account: labels(db, account, [one.person for one in told if one.person is not None])
        for account in shown
    }
    in_inbox = {
        account: batches.items_of(db, account, {row.conversation for row in own.values()})
        for account, own in posts.items()
    }
    hidden = {
        account: stored_posts.hidden(db, account, own, FilterContext.NOTIFICATIONS)
        for account, own in posts.items()
    }
    found = []
    for one in told:
        if one.post in hidden[one.account]:
            continue
        post = posts[one.account].get(one.post or 0)
        if post and _addresses(one) and (post.conversation, one.person) in in_inbox[one.account]:
            continue
        found.append(_row(one, shown[one.account], names[one.account], post))
    return tuple(found)


def _addresses(notice: StoredNotice) -> bool:
    return notice.kind in (NoticeKind.MENTION, NoticeKind.QUOTE)


def _posts(
    db: Connection, shown: Mapping[int, Viewer], told: Sequence[StoredNotice]
) -> dict[int, dict[int, PostRow]]:
    """The posts that the notices of each account are about."""
    return {
        account: rows_of(
            db,
            viewer,
            {one.post for one in told if one.account == account and one.post is not None},
            context=FilterContext.NOTIFICATIONS,
        )
        for account, viewer in shown.items()
    }


def _row(
    notice: StoredNotice, viewer: Viewer, names: Mapping[int, PersonLabel], post: PostRow | None
) -> ActivityRow:
    return ActivityRow(
        account=notice.account,
        letters=viewer.letters,
        kind=notice.kind,
        at=notice.at,
        person=names.get(notice.person or 0),
        words=_WORDS.get(notice.kind) or notice.words or "something your server told",
        post=post,
    )
