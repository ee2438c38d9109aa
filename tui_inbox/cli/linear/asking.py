"""Commands about what a server alone knows: translations, earlier wordings, what was typed; the check of a stranger."""

from __future__ import annotations

import os
from concurrent.futures import Future
from typing import TypeVar

from tui_inbox.cli.linear import spoken
from tui_inbox.cli.linear.acting import person_of, post_of
from tui_inbox.cli.linear.session import Session
from tui_inbox.cli.linear.spoken import sentence
from tui_inbox.cli.linear.writing import write_on
from tui_inbox.commands import own_posts
from tui_inbox.commands.context import NotPossible
from tui_inbox.core.languages import base, language_name, system_language
from tui_inbox.core.ports import Told
from tui_inbox.queries import accounts, drafts, strangers

T = TypeVar("T")

NOT_YOURS = "Only what is yours can be changed."


def _told(session: Session, asked: Future[Told[T]]) -> T:
    answer = session.wait(asked)
    if answer.what is None:
        raise NotPossible(answer.sentence)
    return answer.what


def translate(session: Session, words: str) -> None:
    """Read a translation by the account's server."""
    thing, _ = session.split(words)
    post = post_of(thing)
    usual = session.ask(accounts.usual_language, post.account)
    language = base(usual) if usual else system_language(os.environ)
    asked = session.fetcher.read_translation(post.account, post.id, language)
    found = _told(session, asked)
    whence = f"From {language_name(found.spoken)}" if found.spoken else "Translated"
    session.say(sentence(f"{whence}{f', by {found.translator}' if found.translator else ''}"))
    session.say(sentence(f"Warning: {found.warning}") if found.warning else "")
    session.say(*found.text.splitlines())
    session.say(*(sentence(f"Choice {n}: {one}") for n, one in enumerate(found.options, 1)))
    session.say(*(sentence(f"Attachment {n}: {alt}") for n, alt in enumerate(found.alts, 1) if alt))


def versions(session: Session, words: str) -> None:
    """Read how a post stood before, oldest first."""
    thing, _ = session.split(words)
    post = post_of(thing)
    found = _told(session, session.fetcher.read_versions(post.account, post.id))
    for number, one in enumerate(found, 1):
        session.say(f"{number}. {sentence(spoken.began(spoken.ago(one.at, session.now())))}")
        session.say(sentence(f"Warning: {one.warning}") if one.warning else "")
        session.say(*one.text.splitlines())


def edit(session: Session, words: str) -> None:
    """Change a post of one's own: go on with a change that was begun, else begin with what was typed."""
    thing, _ = session.split(words)
    post = post_of(thing)
    if not post.mine:
        raise NotPossible(NOT_YOURS)
    begun = session.ask(drafts.edit_of, post.account, post.id)
    if begun is None:
        original = _told(session, session.fetcher.read_original(post.account, post.id))
        begun = own_posts.edit(session.ctx, post.account, post.id, original).result()
    write_on(session, begun)


def check(session: Session, words: str) -> None:
    """Look now what the recent posts of somebody tell, and say what was found."""
    thing, _ = session.split(words)
    person = person_of(thing)
    session.say(sentence(session.wait(session.fetcher.check_stranger(thing.account, person.id))))
    found = session.ask(strangers.check_view, thing.account, person.id, now=session.now())
    if found is None:
        raise NotPossible(f"Nothing was found out about {person.name} yet.")
    why = f" ({found.why})" if found.why else ""
    session.say(sentence(f"{person.name} {found.verdict}{why}, {found.basis}"))
    session.say(*(sentence(f"{spoken.began(one.label)}: {one.words}") for one in found.lines))
