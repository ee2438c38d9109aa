"""Who waits at the owner's door in the town: one who asks to follow, and one whom the server holds back."""

from __future__ import annotations

from bisect import insort

from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.door import HeldBack, PeopleList, PeoplePage
from tui_inbox.core.events import HeldBackLetIn, NetworkEvent
from tui_inbox.core.moment import HOUR
from tui_inbox.core.ports import Refused
from tui_inbox.core.post import Post, PostView, SeenPost
from tui_inbox.networks.demo.cast import OWNER
from tui_inbox.networks.demo.chronicle import composed
from tui_inbox.networks.demo.town import Town
from tui_inbox.networks.demo.writing import Piece, id_of, stamped

ASKS = "lostfound"
HELD = "lowhum"
REQUEST = "request-1"
_SAID = "Is the choir open to people who only hum? I came to town on Tuesday and know nobody yet."
_BEFORE = 3 * HOUR
_DECISIONS = frozenset(
    {ActKind.ACCEPT_FOLLOW, ActKind.REJECT_FOLLOW, ActKind.ADMIT, ActKind.DISMISS}
)


def is_decision(act: Act) -> bool:
    """Whether an act is about somebody at the door."""
    return act.kind in _DECISIONS


def people_of(town: Town, which: PeopleList) -> PeoplePage:
    """One of the owner's lists of people: who asks to follow, who is muted, who is blocked."""
    keys: list[str]
    if which is PeopleList.ASKING:
        keys = [] if ASKS in town.done.decided else [ASKS]
    else:
        keys = [
            key
            for key, standing in town.standing.items()
            if (standing.muting if which is PeopleList.MUTED else standing.blocking)
        ]
    return PeoplePage(tuple(town.people[key] for key in keys))


def held_back(town: Town) -> tuple[HeldBack, ...]:
    """Who is held back, with what they wrote."""
    if REQUEST in town.done.decided:
        return ()
    post = _message(town)
    newest = SeenPost(post, PostView(id_of(post)))
    return (HeldBack(REQUEST, town.people[HELD], post.created_at, newest=newest),)


def check(town: Town, act: Act) -> None:
    """Whether there is something to decide. Deciding the same again changes nothing.

    Raises:
        Refused: nobody waits there.
    """
    is_there = act.target == REQUEST if act.kind.on_held_back else town.key_of(act.target) == ASKS
    if not is_there:
        raise Refused("Nobody waits there.", gone=True)


def decide(town: Town, act: Act) -> list[NetworkEvent]:
    """The owner decides on somebody at the door. What was held back is told once it is let in."""
    what = REQUEST if act.kind.on_held_back else ASKS
    if what in town.done.decided:
        return []
    town.done.decided.add(what)
    if act.kind is ActKind.ACCEPT_FOLLOW:
        town.standing[ASKS].followed_by = True
    if act.kind is not ActKind.ADMIT:
        return []
    filing, told = town.file(_message(town))
    town.filings.remove(filing)
    insort(town.filings, filing, key=lambda one: one.at)
    if told is not None:
        town.told.remove(told)
        insort(town.told, told, key=lambda one: one.at)
    return [HeldBackLetIn()]


def _message(town: Town) -> Post:
    at = town.founded_at - _BEFORE
    post, _ = composed(HELD, Piece(_SAID), town, stamped(at, "held"), at, names=(OWNER,))
    return post
