"""What the item keys act on: the thing that is selected, whichever pane shows it."""

from __future__ import annotations

from msgspec import Struct

from tui_inbox.core.act import ActKind
from tui_inbox.core.capability import No, can
from tui_inbox.core.post import MediaKind
from tui_inbox.queries.rows import AccountRow, HitRow, ItemRow, PersonLabel, PersonRow, PostRow


class Target(Struct, frozen=True):
    """A selected post, conversation, hit or person, reduced to what commands need.

    Attributes:
        account: local id of the account that would act.
        post: the post, where there is one.
        person: whom it is about: the post's author, or the person of the row.
        item: the Inbox item it belongs to, if it was reached through one.
        hit: the search hit it is, if it is one.
        row: the line of the People pane it is, if it is one.
    """

    account: int
    post: PostRow | None = None
    person: PersonLabel | None = None
    item: ItemRow | None = None
    hit: HitRow | None = None
    row: PersonRow | None = None


def of_post(post: PostRow, item: ItemRow | None = None) -> Target:
    """A post in the timeline or in a thread. `item` is the conversation the thread was opened from."""
    return Target(account=post.account, post=post, person=post.author, item=item)


def of_item(item: ItemRow) -> Target:
    """A conversation of the Inbox."""
    return Target(account=item.account, post=item.post, person=item.person, item=item)


def of_hit(hit: HitRow) -> Target:
    """What a standing search found."""
    return Target(account=hit.post.account, post=hit.post, person=hit.post.author, hit=hit)


def of_person(row: PersonRow) -> Target:
    """Somebody in the People pane."""
    return Target(account=row.account, person=row.person, row=row)


def words_for(words: tuple[str, ...], post: PostRow, account: AccountRow | None) -> tuple[str, ...]:
    """Keys worth showing for a post, the best first, with those that only some posts have, and without those that
    would do nothing to it.

    Args:
        words: ids of the keys that are worth showing for every post.
        post: the selected post.
        account: whose view of it is shown.
    """
    pictures = ("item.view:pictures",) if post.media and not post.folds_something else ()
    translates = account is not None and account.translates
    translate = ("item.translate",) if post.foreign and translates else ()
    history = ("open.versions",) if post.edited else ()
    edits = account is None or account.edits
    own = (*(("item.edit",) if edits else ()), "item.delete") if post.mine else ()
    passed_on = can(ActKind.BOOST, audience=post.audience, is_mine=post.mine)
    idle = {
        *(() if urls_of(post) else ("item.link",)),
        *(("item.boost",) if isinstance(passed_on, No) else ()),
    }
    rest = [word for word in words[1:] if word not in idle]
    return (*words[:1], *pictures, *own, *translate, *history, *rest)


def urls_of(post: PostRow) -> list[str]:
    """What a post points to, each once. Pictures are looked at by a key of their own."""
    urls = [link.url for link in post.links]
    if post.card is not None:
        urls.append(post.card.url)
    urls += [one.url for one in post.media if one.url and one.kind is not MediaKind.PICTURE]
    return list(dict.fromkeys(urls))
