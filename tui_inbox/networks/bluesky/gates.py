"""Gates: who may answer a thread, and whether a post may be quoted.

A gate is a record of the author's under the key of the post (lexicons `app.bsky.feed.threadgate` and `postgate`). The
server takes what is written against one, and then shows it to nobody (facts 6, pitfall 17), so it is looked at before.
"""

from __future__ import annotations

from tui_inbox.core.answerers import Answerers, Openness
from tui_inbox.core.draft import Outgoing
from tui_inbox.networks.bluesky import wire
from tui_inbox.networks.bluesky.addresses import AtUri
from tui_inbox.networks.bluesky.desk import POST, Desk
from tui_inbox.networks.bluesky.notices import moment
from tui_inbox.networks.bluesky.reading import post_uri
from tui_inbox.networks.limits import Urgency

GATE = "app.bsky.feed.threadgate"
_KEPT_FROM_ANSWERS = "Its author lets only some people answer, and you are not among them"
_KEPT_FROM_QUOTES = "Its author lets nobody quote it"
_RULES = {
    Answerers.FOLLOWED: (f"{GATE}#followingRule", f"{GATE}#mentionRule"),
    Answerers.MENTIONED: (f"{GATE}#mentionRule",),
    Answerers.NOBODY: (),
}
"""Those who are named may always answer, as long as anybody may: to be asked and not let in would be odd."""


async def openness(desk: Desk, server_id: str) -> Openness:
    """Whether the account may answer and quote a post. Of what is gone nothing is said: its refusal will.

    Raises:
        NetworkError: it cannot be asked at the moment.
    """
    uri = await post_uri(desk, server_id)
    view = (await desk.views([uri], Urgency.WAITING)).get(uri) if uri else None
    return openness_of(view) if view is not None else Openness()


def openness_of(view: wire.PostView) -> Openness:
    """The same, of a post as the account sees it."""
    viewer = view.viewer or wire.PostViewer()
    return Openness(
        answers=_KEPT_FROM_ANSWERS if viewer.reply_disabled else "",
        quotes=_KEPT_FROM_QUOTES if viewer.embedding_disabled else "",
    )


def gate_of(desk: Desk, key: str, outgoing: Outgoing) -> wire.Data | None:
    """The record that goes with a text and says who may answer it; None where everybody may.

    An answer has none: the gate of a thread is that of its first post.

    Args:
        key: that of the post, and so of its gate.
    """
    rules = _RULES.get(outgoing.answerers)
    if rules is None or outgoing.reply_to is not None:
        return None
    return {
        "$type": GATE,
        "post": str(AtUri(desk.session.did, POST, key)),
        "allow": [{"$type": rule} for rule in rules],
        "createdAt": moment(outgoing.created_at),
    }
