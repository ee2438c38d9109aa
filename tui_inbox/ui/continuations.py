"""What may follow a prefix: the second half of the key table."""

from __future__ import annotations

from tui_inbox.ui.key_rows import Context, Key, table

STRIPS: dict[str, tuple[Key, ...]] = {
    "go": table(
        Context.GLOBAL,
        """
        go.top          | g | top       | to the top
        go.inbox        | i | inbox     | to the Inbox
        go.timeline     | t | timeline  | to the Timeline
        go.searches     | s | searches  | to the Searches
        go.people       | p | people    | to the People
        open.activity   | a | activity  | favourites, boosts, follows
        open.catch_up   | c | catch-up  | what happened while you were away
        go.later        | l | later     | what is put off
        open.drafts     | d | drafts    | kept drafts
        open.outbox     | o | outbox    | what waits to leave
        open.watched    | w | watched   | threads that you watch, with what is new in each
        go.strangers    | f | front door | who stands before the door, one after the other
        open.door       | r | requests  | who is held back, and who asks to follow
        open.profile    | y | yourself  | your own profile, as a stranger sees it
        open.mix        | m | mix       | the mix of your own posts, where the settings want that
        compose.week    | k | this week | begin a post that names whom you had good exchanges with this week
        """,
    ),
    "layout": table(
        Context.GLOBAL,
        """
        layout.left     | h left | left  | this pane one column to the left
        layout.right    | l right | right | this pane one column to the right
        layout.up       | k up | up      | this pane above the one over it
        layout.down     | j down | down  | this pane below the one under it
        layout.taller   | plus | taller  | this pane taller
        layout.lower    | minus | lower  | this pane lower
        layout.one      | s | one at a time | show the panes of this column one at a time, or one below the other
        layout.hide     | x | hide       | hide this pane until you go there, or keep it again
        layout.inbox    | 1 | inbox      | hide the Inbox, or keep it again
        layout.timeline | 2 | timeline   | hide the Timeline, or keep it again
        layout.searches | 3 | searches   | hide the Searches, or keep them again
        layout.people   | 4 | people     | hide the People, or keep them again
        layout.pin      | p | pin search | give this search a pane of its own, or take that away
        layout.sizes    | equals_sign | usual sizes | all columns and panes as wide and as tall as by themselves
        layout.usual    | 0 | all as at first | everything here as it was before you changed it
        """,
    ),
    "item.later": table(
        Context.ITEM,
        """
        later.tomorrow  | z | tomorrow 8:00 | until tomorrow 8:00
        later.post      | p | when they post | until they post again
        later.start     | s | next start | until the next start
        later.hours     | h | 3 hours   | for three hours
        later.evening   | e | evening   | until this evening
        later.monday    | m | Monday 8:00 | until Monday 8:00
        later.typed     | 0 1 2 3 4 5 6 7 8 9 | or type a time | until a time you type
        """,
    ),
    "person.aside": table(
        Context.PEOPLE,
        """
        aside.not_now   | n | not now   | not now: no word of their silence for a month, or for a usual gap of theirs
        aside.let_go    | l | let go    | let go: no word of their silence any more, unless they write
        aside.back      | b | bring back | may be suggested again, whatever they were set aside for
        """,
    ),
    "item.block": table(
        Context.ITEM,
        """
        block.surely    | x | really block | block this person
        """,
    ),
    "item.delete": table(
        Context.ITEM,
        """
        delete.surely   | d | really delete | delete it, here and on the server
        delete.redraft  | r | write anew | delete it, and begin a new post with its text
        """,
    ),
    "item.mute": table(
        Context.ITEM,
        """
        mute.talk       | m | conversation | mute this conversation, again to hear of it
        mute.person     | p | person…   | mute this person
        mute.boosts     | b | their boosts | hide what this person boosts, again to show it
        mute.word       | w | a word    | hide posts with a word you type
        """,
    ),
    "mute.person": table(
        Context.ITEM,
        """
        mute.day        | d | a day     | mute this person for a day
        mute.week       | w | a week    | mute this person for a week
        mute.ever       | e | for ever  | mute this person until you unmute them
        mute.not        | p | not any more | unmute this person
        """,
    ),
    "item.report": table(
        Context.ITEM,
        """
        report.only     | r | report…   | report this person, with the selected post
        report.block    | b | report and block… | report this person, and block them
        report.server   | d | block their server | block everybody on their server
        """,
    ),
    "report.only": table(
        Context.ITEM,
        """
        report.spam     | s | spam      | report this person for spam
        report.legal    | l | against the law | report this person for something against the law
        report.other    | o | something else | report this person for something else
        """,
    ),
    "report.block": table(
        Context.ITEM,
        """
        block.spam      | s | spam      | report this person for spam, and block them
        block.legal     | l | against the law | report this person for something against the law, and block them
        block.other     | o | something else | report this person for something else, and block them
        """,
    ),
    "report.server": table(
        Context.ITEM,
        """
        report.server_surely | d | really block it | block the whole server; follows are cut both ways
        """,
    ),
    "item.as": table(
        Context.ITEM,
        """
        as.favourite    | f | favourite | favourite as an account you choose
        as.boost        | b | boost     | boost as an account you choose
        as.keep         | s | keep      | keep as a bookmark of an account you choose
        as.reply        | r | reply     | reply to all in it from an account you choose
        as.reply_one    | R | to author | reply to the author only from an account you choose
        as.follow       | F | follow    | follow, unfollow its author as an account you choose
        as.vote         | V | vote      | vote in its poll as an account you choose
        """,
    ),
    "timeline.shows": table(
        Context.TIMELINE,
        """
        timeline.talk   | t | people I talk with | only people you talk with
        timeline.everything | a | everything | everything
        timeline.list   | l | list      | a list or saved feed you choose
        timeline.group  | g | group     | a group of your own
        timeline.tag    | h | tag       | a tag you choose or type
        timeline.person | p | this person | what the person of the selected post writes
        timeline.links  | k | links     | what people you talk with point to
        timeline.mentions | n | mentions | what addresses you: mentions, answers, quotes
        timeline.direct | d | private   | private conversations
        timeline.favourites | f | favourites | what you made a favourite
        timeline.kept   | b | bookmarks | what you kept as a bookmark
        timeline.mine   | m | my posts  | what you wrote
        timeline.local  | s | this server | everybody on your server
        timeline.known  | w | whole world | everybody your server knows of
        timeline.other  | o | all there is | choose from all of it
        """,
    ),
    "search.not": table(
        Context.SEARCHES,
        """
        not.author      | a | author    | nothing by this author
        not.phrase      | p | phrase    | nothing with a phrase you type
        not.domain      | d | domain    | nothing with a link to where its link leads
        """,
    ),
    "compose.options": table(
        Context.COMPOSER,
        """
        compose.audience | a | audience  | who may read it, or answer it where all read: the next narrower choice
        compose.from    | f | from      | which account writes it
        compose.also    | F | also from | which further accounts post it, too
        compose.names   | t | to whom   | whom of the conversation it names
        compose.warning | w | warning   | warning in front of it
        compose.language | l | language  | its language
        compose.media   | m | media     | attach a file, describe or remove one
        compose.poll    | p | poll      | a poll below it
        compose.card    | u | card      | the card of its first link, or no card: its page is asked
        compose.quote   | q | quote     | quote the post whose thread is open, or no longer
        compose.time    | k | clock     | when it is posted
        compose.split   | s | split     | as a thread of numbered parts, or as one post
        compose.note    | i | note      | private note on the person who is answered
        compose.drafts  | d | drafts    | kept drafts
        compose.preview | v | preview   | show it as it will be seen
        compose.throw_away | x | throw away | throw the text away
        """,
    ),
}
"""What may follow a prefix, by the prefix's id."""
