"""Commands about what was begun and what has not left: drafts, the outbox, and taking a send back."""

from __future__ import annotations

from tui_inbox.cli import outbox as outbox_verb
from tui_inbox.cli.linear import spoken
from tui_inbox.cli.linear.session import Session
from tui_inbox.cli.linear.things import Listed, Thing
from tui_inbox.cli.linear.writing import write_on
from tui_inbox.commands import drafts as draft_commands
from tui_inbox.commands import sending
from tui_inbox.commands.context import NotPossible
from tui_inbox.core.moment import SECOND
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.queries import drafts as draft_query
from tui_inbox.queries import outbox as outbox_query
from tui_inbox.queries.overviews import DraftRow, OutboxItem

IN_DOUBT = (
    "It is not known whether it arrived: look asks the server, arrived says that it has, and retry again "
    "sends it again."
)


def drafts(session: Session, words: str) -> None:
    """List what was begun and kept."""
    rows = session.ask(draft_query.rows, session.scope)
    if not rows:
        session.say("Nothing is begun and not sent.")
    else:
        session.read_out([_draft(session, row) for row in rows])


def _draft(session: Session, row: DraftRow) -> Listed:
    label, now = session.label(row.draft.account), session.now()
    thing = Thing(row.draft.account, draft=row)
    return Listed(thing, lambda number: spoken.draft_line(number, row, label, now))


def outbox(session: Session, words: str) -> None:
    """List what has not left."""
    rows = session.ask(outbox_query.rows, session.scope)
    if not rows:
        session.say("Everything has left.")
    else:
        session.read_out([_outgoing(session, row) for row in rows])


def _outgoing(session: Session, row: OutboxItem) -> Listed:
    label, now = session.label(row.account), session.now()
    because = f": {row.reason}" if row.reason else ""
    if row.state is OutboxState.HELD:
        stands = f"leaves in {max(0, row.release_at - now) // SECOND} seconds, unsend stops it"
    else:
        stands = f"{outbox_verb.stands(row, now)}{because}"
    return Listed(
        Thing(row.account, outgoing=row),
        lambda number: spoken.outbox_line(number, row, label, stands),
    )


def unsend(session: Session, words: str) -> None:
    """Stop everything that is held, and go on writing at the text that was sent last."""
    status = session.ask(outbox_query.status, session.scope, session.fetcher.health())
    draft = sending.stop_held(session.ctx).result()
    if draft is not None:
        session.say("Stopped. It is a draft again.")
        write_on(session, draft)
    else:
        session.say("Stopped." if status.held else "Nothing is held any more.")


def retry(session: Session, words: str) -> None:
    """Try a row of the outbox again now; what may have arrived, when it is said twice."""
    row = _row(session, words)
    meant = ("retry", row.id)
    if row.state is OutboxState.UNKNOWN and session.asked != meant:
        session.asked = meant
        session.say(IN_DOUBT)
        return
    session.tell(sending.retry(session.ctx, row.id))


def look(session: Session, words: str) -> None:
    """Look whether a text has arrived of which that is not known; nothing is sent by it."""
    session.tell(sending.look_again(session.ctx, _row(session, words).id))


def arrived(session: Session, words: str) -> None:
    """Believe the owner that it has."""
    session.tell(sending.mark_sent(session.ctx, _row(session, words).id))


def _row(session: Session, words: str) -> OutboxItem:
    thing, _ = session.split(words)
    if thing.outgoing is None:
        raise NotPossible("This is nothing of the outbox: outbox lists what has not left.")
    return thing.outgoing


def discard(session: Session, words: str) -> None:
    """Throw a draft or a row of the outbox away; undo brings it back."""
    thing, _ = session.split(words)
    if thing.outgoing is not None:
        session.tell(sending.discard(session.ctx, thing.outgoing.id))
    elif thing.draft is not None:
        session.tell(draft_commands.throw_away(session.ctx, thing.draft.draft.id))
    else:
        raise NotPossible(
            "This is neither a draft nor in the outbox: drafts and outbox list those."
        )
