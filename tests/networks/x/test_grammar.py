"""Names, lists, tags and addresses as X takes them: its own conformance data."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from support.conformance import conformance

from tui_inbox.networks.x import grammar


@pytest.mark.parametrize(
    ("section", "is_valid", "cases"),
    [
        ("usernames", grammar.is_name, 4),
        ("lists", grammar.is_list, 5),
        ("hashtags", grammar.is_tag, 7),
        ("urls", grammar.is_address, 24),
        ("urls_without_protocol", partial(grammar.is_address, needs_protocol=False), 5),
    ],
)
def test_what_is_one_is_what_x_says(
    section: str, is_valid: Callable[[str], bool], cases: int
) -> None:
    data = conformance("validate.yml")[section]
    assert len(data) == cases
    for case in data:
        assert is_valid(case["text"]) is case["expected"], case["description"]
