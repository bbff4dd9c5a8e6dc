/** Marks the file as ours: "STLG" in ASCII. */
export const applicationId = 0x53544c47;

/** Version of the tables below; a store with a higher one was written by a newer program. */
export const schemaVersion = 1;

/** The tables and indexes of a log, by name, exactly as SQLite keeps their text. */
export const schema: Readonly<Record<string, string>> = {
  events:
    'CREATE TABLE events (position INTEGER PRIMARY KEY, stream TEXT NOT NULL, ' +
    'revision INTEGER NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, data BLOB NOT NULL, ' +
    'checksum INTEGER NOT NULL) STRICT',
  events_by_id: 'CREATE UNIQUE INDEX events_by_id ON events (id)',
  events_by_stream: 'CREATE UNIQUE INDEX events_by_stream ON events (stream, revision)',
};

/** File names within the folder of a store. */
export const fileNames = { log: 'log.db', lock: 'lock.db', holder: 'lock.pid' } as const;
