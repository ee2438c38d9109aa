"""One account on a server of Mastodon's kind: the calls, as the `Network` port wants them."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from urllib.parse import quote

import httpx

from tui_inbox.core.draft import Act, ActKind, Outgoing
from tui_inbox.core.events import NetworkEvent
from tui_inbox.core.person import Relationship
from tui_inbox.core.ports import (
    AccountState,
    AnswerLost,
    Clock,
    Identity,
    NoticePage,
    Page,
    PageOf,
    Refused,
    SignedOut,
    Thread,
    Unreachable,
    Unsupported,
)
from tui_inbox.core.post import Audience, Feed, FeedKind, SeenPost
from tui_inbox.core.text import clean_line
from tui_inbox.networks.http import Answer, Http, Pairs, Token
from tui_inbox.networks.limits import Budget, Urgency
from tui_inbox.networks.mastodon import wire
from tui_inbox.networks.mastodon.convert import (
    AUDIENCES,
    Border,
    Unusable,
    to_audience,
    to_entry,
    to_notice,
    to_person,
    to_relationship,
    to_seen,
    usable,
)
from tui_inbox.networks.mastodon.instance import Facts, facts_of, limits_of, read_instance
from tui_inbox.networks.mastodon.paging import carries_cursor, older_cursor, page_query
from tui_inbox.networks.mastodon.stream import Line

_FACTS = "server facts"
_STATUSES_A_PAGE = 40
_NOTICES_A_PAGE = 80
_PEOPLE_A_REQUEST = 40

_VISIBILITIES = {audience: name for name, audience in AUDIENCES.items()}

_URGENCIES = {
    FeedKind.SEARCH: Urgency.SEARCHES,
    FeedKind.TAG: Urgency.SEARCHES,
    FeedKind.PERSON: Urgency.CHECKS,
}

_VERBS = {
    ActKind.FAVOURITE: "favourite",
    ActKind.UNFAVOURITE: "unfavourite",
    ActKind.BOOST: "reblog",
    ActKind.UNBOOST: "unreblog",
    ActKind.BOOKMARK: "bookmark",
    ActKind.UNBOOKMARK: "unbookmark",
    ActKind.FOLLOW: "follow",
    ActKind.UNFOLLOW: "unfollow",
    ActKind.MUTE: "mute",
    ActKind.UNMUTE: "unmute",
    ActKind.BLOCK: "block",
    ActKind.UNBLOCK: "unblock",
    ActKind.NOTE: "note",
}


class MastodonNetwork:
    """Fulfils `core.ports.Network` for one account.

    Args:
        server: base address, as `https://host`; plain `http` only for loopback hosts.
        token: of the account; empty if it was lost, which ends as `SignedOut`.
        clock: for waits, and for the time of reading.
        state: keeps the server's facts and the way its stream was opened.
        account_server_id: the account's own id on its server; asked for where it is not given.
        budget: the account's request budget, where several share a host (`limits.Budgets`).
        transport: replaces the network in tests.

    Raises:
        ValueError: the address is neither `https` nor a loopback host, or the token is none.
    """

    def __init__(
        self,
        server: str,
        token: str,
        *,
        clock: Clock,
        state: AccountState,
        account_server_id: str | None = None,
        budget: Budget | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._server = server.rstrip("/")
        self._token = Token(token) if token else None
        self._clock = clock
        self._state = state
        self._own_id = account_server_id
        self._facts: Facts | None = None
        self._http = Http(
            self._server, clock=clock, token=self._token, budget=budget, transport=transport
        )

    async def identify(self) -> Identity:
        """Who the token belongs to, and what the server allows. Asks the server anew."""
        account = await self._own_account()
        instance = await read_instance(self._http)
        await self._keep(facts_of(instance, self._server))
        privacy, language = await self._usual(account)
        return Identity(
            person=to_person(account, await self._border()),
            limits=limits_of(instance, self._server),
            usual_audience=to_audience(privacy) if privacy else Audience.PUBLIC,
            usual_language=clean_line(language or "", limit=35) or None,
        )

    async def feed(self, feed: Feed, page: PageOf) -> Page:
        """A page of a feed. Both cursors may be an entry's id as well as what a page gave.

        A search gives its newest page only.
        """
        if feed.kind is FeedKind.SEARCH:
            return await self._search(feed.argument, page)
        answer = await self._page(
            await self._path(feed),
            page,
            most=_STATUSES_A_PAGE,
            urgency=_URGENCIES.get(feed.kind, Urgency.HOME),
        )
        statuses = wire.decode_list(wire.Status, answer.data)
        return Page(
            entries=tuple(usable(to_entry, statuses, await self._border())),
            older=older_cursor(answer, [status.id for status in statuses]),
        )

    async def notices(self, page: PageOf) -> NoticePage:
        """A page of notifications, of all types and ungrouped: v1, which every server has."""
        answer = await self._page(
            "/api/v1/notifications", page, most=_NOTICES_A_PAGE, urgency=Urgency.MENTIONS
        )
        notifications = wire.decode_list(wire.Notification, answer.data)
        return NoticePage(
            notices=tuple(usable(to_notice, notifications, await self._border())),
            older=older_cursor(answer, [each.id for each in notifications]),
        )

    async def thread(self, server_id: str) -> Thread:
        """A post with its ancestors and answers; of a boost, those of the post it passes on."""
        path = f"/api/v1/statuses/{_quoted(server_id)}"
        answer = await self._http.get(path, urgency=Urgency.WAITING)
        status = wire.decode(wire.Status, answer.data)
        if status is not None and status.reblog is not None:
            status = status.reblog
            path = f"/api/v1/statuses/{_quoted(status.id)}"
        focus = self._seen(status, await self._border())
        if focus is None:
            raise Refused(f"{self._http.host} sent a post that cannot be read.")
        answer = await self._http.get(f"{path}/context", urgency=Urgency.WAITING)
        context = wire.decode(wire.Context, answer.data) or wire.Context()
        border = await self._border()
        return Thread(
            focus=focus,
            above=tuple(usable(to_seen, context.ancestors, border)),
            below=tuple(usable(to_seen, context.descendants, border)),
        )

    async def relationships(self, server_ids: Sequence[str]) -> Sequence[Relationship]:
        """How the account stands to people, forty in one request."""
        found: list[Relationship] = []
        for start in range(0, len(server_ids), _PEOPLE_A_REQUEST):
            some = server_ids[start : start + _PEOPLE_A_REQUEST]
            answer = await self._http.get(
                "/api/v1/accounts/relationships",
                [("id[]", server_id) for server_id in some],
                urgency=Urgency.CHECKS,
            )
            told = wire.decode_list(wire.Relationship, answer.data)
            found += [to_relationship(each) for each in told if each.id in some]
        return found

    async def publish(self, outgoing: Outgoing) -> SeenPost:
        """Post a text. The audience is always said: servers differ in what they do without it."""
        facts = await self._known_facts()  # nothing else may fail once the text has left
        answer = await self._http.send(
            "POST", "/api/v1/statuses", _status_form(outgoing), key=outgoing.key
        )
        status = wire.decode(wire.Status, answer.data)
        seen = self._seen(status, self._border_of(facts))
        if seen is None:
            raise AnswerLost(f"{self._http.host} sent an answer that makes no sense.")
        return seen

    async def act(self, act: Act) -> None:
        """Do something to a post or person. Deleting what is gone already is success."""
        target = _quoted(act.target)
        if act.kind is ActKind.DELETE:
            try:
                await self._http.send("DELETE", f"/api/v1/statuses/{target}")
            except Refused as refused:
                if not refused.gone:
                    raise
            return
        kind = "accounts" if act.kind.on_person else "statuses"
        form = [("comment", act.text)] if act.kind is ActKind.NOTE else []
        await self._http.send("POST", f"/api/v1/{kind}/{target}/{_VERBS[act.kind]}", form)

    async def listen(self) -> AsyncGenerator[NetworkEvent, None]:
        """Events of the account's own stream: home, notifications, edits and deletions."""
        facts = await self._known_facts()
        if self._token is None:
            raise SignedOut(f"There is no sign-in for {self._http.host} here.")
        if facts.streaming is None:
            raise Unsupported(f"{self._http.host} has no stream.")
        line = Line(
            base=facts.streaming,
            http=self._http,
            token=self._token,
            clock=self._clock,
            state=self._state,
            is_signed_in=self._is_signed_in,
            border=lambda: self._border_of(facts),
        )
        async with aclosing(line.listen()) as events:
            async for event in events:
                yield event

    async def close(self) -> None:
        """Let go of connections."""
        await self._http.close()

    async def _own_account(self) -> wire.Account:
        answer = await self._http.get(
            "/api/v1/accounts/verify_credentials", urgency=Urgency.WAITING
        )
        account = wire.decode(wire.Account, answer.data)
        if account is None:
            raise Unsupported(f"{self._http.host} does not say who this account is.")
        self._own_id = account.id
        return account

    async def _is_signed_in(self) -> bool:
        """Whether the token is accepted, asked where no stream is involved."""
        try:
            await self._own_account()
        except SignedOut:
            return False
        return True

    async def _usual(self, account: wire.Account) -> tuple[str | None, str | None]:
        """Visibility and language the owner posts with by default, from the account or the
        preferences."""
        source = account.source or wire.Source()
        if source.privacy:
            return source.privacy, source.language
        try:
            answer = await self._http.get("/api/v1/preferences", urgency=Urgency.WAITING)
        except (Refused, Unsupported):
            return None, source.language
        preferences = wire.decode(wire.Preferences, answer.data) or wire.Preferences()
        return preferences.visibility, source.language or preferences.language

    async def _path(self, feed: Feed) -> str:
        argument = _quoted(feed.argument)
        match feed.kind:
            case FeedKind.HOME:
                return "/api/v1/timelines/home"
            case FeedKind.OWN:
                own_id = self._own_id or (await self._own_account()).id
                return f"/api/v1/accounts/{_quoted(own_id)}/statuses"
            case FeedKind.LIST:
                return f"/api/v1/timelines/list/{argument}"
            case FeedKind.TAG:
                return f"/api/v1/timelines/tag/{_quoted(feed.argument.removeprefix('#'))}"
            case FeedKind.PERSON:
                return f"/api/v1/accounts/{argument}/statuses"
        raise Unsupported(f"{self._http.host} has no such feed.")

    async def _page(self, path: str, page: PageOf, *, most: int, urgency: Urgency) -> Answer:
        answer = await self._http.get(
            path, page_query(page, most), urgency=urgency, paging=carries_cursor(page)
        )
        if answer.status == 206:
            # The feed is being built after a long absence: what came is not all there is.
            raise Unreachable(f"{self._http.host} is still putting this feed together.")
        if not isinstance(answer.data, list):
            raise Unsupported(f"{self._http.host} has no such feed.")
        return answer

    async def _search(self, words: str, page: PageOf) -> Page:
        if carries_cursor(page):
            return Page(())
        query: Pairs = [("q", words), ("type", "statuses"), *page_query(page, _STATUSES_A_PAGE)]
        answer = await self._http.get("/api/v2/search", query, urgency=Urgency.SEARCHES)
        results = wire.decode(wire.SearchResults, answer.data) or wire.SearchResults()
        return Page(tuple(usable(to_entry, results.statuses, await self._border())))

    def _seen(self, status: wire.Status | None, border: Border) -> SeenPost | None:
        if status is None:
            return None
        try:
            return to_seen(status, border)
        except Unusable:
            return None

    async def _border(self) -> Border:
        return self._border_of(await self._known_facts())

    def _border_of(self, facts: Facts) -> Border:
        return Border(server=self._server, domain=facts.domain, now=self._clock.now())

    async def _known_facts(self) -> Facts:
        """The server's facts: from memory, from the last run, or from the server."""
        if self._facts is None:
            kept = await self._state.get(_FACTS)
            self._facts = Facts.from_json(kept) if kept else None
        if self._facts is None:
            await self._keep(facts_of(await read_instance(self._http), self._server))
        assert self._facts is not None
        return self._facts

    async def _keep(self, facts: Facts) -> None:
        if facts != self._facts:
            await self._state.put(_FACTS, facts.to_json())
        self._facts = facts


def _status_form(outgoing: Outgoing) -> list[tuple[str, str]]:
    """The parameters of a new status; none is sent empty, since some servers refuse that."""
    form = [
        ("status", outgoing.text),
        # A narrower audience of a server's own cannot be asked for; those named is never too wide.
        ("visibility", _VISIBILITIES.get(outgoing.audience, "direct")),
        ("language", outgoing.language or ""),
        ("spoiler_text", outgoing.warning),
        ("sensitive", "true" if outgoing.warning else ""),  # snac drops the warning without it
        ("in_reply_to_id", outgoing.reply_to or ""),
        ("quoted_status_id", outgoing.quotes or ""),
    ]
    return [(name, value) for name, value in form if value]


def _quoted(part: str) -> str:
    return quote(part, safe="")
