"""The numbers of the model, in one table.

All are in points: integer thousandths of the unit in which scores are shown (+4.10 is 4,100
points).

Sources. The forms (logarithms of decayed counts, of recency and of its rank) follow Interactions
Rank (Roth et al. 2010) and the tie-strength literature (Gilbert & Karahalios 2009; Raeder et al.
2011). That strangers of one hour take points from each other is the program's own, made so that a
flood moves no partner. The other weights of `NowWeights`, `WeekWeights`, `MentionWeights` and
`AnswerWeights` are fitted on public, pseudonymous event sets of chat, private messages, mail and a
microblog. Those of `ItemWeights` are the product's own choice: no public data tell how much a
question or a long wait should count.
"""

from __future__ import annotations

from msgspec import Struct

from tui_inbox.core.moment import DAY, HOUR, MINUTE, Millis

SHORT_HALF_LIFE: Millis = 7 * DAY
LONG_HALF_LIFE: Millis = 30 * DAY
WROTE_LAST_HALF_LIFE: Millis = DAY
JUST_WROTE_HALF_LIFE: Millis = 10 * MINUTE
AT_ONCE: Millis = HOUR
"""Strangers whose texts lie no further apart than this came at once."""


class NowWeights(Struct, frozen=True):
    """Whom will the owner write to next? Weights multiply ln(1 + x) unless told otherwise.

    Attributes:
        order: x = how many partners were in contact more recently.
        since_contact: x = minutes since the last text between the two; where there was none, since the owner
            liked or boosted something of theirs.
        sent_long: x = texts the owner sent them, halved every 30 days.
        days: x = distinct UTC days on which the owner wrote to them.
        wrote_last: 1 halved every day since their text, if they wrote last; else 0.
        just_wrote: the same, halved every 10 minutes.
        touched: the two have talked, and the owner has liked, boosted or followed.
        learnt: multiplies the owner's leaning and what `wrote_last` multiplies.
        at_once: x = other strangers who wrote within an hour of this one; for people the owner never
            wrote to, liked, boosted or followed.
    """

    order: int = -550
    since_contact: int = -313
    sent_long: int = 450
    days: int = 300
    wrote_last: int = 550
    just_wrote: int = 800
    touched: int = 880
    learnt: int = 1_600
    at_once: int = -2_200


class WeekWeights(Struct, frozen=True):
    """With whom will texts go both ways in the week ahead? Weights multiply ln(1 + x).

    Attributes:
        order, since_contact, days: as in `NowWeights`.
        received_long: x = texts they sent the owner, halved every 30 days.
    """

    order: int = -350
    since_contact: int = -210
    days: int = 530
    received_long: int = 520


class MentionWeights(Struct, frozen=True):
    """In what order should waiting texts stand? Weights but `base` and `answered` multiply ln(1 + x).

    Attributes:
        sent_short: x = texts the owner sent them, halved every 7 days.
        since_sent: x = minutes since the owner last wrote to them.
        unanswered: x = their texts since then.
        answered: multiplies the log-odds of the share of their texts (the first of a day) that the owner
            answered within a day, smoothed by one of two.
    """

    base: int = 136
    sent_short: int = 675
    since_sent: int = -60
    unanswered: int = -617
    answered: int = 250


class AnswerWeights(Struct, frozen=True):
    """The printed probability of an answer within a day: a logistic model, in natural units.

    Attributes:
        habit: multiplies the log-odds of the share of texts that the owner answers, over all people.
        person: multiplies by how much this person's log-odds, smoothed by two texts of the usual share,
            exceed those.
        sent_short, unanswered: as in `MentionWeights`.
    """

    habit: float = 0.66
    person: float = 0.145
    sent_short: float = 0.40
    unanswered: float = -0.36


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
