"""What the owner decides about reading: whose warnings are opened unasked."""

from __future__ import annotations

from concurrent.futures import Future

from tui_inbox.commands.context import Context, Outcome
from tui_inbox.commands.journal import Step, log, name_of
from tui_inbox.store import reading
from tui_inbox.store.store import Writing


def open_warnings(ctx: Context, account: int, person: int) -> Future[Outcome]:
    """Show from now on what somebody puts behind warnings; if that is so already, fold it again."""

    def job(w: Writing) -> Outcome:
        was = person in reading.opened(w.db, account)
        reading.set_opened(w, account, person, not was)
        step: Step = {"step": "warnings", "account": account, "person": person, "was": was}
        name = name_of(w.db, person)
        what = f"{'folding' if was else 'opening'} the warnings of {name}"
        sentence = (
            f"{name}: warnings are folded again"
            if was
            else f"{name}: warnings are shown open from now on"
        )
        return Outcome(sentence, log(w, ctx.clock.now(), account, what, [step]))

    return ctx.change(job)
