"""What clients write at the fake server: what they say of a status, what hangs on it, and what is kept for later."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from aiohttp import web
from support.fake_mastodon.media import Media
from support.fake_mastodon.prose import Json
from support.fake_mastodon.world import OWNER, Live, iso

from tui_inbox.core.moment import MINUTE, SECOND, Millis, to_millis

LEAST_AHEAD: Millis = 5 * MINUTE
_FIRST_PLAN = 700_000


async def said_in(request: web.Request) -> Json:
    """The parameters of a request, as JSON or as a form; `a[]` of a form is the list `a`."""
    if request.content_type == "application/json":
        told: Json = await request.json()
        return {name: value for name, value in told.items() if value is not None}
    form = await request.post()
    found: Json = {}
    for name, value in form.items():
        if name.endswith("[]"):
            found.setdefault(name[:-2], []).append(str(value))
        else:
            found[name] = str(value)
    return found


def as_texts(said: Json) -> dict[str, str]:
    """The same with every value as text, for whoever looks from outside."""
    return {
        name: value if isinstance(value, str) else json.dumps(value) for name, value in said.items()
    }


def is_true(value: Any) -> bool:
    """Whether a parameter says yes."""
    return value is True or value in ("true", "1")


def new_live(said: Json, at: Millis, media: Media) -> Live:
    """A new status of the owner's."""
    return Live(
        at=at,
        author=OWNER,
        html=html_of(str(said.get("status", ""))),
        parent=said.get("in_reply_to_id"),
        warning=said.get("spoiler_text", ""),
        visibility=said.get("visibility", "public"),
        typed=str(said.get("status", "")),
        extras=extras_of(said, at, media),
    )


def extras_of(said: Json, at: Millis, media: Media) -> Json:
    """What hangs on a status, as its entity shows it."""
    described = {one["id"]: one["description"] for one in said.get("media_attributes", [])}
    media.descriptions.update(described)
    extras: Json = {
        "media_attachments": [
            {
                "id": name,
                "type": "image",
                "url": f"https://files.example/{name}.png",
                "description": media.descriptions.get(name),
            }
            for name in said.get("media_ids", [])
        ]
    }
    if is_true(said.get("sensitive")):
        extras["sensitive"] = True
    if isinstance(poll := said.get("poll"), dict):
        extras["poll"] = {
            "id": f"{at}",
            "expires_at": iso(at + int(poll["expires_in"]) * SECOND),
            "expired": False,
            "multiple": is_true(poll.get("multiple")),
            "votes_count": 0,
            "voted": True,
            "own_votes": [],
            "options": [{"title": title, "votes_count": 0} for title in poll["options"]],
        }
    return extras


def html_of(text: str) -> str:
    """A text as Mastodon shows it."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br />")
    return f"<p>{escaped}</p>"


class Plans:
    """What is kept for later: parameters by the plan's id, with their moments."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Millis, Json]] = {}
        self._made = 0

    def routes(self) -> list[web.RouteDef]:
        """Where they are read and taken back."""
        path = "/api/v1/scheduled_statuses"
        return [web.get(path, self._read), web.delete(f"{path}/{{id}}", self._take_back)]

    def reset(self) -> None:
        """Forget them all."""
        self._kept.clear()

    def keep(self, said: Json, now: Millis) -> Json | None:
        """Keep a status for later, if that is asked and far enough ahead; its entity then."""
        if "scheduled_at" not in said:
            return None
        at = to_millis(datetime.fromisoformat(said["scheduled_at"]))
        if at - now < LEAST_AHEAD:
            return None
        self._made += 1
        name = str(_FIRST_PLAN + self._made)
        self._kept[name] = (at, said)
        return self._entity(name)

    def take_due(self, now: Millis) -> list[tuple[Millis, Json]]:
        """What is to be posted by now, with its moment; it is kept no more."""
        due = [name for name, (at, _) in self._kept.items() if at <= now]
        return [self._kept.pop(name) for name in due]

    def _entity(self, name: str) -> Json:
        at, said = self._kept[name]
        params = {"text": said.get("status", ""), "scheduled_at": None}
        return {"id": name, "scheduled_at": iso(at), "params": params, "media_attachments": []}

    async def _read(self, request: web.Request) -> web.Response:
        return web.json_response([self._entity(name) for name in self._kept])

    async def _take_back(self, request: web.Request) -> web.Response:
        if self._kept.pop(request.match_info["id"], None) is None:
            raise web.HTTPNotFound
        return web.json_response({})
