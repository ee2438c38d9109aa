"""Sends one text, step by step: its files first, then the words; each step is on disk before the next begins."""

from __future__ import annotations

import mimetypes

from msgspec.structs import replace

from tui_inbox.core.draft import Attachment, Draft, Outgoing, Scheduled, Upload
from tui_inbox.core.moment import HOUR, Millis
from tui_inbox.core.ports import Clock, Network, Refused
from tui_inbox.core.post import SeenPost
from tui_inbox.store import accounts, outbox, posts
from tui_inbox.store.database import Connection
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

    async def address(self, row: OutboxRow) -> OutboxRow:
        """Let a text begin with the name of whom it answers, where it does not have it: nobody else would hear of it.

        Returns:
            the row as it stands then.
        """
        draft = Draft.from_json(row.content)
        answered = draft.reply_to

        def name(db: Connection) -> str:
            stored = posts.post(db, row.account, posts.stands_for(db, answered or 0))
            names = accounts.account(db, row.account).limits.answers_name
            if stored is None or not names or stored.author == accounts.owner(db, row.account):
                return ""
            return f"@{stored.post.author.handle}"

        handle = await done(self._store.read(name))
        if not handle or handle.lower() in draft.text.lower():
            return row
        return await self._keep(row, replace(draft, text=f"{handle} {draft.text}"))

    async def outgoing(self, row: OutboxRow) -> Outgoing | None:
        """A text as it would leave now; None where it has to wait here: its moment is to come, and the server would
        not keep it until then.

        Raises:
            NoTarget: what it refers to cannot be named to the account's server.
        """
        send_at = Draft.from_json(row.content).send_at
        now = self._clock.now()
        outgoing = await done(self._store.read(lambda db: outgoing_of(db, row, now)))
        stays = send_at is not None and send_at > now and outgoing.send_at is None
        return None if stays else outgoing

    async def post(self, outgoing: Outgoing, network: Network) -> SeenPost | Scheduled:
        """Post a prepared text, or leave it to the server until its moment.

        Raises:
            NetworkError: as `Network.publish` and `Network.plan`.
        """
        if outgoing.send_at is not None:
            return await network.plan(outgoing)
        return await network.publish(outgoing)

    async def put_moment(self, row: OutboxRow, send_at: Millis) -> None:
        """Take over the moment at which the server posts a text that it keeps."""
        await self._keep(row, replace(Draft.from_json(row.content), send_at=send_at))

    async def forget_uploads(self, row: OutboxRow) -> None:
        """Hand over all files anew at another try: the server has refused the text, and may not know them any more."""
        draft = Draft.from_json(row.content)
        files = tuple(
            replace(one, server_id=None, uploaded_at=0, told_alt="")
            if self._store.files.has(one.file)
            else one
            for one in draft.attachments
        )
        if files != draft.attachments:
            await self._keep(row, replace(draft, attachments=files))

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
