"""The methods that the server answers, and the faults that a test orders."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from aiohttp import web
from support.fake_bluesky.chat import PROXY, Chat
from support.fake_bluesky.oauth import Declined, OAuth
from support.fake_bluesky.views import Views
from support.fake_bluesky.world import (
    BLOCK,
    LIKE,
    POST,
    PROFILE,
    REPOST,
    Json,
    Kept,
    Person,
    World,
    author_of,
    cid_of,
)

Method: TypeAlias = "Callable[[Call], Json | None]"


class Fault(Exception):
    """An error as the protocol has it."""

    def __init__(self, status: int, name: str, words: str, headers: Json | None = None) -> None:
        super().__init__(name)
        self.status, self.name, self.words, self.headers = status, name, words, headers or {}


@dataclass
class Call:
    """A call of a method by somebody."""

    world: World
    me: Person
    query: dict[str, list[str]]
    body: Json
    base: str
    raw: bytes = b""
    mime: str = ""

    @property
    def views(self) -> Views:
        """What the caller sees."""
        return Views(self.world, self.me)

    def one(self, name: str, usual: str = "") -> str:
        """A parameter."""
        return self.query.get(name, [usual])[0]


@dataclass
class Api:
    """The server.

    Attributes:
        asked: every method that was called, with its parameters.
        faults: by method, what comes instead of an answer: a `Fault`, a `Declined` or other data before anything
            is done, `DROP` after it.
        expired: whether access tokens that were given out so far have run out.
        oauth: signs people in on its own page, with tokens that are bound to a key.
        chat: the service of private conversations; `without_chat` keeps all sign-ins out of it.
    """

    world: World
    base: str = ""
    asked: list[tuple[str, Json]] = field(default_factory=list)
    headers: list[Json] = field(default_factory=list)
    faults: dict[str, list[object]] = field(default_factory=dict)
    expired: set[str] = field(default_factory=set)
    oauth: OAuth = field(init=False)
    chat: Chat = field(default_factory=Chat)
    without_chat: bool = False

    def __post_init__(self) -> None:
        self.oauth = OAuth(self.world)

    def methods(self, name: str = "") -> list[str]:
        """What was asked, of the methods whose name ends so."""
        return [one for one, _ in self.asked if one.endswith(name)]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer a request."""
        name = request.match_info["method"]
        raw = await request.read()
        is_json = "json" in request.headers.get("Content-Type", "")
        body = json.loads(raw) if raw and is_json else {}
        query = {key: request.query.getall(key) for key in request.query}
        self.asked.append((name, {**query, **body}))
        self.headers.append(dict(request.headers))
        waiting = self.faults.get(name, [])
        fault = waiting.pop(0) if waiting else None
        try:
            if isinstance(fault, Fault | Declined):
                raise fault
            if isinstance(fault, dict):
                return web.json_response(fault)
            scheme, _, token = request.headers.get("Authorization", "").partition(" ")
            if name == "com.atproto.server.createSession":
                done: Json | None = self._create_session(body)
            elif name == "com.atproto.server.refreshSession":
                if raw:
                    raise Fault(400, "InvalidRequest", "A request body was provided")
                done = self._refresh(token)
            elif name == "com.atproto.identity.resolveHandle":
                done = _resolved(self.world, request.query["handle"])
            elif name == "com.atproto.repo.describeRepo":
                done = self._describe(request.query["repo"])
            else:
                me = self._bound(request, token) if scheme == "DPoP" else self._who(token)
                mime = request.headers.get("Content-Type", "")
                call = Call(self.world, me, query, body, self.base, raw, mime)
                method = METHODS.get(name) or self._of_chat(name, request)
                if method is None:
                    raise Fault(501, "MethodNotImplemented", "Method Not Implemented")
                done = method(call)
        except Fault as error:
            said = {"error": error.name, "message": error.words}
            return web.json_response(said, status=error.status, headers=error.headers)
        except Declined as declined:
            said = {"error": declined.name, "message": declined.words}
            challenge = f'DPoP error="{declined.name}", error_description="no"'
            headers = {"WWW-Authenticate": challenge, "DPoP-Nonce": self.oauth.resources.nonce}
            return web.json_response(said, status=401, headers=headers)
        if fault is DROP:
            assert request.transport is not None
            request.transport.abort()
            raise ConnectionResetError
        limits = {
            "DPoP-Nonce": self.oauth.resources.nonce,
            "RateLimit-Limit": "3000",
            "RateLimit-Remaining": "2990",
            "RateLimit-Reset": str(self.world.now() // 1000 + 200),
            "RateLimit-Policy": "3000;w=300",
        }
        return web.json_response(done or {}, headers=limits)

    def _of_chat(self, name: str, request: web.Request) -> Method | None:
        """A method of another service, which is named in a header."""
        if not name.startswith("chat.bsky.") or request.headers.get("atproto-proxy") != PROXY:
            return None
        if self.without_chat:
            raise Fault(400, "InvalidToken", "Bad token method")
        return self.chat.methods().get(name)

    async def document(self, request: web.Request) -> web.Response:
        """Which server somebody is on, as the directory tells it."""
        person = self.world.people.get(request.match_info["did"])
        if person is None:
            return web.json_response({"message": "DID not registered"}, status=404)
        return web.json_response(self._session(person)["didDoc"])

    def _describe(self, who: str) -> Json:
        for person in self.world.people.values():
            if who in (person.handle, person.did):
                told = self._session(person)
                return {name: told[name] for name in ("did", "handle", "didDoc")}
        raise Fault(400, "RepoNotFound", f"Could not find repo: {who}")

    def _bound(self, request: web.Request, token: str) -> Person:
        return self.world.people[self.oauth.whose(request, token)]

    def _create_session(self, body: Json) -> Json:
        who = body["identifier"]
        for person in self.world.people.values():
            names = (person.handle, person.did, f"{person.handle.partition('.')[0]}@mail.example")
            if who in names and body["password"] == person.password:
                if person.state == "takendown":
                    raise Fault(401, "AccountTakedown", "Account has been taken down")
                active = {} if person.state == "active" else {"status": person.state}
                return {**self._session(person), "active": not active, **active}
        raise Fault(401, "AuthenticationRequired", "Invalid identifier or password")

    def _session(self, person: Person) -> Json:
        service = {
            "id": "#atproto_pds",
            "type": "AtprotoPersonalDataServer",
            "serviceEndpoint": self.base,
        }
        return {
            "did": person.did,
            "handle": person.handle,
            "accessJwt": f"access.{person.did}.{person.tokens}",
            "refreshJwt": f"refresh.{person.did}.{person.tokens}",
            "didDoc": {"id": person.did, "service": [service]},
        }

    def _refresh(self, token: str) -> Json:
        kind, _, rest = token.partition(".")
        did, _, number = rest.rpartition(".")
        person = self.world.people.get(did)
        if kind != "refresh" or person is None:
            raise Fault(400, "InvalidToken", "Token could not be verified")
        if token in self.expired:
            raise Fault(400, "ExpiredToken", "Token has been revoked")
        person.tokens = int(number) + 1  # the same next one, however often it is asked for
        return self._session(person)

    def _who(self, token: str) -> Person:
        kind, _, rest = token.partition(".")
        person = self.world.people.get(rest.rpartition(".")[0])
        if not token:
            raise Fault(401, "AuthMissing", "Authentication Required")
        if kind != "access" or person is None:
            raise Fault(400, "InvalidToken", "Token could not be verified")
        if token in self.expired:
            raise Fault(400, "ExpiredToken", "Token has expired")
        return person


DROP = object()
"""Instead of an answer: it is done, and the connection is cut."""


def _feed(call: Call, kept: list[Kept]) -> Json:
    """A page of a feed, by a cursor of moment and hash; one entry fewer than asked for, as it happens."""
    shut = [one for one in kept if not call.views.is_shut_out(author_of(one.uri))]
    cursor = call.one("cursor")
    if cursor:
        at, _, cid = cursor.partition("__")
        if not at.isdigit():
            raise Fault(502, "InternalServerError", "Internal Server Error")
        shut = [one for one in shut if (call.world.filed(one), one.cid) < (int(at), cid)]
    page = shut[: int(call.one("limit", "50"))]
    told: Json = {"feed": [item for one in page if (item := call.views.item(one))]}
    if len(page) < len(shut):
        told["cursor"] = f"{call.world.filed(page[-1])}__{page[-1].cid}"
    return told


def _entries(call: Call, dids: set[str]) -> list[Kept]:
    """Posts and reposts of some people, newest first."""
    found = [one for kind in (POST, REPOST) for one in call.world.of(kind)]
    theirs = [one for one in found if author_of(one.uri) in dids]
    return sorted(theirs, key=lambda one: (call.world.filed(one), one.cid), reverse=True)


def _timeline(call: Call) -> Json:
    me = call.me.did
    followed = {one.value["subject"] for one in call.world.of("app.bsky.graph.follow", me)}
    return _feed(call, _entries(call, {me, *followed} - call.me.mutes))


def _author_feed(call: Call) -> Json:
    did = _known(call, call.one("actor"))
    if call.views.blocks(call.me.did, did):
        raise Fault(400, "BlockedActor", "Requester has blocked actor")
    return _feed(call, _entries(call, {did}))


def _likes(call: Call) -> Json:
    posts = [
        kept
        for one in call.world.of(LIKE, call.me.did)
        if (kept := call.world.records.get(one.value["subject"]["uri"]))
    ]
    return {"feed": [{"post": call.views.post(one)} for one in posts]}


def _bookmarks(call: Call) -> Json:
    uris = sorted(call.me.bookmarks, key=lambda uri: -call.me.bookmarks[uri])
    return {"bookmarks": [{"item": call.views.post(call.world.records[uri])} for uri in uris]}


def _list_feed(call: Call) -> Json:
    listed = {
        one.value["subject"]
        for one in call.world.of("app.bsky.graph.listitem")
        if one.value["list"] == call.one("list")
    }
    return _feed(call, _entries(call, listed))


def _custom(call: Call) -> Json:
    return {"feed": [{"post": call.views.post(one)} for one in call.world.of(POST)[:5]]}


def _search(call: Call) -> Json:
    words = call.one("q").lower()
    found = [one for one in call.world.of(POST) if words in one.value["text"].lower()]
    start, limit = int(call.one("cursor", "0")), int(call.one("limit", "25"))
    told: Json = {"posts": [call.views.post(one) for one in found[start : start + limit]]}
    return {**told, "cursor": str(start + limit)} if start + limit < len(found) else told


def _posts(call: Call) -> Json:
    if len(call.query.get("uris", [])) > 25:
        raise Fault(400, "InvalidRequest", "Error: Params must have at most 25 elements")
    found = [call.world.records.get(uri) for uri in call.query.get("uris", [])]
    shown = [one for one in found if one and not call.views.is_shut_out(author_of(one.uri))]
    return {"posts": [call.views.post(one) for one in shown]}


def _thread(call: Call) -> Json:
    if call.one("uri") not in call.world.records:
        raise Fault(400, "NotFound", f"Post not found: {call.one('uri')}")
    return {"thread": call.views.node(call.one("uri"))}


def _notifications(call: Call) -> Json:
    reasons = call.query.get("reasons")
    told = [one for one in call.views.notifications() if not reasons or one["reason"] in reasons]
    if cursor := call.one("cursor"):
        told = [one for one in told if one["indexedAt"] < cursor]
    page = told[: int(call.one("limit", "50"))]
    answer: Json = {"notifications": page, "priority": False}
    if len(page) < len(told):
        answer["cursor"] = page[-1]["indexedAt"]
    return {**answer, "seenAt": call.me.seen_at} if call.me.seen_at else answer


def _update_seen(call: Call) -> None:
    call.me.seen_at = call.body["seenAt"]


def _resolved(world: World, handle: str) -> Json:
    for person in world.people.values():
        if person.handle == handle:
            return {"did": person.did}
    raise Fault(400, "InvalidRequest", "Unable to resolve handle")


def _known(call: Call, did: str) -> str:
    if did not in call.world.people:
        raise Fault(400, "InvalidRequest", "Profile not found")
    return did


def _profiles(call: Call) -> Json:
    known = [did for did in call.query.get("actors", []) if did in call.world.people]
    return {"profiles": [call.views.actor(did) for did in known]}


def _typeahead(call: Call) -> Json:
    people = call.world.people.values()
    begun = [one for one in people if one.handle.startswith(call.one("q").lower())]
    return {"actors": [call.views.actor(one.did) for one in begun]}


def _mutes(call: Call) -> Json:
    return {"mutes": [call.views.actor(did) for did in sorted(call.me.mutes)]}


def _blocks(call: Call) -> Json:
    blocked = [one.value["subject"] for one in call.world.of(BLOCK, call.me.did)]
    return {"blocks": [call.views.actor(did) for did in blocked]}


def _lists(call: Call) -> Json:
    lists = call.world.of("app.bsky.graph.list", call.me.did)
    return {
        "lists": [
            {"uri": one.uri, "name": one.value["name"], "purpose": one.value["purpose"]}
            for one in lists
        ]
    }


def _generators(call: Call) -> Json:
    return {"feeds": [{"uri": uri, "displayName": "Cats"} for uri in call.query.get("feeds", [])]}


def _get_preferences(call: Call) -> Json:
    return {"preferences": call.me.preferences}


def _put_preferences(call: Call) -> None:
    call.me.preferences = call.body["preferences"]


def _put_record(call: Call) -> Json:
    """As `putRecord` was seen to do it: what is there already is looked at before the swap."""
    uri = f"at://{call.me.did}/{call.body['collection']}/{call.body['rkey']}"
    record = call.body["record"]
    there = call.world.records.get(uri)
    if there is not None and there.value == record:
        return {"uri": uri, "cid": there.cid}
    if there is not None and call.body.get("swapRecord", there.cid) != there.cid:
        raise Fault(400, "InvalidSwap", f"Record was at {there.cid}")
    for blob in _blobs_of(record):
        if blob not in call.world.blobs:
            raise Fault(400, "BlobNotFound", f"Could not find blob: {blob}")
    kept = call.world.put(call.me.did, call.body["collection"], record, call.body["rkey"])
    if call.body["collection"] == PROFILE:
        call.me.name, call.me.about = record.get("displayName", ""), record.get("description", "")
    return {"uri": kept.uri, "cid": kept.cid, "commit": {}}


def _apply_writes(call: Call) -> Json:
    """All of them or none: a key that is taken is an error of the server, as it was seen to be."""
    for write in call.body["writes"]:
        uri = f"at://{call.me.did}/{write['collection']}/{write['rkey']}"
        if uri in call.world.records:
            raise Fault(500, "InternalServerError", "Internal Server Error")
    for write in call.body["writes"]:
        call.world.put(call.me.did, write["collection"], write["value"], write["rkey"])
    return {"commit": {}, "results": []}


def _blobs_of(record: Json) -> list[str]:
    embed = record.get("embed", {})
    media = embed.get("media", embed)
    return [one["image"]["ref"]["$link"] for one in media.get("images", [])]


def _create_record(call: Call) -> Json:
    record, collection = call.body["record"], call.body["collection"]
    if collection in (LIKE, REPOST, "app.bsky.graph.follow", BLOCK):
        for one in call.world.of(collection, call.me.did):
            if one.value["subject"] == record["subject"]:
                del call.world.records[one.uri]
    kept = call.world.put(call.me.did, collection, record)
    return {"uri": kept.uri, "cid": kept.cid}


def _delete_record(call: Call) -> None:
    uri = f"at://{call.me.did}/{call.body['collection']}/{call.body['rkey']}"
    call.world.records.pop(uri, None)


def _get_record(call: Call) -> Json:
    uri = f"at://{call.one('repo')}/{call.one('collection')}/{call.one('rkey')}"
    kept = call.world.records.get(uri)
    if kept is None:
        raise Fault(400, "RecordNotFound", f"Could not locate record: {uri}")
    return {"uri": uri, "cid": kept.cid, "value": kept.value}


def _list_records(call: Call) -> Json:
    kept = call.world.of(call.one("collection"), call.one("repo"))
    return {"records": [{"uri": one.uri, "cid": one.cid, "value": one.value} for one in kept]}


def _upload(call: Call) -> Json:
    if len(call.raw) > 5 << 20:
        raise Fault(413, "PayloadTooLarge", "request entity too large")
    link = cid_of({"bytes": call.raw.hex()})
    call.world.blobs[link] = (call.raw, call.mime)
    ref = {"$type": "blob", "ref": {"$link": link}, "mimeType": call.mime, "size": len(call.raw)}
    return {"blob": ref}


def _mute(call: Call) -> None:
    call.me.mutes.add(call.body["actor"])


def _unmute(call: Call) -> None:
    call.me.mutes.discard(call.body["actor"])


def _mute_talk(call: Call) -> None:
    call.me.muted_talks.add(call.body["root"])


def _unmute_talk(call: Call) -> None:
    call.me.muted_talks.discard(call.body["root"])


def _bookmark(call: Call) -> None:
    call.me.bookmarks.setdefault(call.body["uri"], call.world.now())


def _unbookmark(call: Call) -> None:
    call.me.bookmarks.pop(call.body["uri"], None)


def _report(call: Call) -> Json:
    call.world.reports.append(call.body)
    return {"id": len(call.world.reports)}


METHODS: dict[str, Method] = {
    "com.atproto.identity.resolveHandle": lambda call: _resolved(call.world, call.one("handle")),
    "com.atproto.repo.putRecord": _put_record,
    "com.atproto.repo.applyWrites": _apply_writes,
    "com.atproto.repo.createRecord": _create_record,
    "com.atproto.repo.deleteRecord": _delete_record,
    "com.atproto.repo.getRecord": _get_record,
    "com.atproto.repo.listRecords": _list_records,
    "com.atproto.repo.uploadBlob": _upload,
    "com.atproto.moderation.createReport": _report,
    "app.bsky.actor.getProfile": lambda call: call.views.actor(_known(call, call.one("actor"))),
    "app.bsky.actor.getProfiles": _profiles,
    "app.bsky.actor.searchActorsTypeahead": _typeahead,
    "app.bsky.actor.getPreferences": _get_preferences,
    "app.bsky.actor.putPreferences": _put_preferences,
    "app.bsky.bookmark.getBookmarks": _bookmarks,
    "app.bsky.bookmark.createBookmark": _bookmark,
    "app.bsky.bookmark.deleteBookmark": _unbookmark,
    "app.bsky.feed.getTimeline": _timeline,
    "app.bsky.feed.getAuthorFeed": _author_feed,
    "app.bsky.feed.getActorLikes": _likes,
    "app.bsky.feed.getListFeed": _list_feed,
    "app.bsky.feed.getFeed": _custom,
    "app.bsky.feed.getFeedGenerators": _generators,
    "app.bsky.feed.searchPosts": _search,
    "app.bsky.feed.getPosts": _posts,
    "app.bsky.feed.getPostThread": _thread,
    "app.bsky.graph.getMutes": _mutes,
    "app.bsky.graph.getBlocks": _blocks,
    "app.bsky.graph.getLists": _lists,
    "app.bsky.graph.muteActor": _mute,
    "app.bsky.graph.unmuteActor": _unmute,
    "app.bsky.graph.muteThread": _mute_talk,
    "app.bsky.graph.unmuteThread": _unmute_talk,
    "app.bsky.notification.listNotifications": _notifications,
    "app.bsky.notification.updateSeen": _update_seen,
}
