-- From version 12 to 13: what feeds call posts that turned out to be a server's.

-- A feed goes on telling of such a post by its own name: it is the same, and no news.
CREATE TABLE feed_names (
    uri  TEXT PRIMARY KEY,                                        -- its URI in the network "feed"
    post INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE, -- what it turned out to be
    was  INTEGER UNIQUE -- the local id under which it stood till then, where that was another one
) WITHOUT ROWID;
CREATE INDEX feed_names_by_post ON feed_names (post);

-- What a server shows may have been brought by a feed before: they agree in the address of the page.
CREATE INDEX posts_of_feeds ON posts (url) WHERE network = 'feed';
