/**
 * The first shape of the store. Rows stay in the order they came in, so that big bodies never weigh on a lookup by
 * (log, seq); the second index alone answers what is unread.
 */
export const version1 = `
  CREATE TABLE record (
    kind TEXT NOT NULL,
    id BLOB NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (kind, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE event (
    log INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    conversation INTEGER NOT NULL,
    clock INTEGER NOT NULL,
    id BLOB NOT NULL,
    sealed BLOB NOT NULL,
    UNIQUE (log, seq)
  ) STRICT;

  CREATE INDEX event_order ON event (conversation, clock, id, log);
`
