"""Keeping, changing and throwing away standing searches."""

from __future__ import annotations

from concurrent.futures import Future

from msgspec.structs import asdict

from tui_inbox.commands.context import Context, Outcome
from tui_inbox.commands.journal import Step, log
from tui_inbox.core.conversation import ItemState
from tui_inbox.core.matching import matcher
from tui_inbox.core.moment import Millis
from tui_inbox.core.query import And, Not, Query
from tui_inbox.core.query_text import QueryError, parse, unparse
from tui_inbox.priority.phrases import counted
from tui_inbox.store import accounts, outside, posts, searches, words
from tui_inbox.store.database import Connection
from tui_inbox.store.post_rows import StoredPost
from tui_inbox.store.searches import SavedSearch
from tui_inbox.store.store import Writing
from tui_inbox.store.subjects import beside, subject_of

FIRST_HITS = 100
"""So many stored posts a new search begins with."""

GONE = Outcome("This search is gone already.")


def save(ctx: Context, account: int, query: str) -> Future[Outcome]:
    """Keep a search; what it finds in the store already are its first hits, none of them new."""

    def job(w: Writing) -> Outcome:
        try:
            tree = parse(query)
        except QueryError as error:
            return Outcome(f"This is not a query: {error}.")
        text = unparse(tree)
        if any(one.account == account and one.query == text for one in searches.searches(w.db)):
            return Outcome(f"“{text}” is kept already.")
        now = ctx.clock.now()
        id = searches.add_search(w, account, text, at=now)
        _find_stored(w, id, account, tree, now)
        what = f"keeping the search “{text}”"
        step: Step = {"step": "search saved", "search": id}
        return Outcome(f"“{text}” is kept", log(w, now, account, what, [step]))

    return ctx.change(job)


def remove(ctx: Context, search: int) -> Future[Outcome]:
    """Throw a search away with its hits; undo brings both back."""

    def job(w: Writing) -> Outcome:
        found = searches.search(w.db, search)
        if found is None:
            return GONE
        step: Step = {
            "step": "search removed",
            "search": asdict(found),
            "hits": searches.states(w.db, search),
            "sources": [one.id for one in outside.sources_of(w.db, search)],
        }
        searches.remove_search(w, search)
        what = f"throwing the search “{found.query}” away"
        sentence = f"“{found.query}” is thrown away"
        return Outcome(sentence, log(w, ctx.clock.now(), found.account, what, [step]))

    return ctx.change(job)


def mark(ctx: Context, search: int, marked: bool) -> Future[Outcome]:
    """Let `n` stop at the hits of a search, or not any more."""

    def job(w: Writing) -> Outcome:
        found = searches.search(w.db, search)
        if found is None:
            return GONE
        if found.marked == marked:
            return Outcome(f"“{found.query}” is {'' if marked else 'not '}marked already.")
        searches.set_marked(w, search, marked)
        step: Step = {"step": "search marked", "search": search, "was": found.marked}
        what = f"{'marking' if marked else 'unmarking'} “{found.query}”"
        sentence = f"“{found.query}” is {'marked' if marked else 'not marked any more'}"
        return Outcome(sentence, log(w, ctx.clock.now(), found.account, what, [step]))

    return ctx.change(job)


def change_query(ctx: Context, search: int, query: str) -> Future[Outcome]:
    """Let a search look for something else: hits that it would not find any more go, stored ones that it finds come."""

    def job(w: Writing) -> Outcome:
        found = searches.search(w.db, search)
        if found is None:
            return GONE
        try:
            tree = parse(query)
        except QueryError as error:
            return Outcome(f"This is not a query: {error}; nothing was changed.")
        text = unparse(tree)
        if any(
            one.account == found.account and one.query == text for one in searches.searches(w.db)
        ):
            return Outcome(f"“{text}” is kept already.")
        now = ctx.clock.now()
        step = _put_query(w, found, tree, now)
        if found.outside_only:
            outside.hear_again(w, found.id)
        else:
            step["found"] = _find_stored(w, found.id, found.account, tree, now)
        what = f"changing “{found.query}”"
        action = log(w, now, found.account, what, [step])
        return Outcome(f"it looks for “{text}” now", action)

    return ctx.change(job)


def exclude(ctx: Context, search: int, term: str) -> Future[Outcome]:
    """Let a search leave something out from now on; hits that it would not find any more go.

    Args:
        term: in the search language, such as `from:rocket` or `"our panel"`.
    """

    def job(w: Writing) -> Outcome:
        found = searches.search(w.db, search)
        if found is None:
            return GONE
        try:
            tree = _without(parse(found.query) if found.query else None, parse(term))
        except QueryError as error:
            return Outcome(f"This cannot be left out: {error}.")
        now = ctx.clock.now()
        step = _put_query(w, found, tree, now)
        what = f"leaving “{term}” out"
        action = log(w, now, found.account, what, [step])
        return Outcome(f"without “{term}”: {counted(len(step['hits']), 'hit')} less", action)

    return ctx.change(job)


def _put_query(w: Writing, search: SavedSearch, tree: Query, now: Millis) -> Step:
    """Give a search another query; hits that it would not find any more go. Returns the step that takes it back."""
    searches.set_query(w, search.id, unparse(tree))
    gone = _not_found(w.db, search, tree, now)
    searches.remove_hits(w, search.id, [post for post, _, _ in gone])
    return {"step": "search query", "search": search.id, "was": search.query, "hits": gone}


def _find_stored(w: Writing, search: int, account: int, tree: Query, now: Millis) -> list[int]:
    """Make hits of what a query finds among what is stored; the new ones, by local id of the post."""
    owner = accounts.owner(w.db, account)
    known = {post for post, _, _ in searches.states(w.db, search)}
    fresh = [
        one
        for one in words.search(w.db, account, tree, limit=FIRST_HITS, now=now)
        if one.author != owner and one.id not in known
    ]
    for one in fresh:
        searches.put_hit(w, search, one.id, one.post.created_at, ItemState.SEEN)
    return [one.id for one in fresh]


def _without(tree: Query | None, term: Query) -> Query:
    if tree is None:
        return Not(term)
    terms = tree.terms if isinstance(tree, And) else (tree,)
    return And((*terms, Not(term)))


def _not_found(
    db: Connection, search: SavedSearch, tree: Query, now: Millis
) -> list[tuple[int, str, int]]:
    """Hits that a query does not find: (local id of the post, state, the post's time)."""
    matches = matcher(tree)
    owner = accounts.owner(db, search.account)
    kept = searches.states(db, search.id)
    stored = posts.posts(db, search.account, [post for post, _, _ in kept])
    known = beside(db, search.account, list(stored))

    def is_found(post: StoredPost) -> bool:
        return matches(subject_of(post, now=now, owners=[owner], known=known))

    return [
        (post, state, at)
        for post, state, at in kept
        if post in stored and not is_found(stored[post])
    ]
