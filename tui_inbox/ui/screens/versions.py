"""What was changed in a post: all its versions, oldest first, read from its server each time."""

from __future__ import annotations

from collections.abc import Sequence

from tui_inbox.core.versions import Version
from tui_inbox.queries.rows import PostRow
from tui_inbox.ui import keys
from tui_inbox.ui.render.versions import VersionData, VersionRenderer
from tui_inbox.ui.screens.list_page import ListPage
from tui_inbox.ui.services import told
from tui_inbox.ui.widgets import Row

READING = "Reading from the server …"


class VersionsPage(ListPage):
    """The versions of a post.

    Args:
        post: the post, as the acting account sees it.
    """

    BINDINGS = keys.bindings(keys.Context.LIST)
    WORDS = ("list.page", "list.bottom", "close")

    def __init__(self, post: PostRow) -> None:
        super().__init__(VersionRenderer)
        self._post = post
        self._versions: Sequence[Version] = ()
        self._sentence = READING

    def on_mount(self) -> None:
        """Ask the server. Nothing is stored of the answer: it may be another one tomorrow."""
        self.desk.start(self._read_from_server())

    async def _read_from_server(self) -> None:
        post = self._post
        answer = await told(
            self.desk.services, lambda fetcher: fetcher.read_versions(post.account, post.id)
        )
        self._versions = answer.what or ()
        self._sentence = answer.sentence or "The server keeps no earlier versions of this."
        self.reread()

    async def read(self) -> None:
        """Show what the server has told."""
        name = "you" if self._post.mine else self._post.author.name
        count = len(self._versions)
        # The name comes last: it is what a narrow pane may cut.
        title = (
            f"{count} versions of a post by {name}" if count > 1 else f"History of a post by {name}"
        )
        self.fill(title, version_rows(self._versions), empty=(self._sentence,))


def version_rows(versions: Sequence[Version]) -> list[Row[VersionData]]:
    """The rows of versions, each compared with the one before it."""
    rows = []
    for place, version in enumerate(versions):
        before = versions[place - 1] if place else None
        data = VersionData(version, place + 1, len(versions), before)
        rows.append(Row(f"version:{place}", data, data, section=True))
    return rows
