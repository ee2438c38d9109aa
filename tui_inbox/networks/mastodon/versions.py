"""One post in other wordings: its earlier versions, a translation, and what its author typed."""

from __future__ import annotations

from collections.abc import Sequence

from tui_inbox.core.draft import PollDraft
from tui_inbox.core.moment import DAY, MINUTE, Millis, to_millis_or_none
from tui_inbox.core.ports import AnswerLost, Refused, Unreachable, Unsupported
from tui_inbox.core.text import clean, clean_line
from tui_inbox.core.versions import Original, Translation, Version
from tui_inbox.networks.html import to_text
from tui_inbox.networks.limits import Urgency
from tui_inbox.networks.mastodon import wire
from tui_inbox.networks.mastodon.attached import to_attachment
from tui_inbox.networks.mastodon.convert import Border
from tui_inbox.networks.mastodon.feeds import quoted
from tui_inbox.networks.mastodon.session import Session
from tui_inbox.networks.wire_base import decode, decode_list

_SHORTEST_POLL: Millis = 5 * MINUTE
"""How long a poll lasts at least; servers refuse a shorter one (docs.joinmastodon.org, entities/Instance)."""


async def read_versions(session: Session, server_id: str) -> Sequence[Version]:
    """A post in all its versions, oldest first.

    Raises:
        Unsupported: the server keeps none; it says the same of a post that is gone.
        NetworkError: any other failure.
    """
    path = f"/api/v1/statuses/{quoted(server_id)}/history"
    answer = await session.get(path, urgency=Urgency.WAITING)
    edits = decode_list(wire.Edit, answer.data)
    if not edits:
        raise Unsupported(f"{session.host} keeps no earlier versions of this.")
    border = await session.border()
    return [to_version(edit, border) for edit in edits]


async def translate(session: Session, server_id: str, language: str) -> Translation:
    """A post in another language.

    Raises:
        Unsupported: the server has no translator.
        NetworkError: any other failure; nothing was changed by asking.
    """
    none = f"{session.host} does not translate."
    if not (await session.server()).translates:
        raise Unsupported(none)
    path = f"/api/v1/statuses/{quoted(server_id)}/translate"
    try:
        answer = await session.http.send(
            "POST", path, [("lang", language)], urgency=Urgency.WAITING
        )
    except AnswerLost as lost:
        raise Unreachable(str(lost)) from None
    except Refused as refused:
        if refused.gone:
            raise Unsupported(none) from None
        raise
    translation = decode(wire.Translation, answer.data)
    if translation is None or translation.content is None:
        raise Unreachable(f"{session.host} sent a translation that cannot be read.")
    return to_translation(translation)


async def read_original(session: Session, server_id: str) -> Original:
    """What the author of a post typed, with all that an edit has to say again.

    Raises:
        Unsupported: the server does not say; it says the same of a post that is gone.
        NetworkError: any other failure.
    """
    path = f"/api/v1/statuses/{quoted(server_id)}"
    answer = await session.get(f"{path}/source", urgency=Urgency.WAITING)
    original = decode(wire.Original, answer.data)
    if original is None:
        raise Unsupported(f"{session.host} does not say how this was typed.")
    answer = await session.get(path, urgency=Urgency.WAITING)
    status = decode(wire.Status, answer.data)
    if status is None:
        raise Unreachable(f"{session.host} sent a post that cannot be read.")
    return to_original(original, status, (await session.border()).now)


def to_original(original: wire.Original, status: wire.Status, now: Millis) -> Original:
    """What was typed, and what hangs on it. What has no id cannot be said again, so it is left out."""
    media = status.media_attachments
    return Original(
        text=clean(original.text),
        warning=clean_line(original.spoiler_text or ""),
        sensitive=bool(status.sensitive),
        language=clean_line(status.language or "", limit=35) or None,
        attachments=tuple(to_attachment(each) for each in media if each.id is not None),
        poll=_to_poll_draft(status.poll, now) if status.poll else None,
    )


def _to_poll_draft(poll: wire.Poll, now: Millis) -> PollDraft:
    """A poll to be said again: it ends when it did, though not before a server would take it."""
    closes_at = to_millis_or_none(poll.expires_at)
    return PollDraft(
        options=_options(poll),
        lasts=DAY if closes_at is None else max(closes_at - now, _SHORTEST_POLL),
        multiple=bool(poll.multiple),
    )


def to_version(edit: wire.Edit, border: Border) -> Version:
    """A post as it stood for a while."""
    rich = to_text(edit.content or "")
    told = to_millis_or_none(edit.created_at)
    return Version(
        at=min(told or border.now, border.now),
        text=rich.text,
        links=rich.links,
        warning=clean_line(edit.spoiler_text or ""),
        sensitive=bool(edit.sensitive),
        alts=_alts(edit.media_attachments),
        options=_options(edit.poll),
    )


def to_translation(translation: wire.Translation) -> Translation:
    """A post as a translator put it."""
    rich = to_text(translation.content or "")
    return Translation(
        text=rich.text,
        links=rich.links,
        warning=clean_line(translation.spoiler_text or ""),
        options=_options(translation.poll),
        alts=_alts(translation.media_attachments),
        spoken=clean_line(translation.detected_source_language or "", limit=35) or None,
        translator=clean_line(translation.provider or "", limit=100),
    )


def _alts(media: Sequence[wire.Media]) -> tuple[str, ...]:
    return tuple(clean(each.description or "", limit=5000) for each in media)


def _options(poll: wire.PollOptions | wire.Poll | None) -> tuple[str, ...]:
    return tuple(clean_line(option.title or "") for option in poll.options) if poll else ()
