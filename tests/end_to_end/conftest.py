"""The installed program, with a home of its own for each story."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support.installed import Installed


@pytest.fixture
def program(tmp_path: Path) -> Installed:
    """The program, never started before."""
    return Installed(tmp_path / "home")


@pytest.fixture(scope="session")
def founded_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the demo town was founded, which takes seconds; to be copied, never used."""
    home = tmp_path_factory.mktemp("founded") / "home"
    done = Installed(home).run("glance", "--demo")
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture
def town(program: Installed, founded_home: Path) -> Installed:
    """The program with a demo town that nobody has looked at yet."""
    shutil.copytree(founded_home, program.home)
    return program
