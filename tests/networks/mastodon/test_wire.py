"""Decoding: nothing but an id must be there, and a bad part never spoils the whole."""

from __future__ import annotations

import logging

import pytest
from networks.mastodon.entities import FULL, account, status

from tui_inbox.networks.mastodon import wire, wire_account, wire_server
from tui_inbox.networks.wire_base import decode, decode_list


@pytest.mark.parametrize(
    ("told", "understood"),
    [
        ("110224538612341312", "110224538612341312"),
        (110224538612341312, "110224538612341312"),
        ("01HAXK6RJ2", "01HAXK6RJ2"),
        ("AbCdEf/1==", "AbCdEf/1=="),
    ],
)
def test_an_id_is_text_whatever_the_server_sends(told: object, understood: str) -> None:
    got = decode(wire.Status, {"id": told})
    assert got is not None
    assert got.id == understood


@pytest.mark.parametrize("told", [None, "", True, [], {}, "  ", "a\n", "a\x1b[m", "x" * 257, "é"])
def test_what_is_no_id_makes_no_entity(told: object) -> None:
    assert decode(wire.Status, {"id": told}) is None


@pytest.mark.parametrize("data", [None, {}, "text", 5, {"error": "no"}])
def test_what_is_no_list_has_no_items(data: object) -> None:
    assert decode_list(wire.Status, data) == []


def test_a_list_keeps_its_good_items_in_order() -> None:
    page = [None, status(1), {"no": "id"}, [status(9)], status(2)]
    assert [item.id for item in decode_list(wire.Status, page)] == ["1", "2"]


def test_what_was_dropped_is_logged_without_what_was_in_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.INFO, logger="tui_inbox.networks"):
        decode_list(wire.Status, [status(1), {"content": "between us"}, None])
        decode_list(wire.Status, [status(1)])
    assert [record.getMessage() for record in caplog.records] == [
        "2 of 3 entries (Status) were dropped"
    ]
    assert "between us" not in caplog.text


def test_a_list_inside_an_entity_keeps_its_good_items_too() -> None:
    got = decode(wire.Context, {"ancestors": [None, status(1), {}], "descendants": None})
    assert got is not None
    assert [item.id for item in got.ancestors] == ["1"]
    assert got.descendants == []


@pytest.mark.parametrize("odd", [None, 5])
@pytest.mark.parametrize("key", ["reblog", "quote"])
def test_nesting_without_end_is_no_entity_rather_than_a_crash(key: str, odd: object) -> None:
    data = status(1, content=odd)
    for number in range(2, 1500):
        data = status(number, **{key: data})
    got = decode(wire.Status, data)
    assert got is None or got.id == "1499"


def test_preferences_are_named_by_path() -> None:
    data = {"posting:default:visibility": "private", "posting:default:language": "de"}
    got = decode(wire_account.Preferences, data)
    assert got is not None
    assert (got.visibility, got.language) == ("private", "de")


def test_secrets_do_not_show_in_a_repr() -> None:
    grant = decode(wire_server.Grant, {"access_token": "s3cr3t"})
    application = decode(wire_server.Application, {"client_id": "a", "client_secret": "s3cr3t"})
    assert grant is not None
    assert application is not None
    assert "s3cr3t" not in repr(grant) + repr(application)


def test_what_comes_in_another_type_is_understood_where_it_can_be() -> None:
    poll = {"id": 7, "own_votes": ["1", 0.0, "x", None], "voters_count": "12", "voted": "true"}
    got = decode(wire.Status, status(1, poll=poll, mentions=[{}, {"id": 2}], sensitive=[]))
    assert got is not None
    assert got.poll == wire.Poll("7", own_votes=[1, 0], voters_count=12, voted=True)
    assert got.mentions == [wire.Mention("2")]
    assert (got.sensitive, got.content) == (None, status(1)["content"])


@pytest.mark.parametrize("odd", sorted(set(FULL) & set(wire.Status.__struct_fields__) - {"id"}))
def test_where_one_part_is_odd_all_others_are_what_they_were(odd: str) -> None:
    whole, got = decode(wire.Status, FULL), decode(wire.Status, FULL | {odd: object()})
    assert whole is not None
    assert got is not None
    for name in set(wire.Status.__struct_fields__) - {odd}:
        assert getattr(got, name) == getattr(whole, name), name


def test_an_account_survives_everything_but_a_missing_id() -> None:
    values: tuple[object, ...] = (None, 5, [], {}, "x")
    for key in set(account()) - {"id"}:
        for value in values:
            assert decode(wire.Account, account() | {key: value}) is not None
