"""The settings file as a new one begins: every setting explained and commented out, made from the model."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator

from msgspec import Struct

from tui_inbox.rule_settings import RuleSettings
from tui_inbox.settings import Settings
from tui_inbox.settings_lines import assigned
from tui_inbox.settings_reading import RULES, Known, known_settings

WIDTH = 98

_HEAD = """\
# The settings of tui-inbox. None is needed: a line that begins with # says what holds without it.
# Take the # away from a line to change it. The program takes the file over as soon as it is saved;
# a mistake is named with its line, and until it is mended the old settings hold.
# `tui-inbox config check` looks through it, and `tui-inbox config show` says what is in force.
"""

_KEYS = """\
# Other keys: on the left the id of what is done, as docs/keys.md lists it, on the right the keys
# that shall do it, parted by blanks. An empty text leaves it without a key.
#
#  "item.done" = "D ctrl+e"
"""

_RULES = """\
# What you want more of, less of, or not at all. The program writes rules here, too (+ - 0 7 on the
# page that w opens). Each is a table of its own and says what it is about, and what it does:
#
"""

_EXAMPLE = """\
#
#  [[rules]]
#  tag = "#acorn"
#  points = 0.5
#  until = 2026-12-07
"""


def explained() -> str:
    """All of it, as TOML in which nothing is set."""
    return f"{_HEAD}\n" + "\n".join(_tables()).rstrip() + "\n"


def _tables() -> Iterator[str]:
    for name, table in known_settings(Settings).items():
        if table.kind == dict[str, str]:
            yield f"[{name}]\n{_KEYS}"
        elif table.kind != RULES:
            yield f"[{name}]\n" + "\n".join(map(_explained, *_columns(table.kind)))
    own = "\n".join(_lines(_of_rule(), first="#  ", rest="#  "))
    yield f"{_RULES}{own}\n{_EXAMPLE}"


def _columns(kind: type[Struct]) -> tuple[Iterable[str], Iterable[Known]]:
    known = known_settings(kind)
    return known.keys(), known.values()


def _explained(name: str, setting: Known) -> str:
    """What a setting is for, and its line as it holds without one."""
    words = f"{_plain(setting.meta.description or '')} {may_be(setting)}".strip()
    told = textwrap.wrap(words, WIDTH, initial_indent="# ", subsequent_indent="# ")
    held = (f"# {line}" for line in assigned(name, setting.default))
    return "\n".join((*told, *held, ""))


def may_be(setting: Known) -> str:
    """What a setting may be, in a sentence; empty where its kind or its description says it."""
    told = set(re.findall(r"[\w-]+", setting.meta.description or ""))
    choices = [choice for choice in setting.choices if choice]
    if not told.issuperset(choices):
        return f"One of {', '.join(choices)}."
    least, most = setting.meta.ge, setting.meta.le
    return "" if least is None or most is None else f"From {least:g} to {most:g}."


def _of_rule() -> Iterator[str]:
    for name, setting in known_settings(RuleSettings).items():
        yield f"{name}: {_plain(setting.meta.description or '')} {may_be(setting)}".strip()


def _lines(sentences: Iterable[str], *, first: str, rest: str) -> Iterator[str]:
    for sentence in sentences:
        yield from textwrap.wrap(
            sentence, WIDTH, initial_indent=first, subsequent_indent=f"{rest}    "
        )


def _plain(words: str) -> str:
    """Without the marks of the page about settings."""
    return words.replace("`", "")
