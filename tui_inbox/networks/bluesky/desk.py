"""What all calls of one account have in common besides its session: what was learnt while the program runs, and the
border through which everything comes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui_inbox.core.moment import Millis
from tui_inbox.core.ports import Refused
from tui_inbox.core.post import SeenPost
from tui_inbox.networks.bluesky import wire
from tui_inbox.networks.bluesky.addresses import AtUri, Web
from tui_inbox.networks.bluesky.convert import Border, past, to_seen, usable
from tui_inbox.networks.bluesky.paging import Cursors, Place
from tui_inbox.networks.bluesky.preferences import Settings
from tui_inbox.networks.bluesky.session import Session
from tui_inbox.networks.limits import Urgency
from tui_inbox.networks.wire_base import decode

POSTS_A_REQUEST = 25
POST = "app.bsky.feed.post"
_REPOST = "app.bsky.feed.repost"


class Desk:
    """One account's calls, and what they remember.

    Args:
        session: of the account.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.settings = Settings(session)
        self.cursors = Cursors()
        self.web = Web()
        self._me: wire.Actor | None = None

    async def border(self) -> Border:
        """Through what something is read now."""
        moderator = await self.settings.moderator()
        return Border(self.session.clock.now(), self.web, moderator.hits)

    async def labelers(self) -> Mapping[str, str]:
        """Whose labels are wanted, as a header."""
        return await self.settings.labelers()

    async def profile(self, did: str, urgency: Urgency) -> wire.Actor:
        """Somebody as the server knows them.

        Raises:
            Refused: it does not know them.
            NetworkError: any other failure.
        """
        data = await self.session.get(
            "app.bsky.actor.getProfile",
            [("actor", did)],
            urgency=urgency,
            headers=await self.labelers(),
        )
        actor = decode(wire.Actor, data)
        if actor is None:
            raise Refused(f"{self.session.host} sent a profile that cannot be read.")
        return actor

    async def me(self, *, anew: bool = False) -> wire.Actor:
        """The account's own profile.

        Args:
            anew: ask again, although it was asked before.
        """
        if self._me is None or anew:
            self._me = await self.profile(self.session.did, Urgency.WAITING)
        return self._me

    async def views(self, uris: Sequence[str], urgency: Urgency) -> dict[str, wire.PostView]:
        """Posts as the account's server shows them, 25 in one request; those it has not are left out.

        Raises:
            NetworkError: it cannot be asked at the moment.
        """
        found: dict[str, wire.PostView] = {}
        for start in range(0, len(uris), POSTS_A_REQUEST):
            some = uris[start : start + POSTS_A_REQUEST]
            data = await self.session.get(
                "app.bsky.feed.getPosts",
                [("uris", uri) for uri in some],
                urgency=urgency,
                headers=await self.labelers(),
            )
            told = decode(wire.Posts, data) or wire.Posts()
            found |= {view.uri: view for view in told.posts if view.uri in some}
        return found

    async def seen(self, uris: Sequence[str], urgency: Urgency) -> dict[str, SeenPost]:
        """The same, as the program has them.

        Raises:
            NetworkError: it cannot be asked at the moment.
        """
        views = await self.views(uris, urgency)
        border = await self.border()
        return {seen.view.server_id: seen for seen in usable(to_seen, views.values(), border)}

    async def referred(self, uris: Sequence[str]) -> dict[str, wire.PostView]:
        """Posts that something is to be written about. One's own may be so young that no view of them is shown yet:
        those are read from the account's repository, which has them at once.

        Raises:
            NetworkError: it cannot be asked at the moment.
        """
        found = await self.views(uris, Urgency.SEND)
        for uri in uris:
            name = AtUri.parse(uri)
            if uri in found or name is None or name.author != self.session.did:
                continue
            record = await self.record(uri, Urgency.SEND)
            if record is not None and record.value is not None:
                found[uri] = wire.PostView(
                    uri=uri, cid=record.cid, author=await self.me(), record=record.value
                )
        return found

    async def record(self, uri: str, urgency: Urgency) -> wire.Record | None:
        """A record of anybody's repository; None if it is surely not there.

        Raises:
            NetworkError: it cannot be asked at the moment.
        """
        name = AtUri.parse(uri)
        if name is None:
            return None
        query = [("repo", name.author), ("collection", name.collection), ("rkey", name.key)]
        try:
            data = await self.session.get("com.atproto.repo.getRecord", query, urgency=urgency)
        except Refused as refused:
            if refused.gone:
                return None
            raise
        return decode(wire.Record, data)

    async def find_place(self, entry_id: str) -> Place | None:
        """Where an entry stands that was not met since the program began; None if that cannot be told."""
        uri = AtUri.parse(entry_id)
        if uri is None:
            return None
        border = await self.border()
        if uri.collection == POST:
            view = (await self.views([entry_id], Urgency.HOME)).get(entry_id)
            seen = next(usable(to_seen, [view] if view else [], border), None)
            if view is None or seen is None:
                return None
            return Place(seen.post.created_at, view.indexed_at or "", view.cid or "")
        record = await self.record(entry_id, Urgency.HOME)
        told = (record.value or {}).get("createdAt") if record else None
        at: Millis | None = past(told if isinstance(told, str) else None, border)
        if record is None or at is None:
            return None
        return Place(at, str(told), record.cid or "")


def reposted(record: wire.Record | None) -> str | None:
    """The address of the post that a repost passes on."""
    subject = (record.value or {}).get("subject") if record else None
    uri = subject.get("uri") if isinstance(subject, dict) else None
    return uri if isinstance(uri, str) and AtUri.parse(uri) else None


def is_repost(uri: AtUri) -> bool:
    """Whether an address is that of a repost."""
    return uri.collection == _REPOST
