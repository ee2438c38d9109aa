"""Pages of posts and people, with what comes along, what is missing, and what all of it costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from support.fake_x import bill
from support.fake_x.bill import DAY, Bill
from support.fake_x.queries import BadQuery, parse
from support.fake_x.shapes import Asked, Json, shape, user_shape
from support.fake_x.world import Post, User, World

_NOT_FOUND = "https://api.twitter.com/2/problems/resource-not-found"
_WEEK = 7 * DAY


class Fault(Exception):
    """A refusal as X words it."""

    def __init__(
        self, status: int, title: str, detail: str = "", type: str = "about:blank"
    ) -> None:
        super().__init__(title)
        self.status, self.title, self.detail, self.type = status, title, detail, type

    def body(self) -> Json:
        """What is answered with it."""
        told: Json = {"title": self.title, "detail": self.detail or self.title, "type": self.type}
        if self.status == 400:
            told["errors"] = [{"message": self.detail, "parameters": {}}]
        return told | {"status": self.status}


class Answers:
    """Makes the answer to one request, and puts it on a bill.

    Args:
        viewer: who asks.
        query: the parameters.
    """

    def __init__(self, world: World, bill: Bill, viewer: User, query: dict[str, str]) -> None:
        self._world = world
        self._bill = bill
        self._viewer = viewer
        self._query = query
        self._asked = Asked(query)

    def page(
        self, posts: Sequence[Post], *, most: int, least: int, price: int, in_order: bool = False
    ) -> Json:
        """A page of posts.

        Args:
            most, least: what `max_results` may be.
            price: of each.
            in_order: they stand in an order of their own and are paged by token alone.
        """
        limit = self._limit(most, least)
        start = int(self._query.get("pagination_token", self._query.get("next_token", "p0"))[1:])
        kept = list(posts) if in_order else [post for post in posts if self._is_between(post)]
        shown = kept[start : start + limit]
        told = self._told(shown, price)
        told["meta"] = {"result_count": len(shown)}
        if shown:
            told["meta"] |= {"newest_id": shown[0].id, "oldest_id": shown[-1].id}
        if len(kept) > start + limit:
            told["meta"]["next_token"] = f"p{start + limit}"
        return told

    def search(self) -> Json:
        """The posts of the last seven days that a query finds."""
        if "since_id" in self._query and {"start_time", "end_time"} & self._query.keys():
            raise Fault(400, "Invalid Request", "since_id cannot be used with start_time")
        since = int(self._query.get("since_id", "0"))
        earliest = self._world.now() - _WEEK
        if since and (since >> 22) + 1_288_834_974_657 < earliest:
            oldest = earliest - 1_288_834_974_657 << 22
            raise Fault(
                400,
                "Invalid Request",
                f"'since_id' must be a tweet id created after {oldest}.",
            )
        try:
            finds = parse(self._query.get("query", ""), self._world)
        except BadQuery as bad:
            raise Fault(400, "Invalid Request", str(bad)) from None
        posts = [
            post
            for post in self._world.newest_first()
            if post.made_at >= earliest and not post.ref("retweeted") and finds(post)
        ]
        return self.page(posts, most=100, least=10, price=bill.POST)

    def posts(self, ids: Sequence[str], *, one: bool = False) -> Json:
        """Posts by id; those that are not there are errors beside them."""
        if len(ids) > 100:
            raise Fault(400, "Invalid Request", "ids must be at most 100")
        there = [self._world.posts[id] for id in ids if id in self._world.posts]
        told = self._told(there, bill.POST)
        if one and there:
            told["data"] = told["data"][0]
        gone = [id for id in ids if id not in self._world.posts]
        if gone:
            told["errors"] = [_missing("tweet", "id" if one else "ids", id) for id in gone]
        return told

    def users(self, ids: Sequence[str], *, one: bool = False, price: int = bill.USER) -> Json:
        """People by id."""
        there = [self._world.users[id] for id in ids if id in self._world.users]
        gone = [id for id in ids if id not in self._world.users]
        return self._people(there, [_missing("user", "ids", id) for id in gone], price, one=one)

    def users_by(self, names: Iterable[str]) -> Json:
        """People by name."""
        there, errors = [], []
        for name in names:
            try:
                there.append(self._world.named(name))
            except KeyError:
                errors.append(_missing("user", "usernames", name))
        return self._people(there, errors, bill.USER)

    def _people(
        self, there: Sequence[User], errors: Sequence[Json], price: int, *, one: bool = False
    ) -> Json:
        told: Json = {}
        for user in there:
            self._bill.sell("user", user.id, price)
        if there:
            shown = [user_shape(user, self._asked, self._viewer) for user in there]
            told["data"] = shown[0] if one else shown
        if errors:
            told["errors"] = list(errors)
        return told

    def _told(self, posts: Sequence[Post], price: int) -> Json:
        """Posts with what was asked to come along; without any, there is no `data` at all."""
        for post in posts:
            self._bill.sell("post", post.id, price)
        told: Json = {}
        if posts:
            told["data"] = [shape(self._world, post, self._asked) for post in posts]
        includes = self._includes(posts)
        return told | ({"includes": includes} if includes else {})

    def _includes(self, posts: Sequence[Post]) -> Json:
        told: Json = {}
        asked = self._asked
        referred: list[Post] = []
        if asked.expands_posts:
            ids = dict.fromkeys(id for post in posts for _, id in post.refs)
            referred = [self._world.posts[id] for id in ids if id in self._world.posts]
            for post in referred:
                self._bill.sell("post", post.id, bill.POST)
            if referred:
                name = "posts" if asked.is_newer else "tweets"
                told[name] = [shape(self._world, post, asked) for post in referred]
        if "author_id" in asked.expansions:
            for author in dict.fromkeys(post.author for post in posts):
                self._bill.sell("user", author, bill.USER)
                user = user_shape(self._world.users[author], asked, self._viewer)
                told.setdefault("users", []).append(user)
        if "attachments.media_keys" in asked.expansions:
            keys = dict.fromkeys(id for post in (*posts, *referred) for id in post.media)
            media = [self._medium(id) for id in keys]
            if media:
                told["media"] = media
        return told

    def _medium(self, id: str) -> Json:
        told: Json = {"media_key": f"3_{id}", "type": "photo", "url": f"https://pbs.example/{id}"}
        alt = self._world.media[id].alt
        return told | ({"alt_text": alt} if alt and "alt_text" in self._asked.media else {})

    def _limit(self, most: int, least: int) -> int:
        wanted = int(self._query.get("max_results", "10"))
        if not least <= wanted <= most:
            detail = f"The `max_results` query parameter value [{wanted}] is not between {least} and {most}"
            raise Fault(400, "Invalid Request", detail)
        return wanted

    def _is_between(self, post: Post) -> bool:
        since, until = self._query.get("since_id"), self._query.get("until_id")
        return (since is None or int(post.id) > int(since)) and (
            until is None or int(post.id) < int(until)
        )


def _missing(kind: str, parameter: str, id: str) -> Json:
    return {
        "value": id,
        "detail": f"Could not find {kind} with {parameter}: [{id}].",
        "title": "Not Found Error",
        "resource_type": kind,
        "parameter": parameter,
        "resource_id": id,
        "type": _NOT_FOUND,
    }
