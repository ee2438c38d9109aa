"""Watching a thread: begun, ended and taken back by the owner."""

from __future__ import annotations

from msgspec.structs import replace
from support.town_builder import Said, Town

from tui_inbox.commands import watching
from tui_inbox.commands.undo import undo
from tui_inbox.commands.watching import MOST
from tui_inbox.core.moment import DAY, HOUR
from tui_inbox.core.watching import Ended, Watch
from tui_inbox.store import posts, watches


def on(town: Town) -> list[Watch]:
    return [one for one in town.ask(watches.watches, [1]) if one.is_on]


def new(town: Town) -> list[int]:
    return [
        post
        for ids in town.ask(watches.unseen, [one.id for one in on(town)]).values()
        for post in ids
    ]


def watch(town: Town, said: Said) -> str:
    return watching.toggle(town.context, 1, said.id).result().sentence


def test_w_begins_watching_and_says_what_happens(town: Town) -> None:
    loaf = town.says("odile", "Which loaf for the market?")
    assert watch(town, loaf) == "watched: asked now and then until it has been quiet for 3 days"
    (kept,) = on(town)
    assert (kept.account, kept.post, kept.next_at) == (1, loaf.id, town.now)
    assert undo(town.context).result().sentence == "undone: watching a thread"
    assert on(town) == []


def test_how_long_it_must_be_quiet_is_the_owners_choice(town: Town) -> None:
    town.context = replace(town.context, quiet=DAY)
    said = watch(town, town.says("odile", "Which loaf?"))
    assert said.endswith("quiet for 1 day")
    assert on(town)[0].quiet == DAY


def test_w_again_ends_it_from_any_post_of_the_thread_and_u_resumes_it(town: Town) -> None:
    loaf = town.says("odile", "Which loaf?")
    watch(town, loaf)
    rye = town.says("wren", "Rye.", to=loaf, ago=HOUR // 2)
    town.pass_time(HOUR)
    late = town.says("wren", "Or spelt.", to=loaf, ago=0)
    assert new(town) == [late.id]
    assert watch(town, rye) == "no longer watched"
    assert on(town) == []
    meanwhile = town.says("wren", "Or oats.", to=loaf, ago=0)
    undo(town.context).result()
    assert new(town) == [late.id, meanwhile.id], "nothing that came meanwhile is lost"


def test_what_was_watched_before_begins_anew(town: Town) -> None:
    loaf = town.says("odile", "Which loaf?")
    watch(town, loaf)
    town.pass_time(HOUR)
    town.says("wren", "Rye.", to=loaf, ago=0)
    watch(town, loaf)
    watch(town, loaf)
    assert new(town) == [], "what is stored is known"
    assert len(town.ask(watches.watches, [1])) == 1


def test_the_page_ends_one_and_takes_one_that_has_ended_off_the_list(town: Town) -> None:
    loaf, map_ = town.says("odile", "Which loaf?"), town.says("odile", "A map.")
    watch(town, loaf)
    watch(town, map_)
    first, second = on(town)
    assert watching.end(town.context, first.id).result().sentence == "no longer watched"
    assert watching.end(town.context, first.id).result() == watching.GONE
    town.write(lambda w: watches.end(w, second.id, Ended.QUIET, at=town.now))
    outcome = watching.end(town.context, second.id).result()
    assert outcome.sentence == "off the list of watched threads"
    undo(town.context).result()
    back = town.ask(watches.watch, second.id)
    assert back is not None
    assert back.ended is Ended.QUIET


def test_what_has_ended_meanwhile_is_not_undone(town: Town) -> None:
    loaf = town.says("odile", "Which loaf?")
    watch(town, loaf)
    town.write(lambda w: watches.end(w, 1, Ended.QUIET, at=town.now))
    assert (
        undo(town.context).result().sentence
        == "not undone: watching a thread; it has ended by itself"
    )


def test_what_is_not_known_or_gone_is_not_watched(town: Town) -> None:
    assert watching.toggle(town.context, 1, 99).result() == watching.NOT_HERE
    assert watching.begin(town.context, 1, 99).result() == watching.NOT_HERE
    loaf = town.says("odile", "Which loaf?")
    rye = town.says("wren", "Rye.", to=loaf)
    town.write(lambda w: posts.delete_post(w, 1, ref=loaf.post.ref, at=town.now))
    assert (
        watch(town, rye) == "The post this thread began with was deleted, so nothing more can come."
    )
    assert on(town) == []


def test_beginning_what_is_begun_changes_nothing(town: Town) -> None:
    loaf = town.says("odile", "Which loaf?")
    assert watching.begin(town.context, 1, loaf.id).result().action is not None
    again = watching.begin(town.context, 1, loaf.id).result()
    assert (again.sentence, again.action) == ("This thread is watched already.", None)


def test_there_is_an_end_to_what_one_can_follow(town: Town) -> None:
    for number in range(MOST):
        watch(town, town.says("odile", f"Loaf {number}?"))
    assert watch(town, town.says("odile", "One more?")).startswith(f"{MOST} threads are watched")
    assert len(on(town)) == MOST


def test_looking_is_nothing_to_undo(town: Town) -> None:
    loaf = town.says("odile", "Which loaf?")
    watch(town, loaf)
    town.pass_time(HOUR)
    first, second = (town.says("wren", text, to=loaf, ago=0) for text in ("Rye.", "Spelt."))
    stored = town.ask(posts.post, 1, loaf.id)
    assert stored is not None
    watching.looked_at(town.context, 1, stored.conversation, [first.id]).result()
    assert new(town) == [second.id]
    assert undo(town.context).result().sentence == "undone: watching a thread"
