"""Presets: sets of keys that a hand may know from elsewhere, or that one hand alone can reach.

Each is a table of what it changes. The usual keys stay beside the new ones wherever they are free, so that what the
program says of keys, and what a friend tells, stays true. A test holds that in no preset a key does two things in
one place.
"""

from __future__ import annotations

from msgspec import Struct

HOME_ROW = "asdfghjkl"
"""Letters under the fingers at rest."""


class Preset(Struct, frozen=True):
    """A set of keys.

    Attributes:
        name: what stands in the settings.
        does: whom it is for, in a few words.
        keys: by id, the keys that are not the usual ones, as somebody writes them, parted by spaces.
        letters: letters for labels, the best first.
    """

    name: str
    does: str
    keys: dict[str, str]
    letters: str = HOME_ROW


def _table(rows: str) -> dict[str, str]:
    """Rows of `id | keys`."""
    cells = (line.split("|") for line in rows.strip().splitlines())
    return {id_.strip(): keys.strip() for id_, keys in cells}


# `z` and `x` are what a vim hand presses without looking: `zz` puts the line in the middle, `x` takes a letter away.
# Here they would put somebody off and block them, so both are given to something harmless.
_VIM = _table(
    """
    list.page       | space pgdn ctrl+f
    list.back       | pgup ctrl+b
    place.back      | , ctrl+o
    item.open       | enter ctrl+]
    open.person     | p K
    item.copy_text  | y
    item.copy_url   | Y
    zoom            | z
    item.later      | Z
    later.tomorrow  | z Z
    item.junk       | x !
    item.block      | X
    block.surely    | X
    item.report     | ctrl+x
    """
)

# ctrl+s looks for something in emacs, and what is typed there must not leave: the composer sends by alt+Enter.
_EMACS = _table(
    """
    list.down       | j down ctrl+n
    list.up         | k up ctrl+p
    list.page       | space pgdn ctrl+v
    list.back       | pgup alt+v
    list.top        | home alt+<
    list.bottom     | G end alt+>
    list.section    | } alt+n
    list.section_up | { alt+p
    list.line_down  |
    list.line_up    |
    pane.left       | h left ctrl+b
    pane.right      | l right ctrl+f
    pane.next       | tab alt+o
    open.search     | / ctrl+s
    help.find       | / ctrl+s
    palette         | : alt+x
    close           | q esc ctrl+g
    undo.last       | u ctrl+_
    place.back      | , alt+,
    item.link       | o alt+.
    item.copy_text  | Y alt+w
    labels          | ' alt+g
    compose.send    | alt+enter ctrl+enter alt+s
    compose.close   | esc ctrl+g
    compose.editor  | alt+e
    tour.next       | f6
    """
)

# w a s d move, as in games; f opens, x goes to the next one. What these letters did is on capitals or ctrl.
_LEFT = _table(
    """
    list.up         | w k up
    list.down       | s j down
    list.half_up    | ctrl+e ctrl+u
    list.line_down  |
    pane.left       | a h left
    pane.right      | d l right
    item.open       | f enter
    next.needs      | x n
    next.before     | X N
    list.news       | ctrl+r .
    place.back      | Z ,
    zoom            | ctrl+v
    open.search     | ctrl+s /
    undo.last       | ctrl+z u
    undo.sends      | ctrl+x U
    palette         | ` : ctrl+p
    open.help       | ~ f1 ?
    labels          | ctrl+g '
    open.why        | Q
    open.person     | W p
    item.watch      | ctrl+w
    item.favourite  | F
    item.follow     | ctrl+f
    item.keep       | ctrl+b
    item.let_in     | ctrl+a
    item.delete     | D
    delete.surely   | D d
    item.mute       | $ m
    mute.talk       | $ m
    mute.person     | c p
    mute.not        | x p
    item.block      | #
    block.surely    | # x
    item.report     | %
    report.legal    | a l
    report.other    | x o
    block.legal     | a l
    block.other     | x o
    later.post      | w p
    later.hours     | t h
    later.monday    | a m
    go.inbox        | 1 i
    go.people       | 4 p
    go.later        | z l
    open.outbox     | x o
    open.mix        | v m
    compose.week    | b k
    timeline.list   | e l
    timeline.tag    | q h
    timeline.person | x p
    timeline.links  | z k
    timeline.mentions | 1 n
    timeline.mine   | v m
    timeline.other  | r o
    not.phrase      | w p
    aside.not_now   | s n
    outbox.open     | f enter
    outbox.discard  | D
    drafts.open     | f enter E
    drafts.discard  | D
    watched.open    | f enter
    watched.end     | D W
    activity.open   | f enter
    groups.open     | f enter
    groups.delete   | D
    accounts.open   | f enter
    accounts.door   | D
    accounts.sign_in | S
    help.change     | f enter
    help.usual      | D
    help.find       | ctrl+s /
    why.open        | f enter
    why.more        | v +
    why.less        | b -
    why.never       | t 0
    why.week        | r 7
    rules.open      | f enter
    rules.more      | v +
    rules.less      | b -
    rules.delete    | D
    compose.options | ctrl+t ctrl+o
    layout          | alt+w =
    profile.add     | t
    profile.remove  | D
    profile.send    | S
    tour.back       | f2
    welcome.demo    | e
    """
)

# j k l and the arrows are there already; what sits on the left goes to the signs and the larger keys of the right.
_RIGHT = _table(
    """
    item.reply      | ; r
    item.done       | backspace e
    item.later      | = z
    later.tomorrow  | = z
    later.start     | n s
    later.evening   | o e
    close           | \\ q esc
    go              | 0 g
    go.top          | 0 g
    go.timeline     | n t
    go.searches     | / s
    open.activity   | u a
    open.catch_up   | y c
    open.drafts     | , d
    open.watched    | h w
    go.strangers    | j f
    open.door       | . r
    compose.new     | ctrl+n c
    open.why        | K w
    item.view       | J v
    item.boost      | ctrl+o b
    item.keep       | ctrl+k s
    item.favourite  | ctrl+l f
    list.half_down  | ctrl+j ctrl+d
    timeline.shows  | ( t
    search.asks     | ( t
    inbox.thread_only | ( t
    item.delete     | delete d
    delete.surely   | delete d
    why.never       | o
    mute.day        | j d
    mute.week       | k w
    mute.ever       | l e
    compose.send    | f12 ctrl+s alt+enter ctrl+enter
    compose.close   | ctrl+\\ esc
    layout          | _ ctrl+w
    open.profile    | ;
    tour.next       | f9
    tour.end        | f10
    """
)

PRESETS = {
    preset.name: preset
    for preset in (
        Preset("default", "the keys as they are", {}),
        Preset("vim", "for hands that know vim", _VIM),
        Preset("emacs", "for hands that know emacs", _EMACS),
        Preset("one-hand", "for the left hand alone", _LEFT, "fdsagrewqtvcxzb"),
        Preset("one-hand-right", "for the right hand alone", _RIGHT, "jklhuiopynm"),
    )
}
"""By name, in the order in which they are offered."""


def by_name(name: str) -> Preset | None:
    """The preset of that name, if there is one."""
    return PRESETS.get(name)
