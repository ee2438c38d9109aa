"""Opening a fetched file in the system's viewer: the program that the desktop has for pictures, films or sounds."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from shutil import which

from tui_inbox.core.media_file import SUFFIXES, MediaFile


def open_in_viewer(file: MediaFile, environment: Mapping[str, str] = os.environ) -> str:
    """Open a file; what to tell the owner.

    The name of the file was made here and its ending by its bytes, so no viewer takes it for a program, and nothing
    that a server has said is part of the call.
    """
    if file.path.suffix not in SUFFIXES:
        return "This is no picture, film or sound, so it is not opened."
    opener = which("open" if sys.platform == "darwin" else "xdg-open")
    has_desktop = sys.platform == "darwin" or any(
        environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
    if opener is None or not has_desktop:
        return f"There is no desktop here to show it; it lies in {file.path}."
    viewer = subprocess.Popen(  # noqa: S603  # the system's own opener, with one path of ours
        [opener, str(file.path)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    # Some openers end only with the viewer: a thread that may be left behind waits for that, and no zombie stays.
    threading.Thread(target=viewer.wait, name="viewer", daemon=True).start()
    return "Opened in the system's viewer."
