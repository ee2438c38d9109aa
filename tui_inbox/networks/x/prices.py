"""What X asks for (docs: x-api/getting-started/pricing, as of August 2026; facts/x.md section 3)."""

from __future__ import annotations

from tui_inbox.core.spending import Micros

# Reading, for each thing that is answered with.
POST: Micros = 5_000
USER: Micros = 10_000
LIST: Micros = 5_000
OWN: Micros = 1_000
"""What belongs to the account that owns the app: mentions, own posts, favourites, bookmarks, mutes and blocks."""

# Writing, for each request.
WRITE: Micros = 15_000
WRITE_WITH_ADDRESS: Micros = 200_000
SUMMONED_REPLY: Micros = 10_000
REPOST: Micros = 15_000
UNDO: Micros = 10_000
BOOKMARK: Micros = 5_000
MUTE: Micros = 15_000
UNMUTE: Micros = 5_000
DESCRIPTION: Micros = 5_000
