"""The ledger's event: one directed interaction between an account's owner and a person."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from tui_inbox.core.moment import Millis


class InteractionKind(StrEnum):
    """What was done. The first four are *talk* (text for somebody), the others are *touch*."""

    REPLY = "reply"
    MENTION = "mention"
    QUOTE = "quote"
    DIRECT = "dm"
    FAVOURITE = "like"
    BOOST = "repost"
    FOLLOW = "follow"

    @property
    def is_talk(self) -> bool:
        """Whether text was written to somebody: what relationships are made of."""
        return self in _TALK


_TALK = frozenset(
    {
        InteractionKind.REPLY,
        InteractionKind.MENTION,
        InteractionKind.QUOTE,
        InteractionKind.DIRECT,
    }
)


class Interaction(Struct, frozen=True):
    """One row of the ledger.

    Unique by (account, kind, actor, target, subject): the same event told twice, by the stream, by a page
    and by a notification, is one row. `subject` is therefore never a notification's id.

    Attributes:
        account: local id of the account whose ledger this is.
        actor: local id of who did it: the account's owner, or somebody who acted towards them.
        target: local id of whom it was done to.
        subject: URI of the post it was done with (talk) or to (favourite, boost); empty for a follow.
        conversation: local id of the conversation, or None where there is none or it is not known yet.
        at: when it happened.
    """

    account: int
    kind: InteractionKind
    actor: int
    target: int
    subject: str
    at: Millis
    conversation: int | None = None
