"""The first picture of all: no account yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from msgspec.structs import replace

from tui_inbox.ui import keys
from tui_inbox.ui.keymap import written
from tui_inbox.ui.render.sign_in import Choice, Said, SignInData
from tui_inbox.ui.screens.sign_in import SignInPage

DEMO = "welcome.demo"
TOUR = "welcome.tour"


class WelcomePage(SignInPage):
    """Offers the demo town and the ways to sign in. It goes away when there is an account and all of it is read."""

    PLACE = "welcome"
    OWN = SignInPage.OWN | {DEMO, TOUR}
    BINDINGS = keys.bindings(keys.Context.LIST, keys.Context.SIGN_IN, keys.Context.WELCOME)
    TITLE = "Welcome to tui-inbox"
    hint = ""

    def head(self) -> Iterator[SignInData]:
        """What this is."""
        yield Said("An inbox for the people you actually talk with.")

    def choices(self) -> Iterator[Choice]:
        """The demo first: it costs nothing."""
        keymap = dict(self.desk.services.look.keymap)
        about = "A made-up town, no network, no account. q q there comes back here."
        yield Choice(DEMO, written(DEMO, keymap), "try the demo town", about)
        about = "Five steps in the demo town, some two minutes."
        yield Choice(TOUR, written(TOUR, keymap), "take the tour", about)
        yield from super().choices()

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """The demo as well."""
        return {
            **super().acts(),
            DEMO: lambda: self._leave_for("demo"),
            TOUR: lambda: self._leave_for("demo", "--tour"),
        }

    def _leave_for(self, *call: str) -> None:
        if self._run is None and self._account is None:
            self.desk.leave_for(*call)

    def words(self) -> tuple[str, ...]:
        """There is nothing to go back to."""
        is_idle = self._run is None and self._account is None
        return ("sign_in.choose", "close:twice ends") if is_idle else super().words()

    def go_back(self) -> None:
        """There is nothing below it to go back to."""
        if self.desk.pressed == "q":
            self.desk.quit_at_second()

    def leave(self) -> None:
        """Bring the panes back."""
        self.desk.show(replace(self.desk.shown, zoomed=False))
        super().leave()

    async def read(self) -> None:
        """Go away when somebody has signed in elsewhere, as by the verb."""
        if self.desk.accounts and self._run is None and self._account is None:
            self.leave()
        else:
            await super().read()
