"""What the People pane suggests to think of somebody for: what the owner can set aside."""

from __future__ import annotations

from enum import StrEnum


class Suggestion(StrEnum):
    """Why somebody is suggested."""

    QUIET = "quiet"
    """They used to talk with the owner in a rhythm that has stopped."""
    STARTED = "started"
    """They began conversations, and the owner does not follow them."""
    NEW = "new"
    """They began to follow the owner lately."""
    ASKED = "asked"
    """The owner asked them something, and they have not answered."""
