"""What hangs on a post, in words: attachments, poll, link card, quoted post."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from tui_inbox.core.moment import Millis
from tui_inbox.core.post import Card, Media, MediaKind, Poll
from tui_inbox.queries.attached import all_votes, quote_not_shown
from tui_inbox.queries.rows import PostRow
from tui_inbox.ui.render.ages import duration

_MANY = {
    MediaKind.PICTURE: "pictures",
    MediaKind.VIDEO: "videos",
    MediaKind.AUDIO: "recordings",
    MediaKind.FILE: "files",
}

# Attachments


def media_words(media: Media, number: str = "") -> str:
    """An attachment in words: its description, never a file name.

    Args:
        media: the attachment.
        number: which of several it is, as ` 2 of 3`.
    """
    alt = " ".join(media.alt.split())
    what = f"{media.kind}{number}"
    if media.seconds is not None:
        what += f", {length(media.seconds)}"
    return f"[{what}: {alt}]" if alt else f"[{what}, no description]"


def media_list(post: PostRow) -> list[str]:
    """All attachments of a post in words, one by one."""
    count = len(post.media)
    return [
        media_words(media, f" {place} of {count}" if count > 1 else "")
        for place, media in enumerate(post.media, 1)
    ]


def folded_media(post: PostRow) -> str:
    """The attachments in one word, and why they are folded."""
    kinds = {media.kind for media in post.media}
    count = len(post.media)
    if count == 1:
        what = str(post.media[0].kind)
    else:
        what = f"{count} {_MANY[post.media[0].kind] if len(kinds) == 1 else 'attachments'}"
    return f"[{what}, {post.media_folded}]"


def length(seconds: int) -> str:
    """How long a sound or a film lasts, as `1:05` or `1:02:00`."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


# Polls


def poll_head(poll: Poll, now: Millis, voted: Sequence[int] | None = None) -> str:
    """How long a poll runs, whether more than one may be chosen, how many voted, and whether counts are kept back.

    Args:
        poll: the poll.
        now: the moment at which one looks.
        voted: places of what the owner chose, None for no vote.
    """
    words = ["Poll"]
    if poll.is_over(now):
        words.append("over")
    elif poll.closes_at is not None:
        words.append(f"{duration(poll.closes_at - now)} left")
    if poll.multiple and not poll.is_over(now):
        words.append("several may be chosen")
    if poll.voters:
        words.append(f"{poll.voters} voted")
    if voted is not None and not poll.is_over(now) and all_votes(poll) is None:
        words.append("no counts yet")
    return ", ".join(words)


# Cards and quotes


def card_words(card: Card) -> tuple[str, str]:
    """The host of a link card, and what else there is to say of it."""
    host = (urlsplit(card.url).hostname or card.url).removeprefix("www.")
    facts = [card.title, f"by {card.author}" if card.author else ""]
    return host, " · ".join(filter(None, facts))


# All of it


def attached_words(post: PostRow) -> str:
    """What a post without text has instead, in one line: its pictures, its poll, its quote."""
    words = [folded_media(post)] if post.media_folded else media_list(post)
    if post.poll is not None:
        words.append(f"[poll: {' · '.join(option.title for option in post.poll.options)}]")
    if post.quote is not None:
        words.append(quote_not_shown(post) or "[quotes a post]")
    return " ".join(words)
