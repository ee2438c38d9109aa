"""The action log: what the owner did, with the steps that take it back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from tui_inbox.core.moment import Millis
from tui_inbox.store import actions, people
from tui_inbox.store.database import Connection
from tui_inbox.store.store import Writing

Step: TypeAlias = dict[str, Any]
"""One change, as JSON: `step` names its kind (a key of `undo.REVERSALS`), the rest is what was there before."""


def log(w: Writing, at: Millis, account: int | None, what: str, steps: Iterable[Step]) -> int:
    """Note what the owner did.

    Args:
        what: in words that fit after "undone: ".
        steps: what has to be taken back, in the order in which it was done.
    """
    return actions.log_action(w, at, account, what, {"steps": list(steps)})


def steps_of(action: actions.Action) -> list[Step]:
    """The steps of a logged action."""
    return list(action.detail.get("steps", ()))


def rows_of(step: Step) -> list[int]:
    """The rows of the outbox that a step has made."""
    return list(step.get("rows") or ([step["row"]] if step.get("row") is not None else []))


def name_of(db: Connection, person: int) -> str:
    """Somebody's name, for a sentence."""
    name, _ = people.names(db, [person]).get(person, ("somebody", ""))
    return name
