"""What keys do that open a page.

Most pages are opened rarely, and loading all of them takes a megabyte: each is loaded by its key.
"""

from __future__ import annotations

from collections.abc import Callable

from tui_inbox.core.door import Wish
from tui_inbox.queries import door as door_queries
from tui_inbox.queries.rows import PostRow
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.panes.pane import Pane
from tui_inbox.ui.screens.page import Page


def _opens(page: Callable[[], Page]) -> Callable[[Desk, Pane], None]:
    """Open a page that needs to know nothing; one that is open already on top is not opened twice."""

    def handle(desk: Desk, here: Pane) -> None:
        opened = page()
        if type(opened) is not type(here):
            desk.open_page(opened)

    return handle


def open_person(desk: Desk, here: Pane) -> None:
    """The card of the person the selected thing is about."""
    from tui_inbox.ui.screens.person import PersonPage

    target = here.target()
    if target is None:
        desk.say(here.nothing())
    elif target.person is None:
        desk.say("There is nobody here.")
    elif isinstance(here, PersonPage) and here.person.id == target.person.id:
        desk.say("This is their card.")
    else:
        desk.open_page(PersonPage(target.account, target.person, target))


def open_strangers(desk: Desk, here: Pane) -> None:
    """The front door, at the first who stands there."""
    from tui_inbox.ui.screens.door import DoorPage

    if type(here) is DoorPage:
        here.show_at(0)
    else:
        desk.open_page(DoorPage())


def open_requests(desk: Desk, here: Pane) -> None:
    """The front door, at the first whom the server holds back, or else who asks to follow."""
    desk.opening(_open_requests(desk, here))


async def _open_requests(desk: Desk, here: Pane) -> None:
    from tui_inbox.ui.screens.door import DoorPage

    wishes = {one.wish for one in await desk.ask(door_queries.rows, desk.scope)}
    page = DoorPage(Wish.BE_HEARD if Wish.BE_HEARD in wishes else Wish.FOLLOW)
    desk.open_page(page, instead=type(here) is DoorPage)


def choose_door(desk: Desk, here: Pane) -> None:
    """What becomes of strangers who write to the account of the selected thing, or to the first one shown."""
    from tui_inbox.ui.screens.accounts import ask_door

    target = here.target()
    shown = desk.scope.accounts
    account = desk.account(target.account if target else shown[0]) if target or shown else None
    if account is None:
        desk.say("Nobody is signed in.")
    else:
        desk.opening(ask_door(desk, account))


def open_check(desk: Desk, here: Pane) -> None:
    """What the posts of somebody tell of them."""
    from tui_inbox.ui.screens.check import CheckPage

    target = here.target()
    if target is None:
        desk.say(here.nothing())
    elif target.person is None:
        desk.say("There is nobody here.")
    elif target.post is not None and target.post.mine:
        desk.say("This is yours.")
    else:
        desk.open_page(CheckPage(target.account, target.person.id))


def open_why(desk: Desk, here: Pane) -> None:
    """Why the selected thing stands where it stands."""
    from tui_inbox.ui.screens.why import WhyPage

    target = here.target()
    if target is None:
        desk.say(here.nothing())
    else:
        desk.open_page(WhyPage(target))


def open_catch_up(desk: Desk, here: Pane) -> None:
    """What happened while the owner was away."""
    from tui_inbox.ui.screens.catch_up import CatchUpPage

    if desk.away_since is None:
        desk.say("It is not known since when you were away.")
    elif not isinstance(here, CatchUpPage):
        desk.open_page(CatchUpPage(desk.away_since))


def open_versions(desk: Desk, here: Pane) -> None:
    """What was changed in the selected post."""
    from tui_inbox.ui.screens.versions import VersionsPage

    target = here.target()
    post = target.post if target else None
    if post is None:
        desk.say("There is no post here.")
    elif not post.edited:
        desk.say("Nothing was changed in it since it was written.")
    else:
        desk.open_page(VersionsPage(post))


def open_pictures(desk: Desk, post: PostRow) -> None:
    """The pictures of a post, and what else hangs on it, one at a time. The post has some."""
    from tui_inbox.ui.screens.pictures import PicturesPage, of_post

    desk.open_page(PicturesPage(of_post(post)))


def open_face(desk: Desk, account: int, name: str, address: str | None) -> None:
    """The picture of a person, where their network has told where it lies."""
    from tui_inbox.ui.screens.pictures import PicturesPage, of_person

    if address is None:
        desk.say("No picture of them is known.")
    else:
        desk.open_page(PicturesPage(of_person(account, name, address)))


def open_help(desk: Desk, here: Pane) -> None:
    """The keys of this place."""
    from tui_inbox.ui.screens.help import HelpPage

    if isinstance(here, HelpPage):
        desk.say("These are they.")
    else:
        desk.open_page(HelpPage(here.PLACE))


def open_profile(desk: Desk, here: Pane) -> None:
    """The owner's own profile."""
    from tui_inbox.ui.screens import profile

    profile.open_profile(desk, here)


def open_mix(desk: Desk, here: Pane) -> None:
    """How the owner's posts are mixed."""
    from tui_inbox.ui.screens import mix

    mix.open_mix(desk, here)


def _accounts() -> Page:
    from tui_inbox.ui.screens.accounts import AccountsPage

    return AccountsPage()


def _activity() -> Page:
    from tui_inbox.ui.screens.activity import ActivityPage

    return ActivityPage()


def _watched() -> Page:
    from tui_inbox.ui.screens.watched import WatchedPage

    return WatchedPage()


def _outbox() -> Page:
    from tui_inbox.ui.screens.outbox import OutboxPage

    return OutboxPage()


def _drafts() -> Page:
    from tui_inbox.ui.screens.drafts import DraftsPage

    return DraftsPage()


def _search() -> Page:
    from tui_inbox.ui.screens.search import SearchPage

    return SearchPage()


def _rules() -> Page:
    from tui_inbox.ui.screens.rules import RulesPage

    return RulesPage()


HANDLERS: dict[str, Callable[[Desk, Pane], None]] = {
    "open.person": open_person,
    "open.why": open_why,
    "open.help": open_help,
    "open.versions": open_versions,
    "open.catch_up": open_catch_up,
    "open.accounts": _opens(_accounts),
    "open.activity": _opens(_activity),
    "go.strangers": open_strangers,
    "open.door": open_requests,
    "open.mix": open_mix,
    "open.profile": open_profile,
    "item.check": open_check,
    "door.choose": choose_door,
    "open.outbox": _opens(_outbox),
    "open.drafts": _opens(_drafts),
    "open.watched": _opens(_watched),
    "open.search": _opens(_search),
    "open.rules": _opens(_rules),
}
"""By the id of the key."""
