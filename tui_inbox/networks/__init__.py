"""The networks: one folder each, and what they share: HTTP, streams, request budget, deadlines."""

import sys

# httpx loads its own command-line program where click happens to be installed, and with it pygments and half of
# rich: 3 MiB and 70 ms for nothing. None says "not there", which httpx is prepared for.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # import machinery allows None
