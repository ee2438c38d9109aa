"""What servers tell of themselves, in every form and with every gap."""

from __future__ import annotations

from typing import Any

import pytest

from tui_inbox.core.account import Limits
from tui_inbox.networks.mastodon import wire_server
from tui_inbox.networks.mastodon.family import recognise
from tui_inbox.networks.mastodon.instance import is_known, limits_of, server_of
from tui_inbox.networks.mastodon.server import Server

SERVER = "https://web.town.example"


def instance(**data: Any) -> wire_server.Instance:
    return wire_server.Instance.model_validate(data)


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
                "polls": {"max_options": 5},
            },
        )
    )
    assert got == Limits(
        characters=1000,
        url_characters=30,
        media=6,
        poll_options=5,
        streaming_url="wss://stream.town.example",
        honours_keys=True,
        software="Mastodon 4.5.1",
    )


def test_the_older_form_is_read() -> None:
    told = instance(
        uri="https://town.example",
        version="2.7.0 (compatible; Pleroma 2.7.0-develop)",
        urls={"streaming_api": "wss://town.example"},
        max_toot_chars=5000,
    )
    got = limits(told)
    assert (got.characters, got.software) == (5000, "Pleroma 2.7.0-develop")
    assert got.streaming_url == "wss://town.example"
    assert server_of(told, SERVER).domain == "town.example"


def test_a_server_that_says_nothing_has_the_usual_limits_and_its_own_name() -> None:
    assert limits(instance()) == Limits()
    assert server_of(instance(), SERVER) == Server("web.town.example", None)
    assert not is_known(instance())


@pytest.mark.parametrize("told", [0, -5, 10**12, "many", None])
def test_a_limit_without_sense_is_the_usual_one(told: object) -> None:
    data = instance(configuration={"statuses": {"max_characters": told}})
    assert limits(data).characters == 500


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
