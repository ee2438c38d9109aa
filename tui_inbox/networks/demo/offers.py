"""What the town offers besides posts: lists, a tag that is followed, and what only real servers have."""

from __future__ import annotations

from collections.abc import Iterable

from tui_inbox.core.door import PeopleList, PeoplePage
from tui_inbox.core.draft import ActKind
from tui_inbox.core.ports import Refused, Unsupported
from tui_inbox.core.post import Feed, FeedKind
from tui_inbox.core.sources import Lack, Source, Sources
from tui_inbox.core.versions import Original
from tui_inbox.networks.demo.cast import BY_KEY, Circle
from tui_inbox.networks.demo.town import Town

_LISTS = {
    "list-friends": ("Friends", Circle.FRIEND),
    "list-town": ("Town notices", Circle.BROADCASTER),
}
_FOLLOWED_TAG = "choir"
_FIXED = (
    (FeedKind.HOME, "Home"),
    (FeedKind.LOCAL, "Everybody in the town"),
    (FeedKind.DIRECT, "Private conversations"),
    (FeedKind.FAVOURITES, "Favourites"),
    (FeedKind.BOOKMARKS, "Bookmarks"),
    (FeedKind.OWN, "Your posts"),
)
_NOT_HERE = {
    ActKind.ACCEPT_FOLLOW: "Nobody has to ask before they follow somebody in the demo town.",
    ActKind.REJECT_FOLLOW: "Nobody has to ask before they follow somebody in the demo town.",
    ActKind.ADMIT: "The demo town holds nobody back.",
    ActKind.DISMISS: "The demo town holds nobody back.",
    ActKind.VOTE: "The demo town counts no votes.",
}

SOURCES = Sources(
    offered=(
        *(Source(Feed(kind), title) for kind, title in _FIXED),
        *(Source(Feed(FeedKind.LIST, key), title) for key, (title, _) in _LISTS.items()),
        Source(Feed(FeedKind.TAG, _FOLLOWED_TAG), f"#{_FOLLOWED_TAG}"),
    ),
    lacking=(Lack(FeedKind.FEDERATED, "The demo town knows no other servers."),),
)


def members(list_id: str) -> frozenset[str]:
    """The short names of those on a list.

    Raises:
        Refused: there is no such list.
    """
    if list_id not in _LISTS:
        raise Refused("The demo town has no such list.", gone=True)
    _, circle = _LISTS[list_id]
    return frozenset(key for key, one in BY_KEY.items() if one.circle is circle)


def people_of(town: Town, which: PeopleList) -> PeoplePage:
    """Those whom the owner muted or blocked; nobody asks to follow her."""
    keys: Iterable[str] = ()
    if which is not PeopleList.ASKING:
        keys = (
            key
            for key, standing in town.standing.items()
            if (standing.muting if which is PeopleList.MUTED else standing.blocking)
        )
    return PeoplePage(tuple(town.people[key] for key in keys))


def original_of(town: Town, post_id: str) -> Original:
    """What the owner typed.

    Raises:
        Refused: the post is not there, or somebody else wrote it.
    """
    post = town.posts.get(post_id)
    if post is None:
        raise Refused("This post is not there any more.", gone=True)
    if not town.is_owners(post_id):
        raise Refused("Only its author can see how a post was typed.")
    return Original(post.text, post.warning)


def check_offered(kind: ActKind) -> None:
    """Whether the town knows such an act.

    Raises:
        Unsupported: it does not.
    """
    if kind in _NOT_HERE:
        raise Unsupported(_NOT_HERE[kind])
