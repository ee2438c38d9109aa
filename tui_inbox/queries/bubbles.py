"""What could be told to the owner while they look elsewhere: turns, new hits, posts of groups."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from tui_inbox.core.account import Account
from tui_inbox.core.bubbles import OLD, About, News, Rules
from tui_inbox.core.conversation import ItemState, Lane, Opening
from tui_inbox.core.moment import Millis
from tui_inbox.core.post import Audience
from tui_inbox.core.reading import FilterContext
from tui_inbox.core.text import clean_line
from tui_inbox.queries import history, outside
from tui_inbox.queries.accounts import viewers
from tui_inbox.queries.labels import labels
from tui_inbox.queries.lanes import Placed, placed
from tui_inbox.queries.post_rows import SOMEBODY, rows_of
from tui_inbox.queries.rows import PostRow, Scope
from tui_inbox.store import accounts, gathered, groups, searches
from tui_inbox.store.database import Connection
from tui_inbox.store.gathered import Gathered

HITS = 50
"""So many hits of one search are looked at, and so many posts of one group."""

ABOUT = {
    Lane.TALK: About.TALK,
    Lane.NEWCOMERS: About.NEWCOMER,
    Lane.STRANGERS: About.STRANGER,
}
"""What a lane's conversations are to a bubble; those of the others are not told."""


def waiting(
    db: Connection, rules: Rules, *, now: Millis, known: Collection[str] = ()
) -> tuple[News, ...]:
    """Everything that waits and that the owner wants to be told of.

    Args:
        rules: what the owner wants.
        known: keys of what was told already; it is left out, and its text is not read.
        now: the moment; what was said more than a day before it is left out where that is cheap to know.
    """
    told = [one for one in accounts.accounts(db) if _is_wanted(one, rules)]
    ids = [one.id for one in told]
    unread = history.unread(db, Scope(tuple(ids)))
    rows = _turns(db, ids, rules) if rules.about else []
    addressed = {row.item.post for row in rows}
    return (
        *_told_turns(db, ids, [row for row in rows if _key(row) not in known], rules, unread),
        *_hits(db, ids, rules, unread, known, addressed),
        *_of_groups(db, ids, rules, now, unread, known, addressed),
    )


def _is_wanted(account: Account, rules: Rules) -> bool:
    names = {account.letters.lower(), account.handle.lower(), account.handle.split("@")[0].lower()}
    return not rules.accounts or bool(names & set(rules.accounts))


def _turns(db: Connection, ids: Sequence[int], rules: Rules) -> list[Placed]:
    """Conversations in which it is the owner's turn, and that nobody has looked at."""
    return [
        row
        for row in placed(db, ids)
        if ABOUT.get(row.lane) in rules.about and row.item.state is ItemState.NEW
    ]


def _key(row: Placed) -> str:
    """Names a turn: the conversation, and the post that opened it."""
    return f"turn:{row.item.id}:{row.item.post or 0}"


def _told_turns(
    db: Connection,
    ids: Sequence[int],
    rows: Sequence[Placed],
    rules: Rules,
    unread: frozenset[int],
) -> Iterator[News]:
    """Turns as they are told."""
    for account, viewer in viewers(db, Scope(tuple(ids))).items():
        own = [row for row in rows if row.item.account == account]
        if not own:
            continue
        names = labels(db, account, [row.item.person for row in own])
        wanted = [row.item.post for row in own if row.item.post is not None] if rules.texts else []
        posts = rows_of(db, viewer, wanted, context=FilterContext.NOTIFICATIONS)
        for row in own:
            yield News(
                key=_key(row),
                about=ABOUT[row.lane],
                who=names.get(row.item.person, SOMEBODY).name,
                why=_why(row),
                text=_text(posts.get(row.item.post or 0)),
                at=row.item.since,
                history=account in unread,
            )


def _why(row: Placed) -> str:
    if row.item.opening is Opening.DIRECT:
        return "writes to you privately"
    return "asks" if row.item.asks else str(row.item.opening or "wrote")


def _hits(
    db: Connection,
    ids: Sequence[int],
    rules: Rules,
    unread: frozenset[int],
    known: Collection[str],
    addressed: Collection[int | None],
) -> Iterator[News]:
    """New hits of the searches that are wanted; what addresses the owner is told as that."""
    if rules.searches == "none":
        return
    shown = viewers(db, Scope(tuple(ids)))
    wanted = [
        search
        for search in searches.searches(db)
        if search.account in shown and (search.marked or rules.searches == "all")
    ]
    new = searches.new_hits(db) if wanted else []
    for search in wanted:
        found = [
            post
            for whose, post in new
            if whose == search.id and f"hit:{search.id}:{post}" not in known
        ][-HITS:]
        rows = rows_of(db, shown[search.account], found, context=FilterContext.HOME)
        for id, row in rows.items():
            if id not in addressed and row.hidden is None and not row.mine:
                yield News(
                    key=f"hit:{search.id}:{id}",
                    about=About.HIT,
                    who=row.author.name,
                    why=clean_line(outside.title(db, search), limit=60),
                    text=_text(row) if rules.texts else "",
                    at=row.at,
                    history=search.account in unread,
                )


def _of_groups(
    db: Connection,
    ids: Sequence[int],
    rules: Rules,
    now: Millis,
    unread: frozenset[int],
    known: Collection[str],
    addressed: Collection[int | None],
) -> Iterator[News]:
    """What the people of the groups that are wanted have posted since yesterday."""
    wanted = [one for one in groups.groups(db) if one.name.lower() in rules.groups]
    people = {person for group in wanted for person, _ in groups.members(db, group.id)}
    if not people:
        return
    shown = viewers(db, Scope(tuple(ids)))
    what = Gathered(tuple(sorted(people)), tuple(shown))
    entries = gathered.window(db, what, limit=HITS, newer_than=(now - OLD, ""))
    for account, viewer in shown.items():
        own = [
            entry.post.id
            for entry in entries
            if entry.account == account
            and entry.post.id not in addressed
            and f"post:{entry.post.id}" not in known
        ]
        for id, row in rows_of(db, viewer, own, context=FilterContext.HOME).items():
            if row.hidden is None and not row.mine:
                yield News(
                    key=f"post:{id}",
                    about=About.GROUP,
                    who=row.author.name,
                    why="posted",
                    text=_text(row) if rules.texts else "",
                    at=row.at,
                    history=account in unread,
                )


def _text(row: PostRow | None) -> str:
    """What a bubble may show of a text: only what everybody may read, and nothing that is folded."""
    if row is None or row.folds_text or row.audience not in (Audience.PUBLIC, Audience.UNLISTED):
        return ""
    return clean_line(row.text, limit=300)
