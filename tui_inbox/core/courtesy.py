"""A neutral sentence for drafts that name people, in the language that an account posts in."""

from __future__ import annotations

from msgspec import Struct

from tui_inbox.core.reading import base_language


class Courtesy(Struct, frozen=True):
    """Sentences that a draft begins with; the owner makes them better.

    Attributes:
        meet: introduces two people to each other, whose names stand before it.
        week: recommends people, whose names stand below it.
    """

    meet: str
    week: str


_SENTENCES = {
    "de": Courtesy("Darf ich euch einander vorstellen?", "Gute Gespräche in dieser Woche:"),
    "en": Courtesy("may I introduce you to each other?", "Good conversations this week:"),
    "es": Courtesy("¿puedo presentaros?", "Buenas conversaciones de esta semana:"),
    "fr": Courtesy(
        "puis-je vous présenter l’un à l’autre ?", "De bonnes conversations cette semaine :"
    ),
    "it": Courtesy("posso presentarvi?", "Belle conversazioni di questa settimana:"),
    "nl": Courtesy("mag ik jullie aan elkaar voorstellen?", "Goede gesprekken van deze week:"),
    "pt": Courtesy("posso apresentá-los?", "Boas conversas desta semana:"),
}


def courtesy(language: str | None) -> Courtesy:
    """The sentences of a language (BCP 47); English where there are none in it."""
    return _SENTENCES.get(base_language(language or "en"), _SENTENCES["en"])
