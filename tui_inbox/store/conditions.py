"""What SQL can say of a query: conditions that every post it finds fulfils. They narrow; the matcher decides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from msgspec import Struct, field

from tui_inbox.core.matching import host_of_url
from tui_inbox.core.moment import Millis
from tui_inbox.core.post import Audience
from tui_inbox.core.query import (
    Fact,
    From,
    Has,
    Holds,
    InGroup,
    Is,
    Language,
    LinksTo,
    OnNetwork,
    OnServer,
    Query,
    SeenBy,
    Shape,
    Since,
    Tag,
    To,
    Until,
)
from tui_inbox.core.tokens import fold, tokens
from tui_inbox.store.database import Connection
from tui_inbox.store.groups import groups
from tui_inbox.store.rows import listed
from tui_inbox.store.subjects import UNREAD, YOURS, is_asked


class Asked(Struct, frozen=True):
    """Who asks, of what and when: accounts or None for all, the moment, the owner's zone (None: the machine's)."""

    db: Connection
    accounts: Sequence[int] | None
    now: Millis
    zone: tzinfo | None


class Condition(Struct, frozen=True):
    """Something that holds of every post a query finds: SQL on `posts p`, with its parameters.

    `is_narrow`: there is an index for it, and it leaves few posts as a rule.
    """

    sql: str
    parameters: dict[str, object] = field(default_factory=dict)
    is_narrow: bool = False


def condition(term: Query, n: int, asked: Asked) -> Condition | None:
    """What SQL can say about the n-th of several terms, or None: then only the matcher looks at it."""
    match term:
        case From() | To():
            return _of_people(term, n)
        case InGroup(name):
            named = [one.id for one in groups(asked.db) if fold(one.name) == fold(name)]
            return Condition(
                "p.author IN (SELECT person FROM group_members "  # noqa: S608  # a number
                f"WHERE group_id IN (SELECT value FROM json_each(:groups{n})))",
                {f"groups{n}": listed(named)},
                is_narrow=True,
            )
        case OnServer(host):
            return Condition(
                f"p.author IN (SELECT id FROM people WHERE instr(folded, :host{n}))",  # noqa: S608  # a number
                {f"host{n}": fold(host)},
                is_narrow=True,
            )
        case LinksTo(address) if (host := host_of_url(address)).isascii():
            return Condition(f"instr(lower(p.extras), :link{n})", {f"link{n}": host})
        case SeenBy(account):
            return Condition(
                "p.id IN (SELECT v.post FROM post_views v JOIN accounts a ON a.id = v.account "  # noqa: S608  # a number
                "JOIN people o ON o.id = a.person "
                f"WHERE a.letters = :letters{n} OR instr(o.folded, :letters{n}))",
                {f"letters{n}": fold(account).lstrip("@")},
            )
        case Tag(name):
            return Condition(
                f"(instr(p.extras, '\"tags\":') AND has_tag(p.extras, :tag{n}))",
                {f"tag{n}": fold(name)},
            )
        case Since() | Until() | Language() | OnNetwork() | Has() | Is():
            return _of_fact(term, n, asked)
    return None


def _of_people(term: From | To, n: int) -> Condition:
    named = f"SELECT a.person FROM accounts a WHERE {is_asked('a.id')}"  # noqa: S608  # own texts
    parameters: dict[str, object] = {}
    if term.value != "me":
        named = f"SELECT id FROM people WHERE instr(folded, :handle{n})"  # noqa: S608  # a number
        parameters = {f"handle{n}": fold(term.value).lstrip("@")}
        if isinstance(term, From):
            named += f" OR instr(folded, :name{n})"
            parameters[f"name{n}"] = " ".join(tokens(term.value))
    if isinstance(term, From):
        return Condition(f"p.author IN ({named})", parameters, is_narrow=True)
    posts = f"SELECT m.post FROM mentions m WHERE m.person IN ({named})"  # noqa: S608  # own texts
    return Condition(f"p.id IN ({posts})", parameters, is_narrow=True)


def _of_fact(term: Fact, n: int, asked: Asked) -> Condition | None:
    match term:
        case Since():
            first = term.past.begins(asked.now, asked.zone)
            return Condition(f"p.created_at >= :since{n}", {f"since{n}": first})
        case Until():
            end = term.past.ends(asked.now, asked.zone)
            return Condition(f"p.created_at < :until{n}", {f"until{n}": end})
        case OnNetwork(name):
            return Condition(f"lower(p.network) = :network{n}", {f"network{n}": name.lower()})
        case Language(code):
            return Condition(f"p.language LIKE :language{n} || '%'", {f"language{n}": code})
        case Has(what) if what in _IN_EXTRAS:
            return Condition(f"instr(p.extras, '{_IN_EXTRAS[what]}')")
        case Is(Shape.QUOTE):
            return Condition("p.quoted_uri IS NOT NULL")
        case Is(Shape.DM):
            return Condition(f"p.audience = '{Audience.DIRECT}'")
        case Is(Shape.UNREAD):
            return Condition(f"p.id IN ({UNREAD.format(post='IS NOT NULL')})", is_narrow=True)
        case Is(Shape.YOURS):
            return Condition(f"p.id IN ({YOURS.format(post='IS NOT NULL')})", is_narrow=True)
    return None


_IN_EXTRAS = {Holds.MEDIA: '"media":', Holds.POLL: '"poll":', Holds.ALT: '"media":'}
"""By what one sees in a post's row that it may hold something."""
