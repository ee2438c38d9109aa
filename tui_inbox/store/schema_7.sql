-- From version 6 to 7: what was found out about strangers.

-- What the posts of somebody told, the last time they were read for it. It can be found out again. The posts behind it
-- are kept as they were read, and not among posts: nothing of them may open a turn, stand in a feed or be a hit.
CREATE TABLE checks (
    account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    person  INTEGER NOT NULL REFERENCES people (id),
    at      INTEGER NOT NULL,
    due_at  INTEGER NOT NULL,          -- when it is worth asking again
    gist    TEXT NOT NULL DEFAULT '',  -- what they had written to the owner by then, whomever it named
    verdict TEXT NOT NULL,             -- core.findings.Verdict
    found   TEXT NOT NULL,             -- JSON: core.findings.Check
    quoted  TEXT NOT NULL DEFAULT '[]', -- JSON: core.findings.Quoted each
    PRIMARY KEY (account, person)
);
