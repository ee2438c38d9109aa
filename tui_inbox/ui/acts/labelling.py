"""The keys that label rows. What labels are is loaded by the first of them."""

from __future__ import annotations

from tui_inbox.ui.acts.handler import Handler
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.panes.pane import Pane


def _label(*, opens: bool) -> Handler:
    def handle(desk: Desk, here: Pane) -> None:
        from tui_inbox.ui.labels import Labels
        from tui_inbox.ui.presets import by_name

        preset = by_name(desk.services.look.preset)
        assert preset is not None, "only presets that there are come into force"
        if not Labels(desk).begin(desk.panes_seen, preset.letters, opens=opens):
            desk.say("There is no row to go to.")

    return handle


HANDLERS: dict[str, Handler] = {
    "labels": _label(opens=False),
    "labels.open": _label(opens=True),
}
"""By the id of the key."""
