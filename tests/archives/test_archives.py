"""Archives of accounts are read as they are, whatever is in them."""

from __future__ import annotations

import json
import tarfile
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.archives import Repository, message, script, talk, tweet, x_account, zipped

from tui_inbox.archives import members
from tui_inbox.archives.bluesky import BlueskyArchive
from tui_inbox.archives.kinds import open_archive
from tui_inbox.archives.mastodon import MastodonArchive
from tui_inbox.archives.x import XArchive
from tui_inbox.core.archive import BadArchive
from tui_inbox.core.interaction import InteractionKind
from tui_inbox.core.moment import to_millis_or_none
from tui_inbox.core.post import Audience, MediaKind

NOW = to_millis_or_none("2026-11-26T10:00Z") or 0
WEDNESDAY = "Wed Oct 10 20:19:24 +0000 2018"
ME, SHE = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa", "did:plc:bbbbbbbbbbbbbbbbbbbbbbbb"


# X


def test_posts_of_x_with_whom_they_name_and_their_addresses_written_out(tmp_path: Path) -> None:
    told = tweet(
        "12",
        "@quillfox It keeps them &amp; more, see https://t.co/a https://t.co/p",
        WEDNESDAY,
        lang="en",
        in_reply_to_status_id_str="11",
        in_reply_to_user_id_str="2",
        in_reply_to_screen_name="quillfox",
        entities={
            "user_mentions": [{"id_str": "2", "screen_name": "quillfox", "name": "Quill Fox"}],
            "urls": [{"url": "https://t.co/a", "expanded_url": "https://tags.example/"}],
            "hashtags": [{"text": "tags"}],
            "media": [{"url": "https://t.co/p", "type": "photo"}],
        },
    )
    files = {
        "data/account.js": x_account(),
        "data/tweets.js": script("tweets", [told]),
        "data/tweets-part1.js": script("tweets", [tweet("13", "Later.", WEDNESDAY)], part=1),
    }
    archive = XArchive(zipped(tmp_path / "x.zip", files))
    first, second = (seen.post for seen in archive.posts())
    assert (archive.owner.handle, archive.owner.name, archive.owner.ref.uri) == (
        "mira",
        "Mira",
        "1",
    )
    assert first.text == "@quillfox It keeps them & more, see https://tags.example/"
    assert [link.url for link in first.links] == ["https://tags.example/"]
    assert first.created_at == to_millis_or_none("2018-10-10T20:19:24Z")
    assert first.reply_to is not None
    assert (first.reply_to.uri, first.reply_to.author_server_id) == ("11", "2")
    assert [(one.handle, one.person.uri) for one in first.mentions] == [("quillfox", "2")]
    assert [one.kind for one in first.media] == [MediaKind.PICTURE]
    assert second.text == "Later."


def test_messages_of_x_go_both_ways_and_know_the_names_that_posts_have_told(tmp_path: Path) -> None:
    named = {"user_mentions": [{"id_str": "2", "screen_name": "quillfox", "name": "Quill Fox"}]}
    files = {
        "data/account.js": x_account(),
        "data/tweet.js": script("tweet", [tweet("9", "@quillfox hm", WEDNESDAY, entities=named)]),
        "data/direct-messages.js": script(
            "direct_messages",
            [
                talk(
                    message("22", "1", "2", "Yes, do.", "2021-03-04T06:00:00.000Z"),
                    message("21", "2", "1", "Can I send it?", "2021-03-04T05:06:07.890Z"),
                    message("23", "2", "1", "Years later.", "2024-03-04T05:06:07.890Z"),
                )
            ],
        ),
    }
    archive = XArchive(zipped(tmp_path / "x.zip", files))
    _, asked, answered, later = (seen.post for seen in archive.posts())
    assert (asked.author.name, asked.audience) == ("Quill Fox", Audience.DIRECT)
    assert [one.person.uri for one in asked.mentions] == ["1"]
    assert answered.author == archive.owner
    assert answered.reply_to is not None
    assert answered.reply_to.uri == asked.ref.uri
    assert later.reply_to is None, "after a month a message begins anew"


def test_what_was_passed_on_on_x_is_a_touch_and_no_text(tmp_path: Path) -> None:
    named = {"user_mentions": [{"id_str": "2", "screen_name": "quillfox", "name": "Quill Fox"}]}
    told = [tweet("9", "RT @quillfox: A gift", WEDNESDAY, entities=named)]
    files = {"account.js": x_account(), "tweets.js": script("tweets", told)}
    archive = XArchive(zipped(tmp_path / "x.zip", files))
    assert list(archive.posts()) == []
    (touch,) = archive.touches()
    assert (touch.kind, touch.person.handle) == (InteractionKind.BOOST, "quillfox")


def test_odd_entries_spoil_no_archive(tmp_path: Path) -> None:
    told = [
        None,
        {},
        {"tweet": {"id_str": 5}},
        tweet("no number", "x", WEDNESDAY),
        tweet("7", "a", ""),
    ]
    hostile = [tweet("8", "\x1b[2J\u202egone", WEDNESDAY), tweet("9", "kept", "someday")]
    files = {"account.js": x_account(), "tweets.js": script("tweets", told + hostile)}
    archive = XArchive(zipped(tmp_path / "x.zip", files))
    assert [seen.post.text for seen in archive.posts()] == ["a", "gone", "kept"]


# Mastodon


def outbox(*notes: Mapping[str, object]) -> str:
    items = [{"type": "Create", "object": note} for note in notes]
    boost = {"type": "Announce", "object": "https://b.example/users/odile/statuses/3"}
    return json.dumps({"type": "OrderedCollection", "orderedItems": [*items, boost]})


NOTE = {
    "id": "https://a.example/users/mira/statuses/12",
    "type": "Note",
    "published": "2026-01-02T03:04:05Z",
    "content": '<p><a href="https://b.example/@odile" class="u-url mention">@<span>odile</span></a> two<br>lines</p>',
    "summary": "tables",
    "inReplyTo": "https://b.example/users/odile/statuses/11",
    "to": ["https://a.example/users/mira/followers"],
    "cc": ["https://www.w3.org/ns/activitystreams#Public"],
    "tag": [
        {"type": "Mention", "href": "https://b.example/users/odile", "name": "@odile@b.example"},
        {"type": "Hashtag", "name": "#lamps"},
    ],
    "attachment": [{"mediaType": "image/png", "url": "/media/a.png", "name": "a lamp"}],
}
ACTOR = json.dumps(
    {
        "id": "https://a.example/users/mira",
        "preferredUsername": "mira",
        "url": "https://a.example/@mira",
    }
)


@pytest.mark.parametrize("kind", ["zip", "tar.gz", "folder"])
def test_posts_of_mastodon(tmp_path: Path, kind: str) -> None:
    files = {"actor.json": ACTOR, "outbox.json": outbox(NOTE)}
    path = tmp_path / f"archive.{kind}"
    if kind == "zip":
        zipped(path, files)
    elif kind == "folder":
        path.mkdir()
        for name, content in files.items():
            (path / name).write_text(content, encoding="utf-8")
    else:
        with tarfile.open(path, "w:gz") as tar:
            for name, content in files.items():
                info = tarfile.TarInfo(name)
                info.size = len(content.encode())
                tar.addfile(info, BytesIO(content.encode()))
    archive = MastodonArchive(path)
    (seen,) = archive.posts()
    post = seen.post
    assert (archive.owner.handle, archive.owner.ref.uri) == (
        "mira@a.example",
        "https://a.example/@mira",
    )
    assert post.text == "@odile@b.example two\nlines"
    assert (post.warning, post.audience, post.tags) == ("tables", Audience.UNLISTED, ("lamps",))
    assert [(one.handle, one.person.uri) for one in post.mentions] == [
        ("odile@b.example", "https://b.example/@odile")
    ]
    assert post.reply_to is not None
    assert (post.reply_to.uri, post.reply_to.server_id) == (NOTE["inReplyTo"], None)
    assert [one.alt for one in post.media] == ["a lamp"]
    assert seen.view.server_id == "12"


# Bluesky


def repository() -> Repository:
    made = Repository(ME)
    when = "2026-01-02T03:04:05Z"
    for n in range(40):
        made.add(
            f"app.bsky.feed.post/3k{n:02}",
            {"$type": "app.bsky.feed.post", "text": f"{n}", "createdAt": when},
        )
    parent = {"uri": f"at://{SHE}/app.bsky.feed.post/3jaa", "cid": "x"}
    answer = {"text": "yes", "createdAt": when, "reply": {"root": parent, "parent": parent}}
    made.add("app.bsky.feed.post/3kzz", answer)
    made.add("app.bsky.feed.like/3l", {"subject": parent, "createdAt": when})
    made.add("app.bsky.graph.follow/3f", {"subject": SHE, "createdAt": when})
    made.add("app.bsky.graph.follow/3g", {"subject": "nobody", "createdAt": when})
    return made


def test_a_repository_of_bluesky(tmp_path: Path) -> None:
    archive = BlueskyArchive(repository().write(tmp_path / "repo.car"), NOW)
    posts = [seen.post for seen in archive.posts()]
    assert archive.owner.ref.uri == ME
    assert [post.text for post in posts] == [*(f"{n}" for n in range(40)), "yes"]
    assert posts[-1].reply_to is not None
    assert posts[-1].reply_to.author_server_id == SHE
    assert [(touch.kind, touch.person.ref.uri) for touch in archive.touches()] == [
        (InteractionKind.FAVOURITE, SHE),
        (InteractionKind.FOLLOW, SHE),
    ]


def test_a_tree_that_refers_to_the_same_part_again_and_again_is_walked_once(tmp_path: Path) -> None:
    made = repository()
    node = made.node(made.records)
    for _ in range(60):
        node = made.node([("app.bsky.feed.post/3k00", made.records[0][1])] * 3, node)
    archive = BlueskyArchive(made.write(tmp_path / "repo.car", root=node), NOW)
    assert len(list(archive.posts())) < 500


@given(place=st.integers(0, 3000), byte=st.integers(0, 255))
def test_a_damaged_repository_is_refused_or_read_as_far_as_it_goes(
    tmp_path_factory: pytest.TempPathFactory, place: int, byte: int
) -> None:
    path = repository().write(tmp_path_factory.mktemp("car") / "repo.car")
    content = bytearray(path.read_bytes())
    content[place % len(content)] = byte
    path.write_bytes(content)
    with suppress(BadArchive):
        archive = BlueskyArchive(path, NOW)
        list(archive.posts())
        list(archive.touches())


# What is refused


def bomb(path: Path) -> Path:
    return zipped(path, {"account.js": x_account(), "tweets.js": b"[" + b" " * (12 << 20) + b"]"})


def long_entry(path: Path) -> Path:
    told = [tweet("1", "x" * 40_000, WEDNESDAY)]
    return zipped(path, {"account.js": x_account(), "tweets.js": script("tweets", told)})


def outside(path: Path) -> Path:
    return zipped(path, {"account.js": x_account(), "../../tweets.js": "[]"})


def locked(path: Path) -> Path:
    with zipfile.ZipFile(zipped(path, {"account.js": x_account()})) as file:
        at = file.infolist()[0].header_offset
    content = bytearray(path.read_bytes())
    content[at + 6] |= 1
    content[content.rfind(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (bomb, "tweets.js in it would unpack to 12 MB"),
        (long_entry, "has an entry of more than"),
        (outside, "which leads outside of the archive"),
        (locked, "is behind a password"),
        (
            lambda path: zipped(path, {"account.js": "window = 7"}),
            "does not say whose archive it is",
        ),
        (lambda path: zipped(path, {"a.txt": "hello"}), "There is no account.js in it"),
        (lambda path: path, "There is no file x.zip there"),
        (lambda path: path.write_bytes(b"PK\x03\x04 no zip") and path, "is damaged or no archive"),
        (
            lambda path: zipped(path, {"account.js": x_account(), "tweets.js": '= [{"tweet": {'}),
            "tweets.js in it is no JSON",
        ),
        (
            lambda path: zipped(path, {"account.js": x_account(), "tweets.js": "x" * 9999}),
            "tweets.js in it does not begin as it should",
        ),
    ],
)
def test_what_cannot_be_right_is_refused_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: object, says: str
) -> None:
    monkeypatch.setattr(members, "MOST_ENTRY", 30_000)
    assert callable(make)
    path = make(tmp_path / "x.zip")
    with pytest.raises(BadArchive) as refused:
        list(open_archive("x-archive", path, NOW).posts())
    assert says in str(refused.value)
    assert str(refused.value).endswith(".")


def test_an_archive_of_one_kind_is_none_of_another(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"account.js": x_account()})
    with pytest.raises(BadArchive, match=r"no outbox\.json in it"):
        open_archive("mastodon-archive", path, NOW)
    with pytest.raises(BadArchive, match="no repository"):
        open_archive("bluesky-car", path, NOW)
