"""Writing on X, and what one does to posts and people. What X does not sell to apps is said to be so.

There is no key by which X would know a text again, but it refuses the same text a second time. So such a refusal is
followed by a look at one's own posts: what stands there since the text began to leave is that text.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.draft import Outgoing, Upload
from tui_inbox.core.moment import MINUTE, Millis
from tui_inbox.core.ports import AnswerLost, PageOf, Refused, Unsupported
from tui_inbox.core.post import Audience, Feed, FeedKind, Media, MediaKind, SeenPost
from tui_inbox.core.same_text import same_text
from tui_inbox.core.spending import Micros
from tui_inbox.core.text import addresses_in, clean
from tui_inbox.core.weighted import has_address
from tui_inbox.networks.x import prices, wire
from tui_inbox.networks.x.convert import Known, to_seen
from tui_inbox.networks.x.desk import Desk
from tui_inbox.networks.x.failures import Duplicate
from tui_inbox.networks.x.feeds import Feeds
from tui_inbox.networks.x.people import PICTURE_TYPES

SKEW: Millis = 2 * MINUTE
"""How far X's clock may be from ours."""

_NOT_SOLD = "X does not let apps do this; your browser can (O)."
_NOT_THERE = "X has no such thing."


class _Deed(Struct, frozen=True):
    """A request that does something: `said` is what it tells of its target, under which name."""

    method: str
    path: str
    price: Micros
    said: str = ""


async def publish(desk: Desk, feeds: Feeds, outgoing: Outgoing) -> SeenPost:
    """Post a text.

    Raises:
        Refused: X does not take it.
        Overspent: there is no money for it today.
        AnswerLost: it is not known whether it was posted.
        NetworkError: any other failure.
    """
    _refuse_what_is_not_sold(outgoing)
    said: dict[str, object] = {"text": outgoing.text}
    if outgoing.reply_to is not None:
        said["reply"] = {"in_reply_to_tweet_id": outgoing.reply_to}
    if outgoing.media:
        said["media"] = {"media_ids": list(outgoing.media)}
    price = price_of(outgoing.text, is_reply=outgoing.reply_to is not None)
    async with await desk.purse.allow(price, 1):
        try:
            data = await desk.session.call("POST", "/2/tweets", said)
        except Duplicate:
            found = await _look_for(feeds, outgoing)
            if found is None:
                raise
            return found
        except AnswerLost:
            await desk.purse.pay(price)  # it may have been posted, and would have to be paid then
            raise
        await desk.purse.pay(price)
    told = wire.in_one_dialect(data)["data"]
    id = told[0].get("id") if told and isinstance(told[0], dict) else None
    if not isinstance(id, str) or not id.isdigit():
        raise AnswerLost(f"{desk.session.host} does not say what became of this.")
    return await _as_posted(desk, id, outgoing)


def _refuse_what_is_not_sold(outgoing: Outgoing) -> None:
    """Nothing leaves with less than was asked for.

    Raises:
        Refused: it asks for what X has not, or does not sell to apps.
    """
    if outgoing.edits is not None or outgoing.quotes is not None or outgoing.poll is not None:
        raise Unsupported(_NOT_SOLD)
    if outgoing.warning:
        raise Refused("No warning can stand in front of a text on X, so it was not posted.")
    if outgoing.sensitive:
        raise Refused("X lets no app mark its pictures as sensitive, so it was not posted.")
    if outgoing.audience not in (Audience.PUBLIC, Audience.UNLISTED):
        raise Refused("Everybody can read what is posted on X, so it was not posted.")


def price_of(text: str, *, is_reply: bool) -> Micros:
    """What posting a text costs."""
    if has_address(text):
        return prices.WRITE_WITH_ADDRESS
    return prices.SUMMONED_REPLY if is_reply else prices.WRITE


async def _look_for(feeds: Feeds, outgoing: Outgoing) -> SeenPost | None:
    """The own post that a text became already."""
    page = await feeds.read(Feed(FeedKind.OWN), PageOf(limit=40))
    for entry in page.entries:
        post = entry.seen.post
        parent = post.reply_to.server_id if post.reply_to else None
        if (
            post.created_at >= outgoing.created_at - SKEW
            and parent == outgoing.reply_to
            and same_text(post.text, outgoing.text)
        ):
            return entry.seen
    return None


async def _as_posted(desk: Desk, id: str, outgoing: Outgoing) -> SeenPost:
    """A text as the post that it became; X tells its id and nothing else, and reading it would have to be paid."""
    users = await desk.users.known([desk.me])
    known = Known(users, {}, {}, desk.session.clock.now())
    refs = [wire.Reference(type="replied_to", id=outgoing.reply_to)] if outgoing.reply_to else []
    post = wire.Post(
        id=id,
        text=html.escape(outgoing.text, quote=False),
        author_id=desk.me,
        referenced_tweets=refs,
        edit_history_tweet_ids=[id],
        lang=outgoing.language,
    )
    seen = to_seen(post, known)
    media = tuple(Media(MediaKind.PICTURE, None, clean(alt)) for alt in outgoing.alts)
    links = addresses_in(seen.post.text)
    return replace(seen, post=replace(seen.post, media=media, links=links))


async def upload(desk: Desk, upload: Upload) -> str:
    """Hand over a picture with its description; its id.

    Raises:
        Refused: X does not take it.
        NetworkError: any other failure.
    """
    if upload.mime not in PICTURE_TYPES:
        raise Refused("Only pictures can be sent to X from here.")
    said = [("media_category", "tweet_image"), ("media_type", upload.mime)]
    data = await desk.session.hand_over("/2/media/upload", Path(upload.path), upload.mime, said)
    told = wire.in_one_dialect(data)["data"]
    id = told[0].get("id") if told and isinstance(told[0], dict) else None
    if not isinstance(id, str) or not id.isdigit():
        raise Refused(f"{desk.session.host} does not say under which name it keeps this.")
    if upload.alt:
        await describe(desk, id, upload.alt)
    return id


async def describe(desk: Desk, media_id: str, alt: str) -> None:
    """Give a picture a description.

    Raises:
        NetworkError: X does not take it.
    """
    said = {"id": media_id, "metadata": {"alt_text": {"text": alt}}}
    async with await desk.purse.allow(prices.DESCRIPTION, 1):
        await desk.session.call("POST", "/2/media/metadata", said)
        await desk.purse.pay(prices.DESCRIPTION)


async def do(desk: Desk, act: Act) -> None:
    """Do something to a post or a person.

    Raises:
        Unsupported: X has no such thing, or does not sell it to apps.
        NetworkError: any other failure.
    """
    deed = _deeds(desk.me, act.target).get(act.kind)
    if deed is None:
        raise Unsupported(_NOT_SOLD if act.kind in NOT_SOLD else _NOT_THERE)
    if act.lasts is not None:
        raise Unsupported("A mute ends by itself nowhere on X; m p e mutes for good.")
    if not act.target.isascii() or not act.target.isdigit():
        raise Refused("X has no such thing.", gone=True)
    async with await desk.purse.allow(deed.price, 1):
        said = {deed.said: act.target} if deed.said else None
        try:
            await desk.session.call(deed.method, deed.path, said)
        except Refused as refused:
            if not (refused.gone and act.kind in _GONE_IS_DONE):
                raise
        await desk.purse.pay(deed.price)


NOT_SOLD = frozenset(
    {
        ActKind.FAVOURITE,
        ActKind.UNFAVOURITE,
        ActKind.FOLLOW,
        ActKind.UNFOLLOW,
        ActKind.BLOCK,
        ActKind.UNBLOCK,
        ActKind.REPORT,
    }
)
"""What there is on X, but for browsers and X's own apps alone (facts/x.md section 0; blocks were not asked for)."""

_GONE_IS_DONE = frozenset({ActKind.DELETE, ActKind.UNBOOST, ActKind.UNBOOKMARK})


def _deeds(me: str, target: str) -> Mapping[ActKind, _Deed]:
    """What each act is asked for with."""
    own = f"/2/users/{me}"
    return {
        ActKind.BOOST: _Deed("POST", f"{own}/retweets", prices.REPOST, "tweet_id"),
        ActKind.UNBOOST: _Deed("DELETE", f"{own}/retweets/{target}", prices.UNDO),
        ActKind.BOOKMARK: _Deed("POST", f"{own}/bookmarks", prices.BOOKMARK, "tweet_id"),
        ActKind.UNBOOKMARK: _Deed("DELETE", f"{own}/bookmarks/{target}", prices.BOOKMARK),
        ActKind.DELETE: _Deed("DELETE", f"/2/tweets/{target}", prices.UNDO),
        ActKind.MUTE: _Deed("POST", f"{own}/muting", prices.MUTE, "target_user_id"),
        ActKind.UNMUTE: _Deed("DELETE", f"{own}/muting/{target}", prices.UNMUTE),
    }
