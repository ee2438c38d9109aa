"""A certificate that is not to be trusted any more: it is said so, nothing goes through, and there is a way back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from support.fake_mastodon.running import FakeServer, running_fake
from support.socket_reader import SPEED, SocketReader

from tui_inbox.core.health import HealthState
from tui_inbox.networks.tls import tls_context

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
UNTRUSTED = "shows a certificate that cannot be trusted"


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A certificate as it should be, and what may come of it; the owner trusts one authority only."""
    known, unknown = trustme.CA(), trustme.CA()
    issued = {
        "valid": known.issue_cert("127.0.0.1"),
        "expired": known.issue_cert(
            "127.0.0.1", not_before=LONG_AGO, not_after=LONG_AGO + timedelta(90)
        ),
        "of an unknown authority": unknown.issue_cert("127.0.0.1"),
        "for another name": known.issue_cert("elsewhere.example"),
    }
    folder = tmp_path_factory.mktemp("certificates")
    paths = {name: folder / f"{name}.pem" for name in (*issued, "authority")}
    for name, one in issued.items():
        one.private_key_and_cert_chain_pem.write_to_path(str(paths[name]))
    known.cert_pem.write_to_path(str(paths["authority"]))
    return paths


@pytest.fixture(scope="module")
def running_server(certificates: dict[str, Path]) -> Iterator[FakeServer]:
    """A server that is reached over TLS, whose authority the owner trusts."""
    tls_context.cache_clear()  # made once in a process: here with another authority
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SSL_CERT_FILE", str(certificates["authority"]))
        with running_fake(60, speed=SPEED, certificate=certificates["valid"]) as server:
            yield server
    tls_context.cache_clear()


@pytest.mark.parametrize("now", ["expired", "of an unknown authority", "for another name"])
def test_a_certificate_that_turns_bad_is_told_and_got_over(
    server: FakeServer, reader: SocketReader, certificates: dict[str, Path], now: str
) -> None:
    before = reader.markers()
    server.down()
    server.show_certificate(certificates[now])
    server.emit(3)
    server.up()
    asked = server.stats()["calls"]
    reader.until_told(UNTRUSTED)
    shown = reader.health
    assert shown.state is HealthState.OFFLINE
    assert shown.next_try is not None
    assert reader.begins(before)
    assert HealthState.LIVE not in reader.states_since_the_loss()
    assert server.stats()["calls"] == asked  # no request was made, and no token shown
    server.show_certificate(certificates["valid"])
    home = server.home()
    reader.until(lambda: reader.is_live() and reader.agrees_with(home))  # by itself
    server.emit()
    reader.until_back(server.home())
