"""Starts mastodon_mock, a Mastodon server by others, as a process of its own on loopback."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

START_SECONDS = 60

CONFIG = """
[streaming]
heartbeat_seconds = 0.2

[[seed.accounts]]
username = "alice"
display_name = "Alice"
note = "Sails on weekends."
access_token = "alice-token"

[[seed.accounts]]
username = "bob"
display_name = "Bob"
access_token = "bob-token"

[[seed.accounts]]
username = "carol"
display_name = "Carol"
access_token = "carol-token"

[[seed.follows]]
follower = "alice"
following = "bob"

[[seed.follows]]
follower = "bob"
following = "alice"
"""


@dataclass(frozen=True, slots=True)
class MockServer:
    """A running mastodon_mock with alice, bob (they follow each other) and carol.

    Attributes:
        url: base address; the host in handles is the same, with its port.
        client: for asking the server something beside the program under test.
    """

    url: str
    client: httpx.Client

    @property
    def domain(self) -> str:
        """The host in the handles of its people."""
        return self.url.partition("://")[2]

    def token(self, username: str) -> str:
        """Somebody's token."""
        return f"{username}-token"

    def call(self, method: str, path: str, username: str | None = None, **options: Any) -> Any:
        """Ask the server something directly, as somebody or as nobody; the decoded answer."""
        headers = dict(options.pop("headers", {}))
        if username is not None:
            headers["Authorization"] = f"Bearer {self.token(username)}"
        answer = self.client.request(method, self.url + path, headers=headers, **options)
        answer.raise_for_status()
        return answer.json()

    def post_as(self, username: str, text: str, **parameters: str) -> dict[str, Any]:
        """Post as somebody; the status."""
        form = {"status": text, "visibility": "public", **parameters}
        status: dict[str, Any] = self.call("POST", "/api/v1/statuses", username, data=form)
        return status

    def id_of(self, username: str) -> str:
        """Somebody's id on the server."""
        account = self.call("GET", "/api/v1/accounts/verify_credentials", username)
        return str(account["id"])

    def fault(
        self, path: str, kind: str, *, methods: tuple[str, ...] = ("GET",), **effect: Any
    ) -> None:
        """Make the server fail at a path until `recover`.

        Args:
            path: as in a request; `*` matches anything.
            kind: `status`, `ratelimit`, `latency`, `malformed` or `timeout`.
            methods: of the requests that fail.
            effect: further keys, such as `status`, `headers`, `delay_ms`.
        """
        rule = {
            "match": {"methods": list(methods), "path": path},
            "effect": {"type": kind, **effect},
        }
        self.call("POST", "/api/v1/_mock/faults", json=rule)

    def recover(self) -> None:
        """Let nothing fail any more."""
        self.call("DELETE", "/api/v1/_mock/faults")

    def reset(self) -> None:
        """Back to the seed: no posts, no faults."""
        self.call("POST", "/api/v1/_mock/reset")


@contextmanager
def running_mock(config: str = CONFIG) -> Iterator[MockServer]:
    """A server that runs until the block ends.

    Args:
        config: its TOML; the accounts' tokens must be `<username>-token`.
    """
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "mock.toml").write_text(config, encoding="utf-8")
        port = _free_port()
        command = [sys.executable, "-m", "mastodon_mock", "serve", "--in-memory"]
        command += ["--config", f"{folder}/mock.toml", "--log-level", "error"]
        command += ["--host", "127.0.0.1", "--port", str(port), "--domain", f"127.0.0.1:{port}"]
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "TMPDIR": folder},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            with httpx.Client(trust_env=False, timeout=30) as client:
                server = MockServer(f"http://127.0.0.1:{port}", client)
                _wait_until_healthy(server, process)
                yield server
        finally:
            process.kill()  # it would wait for streams that are still open
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_healthy(server: MockServer, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"mastodon_mock ended with {process.returncode}")
        try:
            if server.client.get(f"{server.url}/health").is_success:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise TimeoutError("mastodon_mock did not start")
