"""What a network lets no app do is done in the browser: nothing is put into the outbox for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.town_builder import Town

from tui_inbox.cli.doctor import _account_lines
from tui_inbox.commands import acts, sending
from tui_inbox.core.act import ActKind
from tui_inbox.core.draft import Draft
from tui_inbox.core.moment import DAY, HOUR
from tui_inbox.core.person import Person, PersonRef
from tui_inbox.core.post import Mention, Post, PostRef, PostView, SeenPost
from tui_inbox.networks.x.people import LIMITS
from tui_inbox.queries import doctor, helping, thread
from tui_inbox.queries import outbox as outbox_queries
from tui_inbox.queries.doctor import MoneySpent
from tui_inbox.queries.rows import Scope
from tui_inbox.store import accounts, outbox, spending
from tui_inbox.store.store import Writing

ME = Person(PersonRef("x", "1000"), "1000", "mira", "Mira")
DAN = Person(PersonRef("x", "1001"), "1001", "dan_tides", "Dan")


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """A store with an account on X."""
    town = Town(tmp_path)

    def sign_in(w: Writing) -> None:
        accounts.add_account(
            w,
            network="x",
            server="https://x.com",
            person=ME,
            letters="mi",
            label="mira",
            limits=LIMITS,
        )

    town.write(sign_in)
    return town


def shown(
    town: Town,
    id: str,
    author: Person,
    *,
    names_me: bool = False,
    quotes: SeenPost | None = None,
) -> int:
    """A post that the account was shown; its local id."""
    post = Post(
        PostRef("x", id),
        author,
        town.now - HOUR,
        f"Text {id}",
        url=f"https://x.com/i/status/{id}",
        mentions=(Mention(ME.ref, ME.server_id, ME.handle),) if names_me else (),
        quoted=quotes.post.ref if quotes else None,
    )
    seen = SeenPost(post, PostView(id), quotes)
    (local,) = town.ingest.take_posts(1, [seen]).result()
    return local


def test_a_like_and_a_follow_are_done_in_the_browser(town: Town) -> None:
    post = shown(town, "77", DAN)
    like = acts.toggle(town.context, 1, post, ActKind.FAVOURITE).result()
    assert (like.action, like.url) == (None, "https://x.com/intent/like?tweet_id=77")
    assert like.sentence.endswith("your browser is open for it.")
    author = town.ask(lambda db: db.execute("SELECT author FROM posts").fetchone()[0])
    follow = acts.on_person(town.context, 1, author, ActKind.FOLLOW).result()
    assert follow.url == "https://x.com/intent/follow?screen_name=dan_tides"
    quote = town.ask(helping.quoting, 1, post)
    assert quote.draft is None
    assert quote.url == "https://x.com/intent/tweet?url=https://x.com/i/status/77"
    assert town.ask(outbox.rows) == []
    kept = acts.toggle(town.context, 1, post, ActKind.BOOKMARK).result()
    assert (kept.sentence, kept.url) == ("saved", "")
    muted = acts.on_person(town.context, 1, author, ActKind.MUTE).result()
    assert muted.action is not None


def test_an_answer_to_who_did_not_call_goes_to_the_browser_with_its_text(town: Town) -> None:
    post = shown(town, "78", DAN)
    context = town.ask(thread.reply_context, 1, post, now=town.now)
    assert context.by_browser.startswith("from your browser")
    draft = Draft(0, 1, "I can help.", reply_to=post)
    outcome = sending.send(town.context, draft).result()
    assert (outcome.action, outcome.copied) == (None, "I can help.")
    assert outcome.url == "https://x.com/intent/tweet?in_reply_to=78"
    sent = sending.send_now(town.context, draft).result()
    assert sent.rows == ()
    assert sent.sentence.endswith("https://x.com/intent/tweet?in_reply_to=78")
    assert town.ask(outbox.rows) == []


def test_who_names_or_quotes_the_owner_is_answered_here_as_the_owner_is(town: Town) -> None:
    mine = Post(PostRef("x", "1"), ME, town.now - 2 * HOUR, "Tide tables")
    own = SeenPost(mine, PostView("1"))
    called = [
        shown(town, "79", DAN, names_me=True),
        shown(town, "80", DAN, quotes=own),
        shown(town, "81", ME),
    ]
    for post in called:
        assert not town.ask(thread.reply_context, 1, post, now=town.now).by_browser
        outcome = sending.send(town.context, Draft(0, 1, f"Answer {post}", reply_to=post)).result()
        assert outcome.url == ""
        town.pass_time(HOUR)
    assert len(town.ask(outbox.rows)) == len(called)


def test_an_address_asks_first_because_of_its_price(town: Town) -> None:
    draft = Draft(0, 1, "See quayside.org for the tides.")
    asked = sending.send(town.context, draft).result()
    assert asked.asks
    assert "this costs $0.20" in asked.sentence
    assert sending.send_now(town.context, draft).result().asks
    assert sending.send(town.context, draft, asked=True).result().action is not None
    plain = Draft(0, 1, "No address. At all.")
    assert sending.send(town.context, plain).result().action is not None


def test_a_text_is_counted_as_x_counts(town: Town) -> None:
    fits = Draft(0, 1, "日" * 140)
    assert sending.send(town.context, fits).result().action is not None
    over = sending.send(town.context, Draft(0, 1, "日" * 141)).result()
    assert over.sentence == "This is 2 characters too long: the server allows 280."


def test_what_was_spent_is_told_to_whoever_looks(town: Town) -> None:
    today = town.now // DAY
    town.write(lambda w: spending.note(w, 1, today - 3, {"post:1": 40_000}))
    town.write(lambda w: spending.note(w, 1, today, {"post:1": 5_000, "user:9": 10_000}))
    told = town.ask(outbox_queries.status, Scope((1,)), {})
    assert told.spent == ((today, 15_000),)
    (account,) = town.ask(doctor.checkup, Scope((1,)), now=town.now).accounts
    assert account.spent == MoneySpent(15_000, 55_000)
    lines = "\n".join(_account_lines(account, town.now, 500_000))
    assert "money     $0.015 of $0.50 spent today (UTC), $0.055 in 30 days" in lines
