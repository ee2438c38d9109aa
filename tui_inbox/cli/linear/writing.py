"""Commands that begin to write: an answer, a new post, a quote, a kept draft."""

from __future__ import annotations

from msgspec.structs import replace

from tui_inbox.cli.linear.reading import named_person
from tui_inbox.cli.linear.session import Session
from tui_inbox.cli.linear.spoken import sentence
from tui_inbox.cli.linear.things import Thing
from tui_inbox.cli.linear.writer import Writer
from tui_inbox.commands.context import NotPossible
from tui_inbox.core.draft import Draft
from tui_inbox.queries import helping
from tui_inbox.queries import thread as thread_query
from tui_inbox.queries.rows import ReplyContext

NOTHING_TO_ANSWER = "There is nothing here to answer."


def reply(session: Session, words: str) -> None:
    """Answer everybody in it; go on with a draft."""
    thing, _ = session.split(words)
    _answer(session, thing, everybody=True)


def reply_author(session: Session, words: str) -> None:
    """Answer its author only."""
    thing, _ = session.split(words)
    _answer(session, thing, everybody=False)


def _answer(session: Session, thing: Thing, *, everybody: bool) -> None:
    if thing.draft is not None:
        write_on(session, thing.draft.draft)
    elif thing.post is not None:
        _begin(session, thing.account, thing.post.id, everybody=everybody)
    elif thing.person is not None:
        _begin(session, thing.account, None, begun=f"@{thing.person.handle} ")
    else:
        raise NotPossible(NOTHING_TO_ANSWER)


def write(session: Session, words: str) -> None:
    """Write a new post from the account that is shown, or the first one; with a name, begin with that."""
    if words:
        somebody = named_person(session, words)
        assert somebody.person is not None, "it was found by name"
        _begin(session, somebody.account, None, begun=f"@{somebody.person.handle} ")
    else:
        _begin(session, session.scope.accounts[0], None)


def quote(session: Session, words: str) -> None:
    """Pass a post on with a word of one's own."""
    thing, _ = session.split(words)
    if thing.post is None:
        raise NotPossible("There is no post here.")
    quoting = session.ask(helping.quoting, thing.account, thing.post.id)
    session.say(sentence(quoting.sentence))
    if quoting.draft is not None:
        write_on(session, quoting.draft)


def write_on(session: Session, draft: Draft) -> None:
    """Go on with a draft."""
    context = _context(session, draft.account, draft.reply_to)
    Writer(session, replace(context, draft=draft)).run()


def _begin(
    session: Session, account: int, post: int | None, *, everybody: bool = True, begun: str = ""
) -> None:
    context = _context(session, account, post, everybody=everybody)
    draft = context.draft
    if context.out_of_reach and not draft.id:
        raise NotPossible(context.out_of_reach)
    draft = replace(draft, text=draft.text or begun)
    Writer(session, replace(context, draft=draft)).run()


def _context(
    session: Session, account: int, post: int | None, *, everybody: bool = True
) -> ReplyContext:
    """Whom it answers, and the draft that is kept for that; a new post is always a fresh one.

    Raises:
        NotPossible: the post or the account is gone.
    """
    try:
        return session.ask(
            thread_query.reply_context,
            account,
            post,
            now=session.now(),
            everybody=everybody,
            goes_on=post is not None,
        )
    except LookupError as gone:
        raise NotPossible(str(gone)) from gone
