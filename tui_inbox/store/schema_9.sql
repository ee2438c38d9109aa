-- From version 8 to 9: who is the same person.

-- That two are one person: said by the owner, or by a server of somebody who has moved. Primary data; a row that is
-- parted stays, so that a server does not join again what the owner has taken apart.
CREATE TABLE aliases (
    person  INTEGER NOT NULL REFERENCES people (id), -- the smaller of the two local ids
    other   INTEGER NOT NULL REFERENCES people (id),
    moved   INTEGER,                                 -- who of the two went away, where a server said it; NULL by hand
    parted  INTEGER NOT NULL DEFAULT 0,
    at      INTEGER NOT NULL,                        -- 0 where a server said it
    PRIMARY KEY (person, other),
    CHECK (person < other)
) WITHOUT ROWID;
CREATE INDEX aliases_by_other ON aliases (other);

-- When an edit brought a name into a post that was stored without it; NULL where it stood there as far back as is known.
ALTER TABLE mentions ADD COLUMN since INTEGER;
