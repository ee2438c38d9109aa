"""Files that go with texts: how they are handed over, and how a server says that they are ready."""

from __future__ import annotations

from pathlib import Path

from tui_inbox.core.draft import Upload
from tui_inbox.core.ports import AnswerLost, Refused, Throttled, Unreachable, Unsupported
from tui_inbox.networks.http import Answer, FilePart, Pairs
from tui_inbox.networks.limits import Urgency
from tui_inbox.networks.mastodon import wire
from tui_inbox.networks.mastodon.feeds import quoted
from tui_inbox.networks.mastodon.session import Session
from tui_inbox.networks.wire_base import decode

_NEW = "/api/v2/media"
_OLD = "/api/v1/media"
_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 15.0
PATIENCE = 600.0
"""Seconds after which a file that a server is still preparing is given up; a film of 99 MB takes some minutes."""


async def upload(session: Session, upload: Upload) -> str:
    """Hand over a file and wait until it can be posted.

    The server is not told what it is called here: some show that to everybody.

    Returns:
        the server's id of it.

    Raises:
        Refused: the server does not take it, cannot make anything of it, or it cannot be read here.
        NetworkError: any other failure; repeating it does no harm.
    """
    path = Path(upload.path)
    part = FilePart("file", path, f"file{path.suffix.lower()}", upload.mime)
    form = [("description", upload.alt)] if upload.alt else []
    try:
        answer = await _hand_over(session, part, form)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Refused(f"{upload.name} cannot be read ({reason}); attach it again.") from None
    media = decode(wire.Media, answer.data)
    if media is None or media.id is None:
        raise AnswerLost(f"{session.host} sent an answer that makes no sense.")
    if answer.status == 202 or not media.url:
        await _wait_for(session, media.id, upload.name)
    return media.id


async def describe(session: Session, media_id: str, alt: str) -> None:
    """Give an uploaded file that is not posted yet another description.

    Raises:
        NetworkError: it has not got it, or that is not known.
    """
    await session.http.send("PUT", f"{_OLD}/{quoted(media_id)}", [("description", alt)])


async def _hand_over(session: Session, part: FilePart, form: Pairs) -> Answer:
    """By the newer way, which answers at once; where it is missing by the older one, which is remembered."""
    if not (await session.server()).old_media:
        try:
            return await session.http.upload(_NEW, part, form)
        except Unsupported:
            pass
        except Refused as refused:
            if not refused.gone:
                raise
        await session.learn(old_media=True)
    return await session.http.upload(_OLD, part, form)


async def _wait_for(session: Session, media_id: str, name: str) -> None:
    """Wait until a server has prepared a file: it answers 206 before, 200 after, 422 if it cannot (facts 1.8).

    A server that knows no such question has nothing to wait for.
    """
    clock = session.clock
    until = clock.monotonic() + PATIENCE
    pause = _FIRST_PAUSE
    while clock.monotonic() < until:
        await clock.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)
        try:
            answer = await session.http.get(f"{_OLD}/{quoted(media_id)}", urgency=Urgency.SEND)
        except (Unreachable, Throttled):
            continue
        except Unsupported:
            return
        except Refused as refused:
            if refused.gone:
                return
            raise Refused(f"{name}: {refused}") from None
        if answer.status != 206:
            return
    raise Refused(
        f"{session.host} was not done with {name} after ten minutes; send it again later."
    )
