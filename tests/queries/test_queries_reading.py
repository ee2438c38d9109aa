"""What a row of a post folds and leaves out: filters by context, warnings, attachments, quotes, languages."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from msgspec.structs import replace
from support.town_builder import Said, Town

from tui_inbox.commands.reading import open_warnings
from tui_inbox.commands.undo import undo
from tui_inbox.core.conversation import Lane
from tui_inbox.core.events import NoticeKind
from tui_inbox.core.moment import HOUR
from tui_inbox.core.other_clients import Preferences
from tui_inbox.core.post import (
    Audience,
    Feed,
    FeedEntry,
    FeedKind,
    FilterAction,
    FilterHit,
    Media,
    MediaKind,
    PostView,
    QuoteState,
    SeenPost,
)
from tui_inbox.core.reading import MediaShown, OwnChoice
from tui_inbox.queries import activity, finding, glance, inbox, person_card, thread, timeline
from tui_inbox.queries.rows import EntryRow, PostRow, TimelineWindow
from tui_inbox.store import accounts, reading

HIDE, WARN, BLUR = FilterAction.HIDE, FilterAction.WARN, FilterAction.BLUR


def filtered(town: Town, said: Said, action: FilterAction, *contexts: str) -> None:
    """The server says that a filter matches a post."""
    hit = FilterHit("ferries", action, contexts, "1")
    town.shows(said.post, view=PostView(f"1:{said.post.ref.uri}", filtered=(hit,)))


def window(town: Town, **place: Any) -> TimelineWindow:
    return town.ask(timeline.window, town.scope(), now=town.now, **place)


def texts(found: TimelineWindow) -> list[str]:
    return [row.post.text for row in found.rows if isinstance(row, EntryRow)]


def only(town: Town) -> PostRow:
    """The only row of the timeline."""
    (row,) = window(town).rows
    assert isinstance(row, EntryRow)
    return row.post


def in_thread(town: Town, said: Said) -> PostRow:
    view = town.ask(thread.view, 1, said.id, now=town.now)
    assert view is not None
    return next(one.post for one in view.posts if one.post.id == said.id)


# Filters


def test_a_filter_that_hides_leaves_a_post_out_and_the_window_stays_full(town: Town) -> None:
    said = [town.says("ferry", str(n), ago=n * HOUR, at_home=True) for n in range(8)]
    for one in said[:6]:
        filtered(town, one, HIDE, "home")
    assert texts(window(town)) == ["6", "7"]
    newest = window(town, limit=2)
    assert texts(newest) == ["6", "7"]
    assert newest.at_newest
    assert newest.at_oldest
    key = newest.rows[1].key
    above = window(town, newer_than=key)
    assert (texts(above), above.at_newest) == (["6"], True)
    assert texts(window(town, around=key)) == ["6", "7"]


def test_what_is_hidden_is_not_counted(town: Town) -> None:
    town.says("ferry", "seen", ago=9 * HOUR, at_home=True)
    before = town.ask(timeline.newest_key, town.scope())
    assert before is not None
    hidden = [town.says("ferry", str(n), ago=n * HOUR, at_home=True) for n in range(3)]
    filtered(town, hidden[0], HIDE, "home")
    filtered(town, hidden[1], HIDE, "thread")
    assert town.ask(timeline.count_newer, town.scope(), before) == 2
    top = town.ask(timeline.newest_key, town.scope())
    assert top is not None
    assert top[1] == hidden[1].post.ref.uri
    late = town.ask(timeline.count_late, town.scope(), after_seq=1, older_than=(town.now + 1, ""))
    assert late == 2


def test_a_filter_holds_only_where_it_was_made_for(town: Town) -> None:
    said = town.says("ferry", "From Monday", at_home=True)
    filtered(town, said, WARN, "thread")
    assert only(town).hidden is None
    assert in_thread(town, said).hidden == "ferries"
    filtered(town, said, WARN, "account")
    assert in_thread(town, said).hidden is None
    card = town.ask(person_card.card, 1, town.id_of("ferry"), now=town.now)
    assert card is not None
    assert card.posts[0].hidden == "ferries"
    filtered(town, said, WARN, "public")
    (hit,) = town.ask(finding.find, town.scope(), "monday", now=town.now, seconds=600.0).hits
    assert hit.post.hidden == "ferries"


def test_what_a_filter_hides_is_folded_where_a_row_cannot_be_missing(town: Town) -> None:
    said = town.says("ferry", "From Monday", at_home=True)
    filtered(town, said, HIDE, "home", "thread")
    assert in_thread(town, said).hidden == "ferries"
    assert window(town).rows == ()


def test_what_i_keep_is_shown_whatever_filters_say(town: Town) -> None:
    said = town.says("ferry", "From Monday", at_home=True)
    view = PostView(
        f"1:{said.post.ref.uri}", bookmarked=True, filtered=(FilterHit("ferries", HIDE),)
    )
    kept = Feed(FeedKind.BOOKMARKS)
    entry = FeedEntry(SeenPost(said.post, view), said.post.created_at, view.server_id)
    town.ingest.file_page(1, kept, [entry]).result()
    (row,) = window(town, source=timeline.TimelineSource(kept)).rows
    assert isinstance(row, EntryRow)
    assert (row.post.text, row.post.hidden) == ("From Monday", None)
    assert window(town).rows == ()


def test_what_i_wrote_is_never_filtered(town: Town) -> None:
    filtered(town, town.says("mira", "From Monday", at_home=True), HIDE)
    assert only(town).hidden is None


def test_what_a_filter_hides_among_notifications_waits_for_nobody(town: Town) -> None:
    said = town.says("ferry", "Mira, look!", naming=["mira"])
    town.relates("ferry", following=True)
    assert town.ask(glance.glance, town.scope(), now=town.now).newcomers == 1
    filtered(town, said, HIDE, "home")
    assert town.ask(inbox.view, town.scope(), now=town.now).newcomers == 1
    filtered(town, said, HIDE, "notifications")
    view = town.ask(inbox.view, town.scope(), now=town.now)
    assert (view.newcomers, [lane.lane for lane in view.lanes]) == (0, [])
    assert town.ask(glance.glance, town.scope(), now=town.now).newcomers == 0

    filtered(town, said, WARN, "notifications")
    (lane,) = town.ask(inbox.view, town.scope(), now=town.now).lanes
    assert lane.lane is Lane.NEWCOMERS
    assert lane.rows[0].post is not None
    assert lane.rows[0].post.hidden == "ferries"


def test_what_a_filter_hides_is_no_news_either(town: Town) -> None:
    edited = town.says("ferry", "From Tuesday")
    town.notices(NoticeKind.EDITED, "ferry", about=edited)
    assert len(town.ask(activity.rows, town.scope())) == 1
    filtered(town, edited, HIDE, "notifications")
    assert town.ask(activity.rows, town.scope()) == ()


# Warnings and attachments


def test_warnings_are_opened_as_the_server_or_the_settings_file_says(town: Town) -> None:
    town.says("ferry", "Soup.", warning="food, hot", at_home=True)
    assert only(town).folds_text
    preferences = Preferences(None, None, opens_warnings=True)
    town.write(lambda w: accounts.put_preferences(w, 1, preferences))
    assert only(town).opened
    assert not only(town).folds_text
    for choice, opened in (
        (OwnChoice(warnings=False), False),
        (OwnChoice(warnings=False, words=("food",)), True),
        (OwnChoice(warnings=False, of=("ferry@town.example",)), True),
    ):
        town.write(partial(reading.put_own_choice, choice=choice))
        assert only(town).opened is opened


def test_the_warnings_of_somebody_are_opened_by_a_command_and_that_is_undone(town: Town) -> None:
    town.says("ferry", "Soup.", warning="food", at_home=True)
    who = only(town).author.id
    done = open_warnings(town.context, 1, who).result()
    assert done.sentence == "ferry: warnings are shown open from now on"
    assert only(town).opened
    assert undo(town.context).result().sentence == "undone: opening the warnings of ferry"
    assert not only(town).opened
    open_warnings(town.context, 1, who).result()
    assert open_warnings(town.context, 1, who).result().sentence.endswith("folded again")
    assert not only(town).opened


@pytest.mark.parametrize(
    ("sensitive", "shown", "why"),
    [
        (True, MediaShown.SAFE, "sensitive"),
        (True, MediaShown.ALL, ""),
        (False, MediaShown.SAFE, ""),
        (False, MediaShown.NONE, "folded"),
    ],
)
def test_attachments_are_folded_as_the_owner_chose(
    town: Town, sensitive: bool, shown: MediaShown, why: str
) -> None:
    said = town.says("ferry", "Look")
    picture = Media(MediaKind.PICTURE, None, "a boat")
    edited = replace(said.post, sensitive=sensitive, media=(picture,), edited_at=town.now)
    town.shows(edited, at_home=True)
    town.write(lambda w: reading.put_own_choice(w, OwnChoice(media=shown)))
    assert only(town).media_folded == why
    assert only(town).folds_something is bool(why)
    assert not only(town).folds_text


def test_a_filter_may_fold_attachments_alone(town: Town) -> None:
    said = town.says("ferry", "Look")
    picture = replace(said.post, media=(Media(MediaKind.PICTURE, None),), edited_at=town.now)
    pictured = town.shows(picture, at_home=True)
    filtered(town, pictured, BLUR, "home")
    assert (only(town).hidden, only(town).media_folded) == (None, "filtered: ferries")
    assert in_thread(town, pictured).media_folded == ""


# Quotes and languages


def test_a_quote_that_is_taken_back_is_not_shown_any_more(town: Town) -> None:
    inner = town.says("ferry", "inner", ago=5 * HOUR)
    outer = town.says("odile", "outer", quoting=inner, at_home=True)
    assert only(town).quote is QuoteState.ACCEPTED
    assert only(town).quoted is not None
    town.shows(replace(outer.post, quote=QuoteState.REVOKED))
    assert (only(town).quote, only(town).quoted) == (QuoteState.REVOKED, None)
    town.shows(replace(outer.post, quote=QuoteState.ACCEPTED))
    assert only(town).quoted is not None


def test_what_one_account_may_not_see_of_a_quote_is_shown_to_another(town: Town) -> None:
    acorn = town.account("acorn")
    inner = town.says("ferry", "inner", ago=5 * HOUR)
    outer = town.says("odile", "outer", quoting=inner, at_home=True)
    blocked = PostView(f"1:{outer.post.ref.uri}", quote=QuoteState.BLOCKED_ACCOUNT)
    quoting = replace(outer.post, quote=QuoteState.ACCEPTED)
    town.shows(quoting, view=blocked)
    town.shows(quoting, account=acorn, quoting=inner, at_home=True)

    def shown(name: str) -> tuple[QuoteState | None, str | None]:
        (row,) = town.ask(timeline.window, town.scope(name), now=town.now).rows
        assert isinstance(row, EntryRow)
        return row.post.quote, row.post.quoted.text if row.post.quoted else None

    assert shown("mira") == (QuoteState.BLOCKED_ACCOUNT, None)
    assert shown("acorn") == (QuoteState.ACCEPTED, "inner")
    town.shows(replace(quoting, quote=QuoteState.REVOKED), account=acorn)
    assert shown("mira") == (QuoteState.REVOKED, None), "that is so for everybody"


def test_a_quoted_post_is_folded_as_any_other(town: Town) -> None:
    inner = town.says("ferry", "inner", warning="food", ago=5 * HOUR)
    filtered(town, inner, WARN, "home")
    town.says("odile", "outer", quoting=inner, at_home=True)
    quoted = only(town).quoted
    assert quoted is not None
    filtered(town, inner, WARN, "home")
    quoted = only(town).quoted
    assert quoted is not None
    assert (quoted.hidden, quoted.folds_text) == ("ferries", True)


def test_a_language_the_owner_does_not_post_in_is_named(town: Town) -> None:
    town.says("ferry", "Maanantaista", language="fi", at_home=True)
    assert only(town).foreign == ""
    town.write(lambda w: accounts.put_preferences(w, 1, Preferences(Audience.PUBLIC, "en")))
    assert only(town).foreign == "fi"
    town.write(lambda w: reading.put_own_choice(w, OwnChoice(languages=("en", "fi"))))
    assert only(town).foreign == ""
