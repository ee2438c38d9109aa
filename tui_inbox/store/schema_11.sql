-- From version 10 to 11: sources outside an account that standing searches listen to.

-- Feeds at an address, and public streams of networks. Primary data as long as a search listens.
CREATE TABLE outside_sources (
    id      INTEGER PRIMARY KEY,
    kind    TEXT NOT NULL,            -- feed or stream
    address TEXT NOT NULL,            -- of a stream the name of its network
    title   TEXT NOT NULL DEFAULT '', -- what a feed calls itself
    state   TEXT NOT NULL DEFAULT '', -- how far it was read: its reader's own text
    UNIQUE (kind, address)
);

CREATE TABLE search_sources (
    search INTEGER NOT NULL REFERENCES searches (id) ON DELETE CASCADE,
    source INTEGER NOT NULL REFERENCES outside_sources (id) ON DELETE CASCADE,
    heard  INTEGER NOT NULL DEFAULT 0, -- it was put to the search as a whole once: what comes now is news
    PRIMARY KEY (search, source)
) WITHOUT ROWID;
-- 1: it is put to what it listens to, and not to what reaches its account.
ALTER TABLE searches ADD COLUMN outside_only INTEGER NOT NULL DEFAULT 0;
CREATE INDEX search_sources_by_source ON search_sources (source, search);
