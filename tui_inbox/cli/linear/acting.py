"""Commands that deal with something: done, later, favourite, block, and their like."""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import suppress

from tui_inbox.cli.linear.reading import item_of
from tui_inbox.cli.linear.session import Session
from tui_inbox.cli.linear.things import Thing, of_item
from tui_inbox.commands import acts, silencing, watching
from tui_inbox.commands import items as item_commands
from tui_inbox.commands import people as people_commands
from tui_inbox.commands import undo as undoing
from tui_inbox.commands.context import NotPossible, Outcome
from tui_inbox.commands.later import Later, later_choices, parse_later, parse_span
from tui_inbox.core.act import ActKind, Report
from tui_inbox.core.conversation import Lane
from tui_inbox.core.text import clean_line
from tui_inbox.queries import person_card
from tui_inbox.queries.rows import ItemRow, PersonCard, PersonLabel, PostRow

NO_ITEM = "This is no conversation of the Inbox."
NO_POST = "There is no post here."
NOBODY = "There is nobody here."
WHEN = "when> "
WHEN_HELP = "tomorrow, post (when they post again), start (at the next start), evening, monday, 3h, 18:30, 28 nov"
WHY = "why> "
TOLD = "sentence> "
CATEGORIES = {"spam": "spam", "law": "legal", "else": "other"}
"""What a report may be about, by the words of it here."""
STRIP = {"tomorrow": "z", "post": "p", "start": "s", "evening": "e", "monday": "m"}
"""Words for the letters of the strip behind `z`; the letters are taken, too."""


def _item(thing: Thing) -> ItemRow:
    if thing.item is None:
        raise NotPossible(NO_ITEM)
    return thing.item


def post_of(thing: Thing) -> PostRow:
    """The post of a thing.

    Raises:
        NotPossible: there is none.
    """
    if thing.post is None:
        raise NotPossible(NO_POST)
    return thing.post


def person_of(thing: Thing) -> PersonLabel:
    """Whom a thing is about.

    Raises:
        NotPossible: there is nobody.
    """
    if thing.person is None:
        raise NotPossible(NOBODY)
    return thing.person


# Off the plate


def done(session: Session, words: str) -> None:
    """Off the owner's plate."""
    thing, _ = session.split(words)
    if thing.item is not None:
        session.tell(item_commands.done(session.ctx, thing.item.id))
    elif thing.hit is not None:
        hit = thing.hit
        session.tell(item_commands.done_hit(session.ctx, hit.search, hit.post.id))
    elif thing.person is not None and thing.post is None:
        session.tell(item_commands.dismiss_person(session.ctx, thing.account, thing.person.id))
    else:
        raise NotPossible("This does not wait for you.")


def later(session: Session, words: str) -> None:
    """Put a conversation off, or a hit; asks for the time where none is said."""
    first, _, rest = words.partition(" ")
    # `later 3 nov` is a day, `later 3 monday` the third of the list.
    names_entry = first.isdecimal() and (not rest or _is_time(session, rest))
    if names_entry:
        thing, typed = session.split(words)
    else:
        thing, typed = session.split("")[0], words
    if thing.item is None and thing.hit is None:
        raise NotPossible("This is no conversation of the Inbox, and no hit.")
    if not typed:
        session.say(f"Until when? {WHEN_HELP}")
        typed = session.voice.ask(WHEN).strip()
    if not typed:
        raise NotPossible("Not put off.")
    when = _when(session, typed)
    if thing.item is not None:
        session.tell(item_commands.later(session.ctx, thing.item.id, when))
    elif thing.hit is not None:
        hit = thing.hit
        session.tell(item_commands.later_hit(session.ctx, hit.search, hit.post.id, when))


def _when(session: Session, typed: str) -> Later:
    """What a word, a letter of the strip or a time means.

    Raises:
        NotPossible: it means none.
    """
    now = session.now()
    letter = STRIP.get(typed.lower(), typed)
    chosen = next((one.later for one in later_choices(now) if one.key == letter), None)
    if chosen is not None:
        return chosen
    try:
        return parse_later(typed, now)
    except ValueError as error:
        raise NotPossible(str(error)) from error


def _is_time(session: Session, typed: str) -> bool:
    try:
        _when(session, typed)
    except NotPossible:
        return False
    return True


def junk(session: Session, words: str) -> None:
    """Gone here; the server is not told."""
    thing, _ = session.split(words)
    session.tell(item_commands.junk(session.ctx, _item(thing).id))


def admit(session: Session, words: str) -> None:
    """Let a stranger in for ever."""
    thing, _ = session.split(words)
    item = _item(thing)
    if item.lane not in (Lane.STRANGERS, Lane.NEWCOMERS):
        raise NotPossible(f"{item.person.name} is no stranger.")
    session.tell(item_commands.let_in(session.ctx, item.id))


# Done to a post


def _toggle(session: Session, words: str, kind: ActKind) -> None:
    thing, _ = session.split(words)
    session.tell(acts.toggle(session.ctx, thing.account, post_of(thing).id, kind))


def favourite(session: Session, words: str) -> None:
    """Mark a post as a favourite, or take that back."""
    _toggle(session, words, ActKind.FAVOURITE)


def boost(session: Session, words: str) -> None:
    """Pass a post on, or take that back."""
    _toggle(session, words, ActKind.BOOST)


def keep(session: Session, words: str) -> None:
    """Keep a post as a bookmark, or no longer."""
    _toggle(session, words, ActKind.BOOKMARK)


def vote(session: Session, words: str) -> None:
    """Vote in the poll of what was read: all numbers are choices."""
    thing, _ = session.split("")
    numbers = words.replace(",", " ").split()
    if not numbers or not all(one.isdecimal() and int(one) for one in numbers):
        raise NotPossible("Say the number of a choice: vote 2.")
    places = [int(one) - 1 for one in numbers]
    session.tell(acts.vote(session.ctx, thing.account, post_of(thing).id, places))


def watch(session: Session, words: str) -> None:
    """Follow the thread of a post without posting in it, or no longer."""
    thing, _ = session.split(words)
    session.tell(watching.toggle(session.ctx, thing.account, post_of(thing).id))


# Done to a person


def block(session: Session, words: str) -> None:
    """Block: a stranger at once, somebody the owner knows when it is said twice."""
    thing, _ = session.split(words)
    person = person_of(thing)
    meant = ("block", person.id)
    is_stranger = thing.item is not None and thing.item.lane is Lane.STRANGERS
    if not is_stranger and session.asked != meant:
        session.asked = meant
        session.say(f"block again blocks {person.name}.")
        return
    session.tell(_on_person(session, thing, ActKind.BLOCK))


def follow(session: Session, words: str) -> None:
    """Follow somebody, or no longer."""
    thing, _ = session.split(words)
    card = _card(session, thing)
    follows = card.following or card.requested
    session.tell(_on_person(session, thing, ActKind.UNFOLLOW if follows else ActKind.FOLLOW))


def note(session: Session, words: str) -> None:
    """Read the private note on somebody; with words behind it, write it anew."""
    thing, _ = session.split("")
    person = person_of(thing)
    if words:
        session.tell(people_commands.note(session.ctx, thing.account, person.id, clean_line(words)))
        return
    said = _card(session, thing).note
    session.say(f"Your note on {person.name}: {said}" if said else f"No note on {person.name} yet.")


def _on_person(session: Session, thing: Thing, kind: ActKind) -> Future[Outcome]:
    return acts.on_person(session.ctx, thing.account, person_of(thing).id, kind)


def _card(session: Session, thing: Thing) -> PersonCard:
    person = person_of(thing)
    card = session.ask(person_card.card, thing.account, person.id, now=session.now())
    if card is None:
        raise NotPossible("Nothing is stored of them.")
    return card


def mute(session: Session, words: str) -> None:
    """Mute somebody, for good or for some days; who is muted is heard again. With `thread` the conversation."""
    thing, rest = session.split(words)
    if rest == "thread":
        session.tell(silencing.toggle_talk(session.ctx, thing.account, post_of(thing).id))
        return
    try:
        lasts = parse_span(rest) if rest else None
    except ValueError as error:
        raise NotPossible(str(error)) from error
    is_muted = lasts is None and _card(session, thing).muting
    kind = ActKind.UNMUTE if is_muted else ActKind.MUTE
    person = person_of(thing).id
    session.tell(acts.on_person(session.ctx, thing.account, person, kind, lasts=lasts))


def report(session: Session, words: str) -> None:
    """Tell the moderators of somebody, with the post that was read; asks for the reason and a sentence."""
    thing, _ = session.split(words)
    person = person_of(thing)
    session.say(f"What is it that {person.name} does? {', '.join(CATEGORIES)}")
    category = CATEGORIES.get(session.voice.ask(WHY).strip().lower())
    if category is None:
        raise NotPossible("Nothing was reported.")
    session.say("A sentence for the moderators, or an empty line.")
    told = Report(comment=clean_line(session.voice.ask(TOLD), limit=4000), category=category)
    post = thing.post.id if thing.post is not None else None
    session.tell(silencing.report(session.ctx, thing.account, person.id, told, post=post))


def delete(session: Session, words: str) -> None:
    """Delete a post of one's own, when it is said twice: servers forget for good."""
    thing, _ = session.split(words)
    post = post_of(thing)
    if not post.mine:
        raise NotPossible("Only what is yours can be deleted.")
    if session.asked != ("delete", post.id):
        session.asked = ("delete", post.id)
        session.say("delete again deletes it.")
        return
    session.tell(acts.delete(session.ctx, thing.account, post.id))


# Taking it back


def undo(session: Session, words: str) -> None:
    """Take the last action back; the conversation that it brings back is what commands act on."""
    outcome = session.tell(undoing.undo(session.ctx))
    if outcome.item is not None:
        with suppress(NotPossible):  # it came back to where it was, which may be no lane
            session.here = of_item(item_of(session, outcome.item))
