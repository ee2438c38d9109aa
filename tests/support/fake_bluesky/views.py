"""What an AppView makes of records for somebody who asks."""

from __future__ import annotations

from typing import Any

from support.fake_bluesky.world import (
    BLOCK,
    FOLLOW,
    LIKE,
    POST,
    REPOST,
    Json,
    Kept,
    Person,
    World,
    author_of,
    when,
)


class Views:
    """The world as one person sees it."""

    def __init__(self, world: World, me: Person) -> None:
        self._world = world
        self._me = me

    def actor(self, did: str) -> Json:
        """Somebody."""
        person = self._world.people[did]
        viewer: Json = {"muted": did in self._me.mutes, "blockedBy": self.blocks(did, self._me.did)}
        for name, collection, by, subject in (
            ("following", FOLLOW, self._me.did, did),
            ("followedBy", FOLLOW, did, self._me.did),
            ("blocking", BLOCK, self._me.did, did),
        ):
            if (uri := self._record_about(collection, by, subject)) is not None:
                viewer[name] = uri
        return {
            "did": did,
            "handle": person.handle,
            "displayName": person.name,
            "description": person.about,
            "createdAt": "2024-01-01T00:00:00.000Z",
            "labels": self._world.labels.get(did, []),
            "viewer": viewer,
        }

    def blocks(self, one: str, other: str) -> bool:
        """Whether somebody blocks somebody."""
        return self._record_about(BLOCK, one, other) is not None

    def is_shut_out(self, did: str) -> bool:
        """Whether one of the two blocks the other."""
        return self.blocks(did, self._me.did) or self.blocks(self._me.did, did)

    def post(self, kept: Kept) -> Json:
        """A post."""
        me, world = self._me, self._world
        viewer: Json = {"bookmarked": kept.uri in me.bookmarks}
        root = kept.value.get("reply", {}).get("root", {}).get("uri", kept.uri)
        viewer["threadMuted"] = root in me.muted_talks
        if me.did in world.closed_to.get(root, set()):
            viewer["replyDisabled"] = True
        viewer["embeddingDisabled"] = kept.uri in world.no_quotes
        for name, collection in (("like", LIKE), ("repost", REPOST)):
            if (uri := self._record_about(collection, me.did, kept.uri)) is not None:
                viewer[name] = uri
        view: Json = {
            "uri": kept.uri,
            "cid": kept.cid,
            "author": self.actor(author_of(kept.uri)),
            "record": kept.value,
            "indexedAt": when(world.filed(kept)),
            "labels": [*self._self_labels(kept), *world.labels.get(kept.uri, [])],
            "viewer": viewer,
            "likeCount": len(world.of(LIKE)),
        }
        if (embed := self._embed(kept)) is not None:
            view["embed"] = embed
        return view

    def item(self, kept: Kept) -> Json | None:
        """An entry of a feed: a post, or a repost of one that is still there."""
        if f"/{POST}/" in kept.uri:
            return {"post": self.post(kept)}
        target = self._world.records.get(kept.value["subject"]["uri"])
        if target is None:
            return None
        reason = {
            "$type": "app.bsky.feed.defs#reasonRepost",
            "by": self.actor(author_of(kept.uri)),
            "uri": kept.uri,
            "cid": kept.cid,
            "indexedAt": when(self._world.filed(kept)),
        }
        return {"post": self.post(target), "reason": reason}

    def node(self, uri: str, *, up: bool = True, down: bool = True) -> Json:
        """A post in its conversation."""
        kept = self._world.records.get(uri)
        if kept is None:
            return {"$type": "app.bsky.feed.defs#notFoundPost", "uri": uri, "notFound": True}
        if self.is_shut_out(author_of(uri)):
            return {"$type": "app.bsky.feed.defs#blockedPost", "uri": uri, "blocked": True}
        node: Json = {"$type": "app.bsky.feed.defs#threadViewPost", "post": self.post(kept)}
        parent = kept.value.get("reply", {}).get("parent", {}).get("uri")
        if up and parent:
            node["parent"] = self.node(parent, down=False)
        if down:
            answers = [one for one in self._world.of(POST) if _parent(one) == uri]
            shown = [one for one in answers if not self.is_shut_out(author_of(one.uri))]
            node["replies"] = [self.node(one.uri, up=False) for one in reversed(shown)]
        return node

    def notifications(self) -> list[Json]:
        """What others did that concerns somebody, newest first."""
        mine = f"at://{self._me.did}/"
        found = []
        for kept in self._world.records.values():
            by = author_of(kept.uri)
            told = self._reason(kept, mine)
            if by == self._me.did or by in self._me.mutes or told is None or self.is_shut_out(by):
                continue
            reason, subject = told
            one = {
                "uri": kept.uri,
                "cid": kept.cid,
                "author": self.actor(by),
                "reason": reason,
                "record": kept.value,
                "isRead": False,
                "indexedAt": when(self._world.filed(kept)),
                "labels": [],
            }
            found.append({**one, "reasonSubject": subject} if subject else one)
        return sorted(found, key=lambda one: (one["indexedAt"], one["cid"]), reverse=True)

    def _reason(self, kept: Kept, mine: str) -> tuple[str, str | None] | None:
        subject: Any = kept.value.get("subject")
        if f"/{FOLLOW}/" in kept.uri and subject == self._me.did:
            return "follow", None
        for reason, collection in (("like", LIKE), ("repost", REPOST)):
            if f"/{collection}/" in kept.uri and subject["uri"].startswith(mine):
                return reason, subject["uri"]
        if f"/{POST}/" not in kept.uri:
            return None
        if self._me.did in _named(kept):
            return "mention", None
        if (_parent(kept) or "").startswith(mine):
            return "reply", _parent(kept)
        quoted = _quoted(kept)
        return ("quote", quoted) if quoted and quoted.startswith(mine) else None

    def _embed(self, kept: Kept) -> Json | None:
        embed = kept.value.get("embed")
        if not embed:
            return None
        kind = embed["$type"]
        if kind == "app.bsky.embed.images":
            return self._pictures(embed, kept.uri)
        if kind == "app.bsky.embed.record":
            return {"$type": f"{kind}#view", "record": self._quoted_view(embed["record"]["uri"])}
        if kind == "app.bsky.embed.recordWithMedia":
            record = {"record": self._quoted_view(embed["record"]["record"]["uri"])}
            media = embed["media"]
            media = self._pictures(media, kept.uri) if "images" in media else media
            return {"$type": f"{kind}#view", "record": record, "media": media}
        return None

    def _pictures(self, embed: Json, uri: str) -> Json:
        base = f"https://pictures.example/{author_of(uri)}"
        shown = [
            {"fullsize": f"{base}/{number}", "thumb": f"{base}/{number}s", "alt": one["alt"]}
            for number, one in enumerate(embed["images"])
        ]
        return {"$type": "app.bsky.embed.images#view", "images": shown}

    def _quoted_view(self, uri: str) -> Json:
        kept = self._world.records.get(uri)
        if kept is None:
            return {"$type": "app.bsky.embed.record#viewNotFound", "uri": uri, "notFound": True}
        if self.is_shut_out(author_of(uri)):
            return {"$type": "app.bsky.embed.record#viewBlocked", "uri": uri, "blocked": True}
        if uri in self._world.no_quotes:
            return {"$type": "app.bsky.embed.record#viewDetached", "uri": uri, "detached": True}
        embed = self._embed(kept)
        return {
            "$type": "app.bsky.embed.record#viewRecord",
            "uri": uri,
            "cid": kept.cid,
            "author": self.actor(author_of(uri)),
            "value": kept.value,
            "labels": [],
            "embeds": [embed] if embed else [],
            "indexedAt": when(self._world.filed(kept)),
        }

    def _self_labels(self, kept: Kept) -> list[Json]:
        values = kept.value.get("labels", {}).get("values", [])
        return [{"src": author_of(kept.uri), "uri": kept.uri, "val": one["val"]} for one in values]

    def _record_about(self, collection: str, by: str, subject: str) -> str | None:
        for kept in self._world.of(collection, by):
            told: Any = kept.value["subject"]
            if told == subject or (isinstance(told, dict) and told["uri"] == subject):
                return kept.uri
        return None


def _parent(kept: Kept) -> str | None:
    uri: str | None = kept.value.get("reply", {}).get("parent", {}).get("uri")
    return uri


def _quoted(kept: Kept) -> str | None:
    record = kept.value.get("embed", {}).get("record", {})
    uri: str | None = record.get("uri") or record.get("record", {}).get("uri")
    return uri


def _named(kept: Kept) -> set[str]:
    facets = kept.value.get("facets", [])
    return {feature["did"] for facet in facets for feature in facet["features"] if "did" in feature}
