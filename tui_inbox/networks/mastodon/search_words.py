"""How Mastodon's search is asked (docs.joinmastodon.org, user/network; facts 1.5).

Everything in a question is joined by AND, and words are found in other forms too (`export` finds "exports"), so no
word is negated: that would take away what is looked for. `language:` means one tag and not its varieties,
`has:embed` only links with a card, `is:reply` not everything that answers: all three are checked here instead.
"""

from __future__ import annotations

from tui_inbox.core.query import From, Has, Holds, Leaf, Near, Phrase, Word
from tui_inbox.core.server_query import Said
from tui_inbox.core.tokens import tokens


def in_words(leaf: Leaf) -> Said | None:
    """A term in the words of Mastodon's search, or None where it has none that find at least as much."""
    match leaf:
        case Word(text, prefix=False):
            return Said(text if text.isalnum() else f'"{text}"')
        case Phrase():  # for its gaps Mastodon has no sign
            return Said(" ".join(f'"{piece}"' for piece in leaf.pieces))
        case Near(text):
            return Said(" ".join(f'"{word}"' for word in text.split() if tokens(word)))
        case From("me"):
            return Said("from:me", is_exact=True)
        case From(who) if "@" in who.lstrip("@"):
            return Said(f"from:{who.lstrip('@')}", is_exact=True)
        case Has(Holds.MEDIA):
            return Said("has:media", is_exact=True)
        case Has(Holds.POLL):
            return Said("has:poll", is_exact=True)
    return None
