"""What a row of the key tables is: a key, where it works, and what it does."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Context(StrEnum):
    """Where a key works."""

    GLOBAL = "everywhere"
    LIST = "lists"
    ITEM = "any item"
    INBOX = "inbox"
    TIMELINE = "timeline"
    SEARCHES = "searches"
    PEOPLE = "people"
    CARD = "person card"
    COMPOSER = "composer"
    SEARCH = "search"
    ACTIVITY = "activity"
    DOOR = "door"
    PICTURES = "pictures"
    ACCOUNTS = "accounts"
    OUTBOX = "outbox"
    DRAFTS = "drafts"
    WATCHED = "watched threads"
    GROUPS = "groups"
    HELP = "keys"
    WHY = "why"
    RULES = "rules"
    SIGN_IN = "signing in"
    WELCOME = "welcome"
    TOUR = "tour"
    PROFILE = "profile"


class Key(Struct, frozen=True):
    """One key.

    Attributes:
        id: stable name by which it can be remapped.
        keys: Textual's names of the keys that do it.
        word: what it does, in one word, for the key line.
        does: what it does, for the help page.
        prefix: whether it waits for another key.
    """

    id: str
    keys: tuple[str, ...]
    context: Context
    word: str
    does: str
    prefix: bool = False


def table(context: Context, rows: str) -> tuple[Key, ...]:
    """Read rows of `id | keys | word | what it does`; a word that ends in … makes a prefix."""
    return tuple(_row(context, line) for line in rows.strip().splitlines())


def _row(context: Context, line: str) -> Key:
    id_, keys, word, does = (cell.strip() for cell in line.split("|"))
    return Key(id_, tuple(keys.split()), context, word.rstrip("…"), does, word.endswith("…"))
