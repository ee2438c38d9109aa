-- From version 5 to 6: what goes with a text, and what it must wait for.

ALTER TABLE drafts ADD COLUMN edits INTEGER; -- the own post whose text it is to become
ALTER TABLE drafts ADD COLUMN parts TEXT NOT NULL DEFAULT '{}'; -- JSON: store.drafts.Parts
DROP INDEX drafts_by_target;
CREATE INDEX drafts_by_target ON drafts (account, reply_to, quotes, edits);

ALTER TABLE outbox ADD COLUMN follows INTEGER; -- the row that must have left before it
ALTER TABLE outbox ADD COLUMN remote_id TEXT;  -- the server's id of it while the server keeps it for later
