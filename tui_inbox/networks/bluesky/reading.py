"""Posts and people that are asked for by name: threads, single posts, somebody's newest, lists of people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui_inbox.core.door import PeopleList, PeoplePage
from tui_inbox.core.person import Person, Relationship
from tui_inbox.core.ports import Found, PageOf, Recent, Refused, Thread, Unsupported
from tui_inbox.core.post import Feed, FeedKind, SeenPost
from tui_inbox.core.sources import Lack, Source, Sources
from tui_inbox.core.text import clean_line
from tui_inbox.networks.bluesky import wire
from tui_inbox.networks.bluesky.addresses import AtUri, is_did
from tui_inbox.networks.bluesky.convert import (
    seen_in,
    to_entry,
    to_person,
    to_relationship,
    to_seen,
    usable,
)
from tui_inbox.networks.bluesky.desk import POST, Desk, is_repost, reposted
from tui_inbox.networks.bluesky.feeds import MOST, lack_of
from tui_inbox.networks.limits import Urgency
from tui_inbox.networks.wire_base import decode

_DEEP = "100"
_HIGH = "80"
_PEOPLE_A_REQUEST = 25
_SUSPICIOUS = 5
"""Where none of so many posts is there, it is rather the server that is not itself."""
_POSTS_OF_SOMEBODY = 40
_NAMES = 10
_CURATED = "app.bsky.graph.defs#curatelist"
_BLOCKED = "#blockedPost"

_FIXED = (
    (FeedKind.HOME, "Home"),
    (FeedKind.MENTIONS, "Mentions of you"),
    (FeedKind.OWN, "Your posts"),
    (FeedKind.FAVOURITES, "Favourites"),
    (FeedKind.BOOKMARKS, "Bookmarks"),
)
_LACKING = (FeedKind.LOCAL, FeedKind.FEDERATED)


async def read_thread(desk: Desk, server_id: str, *, waited_for: bool) -> Thread:
    """A post with its ancestors and answers. What is gone, or kept from the account, is left out of both.

    Raises:
        Refused: the post itself is gone, or kept from the account.
        NetworkError: any other failure.
    """
    uri = await post_uri(desk, server_id)
    if uri is None:
        raise Refused("This post does not exist, or not any more.", gone=True)
    data = await desk.session.get(
        "app.bsky.feed.getPostThread",
        [("uri", uri), ("depth", _DEEP), ("parentHeight", _HIGH)],
        urgency=Urgency.WAITING if waited_for else Urgency.CHECKS,
        headers=await desk.labelers(),
    )
    told = (decode(wire.Thread, data) or wire.Thread()).thread
    border = await desk.border()
    node = decode(wire.ThreadNode, told)
    focus = seen_in(node.post, border) if node else None
    if node is None or focus is None:
        kind = str((told or {}).get("$type", ""))
        if kind.endswith(_BLOCKED):
            raise Refused("One of you blocks the other, so this is not shown.")
        raise Refused("This post does not exist, or not any more.", gone=True)
    above = [one.post for one in _ancestors(node)]
    below = [one.post for one in _answers(node)]
    return Thread(
        focus=focus,
        above=tuple(usable(to_seen, above, border)),
        below=tuple(usable(to_seen, below, border)),
    )


async def read_posts(desk: Desk, server_ids: Sequence[str]) -> Found:
    """Posts as the server shows them now. It leaves out what is gone, and what is kept from the account; and for a
    moment what the account has just posted, so of that its own repository is asked.

    Raises:
        NetworkError: it cannot be asked at the moment.
    """
    uris = {one: await post_uri(desk, one) for one in dict.fromkeys(server_ids)}
    wanted = list(dict.fromkeys(uri for uri in uris.values() if uri is not None))
    seen = await desk.seen(wanted, Urgency.CHECKS)
    there = {one: seen[uri] for one, uri in uris.items() if uri in seen}
    gone = frozenset(uris) - there.keys()
    for one in sorted(gone):
        uri = uris[one]
        name = AtUri.parse(uri) if uri is not None else None
        if uri is not None and name is not None and name.author == desk.session.did:
            gone -= {one} if await desk.record(uri, Urgency.CHECKS) is not None else set()
    if len(gone) >= _SUSPICIOUS and not there:
        gone = frozenset()
    return Found(there, gone)


async def resolve(desk: Desk, address: str) -> SeenPost:
    """The post with an address, of the network or of its web client.

    Raises:
        Refused: nothing is found there.
        NetworkError: any other failure.
    """
    uri = AtUri.parse(address) or desk.web.post_at(address)
    if uri is not None and not is_did(uri.author):
        uri = AtUri(await did_of(desk, uri.author), uri.collection, uri.key)
    found = await desk.seen([str(uri)], Urgency.WAITING) if uri is not None else {}
    if uri is None or str(uri) not in found:
        raise Refused(f"{desk.session.host} finds no post there.", gone=True)
    return found[str(uri)]


async def did_of(desk: Desk, handle: str, urgency: Urgency = Urgency.WAITING) -> str:
    """The DID that a handle stands for.

    Raises:
        Refused: nobody is called so.
        NetworkError: any other failure.
    """
    data = await desk.session.get(
        "com.atproto.identity.resolveHandle", [("handle", handle)], urgency=urgency
    )
    did = data.get("did") if isinstance(data, dict) else None
    if not isinstance(did, str) or not is_did(did):
        raise Refused(f"Nobody on Bluesky is called {handle}.", gone=True)
    return did


async def read_recent(desk: Desk, server_id: str, *, waited_for: bool) -> Recent:
    """Who somebody is and what they posted lately, without what they passed on.

    A feed names authors without what they say of themselves, so it takes two requests.

    Raises:
        Refused: the server shows nothing of them.
        NetworkError: any other failure.
    """
    if not is_did(server_id):
        raise Refused("Nobody of that name is known.", gone=True)
    urgency = Urgency.WAITING if waited_for else Urgency.CHECKS
    actor = await desk.profile(server_id, urgency)
    data = await desk.session.get(
        "app.bsky.feed.getAuthorFeed",
        [
            ("actor", server_id),
            ("filter", "posts_with_replies"),
            ("limit", str(_POSTS_OF_SOMEBODY)),
        ],
        urgency=urgency,
        headers=await desk.labelers(),
    )
    border = await desk.border()
    told = decode(wire.Feed, data) or wire.Feed()
    entries = usable(to_entry, told.feed, border)
    posts = [one.seen for one in entries if one.boost is None]
    theirs = [one for one in posts if one.post.author.server_id == server_id]
    return Recent(to_person(actor, border), tuple(theirs))


async def read_relationships(desk: Desk, server_ids: Sequence[str]) -> Sequence[Relationship]:
    """How the account stands to people, 25 in one request.

    Raises:
        NetworkError: it cannot be asked at the moment.
    """
    found: list[Relationship] = []
    known = [one for one in server_ids if is_did(one)]
    for start in range(0, len(known), _PEOPLE_A_REQUEST):
        some = known[start : start + _PEOPLE_A_REQUEST]
        data = await desk.session.get(
            "app.bsky.actor.getProfiles", [("actors", did) for did in some], urgency=Urgency.CHECKS
        )
        told = decode(wire.Actors, data) or wire.Actors()
        found += [to_relationship(one) for one in told.profiles if one.did in some]
    return found


async def read_people(desk: Desk, which: PeopleList, page: PageOf) -> PeoplePage:
    """A page of those who are muted or blocked. Nobody has to ask to follow.

    Raises:
        Unsupported: it is neither of them.
        NetworkError: any other failure.
    """
    method = {
        PeopleList.MUTED: "app.bsky.graph.getMutes",
        PeopleList.BLOCKED: "app.bsky.graph.getBlocks",
    }.get(which)
    if method is None:
        raise Unsupported("Nobody has to ask to follow on Bluesky.")
    query = [("limit", str(max(1, min(page.limit, MOST))))]
    if page.older_than:
        query.append(("cursor", page.older_than))
    data = await desk.session.get(method, query, urgency=Urgency.CHECKS)
    told = decode(wire.Actors, data) or wire.Actors()
    border = await desk.border()
    people = usable(to_person, [*told.mutes, *told.blocks], border)
    return PeoplePage(tuple(people), told.cursor or None)


async def find_people(desk: Desk, words: str) -> Sequence[Person]:
    """People whose name or handle begins so.

    Raises:
        NetworkError: it cannot be asked at the moment.
    """
    typed = words.strip().removeprefix("@")
    if not typed:
        return []
    data = await desk.session.get(
        "app.bsky.actor.searchActorsTypeahead",
        [("q", typed), ("limit", str(_NAMES))],
        urgency=Urgency.WAITING,
    )
    told = decode(wire.Actors, data) or wire.Actors()
    return list(usable(to_person, told.actors, await desk.border()))


async def read_sources(desk: Desk, saved: Sequence[str], *, no_chat: str) -> Sources:
    """The feeds the account can show: fixed ones, its lists, and the feeds that it has saved.

    Args:
        saved: addresses of those.
        no_chat: why there are no private conversations; empty where there are.

    Raises:
        NetworkError: it cannot be asked at the moment.
    """
    offered = [Source(Feed(kind), title) for kind, title in _FIXED]
    offered += await _lists(desk)
    offered += await _generators(desk, saved)
    lacking = [Lack(kind, lack_of(kind)) for kind in _LACKING]
    if no_chat:
        lacking.append(Lack(FeedKind.DIRECT, no_chat))
    else:
        offered.append(Source(Feed(FeedKind.DIRECT), "Private conversations"))
    return Sources(tuple(offered), tuple(lacking))


async def _lists(desk: Desk) -> list[Source]:
    data = await desk.session.get(
        "app.bsky.graph.getLists",
        [("actor", desk.session.did), ("limit", str(MOST))],
        urgency=Urgency.WAITING,
    )
    told = decode(wire.UserLists, data) or wire.UserLists()
    return [
        Source(Feed(FeedKind.LIST, one.uri), clean_line(one.name or "", limit=200) or "a list")
        for one in told.lists
        if one.purpose == _CURATED
    ]


async def _generators(desk: Desk, saved: Sequence[str]) -> list[Source]:
    if not saved:
        return []
    data = await desk.session.get(
        "app.bsky.feed.getFeedGenerators",
        [("feeds", uri) for uri in saved],
        urgency=Urgency.WAITING,
    )
    told = decode(wire.Generators, data) or wire.Generators()
    titles = {one.uri: clean_line(one.display_name or "", limit=200) for one in told.feeds}
    return [
        Source(Feed(FeedKind.CUSTOM, uri), titles[uri] or "a feed")
        for uri in saved
        if uri in titles
    ]


async def post_uri(desk: Desk, server_id: str) -> str | None:
    """The post that an id stands for: itself, or what a repost passes on; None if that is surely gone."""
    uri = AtUri.parse(server_id.partition("#")[0])
    if uri is None or not is_did(uri.author):
        return None
    if is_repost(uri):
        return reposted(await desk.record(str(uri), Urgency.CHECKS))
    return str(uri) if uri.collection == POST else None


def _ancestors(node: wire.ThreadNode) -> list[wire.ThreadNode]:
    """What stands above a post, the first of all first, up to what is not shown."""
    found: list[wire.ThreadNode] = []
    parent = decode(wire.ThreadNode, node.parent)
    while parent is not None and len(found) < int(_HIGH):
        found.append(parent)
        parent = decode(wire.ThreadNode, parent.parent)
    return found[::-1]


def _answers(node: wire.ThreadNode) -> Iterator[wire.ThreadNode]:
    """What stands below a post, each answer with what stands below it."""
    pending = [decode(wire.ThreadNode, one) for one in reversed(node.replies)]
    while pending:
        one = pending.pop()
        if one is not None:
            yield one
            pending += [decode(wire.ThreadNode, reply) for reply in reversed(one.replies)]
