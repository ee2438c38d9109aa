"""A status bar asks every few seconds: it is answered with what was counted when something changed.

Part of the composition root, like `program.py`. The counts are those of `queries.glance`; they are taken again in
every transaction that may change them, and asking opens the store and reads one row. Nothing of the program is
loaded for that but this module, `store.kept_counts` and the words of the verb.
"""

from __future__ import annotations

import os
import sys

from tui_inbox import __version__

TYPE_CHECKING = False  # that of `typing` takes as long to load as the whole answer
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui_inbox.store.store import Writing


def answer_at_once(arguments: Sequence[str], environment: Mapping[str, str]) -> bool:
    """Answer `tui-inbox glance` with what is kept; False, and nothing printed, where that takes the whole program.

    Args:
        arguments: those behind the verb. `--demo` and `--format` are understood here, others are not.
    """
    from tui_inbox.cli import glance
    from tui_inbox.store import kept_counts

    words = list(arguments)
    demo = "--demo" in words
    if demo:
        words.remove("--demo")
    form = words.pop() if len(words) == 2 else None
    if words != ([] if form is None else ["--format"]):
        return False
    counts = kept_counts.read(store_file(environment, demo=demo), __version__)
    line = None if counts is None else glance.line_of(*counts, form)
    if line:
        print(line)
    return line is not None


def store_file(environment: Mapping[str, str], *, demo: bool) -> str:
    """Where `paths.find_paths` says that the store is, found without loading what knows all platforms."""
    name = "demo.db" if demo else "inbox.db"
    if home := environment.get("TUI_INBOX_HOME"):
        return os.path.join(os.path.abspath(os.path.expanduser(home)), "data", name)  # noqa: PTH100, PTH111, PTH118  # pathlib takes half the time of the answer to load
    data = environment.get("XDG_DATA_HOME") or "~/.local/share"
    if sys.platform == "darwin":
        data = "~/Library/Application Support"
    return os.path.join(os.path.expanduser(data), "tui-inbox", name)  # noqa: PTH111, PTH118  # likewise


def keep_after(w: Writing) -> None:
    """Count again where what a transaction has changed may change who waits.

    The transaction must not fail at this: then nothing is kept, and whoever asks counts.
    """
    if not _may_matter(w):
        return
    try:
        keep(w)
    except Exception:
        import logging

        from tui_inbox.store import kept_counts

        logging.getLogger(__name__).exception("who waits could not be counted")
        kept_counts.forget(w)


def _may_matter(w: Writing) -> bool:
    """Whether changes are of the kinds that the Inbox is read again for."""
    from tui_inbox.core.changes import Topic
    from tui_inbox.store import items

    topics = {change.topic for change in w.changes}
    if topics & {Topic.INBOX, Topic.PEOPLE, Topic.OUTBOX, Topic.ACCOUNTS}:
        return True
    posts = {change.key for change in w.changes if change.topic is Topic.POST}
    return bool(posts) and items.any_waits_for(w.db, posts)


def keep(w: Writing) -> None:
    """Count who waits for all accounts together, and keep it; nothing is kept before the past is known."""
    from tui_inbox.clock import SystemClock
    from tui_inbox.queries import accounts, history
    from tui_inbox.queries.glance import glance
    from tui_inbox.queries.rows import Scope
    from tui_inbox.store import kept_counts

    scope = Scope(tuple(account.id for account in accounts.account_rows(w.db)))
    if not scope.accounts or history.unread(w.db, scope):
        kept_counts.forget(w)
        return
    now = SystemClock().now()
    found = glance(w.db, scope, now=now)
    kept_counts.put(w, __version__, found.waiting, found.newcomers, now)
