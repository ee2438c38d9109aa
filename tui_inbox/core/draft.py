"""What the owner writes: drafts, and what becomes of them when they leave."""

from __future__ import annotations

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.answerers import Answerers
from tui_inbox.core.moment import DAY, MINUTE, Duration, Millis
from tui_inbox.core.post import Audience, Card, MediaKind

LEAST_AHEAD: Millis = 5 * MINUTE
"""How far ahead a text must be scheduled for a server to take it (facts 1.6)."""


def is_kept_by_server(send_at: Millis | None, now: Millis, *, schedules: bool) -> bool:
    """Whether a server keeps a text until its moment; else it waits here, or leaves at once.

    Args:
        send_at: when it is to be posted; None for at once.
        now: when it is handed over.
        schedules: whether the server keeps anything for later (`core.account.Limits`).
    """
    return schedules and send_at is not None and send_at - now >= LEAST_AHEAD


class Uploaded(Struct, frozen=True):
    """What an account has uploaded of a file that goes with a text.

    Attributes:
        account: local id of that account.
        server_id, uploaded_at, told_alt: as in `Attachment`.
    """

    account: int
    server_id: str
    uploaded_at: Millis
    told_alt: str


class Attachment(Struct, frozen=True):
    """A file that goes with a text.

    Attributes:
        file: the name of the program's own copy of it (`store.kept_files`); empty for what only the server has.
        name: what the owner calls it.
        alt: what can be seen or heard in it, in the owner's words.
        server_id: the server's id of it, once it was uploaded; it means something to the draft's account only.
        uploaded_at: when that was; servers forget what was uploaded and not posted.
        told_alt: the description that the server has of it.
        elsewhere: what other accounts have uploaded of it, while this one writes the text.
    """

    file: str
    name: str
    kind: MediaKind
    alt: str = ""
    server_id: str | None = None
    uploaded_at: Millis = 0
    told_alt: str = ""
    elsewhere: tuple[Uploaded, ...] = ()

    @property
    def is_nowhere(self) -> bool:
        """Whether its account has no way to it: neither a copy to upload, nor the server's."""
        return not self.file and self.server_id is None

    def handed(self, giver: int, taker: int) -> Attachment:
        """The file as another account has it; what the first has uploaded is kept for when the text comes back."""
        known = {one.account: one for one in self.elsewhere}
        if self.server_id is not None:
            known[giver] = Uploaded(giver, self.server_id, self.uploaded_at, self.told_alt)
        own = known.pop(taker, None)
        return replace(
            self,
            server_id=own.server_id if own else None,
            uploaded_at=own.uploaded_at if own else 0,
            told_alt=own.told_alt if own else "",
            elsewhere=tuple(known.values()),
        )


class PollDraft(Struct, frozen=True):
    """A poll in the making.

    Attributes:
        options: its choices.
        lasts: how long one can vote, in milliseconds from when it is posted.
        multiple: whether more than one can be chosen.
    """

    options: tuple[str, ...]
    lasts: Duration = DAY
    multiple: bool = False


class Draft(Struct, frozen=True):
    """A text in the making, for one target. On disk within a second of each key stroke.

    Attributes:
        id: local number; 0 before it was stored.
        account: local id of the account it is written from.
        audience: who may read it; always sent, never left to a server's default.
        language: BCP 47 tag, or None to leave it to the server.
        reply_to: local id of the post it answers.
        quotes: local id of the post it quotes.
        edits: local id of the own post whose text it is to become.
        updated_at: when it last changed.
        attachments: files that go with it.
        sensitive: whether its attachments are folded although it has no warning.
        poll: a poll that goes with it.
        send_at: when it is to be posted; None for now.
        also_from: local ids of further accounts that post it too, each with a row of its own in the outbox.
        split: whether it goes out as a thread of numbered parts.
        follows: the row of the outbox that must have left before it: the part above it, or the deletion of what it
            is written anew from.
        stamped_at: the moment that it says it is from, on networks where its author says that. Fixed before it leaves
            for the first time, and the same at every further try.
        unplanned: rows of the outbox by which servers are told to forget what they had kept of it for later. What an
            account posts of it waits for that account's latest.
        answerers: who may answer it, where its author can choose (`Limits.chooses_answerers`).
        card: what the page says that a link in it leads to, where its author hands that over (`Limits.makes_cards`).
    """

    id: int
    account: int
    text: str = ""
    warning: str = ""
    audience: Audience = Audience.PUBLIC
    language: str | None = None
    reply_to: int | None = None
    quotes: int | None = None
    edits: int | None = None
    updated_at: Millis = 0
    attachments: tuple[Attachment, ...] = ()
    sensitive: bool = False
    poll: PollDraft | None = None
    send_at: Millis | None = None
    also_from: tuple[int, ...] = ()
    split: bool = False
    follows: int | None = None
    stamped_at: Millis | None = None
    unplanned: tuple[int, ...] = ()
    answerers: Answerers = Answerers.EVERYBODY
    card: Card | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it that would be a loss."""
        return not (self.text or self.warning or self.attachments or self.poll)

    @property
    def about(self) -> int | None:
        """Local id of the post that is read while it is written: what it answers, quotes or changes."""
        targets = (self.reply_to, self.quotes, self.edits)
        return next((post for post in targets if post is not None), None)

    def written_by(self, account: int) -> Draft:
        """The draft as another account writes it: what one has uploaded means nothing to the other."""
        if account == self.account:
            return self
        attachments = tuple(one.handed(self.account, account) for one in self.attachments)
        also = tuple(one for one in self.also_from if one != account)
        return replace(self, account=account, attachments=attachments, also_from=also)

    def to_json(self) -> str:
        """The draft as the outbox keeps it."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def from_json(cls, text: str) -> Draft:
        """The draft that `to_json` wrote, in this version or an earlier one."""
        return msgspec.json.decode(text, type=cls)


class Upload(Struct, frozen=True):
    """A file on its way to a server.

    Attributes:
        path: where its bytes are.
        mime: its media type, as `image/png`.
    """

    path: str
    name: str
    mime: str
    alt: str = ""


class Outgoing(Struct, frozen=True):
    """A text ready to leave, with the server's ids of what it refers to.

    Attributes:
        key: the idempotency key, one for life of the unchanged text.
        reply_to: the parent's id on the account's server.
        created_at: the moment that it says it is from; part of the identity on networks that let clients choose it.
        media: the server's ids of what was uploaded for it.
        alts: the descriptions of those, in the same order; an edit tells them again.
        edits: the id of the own post whose text it is to become.
        send_at: when the server is to post it (`Network.plan`); None for at once (`Network.publish`).
        answerers: who may answer it; an answer says nothing of that.
        card: what the page says that a link in it leads to.
    """

    key: str
    text: str
    warning: str
    audience: Audience
    language: str | None
    reply_to: str | None
    quotes: str | None
    created_at: Millis
    media: tuple[str, ...] = ()
    alts: tuple[str, ...] = ()
    sensitive: bool = False
    poll: PollDraft | None = None
    edits: str | None = None
    send_at: Millis | None = None
    answerers: Answerers = Answerers.EVERYBODY
    card: Card | None = None


class Scheduled(Struct, frozen=True):
    """A text that a server will post by itself.

    Attributes:
        server_id: the server's id of the plan, which is not that of the post to come.
        text: as the server keeps it.
    """

    server_id: str
    send_at: Millis
    text: str = ""


def reply_audience(parent: Audience, usual: Audience) -> Audience:
    """Who may read a reply: the narrower of the parent's audience and the account's usual one.

    A limited audience of a server's own cannot be asked for, so the reply to it goes to those named only.
    """
    audience = parent.narrower_of(usual)
    return Audience.DIRECT if audience is Audience.LIMITED else audience
