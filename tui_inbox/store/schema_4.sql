-- From version 3 to 4: groups of the owner's own, and which addresses posts point to.

-- People gathered by hand, across accounts and networks: primary data, no server knows of it.
CREATE TABLE groups (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    name    TEXT NOT NULL,
    made_at INTEGER NOT NULL
);

CREATE TABLE group_members (
    group_id INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    person   INTEGER NOT NULL REFERENCES people (id),
    added_at INTEGER NOT NULL,
    PRIMARY KEY (group_id, person)
) WITHOUT ROWID;
CREATE INDEX group_members_by_person ON group_members (person);

-- The addresses that the text or the card of a post points to; derived from posts (store/pointers.py).
CREATE TABLE pointers (
    post    INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    address TEXT NOT NULL,
    author  INTEGER NOT NULL,
    at      INTEGER NOT NULL, -- when the post was written
    PRIMARY KEY (post, address)
) WITHOUT ROWID;
CREATE INDEX pointers_in_order ON pointers (at, post, author);
CREATE INDEX pointers_by_address ON pointers (address, at, post, author);

INSERT INTO pointers (post, address, author, at)
SELECT p.id, link.value ->> 2, p.author, p.created_at FROM posts p CROSS JOIN json_each(p.extras, '$.links') link
WHERE p.audience != 'direct' AND substr(p.text, 1 + (link.value ->> 0), 1) NOT IN ('@', '#')
UNION
SELECT id, extras ->> '$.card[0]', author, created_at FROM posts
WHERE audience != 'direct' AND extras ->> '$.card[0]' IS NOT NULL;
