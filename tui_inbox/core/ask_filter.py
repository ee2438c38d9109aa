"""Does a post look for something? The owner's rules (`core.ask_rules`) as a filter for hits of standing searches."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct

from tui_inbox.core.ask_rules import AskRules
from tui_inbox.core.bare_links import only_links
from tui_inbox.core.matching import Subject
from tui_inbox.core.query import Query
from tui_inbox.core.query_text import QueryError, parse
from tui_inbox.core.searching_together import SearchesTogether, together


class AskFilter(Struct, frozen=True):
    """The rules, compiled; made by `ask_filter`."""

    rules: AskRules
    looks_for: SearchesTogether[int]
    never: SearchesTogether[int]

    def passes(
        self,
        post: Subject,
        text: str,
        *,
        is_bot: bool,
        came_by_boost: Callable[[], bool],
        said_before: Callable[[], bool],
    ) -> bool:
        """Whether a post looks for something.

        Args:
            post: as queries see it.
            text: what its author wrote, without descriptions and choices.
            is_bot: its author says that it is no person.
            came_by_boost: whether it came only because somebody passed it on; asked if it matters.
            said_before: whether its author has said the same before; asked if it matters.
        """
        rules = self.rules
        return not (
            (rules.skip_bots and is_bot)
            or (rules.skip_links and only_links(text))
            or not self.looks_for.found(post)
            or self.never.found(post)
            or (rules.skip_boosts and came_by_boost())
            or (rules.skip_repeats and said_before())
        )


def ask_filter(rules: AskRules) -> AskFilter:
    """The rules as a filter. What cannot be read is left out; the settings file is told of it when it is read."""
    return AskFilter(rules, _together(rules.looks_for), _together(rules.never))


def _together(queries: Iterable[str]) -> SearchesTogether[int]:
    read: dict[int, Query] = {}
    for number, query in enumerate(queries):
        try:
            read[number] = parse(query)
        except QueryError:
            continue
    return together(read)
