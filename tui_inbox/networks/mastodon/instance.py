"""What a server tells of itself: the host in its people's handles, its limits, its streams, its name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

import httpx
from msgspec.structs import replace

from tui_inbox.core.account import Limits
from tui_inbox.core.moment import SECOND, Millis
from tui_inbox.core.ports import Refused, Unsupported
from tui_inbox.core.text import clean_line
from tui_inbox.networks.http import Http, is_loopback
from tui_inbox.networks.limits import Urgency
from tui_inbox.networks.mastodon import wire_server
from tui_inbox.networks.mastodon.family import WAYS, Recognised, recognise, says_enough
from tui_inbox.networks.mastodon.server import Server
from tui_inbox.networks.wire_base import decode

_DOMAIN = re.compile(r"[^\s/@\\]{1,255}")
_LARGEST_LIMIT = 10_000_000
_LARGEST_SIZE = 1 << 40
_TYPE = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,60}", re.ASCII)
_MOST_TYPES = 100


async def read_instance(http: Http) -> wire_server.Instance:
    """Ask a server for what it is: the newer form, else the older, else nothing is known.

    Raises:
        NetworkError: it cannot be asked at the moment.
    """
    for path in ("/api/v2/instance", "/api/v1/instance"):
        try:
            answer = await http.get(path, urgency=Urgency.WAITING)
        except (Refused, Unsupported):
            continue
        instance = decode(wire_server.Instance, answer.data)
        if instance is not None and (instance.version or instance.configuration):
            return instance
    return wire_server.Instance()


async def read_nodeinfo(http: Http) -> wire_server.Software:
    """What a server tells the network of its software; empty where it says nothing.

    Only the path of its link is used: the document is on the server's own host or nowhere.

    Raises:
        NetworkError: it cannot be asked at the moment.
    """
    try:
        answer = await http.get("/.well-known/nodeinfo", urgency=Urgency.WAITING)
        index = decode(wire_server.NodeinfoIndex, answer.data) or wire_server.NodeinfoIndex()
        path = next((_path_of(link.href) for link in index.links if link.href), None)
        if path is None:
            return wire_server.Software()
        answer = await http.get(path, urgency=Urgency.WAITING)
    except (Refused, Unsupported):
        return wire_server.Software()
    told = decode(wire_server.Nodeinfo, answer.data)
    return (told and told.software) or wire_server.Software()


async def read_server(
    http: Http, base: str, earlier: Server | None, now: Millis
) -> tuple[wire_server.Instance, Server]:
    """Ask a server for what it is, and recall what was found out about it earlier.

    Args:
        http: connected to it.
        base: its base address.
        earlier: what is remembered of it.
        now: the time of asking.

    Raises:
        NetworkError: it cannot be asked at the moment.
    """
    instance = await read_instance(http)
    server = server_of(instance, base)
    if earlier is not None and earlier.until > now and earlier.told == server.told:
        return instance, replace(
            earlier,
            domain=server.domain,
            streaming=server.streaming,
            api_version=server.api_version,
            translates=server.translates,
        )
    recognised = _recognised(instance, wire_server.Software())
    if not says_enough(recognised, server.api_version):
        recognised = _recognised(instance, await read_nodeinfo(http))
    stream = earlier.stream if earlier else None
    return instance, replace(server.recognised_as(recognised, now), stream=stream)


def is_known(instance: wire_server.Instance) -> bool:
    """Whether the server told anything of itself in a way that Mastodon's clients understand."""
    return instance.version is not None


def server_of(instance: wire_server.Instance, base: str) -> Server:
    """What a server says directly. Older ones give `uri` as an address, newer ones as a bare host."""
    told = instance.domain or instance.uri or ""
    domain = urlsplit(told).netloc if "://" in told else told
    configuration = instance.configuration or wire_server.Configuration()
    translation = configuration.translation or wire_server.TranslationRules()
    return Server(
        domain=domain if _DOMAIN.fullmatch(domain) else urlsplit(base).netloc,
        streaming=_streaming_base(instance, base),
        told=clean_line(instance.version or "", limit=100),
        api_version=instance.api_versions.mastodon if instance.api_versions else None,
        translates=bool(translation.enabled),
    )


def limits_of(instance: wire_server.Instance, server: Server) -> Limits:
    """The limits the server declares; Mastodon's defaults for what it does not say."""
    usual = Limits()
    configuration = instance.configuration or wire_server.Configuration()
    statuses = configuration.statuses or wire_server.StatusRules()
    polls = configuration.polls or instance.poll_limits or wire_server.PollRules()
    media = configuration.media_attachments or wire_server.MediaRules()
    characters = statuses.max_characters or instance.max_toot_chars
    return Limits(
        characters=_sane(characters, usual.characters),
        url_characters=_sane(statuses.characters_reserved_per_url, usual.url_characters),
        media=_sane(statuses.max_media_attachments, usual.media),
        media_types=_types(media.supported_mime_types),
        picture_bytes=_sane(
            media.image_size_limit or instance.upload_limit, usual.picture_bytes, _LARGEST_SIZE
        ),
        film_bytes=_sane(
            media.video_size_limit or instance.upload_limit, usual.film_bytes, _LARGEST_SIZE
        ),
        alt_characters=_sane(
            media.description_limit or instance.description_limit, usual.alt_characters
        ),
        poll_options=_sane(polls.max_options, usual.poll_options),
        option_characters=_sane(
            polls.max_characters_per_option or polls.max_option_chars, usual.option_characters
        ),
        poll_least=_span(polls.min_expiration, usual.poll_least),
        poll_most=_span(polls.max_expiration, usual.poll_most),
        schedules=bool(server.schedules),
        quotes=server.quotes,
        edits=server.edits,
        streaming_url=server.streaming,
        full_text_search=server.search,
        tags_together=WAYS[server.family].tags,
        honours_keys=server.keys,
        translates=server.translates,
        software=server.name,
    )


def _sane(told: int | None, usual: int, most: int = _LARGEST_LIMIT) -> int:
    return told if told is not None and 0 < told <= most else usual


def _span(seconds: int | None, usual: Millis) -> Millis:
    return _sane(seconds, usual // SECOND, _LARGEST_SIZE) * SECOND


def _types(told: Sequence[str]) -> tuple[str, ...]:
    """Media types in lower case; a server's list is short, and what is no type is left out."""
    return tuple(kind for each in told[:_MOST_TYPES] if _TYPE.fullmatch(kind := each.lower()))


def _recognised(instance: wire_server.Instance, software: wire_server.Software) -> Recognised:
    return recognise(
        instance.version,
        source_url=instance.source_url,
        api_version=instance.api_versions.mastodon if instance.api_versions else None,
        name=software.name,
        own_version=software.version,
    )


def _path_of(address: str | None) -> str | None:
    """The path of an address, fit to be asked for; None if there is none."""
    try:
        path = urlsplit(address or "").path
    except ValueError:
        return None
    return path if path.startswith("/") and path.isascii() and path.isprintable() else None


def _streaming_base(instance: wire_server.Instance, server: str) -> str | None:
    """Where the stream is, as the server declares it, never less safe than the server itself.

    Servers behind a proxy declare `ws://` though they are reached by TLS, and others `wss://` on
    plain loopback; the scheme is therefore the server's own. A stream on another host is believed
    because this server named it, but never on a loopback host for a server that is none.
    """
    configuration = instance.configuration or wire_server.Configuration()
    urls = (configuration.urls, instance.urls)
    told = next((url.streaming or url.streaming_api for url in urls if url is not None), None)
    try:
        url = httpx.URL((told or "").strip())
        own = httpx.URL(server)
    except httpx.InvalidURL:
        return None
    if url.scheme not in ("ws", "wss", "http", "https") or not url.host:
        return None
    if is_loopback(url) != is_loopback(own):
        return None
    scheme = "ws" if own.scheme == "http" else "wss"
    return f"{scheme}://{url.netloc.decode('ascii')}"
