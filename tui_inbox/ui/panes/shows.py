"""The keys behind `t`: what the Timeline shows, one at once or from a list of all there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from tui_inbox.commands import people as people_commands
from tui_inbox.core.post import FeedKind
from tui_inbox.queries import sources as source_queries
from tui_inbox.queries.sources import FIXED
from tui_inbox.queries.timeline import EVERYTHING, LINKS
from tui_inbox.ui.screens.groups import GroupsPage
from tui_inbox.ui.screens.sources import SourcesPage

if TYPE_CHECKING:
    from tui_inbox.ui.panes.timeline import TimelinePane

_AT_ONCE = {
    "timeline.everything": FeedKind.HOME,
    "timeline.mentions": FeedKind.MENTIONS,
    "timeline.direct": FeedKind.DIRECT,
    "timeline.favourites": FeedKind.FAVOURITES,
    "timeline.kept": FeedKind.BOOKMARKS,
    "timeline.mine": FeedKind.OWN,
    "timeline.local": FeedKind.LOCAL,
    "timeline.known": FeedKind.FEDERATED,
}
_CHOSEN = {
    "timeline.list": frozenset({FeedKind.LIST, FeedKind.CUSTOM}),
    "timeline.tag": frozenset({FeedKind.TAG}),
    "timeline.other": frozenset(FeedKind),
}


def acts(timeline: TimelinePane) -> Mapping[str, Callable[[], None]]:
    """What they do, by the ids of the keys."""
    return {
        "timeline.talk": lambda: timeline.show_source(EVERYTHING, talk_only=True),
        "timeline.person": lambda: _show_person(timeline),
        "timeline.links": lambda: timeline.show_source(LINKS),
        "timeline.group": lambda: timeline.desk.open_page(GroupsPage(timeline.show_source)),
        **{id_: partial(timeline.show_source, FIXED[kind]) for id_, kind in _AT_ONCE.items()},
        **{id_: partial(_choose, timeline, kinds) for id_, kinds in _CHOSEN.items()},
    }


def _choose(timeline: TimelinePane, kinds: frozenset[FeedKind]) -> None:
    timeline.desk.open_page(SourcesPage(kinds, timeline.show_source))


def _show_person(timeline: TimelinePane) -> None:
    """What the author of the selected post writes, if it is surely the one that is meant."""
    if not timeline.is_steady():
        return
    desk, target = timeline.desk, timeline.target()
    if target is None or target.person is None:
        desk.say(timeline.nothing())
    else:
        desk.opening(_show_posts_of(timeline, target.account, target.person.id))


async def _show_posts_of(timeline: TimelinePane, account: int, person: int) -> None:
    source = await timeline.desk.ask(source_queries.of_person, account, person)
    if source is None:
        timeline.desk.say("This account's server does not know them.")
    else:
        timeline.show_source(source)
        people_commands.looked(timeline.desk.services.ctx, account, person)
