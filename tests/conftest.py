"""What the whole suite shares: how much its properties try, and what takes long to set up."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest
from hypothesis import settings
from support.effort import THOROUGH_EXAMPLES, USUAL_EXAMPLES
from support.mastodon_mock_server import MockServer, running_mock

# How long an example takes says more of the machine's other work than of the program: no deadline.
settings.register_profile("usual", settings(), max_examples=USUAL_EXAMPLES, deadline=None)
settings.register_profile("thorough", settings(), max_examples=THOROUGH_EXAMPLES, deadline=None)
settings.load_profile("usual")


def pytest_configure() -> None:
    """Let programs that are started hear ctrl+c: a shell that runs the suite in the background leaves it ignored."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def mock_server() -> Iterator[MockServer]:
    """A Mastodon server by others that runs for the whole session."""
    with running_mock() as server:
        yield server
