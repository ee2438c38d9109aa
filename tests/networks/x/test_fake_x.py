"""The stand-in for X answers in the shapes that are published of it, and counts what it sells."""

from __future__ import annotations

from typing import Any, TypeAlias

import httpx
import pytest
from support.fake_x import bill
from support.fake_x.answers import Fault
from support.fake_x.api import DUPLICATE, NOT_SUMMONED, Api
from support.fake_x.queries import BadQuery, parse

Json: TypeAlias = dict[str, Any]

FIELDS = "author_id,created_at,conversation_id,referenced_tweets,entities,note_tweet"


def ask(server: Api, path: str, who: str = "alice", **query: str | int) -> httpx.Response:
    token, _ = server.oauth.grant(who)
    headers = {"Authorization": f"Bearer {token}"}
    named = {name.replace("_fields", ".fields"): str(value) for name, value in query.items()}
    return httpx.get(f"{server.base}{path}", params=named, headers=headers, trust_env=False)


def tell(server: Api, path: str, who: str = "alice", **body: object) -> httpx.Response:
    token, _ = server.oauth.grant(who)
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.post(f"{server.base}{path}", json=body, headers=headers, trust_env=False)


def test_a_post_comes_with_the_fields_that_were_asked_for_in_either_dialect(server: Api) -> None:
    post = server.world.post_as("bob", "Fish & chips for @alice", note="Fish & chips for @alice")
    plain = ask(server, f"/2/tweets/{post.id}").json()["data"]
    assert plain == {
        "id": post.id,
        "text": "Fish &amp; chips for @alice",
        "edit_history_tweet_ids": [post.id],
    }
    older = ask(server, f"/2/tweets/{post.id}", tweet_fields=FIELDS).json()["data"]
    assert older["author_id"] == server.world.named("bob").id
    (named,) = older["entities"]["mentions"]
    assert older["text"][named["start"] : named["end"]] == "@alice"
    assert older["note_tweet"]["text"] == "Fish & chips for @alice"
    newer = ask(server, f"/2/tweets/{post.id}", post_fields="author_id,created_at,note_post").json()
    assert newer["data"].keys() == {
        "id",
        "text",
        "created_at",
        "note_post",
        "edit_history_post_ids",
    }
    along = ask(server, f"/2/tweets/{post.id}", post_fields="created_at", expansions="author_id")
    assert along.json()["data"]["author_id"] == server.world.named("bob").id
    assert along.json()["includes"]["users"][0]["username"] == "bob"


def test_what_is_gone_stands_among_the_errors_of_an_answer_that_is_no_failure(server: Api) -> None:
    post = server.world.post_as("bob", "Still here.")
    told = ask(server, "/2/tweets", ids=f"{post.id},99")
    assert told.status_code == 200
    assert [one["id"] for one in told.json()["data"]] == [post.id]
    (error,) = told.json()["errors"]
    assert (error["resource_id"], error["resource_type"], error["parameter"]) == (
        "99",
        "tweet",
        "ids",
    )
    assert error["type"].endswith("/problems/resource-not-found")
    assert "data" not in ask(server, "/2/tweets/99").json()


def test_pages_are_newest_first_between_two_ids_that_do_not_belong_to_them(server: Api) -> None:
    ids = [server.world.post_as("bob", f"Line {number}").id for number in range(6)]
    path = f"/2/users/{server.world.named('alice').id}/timelines/reverse_chronological"
    page = ask(server, path, max_results=3).json()
    assert [one["id"] for one in page["data"]] == ids[:2:-1]
    assert page["meta"] == {
        "result_count": 3,
        "newest_id": ids[5],
        "oldest_id": ids[3],
        "next_token": "p3",
    }
    rest = ask(server, path, max_results=3, pagination_token="p3").json()
    assert [one["id"] for one in rest["data"]] == ids[2::-1]
    assert "next_token" not in rest["meta"]
    between = ask(server, path, since_id=ids[1], until_id=ids[4]).json()
    assert [one["id"] for one in between["data"]] == [ids[3], ids[2]]
    assert ask(server, path, since_id=ids[5]).json() == {"meta": {"result_count": 0}}
    assert ask(server, path, max_results=101).status_code == 400


def test_what_is_answered_is_paid_once_a_day(server: Api) -> None:
    post = server.world.post_as("bob", "@alice tea?", quotes=server.world.post_as("dan", "Tea.").id)
    alice = server.world.named("alice").id
    ask(server, f"/2/users/{alice}/mentions", max_results=5)
    assert server.bill(alice).total == bill.OWN
    ask(server, f"/2/tweets/{post.id}", expansions="author_id,referenced_tweets.id")
    assert server.bill(alice).total == bill.OWN + bill.USER + bill.POST
    ask(server, "/2/users", ids=f"{server.world.named('bob').id},77")
    assert server.bill(alice).total == bill.OWN + bill.USER + bill.POST
    assert server.bill(alice).answered == {"post": 3, "user": 2}


def test_only_who_is_called_upon_may_answer_and_nothing_is_said_twice(server: Api) -> None:
    calls = server.world.post_as("bob", "@alice are you there?")
    other = server.world.post_as("dan", "To nobody.")

    def answer(text: str, to: str) -> httpx.Response:
        return tell(server, "/2/tweets", text=text, reply={"in_reply_to_tweet_id": to})

    assert answer("Here.", calls.id).status_code == 201
    refused = answer("Me too.", other.id)
    assert (refused.status_code, refused.json()["detail"]) == (403, NOT_SUMMONED)
    twice = tell(server, "/2/tweets", text="Here.")
    assert twice.json() == {
        "title": "Forbidden",
        "detail": DUPLICATE,
        "status": 403,
        "type": "about:blank",
    }
    quote = tell(server, "/2/tweets", text="Look", quote_tweet_id=other.id)
    like = tell(server, f"/2/users/{server.world.named('alice').id}/likes", tweet_id=other.id)
    assert (quote.status_code, like.status_code) == (403, 403)
    tell(server, "/2/tweets", text="See https://quayside.example/tides")
    assert server.bill(server.world.named("alice").id).total == bill.SUMMONED + bill.WITH_ADDRESS


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "is:reply",
        "has:media lang:en",
        "-tea",
        "tea min_faves:3",
        "tea -(a b)",
        "(tea",
        "tea)",
        "x" * 513,
    ],
)
def test_a_query_that_breaks_the_grammar_is_refused(server: Api, bad: str) -> None:
    with pytest.raises(BadQuery):
        parse(bad, server.world)
    assert ask(server, "/2/tweets/search/recent", query=bad).status_code == 400


def test_a_query_finds_what_its_grammar_says(server: Api) -> None:
    root = server.world.post_as("bob", "Green tea at the quay")
    server.world.post_as("dan", "Coffee, no tea", answers=root.id)
    server.world.post_as("carla", "RT @bob: Green tea", passes_on=root.id)

    def found(query: str) -> list[str]:
        told = ask(server, "/2/tweets/search/recent", query=query).json()
        return [one["text"] for one in told.get("data", [])]

    assert found('"green tea"') == ["Green tea at the quay"]
    assert found("tea -coffee") == ["Green tea at the quay"]
    assert found("green OR coffee") == ["Coffee, no tea", "Green tea at the quay"]
    assert found(f"conversation_id:{root.id}") == ["Coffee, no tea"]
    assert found("from:dan is:reply") == ["Coffee, no tea"]
    old = ask(server, "/2/tweets/search/recent", query="tea", since_id="1")
    assert "must be a tweet id created after" in old.json()["errors"][0]["message"]


def test_credit_that_is_used_up_a_limit_and_trouble_are_told_as_x_does(server: Api) -> None:
    alice = server.world.named("alice").id
    server.bill(alice).credit = 0
    spent = ask(server, "/2/users/me")
    assert (spent.status_code, spent.json()["title"]) == (402, "CreditsDepleted")
    assert spent.json()["type"].endswith("/problems/credits")
    server.bill(alice).credit = None
    server.remaining["users/me"] = 0
    limited = ask(server, "/2/users/me")
    assert (limited.status_code, limited.headers["x-rate-limit-remaining"]) == (429, "0")
    del server.remaining["users/me"]
    server.faults["GET /2/users/me"] = [Fault(503, "Service Unavailable")]
    assert ask(server, "/2/users/me").status_code == 503
    assert ask(server, "/2/users/me").json()["data"]["username"] == "alice"
    nobody = httpx.get(f"{server.base}/2/users/me", trust_env=False)
    assert nobody.json()["detail"] == "Unauthorized"


def test_a_refresh_token_is_good_once_and_played_again_it_voids_all(server: Api) -> None:
    _, refresh = server.oauth.grant("alice")

    def renew(token: str) -> httpx.Response:
        form = {"grant_type": "refresh_token", "refresh_token": token, "client_id": "app"}
        return httpx.post(f"{server.base}/2/oauth2/token", data=form, trust_env=False)

    newer = renew(refresh).json()
    assert newer["expires_in"] == 7_200
    assert renew(refresh).status_code == 400
    assert renew(newer["refresh_token"]).status_code == 400
    assert server.oauth.who(newer["access_token"]) is None
