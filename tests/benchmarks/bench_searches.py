"""What many standing searches cost: `python bench_searches.py [--posts N]`.

Posts of made-up words, as frequent as words are (Zipf), are put to 1, 100 and 1,000 searches of several kinds:
two words, a phrase, either of two without a third, the beginning of a word, a tag, a question. "alone" asks every
search by itself and is what it would cost without `core.searching_together`. Posts per second of CPU time, one
core; making the post ready to be asked is part of it.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence

from tui_inbox.core.matching import Subject, matcher, subject
from tui_inbox.core.query import Query
from tui_inbox.core.query_text import parse
from tui_inbox.core.searching_together import together

WORDS = 20_000
LENGTH = 25
COMMON = 100
"""Nobody searches for one of the most frequent words alone."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each number of searches."""
    parser = argparse.ArgumentParser(description="What many standing searches cost.")
    parser.add_argument("--posts", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    chance = random.Random(options.seed)  # no secret
    words = _words(chance)
    weights = [1 / (place + 1) for place in range(len(words))]
    texts = [" ".join(chance.choices(words, weights, k=LENGTH)) for _ in range(options.posts)]
    print(f"{'searches':>8}  {'together':>12}  {'alone':>12}  hits")
    for count in (1, 100, 1_000):
        queries = {place: _query(chance, words) for place in range(count)}
        fast, hits = _together(queries, texts)
        slow = _alone(queries, texts[: max(1, len(texts) // count)])
        print(f"{count:8,}  {fast:10,.0f}/s  {slow:10,.0f}/s  {hits:,}")
    return 0


def _words(chance: random.Random) -> list[str]:
    made = (
        "".join(chance.choices("etaoinshrdlucmfw", k=chance.randint(2, 10))) for _ in range(WORDS)
    )
    return list(dict.fromkeys(made))


def _query(chance: random.Random, words: Sequence[str]) -> Query:
    one, two, three = chance.choices(words[COMMON:], k=3)
    forms = (
        f"{one} {two}",
        f'"{one} {two}"',
        f"({one} OR {two}) -{three}",
        f"{one}* from:odile",
        f"#{one} OR {two}",
        f"{one} has:question",
    )
    return parse(chance.choice(forms))


def _together(queries: dict[int, Query], texts: Sequence[str]) -> tuple[float, int]:
    """Posts a second, and how many hits there were."""
    standing = together(queries)
    began = time.process_time()
    hits = sum(len(standing.found(_post(text))) for text in texts)
    return len(texts) / max(time.process_time() - began, 1e-9), hits


def _alone(queries: dict[int, Query], texts: Sequence[str]) -> float:
    matchers = [matcher(query) for query in queries.values()]
    began = time.process_time()
    for text in texts:
        post = _post(text)
        for matches in matchers:
            matches(post)
    return len(texts) / max(time.process_time() - began, 1e-9)


def _post(text: str) -> Subject:
    return subject(text, handle="odile@fenn.example", name="Odile Fenn", language="en")


if __name__ == "__main__":
    raise SystemExit(main())
