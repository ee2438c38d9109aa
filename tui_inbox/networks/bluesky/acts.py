"""Acts: which record or call each is, and what makes repeating it harmless.

Favourites, boosts, follows and blocks are records of the account's own. A second one of the same replaces the first
(facts 5), so one is only made where none is there, and what takes it back deletes all there are.
"""

from __future__ import annotations

from msgspec import Struct

from tui_inbox.core.act import Act, ActKind, Report
from tui_inbox.core.ports import Refused, Unsupported
from tui_inbox.core.profile import ProfileEdit
from tui_inbox.networks.bluesky import profile, wire
from tui_inbox.networks.bluesky.addresses import AtUri, is_did
from tui_inbox.networks.bluesky.desk import POST, Desk
from tui_inbox.networks.bluesky.notices import moment
from tui_inbox.networks.bluesky.reading import post_uri
from tui_inbox.networks.limits import Urgency
from tui_inbox.networks.wire_base import decode

_CREATE = "com.atproto.repo.createRecord"
_DELETE = "com.atproto.repo.deleteRecord"
_LIST = "com.atproto.repo.listRecords"
_REPORT = "com.atproto.moderation.createReport"
_A_PAGE = 100
_PAGES = 10
"""Pages of own records that are looked through for the one that is to be deleted."""
_LIST_ITEM = "app.bsky.graph.listitem"


class _OnPost(Struct, frozen=True):
    """An act that is a record about a post; `viewer` is where the account's view names it."""

    collection: str
    viewer: str


class _OnPerson(Struct, frozen=True):
    """The same about a person."""

    collection: str
    viewer: str


_LIKE = _OnPost("app.bsky.feed.like", "like")
_REPOST = _OnPost("app.bsky.feed.repost", "repost")
_FOLLOW = _OnPerson("app.bsky.graph.follow", "following")
_BLOCK = _OnPerson("app.bsky.graph.block", "blocking")
_MAKES: dict[ActKind, _OnPost | _OnPerson] = {
    ActKind.FAVOURITE: _LIKE,
    ActKind.BOOST: _REPOST,
    ActKind.FOLLOW: _FOLLOW,
    ActKind.BLOCK: _BLOCK,
}
_TAKES_BACK: dict[ActKind, _OnPost | _OnPerson] = {
    ActKind.UNFAVOURITE: _LIKE,
    ActKind.UNBOOST: _REPOST,
    ActKind.UNFOLLOW: _FOLLOW,
    ActKind.UNBLOCK: _BLOCK,
}
_CALLS = {
    ActKind.MUTE: ("app.bsky.graph.muteActor", "actor"),
    ActKind.UNMUTE: ("app.bsky.graph.unmuteActor", "actor"),
}
_REASONS = {"spam": "reasonSpam", "legal": "reasonViolation", "violation": "reasonViolation"}
_LACKS = {
    ActKind.NOTE: "Bluesky keeps no notes on people; the one that you wrote stays here.",
    ActKind.HIDE_BOOSTS: "Bluesky cannot hide somebody's boosts alone.",
    ActKind.SHOW_BOOSTS: "Bluesky cannot hide somebody's boosts alone.",
    ActKind.BLOCK_SERVER: "Bluesky has no servers that could be blocked.",
    ActKind.UNBLOCK_SERVER: "Bluesky has no servers that could be blocked.",
    ActKind.VOTE: "Bluesky has no polls.",
    ActKind.UNSCHEDULE: "Bluesky keeps no texts for later.",
}


async def do(desk: Desk, act: Act) -> None:
    """Do something to a post or a person. What is done already is success.

    Raises:
        Unsupported: there is no such thing.
        NetworkError: it was not done, or that is not known.
    """
    if (makes := _MAKES.get(act.kind)) is not None:
        await _make(desk, makes, act.target)
        return
    if (takes := _TAKES_BACK.get(act.kind)) is not None:
        await _take_back(desk, takes, act.target)
        return
    match act.kind:
        case ActKind.MUTE if act.lasts is not None:
            raise Unsupported("Bluesky mutes people for good only, so this was not done.")
        case ActKind.MUTE | ActKind.UNMUTE:
            method, name = _CALLS[act.kind]
            await desk.session.call(method, {name: act.target})
        case ActKind.DELETE:
            await _delete_post(desk, act.target)
        case ActKind.BOOKMARK:
            view = await _post(desk, act.target)
            said = {"uri": view.uri, "cid": view.cid}
            await desk.session.call("app.bsky.bookmark.createBookmark", said)
        case ActKind.UNBOOKMARK:
            uri = await post_uri(desk, act.target) or act.target
            await desk.session.call("app.bsky.bookmark.deleteBookmark", {"uri": uri})
        case ActKind.MUTE_TALK | ActKind.UNMUTE_TALK:
            await _mute_talk(desk, act)
        case ActKind.LIST:
            await _put_on_list(desk, act)
        case ActKind.UNLIST:
            await _take_from_list(desk, act)
        case ActKind.REPORT:
            await _report(desk, act)
        case ActKind.PROFILE:
            await profile.change_profile(desk, ProfileEdit.from_json(act.target))
        case ActKind.HIDE_WORD:
            await desk.settings.hide_word(act.target)
        case ActKind.SHOW_WORD:
            await desk.settings.show_word(act.target)
        case _:
            raise Unsupported(_LACKS.get(act.kind, "Bluesky has no such thing."))


async def _make(desk: Desk, what: _OnPost | _OnPerson, target: str) -> None:
    """Make a record about a post or a person, unless there is one."""
    subject: object
    if isinstance(what, _OnPost):
        view = await _post(desk, target)
        known = getattr(view.viewer, what.viewer, None)
        subject = {"uri": view.uri, "cid": view.cid}
    else:
        if target == desk.session.did:
            raise Refused("That is yourself.")
        person = await desk.profile(target, Urgency.SEND)
        known, subject = getattr(person.viewer, what.viewer, None), target
    if known is None:
        await _create(desk, what.collection, {"subject": subject})


async def _take_back(desk: Desk, what: _OnPost | _OnPerson, target: str) -> None:
    """Delete the record about a post or a person: the one that the account's view names, and the newest of its own
    that the view may not know of yet."""
    known: set[str] = set()
    if isinstance(what, _OnPost):
        uri = await post_uri(desk, target) or target
        view = (await desk.views([uri], Urgency.SEND)).get(uri)
        named = getattr(view.viewer, what.viewer, None) if view else None
    else:
        uri = target
        try:
            person = await desk.profile(target, Urgency.SEND)
            named = getattr(person.viewer, what.viewer, None)
        except Refused:  # one who is gone can be let go of all the same
            named = None
    if named is not None:
        known.add(named)
    page = await _own_records(desk, what.collection, None)
    known |= {one.uri for one in page.records if _subject(one) == uri}
    for record in sorted(known):
        await _delete(desk, record)


async def _delete_post(desk: Desk, target: str) -> None:
    uri = AtUri.parse(target)
    if uri is None or uri.collection != POST:
        return  # what was never there is gone
    if uri.author != desk.session.did:
        raise Refused("Only its author can delete it.")
    await _delete(desk, target)


async def _mute_talk(desk: Desk, act: Act) -> None:
    view = await _post(desk, act.target)
    reply = (view.record or {}).get("reply")
    root = reply.get("root") if isinstance(reply, dict) else None
    uri = root.get("uri") if isinstance(root, dict) else view.uri
    verb = "muteThread" if act.kind is ActKind.MUTE_TALK else "unmuteThread"
    await desk.session.call(f"app.bsky.graph.{verb}", {"root": uri})


async def _put_on_list(desk: Desk, act: Act) -> None:
    if not await _list_items(desk, act):
        await _create(desk, _LIST_ITEM, {"subject": act.target, "list": act.text})


async def _take_from_list(desk: Desk, act: Act) -> None:
    for uri in await _list_items(desk, act):
        await _delete(desk, uri)


async def _list_items(desk: Desk, act: Act) -> list[str]:
    """The records by which a person stands on one of the account's lists."""
    found: list[str] = []
    cursor: str | None = None
    for _ in range(_PAGES):
        page = await _own_records(desk, _LIST_ITEM, cursor)
        found += [
            one.uri
            for one in page.records
            if one.value and one.value.get("list") == act.text and _subject(one) == act.target
        ]
        cursor = page.cursor
        if not cursor:
            break
    return found


async def _report(desk: Desk, act: Act) -> None:
    """Tell the moderators of somebody, or of each of the posts that are named. Told twice they look twice, and no
    more comes of it."""
    told = act.report or Report()
    reason = f"com.atproto.moderation.defs#{_REASONS.get(told.category, 'reasonOther')}"
    posts = [one for one in told.posts if AtUri.parse(one) is not None]
    views = await desk.views(posts, Urgency.SEND)
    subjects: list[dict[str, object]] = [
        {"$type": "com.atproto.repo.strongRef", "uri": one.uri, "cid": one.cid}
        for one in views.values()
    ]
    if not subjects:
        subjects = [{"$type": "com.atproto.admin.defs#repoRef", "did": act.target}]
    for subject in subjects:
        said: dict[str, object] = {"reasonType": reason, "subject": subject}
        if told.comment:
            said["reason"] = told.comment
        await desk.session.call(_REPORT, said)


async def _create(desk: Desk, collection: str, record: dict[str, object]) -> None:
    said = {"$type": collection, "createdAt": moment(desk.session.clock.now()), **record}
    await desk.session.call(
        _CREATE, {"repo": desk.session.did, "collection": collection, "record": said}
    )


async def _delete(desk: Desk, uri: str) -> None:
    """Delete an own record; one that is gone needs no deleting."""
    name = AtUri.parse(uri)
    if name is not None:
        said = {"repo": desk.session.did, "collection": name.collection, "rkey": name.key}
        await desk.session.call(_DELETE, said)


async def _own_records(desk: Desk, collection: str, cursor: str | None) -> wire.Records:
    """A page of the account's own records, newest first."""
    query = [("repo", desk.session.did), ("collection", collection), ("limit", str(_A_PAGE))]
    if cursor:
        query.append(("cursor", cursor))
    data = await desk.session.get(_LIST, query, urgency=Urgency.SEND)
    return decode(wire.Records, data) or wire.Records()


async def _post(desk: Desk, target: str) -> wire.PostView:
    """A post, or what a boost passes on, as the account sees it.

    Raises:
        Refused: it is gone.
    """
    uri = await post_uri(desk, target)
    view = (await desk.referred([uri])).get(uri) if uri else None
    if view is None:
        raise Refused("This post does not exist, or not any more.", gone=True)
    return view


def _subject(record: wire.Record) -> str | None:
    """What a record is about: the address of a post, or a DID."""
    subject = (record.value or {}).get("subject")
    if isinstance(subject, dict):
        subject = subject.get("uri")
    return (
        subject if isinstance(subject, str) and (is_did(subject) or AtUri.parse(subject)) else None
    )
