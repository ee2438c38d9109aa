"""News on their way from any thread to the panes."""

from __future__ import annotations

import threading
from collections.abc import Callable

from tui_inbox.core.changes import Change, Topic
from tui_inbox.ui.news import LEAST_PAUSE, News

ONE = Change(Topic.FEED, 1)
TWO = Change(Topic.POST, 2)
THREE = Change(Topic.POST, 3)


class Loop:
    """An event loop that runs things when the test says so."""

    def __init__(self) -> None:
        self.now = 100.0
        self.soon: list[Callable[[], None]] = []
        self.later: list[tuple[float, Callable[[], None]]] = []
        self.delivered: list[frozenset[Change]] = []
        self.news = News(
            self.delivered.append,
            call_soon=self.soon.append,
            call_later=lambda pause, run: self.later.append((self.now + pause, run)),
            monotonic=lambda: self.now,
        )

    def turn(self) -> None:
        """Run what is to be run soon."""
        while self.soon:
            self.soon.pop(0)()

    def sleep(self, seconds: float) -> None:
        """Let time pass, and run what is due."""
        self.now += seconds
        due = [run for at, run in self.later if at <= self.now]
        self.later = [(at, run) for at, run in self.later if at > self.now]
        for run in due:
            run()


def test_the_first_news_are_handed_over_at_once() -> None:
    loop = Loop()
    loop.news.changed(frozenset({ONE}))
    loop.turn()
    assert loop.delivered == [frozenset({ONE})]


def test_a_burst_is_handed_over_in_one_piece_after_a_pause() -> None:
    loop = Loop()
    loop.news.changed(frozenset({ONE}))
    loop.turn()
    for change in (TWO, THREE, TWO):
        loop.news.changed(frozenset({change}))
        loop.turn()
    assert len(loop.delivered) == 1
    loop.sleep(LEAST_PAUSE)
    assert loop.delivered[1:] == [frozenset({TWO, THREE})]


def test_after_a_pause_news_are_at_once_again() -> None:
    loop = Loop()
    loop.news.changed(frozenset({ONE}))
    loop.turn()
    loop.sleep(1)
    loop.news.changed(frozenset({TWO}))
    loop.turn()
    assert loop.delivered[-1] == frozenset({TWO})


def test_nothing_is_lost_whatever_thread_it_comes_from() -> None:
    loop = Loop()

    def tell(first: int) -> None:
        for key in range(first, first + 500):
            loop.news.changed(frozenset({Change(Topic.POST, key)}))

    threads = [threading.Thread(target=tell, args=(500 * n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(20):
        loop.turn()
        loop.sleep(LEAST_PAUSE)
    for thread in threads:
        thread.join()
    loop.turn()
    loop.sleep(LEAST_PAUSE)
    heard = {change.key for changes in loop.delivered for change in changes}
    assert heard == set(range(2000))


def test_ten_posts_a_second_make_about_four_hand_overs() -> None:
    loop = Loop()
    for key in range(100):
        loop.news.changed(frozenset({Change(Topic.POST, key)}))
        loop.turn()
        loop.sleep(0.1)
    assert 30 <= len(loop.delivered) <= 45
