-- From version 4 to 5: what keeps a quoted post from one account stands in that account's view, and what mentions
-- the owner is a feed like others.

-- NULL where no server said anything of a quote; '' where it did, and nothing keeps it from the account.
ALTER TABLE post_views ADD COLUMN quote TEXT;

-- Which of several accounts was told is not known: then it is said again when the post is next seen.
UPDATE post_views SET quote = (SELECT extras ->> '$.quote' FROM posts WHERE id = post)
WHERE post IN (SELECT p.id FROM posts p
    CROSS JOIN accounts c CROSS JOIN post_views v ON v.account = c.id AND v.post = p.id
    WHERE p.extras ->> '$.quote' IN ('unauthorized', 'blocked_account', 'blocked_domain', 'muted_account')
    GROUP BY p.id HAVING count(*) = 1);
UPDATE posts SET extras = json_set(extras, '$.quote', 'accepted')
WHERE extras ->> '$.quote' IN ('unauthorized', 'blocked_account', 'blocked_domain', 'muted_account');

-- What notifications have brought so far. Where reading them was broken off (sync/notice_pages.py) there is a hole,
-- which nothing here would tell: such an account begins with the first page that is read.
CREATE TEMPORARY VIEW told AS SELECT n.account, n.at, n.notice_id, p.id AS post, p.uri FROM notices n
CROSS JOIN posts p ON p.id = n.post WHERE n.kind IN ('mention', 'quote') AND n.account NOT IN (
    SELECT account FROM account_state WHERE name = 'notices to be read below' AND value != '[]');
INSERT INTO feeds (account, name) SELECT DISTINCT account, 'mentions' FROM told;
INSERT OR IGNORE INTO entries (feed, filed_at, identity, post, entry_id)
SELECT f.id, t.at, t.uri, t.post, t.notice_id FROM told t
CROSS JOIN feeds f ON f.account = t.account AND f.name = 'mentions' ORDER BY t.at, t.notice_id;
UPDATE feeds SET joined = (SELECT max(seq) FROM entries) WHERE name = 'mentions';
DROP VIEW told;
