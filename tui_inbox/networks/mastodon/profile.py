"""The account's own profile: read as others see it and as it was typed, and changed.

Source: docs.joinmastodon.org, methods/accounts (`verify_credentials`, `update_credentials`, `statuses?pinned`).
"""

from __future__ import annotations

from tui_inbox.core.person import ProfileField
from tui_inbox.core.ports import Refused, Unsupported
from tui_inbox.core.post import SeenPost
from tui_inbox.core.profile import CHANGED_ELSEWHERE, OwnProfile, ProfileEdit, ProfileWords
from tui_inbox.core.text import clean, clean_line
from tui_inbox.networks.limits import Urgency
from tui_inbox.networks.mastodon import wire
from tui_inbox.networks.mastodon.convert import to_person, to_seen, usable
from tui_inbox.networks.mastodon.feeds import quoted
from tui_inbox.networks.mastodon.session import Session
from tui_inbox.networks.mastodon.strangers import read_recent
from tui_inbox.networks.wire_base import decode_list

_UPDATE = "/api/v1/accounts/update_credentials"
NO_SOURCE = "{host} does not say what was typed into your profile, so it is not changed from here."


async def read_profile(session: Session) -> OwnProfile:
    """The own profile, with the last posts and those that are pinned.

    Raises:
        NetworkError: it cannot be read.
    """
    account = await session.own_account()
    border = await session.border()
    recent = await read_recent(session, account.id, waited_for=True)
    words = words_of(account)
    return OwnProfile(
        person=to_person(account, border),
        words=words or ProfileWords(name=clean_line(account.display_name or "", limit=200)),
        posts=recent.posts,
        pinned=await _pinned(session, account.id),
        is_fixed="" if words is not None else NO_SOURCE.format(host=session.host),
    )


async def change_profile(session: Session, edit: ProfileEdit) -> None:
    """Change what is not so yet.

    Raises:
        Refused: somebody else has changed it since, or the server takes it not.
        Unsupported: the server does not say what was typed.
        NetworkError: it was not done, or that is not known.
    """
    words = words_of(await session.own_account())
    if words is None:
        raise Unsupported(NO_SOURCE.format(host=session.host))
    left = edit.left_to_write(words)
    if left is None:
        raise Refused(CHANGED_ELSEWHERE)
    if left:
        await session.http.send("PATCH", _UPDATE, _form_of(edit.to, left))


def words_of(account: wire.OwnAccount) -> ProfileWords | None:
    """What was typed; None where the server does not say."""
    source = account.source
    if source is None or source.note is None:
        return None
    return ProfileWords(
        name=clean_line(account.display_name or "", limit=200),
        text=clean(source.note),
        fields=tuple(
            ProfileField(clean_line(each.name or ""), clean_line(each.value or ""))
            for each in source.fields
            if each.name or each.value  # some servers keep the blank one that takes the last away
        ),
    )


def _form_of(words: ProfileWords, left: tuple[str, ...]) -> list[tuple[str, str]]:
    form: list[tuple[str, str]] = []
    if "name" in left:
        form.append(("display_name", words.name))
    if "text" in left:
        form.append(("note", words.text))
    if "fields" in left:
        # The fields that are sent are all there are then. Without any a form would say nothing of them.
        fields = words.fields or (ProfileField("", ""),)
        for place, one in enumerate(fields):
            form.append((f"fields_attributes[{place}][name]", one.label))
            form.append((f"fields_attributes[{place}][value]", one.text))
    return form


async def _pinned(session: Session, own_id: str) -> tuple[SeenPost, ...]:
    """Posts that stand above all others; none on servers that do not know such."""
    path = f"/api/v1/accounts/{quoted(own_id)}/statuses"
    try:
        answer = await session.http.get(path, [("pinned", "true")], urgency=Urgency.WAITING)
    except (Refused, Unsupported):
        return ()
    told = [one for one in decode_list(wire.Status, answer.data) if one.pinned]
    return tuple(usable(to_seen, told, await session.border()))
