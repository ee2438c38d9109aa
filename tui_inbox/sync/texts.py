"""Sends one text, step by step: its files first, then the words; each step is on disk before the next begins."""

from __future__ import annotations

import mimetypes

from msgspec.structs import replace

from tui_inbox.core.draft import Attachment, Draft, Scheduled, Upload
from tui_inbox.core.moment import HOUR, Millis
from tui_inbox.core.ports import Clock, Network, Refused
from tui_inbox.core.post import SeenPost
from tui_inbox.store import outbox
from tui_inbox.store.outbox import OutboxRow
from tui_inbox.store.store import Store, Writing
from tui_inbox.sync.futures import done
from tui_inbox.sync.outgoing import outgoing_of

UPLOADS_LAST: Millis = 20 * HOUR
"""How long an upload that was not posted is trusted to be there; Mastodon keeps it for a day (facts 1.8)."""


class Texts:
    """Sends texts of the outbox.

    Args:
        store: where rows and files are.
        clock: time.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def prepare(self, row: OutboxRow, network: Network) -> OutboxRow:
        """Hand over the files of a text that the server does not have yet. Nothing of the text leaves.

        What is done is kept after each file, so that an end in between repeats one of them at most.

        Returns:
            the row as it stands then.

        Raises:
            NetworkError: a file could not be handed over; a lost answer does no harm.
        """
        draft = Draft.from_json(row.content)
        for place, attachment in enumerate(draft.attachments):
            if draft.edits is not None and not attachment.file:
                continue  # it hangs on the post, and the edit itself describes it anew
            handed = await self._hand_over(attachment, network)
            if handed != attachment:
                files = (*draft.attachments[:place], handed, *draft.attachments[place + 1 :])
                draft = replace(draft, attachments=files)
                row = await self._keep(row, draft)
        return row

    async def stays_until(self, row: OutboxRow) -> Millis | None:
        """Until when a text has to wait here: its moment is to come, and the server would not keep it."""
        send_at = Draft.from_json(row.content).send_at
        now = self._clock.now()
        if send_at is None or send_at <= now:
            return None
        outgoing = await done(self._store.read(lambda db: outgoing_of(db, row, now)))
        return send_at if outgoing.send_at is None else None

    async def post(self, row: OutboxRow, network: Network) -> SeenPost | Scheduled:
        """Post a prepared text, or leave it to the server until its moment.

        Raises:
            NetworkError: as `Network.publish` and `Network.plan`.
            NoTarget: what it refers to cannot be named to the account's server.
        """
        now = self._clock.now()
        outgoing = await done(self._store.read(lambda db: outgoing_of(db, row, now)))
        if outgoing.send_at is not None:
            return await network.plan(outgoing)
        return await network.publish(outgoing)

    async def _hand_over(self, attachment: Attachment, network: Network) -> Attachment:
        now = self._clock.now()
        files = self._store.files
        is_here = files.has(attachment.file)
        is_there = attachment.server_id is not None
        if is_there and not (is_here and now - attachment.uploaded_at > UPLOADS_LAST):
            if attachment.told_alt != attachment.alt and attachment.server_id is not None:
                await network.describe(attachment.server_id, attachment.alt)
            return replace(attachment, told_alt=attachment.alt)
        if not is_here:
            raise Refused(f"The file {attachment.name} is not there any more; attach it again.")
        mime = mimetypes.guess_type(attachment.name)[0] or "application/octet-stream"
        path = str(files.path_of(attachment.file))
        server_id = await network.upload(Upload(path, attachment.name, mime, attachment.alt))
        return replace(attachment, server_id=server_id, uploaded_at=now, told_alt=attachment.alt)

    async def _keep(self, row: OutboxRow, draft: Draft) -> OutboxRow:
        content = draft.to_json()

        def job(w: Writing) -> None:
            outbox.set_content(w, row.id, content)

        await done(self._store.write(job, urgent=True, durable=True))
        return replace(row, content=content)
