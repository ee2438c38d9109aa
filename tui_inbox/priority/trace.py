"""A score in words: every point of it in a sentence, and how the next one differs.

Terms that tell one story share a sentence; the points of the sentences add up to the score exactly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import tzinfo
from enum import StrEnum

from msgspec import Struct

from tui_inbox.core.moment import HOUR, Millis
from tui_inbox.priority import phrases
from tui_inbox.priority.model import Item, Rule, Score, Term, TermName
from tui_inbox.priority.tie import NEVER, Tie


class Evidence(StrEnum):
    """Which events stand behind a reason, for whoever fetches them."""

    EXCHANGES = "exchanges"  # texts between the two
    SENT = "sent"  # the owner's texts to them
    RECEIVED = "received"  # their texts since the owner's last one
    ITEM = "item"  # the text that waits
    THREAD = "thread"  # what others said in the thread since
    OTHERS = "others"  # contacts with other people
    RULE = "rule"  # a line of the settings
    NOTHING = "nothing"  # what is the same for everybody


class Facts(Struct, frozen=True):
    """What the sentences tell beside points.

    Attributes:
        exchanges: texts between the two in the last 30 days, both directions, from the ledger.
        item: what is known of the waiting text; None when a person is explained, not a text.
        order: how many partners were in contact more recently (`Ranked.order`).
        at_once: how many other strangers wrote at the same time (`Ranked.at_once`).
        said_here: when the owner last said something in the thread of the waiting text that did not name this
            person, if that was after their last text to them.
        zone: the owner's time zone.
    """

    tie: Tie
    now: Millis
    zone: tzinfo
    exchanges: int = 0
    order: int = 0
    at_once: int = 0
    item: Item | None = None
    said_here: Millis | None = None


class Reason(Struct, frozen=True):
    """One line of a trace: points in thousandths, a sentence, and where its evidence is.

    Attributes:
        term: what it is about; of several terms that are told together the first.
        rule: the user's rule that it comes from, if it does.
    """

    points: int
    sentence: str
    evidence: Evidence
    term: TermName
    rule: Rule | None = None


_TALK = frozenset(
    {TermName.BASE, TermName.SENT_SHORT, TermName.SENT_LONG, TermName.DAYS, TermName.RECEIVED_LONG}
)
"""The terms that one sentence tells together: how much the two talk."""


_FEWEST_ASKED = 3
"""With fewer texts there is no habit to speak of."""


def standing(score: Score) -> str:
    """The first line of a trace: the fact by which the lanes are parted, and which the points build upon."""
    return (
        "somebody you have written to" if score.is_known else "somebody you have never written to"
    )


def reasons(score: Score, facts: Facts) -> tuple[Reason, ...]:
    """The score in sentences, in the order of its terms. Lines of no points are left out."""
    talk = sum(term.points for term in score.terms if term.name in _TALK)
    lines = [_talk(talk, facts)]
    lines += [_reason(term, facts) for term in score.terms if term.name not in _TALK]
    return tuple(line for line in lines if line.points)


def short_reason(tie: Tie, exchanges: int, now: Millis, zone: tzinfo) -> str:
    """A person in one short line: `14 exchanges in 30 days, last 5 h ago`.

    Args:
        exchanges: texts between the two in the last 30 days, both directions.
    """
    if tie.exchanged and exchanges:
        last = phrases.last(tie.last_contact, now, zone)
        return f"{phrases.counted(exchanges, 'exchange')} in 30 days, last {last}"
    if tie.exchanged:
        last = phrases.last(tie.last_contact, now, zone)
        return f"you wrote to them on {phrases.counted(tie.days, 'day')}, last contact {last}"
    if tie.sent:
        last = phrases.last(tie.last_out, now, zone)
        return f"you wrote to them {phrases.times(tie.sent)}, last {last}"
    if tie.received > 1:
        last = phrases.last(tie.last_in, now, zone)
        return f"they wrote to you {phrases.times(tie.received)}, last {last}"
    if tie.received:
        return "first time they write to you"
    return "you two have never talked"


def likelihood(probability: float, tie: Tie) -> str:
    """The printed probability of an answer within a day, with the habit so far where there is one."""
    words = f"you answer a text like this within a day about {round(probability * 10)} times in 10"
    if tie.asked < _FEWEST_ASKED:
        return words
    return f"{words} (theirs: {tie.answered} of {tie.asked})"


def compare(mine: Score, other: Score, name: str) -> str:
    """Why the next one stands behind: `next is odile fenn with 6.100: not a question`.

    At most three differences, the largest first; what is small beside the largest is left out.

    Args:
        mine: the score of the one that is explained.
        other: the score of the next.
        name: the next one's name.
    """
    head = f"next is {name} with {phrases.total(other.points)}"
    if mine.points == other.points:
        return f"{head}: the same, the later contact goes first"
    gaps = _gaps(mine.terms, other.terms)
    least = max(1, *(gaps[name] // 5 for name in _LACKS))
    lacks = [name for name, gap in gaps.most_common() if gap >= least]
    told = ", ".join(_LACKS[name] for name in lacks[:3] if name in _LACKS)
    return f"{head}: {told}" if told else head


def behind(mine: Score, other: Score, name: str) -> str:
    """Why the one above stands before: `before it is odile fenn with 6.100; here: not a question`.

    Args:
        mine: the score of the one that is explained.
        other: the score of the one above.
        name: that one's name.
    """
    told = compare(other, mine, "").partition(": ")[2]
    head = f"before it is {name} with {phrases.total(other.points)}"
    if mine.points == other.points:
        return f"{head}: {told}"
    return f"{head}; here: {told}" if told else head


def _gaps(mine: Iterable[Term], other: Iterable[Term]) -> Counter[TermName]:
    """By how many points one score's terms exceed the other's."""
    gaps: Counter[TermName] = Counter()
    for term in mine:
        gaps[term.name] += term.points
    for term in other:
        gaps[term.name] -= term.points
    return gaps


_LACKS = {
    TermName.ORDER: "others were in contact more recently",
    TermName.SINCE_CONTACT: "longer since you were in contact",
    TermName.SENT_LONG: "you write to them less",
    TermName.WROTE_LAST: "they wait for you less",
    TermName.DAYS: "you wrote to them on fewer days",
    TermName.RECEIVED_LONG: "they write to you less",
    TermName.JUST_WROTE: "they have not just written",
    TermName.TOUCHED: "you have liked nothing of theirs",
    TermName.LEARNT: "less by what was learnt from whom you write to",
    TermName.ANSWERED: "less by what was learnt from what you answer",
    TermName.AT_ONCE: "more strangers wrote at the same time",
    TermName.SENT_SHORT: "you write to them less",
    TermName.SINCE_SENT: "longer since you wrote to them",
    TermName.UNANSWERED: "more texts of theirs unanswered",
    TermName.QUESTION: "not a question",
    TermName.WAITING: "shorter wait",
    TermName.ONLY_THANKS: "only a thank-you",
    TermName.OTHER_SPEAKERS: "more people have spoken since",
    TermName.RULE: "less by your rules",
}


def _talk(points: int, facts: Facts) -> Reason:
    """How much the two talk; to whom the owner never wrote, only the part that everybody has."""
    tie = facts.tie
    if not tie.sent:
        return Reason(points, "what everybody starts with", Evidence.NOTHING, TermName.BASE)
    if not tie.exchanged or not facts.exchanges:
        sentence = short_reason(tie, facts.exchanges, facts.now, facts.zone)
    else:
        last = phrases.last(tie.last_contact, facts.now, facts.zone)
        often = phrases.counted(facts.exchanges, "exchange")
        sentence = f"you two talk: {often} in 30 days, the last {last}"
    return Reason(points, sentence, Evidence.EXCHANGES, TermName.SENT_SHORT)


def _reason(term: Term, facts: Facts) -> Reason:
    """The line of a term that has one of its own."""
    tie, now, zone = facts.tie, facts.now, facts.zone
    item = facts.item or Item()
    match term.name:
        case TermName.ORDER:
            sentence, evidence = _order(facts.order), Evidence.OTHERS
        case TermName.SINCE_CONTACT:
            sentence, evidence = _last_contact(facts), Evidence.EXCHANGES
        case TermName.WROTE_LAST:
            sentence = f"they wrote last, {phrases.last(tie.last_in, now, zone)}"
            evidence = Evidence.RECEIVED
        case TermName.JUST_WROTE:
            sentence, evidence = "you two are in the middle of talking", Evidence.RECEIVED
        case TermName.TOUCHED:
            sentence, evidence = "you have liked, boosted or followed them too", Evidence.NOTHING
        case TermName.LEARNT:
            sentence, evidence = _leaning(term.points), Evidence.RECEIVED
        case TermName.ANSWERED:
            sentence, evidence = _answered(tie), Evidence.EXCHANGES
        case TermName.AT_ONCE:
            sentence, evidence = _at_once(facts.at_once), Evidence.OTHERS
        case TermName.SINCE_SENT:
            sentence, evidence = _since_sent(facts), Evidence.SENT
        case TermName.UNANSWERED:
            sentence, evidence = _unanswered(tie), Evidence.RECEIVED
        case TermName.QUESTION:
            sentence, evidence = f'it is a question ("{item.question}")', Evidence.ITEM
        case TermName.WAITING:
            began = phrases.since(item.waiting_since or now, now, zone)
            sentence, evidence = f"it is your turn, since {began}", Evidence.ITEM
        case TermName.ONLY_THANKS:
            sentence, evidence = "it only says thanks", Evidence.ITEM
        case TermName.OTHER_SPEAKERS:
            sentence, evidence = _others(item.other_speakers), Evidence.THREAD
        case _:
            sentence, evidence = _rule(term, facts), Evidence.RULE
    return Reason(term.points, sentence, evidence, term.name, term.rule)


def _last_contact(facts: Facts) -> str:
    at = facts.tie.last_contact
    if at == NEVER:
        return "you two have never written to each other"
    return f"the last contact was {phrases.last(at, facts.now, facts.zone)}"


def _since_sent(facts: Facts) -> str:
    """The silence of the owner's before their text, as the points count it: it does not grow by waiting."""
    tie = facts.tie
    words = "you have never written to them"
    if tie.last_out != NEVER:
        passed = phrases.span(tie.last_contact - tie.last_out)
        words = f"they wrote {passed} after your last text to them"
    if facts.said_here is None:
        return words
    said = phrases.last(facts.said_here, facts.now, facts.zone)
    return f"{words} (what you said here {said} did not name them)"


def _order(order: int) -> str:
    if order == 1:
        return "you were in contact with one other person more recently"
    return f"you were in contact with {phrases.number(order)} others more recently"


def _leaning(points: int) -> str:
    words = "learnt from whom you write to: you"
    if points > 0:
        return f"{words} mostly answer those who wrote last"
    return f"{words} often write to others than those who wrote last"


def _answered(tie: Tie) -> str:
    asked = tie.settled
    often = (
        "on none within a day"
        if not tie.answered
        else f"on {phrases.number(tie.answered)} within a day"
    )
    return f"learnt from what you answer: they wrote on {phrases.counted(asked, 'day')}, you answered {often}"


def _at_once(count: int) -> str:
    others = "one other stranger" if count == 1 else f"{phrases.number(count)} other strangers"
    return f"{others} wrote within an hour of them"


def _unanswered(tie: Tie) -> str:
    often = phrases.times(tie.unanswered)
    if tie.last_out != NEVER:
        return f"they wrote {often} since your last text to them"
    if tie.unanswered == 1:
        return "first time they write to you"
    return f"they wrote to you {often}, you never answered"


def _others(count: int) -> str:
    if count == 1:
        return "one other person has spoken in this thread since"
    return f"{phrases.number(count)} other people have spoken in this thread since"


def _rule(term: Term, facts: Facts) -> str:
    """In the user's words; what a rule takes away stands in the lines above it."""
    rule = term.rule
    if rule is None:
        return "your rule"
    words = f"your rule: {rule.name}"
    if rule.until is None:
        return words
    last_day = phrases.date(rule.until - 2 * HOUR, facts.now, facts.zone)  # clocks may be put back
    return f"{words}, until {last_day}"
