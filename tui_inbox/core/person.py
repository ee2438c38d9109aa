"""People: who wrote, and who is written to."""

from __future__ import annotations

from msgspec import Struct

from tui_inbox.core.moment import Millis


class PersonRef(Struct, frozen=True, order=True):
    """Who somebody is, for ever: their network and their address there.

    Attributes:
        network: `mastodon`, `bluesky`, `x` or `demo`.
        uri: actor URI, DID or user id: opaque, compared for equality only. Handles change, this does not.
    """

    network: str
    uri: str


class ProfileField(Struct, frozen=True):
    """One labelled line of a profile, already cleaned."""

    label: str
    text: str
    verified: bool = False


class Person(Struct, frozen=True):
    """What a network says about somebody. There is no place for follower or like counts, on purpose.

    Attributes:
        server_id: the id by which the account that saw them asks its server for them; opaque.
        handle: the full address without a leading `@`, as `user@host`; the thing to show next to a name.
        name: the chosen display name, one clean line; the handle's first part where they have none.
        picture: where their picture lies, where the network tells and it is none of those that everybody has. The
            store brings it back with one person, not with many.
        created_at: when the account was made, if known.
        moved_to: the account that they have moved to, as their server says.
    """

    ref: PersonRef
    server_id: str
    handle: str
    name: str
    url: str | None = None
    bio: str = ""
    fields: tuple[ProfileField, ...] = ()
    bot: bool = False
    locked: bool = False
    has_picture: bool = True
    picture: str | None = None
    created_at: Millis | None = None
    moved_to: Person | None = None


class Relationship(Struct, frozen=True):
    """How one account stands to one person, as its server says.

    Attributes:
        note: the private note that is kept there, empty where it was taken away; None where none can be kept.
        server_id: the person's id for that account; servers name people only so in this answer.
    """

    server_id: str
    following: bool = False
    followed_by: bool = False
    requested: bool = False
    blocking: bool = False
    muting: bool = False
    note: str | None = None

    def __repr__(self) -> str:
        """Without the note, which is nobody else's business, logs included."""
        return f"Relationship({self.server_id!r})"
