"""What a town remembers when it is founded: the people, their manners, and what waits for the owner."""

from __future__ import annotations

import time
from collections import Counter
from itertools import pairwise

import pytest
from networks.demo.visits import HOME, NOON, OWN, Visit

from tui_inbox.core.asks import asks_something
from tui_inbox.core.events import NoticeKind
from tui_inbox.core.moment import DAY, HOUR
from tui_inbox.core.ports import PageOf, Refused, Unsupported
from tui_inbox.core.post import Audience, Feed, FeedKind, Post
from tui_inbox.core.text import clean, clean_line
from tui_inbox.networks.demo.cast import CAST, OWNER
from tui_inbox.networks.demo.chronicle import Chronicle
from tui_inbox.networks.demo.decks import decks
from tui_inbox.networks.demo.past import write_past
from tui_inbox.networks.demo.town import Town


def the_town(seed: int = 7) -> Town:
    town = Town(NOON)
    write_past(town, decks(seed), NOON, seed)
    return town


def by(town: Town, who: str) -> list[Post]:
    return [post for post in town.posts.values() if post.author.server_id == f"person-{who}"]


def exchanged(town: Town, who: str) -> list[Post]:
    """What the owner and somebody wrote to each other, oldest first."""
    pair = {f"person-{who}", f"person-{OWNER}"}
    return [
        post
        for post in town.posts.values()
        if post.author.server_id in pair
        and any(mention.server_id in pair for mention in post.mentions)
    ]


async def test_the_same_seed_gives_the_same_town_and_another_seed_another() -> None:
    assert the_town().posts == the_town().posts
    assert the_town().told == the_town().told
    assert the_town().posts != the_town(seed=8).posts


def test_the_past_is_months_long_and_quickly_told() -> None:
    began = time.process_time()
    town = the_town()
    taken = time.process_time() - began
    assert 2_500 <= len(town.posts) <= 3_800
    assert min(post.created_at for post in town.posts.values()) < NOON - 140 * DAY
    assert max(post.created_at for post in town.posts.values()) < NOON
    assert taken < 1.0  # a fifth of that on a quiet machine; this only catches what got slow


def test_nobody_writes_before_their_account_was_made() -> None:
    for post in the_town().posts.values():
        assert post.author.created_at is None or post.author.created_at <= post.created_at


def test_everything_in_town_is_clean() -> None:
    town = the_town()
    for post in town.posts.values():
        lines = [post.warning, *(media.alt for media in post.media)]
        lines += [option.title for option in post.poll.options] if post.poll else []
        lines += [post.card.title, post.card.description] if post.card else []
        assert clean(post.text) == post.text
        assert [clean_line(line) for line in lines] == lines
        assert all(0 <= link.start < link.end <= len(post.text) for link in post.links)
        assert not set("{}[]|¶<>") & set(post.text)
    for person in town.people.values():
        assert clean_line(person.name) == person.name
        assert clean(person.bio) == person.bio


async def test_the_home_feed_ends_after_four_hundred_entries_and_repeats_no_text() -> None:
    entries = await Visit().entries()
    assert len(entries) == 400
    texts = Counter(entry.seen.post.text for entry in entries if entry.boost is None)
    assert sum(1 for number in texts.values() if number > 1) <= 4


async def test_the_owner_finds_all_she_wrote_and_what_she_was_told() -> None:
    visit = Visit()
    own = await visit.posts(OWN)
    assert len(own) > 400
    assert {post.author.handle for post in own} == {"mira@town.example"}
    kinds = Counter(notice.kind for notice in await visit.notices())
    assert kinds[NoticeKind.MENTION] > 400
    assert kinds[NoticeKind.FAVOURITE] > 50
    assert kinds[NoticeKind.BOOST] > 0
    assert kinds[NoticeKind.FOLLOW] == 3
    assert kinds[NoticeKind.QUOTE] == 1


async def test_three_friends_wait_for_an_answer() -> None:
    visit = Visit()
    asked = (await visit.mentions_by("quillfox"))[0]
    thread = await visit.network.thread(asked.view.server_id)
    assert NOON - asked.post.created_at == pytest.approx(5 * HOUR, abs=1_000)
    assert asks_something(asked.post.text)
    assert [seen.post.author.name for seen in thread.above] == ["fern & ledger", "mira"]
    assert [seen.post.text for seen in thread.below] == ["@quillfox @mira mine kept them"]
    assert (await visit.mentions_by("odile"))[0].post.text.startswith("@mira The second bridge")
    direct = (await visit.mentions_by("tinbadger"))[0].post
    assert direct.audience is Audience.DIRECT
    assert direct.reply_to is None


async def test_newcomers_answer_the_owners_posts_and_strangers_write_of_themselves() -> None:
    visit = Visit()
    for newcomer in ("mossygate", "papercrane"):
        first = (await visit.mentions_by(newcomer))[-1].post
        assert first.reply_to is not None
        assert first.reply_to.author_server_id == f"person-{OWNER}"
    strangers = ("latestarling", "harbournan", "dealrocket77", "luckycoin44", "parcel20418")
    for stranger in strangers:
        assert (await visit.mentions_by(stranger))[0].post.reply_to is None


async def test_the_spammer_sends_fourteen_others_the_same_text_and_answers_nobody() -> None:
    posts = await Visit().posts_by("dealrocket77")
    texts = Counter(post.text.partition(" ")[2] for post in posts if post.text.startswith("@"))
    victims = {mention.server_id for post in posts for mention in post.mentions}
    assert max(texts.values()) == 15
    assert len(victims - {f"person-{OWNER}"}) == 14
    assert all(post.reply_to is None for post in posts)
    assert all(post.links for post in posts)
    author = posts[0].author
    assert author.created_at == NOON - 2 * DAY
    assert not author.bio
    assert not author.has_picture


@pytest.mark.parametrize("stranger", ["latestarling", "harbournan"])
async def test_two_strangers_look_like_people(stranger: str) -> None:
    posts = await Visit().posts_by(stranger)
    answering = [post.reply_to for post in posts if post.reply_to]
    assert len(answering) >= len(posts) / 2
    assert len({answer.author_server_id for answer in answering}) >= 8
    assert len({post.text for post in posts}) >= len(posts) - 2


def test_quiet_friends_had_a_rhythm_and_stopped() -> None:
    town = the_town()
    for who, every, silent in (("wren", 6, 24), ("oldlantern", 9, 38), ("marchhare", 3, 110)):
        talk = exchanged(town, who)
        quiet = (NOON - talk[-1].created_at) / DAY
        beginnings = sorted(post.created_at for post in talk)
        pauses = [b - a for a, b in pairwise(beginnings) if b - a > DAY]
        assert silent - 2 < quiet < silent + 2
        assert sum(pauses) / len(pauses) / DAY == pytest.approx(every, rel=0.35)
        assert max(post.created_at for post in by(town, who)) <= NOON - (silent - 1) * DAY


def test_about_thirty_people_have_talked_with_the_owner() -> None:
    town = the_town()
    partners = [one.key for one in CAST[1:] if len(exchanged(town, one.key)) >= 2]
    assert 25 <= len(partners) <= 45
    recent = [post for post in exchanged(town, "quillfox") if post.created_at > NOON - 30 * DAY]
    assert len(recent) >= 14


def test_copper_kettle_began_three_conversations_and_is_not_followed() -> None:
    town = the_town()
    begun = [
        post for post in by(town, "copperkettle") if post.reply_to is None and "@mira" in post.text
    ]
    assert len(begun) == 3
    assert not town.standing["copperkettle"].following


async def test_the_search_finds_who_asks_the_whole_town() -> None:
    visit = Visit()
    hits = await visit.posts(Feed(FeedKind.SEARCH, '"anyone know"'))
    assert len(hits) >= 14
    assert hits[0].text.startswith("Anyone know a crm that exports plain text?")
    narrower = await visit.posts(Feed(FeedKind.SEARCH, '"anyone know" crm'))
    assert 0 < len(narrower) < len(hits)
    at_home = [post for post in await visit.posts() if "nyone know" in post.text]
    assert len(at_home) >= 6


async def test_every_kind_of_post_stands_in_the_home_feed() -> None:
    entries = await Visit().entries()
    posts = [entry.seen.post for entry in entries]
    assert {"de", "fr", "es", "ja", "zh", "ko", "ar", "he", "hi", "th", "vi"} <= {
        post.language for post in posts
    }
    assert any("\u200d" in post.text for post in posts)
    assert any(post.warning for post in posts)
    assert any(post.poll for post in posts)
    assert any(media.alt for post in posts for media in post.media)
    assert any(post.card for post in posts)
    assert any(post.tags for post in posts)
    assert any(entry.seen.quoted for entry in entries)
    assert any(entry.boost for entry in entries)
    assert any(len(post.text) > 450 for post in posts)
    assert any("\u0336" in post.text for post in posts)


async def test_a_tag_finds_everybody_who_used_it() -> None:
    posts = await Visit().posts(Feed(FeedKind.TAG, "Choir"))
    assert posts
    assert all("choir" in post.tags for post in posts)


async def test_what_is_not_there_is_refused() -> None:
    visit = Visit()
    with pytest.raises(Unsupported):
        await visit.posts(Feed(FeedKind.FEDERATED))
    for feed in (Feed(FeedKind.LIST, "1"), Feed(FeedKind.TAG)):
        with pytest.raises(Refused):
            await visit.posts(feed)
    with pytest.raises(Refused) as refused:
        await visit.posts_by("nobody")
    assert refused.value.gone
    with pytest.raises(Refused):
        await visit.network.feed(HOME, PageOf(older_than="no such place"))


async def test_a_page_above_an_entry_holds_what_is_just_newer() -> None:
    visit = Visit()
    entries = await visit.entries()
    page = await visit.network.feed(HOME, PageOf(limit=5, newer_than=entries[20].entry_id))
    assert [one.entry_id for one in page.entries] == [one.entry_id for one in entries[15:20]]


async def test_private_notes_and_follows_are_known_from_the_first_day() -> None:
    told = await Visit().network.relationships(["person-quillfox", "person-copperkettle", "nobody"])
    quillfox, kettle = told
    assert quillfox.following
    assert quillfox.followed_by
    assert quillfox.note == 'runs the choir in Elmport. Calls tags "labels".'
    assert not kettle.following


def test_a_chronicle_without_anything_leaves_the_town_empty() -> None:
    town = Town(NOON)
    Chronicle().write(town)
    assert not town.posts
