"""A search that was tried, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui_inbox.cli.printing import hit_lines
from tui_inbox.core.moment import Millis
from tui_inbox.priority.phrases import counted
from tui_inbox.queries import words
from tui_inbox.queries.trial import Trial


def trial_lines(tried: Trial, now: Millis) -> Iterator[str]:
    """What a search would have found, and where it would look."""
    yield f"looks for  {tried.query}"
    yield f"found      {_how_many(tried)}"
    if tried.looked_to is not None:
        back = words.day(tried.looked_to, now, words.local_zone(now))
        yield f"           looked back to {back} only: there is too much to look at"
    if tried.too_slow:
        posts = counted(tried.too_slow, "post")
        yield f"           a regular expression took too long on {posts}: no hits in a standing search"
    for day in tried.days:
        yield f"{day.count:>10}  {day.word}"
    yield f"server     {_asked(tried)}"
    yield from _listed("           checked here: ", tried.checked_here)
    yield from _listed("           not asked there: ", tried.not_asked, " OR ")
    yield from _listed("slow       put to every post that arrives: ", tried.every_post, " OR ")
    if tried.newest:
        yield "newest"
        yield from hit_lines(tried.newest, now)


def _how_many(tried: Trial) -> str:
    posts = counted(tried.found, "post")
    asking = f", {tried.asking} of them ask something" if tried.asking else ""
    return f"{posts} in {counted(len(tried.days), 'day')}{asking}"


def _asked(tried: Trial) -> str:
    return (
        f"is asked for {words.enumerated(tried.asked)}" if tried.asked else "cannot be asked for it"
    )


def _listed(label: str, terms: Sequence[str], joint: str = " ") -> Iterator[str]:
    if terms:
        yield label + joint.join(terms)
