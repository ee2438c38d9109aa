"""What `post` and `reply` have in common: a text, an audience, and its way through the outbox."""

from __future__ import annotations

import argparse
import sys

from msgspec.structs import replace

from tui_inbox.cli.exit_codes import DONE, FAILED, QUEUED
from tui_inbox.cli.program import Program
from tui_inbox.commands import sending
from tui_inbox.core.audiences import IN_WORDS
from tui_inbox.core.draft import Draft
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.post import Audience
from tui_inbox.core.text import clean
from tui_inbox.queries.rows import ReplyContext


def read_text(options: argparse.Namespace) -> str:
    """The text from the arguments, else from standard input."""
    return clean(" ".join(options.text) if options.text else sys.stdin.read())


def with_options(draft: Draft, options: argparse.Namespace, text: str) -> Draft:
    """The draft with the text and what the options say of it.

    Raises:
        ValueError: the audience asked for is wider than what is answered.
    """
    audience = Audience(options.audience or draft.audience)
    if draft.reply_to is not None and audience.is_wider_than(draft.audience):
        raise ValueError(
            f"What you answer is for {IN_WORDS[draft.audience]}, so the answer cannot be for "
            f"{IN_WORDS[audience]}. Nothing was sent."
        )
    return replace(draft, text=text, warning=options.warning or draft.warning, audience=audience)


def send(program: Program, context: ReplyContext, draft: Draft, *, dry_run: bool) -> int:
    """Send a draft, or say what would be sent. Returns the exit code."""
    if dry_run:
        to = ", ".join(person.name for person in context.to)
        print(f"{context.account.handle} · {f'to {to} · ' if to else ''}{IN_WORDS[draft.audience]}")
        print(draft.text)
        return DONE
    sent = sending.send_now(program.context, draft).result()
    if not sent.rows:
        print(sent.sentence, file=sys.stderr)
        return FAILED
    return max(tell(*program.send(row)) for row in sent.rows)


def tell(state: OutboxState, reason: str) -> int:
    """Say what became of something that was to be sent. Returns the exit code.

    Args:
        state: that of its row in the outbox.
        reason: why it is not sent, a sentence; empty where nothing is known.
    """
    match state:
        case OutboxState.SENT:
            print("Sent.")
            return DONE
        case OutboxState.REFUSED:
            print(f"Refused, and kept in the outbox: {reason}", file=sys.stderr)
            return FAILED
        case OutboxState.UNKNOWN:
            print(
                "It is not known whether it arrived. It is kept in the outbox, and looked for before it is sent again."
            )
            return QUEUED
    print(f"It waits in the outbox: {reason or 'the running program will send it.'}")
    return QUEUED
