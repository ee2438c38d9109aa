"""The account's preferences on the network, which all apps of the owner share.

They are one list that is written as a whole, so it is read, changed and written under a lock, and what is not known
here goes back as it came (facts 3.2).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from tui_inbox.core.other_clients import Preferences
from tui_inbox.core.ports import Unreachable
from tui_inbox.core.post import Audience
from tui_inbox.networks.bluesky.hosts import MODERATORS
from tui_inbox.networks.bluesky.moderation import Moderator, Rules, label_header, rules_in
from tui_inbox.networks.bluesky.session import Session
from tui_inbox.networks.bluesky.tid import tid_of
from tui_inbox.networks.limits import Urgency

STATE = "rules"
"""The name under which the rules that were read last stand in the account's state."""

_GET = "app.bsky.actor.getPreferences"
_PUT = "app.bsky.actor.putPreferences"
_WORDS = "app.bsky.actor.defs#mutedWordsPref"


class Settings:
    """What an account's preferences say, as read last, even before they are read again.

    Args:
        session: of the account.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._writing = asyncio.Lock()
        self._moderator: Moderator | None = None

    async def moderator(self) -> Moderator:
        """What posts are looked through by: from memory, from the last run, or asked for now.

        Raises:
            NetworkError: it cannot be asked at the moment.
        """
        if self._moderator is None:
            kept = await self._session.state.get(STATE)
            rules = Rules.from_text(kept) if kept else None
            if rules is None:
                await self._ask()
            else:
                self._moderator = Moderator(rules, self._session.did)
        assert self._moderator is not None
        return self._moderator

    async def labelers(self) -> Mapping[str, str]:
        """Whose labels are wanted, as a header."""
        return label_header((await self.moderator()).rules.labelers, MODERATORS)

    async def read(self) -> Preferences:
        """How the owner likes to read and post, and what they do not want to see.

        Raises:
            NetworkError: it cannot be asked at the moment.
        """
        await self._ask()
        rules = (await self.moderator()).rules
        filters = rules.filters(self._session.clock.now())
        return Preferences(audience=Audience.PUBLIC, filters=filters)

    async def saved_feeds(self) -> tuple[str, ...]:
        """Addresses of the feeds that the account has saved.

        Raises:
            NetworkError: it cannot be asked at the moment.
        """
        await self._ask()
        return (await self.moderator()).rules.feeds

    async def hide_word(self, word: str) -> None:
        """Mute a word everywhere, once.

        Raises:
            NetworkError: it was not done, or that is not known.
        """

        def changed(items: list[Any]) -> list[Any]:
            if any(_value(item) == word for item in items):
                return items
            now = self._session.clock.now()
            new = {
                "id": tid_of(now, word),
                "value": word,
                "targets": ["content", "tag"],
                "actorTarget": "all",
            }
            return [*items, new]

        await self._change_words(changed)

    async def show_word(self, word: str) -> None:
        """Mute a word no more.

        Raises:
            NetworkError: it was not done, or that is not known.
        """
        await self._change_words(lambda items: [one for one in items if _value(one) != word])

    async def _change_words(self, change: Callable[[list[Any]], list[Any]]) -> None:
        async with self._writing:
            told = await self._ask(Urgency.SEND)
            known = next((one for one in told if _type(one) == _WORDS), {"$type": _WORDS})
            listed = known.get("items")
            items = listed if isinstance(listed, list) else []
            if (wanted := change(items)) == items:
                return
            others = [one for one in told if one is not known]
            await self._session.call(_PUT, {"preferences": [*others, {**known, "items": wanted}]})
            await self._ask(Urgency.SEND)

    async def _ask(self, urgency: Urgency = Urgency.CHECKS) -> list[Any]:
        """All preferences as they stand; what they say is remembered."""
        data = await self._session.get(_GET, urgency=urgency)
        told = data.get("preferences") if isinstance(data, dict) else None
        if not isinstance(told, list):
            raise Unreachable(f"{self._session.host} sent preferences that cannot be read.")
        rules = rules_in(told)
        if self._moderator is None or self._moderator.rules != rules:
            self._moderator = Moderator(rules, self._session.did)
            await self._session.state.put(STATE, rules.to_text())
        return told


def _type(preference: object) -> object:
    return preference.get("$type") if isinstance(preference, dict) else None


def _value(item: object) -> object:
    return item.get("value") if isinstance(item, dict) else None
