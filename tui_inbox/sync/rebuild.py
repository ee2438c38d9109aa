"""Make again what is made from the rest: turns, the ledger's rows of stored posts, ties, the index.

What the owner has decided stays: states of conversations, notes, drafts, rules. Rows of the ledger stay too, also
those of posts that are not stored any more. Each step is a transaction of its own and gives the same however often it
is taken, so it can be broken off at any moment and taken again. On a store that is as it should be nothing changes.

No hub may run on the store meanwhile: it keeps ties in memory.
"""

from __future__ import annotations

from tui_inbox.core.ports import Clock
from tui_inbox.core.rebuilt import Rebuilt
from tui_inbox.store import accounts, items, ledger, posts, remaking
from tui_inbox.store.store import Store, Writing
from tui_inbox.sync.ties import rebuild_ties
from tui_inbox.sync.turns import Learnt, Owner, derive_conversation

CONVERSATIONS_AT_ONCE = 200


def rebuild(store: Store, clock: Clock) -> Rebuilt:
    """All of it, for all accounts."""
    made = Rebuilt()
    for account in store.read(accounts.accounts).result():
        _conversations(store, clock, account.id, made)
        _ledger_and_ties(store, account.id, made)
    made.posts = store.write(remaking.index_again).result()
    return made


def _conversations(store: Store, clock: Clock, account: int, made: Rebuilt) -> None:
    """Turns and the ledger's rows of texts, some conversations in each transaction."""
    last = 0
    while ids := _next(store, last):
        _derive(store, clock, account, ids, made)
        last = ids[-1]


def _next(store: Store, last: int) -> list[int]:
    return store.read(
        lambda db: remaking.conversations_after(db, last, CONVERSATIONS_AT_ONCE)
    ).result()


def _derive(store: Store, clock: Clock, account: int, ids: list[int], made: Rebuilt) -> None:
    def job(w: Writing) -> tuple[int, int]:
        owner, learnt, changed = Owner.of(w.db, account), Learnt(), 0
        for conversation in ids:
            before = items.items_in_conversation(w.db, account, conversation)
            if before or posts.concerns(w.db, conversation, owner.person):
                derive_conversation(w, owner, conversation, clock.now(), learnt)
                after = items.items_in_conversation(w.db, account, conversation)
                changed += before != after
        return changed, len(learnt.fresh)

    changed, missing = store.write(job).result()
    made.conversations += len(ids)
    made.items += changed
    made.interactions += missing


def _ledger_and_ties(store: Store, account: int, made: Rebuilt) -> None:
    def job(w: Writing) -> tuple[int, int]:
        owner = Owner.of(w.db, account)
        missing = sum(
            ledger.record_missing(w, touch) for touch in remaking.touches_told(w.db, account)
        )
        if not ledger.ties(w.db, account) and ledger.latest_at(w.db, account) is None:
            return missing, 0  # nothing ever passed
        return missing, len(rebuild_ties(w, owner).ties)

    missing, people = store.write(job).result()
    made.interactions += missing
    made.people += people
