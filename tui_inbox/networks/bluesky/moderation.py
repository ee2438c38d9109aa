"""What the owner does not want to see: muted words, hidden posts, and labels that moderators put on things.

Servers send all of it and leave it to clients (facts 3.2). A word is found as the network's own apps find it:
`packages/api/src/moderation/mutewords.ts` of bluesky-social/atproto; what a label does is their `moderation` guide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec
import regex
from msgspec import Struct

from tui_inbox.core.moment import Millis, to_millis_or_none
from tui_inbox.core.post import FilterAction, FilterHit, Post
from tui_inbox.core.reading import Filter, Keyword, Matcher, matcher, searched
from tui_inbox.core.text import clean_line
from tui_inbox.networks.bluesky import wire
from tui_inbox.networks.bluesky.addresses import is_did

_LONGEST = 500
_MOST_WORDS = 1_000
_MOST_HIDDEN = 10_000
_MOST_LABELERS = 20
"""So many does a server take at most."""

_WITHOUT_SPACES = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
)
"""Scripts in which no space stands between words, so that a word never stands alone."""

_HIDDEN = "hidden by you"
_TITLES = {
    "!hide": "hidden by moderators",
    "!warn": "moderators warn of it",
    "porn": "adult content",
    "sexual": "sexually suggestive",
    "nudity": "nudity",
    "graphic-media": "graphic pictures",
}
_USUAL = {
    "!hide": FilterAction.HIDE,
    "!warn": FilterAction.WARN,
    "porn": FilterAction.HIDE,
    "sexual": FilterAction.BLUR,
    "graphic-media": FilterAction.BLUR,
}
"""What these do where the owner has said nothing. Of nudity that is nothing."""
_ADULT = frozenset({"porn", "sexual", "graphic-media"})
_NOT_ON_ONESELF = frozenset({"!hide", "!warn"})
_FORMER = {"nsfw": "porn", "suggestive": "sexual", "gore": "graphic-media"}


class MutedWord(Struct, frozen=True):
    """A word that is not to be seen.

    Attributes:
        in_text: whether it is looked for in texts, and not in tags alone.
        spares_followed: whether posts of people whom the account follows are shown all the same.
    """

    value: str
    in_text: bool = True
    spares_followed: bool = False
    expires_at: Millis | None = None

    @property
    def is_plain(self) -> bool:
        """Whether nothing has to be known of a post but its texts."""
        return self.in_text and not self.spares_followed

    @property
    def filter(self) -> Filter:
        """The word as the program has filters. What is not plain is only found where a post comes in."""
        keyword = Keyword(self.value, whole=_WITHOUT_SPACES.search(self.value) is None)
        return Filter(
            id=f"word:{self.value}",
            title=self.value,
            action=FilterAction.HIDE,
            contexts=(),
            keywords=(keyword,) if self.is_plain else (),
            expires_at=self.expires_at,
        )


class Rules(Struct, frozen=True):
    """What the owner has said of what they want to see.

    Attributes:
        words: muted ones.
        hidden: addresses of posts.
        adult: whether adult content may be shown at all.
        labels: what is done about a label, by whose it is (empty for those that all know) and its name.
        labelers: whose labels are wanted besides those of the server.
        feeds: addresses of the feeds that are saved.
    """

    words: tuple[MutedWord, ...] = ()
    hidden: tuple[str, ...] = ()
    adult: bool = False
    labels: tuple[tuple[str, str, str], ...] = ()
    labelers: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()

    def to_text(self) -> str:
        """As it is kept."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def from_text(cls, text: str) -> Rules | None:
        """What `to_text` wrote; None if it is something else."""
        try:
            return msgspec.json.decode(text, type=cls)
        except msgspec.MsgspecError:
            return None

    def filters(self, now: Millis) -> tuple[Filter, ...]:
        """The rules in force, as the program has filters. Labels look for nothing: they come with a post."""
        words = [one.filter for one in self.words if not _is_over(one, now)]
        hidden = [Filter("hidden", _HIDDEN, FilterAction.HIDE, (), posts=self.hidden)]
        named = [("", name) for name in _TITLES]
        named += [(labeler, name) for labeler, name, _ in self.labels if name not in _TITLES]
        labels = [
            Filter(_filter_id(labeler, name), _title(name), action, ())
            for labeler, name in dict.fromkeys(named)
            if (action := self._action(labeler, name)) is not None
        ]
        return (*words, *(hidden if self.hidden else []), *labels)

    def _action(self, labeler: str, name: str) -> FilterAction | None:
        """What a label does; None where it does nothing."""
        if name in _ADULT and not self.adult:
            return FilterAction.HIDE
        if name in ("!hide", "!warn"):
            return _USUAL[name]
        said = {(whose, what): setting for whose, what, setting in self.labels}
        whose = "" if name in _TITLES else labeler
        match said.get((whose, name)):
            case "hide":
                return FilterAction.HIDE
            case "warn":
                return FilterAction.BLUR if name in _TITLES else FilterAction.WARN
            case "ignore" | "show":
                return None
        return _USUAL.get(name) if name in _TITLES else None


class Moderator:
    """Looks through posts of one account by its rules."""

    def __init__(self, rules: Rules, own_did: str) -> None:
        self.rules = rules
        self._own_did = own_did
        self._hidden = frozenset(rules.hidden)
        self._plain: Matcher = matcher(word.filter for word in rules.words if word.is_plain)
        self._others = [
            (word, matcher([_plain_filter(word)])) for word in rules.words if not word.is_plain
        ]
        self._ends = {word.filter.id: word.expires_at for word in rules.words}

    def hits(self, view: wire.PostView, post: Post, now: Millis) -> tuple[FilterHit, ...]:
        """What keeps a post from being shown as it is; nothing keeps the owner's own."""
        if view.author.did == self._own_did:
            return ()
        found = {hit.filter_id: hit for hit in self._labels(view, now)}
        if view.uri in self._hidden:
            found["hidden"] = FilterHit(_HIDDEN, FilterAction.HIDE, (), "hidden")
        if self.rules.words:
            found |= {hit.filter_id: hit for hit in self._words(view, post, now)}
        return tuple(found.values())

    def _words(self, view: wire.PostView, post: Post, now: Millis) -> Iterator[FilterHit]:
        text = searched(post.text, "", post.tags, [media.alt for media in post.media])
        if post.card is not None:
            text = f"{text}\n\n{post.card.title}\n\n{post.card.description}"
        hits = list(self._plain("", text))
        is_followed = view.author.viewer is not None and view.author.viewer.following is not None
        for word, matches in self._others:
            if not (word.spares_followed and is_followed):
                hits += matches("", text if word.in_text else "\n\n".join(post.tags))
        for hit in hits:
            end = self._ends.get(hit.filter_id)
            if end is None or end > now:
                yield hit

    def _labels(self, view: wire.PostView, now: Millis) -> Iterator[FilterHit]:
        for label in _standing((*view.labels, *view.author.labels), now):
            name = _FORMER.get(label.val or "", label.val or "")
            by_author = label.src == view.author.did
            if by_author and name in _NOT_ON_ONESELF:
                continue
            action = self.rules._action(label.src or "", name)
            if action is not None:
                labeler = "" if name in _TITLES else label.src or ""
                yield FilterHit(_title(name), action, (), _filter_id(labeler, name))


def rules_in(preferences: Iterable[object]) -> Rules:
    """The rules among the preferences of an account (lexicon `app.bsky.actor.defs`)."""
    words: list[MutedWord] = []
    hidden: list[str] = []
    labels: list[tuple[str, str, str]] = []
    labelers: list[str] = []
    feeds: list[str] = []
    adult = False
    for one in preferences:
        match one:
            case {"$type": "app.bsky.actor.defs#mutedWordsPref", "items": [*items]}:
                words += [word for item in items[:_MOST_WORDS] if (word := _muted_word(item))]
            case {"$type": "app.bsky.actor.defs#hiddenPostsPref", "items": [*items]}:
                hidden += [item for item in items[-_MOST_HIDDEN:] if isinstance(item, str)]
            case {"$type": "app.bsky.actor.defs#adultContentPref", "enabled": bool(enabled)}:
                adult = enabled
            case {
                "$type": "app.bsky.actor.defs#contentLabelPref",
                "label": str(name),
                "visibility": str(setting),
            }:
                whose = one.get("labelerDid") if isinstance(one, dict) else None
                labeler = whose if isinstance(whose, str) and is_did(whose) else ""
                labels.append((labeler, _FORMER.get(name, name), setting))
            case {"$type": "app.bsky.actor.defs#labelersPref", "labelers": [*told]}:
                labelers += [did for each in told if (did := _did_in(each))]
            case {"$type": "app.bsky.actor.defs#savedFeedsPrefV2", "items": [*items]}:
                feeds += [uri for item in items if (uri := _saved_feed(item))]
    return Rules(
        tuple(words),
        tuple(hidden),
        adult,
        tuple(labels),
        tuple(dict.fromkeys(labelers))[:_MOST_LABELERS],
        tuple(dict.fromkeys(feeds)),
    )


def _muted_word(item: object) -> MutedWord | None:
    if not isinstance(item, dict) or not isinstance(item.get("value"), str):
        return None
    value = clean_line(item["value"], limit=_LONGEST).removeprefix("#")
    told = item.get("targets")
    targets = told if isinstance(told, list) else ["content"]
    ends = item.get("expiresAt")
    if not value or not ({"content", "tag"} & {one for one in targets if isinstance(one, str)}):
        return None
    return MutedWord(
        value=value,
        in_text="content" in targets,
        spares_followed=item.get("actorTarget") == "exclude-following",
        expires_at=to_millis_or_none(ends) if isinstance(ends, str) else None,
    )


def _plain_filter(word: MutedWord) -> Filter:
    """What finds a word that is not plain, once it is known that it is to be looked for."""
    keyword = Keyword(word.value, whole=_WITHOUT_SPACES.search(word.value) is None)
    return Filter(word.filter.id, word.value, FilterAction.HIDE, (), (keyword,))


def _is_over(word: MutedWord, now: Millis) -> bool:
    return word.expires_at is not None and word.expires_at <= now


def _did_in(told: object) -> str | None:
    did = told.get("did") if isinstance(told, dict) else None
    return did if isinstance(did, str) and is_did(did) else None


def _saved_feed(item: object) -> str | None:
    match item:
        case {"type": "feed", "value": str(uri)} if uri.startswith("at://"):
            return uri
    return None


def _standing(labels: Iterable[wire.Label], now: Millis) -> list[wire.Label]:
    """Labels that were not taken back and have not ended."""
    kept: dict[tuple[str | None, str | None], wire.Label] = {}
    for label in labels:
        key = (label.src, label.val)
        ends = to_millis_or_none(label.exp) if label.exp else None
        if label.neg or (ends is not None and ends <= now):
            kept.pop(key, None)
        elif label.val:
            kept[key] = label
    return list(kept.values())


def _title(name: str) -> str:
    return _TITLES.get(name) or clean_line(name.replace("-", " "), limit=100) or "a label"


def _filter_id(labeler: str, name: str) -> str:
    return f"label:{labeler}:{name}"


def label_header(labelers: Iterable[str], always: str) -> Mapping[str, str]:
    """Whose labels are wanted, as a header; none where only those are wanted that a server sends anyway.

    Args:
        labelers: DIDs.
        always: the network's own moderators, who are named as well once anybody is.
    """
    wanted = [did for did in labelers if did != always]
    if not wanted:
        return {}
    return {"atproto-accept-labelers": ", ".join([f"{always};redact", *wanted])}
