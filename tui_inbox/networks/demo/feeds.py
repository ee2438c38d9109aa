"""Reading the town: pages of feeds and notifications, threads, a search by words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from operator import attrgetter
from typing import TypeVar

from tui_inbox.core.moment import Millis
from tui_inbox.core.ports import NoticePage, Page, PageOf, Recent, Refused, Thread, Unsupported
from tui_inbox.core.post import Audience, Feed, FeedKind, Post, SeenPost, TagFeed
from tui_inbox.core.stranger import LOOKED_AT
from tui_inbox.core.tokens import fold
from tui_inbox.networks.demo.cast import OWNER
from tui_inbox.networks.demo.offers import members
from tui_inbox.networks.demo.records import Filing, Told
from tui_inbox.networks.demo.town import Town
from tui_inbox.networks.demo.writing import id_of, moment_in

HOME_DEPTH = 400
"""So many entries of the home feed a server keeps at hand; older ones are found at their authors."""

_Row = TypeVar("_Row", Filing, Told)
_MOST = 80
_NOT_WORDS = frozenset("\"'*()-")


def page_of_feed(town: Town, feed: Feed, page: PageOf, now: Millis) -> Page:
    """A page of a feed.

    Raises:
        Refused: the person or the place to go on from is not known.
        Unsupported: the town has no such feed.
    """
    if feed.kind is FeedKind.MENTIONS:
        return _page_of_mentions(town, page, now)
    belongs = _belongs(town, feed)
    oldest = _edge_of_home(town) if feed.kind is FeedKind.HOME else 0
    rows, has_older = _page(town.filings, attrgetter("entry_id"), belongs, page, oldest)
    older = rows[-1].entry_id if rows and has_older else None
    return Page(tuple(town.entry(row, now) for row in rows), older)


def recent_of(town: Town, server_id: str, now: Millis) -> Recent:
    """Who somebody is and what they posted lately, as far as the owner may read it.

    Raises:
        Refused: nobody of that name lives here.
    """
    belongs = _by_person(town, server_id)
    rows = (row for row in reversed(town.filings) if not row.is_boost and belongs(row))
    posts = tuple(town.seen(row.post_id, now) for row in islice(rows, LOOKED_AT))
    return Recent(town.people[town.key_of(server_id)], posts)


def _page_of_mentions(town: Town, page: PageOf, now: Millis) -> Page:
    """A page of what addresses the owner, under the cursors of notifications."""

    def belongs(told: Told) -> bool:
        return not town.is_shut_out(told.by) and town.notice(told, now).entry is not None

    rows, has_older = _page(town.told, attrgetter("notice_id"), belongs, page, 0)
    entries = (town.notice(row, now).entry for row in rows)
    older = rows[-1].notice_id if rows and has_older else None
    return Page(tuple(entry for entry in entries if entry is not None), older)


def page_of_notices(town: Town, page: PageOf, now: Millis) -> NoticePage:
    """A page of notifications.

    Raises:
        Refused: the place to go on from is not known.
    """

    def belongs(told: Told) -> bool:
        return not town.is_shut_out(told.by)

    rows, has_older = _page(town.told, attrgetter("notice_id"), belongs, page, 0)
    older = rows[-1].notice_id if rows and has_older else None
    return NoticePage(tuple(town.notice(row, now) for row in rows), older)


def thread_of(town: Town, post_id: str, now: Millis) -> Thread:
    """A post with what stands above and below it, as far as the owner may read it.

    Raises:
        Refused: the post is not there (any more).
    """
    post = town.posts.get(post_id)
    if post is None or not town.may_read(post):
        raise Refused("This post is not there any more.", gone=True)
    above: list[str] = []
    while post is not None and post.reply_to is not None:
        parent_id = post.reply_to.server_id or ""
        post = town.posts.get(parent_id)
        if post is not None and town.may_read(post):
            above.append(parent_id)
    return Thread(
        town.seen(post_id, now),
        tuple(town.seen(one, now) for one in reversed(above)),
        tuple(town.seen(one, now) for one in _below(town, post_id)),
    )


def post_at(town: Town, address: str, now: Millis) -> SeenPost:
    """The post with a URI, as the owner sees it.

    Raises:
        Refused: nothing stands there, or the owner may not read it.
    """
    post = next((one for one in town.posts.values() if one.ref.uri == address), None)
    if post is None or not town.may_read(post):
        raise Refused("There is no such post in the demo town.", gone=True)
    return town.seen(id_of(post), now)


def _below(town: Town, post_id: str) -> Iterator[str]:
    """Everything that answers a post, each answer followed by its own answers."""
    waiting = list(reversed(town.answers[post_id]))
    while waiting:
        answer = waiting.pop()
        post = town.posts.get(answer)
        if post is not None and town.may_read(post):
            yield answer
        waiting.extend(reversed(town.answers[answer]))


def _belongs(town: Town, feed: Feed) -> Callable[[Filing], bool]:
    """The test by which a filing belongs into a feed."""
    match feed.kind:
        case FeedKind.HOME:
            return town.is_home
        case FeedKind.OWN:
            return lambda filing: filing.by == OWNER and filing.post_id in town.posts
        case FeedKind.PERSON:
            return _by_person(town, feed.argument)
        case FeedKind.TAG:
            return _of_posts(town, _tagged(feed.argument))
        case FeedKind.SEARCH:
            return _of_posts(town, _finds(feed.argument))
        case FeedKind.LIST:
            listed = members(town, feed.argument)
            return lambda filing: filing.by in listed and town.is_home(filing)
        case FeedKind.LOCAL:
            return _of_posts(town, lambda _: True)
        case FeedKind.DIRECT:
            return _of_readable(town, lambda post: post.audience is Audience.DIRECT)
        case FeedKind.FAVOURITES:
            return _of_readable(town, lambda post: id_of(post) in town.done.favourited)
        case FeedKind.BOOKMARKS:
            return _of_readable(town, lambda post: id_of(post) in town.done.bookmarked)
        case FeedKind.FEDERATED | FeedKind.LINK | FeedKind.MENTIONS | FeedKind.CUSTOM:
            raise Unsupported("The demo town has no such feed.")


def _by_person(town: Town, server_id: str) -> Callable[[Filing], bool]:
    who = town.key_of(server_id)
    if not who:
        raise Refused("Nobody of that name lives in the demo town.", gone=True)

    def belongs(filing: Filing) -> bool:
        if filing.by != who:
            return False
        post = town.posts.get(filing.post_id)
        return post is not None and town.may_read(post)

    return belongs


def _of_posts(town: Town, wanted: Callable[[Post], bool]) -> Callable[[Filing], bool]:
    """Everybody's public posts that are wanted, without boosts and without people shut out."""

    def belongs(filing: Filing) -> bool:
        if filing.is_boost or town.is_shut_out(filing.by):
            return False
        post = town.posts.get(filing.post_id)
        return post is not None and post.audience is Audience.PUBLIC and wanted(post)

    return belongs


def _of_readable(town: Town, wanted: Callable[[Post], bool]) -> Callable[[Filing], bool]:
    """Posts that are wanted and that the owner may read, without boosts."""

    def belongs(filing: Filing) -> bool:
        post = town.posts.get(filing.post_id)
        return not filing.is_boost and post is not None and town.may_read(post) and wanted(post)

    return belongs


def _tagged(argument: str) -> Callable[[Post], bool]:
    """Whether a post has the tags that a feed names.

    Raises:
        Refused: it names none.
    """
    try:
        wanted = TagFeed.parse(argument.lower())
    except ValueError:
        raise Refused("No tag is named.") from None
    return lambda post: (
        any(tag in post.tags for tag in (wanted.tag, *wanted.any))
        and all(tag in post.tags for tag in wanted.all)
        and not any(tag in post.tags for tag in wanted.none)
    )


def _finds(query: str) -> Callable[[Post], bool]:
    """Whether a text holds all words of a query, wherever they stand; signs and `-words` do not count."""
    words = [
        "".join(letter for letter in word if letter not in _NOT_WORDS)
        for word in fold(query).split()
        if not word.startswith("-")
    ]
    words = [word for word in words if word]
    return lambda post: bool(words) and all(word in fold(post.text) for word in words)


def _edge_of_home(town: Town) -> Millis:
    """The moment of the oldest entry that the home feed still holds."""
    newest = islice((row for row in reversed(town.filings) if town.is_home(row)), HOME_DEPTH)
    edge: Millis = 0
    for count, row in enumerate(newest, start=1):
        if count == HOME_DEPTH:
            edge = row.at
    return edge


def _page(
    rows: Sequence[_Row],
    id_of_row: Callable[[_Row], str],
    belongs: Callable[[_Row], bool],
    page: PageOf,
    oldest: Millis,
) -> tuple[list[_Row], bool]:
    """The rows of a page, newest first, and whether there are older ones that belong to it."""
    limit = max(1, min(page.limit, _MOST))
    if page.newer_than is not None:
        start = bisect_right(rows, _moment_of(page.newer_than), key=attrgetter("at"))
        newer = (rows[place] for place in range(start, len(rows)))
        above = list(islice(filter(belongs, newer), limit))
        return above[::-1], bool(above)
    end = len(rows)
    if page.older_than is not None:
        end = bisect_left(rows, _moment_of(page.older_than), key=attrgetter("at"))
    below: Iterable[_Row] = (rows[place] for place in range(end - 1, -1, -1))
    found = list(islice((row for row in below if row.at >= oldest and belongs(row)), limit + 1))
    return found[:limit], len(found) > limit


def _moment_of(cursor: str) -> Millis:
    moment = moment_in(cursor)
    if moment is None:
        raise Refused("The demo town does not know that place.", gone=True)
    return moment
