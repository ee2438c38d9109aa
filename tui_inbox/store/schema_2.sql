-- From version 1 to 2: how far a feed is known without a break, and holes that can never be filled.

-- Entries up to this arrival number (`entries.seq`) were joined by pages of the server: between them nothing is
-- missing but what a row in `gaps` tells. What a stream has brought since then is not proven to be all there was.
ALTER TABLE feeds ADD COLUMN joined INTEGER NOT NULL DEFAULT 0;
UPDATE feeds SET joined = ifnull((SELECT max(seq) FROM entries WHERE entries.feed = feeds.id), 0);

ALTER TABLE gaps ADD COLUMN lost INTEGER NOT NULL DEFAULT 0; -- the server no longer keeps what was here
