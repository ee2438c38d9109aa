"""Hypothesis strategies for clean posts of any shape."""

from __future__ import annotations

from hypothesis import strategies as st

from tui_inbox.core.person import Person, PersonRef, ProfileField
from tui_inbox.core.post import (
    Audience,
    Card,
    FilterAction,
    FilterHit,
    Media,
    MediaKind,
    Mention,
    Poll,
    PollOption,
    Post,
    PostRef,
    PostView,
    QuoteState,
    ReplyTo,
)
from tui_inbox.core.text import Link, clean, clean_line

NETWORK = "demo"

texts = st.text(max_size=80).map(clean)
lines = st.text(max_size=30).map(clean_line)
moments = st.integers(0, 4_000_000_000_000)
names = st.from_regex(r"[a-z]{1,8}", fullmatch=True)
urls = names.map(lambda name: f"https://town.example/{name}")
server_ids = st.from_regex(r"[0-9a-zA-Z]{1,12}", fullmatch=True)

fields = st.builds(ProfileField, lines, lines, st.booleans())
media = st.builds(
    Media,
    st.sampled_from(MediaKind),
    st.none() | urls,
    lines,
    st.none() | st.integers(1, 86_400),
)
options = st.builds(PollOption, lines, st.none() | st.integers(0, 10_000))
polls = st.builds(
    Poll,
    server_ids,
    st.lists(options, min_size=1, max_size=4).map(tuple),
    st.booleans(),
    st.none() | moments,
    st.booleans(),
    st.none() | st.integers(0, 10_000),
)
cards = st.builds(Card, urls, lines, lines, lines)


def _reply_to(parts: tuple[str | None, str | None, str | None]) -> ReplyTo | None:
    return ReplyTo(*parts) if any(parts) else None


answers = st.tuples(st.none() | server_ids, st.none() | urls, st.none() | server_ids).map(_reply_to)


@st.composite
def people(draw: st.DrawFn) -> Person:
    """Somebody with everything a profile can have."""
    name = draw(names)
    return Person(
        ref=PersonRef(NETWORK, f"https://town.example/people/{name}"),
        server_id=f"u-{name}",
        handle=f"{name}@town.example",
        name=draw(lines),
        url=draw(st.none() | urls),
        bio=draw(texts),
        fields=tuple(draw(st.lists(fields, max_size=3))),
        bot=draw(st.booleans()),
        locked=draw(st.booleans()),
        has_picture=draw(st.booleans()),
        created_at=draw(st.none() | moments),
    )


@st.composite
def posts(draw: st.DrawFn) -> Post:
    """A post with everything a post can have."""
    author = draw(people())
    text = draw(texts)
    cuts = sorted(set(draw(st.lists(st.integers(0, len(text)), max_size=6))))
    links = tuple(
        Link(start, end, draw(urls)) for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    )
    named = {one.ref: one for one in draw(st.lists(people(), max_size=4)) if one.ref != author.ref}
    return Post(
        ref=PostRef(NETWORK, f"https://town.example/posts/{draw(names)}"),
        author=author,
        created_at=draw(moments),
        text=text,
        links=links,
        warning=draw(lines),
        sensitive=draw(st.booleans()),
        language=draw(st.none() | st.sampled_from(["de", "pt-BR"])),
        audience=draw(st.sampled_from(Audience)),
        url=draw(st.none() | urls),
        reply_to=draw(answers),
        mentions=tuple(Mention(one.ref, one.server_id, one.handle) for one in named.values()),
        tags=tuple(draw(st.lists(names, max_size=3))),
        media=tuple(draw(st.lists(media, max_size=3))),
        poll=draw(st.none() | polls),
        card=draw(st.none() | cards),
        quoted=draw(st.none() | urls.map(lambda uri: PostRef(NETWORK, uri))),
        quote=draw(st.none() | st.sampled_from(QuoteState).filter(lambda one: not one.is_personal)),
        edited_at=draw(st.none() | moments),
    )


views = st.builds(
    PostView,
    server_ids,
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.lists(
        st.builds(FilterHit, lines, st.sampled_from(FilterAction), st.just(("home",)), server_ids),
        max_size=2,
    ).map(tuple),
    st.none() | st.lists(st.integers(0, 4), max_size=3).map(tuple),
    st.none() | st.sampled_from(QuoteState).filter(lambda one: one.is_personal),
)
