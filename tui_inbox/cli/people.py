"""`tui-inbox people`: people, and why they are listed."""

from __future__ import annotations

import argparse

from msgspec import Struct

from tui_inbox.cli.exit_codes import DONE
from tui_inbox.cli.printing import people_lines, print_json, print_lines
from tui_inbox.cli.program import Program
from tui_inbox.queries import accounts, people
from tui_inbox.queries.rows import PeopleSection, PersonRow, Scope


class Listed(Struct, frozen=True):
    """A person as JSON tells of them, in the order of the pane.

    Attributes:
        account: handle of the owner's account that knows them; `handle` is their own.
        points: thousandths, for regulars: what they stand by.
        item: number of their open conversation in the Inbox; `post` their latest post that can be answered.
    """

    section: PeopleSection
    name: str
    handle: str
    reason: str
    detail: str
    points: int
    account: str
    item: int | None
    post: int | None


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Print the sections of the People pane."""
    view = program.reader.ask(people.view, scope, now=program.now()).result()
    if options.json:
        known = program.reader.ask(accounts.account_rows).result()
        handles = {one.id: one.handle for one in known}
        print_json(tuple(_listed(row, handles) for _, rows in view.sections for row in rows))
    else:
        print_lines(people_lines(view))
    return DONE


def _listed(row: PersonRow, handles: dict[int, str]) -> Listed:
    return Listed(
        section=row.section,
        name=row.person.name,
        handle=row.person.handle,
        reason=row.reason,
        detail=row.detail,
        points=row.points,
        account=handles.get(row.account, ""),
        item=row.item,
        post=row.post,
    )
