"""The command line of the fake server."""

from __future__ import annotations

import argparse
import asyncio
import time

from support.fake_mastodon.server import Plan, serve

from tui_inbox.core.moment import SECOND


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(
        prog="python -m support.fake_mastodon",
        description="A Mastodon server on loopback. Its first line of output names its two addresses.",
    )
    parser.add_argument("--port", type=int, default=0, help="of the API (0: any that is free)")
    parser.add_argument("--control-port", type=int, default=0, help="of the control (0: any)")
    parser.add_argument("--posts", type=int, default=100_000, help="in the home timeline (100000)")
    parser.add_argument("--rate", type=float, default=0.0, help="new posts per second (0)")
    parser.add_argument(
        "--newest-at", type=int, help="time of the newest post, milliseconds since the epoch (now)"
    )
    parser.add_argument("--speed", type=float, default=1.0, help="of the server's clock (1)")
    parser.add_argument(
        "--until-eof", action="store_true", help="end when standard input is closed"
    )
    parser.add_argument(
        "--certificate", default="", help="file with a certificate and its key (PEM)"
    )
    options = parser.parse_args()
    newest_at = options.newest_at or time.time_ns() // 1_000_000 - SECOND
    plan = Plan(
        port=options.port,
        control_port=options.control_port,
        posts=options.posts,
        newest_at=newest_at,
        rate=options.rate,
        speed=options.speed,
        until_eof=options.until_eof,
        certificate=options.certificate,
    )
    asyncio.run(serve(plan))


if __name__ == "__main__":
    main()
