"""Texts on their way out: a post, another wording of one, and what the server keeps for later."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tui_inbox.core.draft import Outgoing, Scheduled
from tui_inbox.core.moment import SECOND, Millis, to_datetime, to_millis_or_none
from tui_inbox.core.ports import AnswerLost, PageOf, Refused, Unsupported
from tui_inbox.core.post import SeenPost
from tui_inbox.core.text import clean
from tui_inbox.networks.http import Nested, Pairs
from tui_inbox.networks.limits import Urgency
from tui_inbox.networks.mastodon import wire
from tui_inbox.networks.mastodon.convert import AUDIENCES, usable_status
from tui_inbox.networks.mastodon.feeds import quoted
from tui_inbox.networks.mastodon.paging import carries_cursor, linked_cursor, page_query
from tui_inbox.networks.mastodon.server import Server
from tui_inbox.networks.mastodon.session import Session
from tui_inbox.networks.wire_base import decode, decode_list

_SCHEDULED = "/api/v1/scheduled_statuses"
_PLANS_A_PAGE = 40
_MOST_PAGES = 5

_VISIBILITIES = {audience: name for name, audience in AUDIENCES.items()}


async def publish(session: Session, outgoing: Outgoing) -> SeenPost:
    """Post a text, or make it that of an own post. The audience is always said: servers differ in what they do
    without it.

    Raises:
        Unsupported: the server knows no such thing, and nothing was sent.
        NetworkError: it was not posted, or that is not known.
    """
    server = await session.server()  # nothing else may fail once the text has left
    _check(server, session.host, outgoing)
    if outgoing.edits is None:
        method, path = "POST", "/api/v1/statuses"
        form = new_form(replace(outgoing, send_at=None))
    else:
        method, path = "PUT", f"/api/v1/statuses/{quoted(outgoing.edits)}"
        form = edit_form(outgoing)
    answer = await session.http.send(method, path, form, key=outgoing.key)
    seen = usable_status(decode(wire.Status, answer.data), session.border_of(server))
    if seen is None:
        raise AnswerLost(f"{session.host} sent an answer that makes no sense.")
    return seen


async def plan(session: Session, outgoing: Outgoing) -> Scheduled:
    """Hand over a text that the server is to post later.

    A server takes a moment that is too near for now and posts at once (facts 1.6): that is not known to be planned,
    so the account's posts are to be looked at.

    Raises:
        NetworkError: it was not planned, or that is not known.
    """
    if outgoing.send_at is None:
        raise ValueError("a text without a moment cannot be planned")
    server = await session.server()
    _check(server, session.host, outgoing)
    if not server.schedules:
        raise Unsupported(f"{session.host} keeps no texts for later.")
    form = new_form(outgoing)
    answer = await session.http.send("POST", "/api/v1/statuses", form, key=outgoing.key)
    told = decode(wire.ScheduledStatus, answer.data)
    planned = _to_scheduled(told) if told else None
    if planned is None:
        raise AnswerLost(f"{session.host} does not say that it keeps this for later.")
    return planned


async def read_scheduled(session: Session) -> Sequence[Scheduled]:
    """What the server will post by itself, as far as five pages tell it.

    Raises:
        Unsupported: the server keeps nothing for later.
        NetworkError: any other failure.
    """
    found: dict[str, Scheduled] = {}
    cursor: str | None = None
    for _ in range(_MOST_PAGES):
        page = PageOf(limit=_PLANS_A_PAGE, older_than=cursor)
        try:
            answer = await session.http.get(
                _SCHEDULED,
                page_query(page, _PLANS_A_PAGE),
                urgency=Urgency.SEND,
                paging=carries_cursor(page),
            )
        except Refused as refused:
            if refused.gone:
                raise Unsupported(f"{session.host} keeps no texts for later.") from None
            raise
        if not isinstance(answer.data, list):
            raise Unsupported(f"{session.host} keeps no texts for later.")
        told = map(_to_scheduled, decode_list(wire.ScheduledStatus, answer.data))
        new = {one.server_id: one for one in told if one is not None}
        cursor = linked_cursor(answer)
        if cursor is None or new.keys() <= found.keys():
            return tuple((found | new).values())
        found |= new
    return tuple(found.values())


async def unschedule(session: Session, plan_id: str) -> None:
    """Take back a text that the server keeps for later.

    Raises:
        Refused: it is not there any more.
        NetworkError: any other failure.
    """
    try:
        await session.http.send("DELETE", f"{_SCHEDULED}/{quoted(plan_id)}")
    except Refused as refused:
        if refused.gone:
            raise Refused(
                "The server does not keep it any more: it has been posted, or was taken back before.",
                gone=True,
            ) from None
        raise


def new_form(outgoing: Outgoing) -> Pairs | Nested:
    """The parameters of a new status; none is sent empty, since some servers refuse that."""
    said: dict[str, object] = {
        "status": outgoing.text,
        # A narrower audience of a server's own cannot be asked for; those named is never too wide.
        "visibility": _VISIBILITIES.get(outgoing.audience, "direct"),
        "language": outgoing.language,
        "spoiler_text": outgoing.warning,
        "sensitive": _is_folded(outgoing),  # snac drops the warning without it
        "in_reply_to_id": outgoing.reply_to,
        "quoted_status_id": outgoing.quotes,
        "scheduled_at": None if outgoing.send_at is None else _moment(outgoing.send_at),
        "media_ids": list(outgoing.media),
        "poll": _poll(outgoing),
    }
    said = {name: value for name, value in said.items() if value}
    return said if "poll" in said else _flat(said)


def edit_form(outgoing: Outgoing) -> Pairs | Nested:
    """The parameters of another wording: all of it, because what is left out of an edit is taken away (facts 1.6).

    The audience cannot change, so it is not said.
    """
    said: dict[str, object] = {
        "status": outgoing.text,
        "spoiler_text": outgoing.warning,
        "sensitive": _is_folded(outgoing),
    }
    if outgoing.language:
        said["language"] = outgoing.language
    if outgoing.media:
        alts = zip(outgoing.media, outgoing.alts, strict=False)
        said["media_ids"] = list(outgoing.media)
        said["media_attributes"] = [{"id": one, "description": alt} for one, alt in alts]
    if outgoing.poll is not None:
        said["poll"] = _poll(outgoing)
    return said if outgoing.media or outgoing.poll else _flat(said)


def _is_folded(outgoing: Outgoing) -> bool:
    return bool(outgoing.warning) or outgoing.sensitive


def _poll(outgoing: Outgoing) -> dict[str, object] | None:
    poll = outgoing.poll
    if poll is None:
        return None
    return {
        "options": list(poll.options),
        "expires_in": poll.lasts // SECOND,
        "multiple": poll.multiple,
    }


def _moment(at: Millis) -> str:
    return f"{to_datetime(at):%Y-%m-%dT%H:%M:%S}.{at % SECOND:03}Z"


def _flat(said: dict[str, object]) -> Pairs:
    """Parameters as a form, which is what the oldest servers read."""
    form: list[tuple[str, str]] = []
    for name, value in said.items():
        if isinstance(value, list):
            form += [(f"{name}[]", str(one)) for one in value]
        else:
            form.append((name, str(value).lower() if isinstance(value, bool) else str(value)))
    return form


def _check(server: Server, host: str, outgoing: Outgoing) -> None:
    """Whether the server knows what a text asks of it: what it does not know it leaves out without a word."""
    if outgoing.quotes and not server.quotes:
        raise Unsupported(f"{host} knows no quotes, so this was not sent.")
    if outgoing.edits and not server.edits:
        raise Unsupported(f"{host} does not change posts, so this was not sent.")


def _to_scheduled(told: wire.ScheduledStatus) -> Scheduled | None:
    at = to_millis_or_none(told.scheduled_at)
    if at is None:
        return None
    return Scheduled(told.id, at, clean((told.params and told.params.text) or ""))
