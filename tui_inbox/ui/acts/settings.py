"""The settings file in the owner's editor, from the screen."""

from __future__ import annotations

from textual.app import SuspendNotSupported

from tui_inbox.editor import NoEditor, edit_file
from tui_inbox.ui.acts.handler import Handler
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.panes.pane import Pane

NO_FILE = "There is no settings file here to be changed."


def edit(desk: Desk, here: Pane) -> None:
    """Open the file. What is saved in it is taken over as if it had been changed anywhere else."""
    settings = desk.services.settings
    if settings is None:
        desk.say(NO_FILE)
        return
    try:
        path = settings.begun()
        with here.app.suspend():
            edit_file(path, 1)
    except OSError as error:
        desk.say(f"The settings file cannot be written ({(error.strerror or str(error)).lower()}).")
    except (NoEditor, SuspendNotSupported) as error:
        desk.say(str(error) or "No editor can be started from here.")


HANDLERS: dict[str, Handler] = {"settings.edit": edit}
