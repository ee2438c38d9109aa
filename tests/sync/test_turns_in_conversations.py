"""Whose turn it is, told as little conversations through the real store: who said what, and what waits then.

The notation is that of `support.talks`.
"""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.talks import Talk, Told, lines_of, play

TALKS = {
    # Answers to me
    "a question is put to me": """
        odile: @me does it work?
        = odile: mine new strangers
    """,
    "I answer it": """
        odile: @me does it work?
        me > 1: @odile yes
        = odile: theirs answered done
    """,
    "I answer without her name": """
        odile: @me does it work?
        me > 1: yes
        = odile: theirs answered done
    """,
    "she comes back": """
        odile: @me does it work?
        me > 1: @odile yes
        odile > 2: @me good
        = odile: mine new talk
    """,
    "she answers a post of mine": """
        me: the kettle is on
        odile > 1: @me how long?
        = odile: mine new newcomers
    """,
    "she answers a post of mine without naming me": """
        me: the kettle is on
        odile > 1: how long?
        = odile: mine new newcomers
    """,
    "I write to her first": """
        me: @odile are you there?
        = odile: theirs answered done
    """,
    "she answers what I wrote first": """
        me: @odile are you there?
        odile > 1: @me yes
        = odile: mine new talk
    """,
    "I go on before she answers": """
        me: @odile are you there?
        me > 1: @odile it is about the boat
        = odile: theirs answered done
    """,
    "I say something that does not answer her": """
        odile: @me does it work?
        me: a fine day
        = odile: mine new strangers
    """,
    # Self-replies and threads
    "she goes on with herself, my name carried along": """
        odile: @me does it work?
        odile > 1: @me I mean the kettle
        = odile: mine new strangers
    """,
    "my answer to the first of hers answers what she said until then": """
        odile: @me does it work?
        odile > 1: @me I mean the kettle
        me > 1: @odile yes
        = odile: theirs answered done
    """,
    "after my answer she goes on with herself, my name carried along": """
        odile: @me does it work?
        me > 1: @odile yes
        odile > 1: @me I mean the kettle
        = odile: theirs answered done
    """,
    "my own thread is nobody's turn": """
        me: one
        me > 1: two
        me > 2: three
        odile: nice weather
        = odile: nothing
    """,
    "she answers the middle of my thread": """
        me: one
        me > 1: two
        me > 2: three
        odile > 2: @me why two?
        = odile: mine new newcomers
    """,
    "I end my thread after she asked in its middle": """
        me: one
        me > 1: two
        odile > 2: @me why two?
        me > 2: three
        = odile: mine new newcomers
    """,
    "her thread names me in its second part only": """
        odile: a long story
        odile > 1: @me has seen it too
        odile > 2: @me and so it ends
        = odile: mine new strangers
    """,
    # Third parties
    "ben answers her question to me": """
        odile: @me does it work?
        ben > 1: @odile @me it does
        = ben: nothing
        = odile: mine new strangers
    """,
    "ben answers my answer": """
        odile: @me does it work?
        me > 1: @odile yes
        ben > 2: @me @odile no
        = ben: mine new newcomers
        = odile: theirs answered done
    """,
    "I answer ben and name her, whose question stands above": """
        me: the kettle is on
        odile > 1: @me how long?
        ben > 1: @me is it?
        me > 3: @ben @odile ten minutes
        = ben: theirs answered done
        = odile: theirs answered done
    """,
    "I answer ben and leave her out": """
        me: the kettle is on
        odile > 1: @me how long?
        ben > 1: @me is it?
        me > 3: @ben it is
        = ben: theirs answered done
        = odile: mine new newcomers
    """,
    "she asks after I named her": """
        me: the kettle is on
        ben > 1: @me is it?
        me > 2: @ben @odile ask her
        odile > 3: @me @ben ask me what?
        = odile: mine new talk
    """,
    "two ask and one is answered": """
        me: the kettle is on
        odile > 1: @me how long?
        ben > 1: @me tea or coffee?
        me > 2: @odile ten minutes
        = odile: theirs answered done
        = ben: mine new newcomers
    """,
    "they talk on among themselves under my post": """
        me: the kettle is on
        odile > 1: @me how long?
        me > 2: @odile ten minutes
        ben > 2: @odile @me come over
        odile > 4: @ben @me I do
        = odile: theirs answered done
        = ben: nothing
    """,
    # Names carried along and named anew
    "ben brings me in": """
        odile: a fine day
        ben > 1: @odile @me says so too
        = ben: mine new strangers
    """,
    "what answers that carries me along": """
        odile: a fine day
        ben > 1: @odile @me says so too
        odile > 2: @ben @me does she?
        = odile: nothing
        = ben: mine new strangers
    """,
    "I was dropped and am named again": """
        odile: @me does it work?
        ben > 1: @odile ask her again
        odile > 2: @ben @me well?
        = odile: mine new strangers
    """,
    "nobody means me": """
        odile: @ben does it work?
        ben > 1: @odile yes
        me: a fine day
        = odile: nothing
        = ben: nothing
    """,
    # Quotes
    "she quotes me": """
        me: the kettle is on
        odile quotes 1: listen to that
        = odile: mine new strangers
    """,
    "she quotes me in a conversation of its own": """
        me: @odile the kettle is on
        odile > 1: @me good
        me > 2: @odile indeed
        odile quotes 1: listen to that
        = odile about 1: theirs answered done
        = odile about 4: mine new talk
    """,
    "I answer her quote": """
        me: the kettle is on
        odile quotes 1: listen to that
        me > 2: @odile you heard
        = odile: theirs answered done
    """,
    "she quotes somebody else": """
        ben: a fine day
        odile quotes 1: listen to that
        me: yes
        = odile: nothing
    """,
    "my quote of her text answers nothing": """
        odile: @me does it work?
        me quotes 1: people ask me things
        = odile: mine new talk
    """,
    "she answers my quote of her": """
        odile: a fine day
        me quotes 1: hear, hear
        odile > 2: @me thanks for that
        = odile: mine new talk
    """,
    # Direct messages and groups
    "she writes to me alone": """
        odile dm: @me psst
        = odile: mine new strangers
    """,
    "we go on alone": """
        odile dm: @me psst
        me dm > 1: @odile what?
        odile dm > 2: @me listen
        = odile: mine new talk
    """,
    "she goes on with herself, to me alone": """
        odile dm: @me psst
        me dm > 1: @odile what?
        odile dm > 1: @me listen
        = odile: mine new talk
    """,
    "two write to me in a group": """
        odile dm: @me @ben who comes?
        ben dm > 1: @odile @me I do
        = odile: mine new strangers
        = ben: mine new strangers
    """,
    "my answer to the group answers both": """
        odile dm: @me @ben who comes?
        ben dm > 1: @odile @me I do
        me dm > 2: @odile @ben so do I
        = odile: theirs answered done
        = ben: theirs answered done
    """,
    "a group I am not in": """
        odile dm: @ben who comes?
        me: a fine day
        = odile: nothing
    """,
    # Deletions
    "she deletes her question": """
        odile: @me does it work?
        odile deletes 1
        = odile: nobody done done
    """,
    "she deletes it after I answered": """
        odile: @me does it work?
        me > 1: @odile yes
        odile deletes 1
        = odile: theirs answered done
    """,
    "I delete my answer": """
        odile: @me does it work?
        me > 1: @odile yes
        me deletes 2
        = odile: mine new strangers
    """,
    "she deletes the second of two questions": """
        odile: @me does it work?
        me > 1: @odile yes
        odile > 2: @me and now?
        odile deletes 3
        = odile: theirs answered done
    """,
    "she deletes the first of two questions": """
        me: the kettle is on
        odile > 1: @me how long?
        odile > 1: @me is it a new one?
        odile deletes 2
        = odile: mine new newcomers
    """,
    "I delete the post that she answered": """
        me: the kettle is on
        odile > 1: @me how long?
        me deletes 1
        = odile: mine new newcomers
    """,
    "the post that brought me in is deleted, and what carried me along stays carried": """
        odile: @me does it work?
        ben > 1: @odile @me it does
        odile deletes 1
        = ben: nothing
    """,
    "she asks anew what she deleted": """
        odile: @me does it wrok?
        odile deletes 1
        odile: @me does it work?
        = odile: nobody done done, mine new strangers
    """,
    # Edits
    "an edit names me": """
        odile: does it work?
        odile edits 1: @me does it work?
        = odile: mine new strangers
    """,
    "an edit names me no more": """
        odile: @me does it work?
        odile edits 1: @ben does it work?
        = odile: nothing
    """,
    "an edit of what I answered asks nothing new": """
        odile: @me does it wrok?
        me > 1: @odile yes
        odile edits 1: @me does it work?
        = odile: theirs answered done
    """,
    "an edit names me after I had answered": """
        odile: does it work?
        me > 1: @odile yes
        odile edits 1: @me does it work, and why?
        = odile: mine new talk
    """,
    "and I answer that": """
        odile: does it work?
        me > 1: @odile yes
        odile edits 1: @me does it work, and why?
        me > 1: @odile because
        = odile: theirs answered done
    """,
    "an edit of what merely carried me along": """
        odile: @me does it work?
        ben > 1: @odile @me it does
        ben edits 2: @odile @me it did
        = ben: nothing
    """,
    "my edit names nobody new": """
        odile: @me does it work?
        me > 1: @odile yes
        me edits 2: @odile yes, always
        = odile: theirs answered done
    """,
    # Clocks
    "my server's clock is behind hers": """
        odile: @me does it work?
        me >> 1: @odile yes
        = odile: theirs answered done
    """,
    "her server's clock is behind mine": """
        me: the kettle is on
        odile >> 1: @me how long?
        me > 2: @odile ten minutes
        odile >> 3: @me good
        = odile: mine new talk
    """,
    # Two accounts
    "one post addresses two accounts of mine": """
        work signs in
        odile: @me @work does it work?
        = odile: mine new strangers
        = work/odile: mine new strangers
    """,
    "one of them answers": """
        work signs in
        odile: @me @work does it work?
        work > 1: @odile yes
        = odile: mine new strangers
        = work/odile: theirs answered done
    """,
    "one of them answers, and both are one identity": """
        work signs in
        work = me
        odile: @me @work does it work?
        work > 1: @odile yes
        = odile: theirs answered done
        = work/odile: theirs answered done
    """,
    "she answers the other identity, and that one's turn it is": """
        work signs in
        work = me
        odile: @me @work does it work?
        work > 1: @odile yes
        odile > 2: @work @me good
        = odile: theirs answered done
        = work/odile: mine new talk
    """,
    "what only one identity is asked waits for it alone": """
        work signs in
        work = me
        odile: @me does it work?
        work: @odile a fine day
        = odile: mine new strangers
        = work/odile: theirs answered done
    """,
    "the other identity answers alone, in private": """
        work signs in
        work = me
        odile dm: @me @work psst
        work dm > 1: @odile what?
        = odile: theirs answered done
        = work/odile: theirs answered done
    """,
    "what my other identity says to me waits for nobody": """
        work signs in
        work = me
        work: @me remember the milk
        = work: nothing
    """,
    "where they are not declared one it waits": """
        work signs in
        work: @me remember the milk
        = work: mine new strangers
    """,
    "a cross-posted text is answered at one place": """
        work signs in
        me: the kettle is on
        work: the kettle is on
        odile > 1: @me how long?
        = odile: mine new newcomers
        = work/odile: nothing
    """,
    "a cross-posted text is answered at both, and each is a conversation": """
        work signs in
        work = me
        me: the kettle is on
        work: the kettle is on
        odile > 1: @me how long?
        odile > 2: @work how long?
        me > 3: @odile ten minutes
        = odile: theirs answered done
        = work/odile: mine new newcomers
    """,
}
"""What others and my other clients do. All of it may arrive in any order."""

KEYS = {
    # Favourites and boosts
    "a favourite closes what asks nothing": """
        odile: @me it works.
        me likes 1
        = odile: mine done done
    """,
    "a favourite does not close a question": """
        odile: @me does it work?
        me likes 1
        = odile: mine new strangers
    """,
    "a favourite of the phone's closes too": """
        odile: @me it works.
        me likes 1 on the phone
        = odile: mine done done
    """,
    "a favourite of the phone's does not close a question": """
        odile: @me does it work?
        me likes 1 on the phone
        = odile: mine new strangers
    """,
    "a favourite of an older text closes nothing": """
        me: the kettle is on
        odile > 1: @me good.
        odile > 1: @me does it whistle?
        me likes 2
        = odile: mine new newcomers
    """,
    "a favourite that is taken back opens nothing": """
        odile: @me it works.
        me likes 1 on the phone
        me unlikes 1 on the phone
        = odile: mine done done
    """,
    "a boost closes nothing": """
        odile: @me it works.
        me boosts 1
        = odile: mine new strangers
    """,
    "a boost of the phone's closes nothing": """
        odile: @me it works.
        me boosts 1 on the phone
        = odile: mine new strangers
    """,
    "thanks alone is her turn no more than any text": """
        odile: @me does it work?
        me > 1: @odile yes
        odile > 2: @me thanks!
        = odile: mine new talk
    """,
    "a favourite is enough for thanks": """
        odile: @me does it work?
        me > 1: @odile yes
        odile > 2: @me thanks!
        me likes 3
        = odile: mine done done
    """,
    # Looked at, done, later
    "what I looked at is seen": """
        odile: @me does it work?
        me looks at odile
        = odile: mine seen strangers
    """,
    "what I have seen is new again with her next text": """
        me: the kettle is on
        odile > 1: @me good.
        me looks at odile
        odile > 1: @me does it whistle?
        = odile: mine new newcomers
    """,
    "done is done": """
        odile: @me does it work?
        me is done with odile
        = odile: mine done done
    """,
    "and comes back by undo": """
        odile: @me does it work?
        me is done with odile
        undo
        = odile: mine new strangers
    """,
    "what was done comes back with her next text": """
        me: the kettle is on
        odile > 1: @me good.
        me is done with odile
        odile > 1: @me does it whistle?
        = odile: mine new newcomers
    """,
    "what was done stays done where she only goes on with herself": """
        odile: @me does it work?
        me is done with odile
        odile > 1: @me I mean the kettle
        = odile: mine done done
    """,
    "an answer of the phone's makes done answered": """
        odile: @me does it work?
        me is done with odile
        me > 1: @odile yes
        = odile: theirs answered done
    """,
    "put off until tomorrow": """
        odile: @me does it work?
        me puts off odile until tomorrow
        = odile: mine later later
    """,
    "back tomorrow": """
        odile: @me does it work?
        me puts off odile until tomorrow
        2 days pass
        = odile: mine seen strangers
    """,
    "put off until she posts": """
        odile: @me does it work?
        me puts off odile until post
        ben: a fine day
        = odile: mine later later
    """,
    "she posts, whatever it is": """
        odile: @me does it work?
        me puts off odile until post
        odile: a fine day
        = odile: mine seen strangers
    """,
    "put off until the next start": """
        odile: @me does it work?
        me puts off odile until start
        2 days pass
        = odile: mine later later
    """,
    "the next start": """
        odile: @me does it work?
        me puts off odile until start
        the program starts
        = odile: mine seen strangers
    """,
    "what was put off comes back with her next text": """
        me: the kettle is on
        odile > 1: @me good.
        me puts off odile until tomorrow
        odile > 1: @me does it whistle?
        = odile: mine new newcomers
    """,
    "what was put off and answered by phone": """
        odile: @me does it work?
        me puts off odile until tomorrow
        me > 1: @odile yes
        = odile: theirs answered done
    """,
    # Thirty days
    "nothing said for thirty days": """
        odile: @me does it work?
        31 days pass
        = odile: mine done done
    """,
    "she asks again within the month": """
        me: the kettle is on
        odile > 1: @me does it whistle?
        20 days pass
        odile > 1: @me does it?
        20 days pass
        = odile: mine new newcomers
    """,
    "she asks again after it lapsed": """
        me: the kettle is on
        odile > 1: @me does it whistle?
        40 days pass
        odile > 1: @me does it?
        = odile: mine new newcomers
    """,
    "what was put off does not lapse": """
        odile: @me does it work?
        me puts off odile until start
        40 days pass
        = odile: mine later later
    """,
    # Mute, block, junk
    "muted": """
        odile: @me does it work?
        me mutes odile
        = odile: mine done done
    """,
    "what a muted person says opens nothing that shows": """
        me: the kettle is on
        odile > 1: @me good.
        me mutes odile
        odile > 1: @me does it whistle?
        = odile: mine new off
    """,
    "unmuted": """
        me: the kettle is on
        odile > 1: @me good.
        me mutes odile
        odile > 1: @me does it whistle?
        me unmutes odile
        = odile: mine new newcomers
    """,
    "blocked": """
        odile: @me does it work?
        me blocks odile
        = odile: mine junk off
    """,
    "junk stays junk": """
        me: the kettle is on
        odile > 1: @me buy kettles
        me junks odile
        odile > 1: @me buy them now
        = odile: mine junk off
    """,
    "but another conversation is another": """
        odile: @me buy kettles
        me junks odile
        odile: @me sorry, I meant somebody else
        = odile: mine junk off, mine new strangers
    """,
    "her deletion counts for both accounts": """
        work signs in
        odile: @me @work does it work?
        odile deletes 1
        = odile: nobody done done
        = work/odile: nobody done done
    """,
    # Two accounts that are one
    "what one identity is done with, the other is too": """
        work signs in
        work = me
        odile: @me @work does it work?
        me is done with odile
        = odile: mine done done
        = work/odile: mine done done
    """,
    "both come back by one undo": """
        work signs in
        work = me
        odile: @me @work does it work?
        me is done with odile
        undo
        = odile: mine new strangers
        = work/odile: mine new strangers
    """,
    "what one identity has looked at, the other has too": """
        work signs in
        work = me
        odile: @me @work does it work?
        me looks at odile
        = work/odile: mine seen strangers
    """,
    "what one identity puts off, the other does too": """
        work signs in
        work = me
        odile: @me @work does it work?
        me puts off odile until tomorrow
        = odile: mine later later
        = work/odile: mine later later
    """,
    "and both are back tomorrow": """
        work signs in
        work = me
        odile: @me @work does it work?
        work puts off odile until tomorrow
        2 days pass
        = odile: mine seen strangers
        = work/odile: mine seen strangers
    """,
    "two accounts that are two are done with separately": """
        work signs in
        odile: @me @work does it work?
        me is done with odile
        = odile: mine done done
        = work/odile: mine new strangers
    """,
    "a favourite of one identity is enough for both": """
        work signs in
        work = me
        odile: @me @work it works.
        me likes 1
        = odile: mine done done
        = work/odile: mine done done
    """,
}
"""What the owner does at the keys, and what time does: it happens in its order. So does what is gone for good."""


@pytest.mark.parametrize("story", [*TALKS, *KEYS])
def test_after(story: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    talk = Talk.at(tmp_path_factory.mktemp("talk"))
    try:
        for line in play(talk, {**TALKS, **KEYS}[story]):
            stands, expected = talk.stands(line)
            assert stands == expected, line
    finally:
        talk.desk.store.close()


def test_there_are_enough_of_them() -> None:
    assert len(TALKS) + len(KEYS) >= 100


def _shuffled(told: list[Told], random: Random) -> list[Told]:
    """Another order of arrival. Of one post an account hears in the order in which it was changed: a server
    never shows an older version later, and what is deleted before it arrives leaves nothing to say who was named."""
    order = list(range(len(told)))
    random.shuffle(order)
    queues: dict[tuple[str, int], list[Told]] = {}
    for one in told:
        queues.setdefault((one.account, one.post), []).append(one)
    return [queues[told[place].account, told[place].post].pop(0) for place in order]


@settings(max_examples=2 * settings().max_examples, deadline=None)
@given(story=st.sampled_from(sorted(TALKS)), seed=st.integers(0, 2**32))
def test_in_whatever_order_it_arrives(
    story: str, seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    random = Random(seed)
    talk = Talk.at(tmp_path_factory.mktemp("talk"))
    try:
        expected = []
        for line in lines_of(TALKS[story]):
            if line.startswith("="):
                expected.append(line)
            elif not talk.does(line):
                talk.happens(line)
        again = [told for told in talk.told if "edit" not in story and random.random() < 0.2]
        talk.deliver([*_shuffled(talk.told, random), *again])
        for line in expected:
            stands, wanted = talk.stands(line)
            assert sorted(stands.split(", ")) == sorted(wanted.split(", ")), line
    finally:
        talk.desk.store.close()
