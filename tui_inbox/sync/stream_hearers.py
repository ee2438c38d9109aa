"""Who listens to a public stream, and to what of it: asked in memory, so that nothing but hits reaches the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.authors import authors_named, only_authors
from tui_inbox.core.moment import Millis
from tui_inbox.core.outside import Source, SourceKind
from tui_inbox.core.person import Person, PersonRef
from tui_inbox.core.post import Post
from tui_inbox.core.query import From, InGroup, Query, named
from tui_inbox.core.query_text import QueryError, parse
from tui_inbox.core.tokens import fold
from tui_inbox.store import accounts, groups, outside, people, searches
from tui_inbox.store.asking import asks_alone
from tui_inbox.store.database import Connection
from tui_inbox.store.subjects import subject_outside
from tui_inbox.sync.hits import OfAccount, StandingSearches


class Hearers(Struct, frozen=True):
    """The searches that listen to a stream, and what has to be known to ask them.

    Attributes:
        of: the searches by account, and the owners of those accounts.
        named: the authors of whom some query speaks, by what they are for ever: the stream tells no handles.
        unknown: handles of which it is not known whose they are.
        groups: the owner's groups that people of this network are in.
        authors: the only people whose posts can be found; None for everybody.
    """

    source: Source
    of: tuple[tuple[OfAccount, PersonRef], ...]
    named: Mapping[str, Person]
    unknown: frozenset[str]
    groups: Mapping[str, tuple[str, ...]]
    authors: frozenset[str] | None

    def asked(self, post: Post, now: Millis) -> dict[int, bool]:
        """The searches that find a post; of each whether it looks for something, as far as the post itself tells."""
        found: dict[int, bool] = {}
        for own, owner in self.of:
            if post.author.ref != owner:
                about = self.groups.get(post.author.ref.uri, ())
                subject = subject_outside(post, now=now, owners=(owner,), groups=about)
                for search in own.searches.found(subject):
                    filter_ = own.filters.get(search)
                    found[search] = filter_ is None or asks_alone(filter_, post, subject)
        return found

    def with_author(self, post: Post) -> Post:
        """The post with its author's handle, where some query speaks of them."""
        known = self.named.get(post.author.ref.uri)
        return post if known is None else replace(post, author=known)


class _Asked(Struct, frozen=True):
    """What the searches ask that listen: their queries, and the authors and groups that those name."""

    queries: tuple[Query, ...]
    authors: frozenset[str]
    groups: frozenset[str]


class Listening:
    """Reads who listens to the stream of a network. Used on the reader's thread alone.

    It is looked at every few seconds where windows are read, so what takes long is done again when searches change.

    Attributes:
        whose: whose the handles are that queries name, as far as the network was asked; None for nobody's.
    """

    def __init__(self, network: str) -> None:
        self.whose: dict[str, str | None] = {}
        self._network = network
        self._standing = StandingSearches()
        self._told: object = None
        self._asked = _Asked((), frozenset(), frozenset())
        self._known: object = None
        self._authors: frozenset[str] | None = None

    def read(self, db: Connection) -> Hearers | None:
        """Who listens now; None for nobody."""
        streams = outside.sources(db, SourceKind.STREAM)
        source = next((one for one in streams if one.address == self._network), None)
        if source is None:
            return None
        of = self._standing.listening(db, source.id)
        if of is not self._told:
            self._told, self._known, self._asked = of, None, _asked(db, source.id)
        named, members = self._named(db), self._members(db)
        by_handle = {person.handle: uri for uri, person in named.items()}
        if (by_handle, members) != self._known:
            self._known = by_handle, members
            self._authors = _authors(self._asked.queries, by_handle, members)
        owners = {
            account: owner.ref
            for account in of
            if (owner := people.person(db, accounts.owner(db, account))) is not None
        }
        return Hearers(
            source=source,
            of=tuple((own, owners[account]) for account, own in of.items() if account in owners),
            named=named,
            unknown=frozenset(
                one for one in self._asked.authors if one not in by_handle and one not in self.whose
            ),
            groups=_groups_of(members),
            authors=self._authors,
        )

    def _named(self, db: Connection) -> dict[str, Person]:
        """People whom queries name as authors: those who are stored, and those whom the network knows."""
        found: dict[str, Person] = {}
        for handle in self._asked.authors:
            uri = self.whose.get(handle)
            stored = people.find_by_handle(db, handle)
            person = people.person(db, stored) if stored is not None else None
            if person is not None and person.ref.network == self._network:
                found[person.ref.uri] = person
            elif uri is not None:
                ref = PersonRef(self._network, uri)
                found[uri] = Person(ref, uri, handle, handle.partition(".")[0])
        return found

    def _members(self, db: Connection) -> dict[str, frozenset[str]]:
        """Who of this network is in the groups that queries name, by the group's folded name."""
        members: dict[str, frozenset[str]] = {}
        for name in self._asked.groups:
            group = groups.find_group(db, name)
            inside = groups.members(db, group.id) if group is not None else []
            known = people.profiles(db, [person for person, _ in inside]).values()
            members[fold(name)] = frozenset(
                one.ref.uri for one in known if one.ref.network == self._network
            )
        return members


def _asked(db: Connection, source: int) -> _Asked:
    listening = {search for heard, search, _ in outside.listening(db) if heard == source}
    texts = {one.query for one in searches.searches(db) if one.id in listening and one.query}
    queries = tuple(query for text in texts if (query := _parsed(text)) is not None)
    return _Asked(
        queries,
        frozenset(name for query in queries for name in authors_named(query)),
        frozenset(name for query in queries for name in named(query, InGroup)),
    )


def _parsed(text: str) -> Query | None:
    try:
        return parse(text)
    except QueryError:
        return None  # its pane says so


def _groups_of(members: Mapping[str, frozenset[str]]) -> dict[str, tuple[str, ...]]:
    everybody = frozenset().union(*members.values())
    return {
        uri: tuple(name for name, inside in members.items() if uri in inside) for uri in everybody
    }


def _authors(
    queries: Sequence[Query], by_handle: Mapping[str, str], members: Mapping[str, frozenset[str]]
) -> frozenset[str] | None:
    """The only people whose posts the queries can find, where each of them is known."""

    def known(asked: From | InGroup) -> frozenset[str] | None:
        if isinstance(asked, InGroup):
            return members.get(fold(asked.value), frozenset())
        uri = by_handle.get(asked.value.removeprefix("@").lower())
        return None if uri is None else frozenset({uri})

    each = [only_authors(query, known) for query in queries]
    told = [one for one in each if one is not None]
    return frozenset().union(*told) if len(told) == len(each) else None
