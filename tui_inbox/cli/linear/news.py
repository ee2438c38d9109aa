"""What has come since it was last asked for, and what has become of one's own sends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_inbox.cli.linear.spoken import ago, began, sentence
from tui_inbox.core.bubbles import About, News, Rules
from tui_inbox.priority.phrases import counted
from tui_inbox.queries import bubbles
from tui_inbox.queries import outbox as outbox_queries
from tui_inbox.queries.words import listed

if TYPE_CHECKING:
    from tui_inbox.cli.linear.session import Session

TOLD = Rules(about=frozenset({About.TALK, About.NEWCOMER}), searches="marked")
"""What counts as news: who wants something, and hits of marked searches; strangers are as quiet as on the screen."""


class Newsreader:
    """Knows what was told. What stands at the start is no news.

    Args:
        session: the sitting.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: set[str] = set()
        self._known = {one.key for one in self._read()}
        self._texts: frozenset[int] = frozenset()
        self._troubled: frozenset[int] | None = None

    def at_prompt(self) -> None:
        """Say what became of one's own sends and, where the settings want it, how much has come."""
        self._outcomes()
        if self._session.settings.news == "prompt" and (fresh := self._fresh()):
            self._session.say(f"{len(fresh)} new: {listed(_who(fresh), 4)}.")

    def tell(self) -> None:
        """Say all that has come, a line each."""
        fresh = self._fresh()
        now = self._session.now()
        if not fresh:
            self._session.say("Nothing new.")
        for one in fresh:
            what = f"search {one.why}" if one.about is About.HIT else one.why
            self._session.say(f"{one.who}: {sentence(what)} {sentence(began(ago(one.at, now)))}")

    def _read(self) -> tuple[News, ...]:
        session = self._session
        return session.ask(bubbles.waiting, TOLD, now=session.now(), known=self._known)

    def _fresh(self) -> list[News]:
        fresh = [one for one in self._read() if one.key not in self._known]
        self._known |= {one.key for one in fresh}
        return fresh

    def _outcomes(self) -> None:
        """Say which texts have left, and what was refused or may not have arrived."""
        session = self._session
        status = session.ask(outbox_queries.status, session.scope, session.fetcher.health())
        gone = self._texts - set(status.texts)
        for item in session.ask(outbox_queries.sent, session.scope, gone) if gone else ():
            session.say(sentence(f"Sent: {item.what}"))
        self._texts = frozenset(status.texts)
        refused = {item.id: item for item in status.refused}
        for id in sorted(refused.keys() - (self._troubled or ())):
            if self._troubled is not None:
                session.say(
                    sentence(f"Refused, and kept: {refused[id].what}: {refused[id].reason}")
                )
        if self._troubled is None and status.failed:
            session.say(
                f"{counted(status.failed, 'send')} of yours did not leave: outbox says why."
            )
        self._troubled = frozenset(refused)


def _who(news: list[News]) -> list[str]:
    return [f"{one.who} {one.why}" if one.about is not About.HIT else one.who for one in news]
