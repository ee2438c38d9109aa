"""The command line of the benchmarks; `run.py` starts it."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import cached_property

from benchmarks.command_figures import help_figures, verb_figures
from benchmarks.import_report import import_report
from benchmarks.report import Figure, machine, markdown, plain
from benchmarks.screen_figures import (
    Scale,
    idle_figures,
    key_figures,
    memory_figures,
    start_figures,
)
from benchmarks.subjects import Stage, open_stage

WHAT = ("start", "help", "verbs", "idle", "keys", "memory", "imports")
"""What can be measured, the long parts last."""
FEW_POSTS = 40
QUICK = Scale(runs=2, keys=20, seconds=5.0, streamed=2_000, arrivals=8)
QUICK_POSTS = 2_000
SWITCH_SECONDS = 0.0005
"""How long the thread that stamps output may have to wait for the one that emulates the terminal."""


def main(description: str, arguments: Sequence[str] | None = None) -> None:
    """Measure what was asked for and print it.

    Args:
        description: what `--help` says.
        arguments: of the call; those of the process if not given.
    """
    options = _parser(description).parse_args(arguments)
    scale = QUICK if options.quick else Scale()
    if options.runs:
        scale = replace(scale, runs=options.runs)
    posts = options.posts or (QUICK_POSTS if options.quick else 100_000)
    sys.setswitchinterval(SWITCH_SECONDS)
    table = markdown if options.markdown else plain
    for part in measure(WHAT if options.what == "all" else (options.what,), posts, scale):
        # Each part at once: the whole takes half an hour, and what is known by then shall not be lost.
        print(part if isinstance(part, str) else table(part), flush=True)
        print(f"\n{machine(scale.runs)}\n", flush=True)


class _Stages:
    """The stages of one call, made when first needed."""

    def __init__(self, stack: ExitStack, posts: int) -> None:
        self._stack = stack
        self._posts = posts

    @cached_property
    def many(self) -> Stage:
        """With as many posts as were asked for."""
        return self._filled(self._posts)

    @cached_property
    def few(self) -> Stage:
        """With a screenful of posts."""
        return self._filled(FEW_POSTS)

    def _filled(self, posts: int) -> Stage:
        _say(f"filling a store with {posts:,} posts")
        began = time.monotonic()
        stage = self._stack.enter_context(open_stage(posts))
        _say(f"filled, {posts / (time.monotonic() - began):,.0f} posts a second")
        return stage


def measure(what: Sequence[str], posts: int, scale: Scale) -> Iterator[list[Figure] | str]:
    """Measure some of `WHAT` on a store with so many posts: figures, or a report in words, of each part."""
    with ExitStack() as stack:
        stages = _Stages(stack, posts)
        for one in what:
            _say(f"measuring {one}")
            yield _part(one, stages, scale)


def _part(what: str, stages: _Stages, scale: Scale) -> list[Figure] | str:
    match what:
        case "start":
            return start_figures(stages.many, scale)
        case "keys":
            return key_figures(stages.many, stages.few, scale)
        case "memory":
            return memory_figures(stages.many, scale)
        case "idle":
            return idle_figures(stages.many, scale)
        case "help":
            return help_figures(scale.runs)
        case "verbs":
            return verb_figures(stages.many, scale.runs)
        case _:
            return import_report(stages.many)


def _say(words: str) -> None:
    """Progress goes where it does not disturb the table."""
    print(words, file=sys.stderr, flush=True)


def _parser(description: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="run.py", description=description, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("what", choices=[*WHAT, "all"])
    parser.add_argument("--posts", type=int, help="stored posts (100000; quick: 2000)")
    parser.add_argument("--runs", type=int, help="of each program (5; quick: 2)")
    parser.add_argument("--quick", action="store_true", help="less of everything: a first look")
    parser.add_argument("--markdown", action="store_true", help="print a table for a document")
    return parser
