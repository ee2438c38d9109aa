"""Places: where the owner was before a jump, and what is kept of the screen until the next start."""

from __future__ import annotations

import json
from collections.abc import Sequence

from msgspec import Struct

from tui_inbox.core.post import Feed
from tui_inbox.queries.timeline import EVERYTHING, TimelineSource
from tui_inbox.ui.layout import Area
from tui_inbox.ui.widgets import Position

SOURCE = "timeline shows"
"""Name of the kept place that holds what the Timeline shows."""


class Spot(Struct, frozen=True):
    """Where the owner was: an area, the place of its top line, and the selected row.

    Attributes:
        shows: what the Timeline showed, and whether only people you talk with.
    """

    area: Area
    position: Position | None
    selected: str | None
    shows: tuple[TimelineSource, bool] | None = None


class Places:
    """The way back: one spot per jump, the last one first."""

    DEPTH = 50

    def __init__(self) -> None:
        self._spots: list[Spot] = []

    def leave(self, spot: Spot | None) -> None:
        """Remember where a jump begins; None is not worth remembering."""
        if spot is not None and (not self._spots or self._spots[-1] != spot):
            self._spots.append(spot)
            del self._spots[: -self.DEPTH]

    def back(self) -> Spot | None:
        """Take the last spot, or None if there is none."""
        return self._spots.pop() if self._spots else None


def position_text(position: Position, selected: str | None) -> str:
    """A position as it is kept in the store."""
    return json.dumps(
        {
            "row": position.key,
            "line": position.line_offset,
            "near": position.neighbours,
            "selected": selected,
        }
    )


def position_from(text: str | None) -> tuple[Position, str | None] | None:
    """The position that `position_text` wrote and the selected row; None for anything else."""
    try:
        kept = json.loads(text or "")
        position = Position(str(kept["row"]), int(kept["line"]), tuple(map(str, kept["near"])))
        selected = kept["selected"]
    except (ValueError, TypeError, KeyError):
        return None
    return position, None if selected is None else str(selected)


def timeline_place(accounts: Sequence[int], source: TimelineSource) -> str:
    """Name of the kept place that holds where the owner is in one feed of these accounts, or in what is gathered."""
    name = f"timeline:{','.join(map(str, sorted(accounts)))}"
    if source.is_gathered:
        return f"{name}:gathered:{source.group or 'links'}"
    return name if source.is_home else f"{name}:{source.account or ''}:{source.feed}"


def source_text(source: TimelineSource, *, talk_only: bool) -> str:
    """What the Timeline shows, as it is kept in the store."""
    return json.dumps(
        {
            "feed": str(source.feed),
            "account": source.account,
            "title": source.title,
            "group": source.group,
            "links": source.links,
            "talk": talk_only,
        }
    )


def source_from(text: str | None) -> tuple[TimelineSource, bool]:
    """What `source_text` wrote, and whether only people you talk with; everything for anything else."""
    try:
        kept = json.loads(text or "")
        account = None if kept["account"] is None else int(kept["account"])
        group = None if kept.get("group") is None else int(kept["group"])
        links = bool(kept.get("links"))
        feed = Feed.parse(kept["feed"])
        source = TimelineSource(feed, account, str(kept["title"]), group, links)
        return source, bool(kept["talk"])
    except (ValueError, TypeError, KeyError, AttributeError):
        return EVERYTHING, False
