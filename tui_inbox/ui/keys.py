"""Every key of the program, in one table: its id, where it works, and what it does. Those of panes stand here, those
of pages in `keys_on_pages`.

Bindings of panes and pages are made from it (`bindings`), and the key line, the which-key strip, the
palette and the help page read it. A key that is not in the table does nothing, and every key in the
table does something: tests hold both.

A key works in a *context*. A place sums several of them (`PLACES`), and in no sum may a key occur twice, but for
keys of everywhere that a place covers (`COVERED`).
A *prefix* waits for one more key, which stands in `continuations.STRIPS` under the prefix's id.
"""

from __future__ import annotations

from collections.abc import Iterator

from textual.binding import Binding, BindingType

from tui_inbox.ui.continuations import STRIPS
from tui_inbox.ui.key_rows import Context, Key, table
from tui_inbox.ui.keys_on_pages import ON_PAGES

_GLOBAL = table(
    Context.GLOBAL,
    """
    pane.left       | h left           | left      | pane to the left; folds an open row
    pane.right      | l right          | right     | pane to the right; unfolds a folded row
    pane.inbox      | 1                | inbox     | to the Inbox
    pane.timeline   | 2                | timeline  | to the Timeline
    pane.searches   | 3                | searches  | to the Searches
    pane.people     | 4                | people    | to the People
    pane.next       | tab              | next pane | to the next pane
    pane.previous   | shift+tab        | previous  | to the previous pane
    scope.all       | 5                | all       | show all accounts
    scope.first     | 6                | first     | show the first account only
    scope.second    | 7                | second    | show the second account only
    scope.third     | 8                | third     | show the third account only
    scope.fourth    | 9                | fourth    | show the fourth account only
    open.accounts   | at               | accounts  | list of accounts, with their health
    next.needs      | n                | next      | next one that needs you
    next.before     | N                | before    | previous one that needs you
    list.news       | full_stop        | new       | show what is new above, and follow it
    place.back      | comma            | back      | back to where I was
    go              | g                | go…       | go somewhere
    compose.new     | c                | write     | write a new post
    open.search     | slash            | search    | search everything stored
    undo.last       | u                | undo      | undo my last action
    undo.sends      | U                | unsend    | stop every held send, reopen the last
    zoom            | Z                | zoom      | zoom this pane, again to undo
    width.less      | less_than_sign    | narrower  | this column narrower
    width.more      | greater_than_sign | wider     | this column wider
    edge.up         | ctrl+up           | edge up   | the edge below this pane, or above the lowest one, up
    edge.down       | ctrl+down         | edge down | the edge below this pane, or above the lowest one, down
    layout          | equals_sign ctrl+w | panes…   | arrange the panes, for terminals of this size
    palette         | colon ctrl+p     | palette   | find a key by its name
    open.help       | question_mark f1 | keys      | the keys of this place
    labels          | apostrophe       | label     | label the rows on the screen; a label goes to its row
    labels.open     | quotation_mark   | label, open | the same, and open the row
    close           | q escape         | back      | close the top thing; twice on bare panes ends
    program.end     | ctrl+q           | end       | end tui-inbox at once; nothing is lost
    """,
)

_LIST = table(
    Context.LIST,
    """
    list.down       | j down           | down      | down
    list.up         | k up             | up        | up
    list.page       | space pagedown   | page      | a page on
    list.back       | pageup           | page up   | a page back
    list.half_down  | ctrl+d           | half page | half a page down
    list.half_up    | ctrl+u           | half up   | half a page up
    list.line_down  | ctrl+e           | line      | a line on; the selected row stays as long as it is seen
    list.line_up    | ctrl+y           | line up   | a line back
    list.section    | right_curly_bracket | section | next section
    list.section_up | left_curly_bracket | section up | previous section
    list.bottom     | G end            | bottom    | to the bottom
    list.top        | home             | top       | to the top
    """,
)

_ITEM = table(
    Context.ITEM,
    """
    item.open       | enter            | open      | open the thread; a heading folds, a gap fills
    item.reply      | r                | reply     | reply to all in it, the card above
    item.reply_one  | R                | to author | reply to the author only
    item.done       | e                | done      | off my plate
    item.later      | z                | later…    | put off
    item.favourite  | f                | favourite | favourite; closes a turn that asks nothing
    item.boost      | b                | boost     | boost, again to take it back
    item.quote      | B                | quote     | boost with a word of mine: a quote
    item.keep       | s                | keep      | keep as a bookmark
    item.view       | v                | view      | show what is folded; then vote; then its pictures
    item.link       | o                | link      | open its link
    item.browser    | O                | browser   | open the post in the browser
    item.copy_url   | y                | address   | copy its address
    item.copy_text  | Y                | copy      | copy its text
    open.person     | p                | person    | card of this person
    item.note       | i                | note      | private note on this person
    open.why        | w                | why       | why it stands here
    item.watch      | W                | watch     | follow its thread without posting in it; again ends that
    item.let_in     | a                | let in    | let a stranger in for ever; anybody else: add to a group or list
    item.mute       | m                | mute…     | mute
    item.junk       | exclamation_mark | junk      | junk: gone here, the server is not told
    item.block      | x                | block     | block; for somebody you know it asks once
    item.report     | X                | report…   | tell moderators, block a whole server
    item.follow     | F                | follow    | follow, unfollow
    item.edit       | E                | edit      | edit what is mine: a post, a search
    item.delete     | d                | delete    | delete what is mine, or write it anew
    item.vote       | V                | vote      | vote in its poll
    item.as         | A                | act as…   | do something to it as another account
    item.translate  | T                | translate | show a translation, again hides it
    open.versions   | H                | history   | what was changed in it
    item.check      | C                | check     | what the posts of this person tell of them
    """,
)

_INBOX = table(
    Context.INBOX,
    """
    inbox.thread_only | t              | this thread | let a stranger in for this thread only
    """,
)

_TIMELINE = table(
    Context.TIMELINE,
    """
    timeline.shows  | t                | show…     | what the Timeline shows
    """,
)

_SEARCHES = table(
    Context.SEARCHES,
    """
    search.not      | minus            | not this… | leave out what is like this
    search.mark     | asterisk         | mark      | mark the search: its hits count for n
    search.asks     | t                | asks only | show only hits that ask for something, or all again
    search.previous | left_square_bracket | previous | previous search
    search.next     | right_square_bracket | next   | next search
    """,
)

_PEOPLE = table(
    Context.PEOPLE,
    """
    person.pin      | P                | pin       | pin, unpin
    person.link     | L                | same as  | link with another identity of theirs, or part the two again
    person.introduce | I               | introduce | begin a post that names them and somebody else to each other
    person.met      | M                | met       | met elsewhere: no longer going quiet
    person.aside    | minus            | aside…    | not now, let go, or bring back
    """,
)

KEYS: tuple[Key, ...] = (
    *_GLOBAL,
    *_LIST,
    *_ITEM,
    *_INBOX,
    *_TIMELINE,
    *_SEARCHES,
    *_PEOPLE,
    *ON_PAGES,
)

LISTS = (Context.GLOBAL, Context.LIST)
ITEMS = (*LISTS, Context.ITEM)

PLACES: dict[str, tuple[Context, ...]] = {
    "inbox": (*ITEMS, Context.INBOX),
    "timeline": (*ITEMS, Context.TIMELINE),
    "searches": (*ITEMS, Context.SEARCHES),
    "people": (*ITEMS, Context.PEOPLE),
    "thread": ITEMS,
    "person": (*ITEMS, Context.PEOPLE, Context.CARD),
    "search": (*ITEMS, Context.SEARCH),
    "composer": (Context.COMPOSER,),
    "text": LISTS,
    "activity": (*LISTS, Context.ACTIVITY),
    "door": (*ITEMS, Context.INBOX, Context.DOOR),
    "pictures": (*LISTS, Context.PICTURES),
    "accounts": (*LISTS, Context.ACCOUNTS),
    "outbox": (*LISTS, Context.OUTBOX),
    "drafts": (*LISTS, Context.DRAFTS),
    "watched": (*LISTS, Context.WATCHED),
    "groups": (*LISTS, Context.GROUPS),
    "help": (*LISTS, Context.HELP),
    "why": (*LISTS, Context.WHY),
    "rules": (*LISTS, Context.RULES),
    "sign_in": (*LISTS, Context.SIGN_IN),
    "welcome": (*LISTS, Context.SIGN_IN, Context.WELCOME),
    "profile": (*LISTS, Context.PROFILE),
    "tour": (*ITEMS, Context.TOUR),
    "tour, writing": (Context.COMPOSER, Context.TOUR),
}
"""The contexts that are summed in each place. `text` is a page that only reads and scrolls; the tour lies over all."""

COVERED: dict[str, frozenset[str]] = {
    "why": frozenset({"scope.second"}),
    "pictures": frozenset({"pane.left", "pane.right"}),
    "help": frozenset({"open.search"}),
    "door": frozenset(
        {
            *("pane.inbox", "pane.timeline", "pane.searches", "pane.people"),
            *("scope.all", "scope.first", "scope.second", "scope.third", "scope.fourth"),
        }
    ),
}
"""Keys of everywhere that do something else in a place, as its own context says."""

PALETTE = (
    *table(
        Context.SEARCHES,
        """
        search.listen   |  | listen to a feed | listen to a feed (RSS, Atom) with this search
        search.stream   |  | hear all of Bluesky | hear all of Bluesky, every public post, with this search
        search.timeline |  | look in a list   | look in a list, or in what your server shows, with this search
        search.leave    |  | leave a feed     | leave a feed, a list, or all of Bluesky, that this search listens to
        """,
    ),
    *table(
        Context.ITEM,
        """
        door.choose     |  | door | choose what becomes of strangers who write to an account
        reading.opened  |  | warnings | always show what this person puts behind warnings, or fold it again
        """,
    ),
    *table(
        Context.GLOBAL,
        """
        bubble.try      |  | try a notification | try a notification: show one now, and say which way it takes
        learning.forget |  | forget   | forget what was learnt from whom you answer and write to
        tour.begin      |  | tour     | take the tour of the demo town, in five steps
        open.rules      |  | my rules | my rules: more of this, less of that, not at all
        look.theme      |  | theme    | theme: choose one from a list, each is put on while it is selected
        look.density    |  | density  | density: one line for each, or room between them again
        look.plain      |  | marks    | marks: from ASCII only, or the usual ones again
        look.emoji      |  | emoji    | emoji: as pictures, told in words, or left out
        look.motion     |  | motion   | motion: nothing moves by itself, or what arrives is followed again
        keys.change     |  | change a key | change a key: choose what, then press the key that shall do it
        keys.preset     |  | preset of keys | choose a preset of keys: vim, emacs, one-hand, the usual ones
        settings.edit   |  | settings | settings: open their file in $EDITOR; what is saved there holds at once
        """,
    ),
)
"""What has no key of its own: the palette finds it by what it does."""

_BY_ID = {
    key.id: key for key in (*KEYS, *(key for strip in STRIPS.values() for key in strip), *PALETTE)
}


def key_named(id_: str) -> Key:
    """The key with this id.

    Raises:
        KeyError: there is none.
    """
    return _BY_ID[id_]


def keys_of(*contexts: Context) -> Iterator[Key]:
    """The keys of some contexts, in the order of the table."""
    return (key for key in KEYS if key.context in contexts)


def keys_in(place: str, *contexts: Context) -> Iterator[Key]:
    """The keys that work in a place, without those that it covers.

    Args:
        place: name of the place in `PLACES`.
        contexts: only of these contexts; none for all of the place.
    """
    covered = COVERED.get(place, frozenset())
    return (key for key in keys_of(*(contexts or PLACES[place])) if key.id not in covered)


def behind(key: Key) -> Iterator[tuple[Key, ...]]:
    """What may follow a key, and what may follow that: each as the keys that are pressed, this one first."""
    for after in STRIPS.get(key.id, ()):
        yield key, after
        for further in behind(after):
            yield key, *further


def without_key(place: str) -> Iterator[Key]:
    """What the palette offers in a place besides the keys that work there; the owner may give it a key."""
    return (key for key in PALETTE if key.context in PLACES[place])


NO_KEY = "no_key"
"""Textual wants a key for every binding; this one is on no keyboard."""


def bindings(*contexts: Context) -> list[BindingType]:
    """Textual's bindings for some contexts. They all run `App.action_act` with the id of the key."""
    keyless = (key for key in PALETTE if key.context in contexts)
    return [
        Binding(
            ",".join(key.keys) or NO_KEY, f"app.act('{key.id}')", key.word, id=key.id, show=False
        )
        for key in (*keys_of(*contexts), *keyless)
    ]


__all__ = [
    "COVERED",
    "ITEMS",
    "KEYS",
    "LISTS",
    "NO_KEY",
    "PALETTE",
    "PLACES",
    "STRIPS",
    "Context",
    "Key",
    "behind",
    "bindings",
    "key_named",
    "keys_in",
    "keys_of",
    "without_key",
]
