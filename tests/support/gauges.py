"""What must not grow with uptime: read off a process from time to time, and judged at the end."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psutil
from textual.app import App
from textual.dom import DOMNode
from textual.message_pump import MessagePump
from textual.timer import Timer
from textual.widget import Widget

from tui_inbox.ui.widgets import RowList

MEBIBYTE = 1 << 20
MOST_GROWTH = 1.05
"""Memory in the last quarter at most, as a multiple of that in the second: the first one warms caches."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One look at the gauges.

    Attributes:
        memory: resident, in MiB.
        counts: how many there are of each thing that must not become more.
        sizes: what may grow, or is bounded elsewhere: rows held by each list, the store in MiB.
    """

    memory: float
    counts: Mapping[str, int]
    sizes: Mapping[str, float]


def read_process(pid: int) -> Reading:
    """What can be seen of another process."""
    process = psutil.Process(pid)
    counts = {"fds": process.num_fds(), "threads": process.num_threads()}
    return Reading(process.memory_info().rss / MEBIBYTE, counts, {})


def read_app(app: App[None], store: Path) -> Reading:
    """What can be seen of an application from inside its process, on its loop.

    Args:
        app: runs on this loop.
        store: the file of its store.
    """
    gc.collect()
    living = [one for one in gc.get_objects() if isinstance(one, MessagePump)]
    counts = {
        "tasks": len(asyncio.all_tasks()),
        "fds": psutil.Process().num_fds(),
        "threads": threading.active_count(),
        "watchers": sum(_watchers(one) for one in living if isinstance(one, DOMNode)),
        "timers": sum(_is_running(timer) for one in living for timer in one._timers),
        "widgets": sum(isinstance(one, Widget) for one in living),
    }
    sizes: dict[str, float] = {
        f"{one.parent.id or type(one.parent).__name__} rows": len(one.rows)
        for one in app.screen.query(RowList)
        if one.parent is not None
    }
    log = store.with_name(f"{store.name}-wal")
    sizes["store"] = (store.stat().st_size + log.stat().st_size) / MEBIBYTE
    return Reading(psutil.Process().memory_info().rss / MEBIBYTE, counts, sizes)


def _is_running(timer: Timer) -> bool:
    """Whether it will still do something: one that has rung lives for as long as somebody holds it."""
    return timer._task is not None and not timer._task.done()


def _watchers(node: DOMNode) -> int:
    """How many look at the reactive attributes of a node: Textual has no public name for them."""
    watchers: Mapping[str, Sequence[object]] = getattr(node, "__watchers", {})
    return sum(map(len, watchers.values()))


def complaints(readings: Sequence[Reading]) -> list[str]:
    """What has grown, in sentences: the last quarter of the readings compared with the second.

    Raises:
        ValueError: there are fewer than four readings.
    """
    quarter = len(readings) // 4
    if not quarter:
        raise ValueError("four readings are needed at least")
    second, last = readings[quarter : 2 * quarter], readings[-quarter:]
    found = []
    before, after = (median(one.memory for one in part) for part in (second, last))
    if after > before * MOST_GROWTH:
        found.append(f"Memory has grown from {before:.1f} to {after:.1f} MiB.")
    return found + counts_grown(second, last)


def counts_grown(earlier: Sequence[Reading], later: Sequence[Reading]) -> list[str]:
    """Of what there are always more than there ever were earlier, in sentences; counts go up and down by a few."""
    found = []
    for name in earlier[0].counts:
        most = max(one.counts[name] for one in earlier)
        least = min(one.counts[name] for one in later)
        if least > most:
            found.append(f"There are {least} {name} at least, where there were {most} at most.")
    return found
