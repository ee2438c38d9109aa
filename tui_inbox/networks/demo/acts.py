"""Acts of the owner in the town: whether they can be done, and what each changes."""

from __future__ import annotations

from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.events import NetworkEvent, SettingsChanged
from tui_inbox.core.moment import Millis
from tui_inbox.core.ports import Refused
from tui_inbox.core.post import Audience
from tui_inbox.core.profile import ProfileEdit
from tui_inbox.networks.demo import door, offers, profile
from tui_inbox.networks.demo.cast import OWNER
from tui_inbox.networks.demo.town import Town
from tui_inbox.networks.demo.writing import stamped

_TAKES_AWAY = frozenset({ActKind.DELETE, ActKind.UNFAVOURITE, ActKind.UNBOOST, ActKind.UNBOOKMARK})
_BOOSTS_OF = frozenset({ActKind.HIDE_BOOSTS, ActKind.SHOW_BOOSTS})


def is_done(town: Town, act: Act) -> bool:
    """Whether there is nothing left to take back or to delete, or this very vote was counted."""
    if act.kind is ActKind.VOTE and act.options:
        return town.done.voted.get(act.target) == act.options
    return act.kind in _TAKES_AWAY and act.target not in town.posts


def check(town: Town, act: Act, now: Millis) -> None:
    """Whether an act can be done.

    Raises:
        Refused: it is about nothing that is there, or it may not be done to it.
    """
    if door.is_decision(act):
        door.check(town, act)
    elif act.kind.on_account:
        if act.kind is ActKind.PROFILE:
            profile.check(town, ProfileEdit.from_json(act.target))
        if act.kind is ActKind.UNSCHEDULE and act.target not in town.plans:
            raise Refused("It has been posted already.", gone=True)
    elif act.kind.on_person:
        _check_on_person(town, act)
    else:
        _check_on_post(town, act, now)


def _check_on_person(town: Town, act: Act) -> None:
    who = town.key_of(act.target)
    if who not in town.standing:
        raise Refused("Nobody of that name lives in the demo town.", gone=True)
    if act.kind.on_list:
        offers.check_list(town, act)
    if act.kind in _BOOSTS_OF and not town.follows(who):
        raise Refused("You do not follow them, so their boosts do not reach you.")


def _check_on_post(town: Town, act: Act, now: Millis) -> None:
    post = town.posts.get(act.target)
    if post is None:
        raise Refused("This post is not there any more.", gone=True)
    if act.kind is ActKind.VOTE:
        offers.check_vote(town, act, now)
    if act.kind is ActKind.DELETE and not town.is_owners(act.target):
        raise Refused("Only its author can delete it.")
    if act.kind is ActKind.BOOST and post.audience in (Audience.DIRECT, Audience.LIMITED):
        raise Refused("This was written to a few people only, so it cannot be boosted.")


def do(town: Town, act: Act, at: Millis) -> list[NetworkEvent]:
    """Do what can be done; again changes nothing. Moderators and other servers are told, and nothing comes of it."""
    if door.is_decision(act):
        return door.decide(town, act)
    if act.kind.on_account:
        return _do_on_account(town, act)
    if act.kind.on_person:
        _do_on_person(town, act, at)
        return []
    return _do_on_post(town, act, at)


def _do_on_account(town: Town, act: Act) -> list[NetworkEvent]:
    match act.kind:
        case ActKind.HIDE_WORD:
            town.done.hidden_words[act.target] = None
        case ActKind.SHOW_WORD:
            town.done.hidden_words.pop(act.target, None)
        case ActKind.PROFILE:
            profile.change(town, ProfileEdit.from_json(act.target))
            return []
        case ActKind.UNSCHEDULE:
            town.plans.pop(act.target, None)
            return []
        case _:
            return []
    return [SettingsChanged()]


def _do_on_person(town: Town, act: Act, at: Millis) -> None:
    who = town.key_of(act.target)
    standing = town.standing[who]
    match act.kind:
        case ActKind.NOTE:
            standing.note = act.text
        case ActKind.FOLLOW | ActKind.UNFOLLOW:
            standing.following = act.kind is ActKind.FOLLOW
        case ActKind.MUTE:
            standing.muting = True
            standing.muted_until = None if act.lasts is None else at + act.lasts
        case ActKind.UNMUTE:
            standing.muting, standing.muted_until = False, None
        case ActKind.LIST | ActKind.UNLIST:
            town.done.listed[act.text, who] = act.kind is ActKind.LIST
        case ActKind.HIDE_BOOSTS | ActKind.SHOW_BOOSTS:
            standing.hides_boosts = act.kind is ActKind.HIDE_BOOSTS
        case ActKind.BLOCK | ActKind.UNBLOCK:
            standing.blocking = act.kind is ActKind.BLOCK
            if standing.blocking:
                standing.following = standing.followed_by = False


def _do_on_post(town: Town, act: Act, at: Millis) -> list[NetworkEvent]:
    done = town.done
    match act.kind:
        case ActKind.DELETE:
            return town.delete(act.target)
        case ActKind.BOOST:
            done.boosted.add(act.target)
            return town.boost(OWNER, act.target, at, stamped(at, "own-boost"))
        case ActKind.UNBOOST:
            done.boosted.discard(act.target)
            town.unboost(OWNER, act.target)
        case ActKind.VOTE:
            done.voted[act.target] = act.options
        case ActKind.FAVOURITE:
            done.favourited.add(act.target)
        case ActKind.UNFAVOURITE:
            done.favourited.discard(act.target)
        case ActKind.BOOKMARK:
            done.bookmarked.add(act.target)
        case ActKind.UNBOOKMARK:
            done.bookmarked.discard(act.target)
        case ActKind.MUTE_TALK:
            done.muted_talks.add(town.root_of(act.target))
        case ActKind.UNMUTE_TALK:
            done.muted_talks.discard(town.root_of(act.target))
    return []
