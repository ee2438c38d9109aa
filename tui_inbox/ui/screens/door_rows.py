"""The rows of the front door: whoever is shown, what was found, the posts behind one sentence of it."""

from __future__ import annotations

from collections.abc import Iterator

from tui_inbox.queries.door import Visitor
from tui_inbox.queries.strangers import CheckView
from tui_inbox.ui.render.door import (
    DoorData,
    Evidence,
    Note,
    Sentence,
    VerdictHead,
    VisitorHead,
)
from tui_inbox.ui.widgets import Row


def evidence_key(place: int) -> str:
    """Key of the row of a post behind a sentence."""
    return f"post:{place}"


def door_rows(
    visitor: Visitor,
    check: CheckView | None,
    *,
    shown: int | None = None,
    note: str = "",
    last: str = "",
) -> Iterator[Row[DoorData]]:
    """The rows of the page.

    Args:
        visitor: who is shown.
        check: what is known of them.
        shown: place of the sentence whose posts are shown.
        note: what is to be said beside the verdict.
        last: what is to be said at the end.
    """
    yield Row(visitor.key, visitor, VisitorHead(visitor))
    verdict = VerdictHead(check, note)
    yield Row("verdict", verdict, verdict, selectable=False, section=True)
    lines = check.lines if check is not None else ()
    behind = tuple((len(line.words), len(line.shows)) for line in lines if line.evidence)
    number = 0
    for place, line in enumerate(lines):
        number += bool(line.evidence)
        digit = str(number) if line.evidence else ""
        sentence = Sentence(line, digit, behind)
        yield Row(f"line:{place}", sentence, sentence, selectable=False)
    if shown is not None and shown < len(lines) and lines[shown].evidence:
        line = lines[shown]
        head = Note(f"{line.label}: {line.words}", heads=True)
        yield Row("behind", head, head, selectable=False, section=True)
        mixed = any(post.author for post in line.evidence)
        for place, post in enumerate(line.evidence):
            row = Evidence(post, mixed)
            yield Row(evidence_key(place), row, row)
    elif last:
        end = Note(last)
        yield Row("end", end, end, selectable=False)
