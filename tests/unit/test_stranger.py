"""The stranger check: who is taken for a person, who for one who sends everyone the same, and who for neither."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tui_inbox.core.conversation import Opening
from tui_inbox.core.findings import (
    Account,
    Check,
    Conversation,
    Finding,
    Friend,
    Known,
    Knows,
    Links,
    SameLink,
    SameText,
    ToYou,
    Verdict,
)
from tui_inbox.core.moment import DAY, HOUR, Millis
from tui_inbox.core.person import Person, PersonRef, ProfileField
from tui_inbox.core.post import Mention, Post, PostRef, ReplyTo
from tui_inbox.core.stranger import check, site_of, unread
from tui_inbox.core.text import addresses_in

NOW: Millis = 1_790_000_000_000
NAMES = ("ann", "ben", "cat", "dan", "eva", "fay", "gus", "hal", "ida", "jon", "kim", "lea")

OWN = (
    "Blue was what I meant",
    "Bring your own cup, ours are drying",
    "That was the tenor, he does that",
    "We open at nine on Sundays",
    "My gate squeaks in A as well",
    "Rain before tea, says the cat",
)


def person(name: str = "newcomer", **more: object) -> Person:
    ref = PersonRef("mastodon", f"https://town.example/@{name}")
    return Person(ref, f"id-{name}", f"{name}@town.example", name, **more)  # type: ignore[arg-type]


ME = person()


def post(
    number: int,
    text: str,
    *,
    to: Sequence[str] = (),
    answers: str | None = None,
    by: Person = ME,
) -> Post:
    """A post; what it answers names its author, as servers do."""
    named = dict.fromkeys((*([answers] if answers else []), *to))
    mentions = tuple(Mention(person(one).ref, f"id-{one}", f"{one}@town.example") for one in named)
    text = " ".join([*(f"@{one}" for one in named), text])
    reply = ReplyTo(f"parent-{number}", None, f"id-{answers}") if answers else None
    return Post(
        PostRef("mastodon", f"https://town.example/{number:03d}"),
        by,
        NOW - (100 - number) * HOUR,
        text,
        addresses_in(text),
        reply_to=reply,
        mentions=mentions,
    )


def found_of(found: Check, kind: type[Finding]) -> Finding:
    return next(one for one in found.findings if isinstance(one, kind))


def kinds(found: Check) -> set[type]:
    return {type(one) for one in found.findings}


# Who sends everyone the same


def test_who_varies_names_numbers_emoji_and_links_sends_the_same_all_the_same() -> None:
    spam = [
        post(
            number,
            f"{greeting} {name.title()}! Great account. Grow your business with our panel, {number} % off "
            f"{emoji} https://go{number}.panel.example/{name}",
            to=[name],
        )
        for number, (name, greeting, emoji) in enumerate(
            zip(NAMES, ("Hi", "HI", "Hey", "hí") * 3, "🎉🚀🔥💸" * 3, strict=True)
        )
    ]
    found = check(ME, spam)
    assert (found.verdict, found.why) == (Verdict.SAME, "")
    same = found_of(found, SameText)
    assert isinstance(same, SameText)
    assert (same.people, same.since) == (12, spam[0].created_at)
    assert same.posts == tuple(one.ref.uri for one in reversed(spam))
    assert found_of(found, Links) == Links("panel.example", 12, 12, same.posts)
    assert found_of(found, Conversation) == Conversation(0, 12, 0, 0, ())


def test_a_few_answers_do_not_outweigh_what_everybody_gets() -> None:
    spam = [
        post(number, "Win two lucky coins before midnight https://coin.example", to=[name])
        for number, name in enumerate(NAMES)
    ]
    polite = [
        post(40 + number, text, answers=name)
        for number, (name, text) in enumerate(
            [("ann", "thanks!"), ("ben", "so true"), ("cat", "I like what you say about boats")]
        )
    ]
    assert check(ME, [*spam, *polite]).verdict is Verdict.SAME


def test_who_answers_as_many_in_words_of_their_own_cannot_be_told() -> None:
    """A club that tells the same to everybody who asks, and talks with people besides."""
    same = [
        post(number, "The choir meets on Tuesday at eight, see https://choir.example", answers=name)
        for number, name in enumerate(NAMES[:5])
    ]
    own = [
        post(40 + number, text, answers=name)
        for number, (name, text) in enumerate(zip(NAMES[5:11], OWN, strict=True))
    ]
    found = check(ME, [*same, *own])
    assert (found.verdict, found.why) == (
        Verdict.UNKNOWN,
        "same text to 5 people, and answers 6 as well",
    )


def test_a_link_nobody_asked_for_in_ever_other_words_is_the_same_too() -> None:
    words = ("Seen this", "A thing for you", "Have a look at it", "You will love that one", "Try")
    spam = [
        post(number, f"{text} https://x{number}.shop.example", to=[name])
        for number, (name, text) in enumerate(zip(NAMES, words, strict=False))
    ]
    found = check(ME, spam)
    assert found.verdict is Verdict.SAME
    link = found_of(found, SameLink)
    assert isinstance(link, SameLink)
    assert (link.site, link.people) == ("shop.example", 5)
    asked = [replace(one, reply_to=ReplyTo("p", None, one.mentions[0].server_id)) for one in spam]
    assert SameLink not in kinds(check(ME, asked)), "who answers with a link was asked"


def test_japanese_is_compared_by_characters() -> None:
    spam = [
        post(
            number,
            f"はじめまして{name}さん。限定キャンペーン実施中、今すぐ登録して{number}円もらおう",
            to=[name],
        )
        for number, name in enumerate(NAMES[:6])
    ]
    assert check(ME, spam).verdict is Verdict.SAME


# Who is a person


def test_a_club_that_posts_links_and_answers_people_is_one() -> None:
    news = [post(n, f"News {word} https://club.example/{n}") for n, word in enumerate("abcdefghij")]
    talk = [
        post(20 + number, text, answers=name)
        for number, (name, text) in enumerate(
            [
                ("ann", "We open at nine on Sundays, the bell is broken"),
                ("ben", "Bring your own cup, ours are drying"),
                ("cat", "That was the tenor, he does that"),
            ]
        )
    ]
    found = check(ME, [*news, *talk])
    assert found.verdict is Verdict.PERSON
    links = found_of(found, Links)
    assert isinstance(links, Links)
    assert (links.site, links.count, links.total) == ("club.example", 10, 10)


def test_who_thanks_everybody_is_no_spammer() -> None:
    thanks = [
        post(number, text, answers=name)
        for number, (name, text) in enumerate(
            zip(NAMES, ("Thank you so much for your help!", "thank you!") * 6, strict=True)
        )
    ]
    found = check(ME, thanks)
    assert SameText not in kinds(found)
    assert (found.verdict, found.why) == (Verdict.UNKNOWN, "answers in a word only")


def test_a_good_morning_to_everybody_is_no_advertisement() -> None:
    mornings = [
        post(number, "おはようございます。今日もよろしくお願いします", answers=name)
        for number, name in enumerate(NAMES)
    ]
    found = check(ME, mornings)
    assert (found.verdict, found.why) == (
        Verdict.UNKNOWN,
        "answers 12 people in the same words",
    )


def test_who_answers_everybody_in_the_same_few_words_has_answered_once() -> None:
    """Too little for the same text, and no conversation either."""
    answers = [
        post(number, f"Check my profile {name}, for hot deals today", answers=name)
        for number, name in enumerate(NAMES)
    ]
    assert check(ME, answers).why == "answers 12 people in the same words"
    own = [post(40 + n, OWN[n], answers=name) for n, name in enumerate(NAMES[:3])]
    assert check(ME, [*answers, *own]).why == "answers 12 people in the same words"
    assert check(ME, [*answers[:4], *own]).verdict is Verdict.PERSON


def test_a_person_in_japanese_is_one() -> None:
    talk = [
        post(number, text, answers=name)
        for number, (name, text) in enumerate(
            [
                ("ann", "その青は港の朝の色ですね"),
                ("ben", "釉薬は自分で作りましたか"),
                ("cat", "土曜日に窯を開けます"),
                ("dan", "ありがとう、また来ます"),
                ("eva", "湯のみを三つ持っています"),
            ]
        )
    ]
    assert check(ME, talk).verdict is Verdict.PERSON


def test_one_post_to_a_whole_conversation_is_that_conversation() -> None:
    said = post(1, "I would meet at the second bridge, the one with the lamp", to=NAMES)
    assert SameText not in kinds(check(ME, [said]))
    twice = post(2, "I would meet at the second bridge, the one with the lamp", to=NAMES)
    assert SameText not in kinds(check(ME, [said, twice]))


def test_whom_a_friend_writes_with_is_a_person_even_with_three_posts() -> None:
    odile = Friend("odile fenn", "id-odile", person("odile").ref.uri, ("u-1",))
    shy = [
        post(1, "hello"),
        post(2, "I keep a list of benches"),
        post(3, "Which one?", to=["odile"]),
    ]
    assert check(ME, shy).why == "3 posts only"
    found = check(ME, shy, Known(friends=(odile,)))
    assert found.verdict is Verdict.PERSON
    assert found_of(found, Knows) == Knows(("odile fenn",), ("u-1", shy[2].ref.uri))
    silent = Known(friends=(replace(odile, server_id="id-hal", uri="nobody"),))
    assert check(ME, shy, silent).verdict is Verdict.UNKNOWN, "only one of them wrote"


def test_a_friend_who_got_the_same_text_knows_nobody() -> None:
    ann = Friend("ann", "id-ann", person("ann").ref.uri, ("u-1",))
    spam = [
        post(n, "Grow your business with our panel today", to=[name])
        for n, name in enumerate(NAMES)
    ]
    found = check(ME, spam, Known(friends=(ann,)))
    assert found.verdict is Verdict.SAME
    assert Knows not in kinds(found)


# Who cannot be told, and why


@pytest.mark.parametrize(
    ("who", "posts", "why"),
    [
        (ME, [], "no post to be seen"),
        (person(locked=True), [], "posts are for followers only"),
        (ME, [post(1, "hello")], "1 post only"),
        (ME, [post(n, f"bench number {w}") for n, w in enumerate("abc")], "3 posts only"),
        (ME, [post(n, f"bench number {w}") for n, w in enumerate("abcdef")], "answers nobody"),
        (
            ME,
            [
                *(post(n, f"bench number {w}") for n, w in enumerate("abcdef")),
                post(9, "I sat there all winter", answers="ann"),
            ],
            "answers 1 person only",
        ),
        (person(bot=True), [post(1, "Rain before tea")], "says of itself that it is a bot"),
    ],
)
def test_it_is_always_said_why(who: Person, posts: list[Post], why: str) -> None:
    found = check(who, [replace(one, author=who) for one in posts])
    assert (found.verdict, found.why) == (Verdict.UNKNOWN, why)


def test_what_could_not_be_read_tells_nothing_but_the_profile() -> None:
    to_you = ToYou(Opening.NAMED, False, None, ())
    young = person(created_at=NOW - DAY, has_picture=False)
    found = unread("the server did not answer", young, Known(to_you=to_you))
    assert (found.verdict, found.why, found.posts) == (
        Verdict.UNKNOWN,
        "the server did not answer",
        0,
    )
    assert found_of(found, Account) == Account(NOW - DAY, False, False, False)
    assert to_you in found.findings


def test_boosts_and_posts_of_others_do_not_count() -> None:
    others = [post(n, "Hello there", by=person("odile")) for n in range(9)]
    assert check(ME, [*others, post(50, "hello")]).posts == 1


def test_fields_that_link_back_are_told() -> None:
    who = replace(
        ME, fields=(ProfileField("site", "a.example", True), ProfileField("likes", "tea"))
    )
    found = check(who, [post(1, "hello")])
    assert [one.__struct_config__.tag for one in found.findings] == [
        *("conversation", "account", "about", "you two")
    ]


def test_answers_to_who_wrote_first_are_counted_where_that_is_known() -> None:
    talk = [post(n, f"I have {w} of them at home", answers="ann") for n, w in enumerate("ab")]
    found = found_of(check(ME, talk, Known(to_them=frozenset({"parent-1"}))), Conversation)
    assert isinstance(found, Conversation)
    assert (found.answers, found.people, found.returned) == (2, 1, 1)


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.shop.example/a?b=c", "shop.example"),
        ("https://a.b.shop.example", "shop.example"),
        ("https://shop.co.uk/x", "shop.co.uk"),
        ("https://a.shop.de", "a.shop.de"),
        ("https://192.0.2.7/x", "192.0.2.7"),
        ("https://[2001:db8::1]/x", "2001:db8::1"),
        ("https://[broken", ""),
    ],
)
def test_a_site_is_told_by_its_address(url: str, site: str) -> None:
    assert site_of(url) == site


# Rules

WORDS = st.sampled_from(
    [
        "Grow your business with our panel today, link in reply",
        "I would take the second bridge, the one with the lamp",
        "thank you!",
        "窯を開けました。今回の青は港の色です",
        "have a look https://a.shop.example/x",
        "ok",
    ]
)
POSTS = st.lists(st.tuples(WORDS, st.sampled_from(NAMES), st.booleans()), max_size=14).map(
    lambda said: [
        post(number, text, answers=name) if answers else post(number, text, to=[name])
        for number, (text, name, answers) in enumerate(said)
    ]
)


@given(POSTS, st.randoms(use_true_random=False))
def test_the_order_of_posts_does_not_matter(posts: list[Post], chance: object) -> None:
    mixed = list(posts)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert check(ME, mixed) == check(ME, posts)
    assert check(ME, [*posts, *mixed]) == check(ME, posts), "nor does one that comes twice"


@given(POSTS)
def test_whom_a_text_names_does_not_matter(posts: list[Post]) -> None:
    """Everybody by another name: the same findings."""
    other = {name: f"{name[::-1]}ette" for name in NAMES}

    def renamed(one: Post) -> Post:
        text = one.text
        for name, instead in other.items():
            text = text.replace(f"@{name}", f"@{instead}")
        mentions = tuple(
            replace(each, handle=f"{other[each.handle.partition('@')[0]]}@town.example")
            for each in one.mentions
        )
        return replace(one, text=text, mentions=mentions, links=addresses_in(text))

    assert check(ME, list(map(renamed, posts))) == check(ME, posts)


@given(POSTS, st.text(max_size=80))
def test_anything_may_be_written(posts: list[Post], text: str) -> None:
    odd = replace(post(60, "x", to=["ann"]), text=text, links=())
    found = check(ME, [*posts, odd])
    assert found.posts == len(posts) + 1
    assert bool(found.why) is (found.verdict is Verdict.UNKNOWN)


def test_the_longest_posts_take_no_longer_than_long_ones() -> None:
    def cost(words: int) -> float:
        told = [
            " ".join(f"word{(71 * number + one) % 9973}" for one in range(words))
            for number in range(40)
        ]
        posts = [post(number, text, answers="ann") for number, text in enumerate(told)]
        start = time.process_time()
        check(ME, posts)
        return time.process_time() - start

    cost(10)  # what is compiled once is no part of it
    assert cost(10_000) < 8 * cost(500)
