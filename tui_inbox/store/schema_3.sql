-- From version 2 to 3: who waits at the door, as the account's server said when it was last asked.

CREATE TABLE door (
    account    INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL,              -- store.door.Wish
    person     INTEGER NOT NULL REFERENCES people (id),
    place      INTEGER NOT NULL,           -- in the server's order, from 0
    request_id TEXT NOT NULL DEFAULT '',   -- the server's id of what is held back
    at         INTEGER,                    -- when they were last heard from, where the server says so
    notices    INTEGER NOT NULL DEFAULT 0, -- how many notifications are held back
    text       TEXT NOT NULL DEFAULT '',   -- of the newest post held back: it is in no other table before it is let in
    PRIMARY KEY (account, kind, person)
) WITHOUT ROWID;
