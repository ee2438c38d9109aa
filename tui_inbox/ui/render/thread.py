"""Rows of a thread: posts, oldest first."""

from __future__ import annotations

from msgspec import Struct
from textual.strip import Strip

from tui_inbox.core.languages import language_name
from tui_inbox.core.versions import Translation
from tui_inbox.queries.rows import ThreadPost
from tui_inbox.ui.pictures.painted import Painted
from tui_inbox.ui.render.body import body
from tui_inbox.ui.render.cells import BAR, Brush, Drawing, Part, without_letters
from tui_inbox.ui.render.paragraph import paragraph
from tui_inbox.ui.render.picture import picture_lines
from tui_inbox.ui.render.post import WATCHED, author_parts, post_facts
from tui_inbox.ui.render.spaced import SpacedRenderer
from tui_inbox.ui.render.wrap import DOT
from tui_inbox.ui.widgets import Row

TEXT_AT = 8
AUTHOR_AT = 6
NOT_HERE = "answers a post that is not stored here"
"""Of an answer whose question was deleted, is kept from the account, or has not been read yet."""


class ThreadData(Struct, frozen=True):
    """A post of a thread as the page holds it.

    Attributes:
        unfolded: whether the owner opened its warning, its filter or its attachments.
        translation: stands below its text, where the owner asked for one.
        new: whether it has come since the owner looked, in a thread that is watched.
        begins: how many such posts there are, at the first of them; else 0.
        pictures: stand below what it says.
    """

    post: ThreadPost
    unfolded: bool = False
    translation: Translation | None = None
    new: bool = False
    begins: int = 0
    pictures: tuple[Painted, ...] = ()


class ThreadRenderer(SpacedRenderer[ThreadData]):
    """Draws the posts of a thread with all their text.

    Args:
        drawing: colours, signs and the clock.
        account: letters of the account that answers, for its own posts; empty to show none.
    """

    def __init__(self, drawing: Drawing, account: str = "") -> None:
        super().__init__(without_letters(drawing))
        self._account = account

    def _lines(self, brush: Brush, data: ThreadData, width: int) -> list[Strip]:
        lines = self._post(brush, data, width)
        if not data.begins:
            return lines
        rule = self._drawing.glyphs.rule
        words = f"{rule * 2} {data.begins} new since you looked "
        words += rule * max(0, width - BAR - len(words))
        return [brush.line([(words, brush.palette.dim)], width), *lines]

    def _post(self, brush: Brush, data: ThreadData, width: int) -> list[Strip]:
        post = data.post.post
        room = width - BAR - TEXT_AT
        lines = [self._head(brush, data, width)]
        if data.post.missing:
            lines.append(brush.indented([(NOT_HERE, brush.palette.dim)], TEXT_AT, width))
        lines += [
            brush.indented(parts, TEXT_AT, width)
            for parts in body(brush, post, room, unfolded=data.unfolded, most=None)
        ]
        for place, picture in enumerate(data.pictures):
            between = [brush.indented([], TEXT_AT, width)] if place else []
            lines += [*between, *picture_lines(brush, picture, TEXT_AT, width)]
        is_seen = (data.unfolded or not post.folds_text) and not post.deleted
        if is_seen and data.translation is not None:
            lines += translated_lines(brush, data.translation, width)
        return lines

    def estimate(self, row: Row[ThreadData], width: int) -> int:
        """About how many lines a post takes."""
        text = row.data.post.post.text
        if row.data.translation is not None:
            text += row.data.translation.text
        return (
            3
            + bool(row.data.begins)
            + row.data.post.missing
            + sum(picture.rows for picture in row.data.pictures)
            + len(text) // max(10, width - BAR - TEXT_AT)
            + text.count("\n")
        )

    def _head(self, brush: Brush, data: ThreadData, width: int) -> Strip:
        style, post = brush.palette, data.post.post
        parts: list[Part] = []
        if post.mine and self._account:
            parts.append((f"{self._account} ", style.account(self._account)))
        facts = [
            fact
            for fact in post_facts(post)
            if not fact.startswith("in answer to") and fact != WATCHED
        ]
        return brush.head(
            mark=self._drawing.glyphs.partner if post.author.partner else " ",
            mark_style=style.bright,
            at=post.at,
            letters="",
            parts=[
                *parts,
                *author_parts(brush, post),
                *([(DOT, style.dim), ("new", style.bright)] if data.new else []),
                *brush.facts(facts),
            ],
            width=width,
        )


def translated_lines(brush: Brush, translation: Translation, width: int) -> list[Strip]:
    """A translation: by whom and from what, then what it says."""
    style = brush.palette
    lines = paragraph(brush, translated_words(translation), style.dim, indent=TEXT_AT, width=width)
    said = [f"[warning: {translation.warning}]"] if translation.warning else []
    said += [translation.text] if translation.text else []
    said += [f"[picture: {' '.join(alt.split())}]" for alt in translation.alts if alt]
    if translation.options:
        said.append(f"Poll: {' · '.join(translation.options)}")
    for text in said:
        lines += paragraph(brush, text, style.text, indent=TEXT_AT, width=width)
    return lines


def translated_words(translation: Translation) -> str:
    """Where a translation comes from, as `translated from German by DeepL.com`."""
    words = "translated"
    if translation.spoken:
        words += f" from {language_name(translation.spoken)}"
    if translation.translator:
        words += f" by {translation.translator}"
    return words
