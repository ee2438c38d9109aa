"""What is imported before the first post is on the screen, and what it costs.

The interpreter itself tells (`-X importtime`), on standard error, which is the terminal here: its lines
stand between the frames in the program's output, in the order in which things happened.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from dataclasses import dataclass

from benchmarks.pty_measure import MeasuredProgram
from benchmarks.screen_figures import start_of
from benchmarks.subjects import BARE, POST, Stage, Subject

UNWANTED = ("httpx", "websockets")
"""Nothing of these may be imported before the first post is on the screen."""
SHOWN = 15
STANDARD = "standard library"

_LINE = re.compile(rb"import time:\s+(\d+) \|\s+\d+ \| +([\w.]+)")


@dataclass(frozen=True, slots=True)
class Imports:
    """What one program imported before its first post was on the screen.

    Attributes:
        own: milliseconds of each module itself, without what it imports in its turn.
    """

    own: dict[str, float]

    def by_package(self) -> dict[str, list[float]]:
        """The milliseconds of the modules of each package; the standard library counts as one."""
        packages: defaultdict[str, list[float]] = defaultdict(list)
        for module, spent in self.own.items():
            package = module.partition(".")[0]
            packages[STANDARD if package in sys.stdlib_module_names else package].append(spent)
        return packages


def imports_of(subject: Subject) -> Imports:
    """Start a program and read what it imports."""
    call = subject.command[subject.command[0] == sys.executable :]
    command = (sys.executable, "-X", "importtime", *call)
    with MeasuredProgram(command, subject.environment, quit_keys=subject.quit_keys) as program:
        program.wait_for(POST)
        before = re.split(POST.encode(), program.output, maxsplit=1)[0]
    return Imports({name.decode(): int(own) / 1000 for own, name in _LINE.findall(before)})


def import_report(stage: Stage) -> str:
    """The report: packages, and the dearest modules, beside what the bare list imports."""
    with stage.inbox() as inbox:
        start_of(inbox)  # what is done only once, such as compiling modules
        ours = imports_of(inbox)
    bare = imports_of(BARE)
    unwanted = [name for name in UNWANTED if name in ours.own]
    lines = [
        f"Before the first post: {len(ours.own)} modules; bare {len(bare.own)}.",
        f"Unwanted among them: {', '.join(unwanted) or 'none'}.",
        "",
        f"{'package':24} modules       ms  bare ms",
    ]
    packages, others = ours.by_package(), bare.by_package()
    for package in sorted(packages, key=lambda name: -sum(packages[name]))[:SHOWN]:
        spent, beside = packages[package], others.get(package, [])
        lines.append(f"{package:24} {len(spent):7} {sum(spent):8.1f} {sum(beside):8.1f}")
    extra = {name: spent for name, spent in ours.own.items() if name not in bare.own}
    dearest = sorted(extra, key=lambda name: -extra[name])[:SHOWN]
    lines += ["", "Dearest modules that bare does not import:"]
    return "\n".join([*lines, *(f"{extra[name]:8.1f} ms  {name}" for name in dearest)])
