"""The table of keys: no key twice in a place, none without effect, none without words."""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter

import pytest
from textual.binding import Binding
from textual.keys import _character_to_key

import tui_inbox.ui.panes
import tui_inbox.ui.screens
from tui_inbox.ui import key_names, keys
from tui_inbox.ui.acts import HANDLERS
from tui_inbox.ui.keys import KEYS, PALETTE, PLACES, STRIPS, Context, Key
from tui_inbox.ui.panes.pane import Pane

EVERY_KEY = (*KEYS, *(key for strip in STRIPS.values() for key in strip), *PALETTE)


def pane_classes() -> set[type[Pane]]:
    """Every pane and page of the program."""
    for package in (tui_inbox.ui.panes, tui_inbox.ui.screens):
        for module in pkgutil.iter_modules(package.__path__):
            importlib.import_module(f"{package.__name__}.{module.name}")
    found: set[type[Pane]] = set()
    left = [Pane]
    while left:
        kind = left.pop()
        found.add(kind)
        left += kind.__subclasses__()
    return found


@pytest.mark.parametrize("place", PLACES)
def test_no_key_occurs_twice_in_a_place(place: str) -> None:
    count = Counter(name for key in keys.keys_in(place) for name in key.keys)
    assert [name for name, times in count.items() if times > 1] == []


@pytest.mark.parametrize("prefix", STRIPS)
def test_no_key_occurs_twice_behind_a_prefix(prefix: str) -> None:
    count = Counter(name for key in STRIPS[prefix] for name in key.keys)
    assert [name for name, times in count.items() if times > 1] == []


def test_an_id_is_never_given_twice() -> None:
    count = Counter(key.id for key in EVERY_KEY)
    assert [id_ for id_, times in count.items() if times > 1] == []


def test_every_key_does_something() -> None:
    own = {id_ for pane in pane_classes() for id_ in pane.OWN}
    dead = [key.id for key in EVERY_KEY if not key.prefix and key.id not in {*HANDLERS, *own}]
    assert dead == []


def test_nothing_is_handled_that_has_no_key() -> None:
    ids = {key.id for key in EVERY_KEY}
    own = {id_ for pane in pane_classes() for id_ in pane.OWN}
    assert {*HANDLERS, *own} <= ids


def test_prefixes_and_strips_belong_together() -> None:
    # These wait for a second key only sometimes, or after a question.
    asked_again = {"item.block", "item.delete", "report.server"}
    assert {key.id for key in EVERY_KEY if key.prefix} == set(STRIPS) - asked_again


def test_every_strip_is_reached_by_some_keys() -> None:
    reached = {pressed[-1].id for key in KEYS for pressed in keys.behind(key)}
    assert {key.id for strip in STRIPS.values() for key in strip} == reached


@pytest.mark.parametrize("key", EVERY_KEY, ids=lambda key: key.id)
def test_every_key_says_what_it_does(key: Key) -> None:
    assert key.word
    assert key.does
    assert len(key.word) <= 20


@pytest.mark.parametrize("key", EVERY_KEY, ids=lambda key: key.id)
def test_keys_are_named_as_textual_names_them(key: Key) -> None:
    for name in key.keys:
        shown = key_names.shown(name)
        if len(shown) == 1:
            assert _character_to_key(shown) == name


def test_frequent_keys_of_the_day_are_single_and_unshifted() -> None:
    frequent = (
        "item.reply",
        "item.done",
        "item.favourite",
        "next.needs",
        "compose.new",
        "open.why",
    )
    for id_ in frequent:
        assert keys.key_named(id_).keys[0].islower()


def test_every_pane_binds_the_contexts_of_its_place() -> None:
    for pane in pane_classes():
        bound = {binding.id for binding in pane.BINDINGS if isinstance(binding, Binding)}
        offered = (*keys.keys_in(pane.PLACE), *keys.without_key(pane.PLACE))
        wanted = {key.id for key in offered if key.context is not Context.GLOBAL}
        if bound:
            assert bound == wanted, pane.__name__
