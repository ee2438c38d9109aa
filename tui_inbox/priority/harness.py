"""The model behind the interface of an evaluation on recorded events.

One ranker is one account's owner. Moments are whole seconds, people are numbers, kinds are words,
as the public event sets have them; the figures of the model are made with it.
"""

from __future__ import annotations

from tui_inbox.core.interaction import InteractionKind
from tui_inbox.core.moment import SECOND
from tui_inbox.priority.circle import Circle, Event
from tui_inbox.priority.model import (
    Question,
    answer_probability,
    mention_terms,
)
from tui_inbox.priority.ranking import scores

_KINDS = {kind.value: kind for kind in InteractionKind} | {"email": InteractionKind.DIRECT}


class Ranker:
    """The program's order, with all that it learns on the way."""

    def __init__(self, ego: int) -> None:
        self._ego = ego
        self._circle: Circle[int] = Circle()

    def observe(self, ts: int, src: int, dst: int, kind: str) -> None:
        """Take in one event of the owner's: `src` acts towards `dst`, `ts` in seconds (epoch)."""
        outgoing = src == self._ego
        event = Event(outgoing, _KINDS[kind], ts * SECOND)
        if not self._circle.observe(dst if outgoing else src, event):
            raise ValueError(f"the event of {ts} comes after a newer one")

    def rank(self, ego: int, now: int) -> list[tuple[int, float]]:
        """Whom the owner writes to next: (person, score), best first. `now` in seconds."""
        return scores(self._circle, now * SECOND, Question.NOW)

    def catch_up(self, ego: int, now: int) -> list[tuple[int, float]]:
        """With whom texts will go both ways in the week ahead: (person, score), best first."""
        return scores(self._circle, now * SECOND, Question.WEEK)

    def p_reply(self, ts: int, src: int, dst: int, kind: str) -> float:
        """The place of the text that `src` just sent among those that wait, higher first."""
        return sum(term.points for term in mention_terms(self._circle.ties[src], ts * SECOND))

    def p_display(self, ts: int, src: int, dst: int, kind: str) -> float:
        """The probability that the owner answers it within a day, as printed."""
        return answer_probability(self._circle.ties[src], self._circle.account, ts * SECOND)
