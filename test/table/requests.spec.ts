/**
 * A table of requests against small books, in the manner of a state-machine test: one row is one
 * request and what becomes of it. Every refusal that the code can give has a row.
 */
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { emptyBook, type Book } from '../../src/ledger/book.ts';
import { decide, type Command, type Decision } from '../../src/ledger/decide.ts';
import type { DecidedEntry, RecordedEntry } from '../../src/ledger/entry.ts';
import { kinds } from '../../src/ledger/kinds.ts';
import { nameKey } from '../../src/ledger/holding.ts';
import { refusalCodes } from '../../src/ledger/refusals.ts';
import { evolve, RunningBook } from '../../src/ledger/running-book.ts';

const now = Date.parse('2026-11-23T12:00:00Z');

interface Row {
  readonly title: string;
  readonly command: Command;
  readonly expected: string;
  readonly book: number;
}

function read(text: string): { rows: Row[]; books: Book[] } {
  const rows: Row[] = [];
  const books: Book[] = [];
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    if (line.startsWith('book ')) {
      books.push(opened(line));
      continue;
    }
    const [, id = '', kind = '', body = '', expected = ''] =
      /^(\S+)\s+(\S+)\s+(\{.*\}) => (.+)$/.exec(line) ?? [];
    if (id === '') throw new Error(`not a row: ${line}`);
    const members = (n: number) => `${id}/${n}`;
    const command = { id, kind, body: JSON.parse(body) as object, members } as unknown as Command;
    rows.push({ title: line.slice(0, 120), command, expected, book: books.length - 1 });
  }
  return { rows, books };
}

/** `book XXA`, `book XXA inflow 8999999999999999` or `book XXB shipment S-9 of XXC`. */
function opened(line: string): Book {
  const [, state = '', what, value = '', , owner] = line.split(' ');
  const base = emptyBook(state);
  if (what === 'inflow') return { ...base, inflow: Number(value) };
  if (what !== 'shipment') return base;
  const owns = (shipment: string) => (nameKey(shipment) === nameKey(value) ? owner : undefined);
  return { ...base, shipmentOwner: owns };
}

function resultOf(decision: Decision): string {
  if (decision.outcome === 'decided') return 'ok';
  if (decision.outcome === 'invalid') {
    return `invalid ${decision.faults[0]?.pointer ?? ''}`.trim();
  }
  return decision.refusals.map(({ code, pointer }) => `${code} ${pointer}`).join(', ');
}

function recorded(entry: DecidedEntry, book: RunningBook): RecordedEntry {
  const provenance = { actor: 'a', correlation: 'c', causation: null, idempotencyKey: entry.id };
  const stamp = { recordedAt: '2026-11-23T12:00:00.000Z', requestHash: '', salt: '' };
  return { ...entry, ...provenance, ...stamp, state: book.state, revision: book.revision + 1 };
}

describe('the table of requests', () => {
  const { rows, books } = read(readFileSync('test/table/requests.txt', 'utf8'));
  const open = books.map((base) => new RunningBook(base));

  it.each(rows.map((row) => [row.title, row] as const))('%s', (_, { command, expected, book }) => {
    const running = open[book] ?? new RunningBook(emptyBook('XXA'));
    const decision = decide(command, running, now);
    if (decision.outcome === 'decided') {
      for (const entry of decision.entries) evolve(running, recorded(entry, running));
    }
    expect(resultOf(decision)).toBe(expected);
  });

  it('has a row for every refusal that the book can give', () => {
    const given = new Set(rows.map(({ expected }) => expected.split(' ')[0]));
    expect(refusalCodes.filter((code) => !given.has(code))).toEqual([]);
  });

  it('has a row that is accepted for every kind of entry', () => {
    const accepted = new Set(rows.filter((r) => r.expected === 'ok').map((r) => r.command.kind));
    expect(kinds.filter((kind) => !accepted.has(kind))).toEqual([]);
  });
});
