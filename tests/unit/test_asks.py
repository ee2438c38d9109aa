"""Whether a text asks something, or only says thanks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.core.asks import asks_something, only_thanks


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (
            "@quillfox Does the export keep the tags? I tried it.",
            "Does the export keep the tags?",
        ),
        ("Does it\nwork? Really? I ask because of the altos", "Really?"),
        ("Ok? Which of the two bridges is it? Thanks!", "Which of the two bridges is it?"),
        ("It says 3.5 here. Is that e.g. a mistake?!", "Is that e.g. a mistake?!"),
        ("?", "?"),
        ("これは何ですか？", "これは何ですか？"),
        ("それは何ですか。ありがとう", "それは何ですか。"),
        ("你好吗", "你好吗"),
        ("هل هذا صحيح؟", "هل هذا صحيح؟"),
        ("Τι κάνεις;", "Τι κάνεις;"),
        ("¿Alguien sabe algo", "¿Alguien sabe algo"),
        ("Does anyone know a crm that exports plain text", None),
        ("Kennt hier jemand ein CRM", None),
        ("quelqu’un connaît un outil", None),
        ("How do I keep the tags", None),
        ("Any tips for a choir of forty", None),
        ("Have you seen https://tides.example/now? I like it", None),
    ],
)
def test_questions_are_found_and_told(text: str, question: str | None) -> None:
    asked = asks_something(text)
    assert asked is not None
    assert asked in text
    if question is not None:
        assert asked == question


@pytest.mark.parametrize(
    "text",
    [
        "",
        "It keeps the tags.",
        "see https://tides.example/search?q=rye",
        "see tides.example/search?q=rye now",
        "the 2nd(?) bridge",
        "if a?b:c is code",
        "I say; you go",
        "I know how it works",
        "somebody told me",
    ],
)
def test_other_texts_ask_nothing(text: str) -> None:
    assert asks_something(text) is None


def test_a_link_at_the_end_of_a_question_is_no_obstacle() -> None:
    question = "Have you seen https://tides.example/now?"
    assert asks_something(f"{question} I like it.") == question


@pytest.mark.parametrize(
    "text",
    [
        "thanks!",
        "Thank you so much for your help :)",
        "@quillfox@choir.example ty 🙏",
        "Danke dir!",
        "thanks @odile!",
        "Vielen Dank für die Hilfe",
        "merci beaucoup",
        "¡Muchas gracias!",
        "obrigada",
        "cheers",
        "Большое спасибо!",
        "ありがとうございます！",
        "谢谢你",
        "감사합니다",
        "❤️",
        "👍🏽👍🏽",
        ":blobheart:",
        "<3",
    ],
)
def test_thanks_and_smiles_are_known(text: str) -> None:
    assert only_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "@quillfox",
        "ok",
        "no thanks",
        "thanks, but two came out bare",
        "thanks?",
        "❓",
        "thanks https://tides.example",
        "The folding was not a gift.",
        "thanks " * 40,
    ],
)
def test_whatever_else_is_said_is_more_than_thanks(text: str) -> None:
    assert not only_thanks(text)


@given(st.text(alphabet="ab ?!.;:/@-\n。？🙏", max_size=60))
def test_a_text_never_both_asks_and_only_thanks(text: str) -> None:
    asked = asks_something(text)
    assert not (asked and only_thanks(text))
    if asked:
        assert "".join(asked.split()) in "".join(text.split())


@pytest.mark.parametrize("unit", ["?", "!", ".", "a-", "@a", "a.", "?a", "?!", ":a", "https://?"])
def test_a_hostile_text_is_read_in_one_go(unit: str) -> None:
    text = unit * 20_000 + "a"
    assert asks_something(text) is None or unit.count("?")
    assert not only_thanks(text)
