"""The benchmark programs run, at sizes that measure nothing: what they print is not looked at for speed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks import bench_find
from benchmarks.command_figures import verb_figures
from benchmarks.import_report import import_report
from benchmarks.report import Figure, Goal, markdown
from benchmarks.screen_figures import (
    Scale,
    idle_figures,
    key_figures,
    memory_figures,
    start_figures,
)
from benchmarks.subjects import Stage, open_stage

RUN = Path(__file__).parents[1] / "benchmarks" / "run.py"
TINY = Scale(runs=1, keys=3, seconds=0.2, streamed=100, arrivals=2, settle=0.5)


@pytest.fixture(scope="module")
def filled_stage() -> Iterator[Stage]:
    """A store with some screenfuls of posts."""
    with open_stage(120) as stage:
        yield stage


def test_the_program_prints_a_table_for_a_document() -> None:
    call = [sys.executable, str(RUN), "help", "--runs", "1", "--markdown"]
    printed = subprocess.run(call, capture_output=True, text=True, check=True).stdout
    assert printed.splitlines()[1].startswith("| --- | --: |")
    assert "| `--help`, CPU above `python -c pass` |" in printed


def test_searching_by_hand_is_measured_beside_the_index_alone(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert bench_find.main(["--posts", "300", "--repeats", "2", "--store", str(tmp_path)]) == 0
    told = capsys.readouterr().out
    assert len(told.splitlines()) > 45
    assert "all together: median " in told


@pytest.mark.long
def test_a_start_is_measured_beside_the_bare_list(filled_stage: Stage) -> None:
    wall, cpu, memory = start_figures(filled_stage, TINY)
    assert wall.value > 0 < cpu.value
    assert memory.value > min(memory.reference) > 0


@pytest.mark.long
def test_every_key_that_is_pressed_changes_the_screen(filled_stage: Stage) -> None:
    figures = key_figures(filled_stage, filled_stage, TINY)
    assert all(figure.value > 0 for figure in figures)
    assert not [figure.what for figure in figures if "lost" in figure.what]


@pytest.mark.long
def test_posts_that_stream_in_are_all_seen(filled_stage: Stage) -> None:
    (memory,) = memory_figures(filled_stage, TINY)
    assert memory.value > 0
    assert memory.ratio


@pytest.mark.long
def test_arrivals_are_timed_from_server_to_screen(filled_stage: Stage) -> None:
    *_, median, slowest = idle_figures(filled_stage, TINY)
    assert 0 < median.value <= slowest.value


@pytest.mark.long
def test_verbs_are_compared_with_a_start(filled_stage: Stage) -> None:
    assert [figure.what for figure in verb_figures(filled_stage, 1) if figure.ratio] == [
        "`glance`, wall",
        "`inbox`, wall",
        "`digest`, wall",
    ]


def test_nothing_that_speaks_to_a_network_is_imported_before_the_first_post(
    filled_stage: Stage,
) -> None:
    assert "Unwanted among them: none." in import_report(filled_stage).splitlines()


def test_a_goal_may_be_a_value_or_a_multiple_of_the_reference() -> None:
    figures = [
        Figure("by value", "ms", (9.0, 11.0, 30.0), goal=Goal(11.0)),
        Figure("by ratio", "ms", (30.0,), (20.0,), "bare", Goal(1.25, times_reference=True)),
        Figure("of nothing", "%", (0.2,), (0.0,), "bare", Goal(1.25, times_reference=True)),
    ]
    assert [figure.is_held for figure in figures] == [True, False, None]
    assert markdown(figures).splitlines()[2:] == [
        "| by value | 11.0 ms (9.00–30.0) |  |  | ≤ 11 ms | held |",
        "| by ratio | 30.0 ms | bare 20.0 ms | 1.50 | ≤ 1.25 × | missed |",
        "| of nothing | 0.20 % | bare 0.00 % |  | ≤ 1.25 × |  |",
    ]
