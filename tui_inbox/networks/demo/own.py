"""What the owner writes: posts with what goes with them, other wordings, files, and what is kept for later."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from tui_inbox.core.count import mastodon_length
from tui_inbox.core.draft import LEAST_AHEAD, Attachment, Outgoing, PollDraft, Scheduled
from tui_inbox.core.moment import Millis
from tui_inbox.core.ports import Refused
from tui_inbox.core.post import Media, MediaKind, Poll, PollOption, Post
from tui_inbox.core.text import clean, clean_line
from tui_inbox.core.versions import Original
from tui_inbox.networks.demo.cast import OWNER
from tui_inbox.networks.demo.chronicle import composed
from tui_inbox.networks.demo.town import LIMITS, Town
from tui_inbox.networks.demo.writing import Piece, id_of, spans

_KINDS = {"image": MediaKind.PICTURE, "video": MediaKind.VIDEO, "audio": MediaKind.AUDIO}


def kind_of(mime: str) -> MediaKind:
    """What a file is, by its media type."""
    return _KINDS.get(mime.partition("/")[0], MediaKind.FILE)


def cleaned(outgoing: Outgoing, *, send_at: Millis | None) -> Outgoing:
    """A text as the town keeps it."""
    return replace(
        outgoing,
        text=clean(outgoing.text),
        warning=clean_line(outgoing.warning),
        alts=tuple(clean(alt) for alt in outgoing.alts),
        send_at=send_at,
    )


def check(town: Town, outgoing: Outgoing, now: Millis) -> None:
    """Whether a text can be posted as it is.

    Raises:
        Refused: it is empty or too long, its moment is too near, or what it refers to is gone.
    """
    if not outgoing.text and not outgoing.media:
        raise Refused("An empty text cannot be posted.")
    length = mastodon_length(outgoing.text, outgoing.warning)
    if length > LIMITS.characters:
        raise Refused(f"The text has {length} characters, {LIMITS.characters} fit.")
    for target in (outgoing.reply_to, outgoing.quotes):
        if target is not None and target not in town.posts:
            raise Refused("The post that this answers or quotes is gone.", gone=True)
    if outgoing.edits is not None:
        check_is_own(town, outgoing.edits)
    if any(_file(town, one) is None for one in outgoing.media):
        raise Refused("A file of it is not there any more; attach it again.", gone=True)
    if outgoing.send_at is not None and outgoing.send_at - now < LEAST_AHEAD:
        raise Refused("The town keeps texts for later from five minutes ahead on.")


def check_is_own(town: Town, post_id: str) -> None:
    """Whether a post is there and is the owner's.

    Raises:
        Refused: it is not.
    """
    if post_id not in town.posts:
        raise Refused("This post is not there any more.", gone=True)
    if not town.is_owners(post_id):
        raise Refused("Only its author can change a post, or see how it was typed.")


def written(town: Town, outgoing: Outgoing, post_id: str, at: Millis) -> Post:
    """A text as a post, with what goes with it."""
    piece = Piece(
        outgoing.text,
        outgoing.warning,
        outgoing.language or "",
        outgoing.audience,
        media=_media(town, outgoing),
    )
    parent = town.posts.get(outgoing.reply_to or "")
    quoted = town.posts.get(outgoing.quotes or "")
    post, _ = composed(OWNER, piece, town, post_id, at, parent, quoted=quoted)
    return replace(
        post,
        sensitive=post.sensitive or outgoing.sensitive,
        poll=_poll(outgoing.poll, post_id, at) if outgoing.poll else None,
    )


def rewritten(town: Town, outgoing: Outgoing, at: Millis) -> Post | None:
    """An own post in another wording; None where it is gone. A poll of other choices begins anew."""
    post = town.posts.get(outgoing.edits or "")
    if post is None:
        return None
    links, mentions, tags = spans(outgoing.text, town.people)
    poll = _poll(outgoing.poll, id_of(post), at) if outgoing.poll else None
    if poll is None or post.poll is None or poll.options != post.poll.options:
        town.done.polled.pop(id_of(post), None)
    return replace(
        post,
        text=outgoing.text,
        links=links,
        mentions=mentions,
        tags=tags,
        warning=outgoing.warning,
        sensitive=outgoing.sensitive or bool(outgoing.warning),
        language=outgoing.language or post.language,
        media=_media(town, outgoing),
        poll=poll,
    )


def original_of(town: Town, post_id: str, now: Millis) -> Original:
    """What the owner typed, with all that an edit says again.

    Raises:
        Refused: the post is not there, or somebody else wrote it.
    """
    check_is_own(town, post_id)
    post = town.posts[post_id]
    return Original(
        post.text,
        post.warning,
        sensitive=post.sensitive,
        language=post.language,
        attachments=tuple(_attachments(post)),
        poll=_draft_of(post.poll, now) if post.poll else None,
    )


def scheduled(town: Town) -> tuple[Scheduled, ...]:
    """What the town will post by itself, by its moment."""
    plans = [
        Scheduled(name, outgoing.send_at, outgoing.text)
        for name, outgoing in town.plans.items()
        if outgoing.send_at is not None
    ]
    return tuple(sorted(plans, key=lambda plan: plan.send_at))


def plan_of(town: Town, key: str) -> Scheduled | None:
    """What is kept for later under a key."""
    return next((plan for plan in scheduled(town) if town.plans[plan.server_id].key == key), None)


def _poll(draft: PollDraft, post_id: str, at: Millis) -> Poll:
    options = tuple(PollOption(title) for title in draft.options)
    return Poll(f"{post_id}-poll", options, draft.multiple, closes_at=at + draft.lasts)


def _draft_of(poll: Poll, now: Millis) -> PollDraft:
    lasts = max(LIMITS.poll_least, (poll.closes_at or now) - now)
    return PollDraft(tuple(option.title for option in poll.options), lasts, poll.multiple)


def _media(town: Town, outgoing: Outgoing) -> tuple[Media, ...]:
    """The files of a text, described as it says; what it does not say stays as it was told before."""
    found = []
    for place, name in enumerate(outgoing.media):
        file = _file(town, name)
        if file is not None:
            alt = outgoing.alts[place] if place < len(outgoing.alts) else file.alt
            found.append(replace(file, alt=alt))
    return tuple(found)


def _file(town: Town, name: str) -> Media | None:
    """A file by its id: one that was handed over, or one of an own post by the post's id and its place there."""
    if name in town.uploads:
        return town.uploads[name]
    post_id, _, place = name.rpartition("/")
    post = town.posts.get(post_id)
    if post is None or not place.isdecimal() or int(place) >= len(post.media):
        return None
    return post.media[int(place)]


def _attachments(post: Post) -> Iterable[Attachment]:
    for place, media in enumerate(post.media):
        name = f"{media.kind} {place + 1}"
        server_id = f"{id_of(post)}/{place}"
        yield Attachment("", name, media.kind, media.alt, server_id, told_alt=media.alt)
