"""`tui-inbox login`: sign in to a server."""

from __future__ import annotations

import argparse
import os
import sys

from tui_inbox.cli.exit_codes import DONE, FAILED
from tui_inbox.cli.program import Program
from tui_inbox.core.ports import NetworkError
from tui_inbox.core.sign_in import SignInCall
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

    def ask_address(self) -> str:
        """Ask for the address where the browser ended: it is on another machine, and finds nothing there."""
        print("After that it ends on a page that it cannot show. Copy the address of that page.")
        return input("The address: ").strip()

    def ask_password(self, whose: str) -> str:
        """Ask for a password, which is not shown while it is typed."""
        import getpass

        return getpass.getpass(f"App password of {whose}: ").strip()

    def ask_secret(self, whose: str) -> str:
        """Ask for the secret of an app, which is not shown while it is typed."""
        import getpass

        return getpass.getpass(f"Client secret of {whose}: ").strip()


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Sign in and keep the account. Secrets are read from standard input only, never from the arguments."""
    if wrong := _misfit(options):
        print(f"{wrong} Nothing was changed.", file=sys.stderr)
        return FAILED
    is_handed = options.token_stdin or options.password_stdin
    secret = sys.stdin.readline().strip() if is_handed else None
    if secret == "":
        what = "token" if options.token_stdin else "password"
        print(f"There was no {what} on standard input. Nothing was changed.", file=sys.stderr)
        return FAILED
    remote = "SSH_CONNECTION" in os.environ
    by_page = secret is None or options.network == "x"
    paste = options.paste or (remote and by_page)
    browser = options.browser or options.paste
    call = SignInCall(
        options.network,
        options.server,
        options.at,
        browser,
        paste,
        secret,
        confidential=options.confidential,
        port=options.port,
    )
    try:
        handle = program.sign_in(call, Terminal(browser=not paste))
    except (NetworkError, ValueError) as error:  # ValueError: the address is none
        print(f"{error} Nothing was changed.", file=sys.stderr)
        return FAILED
    except EOFError:
        print("Nothing was typed. Nothing was changed.", file=sys.stderr)
        return FAILED
    print(f"Signed in as {handle}. Start tui-inbox to read.")
    return DONE


def _misfit(options: argparse.Namespace) -> str:
    """What was asked for that its network does not know; empty where all fits."""
    is_x, by_password = options.network == "x", options.network == "bluesky"
    if is_x and (options.token_stdin or options.browser):
        return "On X one signs in in the browser, so --token-stdin and --browser say nothing there."
    if not is_x and (options.confidential or options.port):
        return "--confidential and --port are for X."
    if by_password and options.token_stdin:
        return "Bluesky asks for an app password: --password-stdin reads it, and --browser does without."
    if not (by_password or is_x) and (options.password_stdin or options.browser or options.at):
        return "--password-stdin, --browser and --at are for Bluesky."
    return ""
