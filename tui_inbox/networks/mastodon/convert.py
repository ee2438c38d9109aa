"""The border: what servers of Mastodon's kind send, turned into the program's words and cleaned.

Identity of a post is its ActivityPub `uri`. Identity of a person is the profile `url`, because it
is the one address that both an account and a mention carry: mentions hold `id`, `username`, `acct`
and `url` but no actor `uri`, and `acct` has no host for the server's own people. Every server shows
the same `url` for the same person (Mastodon takes it from the actor and checks that it is on the
actor's own host), so one person seen through two accounts is one person.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.events import Notice, NoticeKind
from tui_inbox.core.moment import Millis, to_millis_or_none
from tui_inbox.core.person import Person, PersonRef, ProfileField, Relationship
from tui_inbox.core.post import (
    Audience,
    Boost,
    FeedEntry,
    FilterAction,
    FilterHit,
    Mention,
    Poll,
    PollOption,
    Post,
    PostRef,
    PostView,
    QuoteState,
    ReplyTo,
    SeenPost,
)
from tui_inbox.core.text import clean, clean_line, safe_url
from tui_inbox.networks.html import profile_text, to_text
from tui_inbox.networks.mastodon import wire
from tui_inbox.networks.mastodon.attached import to_card, to_media

log = logging.getLogger(__name__)

NETWORK = "mastodon"

_LONGEST_ADDRESS = 2048
_MOST_READ_PEOPLE = 200

_ONLY_CUSTOM_EMOJI = re.compile(r"\s*(?::\w+:\s*)+", re.ASCII)

AUDIENCES = {
    "public": Audience.PUBLIC,
    "unlisted": Audience.UNLISTED,
    "private": Audience.FOLLOWERS,
    "direct": Audience.DIRECT,
}
"""Mastodon's names of audiences. Any other is a narrower form of a server's own."""

_NOTICE_KINDS = {
    "mention": NoticeKind.MENTION,
    "favourite": NoticeKind.FAVOURITE,
    "reblog": NoticeKind.BOOST,
    "follow": NoticeKind.FOLLOW,
    "follow_request": NoticeKind.FOLLOW_REQUEST,
    "poll": NoticeKind.POLL_ENDED,
    "update": NoticeKind.EDITED,
    "quoted_update": NoticeKind.EDITED,
    "quote": NoticeKind.QUOTE,
}

T = TypeVar("T")
W = TypeVar("W")


class Unusable(ValueError):
    """Too much is missing to make anything of it."""


class ReadPeople:
    """People as they were last made of what a server sent: most posts are by somebody who has just been read.

    Cleaning name, bio and fields of the author was a quarter of what it took to read a post.
    """

    def __init__(self) -> None:
        self._last: dict[str, tuple[wire.Account, Person]] = {}

    def find(self, account: wire.Account) -> Person | None:
        """What was made of exactly this."""
        last = self._last.get(account.id)
        return last[1] if last is not None and last[0] == account else None

    def note(self, account: wire.Account, person: Person) -> None:
        """Remember what was made of it."""
        if len(self._last) >= _MOST_READ_PEOPLE:
            self._last.clear()
        self._last[account.id] = account, person


class Border(Struct, frozen=True):
    """Where and when something was read.

    Attributes:
        server: base address of the server, as `https://host`.
        domain: the host in the handles of its own people; may differ from the server's.
        now: the time of reading; what claims to come from the future is taken to be from now.
        hits: finds the account's filters in a post, where the server does not say which match (`matching`).
        people: those who were read before, if they are kept.
    """

    server: str
    domain: str
    now: Millis
    hits: Callable[[str, Post], tuple[FilterHit, ...]] = lambda server_id, post: ()
    people: ReadPeople | None = None


def usable(convert: Callable[[W, Border], T], items: Iterable[W], border: Border) -> Iterator[T]:
    """What could be made of the items; the others are left out, and logged without what is in them."""
    for item in items:
        try:
            yield convert(item, border)
        except Unusable as reason:
            log.info("an entry was left out: %s", reason)


def to_person(account: wire.Account, border: Border) -> Person:
    """Somebody, as seen through the account's server. A name of pictures alone says less than the handle.

    Of somebody who moved, and moved again, each is told when they are met.
    """
    known = border.people.find(account) if border.people is not None else None
    if known is not None:
        return known
    moved = account.moved
    person = _to_person(account, border)
    if moved is not None:
        person = replace(person, moved_to=_to_person(moved, border))
    if border.people is not None:
        border.people.note(account, person)
    return person


def _to_person(account: wire.Account, border: Border) -> Person:
    handle = _handle_of(account, border)
    name = clean_line(account.display_name or "", limit=200)
    if _ONLY_CUSTOM_EMOJI.fullmatch(name):
        name = ""
    return Person(
        ref=_person_ref(account.url, account.uri, handle),
        server_id=account.id,
        handle=handle,
        name=name or handle.partition("@")[0],
        url=safe_url(account.url or account.uri or ""),
        bio=profile_text(account.note or ""),
        fields=tuple(_profile_field(each) for each in account.fields),
        bot=bool(account.bot),
        locked=bool(account.locked),
        has_picture=(has_picture := not (account.avatar or "").endswith("/missing.png")),
        picture=safe_url(account.avatar or "") if has_picture else None,
        created_at=_past(account.created_at, border),
    )


def to_seen(status: wire.Status, border: Border) -> SeenPost:
    """A post and the account's view of it; of a boost, the post that was boosted.

    Raises:
        Unusable: it has no author.
    """
    return _to_seen(status.reblog or status, border, with_quote=True)


def usable_status(status: wire.Status | None, border: Border) -> SeenPost | None:
    """The post of a status; None where there is none, or nothing can be made of it."""
    return next(usable(to_seen, [status] if status else [], border), None)


def to_entry(status: wire.Status, border: Border) -> FeedEntry:
    """A status as an entry of a feed, filed under its own time and id even if it is a boost.

    Raises:
        Unusable: it, or what it boosts, has no author.
    """
    filed_at = _past(status.created_at, border) or border.now
    boost = None
    if status.reblog is not None:
        if status.account is None:
            raise Unusable("a boost by nobody")
        by = to_person(status.account, border)
        uri = _post_uri(status, border)
        boost = Boost(by=by, at=filed_at, uri=uri, server_id=status.id)
    return FeedEntry(to_seen(status, border), filed_at=filed_at, entry_id=status.id, boost=boost)


def to_notice(notification: wire.Notification, border: Border) -> Notice:
    """A notification; one whose post cannot be used is told without it."""
    kind = _NOTICE_KINDS.get(notification.type or "", NoticeKind.OTHER)
    account, status = notification.account, notification.status
    return Notice(
        notice_id=notification.id,
        kind=kind,
        at=_past(notification.created_at, border) or border.now,
        by=to_person(account, border) if account else None,
        seen=usable_status(status, border),
        words=_notice_words(notification) if kind is NoticeKind.OTHER else "",
    )


def to_relationship(relationship: wire.Relationship) -> Relationship:
    """How the account stands to a person."""
    return Relationship(
        server_id=relationship.id,
        following=bool(relationship.following),
        followed_by=bool(relationship.followed_by),
        requested=bool(relationship.requested),
        blocking=bool(relationship.blocking),
        muting=bool(relationship.muting),
        note=None if relationship.note is None else clean(relationship.note, limit=5000),
    )


def to_audience(visibility: str | None) -> Audience:
    """Who may read it. What is not said is taken to be narrow: better too careful than too wide."""
    return AUDIENCES.get(visibility or "", Audience.LIMITED)


def _to_seen(status: wire.Status, border: Border, *, with_quote: bool) -> SeenPost:
    if status.account is None:
        raise Unusable("a post by nobody")
    quote = wire.quote_of(status)
    quoted, quoted_ref = _quoted(quote, status.pleroma, border)
    author = to_person(status.account, border)
    post = _post(status, quote, author, quoted_ref, border)
    return SeenPost(
        post=post,
        view=_view(status, quote, post, border),
        quoted=quoted if with_quote else None,
    )


def _post(
    status: wire.Status,
    quote: wire.Quote | None,
    author: Person,
    quoted: PostRef | None,
    border: Border,
) -> Post:
    rich = to_text(
        status.content or "",
        mentions=[(each.url or "", _handle_of(each, border)) for each in status.mentions],
        drop_quote_inline=quote is not None,
    )
    return Post(
        ref=PostRef(NETWORK, _post_uri(status, border)),
        author=author,
        created_at=_past(status.created_at, border) or border.now,
        text=rich.text,
        links=rich.links,
        warning=clean_line(status.spoiler_text or ""),
        sensitive=bool(status.sensitive),
        language=clean_line(status.language or "", limit=35) or None,
        audience=to_audience(status.visibility),
        url=safe_url(status.url or status.uri or ""),
        reply_to=_reply_to(status),
        mentions=tuple(_mention(each, border) for each in status.mentions),
        tags=tuple(name for tag in status.tags if (name := clean_line(tag.name, limit=200))),
        media=tuple(to_media(each) for each in status.media_attachments),
        poll=_poll(status.poll, border) if status.poll else None,
        card=to_card(status.card) if status.card else None,
        quoted=quoted,
        quote=_quote_states(quote, status.pleroma)[0],
        edited_at=_past(status.edited_at, border),
    )


def _view(status: wire.Status, quote: wire.Quote | None, post: Post, border: Border) -> PostView:
    poll = status.poll
    return PostView(
        server_id=status.id,
        favourited=bool(status.favourited),
        boosted=bool(status.reblogged),
        bookmarked=bool(status.bookmarked),
        muted=bool(status.muted),
        filtered=tuple(_filter_hits(status.filtered, border)) or border.hits(status.id, post),
        voted=tuple(poll.own_votes) if poll and poll.voted else None,
        quote=_quote_states(quote, status.pleroma)[1],
    )


def _quoted(
    quote: wire.Quote | None, pleroma: wire.Pleroma | None, border: Border
) -> tuple[SeenPost | None, PostRef | None]:
    """The quoted post where it may be shown, and what is known of its identity.

    One level is shown: a quote inside a quote is known by its identity alone.
    """
    inner = quote.quoted_status if quote and quote.state == "accepted" else None
    if inner is None and pleroma is not None:
        inner = pleroma.quote
    if inner is not None and inner.account is not None:
        seen = _to_seen(inner, border, with_quote=False)
        return seen, seen.post.ref
    address = _address(pleroma.quote_url) if pleroma else None
    return None, PostRef(NETWORK, address) if address else None


def _quote_states(
    quote: wire.Quote | None, pleroma: wire.Pleroma | None
) -> tuple[QuoteState | None, QuoteState | None]:
    """Whether anybody may be shown what it quotes, and what keeps it from this account.

    An unknown state is as good as none of the owner's business. Servers speak of the account only where the
    quoted author has agreed (`REST::BaseQuoteSerializer#state` of mastodon/mastodon).
    """
    if quote is None:
        has_one = pleroma is not None and (pleroma.quote or pleroma.quote_url)
        return (QuoteState.ACCEPTED if has_one else None), None
    try:
        state = QuoteState(quote.state or "")
    except ValueError:
        return None, QuoteState.UNAUTHORIZED
    return (QuoteState.ACCEPTED, state) if state.is_personal else (state, None)


def _reply_to(status: wire.Status) -> ReplyTo | None:
    if status.in_reply_to_id is None and status.in_reply_to_account_id is None:
        return None
    return ReplyTo(server_id=status.in_reply_to_id, author_server_id=status.in_reply_to_account_id)


def _mention(mention: wire.Mention, border: Border) -> Mention:
    handle = _handle_of(mention, border)
    return Mention(
        person=_person_ref(mention.url, None, handle), server_id=mention.id, handle=handle
    )


def _poll(poll: wire.Poll, border: Border) -> Poll:
    closes_at = to_millis_or_none(poll.expires_at)
    return Poll(
        server_id=poll.id,
        options=tuple(
            PollOption(
                title=clean_line(option.title or ""),
                votes=None if option.votes_count is None else max(0, option.votes_count),
            )
            for option in poll.options
        ),
        multiple=bool(poll.multiple),
        closes_at=closes_at,
        closed=bool(poll.expired) or (closes_at is not None and closes_at <= border.now),
        voters=None if poll.voters_count is None else max(0, poll.voters_count),
    )


def to_filter_action(told: str | None) -> FilterAction:
    """What a filter does; what is not known is a warning (docs.joinmastodon.org, entities/Filter)."""
    try:
        return FilterAction(told or "")
    except ValueError:
        return FilterAction.WARN


def to_filter_contexts(told: Iterable[str]) -> tuple[str, ...]:
    """Where a filter holds."""
    return tuple(clean_line(context, limit=50) for context in told)


def _filter_hits(results: Iterable[wire.FilterResult], border: Border) -> Iterator[FilterHit]:
    """Filters in force."""
    for each in results:
        expires_at = to_millis_or_none(each.filter.expires_at)
        if expires_at is not None and expires_at <= border.now:
            continue
        yield FilterHit(
            title=clean_line(each.filter.title or ""),
            action=to_filter_action(each.filter.filter_action),
            contexts=to_filter_contexts(each.filter.context),
            filter_id=each.filter.id or "",
        )


def _profile_field(field: wire.ProfileField) -> ProfileField:
    return ProfileField(
        label=clean_line(field.name or "", limit=200),
        text=clean_line(profile_text(field.value or "")),
        verified=field.verified_at is not None,
    )


def _notice_words(notification: wire.Notification) -> str:
    fallback = notification.fallback
    told = fallback and (fallback.summary or fallback.title)
    kind = (notification.type or "").rpartition(":")[2].replace("_", " ").replace(".", " ")
    return clean_line(to_text(told).text if told else kind, limit=200)


def _handle_of(somebody: wire.Account | wire.Mention, border: Border) -> str:
    """`user@host`; the server's own people are told without their host."""
    acct = somebody.acct or somebody.username or somebody.id
    handle = clean_line(acct, limit=500).removeprefix("@")
    return handle if "@" in handle else f"{handle}@{border.domain}"


def _person_ref(url: str | None, uri: str | None, handle: str) -> PersonRef:
    return PersonRef(NETWORK, _address(url) or _address(uri) or f"acct:{handle}")


def _post_uri(status: wire.Status, border: Border) -> str:
    """The post's identity; if its server keeps that to itself, where it stands on this server."""
    told = _address(status.uri) or _address(status.url)
    return told or f"{border.server}/statuses/{status.id}"


def _address(text: str | None) -> str | None:
    """An address that serves as identity: printable, without spaces, of sane length; else None."""
    address = (text or "").strip()
    usable = address.isprintable() and " " not in address and len(address) <= _LONGEST_ADDRESS
    return address if address and usable else None


def _past(text: str | None, border: Border) -> Millis | None:
    moment = to_millis_or_none(text)
    return None if moment is None else min(moment, border.now)
