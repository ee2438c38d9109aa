"""The demo: an embedded, deterministic small town that posts, asks, answers and forgets nothing.

No network and no account are needed. `DemoNetwork` is its door; the same seed gives the same town.
"""

from tui_inbox.networks.demo.network import DemoNetwork

__all__ = ["DemoNetwork"]
