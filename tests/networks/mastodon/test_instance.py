"""What servers tell of themselves, in every form and with every gap."""

from __future__ import annotations

from typing import Any

import pytest
from networks.mastodon.entities import read

from tui_inbox.core.account import Limits
from tui_inbox.core.moment import DAY, MINUTE
from tui_inbox.networks.mastodon import wire_server
from tui_inbox.networks.mastodon.family import recognise
from tui_inbox.networks.mastodon.instance import is_known, limits_of, server_of
from tui_inbox.networks.mastodon.server import Server

SERVER = "https://web.town.example"


def instance(**data: Any) -> wire_server.Instance:
    return read(wire_server.Instance, data)


def streaming(server: str, told: object) -> str | None:
    return server_of(instance(configuration={"urls": {"streaming": told}}), server).streaming


def limits(told: wire_server.Instance) -> Limits:
    """What the server of an instance allows, as far as it says so itself."""
    api_version = told.api_versions.mastodon if told.api_versions else None
    recognised = recognise(told.version, source_url=told.source_url, api_version=api_version)
    return limits_of(told, server_of(told, SERVER).recognised_as(recognised, 0))


def test_the_newer_form_is_read() -> None:
    got = limits(
        instance(
            domain="town.example",
            version="4.5.1",
            api_versions={"mastodon": 7},
            configuration={
                "urls": {"streaming": "wss://stream.town.example"},
                "statuses": {
                    "max_characters": 1000,
                    "characters_reserved_per_url": 30,
                    "max_media_attachments": 6,
                },
                "polls": {
                    "max_options": 5,
                    "max_characters_per_option": 70,
                    "min_expiration": 60,
                    "max_expiration": 31_536_000,
                },
                "media_attachments": {
                    "supported_mime_types": [
                        "image/PNG",
                        "video/mp4",
                        "no type",
                        None,
                        "a/b\x1b[2J",
                    ],
                    "image_size_limit": 16_777_216,
                    "video_size_limit": 103_809_024,
                    "description_limit": 10_000,
                },
            },
        )
    )
    assert got == Limits(
        characters=1000,
        url_characters=30,
        media=6,
        media_types=("image/png", "video/mp4"),
        picture_bytes=16_777_216,
        film_bytes=103_809_024,
        alt_characters=10_000,
        poll_options=5,
        option_characters=70,
        poll_least=MINUTE,
        poll_most=365 * DAY,
        schedules=True,
        quotes=True,
        edits=True,
        streaming_url="wss://stream.town.example",
        tags_together=True,
        honours_keys=True,
        software="Mastodon 4.5.1",
    )


def test_the_older_form_is_read() -> None:
    told = instance(
        uri="https://town.example",
        version="2.7.0 (compatible; Pleroma 2.7.0-develop)",
        urls={"streaming_api": "wss://town.example"},
        max_toot_chars=5000,
        poll_limits={"max_options": 20, "max_option_chars": 200, "max_expiration": 31_536_000},
        description_limit=5_000,
        upload_limit=33_554_432,
    )
    got = limits(told)
    assert (got.characters, got.software) == (5000, "Pleroma 2.7.0-develop")
    assert (got.poll_options, got.option_characters, got.poll_most) == (20, 200, 365 * DAY)
    assert (got.picture_bytes, got.film_bytes) == (32 << 20, 32 << 20)
    assert got.alt_characters == 5_000
    assert (got.schedules, got.quotes, got.edits) == (True, False, True)
    assert got.streaming_url == "wss://town.example"
    assert server_of(told, SERVER).domain == "town.example"


def test_a_server_that_says_nothing_has_the_usual_limits_and_its_own_name() -> None:
    assert limits(instance()) == Limits(edits=True), (
        "whether posts change is learnt by changing one"
    )
    assert server_of(instance(), SERVER) == Server("web.town.example", None)
    assert not is_known(instance())


@pytest.mark.parametrize("told", [0, -5, 10**12, "many", None])
def test_a_limit_without_sense_is_the_usual_one(told: object) -> None:
    data = instance(configuration={"statuses": {"max_characters": told}})
    assert limits(data).characters == 500


@pytest.mark.parametrize("told", [0, -1, 2**70, "much", None, []])
def test_a_size_or_a_span_without_sense_is_the_usual_one(told: object) -> None:
    files = {"image_size_limit": told, "video_size_limit": told, "supported_mime_types": told}
    polls = {"min_expiration": told, "max_expiration": told, "max_characters_per_option": told}
    data = instance(configuration={"media_attachments": files, "polls": polls})
    assert limits(data) == Limits(edits=True)


@pytest.mark.parametrize(
    ("version", "schedules", "quotes", "edits"),
    [
        ("4.4.2", True, False, True),
        ("2.7 (compatible; Pixelfed 0.12)", False, False, False),
        ("2.7 (compatible; Takahe 0.11)", False, False, True),
        ("2.7 (compatible; snac/2.60)", False, False, True),
        ("4.0 (compatible; Mitra 3)", False, False, True),
        ("4.2 (compatible; GoToSocial 0.19)", True, False, True),
    ],
)
def test_what_a_family_does_not_do_is_not_offered(
    version: str, schedules: bool, quotes: bool, edits: bool
) -> None:
    got = limits(instance(version=version))
    assert (got.schedules, got.quotes, got.edits) == (schedules, quotes, edits)


@pytest.mark.parametrize("domain", ["", " ", "a b", "user@town.example", "x" * 300, "a/b"])
def test_a_domain_without_sense_is_the_servers_own(domain: str) -> None:
    assert server_of(instance(domain=domain), SERVER).domain == "web.town.example"


@pytest.mark.parametrize(
    ("server", "told", "base"),
    [
        (SERVER, "wss://town.example", "wss://town.example"),
        (SERVER, "wss://town.example/", "wss://town.example"),
        (SERVER, "ws://town.example", "wss://town.example"),
        (SERVER, "https://town.example", "wss://town.example"),
        (SERVER, "wss://127.0.0.1:9", None),
        (SERVER, "wss://localhost", None),
        (SERVER, "file:///etc", None),
        (SERVER, "wss://", None),
        (SERVER, "", None),
        (SERVER, None, None),
        (SERVER, 7, None),
        ("http://127.0.0.1:3000", "wss://127.0.0.1:3000", "ws://127.0.0.1:3000"),
        ("http://127.0.0.1:3000", "ws://localhost:4000", "ws://localhost:4000"),
        ("http://127.0.0.1:3000", "wss://stream.example", None),
    ],
)
def test_a_stream_is_as_safe_as_its_server_or_none(
    server: str, told: object, base: str | None
) -> None:
    assert streaming(server, told) == base


@pytest.mark.parametrize(
    ("data", "honours", "software"),
    [
        ({"version": "4.2.8"}, True, "Mastodon 4.2.8"),
        (
            {"version": "4.4.0+glitch", "api_versions": {"mastodon": 5}},
            True,
            "Mastodon 4.4.0+glitch",
        ),
        (
            {"version": "0.19.0+git", "source_url": "https://code.example/GoToSocial"},
            False,
            "GoToSocial 0.19.0+git",
        ),
        ({"version": "4.2.1 (compatible; Iceshrimp.NET/2025)"}, False, "Iceshrimp.NET 2025"),
        (
            {"version": "2.7 (compatible; Akkoma 3)", "api_versions": {"mastodon": 2}},
            False,
            "Akkoma 3",
        ),
        ({"version": "4\x1b[31m.5"}, True, "Mastodon 4.5"),
    ],
)
def test_only_mastodon_itself_is_trusted_to_keep_keys(
    data: dict[str, Any], honours: bool, software: str
) -> None:
    got = limits(instance(**data))
    assert (got.honours_keys, got.software) == (honours, software)
