/**
 * The journal's tables. Days are numbers `yyyymmdd`, so that a year (`yyyy`) and a month
 * (`yyyymm`) are numbers beside them. Positions are those of the log.
 *
 * Two times: `sums` keeps for each cell (State, account, munition) and each calendar bucket (see
 * `buckets.ts`) its running total after every entry that changed it; the last row at or before a
 * position is the bucket's total as known then. A figure of any day is the sum of the few buckets
 * that together hold all days through it.
 * `buckets` and `holding_days` hold the same as known now.
 *
 * `moments` are the positions at which the log can be asked: those that complete what one request
 * recorded, never one between the parts of a correction.
 */
export const schema = `
CREATE TABLE applied (one INTEGER PRIMARY KEY CHECK (one = 1), position INTEGER, id TEXT);
-- one for each request
CREATE TABLE moments (position INTEGER PRIMARY KEY, at INTEGER NOT NULL);
CREATE INDEX moment_at ON moments (at, position);
CREATE TABLE states (
  id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, revision INTEGER NOT NULL,
  inflow INTEGER NOT NULL);
CREATE TABLE entries (
  position INTEGER PRIMARY KEY, id TEXT NOT NULL, state INTEGER NOT NULL, revision INTEGER NOT NULL,
  kind TEXT NOT NULL, type TEXT NOT NULL, first INTEGER NOT NULL, day INTEGER NOT NULL,
  effective TEXT NOT NULL, reversed_by INTEGER, event BLOB NOT NULL);
CREATE UNIQUE INDEX entry_id ON entries (id);
CREATE UNIQUE INDEX entry_revision ON entries (state, revision);
CREATE TABLE cells (
  id INTEGER PRIMARY KEY, state INTEGER NOT NULL, account TEXT NOT NULL, munition_key TEXT NOT NULL,
  munition TEXT NOT NULL, UNIQUE (state, account, munition_key));
CREATE TABLE holdings (
  id INTEGER PRIMARY KEY, state INTEGER NOT NULL, key TEXT NOT NULL, cell INTEGER NOT NULL,
  account TEXT NOT NULL, munition TEXT NOT NULL, lot TEXT, site TEXT, institution TEXT,
  shipment TEXT, difference TEXT, munition_key TEXT NOT NULL, lot_key TEXT, site_key TEXT,
  institution_key TEXT, shipment_key TEXT NOT NULL, total INTEGER NOT NULL, UNIQUE (state, key));
CREATE INDEX holding_munition ON holdings (state, munition_key);
CREATE INDEX holding_account ON holdings (state, account);
CREATE INDEX holding_lot ON holdings (state, lot_key);
CREATE INDEX holding_site ON holdings (state, site_key);
CREATE INDEX holding_institution ON holdings (state, institution_key);
CREATE TABLE postings (
  state INTEGER, book TEXT, day INTEGER, position INTEGER, leg INTEGER, holding INTEGER NOT NULL,
  quantity INTEGER NOT NULL, PRIMARY KEY (state, book, day, position, leg)) WITHOUT ROWID;
CREATE INDEX posting_holding ON postings (holding, day, position, quantity);
CREATE TABLE holding_days (
  holding INTEGER, day INTEGER, change INTEGER NOT NULL, PRIMARY KEY (holding, day)) WITHOUT ROWID;
CREATE TABLE buckets (
  cell INTEGER, bucket INTEGER, position INTEGER NOT NULL, total INTEGER NOT NULL,
  PRIMARY KEY (cell, bucket)) WITHOUT ROWID;
CREATE TABLE sums (
  cell INTEGER, bucket INTEGER, position INTEGER, total INTEGER NOT NULL,
  PRIMARY KEY (cell, bucket, position)) WITHOUT ROWID;
CREATE TABLE declarations (
  holding INTEGER, day INTEGER, position INTEGER, PRIMARY KEY (holding, day, position)) WITHOUT ROWID;
CREATE TABLE doubts (
  state INTEGER, cell INTEGER, holding INTEGER, day INTEGER, position INTEGER,
  PRIMARY KEY (state, cell, holding, day, position)) WITHOUT ROWID;
CREATE TABLE assertions (
  holding INTEGER, day INTEGER, position INTEGER, counted INTEGER NOT NULL, settles INTEGER NOT NULL,
  PRIMARY KEY (holding, day, position)) WITHOUT ROWID;
CREATE TABLE complete_counts (
  state INTEGER, account TEXT, shipment TEXT, day INTEGER, position INTEGER, settles INTEGER NOT NULL,
  PRIMARY KEY (state, account, shipment, day, position)) WITHOUT ROWID;
CREATE TABLE differences (
  position INTEGER, n INTEGER, id TEXT NOT NULL UNIQUE, state INTEGER NOT NULL, kind TEXT NOT NULL,
  holding INTEGER, mark INTEGER, day INTEGER NOT NULL, since INTEGER NOT NULL, expected INTEGER,
  counted INTEGER, quantity INTEGER, exact INTEGER NOT NULL, about TEXT,
  PRIMARY KEY (state, position, n)) WITHOUT ROWID;
CREATE TABLE explanations (
  difference TEXT, position INTEGER, day INTEGER NOT NULL, quantity INTEGER NOT NULL,
  PRIMARY KEY (difference, position)) WITHOUT ROWID;
CREATE TABLE shipment_claims (
  shipment_key TEXT, position INTEGER, leg INTEGER, shipment TEXT NOT NULL, state INTEGER NOT NULL,
  side TEXT NOT NULL, munition TEXT NOT NULL, lot TEXT, munition_key TEXT NOT NULL,
  lot_key TEXT NOT NULL, quantity INTEGER NOT NULL, day INTEGER NOT NULL, other TEXT,
  kept INTEGER NOT NULL,
  PRIMARY KEY (shipment_key, position, leg)) WITHOUT ROWID;
CREATE INDEX contradiction ON differences (state) WHERE kind = 'contradicted-count';
CREATE TABLE contradicted (
  difference TEXT, count INTEGER, day INTEGER NOT NULL, PRIMARY KEY (difference, count)) WITHOUT ROWID;
`;

/** A day as the tables write it: 20101231. */
export function dayNumber(day: string): number {
  return Number(day.slice(0, 4) + day.slice(5, 7) + day.slice(8, 10));
}

/** A day number as the ledger writes it: 2010-12-31. */
export function dayText(day: number): string {
  const text = String(day).padStart(8, '0');
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}
