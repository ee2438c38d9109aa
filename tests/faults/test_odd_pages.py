"""Pages that come in an odd manner: they are read all the same, and nothing is lost or doubled."""

from __future__ import annotations

import pytest
from faults.test_answers_that_fail import written_while_down
from support.fake_mastodon.faults import MANNERS
from support.fake_mastodon.running import FakeServer
from support.socket_reader import SocketReader

from tui_inbox.sync.gaps import PARTLY


@pytest.mark.parametrize("kind", sorted(MANNERS - {"short"}))
def test_odd_manners_lose_nothing_and_double_nothing(
    server: FakeServer, reader: SocketReader, kind: str
) -> None:
    server.fail(kind, "GET")
    written_while_down(server, 45)  # more than a page
    reader.until_back(server.home())


def test_pages_shorter_than_asked_leave_a_hole_that_can_be_filled(
    server: FakeServer, reader: SocketReader
) -> None:
    server.fail("short", "GET")
    written_while_down(server, 130)  # more than ten short pages hold
    home = server.home()
    reader.until(lambda: reader.is_live() and home[0] in reader.markers(), hurried=True)
    assert reader.holes() == 1
    while reader.holes():
        assert reader.hub.fill_gap(reader.hole()).result() in ("", PARTLY)
    assert reader.agrees_with(home)
