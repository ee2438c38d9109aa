"""Single posts, conversations and people: bought when somebody looks, or while there is money enough for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tui_inbox.core.person import Person
from tui_inbox.core.ports import Found, Overspent, Recent, Refused, Thread, Unsupported
from tui_inbox.core.post import SeenPost
from tui_inbox.core.versions import Original
from tui_inbox.networks.limits import Urgency
from tui_inbox.networks.x import desk as desks
from tui_inbox.networks.x import prices, wire
from tui_inbox.networks.x.convert import known_of, to_person, to_seen
from tui_inbox.networks.x.desk import Desk, not_there
from tui_inbox.networks.x.people import by_their_names

ANSWERS = 20
"""Answers that are bought when a conversation is opened, the newest ones."""
ANCESTORS = 6
"""Posts that are bought one by one above a post that is opened."""

_ADDRESS = re.compile(
    r"https?://(?:www\.|mobile\.)?(?:x|twitter)\.com/[A-Za-z0-9_]{1,20}/status/([0-9]{1,19})(?:[/?#].*)?"
)


async def read_thread(desk: Desk, server_id: str, *, waited_for: bool) -> Thread:
    """A post with what stands above it and what was answered in the last seven days.

    Raises:
        Refused: there is no such post.
        Unsupported: nobody waits for it, and it costs too much for that.
        NetworkError: any other failure.
    """
    if not waited_for:
        raise Unsupported(
            "X sells conversations post by post, so they are read when they are opened."
        )
    if not _is_id(server_id):
        raise not_there()
    first = await desk.posts([server_id], urgency=Urgency.WAITING, along=True)
    if not first.data:
        raise not_there()
    focus = first.data[0]
    met = {post.id: post for post in (*first.includes.tweets, focus)}
    media = list(first.includes.media)
    for page in await _around(desk, focus, met):
        media += page.includes.media
    everything = wire.PostPage(data=list(met.values()), includes=wire.Includes(media=media))
    known = await desk.known(everything, urgency=Urgency.WAITING, leaves=0.1)
    above, below = _above(focus, met), _below(focus, met)
    return Thread(
        focus=to_seen(focus, known),
        above=tuple(to_seen(post, known) for post in above),
        below=tuple(to_seen(post, known) for post in below),
    )


async def _around(desk: Desk, focus: wire.Post, met: dict[str, wire.Post]) -> list[wire.PostPage]:
    """Buy what belongs to a conversation, as far as there is money; what was met is added to `met`."""
    pages = []
    root = focus.conversation_id or focus.id
    try:
        found = await desk.page(
            "/2/tweets/search/recent",
            [("query", f"conversation_id:{root}")],
            price=prices.POST,
            wanted=ANSWERS,
            least=10,
            urgency=Urgency.WAITING,
        )
        met |= {post.id: post for post in found.data if post.id not in met}
        pages.append(found)
        for _ in range(ANCESTORS):
            missing = _missing_above(focus, met)
            if missing is None:
                break
            page = await desk.posts([missing], urgency=Urgency.WAITING)
            if not page.data:
                break
            met |= {post.id: post for post in page.data}
            pages.append(page)
    except Overspent:
        pass  # what is there is shown
    return pages


def _missing_above(focus: wire.Post, met: dict[str, wire.Post]) -> str | None:
    """The next post above one that was not met yet."""
    at, seen = focus, {focus.id}
    while (parent := at.answered) is not None and parent not in seen:
        if parent not in met:
            return parent
        at = met[parent]
        seen.add(parent)
    return None


def _above(focus: wire.Post, met: dict[str, wire.Post]) -> list[wire.Post]:
    """What a post answers, from the top."""
    chain: list[wire.Post] = []
    at = focus
    while (parent := at.answered) in met and met[parent] not in chain and parent != focus.id:
        at = met[parent]
        chain.append(at)
    return chain[::-1]


def _below(focus: wire.Post, met: dict[str, wire.Post]) -> list[wire.Post]:
    """What answers a post, and what answers that, oldest first."""
    within = {focus.id, focus.first_id}
    found = []
    for post in sorted(met.values(), key=lambda post: int(post.id)):
        if post.answered in within and post.id not in within:
            within |= {post.id, post.first_id}
            found.append(post)
    return found


async def read_posts(desk: Desk, server_ids: Sequence[str]) -> Found:
    """Posts as X shows them now: those that were bought today, which is free, and as many others as can be afforded
    when nobody waits. Of the rest nothing is said.

    Raises:
        NetworkError: X cannot be asked.
    """
    there: dict[str, SeenPost] = {}
    gone: frozenset[str] = frozenset()
    ids = [id for id in dict.fromkeys(server_ids) if _is_id(id)]
    for start in range(0, len(ids), desks.POSTS_A_REQUEST):
        some = ids[start : start + desks.POSTS_A_REQUEST]
        try:
            page = await desk.posts(some, urgency=Urgency.CHECKS, leaves=desks.FOR_BACKGROUND)
        except Overspent:
            break
        known = known_of(page, await _named(desk, page.data), desk.session.clock.now())
        by_id = {id: post for post in page.data for id in (post.id, *post.edit_history_tweet_ids)}
        there |= {id: to_seen(by_id[id], known) for id in some if id in by_id}
        gone |= desks.gone(page, some)
    return Found(there, gone)


async def _named(desk: Desk, posts: Iterable[wire.Post]) -> dict[str, wire.User]:
    """Those of some authors who are known; nobody is bought for a check."""
    posts = tuple(posts)
    known = await desk.users.known(post.author_id for post in posts if post.author_id)
    return {**by_their_names(posts), **known}


async def resolve(desk: Desk, address: str) -> SeenPost:
    """The post at an address of X.

    Raises:
        Refused: there is none.
        NetworkError: X cannot be asked.
    """
    found = _ADDRESS.fullmatch(address.strip())
    id = found[1] if found else address if _is_id(address) else None
    if id is None:
        raise Refused("This is no address of a post on X.")
    page = await desk.posts([id], urgency=Urgency.WAITING)
    if not page.data:
        raise not_there()
    return to_seen(page.data[0], await desk.known(page, urgency=Urgency.WAITING))


async def read_recent(desk: Desk, server_id: str, *, waited_for: bool) -> Recent:
    """Who somebody is and what they posted lately: 20 posts for who waits, ten in the background.

    Raises:
        Refused: there is nobody of that id.
        Overspent: there is no money for it today.
        NetworkError: any other failure.
    """
    if not _is_id(server_id):
        raise Refused("X knows nobody of that name.", gone=True)
    urgency = Urgency.WAITING if waited_for else Urgency.CHECKS
    leaves = 0.0 if waited_for else desks.FOR_BACKGROUND
    users = await desk.users.get([server_id], urgency=urgency, leaves=leaves)
    page = await desk.page(
        f"/2/users/{server_id}/tweets",
        [("exclude", "retweets")],
        price=prices.POST,
        wanted=20 if waited_for else 10,
        least=5,
        urgency=urgency,
        leaves=leaves,
    )
    known = known_of(page, {**by_their_names(page.data), **users}, desk.session.clock.now())
    if server_id not in users:
        raise Refused("X knows nobody of that name.", gone=True)
    return Recent(to_person(users[server_id]), tuple(to_seen(post, known) for post in page.data))


async def read_original(desk: Desk, server_id: str) -> Original:
    """What the owner typed.

    Raises:
        Refused: the post is not there any more.
        NetworkError: X cannot be asked.
    """
    if not _is_id(server_id):
        raise not_there()
    page = await desk.posts([server_id], urgency=Urgency.WAITING)
    if not page.data:
        raise not_there()
    known = await desk.known(page, urgency=Urgency.WAITING)
    post = to_seen(page.data[0], known).post
    return Original(post.text, sensitive=post.sensitive, language=post.language)


def find_people(desk: Desk, words: str) -> list[Person]:
    """People whom the account has met while the program runs and whose name or handle begins so: looking for others
    would have to be paid with every letter that is typed."""
    typed = words.strip().removeprefix("@").lower()
    if not typed:
        return []
    met = (to_person(user) for user in desk.users.met)
    return [
        person
        for person in met
        if person.handle.lower().startswith(typed)
        or any(word.startswith(typed) for word in person.name.lower().split())
    ][:20]


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 19
