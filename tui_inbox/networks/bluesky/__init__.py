"""Bluesky: what people post there (`records`), and the stream of all public posts (`jetstream`)."""
