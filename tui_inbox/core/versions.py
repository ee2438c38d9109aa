"""One post in other wordings: as it was before, in another language, and as its author typed it."""

from __future__ import annotations

from msgspec import Struct

from tui_inbox.core.draft import Attachment, PollDraft
from tui_inbox.core.moment import Millis
from tui_inbox.core.text import Link


class Version(Struct, frozen=True):
    """A post as it stood for a while, cleaned. `at` is when it was written or changed to this.

    Attributes:
        alts: the descriptions of its attachments, empty where there is none.
        options: the choices of its poll.
    """

    at: Millis
    text: str
    links: tuple[Link, ...] = ()
    warning: str = ""
    sensitive: bool = False
    alts: tuple[str, ...] = ()
    options: tuple[str, ...] = ()


class Translation(Struct, frozen=True):
    """A post in another language, as its server's translator put it, cleaned.

    Attributes:
        spoken: the language it was translated from (BCP 47), as far as it was recognised.
        translator: who translated, one clean line such as `DeepL.com`; to be shown with the text.
    """

    text: str
    links: tuple[Link, ...] = ()
    warning: str = ""
    options: tuple[str, ...] = ()
    alts: tuple[str, ...] = ()
    spoken: str | None = None
    translator: str = ""


class Original(Struct, frozen=True):
    """What the author typed, which is what an edit begins with. HTML cannot be turned back into it.

    Attributes:
        attachments: what is attached, as the server has it.
        poll: its poll; how long it lasts is from now on.
    """

    text: str
    warning: str = ""
    sensitive: bool = False
    language: str | None = None
    attachments: tuple[Attachment, ...] = ()
    poll: PollDraft | None = None
