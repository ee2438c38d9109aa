"""What every room may say when something could not be written down."""

from __future__ import annotations


class NotKept(Exception):
    """Nothing could be written to the store, or read from it. `str()` is one sentence for the user."""
