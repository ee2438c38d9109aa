"""Files of recorded events: `ts,src,dst,kind` in each line below the first, as CSV, perhaps compressed with gzip."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

from tui_inbox.priority.asking import DAY, TALK, Amounts, Recorded
from tui_inbox.priority.evaluation import Owner, owners

TOUCH = frozenset({"repost", "like", "follow"})
SHORT = 28 * DAY
"""Files of fewer days are asked about the next day in the place of the next week, and want fewer texts of an owner."""


class Unreadable(ValueError):
    """The file holds no events. `str()` is one sentence for the user."""


def read_events(path: Path) -> list[Recorded]:
    """The events of a file, in the order of time; those of one second in the order of the file.

    Raises:
        Unreadable: it cannot be opened, or a line of it is no event.
    """
    number = 1
    events = []
    try:
        opened = gzip.open if path.suffix == ".gz" else open
        with opened(path, "rt", newline="", encoding="utf-8") as file:
            lines = csv.reader(file)
            next(lines, None)
            for number, line in enumerate(lines, 2):  # noqa: B007  # told when a line is no event
                ts, src, dst, kind = line
                events.append(Recorded(int(ts), int(src), int(dst), _known(kind)))
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror or error}.") from None
    except (ValueError, EOFError, UnicodeDecodeError):
        raise Unreadable(
            f"{path}, line {number}, is no event: ts,src,dst,kind was expected, with a kind that is "
            f"one of {', '.join(sorted(TALK | TOUCH))}."
        ) from None
    if not events:
        raise Unreadable(f"{path} holds no event.")
    return sorted(events, key=lambda event: event.ts)


def owners_in(path: Path, events: list[Recorded]) -> list[Owner]:
    """Whose events of a file are asked about. Beside `X.csv.gz`, `X.egos.txt` may list the only ones, one a line."""
    listed = path.with_name(path.name.removesuffix(".gz").removesuffix(".csv") + ".egos.txt")
    only = frozenset(map(int, listed.read_text("utf-8").split())) if listed.exists() else None
    if events[-1].ts - events[0].ts < SHORT:
        amounts = Amounts(week=5, horizon=DAY)
        return owners(events, amounts=amounts, least_sent=10, least_partners=5, only=only)
    return owners(events, amounts=Amounts(), least_sent=40, least_partners=8, only=only)


def _known(kind: str) -> str:
    if kind not in TALK | TOUCH:
        raise ValueError(kind)
    return kind
