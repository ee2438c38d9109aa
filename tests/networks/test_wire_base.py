"""Decoding with shapes that Mastodon has no use for: addresses of a form, other names, parts that are read later."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
import pytest
from msgspec import Meta, field

from tui_inbox.networks.wire_base import Many, Maybe, Wire, decode

Address = Annotated[str, Meta(pattern=r"^at://[!-~]+\Z")]


class Embed(Wire, frozen=True, rename="camel"):
    """Something with a name in camel case, and with one that is no name here."""

    kind: Maybe[str] = field(name="$type", default=None)
    quoted_post: Maybe[Address] = None
    record: Maybe[dict[str, Any]] = None
    others: Many[dict[str, Any]] = field(default_factory=list)


WHOLE = {"$type": "a", "quotedPost": "at://b/c", "record": {"text": 5}, "others": [{"d": 1}]}


def test_what_is_whole_is_read_under_its_names() -> None:
    assert decode(Embed, WHOLE) == Embed("a", "at://b/c", {"text": 5}, [{"d": 1}])


@pytest.mark.parametrize(
    ("told", "without"),
    [
        ({"$type": 5}, {"kind": None}),
        ({"quotedPost": "https://b/c"}, {"quoted_post": None}),
        ({"quotedPost": 5}, {"quoted_post": None}),
        ({"record": []}, {"record": None}),
        ({"others": [{"d": 1}, None, "x"]}, {"others": [{"d": 1}]}),
        ({"others": {}}, {"others": []}),
    ],
)
def test_what_does_not_fit_is_left_out_and_the_rest_stays(
    told: dict[str, Any], without: dict[str, Any]
) -> None:
    expected = msgspec.structs.replace(decode(Embed, WHOLE) or Embed(), **without)
    assert decode(Embed, WHOLE | told) == expected
