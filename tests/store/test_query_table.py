"""A table of queries with the posts that they find, through the matcher, through SQL and as standing searches."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest
from msgspec.structs import replace
from support.store_material import (
    MONDAY,
    entry,
    file_home,
    new_store,
    person,
    post,
    ref,
    seen,
    sign_in,
)

from tui_inbox.core.conversation import ItemState, Turn
from tui_inbox.core.matching import matcher
from tui_inbox.core.moment import DAY, HOUR
from tui_inbox.core.post import Audience, Card, Media, MediaKind, Poll, PollOption, Post
from tui_inbox.core.query_text import parse
from tui_inbox.core.searching_together import together
from tui_inbox.core.text import Link
from tui_inbox.store import accounts, items, posts, words
from tui_inbox.store.database import Connection
from tui_inbox.store.items import Item
from tui_inbox.store.store import Writing
from tui_inbox.store.subjects import beside, subject_of

NOW = MONDAY + 10 * DAY  # Thursday, 4 December 2025, 16:00 UTC

TEXTS = {
    "crm": "Does anyone know a good CRM that exports plain text?",
    "export": "The exports keep their tags: we've tried all three files.",
    "bread": "Fresh sourdough and rye bread at the market, from Saturday on.",
    "market": "No market this week. Sourdough is in the shop, by the door with the lamp on it.",
    "german": "Über die Straße, links: Brötchen aus Köln.",
    "french": "L'été, le café « À l'œuvre » est fermé.",
    "spanish": "¿Alguien sabe dónde está el niño?",
    "turkish": "İstanbul'da ılık bir gün, IŞIK",
    "polish": "Łódź w zimie, żółw śpi.",
    "danish": "Rød grød med fløde, Ærø",
    "vietnamese": "Phở ở Hà Nội ngon lắm",
    "russian": "Кто знает хороший ёлочный рынок?",
    "greek": "Ο άνεμος σήμερα. Πού είναι η αγορά;",
    "arabic": "مَن يعرف سوقاً جيدة؟",
    "hebrew": "שָׁלוֹם לכולם, יש לחם",
    "hindi": "क्या कोई अच्छी रोटी जानता है?",
    "thai": "วันนี้ขนมปังอร่อยมาก",
    "japanese": "明日は東京都でパンを焼きますか",
    "chinese": "有人知道好吃的麵包店嗎？在京都。",
    "korean": "학교에서 빵을 굽습니다",
    "wide": "Ｆｕｌｌ　ｗｉｄｔｈ　ﾊﾝｶｸ",
    "emoji": "Harbour lights 🎉🎉 and a ferry ⛴️",
    "code": "re: build 10:30, e-mail me@post.example or see C++ / Rust, v2.0.1",
    "link": "see https://tides.example/now?at=noon for tide tables",
    "empty": "",
}
"""Plain posts by Ada, one a minute, oldest first."""


def special() -> Iterator[Post]:
    """Posts that are found by what they are."""
    yield replace(post("picture", "otto", text="at sea"), media=(Media(MediaKind.PICTURE, None),))
    drawn = Media(MediaKind.PICTURE, None, "a hand-drawn map of the harbour")
    yield replace(post("described", "otto", text="folded"), media=(drawn,))
    asked = Poll("p", (PollOption("rye"), PollOption("spelt")))
    yield replace(post("poll", "otto", text="Which loaf?"), poll=asked)
    yield replace(post("card", "otto", text="a tool"), card=Card("https://town.example/", "Town"))
    yield replace(
        post("linked", "otto", text="maps.skies.example and more"),
        links=(Link(0, 18, "http://Maps.skies.example:80/a?b"),),
    )
    yield replace(post("warned", "zoe", text="the last page"), warning="spoiler: harbour novel")
    yield replace(post("tagged", "zoe", text="#AcornCRM in #Köln"), tags=("AcornCRM", "Köln"))
    yield replace(post("pt", "zoe", text="bom dia"), language="pt-BR")
    yield replace(post("de", "zoe", text="moin"), language="de")
    yield replace(post("quote", "zoe", text="what she says"), quoted=ref("elsewhere"))
    yield post("named", "zoe", text="@mina look at this", names=("mina",))
    yield post("to-otto", "zoe", text="@otto and you too", names=("otto", "ada"))
    yield post("secret", "otto", text="between us", names=("mina",), audience=Audience.DIRECT)
    yield post("mine", "mina", text="my own words")
    far = replace(person("far"), handle="far@sub.skies.example", name="Far Away")
    yield replace(post("far", text="from another server"), author=far)
    yield replace(post("old", text="long ago"), created_at=MONDAY - 400 * DAY)
    yield replace(post("recent", text="just now"), created_at=NOW - HOUR)
    yield replace(post("yesterday", text="the day before"), created_at=NOW - DAY)


def every_post() -> list[Post]:
    """All of them."""
    plain = [post(name, minute=n, text=text) for n, (name, text) in enumerate(TEXTS.items())]
    return [*plain, *(replace(one, author=_who(one)) for one in special())]


def _who(one: Post) -> object:
    return replace(one.author, name="Zoë Brandt") if one.author.name == "Zoe" else one.author


NAMES = {one.ref: one.ref.uri.rpartition("/")[2] for one in every_post()} | {
    ref("boosted"): "boosted"
}
EVERYTHING = frozenset(NAMES.values()) | {"answer", "boosted"}


@pytest.fixture(scope="module")
def town() -> Iterator[tuple[Connection, int]]:
    """A store with all posts, seen by one account; one post each is boosted, an answer, unread and waits."""
    with tempfile.TemporaryDirectory() as folder:
        db = new_store(Path(folder))
        w, account = Writing(db), sign_in(db, "mina").id
        for one in every_post():
            posts.put_post(w, account, seen(one))
        posts.put_post(w, account, seen(post("answer", "otto", text="it does"), answers="crm"))
        boosted = seen(post("boosted", "ada", text="passed on"))
        file_home(db, account, entry(boosted, boosted_by="otto", minute=1))
        for name, state in (("named", ItemState.NEW), ("secret", ItemState.SEEN)):
            _waits(w, account, name, state)
        yield db, account
        db.close()


def _waits(w: Writing, account: int, name: str, state: ItemState) -> None:
    (stored,) = (
        one
        for one in posts.posts(w.db, account, range(1, 90)).values()
        if one.post.ref == ref(name)
    )
    items.put_item(
        w,
        Item(
            id=0,
            account=account,
            conversation=stored.conversation,
            person=stored.author,
            turn=Turn.MINE,
            since=stored.post.created_at,
            post=stored.id,
            opening=None,
            answers_me=False,
            asks=False,
            thanks=False,
            state=state,
            until=None,
            until_post=False,
            until_start=False,
            closed_by=None,
            changed_at=stored.post.created_at,
        ),
    )


QUERIES: dict[str, str] = {
    # words: whole, without case and accents
    "crm": "crm",
    "CRM": "crm",
    "cr": "",
    "cr*": "crm",
    "export": "",
    "export*": "crm export",
    "exports": "crm export",
    "tried": "export",
    "we've": "export",
    "ve": "export",
    "acorncrm": "tagged",
    "uber": "german",
    "ÜBER": "german",
    "strasse": "german",
    "STRASSE": "german",
    "Straße": "german",
    "brotchen koln": "german",
    "ete": "french",
    "cafe": "french",
    "oeuvre": "french",
    "l'œuvre": "french",
    "nino": "spanish",
    "donde esta": "spanish",
    "istanbul*": "turkish",
    "ilik": "turkish",
    "isik": "turkish",
    "lodz": "polish",
    "zolw": "polish",
    "rod grod": "danish",
    "aero": "danish",
    "pho": "vietnamese",
    "ha noi": "vietnamese",
    "елочный": "russian",
    "ЁЛОЧНЫЙ рынок": "russian",
    "рын*": "russian",
    "ανεμος": "greek",
    "που": "greek",
    "ΑΓΟΡΑ": "greek",
    "من": "arabic",
    "يعرف": "arabic",
    "שלום": "hebrew",
    "לחם": "hebrew",
    "रोटी": "hindi",
    "कोई": "hindi",
    "ขนมปัง": "thai",
    "อร่อย": "thai",
    "東京": "japanese",
    "京都": "japanese chinese",
    "東京都": "japanese",
    "パン": "japanese",
    "都": "japanese chinese",
    "東": "japanese",
    "京東": "",
    "麵包": "chinese",
    "학교": "korean",
    "빵": "korean",
    "full width": "wide",
    "ハンカク": "wide",
    "🎉": "emoji",
    "⛴": "emoji",
    "🎈": "",
    "10:30": "code",
    "e-mail": "code",
    "email": "",
    "me@post.example": "code",
    "C++": "code",
    "v2.0.1": "code",
    "v2": "code",
    "tides.example": "link",
    "https://tides.example/now": "link",
    "noon": "link",
    # phrases
    '"rye bread"': "bread",
    '"bread rye"': "",
    '"anyone know * crm"': "crm",
    '"anyone * text"': "",
    '"anyone know * * exports"': "crm",
    '"the market"': "bread",
    '"keep their tags we"': "export",
    '"東京都で"': "japanese",
    '"hand drawn map"': "described",
    '"folded a hand"': "",
    '"rye spelt"': "",
    '"spoiler harbour"': "warned",
    '"last page spoiler"': "",
    # both, either, not
    "sourdough market": "bread market",
    "sourdough AND market": "bread market",
    "sourdough -rye": "market",
    'sourdough -"at the market"': "market",
    "rye OR shop": "bread market poll",
    "(rye OR shop) sourdough": "bread market",
    "sourdough (rye OR shop) -lamp": "bread",
    "rye OR koln OR 빵": "bread german korean poll tagged",
    "market -sourdough": "",
    "--market": "bread market",
    "-(sourdough OR rye) market": "",
    "loaf -(rye spelt)": "",
    "loaf rye spelt": "poll",
    "and / or": "",
    "lights & ferry": "emoji",
    # near
    'near:"sourdough market"': "bread market",
    'near:"market sourdough"': "bread market",
    'near:"shop lamp"': "market",
    'near:"market lamp"': "",
    'near:"fresh saturday"': "bread",
    'near:"東京 パン"': "japanese",
    'near:"folded map"': "",
    'near:"rye spelt"': "",
    # regular expressions
    "/sour.?dough/": "bread market",
    "/SOURDOUGH/": "bread market",
    r"/\bv\d+(\.\d+)+/": "code",
    r"/https?:\/\/\S+/": "link",
    "/map of/": "described",
    "/^fresh/": "bread",
    "/[ёе]л/": "russian",
    "/東.都/": "japanese",
    "-/sourdough/ market": "",
    # people
    "from:zoe": "warned tagged pt de quote named to-otto",
    "from:zoe@town.example": "warned tagged pt de quote named to-otto",
    "from:@zoe": "warned tagged pt de quote named to-otto",
    'from:"zoe brandt"': "warned tagged pt de quote named to-otto",
    "from:brandt": "warned tagged pt de quote named to-otto",
    "from:zo": "",
    "from:far": "far",
    'from:"far away"': "far",
    "from:me": "mine",
    "from:zoe -#koln lang:de": "de",
    "from:nobody": "",
    "to:me": "named secret",
    "to:mina": "named secret",
    "to:otto": "to-otto",
    "to:@otto@town.example": "to-otto",
    "to:ada from:zoe": "to-otto",
    "to:town": "",
    "-to:me from:otto is:dm": "",
    # facts
    "#acorncrm": "tagged",
    "#koln": "tagged",
    "#KÖLN -from:otto": "tagged",
    "#acorn": "",
    "lang:pt": "pt",
    "lang:PT-br": "pt",
    "lang:p": "",
    "lang:de": "de",
    "lang:pt OR lang:de": "pt de",
    "network:other": "",
    "network:DEMO crm": "crm",
    "server:skies.example": "far",
    "server:sub.skies.example": "far",
    "server:kies.example": "",
    "server:example -server:town.example": "far",
    "account:mi crm": "crm",
    "account:mina crm": "crm",
    "account:ac": "",
    "has:link": "card linked",
    "link:town.example": "card",
    "link:example": "card linked",
    "link:skies.example": "linked",
    "link:MAPS.skies.example": "linked",
    "link:https://skies.example/b": "linked",
    "link:kies.example": "",
    "link:harbour": "",
    "has:link -link:skies.example": "card",
    "link:skies.example -more": "",
    "has:media": "picture described",
    "has:alt": "described",
    "has:media -has:alt": "picture",
    "has:poll": "poll",
    "has:question from:ada": "crm spanish russian greek arabic hindi japanese chinese",
    "has:question -from:ada": "poll",
    "is:reply": "answer",
    "is:boost": "boosted",
    "is:quote": "quote",
    "is:dm": "secret",
    "is:unread": "named",
    "is:yours": "named secret",
    "is:yours -is:unread": "secret",
    # times
    "since:today": "recent",
    "since:yesterday": "recent yesterday",
    "since:wed -since:thu": "yesterday",
    "since:3d": "recent yesterday",
    "since:2h": "recent",
    "until:2024": "old",
    "until:2024-12": "old",
    "since:2024-10 until:2024-10": "old",
    "until:1y": "old",
    "since:2025-12-04 until:2025-12-04": "recent",
    "until:yesterday since:2d": "yesterday",
    "since:2026": "",
    # together
    "harbour": "described emoji warned",
    "harbour -has:media": "emoji warned",
    "harbour from:zoe": "warned",
    "(harbour OR #koln) from:zoe": "warned tagged",
    "from:zoe (lang:de OR lang:pt) -moin": "pt",
    "market since:2025 until:2025-11": "bread market",
    "own from:me is:reply": "",
}
"""What each query finds, by the names of the posts."""


def found_by(wanted: str) -> set[str]:
    """The names in a line of the table."""
    return {name for name in EVERYTHING if f" {name} " in f" {wanted} "}


def test_the_table_is_long_enough() -> None:
    assert len(QUERIES) >= 150


@pytest.mark.parametrize("query", QUERIES)
def test_sql_and_matcher_find_what_the_table_says(town: tuple[Connection, int], query: str) -> None:
    db, account = town
    tree, wanted = parse(query), found_by(QUERIES[query])
    got = words.search(db, account, tree, limit=90, now=NOW, zone=UTC)
    assert {_name(one.post) for one in got} == wanted
    owners = {accounts.owner(db, account)}
    stored = posts.posts(db, account, range(1, 90))
    known = beside(db, account, list(stored))
    subjects = {
        _name(one.post): subject_of(one, now=NOW, owners=owners, known=known)
        for one in stored.values()
    }
    matches = matcher(tree, UTC)
    assert {name for name, one in subjects.items() if matches(one)} == wanted
    standing = together({"it": tree}, UTC)
    assert {name for name, one in subjects.items() if standing.found(one)} == wanted


def test_a_thousand_searches_together_find_what_each_finds_alone(
    town: tuple[Connection, int],
) -> None:
    db, account = town
    trees = {query: parse(query) for query in QUERIES}
    alone = {query: matcher(tree, UTC) for query, tree in trees.items()}
    standing = together(trees, UTC)
    owners = {accounts.owner(db, account)}
    stored = posts.posts(db, account, range(1, 90))
    known = beside(db, account, list(stored))
    for one in stored.values():
        asked = subject_of(one, now=NOW, owners=owners, known=known)
        assert set(standing.found(asked)) == {query for query in alone if alone[query](asked)}


def _name(one: Post) -> str:
    return one.ref.uri.rpartition("/")[2]
