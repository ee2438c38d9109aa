"""The owner's keys: another key for something, the usual one again, a preset. All of it can be undone.

The settings file is the truth. It is changed in a transaction of the store, for which other processes wait, so that two
of them never write it at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future

from tui_inbox.commands.context import Context, NotPossible
from tui_inbox.commands.journal import Step, log
from tui_inbox.core.own_keys import KeyFile, KeysNotChanged
from tui_inbox.store.store import Writing

NO_FILE = "There is no settings file here to write a key into."


def read(ctx: Context) -> Future[Mapping[str, str]]:
    """The lines of the table `[keys]` that hold.

    Raises:
        NotPossible: (by the future) the file has a mistake, or there is none.
    """
    return ctx.change(lambda w: _read(ctx))


def change(ctx: Context, changes: Mapping[str, str | None], what: str) -> Future[Mapping[str, str]]:
    """Write lines of the table `[keys]`, and answer with those that hold then.

    Args:
        changes: by the id of what is done, the keys that shall do it; None to take the line out. `preset` is
            the name of one.
        what: what is done, in words that fit after "undone: ".

    Raises:
        NotPossible: (by the future) nothing was written.
    """

    def job(w: Writing) -> Mapping[str, str]:
        try:
            before = _file(ctx).lines()
            lines = _file(ctx).change(changes)
        except KeysNotChanged as reason:
            raise NotPossible(str(reason)) from None
        step: Step = {
            "step": "keys",
            "was": {id_: before.get(id_) for id_ in changes},
            "became": dict(changes),
        }
        log(w, ctx.clock.now(), None, what, [step])
        return lines

    return ctx.change(job)


def change_back(ctx: Context, step: Step) -> None:
    """Take a change back.

    Raises:
        NotPossible: the file says something else meanwhile, or cannot be written.
    """
    try:
        lines = _file(ctx).lines()
        if any(lines.get(id_) != keys for id_, keys in step["became"].items()):
            raise NotPossible("the settings file has other keys since")
        _file(ctx).change(step["was"])
    except KeysNotChanged as reason:
        raise NotPossible(str(reason)) from None


def _read(ctx: Context) -> Mapping[str, str]:
    try:
        return _file(ctx).read()
    except KeysNotChanged as reason:
        raise NotPossible(str(reason)) from None


def _file(ctx: Context) -> KeyFile:
    if ctx.keys is None:
        raise NotPossible(NO_FILE)
    return ctx.keys
