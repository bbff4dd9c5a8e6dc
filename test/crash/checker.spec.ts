import { describe, expect, it } from '@jest/globals';
import { check } from './checker.ts';
import type { Answer, Final, History, Read, Write } from './history.ts';

/** The same history, open to be broken. */
type Open<T> = T extends object ? { -readonly [K in keyof T]: Open<T[K]> } : T;
type Posting = { account: string; munition: string; quantity: number };
type Entry = {
  entry: string;
  position: string;
  revision: string;
  recordedAt: string;
  idempotencyKey: string;
  effectiveDate: string;
  reversedBy: string | null;
  body: { lines: { quantity: number }[] };
  postings: Posting[];
};
type Figures = {
  effective: string;
  known: { position: string };
  remaining: number;
  accounts: Record<string, number>;
};
interface Broken {
  writes: (Omit<Open<Write>, 'answers' | 'toOtherBody'> & {
    answers: (Omit<Open<Answer>, 'body'> & { body: Entry })[];
    toOtherBody: (Omit<Open<Answer>, 'body'> & { body: unknown })[];
  })[];
  reads: (Omit<Open<Read>, 'body'> & { body: Figures })[];
  finals: (Omit<Open<Final>, 'entries' | 'remaining'> & { entries: Entry[]; remaining: Figures })[];
}

const place = { lot: null, site: null, institution: null, shipment: null, difference: null };
const leg = (account: string, quantity: number) => ({
  account,
  munition: 'M14',
  ...place,
  quantity,
});

function entryOf(
  n: number,
  kind: string,
  effectiveDate: string,
  postings: Posting[],
  body: object,
) {
  return {
    entry: `id-${n}`,
    position: String(n * 2 + 2),
    revision: String(n),
    recordedAt: `2026-01-01T00:00:0${n}.000Z`,
    kind,
    effectiveDate,
    idempotencyKey: `key-${n}`,
    reversedBy: null,
    causation: null,
    body,
    postings,
  };
}

/** A small history in which all is well: 10 mines declared, 4 destroyed, 1 lost and found again. */
function sound(): Broken {
  const lines = (quantity: number) => ({ lines: [{ munition: 'M14', quantity }] });
  const from = { from: 'held/stockpile' };
  const stock = (quantity: number) => leg('held/stockpile', quantity);
  const declared = [leg('source/declared', -10), stock(10)];
  const destroyed = [stock(-4), leg('gone/destroyed-article-4', 4)];
  const lost = [stock(-1), leg('gone/lost', 1)];
  const entries = [
    entryOf(0, 'inventory', '2001', declared, { basis: 'declared', ...lines(10) }),
    entryOf(1, 'destruction', '2002-02', destroyed, { ...from, ...lines(4) }),
    entryOf(2, 'loss', '2003-01-01', lost, { ...from, cause: 'lost', ...lines(1) }),
    entryOf(3, 'reversal', '2003-01-01', [stock(1), leg('gone/lost', -1)], { entry: 'id-2' }),
  ].map((entry) => (entry.entry === 'id-2' ? { ...entry, reversedBy: 'id-3' } : entry));
  const paths = ['inventories', 'destructions', 'losses', 'reversals'];
  const writes = entries.map((entry, n) => ({
    state: 'XXA',
    path: paths[n] ?? '',
    key: entry.idempotencyKey,
    body: entry.body,
    sent: n * 10,
    answers: [1, 5].map((at, time) => ({
      began: n * 10 + at,
      ended: n * 10 + at + 1,
      status: 201,
      replayed: time > 0,
      body: entry,
    })),
    lost: 0,
    toOtherBody: [{ began: 90 + n, ended: 91 + n, status: 422, replayed: false, body: {} }],
  }));
  const refused = {
    ...writes[0],
    key: 'key-refused',
    answers: [{ began: 60, ended: 61, status: 409, replayed: false, body: {} }],
    toOtherBody: [],
  };
  const figures = (effective: string, position: string, remaining: number, gone: number) => ({
    effective,
    known: { position },
    remaining,
    retained: 0,
    custody: 0,
    accounts: {
      'held/stockpile': remaining,
      ...(gone > 0 && { 'gone/destroyed-article-4': gone }),
    },
  });
  const reads = [
    { state: 'XXA', reader: 0, minPosition: '2', body: figures('2002-02-27', '4', 10, 0) },
    { state: 'XXA', reader: 0, minPosition: '4', body: figures('2002-02-28', '5', 6, 4) },
  ];
  const finals = [{ state: 'XXA', entries, remaining: figures('2026-01-01', '8', 6, 4) }];
  // Through text, so that nothing in it is shared: what is broken is broken in one place.
  return JSON.parse(JSON.stringify({ writes: [...writes, refused], reads, finals })) as Broken;
}

/** The same, and then a correction: the 10 declared are taken back, and so many declared instead. */
function corrected(quantity: number): Broken {
  const history = sound();
  const book = history.finals[0]!;
  const stock = (n: number) => [leg('source/declared', -n), leg('held/stockpile', n)];
  const declared = { kind: 'inventory', effectiveDate: '2001', basis: 'declared' };
  const replacement = { ...declared, lines: [{ munition: 'M14', quantity }] };
  const body = { reason: 'misread', reverse: ['id-0'], replace: [replacement] };
  const { kind: _, ...inventory } = replacement;
  const parts = [
    entryOf(4, 'correction', '2001', [], body),
    entryOf(5, 'reversal', '2001', stock(-10), { entry: 'id-0', reason: 'misread' }),
    entryOf(6, 'inventory', '2001', stock(quantity), inventory),
  ].map((entry, n) => ({ ...entry, idempotencyKey: 'key-4', ...(n > 0 && { causation: 'id-4' }) }));
  book.entries[0]!.reversedBy = 'id-5';
  book.entries.push(...(JSON.parse(JSON.stringify(parts)) as Entry[]));
  const remaining = quantity - 4;
  const accounts = { 'held/stockpile': remaining, 'gone/destroyed-article-4': 4 };
  Object.assign(book.remaining, { remaining, accounts, known: { position: '14' } });
  const write = { state: 'XXA', path: 'corrections', key: 'key-4', body, sent: 200 };
  history.writes.push({ ...write, answers: [], lost: 1, toOtherBody: [] });
  return history;
}

/** Each way to break it, and what the checker must say. */
const ways: [string, (history: Broken) => void, RegExp][] = [
  ['an acknowledged entry is missing', (h) => h.finals[0]!.entries.pop(), /key-3 .*missing/],
  [
    'an acknowledged entry is missing in the middle',
    (h) => h.finals[0]!.entries.splice(1, 1),
    /revision 2 where 1/,
  ],
  [
    'an entry is doubled',
    (h) =>
      h.finals[0]!.entries.push({ ...h.finals[0]!.entries[1]!, position: '20', revision: '4' }),
    /doubled/,
  ],
  [
    'an entry is doubled under another id',
    (h) =>
      h.finals[0]!.entries.push({
        ...h.finals[0]!.entries[1]!,
        ...{ entry: 'id-9', position: '20', revision: '4', recordedAt: '2026-01-02T00:00:00.000Z' },
      }),
    /two entries have this key/,
  ],
  [
    'two books have the same position',
    (h) => h.finals.push({ ...h.finals[0]!, state: 'XXB', entries: [h.finals[0]!.entries[0]!] }),
    /position 2 is doubled/,
  ],
  [
    'an entry was sent by nobody',
    (h) => (h.finals[0]!.entries[1]!.idempotencyKey = 'other'),
    /nobody sent it/,
  ],
  [
    'a refused entry was recorded',
    (h) => (h.finals[0]!.entries[1]!.idempotencyKey = 'key-refused'),
    /refused, and it was recorded/,
  ],
  [
    'an acknowledged entry has another position',
    (h) => (h.finals[0]!.entries[3]!.position = '9'),
    /key-3 was changed: position/,
  ],
  [
    'an acknowledged entry has another recordedAt',
    (h) => (h.finals[0]!.entries[3]!.recordedAt = '2026-01-01T00:00:04.000Z'),
    /key-3 was changed: recordedAt/,
  ],
  [
    'the stored body is not what was sent',
    (h) => (h.finals[0]!.entries[0]!.body.lines[0]!.quantity = 11),
    /key-0 was changed/,
  ],
  [
    'a retry is answered with another entry',
    (h) => (h.writes[1]!.answers[1]!.body.entry = 'id-8'),
    /answered differently/,
  ],
  [
    'a retry is answered with another recordedAt',
    (h) => (h.writes[1]!.answers[1]!.body.recordedAt = '2026-01-01T00:00:09.000Z'),
    /answered differently/,
  ],
  [
    'a retry is answered as if recorded anew',
    (h) => (h.writes[1]!.answers[1]!.replayed = false),
    /told twice/,
  ],
  [
    'a retry of an acknowledged entry is refused',
    (h) => (h.writes[1]!.answers[1]!.status = 409),
    /acknowledged, and then answered 409/,
  ],
  ['an error of the service', (h) => (h.writes[1]!.answers[1]!.status = 500), /answered 500/],
  [
    'another body under a used key is recorded',
    (h) => (h.writes[1]!.toOtherBody[0]!.status = 201),
    /another body under this key was answered 201/,
  ],
  [
    'positions go back',
    (h) => (h.finals[0]!.entries[2]!.position = '3'),
    /stands at 3, behind one at 4/,
  ],
  [
    'recordedAt goes back',
    (h) => (h.finals[0]!.entries[2]!.recordedAt = '2025-12-31T23:59:59.999Z'),
    /recordedAt goes back at position 6/,
  ],
  ['revisions have a gap', (h) => (h.finals[0]!.entries[3]!.revision = '4'), /revision 4 where 3/],
  [
    'what was sent later stands earlier',
    (h) => {
      h.writes[0]!.sent = 70;
      h.writes[0]!.answers.splice(0, 2, { ...h.writes[0]!.answers[0]!, began: 71, ended: 72 });
    },
    /key-0 stands at 2, though 8 was acknowledged before/,
  ],
  [
    'an entry does not balance',
    (h) => (h.finals[0]!.entries[1]!.postings[1]!.quantity = 5),
    /does not balance: 1 of M14/,
  ],
  [
    'an entry posts to another account than asked',
    (h) => (h.finals[0]!.entries[1]!.postings[1]!.account = 'gone/stolen'),
    /key-1 posts .*gone\/stolen/,
  ],
  [
    'a holding is below zero in the middle of its days',
    (h) => (h.finals[0]!.entries[0]!.effectiveDate = '2002-03'),
    /below zero on 2002-02-28: -4/,
  ],
  [
    'an entry is reversed twice',
    (h) => {
      const again = { position: '20', revision: '4', entry: 'id-4', idempotencyKey: 'key-4' };
      h.finals[0]!.entries.push({ ...h.finals[0]!.entries[3]!, ...again });
    },
    /id-2 is reversed twice/,
  ],
  [
    'a reversal turns round another quantity',
    (h) => h.finals[0]!.entries[3]!.postings.forEach((p) => (p.quantity *= 2)),
    /does not undo id-2/,
  ],
  [
    'a reversed entry does not say so',
    (h) => (h.finals[0]!.entries[2]!.reversedBy = null),
    /says it is reversed by null/,
  ],
  ['what remains is not the sum', (h) => (h.finals[0]!.remaining.remaining = 7), /in the end/],
  [
    'an account is not the sum',
    (h) => (h.finals[0]!.remaining.accounts['gone/destroyed-article-4'] = 3),
    /in the end/,
  ],
  ['a reading shows what was never there', (h) => (h.reads[0]!.body.remaining = 9), /reading of/],
  [
    'a reading knows less than was asked for',
    (h) => (h.reads[1]!.minPosition = '6'),
    /knows 5; asked was 6/,
  ],
  ['a reading goes back', (h) => h.reads.reverse(), /went back to 4/],
];

describe('The independent checker', () => {
  it('has no complaint about a sound history', () => {
    expect(check(sound() as unknown as History)).toEqual([]);
  });

  it('lets a correction take first and bring afterwards, when in the end nothing is short', () => {
    expect(check(corrected(12) as unknown as History)).toEqual([]);
  });

  it('complains when a correction leaves less than nothing', () => {
    const complaints = check(corrected(3));
    expect(complaints).toEqual([
      expect.stringMatching(/after id-6, .*below zero on 2002-02-28: -1/),
    ]);
  });

  it.each(ways)('complains when %s', (_, damage, complaint) => {
    const history = sound();
    damage(history);
    expect(check(history as unknown as History).join('\n')).toMatch(complaint);
  });
});
