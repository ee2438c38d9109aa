"""What stands behind the screen on the stage: a reader that asks the town, and a hub that does nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

from ui.town_posts import NOW
from ui.town_store import Town

from tui_inbox.core.answerers import Openness
from tui_inbox.core.health import Health, HealthState
from tui_inbox.core.media_file import MediaFile
from tui_inbox.core.moment import HOUR, MINUTE, SECOND
from tui_inbox.core.person import Person
from tui_inbox.core.ports import Told
from tui_inbox.core.post import Card
from tui_inbox.core.profile import OwnProfile
from tui_inbox.core.versions import Original, Translation, Version


class FakeReader:
    """Answers queries from the town, at once."""

    def __init__(self, town: Town) -> None:
        self._town = town

    def ask(self, query: Callable[..., Any], *args: Any, **kwargs: Any) -> Future[Any]:
        name = f"{query.__module__.rpartition('.')[2]}_{query.__name__}"
        self._town.asked.append(name)
        answer: Future[Any] = Future()
        try:
            answer.set_result(getattr(self._town, name)(*args, **kwargs))
        except Exception as error:
            answer.set_exception(error)
        return answer


T = TypeVar("T")


def _answered(answer: T) -> Future[T]:
    done: Future[T] = Future()
    done.set_result(answer)
    return done


@dataclass
class FakeFetcher:
    """A hub that does nothing and remembers what it was asked.

    Attributes:
        versions: what it tells of the versions of any post.
        translation: what it tells as the translation of any post; None where nobody translates.
        original: what it tells of how any post was typed; None where it does not.
        people, tags, emoji: what there is to complete with.
        media: what lies at an address; where nothing does, the host cannot be reached.
        quoted: the local id of any post behind a sentence; None where it is gone.
        profile: what it tells of any own profile; None where the server cannot be reached.
        not_found: what it says when it is to find a post; empty where it does.
    """

    asked: list[tuple[object, ...]] = field(default_factory=list)
    stood: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)
    versions: tuple[Version, ...] = ()
    translation: Translation | None = None
    original: Original | None = None
    people: tuple[Person, ...] = ()
    tags: tuple[str, ...] = ()
    emoji: tuple[str, ...] = ()
    openness: dict[int, Openness] = field(default_factory=dict)
    cards: dict[str, Card] = field(default_factory=dict)
    media: dict[str, Told[MediaFile]] = field(default_factory=dict)
    not_found: str = ""
    profile: OwnProfile | None = None
    quoted: int | None = None
    states: dict[int, Health] = field(
        default_factory=lambda: {
            1: Health(HealthState.LIVE, NOW - HOUR, NOW - 4 * SECOND),
            2: Health(HealthState.LIVE, NOW - HOUR, NOW - 4 * SECOND),
            3: Health(
                HealthState.PAUSED, NOW - HOUR, next_try=NOW + 75 * MINUTE, reason="server limit"
            ),
        }
    )

    def _note(self, *what: object) -> Future[str]:
        self.asked.append(what)
        done: Future[str] = Future()
        done.set_result("")
        return done

    def read_thread(self, account: int, post: int) -> Future[str]:
        return self._note("thread", account, post)

    def find_post(self, account: int, post: int) -> Future[str]:
        self.asked.append(("find", account, post))
        return _answered(self.not_found)

    def read_older(self, account: int, feed: object) -> Future[str]:
        return self._note("older", account)

    def read_feed(self, account: int, feed: object) -> Future[str]:
        return self._note("feed", account, str(feed))

    def read_sources(self, account: int) -> Future[str]:
        return self._note("sources", account)

    def fill_gap(self, gap: int) -> Future[str]:
        return self._note("gap", gap)

    def read_person(self, account: int, person: int) -> Future[str]:
        return self._note("person", account, person)

    def check_stranger(self, account: int, person: int) -> Future[str]:
        return self._note("check", account, person)

    def read_quoted(self, account: int, server_id: str) -> Future[Told[int]]:
        self._note("quoted", account, server_id)
        return _answered(Told(self.quoted) if self.quoted else Told(sentence="It is gone."))

    def read_versions(self, account: int, post: int) -> Future[Told[Sequence[Version]]]:
        self._note("versions", account, post)
        return _answered(Told(self.versions) if self.versions else Told(sentence="None are kept."))

    def read_translation(self, account: int, post: int, language: str) -> Future[Told[Translation]]:
        self._note("translation", account, post, language)
        if self.translation is None:
            return _answered(Told(sentence="town.example does not translate."))
        return _answered(Told(self.translation))

    def read_original(self, account: int, post: int) -> Future[Told[Original]]:
        self._note("original", account, post)
        if self.original is None:
            return _answered(Told(sentence="town.example does not say what was typed."))
        return _answered(Told(self.original))

    def read_openness(self, account: int, post: int) -> Future[Told[Openness]]:
        self._note("openness", account, post)
        return _answered(Told(self.openness.get(post)))

    def read_card(self, address: str) -> Future[Told[Card]]:
        self._note("card", address)
        if address not in self.cards:
            return _answered(Told(sentence="That page says nothing of itself."))
        return _answered(Told(self.cards[address]))

    def find_people(self, account: int, words: str) -> Future[Told[Sequence[Person]]]:
        self._note("people", account, words)
        return _answered(Told([one for one in self.people if one.handle.startswith(words)]))

    def find_tags(self, account: int, words: str) -> Future[Told[Sequence[str]]]:
        self._note("tags", account, words)
        return _answered(Told([one for one in self.tags if one.startswith(words)]))

    def read_emoji(self, account: int) -> Future[Told[Sequence[str]]]:
        self._note("emoji", account)
        return _answered(Told(self.emoji))

    def read_media(self, account: int, address: str) -> Future[Told[MediaFile]]:
        self._note("media", account, address)
        return _answered(self.media.get(address, Told(sentence="x.example cannot be reached.")))

    def read_profile(self, account: int) -> Future[Told[OwnProfile]]:
        self._note("profile", account)
        if self.profile is None:
            return _answered(Told(sentence="town.example cannot be reached."))
        return _answered(Told(self.profile))

    def stand_on_screen(self, account: int, posts: Sequence[int]) -> None:
        self.stood.append((account, tuple(posts)))

    def wake_outbox(self) -> None:
        self.asked.append(("wake",))

    def health(self) -> dict[int, Health]:
        return self.states
