"""Commands that list, one thing a line, and those about the program itself."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tui_inbox.cli.linear import spoken, table, things
from tui_inbox.cli.linear.session import NOBODY_WAITS, Session
from tui_inbox.cli.linear.spoken import sentence
from tui_inbox.cli.linear.things import Listed, Thing
from tui_inbox.commands import searches as search_commands
from tui_inbox.commands.context import NotPossible
from tui_inbox.core.conversation import Lane
from tui_inbox.core.matching import TooSlow
from tui_inbox.core.query_text import QueryError
from tui_inbox.queries import activity as activity_query
from tui_inbox.queries import finding, history, sources
from tui_inbox.queries import inbox as inbox_query
from tui_inbox.queries import people as people_query
from tui_inbox.queries import searches as search_query
from tui_inbox.queries import timeline as timeline_query
from tui_inbox.queries.finding import Found, Further
from tui_inbox.queries.overviews import ActivityRow
from tui_inbox.queries.rows import (
    EntryKey,
    EntryRow,
    HitRow,
    ItemRow,
    PersonRow,
    SearchRows,
    TimelineRow,
)

LANES = {
    "people": Lane.TALK,
    "newcomers": Lane.NEWCOMERS,
    "strangers": Lane.STRANGERS,
    "later": Lane.LATER,
    "done": Lane.DONE,
}
OPEN = (Lane.TALK, Lane.NEWCOMERS)
"""Lanes that `inbox` lists by itself; of the others it says how many there are."""
PAGE = 50
"""So many posts of the timeline or hits of a search are read from the store at once."""
NOT_READ = "Not everything has been read from the server yet; it is being read."


def inbox(session: Session, asked: str) -> None:
    """List who waits, lane by lane; with a word one lane, folded or not."""
    wanted = asked.lower()
    if wanted and wanted not in table.LANES:
        raise NotPossible(f"There is no lane {asked!r}; there are {', '.join(table.LANES)}.")
    view = session.ask(inbox_query.view, session.scope, now=session.now())
    entries: list[Listed] = []
    heads: list[str] = []
    for lane in view.lanes:
        is_read = lane.lane in OPEN if not wanted else wanted == "all" or LANES[wanted] is lane.lane
        if is_read:
            first = len(entries)
            entries += [_item(session, item) for item in lane.rows]
            if lane.rows:
                entries[first] = _headed(f"{lane.lane}, {len(lane.rows)}.", entries[first])
        elif not wanted:
            word = next(word for word, one in LANES.items() if one is lane.lane)
            heads.append(f"{lane.lane}, {len(lane.rows)}: inbox {word} lists them.")
    if entries:
        session.read_out(entries, all_at_once=True)
    elif not wanted and session.ask(history.unread, session.scope):
        session.say(NOT_READ)
    else:
        session.say("Nobody is there." if wanted else NOBODY_WAITS)
    session.say(*heads)


def _item(session: Session, item: ItemRow) -> Listed:
    label, now = session.label(item.account), session.now()
    return Listed(things.of_item(item), lambda number: spoken.item_line(number, item, label, now))


def _headed(head: str, entry: Listed) -> Listed:
    return Listed(entry.thing, lambda number: f"{head}\n{entry.line(number)}")


def timeline(session: Session, asked: str) -> None:
    """List the newest posts, newest first."""
    try:
        what = session.ask(sources.named, session.scope, asked or "everything")
    except sources.NoSuchSource as error:
        raise NotPossible(str(error)) from error
    if not (what.source.is_home or what.source.is_gathered) and session.fetcher.health():
        for account in what.source.accounts(session.scope):
            session.say(session.wait(session.fetcher.read_feed(account, what.source.feed)))
    pages = _TimelinePages(session, what)
    found = pages.read()
    if found:
        session.read_out(found, pages.read if not pages.ended else None)
    else:
        session.say("There is nothing there.")


class _TimelinePages:
    """Reads the timeline page by page, newest first.

    Args:
        session: the sitting.
        what: which feeds.

    Attributes:
        ended: whether the store has no more.
    """

    def __init__(self, session: Session, what: sources.Named) -> None:
        self.ended = False
        self._session = session
        self._what = what
        self._last: EntryKey | None = None

    def read(self) -> Sequence[Listed]:
        """The next page; empty at the end."""
        if self.ended:
            return ()
        session = self._session
        window = session.ask(
            timeline_query.window,
            session.scope,
            now=session.now(),
            limit=PAGE,
            older_than=self._last,
            talk_only=self._what.talk_only,
            source=self._what.source,
        )
        keys = [row.key for row in window.rows if isinstance(row, EntryRow)]
        self._last = keys[-1] if keys else self._last
        self.ended = window.at_oldest
        return [_timeline_row(session, row) for row in window.rows]


def _timeline_row(session: Session, row: TimelineRow) -> Listed:
    now = session.now()
    if isinstance(row, EntryRow):
        label = session.label(row.post.account)
        thing = things.of_post(row.post)
        return Listed(thing, lambda number: spoken.timeline_line(number, row, label, now))
    thing = Thing(session.scope.accounts[0], gap=row)
    return Listed(thing, lambda number: spoken.timeline_line(number, row, "", now))


def search(session: Session, query: str) -> None:
    """Look in everything stored, newest first."""
    if not query:
        raise NotPossible('Say what to look for: search "rye loaf" -cake.')
    further: Further | None = None
    ended = False

    def page() -> Sequence[Listed]:
        nonlocal further, ended
        if ended:
            return ()
        found = _found(session, query, further)
        further, ended = found.further, found.further is None
        return [_hit(session, hit) for hit in found.hits]

    first = page()
    if first:
        session.read_out(first, None if ended else page)
    else:
        session.say("Nothing that is stored matches.")


def _found(session: Session, query: str, further: Further | None) -> Found:
    """A page of what is found.

    Raises:
        NotPossible: the query cannot be read, or does not come to an end.
    """
    try:
        return session.ask(
            finding.find,
            session.scope,
            query,
            now=session.now(),
            limit=PAGE,
            further=further,
            seconds=math.inf,
        )
    except QueryError as error:
        raise NotPossible(f"The search cannot be read: {error}.") from error
    except TooSlow as error:
        raise NotPossible(str(error)) from error


def _hit(session: Session, hit: HitRow) -> Listed:
    label, now = session.label(hit.post.account), session.now()
    thing = things.of_post(hit.post)
    return Listed(thing, lambda number: spoken.post_line(number, hit.post, label, now))


def searches(session: Session, asked: str) -> None:
    """List the standing searches."""
    rows = session.ask(search_query.view, session.scope, now=session.now())
    if not rows:
        session.say("No standing search yet: tui-inbox searches add keeps one.")
    else:
        session.read_out([_search(session, row) for row in rows], all_at_once=True)


def _search(session: Session, row: SearchRows) -> Listed:
    label = session.label(row.account)
    facts = [row.title, f"For {label}" if label else "", f"{row.unread} new"]
    facts += ["marked"] if row.marked else []
    said = " ".join(sentence(fact) for fact in facts if fact)
    return Listed(Thing(row.account, search=row), lambda number: f"{number}. {said}")


def save(session: Session, query: str) -> None:
    """Keep a search, for the account that is shown, or the first one."""
    if not query:
        raise NotPossible("Say what to look for: save kiln OR clay.")
    session.tell(search_commands.save(session.ctx, session.scope.accounts[0], query))


def activity(session: Session, asked: str) -> None:
    """List what happened quietly."""
    rows = session.ask(activity_query.rows, session.scope)
    if rows:
        session.read_out([_notice(session, row) for row in rows])
    else:
        session.say("Nothing yet.")


def _notice(session: Session, row: ActivityRow) -> Listed:
    label, now = session.label(row.account), session.now()
    text = spoken.first_words(row.post) if row.post is not None else ""
    name = row.person.name if row.person is not None else ""
    facts = (f"{name} {row.words}".strip(), f"For {label}" if label else "")
    said = " ".join(sentence(fact) for fact in facts if fact)
    ago = sentence(spoken.began(spoken.ago(row.at, now)))
    thing = Thing(row.account, post=row.post, person=row.person)
    return Listed(thing, lambda number: f"{number}. {said} {ago} {text}".rstrip())


def people(session: Session, asked: str) -> None:
    """List people, section by section, with the reason for each."""
    view = session.ask(people_query.view, session.scope, now=session.now())
    entries: list[Listed] = []
    for section, rows in view.sections:
        first = len(entries)
        entries += [_person(session, row) for row in rows]
        entries[first] = _headed(f"{section}, {len(rows)}.", entries[first])
    if entries:
        session.read_out(entries)
    else:
        session.say("Nobody yet: people appear here as you talk with them.")


def _person(session: Session, row: PersonRow) -> Listed:
    label = session.label(row.account)
    facts = (row.person.name, spoken.began(row.reason), row.detail, f"For {label}" if label else "")
    said = " ".join(sentence(fact) for fact in facts if fact)
    thing = Thing(row.account, person=row.person, note=row.reason)
    return Listed(thing, lambda number: f"{number}. {said}")


def more(session: Session, asked: str) -> None:
    """Read on in the last list."""
    session.more()


def news(session: Session, asked: str) -> None:
    """Say what has come since it was last asked for."""
    session.news.tell()


# The program


def accounts(session: Session, asked: str) -> None:
    """Say how each account's line is doing."""
    health = session.fetcher.health()
    for account in session.accounts:
        session.say(spoken.health_line(account, health.get(account.id), session.now()))


def account(session: Session, name: str) -> None:
    """Keep to one account, or to all of them."""
    known = session.accounts
    wanted = name.lstrip("@").lower()
    if wanted in ("", "all"):
        session.show(None)
        session.say(sentence(f"Showing {', '.join(one.handle for one in known)}"))
        return
    found = next((one for one in known if wanted in (one.letters, one.handle.lower())), None)
    if found is None:
        names = ", ".join(f"{one.letters} ({one.handle})" for one in known)
        raise NotPossible(f"There is no account {name!r} here; there are {names}.")
    session.show([found.id])
    session.say(f"Showing {found.handle} only; account all shows all again.")


def help(session: Session, name: str) -> None:
    """List the commands one needs most, those of a kind, or all; or say what one of them does."""
    if name in table.GROUPS or name == "all":
        groups = table.GROUPS.values() if name == "all" else (table.GROUPS[name],)
        session.voice.say_all(f"{one.call}: {one.does}." for group in groups for one in group)
        return
    if name:
        command = table.named(name)
        if command is None:
            raise NotPossible(f"No command is called {name}; help lists them.")
        session.say(f"{command.call}: {command.does}.")
        return
    main = [command for word in table.MAIN if (command := table.named(word)) is not None]
    session.say(
        *(f"{one.call}: {one.does}." for one in main),
        "A number alone reads that entry of the last list. Letters are large or small as they stand here.",
        f"help and one of these words lists the rest: {', '.join(table.GROUPS)}; help all lists everything.",
    )


def quit(session: Session, asked: str) -> None:
    """End, as the end of what is typed does."""
    raise EOFError
