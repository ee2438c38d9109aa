"""The events behind the reasons of a trace: the texts that make each sentence true, so that it can be checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.interaction import Interaction
from tui_inbox.core.moment import Millis
from tui_inbox.core.own_rules import OwnRule
from tui_inbox.priority.circle import Circle
from tui_inbox.priority.model import Rule, TermName
from tui_inbox.priority.tie import Tie
from tui_inbox.priority.trace import Evidence, Reason
from tui_inbox.queries import words
from tui_inbox.queries.accounts import Viewer
from tui_inbox.queries.exchanges import exchanges, told_by_each
from tui_inbox.queries.labels import labels
from tui_inbox.queries.lanes import Placed
from tui_inbox.queries.own_rules import REASONS
from tui_inbox.queries.post_rows import SOMEBODY
from tui_inbox.queries.reply_card import MONTH
from tui_inbox.queries.rows import Exchange, PersonLabel, ReasonRow
from tui_inbox.store import ledger, posts
from tui_inbox.store.batches import Spoken
from tui_inbox.store.database import Connection
from tui_inbox.store.items import Item

MOST_EVIDENCE = 30
"""So many events are told behind a reason; of more it is said how many."""


class Behind(Struct, frozen=True):
    """What can stand behind a reason.

    Attributes:
        talk: all texts between the two, newest first, by whichever accounts and names.
        names: local ids of the person.
        rules: all of the owner's.
        item: the conversation that is explained; None for a person.
        spoken: who spoke in which conversation.
        everybody: the circle among which a person is explained.
    """

    db: Connection
    eyes: Viewer
    label: PersonLabel
    tie: Tie
    talk: tuple[Interaction, ...]
    names: tuple[int, ...]
    rules: tuple[OwnRule, ...]
    item: Placed | None = None
    spoken: Mapping[tuple[int, int], Sequence[Spoken]] = {}
    everybody: Circle[int] | None = None

    def row(self, reason: Reason, now: Millis) -> ReasonRow:
        """A reason with the events behind it, and what a rule would be about that changes it."""
        evidence, more = self._events(reason, now)
        return ReasonRow(
            reason.points,
            reason.sentence,
            evidence,
            reason.term,
            more,
            about=self._about(reason.term, reason.rule),
            is_rule=reason.rule is not None,
        )

    def _events(self, reason: Reason, now: Millis) -> tuple[tuple[Exchange, ...], int]:
        tie = self.tie
        match reason.evidence:
            case Evidence.EXCHANGES:
                lately = [one for one in self.talk if one.at >= now - MONTH]
                return self._told(lately if tie.exchanged and lately else self.talk)
            case Evidence.SENT:  # the last one to them, and what came after it
                return self._told([one for one in self.talk if one.at >= tie.last_out])
            case Evidence.RECEIVED:
                theirs = [one for one in self.talk if one.actor in self.names]
                return self._told([one for one in theirs if one.at > tie.last_out])
            case Evidence.ITEM:
                return self._text_that_waits(), 0
            case Evidence.RULE if reason.rule is not None and self._is_of_text(reason.rule):
                return self._text_that_waits(), 0
            case Evidence.THREAD if self.item is not None:
                return _thread(self.db, self.eyes, self.item.item, self.spoken), 0
            case Evidence.OTHERS if self.everybody is not None and reason.term is TermName.ORDER:
                return self._more_recent(self.everybody)
            case _:
                return (), 0

    def _told(self, events: Sequence[Interaction]) -> tuple[tuple[Exchange, ...], int]:
        """The newest of some texts, and how many more there are."""
        texts = list(dict.fromkeys((one.subject, one.actor) for one in events))
        shown = set(texts[:MOST_EVIDENCE])
        newest = [one for one in events if (one.subject, one.actor) in shown]
        return told_by_each(self.db, self.eyes, newest), len(texts) - len(shown)

    def _text_that_waits(self) -> tuple[Exchange, ...]:
        post = self.item.item.post if self.item is not None else None
        stored = posts.post(self.db, self.eyes.account, post) if post is not None else None
        uri = stored.post.ref.uri if stored else ""
        own = [one for one in self.talk if one.subject == uri and one.account == self.eyes.account]
        return exchanges(self.db, self.eyes, own)

    def _is_of_text(self, rule: Rule) -> bool:
        """Whether a rule is about what was said rather than about who said it."""
        own = self.rules[rule.number]
        return bool(own.tag or own.word or own.reason)

    def _more_recent(self, everybody: Circle[int]) -> tuple[tuple[Exchange, ...], int]:
        """With whom the owner was in contact more recently, each with the latest text."""
        others = [
            (tie.last_contact, person)
            for person, tie in everybody.ties.items()
            if (tie.sent or tie.touched) and tie.last_contact > self.tie.last_contact
        ]
        others.sort(reverse=True)
        shown = [person for _, person in others[:MOST_EVIDENCE]]
        names = labels(self.db, self.eyes.account, shown)
        found = []
        for person in shown:
            events = ledger.with_person(self.db, self.eyes.account, person, limit=5)
            talk = [one for one in events if one.kind.is_talk]
            for one in exchanges(self.db, self.eyes, talk[:1]):
                did = one.word.partition(" ")[2]
                name = names.get(person, SOMEBODY).name
                word = f"you {did}, {name}" if one.outgoing else f"{name} {did}"
                found.append(replace(one, word=word))
        return tuple(found), len(others) - len(shown)

    def _about(self, term: TermName, rule: Rule | None) -> OwnRule | None:
        """What is the same for everybody cannot be changed, nor can somebody without an address."""
        if rule is not None:
            return self.rules[rule.number]
        if reason := REASONS.get(term):
            return OwnRule(reason=reason)
        if term is TermName.BASE or not self.label.handle:
            return None
        return OwnRule(person=self.label.handle)


def _thread(
    db: Connection,
    eyes: Viewer,
    item: Item,
    spoken: Mapping[tuple[int, int], Sequence[Spoken]],
) -> tuple[Exchange, ...]:
    """What others have said in the conversation since it became the owner's turn, newest first."""
    others = [
        one
        for one in spoken.get((item.account, item.conversation), ())
        if one.at > item.since and one.author not in (eyes.owner, item.person)
    ]
    others = others[-MOST_EVIDENCE:][::-1]
    stored = posts.posts(db, eyes.account, [one.post for one in others])
    names = labels(db, eyes.account, [one.author for one in others])
    return tuple(
        Exchange(
            at=one.at,
            outgoing=False,
            word=f"{names.get(one.author, SOMEBODY).name} wrote",
            text=words.said(stored[one.post].post.text) if one.post in stored else "",
            post=one.post,
        )
        for one in others
    )
