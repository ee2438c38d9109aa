-- The schema of the store, version 1. Times are milliseconds since the epoch, UTC.
-- Primary data, never derived: accounts, person_views (accepted, pinned, note), interactions, items' states, actions,
-- drafts, outbox, searches, hits' states, positions. Everything else can be fetched or computed again.
--
-- Rows that name a post carry a foreign key only where an index leads back from the post: without one SQLite would
-- read the whole table for every post that is deleted, and an index nobody else needs is paid at every arrival.
-- Posts leave through one door (removal.py), which looks after the others.
--
-- Statements say CROSS JOIN where the order of the tables matters: SQLite keeps it, and without statistics it would
-- guess, now and then for reading all of a large table. They say INDEXED BY for partial indexes of tables without
-- row ids, which SQLite passes over.

CREATE TABLE people (
    id          INTEGER PRIMARY KEY,
    network     TEXT NOT NULL,
    uri         TEXT NOT NULL,
    handle      TEXT NOT NULL,
    name        TEXT NOT NULL,
    url         TEXT,
    bio         TEXT NOT NULL DEFAULT '',
    fields      TEXT NOT NULL DEFAULT '[]', -- JSON: [label, text, verified] each
    bot         INTEGER NOT NULL DEFAULT 0,
    locked      INTEGER NOT NULL DEFAULT 0,
    has_picture INTEGER NOT NULL DEFAULT 1,
    created_at  INTEGER,
    folded      TEXT NOT NULL, -- handle and name as core.tokens folds them: what `from:` narrows by
    UNIQUE (network, uri)
);
CREATE INDEX people_by_handle ON people (handle COLLATE NOCASE);

-- The owner's own server id and handle stand where everybody's do: in person_views and people.
CREATE TABLE accounts (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    network        TEXT NOT NULL,
    server         TEXT NOT NULL,
    person         INTEGER NOT NULL REFERENCES people (id),
    letters        TEXT NOT NULL UNIQUE,
    label          TEXT NOT NULL,
    limits         TEXT NOT NULL DEFAULT '{}', -- JSON: core.account.Limits by field name
    usual_audience TEXT NOT NULL DEFAULT 'public',
    usual_language TEXT,
    door           TEXT NOT NULL DEFAULT 'check',
    UNIQUE (network, person)
);

CREATE TABLE account_state (
    account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name    TEXT NOT NULL,
    value   TEXT NOT NULL,
    PRIMARY KEY (account, name)
) WITHOUT ROWID;

-- What one account knows of a person: ids on a server belong to (account, thing).
CREATE TABLE person_views (
    account     INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    person      INTEGER NOT NULL REFERENCES people (id),
    server_id   TEXT NOT NULL,
    following   INTEGER NOT NULL DEFAULT 0,
    followed_by INTEGER NOT NULL DEFAULT 0,
    requested   INTEGER NOT NULL DEFAULT 0,
    blocking    INTEGER NOT NULL DEFAULT 0,
    muting      INTEGER NOT NULL DEFAULT 0,
    note        TEXT NOT NULL DEFAULT '',
    accepted    INTEGER NOT NULL DEFAULT 0, -- let in by the owner
    pinned      INTEGER NOT NULL DEFAULT 0,
    met_at      INTEGER,                    -- when the owner last met them elsewhere
    checked_at  INTEGER,                    -- when the relationship was last read from the server
    PRIMARY KEY (account, person)
) WITHOUT ROWID;
CREATE INDEX person_views_by_server_id ON person_views (account, server_id);
CREATE INDEX person_views_silenced ON person_views (account) WHERE muting OR blocking;
CREATE INDEX person_views_pinned ON person_views (account) WHERE pinned;
CREATE INDEX person_views_unchecked ON person_views (account) WHERE checked_at IS NULL;

-- A conversation is the posts that answers connect. Of two that turn out to be one, the older number stays.
CREATE TABLE conversations (
    id      INTEGER PRIMARY KEY,
    same_as INTEGER REFERENCES conversations (id) -- merged into this one; never a chain
);
CREATE INDEX conversations_by_same_as ON conversations (same_as) WHERE same_as IS NOT NULL;

-- AUTOINCREMENT: a local id never comes to mean another post.
CREATE TABLE posts (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    network      TEXT NOT NULL,
    uri          TEXT NOT NULL,
    author       INTEGER NOT NULL REFERENCES people (id),
    created_at   INTEGER NOT NULL,
    edited_at    INTEGER,
    text         TEXT NOT NULL,
    warning      TEXT NOT NULL DEFAULT '',
    sensitive    INTEGER NOT NULL DEFAULT 0,
    language     TEXT,
    audience     TEXT NOT NULL,
    url          TEXT,
    extras       TEXT NOT NULL DEFAULT '{}', -- JSON: links, tags, media, poll, card; read with the post
    conversation INTEGER NOT NULL REFERENCES conversations (id),
    parent       INTEGER REFERENCES posts (id) ON DELETE SET NULL,
    parent_uri   TEXT, -- what it answers, where its server says it by URI
    quoted       INTEGER REFERENCES posts (id) ON DELETE SET NULL,
    quoted_uri   TEXT,
    deleted_at   INTEGER, -- a deleted post keeps its place and its links, not its words
    UNIQUE (network, uri)
);
CREATE INDEX posts_by_conversation ON posts (conversation, created_at);
CREATE INDEX posts_by_author ON posts (author, created_at);
CREATE INDEX posts_by_time ON posts (created_at);
CREATE INDEX posts_by_parent ON posts (parent) WHERE parent IS NOT NULL;
CREATE INDEX posts_by_quoted ON posts (quoted) WHERE quoted IS NOT NULL;
-- Those that wait for the post they answer or quote. The network is the post's own.
CREATE INDEX posts_awaiting_parent ON posts (parent_uri) WHERE parent IS NULL AND parent_uri IS NOT NULL;
CREATE INDEX posts_awaiting_quoted ON posts (quoted_uri) WHERE quoted IS NULL AND quoted_uri IS NOT NULL;

-- What one account sees of a post; every read joins the acting account's row.
CREATE TABLE post_views (
    account                 INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    post                    INTEGER NOT NULL,
    server_id               TEXT NOT NULL,
    favourited              INTEGER NOT NULL DEFAULT 0,
    boosted                 INTEGER NOT NULL DEFAULT 0,
    bookmarked              INTEGER NOT NULL DEFAULT 0,
    muted                   INTEGER NOT NULL DEFAULT 0,
    filtered                TEXT NOT NULL DEFAULT '[]', -- JSON: [title, action, contexts] each
    voted                   TEXT,                       -- JSON: the numbers of the options
    poll_server_id          TEXT,
    parent_server_id        TEXT, -- what it answers, as this account's server names it
    parent_author_server_id TEXT,
    waits                   INTEGER NOT NULL DEFAULT 0, -- while posts.parent is unknown: 1 to be asked for, 2 asked in vain
    PRIMARY KEY (account, post)
) WITHOUT ROWID;
CREATE UNIQUE INDEX post_views_by_server_id ON post_views (account, server_id);
CREATE INDEX post_views_waiting ON post_views (account, parent_server_id) WHERE waits;

CREATE TABLE mentions (
    post   INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    person INTEGER NOT NULL REFERENCES people (id),
    place  INTEGER NOT NULL, -- the order in which the server names them
    PRIMARY KEY (post, person)
) WITHOUT ROWID;
CREATE INDEX mentions_by_person ON mentions (person, post);

-- Deletes that came before their post, kept longer than the longest refill.
CREATE TABLE tombstones (
    account INTEGER NOT NULL, -- 0 where the delete told the URI, which is the same for all
    name    TEXT NOT NULL,    -- the URI, or the id on the account's server
    at      INTEGER NOT NULL,
    PRIMARY KEY (account, name)
) WITHOUT ROWID;

CREATE TABLE feeds (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    account  INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name     TEXT NOT NULL, -- core.post.Feed as text
    older    TEXT,          -- cursor for what lies below the oldest entry; NULL before the first page and at the end
    complete INTEGER NOT NULL DEFAULT 0, -- the end of history was reached
    UNIQUE (account, name)
);

-- A post's place in a feed, fixed at first sight. `seq` counts arrivals over all feeds, so that late ones below the
-- reading position can be told. Boosts of one post are one entry at its first place; the boosters stand in `boosts`.
CREATE TABLE entries (
    seq      INTEGER PRIMARY KEY AUTOINCREMENT,
    feed     INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
    filed_at INTEGER NOT NULL,
    identity TEXT NOT NULL,
    post     INTEGER NOT NULL,
    entry_id TEXT NOT NULL, -- the server's id of this place: of the post, or of the boost that came first
    by_boost INTEGER NOT NULL DEFAULT 0,
    own_id   TEXT,          -- the server's id of the post's own place, where it came by itself after a boost
    UNIQUE (feed, post)
);
CREATE UNIQUE INDEX entries_in_order ON entries (feed, filed_at, identity);
CREATE INDEX entries_by_entry_id ON entries (feed, entry_id);
CREATE INDEX entries_by_own_id ON entries (feed, own_id) WHERE own_id IS NOT NULL;

CREATE TABLE boosts (
    feed     INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
    post     INTEGER NOT NULL,
    person   INTEGER NOT NULL REFERENCES people (id),
    at       INTEGER NOT NULL,
    uri      TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    PRIMARY KEY (feed, post, person)
) WITHOUT ROWID;
CREATE INDEX boosts_by_entry_id ON boosts (feed, entry_id);
CREATE INDEX boosts_by_uri ON boosts (uri);

-- A hole in a feed: what lies between the entries `upper` and `lower` was not fetched.
CREATE TABLE gaps (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    feed           INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
    upper_at       INTEGER NOT NULL, -- filed_at, identity of the oldest entry above the hole
    upper_identity TEXT NOT NULL,
    lower_at       INTEGER NOT NULL, -- of the newest entry below it
    lower_identity TEXT NOT NULL,
    older_than     TEXT NOT NULL     -- cursor that continues downward from the upper edge
);
CREATE INDEX gaps_in_order ON gaps (feed, upper_at, upper_identity);

CREATE TABLE notices (
    account   INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    notice_id TEXT NOT NULL,
    kind      TEXT NOT NULL,
    at        INTEGER NOT NULL,
    person    INTEGER REFERENCES people (id),
    post      INTEGER,
    words     TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (account, notice_id)
) WITHOUT ROWID;
CREATE INDEX notices_in_order ON notices (account, at, notice_id);

-- The ledger. Unique by what happened, never by a notification's id; a retraction is a flag.
CREATE TABLE interactions (
    account      INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind         TEXT NOT NULL,
    actor        INTEGER NOT NULL REFERENCES people (id),
    target       INTEGER NOT NULL REFERENCES people (id),
    subject      TEXT NOT NULL,
    at           INTEGER NOT NULL,
    conversation INTEGER,
    retracted    INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (account, kind, actor, target, subject)
) WITHOUT ROWID;
CREATE INDEX interactions_in_order ON interactions (account, at, kind, actor, target, subject);
CREATE INDEX interactions_by_actor ON interactions (account, actor, at);
CREATE INDEX interactions_by_target ON interactions (account, target, at);
CREATE INDEX interactions_by_conversation ON interactions (conversation) WHERE conversation IS NOT NULL;

-- Packed relationship state (priority.tie), derived from the ledger. person 0 holds the account's own state.
CREATE TABLE ties (
    account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    person  INTEGER NOT NULL,
    packed  BLOB NOT NULL,
    at      INTEGER NOT NULL, -- the last interaction it has seen
    PRIMARY KEY (account, person)
) WITHOUT ROWID;

-- Inbox items: turn columns are derived from posts, state columns are the owner's.
CREATE TABLE items (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    account      INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    conversation INTEGER NOT NULL REFERENCES conversations (id),
    person       INTEGER NOT NULL REFERENCES people (id),
    turn         TEXT NOT NULL,
    since        INTEGER NOT NULL,
    post         INTEGER,
    opening      TEXT,
    answers_me   INTEGER NOT NULL DEFAULT 0, -- something they wrote here answers a post of mine
    asks         INTEGER NOT NULL DEFAULT 0,
    thanks       INTEGER NOT NULL DEFAULT 0,
    state        TEXT NOT NULL,
    until        INTEGER,                    -- later: back at this time
    until_post   INTEGER NOT NULL DEFAULT 0, -- later: back when they next post
    until_start  INTEGER NOT NULL DEFAULT 0, -- later: back at the next start
    closed_by    TEXT,
    let_in       INTEGER NOT NULL DEFAULT 0, -- the owner let the person in, for this conversation only
    changed_at   INTEGER NOT NULL,
    UNIQUE (account, conversation, person)
);
CREATE INDEX items_by_state ON items (account, state, changed_at);
CREATE INDEX items_by_person ON items (account, person);
CREATE INDEX items_by_conversation ON items (conversation);

-- What the owner did, in order: the undo stack's memory and what a learner may be replayed from.
CREATE TABLE actions (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL,
    account INTEGER,
    what    TEXT NOT NULL,
    detail  TEXT NOT NULL DEFAULT '{}', -- JSON
    undone  INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE drafts (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    account    INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    text       TEXT NOT NULL,
    warning    TEXT NOT NULL DEFAULT '',
    audience   TEXT NOT NULL,
    language   TEXT,
    reply_to   INTEGER,
    quotes     INTEGER,
    updated_at INTEGER NOT NULL
);
CREATE INDEX drafts_by_target ON drafts (account, reply_to, quotes);

-- Everything that must leave. `kind` is 'post' or a core.draft.ActKind; `content` is the Draft or the act as JSON.
CREATE TABLE outbox (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    account      INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind         TEXT NOT NULL,
    state        TEXT NOT NULL,
    key          TEXT NOT NULL UNIQUE,
    content      TEXT NOT NULL,
    post         INTEGER,                        -- what is acted on, or answered
    person       INTEGER REFERENCES people (id),
    created_at   INTEGER NOT NULL,
    release_at   INTEGER NOT NULL,               -- not before this moment: hold, schedule, back-off
    first_try_at INTEGER,
    tries        INTEGER NOT NULL DEFAULT 0,
    owner        TEXT,                           -- who holds the lease while sending
    reason       TEXT NOT NULL DEFAULT '',
    sent_post    INTEGER,
    changed_at   INTEGER NOT NULL
);
CREATE INDEX outbox_by_state ON outbox (state, release_at);
CREATE INDEX outbox_by_sent_post ON outbox (account, sent_post) WHERE sent_post IS NOT NULL;

CREATE TABLE searches (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    account    INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE, -- its hits are answered from it
    query      TEXT NOT NULL,
    marked     INTEGER NOT NULL DEFAULT 0,
    place      INTEGER NOT NULL,
    created_at INTEGER NOT NULL
);

CREATE TABLE hits (
    search INTEGER NOT NULL REFERENCES searches (id) ON DELETE CASCADE,
    post   INTEGER NOT NULL,
    state  TEXT NOT NULL,
    at     INTEGER NOT NULL, -- the post's own time
    PRIMARY KEY (search, post)
) WITHOUT ROWID;
CREATE INDEX hits_in_order ON hits (search, at, post);
CREATE INDEX hits_new ON hits (search, post) WHERE state = 'new';

-- Where the owner was: per pane and feed, the key of the top row and the line in it.
CREATE TABLE positions (
    place TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    at    INTEGER NOT NULL
) WITHOUT ROWID;

-- The text index. Contentless: `core.query.tokens` writes it, and the matcher decides what is a hit.
CREATE VIRTUAL TABLE words USING fts5 (
    tokens, content = '', detail = none, columnsize = 0, tokenize = 'ascii'
);
