"""What the stranger check found, in sentences, each with the posts behind it."""

from __future__ import annotations

from datetime import tzinfo

from msgspec import Struct

from tui_inbox.core.conversation import Opening
from tui_inbox.core.findings import (
    About,
    Account,
    Check,
    Conversation,
    Finding,
    Knows,
    Links,
    Quoted,
    SameLink,
    SameText,
    ToYou,
    Verdict,
    YouTwo,
)
from tui_inbox.core.moment import DAY, Millis
from tui_inbox.core.stranger import YOUNG
from tui_inbox.priority import phrases
from tui_inbox.queries import words
from tui_inbox.store import accounts, batches, checks
from tui_inbox.store.database import Connection

_BESIDE = 2
"""Findings that stand beside the verdict where it has one line only."""


class EvidenceRow(Struct, frozen=True):
    """A post behind a sentence.

    Attributes:
        server_id: by which the account asks for it; empty where it never saw it.
        author: who wrote it; empty for the stranger.
        post: its local id, where it is stored.
    """

    key: str
    server_id: str
    at: Millis
    author: str
    text: str
    links: tuple[str, ...]
    url: str | None
    post: int | None = None


class CheckLine(Struct, frozen=True):
    """One sentence of a check. `shows`: what the posts behind it are to it, in a word; empty where there are none."""

    label: str
    words: str
    shows: str = ""
    evidence: tuple[EvidenceRow, ...] = ()


class CheckView(Struct, frozen=True):
    """A check in words.

    Attributes:
        why: why nobody can tell; empty for the other verdicts.
        basis: what it is from: `from 40 posts, 3 Nov to today`.
        at: when the posts were read.
    """

    verdict: Verdict
    why: str
    basis: str
    at: Millis
    lines: tuple[CheckLine, ...]


def check_view(
    db: Connection, account: int, person: int, *, now: Millis, zone: tzinfo | None = None
) -> CheckView | None:
    """What was found out about somebody, or None where nobody has looked yet."""
    stored = checks.check_of(db, account, person)
    if stored is None:
        return None
    zone = zone or words.local_zone(now)
    quoted = {one.uri: one for one in stored.quoted}
    network = accounts.account(db, account).network
    local = batches.posts_by_uri(db, network, quoted)
    found = stored.found
    return CheckView(
        verdict=found.verdict,
        why=found.why,
        basis=_basis(found, stored.at, now, zone),
        at=stored.at,
        lines=tuple(
            CheckLine(
                label=_label(finding),
                words=sentence,
                shows=_SHOWS.get(type(finding), "shows them"),
                evidence=tuple(
                    _evidence(quoted[uri], local.get(uri))
                    for uri in getattr(finding, "posts", ())
                    if uri in quoted
                ),
            )
            for finding in _shown(found)
            if (sentence := _sentence(finding, now, zone))
        ),
    )


def verdict_line(db: Connection, account: int, person: int, now: Millis, zone: tzinfo) -> str:
    """A check in one line, for cards: `looks like a person · 29 of 38 answer somebody, 17 different people`.

    Empty where nobody has looked yet.
    """
    stored = checks.check_of(db, account, person)
    if stored is None:
        return ""
    found = stored.found
    verdict = f"{found.verdict}: {found.why}" if found.why else str(found.verdict)
    facts = [
        _sentence(finding, now, zone)
        for finding in found.findings
        if isinstance(finding, _TELLING[found.verdict])
    ]
    return " · ".join([verdict, *[fact for fact in facts if fact][:_BESIDE]])


_TELLING: dict[Verdict, tuple[type[Struct], ...]] = {
    Verdict.SAME: (SameText, SameLink, Links),
    Verdict.PERSON: (Conversation, Knows),
    Verdict.UNKNOWN: (SameText, SameLink, Account),
}
"""What stands beside each verdict."""
_SHOWS = {Links: "lists them", ToYou: "shows it"}


def without_evidence(found: Check, *, now: Millis, zone: tzinfo | None = None) -> CheckView:
    """A check that is stored nowhere, in words: of oneself, for instance."""
    zone = zone or words.local_zone(now)
    return CheckView(
        verdict=found.verdict,
        why=found.why,
        basis=_basis(found, now, now, zone),
        at=now,
        lines=tuple(
            CheckLine(_label(finding), sentence)
            for finding in _shown(found)
            if (sentence := _sentence(finding, now, zone))
        ),
    )


def same_text_words(finding: SameText, now: Millis, zone: tzinfo) -> str:
    """To how many people one text went: `same text to 14 people since Tuesday`."""
    return f"same text {_sentence(finding, now, zone)}"


def _shown(found: Check) -> list[Finding]:
    """The findings worth a line: of who sends everyone the same what they wrote stands above already."""
    if found.verdict is Verdict.SAME:
        return [finding for finding in found.findings if not isinstance(finding, ToYou)]
    return list(found.findings)


def _label(finding: Finding) -> str:
    return str(finding.__struct_config__.tag)


def _basis(found: Check, at: Millis, now: Millis, zone: tzinfo) -> str:
    looked = f", looked at {words.day(at, now, zone)}" if now - at > DAY else ""
    if not found.posts:
        return looked.removeprefix(", ")
    first, last = words.day(found.first, now, zone), words.day(found.last, now, zone)
    days = first if first == last else f"{first} to {last}"
    return f"from {phrases.counted(found.posts, 'post')}, {days}{looked}"


def _sentence(finding: Finding, now: Millis, zone: tzinfo) -> str:
    """A finding in words; empty where there is nothing worth saying in it."""
    match finding:
        case SameText(people, since):
            return f"to {people} people since {words.day(since, now, zone)}"
        case SameLink(site, people, since):
            return f"{site}, to {people} people since {words.day(since, now, zone)}"
        case Links(site, count, total):
            return f"{count} of {total} go to {site}"
        case Conversation():
            return _conversation(finding)
        case Account():
            return _account(finding, now)
        case Knows(names):
            return f"{words.listed(names)} (they write to each other)"
        case About(fields, verified):
            filled = f"{phrases.number(fields)} {'field' if fields == 1 else 'fields'} filled in"
            return f"{filled}, a site that links back" if verified else filled
        case YouTwo():
            return "never talked, nobody you talk with has either"
        case ToYou():
            return _to_you(finding, now, zone)


def _conversation(finding: Conversation) -> str:
    if not finding.answers:
        return f"0 of {finding.total} {'answers' if finding.total == 1 else 'answer'} somebody"
    answer = "answers" if finding.answers == 1 else "answer"
    people = "one person" if finding.people == 1 else f"{finding.people} different people"
    back = f", {finding.returned} of them to somebody who wrote first" if finding.returned else ""
    return f"{finding.answers} of {finding.total} {answer} somebody, {people}{back}"


def _account(finding: Account, now: Millis) -> str:
    """How old an account is, where it is young or silent about itself."""
    silent = [
        *([] if finding.description else ["no description"]),
        *([] if finding.picture else ["no picture"]),
        *(["says that it is a bot"] if finding.bot else []),
    ]
    at = finding.created_at
    is_young = at is not None and now - at < YOUNG
    age = f"{_aged(now - at)} old" if at is not None and (is_young or silent) else ""
    return ", ".join([*([age] if age else []), *silent])


def _aged(age: Millis) -> str:
    """`less than a day`, `2 days`, `3 weeks`."""
    days = max(0, age) // DAY
    if not days:
        return "less than a day"
    return phrases.counted(days, "day") if days < 30 else phrases.span(age)


_OPENINGS = {
    Opening.NAMED: "names you",
    Opening.QUOTE: "quotes you",
    Opening.DIRECT: "writes to you alone",
}


def _to_you(finding: ToYou, now: Millis, zone: tzinfo) -> str:
    what = _OPENINGS.get(finding.opening, "answers you")
    if finding.opening is Opening.ANSWER and finding.answers_at is not None:
        what = f"answers your post of {words.day(finding.answers_at, now, zone)}"
    return f"{what}, {'asks a question' if finding.asks else 'asks nothing'}"


def _evidence(quoted: Quoted, post: int | None) -> EvidenceRow:
    return EvidenceRow(
        key=quoted.uri,
        server_id=quoted.server_id,
        at=quoted.at,
        author=quoted.author,
        text=quoted.text,
        links=quoted.links,
        url=quoted.url,
        post=post,
    )
