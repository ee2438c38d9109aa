"""What happens after the founding: by itself, and because of what the owner did.

The life of the town is replayed from three things only: the seed, when each session was opened, left and at
which speed, and what the owner did when. Nothing here asks for the time.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from heapq import heappop, heappush

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.draft import Outgoing
from tui_inbox.core.events import NetworkEvent
from tui_inbox.core.moment import SECOND, Millis
from tui_inbox.core.post import Media, Post
from tui_inbox.networks.demo import acts, answers, own, pace
from tui_inbox.networks.demo.cast import OWNER
from tui_inbox.networks.demo.chance import Chance
from tui_inbox.networks.demo.chronicle import answers_previous, composed, names_in_answer
from tui_inbox.networks.demo.decks import Deck
from tui_inbox.networks.demo.deeds import (
    Choice,
    Correction,
    Deed,
    MuteEnd,
    Passing,
    Planned,
    PollEnd,
    ThreadReply,
    Withdrawal,
)
from tui_inbox.networks.demo.pace import Kind
from tui_inbox.networks.demo.script import Script, Slip
from tui_inbox.networks.demo.town import Town
from tui_inbox.networks.demo.writing import Piece, Spoken, id_of, short_name, stamped

_REMEMBERED = 60


class Session(Struct):
    """One stretch of time in which the program runs."""

    number: int
    opened_at: Millis
    speed: float
    place: int = 0


@dataclass(order=True, slots=True)
class _Due:
    at: Millis
    order: int
    deed: Deed = field(compare=False)


class Life:
    """The town in time.

    Attributes:
        at: the moment of the last thing that happened.
        posted: what the owner's texts became, by their keys.
    """

    def __init__(self, town: Town, decks: dict[str, Deck], founded_at: Millis, seed: int) -> None:
        self.town = town
        self.at = founded_at
        self.posted: dict[str, Post] = {}
        self._seed = seed
        self._script = Script(town, decks, seed)
        self._session = Session(-1, founded_at, 1.0)
        self._away: deque[tuple[Millis, Kind]] = deque()
        self._next_tick: Millis | None = None
        self._due: list[_Due] = []
        self._orders = 0
        self._serial = 0
        self._mentioned_at = founded_at
        self._lately: deque[str] = deque(maxlen=_REMEMBERED)

    # Time

    def open(self, left_at: Millis, at: Millis, speed: float) -> None:
        """A session begins; the few things that happen while the program is off stand between.

        Args:
            left_at: up to when the session before was lived.
            at: when this one begins.
        """
        number = self._session.number + 1
        chance = Chance(self._seed, f"session {number}")
        if number > 0:
            self._away.extend(pace.while_away(chance, left_at, at))
        self._session = Session(number, at, speed)
        self._next_tick = at + pace.gap(chance, 0, 0, speed)

    def next_at(self) -> Millis | None:
        """When the next thing is due; None before the first session."""
        moments = [] if self._next_tick is None else [self._next_tick]
        if self._away:
            moments.append(self._away[0][0])
        if self._due:
            moments.append(self._due[0].at)
        return min(moments, default=None)

    def advance(self, until: Millis) -> list[NetworkEvent]:
        """Let everything happen that is due up to a moment, and say what the owner's client hears."""
        events: list[NetworkEvent] = []
        while (due := self.next_at()) is not None and due <= until:
            self.at = max(due, self.at + 2)
            events += self._happen(due)
        return events

    def _happen(self, due: Millis) -> list[NetworkEvent]:
        if self._due and self._due[0].at == due:
            return self._do(heappop(self._due).deed)
        if self._away and self._away[0][0] == due:
            return self._tick(self._away.popleft()[1])
        session = self._session
        chance = self._chance("kind")
        what = pace.kind(
            chance,
            serial=self._serial,
            place=session.place,
            elapsed=due - session.opened_at,
            since_mention=due - self._mentioned_at,
            speed=session.speed,
        )
        session.place += 1
        self._next_tick = due + pace.gap(
            chance, session.place, due - session.opened_at, session.speed
        )
        return self._tick(what)

    def _tick(self, what: Kind) -> list[NetworkEvent]:
        """One thing happens of itself."""
        chance = self._chance("what")
        self._serial += 1
        self.town.forget_oldest()
        if what is Kind.MENTION:
            self._mentioned_at = self.at
            return self._speak(self._script.mention(), chance)
        match what:
            case Kind.BOOST:
                return self._script.boost(self.at, chance)
            case Kind.FAVOURITE:
                return self._script.favourite(self.at, chance)
            case Kind.FOLLOW:
                return self._script.follow(self.at)
            case Kind.REPLY:
                return self._reply_to_announcement(chance)
            case Kind.CORRECTED | Kind.WITHDRAWN:
                return self._slip(self._script.slip(corrected=what is Kind.CORRECTED), chance)
            case Kind.QUOTE:
                return self._quote()
            case _:
                return self._speak(self._script.text_for(what, self.at, chance), chance)

    # What the owner does

    def publish(self, outgoing: Outgoing, at: Millis) -> list[NetworkEvent]:
        """The owner posts, and people will react; or she changes a post."""
        self.at = max(at, self.at + 2)
        return self._change(outgoing) if outgoing.edits is not None else self._say(outgoing)

    def _say(self, outgoing: Outgoing) -> list[NetworkEvent]:
        town = self.town
        post_id = stamped(self.at, "own")
        post = own.written(town, outgoing, post_id, self.at)
        self.posted[outgoing.key] = post
        events = town.post(post, quoted=outgoing.quotes if post.quoted else None)
        chance = Chance(self._seed, f"answer {post_id}")
        for seconds, reaction in answers.reactions(town, post, chance):
            self._later(seconds, reaction)
        self._open_poll(post)
        return events

    def plan(self, outgoing: Outgoing, at: Millis) -> list[NetworkEvent]:
        """The owner leaves a text to the town until its moment."""
        self.at = max(at, self.at + 2)
        plan_id = stamped(self.at, "plan")
        self.town.plans[plan_id] = outgoing
        self._at(outgoing.send_at or self.at, Planned(plan_id))
        return []

    def upload(self, name: str, file: Media) -> None:
        """The owner hands over a file, or describes it anew."""
        self.town.uploads[name] = file

    def act(self, act: Act, at: Millis) -> list[NetworkEvent]:
        """The owner does something to a post, to a person, to somebody at the door, or for herself."""
        self.at = max(at, self.at + 2)
        events = acts.do(self.town, act, self.at)
        if act.kind is ActKind.MUTE and act.lasts is not None:
            until = self.at + act.lasts
            self._at(until, MuteEnd(self.town.key_of(act.target), until))
        return events

    def _change(self, outgoing: Outgoing) -> list[NetworkEvent]:
        post = own.rewritten(self.town, outgoing, self.at)
        if post is None:
            return []
        events = self.town.change(post, self.at)
        self.posted[outgoing.key] = self.town.posts[id_of(post)]
        self._open_poll(post)
        return events

    def _open_poll(self, post: Post) -> None:
        """People will vote in a poll of the owner's, until it is over."""
        if post.poll is None or post.poll.closes_at is None:
            return
        chance = Chance(self._seed, f"poll {id_of(post)}")
        for seconds, who, place in answers.voters(self.town, post, chance):
            self._later(seconds, Choice(who, id_of(post), place))
        self._at(post.poll.closes_at, PollEnd(id_of(post)))

    def _post_planned(self, plan_id: str) -> list[NetworkEvent]:
        outgoing = self.town.plans.pop(plan_id, None)
        if outgoing is None:
            return []
        return self._say(replace(outgoing, send_at=None))

    # What follows

    def _later(self, seconds: float, deed: Deed) -> None:
        self._orders += 1
        at = self.at + max(1, round(seconds * SECOND / self._session.speed))
        heappush(self._due, _Due(at, self._orders, deed))

    def _at(self, moment: Millis, deed: Deed) -> None:
        self._orders += 1
        heappush(self._due, _Due(moment, self._orders, deed))

    def _do(self, deed: Deed) -> list[NetworkEvent]:
        town = self.town
        match deed:
            case answers.Reply():
                return self._answer_owner(deed)
            case answers.Mark():
                if town.is_shut_out(deed.who):
                    return []
                return town.favourite(deed.who, deed.post_id, self.at, stamped(self.at, "mark"))
            case Correction():
                return town.edit(deed.post_id, deed.text, self.at)
            case Withdrawal():
                return town.delete(deed.post_id)
            case Passing():
                return town.boost(deed.who, deed.post_id, self.at, stamped(self.at, "boost"))
            case ThreadReply():
                return self._next_of_thread(deed)
            case Choice():
                return town.choose(deed.who, deed.post_id, deed.place, self.at)
            case PollEnd():
                return town.end_poll(deed.post_id, self.at)
            case Planned():
                return self._post_planned(deed.plan_id)
            case MuteEnd():
                town.end_mute(deed.who, deed.until)
                return []

    def _answer_owner(self, reply: answers.Reply) -> list[NetworkEvent]:
        town = self.town
        post = town.posts.get(reply.post_id)
        if post is None or town.is_shut_out(reply.who):
            return []
        chance = Chance(self._seed, f"words {reply.post_id} {reply.who}")
        found = answers.words(town, reply.who, post, chance, self._lately)
        if found is None:
            return town.favourite(reply.who, reply.post_id, self.at, stamped(self.at, "mark"))
        self._lately.append(found.piece.text)
        named = tuple(town.key_of(mention.server_id) for mention in post.mentions)
        names = names_in_answer(reply.who, OWNER, named)
        answer_id, events = self._post(reply.who, found.piece, post, names)
        if found.is_last:
            town.closed.add(answer_id)
        return events

    def _speak(self, spoken: Spoken | None, chance: Chance) -> list[NetworkEvent]:
        """Somebody posts, and others will answer."""
        if spoken is None or self.town.is_shut_out(spoken.who):
            return []
        spoken, parent = self._script.meant_by(spoken)
        names = names_in_answer(spoken.who, short_name(parent.author), ()) if parent else ()
        post_id, events = self._post(spoken.who, spoken.piece, parent, names)
        helper = self._script.helper(spoken, chance)
        if helper is not None:
            self._later(chance.between(5, 30), Passing(helper, post_id))
        if spoken.piece.answers:
            thread = ThreadReply(post_id, post_id, (), spoken.piece.answers)
            self._later(chance.between(18, 60), thread)
        return events

    def _next_of_thread(self, thread: ThreadReply) -> list[NetworkEvent]:
        town = self.town
        root, previous = town.posts.get(thread.root_id), town.posts.get(thread.parent_id)
        answer, *rest = thread.answers
        if root is None or previous is None:
            return []
        first, last = short_name(root.author), short_name(previous.author)
        goes_on = answers_previous(answer.who, last, first)
        parent, named = (previous, thread.names) if goes_on else (root, ())
        names = names_in_answer(answer.who, short_name(parent.author), named)
        post_id, events = self._post(answer.who, answer.piece, parent, names)
        if rest:
            further = ThreadReply(thread.root_id, post_id, names, tuple(rest))
            self._later(Chance(self._seed, f"thread {post_id}").between(15, 50), further)
        return events

    def _reply_to_announcement(self, chance: Chance) -> list[NetworkEvent]:
        found = self._script.reply_to_announcement(chance)
        if found is None:
            return []
        spoken, parent = found
        names = names_in_answer(spoken.who, short_name(parent.author), ())
        return self._post(spoken.who, spoken.piece, parent, names)[1]

    def _slip(self, slip: Slip, chance: Chance) -> list[NetworkEvent]:
        post_id, events = self._post(slip.spoken.who, slip.spoken.piece)
        if slip.better:
            self._later(chance.between(14, 40), Correction(post_id, slip.better))
        else:
            self._later(chance.between(10, 25), Withdrawal(post_id))
        return events

    def _quote(self) -> list[NetworkEvent]:
        found = self._script.quote()
        if found is None:
            return []
        spoken, quoted = found
        post_id = stamped(self.at, "post")
        post, _ = composed(spoken.who, spoken.piece, self.town, post_id, self.at, quoted=quoted)
        return self.town.post(post, quoted=id_of(quoted))

    def _post(
        self, who: str, piece: Piece, parent: Post | None = None, names: tuple[str, ...] = ()
    ) -> tuple[str, list[NetworkEvent]]:
        post_id = stamped(self.at, "post")
        post, quoted = composed(who, piece, self.town, post_id, self.at, parent, names)
        quoted_id = id_of(quoted) if quoted else None
        return post_id, self.town.post(post, quoted=quoted_id, nexts=piece.nexts)

    def _chance(self, label: str) -> Chance:
        return Chance(self._seed, f"{label} {self._serial}")
