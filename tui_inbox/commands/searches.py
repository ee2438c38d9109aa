"""Keeping, changing and throwing away standing searches."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future

from msgspec.structs import asdict

from tui_inbox.commands.context import Context, Outcome
from tui_inbox.commands.journal import Step, log
from tui_inbox.core.ask_filter import ask_filter
from tui_inbox.core.ask_rules import AskRules
from tui_inbox.core.conversation import ItemState
from tui_inbox.core.matching import TooSlow, matcher
from tui_inbox.core.moment import Millis
from tui_inbox.core.query import And, Not, Query
from tui_inbox.core.query_text import QueryError, parse, unparse
from tui_inbox.core.same_text import fingerprint
from tui_inbox.core.text import clean_fragment
from tui_inbox.store import accounts, ask_rules, asking, hits, outside, posts, searches, words
from tui_inbox.store.database import Connection
from tui_inbox.store.hits import Hit
from tui_inbox.store.post_rows import StoredPost
from tui_inbox.store.searches import SavedSearch
from tui_inbox.store.store import Writing
from tui_inbox.store.subjects import beside, subject_of

FIRST_HITS = 100
"""So many stored posts a new search begins with."""

GONE = Outcome("This search is gone already.")
UNREADABLE = "The query of this search cannot be read any more ({}); nothing was changed, E on its name mends it."


def save(ctx: Context, account: int, query: str, *, asks_only: bool = False) -> Future[Outcome]:
    """Keep a search; what it finds in the store already are its first hits, none of them new.

    Args:
        asks_only: show only those that ask for something.
    """

    def job(w: Writing) -> Outcome:
        try:
            tree = parse(clean_fragment(query))  # it may have been pasted
        except QueryError as error:
            return Outcome(f"This is not a query: {error}.")
        text = unparse(tree)
        if _is_kept(w.db, account, text):
            return Outcome(f"“{text}” is kept already.")
        now = ctx.clock.now()
        try:
            found = _find_stored(w.db, account, tree, now)
        except TooSlow as error:
            return Outcome(str(error))
        id = searches.add_search(w, account, text, at=now)
        _put_found(w, id, found)
        if asks_only:
            searches.set_asks_only(w, id, True)
            _judge(w, id, account, now)
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
            "hits": [asdict(one) for one in hits.hits_of(w.db, search)],
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


def set_asks_only(ctx: Context, search: int, asks_only: bool) -> Future[Outcome]:
    """Show only those hits of a search that ask for something, or all of them again; none is lost by it."""

    def job(w: Writing) -> Outcome:
        found = searches.search(w.db, search)
        if found is None:
            return GONE
        if found.asks_only == asks_only:
            shows = "only what asks for something" if asks_only else "all its hits"
            return Outcome(f"“{found.query}” shows {shows} already.")
        now = ctx.clock.now()
        searches.set_asks_only(w, search, asks_only)
        sentence = f"“{found.query}” shows all its hits again"
        if asks_only:
            _judge(w, search, found.account, now)
            is_open = [one for one in hits.hits_of(w.db, search) if one.state.is_open]
            asking_ = sum(one.asks for one in is_open)
            sentence = f"“{found.query}” shows what asks for something: {asking_} of {len(is_open)}"
        step: Step = {"step": "search asks", "search": search, "was": found.asks_only}
        what = "asks only" if asks_only else "no asks only"
        action = log(w, now, found.account, f"{what} for “{found.query}”", [step])
        return Outcome(sentence, action)

    return ctx.change(job)


def take_ask_rules(w: Writing, rules: AskRules, now: Millis) -> None:
    """Let rules of the settings file hold for what looks for something; hits that are there are asked anew."""
    if rules == ask_rules.ask_rules(w.db):
        return
    ask_rules.put_ask_rules(w, rules, now)
    for one in searches.searches(w.db):
        if one.asks_only:
            _judge(w, one.id, one.account, now)


def change_query(ctx: Context, search: int, query: str) -> Future[Outcome]:
    """Let a search look for something else: hits that it would not find any more go, stored ones that it finds come."""

    def job(w: Writing) -> Outcome:
        found = searches.search(w.db, search)
        if found is None:
            return GONE
        try:
            tree = parse(clean_fragment(query))  # it may have been pasted
        except QueryError as error:
            return Outcome(f"This is not a query: {error}; nothing was changed.")
        text = unparse(tree)
        if not found.outside_only and _is_kept(w.db, found.account, text):
            return Outcome(f"“{text}” is kept already.")
        now = ctx.clock.now()
        try:
            stored = [] if found.outside_only else _find_stored(w.db, found.account, tree, now)
        except TooSlow as error:
            return Outcome(str(error))
        step = _put_query(w, found, tree, now)
        if found.outside_only:
            outside.hear_again(w, found.id)
        else:
            step["found"] = _put_found(w, found.id, stored)
        if found.asks_only:
            _judge(w, found.id, found.account, now)
        what = f"changing “{found.query}”"
        action = log(w, now, found.account, what, [step])
        return Outcome(f"it looks for “{text}” now", action)

    return ctx.change(job)


def exclude(ctx: Context, search: int, term: str) -> Future[Outcome]:
    """Let a search leave something out from now on; hits that it would not find any more go.

    Args:
        term: in the search language, such as `from:rocket`, `"our panel"` or `link:rocket.example`.
    """

    def job(w: Writing) -> Outcome:
        found = searches.search(w.db, search)
        if found is None:
            return GONE
        try:
            # One without words takes all that its sources bring.
            before = _terms(parse(found.query)) if found.query else ()
        except QueryError as error:
            return Outcome(UNREADABLE.format(error))
        try:
            without = Not(parse(term))
        except QueryError as error:
            return Outcome(f"This cannot be left out: {error}.")
        if without in before:
            return Outcome(f"{term} is left out already.")
        tree = And((*before, without)) if before else without
        now = ctx.clock.now()
        step = _put_query(w, found, tree, now)
        what = f"leaving {term} out"
        action = log(w, now, found.account, what, [step])
        fewer = len(step["hits"])
        return Outcome(f"without {term}: {fewer} fewer {'hit' if fewer == 1 else 'hits'}", action)

    return ctx.change(job)


def _is_kept(db: Connection, account: int, query: str) -> bool:
    """Whether an account has a search for the same already; what looks in a feed only is another one."""
    return any(
        one.account == account and one.query == query and not one.outside_only
        for one in searches.searches(db)
    )


def _put_query(w: Writing, search: SavedSearch, tree: Query, now: Millis) -> Step:
    """Give a search another query; hits that it would not find any more go. Returns the step that takes it back."""
    searches.set_query(w, search.id, unparse(tree))
    gone = _not_found(w.db, search, tree, now)
    searches.remove_hits(w, search.id, [one.post for one in gone])
    told = [asdict(one) for one in gone]
    return {"step": "search query", "search": search.id, "was": search.query, "hits": told}


def _find_stored(db: Connection, account: int, tree: Query, now: Millis) -> list[StoredPost]:
    """What a query finds among what is stored; the owner's own posts are no hits."""
    owner = accounts.owner(db, account)
    found = words.search(db, account, tree, limit=FIRST_HITS, now=now)
    return [one for one in found if one.author != owner]


def _put_found(w: Writing, search: int, found: Sequence[StoredPost]) -> list[int]:
    """Make hits of what was found; those that were none before, by local id of the post."""
    known = {one.post for one in hits.hits_of(w.db, search)}
    fresh = [one for one in found if one.id not in known]
    for one in fresh:
        at, same = one.post.created_at, fingerprint(one.post.text)
        searches.put_hit(w, search, one.id, at, ItemState.SEEN, same=same)
    return [one.id for one in fresh]


def _judge(w: Writing, search: int, account: int, now: Millis) -> None:
    """Find out which hits of a search ask for something, by the rules as they are."""
    filter_ = ask_filter(ask_rules.ask_rules(w.db))
    kept = hits.hits_of(w.db, search)
    stored = posts.posts(w.db, account, [one.post for one in kept])
    told = [(one, stored[one.post]) for one in kept if one.post in stored]
    same = {post.id: fingerprint(post.post.text) for _, post in told}
    for one, post in told:
        # Whether somebody repeats themselves is seen once all texts are known.
        hits.set_told(w, search, post.id, asks=one.asks, same=same[post.id])
    owner = accounts.owner(w.db, account)
    for _, post in told:
        subject = subject_of(post, now=now, owners=[owner])
        asks = asking.asks(w.db, filter_, account, search, post, subject, same[post.id])
        hits.set_told(w, search, post.id, asks=asks, same=same[post.id])


def _terms(tree: Query) -> tuple[Query, ...]:
    return tree.terms if isinstance(tree, And) else (tree,)


def _not_found(db: Connection, search: SavedSearch, tree: Query, now: Millis) -> list[Hit]:
    """Hits that a query does not find."""
    matches = matcher(tree)
    owner = accounts.owner(db, search.account)
    kept = hits.hits_of(db, search.id)
    stored = posts.posts(db, search.account, [one.post for one in kept])
    known = beside(db, search.account, list(stored))

    def is_found(post: StoredPost) -> bool:
        try:
            return matches(subject_of(post, now=now, owners=[owner], known=known))
        except TooSlow:  # as for what arrives
            return False

    return [one for one in kept if one.post in stored and not is_found(stored[one.post])]
