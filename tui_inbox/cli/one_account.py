"""Which account a verb writes for, where it can be one only."""

from __future__ import annotations

import sys

from tui_inbox.queries.rows import Scope


def one_account(scope: Scope) -> int | None:
    """The only account of a scope; None, and a sentence on standard error, where there are several."""
    if len(scope.accounts) == 1:
        return scope.accounts[0]
    print("Several accounts are signed in: name one with --account.", file=sys.stderr)
    return None
