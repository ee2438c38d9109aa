"""The networks: one folder each, and what they share: HTTP, streams, request budget, deadlines."""
