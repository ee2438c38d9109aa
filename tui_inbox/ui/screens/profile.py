"""One's own profile, as a stranger sees it: what is missing is named, and what can be changed is changed here."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec.structs import replace
from textual.app import SuspendNotSupported

from tui_inbox.commands import profile as profile_commands
from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.moment import Millis
from tui_inbox.core.person import ProfileField
from tui_inbox.core.profile import OwnProfile, ProfileEdit, ProfileWords
from tui_inbox.core.text import clean, clean_line
from tui_inbox.editor import NoEditor, edit
from tui_inbox.queries import own_profile, words
from tui_inbox.queries.own_profile import ProfileView
from tui_inbox.queries.rows import AccountRow
from tui_inbox.ui import keys
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.panes.pane import Pane
from tui_inbox.ui.render.profile import (
    ProfileData,
    ProfileFact,
    ProfileNote,
    ProfilePart,
    ProfilePost,
    ProfileRenderer,
    ProfileSection,
    ProfileVerdict,
)
from tui_inbox.ui.screens.list_page import ListPage
from tui_inbox.ui.screens.thread import ThreadPage
from tui_inbox.ui.services import told
from tui_inbox.ui.widgets import Row

UNSENT = "What you changed here has not been sent: s sends it, q again throws it away."
NO_FIELDS = "This network knows no fields."
NOT_READ = "It has not been read yet."


class ProfilePage(ListPage):
    """An account's own profile.

    Args:
        account: whose.
    """

    PLACE = "profile"
    OWN = frozenset(
        {
            *("profile.open", "profile.edit", "profile.add", "profile.remove"),
            *("profile.send", "profile.browser", "close"),
        }
    )
    BINDINGS = keys.bindings(keys.Context.LIST, keys.Context.PROFILE)
    OPENS = "profile.open"

    def __init__(self, account: AccountRow) -> None:
        super().__init__(ProfileRenderer)
        self._account = account
        self._profile: OwnProfile | None = None
        self._view: ProfileView | None = None
        self._sentence = "Asking your server …"
        self._changed: ProfileWords | None = None
        self._under_way: ProfileEdit | None = None
        self._is_warned = False

    # What it shows

    def on_mount(self) -> None:
        """Ask the server."""
        self.desk.start(self._ask_server())

    async def _ask_server(self) -> None:
        answer = await told(self.desk.services, lambda hub: hub.read_profile(self._account.id))
        self._profile, self._sentence = answer.what or self._profile, answer.sentence
        self.reread()

    def concerns(self, change: Change) -> bool:
        """Whether a change of it is under way."""
        return change.topic is Topic.OUTBOX and change.key == self._account.id

    async def read(self) -> None:
        """Put it in words; ask the server again once a change has left."""
        before = self._under_way
        self._under_way = await self.desk.ask(own_profile.under_way, self._account.id)
        if before is not None and self._under_way is None:
            self.desk.start(self._ask_server())
        if self._profile is not None:
            now = self.desk.services.now()
            self._view = await self.desk.ask(own_profile.view, self._profile, now=now)
        self._show()

    def _show(self) -> None:
        view = self._view
        if view is None:
            self.fill("Your profile", [], empty=(self._sentence or NOT_READ,))
            return
        data = profile_rows(
            view, self._base, self._changed, self._under_way, self.desk.services.now()
        )
        hint = "s sends it" if self._changed is not None else "q goes back"
        self.fill("Your profile, as a stranger sees it", list(data), hint=hint)
        if self._sentence:
            self.desk.say(self._sentence)
            self._sentence = ""

    @property
    def _base(self) -> ProfileWords:
        """The words to which changes are made: those that stand there, or are under way to it."""
        if self._under_way is not None:
            return self._under_way.to
        return self._view.words if self._view is not None else ProfileWords()

    # What keys act on

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """Change the selected part, send what was changed, open a post."""
        return {
            "profile.open": self.open_selected,
            "profile.edit": self.edit_selected,
            "profile.add": lambda: self._if_possible(self._add_field),
            "profile.remove": self.remove_field,
            "profile.send": self.send,
            "profile.browser": self.open_in_browser,
            "close": self.close,
        }

    def words(self) -> tuple[str, ...]:
        """Keys that are worth showing."""
        send = ("profile.send",) if self._changed is not None else ()
        match self._selected:
            case ProfilePost():
                return (*send, "profile.open", "profile.browser", "close")
            case ProfilePart(part="fields"):
                return (*send, "profile.edit", "profile.remove", "profile.add", "close")
        add = ("profile.add",) if self._view is not None and self._view.has_fields else ()
        return (*send, "profile.edit", *add, "profile.browser", "close")

    @property
    def _selected(self) -> ProfileData | None:
        row = self._rows.selected
        return row.data if row is not None else None

    def open_selected(self) -> None:
        """Open the thread of the selected post, where `E` changes it, or change the selected part."""
        selected = self._selected
        if isinstance(selected, ProfilePost):
            self.desk.start(self._open_post(selected.post.server_id))
        else:
            self.edit_selected()

    async def _open_post(self, server_id: str) -> None:
        account = self._account.id
        answer = await told(self.desk.services, lambda hub: hub.read_quoted(account, server_id))
        if answer.what is None:
            self.desk.say(answer.sentence)
        else:
            self.desk.open_page(ThreadPage(account, answer.what))

    def edit_selected(self) -> None:
        """Change the selected part; of a post that is done in its thread."""
        selected = self._selected
        if isinstance(selected, ProfilePost):
            self.open_selected()
        elif not isinstance(selected, ProfilePart):
            self.desk.say("There is nothing to change in this line.")
        elif selected.part == "text":
            self._if_possible(self._edit_text)
        elif selected.part == "name":
            self._if_possible(lambda: self.desk.opening(self._ask_name()))
        else:
            place = selected.place
            self._if_possible(lambda: self.desk.opening(self._ask_field(place)))

    def _if_possible(self, do: Callable[[], None]) -> None:
        """Change something, unless it cannot be changed from here."""
        if self._view is None:
            self.desk.say(NOT_READ)
        elif self._view.is_fixed:
            self.desk.say(self._view.is_fixed)
        else:
            do()

    @property
    def _words(self) -> ProfileWords:
        return self._changed or self._base

    def _change(self, changed: ProfileWords) -> None:
        """Show other words; nothing is sent."""
        self._is_warned = False
        self._changed = None if not ProfileEdit(self._base, changed).parts else changed
        self._show()

    async def _ask_name(self) -> None:
        name = await self.desk.ask_line("your name there", self._words.name)
        if name is not None:
            self._change(replace(self._words, name=clean_line(name)))

    def _edit_text(self) -> None:
        """In $EDITOR; where none can be started a text of one line is asked for here."""
        try:
            with self.app.suspend():
                text = edit(self._words.text)
        except (NoEditor, SuspendNotSupported) as error:
            if "\n" in self._words.text:
                self.desk.say(clean_line(str(error)) or "No editor can be started from here.")
            else:
                self.desk.opening(self._ask_text())
        else:
            self._change(replace(self._words, text=clean(text)))

    async def _ask_text(self) -> None:
        text = await self.desk.ask_line("about you", self._words.text)
        if text is not None:
            self._change(replace(self._words, text=clean(text)))

    def _add_field(self) -> None:
        if self._view is not None and not self._view.has_fields:
            self.desk.say(NO_FIELDS)
        else:
            self.desk.opening(self._ask_field(len(self._words.fields)))

    async def _ask_field(self, place: int) -> None:
        fields = self._words.fields
        before = fields[place] if place < len(fields) else ProfileField("", "")
        label = await self.desk.ask_line("what the field is called", before.label)
        if not label or not label.strip():
            return
        text = await self.desk.ask_line(f"what stands under {clean_line(label)}", before.text)
        if text is not None:
            new = ProfileField(clean_line(label), clean_line(text))
            self._change(replace(self._words, fields=(*fields[:place], new, *fields[place + 1 :])))

    def remove_field(self) -> None:
        """Take the selected field out; until it is sent nobody sees that."""
        selected = self._selected
        if not isinstance(selected, ProfilePart) or selected.part != "fields":
            self.desk.say("This is no field.")
            return
        fields, place = self._words.fields, selected.place
        without = (*fields[:place], *fields[place + 1 :])
        self._if_possible(lambda: self._change(replace(self._words, fields=without)))

    def send(self) -> None:
        """Let the server know what was changed."""
        if self._changed is None:
            self.desk.say("Nothing was changed.")
            return
        change = ProfileEdit(self._base, self._changed)
        self._changed = None
        self.desk.start(self._send(change))

    async def _send(self, change: ProfileEdit) -> None:
        doing = profile_commands.change(self.desk.services.ctx, self._account.id, change)
        outcome = await asyncio.wrap_future(doing)
        self.desk.say(outcome.sentence)
        self.reread()

    def open_in_browser(self) -> None:
        """Open the profile's page."""
        if self._view is not None and self._view.url:
            self.desk.open_url(self._view.url)
        else:
            self.desk.say("It has no address.")

    def close(self) -> None:
        """Go away; what was changed and not sent is said once before it is thrown away."""
        if self._changed is not None and not self._is_warned:
            self._is_warned = True
            self.desk.say(UNSENT)
        else:
            self.desk.close_page(self)


def profile_rows(
    view: ProfileView,
    base: ProfileWords,
    changed: ProfileWords | None,
    under_way: ProfileEdit | None,
    now: Millis,
) -> Iterator[Row[ProfileData]]:
    """The rows of the page.

    Args:
        view: as the server shows it.
        base: the words to which changes are made.
        changed: the words as they were changed here and not sent; None where nothing was.
        under_way: a change that was sent and has not left yet.
        now: the moment the words are for.
    """
    for part in _parts(view, base, changed or base):
        yield Row(f"{part.part}:{part.place}", part, part)
    for fact in _facts(view, now):
        yield _still(f"fact:{fact.label}", fact)
    if view.is_fixed:
        yield _still("fixed", ProfileNote(view.is_fixed))
    if under_way is not None:
        yield _still("under way", ProfileNote("A change of it is about to leave; u takes it back."))
    yield _still("check", ProfileSection("A stranger’s check would say"), section=True)
    yield _still("verdict", ProfileVerdict(view.check))
    for line in view.check.lines:
        yield _still(f"line:{line.label}", ProfileFact(line.label, line.words))
    yield _still("missing", ProfileSection("What is missing"), section=True)
    for place, gap in enumerate(view.missing):
        yield _still(f"gap:{place}", ProfileNote(gap, is_gap=True))
    if not view.missing:
        yield _still("no gap", ProfileNote("Nothing that a stranger would look for."))
    for name, title, posts in (
        ("pinned", "Pinned", view.pinned),
        ("post", "Lately, in public", view.posts),
    ):
        if posts:
            hint = "Enter opens one, E there changes it"
            yield _still(name, ProfileSection(title, hint), section=True)
        for post in posts:
            yield Row(f"{name}:{post.server_id}", post_data := ProfilePost(post), post_data)


def _still(key: str, data: ProfileData, *, section: bool = False) -> Row[ProfileData]:
    return Row(key, data, data, selectable=False, section=section)


def _parts(view: ProfileView, base: ProfileWords, now: ProfileWords) -> Iterator[ProfilePart]:
    """What can be changed, with what it was."""
    was = base.name if now.name != base.name else None
    yield ProfilePart("name", "name", now.name, was=was)
    was = base.text if now.text != base.text else None
    yield ProfilePart("text", "about you", now.text, was=was)
    proved = {(one.label, one.text) for one in view.fields if one.verified}
    is_changed = _plain(now.fields) != _plain(base.fields)
    for place, one in enumerate(now.fields):
        before = base.fields[place] if place < len(base.fields) else ProfileField("", "")
        differs = is_changed and _plain([before]) != _plain([one])
        yield ProfilePart(
            "fields",
            one.label or "(field)",
            one.text,
            place,
            f"{before.label} {before.text}".strip() if differs else None,
            proved=(one.label, one.text) in proved,
        )


def _plain(fields: Sequence[ProfileField]) -> list[tuple[str, str]]:
    return [(one.label, one.text) for one in fields]


def _facts(view: ProfileView, now: Millis) -> Iterator[ProfileFact]:
    """What is seen besides."""
    yield ProfileFact("handle", f"@{view.handle}")
    if view.since is not None:
        yield ProfileFact("since", f"{words.span(now - view.since)}")
    if view.bot:
        yield ProfileFact("says", "of itself that it is a bot")


def open_profile(desk: Desk, here: Pane) -> None:
    """The own profile of the account that is shown; of several, the one that is chosen."""
    desk.start(_open(desk))


async def _open(desk: Desk) -> None:
    shown = [one for one in desk.accounts if one.id in desk.scope.accounts]
    if not shown:
        desk.say("Nobody is signed in.")
        return
    chosen = shown[0]
    if len(shown) > 1:
        handles = [f"@{one.handle}" for one in shown]
        answer = await desk.ask_choice("the profile of", handles, done="opens", several=False)
        if not answer:
            return
        chosen = shown[answer[0]]
    desk.open_page(ProfilePage(chosen))
