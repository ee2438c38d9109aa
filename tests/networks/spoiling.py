"""Data of the wire with something in it spoilt, for what must never fail at it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, TypeAlias

from hypothesis import strategies as st

Json: TypeAlias = Any

ODD: list[Json] = [
    None,
    True,
    0,
    -1,
    10**30,
    -(10**30),
    1e308,
    float("inf"),
    float("nan"),
    "",
    " ",
    "x" * 100_000,
    "\x1b]0;x\x07\u202e\x00",
    "\ud800",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "https://" + "x" * 5_000,
    "https://[::1",
    [],
    {},
    [None],
    [[[[]]]],
    {"id": None},
    {"id": {"id": {"id": "1"}}},
    {"name": []},
]


def places(entity: Json) -> Iterator[tuple[Json, Any]]:
    """Every place in an entity that can be spoilt, as (what holds it, its key there)."""
    pending = [entity]
    while pending:
        holder = pending.pop()
        pairs = holder.items() if isinstance(holder, dict) else enumerate(holder)
        for key, value in pairs:
            yield holder, key
            if isinstance(value, dict | list):
                pending.append(value)


@st.composite
def spoilt(draw: st.DrawFn, entity: Json) -> Json:
    """An entity in which up to five places hold something odd, nothing, or themselves in deep nesting."""
    mutated = copy.deepcopy(entity)
    for _ in range(draw(st.integers(1, 5))):
        there = list(places(mutated))
        if not there:
            break
        holder, key = there[draw(st.integers(0, len(there) - 1))]
        how = draw(st.sampled_from(["odd", "odd", "odd", "removed", "nested"]))
        if how == "removed":
            del holder[key]
        elif how == "nested":
            for _ in range(draw(st.sampled_from([1, 30, 100]))):
                holder[key] = {key: holder[key]} if isinstance(key, str) else [holder[key]]
        else:
            holder[key] = copy.deepcopy(draw(st.sampled_from(ODD)))
    return mutated
