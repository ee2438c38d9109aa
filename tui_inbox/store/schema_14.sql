-- From version 13 to 14: where pictures of people lie.

-- Beside the people, because lists of posts read all of these and never the picture: it is looked at on one card.
CREATE TABLE person_pictures (
    person  INTEGER PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    address TEXT NOT NULL
);
