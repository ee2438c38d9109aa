"""Texts of which it is not known whether they arrived: what they are known by, and when they are sent again."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from pathlib import Path

import pytest
from msgspec.structs import replace
from support.scripted_network import ME, ScriptedNetwork
from support.sync_desk import Desk, put_draft, put_text, stored

from tui_inbox.commands import sending
from tui_inbox.commands.context import Context
from tui_inbox.core.draft import Attachment, Draft, Upload
from tui_inbox.core.moment import HOUR, MINUTE
from tui_inbox.core.outbox_state import POST, OutboxState
from tui_inbox.core.ports import AnswerLost, Page, PageOf, Refused, Throttled, Unreachable
from tui_inbox.core.post import Boost, Feed, FeedKind, Media, MediaKind
from tui_inbox.store import outbox
from tui_inbox.store.outbox import OutboxRow
from tui_inbox.sync.looking import ASK
from tui_inbox.sync.outbox import Door, Outbox

WAITING, SENT, UNKNOWN = OutboxState.WAITING, OutboxState.SENT, OutboxState.UNKNOWN

NOWHERE = 99
"""A post that the account's server has never shown."""


def sender(desk: Desk) -> Outbox:
    doors = {desk.account.id: Door(desk.network, desk.network.honours_keys)}
    return Outbox(desk.store, desk.ingest, desk.clock, doors, lease="test")


def row_of(desk: Desk, id: int) -> OutboxRow:
    row = desk.store.read(lambda db: outbox.row(db, id)).result()
    assert row is not None
    return row


def texts(network: ScriptedNetwork) -> list[str]:
    return [seen.post.text for seen in network.published.values()]


async def work(desk: Desk, box: Outbox, times: int = 1) -> None:
    """Let the sender work, and let the time pass until what it put off is due."""
    for _ in range(times):
        await box.work(desk.account.id)
        desk.clock.time += 3 * MINUTE


def put_picture(desk: Desk, folder: Path, text: str = "", alt: str = "") -> int:
    (folder / "loaf.png").write_bytes(b"a loaf")
    file = desk.store.files.keep(folder / "loaf.png")
    attachment = Attachment(file, "loaf.png", MediaKind.PICTURE, alt=alt)
    draft = Draft(0, desk.account.id, text, attachments=(attachment,))
    return put_draft(desk.store, draft, desk.clock.now())


# When it is sent again


@pytest.mark.parametrize("error", [Unreachable("No line."), Throttled("Enough.", until=0)])
async def test_a_text_that_may_be_there_is_looked_for_again_when_the_line_is_back(
    desk: Desk, error: Exception
) -> None:
    network = desk.network
    row = put_text(desk, "hello")
    network.loses_answers = deque([AnswerLost("The server is slow.")])
    box = sender(desk)
    await work(desk, box)
    network.stale_looks = 1
    network.fail("publish", error)
    await work(desk, box)
    assert row_of(desk, row).state is UNKNOWN
    desk.clock.time += 2 * HOUR
    network.now += 2 * HOUR
    await work(desk, box)
    assert (row_of(desk, row).state, texts(network)) == (SENT, ["hello"])


async def test_a_text_that_is_not_there_hours_after_it_left_is_left_to_the_owner(
    desk: Desk,
) -> None:
    row = put_text(desk, "hello")
    desk.network.fail("publish", AnswerLost("It broke."), Unreachable("No line."))
    box = sender(desk)
    await work(desk, box, 2)
    desk.clock.time += 2 * HOUR
    await work(desk, box, 2)
    assert (row_of(desk, row).state, row_of(desk, row).reason) == (UNKNOWN, ASK)
    assert texts(desk.network) == []


class Ended(BaseException):
    """The program ends here and now."""


async def test_an_end_between_the_look_and_the_next_try_forgets_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = put_text(desk, "hello")
    desk.network.loses_answers = deque([AnswerLost("The server is slow.")])
    box = sender(desk)
    await work(desk, box)
    desk.network.stale_looks = 1

    async def end(row: OutboxRow) -> bool:
        raise Ended

    monkeypatch.setattr(box, "_is_first", end)
    with pytest.raises(Ended):
        await work(desk, box)
    desk.clock.time += 2 * HOUR
    desk.network.now += 2 * HOUR
    again = sender(desk)
    await again.recover()
    await work(desk, again)
    assert (row_of(desk, row).state, texts(desk.network)) == (SENT, ["hello"])


async def test_a_text_that_is_sent_again_by_the_owner_leaves_at_once(desk: Desk) -> None:
    desk.network.honours_keys = False
    row = put_text(desk, "hello")
    desk.network.fail("publish", AnswerLost("It broke."))
    await work(desk, sender(desk), 4)
    assert row_of(desk, row).reason == ASK
    sending.retry(Context(desk.store, desk.clock), row).result()
    await work(desk, sender(desk))
    assert (row_of(desk, row).state, texts(desk.network)) == (SENT, ["hello"])


# What it is known by


async def test_another_picture_without_words_is_not_taken_for_ours(
    desk: Desk, tmp_path: Path
) -> None:
    network = desk.network
    network.honours_keys = False
    phone = network.write("me", "", at=desk.clock.now())
    media = (Media(MediaKind.PICTURE, None),)
    network.published["phone"] = replace(phone, post=replace(phone.post, media=media))
    desk.clock.time += MINUTE
    row = put_picture(desk, tmp_path)
    network.fail("publish", AnswerLost("503"))
    await work(desk, sender(desk), 4)
    assert (row_of(desk, row).state, row_of(desk, row).reason) == (UNKNOWN, ASK)


async def test_a_picture_without_words_is_known_by_its_description(
    desk: Desk, tmp_path: Path
) -> None:
    desk.network.honours_keys = False
    row = put_picture(desk, tmp_path, alt="A loaf.")
    desk.network.loses_answers = deque([AnswerLost("It broke.")])
    await work(desk, sender(desk), 2)
    assert row_of(desk, row).state is SENT


@pytest.mark.parametrize("differs", ["author", "media", "warning"])
async def test_the_same_words_with_something_else_are_another_post(
    desk: Desk, differs: str
) -> None:
    network = desk.network
    network.honours_keys = False
    other = network.write("ann" if differs == "author" else "me", "hello", at=desk.clock.now())
    media = (Media(MediaKind.PICTURE, None),) if differs == "media" else ()
    warning = "food" if differs == "warning" else ""
    post = replace(other.post, media=media, warning=warning)
    network.published["other"] = replace(other, post=post)
    row = put_text(desk, "hello")
    network.fail("publish", AnswerLost("503"))
    await work(desk, sender(desk), 4)
    assert row_of(desk, row).state is UNKNOWN


@dataclass
class WithBoosts(ScriptedNetwork):
    """A server that tells what the owner passed on among their posts, as Mastodon does."""

    async def feed(self, feed: Feed, page: PageOf) -> Page:
        found = await super().feed(feed, page)
        if feed.kind is not FeedKind.OWN:
            return found
        boost = Boost(by=ME, at=self.now, uri="https://scripted.example/boosts/1", server_id="b1")
        return Page(tuple(replace(entry, boost=boost) for entry in found.entries))


async def test_what_the_owner_passed_on_is_no_text_of_ours(desk: Desk) -> None:
    network = desk.network = WithBoosts(honours_keys=False)
    network.published["mine"] = network.write("me", "hello", at=desk.clock.now())
    row = put_text(desk, "hello")
    network.fail("publish", AnswerLost("503"))
    await work(desk, sender(desk), 4)
    assert row_of(desk, row).state is UNKNOWN


async def test_a_post_that_the_owner_saw_is_not_taken_for_the_next_one_with_the_same_words(
    desk: Desk,
) -> None:
    network = desk.network
    network.honours_keys = False
    first = put_text(desk, "good morning")
    network.loses_answers = deque([AnswerLost("It broke.")])
    box = sender(desk)
    await box.work(desk.account.id)
    sending.mark_sent(Context(desk.store, desk.clock), first).result()
    desk.clock.time += MINUTE
    second = put_text(desk, "good morning")
    network.fail("publish", AnswerLost("503"))
    await work(desk, box, 4)
    assert (row_of(desk, second).state, texts(network)) == (UNKNOWN, ["good morning"])


async def test_a_text_whose_parent_is_not_known_any_more_is_left_to_the_owner(desk: Desk) -> None:
    asked = desk.network.mention("ann", "Are you coming?")
    await desk.backfill.catch_up_notices()
    row = put_text(desk, "@ann yes", reply_to=stored(desk, asked).id)
    desk.network.fail("publish", AnswerLost("It broke."))
    box = sender(desk)
    await work(desk, box)
    elsewhere = Draft(0, desk.account.id, "@ann yes", reply_to=NOWHERE).to_json()
    desk.store.write(lambda w: outbox.set_content(w, row, elsewhere)).result()
    await work(desk, box)
    assert (row_of(desk, row).state, row_of(desk, row).reason) == (UNKNOWN, ASK)


# What is sent again


async def test_a_part_below_one_that_nobody_found_does_not_go_out_by_itself(desk: Desk) -> None:
    above = put_text(desk, "one")
    desk.store.write(lambda w: outbox.set_row(w, above, state=SENT, at=desk.clock.now())).result()
    below = desk.store.write(
        lambda w: outbox.add(
            w,
            account=desk.account.id,
            kind=POST,
            state=WAITING,
            key="two",
            content=Draft(0, desk.account.id, "two", follows=above).to_json(),
            created_at=desk.clock.now(),
            release_at=desk.clock.now(),
            follows=above,
        )
    ).result()
    await work(desk, sender(desk))
    assert (row_of(desk, below).state, texts(desk.network)) == (OutboxState.REFUSED, [])
    assert "the part above" in row_of(desk, below).reason


async def test_a_text_thrown_away_while_its_file_is_handed_over_again_does_not_leave(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = put_picture(desk, tmp_path, "hello")
    desk.network.fail("publish", AnswerLost("It broke."))
    box = sender(desk)
    await work(desk, box)
    content = Draft.from_json(row_of(desk, row).content)
    (file,) = content.attachments
    anew = replace(content, attachments=(replace(file, server_id=None),))
    desk.store.write(lambda w: outbox.set_content(w, row, anew.to_json())).result()
    hand_over = desk.network.upload

    async def stopping(upload: Upload) -> str:
        desk.clock.time += 2 * MINUTE
        sending.discard(Context(desk.store, desk.clock), row).result()
        return await hand_over(upload)

    monkeypatch.setattr(desk.network, "upload", stopping)
    await work(desk, box)
    assert (row_of(desk, row).state, texts(desk.network)) == (OutboxState.DISCARDED, [])


async def test_a_refused_text_hands_over_its_files_anew(desk: Desk, tmp_path: Path) -> None:
    row = put_picture(desk, tmp_path, "hello")
    desk.network.fail("publish", Refused("Media not found."))
    box = sender(desk)
    await work(desk, box)
    sending.retry(Context(desk.store, desk.clock), row).result()
    await work(desk, box)
    assert (list(desk.network.uploads), texts(desk.network)) == (["m1", "m2"], ["hello"])
