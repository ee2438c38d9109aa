"""Files that are handed over to the fake server, to go with statuses that are posted later."""

from __future__ import annotations

from aiohttp import web


class Media:
    """What was handed over.

    Attributes:
        descriptions: of each file, by its id.
    """

    def __init__(self) -> None:
        self.descriptions: dict[str, str] = {}

    def routes(self) -> list[web.RouteDef]:
        """Where files are taken, and described anew."""
        return [
            web.post("/api/v2/media", self._take),
            web.put("/api/v1/media/{id}", self._describe),
        ]

    async def _take(self, request: web.Request) -> web.Response:
        form = await request.post()
        name = str(500_000 + len(self.descriptions))
        self.descriptions[name] = str(form.get("description", ""))
        return self._told(name)

    async def _describe(self, request: web.Request) -> web.Response:
        name = request.match_info["id"]
        if name not in self.descriptions:
            raise web.HTTPNotFound
        self.descriptions[name] = str((await request.post()).get("description", ""))
        return self._told(name)

    def _told(self, name: str) -> web.Response:
        return web.json_response(
            {
                "id": name,
                "type": "image",
                "url": f"https://files.example/{name}.png",
                "description": self.descriptions[name],
            }
        )
