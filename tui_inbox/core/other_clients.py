"""What the owner's other clients leave on the server: how far was read, and how one likes to read and post."""

from __future__ import annotations

from msgspec import Struct

from tui_inbox.core.moment import Millis
from tui_inbox.core.post import Audience, SeenPost
from tui_inbox.core.reading import Filter, MediaShown


class Marker(Struct, frozen=True):
    """How far notifications were read by any client. `notice_id` is opaque; `at` is when it was set."""

    notice_id: str
    at: Millis | None = None


class Talk(Struct, frozen=True):
    """A private conversation, as the server keeps it for all clients.

    Attributes:
        talk_id: the server's id for it; opaque.
        unread: whether no client has said that it was read. Some servers say False of all.
        newest: what was said last; None where that is gone.
    """

    talk_id: str
    unread: bool
    newest: SeenPost | None = None


class Preferences(Struct, frozen=True):
    """How the owner likes to read and post, as set on the server.

    Attributes:
        audience: who reads a new post by default; None where the server does not say.
        language: BCP 47 tag of new posts.
        sensitive: whether attachments are marked as sensitive by default.
        opens_warnings: whether posts with a content warning are shown open.
        filters: those in force, with what they look for; None where the server tells of none.
    """

    audience: Audience | None = None
    language: str | None = None
    sensitive: bool = False
    media: MediaShown = MediaShown.SAFE
    opens_warnings: bool = False
    filters: tuple[Filter, ...] | None = None
