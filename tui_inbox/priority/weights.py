"""The numbers of the model, in one table.

All are in points: integer thousandths of the unit in which scores are shown (+4.10 is 4,100
points).

Sources. The forms (logarithms of decayed counts, of recency and of its rank) follow Interactions
Rank (Roth et al. 2010), the tie-strength literature (Gilbert & Karahalios 2009; Raeder et al. 2011)
and "partners first". The weights of `NowWeights`, `WeekWeights`, `MentionWeights` and
`AnswerWeights` are fitted on public, pseudonymous event sets of chat, private messages, mail and a
microblog. Those of `ItemWeights` are the product's own choice: no public data tell how much a
question or a long wait should count.
"""

from __future__ import annotations

from msgspec import Struct

from tui_inbox.core.moment import DAY, Millis

SENT_SHORT_HALF_LIFE: Millis = 7 * DAY
SENT_LONG_HALF_LIFE: Millis = 30 * DAY
TURNS_HALF_LIFE: Millis = 30 * DAY
WROTE_LAST_HALF_LIFE: Millis = DAY


class NowWeights(Struct, frozen=True):
    """Whom will the owner write to next? Weights multiply ln(1 + x), `wrote_last` a plain decay.

    Attributes:
        order: x = how many partners were in contact more recently.
        since_contact: x = minutes since the last text between the two.
        sent_long: x = texts the owner sent them, halved every 30 days.
        wrote_last: 1 halved every day since their text, if they wrote last; else 0.
        days: x = distinct UTC days on which the owner wrote to them.
    """

    order: int = -570
    since_contact: int = -200
    sent_long: int = 480
    wrote_last: int = 760
    days: int = 340


class WeekWeights(Struct, frozen=True):
    """With whom will texts go both ways in the week ahead? Weights multiply ln(1 + x).

    Attributes:
        order, since_contact, days: as in `NowWeights`.
        turns: x = changes of direction between the two, halved every 30 days.
    """

    order: int = -380
    since_contact: int = -175
    days: int = 480
    turns: int = 500


class MentionWeights(Struct, frozen=True):
    """In what order should waiting texts stand? Each weight but `base` multiplies ln(1 + x).

    Attributes:
        sent_short: x = texts the owner sent them, halved every 7 days.
        since_sent: x = minutes since the owner last wrote to them.
        unanswered: x = their texts since then.
    """

    base: int = 136
    sent_short: int = 675
    since_sent: int = -60
    unanswered: int = -617


class AnswerWeights(Struct, frozen=True):
    """The printed probability of an answer within a day: a logistic model, in natural units.

    `habit` multiplies the log-odds of the owner's share of answered turns, smoothed by one of
    three.
    """

    base: float = 0.333
    sent_short: float = 0.361
    since_sent: float = -0.036
    unanswered: float = -0.531
    habit: float = 0.716


class ItemWeights(Struct, frozen=True):
    """What an inbox item adds to the relationship.

    Attributes:
        question: its text asks something.
        waiting: multiplies ln(1 + hours) since it became the owner's turn ...
        waiting_most: ... up to this: after about two days waiting has said what it can.
        only_thanks: it asks for nothing but a smile, so it stands last.
        other_speaker: for each other person who has spoken in the thread since ...
        other_speakers_most: ... down to this.
    """

    question: int = 800
    waiting: int = 250
    waiting_most: int = 1_000
    only_thanks: int = -10_000
    other_speaker: int = -100
    other_speakers_most: int = -300


class Weights(Struct, frozen=True):
    """All tables of the model."""

    now: NowWeights = NowWeights()
    week: WeekWeights = WeekWeights()
    mention: MentionWeights = MentionWeights()
    answer: AnswerWeights = AnswerWeights()
    item: ItemWeights = ItemWeights()


WEIGHTS = Weights()
"""The model in use."""
