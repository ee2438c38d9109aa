"""A post as rows: which columns hold what, and how a post and an account's view are put together again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from msgspec import Struct, json

from tui_inbox.core.person import PersonRef
from tui_inbox.core.post import (
    Audience,
    Card,
    FilterAction,
    FilterHit,
    Media,
    MediaKind,
    Mention,
    Poll,
    PollOption,
    Post,
    PostRef,
    PostView,
    QuoteState,
    ReplyTo,
)
from tui_inbox.core.text import Link
from tui_inbox.store.database import Connection
from tui_inbox.store.people import PERSON_COLUMNS, person_from
from tui_inbox.store.rows import encoded, listed


class StoredPost(Struct, frozen=True):
    """A post with its local ids, as one account sees it.

    Attributes:
        view: what the account sees and did; None where no account of those asked for was shown it by its server.
        author: local id of the author.
        parent: local id of the post it answers, if that is stored.
        quoted: local id of the post it quotes, if that is stored.
        deleted: its author or their server withdrew it; the words are gone.
        mentioned: local ids of everybody it names, in its order.
        account: whose view it is, or None without a view.
    """

    id: int
    post: Post
    view: PostView | None
    author: int
    conversation: int
    parent: int | None
    quoted: int | None
    deleted: bool
    mentioned: tuple[int, ...]
    account: int | None = None


POST_COLUMNS = f"""p.id, p.network, p.uri, p.author, p.created_at, p.edited_at, p.text, p.warning, p.sensitive,
    p.language, p.audience, p.url, p.extras, p.conversation, p.parent, p.parent_uri, p.quoted, p.quoted_uri,
    p.deleted_at, {PERSON_COLUMNS}, av.server_id, v.account, v.server_id, v.favourited, v.boosted, v.bookmarked,
    v.muted, v.filtered, v.voted, v.quote, v.poll_server_id, v.parent_server_id, v.parent_author_server_id"""
"""What `read_posts` wants of each row, from `posts AS p` joined with one of the two below."""

JOIN_ONE_VIEW = """CROSS JOIN people a ON a.id = p.author
    LEFT JOIN post_views v ON v.account = :account AND v.post = p.id
    LEFT JOIN person_views av ON av.account = :account AND av.person = p.author"""
"""Author and view for the one acting account `:account`."""

JOIN_FIRST_VIEW = """CROSS JOIN people a ON a.id = p.author
    LEFT JOIN post_views v ON v.post = p.id AND v.account = (
        SELECT acting.value FROM json_each(:accounts) acting
        CROSS JOIN post_views seen ON seen.account = acting.value AND seen.post = p.id
        ORDER BY acting.key LIMIT 1)
    LEFT JOIN person_views av ON av.account = v.account AND av.person = p.author"""
"""Author and the view of the first account of the JSON array `:accounts` that has one."""

VISIBLE = "(v.post IS NOT NULL OR p.audience IN ('public', 'unlisted'))"
"""What an account may be shown: what its server showed it, and what everybody may read."""

HIDDEN = """(v.filtered != '[]' AND EXISTS (SELECT 1 FROM json_each(v.filtered) hit
    WHERE hit.value ->> 1 = 'hide' AND (json_array_length(hit.value, '$[2]') = 0
    OR EXISTS (SELECT 1 FROM json_each(hit.value, '$[2]') place WHERE place.value = :context))))"""
"""Whether a filter hides the post in `:context`; where that is NULL, only one that names no context does."""


_POST, _AUTHOR, _VIEW = slice(0, 19), slice(19, 30), slice(30, None)
_ACTING = 31  # where v.account stands


def read_posts(db: Connection, rows: Sequence[tuple[Any, ...]]) -> list[StoredPost]:
    """Posts from rows of `POST_COLUMNS`, in their order; asks once more, for all mentions."""
    named = _mentions(db, rows)
    return [_stored(row, named.get((row[0], row[_ACTING]), ())) for row in rows]


_Named: TypeAlias = tuple[tuple[int, Mention], ...]


def _mentions(
    db: Connection, rows: Sequence[tuple[Any, ...]]
) -> dict[tuple[int, int | None], _Named]:
    """Who is named in each post, by (post, acting account): server ids belong to the account."""
    pairs = [[row[0], row[_ACTING]] for row in rows]
    found: dict[tuple[int, int | None], list[tuple[int, Mention]]] = {}
    for post, account, person, network, uri, server_id, handle in db.execute(
        "SELECT m.post, wanted.value ->> 1, m.person, a.network, a.uri, mv.server_id, a.handle "
        "FROM json_each(?) wanted CROSS JOIN mentions m ON m.post = wanted.value ->> 0 "
        "CROSS JOIN people a ON a.id = m.person "
        "LEFT JOIN person_views mv ON mv.account = wanted.value ->> 1 AND mv.person = m.person "
        "ORDER BY m.post, m.place",
        (encoded(pairs),),
    ):
        mention = Mention(PersonRef(network, uri), server_id or "", handle)
        found.setdefault((post, account), []).append((person, mention))
    return {key: tuple(named) for key, named in found.items()}


def _stored(row: tuple[Any, ...], named: _Named) -> StoredPost:
    (
        id,
        network,
        uri,
        author,
        created_at,
        edited_at,
        text,
        warning,
        sensitive,
        language,
        audience,
        url,
        extras,
        conversation,
        parent,
        parent_uri,
        quoted,
        quoted_uri,
        deleted_at,
    ) = row[_POST]
    author_server_id, account, *view = row[_VIEW]
    poll_server_id, parent_server_id, parent_author_server_id = view[8:]
    links, tags, media, poll, card, quote = decode_extras(extras, poll_server_id or "")
    answers = parent_uri or parent_server_id or parent_author_server_id
    post = Post(
        ref=PostRef(network, uri),
        author=person_from(row[_AUTHOR], author_server_id or ""),
        created_at=created_at,
        text=text,
        links=links,
        warning=warning,
        sensitive=bool(sensitive),
        language=language,
        audience=Audience(audience),
        url=url,
        reply_to=ReplyTo(parent_server_id, parent_uri, parent_author_server_id)
        if answers
        else None,
        mentions=tuple(mention for _, mention in named),
        tags=tags,
        media=media,
        poll=poll,
        card=card,
        quoted=PostRef(network, quoted_uri) if quoted_uri else None,
        quote=quote,
        edited_at=edited_at,
    )
    return StoredPost(
        id=id,
        post=post,
        view=None if account is None else decode_view(view[:8]),
        author=author,
        conversation=conversation,
        parent=parent,
        quoted=quoted,
        deleted=deleted_at is not None,
        mentioned=tuple(person for person, _ in named),
        account=account,
    )


def encode_extras(post: Post) -> str:
    """Links, tags, media, poll, card and the state of a quote as JSON; what a post does not have is left out."""
    extras: dict[str, Any] = {}
    if post.links:
        extras["links"] = [[link.start, link.end, link.url] for link in post.links]
    if post.tags:
        extras["tags"] = post.tags
    if post.media:
        extras["media"] = [_media_columns(media) for media in post.media]
    if post.poll:
        extras["poll"] = {
            "options": [[option.title, option.votes] for option in post.poll.options],
            "multiple": post.poll.multiple,
            "closes_at": post.poll.closes_at,
            "closed": post.poll.closed,
        }
        if post.poll.voters is not None:
            extras["poll"] |= {"voters": post.poll.voters}
    if post.card:
        extras["card"] = [post.card.url, post.card.title, post.card.description]
        extras["card"] += [post.card.author] if post.card.author else []
    if post.quote:
        extras["quote"] = post.quote
    return encoded(extras) if extras else "{}"


def _media_columns(media: Media) -> list[object]:
    columns: list[object] = [media.kind, media.url, media.alt]
    return columns if media.seconds is None else [*columns, media.seconds]


Extras: TypeAlias = tuple[
    tuple[Link, ...],
    tuple[str, ...],
    tuple[Media, ...],
    Poll | None,
    Card | None,
    QuoteState | None,
]


def decode_extras(text: str, poll_server_id: str) -> Extras:
    """What `encode_extras` made. A poll's id on a server is part of the view, as all server ids are."""
    if text == "{}":
        return (), (), (), None, None, None
    extras = json.decode(text)
    poll, card, quote = extras.get("poll"), extras.get("card"), extras.get("quote")
    return (
        tuple(Link(start, end, url) for start, end, url in extras.get("links", ())),
        tuple(extras.get("tags", ())),
        tuple(Media(MediaKind(kind), *rest) for kind, *rest in extras.get("media", ())),
        None if poll is None else _poll(poll, poll_server_id),
        None if card is None else Card(*card),
        None if quote is None else QuoteState(quote),
    )


def _poll(facts: dict[str, Any], server_id: str) -> Poll:
    return Poll(
        server_id=server_id,
        options=tuple(PollOption(title, votes) for title, votes in facts["options"]),
        multiple=facts["multiple"],
        closes_at=facts["closes_at"],
        closed=facts["closed"],
        voters=facts.get("voters"),
    )


def encode_view(view: PostView) -> tuple[object, ...]:
    """The values of server_id, favourited, boosted, bookmarked, muted, filtered, voted, quote."""
    return (
        view.server_id,
        view.favourited,
        view.boosted,
        view.bookmarked,
        view.muted,
        encode_hits(view.filtered),
        None if view.voted is None else encoded(view.voted),
        view.quote,
    )


def decode_view(columns: Sequence[Any]) -> PostView:
    """A view from what `encode_view` made."""
    server_id, favourited, boosted, bookmarked, muted, filtered, voted, quote = columns
    return PostView(
        server_id=server_id,
        favourited=bool(favourited),
        boosted=bool(boosted),
        bookmarked=bool(bookmarked),
        muted=bool(muted),
        filtered=decode_hits(filtered),
        voted=None if voted is None else tuple(json.decode(voted)),
        quote=QuoteState(quote) if quote else None,
    )


def encode_hits(hits: Sequence[FilterHit]) -> str:
    """The column `filtered`."""
    if not hits:
        return "[]"
    return encoded([[hit.title, hit.action, hit.contexts, hit.filter_id] for hit in hits])


def decode_hits(text: str) -> tuple[FilterHit, ...]:
    """What `encode_hits` made; older stores know no ids of filters."""
    if text == "[]":
        return ()
    return tuple(
        FilterHit(title, FilterAction(action), tuple(contexts), *ids)
        for title, action, contexts, *ids in json.decode(text)
    )


def accounts_listed(db: Connection, accounts: Iterable[int] | None) -> str:
    """`:accounts` for `JOIN_FIRST_VIEW`: those given, or all there are."""
    if accounts is None:
        accounts = [id for (id,) in db.execute("SELECT id FROM accounts ORDER BY id")]
    return listed(accounts)
