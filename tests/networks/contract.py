"""What every network does, whatever it speaks: the tests that an adapter has to pass.

A test module subclasses `NetworkContract` under a name that begins with `Test` and gives it a
fixture `network`: a connected account whose home feed holds at least three posts, more than one
page of two, and whose account may post.
"""

from __future__ import annotations

import asyncio
import base64
import itertools
import time
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest

from tui_inbox.core.act import Act, ActKind, Report
from tui_inbox.core.door import PeopleList
from tui_inbox.core.draft import Outgoing, PollDraft, Upload
from tui_inbox.core.events import EntryArrived, NetworkEvent, StreamOpened
from tui_inbox.core.moment import DAY, HOUR, MINUTE, SECOND
from tui_inbox.core.person import ProfileField
from tui_inbox.core.ports import Network, Page, PageOf, Refused, Unsupported
from tui_inbox.core.post import Audience, Feed, FeedEntry, FeedKind, MediaKind, SeenPost
from tui_inbox.core.profile import ProfileEdit, ProfileWords
from tui_inbox.core.text import is_clean

HOME = Feed(FeedKind.HOME)
OWN = Feed(FeedKind.OWN)

PATIENCE = 30.0
"""Seconds after which a test that waits for an event has failed."""

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
)
"""One point, as PNG."""

_numbers = itertools.count(1)


def outgoing(text: str, **changes: Any) -> Outgoing:
    """A text ready to leave, with a key of its own."""
    settings: dict[str, Any] = {
        "key": f"contract-{next(_numbers)}",
        "text": text,
        "warning": "",
        "audience": Audience.PUBLIC,
        "language": "en",
        "reply_to": None,
        "quotes": None,
        "created_at": 0,
    }
    return Outgoing(**(settings | changes))


async def all_pages(network: Network, feed: Feed, limit: int) -> list[Page]:
    """Every page of a feed, from the newest down to its end."""
    pages = [await network.feed(feed, PageOf(limit=limit))]
    while pages[-1].older is not None and pages[-1].entries:
        assert len(pages) < 2000, "the feed never ends"
        pages.append(await network.feed(feed, PageOf(limit=limit, older_than=pages[-1].older)))
    return pages


async def opened(events: AsyncIterator[NetworkEvent]) -> None:
    """Wait until a stream is open."""
    async with asyncio.timeout(PATIENCE):
        assert isinstance(await anext(events), StreamOpened)


async def arrival(events: AsyncIterator[NetworkEvent], text: str) -> FeedEntry:
    """Wait for a post with this text on a stream."""
    async with asyncio.timeout(PATIENCE):
        async for event in events:
            if isinstance(event, EntryArrived) and event.entry.seen.post.text == text:
                return event.entry
    raise AssertionError("the stream ended")


def assert_clean(seen: SeenPost) -> None:
    """Nothing that came along may hold control characters."""
    post = seen.post
    texts = [post.text, post.warning, post.author.name, post.author.handle, post.author.bio]
    texts += [mention.handle for mention in post.mentions] + [media.alt for media in post.media]
    assert all(is_clean(text) for text in texts)
    assert all(0 <= link.start < link.end <= len(post.text) for link in post.links)


class NetworkContract:
    """The tests. `network` is to be overridden.

    Attributes:
        page_size: entries a page of the home feed is asked for when all of it is read.
        lacks: acts that the network has no way to do, and says so.
        mutes_for_a_time: whether a mute can end by itself.
        finds_tags: whether tags are completed.
        streams: whether what happens is told as it happens.
        marks_sensitive: whether a text can say that its files are nothing for everybody.
        gives_files_back: whether the files of an own post can go with a text that is written anew.
    """

    page_size = 40
    lacks: frozenset[ActKind] = frozenset()
    mutes_for_a_time = True
    finds_tags = True
    streams = True
    marks_sensitive = True
    gives_files_back = True

    @pytest.fixture
    def network(self) -> Network:
        """The adapter under test."""
        raise NotImplementedError("the subclass says which network is tested")

    async def test_the_owner_is_known_and_stays_the_same(self, network: Network) -> None:
        one, other = await network.identify(), await network.identify()
        assert one.person.ref == other.person.ref
        assert one.person.handle
        assert not one.person.handle.startswith("@")
        assert one.limits.characters > 0

    async def test_the_own_profile_is_read_and_changed_and_changed_back(
        self, network: Network
    ) -> None:
        before = await network.profile()
        assert before.person.ref == (await network.identify()).person.ref
        assert is_clean(before.words.text)
        assert bool(before.is_fixed) is (ActKind.PROFILE in self.lacks)
        if before.is_fixed:
            return
        fields = (ProfileField("web", "https://me.example"),) if before.has_fields else ()
        to = ProfileWords("Somebody Else", "Two lines\nabout me.", fields)
        change = ProfileEdit(before.words, to)
        for _ in range(2):  # again changes nothing
            await network.act(Act(ActKind.PROFILE, change.to_json()))
        now = await network.profile()
        assert now.words == to
        assert now.person.name == "Somebody Else"
        other = ProfileEdit(before.words, ProfileWords("A Third"))
        with pytest.raises(Refused):
            await network.act(Act(ActKind.PROFILE, other.to_json()))
        await network.act(Act(ActKind.PROFILE, change.reverse.to_json()))
        plain = [(one.label, one.text) for one in (await network.profile()).words.fields]
        assert plain == [(one.label, one.text) for one in before.words.fields]

    async def test_the_newest_page_is_newest_first_and_clean(self, network: Network) -> None:
        page = await network.feed(HOME, PageOf(limit=20))
        times = [entry.filed_at for entry in page.entries]
        assert len(times) >= 3
        assert times == sorted(times, reverse=True)
        for entry in page.entries:
            assert_clean(entry.seen)

    async def test_posts_that_are_asked_about_are_there_or_gone(self, network: Network) -> None:
        page = await network.feed(HOME, PageOf(limit=3))
        ids = [entry.seen.view.server_id for entry in page.entries]
        found = await network.posts([*ids, "999999999999"])
        assert {name: seen.post.ref for name, seen in found.there.items()} == {
            entry.seen.view.server_id: entry.seen.post.ref for entry in page.entries
        }
        for seen in found.there.values():
            assert_clean(seen)
        assert found.gone == {"999999999999"}

    async def test_older_pages_reach_the_end_without_doubles(self, network: Network) -> None:
        pages = await all_pages(network, HOME, self.page_size)
        entries = [entry for page in pages for entry in page.entries]
        assert len({entry.entry_id for entry in entries}) == len(entries)
        assert len({entry.identity for entry in entries}) == len(entries)

    async def test_a_page_goes_on_below_an_entry_as_well_as_below_a_page(
        self, network: Network
    ) -> None:
        page = await network.feed(HOME, PageOf(limit=2))
        below = await network.feed(HOME, PageOf(limit=2, older_than=page.older))
        same = await network.feed(HOME, PageOf(limit=2, older_than=page.entries[-1].entry_id))
        assert below.entries
        assert [one.entry_id for one in below.entries] == [one.entry_id for one in same.entries]

    async def test_notices_have_ids_of_their_own(self, network: Network) -> None:
        page = await network.notices(PageOf(limit=40))
        ids = [notice.notice_id for notice in page.notices]
        assert len(set(ids)) == len(ids)
        for notice in page.notices:
            assert is_clean(notice.words)
            if notice.seen:
                assert_clean(notice.seen)

    async def test_mentions_are_the_notices_that_address_the_account(
        self, network: Network
    ) -> None:
        told = (await network.notices(PageOf())).notices
        page = await network.feed(Feed(FeedKind.MENTIONS), PageOf())
        addressed = [notice.entry for notice in told if notice.entry is not None]
        assert list(page.entries[: len(addressed)]) == addressed

    async def test_a_thread_is_about_the_post_that_was_asked_for(self, network: Network) -> None:
        page = await network.feed(HOME, PageOf(limit=20))
        seen = page.entries[0].seen
        thread = await network.thread(seen.view.server_id)
        assert thread.focus.post.ref == seen.post.ref

    async def test_a_post_nobody_wrote_is_gone(self, network: Network) -> None:
        with pytest.raises(Refused) as refused:
            await network.thread("999999999999")
        assert refused.value.gone

    async def test_what_is_published_stands_among_ones_own_posts(self, network: Network) -> None:
        await network.identify()
        sent = await network.publish(outgoing("Kettle on, window open."))
        assert sent.post.text == "Kettle on, window open."
        assert sent.post.audience is Audience.PUBLIC
        own = await network.feed(OWN, PageOf())
        assert sent.post.ref in [entry.seen.post.ref for entry in own.entries]

    async def test_what_is_published_comes_back_by_the_stream(self, network: Network) -> None:
        if not self.streams:
            async with aclosing(network.listen()) as events:
                with pytest.raises(Unsupported):
                    await anext(events)
            return
        async with aclosing(network.listen()) as events:
            await opened(events)
            sent = await network.publish(outgoing("The ferry is late again."))
            entry = await arrival(events, "The ferry is late again.")
        assert entry.seen.post.ref == sent.post.ref

    async def test_the_same_key_posts_once(self, network: Network) -> None:
        text = outgoing("Only once, please.")
        first, second = await network.publish(text), await network.publish(text)
        assert first.post.ref == second.post.ref
        own = await network.feed(OWN, PageOf())
        refs = [entry.seen.post.ref for entry in own.entries]
        assert refs.count(first.post.ref) == 1

    async def test_a_reply_stands_below_its_parent(self, network: Network) -> None:
        parent = await network.publish(outgoing("Who has the key to the shed?"))
        reply = await network.publish(
            outgoing("Found it, in the other coat.", reply_to=parent.view.server_id)
        )
        assert reply.post.reply_to is not None
        thread = await network.thread(parent.view.server_id)
        assert reply.post.ref in [seen.post.ref for seen in thread.below]
        thread = await network.thread(reply.view.server_id)
        assert parent.post.ref in [seen.post.ref for seen in thread.above]

    async def test_a_file_goes_with_a_text_and_keeps_its_description(
        self, network: Network, tmp_path: Path
    ) -> None:
        picture = tmp_path / "My private name.png"
        picture.write_bytes(PICTURE)
        upload = Upload(str(picture), picture.name, "image/png", "A door\nin the wall")
        described, changed = await network.upload(upload), await network.upload(upload)
        await network.describe(changed, "A gate in the hedge")
        alts = ("A door\nin the wall", "A gate in the hedge")
        marked = self.marks_sensitive
        text = outgoing("Two doors.", media=(described, changed), alts=alts, sensitive=marked)
        sent, again = await network.publish(text), await network.publish(text)
        assert sent.post.ref == again.post.ref
        assert [media.kind for media in sent.post.media] == [MediaKind.PICTURE] * 2
        assert tuple(media.alt for media in sent.post.media) == alts
        assert sent.post.sensitive is self.marks_sensitive
        assert not any("private" in (media.url or "") for media in sent.post.media)
        original = await network.original(sent.view.server_id)
        if not self.gives_files_back:
            assert not original.attachments
            return
        assert tuple(one.alt for one in original.attachments) == alts
        assert all(one.server_id and not one.file for one in original.attachments)

    async def test_a_poll_goes_with_a_text(self, network: Network) -> None:
        if not (await network.identify()).limits.poll_options:
            pytest.skip("there are no polls here")
        poll = PollDraft(("Tea", "Coffee & milk", "Nothing"), 2 * HOUR, multiple=True)
        sent = await network.publish(outgoing("What shall it be?", poll=poll))
        assert sent.post.poll is not None
        assert tuple(option.title for option in sent.post.poll.options) == poll.options
        assert sent.post.poll.multiple
        assert not sent.post.poll.closed
        original = await network.original(sent.view.server_id)
        assert original.poll is not None
        assert (original.poll.options, original.poll.multiple) == (poll.options, True)
        assert abs(original.poll.lasts - poll.lasts) < MINUTE

    async def test_a_text_can_be_changed_and_changing_it_again_changes_nothing(
        self, network: Network
    ) -> None:
        if not (await network.identify()).limits.edits:
            pytest.skip("posts cannot be changed here")
        sent = await network.publish(outgoing("Tea at for."))
        better = outgoing("Tea at four.", warning="Tea", edits=sent.view.server_id)
        for _ in range(2):
            changed = await network.publish(better)
            assert changed.post.ref == sent.post.ref
            assert (changed.post.text, changed.post.warning) == ("Tea at four.", "Tea")
            assert changed.post.edited_at is not None
        own = await network.feed(OWN, PageOf())
        texts = [entry.seen.post.text for entry in own.entries]
        assert (texts.count("Tea at four."), texts.count("Tea at for.")) == (1, 0)
        assert (await network.versions(sent.view.server_id))[0].text == "Tea at for."

    async def test_a_text_can_quote_a_post(self, network: Network) -> None:
        if not (await network.identify()).limits.quotes:
            pytest.skip("posts cannot be quoted here")
        quoted = await network.publish(outgoing("The ferry runs at nine."))
        sent = await network.publish(outgoing("Read this.", quotes=quoted.view.server_id))
        assert sent.post.text == "Read this."
        assert sent.quoted is not None
        assert sent.quoted.post.ref == quoted.post.ref

    async def test_a_text_for_later_is_kept_and_can_be_taken_back(self, network: Network) -> None:
        if not (await network.identify()).limits.schedules:
            pytest.skip("no text is kept for later here")
        at = time.time_ns() // 1_000_000 + DAY
        at = max(at, (await network.publish(outgoing("Before."))).post.created_at + DAY)
        plan = await network.plan(outgoing("Tomorrow then.", send_at=at))
        assert abs(plan.send_at - at) < SECOND
        assert plan.text == "Tomorrow then."
        assert plan in await network.scheduled()
        own = await network.feed(OWN, PageOf())
        assert "Tomorrow then." not in [entry.seen.post.text for entry in own.entries]
        await network.act(Act(ActKind.UNSCHEDULE, plan.server_id))
        assert plan not in await network.scheduled()
        with pytest.raises(Refused) as refused:
            await network.act(Act(ActKind.UNSCHEDULE, plan.server_id))
        assert refused.value.gone

    async def test_names_tags_and_emoji_are_completed_in_clean_words(
        self, network: Network
    ) -> None:
        page = await network.feed(HOME, PageOf(limit=20))
        me = (await network.identify()).person.ref
        others = (entry.seen.post.author for entry in page.entries)
        author = next(one for one in others if one.ref != me)
        found = await network.find_people(author.handle.partition("@")[0])
        assert author.ref in [person.ref for person in found]
        assert not await network.find_people("  ")
        if not self.finds_tags:
            assert not await network.find_tags("garden")
            assert not await network.emoji()
            return
        await network.publish(outgoing("About #gardening in winter."))
        tags = await network.find_tags("garden")
        assert "gardening" in [tag.lower() for tag in tags]
        for word in (*tags, *await network.emoji()):
            assert is_clean(word)
            assert word.strip(":#") == word

    async def test_what_one_does_not_want_can_be_said_twice_and_taken_back(
        self, network: Network
    ) -> None:
        page = await network.feed(HOME, PageOf(limit=20))
        me = (await network.identify()).person.ref
        seen = next(e.seen for e in page.entries if e.seen.post.author.ref != me)
        who, what = seen.post.author.server_id, seen.view.server_id
        report = Report((what,), "Look at this, please.", "spam")
        for act in (
            Act(ActKind.REPORT, who, report=report),
            Act(ActKind.HIDE_BOOSTS, who),
            Act(ActKind.SHOW_BOOSTS, who),
            Act(ActKind.MUTE_TALK, what),
            Act(ActKind.UNMUTE_TALK, what),
            Act(ActKind.BLOCK_SERVER, "elsewhere.example"),
            Act(ActKind.UNBLOCK_SERVER, "elsewhere.example"),
            Act(ActKind.MUTE, who, lasts=HOUR if self.mutes_for_a_time else None),
            Act(ActKind.UNMUTE, who),
        ):
            for _ in range(2):
                if act.kind in self.lacks:
                    with pytest.raises(Unsupported):
                        await network.act(act)
                else:
                    await network.act(act)

    async def test_a_word_is_hidden_by_one_filter_until_it_is_shown_again(
        self, network: Network
    ) -> None:
        async def titles() -> list[str]:
            filters = (await network.preferences()).filters
            return [word.text for each in filters or () for word in each.keywords]

        if ActKind.HIDE_WORD in self.lacks:
            for kind in (ActKind.HIDE_WORD, ActKind.SHOW_WORD):
                with pytest.raises(Unsupported):
                    await network.act(Act(kind, "football"))
            return
        for _ in range(2):
            await network.act(Act(ActKind.HIDE_WORD, "football"))
        assert (await titles()).count("football") == 1
        for _ in range(2):
            await network.act(Act(ActKind.SHOW_WORD, "football"))
        assert "football" not in await titles()

    async def test_acts_can_be_repeated_and_taken_back(self, network: Network) -> None:
        page = await network.feed(HOME, PageOf(limit=20))
        target = page.entries[0].seen.view.server_id
        if ActKind.FAVOURITE in self.lacks:
            for kind in (ActKind.FAVOURITE, ActKind.UNFAVOURITE):
                with pytest.raises(Unsupported):
                    await network.act(Act(kind, target))
            return
        for _ in range(2):
            await network.act(Act(ActKind.FAVOURITE, target))
            assert (await network.thread(target)).focus.view.favourited
        for _ in range(2):
            await network.act(Act(ActKind.UNFAVOURITE, target))
            assert not (await network.thread(target)).focus.view.favourited

    async def test_what_was_deleted_is_gone_and_can_be_deleted_again(
        self, network: Network
    ) -> None:
        sent = await network.publish(outgoing("Said too soon."))
        for _ in range(2):
            await network.act(Act(ActKind.DELETE, sent.view.server_id))
        with pytest.raises(Refused) as refused:
            await network.thread(sent.view.server_id)
        assert refused.value.gone

    async def test_every_feed_that_is_offered_can_be_read(self, network: Network) -> None:
        told = await network.sources()
        feeds = [source.feed for source in told.offered]
        assert HOME in feeds
        assert len(set(feeds)) == len(feeds)
        assert all(source.title and is_clean(source.title) for source in told.offered)
        for feed in feeds:
            for entry in (await network.feed(feed, PageOf(limit=5))).entries:
                assert_clean(entry.seen)
        for lack in told.lacking:
            assert lack.kind not in [feed.kind for feed in feeds]
            assert lack.sentence.endswith(".")

    async def test_favourites_and_bookmarks_are_feeds_of_their_own(self, network: Network) -> None:
        page = await network.feed(HOME, PageOf(limit=20))
        target = page.entries[1].seen
        for kind, act in (
            (FeedKind.FAVOURITES, ActKind.FAVOURITE),
            (FeedKind.BOOKMARKS, ActKind.BOOKMARK),
        ):
            if act in self.lacks:
                with pytest.raises(Unsupported):
                    await network.feed(Feed(kind), PageOf(limit=5))
                continue
            await network.act(Act(act, target.view.server_id))
            marked = await network.feed(Feed(kind), PageOf(limit=5))
            assert target.post.ref in [entry.seen.post.ref for entry in marked.entries]

    async def test_who_is_muted_or_blocked_can_be_looked_up(self, network: Network) -> None:
        page = await network.feed(HOME, PageOf(limit=20))
        me = (await network.identify()).person.ref
        others = (entry.seen.post.author for entry in page.entries)
        author = next(one for one in others if one.ref != me)
        for which, act in ((PeopleList.MUTED, ActKind.MUTE), (PeopleList.BLOCKED, ActKind.BLOCK)):
            if act in self.lacks:
                with pytest.raises(Unsupported):
                    await network.people(which, PageOf())
                continue
            await network.act(Act(act, author.server_id))
            listed = await network.people(which, PageOf())
            assert author.ref in [person.ref for person in listed.people]

    async def test_what_one_typed_can_be_had_back(self, network: Network) -> None:
        sent = await network.publish(outgoing("Tea at *four*,\n& cake."))
        assert (await network.original(sent.view.server_id)).text == "Tea at *four*,\n& cake."

    async def test_recent_posts_of_somebody_are_theirs_alone_and_newest_first(
        self, network: Network
    ) -> None:
        page = await network.feed(HOME, PageOf(limit=20))
        me = (await network.identify()).person.ref
        others = (entry.seen.post.author for entry in page.entries if entry.boost is None)
        author = next(one for one in others if one.ref != me)
        for waited_for in (False, True):
            recent = await network.recent(author.server_id, waited_for=waited_for)
            assert recent.person.ref == author.ref
            assert 0 < len(recent.posts) <= 40
            assert {seen.post.author.ref for seen in recent.posts} == {author.ref}
            moments = [seen.post.created_at for seen in recent.posts]
            assert moments == sorted(moments, reverse=True)
            for seen in recent.posts:
                assert_clean(seen)
        with pytest.raises(Refused):
            await network.recent("nobody-of-that-name")

    async def test_relationships_are_told_for_those_asked_about(self, network: Network) -> None:
        page = await network.feed(HOME, PageOf(limit=20))
        ids = sorted({entry.seen.post.author.server_id for entry in page.entries})
        told = await network.relationships(ids)
        assert {one.server_id for one in told} <= set(ids)
        assert await network.relationships([]) == []
