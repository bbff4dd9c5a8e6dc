import { strict as assert } from 'node:assert';
import { describe, expect, it } from '@jest/globals';
import { counted, declared, destroyed, TestBook } from '../../test/support/book.ts';
import { bookStream, decodeEntry, encodeEntry, UnreadableEvent } from './event-codec.ts';
import { eventTypeOf, kindOf, upcast } from './event-types.ts';
import { kinds } from './kinds.ts';

/** A book with five entries, and the events under which three of them are stored. */
function stored() {
  const ledger = new TestBook();
  ledger.post('inventory', declared('2004', 100, { lot: 'Å\u00a07', site: 'Ужгород' }));
  ledger.post('inventory', declared('2004', 100));
  ledger.post('count', { ...counted('2006', 90), complete: true });
  ledger.post('destruction', {
    ...destroyed('2005', 10),
    remarks: 'line 1\nline 2 "quoted" \u20ac',
  });
  ledger.post('reversal', { entry: 'e4', reason: 'not there' });
  const [inventory, , count, , reversal] = ledger.events;
  assert(inventory && count && reversal);
  return { ledger, inventory, count, reversal };
}

const text = (data: Uint8Array) => Buffer.from(data).toString('utf8');
const event = (data: string | Uint8Array, type = 'inventory-v1') => ({
  type,
  revision: 0,
  data: typeof data === 'string' ? Buffer.from(data) : data,
});
const changed = (change: (event: Record<string, unknown>) => void) => () => {
  const body = JSON.parse(text(stored().inventory.data)) as Record<string, unknown>;
  change(body);
  return event(JSON.stringify(body));
};

describe('A stored event', () => {
  it('is read with the postings it was decided with, and written with the same bytes', () => {
    const { ledger } = stored();
    for (const event of ledger.events) {
      const read = decodeEntry(event);
      expect(read).toEqual(ledger.book.entry(event.id)?.entry);
      expect(read.revision).toBe(event.revision);
      expect(text(encodeEntry(read))).toBe(text(event.data));
    }
  });

  it('is canonical JSON: keys in order, nothing between, text as it was written', () => {
    const json = text(stored().inventory.data);
    expect(json).toMatch(/^\{"actor":.*"type":"inventory-v1"\}$/);
    expect(json).not.toMatch(/\n|": |, "/);
    expect(json).toContain('"lot":"Å\u00a07"');
    expect(JSON.stringify(JSON.parse(json))).toBe(json);
  });

  it('says the same bytes in whatever order its fields were put together', () => {
    const { inventory } = stored();
    const read = decodeEntry(inventory);
    const backwards = Object.fromEntries(Object.entries(read).reverse()) as typeof read;
    expect(text(encodeEntry(backwards))).toBe(text(inventory.data));
  });

  it('holds what happened, who, when and why, and none of what follows from it', () => {
    const names = Object.keys(JSON.parse(text(stored().count.data)) as object);
    expect(names).toEqual([
      'actor',
      'body',
      'causation',
      'contradicts',
      'correlation',
      'found',
      'id',
      'idempotencyKey',
      'recordedAt',
      'requestHash',
      'salt',
      'state',
      'type',
    ]);
  });

  it('of a reversal holds what it reverses, with the version in which that was written', () => {
    const { found } = JSON.parse(text(stored().reversal.data)) as {
      found: Record<string, unknown>;
    };
    expect(found).toMatchObject({
      effectiveDate: '2005',
      type: 'destruction-v1',
      reversed: { id: 'e4', kind: 'destruction' },
    });
  });

  it('is in the stream of its State', () => {
    expect(bookStream('XXA')).toBe('stockpile-XXA');
    expect(stored().inventory.stream).toBe('stockpile-XXA');
  });
});

describe('An event that can not be read', () => {
  it.each([
    ['not UTF-8', () => event(stored().inventory.data.map((b) => (b > 0x7f ? 0xff : b)))],
    ['not JSON', () => event('{"body":')],
    ['empty', () => event('')],
    ['a number', () => event('5')],
    ['nothing', () => event('null')],
    ['a list', () => event('[]')],
    ['without its body', changed((e) => delete e['body'])],
    ['without lines', changed((e) => (e['body'] = { effectiveDate: '2004', basis: 'declared' }))],
    [
      'with lines that are not lines',
      changed((e) => Object.assign(e['body'] as object, { lines: [null] })),
    ],
    ['with a quantity in words', changed((e) => quantity(e, '5'))],
    ['with half a mine', changed((e) => quantity(e, 0.5))],
    [
      'with an impossible date',
      changed((e) => Object.assign(e['body'] as object, { effectiveDate: '2004-02-30' })),
    ],
  ])('because it is %s stops the reader, and says so', (_why, given) => {
    const event = given();
    expect(() => decodeEntry(event)).toThrow(UnreadableEvent);
  });

  it.each(['5', 'null', '[]', '"event"'])('because it is %s says what an event is', (json) => {
    expect(() => decodeEntry(event(json))).toThrow('an event is a JSON object');
  });

  it('because its type is unknown names the type', () => {
    const unknown = { type: 'gift-v1', revision: 0, data: Buffer.from('{"type":"gift-v1"}') };
    expect(() => decodeEntry(unknown)).toThrow(UnreadableEvent);
    expect(() => decodeEntry(unknown)).toThrow('gift-v1');
    const later = {
      type: 'inventory-v9',
      revision: 0,
      data: Buffer.from('{"type":"inventory-v9"}'),
    };
    expect(() => decodeEntry(later)).toThrow('no kind of entry is written as "inventory-v9"');
  });

  it('because it was stored under another type than it says is not taken for either', () => {
    const mistaken = { ...stored().inventory, type: 'loss-v1' };
    expect(() => decodeEntry(mistaken)).toThrow('stored as loss-v1, but says inventory-v1');
  });

  it('because what it reverses is of an unknown type says so too', () => {
    const body = JSON.parse(text(stored().reversal.data)) as { found: { type: string } };
    body.found.type = 'gift-v1';
    expect(() => decodeEntry(event(JSON.stringify(body), 'reversal-v1'))).toThrow(UnreadableEvent);
  });

  it('names the date when it is the date', () => {
    const impossible = { effectiveDate: '2004-13' };
    const event = changed((e) => Object.assign(e['body'] as object, impossible))();
    expect(() => decodeEntry(event)).toThrow(/inventory-v1 can't be read: .*there is no month 13/);
  });
});

describe('The type of an event', () => {
  it('is its kind and version, both ways', () => {
    for (const kind of kinds) expect(kindOf(eventTypeOf(kind))).toBe(kind);
    expect(eventTypeOf('destruction')).toBe('destruction-v1');
    expect(() => kindOf('destruction')).toThrow(RangeError);
  });

  it('of an earlier version is read one step at a time up to the current one', () => {
    const steps = {
      'gift-v1': (e: object) => ({ ...e, type: 'gift-v2', giver: 'unknown' }),
      'gift-v2': (e: object) => ({ ...e, type: 'gift-v3', thanked: false }),
    };
    const old = { type: 'gift-v1', of: 'mines' };
    const read = { type: 'gift-v3', of: 'mines', giver: 'unknown', thanked: false };
    expect(upcast('gift-v1', old, steps)).toEqual(read);
    expect(upcast('gift-v3', read, steps)).toEqual(read);
    expect(old).toEqual({ type: 'gift-v1', of: 'mines' });
  });
});

function quantity(event: Record<string, unknown>, value: unknown): void {
  const { lines } = event['body'] as { lines: object[] };
  Object.assign(lines[0] ?? {}, { quantity: value });
}
