"""The state of the town: people, posts, who passed on what, what the owner was told and did.

Everything changes through the methods here; each returns what the owner's client hears of it. Time only
moves forward: what is filed later has a later moment.
"""

from __future__ import annotations

from collections import defaultdict

from msgspec.structs import replace

from tui_inbox.core.account import Limits
from tui_inbox.core.draft import Outgoing
from tui_inbox.core.events import (
    EntryArrived,
    NetworkEvent,
    Notice,
    Noticed,
    NoticeKind,
    PostDeleted,
    PostEdited,
)
from tui_inbox.core.moment import Millis
from tui_inbox.core.person import Person, Relationship
from tui_inbox.core.ports import Identity
from tui_inbox.core.post import (
    Audience,
    Boost,
    Feed,
    FeedEntry,
    FeedKind,
    Media,
    Post,
    PostView,
    SeenPost,
)
from tui_inbox.networks.demo.cast import BY_KEY, CAST, MIRA, OWNER, person_of
from tui_inbox.networks.demo.filters import hits_of
from tui_inbox.networks.demo.polls import counted, counted_for_author
from tui_inbox.networks.demo.records import Doings, Filing, Standing, Told
from tui_inbox.networks.demo.writing import HOME, id_of, short_name, spans, stamped

HOME_FEED = Feed(FeedKind.HOME)
LIMITS = Limits(
    characters=500,
    full_text_search=True,
    schedules=True,
    quotes=True,
    edits=True,
    software="demo town",
)

_MOST_FILINGS = 9_000
_NEWEST_KEPT = 4_000
_OF_OWNER_KEPT = 3_000


def owner_identity() -> Identity:
    """Who the demo account is, known before any town is founded."""
    return Identity(person_of(MIRA, None), LIMITS, usual_language="en")


class Town:
    """People, posts and what happened to them.

    Attributes:
        founded_at: when it began.
        people: everybody by short name.
        posts: what is still there, by id.
        filings: all places in time, oldest first, of deleted posts too.
        told: notifications, oldest first.
        answers: ids of the posts that answer a post.
        nexts: what the author of a post says next once the owner answers it.
        closed: posts with which their authors meant to end a conversation.
        newest_by: id of everybody's newest post that answers nobody.
        before: a post as it was before each change of it, oldest first.
        uploads: files that the owner handed over, by their ids.
        plans: texts of the owner that are kept for later, by the ids of the plans.
    """

    def __init__(self, founded_at: Millis) -> None:
        self.founded_at = founded_at
        self.people: dict[str, Person] = {
            one.key: person_of(one, founded_at) for one in CAST if one is not MIRA
        }
        self.people[OWNER] = owner_identity().person
        self.posts: dict[str, Post] = {}
        self.quoted: dict[str, str] = {}
        self.filings: list[Filing] = []
        self.told: list[Told] = []
        self.answers: defaultdict[str, list[str]] = defaultdict(list)
        self.nexts: dict[str, tuple[str, ...]] = {}
        self.closed: set[str] = set()
        self.newest_by: dict[str, str] = {}
        self.before: defaultdict[str, list[Post]] = defaultdict(list)
        self.standing = {one.key: Standing(one.followed, one.follows, one.note) for one in CAST[1:]}
        self.done = Doings()
        self.uploads: dict[str, Media] = {}
        self.plans: dict[str, Outgoing] = {}
        self._boosts_seen: set[tuple[str, str]] = set()

    @property
    def owner(self) -> Person:
        """Whose account it is."""
        return self.people[OWNER]

    # What people do

    def post(
        self, post: Post, *, quoted: str | None = None, nexts: tuple[str, ...] = ()
    ) -> list[NetworkEvent]:
        """Somebody posts, the owner too."""
        events: list[NetworkEvent] = []
        filing, told = self.file(post, quoted=quoted, nexts=nexts)
        if self.is_home(filing):
            events.append(EntryArrived(HOME_FEED, self.entry(filing)))
        if told is not None:
            events.append(Noticed(self.notice(told, told.at)))
        return events

    def file(
        self, post: Post, *, quoted: str | None = None, nexts: tuple[str, ...] = ()
    ) -> tuple[Filing, Told | None]:
        """Put a post in its place without telling anybody; what the owner will find she was told of it."""
        post_id, who = id_of(post), short_name(post.author)
        self.posts[post_id] = post
        if post.reply_to is None and post.audience is Audience.PUBLIC:
            self.newest_by[who] = post_id
        if quoted is not None:
            self.quoted[post_id] = quoted
        if nexts:
            self.nexts[post_id] = nexts
        if post.reply_to is not None and post.reply_to.server_id is not None:
            self.answers[post.reply_to.server_id].append(post_id)
        filing = Filing(post.created_at, post_id, post_id, who)
        self.filings.append(filing)
        is_quiet = who == OWNER or self.is_shut_out(who) or self.is_muted_talk(post_id)
        kind = None if is_quiet else self._why_told(post, quoted)
        if kind is None:
            return filing, None
        told = Told(post.created_at, f"{post_id}.n", kind, who, post_id)
        self.told.append(told)
        return filing, told

    def boost(self, who: str, post_id: str, at: Millis, entry_id: str) -> list[NetworkEvent]:
        """Somebody passes a post on; a second time changes nothing."""
        if post_id not in self.posts or (who, post_id) in self._boosts_seen:
            return []
        self._boosts_seen.add((who, post_id))
        filing = Filing(at, entry_id, post_id, who, is_boost=True)
        self.filings.append(filing)
        events: list[NetworkEvent] = []
        if self.is_home(filing):
            events.append(EntryArrived(HOME_FEED, self.entry(filing)))
        if who != OWNER and self.is_owners(post_id):
            events += self.tell(Told(at, f"{entry_id}.n", NoticeKind.BOOST, who, post_id))
        return events

    def unboost(self, who: str, post_id: str) -> None:
        """Somebody takes back that they passed a post on."""
        self._boosts_seen.discard((who, post_id))
        self.filings = [
            filing
            for filing in self.filings
            if not (filing.is_boost and filing.by == who and filing.post_id == post_id)
        ]

    def choose(self, who: str, post_id: str, place: int, at: Millis) -> list[NetworkEvent]:
        """Somebody votes in a poll of the owner's, once."""
        post = self.posts.get(post_id)
        if post is None or post.poll is None or post.poll.is_over(at) or self.is_shut_out(who):
            return []
        chosen = self.done.polled.setdefault(post_id, {})
        if who in chosen:
            return []
        chosen[who] = place % len(post.poll.options)
        return [PostEdited(self.seen(post_id, at))]

    def end_poll(self, post_id: str, at: Millis) -> list[NetworkEvent]:
        """A poll of the owner's is over, unless it is gone or lasts longer now."""
        post = self.posts.get(post_id)
        if post is None or post.poll is None or not post.poll.is_over(at):
            return []
        told = Told(at, stamped(at, "poll"), NoticeKind.POLL_ENDED, OWNER, post_id)
        return [*self.tell(told), PostEdited(self.seen(post_id, at))]

    def end_mute(self, who: str, until: Millis) -> None:
        """A mute for a time is over, unless it was made anew or taken back meanwhile."""
        standing = self.standing[who]
        if standing.muted_until == until:
            standing.muting, standing.muted_until = False, None

    def favourite(self, who: str, post_id: str, at: Millis, notice_id: str) -> list[NetworkEvent]:
        """Somebody marks a post of the owner; the town does not keep other people's marks."""
        if not self.is_owners(post_id):
            return []
        return self.tell(Told(at, notice_id, NoticeKind.FAVOURITE, who, post_id))

    def follow(self, who: str, at: Millis, notice_id: str) -> list[NetworkEvent]:
        """Somebody begins to follow the owner."""
        if self.standing[who].followed_by:
            return []
        self.standing[who].followed_by = True
        return self.tell(Told(at, notice_id, NoticeKind.FOLLOW, who))

    def edit(self, post_id: str, text: str, at: Millis) -> list[NetworkEvent]:
        """An author changes the plain text of a post."""
        post = self.posts.get(post_id)
        if post is None:
            return []
        links, mentions, tags = spans(text, self.people)
        return self.change(replace(post, text=text, links=links, mentions=mentions, tags=tags), at)

    def change(self, post: Post, at: Millis) -> list[NetworkEvent]:
        """An author changes a post that is there."""
        post_id, who = id_of(post), short_name(post.author)
        self.before[post_id].append(self.posts[post_id])
        self.posts[post_id] = replace(post, edited_at=at)
        events: list[NetworkEvent] = []
        if not self.is_shut_out(who):
            events.append(PostEdited(self.seen(post_id, at)))
            if post_id in self.done.boosted:
                told = Told(at, stamped(at, "edited"), NoticeKind.EDITED, who, post_id)
                events += self.tell(told)
        return events

    def delete(self, post_id: str) -> list[NetworkEvent]:
        """A post goes, and with it what the owner was told of it."""
        post = self.posts.pop(post_id, None)
        if post is None:
            return []
        self.before.pop(post_id, None)
        self.told = [told for told in self.told if told.post_id != post_id]
        if self.newest_by.get(short_name(post.author)) == post_id:
            del self.newest_by[short_name(post.author)]
        return [PostDeleted(server_id=post_id, ref=post.ref)]

    def tell(self, told: Told) -> list[NetworkEvent]:
        """The owner is told something."""
        if self.is_shut_out(told.by):
            return []
        self.told.append(told)
        return [Noticed(self.notice(told, told.at))]

    def forget_oldest(self) -> None:
        """Let go of old posts once there are too many: first of those that do not concern the owner."""
        if len(self.filings) <= _MOST_FILINGS:
            return
        old, new = self.filings[:-_NEWEST_KEPT], self.filings[-_NEWEST_KEPT:]
        concerning = [filing for filing in old if self._concerns_owner(filing)]
        self.filings = concerning[-_OF_OWNER_KEPT:] + new
        still = {filing.post_id for filing in self.filings}
        for gone in self.posts.keys() - still:
            del self.posts[gone]
            self.answers.pop(gone, None)
            self.nexts.pop(gone, None)
            self.before.pop(gone, None)
            self.done.voted.pop(gone, None)
            self.done.polled.pop(gone, None)
            self.quoted.pop(gone, None)
        self.told = [told for told in self.told if told.post_id is None or told.post_id in still]
        self._boosts_seen = {pair for pair in self._boosts_seen if pair[1] in still}

    def _concerns_owner(self, filing: Filing) -> bool:
        post = self.posts.get(filing.post_id)
        if post is None or filing.by == OWNER or self.is_owners(filing.post_id):
            return post is not None
        owner = self.owner.ref
        return filing.post_id in self.done.bookmarked or any(
            mention.person == owner for mention in post.mentions
        )

    # What can be seen

    def is_owners(self, post_id: str) -> bool:
        """Whether the owner wrote it and it is still there."""
        post = self.posts.get(post_id)
        return post is not None and post.author.server_id == self.owner.server_id

    def is_shut_out(self, who: str) -> bool:
        """Whether the owner muted or blocked somebody."""
        standing = self.standing.get(who)
        return standing is not None and (standing.muting or standing.blocking)

    def root_of(self, post_id: str) -> str:
        """The first post of a conversation, as far up as it is still there."""
        post = self.posts.get(post_id)
        while post is not None and post.reply_to is not None:
            above = self.posts.get(post.reply_to.server_id or "")
            if above is None:
                break
            post = above
        return post_id if post is None else id_of(post)

    def is_muted_talk(self, post_id: str) -> bool:
        """Whether the owner wants to hear no more of the conversation that a post stands in."""
        return bool(self.done.muted_talks) and self.root_of(post_id) in self.done.muted_talks

    def follows(self, who: str) -> bool:
        """Whether the owner reads somebody: herself, and those she follows."""
        return who == OWNER or self.standing[who].following

    def is_home(self, filing: Filing) -> bool:
        """Whether a filing belongs into the home feed.

        As on Mastodon: of the people one follows, without direct messages, without answers to people one
        does not follow.
        """
        post = self.posts.get(filing.post_id)
        if post is None or post.audience is Audience.DIRECT or not self.follows(filing.by):
            return False
        author = short_name(post.author)
        if self.is_shut_out(filing.by) or self.is_shut_out(author):
            return False
        if filing.is_boost and filing.by != OWNER and self.standing[filing.by].hides_boosts:
            return False
        if filing.is_boost or filing.by == OWNER or post.reply_to is None:
            return True
        parent = self.posts.get(post.reply_to.server_id or "")
        if parent is None:
            return False
        addressee = short_name(parent.author)
        return addressee == filing.by or self.follows(addressee)

    def may_read(self, post: Post) -> bool:
        """Whether the owner may read a post: direct messages are for those who are named."""
        owner = self.owner
        return (
            post.audience is not Audience.DIRECT
            or post.author.server_id == owner.server_id
            or any(mention.person == owner.ref for mention in post.mentions)
        )

    def seen(self, post_id: str, now: Millis, *, with_quoted: bool = True) -> SeenPost:
        """A post that is there, as the owner sees it at a moment."""
        post, done = self.posts[post_id], self.done
        voted = done.voted.get(post_id)
        if post.poll is not None and self.is_owners(post_id):
            chosen = done.polled.get(post_id, {})
            post = replace(post, poll=counted_for_author(post.poll, chosen, now))
        elif post.poll is not None:
            post = replace(post, poll=counted(post.poll, voted, now))
        view = PostView(
            post_id,
            favourited=post_id in done.favourited,
            boosted=post_id in done.boosted,
            bookmarked=post_id in done.bookmarked,
            muted=self.is_muted_talk(post_id),
            filtered=hits_of(post, post_id, done.hidden_words),
            voted=voted,
        )
        quoted_id = self.quoted.get(post_id)
        if not with_quoted or quoted_id is None or quoted_id not in self.posts:
            return SeenPost(post, view)
        return SeenPost(post, view, self.seen(quoted_id, now, with_quoted=False))

    def entry(self, filing: Filing, now: Millis | None = None) -> FeedEntry:
        """A filing as an entry of a feed."""
        boost = None
        if filing.is_boost:
            uri = f"{HOME}/boosts/{filing.entry_id}"
            boost = Boost(self.people[filing.by], filing.at, uri, filing.entry_id)
        seen = self.seen(filing.post_id, filing.at if now is None else now)
        return FeedEntry(seen, filing.at, filing.entry_id, boost)

    def notice(self, told: Told, now: Millis) -> Notice:
        """A notification as the owner's client gets it."""
        seen = self.seen(told.post_id, now) if told.post_id else None
        return Notice(told.notice_id, told.kind, told.at, self.people[told.by], seen)

    def relationship(self, who: str) -> Relationship:
        """How the owner stands to somebody."""
        standing = self.standing[who]
        return Relationship(
            self.people[who].server_id,
            following=standing.following,
            followed_by=standing.followed_by,
            blocking=standing.blocking,
            muting=standing.muting,
            note=standing.note,
        )

    def key_of(self, server_id: str) -> str:
        """The short name of somebody by the server's id, or an empty text."""
        key = server_id.removeprefix("person-")
        return key if key in BY_KEY and server_id != key else ""

    def _why_told(self, post: Post, quoted: str | None) -> NoticeKind | None:
        if quoted is not None and self.is_owners(quoted):
            return NoticeKind.QUOTE
        if any(mention.person == self.owner.ref for mention in post.mentions):
            return NoticeKind.MENTION
        return None
