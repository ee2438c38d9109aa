"""Asking the store: queries run on its reader's thread, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Concatenate, ParamSpec, TypeVar

from tui_inbox.store.database import Connection
from tui_inbox.store.store import Store

P = ParamSpec("P")
T = TypeVar("T")


class Reader:
    """Runs queries for panes and verbs. `await asyncio.wrap_future(reader.ask(...))` never blocks a loop."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def ask(
        self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """The answer of a query, such as `ask(inbox.view, scope, now=now)`.

        Raises:
            StoreError: the store is closed. What the query itself raises is the future's exception.
        """
        return self._store.read(lambda db: query(db, *args, **kwargs))
