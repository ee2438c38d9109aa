"""Figures beside their reference and their goal, and the table they are printed in."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure must not exceed: a value in its own unit, or so many times its reference."""

    most: float
    times_reference: bool = False

    def in_words(self, unit: str) -> str:
        """As in `≤ 40 ms` or `≤ 1.25 ×`."""
        return f"≤ {self.most:g} ×" if self.times_reference else f"≤ {self.most:g} {unit}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that was measured, once in each run.

    Attributes:
        values: of tui-inbox, in `unit`.
        reference: what it is compared with, measured in the same runs; empty where there is nothing.
        compared_with: what the reference is.
    """

    what: str
    unit: str
    values: tuple[float, ...]
    reference: tuple[float, ...] = ()
    compared_with: str = ""
    goal: Goal | None = None

    @property
    def value(self) -> float:
        """The median of the runs."""
        return statistics.median(self.values)

    @property
    def ratio(self) -> float | None:
        """How many times its reference it is; None without a reference, or where that is nothing."""
        if not self.reference:
            return None
        reference = statistics.median(self.reference)
        return self.value / reference if reference else None

    @property
    def is_held(self) -> bool | None:
        """Whether the goal is held; None where there is none, or nothing to compare with."""
        if self.goal is None:
            return None
        measured = self.ratio if self.goal.times_reference else self.value
        return None if measured is None else measured <= self.goal.most


HEADS = ("", "tui-inbox", "compared with", "ratio", "goal", "")
RIGHT = frozenset({1, 2, 3})
"""Columns that are aligned to the right."""


def plain(figures: Sequence[Figure]) -> str:
    """The figures as a table for a terminal."""
    rows = [HEADS, *map(_cells, figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADS))]
    return "\n".join("  ".join(_aligned(row, widths)).rstrip() for row in rows)


def markdown(figures: Sequence[Figure]) -> str:
    """The figures as a Markdown table."""
    rule = tuple("--:" if column in RIGHT else "---" for column in range(len(HEADS)))
    return "\n".join(f"| {' | '.join(row)} |" for row in (HEADS, rule, *map(_cells, figures)))


def machine(runs: int) -> str:
    """The facts of the machine that figures depend on, in one line. No names."""
    return (
        f"Medians of {runs} runs (least–most). {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end, "
        f"Python {platform.python_version()}, textual {version('textual')}."
    )


def _cells(figure: Figure) -> tuple[str, ...]:
    verdicts = {True: "held", False: "missed", None: ""}
    reference = ""
    if figure.reference:
        reference = f"{figure.compared_with} {_values(figure.reference, figure.unit)}"
    return (
        figure.what,
        _values(figure.values, figure.unit),
        reference,
        "" if figure.ratio is None else f"{figure.ratio:.2f}",
        figure.goal.in_words(figure.unit) if figure.goal else "",
        verdicts[figure.is_held],
    )


def _values(values: Sequence[float], unit: str) -> str:
    middle = f"{_number(statistics.median(values))} {unit}"
    if len(values) == 1:
        return middle
    return f"{middle} ({_number(min(values))}–{_number(max(values))})"


def _number(value: float) -> str:
    """Three digits, or what stands before the point."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [
        cell.rjust(width) if column in RIGHT else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
