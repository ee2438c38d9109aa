"""`tui-inbox login`: sign in to a server."""

from __future__ import annotations

import argparse
import os
import sys

from tui_inbox.cli.exit_codes import DONE, FAILED
from tui_inbox.cli.program import Program
from tui_inbox.core.ports import NetworkError
from tui_inbox.queries.rows import Scope


class Terminal:
    """The owner at a terminal: sees an address, opens it, and pastes a code where there is no browser here."""

    def __init__(self, *, browser: bool) -> None:
        self._browser = browser

    def show_address(self, url: str) -> None:
        """Print the page where the owner says yes, and open it where there is a browser."""
        print(f"Say yes in your browser:\n\n  {url}\n", flush=True)
        if self._browser:
            import webbrowser

            webbrowser.open(url)

    def ask_code(self) -> str:
        """Ask for the code that the page shows."""
        return input("The code it shows: ").strip()


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Sign in and keep the account. A token is read from standard input only, never from the arguments."""
    token = sys.stdin.readline().strip() if options.token_stdin else None
    if token == "":
        print("There was no token on standard input. Nothing was changed.", file=sys.stderr)
        return FAILED
    remote = "SSH_CONNECTION" in os.environ
    paste = options.paste or (remote and token is None)
    try:
        handle = program.sign_in(
            options.network,
            options.server,
            ways=Terminal(browser=not paste),
            paste=paste,
            token=token,
        )
    except (NetworkError, ValueError) as error:  # ValueError: the address is none
        print(f"{error} Nothing was changed.", file=sys.stderr)
        return FAILED
    except EOFError:
        print("No code was given. Nothing was changed.", file=sys.stderr)
        return FAILED
    print(f"Signed in as {handle}. Start tui-inbox to read.")
    return DONE
