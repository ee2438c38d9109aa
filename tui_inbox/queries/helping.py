"""Drafts that help others: a quote, an introduction, whom one had good talks with. Nothing here is ever sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.act import ActKind
from tui_inbox.core.capability import No, quote_audience
from tui_inbox.core.courtesy import courtesy
from tui_inbox.core.draft import Draft
from tui_inbox.core.moment import DAY, Millis
from tui_inbox.core.post import Audience
from tui_inbox.core.web_intents import of_quote
from tui_inbox.priority.model import Question
from tui_inbox.priority.ranking import rank_people
from tui_inbox.queries.accounts import Viewer, viewer
from tui_inbox.queries.drafts import fresh as new_draft
from tui_inbox.queries.labels import labels
from tui_inbox.queries.rows import PersonLabel
from tui_inbox.queries.ties import circle
from tui_inbox.store import accounts, batches, drafts, laid_over, ledger, people, posts
from tui_inbox.store.database import Connection

WEEK: Millis = 7 * DAY
MOST_PEOPLE = 5
"""More would be a list, which nobody reads as a recommendation."""

_OPEN = (Audience.PUBLIC, Audience.UNLISTED)
_SILENCING = (ActKind.MUTE, ActKind.BLOCK)


GONE = "This post is not in the store any more."


class Quoting(Struct, frozen=True):
    """A draft that passes a post on with a word of one's own.

    Attributes:
        draft: quotes it, or names its address where the server knows no quotes; None where it is not to be passed on.
        sentence: why it is no quote; empty where it is one.
        url: where it is quoted instead, for the browser; empty where it can be done here, or not at all.
    """

    draft: Draft | None
    sentence: str = ""
    url: str = ""


def quoting(db: Connection, account: int, post: int) -> Quoting:
    """The kept draft of a quote of a post, or a fresh one. It is for no more people than the post.

    Raises:
        NoSuchAccount: there is none with that number.
    """
    stored = posts.post(db, account, post)
    if stored is None or stored.deleted:
        return Quoting(None, GONE)
    fresh = new_draft(db, account)
    audience = audience_of_quote(db, account, post, fresh.audience)
    if isinstance(audience, No):
        return Quoting(None, audience.sentence)
    fresh = replace(fresh, audience=audience)
    who = accounts.account(db, account)
    if stored.view and (there := of_quote(who.network, stored.view.server_id)):
        return Quoting(None, there.sentence, there.url)
    if who.limits.quotes:
        kept = drafts.draft_for(db, account, None, post)
        return Quoting(kept or replace(fresh, quotes=post))
    if not stored.post.url:
        return Quoting(None, "This server knows no quotes, and the post has no address.")
    text = f"{stored.post.url}\n\n"
    why = "This server knows no quotes: here is a new post with the address in it."
    return Quoting(replace(fresh, text=text), why)


def audience_of_quote(db: Connection, account: int, post: int, wanted: Audience) -> Audience | No:
    """Who may read an account's quote of a post, or why it is not to be quoted: see `capability.quote_audience`."""
    stored = posts.post(db, account, post)
    if stored is None:
        return No(GONE)
    is_mine = stored.author == accounts.owner(db, account)
    return quote_audience(stored.post.audience, wanted, is_mine=is_mine)


def introduction(db: Connection, account: int, handles: tuple[str, str]) -> Draft:
    """A draft that names two people to each other, by their handles.

    Raises:
        NoSuchAccount: there is none with that number.
    """
    fresh = new_draft(db, account)
    one, other = handles
    return replace(fresh, text=f"@{one} @{other} {courtesy(fresh.language).meet}")


def this_week(db: Connection, account: int, *, now: Millis) -> Draft | None:
    """A draft that recommends the people of the week; None where there was nobody.

    Raises:
        NoSuchAccount: there is none with that number.
    """
    eyes = viewer(db, account)
    found = people_of_week(db, eyes, now=now) if eyes is not None else ()
    if not found:
        return None
    fresh = new_draft(db, account)
    lines = [courtesy(fresh.language).week, *(f"@{one.handle}" for one in found)]
    return replace(fresh, text="\n".join(lines))


def people_of_week(db: Connection, eyes: Viewer, *, now: Millis) -> tuple[PersonLabel, ...]:
    """With whom the owner had the best exchanges in the last seven days, the best first.

    Only what everybody could read counts, and only where both have written: what was private stays so, and nobody
    is recommended for being written at. Of equals the one stands first whom the model expects to stay in touch.
    """
    mine: dict[int, set[str]] = defaultdict(set)
    theirs: dict[int, set[str]] = defaultdict(set)
    week = ledger.interactions(db, eyes.account, since=now - WEEK)
    talk = [one for one in week if one.kind.is_talk]
    told = _public(db, eyes, {one.subject for one in talk})
    for one in talk:
        if one.subject not in told:
            continue
        if one.actor == eyes.owner:
            mine[one.target].add(one.subject)
        else:
            theirs[one.actor].add(one.subject)
    both = _worth_naming(db, eyes, mine.keys() & theirs.keys())
    ranked = rank_people(circle(db, eyes.account), now, Question.WEEK)
    place = {row.key: number for number, row in enumerate(ranked)}

    def order(person: int) -> tuple[int, int, int, int]:
        sent, got = len(mine[person]), len(theirs[person])
        return -min(sent, got), -(sent + got), place.get(person, len(place)), person

    best = sorted(both, key=order)[:MOST_PEOPLE]
    names = labels(db, eyes.account, best)
    return tuple(names[person] for person in best)


def _public(db: Connection, eyes: Viewer, uris: Iterable[str]) -> set[str]:
    """Those posts that everybody could read."""
    known = batches.posts_by_uri(db, eyes.network, uris)
    stored = posts.posts(db, eyes.account, known.values())
    return {uri for uri, id in known.items() if id in stored and stored[id].post.audience in _OPEN}


def _worth_naming(db: Connection, eyes: Viewer, found: Iterable[int]) -> set[int]:
    """Without those the owner does not want to hear of, programs, and the owner's own accounts."""
    own = {accounts.owner(db, account.id) for account in accounts.accounts(db)}
    left = set(found) - own - batches.silenced(db, eyes.account)
    pending = laid_over.pending_acts_on_people(db, eyes.account, left)
    left -= {person for person, acts in pending.items() if set(acts) & set(_SILENCING)}
    known = {person: people.person(db, person) for person in left}
    return {person for person, one in known.items() if one is not None and not one.bot}
