"""From stored posts to turns: which inbox items a conversation holds, and what the ledger learns from it.

Everything here is derived again from the posts each time, so the order of arrival does not matter: late
answers, edits and deletions give the same items as if all had come in order.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from tui_inbox.core.asks import asks_something, only_thanks
from tui_inbox.core.changes import Topic
from tui_inbox.core.conversation import (
    LAPSE,
    ItemEvent,
    ItemState,
    Opening,
    Saying,
    Turn,
    TurnOf,
    after,
    opening_of,
    turn_of,
)
from tui_inbox.core.interaction import Interaction, InteractionKind
from tui_inbox.core.moment import Millis
from tui_inbox.store import accounts, identities, items, ledger, posts
from tui_inbox.store.database import Connection
from tui_inbox.store.items import Item
from tui_inbox.store.store import Writing

_KIND_OF_OPENING = {
    Opening.ANSWER: InteractionKind.REPLY,
    Opening.NAMED: InteractionKind.MENTION,
    Opening.QUOTE: InteractionKind.QUOTE,
    Opening.DIRECT: InteractionKind.DIRECT,
}


class Learnt(Struct):
    """What the ledger has learnt: interactions that are new in it, and people of whom some count no more."""

    fresh: list[Interaction] = field(default_factory=list)
    corrected: set[int] = field(default_factory=set)


class Owner(Struct, frozen=True):
    """An account and the local id of the person who owns it; `also`: other identities declared to be one with it."""

    account: int
    person: int
    also: frozenset[int] = frozenset()

    @classmethod
    def of(cls, db: Connection, account: int) -> Owner:
        """The owner of an account.

        Raises:
            NoSuchAccount: there is none with that number.
        """
        together = identities.owners_together(db, account)
        if account not in together:
            raise accounts.NoSuchAccount(account)
        person = together[account]
        return cls(account, person, frozenset(together.values()) - {person})


def derive_conversation(
    w: Writing,
    owner: Owner,
    conversation: int,
    now: Millis,
    learnt: Learnt,
    favoured: Container[int] = (),
) -> None:
    """Bring the items and the ledger of one conversation up to date with its posts.

    Args:
        w: the transaction.
        owner: of the account whose items they are.
        conversation: its local id.
        now: the moment.
        learnt: what the ledger did not know yet is added to it.
        favoured: posts of which the account's server has just said that the owner favours them.
    """
    sayings = posts.sayings(w.db, owner.account, conversation, owner.also)
    known = {
        item.person: item for item in items.items_in_conversation(w.db, owner.account, conversation)
    }
    if not known and not any(_concerns(saying, owner) for saying in sayings):
        return
    _record(w, sayings, owner, conversation, learnt)
    for person in sorted(_others(sayings, owner) | known.keys()):
        turn = turn_of(sayings, owner.person, person, owner.also)
        _settle(w, owner, conversation, person, turn, known.get(person), sayings, now)
        if turn.turn is Turn.MINE and turn.post in favoured:
            _thank(w, owner, conversation, person, now)


def _record(
    w: Writing, sayings: list[Saying], owner: Owner, conversation: int, learnt: Learnt
) -> None:
    """Make the ledger say of these texts just what they are now known to be.

    A name that a text carries along from its parent looks new until the parent is known.
    """
    uris = posts.uris(w.db, [saying.post for saying in sayings])
    talk = list(_interactions(sayings, uris, owner, conversation))
    meant = {(one.kind, one.actor, one.target, one.subject) for one in talk}
    readable = set(uris.values())
    for told in ledger.talk_in(w.db, owner.account, conversation):
        named = (told.kind, told.actor, told.target, told.subject)
        if told.subject in readable and named not in meant:
            ledger.drop(w, told)
            learnt.corrected.add(told.target if told.actor == owner.person else told.actor)
    learnt.fresh += [one for one in talk if ledger.record(w, one)]
    gone = ledger.retract_deleted(w, owner.account, conversation)
    learnt.corrected |= {one.target if one.actor == owner.person else one.actor for one in gone}


def _concerns(saying: Saying, owner: Owner) -> bool:
    return saying.author == owner.person or _opening(saying, owner) is not None


def _opening(saying: Saying, owner: Owner) -> Opening | None:
    return opening_of(saying, owner.person, owner.also)


def _others(sayings: Iterable[Saying], owner: Owner) -> set[int]:
    """Everybody the owner has something open with: who spoke to them, and whom they spoke to."""
    people: set[int] = set()
    for saying in sayings:
        if saying.author == owner.person:
            people |= saying.named
            if saying.parent_author is not None:
                people.add(saying.parent_author)
        elif _opening(saying, owner):
            people.add(saying.author)
    return people - {owner.person} - owner.also


def _interactions(
    sayings: Iterable[Saying], uris: Mapping[int, str], owner: Owner, conversation: int
) -> Iterable[Interaction]:
    def interaction(saying: Saying, kind: InteractionKind, actor: int, target: int) -> Interaction:
        return Interaction(
            account=owner.account,
            kind=kind,
            actor=actor,
            target=target,
            subject=uris[saying.post],
            at=saying.at,
            conversation=conversation,
        )

    for saying in sayings:
        if saying.author == owner.person:
            for person, kind in _addressed(saying).items():
                if person != owner.person:
                    yield interaction(saying, kind, owner.person, person)
        elif opening := opening_of(saying, owner.person):
            yield interaction(saying, _KIND_OF_OPENING[opening], saying.author, owner.person)


def _addressed(saying: Saying) -> dict[int, InteractionKind]:
    """Whom a text of the owner's is for. Names merely carried along from the parent are not."""
    people = dict.fromkeys(saying.named - saying.parent_named, InteractionKind.MENTION)
    if saying.direct:
        people = dict.fromkeys(saying.named, InteractionKind.DIRECT)
    if saying.quoted_author is not None:
        people[saying.quoted_author] = InteractionKind.QUOTE
    if saying.parent_author is not None and not saying.direct:
        people[saying.parent_author] = InteractionKind.REPLY
    return people


def _settle(
    w: Writing,
    owner: Owner,
    conversation: int,
    person: int,
    turn: TurnOf,
    known: Item | None,
    sayings: list[Saying],
    now: Millis,
) -> None:
    """Write one item: its turn as derived, its state as the events since say."""
    if turn.turn is Turn.NOBODY and (known is None or _was_misread(known, sayings)):
        if known is not None:
            items.remove_item(w, known.id)
        return
    item = known or Item(
        id=0,
        account=owner.account,
        conversation=conversation,
        person=person,
        turn=Turn.NOBODY,
        since=turn.since,
        post=None,
        opening=None,
        answers_me=False,
        asks=False,
        thanks=False,
        state=ItemState.NEW if turn.turn is Turn.MINE else ItemState.ANSWERED,
        until=None,
        until_post=False,
        until_start=False,
        closed_by=None if turn.turn is Turn.MINE else "reply",
        changed_at=turn.since,
    )
    item = _with_turn(w, owner, item, turn, sayings)
    item = _with_state(w, owner, item, known, sayings, now)
    if item != known:
        items.put_item(w, item)
        w.changed(Topic.INBOX, owner.account)


def _thank(w: Writing, owner: Owner, conversation: int, person: int, now: Millis) -> None:
    """A favourite from another client closes a text that asks nothing."""
    found = items.item(w.db, owner.account, conversation, person)
    if found is not None and not found.asks:
        thanked = _moved(found, ItemEvent.DISMISSED, "favourite", now)
        if thanked is not found:
            items.put_item(w, thanked)


def _was_misread(known: Item, sayings: list[Saying]) -> bool:
    """Whether an item rests on a text that stands and opens nothing: its parent is known now, or it was edited."""
    return any(saying.post == known.post for saying in sayings)


def _with_turn(w: Writing, owner: Owner, item: Item, turn: TurnOf, sayings: list[Saying]) -> Item:
    asks = thanks = False
    if turn.turn is Turn.MINE and turn.post is not None:
        stored = posts.post(w.db, owner.account, turn.post)
        text = stored.post.text if stored else ""
        asks, thanks = asks_something(text) is not None, only_thanks(text)
    return replace(
        item,
        turn=turn.turn,
        since=turn.since or item.since,
        post=turn.post if turn.turn is not Turn.NOBODY else item.post,
        opening=turn.opening,
        asks=asks,
        thanks=thanks,
        answers_me=any(
            saying.author == item.person and saying.parent_author == owner.person
            for saying in sayings
        ),
    )


def _with_state(
    w: Writing,
    owner: Owner,
    item: Item,
    known: Item | None,
    sayings: list[Saying],
    now: Millis,
) -> Item:
    event, cause = _what_happened(owner, item, known, sayings)
    if event is ItemEvent.OPENED or (known is None and item.turn is Turn.MINE):
        if now - _said_at(item, sayings) > LAPSE:
            return _moved(item, ItemEvent.LAPSED, items.LAPSED, item.since)
        if not item.asks and _is_favourited(w, owner, item):
            return _moved(item, ItemEvent.DISMISSED, "favourite", item.since)
    return item if event is None else _moved(item, event, cause, _moment(item, event, now))


def _what_happened(
    owner: Owner, item: Item, known: Item | None, sayings: list[Saying]
) -> tuple[ItemEvent | None, str | None]:
    if known is None:
        return None, None
    if item.turn is Turn.MINE and (
        known.turn is not Turn.MINE or _is_newer(item.post, known.post, sayings)
    ):
        return ItemEvent.OPENED, None
    if item.turn is Turn.THEIRS and known.turn is not Turn.THEIRS:
        said_by = {saying.post: saying.author for saying in sayings}
        as_other = said_by.get(item.post or 0) in owner.also
        return ItemEvent.REPLIED, items.AS_ANOTHER if as_other else "reply"
    if item.turn is Turn.NOBODY and known.turn is Turn.MINE:
        return ItemEvent.WITHDRAWN, "deleted"
    return None, None


def _is_newer(post: int | None, known: int | None, sayings: list[Saying]) -> bool:
    """Whether a text written after the known one opens the turn now; a deleted one leaves an older behind."""
    written = {saying.post: (saying.when, saying.post) for saying in sayings}
    return post in written and known in written and written[post] > written[known]


def _said_at(item: Item, sayings: list[Saying]) -> Millis:
    """From when the text counts that decides the turn: one that says more within the month has not lapsed."""
    return next((saying.when for saying in sayings if saying.post == item.post), item.since)


def _moment(item: Item, event: ItemEvent, now: Millis) -> Millis:
    """When a change of state counts: an answer read back late was given when it was written."""
    return item.since if event is ItemEvent.REPLIED else now


def _moved(item: Item, event: ItemEvent, cause: str | None, at: Millis) -> Item:
    state = after(item.state, event)
    if state is item.state:
        return item
    return replace(
        item,
        state=state,
        closed_by=cause,
        changed_at=at,
        until=None,
        until_post=False,
        until_start=False,
    )


def _is_favourited(w: Writing, owner: Owner, item: Item) -> bool:
    if item.post is None:
        return False
    stored = posts.post(w.db, owner.account, item.post)
    return bool(stored and stored.view and stored.view.favourited)
