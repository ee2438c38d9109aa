"""Keys behind `m` and `X`: what one does not want to hear of, and telling moderators."""

from __future__ import annotations

from collections.abc import Callable

from tui_inbox.commands import acts as act_commands
from tui_inbox.commands import silencing
from tui_inbox.core.act import ActKind, Report
from tui_inbox.core.moment import DAY, Millis
from tui_inbox.core.text import clean_line
from tui_inbox.queries.rows import PersonLabel
from tui_inbox.ui.acts.handler import Handler
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.key_words import last_key_for
from tui_inbox.ui.panes.pane import Pane
from tui_inbox.ui.screens.thread import ThreadPage
from tui_inbox.ui.target import Target

NOBODY = "There is nobody here."


def _with_person(do: Callable[[Desk, Pane, Target, PersonLabel], None]) -> Handler:
    """A handler for the person whom the selected thing is about; never for the owner."""

    def handle(desk: Desk, here: Pane) -> None:
        target = here.target()
        if target is None:
            desk.say(here.nothing())
        elif target.person is None:
            desk.say(NOBODY)
        elif target.post is not None and target.post.mine:
            desk.say("This is yours.")
        else:
            do(desk, here, target, target.person)

    return handle


# Muting


def mute_talk(desk: Desk, here: Pane) -> None:
    """Mute the conversation of the selected post, or hear of it again."""
    target = here.target()
    post = target.post.id if target and target.post else None
    if target is None or post is None:
        desk.say("There is no conversation here.")
    else:
        desk.follow(silencing.toggle_talk(desk.services.ctx, target.account, post))


def _mute(kind: ActKind, lasts: Millis | None = None) -> Handler:
    def mute(desk: Desk, here: Pane, target: Target, person: PersonLabel) -> None:
        ctx = desk.services.ctx
        desk.follow(act_commands.on_person(ctx, target.account, person.id, kind, lasts=lasts))

    return _with_person(mute)


def mute_boosts(desk: Desk, here: Pane, target: Target, person: PersonLabel) -> None:
    """Hide what somebody boosts, or show it again."""
    desk.follow(silencing.toggle_boosts(desk.services.ctx, target.account, person.id))


def mute_word(desk: Desk, here: Pane) -> None:
    """Hide posts with a word that is typed, for the account of the selected thing or the first one shown."""
    target = here.target()
    shown = desk.scope.accounts
    if target is not None or shown:
        desk.opening(_ask_word(desk, target.account if target is not None else shown[0]))


async def _ask_word(desk: Desk, account: int) -> None:
    word = await desk.ask_line("hide posts with the word")
    if word and word.strip():
        desk.follow(silencing.hide_word(desk.services.ctx, account, word))


# Telling moderators


def _report(category: str, *, block: bool = False) -> Handler:
    def report(desk: Desk, here: Pane, target: Target, person: PersonLabel) -> None:
        desk.opening(_ask_report(desk, here, target, person, category, block=block))

    return _with_person(report)


async def _ask_report(
    desk: Desk, here: Pane, target: Target, person: PersonLabel, category: str, *, block: bool
) -> None:
    """Ask what is to be said, and who is told; leaving either question sends nothing."""
    comment = await desk.ask_line(f"what moderators should know of {person.name}")
    forward = None if comment is None else await _ask_forward(desk, target.account, person)
    if comment is None or forward is None:
        desk.say("Nothing was reported.")
        return
    told = Report(comment=clean_line(comment, limit=4000), category=category, forward=forward)
    post = target.post.id if target.post else None
    ctx = desk.services.ctx
    doing = silencing.report(ctx, target.account, person.id, told, post=post, block=block)
    desk.follow(doing)
    if block and isinstance(here, ThreadPage):
        desk.close_page(here)


async def _ask_forward(desk: Desk, account: int, person: PersonLabel) -> bool | None:
    """Whether the server of somebody elsewhere is told, too; None where the owner went away."""
    own = desk.account(account)
    theirs = silencing.server_of(person.handle)
    if own is None or not theirs or theirs == silencing.server_of(own.handle):
        return False
    choices = ["my server only", f"{theirs} too, without my name"]
    chosen = await desk.ask_choice("who is told?", choices, done="reports", several=False)
    return None if chosen is None else chosen == (1,)


def block_server(desk: Desk, here: Pane, target: Target, person: PersonLabel) -> None:
    """Block a whole server: asks again, because it cuts follows both ways."""
    server = silencing.server_of(person.handle)
    own = desk.account(target.account)
    if not server:
        desk.say(silencing.NO_SERVER.sentence)
        return
    if own is not None and server == silencing.server_of(own.handle):
        desk.say(silencing.OWN_SERVER)
        return
    desk.say(
        f"{last_key_for(desk, 'report.server_surely')} again blocks all of {server}: follows are cut both ways."
    )
    desk.begin_prefix("report.server")


def block_server_surely(desk: Desk, here: Pane, target: Target, person: PersonLabel) -> None:
    """Block it."""
    desk.follow(silencing.block_server(desk.services.ctx, target.account, person.id))
    if isinstance(here, ThreadPage):
        desk.close_page(here)


HANDLERS: dict[str, Handler] = {
    "mute.talk": mute_talk,
    "mute.day": _mute(ActKind.MUTE, DAY),
    "mute.week": _mute(ActKind.MUTE, 7 * DAY),
    "mute.ever": _mute(ActKind.MUTE),
    "mute.not": _mute(ActKind.UNMUTE),
    "mute.boosts": _with_person(mute_boosts),
    "mute.word": mute_word,
    "report.spam": _report("spam"),
    "report.legal": _report("legal"),
    "report.other": _report("other"),
    "block.spam": _report("spam", block=True),
    "block.legal": _report("legal", block=True),
    "block.other": _report("other", block=True),
    "report.server": _with_person(block_server),
    "report.server_surely": _with_person(block_server_surely),
}
"""By the id of the key. The categories are Mastodon's (`Report.category`) but for broken rules, which it numbers."""
