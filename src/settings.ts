import { resolve } from 'node:path';
import { limits } from './limits.ts';
import { readConnection, WrongConnection } from './event-store/eventstoredb/connection.ts';
import type { Connection } from './event-store/eventstoredb/connection.ts';

/** What the operator sets, read once at the start. */
export interface Settings {
  readonly port: number;
  readonly host: string;
  /** Folder of the embedded store and of the read models. */
  readonly dataFolder: string;
  /** The embedded engine, or where the cluster is. */
  readonly eventStore: 'embedded:' | Connection;
  readonly bootstrapKey: string | undefined;
}

/** A setting is wrong: the service does not start. The message names each one and what is right. */
export class WrongSettings extends Error {
  override readonly name = 'WrongSettings';
}

const known = ['STOCKPILE_DATA', 'STOCKPILE_EVENT_STORE', 'STOCKPILE_BOOTSTRAP_KEY'];
const others = ['STOCKPILE_URL', 'STOCKPILE_KEY'];

/**
 * Reads the settings from the environment.
 * @throws WrongSettings naming every setting that is wrong or unknown
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const wrong: string[] = [];
  for (const name of Object.keys(env)) {
    if (!name.startsWith('STOCKPILE_') || name.startsWith('STOCKPILE_TEST_')) continue;
    if (known.includes(name) || others.includes(name)) continue;
    wrong.push(`${name} is not a setting of this service; it knows ${known.join(', ')}`);
  }
  const port = env['PORT'] || '3000';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    wrong.push(`PORT is "${port}"; write a number from 0 (any free port) to 65535`);
  }
  const eventStore = eventStoreOf(env['STOCKPILE_EVENT_STORE'] || 'embedded:', wrong);
  const bootstrapKey = env['STOCKPILE_BOOTSTRAP_KEY'];
  const { bootstrapKeyLengthMin: least, bootstrapKeyLengthMax: most } = limits;
  if (bootstrapKey !== undefined && !isKey(bootstrapKey)) {
    wrong.push(
      `STOCKPILE_BOOTSTRAP_KEY must be ${least} to ${most} visible ASCII characters, no spaces; ` +
        'take a long random one, such as "openssl rand -base64 32" gives',
    );
  }
  if (wrong.length > 0) throw new WrongSettings(wrong.join('\n'));
  return {
    port: Number(port),
    host: env['HOST'] || '127.0.0.1',
    dataFolder: resolve(env['STOCKPILE_DATA'] || './data'),
    eventStore,
    bootstrapKey,
  };
}

function isKey(text: string): boolean {
  const { bootstrapKeyLengthMin, bootstrapKeyLengthMax } = limits;
  const isLong = text.length >= bootstrapKeyLengthMin && text.length <= bootstrapKeyLengthMax;
  return isLong && /^[\x21-\x7e]+$/.test(text);
}

function eventStoreOf(text: string, wrong: string[]): Settings['eventStore'] {
  if (text === 'embedded:') return text;
  const [, scheme = ''] = /^([a-z+]{1,20}):\/\//.exec(text) ?? [];
  try {
    if (scheme === 'esdb' || scheme === 'esdb+discover') return readConnection(text);
    wrong.push(`STOCKPILE_EVENT_STORE is "${scheme}…"; write embedded: or esdb://…`);
  } catch (error) {
    if (!(error instanceof WrongConnection)) throw error;
    wrong.push(`STOCKPILE_EVENT_STORE is "${scheme}…": ${error.message}`);
  }
  return 'embedded:';
}
