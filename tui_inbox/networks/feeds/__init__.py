"""Feeds at an address: RSS and Atom, read now and then."""
