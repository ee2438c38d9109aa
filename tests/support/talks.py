"""Little conversations, written down line by line and told to the real store.

odile: @me does it work?      a post, which gets the next number; @names are named
me > 1: @odile yes            an answer to post 1 (`>>`: by a clock that is an hour behind)
odile quotes 2: look          a quote
odile dm > 2: @me psst        a direct message, here in answer to post 2
odile edits 1: no names now   an edit
odile deletes 1
me likes 1 on the phone       what a server says of it afterwards (boosts, unlikes)

work signs in                 the owner has another account
work = me                     they are declared one identity
me likes 1                    the owner's keys, and time (boosts, mutes, unmutes, blocks,
me is done with odile         junks, looks at, puts off until post|start|tomorrow)
undo
31 days pass
the program starts

= odile: mine new talk        what is expected: turn, state and lane of what odile has open with me
= odile about 3: nothing      of the conversation of post 3; `nothing`: there is no item
= work/odile: ...             of another account
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from support.scripted_network import somebody
from support.sync_desk import Desk, new_desk

from tui_inbox.commands import acts, undo
from tui_inbox.commands import items as item_commands
from tui_inbox.commands.context import Context
from tui_inbox.commands.later import Later
from tui_inbox.core.account import Limits
from tui_inbox.core.act import ActKind
from tui_inbox.core.conversation import Lane
from tui_inbox.core.events import NetworkEvent, PostDeleted, PostEdited
from tui_inbox.core.moment import DAY, HOUR
from tui_inbox.core.post import Audience, Mention, PostView, SeenPost
from tui_inbox.queries.lanes import placed
from tui_inbox.store import accounts, identities, items, people, posts
from tui_inbox.store.database import Connection
from tui_inbox.sync.wake import wake_at_start, wake_due

LANES = {
    Lane.TALK: "talk",
    Lane.NEWCOMERS: "newcomers",
    Lane.STRANGERS: "strangers",
    Lane.LATER: "later",
    Lane.DONE: "done",
    Lane.NONE: "off",
}
_SAYS = re.compile(r"(\w+)( dm)?(?: (>>?) (\d+)| quotes (\d+))?: (.*)")
_EDITS = re.compile(r"(\w+) edits (\d+): (.*)")
_DELETES = re.compile(r"(\w+) deletes (\d+)")
_PHONE = re.compile(r"(\w+) (likes|unlikes|boosts|unboosts) (\d+) on the phone")
_KEY = re.compile(
    r"(\w+) (likes|boosts|mutes|unmutes|blocks|is done with|junks|looks at|puts off) (\w+)(?: until (\w+))?"
)
_PASSES = re.compile(r"(\d+) days pass")
_EXPECTS = re.compile(r"= (?:(\w+)/)?(\w+)(?: about (\d+))?: (.*)")

_ON_PERSON = {"mutes": ActKind.MUTE, "unmutes": ActKind.UNMUTE, "blocks": ActKind.BLOCK}
_ON_POST = {"likes": ActKind.FAVOURITE, "boosts": ActKind.BOOST}
_LATER = {"post": Later(on_post=True), "start": Later(on_start=True)}


@dataclass
class Told:
    """Something that reaches an account: about which post, and what tells it."""

    account: str
    post: int
    tell: Callable[[], Future[Any]]


@dataclass
class Talk:
    """A conversation on a desk of its own."""

    desk: Desk
    ids: dict[str, int] = field(default_factory=dict)
    posts: list[SeenPost] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)

    @classmethod
    def at(cls, folder: Path) -> Talk:
        desk = new_desk(folder)
        return cls(desk, {"me": desk.account.id})

    # What happens

    def happens(self, line: str) -> None:
        """One line of what others and the owner's other clients do; `deliver` tells it."""
        network = self.desk.network
        if found := _SAYS.fullmatch(line):
            self._says(*found.groups())
        elif found := _EDITS.fullmatch(line):
            number, text = int(found[2]), found[3]
            seen = self.posts[number - 1]
            network.now += 60_000
            named = map(somebody, _names(text))
            mentions = tuple(Mention(one.ref, one.server_id, one.handle) for one in named)
            post = replace(seen.post, text=text, edited_at=network.now, mentions=mentions)
            self.posts[number - 1] = edited = replace(seen, post=post)
            self._events(number, PostEdited(edited))
        elif found := _DELETES.fullmatch(line):
            network.now += 60_000
            number = int(found[2])
            self._events(number, PostDeleted(self.posts[number - 1].view.server_id))
        elif found := _PHONE.fullmatch(line):
            network.now += 60_000
            holds, what = not found[2].startswith("un"), found[2].removeprefix("un")
            seen = self.posts[int(found[3]) - 1]
            view = PostView(
                seen.view.server_id,
                favourited=holds if what == "likes" else seen.view.favourited,
                boosted=holds if what == "boosts" else seen.view.boosted,
            )
            self.posts[int(found[3]) - 1] = liked = replace(seen, view=view)
            self._tell(found[1], int(found[3]), self._puts(found[1], liked))
        else:
            raise ValueError(f"nobody knows what this means: {line}")

    def _says(self, who: str, dm: str | None, arrow: str, to: str, quotes: str, text: str) -> None:
        network = self.desk.network
        behind = network.now + 60_000 - HOUR if arrow == ">>" else None
        seen = network.write(
            who,
            text,
            to=self.posts[int(to) - 1] if to else None,
            names=_names(text),
            audience=Audience.DIRECT if dm else Audience.PUBLIC,
            at=behind,
        )
        if quotes:
            quoted = self.posts[int(quotes) - 1]
            seen = replace(seen, quoted=quoted, post=replace(seen.post, quoted=quoted.post.ref))
        self.posts.append(seen)
        for account in self.ids:
            self._tell(account, len(self.posts), self._puts(account, seen))

    def _puts(self, account: str, seen: SeenPost) -> Callable[[], Future[Any]]:
        return lambda: self.desk.ingest.take_posts(self.ids[account], [seen])

    def _events(self, number: int, event: NetworkEvent) -> None:
        for account in self.ids:
            self._tell(account, number, self._takes(self.ids[account], event))

    def _takes(self, account: int, event: NetworkEvent) -> Callable[[], Future[Any]]:
        return lambda: self.desk.ingest.take_events(account, [event])

    def _tell(self, account: str, post: int, tell: Callable[[], Future[Any]]) -> None:
        self.told.append(Told(account, post, tell))

    def deliver(self, order: Iterable[Told] | None = None) -> None:
        """Tell the store what has happened and was not told yet, in this order or as it happened."""
        self.desk.clock.time = max(self.desk.clock.time, self.desk.network.now)
        for one in list(self.told if order is None else order):
            one.tell().result()
        self.told.clear()

    # What the owner does

    def does(self, line: str) -> bool:
        """One line of what the owner does here, or of time that passes; False where it is none."""
        store, clock = self.desk.store, self.desk.clock
        ctx = Context(store, clock)
        if line == "undo":
            undo.undo(ctx).result()
        elif found := _PASSES.fullmatch(line):
            clock.time += int(found[1]) * DAY
            self.desk.network.now = clock.time
            store.write(lambda w: wake_due(w, clock.now())).result()
        elif line == "the program starts":
            store.write(lambda w: wake_at_start(w, clock.now())).result()
        elif found := re.fullmatch(r"(\w+) signs in", line):
            self.ids[found[1]] = self.sign_in(found[1])
        elif found := re.fullmatch(r"(\w+) = (\w+)", line):
            self._declare(found[1], found[2])
        elif found := _KEY.fullmatch(line):
            clock.time = self.desk.network.now = max(clock.time, self.desk.network.now) + 60_000
            self._key(ctx, *found.groups())
        else:
            return False
        return True

    def _declare(self, new: str, old: str) -> None:
        one, other = self.person(new), self.person(old)
        self.desk.store.write(
            lambda w: identities.link(w, one, other, at=self.desk.clock.now())
        ).result()

    def sign_in(self, name: str) -> int:
        """The owner has another account."""
        account = self.desk.store.write(
            lambda w: accounts.add_account(
                w,
                network="scripted",
                server="https://scripted.example",
                person=somebody(name),
                letters=name[:2],
                label=name,
                limits=Limits(),
            )
        ).result()
        return account.id

    def _key(self, ctx: Context, who: str, does: str, whom: str, until: str | None) -> None:
        account = self.ids[who]
        if does in _ON_POST:
            post = self._stored(who, int(whom))
            acts.toggle(ctx, account, post, _ON_POST[does]).result()
        elif does in _ON_PERSON:
            acts.on_person(ctx, account, self.person(whom), _ON_PERSON[does]).result()
            self._server_confirms(account, self.person(whom), does)
        else:
            found = [item for item in self.items(who, whom) if item.state.is_open]
            command: Callable[[int], Future[Any]] = {
                "is done with": lambda id: item_commands.done(ctx, id),
                "junks": lambda id: item_commands.junk(ctx, id),
                "looks at": lambda id: item_commands.looked_at(ctx, id),
                "puts off": lambda id: item_commands.later(ctx, id, self._when(until or "")),
            }[does]
            for item in found:
                command(item.id).result()

    def _when(self, until: str) -> Later:
        return _LATER.get(until) or Later(self.desk.clock.now() + DAY)

    def _server_confirms(self, account: int, person: int, does: str) -> None:
        flag = "blocking" if does == "blocks" else "muting"
        self.desk.store.write(
            lambda w: people.set_flag(w, account, person, flag, not does.startswith("un"))
        ).result()

    # What is expected

    def person(self, name: str) -> int:
        """Somebody's local id."""
        found = self.desk.store.read(lambda db: people.find_by_ref(db, somebody(name).ref)).result()
        assert found is not None, f"{name} never said anything"
        return found

    def items(self, account: str, person: str) -> list[items.Item]:
        """What somebody has open with an account, or had."""
        who = self.person(person)
        return self.desk.store.read(
            lambda db: items.items_of_person(db, self.ids[account], who)
        ).result()

    def _stored(self, account: str, number: int) -> int:
        server_id = self.posts[number - 1].view.server_id
        found = self.desk.store.read(
            lambda db: posts.find(db, self.ids[account], server_id)
        ).result()
        assert found is not None
        return found

    def stands(self, expects: str) -> tuple[str, str]:
        """What is so of what a line expects, and what it expects."""
        found = _EXPECTS.fullmatch(expects)
        assert found is not None, expects
        account, person, about, expected = found.groups()
        account = account or "me"
        ours = self.items(account, person)
        if about:
            post = self._stored(account, int(about))
            talk = self.desk.store.read(
                lambda db: posts.posts(db, None, [post])[post].conversation
            ).result()
            ours = [item for item in ours if item.conversation == talk]
        lanes = self.desk.store.read(lambda db: self._lanes(db, self.ids[account])).result()
        told = [f"{one.turn} {one.state} {LANES[lanes.get(one.id, Lane.NONE)]}" for one in ours]
        return ", ".join(told) or "nothing", expected

    @staticmethod
    def _lanes(db: Connection, account: int) -> dict[int, Lane]:
        return {row.item.id: row.lane for row in placed(db, [account], closed_since=0)}


def play(talk: Talk, story: str) -> list[str]:
    """Live through a story; what is expected at its end."""
    expected = []
    for line in lines_of(story):
        if line.startswith("="):
            expected.append(line)
        elif talk.does(line):
            continue
        else:
            talk.happens(line)
            talk.deliver()
    return expected


def _names(text: str) -> list[str]:
    return re.findall(r"@(\w+)", text)


def lines_of(story: str) -> list[str]:
    """The lines of a story."""
    return [line.strip() for line in story.strip().splitlines() if line.strip()]
