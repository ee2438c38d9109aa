"""Posts that the owner still has before them: what waits, what is being answered, and the last of pinned people."""

from __future__ import annotations

from tui_inbox.core.conversation import ItemState
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.store.database import Connection
from tui_inbox.store.rows import listed

_WAITS = listed(state for state in ItemState if state.is_open or state is ItemState.LATER)
_LEAVES = listed((OutboxState.HELD, OutboxState.WAITING, OutboxState.SCHEDULED))


def before_owner(db: Connection, account: int, limit: int) -> list[tuple[int, str]]:
    """The newest posts that an account's open or put off items are about, that are being answered, or that pinned
    people wrote last.

    Returns:
        (local id, id on the account's server) each; those that are known to be deleted are left out.
    """
    return db.execute(
        "SELECT p.id, v.server_id FROM ("
        "SELECT post AS wanted FROM items WHERE account = :account "
        "AND state IN (SELECT value FROM json_each(:waits)) "
        "UNION SELECT reply_to FROM drafts WHERE account = :account "
        "UNION SELECT quotes FROM drafts WHERE account = :account "
        "UNION SELECT (SELECT id FROM posts WHERE author = person ORDER BY created_at DESC LIMIT 1) "
        "FROM person_views INDEXED BY person_views_pinned WHERE account = :account AND pinned "
        "UNION SELECT post FROM outbox WHERE account = :account "
        "AND state IN (SELECT value FROM json_each(:leaves))) "
        "CROSS JOIN posts p ON p.id = wanted AND p.deleted_at IS NULL "
        "CROSS JOIN post_views v ON v.account = :account AND v.post = p.id "
        "ORDER BY p.created_at DESC, p.id DESC LIMIT :limit",
        {"account": account, "waits": _WAITS, "leaves": _LEAVES, "limit": limit},
    ).fetchall()
