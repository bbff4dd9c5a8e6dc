import { createHash } from 'node:crypto';
import type { Principal } from './policy.ts';

/** The stream that holds who was given a key and when it was taken back. */
export const accessStream = 'access';

/** A key as the log knows it: never the key itself, only its hash. */
export interface KeyAdded {
  readonly id: string;
  readonly type: 'key-added-v1';
  readonly recordedAt: string;
  readonly actor: string;
  readonly key: Principal & { readonly hash: string };
}

export interface KeyRevoked {
  readonly id: string;
  readonly type: 'key-revoked-v1';
  readonly recordedAt: string;
  readonly actor: string;
  readonly key: { readonly id: string };
}

export type KeyEvent = KeyAdded | KeyRevoked;

export interface Key extends Principal {
  readonly hash: string;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly revokedAt: string | null;
}

/** The id of the first administrator's key. */
export const bootstrapName = 'bootstrap';

/** All keys that were ever given, folded from the events of the access stream. */
export class KeyRing {
  readonly #byId = new Map<string, Key>();
  readonly #byHash = new Map<string, string>();

  /** @throws RangeError for an event of a type that is not known here */
  take(event: KeyEvent): void {
    if (event.type === 'key-added-v1') {
      const { recordedAt: createdAt, actor: createdBy, key } = event;
      this.#byId.set(key.id, { ...key, createdAt, createdBy, revokedAt: null });
      this.#byHash.set(key.hash, key.id);
      return;
    }
    if (event.type !== 'key-revoked-v1') {
      throw new RangeError(`no change of keys is written as "${(event as KeyEvent).type}"`);
    }
    const key = this.#byId.get(event.key.id);
    if (key) this.#byId.set(key.id, { ...key, revokedAt: event.recordedAt });
  }

  /** Whose key this is; nobody's when it is unknown or was revoked. */
  principalOf(token: string): Principal | undefined {
    const key = this.#byId.get(this.#byHash.get(hashOf(token)) ?? '');
    return key?.revokedAt === null ? key : undefined;
  }

  /** Whether this key was ever given, revoked or not. */
  knows(token: string): boolean {
    return this.#byHash.has(hashOf(token));
  }

  get(id: string): Key | undefined {
    return this.#byId.get(id);
  }

  all(): readonly Key[] {
    return [...this.#byId.values()];
  }
}

/**
 * Keys are random and long, so a plain SHA-256 keeps them: there is no dictionary to try, and
 * looking one up by its hash takes the same time whether it is right or wrong.
 */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
