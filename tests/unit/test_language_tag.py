"""What is a language for a server: a tag, not its name."""

from __future__ import annotations

import pytest

from tui_inbox.core.language_tag import language_tag


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("en", "en"),
        (" nds ", "nds"),
        ("pt_BR", "pt-BR"),
        ("zh-Hant-TW", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("sl-rozaj", "sl-rozaj"),
        ("de-x-tide", "de-x-tide"),
        ("", None),
    ],
)
def test_a_tag_is_taken(typed: str, tag: str | None) -> None:
    assert language_tag(typed) == tag


@pytest.mark.parametrize("typed", ["english", "e", "en en", "en-", "deutsch, bitte", "ſk", "12"])
def test_what_is_no_tag_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValueError, match="is no language tag: try en, de or pt-BR"):
        language_tag(typed)
