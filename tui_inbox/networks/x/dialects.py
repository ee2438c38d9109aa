"""The two dialects in which posts can be asked for (facts/x.md section 4).

The older one has the author of a post as a field, which is free; in the newer one it is an expansion, which costs what
a name costs. So the older one is spoken for as long as X understands it: a field that it does not know it ignores
without a word, and takes the money all the same.
"""

from __future__ import annotations

from msgspec import Struct

from tui_inbox.core.spending import Micros
from tui_inbox.networks.http import Pairs
from tui_inbox.networks.x import prices

_MEDIA = ("media.fields", "type,url,preview_image_url,alt_text,duration_ms")


class Dialect(Struct, frozen=True):
    """How posts are asked for.

    Attributes:
        fields: the parameter and what it lists.
        expansions: what always comes along.
        referred: what besides brings posts that others refer to.
        author: what the author of a post costs with it, at most.
    """

    name: str
    fields: tuple[str, str]
    expansions: tuple[str, ...]
    referred: str
    author: Micros = 0

    def query(self, *, along: bool) -> Pairs:
        """Parameters of a request.

        Args:
            along: posts that others refer to come along.
        """
        expansions = [*self.expansions, *([self.referred] if along else [])]
        return [self.fields, ("expansions", ",".join(dict.fromkeys(expansions))), _MEDIA]


OLDER = Dialect(
    "tweet",
    (
        "tweet.fields",
        "id,text,author_id,created_at,conversation_id,in_reply_to_user_id,referenced_tweets,entities,note_tweet,"
        "attachments,possibly_sensitive,lang,withheld,edit_history_tweet_ids",
    ),
    ("attachments.media_keys",),
    "referenced_tweets.id",
)
NEWER = Dialect(
    "post",
    (
        "post.fields",
        "id,text,created_at,conversation_id,entities,note_post,attachments,possibly_sensitive,lang,withheld,"
        "edit_history_post_ids",
    ),
    ("attachments.media_keys", "author_id", "in_reply_to_user_id", "referenced_posts"),
    "referenced_posts",
    author=2 * prices.USER,  # whom it answers comes along, too
)
