"""Who and what there is on the server, under ids that are moments, as X has them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from tui_inbox.core.moment import Millis

EPOCH: Millis = 1_288_834_974_657


@dataclass
class User:
    """Somebody, and what they chose."""

    id: str
    username: str
    name: str
    follows: set[str] = field(default_factory=set)
    mutes: list[str] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)


@dataclass
class Medium:
    """A picture that was handed over."""

    id: str
    alt: str = ""


@dataclass
class Post:
    """A post. `refs` are pairs of kind and id: `replied_to`, `quoted`, `retweeted`."""

    id: str
    author: str
    text: str
    made_at: Millis
    refs: tuple[tuple[str, str], ...] = ()
    conversation: str = ""
    versions: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    note: str = ""

    def ref(self, kind: str) -> str | None:
        """The id of what it refers to in a way."""
        return next((id for one, id in self.refs if one == kind), None)


@dataclass
class World:
    """Everything.

    Attributes:
        now: the server's clock.
        posts: by id, newest last.
    """

    now: Callable[[], Millis]
    users: dict[str, User] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    media: dict[str, Medium] = field(default_factory=dict)
    _last: int = 0

    def join(self, username: str) -> User:
        """Somebody new."""
        user = User(str(1_000 + len(self.users)), username, username.capitalize())
        self.users[user.id] = user
        return user

    def named(self, username: str) -> User:
        """Somebody by name, in whatever case.

        Raises:
            KeyError: there is nobody.
        """
        for user in self.users.values():
            if user.username.lower() == username.lower():
                return user
        raise KeyError(username)

    def new_id(self, at: Millis | None = None) -> str:
        """An id of a moment, higher than all before unless a moment is given."""
        if at is not None:
            self._last += 1
            return str((at - EPOCH << 22) + self._last % 4096)
        self._last = max(self._last + 1, self.now() - EPOCH << 22)
        return str(self._last)

    def post_as(
        self,
        username: str,
        text: str,
        *,
        answers: str | None = None,
        quotes: str | None = None,
        passes_on: str | None = None,
        media: tuple[str, ...] = (),
        at: Millis | None = None,
        note: str = "",
    ) -> Post:
        """Somebody posts."""
        refs = tuple(
            (kind, id)
            for kind, id in (("replied_to", answers), ("quoted", quotes), ("retweeted", passes_on))
            if id is not None
        )
        id = self.new_id(at)
        root = self.posts[answers].conversation if answers in self.posts else id
        made_at = self.now() if at is None else at
        post = Post(id, self.named(username).id, text, made_at, refs, root, (id,), media, note)
        self.posts[id] = post
        return post

    def edit(self, id: str, text: str) -> Post:
        """A post gets another text, and with it another id."""
        old = self.posts.pop(id)
        new = self.new_id()
        self.posts[new] = Post(
            new,
            old.author,
            text,
            old.made_at,
            old.refs,
            old.conversation,
            (*old.versions, new),
            old.media,
        )
        return self.posts[new]

    def newest_first(self) -> list[Post]:
        """All posts."""
        return sorted(self.posts.values(), key=lambda post: int(post.id), reverse=True)

    def mentioned(self, post: Post) -> list[tuple[int, int, User]]:
        """Whom a text names, with the places of their names in it."""
        found = []
        for match in re.finditer(r"@(\w+)", post.note or post.text):
            try:
                found.append((match.start(), match.end(), self.named(match[1])))
            except KeyError:
                continue
        return found

    def addresses(self, post: Post, user: User) -> bool:
        """Whether a post names somebody or answers them."""
        if post.author == user.id or post.ref("retweeted"):
            return False
        answered = self.posts.get(post.ref("replied_to") or "")
        named = any(one.id == user.id for _, _, one in self.mentioned(post))
        return named or (answered is not None and answered.author == user.id)

    def summons(self, post: Post, user: User) -> bool:
        """Whether somebody may answer a post by the API: it names them in its text, or quotes one of theirs."""
        quoted = self.posts.get(post.ref("quoted") or "")
        named = any(one.id == user.id for _, _, one in self.mentioned(post))
        return post.author == user.id or named or (quoted is not None and quoted.author == user.id)
