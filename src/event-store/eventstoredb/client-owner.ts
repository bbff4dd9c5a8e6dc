import { EventStoreDBClient } from '@eventstore/db-client';
import type { Connection } from './connection.ts';

/**
 * The one client of a store. A client that has lost its connection is not used again: it would
 * begin a new discovery of its own, and where that fails while an old call still ends, the client
 * lets go of a rejected promise and the process dies. A new client starts clean, also after a
 * failed discovery, which may spoil a client for good.
 */
export class ClientOwner {
  readonly connection: Connection;
  #client: EventStoreDBClient | undefined;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  get client(): EventStoreDBClient {
    this.#client ??= EventStoreDBClient.connectionString(this.connection.clientString);
    return this.#client;
  }

  /** With every call: with credentials of its own the client gives an append a call of its own. */
  get callOptions() {
    return { credentials: this.connection.credentials, requiresLeader: true } as const;
  }

  /** Takes a client out of use; calls under way on it end as they may. */
  retire(client: EventStoreDBClient): void {
    if (this.#client === client) this.#client = undefined;
  }

  /** Lets go of the client, whose calls must have ended. */
  async close(): Promise<void> {
    await this.#client?.dispose();
    this.#client = undefined;
  }
}
