"""Acts: what each asks of the server, and what makes repeating it harmless."""

from __future__ import annotations

from collections.abc import Sequence

from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.moment import SECOND
from tui_inbox.core.person import Relationship
from tui_inbox.core.ports import Refused
from tui_inbox.core.profile import ProfileEdit
from tui_inbox.networks.http import Pairs
from tui_inbox.networks.limits import Kind, Urgency
from tui_inbox.networks.mastodon import profile, texts, unwanted, wire
from tui_inbox.networks.mastodon.convert import to_relationship
from tui_inbox.networks.mastodon.feeds import quoted
from tui_inbox.networks.mastodon.session import Session
from tui_inbox.networks.mastodon.wire_account import UserList
from tui_inbox.networks.wire_base import decode, decode_list

_PEOPLE_A_REQUEST = 40

_VERBS = {
    ActKind.FAVOURITE: "statuses/{}/favourite",
    ActKind.UNFAVOURITE: "statuses/{}/unfavourite",
    ActKind.BOOST: "statuses/{}/reblog",
    ActKind.UNBOOST: "statuses/{}/unreblog",
    ActKind.BOOKMARK: "statuses/{}/bookmark",
    ActKind.UNBOOKMARK: "statuses/{}/unbookmark",
    ActKind.FOLLOW: "accounts/{}/follow",
    ActKind.UNFOLLOW: "accounts/{}/unfollow",
    ActKind.MUTE: "accounts/{}/mute",
    ActKind.UNMUTE: "accounts/{}/unmute",
    ActKind.BLOCK: "accounts/{}/block",
    ActKind.UNBLOCK: "accounts/{}/unblock",
    ActKind.NOTE: "accounts/{}/note",
    ActKind.ACCEPT_FOLLOW: "follow_requests/{}/authorize",
    ActKind.REJECT_FOLLOW: "follow_requests/{}/reject",
    ActKind.MUTE_TALK: "statuses/{}/mute",
    ActKind.UNMUTE_TALK: "statuses/{}/unmute",
    ActKind.ADMIT: "notifications/requests/{}/accept",
    ActKind.DISMISS: "notifications/requests/{}/dismiss",
}
_DONE_WHEN_GONE = frozenset({ActKind.REJECT_FOLLOW, ActKind.ADMIT, ActKind.DISMISS})
"""Requests leave the list when they are answered, so an answered one is not found again."""


async def do(session: Session, act: Act) -> None:
    """Do something to a post, a person, or somebody held back. What is done already is success.

    Raises:
        NetworkError: it was not done, or that is not known.
    """
    match act.kind:
        case ActKind.DELETE:
            await _delete(session, act.target)
        case ActKind.VOTE:
            await _vote(session, act)
        case ActKind.ACCEPT_FOLLOW:
            await _accept(session, act)
        case ActKind.LIST:
            await _put_on_list(session, act)
        case ActKind.UNLIST:
            await _change_list(session, "DELETE", act)
        case ActKind.REPORT:
            await unwanted.report(session, act)
        case ActKind.HIDE_BOOSTS | ActKind.SHOW_BOOSTS:
            await unwanted.show_boosts(session, act)
        case ActKind.BLOCK_SERVER | ActKind.UNBLOCK_SERVER:
            await unwanted.block_server(session, act)
        case ActKind.HIDE_WORD:
            await unwanted.hide_word(session, act.target)
        case ActKind.SHOW_WORD:
            await unwanted.show_word(session, act.target)
        case ActKind.UNSCHEDULE:
            await texts.unschedule(session, act.target)
        case ActKind.PROFILE:
            await profile.change_profile(session, ProfileEdit.from_json(act.target))
        case _:
            try:
                await _post(session, act, _form_of(act))
            except Refused as refused:
                if not (refused.gone and act.kind in _DONE_WHEN_GONE):
                    raise


async def read_relationships(session: Session, server_ids: Sequence[str]) -> Sequence[Relationship]:
    """How the account stands to people, forty in one request."""
    found: list[Relationship] = []
    for start in range(0, len(server_ids), _PEOPLE_A_REQUEST):
        some = server_ids[start : start + _PEOPLE_A_REQUEST]
        answer = await session.http.get(
            "/api/v1/accounts/relationships",
            [("id[]", server_id) for server_id in some],
            urgency=Urgency.CHECKS,
        )
        told = decode_list(wire.Relationship, answer.data)
        found += [to_relationship(each) for each in told if each.id in some]
    return found


def _form_of(act: Act) -> Pairs:
    if act.kind is ActKind.NOTE:
        return [("comment", act.text)]
    if act.kind is ActKind.MUTE and act.lasts is not None:
        return [("duration", str(max(1, act.lasts // SECOND)))]
    return []


async def _post(session: Session, act: Act, form: Pairs = ()) -> None:
    path = _VERBS[act.kind].format(quoted(act.target))
    kind = Kind.DELETION if act.kind is ActKind.UNBOOST else Kind.PLAIN
    await session.http.send("POST", f"/api/v1/{path}", form, kind=kind)


async def _delete(session: Session, target: str) -> None:
    try:
        path = f"/api/v1/statuses/{quoted(target)}"
        await session.http.send("DELETE", path, kind=Kind.DELETION)
    except Refused as refused:
        if not refused.gone:
            raise


async def _accept(session: Session, act: Act) -> None:
    """Let somebody follow. A request that is gone was accepted if they follow, else withdrawn."""
    try:
        await _post(session, act)
    except Refused as refused:
        told = await read_relationships(session, [act.target]) if refused.gone else []
        if not any(one.followed_by for one in told):
            raise


async def _put_on_list(session: Session, act: Act) -> None:
    """Put somebody on a list. Who stands there already is refused, so the server is asked where they stand."""
    try:
        await _change_list(session, "POST", act)
    except Refused:
        path = f"/api/v1/accounts/{quoted(act.target)}/lists"
        answer = await session.http.get(path, urgency=Urgency.SEND)
        if all(one.id != act.text for one in decode_list(UserList, answer.data)):
            raise


async def _change_list(session: Session, method: str, act: Act) -> None:
    path = f"/api/v1/lists/{quoted(act.text)}/accounts"
    await session.http.send(method, path, [("account_ids[]", act.target)])


async def _vote(session: Session, act: Act) -> None:
    """Vote in the poll of a post. A server counts a vote once and refuses the second one.

    Raises:
        Refused: there is no poll, nothing was chosen, or other options were voted for already.
    """
    path = f"/api/v1/statuses/{quoted(act.target)}"
    answer = await session.http.get(path, urgency=Urgency.SEND)
    status = decode(wire.Status, answer.data)
    poll = (status.reblog or status).poll if status else None
    if poll is None or not act.options:
        raise Refused("There is nothing to vote on." if act.options else "No option was chosen.")
    if poll.voted and set(poll.own_votes) == set(act.options):
        return
    if poll.voted:
        raise Refused("You have voted in this poll already; a vote cannot be changed.")
    choices = [("choices[]", str(place)) for place in act.options]
    await session.http.send("POST", f"/api/v1/polls/{quoted(poll.id)}/votes", choices)
