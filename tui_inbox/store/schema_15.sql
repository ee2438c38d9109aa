-- From version 14 to 15: what was bought of a network that is paid for what is read.

-- What was bought on a day (days since the epoch, UTC, as its network counts them): the same thing again costs nothing
-- until the next day. Rows of earlier days go with the first purchase of a new one.
CREATE TABLE purchases (
    account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    day     INTEGER NOT NULL,
    thing   TEXT NOT NULL,    -- as `post:123`; things that are paid each time have a name of their own each time
    price   INTEGER NOT NULL, -- millionths of a dollar
    PRIMARY KEY (account, day, thing)
) WITHOUT ROWID;

-- What each day has cost altogether; kept for a year, so that somebody can see where the money went.
CREATE TABLE spent (
    account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    day     INTEGER NOT NULL,
    price   INTEGER NOT NULL,
    PRIMARY KEY (account, day)
) WITHOUT ROWID;
