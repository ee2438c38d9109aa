"""Commands that read: the next one that needs the owner, a thing in full, its thread, its person, its reasons."""

from __future__ import annotations

from collections.abc import Iterator

from tui_inbox.cli.linear import spoken, things
from tui_inbox.cli.linear.session import NOBODY_WAITS, Session
from tui_inbox.cli.linear.spoken import sentence
from tui_inbox.cli.linear.things import Listed, Thing
from tui_inbox.commands.context import NotPossible
from tui_inbox.core.moment import Millis
from tui_inbox.core.text import clean_line
from tui_inbox.priority import phrases
from tui_inbox.queries import acting, inbox, needs_you, outbox, person_card, searches, trace, whom
from tui_inbox.queries import thread as thread_query
from tui_inbox.queries.overviews import NeedsYou
from tui_inbox.queries.rows import HitRow, ItemRow, PersonCard, Trace
from tui_inbox.queries.words import listed

THREAD_SECONDS = 4.0
"""How long a thread waits for the server's answer before it is read as it is stored."""
STILL_ASKED = "The server has not answered yet; this is what is stored."
NO_POST = "There is no post here."


# What needs the owner


def go_on(session: Session, words: str) -> None:
    """Read the next one that needs the owner."""
    _walk(session, 1)


def go_back(session: Session, words: str) -> None:
    """Read the one before."""
    _walk(session, -1)


def _walk(session: Session, step: int) -> None:
    queue = session.ask(needs_you.queue, session.scope, now=session.now())
    if not queue:
        session.say(NOBODY_WAITS)
        return
    keys = [need.key for need in queue]
    key, place = session.walked
    if key in keys:
        at = keys.index(key) + step
    elif place < 0:
        at = 0 if step > 0 else len(keys) - 1
    else:  # it was dealt with and is gone from its place: the next one stands there now
        at = place if step > 0 else place - 1
    if not 0 <= at < len(queue):
        session.walked = ("", -1)
        which = "last" if step > 0 else "first"
        need = "1 still needs" if len(queue) == 1 else f"{len(queue)} still need"
        session.say(f"That was the {which} one; {need} you, and n begins again.")
        return
    session.walked = (keys[at], at)
    read_thing(session, _needed(session, queue[at]), f"{at + 1} of {len(queue)}")


def _needed(session: Session, need: NeedsYou) -> Thing:
    """What stands behind an entry of the queue."""
    if need.pane == "inbox":
        return things.of_item(item_of(session, int(need.key)))
    if need.pane == "outbox":
        rows = session.ask(outbox.rows, session.scope)
        row = next(row for row in rows if str(row.id) == need.key)
        return Thing(need.account, outgoing=row)
    hit = _hit(session, need)
    if hit is None:
        raise NotPossible("This hit is not there any more.")
    return things.of_post(hit.post, hit)


def item_of(session: Session, id: int) -> ItemRow:
    """A conversation of the Inbox as it stands now.

    Raises:
        NotPossible: it is not there any more.
    """
    view = session.ask(inbox.view, session.scope, now=session.now())
    found = next((row for lane in view.lanes for row in lane.rows if row.id == id), None)
    if found is None:
        raise NotPossible("This conversation is not in the inbox any more.")
    return found


def _hit(session: Session, need: NeedsYou) -> HitRow | None:
    search, _, post = need.key.partition(":")
    rows = session.ask(searches.view, session.scope, now=session.now())
    found = (hit for one in rows if str(one.id) == search for hit in one.hits)
    return next((hit for hit in found if str(hit.post.id) == post), None)


# One thing in full


def read(session: Session, words: str) -> None:
    """Read something again, or what a number names."""
    thing, _ = session.split(words)
    read_thing(session, thing)


def view(session: Session, words: str) -> None:
    """Read what is folded."""
    thing, _ = session.split(words)
    if thing.post is None:
        raise NotPossible(NO_POST)
    fresh = session.ask(acting.as_seen_by, thing.account, thing.post.id) or thing.post
    session.say_post(fresh, addressed=thing.item is not None, unfolded=True)


def read_thing(session: Session, thing: Thing, place: str = "") -> None:
    """Read a thing in full; commands act on it from now on.

    Args:
        place: where it stands in what needs the owner, as `1 of 5`.
    """
    if thing.search is not None:
        _read_search(session, thing)
    elif thing.gap is not None:
        session.say(session.wait(session.fetcher.fill_gap(thing.gap.id)) or "Fetched; t lists it.")
    elif thing.item is not None:
        _read_item(session, thing.item, place)
    elif thing.outgoing is not None:
        item = thing.outgoing
        because = f": {item.reason}" if item.reason else ""
        head = f"{place}. " if place else ""
        session.say(f"{head}{sentence(f'{spoken.began(item.what)}, {item.state}{because}')}")
        session.say(*item.text.splitlines(), "retry tries it again, discard throws it away.")
        session.look(thing)
    elif thing.draft is not None:
        session.say(
            spoken.began(sentence(thing.draft.target)), *thing.draft.draft.text.splitlines()
        )
        session.look(thing)
    elif thing.post is not None:
        _read_post(session, thing, place)
    else:
        _read_person(session, thing)


def _read_item(session: Session, item: ItemRow, place: str) -> None:
    now = session.now()
    session.voice.say_all(spoken.item_heads(item, place, session.label(item.account), now))
    if item.post is not None:
        session.say_post(item.post, addressed=True)
    session.say(spoken.before_line(item, now))
    session.look(things.of_item(item))


def _read_post(session: Session, thing: Thing, place: str) -> None:
    post = thing.post
    assert post is not None, "it was asked for"
    fresh = session.ask(acting.as_seen_by, thing.account, post.id) or post
    session.say(spoken.post_head(fresh, place, session.label(thing.account), session.now()))
    session.say_post(fresh)
    if thing.hit is not None:
        session.say(sentence(spoken.began(thing.hit.answers)))
    session.look(thing)


def _read_search(session: Session, thing: Thing) -> None:
    search = thing.search
    assert search is not None, "it was asked for"
    session.say(sentence(f"Search {search.title}: {search.coverage}"))
    now, label = session.now(), session.label(search.account)
    if not search.hits:
        session.say("Nothing found that is not dealt with.")
    else:
        session.read_out([_hit_entry(hit, label, now) for hit in search.hits])


def _hit_entry(hit: HitRow, label: str, now: Millis) -> Listed:
    thing = things.of_post(hit.post, hit)
    return Listed(thing, lambda number: spoken.post_line(number, hit.post, label, now))


# Its conversation


def thread(session: Session, words: str) -> None:
    """Read the whole conversation, oldest first, and what one wants to know before answering."""
    thing, _ = session.split(words)
    if thing.post is None:
        raise NotPossible(NO_POST)
    account, post = thing.account, thing.post.id
    if session.fetcher.health():
        try:
            session.say(session.fetcher.read_thread(account, post).result(THREAD_SECONDS))
        except TimeoutError:
            session.say(STILL_ASKED)
    told = session.ask(thread_query.view, account, post, now=session.now())
    if told is None:
        raise NotPossible("This post is not in the store any more.")
    now = session.now()
    for place, one in enumerate(told.posts, 1):
        if one.missing:
            session.say("What the next one answers is not stored here.")
        session.say(spoken.post_head(one.post, f"{place}", "", now))
        session.say_post(one.post)
    if told.card is not None:
        session.say(*(sentence(f"{spoken.began(name)}: {text}") for name, text in told.card.lines))
    session.look(thing)


def links(session: Session, words: str) -> None:
    """Read the addresses in it, in full."""
    thing, _ = session.split(words)
    if thing.post is None:
        raise NotPossible(NO_POST)
    post = thing.post
    found = [link.url for link in post.links]
    found += [post.card.url] if post.card is not None else []
    found += [media.url for media in post.media if media.url]
    for number, url in enumerate(dict.fromkeys(found), 1):
        session.say(f"{number}. {url}")
    if post.url:
        session.say(f"The post itself: {post.url}")


# Its person


def person(session: Session, name: str) -> None:
    """Read who somebody is: of what is here, of a number, or by name."""
    if name and not name.split()[0].isdecimal():
        thing = named_person(session, name)
    else:
        thing, _ = session.split(name)
    _read_person(session, thing)


def named_person(session: Session, name: str) -> Thing:
    """Somebody by name.

    Raises:
        NotPossible: nobody is called so, or several are.
    """
    found = session.ask(whom.find, session.scope, clean_line(name), now=session.now())
    if not found:
        raise NotPossible(f"You have had to do with nobody called {name!r}.")
    if len({one.person.id for one in found}) > 1:
        handles = list(dict.fromkeys(one.person.handle for one in found))
        raise NotPossible(f"{name!r} may be {listed(handles, 6)}. Name one of them.")
    return Thing(found[0].account, person=found[0].person)


def _read_person(session: Session, thing: Thing) -> None:
    if thing.person is None:
        raise NotPossible("There is nobody here.")
    card = session.ask(person_card.card, thing.account, thing.person.id, now=session.now())
    if card is None:
        raise NotPossible("Nothing is stored of them.")
    session.voice.say_all(_card_lines(session, card, thing.note))
    session.here = thing


def _card_lines(session: Session, card: PersonCard, note: str) -> Iterator[str]:
    name = f"{card.person.name}, @{card.person.handle}"
    yield sentence(f"{name}, {card.reason}" if card.reason else name)
    if note:
        yield sentence(spoken.began(note))
    stands = (
        ("you follow them", card.following),
        ("you asked to follow them", card.requested),
        ("they follow you", card.followed_by),
        ("blocked", card.blocking),
        ("muted", card.muting),
        ("pinned", card.pinned),
    )
    if facts := [words for words, holds in stands if holds] + list(card.aside):
        yield sentence(spoken.began(", ".join(facts)))
    yield from (sentence(f"{spoken.began(label)}: {text}") for label, text in card.lines)
    if card.note:
        yield sentence(f"Your note: {card.note}")
    yield from (line for line in card.bio.splitlines() if line.strip())
    now = session.now()
    for event in card.history[: session.settings.lines]:
        said = f": {event.text}" if event.text else ""
        yield sentence(f"{spoken.began(spoken.ago(event.at, now))}, {event.word}{said}")


# Its reasons


def why(session: Session, words: str) -> None:
    """Say why something stands where it stands."""
    thing, _ = session.split(words)
    now = session.now()
    if thing.item is not None:
        told = session.ask(trace.of_item, thing.item.id, now=now, scope=session.scope)
    elif thing.post is not None:
        told = session.ask(trace.of_post, thing.account, thing.post.id, now=now)
    elif thing.person is not None:
        told = session.ask(trace.of_person, thing.account, thing.person.id, now=now)
    else:
        told = None
    if told is None:
        raise NotPossible("There is no reason to tell.")
    session.voice.say_all(_trace_lines(told))


def _trace_lines(told: Trace) -> Iterator[str]:
    yield sentence(told.title)
    if told.standing:
        yield sentence(spoken.began(told.standing))
    for reason in told.reasons:
        yield sentence(f"{_points(reason.points)}: {reason.sentence}")
    if told.reasons:
        yield sentence(f"Together {_points(told.total)}")
    yield from (sentence(spoken.began(one)) for one in (told.next, told.before) if one)


def _points(value: int) -> str:
    """Points with their sign as a word: not every reader says a minus."""
    return f"{'minus' if value < 0 else 'plus'} {phrases.total(abs(value))}"
