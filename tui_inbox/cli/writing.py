"""What the verbs that write have in common: a text, what goes with it, and its way through the outbox."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec.structs import replace

from tui_inbox.cli.exit_codes import DONE, FAILED, QUEUED
from tui_inbox.cli.preview import preview_lines
from tui_inbox.cli.printing import print_lines
from tui_inbox.cli.program import Program
from tui_inbox.commands import files, sending, texts
from tui_inbox.commands.context import Context, NotPossible
from tui_inbox.commands.later import parse_later
from tui_inbox.core.account import Limits
from tui_inbox.core.audiences import IN_WORDS
from tui_inbox.core.capability import No
from tui_inbox.core.draft import Attachment, Draft, PollDraft
from tui_inbox.core.language_tag import language_tag
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.post import Audience
from tui_inbox.core.text import clean, clean_line
from tui_inbox.queries import accounts, helping, outbox, thread, words
from tui_inbox.queries.overviews import OutboxItem
from tui_inbox.queries.rows import ReplyContext, Scope


def read_text(options: argparse.Namespace) -> str:
    """The text from the arguments, else from standard input."""
    return clean(" ".join(options.text) if options.text else sys.stdin.read())


def with_options(program: Program, draft: Draft, options: argparse.Namespace, text: str) -> Draft:
    """The draft with the text, and with all that the options say of it.

    Raises:
        NotPossible: with the reason: the audience is wider than what is answered, or a language, a file, a time or a
            post is not what is asked for.
    """
    audience = Audience(options.audience or draft.audience)
    if draft.reply_to is not None and audience.is_wider_than(draft.audience):
        raise NotPossible(
            f"What you answer is for {IN_WORDS[draft.audience]}, so the answer cannot be for "
            f"{IN_WORDS[audience]}. Nothing was sent."
        )
    senders = (draft.account, *draft.also_from)
    limits = tuple(program.reader.ask(accounts.limits, senders).result().values())
    whole = replace(
        draft,
        text=text,
        warning=clean_line(options.warning) or draft.warning,
        audience=audience,
        language=_language(options.language or "") or draft.language,
        attachments=tuple(attached(program.context, limits, *named) for named in options.files),
        poll=_poll(options),
        send_at=_moment(program, options.at),
        split=options.split,
    )
    return _quoting(program, whole, options) if options.quote else whole


def _language(typed: str) -> str | None:
    """The language of a text.

    Raises:
        NotPossible: it is no tag of one.
    """
    try:
        return language_tag(clean_line(typed))
    except ValueError as error:
        raise NotPossible(str(error)) from error


NOT_MEANT = "Not sent: {}; --anyway sends it."
"""Of what is doubted in a text that could be sent."""


def send(
    program: Program,
    context: ReplyContext,
    draft: Draft,
    *,
    dry_run: bool,
    anyway: bool = False,
    done: str = "Sent.",
) -> int:
    """Send a draft, or say what would be sent. Returns the exit code.

    Args:
        context: whom it answers, and by which account.
        anyway: send it also where a link is the first word to somebody.
        done: what to say where the server has it.
    """
    if dry_run:
        return _preview(program, context, draft, anyway=anyway)
    sent = sending.send_now(program.context, draft, asked=anyway).result()
    if not sent.rows:
        print(NOT_MEANT.format(sent.sentence) if sent.asks else sent.sentence, file=sys.stderr)
        return FAILED
    heads = _heads(program, sent.rows) if len(sent.rows) > 1 else {}
    return worst([_see_to(program, row, heads.get(row, ""), done) for row in sent.rows])


def worst(codes: Iterable[int]) -> int:
    """The exit code of several: refused before queued before sent."""
    found = set(codes)
    return FAILED if FAILED in found else max(found, default=DONE)


def tell(state: OutboxState, reason: str, head: str = "", *, done: str = "Sent.") -> int:
    """Say what became of something that was to be sent. Returns the exit code.

    Args:
        state: that of its row in the outbox.
        reason: why it is not sent, a sentence; empty where nothing is known.
        head: which of several it is, as `mira@town.example: `.
        done: what to say where the server has it.
    """
    match state:
        case OutboxState.SENT:
            print(f"{head}{done}")
            return DONE
        case OutboxState.REFUSED:
            print(f"{head}Refused, and kept in the outbox: {reason}", file=sys.stderr)
            return FAILED
        case OutboxState.UNKNOWN:
            print(
                f"{head}It is not known whether it arrived. It is kept in the outbox, and looked for before it is "
                "sent again."
            )
            return QUEUED
        case OutboxState.DISCARDED:
            print(f"{head}It was thrown away meanwhile.", file=sys.stderr)
            return FAILED
    print(f"{head}It waits in the outbox: {reason or 'the running program will send it.'}")
    return QUEUED


def _preview(program: Program, context: ReplyContext, draft: Draft, *, anyway: bool) -> int:
    if refusal := program.reader.ask(texts.refusal_of, draft).result():
        print(refusal, file=sys.stderr)
        return FAILED
    doubt = program.reader.ask(sending.doubt_of, draft).result()
    if doubt and not anyway:
        print(NOT_MEANT.format(doubt), file=sys.stderr)
        return FAILED
    known = {row.id: row for row in program.reader.ask(accounts.account_rows).result()}
    senders = [one for one in (draft.account, *draft.also_from) if one in known]
    limits = program.reader.ask(accounts.limits, senders).result()
    for number, account in enumerate(senders):
        if number:
            print()
        lines = preview_lines(known[account], limits[account], context.to, draft, program.now())
        print_lines(lines)
    return DONE


def _see_to(program: Program, row: int, head: str, done: str) -> int:
    """See a row to its end, or to where it waits. Returns the exit code."""
    item = _item(program, row)
    if item is not None and _waits_for_its_moment(item, program.now()):
        return _tell_moment(program, item, head)
    state, reason = program.send(row)
    if state is OutboxState.SCHEDULED and (item := _item(program, row)) is not None:
        return _tell_moment(program, item, head)
    return tell(state, reason, head, done=done)


def _item(program: Program, row: int) -> OutboxItem | None:
    everybody = Scope(tuple(one.id for one in program.reader.ask(accounts.account_rows).result()))
    rows = program.reader.ask(outbox.rows, everybody).result()
    return next((one for one in rows if one.id == row), None)


def _heads(program: Program, rows: Iterable[int]) -> dict[int, str]:
    """Which of several each row is, before the first of them has left: `mira@town.example, part 2 of 3: `."""
    known = {row.id: row for row in program.reader.ask(accounts.account_rows).result()}
    items = [item for row in rows if (item := _item(program, row)) is not None]
    return {
        item.id: f"{known[item.account].handle}{f', {item.part}' if item.part else ''}: "
        for item in items
    }


def _waits_for_its_moment(item: OutboxItem, now: int) -> bool:
    return item.state is OutboxState.SCHEDULED and item.release_at > now


def _tell_moment(program: Program, item: OutboxItem, head: str) -> int:
    """Say who posts it at its moment: the server, or this program if it runs then."""
    now = program.now()
    at = words.coming_at(item.release_at, now, words.local_zone(now))
    by_us = f"it leaves {at} if tui-inbox is open then; tui-inbox outbox lists it."
    print(f"{head}{f'The server posts it {at}.' if item.at_server else f'Scheduled: {by_us}'}")
    return QUEUED


# What goes with it


def attached(ctx: Context, limits: Sequence[Limits], file: str, alt: str) -> Attachment:
    """A file that is to go with a text.

    Args:
        ctx: the hands of commands.
        limits: what the servers allow that are to take it.
        file: its path, as it was typed.
        alt: what can be seen or heard in it.

    Raises:
        NotPossible: there is no such file, a server would not take it, or the description is too long.
    """
    alt = described(limits, file, alt)
    return replace(files.keep(ctx, Path(file).expanduser(), limits), alt=alt)


def described(limits: Sequence[Limits], file: str, alt: str) -> str:
    """The description of a file.

    Raises:
        NotPossible: it is longer than a server takes.
    """
    words = clean(alt)
    longest = min(one.alt_characters for one in limits)
    if len(words) > longest:
        raise NotPossible(
            f"The server takes a description of {longest} characters at most; {clean_line(file)} has "
            f"{len(words)}. Nothing was sent."
        )
    return words


def _poll(options: argparse.Namespace) -> PollDraft | None:
    if options.poll is None:
        return None
    return PollDraft(choices(options.poll), options.poll_lasts, options.poll_multiple)


def choices(typed: str) -> tuple[str, ...]:
    """The choices of a poll that was typed as `rye|spelt`."""
    return tuple(choice for one in typed.split("|") if (choice := clean_line(one)))


def _moment(program: Program, at: str | None) -> int | None:
    if at is None:
        return None
    try:
        return parse_later(at, program.now()).until
    except ValueError as wrong:
        raise NotPossible(f"{wrong} Nothing was sent.") from None


def _quoting(program: Program, draft: Draft, options: argparse.Namespace) -> Draft:
    """The draft, quoting a post; for no more people than that is for."""
    found = program.reader.ask(thread.find_post, Scope((draft.account,)), options.quote).result()
    if found is None:
        raise NotPossible(f"No stored post is known as {options.quote!r}. Nothing was sent.")
    quoting = program.reader.ask(helping.quoting, *found).result()
    if quoting.draft is None or quoting.draft.quotes is None:
        raise NotPossible(f"{quoting.sentence.partition(':')[0]}; nothing was sent.")
    audience = program.reader.ask(helping.audience_of_quote, *found, draft.audience).result()
    if isinstance(audience, No):
        raise NotPossible(f"{audience.sentence} Nothing was sent.")
    if options.audience and audience is not draft.audience:
        raise NotPossible(
            f"What you quote is for {IN_WORDS[audience]}, so the quote cannot be for "
            f"{IN_WORDS[draft.audience]}. Nothing was sent."
        )
    return replace(draft, quotes=found[1], audience=audience)
