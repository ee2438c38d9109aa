"""The text index: which words stand in which post. It narrows; what is a hit the matcher decides.

FTS5 without content and without positions is the smallest index that answers "which posts may hold these
words". Without content a row is removed by telling its old words once more.
"""

from __future__ import annotations

from collections.abc import Sequence

from tui_inbox.core.post import Media, Poll, Post
from tui_inbox.core.tokens import tokens
from tui_inbox.store.database import Connection
from tui_inbox.store.post_rows import decode_extras


def put_words(db: Connection, id: int, words: str) -> None:
    """Index a post that is not in the index yet."""
    db.execute("INSERT INTO words (rowid, tokens) VALUES (?, ?)", (id, words))


def remove_words(db: Connection, id: int, words: str) -> None:
    """Take a post out of the index; `words` are exactly those it was put in with."""
    db.execute("INSERT INTO words (words, rowid, tokens) VALUES ('delete', ?, ?)", (id, words))


def more_texts(post: Post) -> list[str]:
    """What else of a post is searched, besides its text and warning: descriptions and choices."""
    return _texts(post.media, post.poll)


def more_texts_in(extras: str) -> list[str]:
    """The same from the column `extras`; most posts have neither."""
    if '"media":' not in extras and '"poll":' not in extras:
        return []
    _, _, media, poll, *_ = decode_extras(extras, "")
    return _texts(media, poll)


def _texts(media: Sequence[Media], poll: Poll | None) -> list[str]:
    texts = [one.alt for one in media]
    if poll:
        texts += [option.title for option in poll.options]
    return texts


def words_of(post: Post) -> str:
    """What the index holds of a post."""
    words: list[str] = []
    for text in (post.text, post.warning, *more_texts(post)):
        words += tokens(text)
    return " ".join(words)
