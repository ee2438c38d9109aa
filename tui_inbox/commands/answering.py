"""What an account's network makes of a text before it leaves: whether it can leave from here, and what it costs."""

from __future__ import annotations

from tui_inbox.core.capability import Elsewhere
from tui_inbox.core.draft import Draft
from tui_inbox.core.spending import in_dollars
from tui_inbox.core.web_intents import of_answer
from tui_inbox.store import accounts, posts
from tui_inbox.store.called_upon import calls_upon
from tui_inbox.store.database import Connection


def answered_elsewhere(db: Connection, draft: Draft) -> Elsewhere | None:
    """Where an answer is given instead; None where it can be given here, or answers nothing."""
    if draft.reply_to is None or draft.edits is not None:
        return None
    parent = posts.post(db, draft.account, draft.reply_to)
    if parent is None or parent.view is None:
        return None
    network = accounts.account(db, draft.account).network
    return of_answer(
        network, parent.view.server_id, is_called=calls_upon(db, draft.account, parent)
    )


def price_doubted(db: Connection, draft: Draft) -> str:
    """Why to ask before something dear is posted: the end of a sentence, without its full stop; else empty."""
    senders = {draft.account, *draft.also_from}
    prices = (one.limits.address_price for one in accounts.accounts(db) if one.id in senders)
    dear = [price for price in prices if price]
    if not dear:
        return ""
    from tui_inbox.core.weighted import has_address  # with its tables, which few need

    if not has_address(draft.text):
        return ""
    return f"with an address in it this costs {in_dollars(sum(dear))}"
