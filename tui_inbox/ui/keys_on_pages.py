"""The keys of pages, of the composer and of the tour: rows of the table in `keys.py`, where the rest of it stands."""

from __future__ import annotations

from tui_inbox.ui.key_rows import Context, Key, table

_CARD = table(
    Context.CARD,
    """
    card.find       | S                | find      | find words in all that was said between you
    """,
)

_COMPOSER = table(
    Context.COMPOSER,
    """
    compose.send    | ctrl+s alt+enter ctrl+enter | send | send; it can be taken back for ten seconds
    compose.options | ctrl+o           | options…  | options
    compose.editor  | ctrl+g           | editor    | write in $EDITOR
    compose.complete | tab             | complete  | complete a name, #tag or :emoji; else the next field
    compose.close   | escape           | keep      | close; the text is kept
    compose.help    | f1               | keys      | all keys of the composer
    compose.back    | pageup           | thread    | read the thread above
    compose.on      | pagedown         | thread on | read on in the thread above
    """,
)

_SEARCH = table(
    Context.SEARCH,
    """
    search.save     | S                | keep search | keep it as a standing search
    search.order    | t ctrl+t         | order     | newest first, or best first
    """,
)

_OUTBOX = table(
    Context.OUTBOX,
    """
    outbox.open     | enter            | open      | open what it is about; a text of its own is reopened
    outbox.again    | r                | reopen    | reopen it as a draft
    outbox.retry    | R                | try again | try again; where nobody knows what became of it, look or decide
    outbox.discard  | d                | discard   | throw it away
    """,
)

_DRAFTS = table(
    Context.DRAFTS,
    """
    drafts.open     | enter E          | open      | go on writing
    drafts.discard  | d                | discard   | throw it away
    """,
)

_WATCHED = table(
    Context.WATCHED,
    """
    watched.open    | enter            | open      | open its thread at the first post that is new
    watched.end     | d W              | end       | watch it no more; off the list, where it has ended
    """,
)

_ACTIVITY = table(
    Context.ACTIVITY,
    """
    activity.open   | enter            | open      | open what is selected
    """,
)

_DOOR = table(
    Context.DOOR,
    """
    door.behind     | 1 2 3 4 5 6 7 8 9 | behind   | the posts behind a sentence, by its digit; again hides them
    door.report     | plus             | report too | whether a block reports them for spam as well
    """,
)

_GROUPS = table(
    Context.GROUPS,
    """
    groups.open     | enter            | choose    | show this group; add somebody to it, or take them out
    groups.rename   | E                | rename    | give this group another name
    groups.delete   | d                | delete    | delete this group; nobody is told
    """,
)

_PICTURES = table(
    Context.PICTURES,
    """
    pictures.previous | h left         | previous  | the picture before
    pictures.next   | l right          | next      | the next picture
    pictures.viewer | o                | viewer    | open it in the system's viewer; a film or sound, too
    pictures.browser | O               | browser   | open its address in the browser
    pictures.copy   | y                | address   | copy its address
    pictures.again  | r                | try again | fetch it again
    pictures.close  | enter v          | back      | back to the post
    """,
)

_ACCOUNTS = table(
    Context.ACCOUNTS,
    """
    accounts.open   | enter            | show      | show it alone, or all again
    accounts.door   | d                | door      | choose what becomes of strangers who write to it
    accounts.letters | E               | letters   | choose the two letters that mark its rows
    accounts.one    | L                | one with | which other accounts are one identity with it
    accounts.profile | p              | profile   | its own profile, as a stranger sees it
    accounts.sign_in | s               | sign in   | sign it in again where it is signed out, or another one
    """,
)

_HELP = table(
    Context.HELP,
    """
    help.change     | enter            | change    | give it another key: the next one that you press
    help.usual      | d                | usual     | give it back its usual key
    help.find       | slash            | find      | show only the keys with a word you type
    """,
)

_WHY = table(
    Context.WHY,
    """
    why.open        | enter            | open      | the texts behind a reason; the thread of one of them
    why.more        | plus             | more of this | more of this: half a point more
    why.less        | minus            | less      | less of this: half a point less
    why.never       | 0                | not at all | a reason counts nothing, a person stands below all, a rule goes
    why.week        | 7                | for a week | let the last change last a week only
    why.rules       | E                | my rules  | my rules, all of them
    """,
)

_RULES = table(
    Context.RULES,
    """
    rules.open      | enter            | what it finds | show what waits and is found by it; the thread of that
    rules.more      | plus             | more      | half a point more
    rules.less      | minus            | less      | half a point less
    rules.delete    | d                | delete    | delete this rule
    rules.edit      | E e              | edit      | open the settings file at this rule in $EDITOR
    """,
)

_SIGN_IN = table(
    Context.SIGN_IN,
    """
    sign_in.choose  | enter            | choose    | do what the selected line says; type what is asked for
    sign_in.mastodon | m               | Mastodon  | sign in to a server like Mastodon
    sign_in.bluesky | b                | Bluesky   | sign in to Bluesky with an app password
    sign_in.browser | B                | by browser | sign in to Bluesky by the browser
    sign_in.copy    | y                | copy the address | copy the address of the page where you say yes
    sign_in.browse  | o                | open again | open that page in the browser once more
    sign_in.paste   | p                | paste instead | the browser is on another machine: paste what it shows
    """,
)

_WELCOME = table(
    Context.WELCOME,
    """
    welcome.demo    | d                | demo      | try the demo town; leaving it comes back here
    welcome.tour    | t                | tour      | take the tour of the demo town
    """,
)

_PROFILE = table(
    Context.PROFILE,
    """
    profile.open    | enter            | open      | open the thread of a post, where E changes it; change another line
    profile.edit    | E                | change    | change the selected line; a longer text in $EDITOR
    profile.add     | a                | add a field | add a field
    profile.remove  | d                | remove    | take the selected field out
    profile.send    | s                | send      | send what was changed; it can be taken back
    profile.browser | O                | browser   | open your profile in the browser
    """,
)

_TOUR = table(
    Context.TOUR,
    """
    tour.next       | ctrl+n           | skip      | the next step of the tour
    tour.back       | ctrl+r           | back      | the step of the tour before
    tour.end        | ctrl+l           | end the tour | end the tour
    """,
)

ON_PAGES: tuple[Key, ...] = (
    *_CARD,
    *_COMPOSER,
    *_SEARCH,
    *_OUTBOX,
    *_DRAFTS,
    *_WATCHED,
    *_ACTIVITY,
    *_DOOR,
    *_PICTURES,
    *_ACCOUNTS,
    *_GROUPS,
    *_HELP,
    *_WHY,
    *_RULES,
    *_SIGN_IN,
    *_WELCOME,
    *_TOUR,
    *_PROFILE,
)
