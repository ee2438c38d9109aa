"""tui-inbox: a terminal inbox for the people you actually talk with."""

__version__ = "0.1.0"
