"""The stranger check: what somebody's recent posts tell of them, in sentences that can be looked up.

Pure: posts, a profile and what is known here go in, findings and one of three verdicts come out. Each finding names
the posts behind it. No number of followers, likes or boosts is ever asked for. The rules in their order:

1. What could not be read tells nothing.
2. The same text, or a link to the same site that nobody asked for, to `MANY` people or more: *sends everyone the
   same*, unless they answer at least as many people in words of their own. Then nobody can tell.
3. Who says of themselves that they are a bot may be a useful one: nobody can tell.
4. Somebody the owner talks with writes with them: *looks like a person*.
5. Fewer than `ENOUGH` posts tell nothing.
6. Answers to `ANSWERED` people or more in words of their own: *looks like a person*, unless most of those they answer,
   and `MANY`, get the same words.
7. Everything else: nobody can tell, and it is said why.

The order of the posts does not matter, and neither does whom a text names (see `core.shingles`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from urllib.parse import urlsplit

from tui_inbox.core.asks import only_thanks
from tui_inbox.core.findings import (
    About,
    Account,
    Check,
    Conversation,
    Finding,
    Friend,
    Known,
    Knows,
    Links,
    SameLink,
    SameText,
    Verdict,
    YouTwo,
)
from tui_inbox.core.moment import DAY, Millis
from tui_inbox.core.person import Person
from tui_inbox.core.post import Post
from tui_inbox.core.shingles import MOST_COMPARED, Wording, alike, wording_of

LOOKED_AT = 40
"""Posts that are looked at: what a server gives in one request."""
SAME_POSTS = 3
"""A text posted fewer times is no habit: one post to six people of a conversation is that conversation."""
WORTH_SAYING = 3
"""A text sent to so many people is told of."""
MANY = 5
"""A text sent to so many people decides. Three may be friends who were told one piece of news."""
ENOUGH = 5
"""Posts below this number show nothing but that somebody is new."""
ANSWERED = 3
"""People answered in words of their own. Two may be accomplices, or luck; three strangers rarely are."""
OWN_WORDS = 3
"""An answer with fewer words ("ok", "so true") could be anybody's."""
WEIGHT_UNASKED = 6
"""A text of fewer words may be the same by chance: "happy birthday to you, dear"."""
WEIGHT_IN_ANSWERS = 12
"""Answers may be the same from politeness: a good morning to everybody, every morning."""
WEIGHT_WITH_LINK = 3
"""With a link few words are enough: who points somewhere wants something."""
LINKS = 3
"""So many links are worth counting."""
ONE_SITE = 0.6
"""The share of them that makes it worth saying where they go."""
YOUNG: Millis = 14 * DAY
"""An account younger than this is told of."""


def unread(why: str, person: Person | None = None, known: Known | None = None) -> Check:
    """The check of somebody whose posts could not be read."""
    findings = _about_them(person, known or Known()) if person else ()
    return Check(Verdict.UNKNOWN, why, findings=findings)


def check(person: Person, posts: Iterable[Post], known: Known | None = None) -> Check:
    """What is to be told of somebody.

    Args:
        person: as their server describes them.
        posts: their recent posts, in any order; boosts and posts of others do not count.
        known: what the store knows of them.
    """
    known = known or Known()
    read = _Read(person, posts, known)
    verdict, why = _verdict(read)
    own = read.own
    return Check(
        verdict,
        why,
        posts=len(own),
        first=own[0].post.created_at if own else 0,
        last=own[-1].post.created_at if own else 0,
        findings=(*_of_posts(read), *_about_them(person, known, read.friends)),
    )


class _One:
    """A post with what is worked out of it once."""

    def __init__(self, post: Post, me: Person) -> None:
        self.post = post
        self.uri = post.ref.uri
        reply = post.reply_to
        answered = reply.author_server_id if reply else None
        self.answers = answered if answered and answered != me.server_id else None
        named = {one.server_id or one.person.uri for one in post.mentions if one.person != me.ref}
        self.to = named | ({self.answers} if self.answers else set())
        self.refs = {one.person.uri for one in post.mentions if one.person != me.ref}
        self.sites = [site for url in links_of(post) if (site := site_of(url))]
        self.wording: Wording = wording_of(post.text, [one.handle for one in post.mentions])

    @cached_property
    def _only_thanks(self) -> bool:
        return only_thanks(self.post.text[:MOST_COMPARED])

    @cached_property
    def can_be_compared(self) -> bool:
        """Whether it says enough that saying it twice is no chance, and more than thanks."""
        least = WEIGHT_IN_ANSWERS if self.answers else WEIGHT_UNASKED
        least = WEIGHT_WITH_LINK if self.sites else least
        return self.wording.weight >= least and not self._only_thanks

    @cached_property
    def is_own_answer(self) -> bool:
        """Whether it answers somebody in words that mean something."""
        return (
            self.answers is not None and self.wording.weight >= OWN_WORDS and not self._only_thanks
        )


class _Read:
    """The posts of somebody, read once from every side."""

    def __init__(self, person: Person, posts: Iterable[Post], known: Known) -> None:
        theirs = {post.ref.uri: post for post in posts if post.author.ref == person.ref}
        ordered = sorted(theirs.values(), key=lambda post: (post.created_at, post.ref.uri))
        self.person = person
        self.known = known
        self.own = [_One(post, person) for post in ordered[-LOOKED_AT:]]

    @cached_property
    def same(self) -> list[_One]:
        """The posts of the text that was sent to most people; empty where no text was sent to several."""
        told = [one for one in self.own if one.to and one.can_be_compared]
        groups = _grouped(told, lambda one, other: alike(one.wording, other.wording))
        return _widest([group for group in groups if len(group) >= SAME_POSTS])

    @cached_property
    def same_link(self) -> list[_One]:
        """The posts with a link to one site that were sent to most people who had not written."""
        unasked = [one for one in self.own if one.to and one.post.reply_to is None]
        sites = {site for one in unasked for site in one.sites}
        groups = [[one for one in unasked if site in one.sites] for site in sorted(sites)]
        return _widest([group for group in groups if len(group) >= SAME_POSTS])

    @cached_property
    def answers(self) -> list[_One]:
        """Answers to others that are not the one text everybody gets."""
        same = {one.uri for one in self.same}
        return [one for one in self.own if one.answers and one.uri not in same]

    @cached_property
    def answered(self) -> set[str]:
        """Whom they answered with more than a word."""
        return {one.answers for one in self.answers if one.is_own_answer and one.answers}

    @cached_property
    def wordings(self) -> list[list[_One]]:
        """Those answers, each with the others that say the same."""
        said = [one for one in self.answers if one.is_own_answer]
        return _grouped(said, lambda one, other: alike(one.wording, other.wording))

    @cached_property
    def own_words(self) -> int:
        """How many people they answered in words of their own: who says the same to twenty has said it once."""
        return min(len(self.wordings), len(self.answered))

    @cached_property
    def same_words(self) -> int:
        """How many people they answered in the same words, where those are most of all and `MANY`; else 0."""
        most = max((len({one.answers for one in same}) for same in self.wordings), default=0)
        return most if most >= MANY and most > len(self.answered) / 2 else 0

    @cached_property
    def friends(self) -> list[tuple[Friend, list[str]]]:
        """People the owner talks with who wrote to them and were written to, with their posts to each."""
        same = {one.uri for one in (*self.same, *self.same_link)}
        meant = [one for one in self.own if one.uri not in same]
        found = []
        for friend in sorted(self.known.friends, key=lambda friend: (friend.name, friend.uri)):
            back = [
                one.uri for one in meant if friend.server_id in one.to or friend.uri in one.refs
            ]
            if back:
                found.append((friend, back))
        return found


def _verdict(read: _Read) -> tuple[Verdict, str]:
    text, link, answered = _people(read.same), _people(read.same_link), read.own_words
    if (reached := max(text, link)) >= MANY:
        if answered < reached:
            return Verdict.SAME, ""
        what = "text" if text >= link else "link"
        return Verdict.UNKNOWN, f"same {what} to {reached} people, and answers {answered} as well"
    if read.person.bot:
        return Verdict.UNKNOWN, "says of itself that it is a bot"
    if read.friends:
        return Verdict.PERSON, ""
    if not read.own:
        locked = read.person.locked
        return Verdict.UNKNOWN, "posts are for followers only" if locked else "no post to be seen"
    if len(read.own) < ENOUGH:
        return Verdict.UNKNOWN, f"{len(read.own)} {'post' if len(read.own) == 1 else 'posts'} only"
    if read.same_words:
        return Verdict.UNKNOWN, f"answers {read.same_words} people in the same words"
    if answered >= ANSWERED:
        return Verdict.PERSON, ""
    if not answered:
        return Verdict.UNKNOWN, "answers nobody" if not read.answers else "answers in a word only"
    people = len(read.answered)
    if people >= ANSWERED:
        return Verdict.UNKNOWN, f"answers {people} people in the same words"
    return Verdict.UNKNOWN, f"answers {people} {'person' if people == 1 else 'people'} only"


def _of_posts(read: _Read) -> list[Finding]:
    """What their posts tell."""
    found: list[Finding] = []
    if (people := _people(read.same)) >= WORTH_SAYING:
        found.append(SameText(people, read.same[0].post.created_at, _uris(read.same)))
    if (people := _people(read.same_link)) >= WORTH_SAYING and len(read.same_link) > len(read.same):
        site = _site(read.same_link)
        since = read.same_link[0].post.created_at
        found.append(SameLink(site, people, since, _uris(read.same_link)))
    linking = [one for one in read.own if one.sites]
    sites = [site for one in linking for site in one.sites]
    if len(sites) >= LINKS:
        site = _site(linking)
        if (count := sites.count(site)) >= ONE_SITE * len(sites):
            there = [one for one in linking if site in one.sites]
            found.append(Links(site, count, len(sites), _uris(there)))
    if read.own:
        returned = [one for one in read.answers if _parent(one) in read.known.to_them]
        found.append(
            Conversation(
                answers=len(read.answers),
                total=len(read.own),
                people=len({one.answers for one in read.answers}),
                returned=len(returned),
                posts=_uris(read.answers),
            )
        )
    return found


def _about_them(
    person: Person, known: Known, friends: Sequence[tuple[Friend, list[str]]] = ()
) -> tuple[Finding, ...]:
    """What their profile tells, and who knows them."""
    found: list[Finding] = []
    has_words = bool(person.bio.strip() or person.fields)
    found.append(Account(person.created_at, has_words, person.has_picture, person.bot))
    if friends:
        posts = tuple(uri for friend, back in friends for uri in (*friend.posts, *back))
        found.append(Knows(tuple(friend.name for friend, _ in friends), posts))
    if person.fields:
        verified = sum(field.verified for field in person.fields)
        found.append(About(len(person.fields), verified))
    if not friends and not known.talked:
        found.append(YouTwo())
    if known.to_you is not None:
        found.append(known.to_you)
    return tuple(found)


def _grouped(posts: Sequence[_One], same: Callable[[_One, _One], bool]) -> list[list[_One]]:
    """Posts of which each is the same as another of its group, whatever order they came in."""
    leader = list(range(len(posts)))

    def led(place: int) -> int:
        while leader[place] != place:
            place = leader[place]
        return place

    for later in range(len(posts)):
        for earlier in range(later):
            one, other = led(earlier), led(later)
            if one != other and same(posts[earlier], posts[later]):
                leader[max(one, other)] = min(one, other)
    groups: dict[int, list[_One]] = {}
    for place, post in enumerate(posts):
        groups.setdefault(led(place), []).append(post)
    return list(groups.values())


def _widest(groups: Iterable[list[_One]]) -> list[_One]:
    """The group that reached most people; of equals the one with more posts, then the older one."""
    ranked = sorted(
        groups,
        key=lambda group: (
            -_people(group),
            -len(group),
            group[0].post.created_at,
            group[0].uri,
        ),
    )
    return ranked[0] if ranked else []


def _people(posts: Iterable[_One]) -> int:
    return len({person for one in posts for person in one.to})


def _uris(posts: Iterable[_One]) -> tuple[str, ...]:
    """Newest first, as evidence is read."""
    return tuple(one.uri for one in posts)[::-1]


def _site(posts: Iterable[_One]) -> str:
    """The site that most of some links go to."""
    counts: Mapping[str, int] = _counted(site for one in posts for site in one.sites)
    return min(counts, key=lambda site: (-counts[site], site))


def _counted(sites: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for site in sites:
        counts[site] = counts.get(site, 0) + 1
    return counts


def _parent(one: _One) -> str:
    return (one.post.reply_to.server_id or "") if one.post.reply_to else ""


def links_of(post: Post) -> list[str]:
    """Where a post points to; names and tags are links of the network's own."""
    return [link.url for link in post.links if post.text[link.start : link.start + 1] not in "@#"]


_COUNTRY = 2
"""Letters of a country's domain, below which registries have levels of their own: `bank.co.uk`."""


def site_of(url: str) -> str:
    """The site that a link leads to: without `www`, and without further names where that is surely one site.

    Below a domain of more than two letters two names are one owner's (`a.shop.example` is `shop.example`); below a
    country's nobody can tell without a list, so there the whole host is taken.
    """
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    labels = host.removeprefix("www.").split(".")
    if len(labels) > 2 and len(labels[-1]) > _COUNTRY and not labels[-1].isdigit():
        labels = labels[-2:]
    return ".".join(labels)
