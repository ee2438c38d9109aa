"""How what was done about standing searches, their hits and watched threads is taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from msgspec.structs import replace

from tui_inbox.commands.context import Context, NotPossible
from tui_inbox.commands.journal import Step
from tui_inbox.core.conversation import ItemState
from tui_inbox.core.watching import Ended
from tui_inbox.store import accounts, hits, outside, searches, watches
from tui_inbox.store.hits import Hit
from tui_inbox.store.searches import SavedSearch
from tui_inbox.store.store import Writing

Reversal: TypeAlias = Callable[[Context, Writing, Step], str]
"""Takes one step back. Returns what has to be known besides, or nothing; raises `NotPossible` with the reason."""


def which_hit(step: Step) -> tuple[int, int]:
    """The hit of a step, as (search, local id of the post); its state alone stood there once."""
    told = step["was"] if isinstance(step["was"], dict) else step
    return told["search"], told["post"]


def _hit(ctx: Context, w: Writing, step: Step) -> str:
    search, post = which_hit(step)
    found = hits.hit(w.db, search, post)
    if found is None or found.state != step["became"]:
        raise NotPossible("the hit has changed since")
    told = step["was"]
    before = (
        Hit.told(search, told) if isinstance(told, dict) else replace(found, state=ItemState(told))
    )
    searches.set_hit_state(
        w,
        search,
        post,
        before.state,
        at=before.changed_at,
        until=before.until,
        until_post=before.until_post,
        until_start=before.until_start,
    )
    return ""


def _search_saved(ctx: Context, w: Writing, step: Step) -> str:
    searches.remove_search(w, step["search"])
    return ""


def _search_removed(ctx: Context, w: Writing, step: Step) -> str:
    search = SavedSearch(**step["search"])
    if all(one.id != search.account for one in accounts.accounts(w.db)):
        raise NotPossible("its account is not here any more")
    searches.restore_search(w, search)
    _restore_hits(w, search.id, step["hits"])
    for source in step.get("sources", ()):
        outside.listen(w, search.id, source)
    return ""


def _search_listens(ctx: Context, w: Writing, step: Step) -> str:
    outside.stop_listening(w, step["search"], step["source"])
    return ""


def _search_stopped_listening(ctx: Context, w: Writing, step: Step) -> str:
    if searches.search(w.db, step["search"]) is not None:
        outside.listen(w, step["search"], step["source"])
    return ""


def _search_query(ctx: Context, w: Writing, step: Step) -> str:
    if all(one.id != step["search"] for one in searches.searches(w.db)):
        raise NotPossible("the search is gone")
    searches.set_query(w, step["search"], step["was"])
    searches.remove_hits(w, step["search"], step.get("found", ()))
    _restore_hits(w, step["search"], step["hits"])
    return ""


def _restore_hits(w: Writing, search: int, told: Sequence[Any]) -> None:
    for one in told:
        hits.put(w, Hit.told(search, one))


def _search_asks(ctx: Context, w: Writing, step: Step) -> str:
    searches.set_asks_only(w, step["search"], step["was"])
    return ""


def _search_marked(ctx: Context, w: Writing, step: Step) -> str:
    searches.set_marked(w, step["search"], step["was"])
    return ""


def _watch_begun(ctx: Context, w: Writing, step: Step) -> str:
    watch = watches.watch(w.db, step["watch"])
    if watch is None or not watch.is_on:
        raise NotPossible("it has ended by itself")
    watches.remove(w, step["watch"])
    return ""


def _watch_ended(ctx: Context, w: Writing, step: Step) -> str:
    watch = watches.watch(w.db, step["watch"])
    if watch is None or watch.ended is not Ended.BY_HAND:
        raise NotPossible("it has been changed since")
    watches.resume(w, step["watch"], now=ctx.clock.now())
    return ""


def _watch_forgotten(ctx: Context, w: Writing, step: Step) -> str:
    watch = watches.watch(w.db, step["watch"])
    if watch is None:
        raise NotPossible("it is not kept any more")
    watches.end(w, step["watch"], Ended(step["ended"]), at=step["at"])
    return ""


REVERSALS_OF_SEARCHES: dict[str, Reversal] = {
    "hit": _hit,
    "search saved": _search_saved,
    "search removed": _search_removed,
    "search query": _search_query,
    "search listens": _search_listens,
    "search stopped listening": _search_stopped_listening,
    "search marked": _search_marked,
    "search asks": _search_asks,
    "watch begun": _watch_begun,
    "watch ended": _watch_ended,
    "watch forgotten": _watch_forgotten,
}
"""How each kind of step is taken back; `commands.undo` has the others."""
