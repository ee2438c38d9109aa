"""Marks and rules, in a normal set and in one of ASCII alone."""

from __future__ import annotations

from msgspec import Struct


class Glyphs(Struct, frozen=True):
    """Signs by meaning. Each is one cell wide.

    Attributes:
        bar: in front of the selected row, with focus; `thin` without.
        new: not looked at yet; `open` still yours to answer.
        partner: a post by somebody you talk with.
        rule: under titles.
        gap: a hole in the timeline.
        block: what a bar of a chart is made of.
    """

    bar: str = "▌"
    thin: str = "▏"
    new: str = "●"
    open: str = "○"
    partner: str = "◆"
    rule: str = "─"
    gap: str = "┄"
    block: str = "▆"


NORMAL = Glyphs()
PLAIN = Glyphs(bar=">", thin=":", new="*", open="o", partner="+", rule="-", gap="~", block="#")


def glyphs(plain: bool) -> Glyphs:
    """The set to use; the plain one for terminals and fonts that have only ASCII."""
    return PLAIN if plain else NORMAL
