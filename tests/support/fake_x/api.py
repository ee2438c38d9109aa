"""The addresses that the server answers, what it refuses, and the faults that a test orders."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from aiohttp import web
from support.fake_x import bill
from support.fake_x.answers import Answers, Fault
from support.fake_x.bill import Bill
from support.fake_x.oauth import OAuth
from support.fake_x.shapes import Json
from support.fake_x.world import Medium, User, World

Handler: TypeAlias = "Callable[[Call], Json]"

DUPLICATE = "You are not allowed to create a Tweet with duplicate content."
NOT_SUMMONED = (
    "Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged "
    "by the author of the post you are replying to."
)
LIMITS = {
    "users/me": 75,
    "home": 180,
    "mentions": 300,
    "own": 900,
    "search": 300,
    "posts": 5_000,
    "post": 900,
    "users": 900,
    "create": 100,
    "change": 50,
}
"""Requests in 15 minutes (docs: x-api/fundamentals/rate-limits)."""


class Drop(Exception):
    """Something is done, and no answer comes."""


@dataclass
class Call:
    """A request of somebody.

    Attributes:
        ids: what stands in the path where ids do.
    """

    api: Api
    me: User
    query: dict[str, str]
    body: Json
    ids: tuple[str, ...]

    @property
    def world(self) -> World:
        """What there is."""
        return self.api.world

    @property
    def answers(self) -> Answers:
        """Makes answers, and puts them on the caller's bill."""
        return Answers(self.world, self.api.bill(self.me.id), self.me, self.query)

    def charge(self, price: int) -> None:
        """Put something that was done on the bill."""
        self.api.bill(self.me.id).charge(price)


@dataclass
class Api:
    """The server.

    Attributes:
        asked: every request, as method, path and what it said.
        faults: by method and path without ids, such as `GET /2/users/:id/mentions`, what comes instead of an answer:
            a `Fault` before anything is done, a `Drop` after it.
        has_newer_dialect: whether fields of the older dialect are ignored, as they will be one day.
        remaining: by limit, what is left of it, where a test says so.
    """

    world: World
    base: str = ""
    asked: list[tuple[str, str, Json]] = field(default_factory=list)
    faults: dict[str, list[Exception]] = field(default_factory=dict)
    bills: dict[str, Bill] = field(default_factory=dict)
    has_newer_dialect: bool = False
    remaining: dict[str, int] = field(default_factory=dict)
    oauth: OAuth = field(init=False)

    def __post_init__(self) -> None:
        self.oauth = OAuth(self.world, self.world.now)

    def bill(self, user: str) -> Bill:
        """What somebody has to pay."""
        return self.bills.setdefault(user, Bill(self.world.now))

    def paths(self, ending: str = "") -> list[str]:
        """What was asked for, of the paths that end so."""
        return [path for _, path, _ in self.asked if path.endswith(ending)]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer a request below `/2`."""
        body = await _body(request)
        self.asked.append((request.method, request.path, {**request.query, **body}))
        found = route(request.method, request.path)
        try:
            if found is None:
                raise Fault(404, "Not Found")
            name, handler, ids, limit = found
            waiting = self.faults.get(name, [])
            fault = waiting.pop(0) if waiting else None
            if fault is not None and not isinstance(fault, Drop):
                raise fault
            scheme, _, token = request.headers.get("Authorization", "").partition(" ")
            user = self.oauth.who(token) if scheme == "Bearer" else None
            if user is None:
                raise Fault(401, "Unauthorized")
            if (bill := self.bill(user)).credit is not None and bill.credit <= 0:
                raise Fault(402, "CreditsDepleted", "", "https://api.x.com/2/problems/credits")
            if self.remaining.get(limit) == 0:
                raise Fault(429, "Too Many Requests")
            if limit in self.remaining:
                self.remaining[limit] -= 1
            call = Call(self, self.world.users[user], self._heard(request), body, ids)
            told = handler(call)
            if fault is not None:
                assert request.transport is not None
                request.transport.abort()
                raise ConnectionResetError
        except Fault as error:
            return self._refused(error, found[3] if found else "")
        status = 201 if name == "POST /2/tweets" else 200
        return web.json_response(told, status=status, headers=self._limits(limit))

    def _heard(self, request: web.Request) -> dict[str, str]:
        query = dict(request.query)
        if self.has_newer_dialect:
            query.pop("tweet.fields", None)
        return query

    def _refused(self, error: Fault, limit: str) -> web.Response:
        if error.status >= 500:
            return web.Response(status=error.status, text="<html>trouble</html>")
        return web.json_response(error.body(), status=error.status, headers=self._limits(limit))

    def _limits(self, limit: str) -> dict[str, str]:
        of = LIMITS.get(limit, 50)
        return {
            "x-rate-limit-limit": str(of),
            "x-rate-limit-remaining": str(self.remaining.get(limit, of - 1)),
            "x-rate-limit-reset": str(self.world.now() // 1000 + 600),
            "api-version": "2.167",
        }


async def _body(request: web.Request) -> Json:
    if not request.can_read_body:
        return {}
    if "json" in request.headers.get("Content-Type", ""):
        return dict(json.loads(await request.read()))
    if request.headers.get("Content-Type", "").startswith("multipart/"):
        form = await request.post()
        return {name: value if isinstance(value, str) else "(file)" for name, value in form.items()}
    return {}


def _only_me(call: Call) -> None:
    if call.ids[0] != call.me.id:
        raise Fault(403, "Forbidden", "You may only see your own.")


def _me(call: Call) -> Json:
    return call.answers.users([call.me.id], one=True)


def _users(call: Call) -> Json:
    return call.answers.users(call.query["ids"].split(","))


def _users_by(call: Call) -> Json:
    return call.answers.users_by(call.query["usernames"].split(","))


def _home(call: Call) -> Json:
    _only_me(call)
    left_out = call.query.get("exclude", "").split(",")
    posts = [
        post
        for post in call.world.newest_first()
        if post.author in {call.me.id, *call.me.follows}
        and not ("retweets" in left_out and post.ref("retweeted"))
        and not ("replies" in left_out and post.ref("replied_to"))
    ]
    return call.answers.page(posts, most=100, least=1, price=bill.POST)


def _mentions(call: Call) -> Json:
    _only_me(call)
    posts = [post for post in call.world.newest_first() if call.world.addresses(post, call.me)]
    return call.answers.page(posts[:800], most=100, least=5, price=bill.OWN)


def _posts_of(call: Call) -> Json:
    whose = call.ids[0]
    left_out = call.query.get("exclude", "").split(",")
    posts = [
        post
        for post in call.world.newest_first()
        if post.author == whose
        and not ("retweets" in left_out and post.ref("retweeted"))
        and not ("replies" in left_out and post.ref("replied_to"))
    ]
    price = bill.OWN if whose == call.me.id else bill.POST
    return call.answers.page(posts[:3_200], most=100, least=5, price=price)


def _posts(call: Call) -> Json:
    return call.answers.posts(call.query["ids"].split(","))


def _post(call: Call) -> Json:
    return call.answers.posts([call.ids[0]], one=True)


def _search(call: Call) -> Json:
    return call.answers.search()


def _bookmarks(call: Call) -> Json:
    _only_me(call)
    posts = [call.world.posts[id] for id in reversed(call.me.bookmarks) if id in call.world.posts]
    return call.answers.page(posts, most=100, least=1, price=bill.OWN, in_order=True)


def _create(call: Call) -> Json:
    text = str(call.body.get("text", ""))
    reply = call.body.get("reply") or {}
    answers = reply.get("in_reply_to_tweet_id")
    media = tuple((call.body.get("media") or {}).get("media_ids", ()))
    if call.body.get("quote_tweet_id"):
        raise Fault(403, "Forbidden", "Quote posts are not available on your plan.")
    if not text and not media:
        raise Fault(400, "Invalid Request", "text is required")
    if any(post.author == call.me.id and post.text == text for post in call.world.posts.values()):
        raise Fault(403, "Forbidden", DUPLICATE)
    if answers is not None:
        answered = call.world.posts.get(answers)
        if answered is None:
            raise Fault(403, "Forbidden", "You attempted to reply to a Tweet that is deleted.")
        if not call.world.summons(answered, call.me):
            raise Fault(403, "Forbidden", NOT_SUMMONED)
    if any(id not in call.world.media for id in media):
        raise Fault(400, "Invalid Request", "Your media IDs are invalid.")
    dear = re.search(r"https?://", text) is not None
    plain = bill.SUMMONED if answers is not None else bill.WRITE
    call.charge(bill.WITH_ADDRESS if dear else plain)
    post = call.world.post_as(call.me.username, text, answers=answers, media=media)
    return {"data": {"id": post.id, "text": post.text, "edit_history_tweet_ids": [post.id]}}


def _delete(call: Call) -> Json:
    post = call.world.posts.get(call.ids[0])
    if post is not None and post.author != call.me.id:
        raise Fault(403, "Forbidden", "You are not authorized to delete this Tweet.")
    call.world.posts.pop(call.ids[0], None)
    call.charge(bill.UNDO)
    return {"data": {"deleted": True}}


def _bookmark(call: Call) -> Json:
    _only_me(call)
    id = str(call.body["tweet_id"])
    if id not in call.me.bookmarks:
        call.me.bookmarks.append(id)
    call.charge(bill.BOOKMARK)
    return {"data": {"bookmarked": True}}


def _unbookmark(call: Call) -> Json:
    _only_me(call)
    if call.ids[1] in call.me.bookmarks:
        call.me.bookmarks.remove(call.ids[1])
    call.charge(bill.BOOKMARK)
    return {"data": {"bookmarked": False}}


def _mute(call: Call) -> Json:
    _only_me(call)
    id = str(call.body["target_user_id"])
    if id not in call.me.mutes:
        call.me.mutes.append(id)
    call.charge(bill.WRITE)
    return {"data": {"muting": True}}


def _unmute(call: Call) -> Json:
    _only_me(call)
    if call.ids[1] in call.me.mutes:
        call.me.mutes.remove(call.ids[1])
    call.charge(bill.BOOKMARK)
    return {"data": {"muting": False}}


def _muting(call: Call) -> Json:
    _only_me(call)
    return call.answers.users(call.me.mutes, price=bill.OWN)


def _repost(call: Call) -> Json:
    _only_me(call)
    id = str(call.body["tweet_id"])
    if id not in call.world.posts:
        raise Fault(404, "Not Found")
    mine = (post for post in call.world.posts.values() if post.author == call.me.id)
    if not any(post.ref("retweeted") == id for post in mine):
        author = call.world.users[call.world.posts[id].author].username
        text = f"RT @{author}: {call.world.posts[id].text}"[:140]
        call.world.post_as(call.me.username, text, passes_on=id)
    call.charge(bill.WRITE)
    return {"data": {"retweeted": True}}


def _unrepost(call: Call) -> Json:
    _only_me(call)
    for id, post in list(call.world.posts.items()):
        if post.author == call.me.id and post.ref("retweeted") == call.ids[1]:
            del call.world.posts[id]
    call.charge(bill.UNDO)
    return {"data": {"retweeted": False}}


def _not_sold(call: Call) -> Json:
    raise Fault(403, "Forbidden", "This is not available on your plan.")


def _upload(call: Call) -> Json:
    id = call.world.new_id()
    call.world.media[id] = Medium(id)
    return {"data": {"id": id, "media_key": f"3_{id}", "expires_after_secs": 86_400}}


def _describe(call: Call) -> Json:
    medium = call.world.media.get(str(call.body["id"]))
    if medium is None:
        raise Fault(400, "Invalid Request")
    medium.alt = str(call.body["metadata"]["alt_text"]["text"])
    call.charge(bill.DESCRIPTION)
    return {"data": {"id": medium.id}}


ROUTES: dict[str, tuple[Handler, str]] = {
    "GET /2/users/me": (_me, "users/me"),
    "GET /2/users": (_users, "users"),
    "GET /2/users/by": (_users_by, "users"),
    "GET /2/users/:id/timelines/reverse_chronological": (_home, "home"),
    "GET /2/users/:id/mentions": (_mentions, "mentions"),
    "GET /2/users/:id/tweets": (_posts_of, "own"),
    "GET /2/tweets": (_posts, "posts"),
    "GET /2/tweets/:id": (_post, "post"),
    "GET /2/tweets/search/recent": (_search, "search"),
    "POST /2/tweets": (_create, "create"),
    "DELETE /2/tweets/:id": (_delete, "change"),
    "GET /2/users/:id/bookmarks": (_bookmarks, "home"),
    "POST /2/users/:id/bookmarks": (_bookmark, "change"),
    "DELETE /2/users/:id/bookmarks/:id": (_unbookmark, "change"),
    "GET /2/users/:id/muting": (_muting, "muting"),
    "POST /2/users/:id/muting": (_mute, "change"),
    "DELETE /2/users/:id/muting/:id": (_unmute, "change"),
    "POST /2/users/:id/retweets": (_repost, "change"),
    "DELETE /2/users/:id/retweets/:id": (_unrepost, "change"),
    "POST /2/users/:id/likes": (_not_sold, "change"),
    "DELETE /2/users/:id/likes/:id": (_not_sold, "change"),
    "POST /2/users/:id/following": (_not_sold, "change"),
    "DELETE /2/users/:id/following/:id": (_not_sold, "change"),
    "POST /2/media/upload": (_upload, "change"),
    "POST /2/media/metadata": (_describe, "change"),
}


def route(method: str, path: str) -> tuple[str, Handler, tuple[str, ...], str] | None:
    """The name of a request, who answers it, the ids in its path, and the limit that it counts against."""
    parts = path.split("/")
    ids = tuple(part for part in parts if part.isdigit() and part != "2")
    named = "/".join(":id" if part.isdigit() and part != "2" else part for part in parts)
    name = f"{method} {named}"
    known = ROUTES.get(name)
    return (name, known[0], ids, known[1]) if known else None
