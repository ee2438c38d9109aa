"""The border: odd, hostile and half-empty entities become the program's words, or nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from networks.clocks import START
from networks.mastodon.entities import BORDER, account, mention, notification, read, status

from tui_inbox.core.events import NoticeKind
from tui_inbox.core.moment import DAY, HOUR, to_millis_or_none
from tui_inbox.core.person import Person, PersonRef
from tui_inbox.core.post import (
    Audience,
    FilterAction,
    FilterHit,
    MediaKind,
    PostRef,
    QuoteState,
    SeenPost,
)
from tui_inbox.core.text import is_clean
from tui_inbox.networks.mastodon import wire
from tui_inbox.networks.mastodon.convert import (
    ReadPeople,
    Unusable,
    to_audience,
    to_entry,
    to_notice,
    to_person,
    to_relationship,
    to_seen,
    usable,
)
from tui_inbox.networks.wire_base import decode_list


def seen(data: dict[str, Any]) -> SeenPost:
    return to_seen(read(wire.Status, data), BORDER)


def test_an_ordinary_status_is_understood() -> None:
    got = seen(status())
    post = got.post
    assert post.ref == PostRef("mastodon", "https://town.example/users/mira/statuses/1")
    assert post.text == "The clock runs again."
    assert post.author.handle == "mira@town.example"
    assert post.audience is Audience.PUBLIC
    assert post.language == "en"
    assert post.url == "https://town.example/@mira/1"
    assert (post.reply_to, post.mentions, post.media, post.poll, post.card) == (
        None, (), (), None, None,
    )  # fmt: skip
    assert got.view.server_id == "1"
    assert got.quoted is None


def test_a_mention_and_an_account_of_the_same_person_have_the_same_identity() -> None:
    for host in ("", "village.example"):
        person = to_person(read(wire.Account, account("ole", host)), BORDER)
        named = seen(status(mentions=[mention("ole", host)])).post.mentions[0]
        assert named.person == person.ref
        assert named.handle == person.handle
        assert named.server_id == person.server_id


def test_one_person_seen_through_two_servers_is_one_person() -> None:
    at_home = account("ole", id="1", acct="ole", url="https://village.example/@ole")
    abroad = account("ole", "village.example", id="9000")
    one, other = (to_person(read(wire.Account, each), BORDER) for each in (at_home, abroad))
    assert one.ref == other.ref
    assert one.server_id != other.server_id


@pytest.mark.parametrize(
    ("changes", "uri"),
    [
        ({}, "https://town.example/@mira"),
        ({"url": None}, "https://town.example/users/mira"),
        ({"url": "", "uri": 7}, "acct:mira@town.example"),
        ({"url": "https://a b", "uri": "\x1b]0;x"}, "acct:mira@town.example"),
        ({"url": "https://x/" + "y" * 3000}, "https://town.example/users/mira"),
    ],
)
def test_a_person_without_a_profile_address_still_has_an_identity(
    changes: dict[str, Any], uri: str
) -> None:
    person = to_person(read(wire.Account, account(**changes)), BORDER)
    assert person.ref == PersonRef("mastodon", uri)


@pytest.mark.parametrize(
    ("changes", "uri"),
    [
        ({"uri": None}, "https://town.example/@mira/1"),
        ({"uri": None, "url": None}, "https://town.example/statuses/1"),
        ({"uri": "tag:old.example,2017:objectId=5"}, "tag:old.example,2017:objectId=5"),
    ],
)
def test_a_post_without_an_address_still_has_an_identity(changes: dict[str, Any], uri: str) -> None:
    assert seen(status(**changes)).post.ref.uri == uri


def test_somebody_with_next_to_nothing_is_somebody() -> None:
    person = to_person(read(wire.Account, {"id": 7}), BORDER)
    assert (person.server_id, person.handle, person.name) == ("7", "7@town.example", "7")
    assert (person.bio, person.fields, person.created_at) == ("", (), None)


def test_a_profile_is_read_as_text() -> None:
    fields = [
        {"name": "Site", "value": '<a href="https://mira.example">mira.example</a>',
         "verified_at": "2024-01-01T00:00:00.000+00:00"},
        {"name": None, "value": None, "verified_at": None},
        None,
        "field",
    ]  # fmt: skip
    data = account(
        display_name="", fields=fields, avatar="https://town.example/avatars/missing.png"
    )
    person = to_person(read(wire.Account, data), BORDER)
    assert person.name == "mira"
    assert person.bio == "Repairs clocks."
    assert [(each.label, each.text, each.verified) for each in person.fields] == [
        ("Site", "mira.example", True),
        ("", "", False),
    ]
    assert not person.has_picture


def test_a_boost_is_filed_under_its_own_time_and_shows_the_post_it_passes_on() -> None:
    boost = status(
        2, account=account("ole", "village.example"), reblog=status(1, favourited=True),
        created_at="2026-05-02T00:00:00Z",
    )  # fmt: skip
    entry = to_entry(read(wire.Status, boost), BORDER)
    assert entry.entry_id == "2"
    assert entry.seen.view.server_id == "1"
    assert entry.seen.view.favourited
    assert entry.boost is not None
    assert entry.boost.by.handle == "ole@village.example"
    assert entry.filed_at == entry.boost.at > entry.seen.post.created_at
    assert entry.identity == entry.boost.uri != entry.seen.post.ref.uri


@pytest.mark.parametrize(
    "data",
    [
        status(account=None),
        status(account={"username": "nobody"}),
        status(2, account=None, reblog=status(1)),
        status(2, reblog=status(1, account=None)),
    ],
)
def test_what_nobody_wrote_is_left_out_and_the_rest_of_the_page_stays(data: dict[str, Any]) -> None:
    with pytest.raises(Unusable):
        to_entry(read(wire.Status, data), BORDER)
    page = decode_list(wire.Status, [status(7), data, None, {"id": None}, [], "x", status(8)])
    entries = list(usable(to_entry, page, BORDER))
    assert [entry.entry_id for entry in entries] == ["7", "8"]


FIELDS = sorted(set(status()) - {"id", "account"})
NULLS: dict[str, Any] = dict.fromkeys(FIELDS)


def test_a_status_of_nulls_is_a_post_that_says_nothing() -> None:
    post = seen(status(**NULLS)).post
    assert (post.text, post.warning, post.language) == ("", "", None)
    assert post.created_at == START
    assert post.audience is Audience.LIMITED


@pytest.mark.parametrize("key", sorted(set(FIELDS) - {"reblog"}))
@pytest.mark.parametrize(
    "value", [None, 7, "", "x", [], {}, [None], {"id": 3}, [{"id": None}], True]
)
def test_no_single_field_can_spoil_a_status(key: str, value: object) -> None:
    changes: dict[str, Any] = {key: value}
    assert seen(status(**changes)).view.server_id == "1"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(changes=st.dictionaries(st.sampled_from(sorted(set(status()) - {"id"})), json_values))
def test_whatever_comes_is_clean_or_left_out(changes: dict[str, Any]) -> None:
    for entry in usable(to_entry, decode_list(wire.Status, [status(**changes)]), BORDER):
        post = entry.seen.post
        assert is_clean(post.text)
        assert is_clean(post.warning)
        assert post.created_at <= START
        assert all(is_clean(tag) and tag for tag in post.tags)


HOSTILE = "a\x1b]52;c;AAAA\x07b\x1b[2Jc\x9b31md\u202ee\u2066f\x00g"


def test_nothing_that_steers_a_terminal_passes_anywhere() -> None:
    data = status(
        content=f"<p>{HOSTILE}&#27;[5m<a href='javascript:alert(1)'>{HOSTILE}</a></p>",
        spoiler_text=HOSTILE,
        language=HOSTILE,
        account=account(
            display_name=HOSTILE, note=HOSTILE, acct=f"mira{HOSTILE}", url="javascript:1"
        ),
        mentions=[mention(acct=HOSTILE)],
        tags=[{"name": HOSTILE}],
        media_attachments=[{"type": "image", "url": "file:///etc/passwd", "description": HOSTILE}],
        poll={"id": "1", "options": [{"title": HOSTILE}]},
        card={"url": "https://x.example/", "title": HOSTILE, "description": HOSTILE},
        filtered=[{"filter": {"title": HOSTILE, "context": [HOSTILE]}}],
    )
    got = seen(data)
    post = got.post
    assert post.poll is not None
    assert post.card is not None
    texts = [
        post.text, post.warning, post.language or "", post.author.name, post.author.bio,
        post.author.handle, post.mentions[0].handle, post.tags[0], post.media[0].alt,
        post.poll.options[0].title, post.card.title, post.card.description,
        got.view.filtered[0].title, got.view.filtered[0].contexts[0],
    ]  # fmt: skip
    assert all(is_clean(text) and "\n" not in text for text in texts)
    assert post.links == ()
    assert post.media[0].url is None
    assert post.author.url is None


@pytest.mark.parametrize(
    ("visibility", "audience"),
    [
        ("public", Audience.PUBLIC),
        ("unlisted", Audience.UNLISTED),
        ("private", Audience.FOLLOWERS),
        ("direct", Audience.DIRECT),
        ("mutuals_only", Audience.LIMITED),
        ("list:7", Audience.LIMITED),
        (None, Audience.LIMITED),
    ],
)
def test_an_unknown_audience_is_a_narrow_one(visibility: str | None, audience: Audience) -> None:
    assert to_audience(visibility) is audience


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-01T10:00:00Z",
        "2026-05-01T10:00:00.000Z",
        "2026-05-01T10:00:00.000000+00:00",
        "2026-05-01T12:00:00+02:00",
        "2026-05-01T10:00:00",
        " 2026-05-01 10:00:00.000000000Z ",
    ],
)
def test_a_moment_is_read_in_every_form_that_servers_send(text: str) -> None:
    assert to_millis_or_none(text) == 1_777_629_600_000


@pytest.mark.parametrize("text", [None, "", "yesterday", "2026-13-01", "99999-01-01T00:00:00Z"])
def test_what_is_no_moment_is_none(text: str | None) -> None:
    assert to_millis_or_none(text) is None


def test_a_bare_date_is_midnight() -> None:
    assert to_millis_or_none("2026-05-01") == 1_777_629_600_000 - 10 * HOUR


def test_what_comes_from_the_future_is_from_now() -> None:
    post = seen(status(created_at="2199-01-01T00:00:00Z", edited_at="2199-01-01T00:00:00Z")).post
    assert (post.created_at, post.edited_at) == (START, START)


def test_a_reply_names_its_parent_as_far_as_the_server_does() -> None:
    reply_to = seen(status(in_reply_to_id=5, in_reply_to_account_id="6")).post.reply_to
    assert reply_to is not None
    assert (reply_to.server_id, reply_to.author_server_id) == ("5", "6")


def test_media_of_every_kind_have_a_word_and_a_safe_address() -> None:
    kinds = ["image", "gifv", "video", "audio", "unknown", None]
    media = [{"id": "1", "type": kind, "remote_url": "https://x.example/a"} for kind in kinds]
    got = seen(status(media_attachments=[*media, None])).post.media
    assert [each.kind for each in got] == [
        MediaKind.PICTURE, MediaKind.VIDEO, MediaKind.VIDEO, MediaKind.AUDIO, MediaKind.FILE,
        MediaKind.FILE,
    ]  # fmt: skip
    assert {each.url for each in got} == {"https://x.example/a"}


@pytest.mark.parametrize(
    ("meta", "seconds"),
    [
        ({"original": {"duration": 88.65}}, 89),
        ({"original": {"width": 640}}, None),
        ({"original": {"duration": -1}}, None),
        ({"original": {"duration": 1e9}}, None),
        ({"original": {"duration": "long"}}, None),
        ("x", None),
        (None, None),
    ],
)
def test_sounds_and_films_say_how_long_they_last(meta: object, seconds: int | None) -> None:
    (got,) = seen(status(media_attachments=[{"type": "audio", "meta": meta}])).post.media
    assert got.seconds == seconds


def test_a_poll_keeps_its_votes_and_ones_own() -> None:
    poll = {
        "id": 12, "expires_at": "2026-04-01T00:00:00Z", "expired": None, "multiple": True,
        "options": [{"title": "Yes", "votes_count": 3}, {"title": "No", "votes_count": None}],
        "voted": True, "own_votes": [0], "voters_count": 2,
    }  # fmt: skip
    got = seen(status(poll=poll))
    assert got.post.poll is not None
    assert [option.votes for option in got.post.poll.options] == [3, None]
    assert got.post.poll.closed
    assert got.post.poll.multiple
    assert got.post.poll.voters == 2
    assert got.view.voted == (0,)


def test_a_poll_may_close_in_the_future() -> None:
    got = seen(status(poll={"id": "1", "expires_at": "2199-01-01T00:00:00Z", "voted": False}))
    assert got.post.poll is not None
    assert got.post.poll.closes_at is not None
    assert got.post.poll.closes_at > START + DAY
    assert not got.post.poll.closed
    assert got.view.voted is None


def test_a_card_without_a_safe_address_is_none() -> None:
    assert seen(status(card={"url": "javascript:1", "title": "x"})).post.card is None


@pytest.mark.parametrize(
    ("told", "author"),
    [
        ({"authors": [{"name": "Ada"}, {"name": ""}, {"name": "Bea\x1b[2J"}]}, "Ada, Bea"),
        ({"authors": [], "author_name": "Ada"}, "Ada"),
        ({"authors": [{"url": "https://x.example"}], "author_name": "Ada"}, ""),
        ({}, ""),
    ],
)
def test_a_card_names_who_wrote_what_it_leads_to(told: dict[str, Any], author: str) -> None:
    card = seen(status(card={"url": "https://x.example/", "title": "x", **told})).post.card
    assert card is not None
    assert card.author == author


QUOTED = status(5, content="<p>The original.</p>", quote={"state": "accepted"})


@pytest.mark.parametrize(
    "changes",
    [
        {"quote": {"state": "accepted", "quoted_status": QUOTED}},  # Mastodon 4.5
        {"quote": QUOTED, "quote_id": "5"},  # Iceshrimp, Sharkey, Akkoma
        {"pleroma": {"quote": QUOTED, "quote_url": QUOTED["uri"]}},
    ],
)
def test_a_quote_is_understood_in_the_form_of_every_server(changes: dict[str, Any]) -> None:
    got = seen(status(**changes))
    assert got.quoted is not None
    assert got.quoted.post.text == "The original."
    assert got.post.quoted == got.quoted.post.ref
    assert got.quoted.quoted is None


@pytest.mark.parametrize(
    "quote",
    [
        {"state": "accepted", "quoted_status_id": "5"},
        {"state": "pending", "quoted_status": None},
        {"state": "revoked", "quoted_status": QUOTED},
        {"state": "some_new_state", "quoted_status": QUOTED},
        {"state": "accepted", "quoted_status": status(5, account=None)},
        {},
    ],
)
def test_a_quote_that_is_not_at_hand_or_not_allowed_is_not_shown(quote: dict[str, Any]) -> None:
    got = seen(status(quote=quote))
    assert got.quoted is None
    assert got.post.quoted is None


@pytest.mark.parametrize(
    ("changes", "allowed", "kept_back"),
    [
        ({}, None, None),
        ({"quote": None}, None, None),
        ({"quote": {"state": "some_new_state"}}, None, QuoteState.UNAUTHORIZED),
        ({"quote": {}}, None, QuoteState.UNAUTHORIZED),
        ({"quote": QUOTED}, QuoteState.ACCEPTED, None),
        ({"pleroma": {"quote_url": "https://x.example/5"}}, QuoteState.ACCEPTED, None),
        ({"quote": {"state": "unauthorized"}}, QuoteState.ACCEPTED, QuoteState.UNAUTHORIZED),
        ({"quote": {"state": "blocked_account"}}, QuoteState.ACCEPTED, QuoteState.BLOCKED_ACCOUNT),
        ({"quote": {"state": "blocked_domain"}}, QuoteState.ACCEPTED, QuoteState.BLOCKED_DOMAIN),
        ({"quote": {"state": "muted_account"}}, QuoteState.ACCEPTED, QuoteState.MUTED_ACCOUNT),
        *(
            ({"quote": {"state": state.value}}, state, None)
            for state in QuoteState
            if not state.is_personal
        ),
    ],
)
def test_a_quotes_state_is_told_of_the_post_and_what_concerns_the_account_of_its_view(
    changes: dict[str, Any], allowed: QuoteState | None, kept_back: QuoteState | None
) -> None:
    got = seen(status(**changes))
    assert (got.post.quote, got.view.quote) == (allowed, kept_back)


def test_custom_emoji_stay_shortcodes_wherever_they_stand() -> None:
    shape, name = ":blob_cat:", "Ada :verified: :blob_cat:"
    got = seen(
        status(
            account=account(
                "ada", display_name=name, fields=[{"name": shape, "value": f"<p>{shape}</p>"}]
            ),
            content=f"<p>Hi {shape}<img src='https://x.example/c.png' alt='{shape}'></p>",
            spoiler_text=shape,
            poll={"id": "1", "options": [{"title": shape}]},
            card={"url": "https://x.example/", "title": shape},
            media_attachments=[{"type": "image", "description": shape}],
            emojis=[{"shortcode": "blob_cat", "url": "https://x.example/c.png"}],
        )
    ).post
    assert got.author.name == name
    assert [(field.label, field.text) for field in got.author.fields] == [(shape, shape)]
    assert (got.text, got.warning) == (f"Hi {shape}{shape}", shape)
    assert got.poll is not None
    assert got.card is not None
    assert (got.poll.options[0].title, got.card.title, got.media[0].alt) == (shape,) * 3


@pytest.mark.parametrize("name", [":verified:", ":a: :b:", ":a::b:"])
def test_a_name_of_custom_emoji_alone_gives_way_to_the_handle(name: str) -> None:
    person = to_person(read(wire.Account, account("ada", display_name=name)), BORDER)
    assert person.name == "ada"


def test_a_quote_known_by_address_alone_keeps_it() -> None:
    got = seen(status(pleroma={"quote_url": "https://x.example/5"}))
    assert got.post.quoted == PostRef("mastodon", "https://x.example/5")


def test_a_quote_inside_a_quote_is_known_by_its_identity() -> None:
    inner = status(6, quote={"state": "accepted", "quoted_status": status(7)})
    got = seen(status(quote={"state": "accepted", "quoted_status": inner}))
    assert got.quoted is not None
    assert got.quoted.quoted is None
    assert got.quoted.post.quoted == seen(status(7)).post.ref


def test_the_line_that_stands_in_for_a_quote_goes_only_with_a_quote() -> None:
    content = '<p class="quote-inline">RE: <a href="https://x.example/5">x</a></p><p>Yes!</p>'
    assert seen(status(content=content, quote={"state": "accepted"})).post.text == "Yes!"
    assert seen(status(content=content)).post.text.startswith("RE:")


def test_filters_in_force_are_told_with_what_they_do_and_those_that_are_over_are_not() -> None:
    def hit(**changes: object) -> dict[str, object]:
        return {"filter": {"id": 9, "title": "Spoilers", "context": ["home"], **changes}}

    got = seen(
        status(
            filtered=[
                hit(filter_action="hide"),
                hit(filter_action="some_new_action"),
                hit(filter_action="blur"),
                hit(filter_action="hide", expires_at="2020-01-01T00:00:00Z"),
                {"filter": None},
            ]
        )
    )
    assert got.view.filtered == tuple(
        FilterHit("Spoilers", action, ("home",), "9")
        for action in (FilterAction.HIDE, FilterAction.WARN, FilterAction.BLUR)
    )


@pytest.mark.parametrize(
    ("kind", "expected", "words"),
    [
        ("mention", NoticeKind.MENTION, ""),
        ("reblog", NoticeKind.BOOST, ""),
        ("favourite", NoticeKind.FAVOURITE, ""),
        ("follow_request", NoticeKind.FOLLOW_REQUEST, ""),
        ("poll", NoticeKind.POLL_ENDED, ""),
        ("update", NoticeKind.EDITED, ""),
        ("quote", NoticeKind.QUOTE, ""),
        ("status", NoticeKind.OTHER, "status"),
        ("admin.sign_up", NoticeKind.OTHER, "admin sign up"),
        ("pleroma:emoji_reaction", NoticeKind.OTHER, "emoji reaction"),
        (None, NoticeKind.OTHER, ""),
    ],
)
def test_notifications_of_every_kind_are_told(
    kind: str | None, expected: NoticeKind, words: str
) -> None:
    data = notification() | {"type": kind}
    notice = to_notice(read(wire.Notification, data), BORDER)
    assert (notice.kind, notice.words) == (expected, words)
    assert notice.by is not None
    assert notice.seen is not None


def test_a_notification_of_nothing_is_still_a_notification() -> None:
    notice = to_notice(read(wire.Notification, {"id": 7, "status": {"id": 1}}), BORDER)
    assert (notice.notice_id, notice.at, notice.by, notice.seen) == ("7", START, None, None)


def test_a_notification_of_an_unknown_kind_is_told_in_the_servers_words() -> None:
    data = notification(kind="garden_party", fallback={"summary": "<b>Mira</b> invites\x1b[1m you"})
    notice = to_notice(read(wire.Notification, data), BORDER)
    assert notice.words == "Mira invites you"


def test_a_relationship_is_told_by_server_id() -> None:
    data = {"id": 3, "following": True, "blocking": None, "note": "met at the\x07 fair"}
    got = to_relationship(read(wire.Relationship, data))
    assert (got.server_id, got.following, got.blocking) == ("3", True, False)
    assert got.note == "met at the fair"
    assert "fair" not in repr(got)


def test_who_has_moved_says_where_to() -> None:
    def told(moved: object) -> Person | None:
        return to_person(read(wire.Account, account("old", moved=moved)), BORDER).moved_to

    there = told(account("new", "far.example"))
    assert there is not None
    assert there.handle == "new@far.example"
    assert told(None) is None
    assert told(7) is None, "nothing can be made of it"


def test_somebody_who_was_read_before_is_the_same_until_something_of_them_changes() -> None:
    border = replace(BORDER, people=ReadPeople())
    first, again, renamed, back = (
        to_person(read(wire.Account, account("ada", display_name=name)), border)
        for name in ("Ada", "Ada", "Ada L.", "Ada")
    )
    assert again is first
    assert (renamed.name, back.name) == ("Ada L.", "Ada")
