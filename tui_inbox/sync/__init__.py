"""Keeps the store true: the hub listens, ingests, fills holes and empties the outbox."""
