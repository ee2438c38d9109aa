"""What a server tells of itself: the host in its people's handles, its limits, and its streams."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

import httpx
from msgspec import Struct

from tui_inbox.core.account import Limits
from tui_inbox.core.ports import Refused, Unsupported
from tui_inbox.core.text import clean_line
from tui_inbox.networks.http import Http, is_loopback
from tui_inbox.networks.limits import Urgency
from tui_inbox.networks.mastodon import wire

_DOMAIN = re.compile(r"[^\s/@\\]{1,255}")
_COMPATIBLE = re.compile(r"\(compatible;\s*([^)]+)\)", re.IGNORECASE)
_LARGEST_LIMIT = 10_000_000


class Facts(Struct, frozen=True):
    """What is kept of a server between runs.

    Attributes:
        domain: the host in the handles of its own people.
        streaming: base of its streaming API as `wss://host`, or None.
    """

    domain: str
    streaming: str | None

    def to_json(self) -> str:
        """As text, for `AccountState`."""
        return json.dumps({"domain": self.domain, "streaming": self.streaming})

    @classmethod
    def from_json(cls, text: str) -> Facts | None:
        """What `to_json` wrote; None if it was something else."""
        try:
            data = json.loads(text)
            return cls(str(data["domain"]), data["streaming"] and str(data["streaming"]))
        except (ValueError, KeyError, TypeError):
            return None


async def read_instance(http: Http) -> wire.Instance:
    """Ask a server for what it is: the newer form, else the older, else nothing is known.

    Raises:
        NetworkError: it cannot be asked at the moment.
    """
    for path in ("/api/v2/instance", "/api/v1/instance"):
        try:
            answer = await http.get(path, urgency=Urgency.WAITING)
        except (Refused, Unsupported):
            continue
        instance = wire.decode(wire.Instance, answer.data)
        if instance is not None and (instance.version or instance.configuration):
            return instance
    return wire.Instance()


def is_known(instance: wire.Instance) -> bool:
    """Whether the server told anything of itself in a way that Mastodon's clients understand."""
    return instance.version is not None


def facts_of(instance: wire.Instance, server: str) -> Facts:
    """The facts to keep. Older servers give `uri` as an address, newer ones as a bare host."""
    told = instance.domain or instance.uri or ""
    domain = urlsplit(told).netloc if "://" in told else told
    return Facts(
        domain=domain if _DOMAIN.fullmatch(domain) else urlsplit(server).netloc,
        streaming=_streaming_base(instance, server),
    )


def limits_of(instance: wire.Instance, server: str) -> Limits:
    """The limits the server declares; Mastodon's defaults for what it does not say."""
    usual = Limits()
    configuration = instance.configuration or wire.Configuration()
    statuses = configuration.statuses or wire.StatusRules()
    polls = configuration.polls or wire.PollRules()
    characters = statuses.max_characters or instance.max_toot_chars
    return Limits(
        characters=_sane(characters, usual.characters),
        url_characters=_sane(statuses.characters_reserved_per_url, usual.url_characters),
        media=_sane(statuses.max_media_attachments, usual.media),
        poll_options=_sane(polls.max_options, usual.poll_options),
        streaming_url=_streaming_base(instance, server),
        honours_keys=_honours_keys(instance),
        software=_software(instance),
    )


def _sane(told: int | None, usual: int) -> int:
    return told if told is not None and 0 < told <= _LARGEST_LIMIT else usual


def _streaming_base(instance: wire.Instance, server: str) -> str | None:
    """Where the stream is, as the server declares it, never less safe than the server itself.

    Servers behind a proxy declare `ws://` though they are reached by TLS, and others `wss://` on
    plain loopback; the scheme is therefore the server's own. A stream on another host is believed
    because this server named it, but never on a loopback host for a server that is none.
    """
    configuration = instance.configuration or wire.Configuration()
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


def _honours_keys(instance: wire.Instance) -> bool:
    """Whether it is Mastodon itself or a fork: few others keep idempotency keys, some badly."""
    version = instance.version or ""
    if _COMPATIBLE.search(version) or "gotosocial" in (instance.source_url or "").lower():
        return False
    told = instance.api_versions is not None and instance.api_versions.mastodon is not None
    return told or re.match(r"[2-9]\.", version) is not None


def _software(instance: wire.Instance) -> str:
    """Name and version, as in `Pleroma 2.7.0`; others call themselves compatible with Mastodon."""
    version = clean_line(instance.version or "", limit=100)
    if compatible := _COMPATIBLE.search(version):
        return compatible[1].strip()
    if "gotosocial" in (instance.source_url or "").lower():
        return f"GoToSocial {version}"
    return f"Mastodon {version}" if version else ""
