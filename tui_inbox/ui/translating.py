"""A translation of a post, asked for once and kept until the program ends."""

from __future__ import annotations

import os

from tui_inbox.core.languages import base, language_name, same_language, system_language
from tui_inbox.core.versions import Translation
from tui_inbox.queries import accounts as account_queries
from tui_inbox.queries.rows import PostRow
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.services import told


def kept(desk: Desk, post: PostRow) -> Translation | None:
    """The translation of a post as it stands now, if it was made since the start."""
    return desk.translations.get((post.id, post.text))


async def translate(desk: Desk, post: PostRow) -> Translation | None:
    """A post in the language of whoever reads it; where that is not to be had, the reason is said."""
    if (known := kept(desk, post)) is not None:
        return known
    if not post.text.strip():
        desk.say("There is no text to translate.")
        return None
    usual = await desk.ask(account_queries.usual_language, post.account)
    language = base(usual) if usual else system_language(os.environ)
    if same_language(post.language, language):
        desk.say(f"This is said to be {language_name(language)} already.")
        return None
    answer = await told(
        desk.services, lambda fetcher: fetcher.read_translation(post.account, post.id, language)
    )
    if answer.what is None:
        desk.say(answer.sentence)
        return None
    desk.translations[post.id, post.text] = answer.what
    return answer.what
