"""Undo: the last thing the owner did is taken back, all of it in one transaction, without the network.

What has changed since, by itself or by the other side, is left as it is and said.
"""

from __future__ import annotations

from concurrent.futures import Future

from msgspec.structs import replace

from tui_inbox.commands import own_keys, profile
from tui_inbox.commands.acts import note_steps, put_act
from tui_inbox.commands.context import Context, NotNow, NotPossible, Outcome
from tui_inbox.commands.journal import Step, rows_of, steps_of
from tui_inbox.commands.outgoing import kept_again, stop, texts_to_draft
from tui_inbox.commands.own_rules import change_back
from tui_inbox.commands.undo_searches import REVERSALS_OF_SEARCHES, Reversal, which_hit
from tui_inbox.core.act import ActKind
from tui_inbox.core.conversation import Door, ItemState
from tui_inbox.core.draft import Draft
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.suggestion import Suggestion
from tui_inbox.store import (
    accounts,
    actions,
    drafts,
    groups,
    identities,
    items,
    learning,
    outbox,
    people,
    reading,
    set_aside,
)
from tui_inbox.store.actions import Action
from tui_inbox.store.groups import Group
from tui_inbox.store.set_aside import Aside
from tui_inbox.store.store import Writing


def undo(ctx: Context) -> Future[Outcome]:
    """Take back the last thing that was not taken back yet."""

    def job(w: Writing) -> Outcome:
        action = actions.last_not_undone(w.db)
        if action is None:
            return Outcome("Nothing to undo.")
        return take_back(ctx, w, action)

    return ctx.send(job)


def take_back(ctx: Context, w: Writing, action: Action) -> Outcome:
    """Take an action back, its last step first. What cannot be taken back any more is said, and not tried again.

    Of several conversations that come back the first that was dealt with is named.
    """
    remarks: list[str] = []
    refusals: list[str] = []
    steps = steps_of(action)
    item, hit, person, keys = None, None, None, False
    is_passing = False
    for step in reversed(steps):
        try:
            remarks.append(REVERSALS[step["step"]](ctx, w, step))
        except NotPossible as refusal:
            refusals.append(str(refusal))
            is_passing = isinstance(refusal, NotNow)
        else:
            item = step["item"] if step["step"] == "item" else item
            hit = which_hit(step) if step["step"] == "hit" else hit
            person = _moved(step) or person
            keys = keys or step["step"] == "keys"
    is_undone = len(refusals) < len(steps)
    if is_undone or not is_passing:
        actions.mark_undone(w, action.id)
    head = "undone" if is_undone else "not undone"
    told = dict.fromkeys(remark for remark in (*remarks, *refusals) if remark)
    sentence = "; ".join([f"{head}: {action.what}", *told])
    return Outcome(sentence, action.id, item, hit, person, keys=keys)


def _moved(step: Step) -> tuple[int, int] | None:
    """Whom a step moves in the People pane, as (account, local id)."""
    if step["step"] in {"aside", "met", "pinned", "looked", "act"} and step["person"] is not None:
        return step["account"], step["person"]
    return None


def _item(ctx: Context, w: Writing, step: Step) -> str:
    found = items.item_by_id(w.db, step["item"])
    if found is None:
        raise NotPossible("the conversation has become part of another")
    if found.state != step["became"]:
        raise NotPossible("the conversation has gone on since")
    items.set_state(
        w,
        found.id,
        ItemState(step["state"]),
        at=step["at"],
        closed_by=step["closed_by"],
        until=step["until"],
        until_post=step["until_post"],
        until_start=step["until_start"],
    )
    return ""


def _accepted(ctx: Context, w: Writing, step: Step) -> str:
    people.set_accepted(w, step["account"], step["person"], step["was"])
    return ""


def _let_in(ctx: Context, w: Writing, step: Step) -> str:
    items.set_let_in(w, step["item"], step["was"])
    return ""


def _door(ctx: Context, w: Writing, step: Step) -> str:
    accounts.set_door(w, step["account"], Door(step["was"]))
    return ""


def _pinned(ctx: Context, w: Writing, step: Step) -> str:
    people.set_pinned(w, step["account"], step["person"], step["was"])
    return ""


def _warnings(ctx: Context, w: Writing, step: Step) -> str:
    reading.set_opened(w, step["account"], step["person"], step["was"])
    return ""


def _met(ctx: Context, w: Writing, step: Step) -> str:
    people.set_met(w, step["account"], step["person"], step["was"])
    return ""


def _aside(ctx: Context, w: Writing, step: Step) -> str:
    before = None if step["was"] is None else Aside(*step["was"])
    set_aside.set_aside(w, step["account"], step["person"], Suggestion(step["suggestion"]), before)
    return ""


def _looked(ctx: Context, w: Writing, step: Step) -> str:
    set_aside.looked(w, step["account"], step["person"], step["was"])
    return ""


def _note(ctx: Context, w: Writing, step: Step) -> str:
    note_steps(ctx, w, step["account"], step["person"], step["was"])
    return ""


def _act(ctx: Context, w: Writing, step: Step) -> str:
    """Take an act out of the outbox; one that has left is followed by its reverse."""
    row = outbox.row(w.db, step["row"]) if step["row"] is not None else None
    if row is not None and row.is_surely_unsent:
        stop(w, row, ctx.clock.now())
        return ""
    reverse = ActKind(step["act"]).reverse
    if reverse is None and row is not None and row.is_in_doubt:
        raise NotPossible("it may have left already")
    if reverse is None and step["act"] == ActKind.VOTE:
        raise NotPossible("a vote that has left cannot be taken back")
    if reverse is None:
        raise NotPossible("the server has been told already")
    post, person, text = step["post"], step["person"], step.get("text", "")
    put_act(ctx, w, step["account"], reverse, post=post, person=person, text=text)
    return "the server is told"


def _sent(ctx: Context, w: Writing, step: Step) -> str:
    rows = [row for id in rows_of(step) if (row := outbox.row(w.db, id)) is not None]
    if all(row.state is OutboxState.DISCARDED for row in rows):
        raise NotPossible("it was taken out of the outbox before")
    unsent = [row for row in rows if row.is_surely_unsent]
    if not unsent:
        in_doubt = any(row.is_in_doubt for row in rows)
        raise NotPossible("it may have left already" if in_doubt else "it has left already")
    for row in unsent:
        if texts_to_draft(w, row, step, ctx.clock.now()) is not None and len(unsent) == len(rows):
            return "the text is a draft again"
    return (
        "what had not left is a draft again"
        if len(unsent) < len(rows)
        else "the text is a draft again"
    )


def _discarded(ctx: Context, w: Writing, step: Step) -> str:
    row = outbox.row(w.db, step["row"])
    if row is None:
        return ""
    if row.is_text:
        kept_again(w, row, ctx.clock.now())
        return "the text is a draft again"
    put_act(
        ctx, w, row.account, ActKind(row.kind), post=row.post, person=row.person, text=row.content
    )
    return ""


def _draft(ctx: Context, w: Writing, step: Step) -> str:
    drafts.put_draft(w, Draft.from_json(step["draft"]))
    return ""


def _redraft(ctx: Context, w: Writing, step: Step) -> str:
    """Where the post is there again, an untouched copy of it goes; one that was written on is a draft like others."""
    deletion = outbox.row(w.db, step["deletion"])
    stands = deletion is None or deletion.state is OutboxState.DISCARDED
    if deletion is not None and not (stands or deletion.is_surely_unsent):
        raise NotPossible("its text is kept as a draft")
    begun = Draft.from_json(step["draft"])
    kept = drafts.draft(w.db, begun.id)
    if kept is None:
        return ""
    if replace(kept, updated_at=begun.updated_at) == begun:
        drafts.delete_draft(w, begun.id)
        return ""
    drafts.put_draft(w, replace(kept, follows=None))
    return "what you have changed is kept as a draft"


def _marked_sent(ctx: Context, w: Writing, step: Step) -> str:
    row = outbox.row(w.db, step["row"])
    if row is None or row.state is not OutboxState.SENT:
        raise NotPossible("it has gone on since")
    outbox.set_row(w, row.id, state=OutboxState.UNKNOWN, at=ctx.clock.now())
    return "it is not known again whether it arrived"


def _group_made(ctx: Context, w: Writing, step: Step) -> str:
    groups.remove_group(w, step["group"])
    return ""


def _group_member(ctx: Context, w: Writing, step: Step) -> str:
    group, person, since = step["group"], step["person"], step["since"]
    if groups.group(w.db, group) is None:
        raise NotPossible("the group is gone")
    if since is None:
        groups.remove_member(w, group, person)
    else:
        groups.add_member(w, group, person, at=since)
    return ""


def _group_renamed(ctx: Context, w: Writing, step: Step) -> str:
    _refuse_taken(w, step["was"], step["group"])
    groups.rename_group(w, step["group"], step["was"])
    return ""


def _group_deleted(ctx: Context, w: Writing, step: Step) -> str:
    group = Group(**step["group"])
    _refuse_taken(w, group.name, group.id)
    groups.restore_group(w, group)
    for person, since in step["members"]:
        groups.add_member(w, group.id, person, at=since)
    return ""


def _linked(ctx: Context, w: Writing, step: Step) -> str:
    one, other, moved = step["one"], step["other"], step["moved"]
    if identities.is_linked(w.db, one, other) != step["linked"]:
        raise NotPossible("it has been changed since")
    if step["linked"] and step.get("is new"):
        identities.forget(w, one, other)
    elif step["linked"] and moved is None:
        identities.part(w, one, other)
    else:
        identities.restore(w, one, other, moved=moved, at=ctx.clock.now())
    return ""


def _refuse_taken(w: Writing, name: str, group: int) -> None:
    """A name that another group has by now cannot be given back."""
    other = groups.find_group(w.db, name)
    if other is not None and other.id != group:
        raise NotPossible(f"another group is called “{name}” now")


def _rules(ctx: Context, w: Writing, step: Step) -> str:
    change_back(ctx, w, step["changes"])
    return ""


def _keys(ctx: Context, w: Writing, step: Step) -> str:
    own_keys.change_back(ctx, step)
    return ""


def _learning(ctx: Context, w: Writing, step: Step) -> str:
    """Whoever keeps the packed states sees that the moment is another one, and makes them anew."""
    learning.set_begun(w, step["account"], step["was"])
    return "it counts again with the next text"


REVERSALS: dict[str, Reversal] = {
    **REVERSALS_OF_SEARCHES,
    "item": _item,
    "accepted": _accepted,
    "let in": _let_in,
    "linked": _linked,
    "door": _door,
    "pinned": _pinned,
    "met": _met,
    "aside": _aside,
    "looked": _looked,
    "warnings": _warnings,
    "learning": _learning,
    "note": _note,
    "profile": profile.take_back,
    "act": _act,
    "sent": _sent,
    "discarded": _discarded,
    "draft": _draft,
    "redraft": _redraft,
    "marked sent": _marked_sent,
    "group made": _group_made,
    "group member": _group_member,
    "group renamed": _group_renamed,
    "group deleted": _group_deleted,
    "rules": _rules,
    "keys": _keys,
}
"""How each kind of step is taken back."""
