"""The owner's profile in the town, which is changed like that of any server."""

from __future__ import annotations

from msgspec.structs import replace

from tui_inbox.core.moment import Millis
from tui_inbox.core.ports import Refused
from tui_inbox.core.profile import CHANGED_ELSEWHERE, OwnProfile, ProfileEdit, ProfileWords
from tui_inbox.core.text import clean, clean_line
from tui_inbox.networks.demo.cast import OWNER
from tui_inbox.networks.demo.feeds import recent_of
from tui_inbox.networks.demo.town import Town

MOST_TEXT = 500


def profile_of(town: Town, now: Millis) -> OwnProfile:
    """Mira as the town sees her."""
    person = town.people[OWNER]
    return OwnProfile(person, words_of(town), recent_of(town, person.server_id, now).posts)


def words_of(town: Town) -> ProfileWords:
    """What she typed."""
    person = town.people[OWNER]
    return ProfileWords(person.name, person.bio, person.fields)


def check(town: Town, edit: ProfileEdit) -> None:
    """Whether a change can be made.

    Raises:
        Refused: it is too long, or something else stands there by now.
    """
    if edit.left_to_write(words_of(town)) is None:
        raise Refused(CHANGED_ELSEWHERE)
    if len(edit.to.text) > MOST_TEXT:
        raise Refused(f"A text about somebody has {MOST_TEXT} characters at most in the town.")


def change(town: Town, edit: ProfileEdit) -> None:
    """Let her be called and described so."""
    person, words = town.people[OWNER], edit.to
    town.people[OWNER] = replace(
        person,
        name=clean_line(words.name) or OWNER,
        bio=clean(words.text),
        fields=tuple(
            replace(one, label=clean_line(one.label), text=clean_line(one.text))
            for one in words.fields
        ),
    )
