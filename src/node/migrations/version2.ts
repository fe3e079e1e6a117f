/**
 * Messages about messages: what part each row plays, and which rows are about which message. Everything written before is
 * a line. The part stands in the index that answers history and what is unread, so that neither reads what it leaves out.
 */
export const version2 = `
  ALTER TABLE event ADD COLUMN part INTEGER NOT NULL DEFAULT 0;

  DROP INDEX event_order;
  CREATE INDEX event_order ON event (conversation, clock, id, log, part);
  CREATE INDEX event_open ON event (conversation, clock, id) WHERE part IN (2, 4);

  CREATE TABLE relation (
    target BLOB NOT NULL,
    slot BLOB NOT NULL,
    clock INTEGER NOT NULL,
    id BLOB NOT NULL,
    log INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (target, slot, clock, id)
  ) STRICT, WITHOUT ROWID;
`
