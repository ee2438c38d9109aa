"""Forgetting what the order has learnt from what the owner does. The ledger keeps all; it only teaches anew."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future

from msgspec.structs import replace

from tui_inbox.commands.context import Context, Outcome
from tui_inbox.commands.journal import Step, log
from tui_inbox.core.moment import Millis
from tui_inbox.priority.tie import NEVER, AccountState, UnknownPacking, unpack_ties
from tui_inbox.store import learning, ledger
from tui_inbox.store.store import Writing


def forget(ctx: Context, accounts: Iterable[int]) -> Future[Outcome]:
    """Learn anew from now on what the owner answers, and whom they write to."""

    def job(w: Writing) -> Outcome:
        now = ctx.clock.now()
        steps: list[Step] = []
        for account in accounts:
            steps.append(
                {"step": "learning", "account": account, "was": learning.begun(w.db, account)}
            )
            learning.set_begun(w, account, now)
            _begin_anew(w, account, now)
        sentence = "what was learnt is forgotten; it is learnt anew from now on"
        return Outcome(sentence, log(w, now, None, "forgetting what was learnt", steps))

    return ctx.change(job)


def _begin_anew(w: Writing, account: int, now: Millis) -> None:
    """Leave in the packed states what making them anew from the ledger would leave.

    States of another version are left alone: whoever makes them anew knows from which moment on to learn.
    """
    packed = ledger.ties(w.db, account)
    own = packed.pop(ledger.OWN_STATE, None)
    for person, tie in unpack_ties(packed).items():
        if tie.asked:
            bare = replace(tie, asked=0, answered=0, opened=NEVER, opened_before=NEVER)
            ledger.put_tie(w, account, person, bare.pack(), bare.newest)
    try:
        before = AccountState.unpack(own) if own else AccountState()
    except UnknownPacking:
        return
    bare_state = AccountState(
        last_out=before.last_out, learnt_to=before.learnt_to, learns_from=now, late=before.late
    )
    ledger.put_tie(w, account, ledger.OWN_STATE, bare_state.pack(), bare_state.last_out)
