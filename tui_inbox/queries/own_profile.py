"""One's own profile in words: as a stranger's check would put it, and what is missing."""

from __future__ import annotations

from datetime import tzinfo

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.act import ActKind
from tui_inbox.core.findings import Check, YouTwo
from tui_inbox.core.moment import Millis
from tui_inbox.core.person import ProfileField
from tui_inbox.core.post import Post
from tui_inbox.core.profile import FOR_ALL, OwnProfile, ProfileEdit, ProfileWords, gaps
from tui_inbox.core.stranger import check
from tui_inbox.core.text import clean_line
from tui_inbox.queries.strangers import CheckView, without_evidence
from tui_inbox.store import accounts, outbox
from tui_inbox.store.database import Connection

POSTS = 10
"""How many of the last public posts are shown."""


class OwnPostRow(Struct, frozen=True):
    """A public post of one's own.

    Attributes:
        server_id: by which it is asked for.
        pictures: the text of each of its attachments; empty where one has none.
    """

    server_id: str
    at: Millis
    text: str
    answers: bool
    pictures: tuple[str, ...] = ()


class ProfileView(Struct, frozen=True):
    """A profile as a stranger sees it.

    Attributes:
        handle: without a leading `@`.
        name: as shown; the handle's first part where none was typed.
        since: when the account was made, if known.
        fields: as shown, with what was proved of them.
        words: as they are typed, for changing them.
        check: what the check of a stranger would say.
        missing: gaps, in sentences.
        has_fields, is_fixed: as `core.profile.OwnProfile`.
    """

    handle: str
    name: str
    url: str | None
    text: str
    fields: tuple[ProfileField, ...]
    picture: bool
    bot: bool
    since: Millis | None
    words: ProfileWords
    check: CheckView
    missing: tuple[str, ...]
    pinned: tuple[OwnPostRow, ...] = ()
    posts: tuple[OwnPostRow, ...] = ()
    has_fields: bool = True
    is_fixed: str = ""


def view(
    db: Connection, profile: OwnProfile, *, now: Millis, zone: tzinfo | None = None
) -> ProfileView:
    """What a stranger sees of a profile, and what that tells them.

    Args:
        db: not looked into: a check takes some hundredths of a second, so it is made where queries are.
        profile: as its server shows it.
        now: the moment that the words are for.
        zone: the owner's time zone, None for the machine's.
    """
    person = profile.person
    found = check(person, profile.public)
    return ProfileView(
        handle=person.handle,
        name=person.name,
        url=person.url,
        text=person.bio,
        fields=person.fields,
        picture=person.has_picture,
        bot=person.bot,
        since=person.created_at,
        words=profile.words,
        check=without_evidence(_of_oneself(found), now=now, zone=zone),
        missing=gaps(profile),
        pinned=tuple(
            _row(one.view.server_id, one.post)
            for one in profile.pinned
            if one.post.audience in FOR_ALL
        ),
        posts=tuple(
            _row(one.view.server_id, one.post)
            for one in profile.posts
            if one.post.audience in FOR_ALL
        )[:POSTS],
        has_fields=profile.has_fields,
        is_fixed=profile.is_fixed,
    )


def _of_oneself(found: Check) -> Check:
    """Without what only compares two people."""
    return replace(
        found, findings=tuple(one for one in found.findings if not isinstance(one, YouTwo))
    )


def _row(server_id: str, post: Post) -> OwnPostRow:
    return OwnPostRow(
        server_id=server_id,
        at=post.created_at,
        text=clean_line(post.text),
        answers=post.reply_to is not None,
        pictures=tuple(clean_line(media.alt) for media in post.media),
    )


def under_way(db: Connection, account: int) -> ProfileEdit | None:
    """The change of an account's profile that has not left yet; the newest, where there are several."""
    owner = accounts.owner(db, account)
    rows = outbox.surely_unsent(db, account)
    mine = [row for row in rows if row.kind == ActKind.PROFILE and row.person == owner]
    return ProfileEdit.from_json(mine[-1].content) if mine else None
