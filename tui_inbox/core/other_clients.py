"""What the owner's other clients leave on the server: how far was read, and how one likes to read and post."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from tui_inbox.core.moment import Millis
from tui_inbox.core.post import Audience


class Marker(Struct, frozen=True):
    """How far notifications were read by any client. `notice_id` is opaque; `at` is when it was set."""

    notice_id: str
    at: Millis | None = None


class MediaShown(StrEnum):
    """Which attachments are shown unasked."""

    SAFE = "safe"
    ALL = "all"
    NONE = "none"


class Preferences(Struct, frozen=True):
    """How the owner likes to read and post, as set on the server.

    Attributes:
        audience: who reads a new post by default; None where the server does not say.
        language: BCP 47 tag of new posts.
        sensitive: whether attachments are marked as sensitive by default.
        opens_warnings: whether posts with a content warning are shown open.
    """

    audience: Audience | None = None
    language: str | None = None
    sensitive: bool = False
    media: MediaShown = MediaShown.SAFE
    opens_warnings: bool = False
