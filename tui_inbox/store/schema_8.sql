-- From version 7 to 8: what is remembered of people beside the ledger.

ALTER TABLE person_views ADD COLUMN looked_at INTEGER; -- when the owner last looked what they do

-- Whom the owner does not want to be reminded of, and by what: primary data.
CREATE TABLE set_aside (
    account    INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    person     INTEGER NOT NULL REFERENCES people (id),
    suggestion TEXT NOT NULL, -- core.suggestion.Suggestion
    at         INTEGER NOT NULL,
    until      INTEGER,       -- NULL: for good
    PRIMARY KEY (account, person, suggestion)
) WITHOUT ROWID;

-- Who was last told to have gone quiet, and in which week: those of a week stay the same.
CREATE TABLE reminders (
    account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    person  INTEGER NOT NULL REFERENCES people (id),
    week    INTEGER NOT NULL, -- the day number (1 = 1 January of year 1) of its Monday
    place   INTEGER NOT NULL, -- the order in which they stood, from 0
    PRIMARY KEY (account, person)
) WITHOUT ROWID;

-- What somebody has passed on: what the People pane tells of those who are pinned.
CREATE INDEX boosts_by_person ON boosts (person, at);
