"""The screen in a browser on the same machine, by textual-serve."""
