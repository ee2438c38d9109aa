"""Whom a name in a text means: those whom the post names, and nobody else who is called so."""

from __future__ import annotations

import pytest
from support.town_builder import Town

from tui_inbox.queries import named


@pytest.mark.parametrize("words", ["@wren", "@WREN", "@wren@town.example"])
def test_a_name_means_whom_the_post_names(town: Town, words: str) -> None:
    said = town.says("odile", "@wren and @quillfox, look", naming=("wren", "quillfox"))
    who = town.ask(named.named_in, 1, said.id, words)
    assert who is not None
    assert who.handle == "wren@town.example"


def test_a_name_that_the_server_linked_to_nobody_means_nobody(town: Town) -> None:
    town.says("wren", "I am here.")
    said = town.says("odile", "@wren is a bird", naming=("quillfox",))
    assert town.ask(named.named_in, 1, said.id, "@wren") is None
    assert town.ask(named.named_in, 1, said.id, "@wren@elsewhere.example") is None
