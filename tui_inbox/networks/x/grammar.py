"""What X takes for a name, a list, a tag or an address, as people type them.

The rules are those of twitter-text, version 3 (`src/regexp/*.js`, `src/isValid*.js`); its conformance data is the test.
"""

from __future__ import annotations

from regex import compile as pattern

from tui_inbox.core.top_level import is_top_level

_NAME = pattern(r"[@＠][A-Za-z0-9_]{1,20}")
_LIST = pattern(r"[@＠][A-Za-z0-9_]{1,20}/[A-Za-z][A-Za-z0-9_-]{0,24}")
_TAG = pattern(r"[#＃][\p{L}\p{M}\p{Nd}_]*[\p{L}\p{M}][\p{L}\p{M}\p{Nd}_]*")
_PCHAR = r"(?:[a-z\u0400-\u04FF0-9._~!$&'()*+,;=:|@-]|%[0-9a-f]{2})"
_ADDRESS = pattern(
    r"(?i)(?:(?P<protocol>https?)://)?"
    r"(?:(?:[a-z\u0400-\u04FF0-9._~!$&'()*+,;=:-]|%[0-9a-f]{2})*+@)?"
    r"(?P<host>\[[0-9a-f:.]++\]|[^/?#:@\[\]%\s]++)(?::[0-9]{1,5})?"
    rf"(?:/{_PCHAR}*+)*+(?:\?(?:{_PCHAR}|[/?])*+)?(?:\#(?:{_PCHAR}|[/?])*+)?"
)
_IPV4 = pattern(r"(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.|\Z)){4}")
_SUBDOMAIN = pattern(
    r"(?i)[a-z0-9\x80-\U0010FFFF](?:[a-z0-9_\x80-\U0010FFFF-]*[a-z0-9\x80-\U0010FFFF])?"
)
_DOMAIN = pattern(
    r"(?i)[a-z0-9\x80-\U0010FFFF](?:[a-z0-9\x80-\U0010FFFF-]*[a-z0-9\x80-\U0010FFFF])?"
)


def is_name(text: str) -> bool:
    """Whether a text is the name of an account, as `@quillfox`."""
    return _NAME.fullmatch(text) is not None


def is_list(text: str) -> bool:
    """Whether a text is a list, as `@quillfox/choirs`."""
    return _LIST.fullmatch(text) is not None


def is_tag(text: str) -> bool:
    """Whether a text is a tag: not of digits alone."""
    return _TAG.fullmatch(text) is not None


def is_address(text: str, *, needs_protocol: bool = True) -> bool:
    """Whether a whole text is a web address.

    Args:
        text: what was typed.
        needs_protocol: whether it must begin with `http://` or `https://`.
    """
    found = _ADDRESS.fullmatch(text)
    if found is None or (needs_protocol and not found["protocol"]):
        return False
    host: str = found["host"]
    return host.startswith("[") or _IPV4.fullmatch(host) is not None or _is_host(host)


def _is_host(host: str) -> bool:
    *before, name, top = host.split(".") if host.count(".") else ("", "", "")
    return (
        all(_SUBDOMAIN.fullmatch(label) for label in before)
        and _DOMAIN.fullmatch(name) is not None
        and is_top_level(top)
    )
