"""The outbox whatever happens to it, in whatever order: commands, faults, ends of the program, and time."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace
from support.scripted_network import ScriptedNetwork
from support.sync_desk import Desk, new_desk

from tui_inbox.commands import sending
from tui_inbox.commands.context import Context, NotPossible
from tui_inbox.commands.undo import undo
from tui_inbox.core.account import KEYS_LAST, Limits
from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.draft import Attachment, Draft, Outgoing, Upload
from tui_inbox.core.moment import HOUR, MINUTE, SECOND, Millis
from tui_inbox.core.outbox_state import EDIT, LONGEST_LEAVING, POST, OutboxState
from tui_inbox.core.ports import AnswerLost, Refused, Throttled, Unreachable
from tui_inbox.core.post import Audience, Media, MediaKind, SeenPost
from tui_inbox.store import accounts, drafts, outbox
from tui_inbox.store.outbox import OutboxRow
from tui_inbox.sync.outbox import Door, Outbox

T = TypeVar("T")

UNSURE = (OutboxState.SENDING, OutboxState.UNKNOWN)
LIMIT = 40
"""Characters of a post here: a text of three sentences is a thread of three parts."""
UNTIL_DUE = 3 * MINUTE
"""After so long everything is due that was put off, but for what waits for the owner."""
AHEAD = 3 * HOUR
"""How far the clock of this machine may run ahead."""
STEPS = 30


class Ended(BaseException):
    """The program ends here and now."""


@dataclass
class Server(ScriptedNetwork):
    """A server that notes what was asked of it.

    Attributes:
        asked: keys under which a text was to be posted, each time.
        effects: by key, the server's ids of what it became.
        before_publish: called before a text is taken.
        wrong: what must not have happened; whoever sends would catch an assertion.
        meanwhile: what happens here while something is asked, the next time.
    """

    asked: list[str] = field(default_factory=list)
    effects: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    before_publish: Callable[[str], None] = lambda key: None
    wrong: list[str] = field(default_factory=list)
    meanwhile: list[Callable[[], None]] = field(default_factory=list)

    def _call(self, method: str) -> None:
        if self.meanwhile:
            self.meanwhile.pop()()
        super()._call(method)

    async def publish(self, outgoing: Outgoing) -> SeenPost:
        self.asked.append(outgoing.key)
        if outgoing.edits is None:
            self.before_publish(outgoing.key)
        if not self.uploads.keys() >= set(outgoing.media):
            self.wrong.append("a text leaves before its files")
        return await super().publish(outgoing)

    def _became(self, outgoing: Outgoing) -> SeenPost:
        now = self.now
        seen = super()._became(outgoing)
        self.now = now  # its clock is the true one, and no text makes it go faster
        if outgoing.edits is None and seen.view.server_id not in self.effects[outgoing.key]:
            self.effects[outgoing.key].append(seen.view.server_id)
        return seen

    def edit(self, seen: SeenPost, text: str) -> SeenPost:
        edited = super().edit(seen, text)
        for key, one in self.published.items():
            if one.view.server_id == edited.view.server_id:
                self.published[key] = edited
        return edited

    async def upload(self, upload: Upload) -> str:
        self._call("upload")
        name = f"m{len(self.uploads) + 1}"
        self.uploads[name] = upload
        if self.loses_answers:
            raise self.loses_answers.popleft()
        return name

    async def act(self, act: Act) -> None:
        await super().act(act)
        if act.kind is ActKind.UNSCHEDULE:
            if all(one.server_id != act.target for one in self.plans):
                raise Refused("There is no such plan.", gone=True)
            self.plans = [one for one in self.plans if one.server_id != act.target]

    def post_what_is_due(self, now: Millis) -> None:
        """Post by itself what was to be kept until now."""
        for plan in [one for one in self.plans if one.send_at <= now]:
            self.plans.remove(plan)
            self.published[f"plan {plan.server_id}"] = self.write("me", plan.text, at=now)
        self.now = now

    def post_a_picture(self) -> SeenPost:
        """The owner posts a picture without words from elsewhere."""
        seen = self.write("me", "", at=self.now)
        post = replace(seen.post, media=(Media(MediaKind.PICTURE, None),))
        self.published[f"elsewhere {seen.view.server_id}"] = seen = replace(seen, post=post)
        return seen

    def texts(self) -> Counter[str]:
        """Every post of the owner's, by its text."""
        return Counter(seen.post.text for seen in self.published.values())


LOST = st.sampled_from([AnswerLost("It broke."), Ended(), ZeroDivisionError("a bug")])
SURE = st.sampled_from(
    [Unreachable("No line."), Throttled("Enough.", until=0), Refused("Not this one.")]
)
DECISIONS = st.sampled_from(["retry", "discard", "reopen"])
METHODS = ("publish", "plan", "upload", "feed", "scheduled", "act")


class OutboxMachine(RuleBasedStateMachine):
    """One account, its outbox, and everybody who has a hand in it.

    `honours_keys` is set by the two machines below.
    """

    honours_keys = True

    def __init__(self) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self._folder = Path(tempfile.mkdtemp())
        self._desk: Desk = new_desk(self._folder)
        self._server = Server(honours_keys=self.honours_keys)
        self._server.before_publish = self._check_leaving
        self._context = Context(self._desk.store, self._desk.clock)
        self._written = 0
        self._processes = 0
        self._final: dict[int, OutboxState] = {}
        self._stopped: set[str] = set()
        self._doubt: set[str] = set()
        self._allowed: Counter[str] = Counter()
        self._thrown_away: set[str] = set()
        self._elsewhere: set[str] = set()
        self._decided_meanwhile: set[int] = set()
        self._true_time = self._now
        self._box = self._new_process()

    @initialize(schedules=st.booleans())
    def sign_in(self, schedules: bool) -> None:
        limits = Limits(
            characters=LIMIT, honours_keys=self.honours_keys, schedules=schedules, edits=True
        )
        self._server.schedules = schedules
        self._write(
            lambda w: accounts.set_limits(
                w, self._account, limits, usual_audience=Audience.PUBLIC, usual_language=None
            )
        )
        picture = self._folder / "loaf.png"
        picture.write_bytes(b"a loaf")
        self._file = self._desk.store.files.keep(picture)

    def teardown(self) -> None:
        try:
            self._finish()
        finally:
            self._desk.store.close()
            self._runner.close()
            shutil.rmtree(self._folder)

    # What the owner does

    @rule(hold=st.booleans())
    def send_a_text(self, hold: bool) -> None:
        self._send(Draft(0, self._account, self._new_text()), hold)

    @precondition(lambda self: self._written)
    @rule(data=st.data())
    def send_the_same_again(self, data: st.DataObject) -> None:
        text = f"text{data.draw(st.integers(1, self._written))}."
        self._allowed[text] += 1
        self._send(Draft(0, self._account, text))

    @rule()
    def send_a_text_with_a_file(self) -> None:
        attachment = Attachment(self._file, "loaf.png", MediaKind.PICTURE, alt="A loaf.")
        self._send(Draft(0, self._account, self._new_text(), attachments=(attachment,)))

    @rule()
    def send_a_picture_without_words(self) -> None:
        attachment = Attachment(self._file, "loaf.png", MediaKind.PICTURE)
        self._allowed[""] += 1
        self._send(Draft(0, self._account, attachments=(attachment,)))

    @rule()
    def post_a_picture_from_elsewhere(self) -> None:
        self._allowed[""] += 1
        self._elsewhere.add(self._server.post_a_picture().post.ref.uri)

    @rule()
    def send_a_thread(self) -> None:
        text = " ".join(f"{self._new_text()}, more and more of it." for _ in range(3))
        self._send(Draft(0, self._account, text, split=True))

    @rule(minutes=st.sampled_from([1, 30]))
    def send_later(self, minutes: int) -> None:
        send_at = self._now + minutes * MINUTE
        self._send(Draft(0, self._account, self._new_text(), send_at=send_at))

    @precondition(lambda self: self._rows_in(OutboxState.SENT, kind=POST))
    @rule(data=st.data())
    def edit_a_text(self, data: st.DataObject) -> None:
        row = data.draw(st.sampled_from(self._rows_in(OutboxState.SENT, kind=POST)))
        self._send(Draft(0, self._account, self._new_text(), edits=row.sent_post))

    @rule()
    def stop_what_is_held(self) -> None:
        held = [row.key for row in self._rows_in(OutboxState.HELD)]
        sending.stop_held(self._context).result()
        self._stopped.update(held)

    @rule()
    def undo_the_last(self) -> None:
        before = {row.id: row for row in self._rows()}
        undo(self._context).result()
        self._note_stopped(before)

    @precondition(lambda self: self._rows())
    @rule(data=st.data(), does=DECISIONS)
    def decide(self, data: st.DataObject, does: str) -> None:
        self._decide(data.draw(st.sampled_from(self._rows())), does)

    @precondition(lambda self: self._rows())
    @rule(data=st.data(), does=DECISIONS, late=st.booleans())
    def decide_during_the_next_request(self, data: st.DataObject, does: str, late: bool) -> None:
        chosen = data.draw(st.sampled_from(self._rows())).id

        def decide() -> None:
            self._pass(LONGEST_LEAVING + 1 if late else 0)
            self._decide(next(row for row in self._rows() if row.id == chosen), does)
            self._decided_meanwhile.add(chosen)

        self._server.meanwhile.append(decide)

    def _decide(self, row: OutboxRow, does: str) -> None:
        {"retry": self._try_again, "discard": self._throw_away, "reopen": self._write_on}[does](row)

    def _try_again(self, row: OutboxRow) -> None:
        if row.state in UNSURE:
            self._allow_again(row)
        sending.retry(self._context, row.id).result()

    def _throw_away(self, row: OutboxRow) -> None:
        before = {row.id: row for row in self._rows()}
        if sending.discard(self._context, row.id).result().action is not None:
            self._thrown_away.add(Draft.from_json(row.content).text)
        self._note_stopped(before)

    def _write_on(self, row: OutboxRow) -> None:
        before = {row.id: row for row in self._rows()}
        try:
            sending.reopen(self._context, row.id).result()
        except NotPossible:
            return
        self._note_stopped(before)

    @precondition(lambda self: self._drafts())
    @rule(data=st.data())
    def send_a_kept_draft(self, data: st.DataObject) -> None:
        self._send(data.draw(st.sampled_from(self._drafts())))

    # What goes wrong, and what time does

    @rule(method=st.sampled_from(METHODS), error=LOST | SURE)
    def a_request_will_fail(self, method: str, error: BaseException) -> None:
        if isinstance(error, Throttled):
            error = Throttled(str(error), until=self._now + 4 * MINUTE)
        self._server.fail(method, error)  # type: ignore[arg-type]  # an end of the program is raised like an error

    @rule(error=LOST)
    def an_answer_will_be_lost(self, error: BaseException) -> None:
        self._server.loses_answers.append(error)

    @rule(wait=st.sampled_from([0, 5 * SECOND, 12 * SECOND, 12 * SECOND, 3 * MINUTE, HOUR]))
    def send_what_is_due(self, wait: Millis) -> None:
        self._pass(wait)
        self._work()

    @rule()
    def the_clock_goes_wrong(self) -> None:
        self._desk.clock.time = self._true_time + AHEAD

    @rule()
    def the_clock_is_set_right(self) -> None:
        self._desk.clock.time = self._true_time

    @rule(looks=st.integers(1, 3))
    def the_latest_post_will_show_late(self, looks: int) -> None:
        self._server.stale_looks = looks

    @rule(error=LOST, effect=st.booleans())
    def lose_the_answer_to_what_is_due(self, error: BaseException, effect: bool) -> None:
        if effect:
            self._server.loses_answers.append(error)
        else:
            self._server.fail("publish", error)  # type: ignore[arg-type]  # as above
        self._pass(12 * SECOND)
        self._work()

    @precondition(lambda self: self._rows_in(OutboxState.HELD, POST))
    @rule(hours=st.integers(0, 2))
    def lose_the_line_after_an_answer(self, hours: int) -> None:
        self._server.loses_answers.appendleft(AnswerLost("It broke."))
        self._pass(12 * SECOND)
        self._work()
        self._server.stale_looks = 1
        self._server.fail("publish", Unreachable("No line."))
        self._pass(UNTIL_DUE)
        self._work()
        self._pass(hours * HOUR)
        self._work()

    @rule()
    def lose_a_picture_beside_one_from_elsewhere(self) -> None:
        self.post_a_picture_from_elsewhere()
        self.send_a_picture_without_words()
        self._server.fail("publish", AnswerLost("It broke."))
        for _ in range(2):
            self._pass(UNTIL_DUE)
            self._work()

    @precondition(lambda self: self._rows_in(OutboxState.UNKNOWN))
    @rule(data=st.data(), does=DECISIONS)
    def decide_while_it_is_looked_for(self, data: st.DataObject, does: str) -> None:
        row = data.draw(st.sampled_from(self._rows_in(OutboxState.UNKNOWN)))

        def decide() -> None:
            self._decide(row, does)
            self._decided_meanwhile.add(row.id)  # where nothing is asked now, that may be later

        self._server.meanwhile.append(decide)
        self._pass(12 * SECOND)
        self._work()

    @rule()
    def the_program_begins_anew(self) -> None:
        self._box = self._new_process()

    # What must hold

    @invariant()
    def what_is_final_stays(self) -> None:
        rows = {row.id: row.state for row in self._rows()}
        for row, state in self._final.items():
            assert rows[row] is state
        self._final = {row: state for row, state in rows.items() if state.is_final}

    @invariant()
    def nothing_is_there_more_often_than_the_owner_asked(self) -> None:
        for text, count in self._server.texts().items():
            assert count <= 1 + self._allowed[text], f"{text} was posted {count} times"

    @invariant()
    def to_each_its_post(self) -> None:
        became = [row.sent_post for row in self._rows_in(OutboxState.SENT, POST) if row.sent_post]
        assert len(set(became)) == len(became), "two texts are taken for the same post"
        claimed = self._desk.store.read(lambda db: outbox.claimed_uris(db, self._account)).result()
        assert not claimed & self._elsewhere, "a post from elsewhere is taken for ours"

    @invariant()
    def no_word_is_lost(self) -> None:
        kept = " ".join(
            [
                *self._server.texts(),
                *(draft.text for draft in self._drafts()),
                *self._thrown_away,
                *(
                    Draft.from_json(row.content).text
                    for row in self._rows()
                    if row.state is not OutboxState.DISCARDED
                ),
            ]
        )
        for number in range(1, self._written + 1):
            assert f"text{number}." in kept, f"text{number} is nowhere"

    @invariant()
    def parts_of_a_thread_answer_one_another(self) -> None:
        rows = {row.id: row for row in self._rows()}
        by_id = {seen.view.server_id: seen for seen in self._server.published.values()}
        for row in rows.values():
            above = rows.get(row.follows or 0)
            for name in self._server.effects.get(row.key, ()) if above else ():
                reply_to = by_id[name].post.reply_to
                assert reply_to is not None
                assert above is not None
                assert reply_to.server_id in self._server.effects[above.key] or above.sent_post

    @invariant()
    def nothing_leaves_that_must_not(self) -> None:
        assert self._server.wrong == []

    def _check_leaving(self, key: str) -> None:
        """Note what does not hold in the moment in which a text leaves."""
        rows = {row.id: row for row in self._rows()}
        own = next(row for row in rows.values() if row.key == key)
        if key in self._stopped:
            self._server.wrong.append("what was stopped leaves")
        if key in self._doubt and not self.honours_keys:
            self._server.wrong.append("what may be there is sent again")
        if own.state is not OutboxState.SENDING:
            self._server.wrong.append("it leaves without a lease")
        for one in rows.values():
            is_earlier = one.id < own.id and one.kind == POST
            is_earlier &= (
                one.id not in self._decided_meanwhile
            )  # tried again when this was under way
            if is_earlier and one.state is OutboxState.WAITING:
                above = rows.get(one.follows or 0)
                if one.follows is None or (above and above.state is OutboxState.SENT):
                    self._server.wrong.append("an earlier text is overtaken")

    def _finish(self) -> None:
        """Nothing fails any more, and the time passes: everything comes to its end."""
        self._server.failures.clear()
        self._server.loses_answers.clear()
        self._server.meanwhile.clear()
        self._server.stale_looks = 0
        began = self._now
        self._box = self._new_process()
        for _ in range(16):
            self._work()
            self._pass(UNTIL_DUE)
        self.what_is_final_stays()
        self.nothing_leaves_that_must_not()
        self.nothing_is_there_more_often_than_the_owner_asked()
        self.to_each_its_post()
        self.no_word_is_lost()
        every = self._desk.store.read(outbox.rows).result()
        unsent = {row.id for row in every if row.state is not OutboxState.SENT}
        for row in self._rows():
            is_young = row.first_try_at is None or began - row.first_try_at < KEYS_LAST
            assert row.state not in (OutboxState.HELD, OutboxState.SENDING)
            if row.state is OutboxState.WAITING:
                assert row.follows in unsent, "it could have left"
            if row.state is OutboxState.SENT and row.kind == POST:
                assert row.sent_post is not None
            if self.honours_keys and is_young and row.state is OutboxState.UNKNOWN:
                assert Draft.from_json(row.content).send_at is not None

    # Hands

    @property
    def _now(self) -> Millis:
        return self._desk.clock.now()

    @property
    def _account(self) -> int:
        return self._desk.account.id

    def _pass(self, time: Millis) -> None:
        """Let time pass, on a clock that may be wrong."""
        self._true_time += time
        self._desk.clock.time += time

    def _new_text(self) -> str:
        self._written += 1
        return f"text{self._written}."

    def _send(self, draft: Draft, hold: bool = True) -> None:
        context = self._context if hold else replace(self._context, hold=0)
        sent = sending.send(context, draft, asked=True).result()
        assert sent.action is not None, sent.sentence

    def _rows(self) -> list[OutboxRow]:
        rows = self._desk.store.read(outbox.rows).result()
        return [row for row in rows if row.kind in (POST, EDIT)]

    def _rows_in(self, state: OutboxState, kind: str | None = None) -> list[OutboxRow]:
        return [row for row in self._rows() if row.state is state and kind in (None, row.kind)]

    def _drafts(self) -> list[Draft]:
        return self._desk.store.read(drafts.drafts).result()

    def _write(self, job: Callable[..., T]) -> T:
        return self._desk.store.write(job).result()

    def _allow_again(self, row: OutboxRow) -> None:
        """The owner wants it although it may be there."""
        self._allowed[Draft.from_json(row.content).text] += 1
        self._doubt.discard(row.key)

    def _note_stopped(self, before: dict[int, OutboxRow]) -> None:
        for row in self._rows():
            was = before.get(row.id)
            if was is not None and was.state is not row.state is OutboxState.DISCARDED:
                if was.state in UNSURE:
                    self._allow_again(was)
                self._stopped.add(row.key)

    def _new_process(self) -> Outbox:
        self._processes += 1
        doors = {self._account: Door(self._server, self.honours_keys)}
        lease = f"process {self._processes}"
        box = Outbox(self._desk.store, self._desk.ingest, self._desk.clock, doors, lease)
        self._run(box.recover())
        return box

    def _work(self) -> None:
        """Let the sender work once; the program may end in the middle of it."""
        self._server.post_what_is_due(self._true_time)
        asked = len(self._server.asked)
        try:
            self._run(self._box.work(self._account))
        except Ended:
            self._box = self._new_process()
        self._decided_meanwhile.clear()
        for row in self._rows():
            if row.state in UNSURE and row.key in self._server.asked[asked:]:
                self._doubt.add(row.key)

    def _run(self, work: Awaitable[T]) -> T:
        async def run() -> T:
            return await work

        return self._runner.run(run())


class HonouredKeys(OutboxMachine):
    honours_keys = True


class IgnoredKeys(OutboxMachine):
    honours_keys = False


TestWhereKeysAreHonoured = HonouredKeys.TestCase
TestWhereKeysAreIgnored = IgnoredKeys.TestCase
TestWhereKeysAreHonoured.settings = settings(stateful_step_count=STEPS)
TestWhereKeysAreIgnored.settings = settings(stateful_step_count=STEPS)
