"""What each account shows unasked, and filters laid over what is stored."""

from __future__ import annotations

from msgspec.structs import replace
from support.store_material import person, post, seen, sign_in

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.other_clients import Preferences
from tui_inbox.core.post import (
    Audience,
    FilterAction,
    FilterHit,
    Media,
    MediaKind,
    Poll,
    PollOption,
)
from tui_inbox.core.reading import Filter, FilterContext, Keyword, MediaShown, OwnChoice, Reading
from tui_inbox.store import accounts, posts, reading
from tui_inbox.store.database import Connection
from tui_inbox.store.store import Writing

HIDE, WARN = FilterAction.HIDE, FilterAction.WARN


def sport(*words: str, id_: str = "1", action: FilterAction = WARN, **more: object) -> Filter:
    keywords = tuple(map(Keyword, words))
    made = Filter(id_, "sport", action, ("home", "notifications"), keywords)
    return replace(made, **more)


def put(w: Writing, account: int, name: str, text: str = "", **changes: object) -> int:
    it = seen(post(name, text=text))
    done = posts.put_post(w, account, replace(it, post=replace(it.post, **changes)))
    assert done is not None
    return done.id


def filtered(db: Connection, account: int, id_: int) -> list[str]:
    """The ids of the filters that match a post."""
    found = posts.post(db, account, id_)
    assert found is not None
    assert found.view is not None
    return [hit.filter_id for hit in found.view.filtered]


def lay(w: Writing, account: int, *in_force: Filter, limit: int = 100) -> None:
    """Lay filters over everything stored, as `sync.filtering` does."""
    below: int | None = 2**62
    known = reading.filters(w.db, account)
    while below is not None:
        below = reading.lay_filters(
            w, account, in_force, known=known, older_than=below, limit=limit
        )
    reading.put_filters(w, account, in_force)


# What is shown unasked


def test_an_account_that_was_told_nothing_reads_as_servers_do_by_default(db: Connection) -> None:
    assert reading.reading(db, sign_in(db).id) == Reading()


def test_the_settings_file_comes_before_what_the_server_says(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    accounts.put_preferences(
        w, account, Preferences(None, "en-GB", media=MediaShown.NONE, opens_warnings=True)
    )
    told = reading.reading(db, account)
    assert (told.media, told.opens_warnings) == (MediaShown.NONE, True)
    assert told.languages == {"en"}

    w.changes.clear()
    choice = OwnChoice(False, MediaShown.ALL, ("Ada@Town.example",), ("food",), ("fi", "sv-FI"))
    reading.put_own_choice(w, choice)
    assert Change(Topic.PEOPLE, account) in w.changes
    assert reading.reading(db, account) == Reading(
        media=MediaShown.ALL,
        handles=frozenset({"ada@town.example"}),
        words=("food",),
        languages=frozenset({"fi", "sv"}),
    )
    w.changes.clear()
    reading.put_own_choice(w, choice)
    assert w.changes == set()


def test_usual_languages_are_those_of_all_accounts_and_of_ones_own_posts(
    db: Connection, w: Writing
) -> None:
    first, second = sign_in(db).id, sign_in(db, "bea", letters="be").id
    assert reading.reading(db, first).languages == frozenset()
    accounts.put_preferences(w, first, Preferences(Audience.PUBLIC, "en"))
    accounts.put_preferences(w, second, Preferences(Audience.PUBLIC, "de"))
    put(w, first, "mine", author=person("mina"), language="cy")
    put(w, first, "theirs", language="fi")
    assert reading.reading(db, first).languages == {"en", "de", "cy"}


def test_whose_warnings_are_opened_holds_for_all_accounts(db: Connection, w: Writing) -> None:
    first, second = sign_in(db).id, sign_in(db, "bea", letters="be").id
    behind = put(w, first, "soup", warning="food")
    author = posts.posts(db, first, [behind])[behind].author
    w.changes.clear()
    reading.set_opened(w, first, author, True)
    assert Change(Topic.POST, behind) in w.changes
    assert reading.reading(db, second).people == {author}
    reading.set_opened(w, first, author, True)
    assert reading.opened(db, first) == (author,)
    reading.set_opened(w, first, author, False)
    assert reading.reading(db, first).people == frozenset()


# Filters


def test_new_filters_reach_what_is_stored_and_old_ones_leave_it(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    text = put(w, account, "a", "What a match!")
    warned = put(w, account, "b", warning="the match")
    shown = put(w, account, "c", media=(Media(MediaKind.PICTURE, None, "a match, lit"),))
    asked = put(w, account, "d", poll=Poll("p", (PollOption("match"), PollOption("none"))))
    other = put(w, account, "e", "Soup.")
    all_of_them = (text, warned, shown, asked, other)
    lay(w, account, sport("match"), limit=2)
    assert [filtered(db, account, id_) for id_ in all_of_them] == [["1"]] * 4 + [[]]
    assert reading.filters(db, account) == (sport("match"),)

    lay(w, account, sport("soup", id_="2"))
    assert [filtered(db, account, id_) for id_ in all_of_them] == [[]] * 4 + [["2"]]
    lay(w, account)
    assert [filtered(db, account, id_) for id_ in all_of_them] == [[]] * 5


def test_what_the_server_found_by_an_unchanged_filter_stays_found(
    db: Connection, w: Writing
) -> None:
    account = sign_in(db).id
    it = seen(post("a", text="In other words"))
    told = FilterHit("sport", WARN, ("home",), "1")
    done = posts.put_post(w, account, replace(it, view=replace(it.view, filtered=(told,))))
    assert done is not None
    lay(w, account, sport("match"))
    assert filtered(db, account, done.id) == ["1"]
    lay(w, account, sport("match", action=HIDE))
    (stored,) = posts.posts(db, account, [done.id]).values()
    assert stored.view is not None
    assert [hit.action for hit in stored.view.filtered] == [HIDE]
    lay(w, account, sport("goal", action=HIDE))
    assert filtered(db, account, done.id) == []


def test_only_what_changed_is_written_and_told(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    match, soup = put(w, account, "a", "match"), put(w, account, "b", "soup")
    w.changes.clear()
    lay(w, account, sport("match"))
    assert Change(Topic.POST, match) in w.changes
    assert Change(Topic.POST, soup) not in w.changes
    assert Change(Topic.INBOX, account) in w.changes


def test_posts_are_hidden_in_the_context_of_the_filter_and_never_ones_own(
    db: Connection, w: Writing
) -> None:
    account = sign_in(db, "mina")
    match = put(w, account.id, "a", "match")
    mine = put(w, account.id, "b", "match", author=person("mina"))
    put(w, account.id, "c", "soup")
    lay(w, account.id, sport("match", action=HIDE))

    def hidden(context: FilterContext) -> set[int]:
        return posts.hidden(db, account.id, [match, mine], context)

    assert hidden(FilterContext.NOTIFICATIONS) == {match}
    assert hidden(FilterContext.THREAD) == set()
    lay(w, account.id, sport("match", action=HIDE, contexts=()))
    assert hidden(FilterContext.THREAD) == {match}
    lay(w, account.id, sport("match"))
    assert hidden(FilterContext.NOTIFICATIONS) == set()
