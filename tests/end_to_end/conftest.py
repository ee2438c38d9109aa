"""The installed program, with a home of its own for each story."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support.installed import Installed
from support.mastodon_mock_server import MockServer


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


@pytest.fixture
def server(mock_server: MockServer) -> MockServer:
    """A server by others, with nothing in it but its three people."""
    mock_server.reset()
    return mock_server


@pytest.fixture
def alice(program: Installed, server: MockServer) -> Installed:
    """The program, signed in there as alice; what she sends is held for a second."""
    program.settings("[sending]\nhold_seconds = 1\n")
    done = program.run("login", "mastodon", server.url, "--token-stdin", stdin="alice-token\n")
    assert done.returncode == 0, done.stderr
    assert "alice" in done.stdout
    return program
