"""Lists of a server: people put on them and taken off, told to the server by the outbox."""

from __future__ import annotations

from concurrent.futures import Future

from tui_inbox.commands.acts import put_act
from tui_inbox.commands.context import Context, Outcome
from tui_inbox.commands.journal import log, name_of
from tui_inbox.core.act import ActKind
from tui_inbox.core.pending import done_to_person
from tui_inbox.store import accounts, laid_over, people
from tui_inbox.store.store import Writing


def put_on(ctx: Context, account: int, person: int, list_id: str, title: str) -> Future[Outcome]:
    """Put somebody on a list.

    Args:
        account: local id of the account whose list it is.
        person: local id of whom; most servers list only people whom the account follows.
        list_id: the server's id of the list.
        title: its title, for the sentence.
    """

    def job(w: Writing) -> Outcome:
        anybody = accounts.account(w.db, account).limits.lists_anybody
        if not anybody and not _follows(w, account, person):
            name = name_of(w.db, person)
            return Outcome(f"You do not follow {name}; only people you follow can be on a list.")
        return _change(ctx, w, account, person, ActKind.LIST, list_id, title)

    return ctx.send(job)


def take_off(ctx: Context, account: int, person: int, list_id: str, title: str) -> Future[Outcome]:
    """Take somebody off a list; see `put_on`."""
    return ctx.send(lambda w: _change(ctx, w, account, person, ActKind.UNLIST, list_id, title))


def _change(
    ctx: Context, w: Writing, account: int, person: int, act: ActKind, list_id: str, title: str
) -> Outcome:
    name, on = name_of(w.db, person), act is ActKind.LIST
    if laid_over.lists_of(w.db, account, person).get(list_id) is on:
        return Outcome(f"{name} is {'' if on else 'not '}on the list “{title}” already.")
    step = put_act(ctx, w, account, act, person=person, text=list_id)
    what = f"{'putting' if on else 'taking'} {name} {'on' if on else 'off'} the list “{title}”"
    sentence = f"{name} is {'on' if on else 'no longer on'} the list “{title}”"
    return Outcome(sentence, log(w, ctx.clock.now(), account, what, [step]))


def _follows(w: Writing, account: int, person: int) -> bool:
    """Whether an account follows somebody, counting what has not left yet."""
    seen = people.view(w.db, account, person)
    pending = laid_over.pending_acts_on_people(w.db, account, [person]).get(person, ())
    following = seen is not None and seen.following
    done = done_to_person(following=following, muting=False, blocking=False, pending=pending)
    return ActKind.FOLLOW in done
