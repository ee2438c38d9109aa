"""The words of the command line: every verb says what it does, with an example that is understood."""

from __future__ import annotations

import shlex
from importlib import import_module

import pytest

from tui_inbox.cli.options import Verb
from tui_inbox.cli.parser import VERBS, parse
from tui_inbox.cli.verbs import MODULES
from tui_inbox.core import audiences
from tui_inbox.core.account import ANY_AUDIENCE
from tui_inbox.core.post import Audience

WIDTH = 80


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_every_verb_has_help_with_an_example(
    verb: Verb, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    with pytest.raises(SystemExit) as end:
        parse([verb.name, "--help"])
    told = capsys.readouterr().out
    assert end.value.code == 0
    assert f"example:\n  tui-inbox {verb.example}\n" in told
    assert max(map(len, told.splitlines())) <= WIDTH


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_every_example_is_understood(verb: Verb) -> None:
    assert parse(shlex.split(verb.example)).verb == verb.name


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb.name != "demo"])
def test_every_verb_is_a_module_that_can_be_run(verb: Verb) -> None:
    name = MODULES.get(verb.name, verb.name)
    assert callable(import_module(f"tui_inbox.cli.{name}").run)


def test_the_texts_of_help_are_of_one_form() -> None:
    for verb in VERBS:
        assert verb.does[0].islower()
        assert not verb.does.endswith(".")
        assert not verb.about or verb.about.endswith((".", ")"))


@pytest.mark.parametrize(
    ("call", "name", "words"),
    [
        ("reply 573 --dry-run yes, do", "text", ["yes,", "do"]),
        ("reply 573 yes, --dry-run do", "text", ["yes,", "do"]),
        ("post --account mi hello you", "text", ["hello", "you"]),
        ("searches add --account mi kiln OR clay", "words", ["kiln", "OR", "clay"]),
        ("outbox retry --demo 12", "words", ["12"]),
        ("why odile --json fenn", "item", ["odile", "fenn"]),
    ],
)
def test_words_may_stand_behind_an_option(call: str, name: str, words: list[str]) -> None:
    assert getattr(parse(shlex.split(call)), name) == words


@pytest.mark.parametrize("call", ["inbox all", "reply 573 --soon yes", "inbox --limit 3"])
def test_what_means_nothing_is_refused(call: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        parse(shlex.split(call))
    assert end.value.code == 2
    assert "unrecognized arguments" in capsys.readouterr().err


def test_audiences_have_one_list_of_words_from_wide_to_narrow() -> None:
    assert list(audiences.IN_WORDS) == list(Audience)
    assert list(ANY_AUDIENCE) == [
        audience for audience in Audience if audience in audiences.CHOICES
    ]
