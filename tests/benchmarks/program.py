"""The command line of the benchmarks; `run.py` starts it."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace

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

WHAT = ("start", "keys", "memory", "idle", "help", "verbs", "imports")
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
    figures, reports = measure(WHAT if options.what == "all" else (options.what,), posts, scale)
    if figures:
        print((markdown if options.markdown else plain)(figures))
        print(f"\n{machine(scale.runs)}")
    for report in reports:
        print(f"\n{report}")


def measure(what: Sequence[str], posts: int, scale: Scale) -> tuple[list[Figure], list[str]]:
    """Measure some of `WHAT` on a store with so many posts: figures, and reports in words."""
    figures: list[Figure] = []
    reports: list[str] = []
    with ExitStack() as stages:
        if "help" in what:
            figures += help_figures(scale.runs)
        stage = few = None
        for one in what:
            if one == "help":
                continue
            stage = stage or _filled(stages, posts)
            _say(f"measuring {one}")
            match one:
                case "start":
                    figures += start_figures(stage, scale)
                case "keys":
                    few = few or _filled(stages, FEW_POSTS)
                    figures += key_figures(stage, few, scale)
                case "memory":
                    figures += memory_figures(stage, scale)
                case "idle":
                    figures += idle_figures(stage, scale)
                case "verbs":
                    figures += verb_figures(stage, scale.runs)
                case "imports":
                    reports.append(import_report(stage))
    return figures, reports


def _filled(stages: ExitStack, posts: int) -> Stage:
    _say(f"filling a store with {posts:,} posts")
    began = time.monotonic()
    stage = stages.enter_context(open_stage(posts))
    _say(f"filled, {posts / (time.monotonic() - began):,.0f} posts a second")
    return stage


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
