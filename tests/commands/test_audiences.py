"""Who may read what is sent: never more people than could read what it answers, unless the owner says so."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from msgspec.structs import replace
from support.town_builder import Town

from tui_inbox.commands import drafts as draft_commands
from tui_inbox.commands import own_posts, sending
from tui_inbox.core import audiences
from tui_inbox.core.account import Limits
from tui_inbox.core.draft import Draft
from tui_inbox.core.moment import DAY, MINUTE
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.post import Audience
from tui_inbox.core.versions import Original
from tui_inbox.queries import helping
from tui_inbox.queries import thread as thread_queries
from tui_inbox.store import accounts, drafts, outbox
from tui_inbox.store.outbox import OutboxRow
from tui_inbox.sync.outgoing import outgoing_of

USUAL = tuple(map(Audience, audiences.CHOICES))
"""What an account can post with by default."""
LONG = " We bake rye on Monday. We bake spelt on Friday. We rest on Sunday."
LIMITS = Limits(characters=60, schedules=True)

WAYS: dict[str, Callable[[Town, Draft], Draft]] = {
    "at once": lambda town, draft: draft,
    "from a kept draft": lambda town, draft: _kept(town, draft),
    "later, from here": lambda town, draft: replace(draft, send_at=town.now + 2 * MINUTE),
    "later, by the server": lambda town, draft: replace(draft, send_at=town.now + DAY),
    "as a thread": lambda town, draft: replace(draft, text=draft.text + LONG, split=True),
}
TURNS: dict[str, Callable[[Town], object]] = {
    "nothing": lambda town: None,
    "stopped": lambda town: _again(town, sending.stop_held(town.context).result()),
    "refused and tried again": lambda town: _tried_again(town),
    "refused and written on": lambda town: _written_on(town),
}


def _kept(town: Town, draft: Draft) -> Draft:
    id = draft_commands.save(town.context, draft).result().id
    found = town.ask(drafts.draft, id)
    assert found is not None
    return found


def _again(town: Town, draft: Draft | None) -> None:
    if draft is not None:
        assert sending.send(town.context, draft, asked=True).result().action is not None


def _refused(town: Town) -> OutboxRow:
    row = rows(town)[0]
    town.write(lambda w: outbox.set_row(w, row.id, state=OutboxState.REFUSED, at=town.now))
    return row


def _tried_again(town: Town) -> None:
    sending.retry(town.context, _refused(town).id).result()


def _written_on(town: Town) -> None:
    _again(town, sending.reopen(town.context, _refused(town).id).result())


@pytest.fixture
def writer(town: Town) -> int:
    """An account on a server that takes short posts, and keeps posts for later."""
    return town.account("acorn", limits=LIMITS)


def posts_usually(town: Town, account: int, audience: Audience) -> None:
    """Let the server tell how an account posts by default."""
    town.write(
        lambda w: accounts.set_limits(
            w, account, LIMITS, usual_audience=audience, usual_language=None
        )
    )


def begun(town: Town, account: int, post: int | None) -> Draft:
    """The draft with which a composer begins."""
    draft = town.ask(thread_queries.reply_context, account, post, now=town.now).draft
    return replace(draft, text=f"{draft.text}Yes.")


def rows(town: Town) -> list[OutboxRow]:
    return [row for row in town.ask(outbox.rows) if row.state is not OutboxState.DISCARDED]


def leaving(town: Town) -> set[Audience]:
    """With which audiences what is in the outbox would leave."""
    return {town.ask(outgoing_of, row, town.now).audience for row in rows(town)}


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("way", WAYS)
def test_an_answer_is_never_wider_than_what_it_answers(
    town: Town, writer: int, way: str, turn: str
) -> None:
    for parent, usual in product(Audience, USUAL):
        posts_usually(town, writer, usual)
        said = town.says("quillfox", "Rye?", naming=["acorn"], account=writer, audience=parent)
        answer = WAYS[way](town, begun(town, writer, said.id))
        assert sending.send(town.context, answer, asked=True).result().action is not None
        TURNS[turn](town)
        found = leaving(town)
        assert found
        for audience in found:
            assert audience is not Audience.LIMITED, "no server can be asked for it"
            narrowest = parent if parent is not Audience.LIMITED else Audience.DIRECT
            assert not audience.is_wider_than(narrowest)
            assert not audience.is_wider_than(usual)
        _empty(town)


def _empty(town: Town) -> None:
    """Throw everything away, before the next answer."""
    for row in rows(town):
        sending.discard(town.context, row.id).result()


@pytest.mark.parametrize("usual", USUAL)
def test_a_post_of_ones_own_has_the_usual_audience_on_every_account(
    town: Town, writer: int, usual: Audience
) -> None:
    posts_usually(town, writer, usual)
    draft = replace(begun(town, writer, None), also_from=(1,))
    sending.send(town.context, draft).result()
    assert len(rows(town)) == 2
    assert leaving(town) == {usual}


@pytest.mark.parametrize(("parent", "chosen"), list(product(Audience, USUAL)))
def test_what_the_owner_chooses_is_what_leaves(
    town: Town, writer: int, parent: Audience, chosen: Audience
) -> None:
    said = town.says("quillfox", "Rye?", naming=["acorn"], account=writer, audience=parent)
    answer = replace(begun(town, writer, said.id), audience=chosen)
    sending.send(town.context, WAYS["from a kept draft"](town, answer)).result()
    assert leaving(town) == {chosen}


@pytest.mark.parametrize("knows_quotes", [True, False])
def test_a_quote_is_never_wider_than_what_it_quotes(
    town: Town, writer: int, knows_quotes: bool
) -> None:
    offered = 0
    limits = Limits(quotes=knows_quotes)
    for parent, usual in product(Audience, USUAL):
        town.write(
            lambda w, usual=usual: accounts.set_limits(  # type: ignore[misc]  # bound in the loop
                w, writer, limits, usual_audience=usual, usual_language=None
            )
        )
        for author in ("quillfox", "acorn"):
            said = town.says(author, "Rye?", account=writer, audience=parent)
            draft = town.ask(helping.quoting, writer, said.id).draft
            if draft is not None:
                offered += 1
                narrowest = parent if parent is not Audience.LIMITED else Audience.DIRECT
                assert not draft.audience.is_wider_than(narrowest)
                assert not draft.audience.is_wider_than(usual)
    assert offered or not knows_quotes


@pytest.mark.parametrize("usual", USUAL)
@pytest.mark.parametrize("audience", USUAL)
def test_what_is_changed_or_written_anew_is_for_whom_it_was(
    town: Town, writer: int, audience: Audience, usual: Audience
) -> None:
    limits = Limits(edits=True)
    town.write(
        lambda w: accounts.set_limits(w, writer, limits, usual_audience=usual, usual_language=None)
    )
    said = town.says("acorn", "Rye?", account=writer, audience=audience)
    original = Original("Rye?")
    changed = own_posts.edit(town.context, writer, said.id, original).result()
    anew = own_posts.redraft(town.context, writer, said.id, original).result()
    assert (changed.audience, anew.audience) == (audience, audience)
