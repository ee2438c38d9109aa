"""What one does not want to hear of any more: conversations, boosts, words, servers; and telling moderators."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future

from tui_inbox.commands.acts import NOT_HERE, leave, not_shown, put_act
from tui_inbox.commands.context import Context, Outcome
from tui_inbox.commands.items import close_all
from tui_inbox.commands.journal import Step, log, name_of
from tui_inbox.core.act import ActKind, Report
from tui_inbox.core.conversation import ItemEvent
from tui_inbox.core.moment import SECOND
from tui_inbox.core.text import clean_line
from tui_inbox.store import accounts, items, laid_over, outbox, people, posts
from tui_inbox.store.database import Connection
from tui_inbox.store.items import Item
from tui_inbox.store.store import Writing

LEAST_OF_A_WORD = 2
"""A shorter word would hide nearly everything."""
OWN_SERVER = "This is your own server; nothing was blocked."
NO_SERVER = Outcome("Nobody stands under a server there; nothing was blocked.")
NO_BOOSTS_ALONE = Outcome("Nobody's boosts can be hidden alone there; nothing was changed.")
LONGEST_COMMENT = 1000
"""More is cut by Mastodon's moderators' pages, and refused by the server (`Report::COMMENT_SIZE_LIMIT`)."""


def toggle_talk(ctx: Context, account: int, post: int) -> Future[Outcome]:
    """Mute the conversation of a post, or hear of it again. What is open in it is off the plate."""

    def job(w: Writing) -> Outcome:
        stored = posts.post(w.db, account, post)
        if stored is None or stored.deleted:
            return NOT_HERE
        if stored.view is None:
            return not_shown(w, account, stored)
        told = laid_over.talk_told(w.db, account, stored.conversation)
        muted = stored.view.muted if told is None else told is ActKind.MUTE_TALK
        act = ActKind.UNMUTE_TALK if muted else ActKind.MUTE_TALK
        now = ctx.clock.now()
        steps = [put_act(ctx, w, account, act, post=post)]
        if not muted:
            found = items.items_in_conversation(w.db, account, stored.conversation)
            steps += close_all(w, found, ItemEvent.DISMISSED, now, "muted")
        sentence = f"this conversation is {'not muted any more' if muted else 'muted'}"
        what = f"{'unmuting' if muted else 'muting'} this conversation"
        return Outcome(sentence, log(w, now, account, what, steps))

    return ctx.send(job)


def toggle_boosts(ctx: Context, account: int, person: int) -> Future[Outcome]:
    """Hide what somebody one follows passes on, or show it again."""

    def job(w: Writing) -> Outcome:
        name = name_of(w.db, person)
        seen = people.view(w.db, account, person)
        pending = laid_over.pending_acts_on_people(w.db, account, [person]).get(person, ())
        hidden = laid_over.hides_boosts(w.db, account, person)
        # A server hides boosts as a part of a follow, so asking it of a stranger would follow them.
        follows = seen is not None and seen.following and ActKind.UNFOLLOW not in pending
        if not follows:
            return Outcome(f"You do not follow {name}, so no boosts of theirs come to you.")
        if not accounts.account(w.db, account).limits.hides_boosts:
            return NO_BOOSTS_ALONE
        act = ActKind.SHOW_BOOSTS if hidden else ActKind.HIDE_BOOSTS
        step = put_act(ctx, w, account, act, person=person)
        sentence = f"boosts by {name} are {'shown again' if hidden else 'hidden from now on'}"
        what = f"{'showing' if hidden else 'hiding'} boosts by {name}"
        return Outcome(sentence, log(w, ctx.clock.now(), account, what, [step]))

    return ctx.send(job)


def hide_word(ctx: Context, account: int, word: str) -> Future[Outcome]:
    """Hide posts with a word. The server keeps the filter, and it holds here once it does."""

    def job(w: Writing) -> Outcome:
        text = clean_line(word)
        if len(text) < LEAST_OF_A_WORD:
            return Outcome("So short a word would hide nearly everything; nothing was changed.")
        step = put_act(ctx, w, account, ActKind.HIDE_WORD, text=text)
        what = f"hiding posts with “{text}”"
        handle = accounts.account(w.db, account).handle
        sentence = f"posts with “{text}” will be hidden: the server of {handle} is told"
        return Outcome(sentence, log(w, ctx.clock.now(), account, what, [step]))

    return ctx.send(job)


def server_of(handle: str) -> str:
    """The server in somebody's full handle: `town.example` of `quillfox@town.example`."""
    return handle.partition("@")[2].lower()


def block_server(ctx: Context, account: int, person: int) -> Future[Outcome]:
    """Block the whole server that somebody is on. It cuts follows both ways, so it is held before it is told."""

    def job(w: Writing) -> Outcome:
        handle = people.names(w.db, [person]).get(person, ("", ""))[1]
        server = server_of(handle)
        if not server:
            return NO_SERVER
        if server == server_of(accounts.account(w.db, account).handle):
            return Outcome(OWN_SERVER)
        now = ctx.clock.now()
        closed = close_all(
            w, _items_from(w.db, account, server), ItemEvent.JUNKED, now, "server blocked"
        )
        step = put_act(ctx, w, account, ActKind.BLOCK_SERVER, text=server)
        what = f"blocking all of {server}"
        sentence = f"all of {server} is blocked in {ctx.hold // SECOND} s, u takes it back"
        return Outcome(sentence, log(w, now, account, what, [step, *closed]))

    return ctx.send(job)


def report(
    ctx: Context,
    account: int,
    person: int,
    told: Report,
    *,
    post: int | None = None,
    block: bool = False,
) -> Future[Outcome]:
    """Tell the server's moderators of somebody; until the hold is over it can be taken back.

    Args:
        told: what they are told; `posts` is filled in from `post`.
        post: local id of a post that shows it.
        block: whether that person is blocked besides.
    """

    def job(w: Writing) -> Outcome:
        name = name_of(w.db, person)
        if len(told.comment) > LONGEST_COMMENT:
            return Outcome(
                f"A report says no more than {LONGEST_COMMENT} characters; it was not sent."
            )
        shown = posts.server_id(w.db, account, post) if post is not None else None
        whole = Report((shown,) if shown else (), told.comment, told.category, told.forward)
        now = ctx.clock.now()
        content = outbox.report_content(whole)
        steps: list[Step] = [put_act(ctx, w, account, ActKind.REPORT, person=person, text=content)]
        if block:
            steps.append(put_act(ctx, w, account, ActKind.BLOCK, person=person))
            steps += leave(w, account, person, ActKind.BLOCK, now)
        what = f"reporting {name}{' and blocking them' if block else ''}"
        sentence = f"{what}: leaves in {ctx.hold // SECOND} s, u takes it back"
        return Outcome(sentence, log(w, now, account, what, steps))

    return ctx.send(job)


def _items_from(db: Connection, account: int, server: str) -> Iterator[Item]:
    """What is open with people of a server."""
    found = items.items(db, [account])
    names = people.names(db, {one.person for one in found})
    for one in found:
        if server_of(names.get(one.person, ("", ""))[1]) == server:
            yield one
