"""What an outbox row says, in the words of the account's server; and what a confirmed act changes here."""

from __future__ import annotations

from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.changes import Topic
from tui_inbox.core.door import Wish
from tui_inbox.core.draft import Draft, Outgoing, is_kept_by_server
from tui_inbox.core.moment import Millis
from tui_inbox.core.outbox_state import POST, OutboxState
from tui_inbox.core.outside import FEED_NETWORK
from tui_inbox.core.ports import Network, NetworkError
from tui_inbox.core.post import SeenPost
from tui_inbox.store import accounts, door, outbox, people, posts
from tui_inbox.store.database import Connection
from tui_inbox.store.outbox import OutboxRow
from tui_inbox.store.store import Writing

_VIEW_FLAGS: dict[ActKind, tuple[str, bool]] = {
    ActKind.FAVOURITE: ("favourited", True),
    ActKind.UNFAVOURITE: ("favourited", False),
    ActKind.BOOST: ("boosted", True),
    ActKind.UNBOOST: ("boosted", False),
    ActKind.BOOKMARK: ("bookmarked", True),
    ActKind.UNBOOKMARK: ("bookmarked", False),
}
_PERSON_FLAGS: dict[ActKind, tuple[str, bool]] = {
    ActKind.FOLLOW: ("following", True),
    ActKind.UNFOLLOW: ("following", False),
    ActKind.MUTE: ("muting", True),
    ActKind.UNMUTE: ("muting", False),
    ActKind.BLOCK: ("blocking", True),
    ActKind.UNBLOCK: ("blocking", False),
}


class NoTarget(Exception):
    """What a row refers to cannot be named to the account's server. `str()` is a sentence for the user."""


def not_shown(db: Connection, row: OutboxRow) -> list[int]:
    """Posts (local ids) that a row is about and that its account's server has never shown."""
    about: tuple[int | None, ...] = (row.post,)
    if row.is_text:
        draft = Draft.from_json(row.content)
        about = (draft.reply_to, draft.quotes)
    return [
        post
        for post in about
        if post is not None and posts.server_id(db, row.account, post) is None
    ]


def has_no_name_yet(db: Connection, row: OutboxRow) -> bool:
    """Whether a text answers what a feed has brought: who wrote that has no name on a server, so it names nobody."""
    if not row.is_text or row.post is None:
        return False
    answered = posts.post(db, row.account, row.post)
    return answered is not None and answered.post.ref.network == FEED_NETWORK


def outgoing_of(db: Connection, row: OutboxRow, now: Millis) -> Outgoing:
    """The text of a row, with the server's ids of what it answers, quotes and changes.

    The server is to keep it for later only where it does that, and where its moment is far enough ahead.

    Raises:
        NoTarget: the account's server has never shown the post that it refers to, or it is not known which post the
            part above it became.
    """
    draft = Draft.from_json(row.content)
    schedules = accounts.account(db, row.account).limits.schedules
    plans = is_kept_by_server(draft.send_at, now, schedules=schedules)
    return Outgoing(
        key=row.key,
        text=draft.text,
        warning=draft.warning,
        audience=draft.audience,
        language=draft.language,
        reply_to=_server_id(db, row.account, _parent(db, row, draft)),
        quotes=_server_id(db, row.account, draft.quotes),
        created_at=draft.stamped_at or row.created_at,
        media=tuple(one.server_id for one in draft.attachments if one.server_id),
        alts=tuple(one.alt for one in draft.attachments if one.server_id),
        sensitive=draft.sensitive,
        poll=draft.poll,
        edits=_server_id(db, row.account, draft.edits),
        send_at=draft.send_at if plans else None,
        answerers=draft.answerers,
        card=draft.card,
    )


def _parent(db: Connection, row: OutboxRow, draft: Draft) -> int | None:
    """What a text answers: of a part of a thread, what the part above it has become."""
    above = outbox.row(db, row.follows) if row.follows is not None else None
    if draft.reply_to is None and above is not None and above.kind == POST:
        if above.state is OutboxState.SENT and above.sent_post is None:
            raise NoTarget(
                "It is not known which post the part above this became, so it was not sent."
            )
        return above.sent_post
    return draft.reply_to


def act_of(db: Connection, row: OutboxRow) -> Act:
    """The act of a row, with the server's id of its target.

    Raises:
        NoTarget: the account's server has never shown the post or person.
    """
    kind = ActKind(row.kind)
    target: str | None
    if kind.on_account:
        return Act(kind, row.content)
    if kind.on_held_back:
        target = row.content  # the server's id of the request; the person is only whom it is about
    elif not kind.on_person:
        target = _server_id(db, row.account, row.post)
    else:
        view = people.view(db, row.account, row.person) if row.person else None
        target = view.server_id if view and view.server_id else None
    if target is None:
        raise NoTarget(
            "This account's server does not know what this is about, so it was not sent."
        )
    match kind:
        case ActKind.VOTE:
            return Act(kind, target, options=outbox.options_of(row.content))
        case ActKind.MUTE:
            return Act(kind, target, lasts=outbox.lasts_of(row.content))
        case ActKind.REPORT:
            return Act(kind, target, report=outbox.report_of(row.content))
    return Act(kind, target, row.content if kind is ActKind.NOTE or kind.on_list else "")


async def look_after(network: Network, act: Act) -> SeenPost | None:
    """The post as its server shows it after an act that changed more of it than a flag: a vote brings counts.

    Returns:
        None where there is nothing more to see, or where it cannot be read now; a later page brings it.
    """
    if act.kind is not ActKind.VOTE:
        return None
    try:
        return (await network.thread(act.target)).focus
    except NetworkError:
        return None


def apply_act(w: Writing, row: OutboxRow, now: Millis) -> None:
    """Make a confirmed act part of what the account sees."""
    kind = ActKind(row.kind)
    if row.post is not None and kind is ActKind.VOTE:
        posts.set_voted(w, row.account, row.post, outbox.options_of(row.content))
    elif row.post is not None and kind in _VIEW_FLAGS:
        name, value = _VIEW_FLAGS[kind]
        posts.set_view(w, row.account, row.post, **{name: value})
        w.changed(Topic.POST, row.post)
    elif row.post is not None and kind in (ActKind.MUTE_TALK, ActKind.UNMUTE_TALK):
        posts.set_talk_muted(w, row.account, row.post, kind is ActKind.MUTE_TALK)
    elif row.post is not None and kind is ActKind.DELETE:
        server_id = posts.server_id(w.db, row.account, row.post)
        posts.delete_post(w, row.account, server_id=server_id, at=now)
    elif row.person is not None and (wish := Wish.decided_by(kind)) is not None:
        door.remove(w, row.account, wish, row.person)
    elif row.person is not None and kind in _PERSON_FLAGS:
        name, value = _PERSON_FLAGS[kind]
        people.set_flag(w, row.account, row.person, name, value)
        w.changed(Topic.PEOPLE, row.account)


def _server_id(db: Connection, account: int, post: int | None) -> str | None:
    if post is None:
        return None
    server_id = posts.server_id(db, account, post)
    if server_id is None:
        raise NoTarget(
            "This account's server does not know the post this refers to, so it was not sent."
        )
    return server_id
