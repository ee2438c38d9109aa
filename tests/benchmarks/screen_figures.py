"""What is measured on the screen: start, keys, memory, and the cost of doing nothing or little."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice

from benchmarks.pty_measure import MeasuredProgram, Spread, cpu_percent, key_latencies
from benchmarks.report import Figure, Goal
from benchmarks.subjects import BARE, POST, Stage, Subject
from support.fake_mastodon.running import FakeServer

START = Goal(1.25, times_reference=True)
MEMORY = Goal(65.0)
MEMORY_LATER = Goal(1.15, times_reference=True)
KEY_P50 = Goal(11.0)
KEY_P99 = Goal(40.0)
IDLE = Goal(0.3)
STREAMING = Goal(6.0)
POST_P50 = Goal(60.0)

KEY_GAP = 0.12
POST_GAP = 0.5
LATEST_SECONDS = 600.0
STREAM_RATE = 10.0
BURST = 50
SENTENCE = b"the quick brown fox jumps over the lazy dog and back again. "


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured.

    Attributes:
        runs: of each program.
        keys: presses in each direction in a run, and letters typed.
        seconds: of each look at the CPU.
        streamed: posts that arrive before memory is looked at again.
        arrivals: posts whose way to the screen is timed in a run.
        settle: seconds from the first post on the screen until whatever follows a start is over.
    """

    runs: int = 5
    keys: int = 75
    seconds: float = 30.0
    streamed: int = 100_000
    arrivals: int = 40
    settle: float = 3.0


@dataclass(frozen=True, slots=True)
class Start:
    """From the start of a process to the first post on its screen, in milliseconds."""

    wall: float
    cpu: float


def start_of(subject: Subject) -> Start:
    """Start a program, wait for its first post, and quit it."""
    with subject.run() as program:
        return _seen(program)


def _seen(program: MeasuredProgram) -> Start:
    seen = program.wait_for(POST)
    return Start((seen - program.began) * 1000, program.cpu_seconds() * 1000)


@contextmanager
def _settled(subject: Subject, settle: float, keys: bytes = b"") -> Iterator[MeasuredProgram]:
    """A program some seconds after its start, with some keys pressed."""
    with subject.run() as program:
        program.wait_for(POST)
        program.watch(settle)
        if keys:
            program.send(keys)
            program.rest()
        yield program


def start_figures(stage: Stage, scale: Scale) -> list[Figure]:
    """From the start of the process to the first stored post, and the memory used soon after."""
    starts: dict[str, list[Start]] = {"tui-inbox": [], "bare": []}
    memory: dict[str, list[float]] = {"tui-inbox": [], "bare": []}
    with stage.inbox() as inbox:
        for subject in (inbox, BARE):
            start_of(subject)  # what is done only once, such as compiling modules
        for _ in range(scale.runs):
            for subject in (inbox, BARE):
                with subject.run() as program:
                    starts[subject.name].append(_seen(program))
                    program.watch(scale.settle)
                    memory[subject.name].append(program.memory())
    ours, bare = starts["tui-inbox"], starts["bare"]
    first = "start to the first stored post"
    return [
        _figure(f"{first}, wall", "ms", [s.wall for s in ours], [s.wall for s in bare], START),
        _figure(f"{first}, CPU", "ms", [s.cpu for s in ours], [s.cpu for s in bare]),
        _figure("memory after the start", "MiB", memory["tui-inbox"], memory["bare"], MEMORY),
    ]


def key_figures(stage: Stage, few: Stage, scale: Scale) -> list[Figure]:
    """From a key to the screen: moving and typing, with many posts, with few, and while posts arrive.

    Args:
        few: a stage with a screenful of posts.
    """
    moves = _moves(scale.keys, scale.keys)
    few_moves = _moves(scale.keys, few.server.posts // 2)
    typed = [bytes([letter]) for letter in islice(cycle(SENTENCE), scale.keys)]
    found: dict[str, list[Spread]] = {}

    def press(what: str, subject: Subject, first: bytes, keys: Sequence[bytes]) -> None:
        with _settled(subject, scale.settle, first) as program:
            spread = key_latencies(program, keys, gap=KEY_GAP)
        found.setdefault(what, []).append(spread)

    with stage.inbox() as inbox, few.inbox() as inbox_of_few:
        for _ in range(scale.runs):
            press("bare", BARE, b"", moves)
            press("many", inbox, inbox.list_keys, moves)
            press("few", inbox_of_few, inbox_of_few.list_keys, few_moves)
            press("typing", inbox, inbox.compose_keys, typed)
            with _arriving(stage.server):
                press("busy", inbox, inbox.list_keys, moves)
    many, less = f"{stage.server.posts:,} posts", f"{few.server.posts} posts"
    names = {
        "many": f"j, k with {many} stored",
        "few": f"j, k with {less} stored",
        "busy": f"j, k while {STREAM_RATE:g} posts/s arrive",
        "typing": "a letter in the composer",
    }
    return [
        figure for key, what in names.items() for figure in _keys(what, found[key], found["bare"])
    ]


def _moves(count: int, furthest: int) -> list[bytes]:
    """Twice `count` keys, down and up again, no further than `furthest` rows from the start."""
    stride = min(count, furthest)
    return list(islice(cycle([b"j"] * stride + [b"k"] * stride), 2 * count))


def _keys(what: str, ours: Sequence[Spread], bare: Sequence[Spread]) -> list[Figure]:
    lost = sum(one.lost for one in ours)
    what = f"{what} ({lost} lost)" if lost else what
    return [
        _figure(f"{what}, p50", "ms", [s.median for s in ours], [s.median for s in bare], KEY_P50),
        _figure(f"{what}, p90", "ms", [s.p90 for s in ours], [s.p90 for s in bare]),
        _figure(f"{what}, p99", "ms", [s.p99 for s in ours], [s.p99 for s in bare], KEY_P99),
    ]


def memory_figures(stage: Stage, scale: Scale) -> list[Figure]:
    """Memory before and after many posts have arrived by the stream, seen from the top of the Timeline."""
    with stage.inbox() as inbox, _settled(inbox, scale.settle, inbox.news_keys) as program:
        before = program.memory()
        marker = ""
        for _ in range(0, scale.streamed, BURST):
            marker = stage.server.emit(BURST)[-1].marker
            program.rest(longest=0.2)
        program.wait_for(marker, LATEST_SECONDS)
        program.watch(scale.settle)
        after = program.memory()
    what = f"memory after {scale.streamed:,} posts streamed"
    return [Figure(what, "MiB", (after,), (before,), "before", MEMORY_LATER)]


def idle_figures(stage: Stage, scale: Scale) -> list[Figure]:
    """CPU while nothing happens and while posts arrive, and how soon an arrival is on the screen."""
    idle: dict[str, list[float]] = {"tui-inbox": [], "bare": []}
    streaming: list[float] = []
    arrivals: list[Spread] = []
    with stage.inbox() as inbox:
        for _ in range(scale.runs):
            for subject in (inbox, BARE):
                with _settled(subject, scale.settle) as program:
                    idle[subject.name].append(cpu_percent(program, scale.seconds))
            with _settled(inbox, scale.settle, inbox.news_keys) as program:
                with _arriving(stage.server):
                    streaming.append(cpu_percent(program, scale.seconds))
                program.rest()
                arrivals.append(_arrivals(program, stage.server, scale.arrivals))
    return [
        _figure("CPU while nothing happens", "%", idle["tui-inbox"], idle["bare"], IDLE),
        _figure(f"CPU while {STREAM_RATE:g} posts/s arrive", "%", streaming, goal=STREAMING),
        _figure(
            "a post from server to screen, p50", "ms", [s.median for s in arrivals], goal=POST_P50
        ),
        _figure("a post from server to screen, p99", "ms", [s.p99 for s in arrivals]),
    ]


def _arrivals(program: MeasuredProgram, server: FakeServer, count: int) -> Spread:
    """From the moment a post leaves the server until its text is on the screen."""
    found = []
    for _ in range(count):
        program.watch(POST_GAP)
        (arrival,) = server.emit()
        found.append((program.wait_for(arrival.marker) - arrival.at) * 1000)
    return Spread.of(found)


@contextmanager
def _arriving(server: FakeServer) -> Iterator[None]:
    server.rate(STREAM_RATE)
    try:
        yield
    finally:
        server.rate(0.0)


def _figure(
    what: str,
    unit: str,
    ours: Sequence[float],
    bare: Sequence[float] = (),
    goal: Goal | None = None,
) -> Figure:
    return Figure(what, unit, tuple(ours), tuple(bare), "bare" if bare else "", goal)
