"""Changing an own profile: through the outbox, as all that leaves.

So it is held before it leaves, waits where there is no line, is never lost with the program, and is taken back by
undo. It carries the words that it was made on: what another client has written since is not written over.
"""

from __future__ import annotations

from concurrent.futures import Future

from tui_inbox.commands.acts import put_act
from tui_inbox.commands.context import Context, NotPossible, Outcome
from tui_inbox.commands.journal import Step, log
from tui_inbox.commands.outgoing import stop
from tui_inbox.core.act import ActKind
from tui_inbox.core.moment import SECOND
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.profile import ProfileEdit
from tui_inbox.store import accounts, outbox
from tui_inbox.store.store import Writing

NOTHING = Outcome("Nothing was changed.")
_WHAT = "the change of your profile"


def change(ctx: Context, account: int, edit: ProfileEdit) -> Future[Outcome]:
    """Let an account's profile become what an edit says.

    Args:
        edit: with the words as they stood when it was made.
    """

    def job(w: Writing) -> Outcome:
        if not edit.parts:
            return NOTHING
        step = _put(ctx, w, account, edit)
        sentence = f"your profile changes in {ctx.hold // SECOND} s, u takes it back"
        return Outcome(sentence, log(w, ctx.clock.now(), account, _WHAT, [step]))

    return ctx.send(job)


def take_back(ctx: Context, w: Writing, step: Step) -> str:
    """Stop a change, or have the former words written where it has left."""
    row = outbox.row(w.db, step["row"])
    if row is None or row.state in (OutboxState.DISCARDED, OutboxState.REFUSED):
        raise NotPossible("it was not made")
    if row.is_surely_unsent:
        stop(w, row, ctx.clock.now())
        return ""
    if row.is_in_doubt or row.state is OutboxState.SENDING:
        raise NotPossible("it may have left already")
    _put(ctx, w, row.account, ProfileEdit.from_json(row.content).reverse)
    return "the former words leave in a moment"


def _put(ctx: Context, w: Writing, account: int, edit: ProfileEdit) -> Step:
    owner = accounts.owner(w.db, account)
    put = put_act(ctx, w, account, ActKind.PROFILE, person=owner, text=edit.to_json())
    return {"step": "profile", "account": account, "row": put["row"]}
