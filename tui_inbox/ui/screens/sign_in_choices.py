"""The ways to sign in that the screen offers, and what is said at each step of them."""

from __future__ import annotations

from msgspec import Struct

from tui_inbox.core.sign_in import SignInCall
from tui_inbox.ui.screens.sign_in_ways import Asked


class Way(Struct, frozen=True):
    """A way to sign in.

    Attributes:
        id: of the key that chooses it.
        asks: what has to be typed.
        words, about: what it is, and what will happen.
    """

    id: str
    network: str
    asks: str
    words: str
    about: str
    browser: bool = False

    def call(self, typed: str, *, paste: bool) -> SignInCall:
        """The sign-in that is meant by what was typed.

        Args:
            typed: a server; on Bluesky a handle, perhaps with ` at ` and a server behind it.
            paste: whether what comes of it is pasted. A password needs no browser.
        """
        who, _, at = (part.strip() for part in typed.strip().partition(" at "))
        if self.network == "mastodon":
            return SignInCall(self.network, typed.strip(), paste=paste)
        pastes = paste and self.browser
        return SignInCall(self.network, who, at or None, browser=self.browser, paste=pastes)


MASTODON = Way(
    "sign_in.mastodon",
    "mastodon",
    "your server",
    "sign in to a server like Mastodon",
    "Your browser asks whether you agree. No password is typed here.",
)
BLUESKY = Way(
    "sign_in.bluesky",
    "bluesky",
    "your handle, as you.bsky.social",
    "sign in to Bluesky",
    "With an app password, made in its app. It is sent once and kept nowhere.",
)
BROWSER = Way(
    "sign_in.browser",
    "bluesky",
    "your handle, as you.bsky.social",
    "sign in to Bluesky by the browser",
    "Your browser asks whether you agree. No password is typed here.",
    browser=True,
)
WAYS = (MASTODON, BLUESKY, BROWSER)

PASTES = {
    Asked.CODE: "the code that the page shows",
    Asked.ENDED_AT: "the address where your browser ended",
}
"""What is asked for where something is pasted."""

STEPS = {
    Asked.ADDRESS: "Say yes in your browser, which shows this page. Waiting for it, five minutes at most:",
    Asked.CODE: "Open this page in a browser on any machine, say yes, press {enter} here and paste the code "
    "that it shows:",
    Asked.ENDED_AT: "Open this page in a browser on any machine and say yes. It ends at a page that it cannot show: "
    "copy the address of that one, press {enter} here and paste it:",
}
"""What the owner is to do, by what is wanted; `enter` is the key that begins to paste."""
