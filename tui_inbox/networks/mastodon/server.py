"""What is remembered of a server between runs: what it is, and what was found out by asking."""

from __future__ import annotations

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.moment import DAY, Millis
from tui_inbox.networks.mastodon.family import WAYS, Family, Recognised

REMEMBERED_FOR: Millis = 7 * DAY
"""What was found out by asking is asked again after this, or when the version has changed."""

QUOTES_SINCE = 7
"""The revision of Mastodon's API from which on posts can quote others (4.5)."""

NO_SEARCH_REMEMBERED_FOR: Millis = DAY
"""That posts are not found by word: an index that is being built, or a search that was down, answers so as well."""

STATE = "server"
"""The name under which it stands in the account's state, as JSON."""


class Server(Struct, frozen=True):
    """A server. None is what is not known yet.

    Attributes:
        told: what it calls its version; where that is the same, what was found out still holds.
        domain: the host in the handles of its own people.
        streaming: base of its streaming API as `wss://host`, or None.
        software: its own name for what it runs.
        api_version: which revision of Mastodon's API it speaks, if it says so.
        translates: whether posts can be translated.
        stream: the kind of stream that was open last, in words; False if it opens none.
        search: whether it finds posts by word; where it was found not to, that is asked again at `search_again`.
        min_id: whether the home feed can be read upward.
        keys: whether a second try under the same idempotency key is recognised.
        filters: which version of the API tells filters, 2 or 1; 0 where none does.
        schedules: whether it keeps texts for later.
        edits: whether own posts can be changed.
        old_media: whether files are handed over in the older way, at `/api/v1/media`.
        lacks: feeds that it does not offer, with a sentence each.
        until: until when what was found out is believed.
    """

    domain: str
    streaming: str | None = None
    told: str = ""
    family: Family = Family.OTHER
    software: str = ""
    version: str = ""
    api_version: int | None = None
    translates: bool = False
    stream: str | bool | None = None
    search: bool | None = None
    search_again: Millis = 0
    min_id: bool | None = None
    keys: bool = False
    filters: int | None = None
    schedules: bool | None = None
    edits: bool = True
    old_media: bool = False
    lacks: dict[str, str] | None = None
    until: Millis = 0

    @property
    def name(self) -> str:
        """Software and version, as in `Pleroma 2.7.0`."""
        return f"{self.software} {self.version}".strip()

    @property
    def quotes(self) -> bool:
        """Whether a post can quote another one as Mastodon 4.5 has it (facts 1.6)."""
        return self.api_version is not None and self.api_version >= QUOTES_SINCE

    def to_json(self) -> str:
        """As text, for `AccountState`."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def from_json(cls, text: str) -> Server | None:
        """What `to_json` wrote; None if it was something else."""
        try:
            return msgspec.json.decode(text, type=cls)
        except msgspec.MsgspecError:
            return None

    def recognised_as(self, recognised: Recognised, now: Millis) -> Server:
        """The same server, newly recognised, with what its family is known to do."""
        ways = WAYS[recognised.family]
        return replace(
            self,
            family=recognised.family,
            software=recognised.software,
            version=recognised.version,
            search=ways.search,
            min_id=ways.min_id,
            keys=ways.keys,
            schedules=ways.schedules,
            edits=ways.edits,
            until=now + REMEMBERED_FOR,
        )
