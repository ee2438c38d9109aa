"""Who may read a post, in words: one list for the composer, the verbs, and what the documents say of JSON.

The keys are the values of `core.post.Audience`, as JSON and `--audience` have them. Nothing is imported here, so
that `--help` needs nothing else of the program.
"""

from __future__ import annotations

IN_WORDS = {
    "public": "everyone",
    "unlisted": "everyone, quietly",
    "followers": "followers",
    "limited": "a few",
    "direct": "only those named",
}
"""From wide to narrow."""

CHOICES = ("public", "unlisted", "followers", "direct")
"""What a writer can choose; *limited* is a server's own."""
