-- From version 11 to 12: conversations that are watched without posting in them.

-- Primary data: that the owner watches it, and what of it they have looked at.
CREATE TABLE watches (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    account      INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    conversation INTEGER NOT NULL REFERENCES conversations (id),
    post         INTEGER NOT NULL, -- at which watching began
    began_at     INTEGER NOT NULL,
    quiet        INTEGER NOT NULL, -- milliseconds without anything new until it ends by itself
    active_at    INTEGER NOT NULL, -- when something last came, or watching began
    next_at      INTEGER NOT NULL, -- the server is not asked before
    rest         INTEGER NOT NULL, -- the interval that led there
    asked_at     INTEGER,          -- when the server last answered
    trouble      TEXT NOT NULL DEFAULT '',
    ended_at     INTEGER,
    ended        TEXT,             -- core.watching.Ended
    UNIQUE (account, conversation)
);
CREATE INDEX watches_by_conversation ON watches (conversation);

-- The posts of a watched conversation as they came, each once: so a post is new once, whatever brings it.
CREATE TABLE watched_posts (
    watch   INTEGER NOT NULL REFERENCES watches (id) ON DELETE CASCADE,
    post    INTEGER NOT NULL,
    came_at INTEGER NOT NULL,
    looked  INTEGER NOT NULL, -- the owner has seen it, wrote it, or it was there when watching began
    PRIMARY KEY (watch, post)
) WITHOUT ROWID;
