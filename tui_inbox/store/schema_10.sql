-- From version 9 to 10: what is known of hits, and which of a search's hits are wanted.

ALTER TABLE searches ADD COLUMN asks_only INTEGER NOT NULL DEFAULT 0; -- only hits that ask for something are shown
ALTER TABLE searches ADD COLUMN passed INTEGER NOT NULL DEFAULT 0;    -- what it found and did not keep on one day,
ALTER TABLE searches ADD COLUMN passed_on INTEGER NOT NULL DEFAULT 0; -- the day's number (1 = 1 January of year 1)

ALTER TABLE hits ADD COLUMN asks INTEGER NOT NULL DEFAULT 1;        -- by the rules of the settings file; 1 until asked
ALTER TABLE hits ADD COLUMN same INTEGER;                           -- core.same_text.fingerprint; NULL: says too little
ALTER TABLE hits ADD COLUMN until INTEGER;                          -- later: back at this time
ALTER TABLE hits ADD COLUMN until_post INTEGER NOT NULL DEFAULT 0;  -- later: back when its author next posts
ALTER TABLE hits ADD COLUMN until_start INTEGER NOT NULL DEFAULT 0; -- later: back at the next start
ALTER TABLE hits ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0;  -- when it was dealt with or put off last

CREATE INDEX hits_same ON hits (search, same) WHERE same IS NOT NULL;
CREATE INDEX hits_by_post ON hits (post);
CREATE INDEX hits_later ON hits (search, post) WHERE state = 'later';
