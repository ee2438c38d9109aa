"""How Bluesky's search is asked (docs.bsky.app, "search"; lexicon `app.bsky.feed.searchPosts`).

Everything in a question is joined by AND. Words may be found in other forms too, so none of them is negated: that
would take away what is looked for.
"""

from __future__ import annotations

from tui_inbox.core.query import From, Leaf, Near, Phrase, Word
from tui_inbox.core.server_query import Said
from tui_inbox.core.tokens import tokens


def in_words(leaf: Leaf) -> Said | None:
    """A term in the words of Bluesky's search, or None where it has none that find at least as much."""
    match leaf:
        case Word(text, prefix=False):
            return Said(text if text.isalnum() else f'"{text}"')
        case Phrase():
            return Said(" ".join(f'"{piece}"' for piece in leaf.pieces))
        case Near(text):
            return Said(" ".join(f'"{word}"' for word in text.split() if tokens(word)))
        case From("me"):
            return Said("from:me")
        case From(who) if "." in who and "@" not in who.lstrip("@"):
            return Said(f"from:{who.lstrip('@')}", is_exact=True)
    return None
