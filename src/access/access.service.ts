import {
  Inject,
  Injectable,
  Logger,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import type { Subscription } from 'rxjs';
import { v4 as uuidv4 } from 'uuid';
import { WrongExpectedRevision } from '../event-store/errors.ts';
import type { EventStore } from '../event-store/event-store.ts';
import { EVENT_STORE } from '../event-store/event-store.token.ts';
import { FollowedStream } from '../event-store/followed-stream.ts';
import { Problem } from '../http/problem.ts';
import { JournalService } from '../journal/journal.service.ts';
import { LedgerClock } from '../ledger-clock.ts';
import { limits } from '../limits.ts';
import { SETTINGS } from '../settings.token.ts';
import type { Settings } from '../settings.ts';
import {
  accessStream,
  bootstrapName,
  hashOf,
  KeyRing,
  type Key,
  type KeyEvent,
} from './key-ring.ts';
import { may, type Principal } from './policy.ts';

/** Who has which key. Keys given and revoked are events in the log, like everything else. */
@Injectable()
export class AccessService implements OnModuleInit, OnModuleDestroy {
  readonly #log = new Logger('Access');
  readonly #ring = new KeyRing();
  readonly #stream: FollowedStream<KeyEvent>;
  #following: Subscription | undefined;

  constructor(
    @Inject(EVENT_STORE) store: EventStore,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LedgerClock) private readonly clock: LedgerClock,
    @Inject(JournalService) private readonly journal: JournalService,
  ) {
    this.#stream = new FollowedStream(store, accessStream, (event) => this.#ring.take(event));
  }

  async onModuleInit(): Promise<void> {
    await this.#stream.catchUp();
    this.#following = this.journal.follow((events) => this.#stream.take(events));
    await this.#bootstrap();
  }

  onModuleDestroy(): void {
    this.#following?.unsubscribe();
  }

  principalOf(token: string): Principal | undefined {
    return this.#ring.principalOf(token);
  }

  /** A caller as they are now; `undefined` once their key was revoked. */
  current(id: string): Principal | undefined {
    const key = this.#ring.get(id);
    return key?.revokedAt === null ? key : undefined;
  }

  keys(): readonly Key[] {
    return this.#ring.all();
  }

  /**
   * Gives a key under an id. It is told once and kept only as a hash: asked again with the same id,
   * the answer has no token. @throws Problem when the id belongs to a key made otherwise
   */
  async add(made: Principal, by: string): Promise<Key & { readonly token: string | null }> {
    this.journal.mustBeReady();
    const token = randomBytes(32).toString('base64url');
    let isNew = false;
    await this.#append(() => {
      isNew = this.#ring.get(made.id) === undefined;
      return isNew ? [this.#adding(made, token, by)] : [];
    });
    const key = this.#ring.get(made.id);
    const [asked, is] = [made, key].map((k) => JSON.stringify([k?.name, k?.role, k?.states]));
    if (key === undefined || asked !== is) {
      throw new Problem('idempotency-key-reused', 'The Idempotency-Key made another key');
    }
    return { ...key, token: isNew ? token : null };
  }

  /**
   * Takes a key back, from this moment on. @throws Problem `not-found`, or `last-administrator`
   * when nobody could make or take back keys without it
   */
  async revoke(id: string, by: string): Promise<void> {
    this.journal.mustBeReady();
    await this.#append(() => {
      const key = this.#ring.get(id);
      if (key === undefined) throw new Problem('not-found', `There is no key ${id}`);
      if (key.revokedAt !== null) return [];
      if (isAdministrator(key) && this.#ring.all().filter(isAdministrator).length === 1) {
        const detail = 'Nobody could make keys any more; make another administrator’s key first';
        throw new Problem('last-administrator', detail);
      }
      const recordedAt = this.clock.stamp();
      return [{ id: uuidv4(), type: 'key-revoked-v1', recordedAt, actor: by, key: { id } }];
    });
  }

  #adding(principal: Principal, token: string, by: string): KeyEvent {
    const key = { ...principal, hash: hashOf(token) };
    return {
      id: uuidv4(),
      type: 'key-added-v1',
      recordedAt: this.clock.stamp(),
      actor: by,
      key,
    };
  }

  /** The first administrator: with the key that the operator set, or one printed once. */
  async #bootstrap(): Promise<void> {
    const given = this.settings.bootstrapKey;
    const administrator = {
      name: bootstrapName,
      role: 'administrator' as const,
      states: 'all' as const,
    };
    if (given !== undefined && !this.#ring.knows(given)) {
      const id = `${bootstrapName}-${uuidv4()}`;
      await this.#append(() => [this.#adding({ ...administrator, id }, given, bootstrapName)]);
    } else if (given === undefined && this.#stream.isEmpty) {
      const id = `${bootstrapName}-${uuidv4()}`;
      const { token } = await this.add({ ...administrator, id }, bootstrapName);
      process.stdout.write(`\nThe first administrator's key, shown only now:\n\n    ${token}\n\n`);
    }
    if (given !== undefined && this.#ring.principalOf(given) === undefined) {
      this.#log.warn('STOCKPILE_BOOTSTRAP_KEY was revoked and opens nothing: remove the setting');
    }
    if (this.#ring.all().some((k) => k.name === bootstrapName && k.revokedAt === null)) {
      this.#log.warn('The bootstrap key is still valid: make keys for people, then revoke it');
    }
  }

  async #append(make: () => readonly KeyEvent[]): Promise<void> {
    try {
      await this.#stream.append(make, limits.decideAttemptsMax);
    } catch (error) {
      if (!(error instanceof WrongExpectedRevision)) throw error;
      throw new Problem('busy-book', 'Others keep changing the keys', { retryAfterSeconds: 1 });
    }
  }
}

/** Whether a key still opens the making of keys. */
function isAdministrator(key: Key): boolean {
  return key.revokedAt === null && may(key, 'manage-keys');
}
