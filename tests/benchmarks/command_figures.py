"""What is measured of calls that print and end: CPU of `--help`, and the wall time of verbs."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

from benchmarks.environment import measured_environment
from benchmarks.report import Figure, Goal
from benchmarks.screen_figures import start_of
from benchmarks.subjects import COMMAND, Stage

HELP = Goal(60.0)
VERB = Goal(0.5, times_reference=True)
VERBS = ("glance", "inbox", "digest")


def help_figures(runs: int) -> list[Figure]:
    """CPU time of `--help` beyond that of an interpreter that does nothing."""
    nothing = (sys.executable, "-c", "pass")
    asked = (str(COMMAND), "--help")
    extra: list[float] = []
    cpu_milliseconds(asked)  # what is done only once, such as compiling modules
    for _ in range(runs):
        base = cpu_milliseconds(nothing)
        extra.append(cpu_milliseconds(asked) - base)
    what = "`--help`, CPU above `python -c pass`"
    return [Figure(what, "ms", tuple(extra), goal=HELP)]


def verb_figures(stage: Stage, runs: int) -> list[Figure]:
    """Wall time of reading verbs, compared with the start of the screen in the same runs."""
    spent: dict[str, list[float]] = {verb: [] for verb in VERBS}
    starts: list[float] = []
    with stage.inbox() as inbox:
        start_of(inbox)  # what is written only once, such as compiled modules
        for _ in range(runs):
            starts.append(start_of(inbox).wall)
            for verb, times in spent.items():
                times.append(wall_milliseconds((*inbox.command, verb), inbox.environment))
    return [
        Figure(f"`{verb}`, wall", "ms", tuple(times), tuple(starts), "start", VERB)
        for verb, times in spent.items()
    ]


def cpu_milliseconds(command: Sequence[str]) -> float:
    """CPU time of one call, that of the system included.

    Raises:
        CalledProcessError: it failed.
    """
    environment = measured_environment({})
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return (usage.ru_utime + usage.ru_stime) * 1000


def wall_milliseconds(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """Wall time of one call; raises as `cpu_milliseconds` does."""
    began = time.monotonic()
    subprocess.run(
        command, env=measured_environment(environment), stdout=subprocess.DEVNULL, check=True
    )
    return (time.monotonic() - began) * 1000
