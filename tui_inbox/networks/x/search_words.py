"""How X's recent search is asked (docs.x.com, posts/search/integrate/operators; facts/x.md section 5).

Terms side by side must all be there. Words are found as they are written and without regard to accents, so none is
negated: what is left is put to the query here. Some terms need company of one that stands alone.
"""

from __future__ import annotations

from tui_inbox.core.query import From, Has, Holds, Leaf, Near, Phrase, Word
from tui_inbox.core.server_query import Said
from tui_inbox.core.tokens import tokens
from tui_inbox.networks.x.grammar import is_name


def in_words(leaf: Leaf) -> Said | None:
    """A term in the words of X's search, or None where it has none that find at least as much."""
    match leaf:
        case Word(text, prefix=False):
            return Said(text if text.isalnum() and text not in ("OR", "AND") else _quoted(text))
        case Phrase():
            return Said(" ".join(_quoted(piece) for piece in leaf.pieces))
        case Near(text):
            return Said(" ".join(_quoted(word) for word in text.split() if tokens(word)))
        case From(who) if is_name("@" + who.lstrip("@")) and who != "me":
            return Said(f"from:{who.lstrip('@')}", is_exact=True)
        case Has(Holds.MEDIA):
            return Said("has:media", is_exact=True)
    return None


def _quoted(text: str) -> str:
    return '"{}"'.format(text.replace('"', " "))
