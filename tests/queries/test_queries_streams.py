"""What is said of a public stream that searches listen to: below a search, and by doctor."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from support.town_builder import Town

from tui_inbox.cli.doctor import _stream_lines
from tui_inbox.commands import outside as listening
from tui_inbox.commands import searches as commands
from tui_inbox.core.moment import HOUR, MINUTE, SECOND
from tui_inbox.core.outside import SourceKind
from tui_inbox.core.stream_state import Rate, StreamState
from tui_inbox.queries import doctor, searches
from tui_inbox.store import outside
from tui_inbox.store import searches as stored

NOT_YET = "what reaches this account · all of Bluesky, about to be heard"


def listen(town: Town) -> int:
    """A search that listens to all of Bluesky."""
    commands.save(town.context, 1, "kiln").result()
    (search,) = town.ask(stored.searches)
    listening.listen_to_stream(town.context, search.id, "bluesky").result()
    return search.id


def put_state(town: Town, state: StreamState) -> None:
    (source,) = town.ask(outside.sources, SourceKind.STREAM)
    town.write(lambda w: outside.put_state(w, source.id, str(state)))


def coverage(town: Town) -> str:
    (search,) = town.ask(searches.view, town.scope(), now=town.now)
    return search.coverage


def live(town: Town, **more: object) -> StreamState:
    return StreamState(
        cursor="17",
        host="stream.example",
        heard_at=town.now - 2 * SECOND,
        noted_at=town.now - 2 * SECOND,
        open=True,
        events=36.4,
        bytes=912_000_000,
        **more,  # type: ignore[arg-type]  # its own fields
    )


def test_a_stream_says_what_it_costs_while_it_is_heard(town: Town) -> None:
    listen(town)
    assert coverage(town) == NOT_YET
    put_state(town, live(town))
    assert coverage(town) == (
        "what reaches this account · all of Bluesky, live, 36.4 events a second, 0.9 GB a day at this rate"
    )


@pytest.mark.parametrize(
    ("size", "words"),
    [(12_400_000_000, "12 GB"), (43_200_000, "43 MB"), (1_260_000, "1.3 MB"), (90_000, "90 kB")],
)
def test_a_volume_is_told_in_few_figures(town: Town, size: int, words: str) -> None:
    listen(town)
    put_state(town, StreamState(open=True, noted_at=town.now, bytes=size))
    assert f", {words} a day at this rate" in coverage(town)


def test_a_stream_of_few_people_says_of_how_many(town: Town) -> None:
    listen(town)
    put_state(town, live(town, narrowed=2))
    assert "all of Bluesky, narrowed to 2 people, live, " in coverage(town)
    put_state(town, live(town, narrowed=0))
    assert coverage(town).endswith("of nobody: those whom its searches name are not there")


def test_a_stream_that_is_not_heard_says_until_when_it_was(town: Town) -> None:
    listen(town)
    put_state(town, live(town))
    town.pass_time(3 * HOUR)
    assert "all of Bluesky, heard until " in coverage(town)


def test_a_stream_that_cannot_be_heard_says_why(town: Town) -> None:
    listen(town)
    failing = StreamState(refusal="stream.example is gone.", failing_since=town.now - 2 * HOUR)
    put_state(town, failing)
    assert coverage(town).endswith(
        "all of Bluesky, cannot be heard (first 2 h ago): stream.example is gone"
    )


def test_what_was_not_heard_is_said_for_a_day(town: Town) -> None:
    listen(town)
    put_state(town, live(town, missed=((town.now - 5 * HOUR, town.now - HOUR),)))
    assert " · not heard " in coverage(town)
    town.pass_time(24 * HOUR)
    assert "not heard" not in coverage(town)


def test_doctor_tells_of_a_stream_and_complains_of_a_silent_one(town: Town) -> None:
    assert town.ask(doctor.checkup, town.scope(), now=town.now).streams == ()
    listen(town)
    put_state(town, live(town))
    found = town.ask(doctor.checkup, town.scope(), now=town.now)
    assert list(doctor.complaints(found, running=True)) == []
    (stream,) = found.streams
    assert list(_stream_lines(stream, town.now)) == [
        "   server    stream.example",
        "   line      live, last word 2s ago",
        "   rate      36.4 events a second, 0.91 GB a day",
        "   cursor    17",
    ]
    put_state(town, StreamState(refusal="It is gone.", failing_since=town.now - 10 * MINUTE))
    found = town.ask(doctor.checkup, town.scope(), now=town.now)
    (sentence,) = doctor.complaints(found, running=True)
    assert sentence.startswith(
        "all of Bluesky has not been heard for 10m (It is gone): see whether"
    )
    assert list(doctor.complaints(found, running=False)) == []


def test_a_screen_says_the_same_of_a_rate_that_differs_little(town: Town) -> None:
    told = live(town)
    assert replace(told, cursor="18", noted_at=town.now, events=38.0).is_told_as(told)
    assert not replace(told, events=42.0).is_told_as(told)
    assert not replace(told, bytes=800_000_000).is_told_as(told)
    assert not replace(told, narrowed=2).is_told_as(told)
    assert not replace(told, open=False).is_told_as(told)
    assert not replace(told, refusal="It is gone.").is_told_as(told)


def test_a_rate_is_that_of_the_last_minutes() -> None:
    rate = Rate(0.0)
    assert (rate.events, rate.bytes_a_day) == (0.0, 0)
    for second in range(1, 1_000):
        rate.note(float(second), 10 if second < 500 else 40, 1_000)
    assert rate.events == 40.0
    assert rate.bytes_a_day == 86_400_000
