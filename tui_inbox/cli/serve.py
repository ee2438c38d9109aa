"""`tui-inbox serve`: the screen in a browser on the same machine."""

from __future__ import annotations

import argparse
import socket
import sys

from tui_inbox.cli.exit_codes import DONE, FAILED
from tui_inbox.cli.program import Program
from tui_inbox.core.moment import to_datetime
from tui_inbox.queries.rows import Scope

NOT_INSTALLED = (
    "The browser needs one thing more, which was not installed: pip install 'tui-inbox[serve]'. "
    "Nothing was started."
)
TAKEN = "Port {port} cannot be had ({reason}); nothing was started. --port names another."
LOOPBACK = "127.0.0.1"


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Serve it until ctrl+c. The process that draws is started when a page is opened."""
    try:
        from tui_inbox.browser.server import BrowserServer
    except ModuleNotFoundError:
        print(NOT_INSTALLED, file=sys.stderr)
        return FAILED
    if (reason := _why_not(options.port)) is not None:
        print(TAKEN.format(port=options.port, reason=reason), file=sys.stderr)
        return FAILED
    BrowserServer(_arguments(options), options.port).serve()
    return DONE


def _arguments(options: argparse.Namespace) -> list[str]:
    """What the screen is started with."""
    if not options.demo:
        return []
    told = ["demo", "--seed", str(options.seed), "--speed", str(options.speed)]
    if options.now is None:
        return told
    return [*told, "--now", to_datetime(options.now).isoformat()]


def _why_not(port: int) -> str | None:
    """Why a port cannot be had; None if it can."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((LOOPBACK, port))
        except OSError as error:
            return (error.strerror or str(error)).lower()
    return None
