"""What the town offers besides posts: lists, a tag that is followed, and what only real servers have."""

from __future__ import annotations

from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.capability import No, can_choose, can_vote
from tui_inbox.core.moment import Millis
from tui_inbox.core.person import Person
from tui_inbox.core.ports import Refused
from tui_inbox.core.post import Feed, FeedKind, Post
from tui_inbox.core.sources import Lack, Source, Sources
from tui_inbox.core.versions import Version
from tui_inbox.networks.demo.cast import BY_KEY, Circle, person_of
from tui_inbox.networks.demo.town import Town

_LISTS = {
    "list-friends": ("Friends", Circle.FRIEND),
    "list-town": ("Town notices", Circle.BROADCASTER),
}
_FOLLOWED_TAG = "choir"
_MARKET = ("larkspur", "fernledger", "lola", "soupsong")
_FIXED = (
    (FeedKind.HOME, "Home"),
    (FeedKind.MENTIONS, "Mentions of you"),
    (FeedKind.LOCAL, "Everybody in the town"),
    (FeedKind.DIRECT, "Private conversations"),
    (FeedKind.FAVOURITES, "Favourites"),
    (FeedKind.BOOKMARKS, "Bookmarks"),
    (FeedKind.OWN, "Your posts"),
)

SOURCES = Sources(
    offered=(
        *(Source(Feed(kind), title) for kind, title in _FIXED),
        *(Source(Feed(FeedKind.LIST, key), title) for key, (title, _) in _LISTS.items()),
        Source(Feed(FeedKind.TAG, _FOLLOWED_TAG), f"#{_FOLLOWED_TAG}"),
    ),
    lacking=(Lack(FeedKind.FEDERATED, "The demo town knows no other servers."),),
)


def members(town: Town, list_id: str) -> frozenset[str]:
    """The short names of those on a list: of a circle of the town, until the owner changes that.

    Raises:
        Refused: there is no such list.
    """
    if list_id not in _LISTS:
        raise Refused("The demo town has no such list.", gone=True)
    _, circle = _LISTS[list_id]
    listed = town.done.listed
    return frozenset(
        key for key, one in BY_KEY.items() if listed.get((list_id, key), one.circle is circle)
    )


def check_list(town: Town, act: Act) -> None:
    """Whether somebody may be put on a list or taken off: as on Mastodon whom the owner follows.

    Raises:
        Refused: there is no such list, or the owner does not follow them.
    """
    members(town, act.text)
    if act.kind is ActKind.LIST and not town.follows(town.key_of(act.target)):
        raise Refused("Only people you follow can be put on a list.")


def market_people() -> tuple[Person, ...]:
    """People whom one would gather in a group: each has to do with what is sold and cooked in the town."""
    return tuple(person_of(BY_KEY[key], None) for key in _MARKET)


def versions_of(town: Town, post_id: str) -> tuple[Version, ...]:
    """A post in all its versions, oldest first.

    Raises:
        Refused: the post is not there.
    """
    post = town.posts.get(post_id)
    if post is None:
        raise Refused("This post is not there any more.", gone=True)
    return tuple(_version(one) for one in (*town.before.get(post_id, ()), post))


def _version(post: Post) -> Version:
    return Version(
        at=post.edited_at or post.created_at,
        text=post.text,
        links=post.links,
        warning=post.warning,
        sensitive=post.sensitive,
        alts=tuple(media.alt for media in post.media),
        options=tuple(option.title for option in post.poll.options) if post.poll else (),
    )


def check_vote(town: Town, act: Act, now: Millis) -> None:
    """Whether a vote counts: as on Mastodon once, in a poll of somebody else that is open.

    Raises:
        Refused: it does not.
    """
    post = town.posts[act.target]
    if post.poll is None:
        raise Refused("There is nothing to vote on.")
    has_voted = act.target in town.done.voted
    is_mine = town.is_owners(act.target)
    for answer in (
        can_vote(post.poll, is_mine=is_mine, has_voted=has_voted, now=now),
        can_choose(post.poll, act.options),
    ):
        if isinstance(answer, No):
            raise Refused(answer.sentence)
